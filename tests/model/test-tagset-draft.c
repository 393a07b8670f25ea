/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "model/tagset-draft.h"

#include "fixture.h"

static KutipTagsetDraft *
make_draft (void)
{
  g_autoptr (KutipTagset) tagset = fixture_tagset ();

  return kutip_tagset_draft_new (tagset, "# How");
}

static guint
find (KutipTagsetDraft *draft, KutipDraftKind kind, const char *name)
{
  for (guint i = 0; i < kutip_tagset_draft_get_n (draft, kind); i++)
    if (g_str_equal (kutip_tagset_draft_get_nth (draft, kind, i)->name, name))
      return kutip_tagset_draft_get_nth (draft, kind, i)->id;
  g_assert_not_reached ();
}

static void
rename_item (KutipTagsetDraft *draft,
             KutipDraftKind kind,
             const char *from,
             const char *to)
{
  KutipDraftItem *item =
      kutip_tagset_draft_begin (draft, find (draft, kind, from), "name");

  kutip_draft_item_set (&item->name, to);
  kutip_tagset_draft_end (draft);
}

static KutipTagset *
build (KutipTagsetDraft *draft)
{
  g_autoptr (GError) error = NULL;
  KutipTagset *tagset = kutip_tagset_draft_build (draft, "guidelines.md", &error);

  g_assert_no_error (error);
  return tagset;
}

/* "label quote>content, value form/direct deleted" */
static char *
describe_migration (KutipTagsetDraft *draft)
{
  static const char *const terms[] = { "label", "attribute", "value", "relation" };
  g_autoptr (KutipMigration) migration = kutip_tagset_draft_make_migration (draft);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kutip_migration_get_n_steps (migration); i++)
    {
      const KutipMigrationStep *step = kutip_migration_get_nth_step (migration, i);

      g_string_append_printf (out, "%s%s %s%s%s", i > 0 ? ", " : "", terms[step->term],
                              step->attribute != NULL ? step->attribute : "",
                              step->attribute != NULL ? "/" : "", step->from);
      if (step->fate == KUTIP_FATE_RENAME)
        g_string_append_printf (out, ">%s", step->to);
      else
        g_string_append (out, step->fate == KUTIP_FATE_KEEP ? " kept" : " deleted");
    }
  return g_string_free (out, FALSE);
}

static void
assert_migration (KutipTagsetDraft *draft, const char *expected)
{
  g_autofree char *description = describe_migration (draft);

  g_assert_cmpstr (description, ==, expected);
  g_assert_cmpint (kutip_tagset_draft_is_incompatible (draft), ==, *expected != '\0');
}

/* "name label-1, key quote" */
static void
assert_problems (KutipTagsetDraft *draft, const char *expected)
{
  g_autoptr (GPtrArray) problems = kutip_tagset_draft_list_problems (draft);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (KutipTagset) tagset = kutip_tagset_draft_build (draft, NULL, NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const KutipDraftProblem *problem = g_ptr_array_index (problems, i);

      g_assert_cmpstr (problem->message, !=, "");
      g_string_append_printf (out, "%s%s %s", i > 0 ? ", " : "", problem->field,
                              kutip_tagset_draft_get (draft, problem->id)->name);
    }
  g_assert_cmpstr (out->str, ==, expected);
  /* What it finds is what the tag set refuses, no more and no less. */
  g_assert_cmpint (tagset == NULL, ==, *expected != '\0');
}

static void
test_unchanged (void)
{
  g_autoptr (KutipTagset) before = fixture_tagset ();
  g_autoptr (KutipTagsetDraft) draft = make_draft ();
  g_autoptr (KutipTagset) after = build (draft);
  const KutipLabelType *quote = kutip_tagset_get_label (after, "quote");
  const KutipRelationType *by = kutip_tagset_get_relation (after, "attributed-to");
  KutipTagsetFields fields;

  assert_problems (draft, "");
  assert_migration (draft, "");
  g_assert_false (kutip_tagset_draft_is_modified (draft));
  g_assert_cmpuint (kutip_tagset_get_n_labels (after), ==, 4);
  g_assert_cmpstr (quote->title, ==, "Quote");
  g_assert_cmpstr (quote->color, ==, "#0072b2");
  g_assert_cmpuint (quote->key, ==, '2');
  g_assert_cmpstr (quote->attributes[3], ==, "topics");
  g_assert_cmpstr (quote->requires[0], ==, "attributed-to");
  g_assert_cmpstr (quote->requires[1], ==, "mode");
  g_assert_cmpstr (by->from[1], ==, "claim");
  g_assert_cmpstr (kutip_tagset_get_attribute (after, "form")->default_value, ==,
                   "indirect");
  g_assert_true (kutip_tagset_get_attribute (after, "topics")->multiple);
  g_assert_true (kutip_tagset_get_relation (after, "same-as")->symmetric);
  kutip_tagset_get_fields (after, &fields);
  g_assert_cmpstr (fields.guidelines, ==, "guidelines.md");
  g_assert_cmpstr (kutip_tagset_draft_get_root (draft)->guidelines, ==, "# How");
}

