/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/corpus.h"

#include "../store/place.h"
#include "model/annotate.h"
#include "store/paths.h"

#include <string.h>

static void
make (const char *folder, const char *name, const char *status, const char *title)
{
  g_autoptr (GFile) article = place_file (folder, name, "text");
  g_autoptr (GFile) sidecar = kutip_paths_get_sidecar (article, NULL);
  g_autofree char *content = NULL;

  if (status == NULL)
    return;
  content = g_strdup_printf (
      "{\n  \"format\": 1,\n  \"article\": {\"file\": \"x\", \"sha256\": \"%064d\", "
      "\"length\": "
      "4, \"title\": \"%s\"},\n  \"offsets\": \"unicode code points\",\n  \"tagset\": "
      "{\"name\": \"x\", \"version\": \"1\"},\n  \"status\": \"%s\",\n  \"spans\": [],\n "
      " "
      "\"relations\": []\n}\n",
      0, title, status);
  place_write (sidecar, content);
}

static gboolean
is_quiet (KutipCorpus *corpus)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (corpus));

  if (kutip_corpus_is_loading (corpus))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KutipEntry) entry = g_list_model_get_item (G_LIST_MODEL (corpus), i);

      if (kutip_entry_is_unread (entry))
        return FALSE;
    }
  return TRUE;
}

static void
load (KutipCorpus *corpus)
{
  kutip_corpus_load (corpus);
  while (!is_quiet (corpus))
    g_main_context_iteration (NULL, TRUE);
}

static KutipEntry *
get_entry (KutipCorpus *corpus, guint i)
{
  g_autoptr (KutipEntry) entry = g_list_model_get_item (G_LIST_MODEL (corpus), i);

  return entry;
}

/* Adds up what is told of the list, to compare with the list. */
static void
count_items (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  g_assert_cmpuint (position, ==, *n);
  g_assert_cmpuint (removed, ==, 0);
  *n += added;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, *n);
}

static void
test_folder (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) root = g_file_new_for_path (folder);
  g_autoptr (GFile) second = g_file_get_child (root, "b/2.txt");
  g_autoptr (GFile) nowhere = g_file_get_child (root, "none.txt");
  g_autoptr (GFile) outside = g_file_new_for_path ("/elsewhere/a.txt");
  KutipCorpus *corpus;
  guint n = 0;

  make (folder, "a.txt", "done", "The first");
  make (folder, "b/2.txt", "in-progress", "The second");
  make (folder, "b/10.txt", NULL, NULL);
  corpus = kutip_corpus_new_for_folder (root, NULL);
  g_signal_connect (corpus, "items-changed", G_CALLBACK (count_items), &n);
  g_assert_false (kutip_corpus_is_loading (corpus));
  load (corpus);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (kutip_corpus_get_n_done (corpus), ==, 1);
  g_assert_true (kutip_corpus_get_folder (corpus) == root);
  g_assert_cmpstr (kutip_entry_get_name (get_entry (corpus, 0)), ==, "a.txt");
  g_assert_cmpstr (kutip_entry_get_title (get_entry (corpus, 0)), ==, "The first");
  g_assert_cmpstr (kutip_entry_get_name (get_entry (corpus, 1)), ==, "b/2.txt");
  g_assert_cmpint (kutip_entry_get_status (get_entry (corpus, 1)), ==,
                   KUTIP_STATUS_IN_PROGRESS);
  g_assert_cmpstr (kutip_entry_get_name (get_entry (corpus, 2)), ==, "b/10.txt");
  g_assert_cmpint (kutip_entry_get_status (get_entry (corpus, 2)), ==, KUTIP_STATUS_NEW);
  g_assert_null (kutip_entry_get_title (get_entry (corpus, 2)));

  g_assert_true (kutip_corpus_lookup (corpus, second) == get_entry (corpus, 1));
  g_assert_true (g_file_equal (kutip_entry_get_file (get_entry (corpus, 1)), second));
  g_assert_null (kutip_corpus_lookup (corpus, nowhere));
  g_assert_null (kutip_corpus_lookup (corpus, outside));
  g_assert_finalize_object (corpus);
  place_remove (folder);
}

static void
count_notify (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_status (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) root = g_file_new_for_path (folder);
  KutipCorpus *corpus;
  g_autoptr (KutipEntry) entry = NULL;
  guint n = 0;

  make (folder, "a.txt", "done", "A");
  make (folder, "b.txt", NULL, NULL);
  corpus = kutip_corpus_new_for_folder (root, NULL);
  load (corpus);
  g_signal_connect (corpus, "notify::n-done", G_CALLBACK (count_notify), &n);
  kutip_entry_set_status (get_entry (corpus, 1), KUTIP_STATUS_DONE);
  g_assert_cmpuint (kutip_corpus_get_n_done (corpus), ==, 2);
  kutip_entry_set_status (get_entry (corpus, 1), KUTIP_STATUS_DONE);
  kutip_entry_set_status (get_entry (corpus, 0), KUTIP_STATUS_IN_PROGRESS);
  g_assert_cmpuint (kutip_corpus_get_n_done (corpus), ==, 1);
  g_assert_cmpuint (n, ==, 2);
  /* An entry may live longer than its corpus. */
  entry = g_object_ref (get_entry (corpus, 0));
  g_assert_finalize_object (corpus);
  kutip_entry_set_status (entry, KUTIP_STATUS_DONE);
  g_assert_cmpint (kutip_entry_get_status (entry), ==, KUTIP_STATUS_DONE);
  place_remove (folder);
}

