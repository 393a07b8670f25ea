/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulk-fixture.h"
#include "model/annotate.h"
#include "store/paths.h"

#include <glib/gstdio.h>

/* The same to its end, in a run of the program that is over then: only what it has
 * recorded is left. */
static void
mark_in_another_run (const char *path, const char *words, const char *label)
{
  g_autoptr (KutipBulkMark) bulk = bulk_begin (path, words, label, NULL, TRUE);

  bulk_wait (bulk);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_set_object ((GAsyncResult **) data, result);
}

/* As the window does: in a thread. */
static KutipBulkMark *
load_record (const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  kutip_bulk_mark_load_async (folder, on_loaded, &result);
  g_assert_null (result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return kutip_bulk_mark_load_finish (result);
}

static void
test_take_back_after_restart (void)
{
  char *path = place_new ();
  g_autoptr (KutipBulkMark) bulk = NULL;
  g_autoptr (GFile) first = g_file_new_build_filename (path, "1.txt", NULL);

  bulk_make_articles (path);
  g_assert_null (load_record (path));
  mark_in_another_run (path, "nobody else", "quote");
  g_assert_null (load_record (path));
  mark_in_another_run (path, "putin", "quote");
  bulk = load_record (path);
  bulk_assert_result (bulk, 4, 2, 0);
  kutip_bulk_mark_take_back (bulk, NULL, NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 0, 0, 0);
  bulk_assert_marked (path, "quote", "");
  bulk_assert_marked (path, "source", "1.txt 0-12\n");
  {
    /* It was undone there: it can be done again. */
    g_autoptr (KutipOpened) opened = place_open (first);

    g_assert_true (kutip_document_redo (opened->document));
  }
  g_assert_null (load_record (path));
  place_remove (path);
}

/* Work on what was marked keeps all of that article, and its line of the record. */
static void
test_changed_after_restart (void)
{
  char *path = place_new ();
  g_autoptr (GFile) second = g_file_new_build_filename (path, "sub", "2.txt", NULL);
  g_autoptr (KutipBulkMark) bulk = NULL;
  g_autoptr (KutipBulkMark) rest = NULL;
  g_autoptr (GError) error = NULL;

  bulk_make_articles (path);
  mark_in_another_run (path, "putin", "quote");
  {
    g_autoptr (KutipOpened) opened = place_open (second);
    KutipSaver *saver = kutip_saver_new (opened);
    KutipLayer *layer = kutip_document_get_layer (opened->document);

    g_assert_true (kutip_annotate_set_note (
        opened->document, kutip_layer_get_nth_span (layer, 0), "mine", &error));
    g_assert_no_error (error);
    place_close (saver);
  }
  bulk = load_record (path);
  kutip_bulk_mark_take_back (bulk, NULL, NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 1, 1, 1);
  bulk_assert_marked (path, "quote", "sub/2.txt 11-16\n");
  rest = load_record (path);
  bulk_assert_result (rest, 1, 1, 0);
  place_remove (path);
}

/* Killed after the record of the second article was written, and before its annotations
 * were; and in the middle of a third one's line. */
static void
test_stopped_half_way (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autofree char *record = kutip_paths_get_marked (folder);
  g_autofree char *content = NULL;
  g_autofree char *torn = NULL;
  g_autoptr (GFile) second = g_file_new_build_filename (path, "sub", "2.txt", NULL);
  g_autoptr (KutipBulkMark) bulk = NULL;
  g_autoptr (GError) error = NULL;

  bulk_make_articles (path);
  mark_in_another_run (path, "putin", "quote");
  {
    g_autoptr (KutipOpened) opened = place_open (second);
    KutipSaver *saver = kutip_saver_new (opened);

    g_assert_true (kutip_document_undo (opened->document));
    place_close (saver);
  }
  g_assert_true (g_file_get_contents (record, &content, NULL, &error));
  torn = g_strconcat (content, "\n/some/where/3.txt\t3.txt\t2026-11-", NULL);
  g_assert_true (g_file_set_contents (record, torn, -1, &error));
  bulk = load_record (path);
  bulk_assert_result (bulk, 4, 2, 0);
  kutip_bulk_mark_take_back (bulk, NULL, NULL);
  bulk_wait (bulk);
  bulk_assert_result (bulk, 0, 0, 0);
  bulk_assert_marked (path, "quote", "");
  g_assert_false (g_file_test (record, G_FILE_TEST_EXISTS));
  place_remove (path);
}

/* What is no record of ours is none. */
static void
test_foreign_record (void)
{
  static const char *const contents[] = {
    "",
    "\n",
    "kutip-bulk-mark-2\tquote\t\t.\n\n/a\ta\t\ts1\t0\t5\t.\n",
    "kutip-bulk-mark-1\tquote\n",
    "kutip-bulk-mark-1\tquote\t\t.\n\n/a\ta\t\ts1\t0\t.\n",
    "kutip-bulk-mark-1\tquote\t\t.\n\n/a\ta\t\ts1\t0\tx\t.\n",
    "kutip-bulk-mark-1\tquote\t\t.\n\n/a\ta\t\ts1\t0\t4294967296\t.\n",
  };
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autofree char *record = kutip_paths_get_marked (folder);
  g_autofree char *parent = g_path_get_dirname (record);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_assert_true (g_file_set_contents (record, contents[i], -1, &error));
      g_assert_null (load_record (path));
    }
  g_assert_cmpint (g_unlink (record), ==, 0);
  place_remove (path);
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/bulk-record/restart", test_take_back_after_restart);
  g_test_add_func ("/bulk-record/restart-changed", test_changed_after_restart);
  g_test_add_func ("/bulk-record/restart-stopped", test_stopped_half_way);
  g_test_add_func ("/bulk-record/restart-foreign", test_foreign_record);
  return g_test_run ();
}