static void
test_rename (void)
{
  g_autoptr (KutipTagsetDraft) draft = make_draft ();
  g_autoptr (KutipTagset) after = NULL;
  KutipDraftItem *form;

  rename_item (draft, KUTIP_DRAFT_LABEL, "quote", "content");
  rename_item (draft, KUTIP_DRAFT_ATTRIBUTE, "mode", "medium");
  rename_item (draft, KUTIP_DRAFT_RELATION, "attributed-to", "by");
  form =
      kutip_tagset_draft_begin (draft, find (draft, KUTIP_DRAFT_ATTRIBUTE, "form"), NULL);
  kutip_draft_item_rename_value (form, 0, "retold");
  kutip_draft_item_remove_value (form, 2);
  kutip_tagset_draft_end (draft);
  after = build (draft);
  g_assert_cmpstr (kutip_tagset_get_label (after, "content")->requires[0], ==, "by");
  g_assert_cmpstr (kutip_tagset_get_label (after, "content")->requires[1], ==, "medium");
  g_assert_cmpstr (kutip_tagset_get_relation (after, "by")->from[0], ==, "content");
  g_assert_cmpstr (kutip_tagset_get_attribute (after, "form")->default_value, ==,
                   "retold");
  assert_migration (draft, "label quote>content, value form/indirect>retold, "
                           "value form/mixed kept, attribute mode>medium, "
                           "relation attributed-to>by");
}

static void
test_exchange (void)
{
  g_autoptr (KutipTagsetDraft) draft = make_draft ();
  guint quote = find (draft, KUTIP_DRAFT_LABEL, "quote");
  guint claim = find (draft, KUTIP_DRAFT_LABEL, "claim");
  KutipDraftItem *item = kutip_tagset_draft_begin (draft, quote, "name");

  kutip_draft_item_set (&item->name, "claim");
  kutip_tagset_draft_end (draft);
  assert_problems (draft, "name claim, name claim");
  item = kutip_tagset_draft_begin (draft, claim, "name");
  kutip_draft_item_set (&item->name, "quote");
  kutip_tagset_draft_end (draft);
  assert_problems (draft, "");
  assert_migration (draft, "label claim>quote, label quote>claim");
}

static void
test_merge (void)
{
  g_autoptr (KutipTagsetDraft) draft = make_draft ();
  guint cue = find (draft, KUTIP_DRAFT_LABEL, "cue");
  guint source = find (draft, KUTIP_DRAFT_LABEL, "source");
  guint claim = find (draft, KUTIP_DRAFT_LABEL, "claim");
  guint form = find (draft, KUTIP_DRAFT_ATTRIBUTE, "form");
  g_autoptr (KutipTagset) after = NULL;

  kutip_tagset_draft_merge (draft, cue, source);
  assert_migration (draft, "label cue>source");
  kutip_tagset_draft_merge (draft, source, claim);
  assert_migration (draft, "label source>claim, label cue>claim");
  kutip_tagset_draft_merge_values (draft, form, 0, 1);
  assert_migration (draft, "label source>claim, label cue>claim, "
                           "value form/indirect>direct");
  rename_item (draft, KUTIP_DRAFT_LABEL, "claim", "statement");
  after = build (draft);
  g_assert_cmpstr (kutip_tagset_get_relation (after, "cued-by")->to[0], ==, "statement");
  g_assert_cmpstr (kutip_tagset_get_attribute (after, "form")->default_value, ==,
                   "direct");
  assert_migration (draft, "label claim>statement, label source>statement, "
                           "label cue>statement, value form/indirect>direct");
  /* What it was merged into goes, too. */
  kutip_tagset_draft_remove (draft, claim);
  assert_migration (draft, "label claim kept, label source kept, label cue kept, "
                           "value form/indirect>direct");
}

