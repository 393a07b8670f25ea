/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to a whole study while calls fail: its tag set is saved, its layers follow
 * it, words are marked in all of its articles. */
#include "../rounds.h"
#include "../store/place.h"
#include "corpus/bulk/bulk-mark.h"
#include "corpus/migrate/migrate.h"
#include "corpus/occurrences.h"
#include "disk.h"
#include "format/tagset/tagset-json.h"
#include "sweep.h"
#include "tree.h"

#include <glib/gstdio.h>
#include <string.h>

#define STORY "Ana said that it rains. Budi denies it.\n"
#define GUIDELINES "# How\n"

static const char *const articles[] = { "a.txt", "deep/b.txt" };

typedef struct
{
  char *folder; /* "faulty" in it is the study */
  char *study;
  GHashTable *before, *whole;
  guint n_failed;
} Study;

static KutipTagset *
make_tagset (gboolean new)
{
  g_autofree char *json = g_strdup_printf (
      "{\"format\": 1, \"name\": \"Study\", \"version\": \"%d\", \"labels\": [{\"name\": "
      "\"%s\"}], \"attributes\": [], \"relations\": []}",
      new ? 2 : 1, new ? "content" : "quote");
  g_autoptr (GError) error = NULL;
  KutipTagset *tagset = kutip_tagset_from_json (json, strlen (json), &error);

  g_assert_no_error (error);
  return tagset;
}

static KutipTagsetFile *
read_tagset (Study *self)
{
  g_autoptr (GFile) file = place_file (self->study, "tagset.json", NULL);

  return kutip_tagset_file_read (file, NULL);
}

/* What the articles of the last time left behind would be set aside with each that is
 * opened, under the next number that is free. */
static void
forget_journals (void)
{
  place_remove (g_build_filename (g_get_user_state_dir (), "kutip", "journal", NULL));
}

static void
fill (Study *self)
{
  g_autoptr (KutipTagset) tagset = make_tagset (FALSE);
  g_autoptr (KutipTagsetFile) file = NULL;

  forget_journals ();
  place_remove (g_strdup (self->study));
  g_assert_cmpint (g_mkdir (self->study, 0700), ==, 0);
  file = read_tagset (self);
  g_assert_true (kutip_tagset_file_write (file, tagset, "# Old\n", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (articles); i++)
    {
      g_autoptr (GFile) article = place_file (self->study, articles[i], STORY);
      g_autoptr (KutipOpened) opened = place_open (article);
      KutipSaver *saver = kutip_saver_new (opened);

      place_mark (opened->document, "quote", 0, 3);
      place_close (saver);
    }
}

static void
prepare (Study *self)
{
  fill (self);
  g_clear_pointer (&self->before, g_hash_table_unref);
  self->before = tree_take (self->study);
}

static void
begin (Study *self)
{
  *self = (Study){ .folder = place_new () };
  self->study = g_build_filename (self->folder, "faulty", NULL);
  prepare (self);
}

static void
end (Study *self)
{
  g_hash_table_unref (self->before);
  g_clear_pointer (&self->whole, g_hash_table_unref);
  g_free (self->study);
  place_remove (self->folder);
}

/* Half-written, and not to be removed; the next save does that. */
static gboolean
is_temporary (const char *name)
{
  return strstr (name, ".kutip-") != NULL && strstr (name, ".kutip-migration-") == NULL;
}

static void
remove_temporary (Study *self)
{
  g_autoptr (GHashTable) now = tree_take (self->study);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (is_temporary (name))
      {
        g_autofree char *path = g_build_filename (self->study, name, NULL);

        g_assert_cmpint (g_unlink (path), ==, 0);
      }
}

static void
assert_same (Study *self, GHashTable *expected, const char *when)
{
  g_autoptr (GHashTable) now = tree_take (self->study);
  gboolean may_stay = g_str_equal (sweep_get_operation (), "unlink");
  const char *difference = tree_compare (now, expected, may_stay ? is_temporary : NULL);

  if (difference != NULL)
    g_error ("%s, %s: “%s”", when, sweep_get_planned (), difference);
}

/* GLib takes a folder that it cannot look at for none, and says so. */
static gboolean
tells_reason (const char *message)
{
  return strstr (message, sweep_get_reason ()) != NULL ||
         g_str_equal (sweep_get_operation (), "stat");
}

static void
assert_told (const char *message)
{
  if (strstr (message, "faulty") == NULL && strstr (message, ".annotations.json") == NULL)
    g_error ("with %s: no file is named: %s", sweep_get_planned (), message);
  if (!tells_reason (message))
    g_error ("with %s: no reason: %s", sweep_get_planned (), message);
}

/* Every file is what it was or what it becomes; what else there is, is hidden. */
static void
assert_old_or_new (Study *self)
{
  g_autoptr (GHashTable) now = tree_take (self->study);
  GHashTableIter iter;
  gpointer name, content;

  g_hash_table_iter_init (&iter, self->before);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (now, name))
      g_error ("with %s: “%s” is gone", sweep_get_planned (), (char *) name);
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &name, &content))
    {
      GBytes *old = g_hash_table_lookup (self->before, name);
      GBytes *new = g_hash_table_lookup (self->whole, name);

      if (strstr (name, ".kutip-") == NULL &&
          !(old != NULL && g_bytes_equal (old, content)) &&
          !(new != NULL &&g_bytes_equal (new, content)))
        g_error ("with %s: “%s” is neither old nor new", sweep_get_planned (),
                 (char *) name);
    }
}

