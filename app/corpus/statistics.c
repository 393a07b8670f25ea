/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/statistics.h"

#include <string.h>

#define SOURCE_RELATION "attributed-to"
#define CUE_RELATION "introduced-by"

/* How a span lies to the others of its layer. */
typedef struct
{
  KutipSpan *span;
  gboolean is_nested, coincides, crosses;
} Overlaps;

typedef struct
{
  KutipStatistics *statistics;
  KutipTagset *tagset;
  KutipLayer *layer;
} Counting;

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

static GTree *
new_tree (GDestroyNotify free_value)
{
  return g_tree_new_full (compare_keys, NULL, g_free, free_value);
}

static void
unref_tree (gpointer tree)
{
  g_tree_unref (tree);
}

static void
count_in (GTree *tree, const char *key)
{
  guint64 *count = g_tree_lookup (tree, key);

  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_tree_insert (tree, g_strdup (key), count);
    }
  (*count)++;
}

static GTree *
get_branch (GTree *tree, const char *key, GDestroyNotify free_value)
{
  GTree *branch = g_tree_lookup (tree, key);

  if (branch == NULL)
    {
      branch = new_tree (free_value);
      g_tree_insert (tree, g_strdup (key), branch);
    }
  return branch;
}

static gboolean
is_inside (KutipSpan *inner, KutipSpan *outer)
{
  const KutipRange *inner_ranges = kutip_span_get_ranges (inner);
  const KutipRange *outer_ranges = kutip_span_get_ranges (outer);
  guint n_outer = kutip_span_get_n_ranges (outer);
  guint at = 0;

  for (guint i = 0; i < kutip_span_get_n_ranges (inner); i++)
    {
      while (at < n_outer && outer_ranges[at].end < inner_ranges[i].end)
        at++;
      if (at == n_outer || !kutip_range_contains (outer_ranges[at], inner_ranges[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_overlap (KutipSpan *other, gpointer data)
{
  Overlaps *overlaps = data;
  gboolean inside, around;

  if (other == overlaps->span)
    return TRUE;
  inside = is_inside (overlaps->span, other);
  around = is_inside (other, overlaps->span);
  if (inside && around)
    overlaps->coincides = TRUE;
  else if (inside)
    overlaps->is_nested = TRUE;
  else if (!around)
    overlaps->crosses = TRUE;
  return !(overlaps->is_nested && overlaps->coincides && overlaps->crosses);
}

static void
count_overlaps (Counting *self, KutipSpan *span)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);
  Overlaps overlaps = { .span = span };

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    kutip_layer_foreach_span_in (self->layer, ranges[i], note_overlap, &overlaps);
  self->statistics->n_nested += overlaps.is_nested ? 1 : 0;
  self->statistics->n_coinciding += overlaps.coincides ? 1 : 0;
  self->statistics->n_crossing += overlaps.crosses ? 1 : 0;
}

/* An attribute that the tag set does not know may hold anything. */
static gboolean
is_free_text (Counting *self, const KutipAttribute *attribute)
{
  const KutipAttributeType *type =
      kutip_tagset_get_attribute (self->tagset, attribute->name);

  return attribute->type != KUTIP_VALUE_FLAG &&
         (type == NULL || type->kind == KUTIP_ATTRIBUTE_TEXT ||
          type->kind == KUTIP_ATTRIBUTE_DATE);
}

static void
count_attributes (Counting *self, KutipSpan *span)
{
  KutipAttributes *attributes = kutip_span_get_attributes (span);

  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      GTree *of_label = get_branch (self->statistics->attribute_values,
                                    kutip_span_get_label (span), unref_tree);
      GTree *values = get_branch (of_label, attribute.name, g_free);

      if (attribute.type == KUTIP_VALUE_FLAG)
        count_in (values, "true");
      else if (is_free_text (self, &attribute))
        count_in (values, KUTIP_STATISTICS_ANY_VALUE);
      else
        for (guint j = 0; attribute.values[j] != NULL; j++)
          count_in (values, attribute.values[j]);
    }
}

static gboolean
requires_source (KutipTagset *tagset, const char *label)
{
  const KutipLabelType *type = kutip_tagset_get_label (tagset, label);

  return type != NULL && g_strv_contains (type->requires, SOURCE_RELATION);
}

static void
count_attribution (Counting *self, KutipSpan *span)
{
  const char *id = kutip_span_get_id (span);
  g_autoptr (GPtrArray) relations = kutip_layer_list_relations_of (self->layer, id);
  gboolean has_source = FALSE;
  gboolean has_cue = FALSE;

  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);
      const char *label = kutip_relation_get_label (relation);

      if (strcmp (kutip_relation_get_from (relation), id) != 0)
        continue;
      has_source = has_source || strcmp (label, SOURCE_RELATION) == 0;
      has_cue = has_cue || strcmp (label, CUE_RELATION) == 0;
    }
  if (!has_source && !requires_source (self->tagset, kutip_span_get_label (span)))
    return;
  self->statistics->n_attributions++;
  self->statistics->n_with_source += has_source ? 1 : 0;
  self->statistics->n_with_cue += has_cue ? 1 : 0;
}

