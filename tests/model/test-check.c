/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/check.h"

#include "fixture.h"
#include "model/annotate.h"
#include "random-edit.h"

static char *
describe (GArray *findings)
{
  static const char *const kinds[] = {
    [KUTIP_FINDING_MISSING_RELATION] = "missing-relation",
    [KUTIP_FINDING_MISSING_ATTRIBUTE] = "missing-attribute",
    [KUTIP_FINDING_UNSURE] = "unsure",
    [KUTIP_FINDING_ORPHAN] = "orphan",
    [KUTIP_FINDING_UNKNOWN_LABEL] = "unknown-label",
    [KUTIP_FINDING_UNKNOWN_VALUE] = "unknown-value",
    [KUTIP_FINDING_FORBIDDEN_RELATION] = "forbidden-relation",
    [KUTIP_FINDING_TOO_MANY_RELATIONS] = "too-many-relations",
    [KUTIP_FINDING_APPROXIMATE] = "approximate",
    [KUTIP_FINDING_MOVED] = "moved",
  };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const KutipFinding *finding = &g_array_index (findings, KutipFinding, i);

      g_string_append_printf (out, "%s %s %s\n", finding->id, kinds[finding->kind],
                              finding->name);
    }
  return g_string_free (out, FALSE);
}

static void
assert_findings (KutipCheck *check, const char *expected)
{
  g_autoptr (GArray) findings = kutip_check_list (check);
  g_autofree char *description = describe (findings);

  g_assert_cmpstr (description, ==, expected);
  g_assert_cmpuint (kutip_check_get_n_findings (check), ==, findings->len);
}

static void
assert_findings_of (KutipCheck *check, const char *id, const char *expected)
{
  g_autoptr (GArray) findings = kutip_check_list_of (check, id);
  g_autofree char *description = describe (findings);

  g_assert_cmpstr (description, ==, expected);
}

static void
count_notify (KutipCheck *check, GParamSpec *pspec, guint *n)
{
  ++*n;
}

static KutipSpan *
mark (KutipDocument *document, const char *label, guint start, guint end)
{
  return kutip_annotate_mark (document, label, &(KutipRange){ start, end }, 1, NULL);
}

static KutipSpan *
get_span (KutipDocument *document, const char *id)
{
  return kutip_layer_get_span (kutip_document_get_layer (document), id);
}

static void
set_attribute (KutipDocument *document, const char *id, KutipAttribute attribute)
{
  KutipSpan *span = get_span (document, id);
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_with (kutip_span_get_attributes (span), attribute);

  g_assert_true (kutip_annotate_set_attributes (document, span, attributes, NULL));
}

/* A quote from its mark until nothing is left to do, and back. */
static void
test_follows (void)
{
  static const char *const speech[] = { "speech", NULL };
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  guint n_notified = 0;

  g_signal_connect (check, "notify::n-findings", G_CALLBACK (count_notify), &n_notified);
  assert_findings (check, "");
  mark (document, "quote", 10, 20);
  assert_findings (check,
                   "s1 missing-relation attributed-to\ns1 missing-attribute mode\n");
  g_assert_cmpuint (n_notified, ==, 1);
  mark (document, "source", 1, 5);
  g_assert_cmpuint (n_notified, ==, 1);
  kutip_annotate_link (document, get_span (document, "s1"), get_span (document, "s2"),
                       NULL, NULL);
  assert_findings (check, "s1 missing-attribute mode\n");
  set_attribute (document, "s1", (KutipAttribute){ "mode", KUTIP_VALUE_STRING, speech });
  assert_findings (check, "");
  kutip_annotate_set_unsure (document, get_span (document, "s2"), TRUE, NULL);
  assert_findings (check, "s2 unsure source\n");
  kutip_annotate_set_label (document, get_span (document, "s2"), "cue", NULL);
  assert_findings (check, "s2 unsure cue\nr3 forbidden-relation attributed-to\n");
  assert_findings_of (check, "r3", "r3 forbidden-relation attributed-to\n");
  assert_findings_of (check, "s1", "");
  assert_findings_of (check, "nothing", "");
  kutip_annotate_remove_spans (document, (KutipSpan *[]){ get_span (document, "s2") }, 1,
                               NULL);
  assert_findings (check, "s1 missing-relation attributed-to\n");
  while (kutip_document_undo (document))
    ;
  assert_findings (check, "");
}

