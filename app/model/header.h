/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/attributes.h"
#include "model/foreign.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_HEADER (kutip_header_get_type ())

/* What a layer says of the whole article: everything in the file but spans and relations.
 * Immutable, atomically reference counted. */
typedef struct _KutipHeader KutipHeader;

typedef enum
{
  KUTIP_STATUS_NEW,
  KUTIP_STATUS_IN_PROGRESS,
  KUTIP_STATUS_DONE,
} KutipStatus;

/* NULL where absent. */
typedef struct
{
  const char *language; /* BCP 47 */
  const char *title;
  const char *author;
  const char *date; /* ISO 8601 */
  const char *publisher;
  const char *url;
  const char *encoding; /* IANA name; NULL: UTF-8 */
  const char *tagset_name, *tagset_version;
  const char *annotator;
  KutipStatus status;
  KutipAttributes *attributes;
  const char *note;
  guint last_id;                 /* the highest number ever used in an id here */
  KutipForeign *foreign;         /* of the file's outermost object */
  KutipForeign *article_foreign; /* of its "article" */
  KutipForeign *tagset_foreign;  /* of its "tagset" */
} KutipHeaderFields;

GType kutip_header_get_type (void) G_GNUC_CONST;
KutipHeader *kutip_header_ref (KutipHeader *self);
void kutip_header_unref (KutipHeader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipHeader, kutip_header_unref)

KutipHeader *kutip_header_new (const KutipHeaderFields *fields);
/* Valid as long as @self lives. */
const KutipHeaderFields *kutip_header_get_fields (KutipHeader *self);
gboolean kutip_header_equal (KutipHeader *a, KutipHeader *b);

/* "new", "in-progress", "done" and back; FALSE for another word. */
const char *kutip_status_to_string (KutipStatus status);
gboolean kutip_status_from_string (const char *string, KutipStatus *status);

G_END_DECLS
