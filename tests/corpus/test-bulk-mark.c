/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "bulk-fixture.h"

#include "model/annotate.h"

#include <string.h>

/* --- which places --- */

static guint
count_places (KutipOccurrences *occurrences)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (kutip_occurrences_get_places (occurrences)));
}

static void
assert_counts (KutipOccurrences *occurrences, guint n, guint n_chosen, guint n_marked)
{
  g_autoptr (GPtrArray) chosen = kutip_occurrences_list_chosen (occurrences);
  guint marked;

  g_object_get (occurrences, "n-marked", &marked, NULL);
  g_assert_cmpuint (count_places (occurrences), ==, n);
  g_assert_cmpuint (kutip_occurrences_get_n_chosen (occurrences), ==, n_chosen);
  g_assert_cmpuint (chosen->len, ==, n_chosen);
  g_assert_cmpuint (marked, ==, n_marked);
}

static KutipConcordanceLine *
get_place (KutipOccurrences *occurrences, guint i)
{
  return g_list_model_get_item (G_LIST_MODEL (kutip_occurrences_get_places (occurrences)),
                                i);
}

static void
leave_out (KutipOccurrences *occurrences, guint i)
{
  g_autoptr (KutipConcordanceLine) line = get_place (occurrences, i);

  kutip_occurrences_choose (occurrences, line, FALSE);
}

static void
test_chosen (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipOccurrences) occurrences = kutip_occurrences_new ();
  g_autoptr (KutipConcordanceLine) marked = NULL;

  bulk_make_articles (path);
  bulk_search (occurrences, "putin", 0, "source", folder);
  assert_counts (occurrences, 5, 4, 1);
  marked = get_place (occurrences, 0);
  g_assert_true (kutip_concordance_line_is_covered (marked));
  kutip_occurrences_choose (occurrences, marked, TRUE);
  assert_counts (occurrences, 5, 4, 1);
  leave_out (occurrences, 2);
  leave_out (occurrences, 2);
  assert_counts (occurrences, 5, 3, 1);

  /* With another label nothing is marked yet, and what was left out stays out. */
  bulk_search (occurrences, "putin", 0, "quote", folder);
  assert_counts (occurrences, 5, 4, 0);
  kutip_occurrences_choose_all (occurrences, FALSE);
  assert_counts (occurrences, 5, 0, 0);
  kutip_occurrences_choose (occurrences, marked, TRUE);
  assert_counts (occurrences, 5, 0, 0);
  kutip_occurrences_choose_all (occurrences, TRUE);
  assert_counts (occurrences, 5, 5, 0);
  leave_out (occurrences, 4);

  /* Other words are other places, and so are those of another folder. */
  bulk_search (occurrences, "putin", KUTIP_FIND_WORDS, "quote", folder);
  assert_counts (occurrences, 4, 4, 0);
  kutip_concordance_join_all ();
  place_remove (path);
}

static void
test_refused (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipOccurrences) occurrences = kutip_occurrences_new ();
  KutipSearchQuery bad = { .pattern = "(",
                           .flags = KUTIP_FIND_REGEX,
                           .covering = "quote" };
  g_autoptr (GError) error = NULL;

  bulk_make_articles (path);
  bulk_search (occurrences, "putin", 0, "quote", folder);
  g_assert_false (kutip_occurrences_search (occurrences, &bad, folder, NULL, &error));
  g_assert_nonnull (error);
  assert_counts (occurrences, 0, 0, 0);
  place_remove (path);
}

/* What is open is searched as it is, not as it is on the disk. */
static void
test_open_article (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) file = g_file_new_build_filename (path, "1.txt", NULL);
  g_autoptr (KutipOccurrences) occurrences = kutip_occurrences_new ();
  g_autoptr (KutipOpened) opened = NULL;
  GHashTable *open = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal,
                                            g_object_unref, g_object_unref);

  bulk_make_articles (path);
  opened = place_open (file);
  place_mark (opened->document, "source", 19, 24);
  g_hash_table_insert (open, g_object_ref (file), g_object_ref (opened->document));
  kutip_concordance_take_open (kutip_occurrences_get_places (occurrences), open);
  bulk_search (occurrences, "putin", KUTIP_FIND_WORDS, "source", folder);
  assert_counts (occurrences, 4, 2, 2);
  place_remove (path);
}

