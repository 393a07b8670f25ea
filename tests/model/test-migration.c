/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/migration.h"

#include "fixture.h"
#include "model/annotate.h"

/* A quote s1 by a source s2 (r3), a second quote s4 that says the same (r5), and a cue s6
 * without links. */
static KutipDocument *
make_document (void)
{
  static const struct
  {
    const char *label;
    guint start;
  } marks[] = { { "quote", 0 }, { "source", 10 } };
  static const char *const direct[] = { "direct", NULL };
  static const char *const topics[] = { "war", "trade", NULL };
  static const char *const nothing[] = { NULL };
  const KutipAttribute own[] = {
    { "form", KUTIP_VALUE_STRING, direct },
    { "topics", KUTIP_VALUE_LIST, topics },
    { "checked", KUTIP_VALUE_FLAG, nothing },
  };
  g_autoptr (KutipAttributes) attributes = kutip_attributes_new (own, G_N_ELEMENTS (own));
  KutipDocument *document = fixture_document (100);
  KutipSpan *spans[2];
  KutipSpan *second, *cue;

  for (guint i = 0; i < 2; i++)
    spans[i] = kutip_annotate_mark (document, marks[i].label,
                                    &(KutipRange){ marks[i].start, marks[i].start + 5 },
                                    1, NULL);
  kutip_annotate_link (document, spans[0], spans[1], NULL, NULL);
  kutip_annotate_set_attributes (document, spans[0], attributes, NULL);
  second = kutip_annotate_mark (document, "quote", &(KutipRange){ 20, 25 }, 1, NULL);
  kutip_annotate_link (document, second, spans[1], "same-as", NULL);
  cue = kutip_annotate_mark (document, "cue", &(KutipRange){ 30, 35 }, 1, NULL);
  g_assert_cmpstr (kutip_span_get_id (cue), ==, "s6");
  return document;
}

static KutipAttributes *
get_attributes (KutipDocument *document, const char *id)
{
  return kutip_span_get_attributes (
      kutip_layer_get_span (kutip_document_get_layer (document), id));
}

/* "form=direct; topics=[war,trade]; checked" */
static char *
describe (KutipAttributes *attributes)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      g_autofree char *values = g_strjoinv (",", (char **) attribute.values);

      g_string_append (out, i > 0 ? "; " : "");
      g_string_append (out, attribute.name);
      if (attribute.type == KUTIP_VALUE_STRING)
        g_string_append_printf (out, "=%s", values);
      else if (attribute.type == KUTIP_VALUE_LIST)
        g_string_append_printf (out, "=[%s]", values);
    }
  return g_string_free (out, FALSE);
}

/* What some steps make of the document; each row begins anew. */
typedef struct
{
  const char *reason;
  KutipMigrationStep steps[2];
  guint counts[2];
  gboolean changes;
  const char *layer;      /* as fixture_describe() has it; NULL: not looked at */
  const char *attributes; /* of s1; NULL: not looked at */
} Row;

#define BEFORE                                                                           \
  "in-progress\ns1 quote 0-5\ns2 source 10-15\ns4 quote 20-25\ns6 cue 30-35\n"           \
  "r3 attributed-to s1>s2\nr5 same-as s4>s2\n"
#define ATTRIBUTES "form=direct; topics=[war,trade]; checked"

