/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/paths.h"

#include "place.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_sidecar_names (void)
{
  static const struct
  {
    const char *article, *annotator, *sidecar, *why;
  } rows[] = {
    { "a.txt", NULL, "a.txt.annotations.json", "one who works alone" },
    { "a.txt", "alice", "a.txt.alice.annotations.json", "one of several" },
    { "a.txt", "gold", "a.txt.gold.annotations.json", "the curated version" },
    { "a", NULL, "a.annotations.json", "no suffix" },
    { "a\nb \"c\".txt", NULL, "a\nb \"c\".txt.annotations.json", "newline and quotes" },
    { "\xff\xfe.txt", "b-1_c", "\xff\xfe.txt.b-1_c.annotations.json", "not UTF-8" },
    { "wayang ꦮꦪꦁ.md", NULL, "wayang ꦮꦪꦁ.md.annotations.json", "beyond ASCII" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GFile) article =
          g_file_new_build_filename ("/folder", rows[i].article, NULL);
      g_autoptr (GFile) sidecar = kutip_paths_get_sidecar (article, rows[i].annotator);
      g_autofree char *name = g_file_get_basename (sidecar);

      g_test_message ("%s", rows[i].why);
      g_assert_cmpstr (name, ==, rows[i].sidecar);
      g_assert_true (kutip_paths_is_sidecar_name (name));
    }
}

static void
test_annotator_names (void)
{
  g_autofree char *longest = g_strnfill (64, 'a');
  g_autofree char *too_long = g_strnfill (65, 'a');

  g_assert_true (kutip_paths_is_annotator ("Alice-2_b"));
  g_assert_true (kutip_paths_is_annotator (longest));
  g_assert_false (kutip_paths_is_annotator (too_long));
  g_assert_false (kutip_paths_is_annotator (""));
  g_assert_false (kutip_paths_is_annotator ("a.b"));
  g_assert_false (kutip_paths_is_annotator ("../x"));
  g_assert_false (kutip_paths_is_annotator ("é"));
}

