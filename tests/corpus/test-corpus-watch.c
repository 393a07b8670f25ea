/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../store/place.h"
#include "corpus/corpus.h"
#include "corpus/listing.h"
#include "store/paths.h"

#include <glib/gstdio.h>
#include <string.h>

/* What a list that hears of every change believes. */
typedef struct
{
  KutipCorpus *corpus;
  GPtrArray *paths;
  guint n_changes;
} Mirror;

static void
follow (GListModel *model, guint position, guint removed, guint added, Mirror *mirror)
{
  g_ptr_array_remove_range (mirror->paths, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (KutipEntry) entry = g_list_model_get_item (model, position + i);

      g_ptr_array_insert (mirror->paths, (gint) (position + i),
                          g_strdup (kutip_entry_get_path (entry)));
    }
  mirror->n_changes++;
}

static void
open_folder (Mirror *mirror, const char *folder)
{
  g_autoptr (GFile) root = g_file_new_for_path (folder);

  mirror->paths = g_ptr_array_new_with_free_func (g_free);
  mirror->corpus = kutip_corpus_new_for_folder (root, NULL);
  g_signal_connect (mirror->corpus, "items-changed", G_CALLBACK (follow), mirror);
  kutip_corpus_load (mirror->corpus);
}

static void
close_folder (Mirror *mirror)
{
  g_assert_finalize_object (mirror->corpus);
  g_ptr_array_unref (mirror->paths);
}

static gboolean
wake_up (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Until the list is this one: names with blanks between. */
static void
wait_for (Mirror *mirror, const char *wanted)
{
  guint tick = g_timeout_add (20, wake_up, NULL);
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (TRUE)
    {
      g_autofree char *names = NULL;

      g_ptr_array_add (mirror->paths, NULL);
      names = g_strjoinv (" ", (char **) mirror->paths->pdata);
      g_ptr_array_remove_index (mirror->paths, mirror->paths->len - 1);
      if (strcmp (names, wanted) == 0)
        break;
      if (g_get_monotonic_time () > end)
        g_assert_cmpstr (names, ==, wanted);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror->corpus)), ==,
                    mirror->paths->len);
  g_source_remove (tick);
}

/* Until the folder has been looked into for the first time: what comes then, is seen by
 * the watch alone. */
static void
rest (void)
{
  place_wait (600);
}

static KutipEntry *
find (Mirror *mirror, const char *path)
{
  g_autoptr (GFile) root = g_object_ref (kutip_corpus_get_folder (mirror->corpus));
  g_autoptr (GFile) file = g_file_resolve_relative_path (root, path);
  KutipEntry *entry = kutip_corpus_lookup (mirror->corpus, file);

  g_assert_nonnull (entry);
  return entry;
}

