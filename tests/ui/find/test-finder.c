/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/finder.h"

#include "../article/open-text.h"
#include "ui/article/hits.h"

#define STORY "Putin writes. Then putin called, and Putinism grew. Putin."

/* Runs the main loop until the search is done. */
/* A search that was cancelled holds its finder until its thread has noticed. */
static void
wait_alone (gpointer object)
{
  while (G_OBJECT (object)->ref_count > 1)
    g_main_context_iteration (NULL, FALSE);
}

static void
wait_found (KutipFinder *finder)
{
  while (kutip_finder_is_busy (finder))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_selected (KutipAnnotator *annotator, guint start, guint end)
{
  KutipRange selection = kutip_annotator_get_selection (annotator);

  g_assert_cmpuint (selection.start, ==, start);
  g_assert_cmpuint (selection.end, ==, end);
}

static void
test_bisect (void)
{
  static const KutipRange hits[] = { { 2, 4 }, { 4, 5 }, { 9, 12 } };
  static const struct
  {
    guint offset, expected;
  } rows[] = { { 0, 0 }, { 2, 0 }, { 3, 0 }, { 4, 1 }, { 5, 2 }, { 11, 2 }, { 12, 3 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (kutip_hits_find (hits, G_N_ELEMENTS (hits), rows[i].offset), ==,
                      rows[i].expected);
  g_assert_cmpuint (kutip_hits_find (NULL, 0, 7), ==, 0);
}

static void
test_first_hit (void)
{
  static const struct
  {
    const char *pattern;
    KutipFindFlags flags;
    guint caret;
    guint n_hits;
    guint start, end, position;
    const char *reason;
  } rows[] = {
    { "putin", 0, 0, 4, 0, 5, 1, "at the caret" },
    { "putin", 0, 1, 4, 19, 24, 2, "behind a hit that the caret is in" },
    { "putin", 0, 30, 4, 37, 42, 3, "the next one" },
    { "putin", 0, 55, 4, 0, 5, 1, "around the end" },
    { "putin", KUTIP_FIND_WORDS, 30, 3, 52, 57, 3, "whole words" },
    { "putin", KUTIP_FIND_CASE, 0, 1, 19, 24, 1, "case" },
    { "P\\w+m", KUTIP_FIND_REGEX, 0, 1, 37, 45, 1, "regular expression" },
    { "nobody", 0, 7, 0, 7, 7, 0, "nothing: the caret stays" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipAnnotator) annotator = open_text (STORY, -1);
      g_autoptr (KutipFinder) finder = kutip_finder_new ();

      g_test_message ("%s", rows[i].reason);
      kutip_annotator_set_selection (annotator, rows[i].caret, rows[i].caret, FALSE);
      kutip_finder_set_annotator (finder, annotator);
      kutip_finder_begin (finder);
      kutip_finder_search (finder, rows[i].pattern, rows[i].flags);
      wait_found (finder);
      g_assert_cmpuint (kutip_finder_get_hits (finder)->len, ==, rows[i].n_hits);
      assert_selected (annotator, rows[i].start, rows[i].end);
      g_assert_cmpuint (kutip_finder_get_position (finder), ==, rows[i].position);
      g_assert_null (kutip_finder_get_error (finder));
    }
}

/* Each letter searches anew from where one began, not from the last hit. */
static void
test_typing (void)
{
  g_autoptr (KutipAnnotator) annotator = open_text (STORY, -1);
  g_autoptr (KutipFinder) finder = kutip_finder_new ();
  static const char *const typed[] = { "p", "pu", "put", "puti", "putin", "putini" };

  kutip_finder_set_annotator (finder, annotator);
  kutip_finder_begin (finder);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    kutip_finder_search (finder, typed[i], 0);
  wait_found (finder);
  g_assert_cmpuint (kutip_finder_get_hits (finder)->len, ==, 1);
  assert_selected (annotator, 37, 43);
  kutip_finder_search (finder, "putin", 0);
  wait_found (finder);
  assert_selected (annotator, 0, 5);
  kutip_finder_search (finder, "", 0);
  g_assert_false (kutip_finder_is_busy (finder));
  g_assert_null (kutip_finder_get_hits (finder));
  assert_selected (annotator, 0, 0);
}

static void
test_step (void)
{
  g_autoptr (KutipAnnotator) annotator = open_text (STORY, -1);
  g_autoptr (KutipFinder) finder = kutip_finder_new ();
  static const struct
  {
    guint start, end; /* selected before */
    gboolean forward;
    guint expected;
    const char *reason;
  } rows[] = {
    { 0, 5, TRUE, 19, "from a hit to the next" },
    { 52, 57, TRUE, 0, "around the end" },
    { 0, 5, FALSE, 52, "around the beginning" },
    { 19, 24, FALSE, 0, "back" },
    { 21, 21, TRUE, 37, "from inside a hit" },
    { 21, 21, FALSE, 0, "back from inside a hit" },
    { 25, 25, TRUE, 37, "from between two" },
    { 25, 25, FALSE, 19, "back from between two" },
    { 58, 58, TRUE, 0, "from behind the last" },
  };

  kutip_finder_set_annotator (finder, annotator);
  kutip_finder_search (finder, "putin", 0);
  wait_found (finder);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].reason);
      kutip_annotator_set_selection (annotator, rows[i].start, rows[i].end, FALSE);
      kutip_finder_step (finder, rows[i].forward);
      assert_selected (annotator, rows[i].expected, rows[i].expected + 5);
    }
}

