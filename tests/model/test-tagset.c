/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tagset.h"

#include "fixture.h"

static void
test_contents (void)
{
  g_autoptr (KutipTagset) tagset = fixture_tagset ();
  const KutipLabelType *quote = kutip_tagset_get_label (tagset, "quote");
  KutipTagsetFields fields;

  kutip_tagset_get_fields (tagset, &fields);
  g_assert_cmpstr (fields.name, ==, "Fixture");
  g_assert_cmpstr (kutip_tagset_get_version (tagset), ==, "1");
  g_assert_cmpuint (kutip_tagset_get_n_labels (tagset), ==, 4);
  g_assert_cmpint (kutip_tagset_get_label_index (tagset, "quote"), ==, 1);
  g_assert_cmpint (kutip_tagset_get_label_index (tagset, "Quote"), ==, -1);
  g_assert_true (kutip_tagset_get_nth_label (tagset, 1) == quote);
  g_assert_null (kutip_tagset_get_nth_label (tagset, 4));
  g_assert_cmpstr (quote->attributes[1], ==, "mode");
  g_assert_cmpstr (kutip_tagset_get_label (tagset, "source")->attributes[0], ==, NULL);
  g_assert_true (kutip_tagset_get_label_by_key (tagset, '2') == quote);
  g_assert_null (kutip_tagset_get_label_by_key (tagset, '9'));
  g_assert_null (kutip_tagset_get_label_by_key (tagset, 0));
  g_assert_cmpstr (kutip_tagset_get_attribute (tagset, "form")->default_value, ==,
                   "indirect");
  g_assert_cmpstr (kutip_tagset_get_attribute (tagset, "remark")->title, ==, "remark");
  g_assert_null (kutip_tagset_get_attribute (tagset, "quote"));
  g_assert_cmpuint (kutip_tagset_get_n_relations (tagset), ==, 3);
  g_assert_true (kutip_tagset_get_relation (tagset, "same-as") ==
                 kutip_tagset_get_nth_relation (tagset, 2));
  g_assert_null (kutip_tagset_get_nth_relation (tagset, 3));
  g_assert_cmpstr (kutip_tagset_get_article_attributes (tagset)[0], ==, NULL);
}

static void
test_allows (void)
{
  static const struct
  {
    const char *relation, *from, *to;
    gboolean allowed;
    const char *reason;
  } rows[] = {
    { "attributed-to", "quote", "source", TRUE, "both are listed" },
    { "attributed-to", "claim", "source", TRUE, "the second of the list" },
    { "attributed-to", "source", "quote", FALSE, "the other way" },
    { "attributed-to", "cue", "source", FALSE, "not listed" },
    { "cued-by", "claim", "cue", FALSE, "only quotes" },
    { "same-as", "cue", "claim", TRUE, "no list: any" },
    { "same-as", "cue", "nonsense", FALSE, "an unknown label is not any" },
    { "same-as", "nonsense", "cue", FALSE, "nor at the start" },
    { "nonsense", "quote", "source", FALSE, "an unknown relation" },
  };
  g_autoptr (KutipTagset) tagset = fixture_tagset ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (
          kutip_tagset_allows (tagset, rows[i].relation, rows[i].from, rows[i].to), ==,
          rows[i].allowed);
    }
  g_assert_cmpstr (kutip_tagset_find_relation (tagset, "quote", "source")->name, ==,
                   "attributed-to");
  g_assert_cmpstr (kutip_tagset_find_relation (tagset, "quote", "cue")->name, ==,
                   "cued-by");
  g_assert_cmpstr (kutip_tagset_find_relation (tagset, "cue", "quote")->name, ==,
                   "same-as");
  g_assert_null (kutip_tagset_find_relation (tagset, "cue", "nonsense"));
}

static const char *const ab[] = { "a", "b", NULL };
static const char *const aa[] = { "a", "a", NULL };
static const char *const a_empty[] = { "a", "", NULL };
static const char *const only_a[] = { "a", NULL };
static const char *const only_b[] = { "b", NULL };
static const char *const only_x[] = { "x", NULL };
static const char *const rel[] = { "rel", NULL };

