/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/relation.h"

static KutipRelationFields
fill_fields (KutipAttributes *attributes, KutipForeign *foreign)
{
  return (KutipRelationFields){
    .id = "r7",
    .label = "attributed-to",
    .from = "s2",
    .to = "s1",
    .event = "E1",
    .attributes = attributes,
    .note = "in passing",
    .unsure = TRUE,
    .origin_by = "model:x",
    .origin_score = 0.5,
    .created = "2026-11-22T09:30:00Z",
    .modified = "2026-11-22T09:31:00Z",
    .foreign = foreign,
  };
}

static void
test_everything (void)
{
  g_autoptr (KutipAttributes) attributes = kutip_attributes_with_string (NULL, "a", "b");
  g_autoptr (KutipForeign) foreign =
      kutip_foreign_new (&(KutipForeignMember){ "", "x", "1" }, 1);
  KutipRelationFields given = fill_fields (attributes, foreign);
  g_autoptr (KutipRelation) relation = kutip_relation_new (&given);
  g_autoptr (KutipRelation) again = NULL;
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  again = kutip_relation_new (&fields);
  g_assert_true (kutip_relation_equal (relation, again));
  g_assert_cmpstr (fields.id, ==, "r7");
  g_assert_cmpstr (fields.event, ==, "E1");
  g_assert_cmpstr (fields.note, ==, "in passing");
  g_assert_cmpstr (fields.origin_by, ==, "model:x");
  g_assert_cmpfloat_with_epsilon (fields.origin_score, 0.5, 1e-12);
  g_assert_cmpstr (fields.created, ==, "2026-11-22T09:30:00Z");
  g_assert_cmpstr (fields.modified, ==, "2026-11-22T09:31:00Z");
  g_assert_true (fields.attributes == attributes);
  g_assert_true (fields.foreign == foreign);
  g_assert_true (fields.unsure);
  g_assert_cmpstr (kutip_relation_get_id (relation), ==, "r7");
  g_assert_cmpstr (kutip_relation_get_from (relation), ==, "s2");
  g_assert_cmpstr (kutip_relation_get_to (relation), ==, "s1");
  g_assert_true (kutip_relation_get_label (relation) ==
                 g_intern_string ("attributed-to"));
}

/* Each field alone makes a difference. */
static void
test_equal (void)
{
  static const gsize strings[] = {
    G_STRUCT_OFFSET (KutipRelationFields, id),
    G_STRUCT_OFFSET (KutipRelationFields, label),
    G_STRUCT_OFFSET (KutipRelationFields, from),
    G_STRUCT_OFFSET (KutipRelationFields, to),
    G_STRUCT_OFFSET (KutipRelationFields, event),
    G_STRUCT_OFFSET (KutipRelationFields, note),
    G_STRUCT_OFFSET (KutipRelationFields, origin_by),
    G_STRUCT_OFFSET (KutipRelationFields, created),
    G_STRUCT_OFFSET (KutipRelationFields, modified),
  };
  KutipRelationFields given = fill_fields (NULL, NULL);
  g_autoptr (KutipRelation) relation = kutip_relation_new (&given);
  g_autoptr (KutipAttributes) attributes = kutip_attributes_with_string (NULL, "a", "b");
  g_autoptr (KutipRelation) with_attributes = NULL;
  g_autoptr (KutipRelation) sure = NULL;
  g_autoptr (KutipRelation) unscored = NULL;
  g_autoptr (KutipRelation) plain = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      KutipRelationFields fields = given;
      g_autoptr (KutipRelation) other = NULL;

      G_STRUCT_MEMBER (const char *, &fields, strings[i]) = "other";
      other = kutip_relation_new (&fields);
      g_assert_false (kutip_relation_equal (relation, other));
    }

  given.attributes = attributes;
  with_attributes = kutip_relation_new (&given);
  g_assert_false (kutip_relation_equal (relation, with_attributes));
  given = fill_fields (NULL, NULL);
  given.unsure = FALSE;
  sure = kutip_relation_new (&given);
  g_assert_false (kutip_relation_equal (relation, sure));
  given = fill_fields (NULL, NULL);
  given.origin_score = NAN;
  unscored = kutip_relation_new (&given);
  g_assert_false (kutip_relation_equal (relation, unscored));
  g_assert_false (kutip_relation_equal (unscored, relation));
  given.event = given.origin_by = NULL;
  plain = kutip_relation_new (&given);
  g_assert_false (kutip_relation_equal (unscored, plain));
}

static void
test_plain (void)
{
  KutipRelationFields given = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipRelation) relation = NULL;
  KutipRelationFields fields;

  given.id = "r1";
  given.label = "same-as";
  given.from = given.to = "s1";
  relation = kutip_relation_new (&given);
  kutip_relation_get_fields (relation, &fields);
  g_assert_null (fields.event);
  g_assert_null (fields.note);
  g_assert_null (fields.origin_by);
  g_assert_true (isnan (fields.origin_score));
  g_assert_null (fields.created);
  g_assert_null (fields.foreign);
  g_assert_false (fields.unsure);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relation/everything", test_everything);
  g_test_add_func ("/relation/equal", test_equal);
  g_test_add_func ("/relation/plain", test_plain);
  return g_test_run ();
}
