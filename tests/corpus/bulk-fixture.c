/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulk-fixture.h"

#include "model/annotate.h"

static void
wait_for (KutipOccurrences *occurrences)
{
  while (kutip_concordance_is_running (kutip_occurrences_get_places (occurrences)))
    g_main_context_iteration (NULL, TRUE);
}

void
bulk_search (KutipOccurrences *occurrences,
             const char *pattern,
             KutipFindFlags flags,
             const char *label,
             GFile *folder)
{
  KutipSearchQuery query = { .pattern = pattern, .flags = flags, .covering = label };
  g_autoptr (GError) error = NULL;

  g_assert_true (kutip_occurrences_search (occurrences, &query, folder, NULL, &error));
  g_assert_no_error (error);
  wait_for (occurrences);
}

void
bulk_make_articles (const char *path)
{
  g_autoptr (GFile) first = place_file (path, "1.txt", STORY);
  g_autoptr (GFile) second = place_file (path, "sub/2.txt", "Nobody but Putin.");
  g_autoptr (KutipOpened) opened = place_open (first);
  KutipSaver *saver = kutip_saver_new (opened);

  place_mark (opened->document, "source", 0, 12);
  place_close (saver);
}

/* "1.txt: quote 0-5 Putin" a line, of the sidecars as they are on the disk. */
static char *
describe (const char *path, const char *label)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipConcordance) concordance = kutip_concordance_new ();
  KutipSearchQuery query = { .pattern = "", .label = label };
  GString *all = g_string_new (NULL);

  kutip_concordance_start (concordance, &query, folder, NULL);
  while (kutip_concordance_is_running (concordance))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (concordance)); i++)
    {
      g_autoptr (KutipConcordanceLine) line =
          g_list_model_get_item (G_LIST_MODEL (concordance), i);
      KutipRange range = kutip_concordance_line_get_range (line);

      g_string_append_printf (all, "%s %u-%u\n", kutip_concordance_line_get_name (line),
                              range.start, range.end);
    }
  return g_string_free (all, FALSE);
}

void
bulk_assert_marked (const char *path, const char *label, const char *expected)
{
  g_autofree char *found = describe (path, label);

  g_assert_cmpstr (found, ==, expected);
}

void
bulk_wait (KutipBulkMark *bulk)
{
  while (kutip_bulk_mark_is_running (bulk))
    g_main_context_iteration (NULL, TRUE);
}

void
bulk_assert_result (KutipBulkMark *bulk, guint n, guint n_articles, guint n_failures)
{
  GPtrArray *failures = kutip_bulk_mark_get_failures (bulk);

  for (guint i = 0; i < failures->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (failures, i));
  g_assert_cmpuint (kutip_bulk_mark_get_n_marked (bulk), ==, n);
  g_assert_cmpuint (kutip_bulk_mark_get_n_articles (bulk), ==, n_articles);
  g_assert_cmpuint (failures->len, ==, n_failures);
}

gboolean
bulk_change_open (GFile *file, KutipBulkTurn *turn, gpointer data)
{
  KutipDocument *document = g_hash_table_lookup (data, file);
  g_autoptr (GError) error = NULL;

  if (document == NULL)
    return FALSE;
  turn->work (turn, document, &error);
  turn->end (turn, error);
  return TRUE;
}

KutipBulkMark *
bulk_begin (const char *path,
            const char *words,
            const char *label,
            GHashTable *open,
            gboolean recorded)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipOccurrences) occurrences = kutip_occurrences_new ();
  g_autoptr (GPtrArray) lines = NULL;
  KutipBulkMark *bulk = kutip_bulk_mark_new (label, NULL);

  if (open != NULL)
    kutip_concordance_take_open (kutip_occurrences_get_places (occurrences),
                                 g_hash_table_ref (open));
  bulk_search (occurrences, words, KUTIP_FIND_WORDS, label, folder);
  lines = kutip_occurrences_list_chosen (occurrences);
  if (recorded)
    kutip_bulk_mark_set_record (bulk, folder);
  kutip_bulk_mark_start (bulk, lines, open != NULL ? bulk_change_open : NULL, open);
  return bulk;
}