static void
test_error (void)
{
  g_autoptr (KutipAnnotator) annotator = open_text (STORY, -1);
  g_autoptr (KutipFinder) finder = kutip_finder_new ();

  kutip_annotator_set_selection (annotator, 3, 3, FALSE);
  kutip_finder_set_annotator (finder, annotator);
  kutip_finder_search (finder, "(", KUTIP_FIND_REGEX);
  wait_found (finder);
  g_assert_nonnull (kutip_finder_get_error (finder));
  g_assert_null (kutip_finder_get_hits (finder));
  assert_selected (annotator, 3, 3);
  kutip_finder_step (finder, TRUE);
  assert_selected (annotator, 3, 3);
  kutip_finder_search (finder, "(P)", KUTIP_FIND_REGEX | KUTIP_FIND_CASE);
  wait_found (finder);
  g_assert_null (kutip_finder_get_error (finder));
  g_assert_cmpuint (kutip_finder_get_hits (finder)->len, ==, 3);
}

/* The next article is searched too, but nobody is sent anywhere in it. */
static void
test_other_article (void)
{
  g_autoptr (KutipAnnotator) first = open_text (STORY, -1);
  g_autoptr (KutipAnnotator) second = open_text ("No. Putin!", -1);
  KutipFinder *finder = kutip_finder_new ();

  kutip_finder_set_annotator (finder, first);
  kutip_finder_search (finder, "putin", 0);
  kutip_finder_set_annotator (finder, second);
  wait_found (finder);
  g_assert_cmpuint (kutip_finder_get_hits (finder)->len, ==, 1);
  assert_selected (first, 0, 0);
  assert_selected (second, 0, 0);
  kutip_finder_step (finder, TRUE);
  assert_selected (second, 4, 9);
  kutip_finder_end (finder);
  g_assert_null (kutip_finder_get_hits (finder));
  assert_selected (second, 4, 9);
  kutip_finder_set_annotator (finder, NULL);
  kutip_finder_step (finder, TRUE);
  wait_alone (finder);
  g_assert_finalize_object (finder);
}

/* It may go away while it searches. */
static void
test_dies (void)
{
  g_autoptr (KutipAnnotator) annotator = open_text (STORY, -1);
  KutipFinder *finder = kutip_finder_new ();

  kutip_finder_set_annotator (finder, annotator);
  kutip_finder_search (finder, "p", 0);
  kutip_finder_end (finder);
  g_object_add_weak_pointer (G_OBJECT (finder), (gpointer *) &finder);
  g_object_unref (finder);
  /* The thread may be the last to let go of it, which wakes nobody here. */
  while (finder != NULL)
    g_main_context_iteration (NULL, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hits/bisect", test_bisect);
  g_test_add_func ("/finder/first-hit", test_first_hit);
  g_test_add_func ("/finder/typing", test_typing);
  g_test_add_func ("/finder/step", test_step);
  g_test_add_func ("/finder/error", test_error);
  g_test_add_func ("/finder/other-article", test_other_article);
  g_test_add_func ("/finder/dies", test_dies);
  return g_test_run ();
}