/* What leads to a quote is not its source, and a label that only stands at the other end
 * of a link has it there. */
static void
test_directions (void)
{
  static const char *const quote[] = { "quote", NULL };
  static const char *const source[] = { "source", NULL };
  static const char *const requires[] = { "r", NULL };
  const KutipLabelType labels[] = { { .name = "quote", .requires = requires },
                                    { .name = "source", .requires = requires } };
  const KutipRelationType relations[] = { { .name = "r", .from = quote, .to = source } };
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_new (&(KutipTagsetFields){ .name = "T",
                                              .labels = labels,
                                              .n_labels = 2,
                                              .relations = relations,
                                              .n_relations = 1 },
                        NULL);
  g_autoptr (KutipDocument) document = fixture_document (100);
  KutipLayer *layer = kutip_document_get_layer (document);
  g_autoptr (KutipSpan) first = fixture_span ("s1", "quote", 10, 20);
  g_autoptr (KutipSpan) second = fixture_span ("s2", "source", 30, 40);
  g_autoptr (KutipSpan) third = fixture_span ("s3", "quote", 50, 60);
  g_autoptr (KutipRelation) right = fixture_relation ("r1", "r", "s1", "s2");
  g_autoptr (KutipRelation) backwards = fixture_relation ("r2", "r", "s2", "s3");
  g_autoptr (KutipCheck) check = NULL;

  g_assert_nonnull (tagset);
  kutip_layer_add_span (layer, first);
  kutip_layer_add_span (layer, second);
  kutip_layer_add_span (layer, third);
  kutip_layer_add_relation (layer, right);
  kutip_layer_add_relation (layer, backwards);
  kutip_document_set_tagset (document, tagset);
  check = kutip_check_new (document);
  assert_findings (check, "r2 forbidden-relation r\ns3 missing-relation r\n");
}

/* At most one "r" from each span, and one "both" at either end. */
static void
test_maxima (void)
{
  const KutipLabelType labels[] = { { .name = "a" } };
  const KutipRelationType relations[] = {
    { .name = "r", .max = 1 }, { .name = "both", .max = 1, .symmetric = TRUE }
  };
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_new (&(KutipTagsetFields){ .name = "T",
                                              .labels = labels,
                                              .n_labels = 1,
                                              .relations = relations,
                                              .n_relations = 2 },
                        NULL);
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipCheck) check = NULL;

  kutip_document_set_tagset (document, tagset);
  check = kutip_check_new (document);
  for (guint i = 0; i < 3; i++)
    mark (document, "a", 10 * i, 10 * i + 5);
  kutip_annotate_link (document, get_span (document, "s1"), get_span (document, "s2"),
                       "r", NULL);
  kutip_annotate_link (document, get_span (document, "s3"), get_span (document, "s2"),
                       "r", NULL);
  assert_findings (check, "");
  kutip_annotate_link (document, get_span (document, "s1"), get_span (document, "s3"),
                       "r", NULL);
  assert_findings (check, "s1 too-many-relations r\n");
  kutip_document_undo (document);
  assert_findings (check, "");
  kutip_annotate_link (document, get_span (document, "s1"), get_span (document, "s2"),
                       "both", NULL);
  kutip_annotate_link (document, get_span (document, "s3"), get_span (document, "s2"),
                       "both", NULL);
  assert_findings (check, "s2 too-many-relations both\n");
}