/* Whatever stands in a sidecar, the article is listed, as one with work in it. */
static void
test_bad_sidecars (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) root = g_file_new_for_path (folder);
  static const char *const contents[] = { "", "no json", "{", "[1, 2]",
                                          "{\"format\": 99}" };
  g_autoptr (KutipCorpus) corpus = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *name = g_strdup_printf ("%" G_GSIZE_FORMAT ".txt", i);
      g_autofree char *sidecar = g_strconcat (name, ".annotations.json", NULL);
      g_autoptr (GFile) article = place_file (folder, name, "text");
      g_autoptr (GFile) bad = place_file (folder, sidecar, contents[i]);

      g_assert_true (place_exists (article) && place_exists (bad));
    }
  corpus = kutip_corpus_new_for_folder (root, NULL);
  load (corpus);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (corpus)), ==, 5);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (kutip_entry_get_status (get_entry (corpus, i)), ==,
                     KUTIP_STATUS_IN_PROGRESS);
  place_remove (folder);
}

static void
test_files (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) a = place_file (folder, "x/a.txt", "text");
  g_autoptr (GFile) b = place_file (folder, "y/b", "text"); /* chosen by hand: any name */
  g_autoptr (KutipCorpus) corpus = NULL;
  g_autoptr (KutipCorpus) single = NULL;
  g_autoptr (KutipCorpus) empty = NULL;
  GFile *files[] = { b, a, b };

  make (folder, "x/a.txt", "done", "A");
  corpus = kutip_corpus_new_for_files (files, 3, NULL);
  load (corpus);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (corpus)), ==, 2);
  g_assert_cmpstr (kutip_entry_get_name (get_entry (corpus, 0)), ==, "x/a.txt");
  g_assert_cmpstr (kutip_entry_get_name (get_entry (corpus, 1)), ==, "y/b");
  g_assert_cmpuint (kutip_corpus_get_n_done (corpus), ==, 1);
  g_assert_null (kutip_corpus_get_folder (corpus));
  g_assert_true (kutip_corpus_lookup (corpus, b) == get_entry (corpus, 1));
  single = kutip_corpus_new_for_files (files, 1, NULL);
  load (single);
  g_assert_cmpstr (kutip_entry_get_name (get_entry (single, 0)), ==, "b");
  empty = kutip_corpus_new_for_files (NULL, 0, NULL);
  load (empty);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (empty)), ==, 0);
  place_remove (folder);
}

static void
test_error (void)
{
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/folder");
  g_autoptr (KutipCorpus) corpus = kutip_corpus_new_for_folder (nowhere, NULL);
  g_autoptr (GError) error = NULL;

  load (corpus);
  g_object_get (corpus, "error", &error, NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static guint longest_pause;

static gboolean
measure_pause (gpointer data)
{
  gint64 *last = data;
  gint64 now = g_get_monotonic_time ();

  if (*last != 0)
    longest_pause = MAX (longest_pause, (guint) ((now - *last) / 1000));
  *last = now;
  return G_SOURCE_CONTINUE;
}

/* Ten thousand articles: in order, all read, the main loop never held up; and dropped
 * halfway. */
static void
test_many (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) root = g_file_new_for_path (folder);
  KutipCorpus *corpus;
  gint64 start, last = 0;
  guint timer;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%02u/%u.txt", folder, i / 500, i);
      g_autofree char *sidecar = g_strconcat (path, ".annotations.json", NULL);

      if (i % 500 == 0)
        {
          g_autofree char *below = g_path_get_dirname (path);

          g_mkdir_with_parents (below, 0700);
        }
      g_file_set_contents_full (path, "x", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
      if (i % 2 == 0)
        g_file_set_contents_full (sidecar,
                                  "{\"format\": 1, \"article\": {\"file\": \"x\", "
                                  "\"sha256\": "
                                  "\"0000000000000000000000000000000000000000000000000000"
                                  "000000000000\", \"length\": 1, "
                                  "\"title\": \"T\"}, \"offsets\": \"unicode code "
                                  "points\", \"tagset\": {\"name\": "
                                  "\"n\", \"version\": \"1\"}, \"status\": \"done\", "
                                  "\"spans\": [], \"relations\": []}",
                                  -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    }
  timer = g_timeout_add (1, measure_pause, &last);
  corpus = kutip_corpus_new_for_folder (root, NULL);
  start = g_get_monotonic_time ();
  kutip_corpus_load (corpus);
  while (kutip_corpus_is_loading (corpus))
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("10,000 found after %.0f ms", (g_get_monotonic_time () - start) / 1e3);
  while (kutip_corpus_get_n_done (corpus) < 5000)
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("5,000 sidecars read after %.0f ms, longest pause %u ms",
                  (g_get_monotonic_time () - start) / 1e3, longest_pause);
  g_source_remove (timer);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (corpus)), ==, 10000);
  for (guint i = 0; i < 10000; i += 997)
    {
      g_autofree char *name = g_strdup_printf ("%02u/%u.txt", i / 500, i);

      g_assert_cmpstr (kutip_entry_get_name (get_entry (corpus, i)), ==, name);
    }
  g_assert_finalize_object (corpus);

  for (guint i = 0; i < 20; i++) /* and gone at any time */
    {
      corpus = kutip_corpus_new_for_folder (root, NULL);
      kutip_corpus_load (corpus);
      for (guint j = 0; j < i; j++)
        g_main_context_iteration (NULL, FALSE);
      g_usleep (i * 500);
      g_assert_finalize_object (corpus);
    }
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/corpus/folder", test_folder);
  g_test_add_func ("/corpus/status", test_status);
  g_test_add_func ("/corpus/bad-sidecars", test_bad_sidecars);
  g_test_add_func ("/corpus/files", test_files);
  g_test_add_func ("/corpus/error", test_error);
  g_test_add_func ("/corpus/many", test_many);
  return g_test_run ();
}