/* --- marking --- */

/* Searches the words and begins to mark all of them. */
static KutipBulkMark *
mark_words (const char *path, const char *words, const char *label, GHashTable *open)
{
  return bulk_begin (path, words, label, open, FALSE);
}

static void
test_mark_and_take_back (void)
{
  char *path = place_new ();
  g_autoptr (GFile) sidecar =
      g_file_new_build_filename (path, "1.txt.annotations.json", NULL);
  g_autoptr (GFile) first = g_file_new_build_filename (path, "1.txt", NULL);
  g_autoptr (KutipBulkMark) bulk = NULL;
  g_autoptr (KutipOpened) opened = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  bulk_make_articles (path);
  before = place_read (sidecar);
  bulk = mark_words (path, "putin", "source", NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 3, 2, 0);
  bulk_assert_marked (path, "source",
                      "1.txt 0-12\n1.txt 19-24\n1.txt 52-57\nsub/2.txt 11-16\n");

  /* One undo step in each, there when it is opened. */
  opened = place_open (first);
  g_assert_true (kutip_document_undo (opened->document));
  g_assert_cmpuint (kutip_layer_get_n_spans (kutip_document_get_layer (opened->document)),
                    ==, 1);
  g_assert_true (kutip_document_redo (opened->document));
  g_clear_pointer (&opened, kutip_opened_free);

  kutip_bulk_mark_take_back (bulk, NULL, NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 0, 0, 0);
  bulk_assert_marked (path, "source", "1.txt 0-12\n");
  after = place_read (sidecar);
  g_assert_nonnull (strstr (after, "\"s1\""));
  g_assert_null (strstr (after, "\"s2\""));
  place_remove (path);
}

/* Other work in the article stays; work on what was marked keeps all of that article. */
static void
test_take_back_later (void)
{
  char *path = place_new ();
  g_autoptr (GFile) first = g_file_new_build_filename (path, "1.txt", NULL);
  g_autoptr (GFile) second = g_file_new_build_filename (path, "sub", "2.txt", NULL);
  g_autoptr (KutipBulkMark) bulk = NULL;
  g_autoptr (GError) error = NULL;

  bulk_make_articles (path);
  bulk = mark_words (path, "putin", "quote", NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 4, 2, 0);
  {
    g_autoptr (KutipOpened) opened = place_open (first);
    KutipSaver *saver = kutip_saver_new (opened);

    place_mark (opened->document, "claim", 6, 12);
    place_close (saver);
  }
  {
    g_autoptr (KutipOpened) opened = place_open (second);
    KutipSaver *saver = kutip_saver_new (opened);
    KutipLayer *layer = kutip_document_get_layer (opened->document);

    g_assert_true (kutip_annotate_set_note (
        opened->document, kutip_layer_get_nth_span (layer, 0), "mine", &error));
    g_assert_no_error (error);
    place_close (saver);
  }
  kutip_bulk_mark_take_back (bulk, NULL, NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 1, 1, 1);
  bulk_assert_marked (path, "quote", "sub/2.txt 11-16\n");
  bulk_assert_marked (path, "claim", "1.txt 6-12\n");
  place_remove (path);
}

/* What is open is changed where it is, and not behind its back. */
static void
test_open_document (void)
{
  char *path = place_new ();
  g_autoptr (GFile) first = g_file_new_build_filename (path, "1.txt", NULL);
  g_autoptr (KutipBulkMark) bulk = NULL;
  g_autoptr (KutipOpened) opened = NULL;
  g_autoptr (GHashTable) open = g_hash_table_new_full (
      g_file_hash, (GEqualFunc) g_file_equal, g_object_unref, g_object_unref);
  KutipLayer *layer;

  bulk_make_articles (path);
  opened = place_open (first);
  layer = kutip_document_get_layer (opened->document);
  g_hash_table_insert (open, g_object_ref (first), g_object_ref (opened->document));
  bulk = mark_words (path, "putin", "quote", open);
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 4);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 4, 2, 0);
  bulk_assert_marked (path, "quote", "sub/2.txt 11-16\n");
  kutip_bulk_mark_take_back (bulk, bulk_change_open, open);
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 1);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 0, 0, 0);
  place_remove (path);
}

