/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/reshape.h"

#include "model/annotate-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED,
                       message);
  return FALSE;
}

gboolean
kutip_reshape_add_piece (KutipDocument *document,
                         KutipSpan *span,
                         KutipRange piece,
                         GError **error)
{
  guint n = kutip_span_get_n_ranges (span);
  g_autofree KutipRange *ranges = g_new (KutipRange, n + 1);

  if (piece.start >= piece.end)
    return refuse (error, _ ("There is no text selected to add"));
  if (kutip_span_is_orphan (span))
    return kutip_annotate_set_ranges (document, span, &piece, 1, error);
  memcpy (ranges, kutip_span_get_ranges (span), n * sizeof *ranges);
  ranges[n] = piece;
  return kutip_annotate_set_ranges (document, span, ranges, n + 1, error);
}

gboolean
kutip_reshape_remove_piece (KutipDocument *document,
                            KutipSpan *span,
                            guint offset,
                            GError **error)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);
  guint n = kutip_span_get_n_ranges (span);
  g_autofree KutipRange *rest = g_new (KutipRange, n);
  guint n_rest = 0;

  for (guint i = 0; i < n; i++)
    if (offset < ranges[i].start || offset > ranges[i].end)
      rest[n_rest++] = ranges[i];
  if (n_rest == n)
    return refuse (error, _ ("The annotation has no piece here"));
  if (n_rest == 0)
    return refuse (error, _ ("This is the annotation’s only piece"));
  return kutip_annotate_set_ranges (document, span, rest, n_rest, error);
}

static gboolean
is_space (KutipText *text, guint offset)
{
  return g_unichar_isspace (kutip_text_get_char (text, offset));
}

/* The parts of @ranges before and from @offset, without white space at the cut. */
static void
cut_ranges (KutipText *text,
            const KutipRange *ranges,
            guint n,
            guint offset,
            GArray *before,
            GArray *behind)
{
  for (guint i = 0; i < n; i++)
    {
      KutipRange left = { ranges[i].start, MIN (ranges[i].end, offset) };
      KutipRange right = { MAX (ranges[i].start, offset), ranges[i].end };

      if (left.end == offset)
        while (left.start < left.end && is_space (text, left.end - 1))
          left.end--;
      if (right.start == offset)
        while (right.start < right.end && is_space (text, right.start))
          right.start++;
      if (left.start < left.end)
        g_array_append_val (before, left);
      if (right.start < right.end)
        g_array_append_val (behind, right);
    }
}

/* A new span with @span's content over other ranges. */
static KutipSpan *
copy_span (KutipLayer *layer, KutipSpan *span, const GArray *ranges, const char *now)
{
  g_autofree char *id = kutip_layer_make_id (layer, "s");
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  fields.id = id;
  fields.ranges = (const KutipRange *) (gpointer) ranges->data;
  fields.n_ranges = ranges->len;
  fields.review = KUTIP_REVIEW_NONE;
  fields.was = NULL;
  fields.created = now;
  fields.modified = NULL;
  return kutip_span_new (&fields);
}

static KutipSpan *
with_ranges (KutipSpan *span, const GArray *ranges, const char *now)
{
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  fields.ranges = (const KutipRange *) (gpointer) ranges->data;
  fields.n_ranges = ranges->len;
  fields.review = KUTIP_REVIEW_NONE;
  fields.was = NULL;
  fields.modified = now;
  return kutip_span_new (&fields);
}

/* Gives @to the relations that leave @from, as copies with ids of their own. */
static void
copy_relations (KutipLayer *layer, KutipSpan *from, KutipSpan *to, KutipChange *change)
{
  const char *id = kutip_span_get_id (from);
  g_autoptr (GPtrArray) relations = kutip_layer_list_relations_of (layer, id);

  for (guint i = 0; i < relations->len; i++)
    {
      g_autofree char *new_id = NULL;
      g_autoptr (KutipRelation) copy = NULL;
      KutipRelationFields fields;

      kutip_relation_get_fields (g_ptr_array_index (relations, i), &fields);
      if (strcmp (fields.from, id) != 0)
        continue;
      new_id = kutip_layer_make_id (layer, "r");
      fields.id = new_id;
      fields.from = kutip_span_get_id (to);
      copy = kutip_relation_new (&fields);
      kutip_change_add_relation (change, NULL, copy);
    }
}

KutipSpan *
kutip_reshape_split (KutipDocument *document,
                     KutipSpan *span,
                     guint offset,
                     GError **error)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  g_autoptr (GArray) behind = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  g_autoptr (KutipChange) change = NULL;
  g_autoptr (KutipSpan) first = NULL;
  g_autoptr (KutipSpan) second = NULL;
  g_autofree char *now = kutip_annotate_dup_now ();

  if (!kutip_span_is_orphan (span))
    cut_ranges (kutip_document_get_text (document), kutip_span_get_ranges (span),
                kutip_span_get_n_ranges (span), offset, before, behind);
  if (before->len == 0 || behind->len == 0)
    {
      refuse (error, _ ("Put the caret inside the annotation, where it is to be split"));
      return NULL;
    }
  change = kutip_change_new (_ ("Split Annotation"));
  first = with_ranges (span, before, now);
  second = copy_span (layer, span, behind, now);
  kutip_change_add_span (change, span, first);
  kutip_change_add_span (change, NULL, second);
  copy_relations (layer, span, second, change);
  if (!kutip_annotate_apply (document, change, error))
    return NULL;
  return kutip_layer_get_span (layer, kutip_span_get_id (second));
}

