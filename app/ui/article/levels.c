/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/levels.h"

/* More levels than this are not told apart. */
#define MOST 64
/* How many spans are looked at for one, and how far a chain of overlapping spans is
 * followed back. */
#define MOST_NEIGHBOURS 256
#define DEEPEST 128
#define MOST_PIECES 16
/* Remembered levels; a reader scrolls far to have seen so many spans. */
#define MOST_REMEMBERED 50000

struct _KutipLevels
{
  GHashTable *levels; /* KutipSpan, borrowed from the layer -> level + 1 */
};

typedef struct
{
  KutipLevels *levels;
  KutipLayer *layer;
  KutipSpan *span;
  guint depth;
  guint n_seen;
  guint64 taken; /* a bit for each level */
} Search;

static guint find_level (KutipLevels *self,
                         KutipLayer *layer,
                         KutipSpan *span,
                         guint depth);

KutipLevels *
kutip_levels_new (void)
{
  KutipLevels *self = g_new0 (KutipLevels, 1);

  self->levels = g_hash_table_new (NULL, NULL);
  return self;
}

void
kutip_levels_free (KutipLevels *self)
{
  g_hash_table_unref (self->levels);
  g_free (self);
}

void
kutip_levels_forget (KutipLevels *self)
{
  g_hash_table_remove_all (self->levels);
}

/* Document order, as the layer has it; ids only break ties, so plain string order will
 * do. */
static gboolean
is_before (KutipSpan *a, KutipSpan *b)
{
  int order =
      kutip_range_compare (kutip_span_get_ranges (a)[0], kutip_span_get_ranges (b)[0]);

  if (order != 0)
    return order < 0;
  return g_strcmp0 (kutip_span_get_id (a), kutip_span_get_id (b)) < 0;
}

static gboolean
note_neighbour (KutipSpan *span, gpointer data)
{
  Search *search = data;

  if (span != search->span && is_before (span, search->span))
    search->taken |= G_GUINT64_CONSTANT (1) << find_level (search->levels, search->layer,
                                                           span, search->depth + 1);
  return ++search->n_seen < MOST_NEIGHBOURS && search->taken != G_MAXUINT64;
}

static guint
find_level (KutipLevels *self, KutipLayer *layer, KutipSpan *span, guint depth)
{
  Search search = { self, layer, span, depth, 0, 0 };
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->levels, span));
  guint level = 0;

  if (known > 0)
    return known - 1;
  if (depth >= DEEPEST)
    return 0;
  for (guint i = 0; i < MIN (kutip_span_get_n_ranges (span), MOST_PIECES); i++)
    {
      search.n_seen = 0;
      kutip_layer_foreach_span_in (layer, kutip_span_get_ranges (span)[i], note_neighbour,
                                   &search);
    }
  while (level < MOST - 1 && (search.taken & (G_GUINT64_CONSTANT (1) << level)) != 0)
    level++;
  g_hash_table_insert (self->levels, span, GUINT_TO_POINTER (level + 1));
  return level;
}

guint
kutip_levels_get (KutipLevels *self, KutipLayer *layer, KutipSpan *span)
{
  if (g_hash_table_size (self->levels) > MOST_REMEMBERED)
    g_hash_table_remove_all (self->levels);
  return find_level (self, layer, span, 0);
}