/* --- the tag set --- */

static gboolean
save_tagset (Study *self, GError **error)
{
  g_autoptr (KutipTagsetFile) file = read_tagset (self);
  g_autoptr (KutipTagset) tagset = make_tagset (TRUE);

  if (file->error != NULL)
    {
      g_propagate_error (error, g_error_copy (file->error));
      return FALSE;
    }
  return kutip_tagset_file_write (file, tagset, GUIDELINES, error);
}

static void
run_tagset (gboolean clean, gpointer data)
{
  Study *self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = save_tagset (self, &error);

  fault_clear ();
  if (clean && !done)
    g_error ("after %s: %s", sweep_get_planned (), error->message);
  if (!done)
    {
      assert_told (error->message);
      self->n_failed++;
    }
  assert_old_or_new (self);
  if (!clean)
    return;
  prepare (self);
}

static void
test_tagset (void)
{
  Study self;
  g_autoptr (GError) error = NULL;

  begin (&self);
  save_tagset (&self, &error);
  g_assert_no_error (error);
  self.whole = tree_take (self.study);
  prepare (&self);
  g_assert_cmpuint (sweep (run_tagset, &self, "faulty"), >, rounds (100));
  g_test_message ("%u saves failed", self.n_failed);
  end (&self);
}

/* --- the layers follow --- */

static KutipMigrateReport *
migrate (Study *self, GError **error)
{
  g_autoptr (KutipTagsetFile) file = read_tagset (self);
  g_autoptr (KutipTagset) tagset = make_tagset (TRUE);
  g_autoptr (KutipMigration) migration = kutip_migration_new ("Study", "2");
  KutipMigrateJob job = { file, tagset, GUIDELINES, migration };

  if (file->error != NULL)
    {
      g_propagate_error (error, g_error_copy (file->error));
      return NULL;
    }
  kutip_migration_add (migration, &(KutipMigrationStep){ KUTIP_TERM_LABEL, NULL, "quote",
                                                         KUTIP_FATE_RENAME, "content" });
  return kutip_migrate_run (&job, NULL, NULL, NULL, error);
}

static GFile *
find_record (Study *self)
{
  g_autoptr (GFile) root = g_file_new_for_path (self->study);

  return kutip_migrate_record_find (root);
}

/* Whatever was begun, all of it goes back. */
static void
take_back (Study *self)
{
  g_autoptr (GFile) record = find_record (self);
  g_autoptr (KutipMigrateReport) back = NULL;
  g_autoptr (GError) error = NULL;

  if (record != NULL)
    {
      back = kutip_migrate_take_back (record, NULL, NULL, &error);
      if (back == NULL)
        g_error ("after %s: %s", sweep_get_planned (), error->message);
      for (guint i = 0; i < back->problems->len; i++)
        {
          const KutipMigrateProblem *problem = g_ptr_array_index (back->problems, i);

          g_error ("after %s: %s: %s", sweep_get_planned (), problem->path,
                   problem->reason);
        }
    }
}