static void
test_symmetric (void)
{
  const KutipLabelType labels[] = { { .name = "a" }, { .name = "b" } };
  const KutipRelationType relations[] = {
    { .name = "rel", .from = only_a, .to = only_b, .symmetric = TRUE }
  };
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_new (&(KutipTagsetFields){ .name = "T",
                                              .labels = labels,
                                              .n_labels = 2,
                                              .relations = relations,
                                              .n_relations = 1 },
                        NULL);

  g_assert_true (kutip_tagset_allows (tagset, "rel", "a", "b"));
  g_assert_true (kutip_tagset_allows (tagset, "rel", "b", "a"));
  g_assert_false (kutip_tagset_allows (tagset, "rel", "a", "a"));
}

/* Each has a label a, an attribute x and a relation rel of its own; NULL: without. */
typedef struct
{
  const char *reason;
  const char *named; /* what the error must name; NULL: it is fine */
  KutipLabelType label;
  KutipLabelType other_label;
  KutipAttributeType attribute;
  KutipRelationType relation;
  const char *const *article_attributes;
} FieldsCase;

static const FieldsCase cases[] = {
  { .reason = "a label is enough", NULL, { .name = "a" } },
  { .reason = "an attribute that is used",
    NULL,
    { .name = "a", .attributes = only_x },
    .attribute = { .name = "x", .values = ab } },
  { .reason = "a label without a name", "labels[0]", { .title = "A" }, { .name = "b" } },
  { .reason = "an empty name", "labels[0]", { .name = "" } },
  { .reason = "a name twice", "“a”", { .name = "a" }, { .name = "a" } },
  { .reason = "a key twice",
    "“b”",
    { .name = "a", .key = 'q' },
    { .name = "b", .key = 'q' } },
  { .reason = "a key twice, but for the case",
    "“b”",
    { .name = "a", .key = 'q' },
    { .name = "b", .key = 'Q' } },
  { .reason = "a key that nobody can press", "“a”", { .name = "a", .key = 1 } },
  { .reason = "a colour that is none", "“red”", { .name = "a", .color = "red" } },
  { .reason = "a short colour", "“#fff”", { .name = "a", .color = "#fff" } },
  { .reason = "a colour with a letter too many",
    "“#00ggff”",
    { .name = "a", .color = "#00ggff" } },
  { .reason = "a colour in capitals", NULL, { .name = "a", .color = "#00AAFF" } },
  { .reason = "an attribute that no one defines",
    "“x”",
    { .name = "a", .attributes = only_x } },
  { .reason = "an attribute twice in a label",
    "“a”",
    { .name = "l", .attributes = aa },
    .attribute = { .name = "a", .kind = KUTIP_ATTRIBUTE_TEXT } },
  { .reason = "it requires nothing that it has",
    "“x”",
    { .name = "a", .requires = only_x },
    .attribute = { .name = "x", .values = ab } },
  { .reason = "it requires an attribute of its own",
    NULL,
    { .name = "a", .attributes = only_x, .requires = only_x },
    .attribute = { .name = "x", .values = ab } },
  { .reason = "it requires a relation",
    NULL,
    { .name = "a", .requires = rel },
    { .name = "b" },
    .relation = { .name = "rel", .from = only_a, .to = only_b } },
  { .reason = "it requires a relation that leads to it",
    NULL,
    { .name = "a", .requires = rel },
    { .name = "b" },
    .relation = { .name = "rel", .from = only_b, .to = only_a } },
  { .reason = "it requires a relation that it cannot have",
    "“rel”",
    { .name = "a", .requires = rel },
    { .name = "b" },
    .relation = { .name = "rel", .from = only_b, .to = only_b } },
  { .reason = "a requirement that means two things",
    "“x”",
    { .name = "a", .attributes = only_x, .requires = only_x },
    .attribute = { .name = "x", .values = ab },
    .relation = { .name = "x" } },
  { .reason = "a default outside the values",
    "“c”",
    { .name = "a" },
    .attribute = { .name = "x", .values = ab, .default_value = "c" } },
  { .reason = "a default inside the values",
    NULL,
    { .name = "a" },
    .attribute = { .name = "x", .values = ab, .default_value = "b" } },
  { .reason = "a flag that is set by default",
    NULL,
    { .name = "a" },
    .attribute = { .name = "x", .kind = KUTIP_ATTRIBUTE_FLAG, .default_value = "true" } },
  { .reason = "a flag with another default",
    "“false”",
    { .name = "a" },
    .attribute = { .name = "x",
                   .kind = KUTIP_ATTRIBUTE_FLAG,
                   .default_value = "false" } },
  { .reason = "free text with a default",
    NULL,
    { .name = "a" },
    .attribute = { .name = "x", .kind = KUTIP_ATTRIBUTE_TEXT, .default_value = "?" } },
  { .reason = "a choice of nothing",
    "“x”",
    { .name = "a" },
    .attribute = { .name = "x" } },
  { .reason = "free text with values",
    "“x”",
    { .name = "a" },
    .attribute = { .name = "x", .kind = KUTIP_ATTRIBUTE_TEXT, .values = ab } },
  { .reason = "several flags",
    "“x”",
    { .name = "a" },
    .attribute = { .name = "x", .kind = KUTIP_ATTRIBUTE_FLAG, .multiple = TRUE } },
  { .reason = "a value twice",
    "“a”",
    { .name = "l" },
    .attribute = { .name = "x", .values = aa } },
  { .reason = "an empty value",
    "“x”",
    { .name = "a" },
    .attribute = { .name = "x", .values = a_empty } },
  { .reason = "a relation from an unknown label",
    "“b”",
    { .name = "a" },
    .relation = { .name = "rel", .from = only_b } },
  { .reason = "a relation to an unknown label",
    "“b”",
    { .name = "a" },
    .relation = { .name = "rel", .to = only_b } },
  { .reason = "a relation with an unknown attribute",
    "“x”",
    { .name = "a" },
    .relation = { .name = "rel", .attributes = only_x } },
  { .reason = "an article attribute that no one defines",
    "“x”",
    { .name = "a" },
    .article_attributes = only_x },
  { .reason = "an article attribute",
    NULL,
    { .name = "a" },
    .attribute = { .name = "x", .values = ab },
    .article_attributes = only_x },
};

