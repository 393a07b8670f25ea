/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json.h"
#include "format/pour.h"
#include "format/report.h"
#include "model/article.h"
#include "model/layer.h"

G_BEGIN_DECLS

#define KUTIP_SIDECAR_FORMAT 1

/* What a sidecar says about the article it was written for. */
typedef struct
{
  guint format; /* higher than KUTIP_SIDECAR_FORMAT: to be opened read-only */
  char *file;
  char *sha256;
  guint length; /* code points */
} KutipSidecarInfo;

void kutip_sidecar_info_clear (KutipSidecarInfo *info);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipSidecarInfo, kutip_sidecar_info_clear)

#define KUTIP_SIDECAR_ERROR (kutip_sidecar_error_quark ())
GQuark kutip_sidecar_error_quark (void);
typedef enum
{
  KUTIP_SIDECAR_ERROR_INVALID, /* it is JSON, but no sidecar; what is not JSON gets a
                                  KutipJsonErrorCode */
} KutipSidecarError;

/* Reads a sidecar into a layer. Every span whose text does not stand at its ranges in
 * @text becomes an orphan (model/span.h), for store/anchor to find again; with @text NULL
 * all are taken to be in place, and none may lie outside @info->length. Errors name line
 * and column; nothing is dropped. */
KutipLayer *kutip_sidecar_read (const char *bytes,
                                gsize n_bytes,
                                KutipText *text,
                                KutipSidecarInfo *info,
                                GError **error);

/* Tells of each span whose text does not stand where it should, but for those known to be
 * lost. @line: of the layer in the file, or 0. */
void kutip_sidecar_report_moved (KutipLayer *layer,
                                 const char *path,
                                 guint64 line,
                                 KutipReport *report);

/* Only what stands before the spans, from the file's first bytes (all of it, or a few
 * kilobytes): the status, and what the header says, for lists of articles.
 * KUTIP_JSON_ERROR_TRUNCATED means that more of the file is needed. */
KutipHeader *kutip_sidecar_read_header (const char *bytes, gsize n_bytes, GError **error);

/* Canonical bytes: see the format's description. The same layer gives the same bytes. */
GString *kutip_sidecar_write (KutipArticle *article, KutipLayer *layer);
/* The same, without ever holding all of it. */
void kutip_sidecar_pour (KutipPour *pour, KutipArticle *article, KutipLayer *layer);

/* The same as one line, without its end. */
void kutip_sidecar_append_line (GString *out, KutipArticle *article, KutipLayer *layer);

/* The same without the article: @layer was read against an empty text, so that its spans
 * hold what they quote, and goes back as it was but for what was changed meanwhile. */
GString *kutip_sidecar_write_unread (const KutipSidecarInfo *info, KutipLayer *layer);

/* One span or relation as the one line it is in the file (without comma or newline), and
 * back; the journal uses them too. */
void kutip_sidecar_append_span (GString *out, KutipSpan *span, KutipText *text);
void kutip_sidecar_append_relation (GString *out, KutipRelation *relation);
/* The object at the reader's position; NULL with the reader failed. A span whose text
 * does not stand at its ranges in @text is an orphan; with @text NULL it is taken to be
 * in place. */
KutipSpan *kutip_sidecar_read_span (KutipJsonReader *reader, KutipText *text);
KutipRelation *kutip_sidecar_read_relation (KutipJsonReader *reader);

/* A whole header as an object on one line, for the journal, and back; NULL with the
 * reader failed. */
void kutip_sidecar_append_header (GString *out, KutipHeader *header);
KutipHeader *kutip_sidecar_read_header_object (KutipJsonReader *reader);

G_END_DECLS