static void
tell_problems (Study *self, KutipMigrateReport *report)
{
  for (guint i = 0; i < report->problems->len; i++)
    {
      const KutipMigrateProblem *problem = g_ptr_array_index (report->problems, i);

      if (!tells_reason (problem->reason))
        g_error ("with %s: %s: no reason: %s", sweep_get_planned (), problem->path,
                 problem->reason);
    }
  self->n_failed += report->problems->len > 0;
}

static void
run_migration (gboolean clean, gpointer data)
{
  Study *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipMigrateReport) report = NULL;

  if (clean)
    {
      take_back (self);
      assert_same (self, self->before, "taken back after");
      report = migrate (self, &error);
      if (report == NULL || report->problems->len > 0)
        g_error ("after %s: %s", sweep_get_planned (),
                 error != NULL ? error->message : "there were problems");
      assert_old_or_new (self);
      take_back (self);
      assert_same (self, self->before, "done and taken back after");
      remove_temporary (self);
      return;
    }
  report = migrate (self, &error);
  fault_clear ();
  if (report != NULL)
    tell_problems (self, report);
  else
    {
      assert_told (error->message);
      self->n_failed++;
    }
  assert_old_or_new (self);
}

static void
test_migration (void)
{
  Study self;
  g_autoptr (GError) error = NULL;
  KutipMigrateReport *report;

  begin (&self);
  report = migrate (&self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_changed, ==, 2);
  kutip_migrate_report_free (report);
  self.whole = tree_take (self.study);
  take_back (&self);
  assert_same (&self, self.before, "taken back");
  g_assert_cmpuint (sweep (run_migration, &self, "faulty"), >, rounds (500));
  g_test_message ("%u migrations failed", self.n_failed);
  end (&self);
}

/* The power fails in the middle: each file is old or new, and all of it goes back; what
 * was told to be done is. */
static void
check_migration (const char *promised, gpointer data)
{
  Study *self = data;

  assert_old_or_new (self);
  if (*promised != '\0')
    {
      g_autoptr (GHashTable) now = tree_take (self->study);

      g_assert_cmpstr (tree_compare (now, self->whole, NULL), ==, NULL);
    }
  take_back (self);
  {
    g_autoptr (GHashTable) now = tree_take (self->study);
    GHashTableIter iter;
    gpointer name, content;

    g_hash_table_iter_init (&iter, self->before);
    while (g_hash_table_iter_next (&iter, &name, &content))
      if (!g_bytes_equal (content, g_hash_table_lookup (now, name)))
        g_error ("“%s” did not go back", (char *) name);
  }
}

static void
test_migration_and_power (void)
{
  Study self;
  g_autoptr (Disk) disk = NULL;
  g_autoptr (GPtrArray) done = NULL;
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "kutip", NULL);
  g_autoptr (KutipMigrateReport) report = NULL;

  begin (&self);
  disk = disk_new ((const char *const[]){ self.folder, state, NULL });
  fault_record (g_get_tmp_dir ());
  report = migrate (&self, NULL);
  fault_record_mark ("done");
  done = fault_take_records ();
  self.whole = tree_take (self.study);
  g_assert_cmpuint (disk_fail_everywhere (disk, done, check_migration, &self), >, 20);
  end (&self);
}

/* --- words are marked in all articles --- */

static KutipBulkMark *
mark_everywhere (Study *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->study);
  g_autoptr (KutipOccurrences) occurrences = kutip_occurrences_new ();
  KutipSearchQuery query = { .pattern = "rains", .covering = "quote" };
  g_autoptr (GPtrArray) lines = NULL;
  KutipBulkMark *bulk = kutip_bulk_mark_new ("quote", NULL);
  KutipConcordance *places = kutip_occurrences_get_places (occurrences);
  g_autoptr (GError) error = NULL;

  kutip_occurrences_search (occurrences, &query, folder, NULL, &error);
  g_assert_no_error (error);
  while (kutip_concordance_is_running (places))
    g_main_context_iteration (NULL, TRUE);
  lines = kutip_occurrences_list_chosen (occurrences);
  kutip_bulk_mark_set_record (bulk, folder);
  kutip_bulk_mark_start (bulk, lines, NULL, NULL);
  while (kutip_bulk_mark_is_running (bulk))
    g_main_context_iteration (NULL, TRUE);
  return bulk;
}