static const Row rows[] = {
  { .reason = "a label gets another name",
    { { KUTIP_TERM_LABEL, NULL, "quote", KUTIP_FATE_RENAME, "content" } },
    { 2 },
    TRUE,
    "in-progress\ns1 content 0-5\ns2 source 10-15\ns4 content 20-25\ns6 cue 30-35\n"
    "r3 attributed-to s1>s2\nr5 same-as s4>s2\n",
    ATTRIBUTES },
  { .reason = "two labels exchange their names",
    { { KUTIP_TERM_LABEL, NULL, "quote", KUTIP_FATE_RENAME, "source" },
      { KUTIP_TERM_LABEL, NULL, "source", KUTIP_FATE_RENAME, "quote" } },
    { 2, 1 },
    TRUE,
    "in-progress\ns1 source 0-5\ns2 quote 10-15\ns4 source 20-25\ns6 cue 30-35\n"
    "r3 attributed-to s1>s2\nr5 same-as s4>s2\n" },
  { .reason = "two labels become one",
    { { KUTIP_TERM_LABEL, NULL, "cue", KUTIP_FATE_RENAME, "source" } },
    { 1 },
    TRUE,
    "in-progress\ns1 quote 0-5\ns2 source 10-15\ns4 quote 20-25\ns6 source 30-35\n"
    "r3 attributed-to s1>s2\nr5 same-as s4>s2\n" },
  { .reason = "what stays is counted, and stays",
    { { KUTIP_TERM_LABEL, NULL, "quote", KUTIP_FATE_KEEP, NULL },
      { KUTIP_TERM_RELATION, NULL, "same-as", KUTIP_FATE_KEEP, NULL } },
    { 2, 1 },
    FALSE,
    BEFORE,
    ATTRIBUTES },
  { .reason = "spans go with the links that hang on them",
    { { KUTIP_TERM_LABEL, NULL, "source", KUTIP_FATE_DELETE, NULL } },
    { 1 },
    TRUE,
    "in-progress\ns1 quote 0-5\ns4 quote 20-25\ns6 cue 30-35\n" },
  { .reason = "a term that nobody has used",
    { { KUTIP_TERM_LABEL, NULL, "claim", KUTIP_FATE_DELETE, NULL } },
    { 0 },
    FALSE,
    BEFORE,
    ATTRIBUTES },
  { .reason = "relations are renamed and removed",
    { { KUTIP_TERM_RELATION, NULL, "attributed-to", KUTIP_FATE_RENAME, "by" },
      { KUTIP_TERM_RELATION, NULL, "same-as", KUTIP_FATE_DELETE, NULL } },
    { 1, 1 },
    TRUE,
    "in-progress\ns1 quote 0-5\ns2 source 10-15\ns4 quote 20-25\ns6 cue 30-35\n"
    "r3 by s1>s2\n" },
  { .reason = "an attribute gets another name",
    { { KUTIP_TERM_ATTRIBUTE, NULL, "form", KUTIP_FATE_RENAME, "shape" } },
    { 2 },
    TRUE,
    BEFORE,
    "shape=direct; topics=[war,trade]; checked" },
  { .reason = "flags, too",
    { { KUTIP_TERM_ATTRIBUTE, NULL, "checked", KUTIP_FATE_RENAME, "seen" } },
    { 1 },
    TRUE,
    BEFORE,
    "form=direct; topics=[war,trade]; seen" },
  { .reason = "an attribute is removed",
    { { KUTIP_TERM_ATTRIBUTE, NULL, "topics", KUTIP_FATE_DELETE, NULL } },
    { 1 },
    TRUE,
    BEFORE,
    "form=direct; checked" },
  { .reason = "two attributes become one, and no value is lost",
    { { KUTIP_TERM_ATTRIBUTE, NULL, "topics", KUTIP_FATE_RENAME, "form" } },
    { 1 },
    TRUE,
    BEFORE,
    "form=[direct,war,trade]; checked" },
  { .reason = "a value gets another name, under the old one of its attribute",
    { { KUTIP_TERM_VALUE, "form", "direct", KUTIP_FATE_RENAME, "verbatim" },
      { KUTIP_TERM_ATTRIBUTE, NULL, "form", KUTIP_FATE_RENAME, "shape" } },
    { 1, 2 },
    TRUE,
    BEFORE,
    "shape=verbatim; topics=[war,trade]; checked" },
  { .reason = "two values of a list become one",
    { { KUTIP_TERM_VALUE, "topics", "war", KUTIP_FATE_RENAME, "trade" } },
    { 1 },
    TRUE,
    BEFORE,
    "form=direct; topics=[trade]; checked" },
  { .reason = "the only value goes, and the attribute with it",
    { { KUTIP_TERM_VALUE, "form", "direct", KUTIP_FATE_DELETE, NULL } },
    { 1 },
    TRUE,
    BEFORE,
    "topics=[war,trade]; checked" },
  { .reason = "the value of another attribute is another value",
    { { KUTIP_TERM_VALUE, "topics", "direct", KUTIP_FATE_DELETE, NULL } },
    { 0 },
    FALSE,
    BEFORE,
    ATTRIBUTES },
};