/* Of an article with another digest. */
static char *
print_sidecar (int format)
{
  return g_strdup_printf (
      "{\"format\": %d, \"article\": {\"file\": \"x.txt\", \"sha256\": \"%064d\", "
      "\"length\": 3}, \"offsets\": \"unicode code points\", \"spans\": [], "
      "\"relations\": []}",
      format, 0);
}

static void
damage (const char *path, const char *name, const char *content)
{
  g_object_unref (place_file (path, name, content));
}

/* Left alone, byte for byte, and told. */
static void
test_left_alone (void)
{
  static const struct
  {
    const char *name;
    int format;
    const char *reason;
  } rows[] = {
    { "newer.txt", 99, "a newer format" },
    { "changed.txt", 1, "written for another text" },
  };
  char *path = place_new ();
  g_autoptr (GFile) locked = place_file (path, "locked.txt", "Putin");
  g_autoptr (KutipOpened) elsewhere = place_open (locked);
  g_autoptr (KutipBulkMark) bulk = NULL;

  damage (path, "good.txt", "Putin");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sidecar = g_strconcat (rows[i].name, ".annotations.json", NULL);
      g_autofree char *content = print_sidecar (rows[i].format);

      g_test_message ("%s", rows[i].reason);
      damage (path, rows[i].name, "Putin");
      damage (path, sidecar, content);
    }
  bulk = mark_words (path, "putin", "quote", NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 1, 1, 3);
  bulk_assert_marked (path, "quote", "good.txt 0-5\n");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sidecar = g_strconcat (rows[i].name, ".annotations.json", NULL);
      g_autoptr (GFile) file = g_file_new_build_filename (path, sidecar, NULL);
      g_autofree char *content = place_read (file);
      g_autofree char *before = print_sidecar (rows[i].format);

      g_assert_cmpstr (content, ==, before);
    }
  place_remove (path);
}

/* A text that changes between the search and the marking is not marked at old places. */
static void
test_changed_meanwhile (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) file = place_file (path, "a.txt", "Putin and Putin");
  g_autoptr (KutipOccurrences) occurrences = kutip_occurrences_new ();
  g_autoptr (KutipBulkMark) bulk = kutip_bulk_mark_new ("quote", NULL);
  g_autoptr (GPtrArray) lines = NULL;

  bulk_search (occurrences, "putin", 0, "quote", folder);
  lines = kutip_occurrences_list_chosen (occurrences);
  g_assert_cmpuint (lines->len, ==, 2);
  place_write (file, "And Putin and Putin");
  kutip_bulk_mark_start (bulk, lines, NULL, NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 0, 0, 1);
  bulk_assert_marked (path, "quote", "");
  place_remove (path);
}

/* Stops marking in @path after the first article that is done. */
static KutipBulkMark *
mark_and_stop (const char *path)
{
  KutipBulkMark *bulk = mark_words (path, "putin", "quote", NULL);
  guint n_done = 0;

  while (n_done == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (bulk, "n-done", &n_done, NULL);
    }
  kutip_bulk_mark_cancel (bulk);
  bulk_wait (bulk);
  g_assert_cmpuint (kutip_bulk_mark_get_n_articles (bulk), >, 0);
  g_assert_cmpuint (kutip_bulk_mark_get_n_marked (bulk), ==,
                    2 * kutip_bulk_mark_get_n_articles (bulk));
  return bulk;
}

/* What was done before it was stopped can be taken back. A thread may have done all
 * before it hears of the stop, on a busy machine, but not each time. */
static void
test_stop (void)
{
  char *path = place_new ();
  guint n_articles = 300;

  for (guint i = 0; i < n_articles; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.txt", i);

      damage (path, name, "Putin and Putin");
    }
  for (guint i = 0; i < 20 && n_articles == 300; i++)
    {
      g_autoptr (KutipBulkMark) bulk = mark_and_stop (path);

      n_articles = kutip_bulk_mark_get_n_articles (bulk);
      kutip_bulk_mark_take_back (bulk, NULL, NULL);
      bulk_wait (bulk);
      bulk_assert_result (bulk, 0, 0, 0);
      bulk_assert_marked (path, "quote", "");
    }
  g_assert_cmpuint (n_articles, <, 300);
  place_remove (path);
}

/* A folder that cannot be written to: nothing is left in the journal that would come up
 * when the article is opened next. */