/* Joins ranges with nothing but white space between them. */
static void
join_over_space (KutipText *text, GArray *ranges)
{
  KutipRange *first = (KutipRange *) (gpointer) ranges->data;
  guint kept = 0;

  for (guint i = 1; i < ranges->len; i++)
    {
      guint offset = first[kept].end;

      while (offset < first[i].start && is_space (text, offset))
        offset++;
      if (offset == first[i].start)
        first[kept].end = first[i].end;
      else
        first[++kept] = first[i];
    }
  g_array_set_size (ranges, kept + 1);
}

static KutipAttributes *
merge_attributes (KutipSpan *const *spans, guint n_spans)
{
  KutipAttributes *merged = kutip_span_get_attributes (spans[0]);

  merged = merged == NULL ? NULL : kutip_attributes_ref (merged);
  for (guint i = 1; i < n_spans; i++)
    {
      KutipAttributes *other = kutip_span_get_attributes (spans[i]);

      for (guint j = 0; j < kutip_attributes_get_n (other); j++)
        {
          KutipAttribute attribute = kutip_attributes_get_nth (other, j);
          KutipAttributes *longer;

          if (kutip_attributes_lookup (merged, attribute.name, NULL))
            continue;
          longer = kutip_attributes_with (merged, attribute);
          if (merged != NULL)
            kutip_attributes_unref (merged);
          merged = longer;
        }
    }
  return merged;
}

/* All different notes, a line each. */
static char *
merge_notes (KutipSpan *const *spans, guint n_spans)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();

  for (guint i = 0; i < n_spans; i++)
    {
      const char *note = kutip_span_get_note (spans[i]);

      if (note != NULL && *note != '\0' &&
          !g_ptr_array_find_with_equal_func (notes, note, g_str_equal, NULL))
        g_ptr_array_add (notes, (gpointer) note);
    }
  if (notes->len == 0)
    return NULL;
  g_ptr_array_add (notes, NULL);
  return g_strjoinv ("\n", (char **) notes->pdata);
}

static KutipSpan *
merge_spans (KutipDocument *document, KutipSpan *const *spans, guint n_spans)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  g_autoptr (KutipAttributes) attributes = merge_attributes (spans, n_spans);
  g_autofree char *note = merge_notes (spans, n_spans);
  g_autofree char *now = kutip_annotate_dup_now ();
  KutipSpanFields fields;

  for (guint i = 0; i < n_spans; i++)
    g_array_append_vals (ranges, kutip_span_get_ranges (spans[i]),
                         kutip_span_get_n_ranges (spans[i]));
  g_array_set_size (ranges, kutip_ranges_normalize (
                                (KutipRange *) (gpointer) ranges->data, ranges->len));
  join_over_space (kutip_document_get_text (document), ranges);
  kutip_span_get_fields (spans[0], &fields);
  fields.ranges = (const KutipRange *) (gpointer) ranges->data;
  fields.n_ranges = ranges->len;
  fields.attributes = attributes;
  fields.note = note;
  fields.review = KUTIP_REVIEW_NONE;
  fields.was = NULL;
  fields.modified = now;
  for (guint i = 1; i < n_spans; i++)
    {
      KutipSpanFields other;

      kutip_span_get_fields (spans[i], &other);
      fields.unsure |= other.unsure;
    }
  return kutip_span_new (&fields);
}

/* A word for a link, so that the same one is not made twice. */
static char *
make_link_key (const KutipRelationFields *fields)
{
  return g_strjoin ("\n", fields->label, fields->from, fields->to, NULL);
}

/* The relation leads to @id wherever it led to one of @merged; it goes when it would lead
 * from the span to itself or is there already. */
static void
redirect_relation (KutipRelation *relation,
                   GHashTable *merged,
                   const char *id,
                   GHashTable *known,
                   KutipChange *change)
{
  g_autoptr (KutipRelation) after = NULL;
  g_autofree char *key = NULL;
  KutipRelationFields fields;
  gboolean moved;

  kutip_relation_get_fields (relation, &fields);
  moved = g_hash_table_contains (merged, fields.from) ||
          g_hash_table_contains (merged, fields.to);
  if (g_hash_table_contains (merged, fields.from))
    fields.from = id;
  if (g_hash_table_contains (merged, fields.to))
    fields.to = id;
  key = make_link_key (&fields);
  if (strcmp (fields.from, fields.to) == 0 || g_hash_table_contains (known, key))
    {
      kutip_change_add_relation (change, relation, NULL);
      return;
    }
  g_hash_table_add (known, g_steal_pointer (&key));
  if (!moved)
    return;
  after = kutip_relation_new (&fields);
  kutip_change_add_relation (change, relation, after);
}