static void
test_remove (void)
{
  g_autoptr (KutipTagsetDraft) draft = make_draft ();
  const KutipMigrationStep cue = { KUTIP_TERM_LABEL, NULL, "cue", KUTIP_FATE_KEEP, NULL };
  g_autoptr (KutipTagset) after = NULL;
  guint id;

  kutip_tagset_draft_remove (draft, find (draft, KUTIP_DRAFT_LABEL, "cue"));
  kutip_tagset_draft_remove (draft, find (draft, KUTIP_DRAFT_ATTRIBUTE, "mode"));
  assert_migration (draft, "label cue kept, attribute mode kept");
  after = build (draft);
  g_assert_null (kutip_tagset_get_label (after, "quote")->requires[1]);
  kutip_tagset_draft_set_fate (draft, &cue, KUTIP_FATE_DELETE, NULL);
  assert_migration (draft, "label cue deleted, attribute mode kept");
  kutip_tagset_draft_set_fate (draft, &cue, KUTIP_FATE_RENAME, "source");
  assert_migration (draft, "label cue>source, attribute mode kept");
  /* A new one of the old name: annotations fit again as they are. */
  id = kutip_tagset_draft_add (draft, KUTIP_DRAFT_LABEL);
  assert_migration (draft, "label cue>source, attribute mode kept");
  rename_item (draft, KUTIP_DRAFT_LABEL, kutip_tagset_draft_get (draft, id)->name, "cue");
  assert_migration (draft, "attribute mode kept");
}

static void
test_undo (void)
{
  g_autoptr (KutipTagsetDraft) draft = make_draft ();
  guint quote = find (draft, KUTIP_DRAFT_LABEL, "quote");
  static const char *const letters[] = { "c", "co", "con" };
  KutipDraftItem *item;

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      item = kutip_tagset_draft_begin (draft, quote, "name");
      kutip_draft_item_set (&item->name, letters[i]);
      kutip_tagset_draft_end (draft);
    }
  item = kutip_tagset_draft_begin (draft, quote, "title");
  kutip_draft_item_set (&item->title, "Con");
  kutip_tagset_draft_end (draft);
  kutip_tagset_draft_move (draft, quote, FALSE);
  g_assert_false (kutip_tagset_draft_move (draft, quote, FALSE));
  g_assert_cmpuint (kutip_tagset_draft_get_nth (draft, KUTIP_DRAFT_LABEL, 0)->id, ==,
                    quote);

  g_assert_true (kutip_tagset_draft_undo (draft));
  g_assert_cmpuint (kutip_tagset_draft_get_nth (draft, KUTIP_DRAFT_LABEL, 1)->id, ==,
                    quote);
  g_assert_true (kutip_tagset_draft_undo (draft));
  g_assert_cmpstr (kutip_tagset_draft_get (draft, quote)->title, ==, "Quote");
  g_assert_cmpstr (kutip_tagset_draft_get (draft, quote)->name, ==, "con");
  g_assert_true (kutip_tagset_draft_undo (draft));
  g_assert_cmpstr (kutip_tagset_draft_get (draft, quote)->name, ==, "quote");
  g_assert_false (kutip_tagset_draft_undo (draft));
  g_assert_false (kutip_tagset_draft_is_modified (draft));
  g_assert_true (kutip_tagset_draft_redo (draft));
  g_assert_cmpstr (kutip_tagset_draft_get (draft, quote)->name, ==, "con");
  /* Writing goes on as a step of its own. */
  item = kutip_tagset_draft_begin (draft, quote, "name");
  kutip_draft_item_set (&item->name, "cont");
  kutip_tagset_draft_end (draft);
  g_assert_false (kutip_tagset_draft_can_redo (draft));
  g_assert_true (kutip_tagset_draft_undo (draft));
  g_assert_cmpstr (kutip_tagset_draft_get (draft, quote)->name, ==, "con");
}

static void
test_add (void)
{
  g_autoptr (KutipTagsetDraft) draft = make_draft ();
  guint one = kutip_tagset_draft_add (draft, KUTIP_DRAFT_LABEL);
  guint other = kutip_tagset_draft_add (draft, KUTIP_DRAFT_LABEL);
  guint attribute = kutip_tagset_draft_add (draft, KUTIP_DRAFT_ATTRIBUTE);
  guint relation = kutip_tagset_draft_add (draft, KUTIP_DRAFT_RELATION);

  g_assert_cmpstr (kutip_tagset_draft_get (draft, one)->name, ==, "label-1");
  g_assert_cmpstr (kutip_tagset_draft_get (draft, other)->name, ==, "label-2");
  g_assert_cmpstr (kutip_tagset_draft_get (draft, one)->key, ==, "5");
  g_assert_cmpstr (kutip_tagset_draft_get (draft, other)->key, ==, "6");
  g_assert_cmpstr (kutip_tagset_draft_get (draft, one)->color, ==, "#d55e00");
  g_assert_cmpstr (kutip_tagset_draft_get (draft, other)->color, ==, "#009e73");
  g_assert_cmpstr (kutip_tagset_draft_get (draft, attribute)->name, ==, "attribute-1");
  g_assert_cmpstr (kutip_tagset_draft_get (draft, relation)->name, ==, "relation-1");
  assert_problems (draft, "");
  assert_migration (draft, "");
}