static void
wait_for_state (Mirror *mirror, const char *path, const char *title, KutipStatus status)
{
  guint tick = g_timeout_add (20, wake_up, NULL);
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  KutipEntry *entry = find (mirror, path);

  while (g_strcmp0 (kutip_entry_get_title (entry), title) != 0 ||
         kutip_entry_get_status (entry) != status)
    {
      if (g_get_monotonic_time () > end)
        {
          g_assert_cmpstr (kutip_entry_get_title (entry), ==, title);
          g_assert_cmpint (kutip_entry_get_status (entry), ==, status);
        }
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

static void
write_sidecar (const char *folder,
               const char *name,
               const char *title,
               const char *status)
{
  g_autofree char *sidecar = g_strconcat (name, ".annotations.json", NULL);
  g_autofree char *content = g_strdup_printf (
      "{\"format\": 1, \"article\": {\"file\": \"x\", \"sha256\": \"%064d\", "
      "\"length\": 4, \"title\": \"%s\"}, \"offsets\": \"unicode code points\", "
      "\"tagset\": {\"name\": \"n\", \"version\": \"1\"}, \"status\": \"%s\", "
      "\"spans\": [], \"relations\": []}\n",
      0, title, status);
  g_autoptr (GFile) file = place_file (folder, sidecar, content);
}

static void
remove_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_files_come_and_go (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) b = place_file (folder, "b.txt", "B");
  g_autoptr (GFile) d = place_file (folder, "below/d.txt", "D");
  g_autofree char *old = g_build_filename (folder, "b.txt", NULL);
  g_autofree char *new = g_build_filename (folder, "z.txt", NULL);
  g_autoptr (GFile) later = NULL;
  Mirror mirror = { 0 };

  open_folder (&mirror, folder);
  wait_for (&mirror, "b.txt below/d.txt");
  rest ();
  g_clear_object (&later);
  later = place_file (folder, "a.txt", "A");
  wait_for (&mirror, "a.txt b.txt below/d.txt");
  g_clear_object (&later);
  later = place_file (folder, "below/c.txt", "C");
  wait_for (&mirror, "a.txt b.txt below/c.txt below/d.txt");
  g_clear_object (&later);
  later = place_file (folder, "quite/new/e.txt", "in a folder in a new folder");
  wait_for (&mirror, "a.txt b.txt below/c.txt below/d.txt quite/new/e.txt");
  g_clear_object (&later);
  later = place_file (folder, "quite/new/f.txt", "and that is watched, too");
  wait_for (&mirror, "a.txt b.txt below/c.txt below/d.txt quite/new/e.txt "
                     "quite/new/f.txt");
  remove_file (folder, "below/d.txt");
  wait_for (&mirror, "a.txt b.txt below/c.txt quite/new/e.txt quite/new/f.txt");
  g_assert_cmpint (g_rename (old, new), ==, 0);
  wait_for (&mirror, "a.txt below/c.txt quite/new/e.txt quite/new/f.txt z.txt");
  close_folder (&mirror);
  place_remove (folder);
}

/* What was known of an article stays known while others come and go. */
static void
test_entries_stay (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) a = place_file (folder, "a.txt", "A");
  g_autoptr (GFile) c = place_file (folder, "c.txt", "C");
  g_autoptr (GFile) b = NULL;
  Mirror mirror = { 0 };
  KutipEntry *first, *last;

  open_folder (&mirror, folder);
  wait_for (&mirror, "a.txt c.txt");
  rest ();
  first = find (&mirror, "a.txt");
  last = find (&mirror, "c.txt");
  mirror.n_changes = 0;
  b = place_file (folder, "b.txt", "B");
  wait_for (&mirror, "a.txt b.txt c.txt");
  g_assert_true (find (&mirror, "a.txt") == first);
  g_assert_true (find (&mirror, "c.txt") == last);
  g_assert_cmpuint (mirror.n_changes, ==, 1);
  close_folder (&mirror);
  place_remove (folder);
}

static void
test_states_follow (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) a = place_file (folder, "a.txt", "The Title of It\n\nText.\n");
  g_autoptr (GFile) b = place_file (folder, "b.txt", "Another Title\n\nText.\n");
  Mirror mirror = { 0 };

  write_sidecar (folder, "b.txt", "By hand", "done");
  open_folder (&mirror, folder);
  wait_for (&mirror, "a.txt b.txt");
  wait_for_state (&mirror, "a.txt", "The Title of It", KUTIP_STATUS_NEW);
  wait_for_state (&mirror, "b.txt", "By hand", KUTIP_STATUS_DONE);
  g_assert_cmpuint (kutip_corpus_get_n_done (mirror.corpus), ==, 1);

  write_sidecar (folder, "a.txt", "Better", "done");
  wait_for_state (&mirror, "a.txt", "Better", KUTIP_STATUS_DONE);
  g_assert_cmpuint (kutip_corpus_get_n_done (mirror.corpus), ==, 2);
  remove_file (folder, "a.txt.annotations.json");
  wait_for_state (&mirror, "a.txt", "The Title of It", KUTIP_STATUS_NEW);

  /* What the window says of its article wins, until it has been written. */
  kutip_entry_set_status (find (&mirror, "b.txt"), KUTIP_STATUS_IN_PROGRESS);
  write_sidecar (folder, "b.txt", "Written meanwhile", "done");
  wait_for_state (&mirror, "b.txt", "Written meanwhile", KUTIP_STATUS_IN_PROGRESS);
  write_sidecar (folder, "b.txt", "Ours", "in-progress");
  wait_for_state (&mirror, "b.txt", "Ours", KUTIP_STATUS_IN_PROGRESS);
  write_sidecar (folder, "b.txt", "Theirs", "done");
  wait_for_state (&mirror, "b.txt", "Theirs", KUTIP_STATUS_DONE);

  remove_file (folder, "b.txt");
  wait_for (&mirror, "a.txt");
  g_assert_cmpuint (kutip_corpus_get_n_done (mirror.corpus), ==, 0);
  close_folder (&mirror);
  place_remove (folder);
}