static KutipMigration *
make_migration (const Row *row)
{
  KutipMigration *migration = kutip_migration_new ("Fixture", "2");

  for (guint i = 0; i < 2 && row->steps[i].from != NULL; i++)
    kutip_migration_add (migration, &row->steps[i]);
  return migration;
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipDocument) document = make_document ();
      KutipLayer *layer = kutip_document_get_layer (document);
      g_autoptr (KutipMigration) migration = make_migration (&rows[i]);
      g_autofree char *before = fixture_describe (layer);
      g_autofree char *after = NULL;
      g_autofree char *attributes = NULL;
      g_autofree char *again = NULL;
      guint counts[2] = { 77, 77 };
      g_autoptr (KutipChange) change =
          kutip_migration_make_change (migration, layer, counts);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (change != NULL, ==, rows[i].changes);
      for (guint j = 0; j < kutip_migration_get_n_steps (migration); j++)
        g_assert_cmpuint (counts[j], ==, rows[i].counts[j]);
      if (change != NULL)
        kutip_document_apply (document, change, &error);
      g_assert_no_error (error);
      after = fixture_describe (layer);
      g_assert_cmpstr (after, ==, rows[i].layer);
      attributes = describe (get_attributes (document, "s1"));
      if (rows[i].attributes != NULL)
        g_assert_cmpstr (attributes, ==, rows[i].attributes);
      g_assert_cmpstr (
          kutip_header_get_fields (kutip_layer_get_header (layer))->tagset_version, ==,
          change != NULL ? "2" : NULL);
      if (change == NULL)
        continue;
      g_assert_true (kutip_document_undo (document));
      again = fixture_describe (layer);
      g_assert_cmpstr (again, ==, before);
    }
}

/* The header's attributes and those of relations are migrated like those of spans. */
static void
test_everywhere (void)
{
  static const char *const war[] = { "war", NULL };
  const KutipAttribute topic = { "topic", KUTIP_VALUE_STRING, war };
  g_autoptr (KutipAttributes) attributes = kutip_attributes_new (&topic, 1);
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipMigration) migration = kutip_migration_new ("Fixture", "2");
  KutipLayer *layer = kutip_document_get_layer (document);
  KutipHeaderFields header = *kutip_header_get_fields (kutip_layer_get_header (layer));
  KutipRelationFields relation = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipRelation) link = NULL;
  g_autoptr (KutipChange) change = NULL;
  guint count;

  header.attributes = attributes;
  kutip_annotate_set_header (document, &header, "Topic", NULL);
  kutip_annotate_mark (document, "quote", &(KutipRange){ 0, 5 }, 1, NULL);
  kutip_annotate_mark (document, "source", &(KutipRange){ 6, 9 }, 1, NULL);
  relation.id = "r9";
  relation.label = "attributed-to";
  relation.from = "s1";
  relation.to = "s2";
  relation.attributes = attributes;
  link = kutip_relation_new (&relation);
  change = kutip_change_new ("Link");
  kutip_change_add_relation (change, NULL, link);
  g_assert_true (kutip_document_apply (document, change, NULL));
  g_clear_pointer (&change, kutip_change_unref);

  kutip_migration_add (migration, &(KutipMigrationStep){ KUTIP_TERM_VALUE, "topic", "war",
                                                         KUTIP_FATE_RENAME, "conflict" });
  change = kutip_migration_make_change (migration, layer, &count);
  g_assert_cmpuint (count, ==, 2);
  g_assert_true (kutip_document_apply (document, change, NULL));
  kutip_relation_get_fields (kutip_layer_get_relation (layer, "r9"), &relation);
  g_assert_cmpstr (kutip_attributes_get_string (relation.attributes, "topic"), ==,
                   "conflict");
  g_assert_cmpstr (
      kutip_attributes_get_string (
          kutip_header_get_fields (kutip_layer_get_header (layer))->attributes, "topic"),
      ==, "conflict");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/migration/rows", test_rows);
  g_test_add_func ("/migration/everywhere", test_everywhere);
  return g_test_run ();
}