static gboolean
is_given (const char *name, const char *title)
{
  return name != NULL || title != NULL;
}

static void
test_contradictions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const FieldsCase *row = &cases[i];
      const KutipLabelType labels[] = { row->label, row->other_label };
      g_autoptr (GError) error = NULL;
      g_autoptr (KutipTagset) tagset = kutip_tagset_new (
          &(KutipTagsetFields){
              .name = "T",
              .labels = labels,
              .n_labels =
                  is_given (row->other_label.name, row->other_label.title) ? 2 : 1,
              .attributes = &row->attribute,
              .n_attributes = row->attribute.name != NULL,
              .relations = &row->relation,
              .n_relations = row->relation.name != NULL,
              .article_attributes = row->article_attributes,
          },
          &error);

      g_test_message ("%s", row->reason);
      if (row->named == NULL)
        {
          g_assert_no_error (error);
          g_assert_nonnull (tagset);
          continue;
        }
      g_assert_error (error, KUTIP_TAGSET_ERROR, KUTIP_TAGSET_ERROR_INVALID);
      g_assert_null (tagset);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, row->named));
    }
}

static void
test_no_name (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kutip_tagset_new (&(KutipTagsetFields){ .name = "" }, &error));
  g_assert_error (error, KUTIP_TAGSET_ERROR, KUTIP_TAGSET_ERROR_INVALID);
}

/* Colours: the label's own first; the others take what is left, and start again when none
 * is. */
static void
test_colors (void)
{
  KutipLabelType labels[12];
  g_autoptr (KutipTagset) tagset = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      char name[] = "a";

      name[0] = (char) (name[0] + (char) i);
      labels[i] = (KutipLabelType){ .name = g_intern_string (name) };
    }
  labels[0].color = "#123456";
  labels[3].color = "#0072B2";
  tagset = kutip_tagset_new (&(KutipTagsetFields){ .name = "T",
                                                   .labels = labels,
                                                   .n_labels = G_N_ELEMENTS (labels) },
                             NULL);

  g_assert_cmpstr (kutip_tagset_get_color (tagset, "a"), ==, "#123456");
  g_assert_cmpstr (kutip_tagset_get_color (tagset, "d"), ==, "#0072B2");
  for (guint i = 0; i < 8; i++)
    g_assert_true (g_hash_table_add (
        seen, (gpointer) kutip_tagset_get_color (tagset, labels[i].name)));
  g_assert_false (g_hash_table_contains (seen, "#0072b2"));
  g_assert_nonnull (kutip_tagset_get_color (tagset, "l"));
  g_assert_nonnull (kutip_tagset_get_color (tagset, "unknown"));
  g_assert_false (
      g_hash_table_contains (seen, kutip_tagset_get_color (tagset, "unknown")));
}

