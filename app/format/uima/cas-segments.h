/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tokens and sentences, of which a CAS has as many as its text has words: only where they
 * are, in a few bytes each. */
typedef struct _KutipCasSegments KutipCasSegments;

typedef struct
{
  guint64 id;
  const char *type; /* interned: equal types are the same string */
  guint64 begin, end;
} KutipCasSegment;

KutipCasSegments *kutip_cas_segments_new (void);
void kutip_cas_segments_free (KutipCasSegments *self);

/* FALSE when it cannot be one of them: its id is not above those before it, it ends
 * before it begins, or there are too many types. */
gboolean kutip_cas_segments_add (KutipCasSegments *self, const KutipCasSegment *segment);
gboolean kutip_cas_segments_find (KutipCasSegments *self,
                                  guint64 id,
                                  KutipCasSegment *segment);
guint kutip_cas_segments_get_n (KutipCasSegments *self);

G_END_DECLS