static void
test_unwritable (void)
{
  char *path = place_new ();
  g_autoptr (GFile) file = place_file (path, "a.txt", "Putin");
  g_autoptr (GFile) folder =
      g_file_new_build_filename (path, "a.txt.annotations.json", NULL);
  g_autoptr (KutipOccurrences) occurrences = kutip_occurrences_new ();
  g_autoptr (KutipBulkMark) bulk = kutip_bulk_mark_new ("quote", NULL);
  g_autoptr (GFile) root = g_file_new_for_path (path);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;

  bulk_search (occurrences, "putin", 0, "quote", root);
  lines = kutip_occurrences_list_chosen (occurrences);
  g_assert_true (g_file_make_directory (folder, NULL, &error));
  kutip_bulk_mark_start (bulk, lines, NULL, NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 0, 0, 1);
  g_assert_true (g_file_delete (folder, NULL, &error));
  {
    g_autoptr (KutipOpened) opened = place_open (file);

    g_assert_false (opened->recovered);
    g_assert_cmpuint (
        kutip_layer_get_n_spans (kutip_document_get_layer (opened->document)), ==, 0);
  }
  place_remove (path);
}

/* 100,000 places: the main thread goes on. */
static void
test_many (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipOccurrences) occurrences = kutip_occurrences_new ();
  g_autoptr (KutipBulkMark) bulk = kutip_bulk_mark_new ("quote", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  GString *text = g_string_new (NULL);
  KutipSearchQuery query = { .pattern = "Putin",
                             .flags = KUTIP_FIND_WORDS | KUTIP_FIND_CASE,
                             .covering = "quote",
                             .reach = 60 };
  const guint n_files = 20, n_each = rounds (5000), n = n_files * n_each;
  gint64 longest = 0, start = g_get_monotonic_time ();

  for (guint i = 0; i < n_each; i++)
    g_string_append (text, "Putin writes again. ");
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.txt", i);

      damage (path, name, text->str);
    }
  g_assert_true (kutip_occurrences_search (occurrences, &query, folder, NULL, NULL));
  while (kutip_concordance_is_running (kutip_occurrences_get_places (occurrences)))
    {
      gint64 before = g_get_monotonic_time ();

      if (g_main_context_iteration (NULL, FALSE))
        longest = MAX (longest, g_get_monotonic_time () - before);
      else
        g_usleep (200);
    }
  g_test_message ("searched in %.2f s; the main thread away for at most %.1f ms",
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                  (double) longest / 1000);
  assert_counts (occurrences, n, n, 0);
  kutip_occurrences_choose_all (occurrences, FALSE);
  assert_counts (occurrences, n, 0, 0);
  kutip_occurrences_choose_all (occurrences, TRUE);
  leave_out (occurrences, n - 1);

  lines = kutip_occurrences_list_chosen (occurrences);
  start = g_get_monotonic_time ();
  longest = 0;
  kutip_bulk_mark_start (bulk, lines, NULL, NULL);
  while (kutip_bulk_mark_is_running (bulk))
    {
      gint64 before = g_get_monotonic_time ();

      if (g_main_context_iteration (NULL, FALSE))
        longest = MAX (longest, g_get_monotonic_time () - before);
      else
        g_usleep (200);
    }
  g_test_message ("marked in %.2f s; the main thread away for at most %.1f ms",
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                  (double) longest / 1000);
  bulk_assert_result (bulk, n - 1, n_files, 0);
  g_string_free (text, TRUE);
  place_remove (path);
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/occurrences/chosen", test_chosen);
  g_test_add_func ("/occurrences/refused", test_refused);
  g_test_add_func ("/occurrences/open", test_open_article);
  g_test_add_func ("/bulk-mark/mark-and-take-back", test_mark_and_take_back);
  g_test_add_func ("/bulk-mark/take-back-later", test_take_back_later);
  g_test_add_func ("/bulk-mark/open", test_open_document);
  g_test_add_func ("/bulk-mark/left-alone", test_left_alone);
  g_test_add_func ("/bulk-mark/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/bulk-mark/stop", test_stop);
  g_test_add_func ("/bulk-mark/unwritable", test_unwritable);
  g_test_add_func ("/bulk-mark/many", test_many);
  return g_test_run ();
}