static void
test_dates (void)
{
  static const struct
  {
    const char *value;
    const char *expected;
  } rows[] = {
    { "2022", "" },
    { "2022-08", "" },
    { "2022-08-15", "" },
    { "2022-13-01", "s1 unknown-value day\n" },
    { "15 August", "s1 unknown-value day\n" },
    { "", "s1 unknown-value day\n" },
  };
  const char *const day[] = { "day", NULL };
  const KutipLabelType labels[] = { { .name = "a", .attributes = day } };
  const KutipAttributeType attributes[] = { { .name = "day",
                                              .kind = KUTIP_ATTRIBUTE_DATE } };
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_new (&(KutipTagsetFields){ .name = "T",
                                              .labels = labels,
                                              .n_labels = 1,
                                              .attributes = attributes,
                                              .n_attributes = 1 },
                        NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *const values[] = { rows[i].value, NULL };
      g_autoptr (KutipDocument) document = fixture_document (100);
      g_autoptr (KutipCheck) check = NULL;

      kutip_document_set_tagset (document, tagset);
      check = kutip_check_new (document);
      mark (document, "a", 0, 5);
      set_attribute (document, "s1",
                     (KutipAttribute){ "day", KUTIP_VALUE_STRING, values });
      assert_findings (check, rows[i].expected);
    }
}

/* One span with one attribute. */
typedef struct
{
  const char *label;
  KutipAttribute attribute;
  const char *expected;
  const char *reason;
} ValueCase;

static const char *const direct[] = { "direct", NULL };
static const char *const nonsense[] = { "nonsense", NULL };
static const char *const empty[] = { "", NULL };
static const char *const war_trade[] = { "war", "trade", NULL };
static const char *const war_peace[] = { "war", "peace", NULL };
static const char *const two_forms[] = { "direct", "mixed", NULL };
static const char *const nothing[] = { NULL };

static const ValueCase value_cases[] = {
  { "claim", { "form", KUTIP_VALUE_STRING, direct }, "", "a listed value" },
  { "claim",
    { "form", KUTIP_VALUE_STRING, nonsense },
    "s1 unknown-value form\n",
    "a value that is not listed" },
  { "claim",
    { "form", KUTIP_VALUE_FLAG, NULL },
    "s1 unknown-value form\n",
    "a flag where a choice is due" },
  { "claim",
    { "form", KUTIP_VALUE_LIST, two_forms },
    "s1 unknown-value form\n",
    "several where one is due" },
  { "claim", { "topics", KUTIP_VALUE_LIST, war_trade }, "", "several listed" },
  { "claim", { "topics", KUTIP_VALUE_LIST, nothing }, "", "an empty list" },
  { "claim",
    { "topics", KUTIP_VALUE_LIST, war_peace },
    "s1 unknown-value topics\n",
    "one of several is not listed" },
  { "claim", { "checked", KUTIP_VALUE_FLAG, NULL }, "", "a flag" },
  { "claim",
    { "checked", KUTIP_VALUE_STRING, direct },
    "s1 unknown-value checked\n",
    "a word where a flag is due" },
  { "claim", { "remark", KUTIP_VALUE_STRING, nonsense }, "", "free text" },
  { "claim",
    { "remark", KUTIP_VALUE_FLAG, NULL },
    "s1 unknown-value remark\n",
    "a flag where text is due" },
  { "claim",
    { "foreign", KUTIP_VALUE_STRING, nonsense },
    "",
    "another tool's attribute" },
  { "quote",
    { "mode", KUTIP_VALUE_STRING, empty },
    "s1 missing-relation attributed-to\ns1 missing-attribute mode\n"
    "s1 unknown-value mode\n",
    "an empty value is none" },
};

static void
test_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (value_cases); i++)
    {
      g_autoptr (KutipDocument) document = fixture_document (100);
      g_autoptr (KutipCheck) check = kutip_check_new (document);

      g_test_message ("%s", value_cases[i].reason);
      mark (document, value_cases[i].label, 10, 20);
      set_attribute (document, "s1", value_cases[i].attribute);
      assert_findings (check, value_cases[i].expected);
    }
}

