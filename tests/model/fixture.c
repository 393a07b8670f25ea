/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

KutipSpan *
fixture_pieces (const char *id,
                const char *label,
                const KutipRange *ranges,
                guint n_ranges)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;

  fields.id = id;
  fields.label = label;
  fields.ranges = ranges;
  fields.n_ranges = n_ranges;
  fields.created = "2026-11-22T09:30:00Z";
  return kutip_span_new (&fields);
}

KutipSpan *
fixture_span (const char *id, const char *label, guint start, guint end)
{
  return fixture_pieces (id, label, &(KutipRange){ start, end }, 1);
}

KutipSpan *
fixture_orphan (const char *id, const char *label, guint start, guint end)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  const char *texts[] = { "lost", NULL };

  fields.id = id;
  fields.label = label;
  fields.ranges = &(KutipRange){ start, end };
  fields.n_ranges = 1;
  fields.texts = texts;
  return kutip_span_new (&fields);
}

KutipRelation *
fixture_relation (const char *id, const char *label, const char *from, const char *to)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;

  fields.id = id;
  fields.label = label;
  fields.from = from;
  fields.to = to;
  return kutip_relation_new (&fields);
}

KutipHeader *
fixture_header (KutipStatus status)
{
  return kutip_header_new (&(KutipHeaderFields){ .status = status });
}

KutipLayer *
fixture_layer (void)
{
  g_autoptr (KutipHeader) header = fixture_header (KUTIP_STATUS_IN_PROGRESS);

  return kutip_layer_new (header);
}

KutipTagset *
fixture_tagset (void)
{
  static const char *const quote_attributes[] = { "form", "mode", "checked", "topics",
                                                  NULL };
  static const char *const quote_requires[] = { "attributed-to", "mode", NULL };
  static const char *const claim_attributes[] = { "checked", NULL };
  static const char *const forms[] = { "indirect", "direct", "mixed", NULL };
  static const char *const modes[] = { "speech", "writing", "thought", NULL };
  static const char *const topics[] = { "war", "trade", "sport", NULL };
  static const char *const contents[] = { "quote", "claim", NULL };
  static const char *const only_quote[] = { "quote", NULL };
  static const char *const only_source[] = { "source", NULL };
  static const char *const only_cue[] = { "cue", NULL };
  static const KutipLabelType labels[] = {
    { .name = "claim", .title = "Claim", .key = '1', .attributes = claim_attributes },
    { .name = "quote",
      .title = "Quote",
      .key = '2',
      .color = "#0072b2",
      .attributes = quote_attributes,
      .requires = quote_requires },
    { .name = "source", .title = "Source", .key = '3' },
    { .name = "cue", .title = "Cue", .key = '4' },
  };
  static const KutipAttributeType attributes[] = {
    { .name = "form", .values = forms, .default_value = "indirect" },
    { .name = "mode", .values = modes },
    { .name = "checked", .kind = KUTIP_ATTRIBUTE_FLAG },
    { .name = "topics", .values = topics, .multiple = TRUE },
    { .name = "remark", .kind = KUTIP_ATTRIBUTE_TEXT },
  };
  static const KutipRelationType relations[] = {
    { .name = "attributed-to", .from = contents, .to = only_source },
    { .name = "cued-by", .from = only_quote, .to = only_cue },
    { .name = "same-as", .symmetric = TRUE },
  };
  g_autoptr (GError) error = NULL;
  KutipTagset *tagset = kutip_tagset_new (
      &(KutipTagsetFields){
          .name = "Fixture",
          .version = "1",
          .labels = labels,
          .n_labels = G_N_ELEMENTS (labels),
          .attributes = attributes,
          .n_attributes = G_N_ELEMENTS (attributes),
          .relations = relations,
          .n_relations = G_N_ELEMENTS (relations),
      },
      &error);

  g_assert_no_error (error);
  return tagset;
}

KutipDocument *
fixture_document (guint length)
{
  g_autofree char *string = g_strnfill (length, 'x');
  g_autoptr (KutipText) text = kutip_text_new (string);
  g_autoptr (KutipArticle) article = kutip_article_new (text, "fixture.txt", "", NULL);
  g_autoptr (KutipTagset) tagset = fixture_tagset ();
  g_autoptr (KutipLayer) layer = fixture_layer ();

  return kutip_document_new (article, tagset, layer);
}

static gboolean
describe_span (KutipSpan *span, gpointer out)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);

  g_string_append_printf (out, "%s %s", kutip_span_get_id (span),
                          kutip_span_get_label (span));
  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    g_string_append_printf (out, " %u-%u", ranges[i].start, ranges[i].end);
  g_string_append_printf (out, "%s%s\n", kutip_span_is_unsure (span) ? " unsure" : "",
                          kutip_span_is_orphan (span) ? " orphan" : "");
  return TRUE;
}

static gboolean
describe_relation (KutipRelation *relation, gpointer out)
{
  g_string_append_printf (out, "%s %s %s>%s\n", kutip_relation_get_id (relation),
                          kutip_relation_get_label (relation),
                          kutip_relation_get_from (relation),
                          kutip_relation_get_to (relation));
  return TRUE;
}

char *
fixture_describe (KutipLayer *layer)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (
      out, "%s\n",
      kutip_status_to_string (
          kutip_header_get_fields (kutip_layer_get_header (layer))->status));
  kutip_layer_foreach_span (layer, describe_span, out);
  kutip_layer_foreach_relation (layer, describe_relation, out);
  return g_string_free (out, FALSE);
}

GRand *
fixture_random (guint32 seed)
{
  g_test_message ("random seed %u", seed);
  return g_rand_new_with_seed (seed);
}