static gboolean
count_span (KutipSpan *span, gpointer data)
{
  Counting *self = data;
  KutipStatistics *statistics = self->statistics;
  guint n_ranges = kutip_span_get_n_ranges (span);

  count_in (statistics->spans_by_label, kutip_span_get_label (span));
  statistics->n_pieces += n_ranges;
  statistics->n_discontinuous += n_ranges > 1 ? 1 : 0;
  count_attributes (self, span);
  count_attribution (self, span);
  if (kutip_span_is_orphan (span))
    statistics->n_orphans++;
  else
    count_overlaps (self, span);
  return TRUE;
}

static gboolean
count_relation (KutipRelation *relation, gpointer data)
{
  Counting *self = data;

  count_in (self->statistics->relations_by_label, kutip_relation_get_label (relation));
  return TRUE;
}

static void
count_annotator (KutipStatistics *self, KutipLayer *layer, const char *annotator)
{
  const char *key = annotator != NULL ? annotator : "";
  KutipAnnotatorStatistics *counts = g_tree_lookup (self->by_annotator, key);

  if (counts == NULL)
    {
      counts = g_new0 (KutipAnnotatorStatistics, 1);
      g_tree_insert (self->by_annotator, g_strdup (key), counts);
    }
  counts->n_layers++;
  counts->n_spans += kutip_layer_get_n_spans (layer);
  counts->n_relations += kutip_layer_get_n_relations (layer);
}

KutipStatistics *
kutip_statistics_new (void)
{
  KutipStatistics *self = g_new0 (KutipStatistics, 1);

  self->spans_by_label = new_tree (g_free);
  self->relations_by_label = new_tree (g_free);
  self->attribute_values = new_tree (unref_tree);
  self->by_annotator = new_tree (g_free);
  return self;
}

void
kutip_statistics_free (KutipStatistics *self)
{
  if (self == NULL)
    return;
  g_tree_unref (self->spans_by_label);
  g_tree_unref (self->relations_by_label);
  g_tree_unref (self->attribute_values);
  g_tree_unref (self->by_annotator);
  g_free (self);
}

void
kutip_statistics_add_article (KutipStatistics *self,
                              KutipArticle *article,
                              guint n_layers)
{
  self->n_articles++;
  self->n_unannotated += n_layers == 0 ? 1 : 0;
  self->n_code_points += kutip_article_get_length (article);
}

void
kutip_statistics_add_layer (KutipStatistics *self, KutipTagset *tagset, KutipLayer *layer)
{
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (layer));
  Counting counting = { .statistics = self, .tagset = tagset, .layer = layer };

  self->n_layers++;
  self->n_spans += kutip_layer_get_n_spans (layer);
  self->n_relations += kutip_layer_get_n_relations (layer);
  self->n_by_status[header->status]++;
  count_annotator (self, layer, header->annotator);
  kutip_layer_foreach_span (layer, count_span, &counting);
  kutip_layer_foreach_relation (layer, count_relation, &counting);
}