/* What is in a layer from the start, as other tools and older texts leave it. */
static void
test_at_start (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  KutipLayer *layer = kutip_document_get_layer (document);
  g_autoptr (KutipSpan) orphan = fixture_orphan ("s3", "source", 90, 95);
  g_autoptr (KutipSpan) foreign = fixture_span ("s1", "person", 10, 20);
  g_autoptr (KutipSpan) claim = fixture_span ("s2", "claim", 30, 40);
  g_autoptr (KutipRelation) backwards =
      fixture_relation ("r1", "attributed-to", "s3", "s2");
  g_autoptr (KutipRelation) unknown = fixture_relation ("r2", "likes", "s2", "s3");
  g_autoptr (KutipRelation) of_unknown =
      fixture_relation ("r3", "attributed-to", "s1", "s3");
  g_autoptr (KutipRelation) dangling = fixture_relation ("r4", "same-as", "s9", "s1");
  g_autoptr (KutipCheck) check = NULL;

  kutip_layer_add_span (layer, orphan);
  kutip_layer_add_span (layer, foreign);
  kutip_layer_add_span (layer, claim);
  kutip_layer_add_relation (layer, backwards);
  kutip_layer_add_relation (layer, unknown);
  kutip_layer_add_relation (layer, of_unknown);
  kutip_layer_add_relation (layer, dangling);
  check = kutip_check_new (document);
  assert_findings (check, "s1 unknown-label person\n"
                          "r2 forbidden-relation likes\n"
                          "s3 orphan source\n"
                          "r1 forbidden-relation attributed-to\n"
                          "r4 forbidden-relation same-as\n");
}

/* Relations can be unsure, and have values, too. */
static void
test_relations (void)
{
  static const char *const values[] = { "nonsense", NULL };
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_new (&(KutipAttribute){ "form", KUTIP_VALUE_STRING, values }, 1);
  g_autoptr (KutipChange) change = kutip_change_new ("Test");
  g_autoptr (KutipRelation) relation = NULL;
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  guint n_findings;

  mark (document, "claim", 10, 20);
  mark (document, "source", 30, 35);
  fields.id = "r9";
  fields.label = "attributed-to";
  fields.from = "s1";
  fields.to = "s2";
  fields.unsure = TRUE;
  fields.attributes = attributes;
  relation = kutip_relation_new (&fields);
  kutip_change_add_relation (change, NULL, relation);
  g_assert_true (kutip_document_apply (document, change, NULL));
  assert_findings (check, "r9 unknown-value form\nr9 unsure attributed-to\n");
  g_object_get (check, "n-findings", &n_findings, NULL);
  g_assert_cmpuint (n_findings, ==, 2);
}

/* Another tag set asks for other things. */
static void
test_other_tagset (void)
{
  static const KutipLabelType label = { .name = "source" };
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  g_autoptr (KutipTagset) other = kutip_tagset_new (
      &(KutipTagsetFields){ .name = "T", .labels = &label, .n_labels = 1 }, NULL);

  mark (document, "quote", 10, 20);
  mark (document, "source", 30, 35);
  kutip_document_set_tagset (document, other);
  assert_findings (check, "s1 unknown-label quote\n");
}

/* After any edit the findings are those that a new look at everything gives. */
static void
test_random (void)
{
  g_autoptr (GRand) random = fixture_random (20260301);
  g_autoptr (KutipDocument) document = fixture_document (500);
  g_autoptr (KutipCheck) check = kutip_check_new (document);

  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr (KutipCheck) fresh = NULL;
      g_autoptr (GArray) findings = NULL;
      g_autofree char *expected = NULL;

      if (g_rand_int_range (random, 0, 5) == 0)
        kutip_document_undo (document);
      else if (g_rand_int_range (random, 0, 10) == 0)
        kutip_document_redo (document);
      else
        random_edit (document, random);
      if (i % 10 != 0)
        continue;
      fresh = kutip_check_new (document);
      findings = kutip_check_list (fresh);
      expected = describe (findings);
      assert_findings (check, expected);
    }
}

static void
test_dies (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  KutipCheck *check = kutip_check_new (document);

  mark (document, "quote", 10, 20);
  g_assert_finalize_object (check);
  mark (document, "quote", 10, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/follows", test_follows);
  g_test_add_func ("/check/directions", test_directions);
  g_test_add_func ("/check/maxima", test_maxima);
  g_test_add_func ("/check/dates", test_dates);
  g_test_add_func ("/check/values", test_values);
  g_test_add_func ("/check/at-start", test_at_start);
  g_test_add_func ("/check/relations", test_relations);
  g_test_add_func ("/check/other-tagset", test_other_tagset);
  g_test_add_func ("/check/random", test_random);
  g_test_add_func ("/check/dies", test_dies);
  return g_test_run ();
}
