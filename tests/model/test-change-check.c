/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/change-check.h"

#include "fixture.h"
#include "model/document-error.h"

#define LENGTH 100

/* The layer that changes are made to: s1 and s2 linked by r1, and s3 alone. */
static KutipLayer *
create_layer (void)
{
  KutipLayer *layer = fixture_layer ();
  g_autoptr (KutipSpan) s1 = fixture_span ("s1", "quote", 10, 20);
  g_autoptr (KutipSpan) s2 = fixture_span ("s2", "source", 30, 35);
  g_autoptr (KutipSpan) s3 = fixture_span ("s3", "cue", 40, 45);
  g_autoptr (KutipRelation) r1 = fixture_relation ("r1", "attributed-to", "s1", "s2");

  kutip_layer_add_span (layer, s1);
  kutip_layer_add_span (layer, s2);
  kutip_layer_add_span (layer, s3);
  kutip_layer_add_relation (layer, r1);
  return layer;
}

/* An edit in words: "+s9 10-20", "-s1", "s1>s1 10-25", "+r9 s1 s2", "-r1", "orphan +s9",
 * "status". A span that is taken is the layer's own, or one that is not there, at 10-20.
 */
static KutipSpan *
make_span (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  KutipRange ranges[4];
  guint n = 0;

  for (; parts[n + 1] != NULL; n++)
    {
      char *end;

      ranges[n].start = (guint) g_ascii_strtoull (parts[n + 1], &end, 10);
      ranges[n].end = (guint) g_ascii_strtoull (end + 1, NULL, 10);
    }
  return n > 0 ? fixture_pieces (parts[0], "quote", ranges, n)
               : fixture_span (parts[0], "quote", 10, 20);
}

static KutipSpan *
find_span (KutipLayer *layer, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (layer, id);

  return span != NULL ? kutip_span_ref (span) : fixture_span (id, "quote", 10, 20);
}

static KutipRelation *
make_relation (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  return fixture_relation (parts[0], "attributed-to", parts[1], parts[2]);
}

static void
add_relation_edit (KutipLayer *layer, const char *words, KutipChange *change)
{
  KutipRelation *present = kutip_layer_get_relation (layer, words + 1);
  g_autoptr (KutipRelation) relation = NULL;

  if (words[0] == '+')
    {
      relation = make_relation (words + 1);
      kutip_change_add_relation (change, NULL, relation);
      return;
    }
  relation = present != NULL ? kutip_relation_ref (present)
                             : fixture_relation (words + 1, "same-as", "s1", "s2");
  kutip_change_add_relation (change, relation, NULL);
}

static void
add_edit (KutipLayer *layer, const char *words, KutipChange *change)
{
  g_autoptr (KutipSpan) before = NULL;
  g_autoptr (KutipSpan) after = NULL;
  const char *arrow = strchr (words, '>');

  if (strcmp (words, "status") == 0 || strcmp (words, "old status") == 0)
    {
      g_autoptr (KutipHeader) old =
          fixture_header (words[0] == 'o' ? KUTIP_STATUS_NEW : KUTIP_STATUS_IN_PROGRESS);
      g_autoptr (KutipHeader) new = fixture_header (KUTIP_STATUS_DONE);

      kutip_change_add_header (change, old, new);
      return;
    }
  if (g_str_has_prefix (words, "orphan +"))
    after = fixture_orphan (words + strlen ("orphan +"), "quote", 500, 500);
  else if (words[1] == 'r')
    {
      add_relation_edit (layer, words, change);
      return;
    }
  else if (words[0] == '+')
    after = make_span (words + 1);
  else if (words[0] == '-')
    before = find_span (layer, words + 1);
  else
    {
      g_autofree char *id = g_strndup (words, (gsize) (arrow - words));

      before = strchr (id, ' ') != NULL ? make_span (id) : find_span (layer, id);
      after = make_span (arrow + 1);
    }
  kutip_change_add_span (change, before, after);
}

typedef struct
{
  const char *edits; /* separated by "; " */
  int code;          /* -1: it is fine */
  const char *reason;
} ChangeCase;

#define FINE -1
#define STALE KUTIP_DOCUMENT_ERROR_STALE
#define INVALID KUTIP_DOCUMENT_ERROR_INVALID