typedef struct
{
  const char *bytes;
  gsize n_bytes;
  const char *title; /* NULL: none */
} HeadCase;

static void
test_titles (void)
{
  static const char utf16[] = "\xff\xfeT\0w\0o\0 \0W\0o\0r\0d\0s\0\n\0\n\0x\0.\0\n\0";
  static const char latin1[] = "Pr\xe9sident\n\nIl a parl\xe9 \xe0 la presse hier.\n";
  const HeadCase cases[] = {
    { "", 0, NULL },                          /* nothing to read */
    { "\x89PNG\r\n\x1a\n\0\0", 10, NULL },    /* no text at all */
    { utf16, sizeof utf16 - 1, "Two Words" }, /* two bytes a character */
    { latin1, sizeof latin1 - 1, "Président" },
    { "A Title\r\n\r\nText.\r\n", 18, "A Title" }, /* lines that end otherwise */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *folder = place_new ();
      g_autofree char *path = g_build_filename (folder, "a.txt", NULL);
      Mirror mirror = { 0 };

      g_assert_true (
          g_file_set_contents (path, cases[i].bytes, (gssize) cases[i].n_bytes, NULL));
      write_sidecar (folder, "b.txt", "read last", "new");
      g_object_unref (place_file (folder, "b.txt", ""));
      open_folder (&mirror, folder);
      wait_for (&mirror, "a.txt b.txt");
      kutip_entry_get_title (find (&mirror, "a.txt"));
      wait_for_state (&mirror, "a.txt", cases[i].title, KUTIP_STATUS_NEW);
      close_folder (&mirror);
      place_remove (folder);
    }
}

/* The line that the head is cut in, and the character, are left out. */
static void
test_title_of_a_long_article (void)
{
  char *folder = place_new ();
  GString *text = g_string_new ("Judul Artikel\n\n");
  g_autoptr (GFile) a = NULL;
  Mirror mirror = { 0 };

  while (text->len < 20000)
    g_string_append (text, "é–");
  a = place_file (folder, "a.txt", text->str);
  open_folder (&mirror, folder);
  wait_for (&mirror, "a.txt");
  wait_for_state (&mirror, "a.txt", "Judul Artikel", KUTIP_STATUS_NEW);
  close_folder (&mirror);
  g_string_free (text, TRUE);
  place_remove (folder);
}

static void
test_folder_goes_and_comes_back (void)
{
  char *place = place_new ();
  g_autofree char *folder = g_build_filename (place, "corpus", NULL);
  g_autofree char *away = g_build_filename (place, "away", NULL);
  g_autoptr (GFile) a = NULL;
  g_autoptr (GError) error = NULL;
  Mirror mirror = { 0 };

  g_mkdir_with_parents (folder, 0700);
  a = place_file (folder, "a.txt", "A");
  open_folder (&mirror, folder);
  wait_for (&mirror, "a.txt");
  rest ();
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  wait_for (&mirror, "");
  g_object_get (mirror.corpus, "error", &error, NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  close_folder (&mirror);
  place_remove (place);
}

static void
apply (GPtrArray *list, GPtrArray *after, const KutipListingChange *change)
{
  g_ptr_array_remove_range (list, change->position, change->n_removed);
  for (guint i = 0; i < change->n_added; i++)
    g_ptr_array_insert (list, (gint) (change->position + i),
                        after->pdata[change->position + i]);
}

/* Any two lists in one order: the changes make the second of the first. */
static void
test_compare (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GPtrArray) before = g_ptr_array_new ();
      g_autoptr (GPtrArray) after = g_ptr_array_new ();
      g_autoptr (GPtrArray) list = NULL;
      g_autoptr (GArray) changes = NULL;
      guint n = (guint) g_rand_int_range (rand, 0, round % 10 == 0 ? 400 : 12);
      double kept = g_rand_double (rand);

      for (guint i = 1; i <= n; i++)
        {
          if (g_rand_double (rand) < kept)
            g_ptr_array_add (before, GUINT_TO_POINTER (i));
          if (g_rand_double (rand) < kept)
            g_ptr_array_add (after, GUINT_TO_POINTER (i));
        }
      changes = kutip_listing_compare (before, after);
      list = g_ptr_array_copy (before, NULL, NULL);
      for (guint i = 0; i < changes->len; i++)
        apply (list, after, &g_array_index (changes, KutipListingChange, i));
      g_assert_cmpuint (list->len, ==, after->len);
      for (guint i = 0; i < list->len; i++)
        g_assert_true (list->pdata[i] == after->pdata[i]);
      g_assert_cmpuint (changes->len, <=, 32);
    }
}