/* Only a journal that could not be written any more, while the sidecar could, does not
 * know what is in the sidecar; it is kept. */
static void
assert_journal_ended (const GError *error)
{
  static const char *const lasting[] = { "a full disk", "a dying disk", "read-only" };
  gboolean lasts = FALSE;

  g_assert_nonnull (strstr (error->message, ".aside-"));
  for (gsize i = 0; i < G_N_ELEMENTS (lasting); i++)
    lasts = lasts || g_str_has_suffix (sweep_get_planned (), lasting[i]);
  if (!lasts)
    g_error ("with %s: %s", sweep_get_planned (), error->message);
}

/* How many spans all articles have. */
static guint
count_spans (Study *self)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (articles); i++)
    {
      g_autoptr (GFile) article = place_file (self->study, articles[i], NULL);
      g_autoptr (KutipOpened) opened = place_open (article);
      KutipSaver *saver;

      g_assert_no_error (opened->sidecar_error);
      if (opened->journal_error != NULL)
        assert_journal_ended (opened->journal_error);
      n += kutip_layer_get_n_spans (kutip_document_get_layer (opened->document));
      saver = kutip_saver_new (opened);
      place_close (saver); /* with what was recovered */
    }
  return n;
}

/* By what is on the disk alone, as after a restart. */
static void
take_marks_back (Study *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->study);
  g_autoptr (KutipBulkMark) bulk = kutip_bulk_mark_load (folder);

  g_assert_nonnull (bulk);
  kutip_bulk_mark_take_back (bulk, NULL, NULL);
  while (kutip_bulk_mark_is_running (bulk))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (kutip_bulk_mark_get_failures (bulk)->len, ==, 0);
}

/* What it says is marked, is; what it does not, is not; all that is can be taken back by
 * another run, and marked again when all is well. */
static void
run_bulk (gboolean clean, gpointer data)
{
  Study *self = data;
  g_autoptr (KutipBulkMark) bulk = mark_everywhere (self);
  GPtrArray *failures;
  guint n_marked;

  fault_clear ();
  failures = kutip_bulk_mark_get_failures (bulk);
  n_marked = kutip_bulk_mark_get_n_marked (bulk);
  for (guint i = 0; i < failures->len; i++)
    if (strstr (g_ptr_array_index (failures, i), ".txt") == NULL ||
        !tells_reason (g_ptr_array_index (failures, i)))
      g_error ("with %s: %s", sweep_get_planned (),
               (char *) g_ptr_array_index (failures, i));
  self->n_failed += failures->len > 0;
  if (clean)
    {
      g_assert_cmpuint (failures->len, ==, 0);
      g_assert_cmpuint (count_spans (self), ==, 4);
      prepare (self);
      return;
    }
  if (count_spans (self) != 2 + n_marked)
    g_error ("with %s: %u are said to be marked, and there are %u", sweep_get_planned (),
             n_marked, count_spans (self) - 2);
  if (n_marked > 0)
    take_marks_back (self);
  if (count_spans (self) != 2)
    g_error ("with %s: not all could be taken back", sweep_get_planned ());
}

static void
test_bulk (void)
{
  Study self;

  begin (&self);
  g_assert_cmpuint (sweep (run_bulk, &self, "faulty/deep"), >, rounds (100));
  g_assert_cmpuint (sweep (run_bulk, &self, "kutip/journal"), >, rounds (100));
  g_assert_cmpuint (sweep (run_bulk, &self, "kutip/marked"), >, rounds (50));
  g_test_message ("%u markings failed in part", self.n_failed);
  kutip_concordance_join_all ();
  end (&self);
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/study/tagset", test_tagset);
  g_test_add_func ("/study/migration", test_migration);
  g_test_add_func ("/study/migration-and-power", test_migration_and_power);
  g_test_add_func ("/study/bulk", test_bulk);
  return g_test_run ();
}
