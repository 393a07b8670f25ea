/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/link-search.h"

#include "ui/annotator/annotator-private.h"

/* How far around the span is looked first; code points. */
#define FIRST_REACH 512

typedef struct
{
  KutipAnnotator *annotator;
  GHashTable *labels; /* interned label -> whether any link leads to it, as 1 or 2 */
  KutipRange from;
  KutipSpan *nearest;
  guint distance;
} Search;

static void
search_init (Search *self, KutipAnnotator *annotator)
{
  *self = (Search){ .annotator = annotator, .labels = g_hash_table_new (NULL, NULL) };
}

static void
search_clear (Search *self)
{
  g_hash_table_unref (self->labels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* Nearly all spans are ruled out by their label, of which there are few. */
static gboolean
is_target (Search *self, KutipSpan *span)
{
  const char *label = kutip_span_get_label (span);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->labels, label));

  if (known == 0)
    {
      known = kutip_annotator_may_link_to_label (self->annotator, label) ? 1 : 2;
      g_hash_table_insert (self->labels, (gpointer) label, GUINT_TO_POINTER (known));
    }
  return known == 1 && kutip_annotator_is_link_target (self->annotator, span);
}

static guint
measure_distance (KutipRange a, KutipRange b)
{
  if (a.end <= b.start)
    return b.start - a.end;
  if (b.end <= a.start)
    return a.start - b.end;
  return 0;
}

static gboolean
visit (KutipSpan *span, gpointer data)
{
  Search *self = data;
  guint distance = measure_distance (self->from, kutip_span_get_hull (span));

  if ((self->nearest == NULL || distance < self->distance) && is_target (self, span))
    {
      self->nearest = span;
      self->distance = distance;
    }
  return TRUE;
}

/* Whether the layer has a span of any label that may be linked to: else all of it would
 * be searched in vain. */
static void
check_label (const char *label, guint n_spans, gpointer data)
{
  Search *self = data;

  if (n_spans > 0 && kutip_annotator_may_link_to_label (self->annotator, label))
    g_hash_table_insert (self->labels, (gpointer) g_intern_string (label),
                         GUINT_TO_POINTER (1));
}

static gboolean
has_any (Search *self, KutipLayer *layer)
{
  kutip_layer_foreach_label (layer, check_label, self);
  return g_hash_table_size (self->labels) > 0;
}

/* What lies farther away than a reach is farther than anything within it; so the reach is
 * doubled until something is found. Orphans lie nowhere: the last look is at all. */
KutipSpan *
kutip_link_search_nearest (KutipAnnotator *annotator)
{
  KutipDocument *document = kutip_annotator_get_document (annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  guint length = kutip_text_get_length (kutip_document_get_text (document));
  g_auto (Search) search;

  search_init (&search, annotator);
  search.from = kutip_span_get_hull (kutip_annotator_get_link_from (annotator));
  if (!has_any (&search, layer))
    return NULL;
  for (guint reach = FIRST_REACH; search.nearest == NULL && reach < length; reach *= 2)
    {
      KutipRange around = { search.from.start - MIN (search.from.start, reach),
                            MIN (search.from.end + reach, length) };

      if (around.start < around.end)
        kutip_layer_foreach_span_in (layer, around, visit, &search);
    }
  if (search.nearest == NULL)
    kutip_layer_foreach_span (layer, visit, &search);
  return search.nearest;
}

/* Of each label a link may lead to. */
static KutipLabelSet
collect_labels (Search *self)
{
  KutipLabelSet labels = 0;
  GHashTableIter iter;
  gpointer label, known;

  g_hash_table_iter_init (&iter, self->labels);
  while (g_hash_table_iter_next (&iter, &label, &known))
    if (GPOINTER_TO_UINT (known) == 1)
      labels |= kutip_label_set_of (label);
  return labels;
}

static gboolean
take_target (KutipSpan *span, gpointer data)
{
  Search *self = data;

  if (is_target (self, span))
    self->nearest = span;
  return self->nearest == NULL;
}

KutipSpan *
kutip_link_search_next (KutipAnnotator *annotator, KutipSpan *span, gboolean forward)
{
  KutipLayer *layer = kutip_document_get_layer (kutip_annotator_get_document (annotator));
  guint n = kutip_layer_get_n_spans (layer);
  guint position = forward ? 0 : n;
  KutipLabelSet labels;
  g_auto (Search) search;

  search_init (&search, annotator);
  if (!has_any (&search, layer))
    return NULL;
  labels = collect_labels (&search);
  if (span != NULL && kutip_layer_get_position (layer, span, &position) && forward)
    position++;
  kutip_layer_foreach_labelled (layer, position, forward, labels, take_target, &search);
  if (search.nearest == NULL)
    kutip_layer_foreach_labelled (layer, forward ? 0 : n, forward, labels, take_target,
                                  &search);
  return search.nearest;
}