static void
redirect_relations (KutipLayer *layer,
                    KutipSpan *const *spans,
                    guint n_spans,
                    KutipChange *change)
{
  g_autoptr (GHashTable) merged = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) known =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 1; i < n_spans; i++)
    g_hash_table_add (merged, (gpointer) kutip_span_get_id (spans[i]));
  for (guint i = 0; i < n_spans; i++)
    {
      g_autoptr (GPtrArray) relations =
          kutip_layer_list_relations_of (layer, kutip_span_get_id (spans[i]));

      for (guint j = 0; j < relations->len; j++)
        if (g_hash_table_add (seen, g_ptr_array_index (relations, j)))
          redirect_relation (g_ptr_array_index (relations, j), merged,
                             kutip_span_get_id (spans[0]), known, change);
    }
}

static gboolean
check_merge (KutipSpan *const *spans, guint n_spans, GError **error)
{
  g_autoptr (GHashTable) different = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_spans; i++)
    {
      if (kutip_span_is_orphan (spans[i]))
        return refuse (error,
                       _ ("An annotation whose text was not found cannot be merged"));
      g_hash_table_add (different, spans[i]);
    }
  if (g_hash_table_size (different) < 2 || g_hash_table_size (different) < n_spans)
    return refuse (error, _ ("It takes two annotations to merge them"));
  return TRUE;
}

gboolean
kutip_reshape_merge (KutipDocument *document,
                     KutipSpan *const *spans,
                     guint n_spans,
                     GError **error)
{
  g_autoptr (KutipChange) change = NULL;
  g_autoptr (KutipSpan) after = NULL;

  if (!check_merge (spans, n_spans, error))
    return FALSE;
  change = kutip_change_new (_ ("Merge Annotations"));
  after = merge_spans (document, spans, n_spans);
  kutip_change_add_span (change, spans[0], after);
  redirect_relations (kutip_document_get_layer (document), spans, n_spans, change);
  for (guint i = 1; i < n_spans; i++)
    kutip_change_add_span (change, spans[i], NULL);
  return kutip_annotate_apply (document, change, error);
}

/* The label's type, or NULL with @error for one that the tag set lacks. */
static const KutipLabelType *
find_label (KutipDocument *document, const char *label, GError **error)
{
  const KutipLabelType *type =
      kutip_tagset_get_label (kutip_document_get_tagset (document), label);

  if (type == NULL)
    g_set_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED,
                 /* Translators: %s is the name of a label. */
                 _ ("The tag set has no label “%s”"), label);
  return type;
}

KutipSpan *
kutip_reshape_duplicate (KutipDocument *document,
                         KutipSpan *span,
                         const char *label,
                         GError **error)
{
  if (find_label (document, label, error) == NULL)
    return NULL;
  if (kutip_span_is_orphan (span))
    {
      refuse (error,
              _ ("The annotation’s text was not found, so it has no place to mark"));
      return NULL;
    }
  return kutip_annotate_mark (document, label, kutip_span_get_ranges (span),
                              kutip_span_get_n_ranges (span), error);
}

/* A place that is to be marked. */
typedef struct
{
  KutipRange range;
  const char *label; /* interned */
  gboolean covered;
} Place;

static gboolean
covers_place (KutipSpan *span, gpointer data)
{
  Place *place = data;
  const KutipRange *ranges = kutip_span_get_ranges (span);

  if (kutip_span_get_label (span) != place->label)
    return TRUE;
  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    place->covered |= kutip_range_contains (ranges[i], place->range);
  return !place->covered;
}

gboolean
kutip_reshape_mark_all (KutipDocument *document,
                        const char *label,
                        const KutipRange *ranges,
                        guint n_ranges,
                        guint *n_marked,
                        GError **error)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  const KutipLabelType *type = find_label (document, label, error);
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipChange) change = NULL;
  g_autofree char *now = kutip_annotate_dup_now ();
  g_autofree char *title = NULL;
  guint n = 0;

  if (type == NULL)
    return FALSE;
  attributes = kutip_annotate_dup_default_attributes (
      kutip_document_get_tagset (document), type->attributes);
  /* Translators: an entry of the undo history; %s is a label's title, such as Quote. */
  title = g_strdup_printf (_ ("Mark All as %s"),
                           kutip_annotate_get_label_title (document, label));
  change = kutip_change_new (title);
  for (guint i = 0; i < n_ranges; i++)
    {
      Place place = { ranges[i], g_intern_string (label), FALSE };
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autofree char *id = NULL;
      g_autoptr (KutipSpan) span = NULL;

      kutip_layer_foreach_span_in (layer, ranges[i], covers_place, &place);
      if (place.covered)
        continue;
      id = kutip_layer_make_id (layer, "s");
      fields.id = id;
      fields.label = label;
      fields.ranges = &ranges[i];
      fields.n_ranges = 1;
      fields.attributes = attributes;
      fields.created = now;
      span = kutip_span_new (&fields);
      kutip_change_add_span (change, NULL, span);
      n++;
    }
  if (n_marked != NULL)
    *n_marked = n;
  return n == 0 || kutip_annotate_apply (document, change, error);
}