static void
test_article_names (void)
{
  static const struct
  {
    const char *name;
    gboolean is_article;
    const char *why;
  } rows[] = {
    { "a.txt", TRUE, "plain text" },
    { "A.TXT", TRUE, "case does not count" },
    { "note.md", TRUE, "Markdown" },
    { "a.b.text", TRUE, "only the last dot counts" },
    { ".hidden.txt", FALSE, "hidden" },
    { "a.txt~", FALSE, "an editor's backup" },
    { "#a.txt#", FALSE, "an editor's autosave" },
    { "a.txt.annotations.json", FALSE, "a sidecar" },
    { "tagset.json", FALSE, "a tag set" },
    { "a.txt.annotations.json.broken-1", FALSE, "set aside" },
    { "picture.png", FALSE, "no text" },
    { "txt", FALSE, "no suffix" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s: %s", rows[i].name, rows[i].why);
      g_assert_cmpint (kutip_paths_is_article_name (rows[i].name), ==,
                       rows[i].is_article);
    }
}

/* There and back, with what is on disk to decide. */
static void
test_back_to_article (void)
{
  static const struct
  {
    const char *on_disk, *sidecar, *article, *annotator, *why;
  } rows[] = {
    { "a.txt", "a.txt.annotations.json", "a.txt", NULL, "the plain case" },
    { "a.txt", "a.txt.alice.annotations.json", "a.txt", "alice", "a named annotator" },
    { "a", "a.txt.annotations.json", "a", "txt", "an annotator called txt" },
    { NULL, "a.txt.annotations.json", "a.txt", NULL, "nothing there: as the name looks" },
    { NULL, "a.txt.bob.annotations.json", "a.txt", "bob", "nothing there, and a name" },
    { NULL, "a.b c.annotations.json", "a.b c", NULL, "no annotator has a space" },
    { NULL, "a.json", NULL, NULL, "no sidecar" },
    { NULL, ".annotations.json", NULL, NULL, "no sidecar of anything" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char *folder = place_new ();
      g_autoptr (GFile) sidecar = place_file (folder, rows[i].sidecar, NULL);
      g_autoptr (GFile) article = NULL;
      g_autofree char *annotator = NULL;
      g_autofree char *name = NULL;

      g_test_message ("%s", rows[i].why);
      if (rows[i].on_disk != NULL)
        {
          g_autoptr (GFile) there = place_file (folder, rows[i].on_disk, "text");

          g_assert_true (place_exists (there));
        }
      article = kutip_paths_get_article (sidecar, &annotator);
      if (article != NULL)
        name = g_file_get_basename (article);
      g_assert_cmpstr (name, ==, rows[i].article);
      g_assert_cmpstr (annotator, ==, rows[i].annotator);
      place_remove (folder);
    }
}

/* Names that leave no room for what is put behind them are cut between characters, stay
 * different, and are found again. */
static void
test_long_names (void)
{
  char *folder = place_new ();
  GString *letters = g_string_new (NULL);
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autofree char *name_one = NULL;
  g_autofree char *name_other = NULL;
  g_autoptr (GFile) article = NULL;
  g_autoptr (GFile) sidecar = NULL;
  g_autoptr (GFile) found = NULL;
  g_autoptr (GFile) conflict = NULL;
  g_autofree char *conflict_name = NULL;
  g_autofree char *annotator = NULL;

  while (letters->len < 244)
    g_string_append (letters, "ä");
  one = g_strconcat (letters->str, "1.txt", NULL);
  other = g_strconcat (letters->str, "2.txt", NULL);
  g_assert_cmpuint (strlen (one), ==, 249);
  name_one = kutip_paths_make_sidecar_name (one, "alice");
  name_other = kutip_paths_make_sidecar_name (other, "alice");
  g_assert_cmpuint (strlen (name_one), <=, 255);
  g_assert_true (g_utf8_validate (name_one, -1, NULL));
  g_assert_true (kutip_paths_is_sidecar_name (name_one));
  g_assert_cmpstr (name_one, !=, name_other);

  article = place_file (folder, one, "text");
  sidecar = kutip_paths_get_sidecar (article, "alice");
  place_write (sidecar, "{}");
  found = kutip_paths_get_article (sidecar, &annotator);
  g_assert_true (g_file_equal (found, article));
  g_assert_cmpstr (annotator, ==, "alice");
  conflict = kutip_paths_get_conflict (sidecar, 3);
  conflict_name = g_file_get_basename (conflict);
  g_assert_cmpuint (strlen (conflict_name), <=, 255);
  g_assert_true (g_str_has_suffix (conflict_name, ".alice-conflict-3.annotations.json"));
  g_string_free (letters, TRUE);
  place_remove (folder);
}

static void
test_conflict_names (void)
{
  g_autoptr (GFile) plain = g_file_new_for_path ("/f/a.txt.annotations.json");
  g_autoptr (GFile) named = g_file_new_for_path ("/f/a.txt.bob.annotations.json");
  g_autoptr (GFile) plain_conflict = kutip_paths_get_conflict (plain, 1);
  g_autoptr (GFile) named_conflict = kutip_paths_get_conflict (named, 2);
  g_autoptr (GFile) broken = kutip_paths_get_numbered (plain, "broken", 4);
  g_autofree char *annotator = NULL;
  g_autoptr (GFile) article = kutip_paths_get_article (named_conflict, &annotator);

  g_assert_cmpstr (g_file_peek_path (plain_conflict), ==,
                   "/f/a.txt.conflict-1.annotations.json");
  g_assert_cmpstr (g_file_peek_path (named_conflict), ==,
                   "/f/a.txt.bob-conflict-2.annotations.json");
  g_assert_cmpstr (g_file_peek_path (article), ==, "/f/a.txt");
  g_assert_cmpstr (annotator, ==, "bob-conflict-2");
  g_assert_cmpstr (g_file_peek_path (broken), ==, "/f/a.txt.annotations.json.broken-4");
}

static void
test_tagset (void)
{
  char *folder = place_new ();
  g_autofree char *below = g_build_filename (folder, "a", "b", NULL);
  g_autofree char *decoy = g_build_filename (below, "tagset.json", NULL);
  g_autoptr (GFile) tagset = place_file (folder, "tagset.json", "{}");
  g_autoptr (GFile) from = g_file_new_for_path (below);
  g_autoptr (GFile) found = NULL;
  g_autoptr (GFile) nearer = NULL;
  g_autoptr (GFile) found_nearer = NULL;

  g_mkdir_with_parents (decoy, 0700);
  found = kutip_paths_find_tagset (from, NULL);
  g_assert_true (g_file_equal (found, tagset)); /* a folder of that name is none */
  nearer = g_file_new_build_filename (folder, "a", "tagset.json", NULL);
  place_write (nearer, "{}");
  found_nearer = kutip_paths_find_tagset (from, NULL);
  g_assert_true (g_file_equal (found_nearer, nearer));
  place_remove (folder);
}

/* One sidecar, one journal, by whatever way it is reached; two sidecars, two. */
static void
test_journal (void)
{
  char *folder = place_new ();
  g_autofree char *real = g_build_filename (folder, "real", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autoptr (GFile) one = g_file_new_build_filename (real, "a.annotations.json", NULL);
  g_autoptr (GFile) same = g_file_new_build_filename (link, "a.annotations.json", NULL);
  g_autoptr (GFile) other = g_file_new_build_filename (real, "b.annotations.json", NULL);
  g_autofree char *journal_one = NULL;
  g_autofree char *journal_same = NULL;
  g_autofree char *journal_other = NULL;

  g_mkdir (real, 0700);
  g_assert_cmpint (symlink ("real", link), ==, 0);
  journal_one = kutip_paths_get_journal (one);
  journal_same = kutip_paths_get_journal (same);
  journal_other = kutip_paths_get_journal (other);
  g_assert_cmpstr (journal_one, ==, journal_same);
  g_assert_cmpstr (journal_one, !=, journal_other);
  g_assert_true (g_str_has_prefix (journal_one, g_get_user_state_dir ()));
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/paths/sidecar-names", test_sidecar_names);
  g_test_add_func ("/paths/annotator-names", test_annotator_names);
  g_test_add_func ("/paths/article-names", test_article_names);
  g_test_add_func ("/paths/back-to-article", test_back_to_article);
  g_test_add_func ("/paths/long-names", test_long_names);
  g_test_add_func ("/paths/conflict-names", test_conflict_names);
  g_test_add_func ("/paths/tagset", test_tagset);
  g_test_add_func ("/paths/journal", test_journal);
  return g_test_run ();
}