/* When labels have asked for all of the palette, the others share it. */
static void
test_colors_run_out (void)
{
  static const KutipLabelType labels[] = {
    { .name = "a", .color = "#0072b2" },
    { .name = "b", .color = "#d55e00" },
    { .name = "c", .color = "#009e73" },
    { .name = "d", .color = "#cc79a7" },
    { .name = "e", .color = "#e69f00" },
    { .name = "f", .color = "#56b4e9" },
    { .name = "g", .color = "#f0e442" },
    { .name = "h" },
    { .name = "i" },
  };
  g_autoptr (KutipTagset) tagset = kutip_tagset_new (
      &(KutipTagsetFields){
          .name = "T", .labels = labels, .n_labels = G_N_ELEMENTS (labels) },
      NULL);

  g_assert_cmpstr (kutip_tagset_get_name (tagset), ==, "T");
  g_assert_cmpstr (kutip_tagset_get_color (tagset, "h"), ==, "#0072b2");
  g_assert_cmpstr (kutip_tagset_get_color (tagset, "i"), ==, "#d55e00");
}

/* Only built-in texts are looked up, and never the empty one, which is the catalog's own
 * entry. */
static void
test_translate (void)
{
  const char *const texts[] = { "", NULL, "Quote", "No such title anywhere" };

  for (guint builtin = 0; builtin < 2; builtin++)
    {
      g_autoptr (KutipTagset) tagset = kutip_tagset_new (
          &(KutipTagsetFields){ .name = "T", .builtin = builtin != 0 }, NULL);
      KutipTagsetFields fields;

      kutip_tagset_get_fields (tagset, &fields);
      g_assert_cmpint (fields.builtin, ==, builtin);
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        g_assert_cmpstr (kutip_tagset_translate (tagset, texts[i]), ==, texts[i]);
    }
}

/* Tens of thousands of each, of which each names others: checked in no time worth
 * speaking of, however many there are. */
static void
test_many (void)
{
  enum
  {
    N = 30000
  };
  g_autoptr (GStringChunk) chunk = g_string_chunk_new (1 << 16);
  g_autofree const char **names = g_new0 (const char *, N + 1);
  g_autofree KutipLabelType *labels = g_new0 (KutipLabelType, N);
  g_autofree KutipAttributeType *attributes = g_new0 (KutipAttributeType, N);
  g_autofree const char **own = g_new0 (const char *, 2 * N);
  const char *const required[] = { "all", NULL };
  KutipRelationType relation = { .name = "all" };
  g_autoptr (KutipTagset) tagset = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);

      names[i] = own[2 * i] = g_string_chunk_insert (chunk, name);
      labels[i] = (KutipLabelType){ .name = names[i],
                                    .attributes = own + 2 * i,
                                    .requires = required };
      attributes[i] =
          (KutipAttributeType){ .name = names[i], .kind = KUTIP_ATTRIBUTE_TEXT };
    }
  labels[0].attributes = names;
  labels[0].requires = names;
  relation.from = relation.to = names;
  tagset = kutip_tagset_new (&(KutipTagsetFields){ .name = "Many",
                                                   .labels = labels,
                                                   .n_labels = N,
                                                   .attributes = attributes,
                                                   .n_attributes = N,
                                                   .relations = &relation,
                                                   .n_relations = 1 },
                             &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_tagset_get_n_labels (tagset), ==, N);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tagset/contents", test_contents);
  g_test_add_func ("/tagset/allows", test_allows);
  g_test_add_func ("/tagset/symmetric", test_symmetric);
  g_test_add_func ("/tagset/contradictions", test_contradictions);
  g_test_add_func ("/tagset/no-name", test_no_name);
  g_test_add_func ("/tagset/colors", test_colors);
  g_test_add_func ("/tagset/colors-run-out", test_colors_run_out);
  g_test_add_func ("/tagset/translate", test_translate);
  g_test_add_func ("/tagset/many", test_many);
  return g_test_run ();
}