/* One field of one item of the fixture set to something. */
typedef struct
{
  KutipDraftKind kind;
  const char *name;
  gsize member;
  const char *text;
  const char *problems;
} ProblemRow;

#define MEMBER(name) G_STRUCT_OFFSET (KutipDraftItem, name)

static const ProblemRow problem_rows[] = {
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (name), "", "name " },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (name), "cue", "name cue, name cue" },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (name), "form", "" },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (key), "2", "key claim, key quote" },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (key), "", "" },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (key), "é", "" },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (key), " ", "key claim" },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (color), "red", "color claim" },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (color), "#12345", "color claim" },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (color), "#12345g", "color claim" },
  { KUTIP_DRAFT_LABEL, "claim", MEMBER (color), "#12345F", "" },
  { KUTIP_DRAFT_ATTRIBUTE, "form", MEMBER (name), "mode", "name mode, name mode" },
  { KUTIP_DRAFT_ATTRIBUTE, "form", MEMBER (default_value), "x", "default form" },
  { KUTIP_DRAFT_ATTRIBUTE, "checked", MEMBER (default_value), "no", "default checked" },
  { KUTIP_DRAFT_ATTRIBUTE, "remark", MEMBER (default_value), "anything", "" },
  { KUTIP_DRAFT_ATTRIBUTE, "form", MEMBER (name), "attributed-to", "requires quote" },
  { KUTIP_DRAFT_RELATION, "cued-by", MEMBER (name), "same-as",
    "name same-as, name same-as" },
  { KUTIP_DRAFT_RELATION, "cued-by", MEMBER (key), "12", "key cued-by" },
};

static void
test_problems (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (problem_rows); i++)
    {
      const ProblemRow *row = &problem_rows[i];
      g_autoptr (KutipTagsetDraft) draft = make_draft ();
      KutipDraftItem *item =
          kutip_tagset_draft_begin (draft, find (draft, row->kind, row->name), NULL);

      g_test_message ("%s: “%s”", row->name, row->text);
      kutip_draft_item_set (G_STRUCT_MEMBER_P (item, row->member), row->text);
      kutip_tagset_draft_end (draft);
      /* A key of two characters cannot even be said in a tag set. */
      if (g_utf8_strlen (row->text, -1) == 2 && row->member == MEMBER (key))
        {
          g_autoptr (GPtrArray) problems = kutip_tagset_draft_list_problems (draft);

          g_assert_cmpuint (problems->len, ==, 1);
          continue;
        }
      assert_problems (draft, row->problems);
    }
}

static void
test_value_problems (void)
{
  g_autoptr (KutipTagsetDraft) draft = make_draft ();
  guint id = find (draft, KUTIP_DRAFT_ATTRIBUTE, "form");
  KutipDraftItem *form = kutip_tagset_draft_begin (draft, id, NULL);

  kutip_draft_item_add_value (form, "mixed", NULL);
  kutip_draft_item_add_value (form, "", NULL);
  kutip_tagset_draft_end (draft);
  assert_problems (draft, "values form, values form");
  form = kutip_tagset_draft_begin (draft, id, NULL);
  while (form->values->len > 0)
    kutip_draft_item_remove_value (form, 0);
  kutip_tagset_draft_end (draft);
  assert_problems (draft, "values form");
  /* Values that are not asked for do not count. */
  form = kutip_tagset_draft_begin (draft, id, NULL);
  form->type = KUTIP_ATTRIBUTE_DATE;
  kutip_draft_item_set (&form->default_value, "2022-02-30");
  kutip_tagset_draft_end (draft);
  assert_problems (draft, "default form");
}