static guint longest_pause; /* milliseconds */

static gboolean
measure_pause (gpointer data)
{
  gint64 *last = data;
  gint64 now = g_get_monotonic_time ();

  longest_pause = MAX (longest_pause, (guint) ((now - *last) / 1000));
  *last = now;
  return G_SOURCE_CONTINUE;
}

static void
test_many_go (void)
{
  char *folder = place_new ();
  Mirror mirror = { 0 };
  g_autoptr (GFile) last_one = NULL;
  gint64 last;
  guint timer;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.txt", folder, i);

      g_file_set_contents_full (path, "x", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    }
  open_folder (&mirror, folder);
  while (mirror.paths->len < 10000)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 9999; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.txt", i);

      if (i % 3 == 0)
        remove_file (folder, name);
    }
  last = g_get_monotonic_time ();
  timer = g_timeout_add (1, measure_pause, &last);
  while (mirror.paths->len != 6667)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  g_test_message ("3,333 of 10,000 gone; longest pause %u ms", longest_pause);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror.corpus)), ==, 6667);
  g_assert_cmpstr (mirror.paths->pdata[0], ==, "1.txt");
  close_folder (&mirror);
  place_remove (folder);
}

/* Closed while a thread looks into the folder, right after it has begun and later: the
 * list of entries, which is more than is freed at once, goes when the thread is done with
 * it. An entry that somebody keeps tells nobody any more. */
static void
test_closed_while_looking (void)
{
  enum
  {
    N = 1500
  };
  char *folder = place_new ();

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *name = g_strdup_printf ("%04u.txt", i);

      g_object_unref (place_file (folder, name, "abcd"));
    }
  for (guint n_turns = 0; n_turns < 5; n_turns++)
    {
      g_autoptr (KutipEntry) kept = NULL;
      Mirror mirror = { 0 };

      open_folder (&mirror, folder);
      while (kutip_corpus_is_loading (mirror.corpus))
        g_main_context_iteration (NULL, TRUE);
      kept = g_object_ref (find (&mirror, "0007.txt"));
      for (guint i = 0; i < n_turns; i++)
        g_main_context_iteration (NULL, FALSE);
      close_folder (&mirror);
      g_assert_cmpstr (kutip_entry_get_path (kept), ==, "0007.txt");
      kutip_entry_set_status (kept, KUTIP_STATUS_DONE);
      g_assert_cmpint (kutip_entry_get_status (kept), ==, KUTIP_STATUS_DONE);
    }
  place_wait (100);
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/corpus/watch/compare", test_compare);
  g_test_add_func ("/corpus/watch/files", test_files_come_and_go);
  g_test_add_func ("/corpus/watch/entries-stay", test_entries_stay);
  g_test_add_func ("/corpus/watch/states", test_states_follow);
  g_test_add_func ("/corpus/watch/titles", test_titles);
  g_test_add_func ("/corpus/watch/long-title", test_title_of_a_long_article);
  g_test_add_func ("/corpus/watch/folder-goes", test_folder_goes_and_comes_back);
  g_test_add_func ("/corpus/watch/many", test_many_go);
  g_test_add_func ("/corpus/watch/closed", test_closed_while_looking);
  return g_test_run ();
}
