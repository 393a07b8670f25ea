/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/diff.h"

#include <string.h>

typedef struct
{
  const char *before;
  const char *after;
  const char *expected; /* removed in [], added in {} */
  const char *reason;
} DiffCase;

static const DiffCase cases[] = {
  { "", "", "", "nothing" },
  { "", "new", "{new}", "all is new" },
  { "old", "", "[old]", "all is gone" },
  { "the same", "the same", "the same", "equal" },
  { "the old man", "the new man", "the [old]{new} man", "one word" },
  { "old man", "old wise man", "old {wise }man", "a word more" },
  { "old wise man", "old man", "old [wise ]man", "a word less" },
  { "one two three four", "one 2 three 4", "one [two]{2} three [four]{4}", "two places" },
  { "a b", "c d", "[a]{c} [b]{d}", "what stays may be a space alone" },
  { "kerja sama, kata dia", "kerja sama kata dia", "kerja sama[,] kata dia",
    "punctuation stands by itself" },
  { "di sana", "disana", "[di sana]{disana}", "two words made one" },
  { "a  b", "a b", "a[  ]{ }b", "white space counts" },
  { "两国关系", "两国的关系", "两国{的}关系", "characters where there are no spaces" },
  { "ผู้นำ", "ผู้ตาม", "ผู้[นำ]{ตาม}", "a Thai character goes with its marks" },
  { "cafe\xcc\x81 noir", "cafe noir", "[cafe\xcc\x81]{cafe} noir",
    "an accent belongs to its word" },
  { "x y x y x", "x y x", "x y x[ y x]", "the least goes" },
};

static char *
describe (const char *before, const char *after)
{
  g_autoptr (GArray) parts = kutip_diff (before, after);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const KutipDiffPart *part = &g_array_index (parts, KutipDiffPart, i);
      const char *text = part->kind == KUTIP_DIFF_ADDED ? after : before;
      const char *marks[] = { "", "[", "{" }, *ends[] = { "", "]", "}" };

      g_string_append (out, marks[part->kind]);
      g_string_append_len (out, text + part->start, (gssize) part->n_bytes);
      g_string_append (out, ends[part->kind]);
    }
  return g_string_free (out, FALSE);
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = describe (cases[i].before, cases[i].after);

      g_test_message ("%s", cases[i].reason);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* Both texts can be put together again from the parts, none of which is empty. */
static void
assert_whole (const char *before, const char *after)
{
  g_autoptr (GArray) parts = kutip_diff (before, after);
  g_autoptr (GString) old_text = g_string_new (NULL);
  g_autoptr (GString) new_text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const KutipDiffPart *part = &g_array_index (parts, KutipDiffPart, i);
      const char *text = (part->kind == KUTIP_DIFF_ADDED ? after : before) + part->start;

      g_assert_cmpuint (part->n_bytes, >, 0);
      if (part->kind != KUTIP_DIFF_ADDED)
        g_string_append_len (old_text, text, (gssize) part->n_bytes);
      if (part->kind != KUTIP_DIFF_REMOVED)
        g_string_append_len (new_text, text, (gssize) part->n_bytes);
    }
  g_assert_cmpstr (old_text->str, ==, before);
  g_assert_cmpstr (new_text->str, ==, after);
}

static char *
make_text (GRand *random, guint n)
{
  static const char *const words[] = { "a", "b", "两", " ", " ", "é", ".", "mengatakan" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *before = make_text (random, i % 23);
      g_autofree char *after = make_text (random, (i * 7) % 19);

      assert_whole (before, after);
    }
}

/* A span as long as a book is compared at once or not at all: letter by letter it would
 * outlast every patience. */
static void
test_long (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree char *before = make_text (random, 200000);
  g_autofree char *after = make_text (random, 200000);

  assert_whole (before, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diff/cases", test_cases);
  g_test_add_func ("/diff/random", test_random);
  g_test_add_func ("/diff/long", test_long);
  return g_test_run ();
}