static void
test_replace (void)
{
  static const char *const quotes[] = { "indirect", "direct", NULL };
  const KutipLabelType labels[] = { { .name = "content", .key = '1' },
                                    { .name = "quote", .key = '2' } };
  const KutipAttributeType attributes[] = { { .name = "form", .values = quotes } };
  g_autoptr (KutipTagset) other =
      kutip_tagset_new (&(KutipTagsetFields){ .name = "Other",
                                              .labels = labels,
                                              .n_labels = 2,
                                              .attributes = attributes,
                                              .n_attributes = 1 },
                        NULL);
  g_autoptr (KutipTagsetDraft) draft = make_draft ();

  kutip_tagset_draft_replace (draft, other, NULL);
  g_assert_cmpstr (kutip_tagset_draft_get_root (draft)->name, ==, "Other");
  assert_migration (draft, "label claim kept, label source kept, label cue kept, "
                           "value form/mixed kept, attribute mode kept, "
                           "attribute checked kept, attribute topics kept, "
                           "attribute remark kept, relation attributed-to kept, "
                           "relation cued-by kept, relation same-as kept");
  g_assert_true (kutip_tagset_draft_undo (draft));
  g_assert_cmpstr (kutip_tagset_draft_get_root (draft)->name, ==, "Fixture");
  assert_migration (draft, "");
}

static void
test_versions (void)
{
  static const char *const rows[][2] = {
    { "1", "2" },
    { "9", "10" },
    { "1.4", "2.0" },
    { "1.4.2", "2.0" },
    { "", "2" },
    { "pilot", "pilot-2" },
    { "pilot-2", "pilot-3" },
    { "2026-11", "2026-12" },
    { "v1", "v1-2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *raised = kutip_tagset_raise_version (rows[i][0]);

      g_assert_cmpstr (raised, ==, rows[i][1]);
    }
}

static void
assert_builds_without_problems (KutipTagsetDraft *draft)
{
  g_autoptr (GPtrArray) problems = kutip_tagset_draft_list_problems (draft);
  g_autoptr (KutipTagset) tagset = kutip_tagset_draft_build (draft, NULL, NULL);

  g_assert_cmpint (tagset != NULL, ==, problems->len == 0);
}

/* Edits of every kind at random: never a dangling name, and undo leads back. */
static void
test_random (void)
{
  g_autoptr (GRand) random = fixture_random (3);

  for (guint round = 0; round < rounds (200); round++)
    {
      g_autoptr (KutipTagsetDraft) draft = make_draft ();
      g_autofree char *before = describe_migration (draft);
      g_autofree char *after = NULL;

      for (guint i = 0; i < 12; i++)
        {
          KutipDraftKind kind = (KutipDraftKind) g_rand_int_range (random, 1, 4);
          guint n = kutip_tagset_draft_get_n (draft, kind);
          guint a = n > 0 ? (guint) g_rand_int_range (random, 0, (gint32) n) : 0;
          guint b = n > 0 ? (guint) g_rand_int_range (random, 0, (gint32) n) : 0;
          int what = n > 1 ? g_rand_int_range (random, 0, 5) : 0;

          if (what == 0)
            kutip_tagset_draft_add (draft, kind);
          else if (what == 1)
            kutip_tagset_draft_remove (draft,
                                       kutip_tagset_draft_get_nth (draft, kind, a)->id);
          else if (what == 2 && a != b)
            kutip_tagset_draft_merge (draft,
                                      kutip_tagset_draft_get_nth (draft, kind, a)->id,
                                      kutip_tagset_draft_get_nth (draft, kind, b)->id);
          else if (what == 3)
            kutip_tagset_draft_move (
                draft, kutip_tagset_draft_get_nth (draft, kind, a)->id, a < b);
          else
            kutip_tagset_draft_undo (draft);
          assert_builds_without_problems (draft);
        }
      while (kutip_tagset_draft_undo (draft))
        ;
      after = describe_migration (draft);
      g_assert_cmpstr (after, ==, before);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tagset-draft/unchanged", test_unchanged);
  g_test_add_func ("/tagset-draft/rename", test_rename);
  g_test_add_func ("/tagset-draft/exchange", test_exchange);
  g_test_add_func ("/tagset-draft/merge", test_merge);
  g_test_add_func ("/tagset-draft/remove", test_remove);
  g_test_add_func ("/tagset-draft/undo", test_undo);
  g_test_add_func ("/tagset-draft/add", test_add);
  g_test_add_func ("/tagset-draft/problems", test_problems);
  g_test_add_func ("/tagset-draft/value-problems", test_value_problems);
  g_test_add_func ("/tagset-draft/replace", test_replace);
  g_test_add_func ("/tagset-draft/versions", test_versions);
  g_test_add_func ("/tagset-draft/random", test_random);
  return g_test_run ();
}
