/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-edit.h"

#include "model/annotate.h"

static guint
pick (GRand *random, guint n)
{
  return (guint) g_rand_int_range (random, 0, (gint32) n);
}

static KutipSpan *
pick_span (KutipDocument *document, GRand *random)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  guint n = kutip_layer_get_n_spans (layer);

  return n > 0 ? kutip_layer_get_nth_span (layer, pick (random, n)) : NULL;
}

/* Now and then past the end of the text, or empty. */
static guint
pick_ranges (KutipDocument *document, GRand *random, KutipRange ranges[3])
{
  guint length = kutip_article_get_length (kutip_document_get_article (document));
  guint n = pick (random, 4) == 0 ? 1 + pick (random, 3) : 1;

  for (guint i = 0; i < n; i++)
    {
      ranges[i].start = pick (random, length + 2);
      ranges[i].end = ranges[i].start + pick (random, 1 + length / 10);
    }
  return n;
}

static const char *
pick_label (GRand *random)
{
  static const char *const labels[] = { "claim", "quote", "source", "cue" };

  return labels[pick (random, G_N_ELEMENTS (labels))];
}

static gboolean
mark (KutipDocument *document, GRand *random)
{
  KutipRange ranges[3];
  guint n = pick_ranges (document, random, ranges);

  return kutip_annotate_mark (document, pick_label (random), ranges, n, NULL) != NULL;
}

static gboolean delete (KutipDocument *document, GRand *random)
{
  KutipSpan *spans[3];
  guint n = 1 + pick (random, 3);

  for (guint i = 0; i < n; i++)
    spans[i] = pick_span (document, random);
  return spans[0] != NULL && kutip_annotate_remove_spans (document, spans, n, NULL);
}

static gboolean
move (KutipDocument *document, GRand *random)
{
  KutipSpan *span = pick_span (document, random);
  KutipRange ranges[3];
  guint n = pick_ranges (document, random, ranges);

  return span != NULL && kutip_annotate_set_ranges (document, span, ranges, n, NULL);
}

static gboolean
change_label (KutipDocument *document, GRand *random)
{
  KutipSpan *span = pick_span (document, random);

  return span != NULL &&
         kutip_annotate_set_label (document, span, pick_label (random), NULL);
}

static gboolean
change_note (KutipDocument *document, GRand *random)
{
  static const char *const notes[] = { NULL, "", "x", "a longer note\nof two lines" };
  KutipSpan *span = pick_span (document, random);

  return span != NULL &&
         kutip_annotate_set_note (document, span,
                                  notes[pick (random, G_N_ELEMENTS (notes))], NULL);
}

static gboolean
change_unsure (KutipDocument *document, GRand *random)
{
  KutipSpan *span = pick_span (document, random);

  return span != NULL &&
         kutip_annotate_set_unsure (document, span, g_rand_boolean (random), NULL);
}

static gboolean
change_attributes (KutipDocument *document, GRand *random)
{
  static const char *const modes[] = { "speech", "writing", "thought", "nonsense", "" };
  KutipSpan *span = pick_span (document, random);
  g_autoptr (KutipAttributes) attributes = NULL;

  if (span == NULL)
    return FALSE;
  attributes =
      pick (random, 4) == 0
          ? kutip_attributes_without (kutip_span_get_attributes (span), "form")
          : kutip_attributes_with_string (kutip_span_get_attributes (span), "mode",
                                          modes[pick (random, G_N_ELEMENTS (modes))]);
  return kutip_annotate_set_attributes (document, span, attributes, NULL);
}

static gboolean
link_spans (KutipDocument *document, GRand *random)
{
  KutipSpan *from = pick_span (document, random);
  KutipSpan *to = pick_span (document, random);

  return from != NULL && kutip_annotate_link (document, from, to, NULL, NULL) != NULL;
}

static gboolean
unlink_span (KutipDocument *document, GRand *random)
{
  KutipSpan *span = pick_span (document, random);
  g_autoptr (GPtrArray) relations = NULL;

  if (span == NULL)
    return FALSE;
  relations = kutip_layer_list_relations_of (kutip_document_get_layer (document),
                                             kutip_span_get_id (span));
  return relations->len > 0 &&
         kutip_annotate_unlink (
             document, g_ptr_array_index (relations, pick (random, relations->len)),
             NULL);
}

static gboolean
change_header (KutipDocument *document, GRand *random)
{
  static const char *const titles[] = { NULL, "One", "Two" };
  KutipHeader *header = kutip_layer_get_header (kutip_document_get_layer (document));
  KutipHeaderFields fields = *kutip_header_get_fields (header);

  if (g_rand_boolean (random))
    return kutip_annotate_set_status (document, (KutipStatus) pick (random, 3), NULL);
  fields.title = titles[pick (random, G_N_ELEMENTS (titles))];
  return kutip_annotate_set_header (document, &fields, "Change Title", NULL);
}

/* As an importer or a bulk action: many edits at once, a span and a link to it among
 * them, and a span of a label that the tag set does not know. */
static gboolean
change_in_bulk (KutipDocument *document, GRand *random)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  g_autoptr (KutipChange) change = kutip_change_new ("Bulk");
  g_autofree char *last_id = NULL;

  for (guint i = 0; i < 2 + pick (random, 4); i++)
    {
      g_autofree char *id = kutip_layer_make_id (layer, "s");
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange range = { pick (random, 50), 60 + pick (random, 30) };
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = i == 0 ? "unheard-of" : "quote";
      fields.ranges = &range;
      fields.n_ranges = 1;
      span = kutip_span_new (&fields);
      kutip_change_add_span (change, NULL, span);
      if (last_id != NULL)
        {
          KutipRelationFields relation_fields = KUTIP_RELATION_FIELDS_INIT;
          g_autofree char *relation_id = kutip_layer_make_id (layer, "r");
          g_autoptr (KutipRelation) relation = NULL;

          relation_fields.id = relation_id;
          relation_fields.label = "same-as";
          relation_fields.from = last_id;
          relation_fields.to = id;
          relation = kutip_relation_new (&relation_fields);
          kutip_change_add_relation (change, NULL, relation);
        }
      g_free (last_id);
      last_id = g_steal_pointer (&id);
    }
  return kutip_document_apply (document, change, NULL);
}

gboolean
random_edit (KutipDocument *document, GRand *random)
{
  static gboolean (*const edits[]) (KutipDocument *, GRand *) = {
    mark,
    mark,
    mark,
    mark,
    delete,
    move,
    move,
    change_label,
    change_note,
    change_unsure,
    change_attributes,
    link_spans,
    link_spans,
    link_spans,
    unlink_span,
    change_header,
    change_in_bulk,
  };
  guint64 before = kutip_document_get_state (document);

  edits[pick (random, G_N_ELEMENTS (edits))](document, random);
  return kutip_document_get_state (document) != before;
}