static const ChangeCase cases[] = {
  { "", FINE, "nothing" },
  { "+s9 10-20", FINE, "a span" },
  { "+s9 0-100", FINE, "the whole text" },
  { "+s9 99-101", INVALID, "past the end" },
  { "+s9 10-10", INVALID, "empty" },
  { "+s9 20-10", INVALID, "the wrong way round" },
  { "+s9 10-20 25-30", FINE, "two pieces" },
  { "+s9 10-20 20-30", FINE, "pieces side by side, as other tools write them" },
  { "+s9 10-20 15-30", INVALID, "pieces that overlap" },
  { "+s9 25-30 10-20", INVALID, "pieces out of order" },
  { "+s9 10-20 90-101", INVALID, "the last piece past the end" },
  { "orphan +s9", FINE, "an orphan may say any place" },
  { "+s1 10-20", INVALID, "the id of a span" },
  { "+s9 1-2; +s9 3-4", INVALID, "an id twice in one change" },
  { "+r9 s1 s3; +s9 1-2; +r9 s1 s3", INVALID, "a relation's id twice in one change" },
  { "-s3", FINE, "a span without relations" },
  { "-s9", STALE, "what is not there" },
  { "-s3; -s3", STALE, "the same twice" },
  { "-s3; +s3 1-2", FINE, "gone and back in one change" },
  { "s3>s3 1-2", FINE, "another place" },
  { "s3>s3 1-2; s3 1-2>s3 4-5", FINE, "and on, in one change" },
  { "s3>s3 1-2; s3>s3 4-5", STALE, "from what it was before the change" },
  { "s3 7-8>s3 1-2", STALE, "from what it never was" },
  { "s3>s4 1-2", INVALID, "an id stays" },
  { "s9>s9 1-2", STALE, "what is not there cannot change" },
  { "-s1", INVALID, "its relation would lead from nothing" },
  { "-s2", INVALID, "its relation would lead to nothing" },
  { "-s2; -r1", FINE, "the relation too" },
  { "-r1; -s1; -s2", FINE, "all of it, in any order" },
  { "-r1; -s1; -s2; +s1 1-2; +s2 3-4; +r1 s2 s1", FINE, "and back" },
  { "-r9", STALE, "a relation that is not there" },
  { "+r9 s3 s1", FINE, "a relation" },
  { "+r9 s3 s9", INVALID, "a relation to nothing" },
  { "+r9 s9 s3", INVALID, "a relation from nothing" },
  { "+r9 s3 r1", INVALID, "a relation to a relation" },
  { "+r9 s3 s9; +s9 1-2", FINE, "its end comes later in the change" },
  { "+r9 s3 s1; -s3", INVALID, "its end goes in the same change" },
  { "+r1 s1 s3", INVALID, "a relation's id twice" },
  { "status", FINE, "the header" },
  { "old status", STALE, "a header that is another by now" },
  { "status; status", STALE, "the second comes too late" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KutipLayer) layer = create_layer ();
      g_autoptr (KutipLayer) before = kutip_layer_snapshot (layer);
      g_autoptr (KutipChange) change = kutip_change_new ("Test");
      g_auto (GStrv) edits = g_strsplit (cases[i].edits, "; ", -1);
      g_autoptr (GError) error = NULL;
      gboolean fine;

      g_test_message ("%s: %s", cases[i].edits, cases[i].reason);
      for (guint j = 0; edits[j] != NULL; j++)
        add_edit (layer, edits[j], change);
      fine = kutip_change_check (change, layer, LENGTH, &error);
      g_assert_cmpint (fine, ==, cases[i].code == FINE);
      if (fine)
        g_assert_no_error (error);
      else
        g_assert_error (error, KUTIP_DOCUMENT_ERROR, cases[i].code);
      g_assert_cmpint (kutip_change_check (change, layer, LENGTH, NULL), ==, fine);
      g_assert_true (kutip_layer_equal (layer, before));
    }
}

static void
test_relation_changes (void)
{
  static const struct
  {
    const char *before, *after;
    int code;
    const char *reason;
  } rows[] = {
    { "r1 s1 s2", "r1 s3 s2", FINE, "another end" },
    { "r1 s1 s2", "r1 s3 s9", INVALID, "an end that is not there" },
    { "r1 s1 s2", "r2 s1 s2", INVALID, "an id stays" },
    { "r1 s2 s1", "r1 s1 s2", STALE, "from what it never was" },
    { "r9 s1 s2", "r9 s2 s1", STALE, "what is not there cannot change" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipLayer) layer = create_layer ();
      g_autoptr (KutipRelation) before = make_relation (rows[i].before);
      g_autoptr (KutipRelation) after = make_relation (rows[i].after);
      g_autoptr (KutipChange) change = kutip_change_new ("Test");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].reason);
      kutip_change_add_relation (change, before, after);
      if (kutip_change_check (change, layer, LENGTH, &error))
        g_assert_cmpint (rows[i].code, ==, FINE);
      else
        g_assert_error (error, KUTIP_DOCUMENT_ERROR, rows[i].code);
    }
}

static void
test_no_id (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipSpan) span = fixture_span ("", "quote", 1, 2);
  g_autoptr (KutipChange) change = kutip_change_new ("Test");
  g_autoptr (GError) error = NULL;

  kutip_change_add_span (change, NULL, span);
  g_assert_false (kutip_change_check (change, layer, LENGTH, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change-check/cases", test_cases);
  g_test_add_func ("/change-check/relation-changes", test_relation_changes);
  g_test_add_func ("/change-check/no-id", test_no_id);
  return g_test_run ();
}
