/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/context.h"
#include "model/layer.h"
#include "text/find.h"

G_BEGIN_DECLS

/* What to look for in articles. Without label and attribute: places in their texts; with
 * one of them: spans, whose own text must match. A "^" stands then for the start of the
 * span's text. Strings are borrowed, but for a copy's, which it owns. */
typedef struct
{
  const char *pattern; /* "": all spans that the others let through */
  KutipFindFlags flags;
  const char *label;     /* NULL: any */
  const char *attribute; /* NULL: any; a flag has no values */
  const char *value;     /* of the attribute; NULL: any, or none */
  const char *annotator; /* whose sidecars; NULL: those without a name */
  /* For places in texts: tell of each whether a span of this label covers it; NULL: it is
   * not asked. What cannot be marked, as its sidecar cannot be read, is an error then. */
  const char *covering;
  guint reach; /* code points of context on each side; 0: KUTIP_SEARCH_REACH */
} KutipSearchQuery;

KutipSearchQuery *kutip_search_query_copy (const KutipSearchQuery *self);
void kutip_search_query_free (KutipSearchQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSearchQuery, kutip_search_query_free)
gboolean kutip_search_query_is_for_spans (const KutipSearchQuery *self);
/* FALSE with @error when the pattern is no regular expression, or when there is nothing
 * to look for. */
gboolean kutip_search_query_check (const KutipSearchQuery *self, GError **error);

/* What a concordance can show of a line, and sort it by. */
#define KUTIP_SEARCH_REACH 80

/* Something found; all of it belongs to the search. */
typedef struct
{
  GFile *file;          /* the article */
  KutipRange range;     /* a span's from its first piece to its last */
  KutipContext context; /* of a span in pieces, the match has " … " between them */
  const char *label;    /* interned; NULL for a place in the text */
  const char *id;       /* the span's, or NULL */
  gboolean covered;     /* a span of the label that the query asks for is there */
} KutipSearchHit;

/* FALSE stops the search. */
typedef gboolean (*KutipSearchFunc) (const KutipSearchHit *hit, gpointer data);

/* Comes by all hits in one article, in order. @file may be a sidecar, whose spans are
 * meant then. Spans that have lost their text are never found. FALSE with @error when it
 * cannot be read or the search is cancelled; TRUE when @func stopped it. For any thread.
 */
gboolean kutip_search_file (const KutipSearchQuery *query,
                            GFile *file,
                            KutipSearchFunc func,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error);

/* The same in what is open: @layer is of @file, @text and nobody else. */
gboolean kutip_search_open (const KutipSearchQuery *query,
                            GFile *file,
                            KutipText *text,
                            KutipLayer *layer,
                            KutipSearchFunc func,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
