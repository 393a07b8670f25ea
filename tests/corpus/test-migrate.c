/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/migrate/migrate.h"

#include "../store/place.h"
#include "corpus/sidecars.h"
#include "format/sidecar/sidecar.h"
#include "format/tagset/tagset-json.h"
#include "store/journal.h"
#include "store/paths.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define TEXT "Ana said that it rains. Budi denies it.\n"

static const char tagset_json[] =
    "{\"format\": 1, \"name\": \"Study\", \"version\": \"1\", \"x\": 7,\n"
    "\"labels\": [{\"name\": \"quote\", \"attributes\": [\"form\"]}, {\"name\": \"source\"}],\n"
    "\"attributes\": [{\"name\": \"form\", \"values\": [\"direct\", \"indirect\"]}],\n"
    "\"relations\": [{\"name\": \"by\", \"from\": [\"quote\"], \"to\": [\"source\"]}]}\n";

static const char renamed_json[] =
    "{\"format\": 1, \"name\": \"Study\", \"version\": \"2\",\n"
    "\"labels\": [{\"name\": \"content\", \"attributes\": [\"form\"]}, {\"name\": \"source\"}],\n"
    "\"attributes\": [{\"name\": \"form\", \"values\": [\"direct\", \"indirect\"]}],\n"
    "\"relations\": [{\"name\": \"by\", \"from\": [\"content\"], \"to\": [\"source\"]}]}\n";

/* A sidecar of an article with the text TEXT: "Ana" is the source of a quote. */
static char *
make_sidecar (const char *article, const char *extra)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, TEXT, -1);

  return g_strdup_printf (
      "{\n  \"format\": 1,\n"
      "  \"article\": {\"file\": \"%s\", \"sha256\": \"%s\", \"length\": %d},\n"
      "  \"offsets\": \"unicode code points\",\n"
      "  \"tagset\": {\"name\": \"Study\", \"version\": \"1\"},\n"
      "  \"status\": \"in-progress\",\n%s"
      "  \"spans\": [\n"
      "    {\"id\": \"s1\", \"label\": \"source\", \"ranges\": [[0, 3]], \"text\": "
      "[\"Ana\"], \"suffix\": \" said that it rains. Budi denies \"},\n"
      "    {\"id\": \"s2\", \"label\": \"quote\", \"ranges\": [[14, 22]], \"text\": "
      "[\"it rains\"], \"prefix\": \"Ana said that \", \"suffix\": \". Budi denies "
      "it.\\n\", \"attributes\": {\"form\": \"direct\"}, \"y\": [1, 2]}\n"
      "  ],\n"
      "  \"relations\": [\n"
      "    {\"id\": \"r3\", \"label\": \"by\", \"from\": \"s2\", \"to\": \"s1\"}\n"
      "  ]\n}\n",
      article, digest, (int) strlen (TEXT), extra);
}

/* A study: two annotators of "a", one of "deep/b", one file in a folder with another tag
 * set, one whose article is gone, one that is broken, one of a newer format. */
static const char *const names[] = {
  "a.txt.alice.annotations.json", "a.txt.bob.annotations.json",
  "broken.txt.annotations.json",  "deep/b..c.txt.annotations.json",
  "gone.txt.annotations.json",    "newer.txt.annotations.json",
  "other/c.txt.annotations.json",
};
#define N_NAMES G_N_ELEMENTS (names)

static char *
make_study (void)
{
  char *folder = place_new ();
  static const char *const folders[] = { "deep", "other", ".hidden" };
  static const char *const articles[] = { "a.txt", "broken.txt", "newer.txt",
                                          "deep/b..c.txt", "other/c.txt" };
  g_autofree char *content = make_sidecar ("x.txt", "");
  g_autofree char *other = make_sidecar ("x.txt", "  \"note\": \"bob’s\",\n");

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (folder, folders[i], NULL);

      g_assert_cmpint (g_mkdir (path, 0777), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (articles); i++)
    g_object_unref (place_file (folder, articles[i], TEXT));
  g_object_unref (place_file (folder, "tagset.json", tagset_json));
  g_object_unref (place_file (folder, "other/tagset.json", tagset_json));
  g_object_unref (place_file (folder, ".hidden/a.txt.annotations.json", content));
  for (guint i = 0; i < N_NAMES; i++)
    {
      const char *what = i == 1 ? other : content;
      g_autofree char *newer = NULL;

      if (i == 2)
        what = "{\"format\": 1, ";
      if (i == 5)
        {
          newer = g_strdup (content);
          *strchr (newer, '1') = '9';
          what = newer;
        }
      g_object_unref (place_file (folder, names[i], what));
    }
  return folder;
}

static char *
read_name (const char *folder, const char *name)
{
  g_autoptr (GFile) file = place_file (folder, name, NULL);

  return place_read (file);
}

/* What all files of the study hold, to see that nothing else was touched. */
static char *
snapshot (const char *folder)
{
  GString *out = g_string_new (NULL);
  g_autofree char *tagset = read_name (folder, "tagset.json");

  g_string_append (out, tagset);
  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *content = read_name (folder, names[i]);

      g_string_append_printf (out, "%s\n%s", names[i], content != NULL ? content : "-");
    }
  return g_string_free (out, FALSE);
}

/* quote becomes @to. */
static KutipMigration *
make_migration (const char *to)
{
  KutipMigration *migration = kutip_migration_new ("Study", "2");

  kutip_migration_add (migration, &(KutipMigrationStep){ KUTIP_TERM_LABEL, NULL, "quote",
                                                         KUTIP_FATE_RENAME, to });
  return migration;
}

static KutipMigrateReport *
run (const char *folder,
     const char *to,
     KutipMigrateProgress progress,
     gpointer data,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (GFile) file = place_file (folder, "tagset.json", NULL);
  g_autoptr (KutipTagsetFile) read = kutip_tagset_file_read (file, NULL);
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_from_json (renamed_json, strlen (renamed_json), NULL);
  g_autoptr (KutipMigration) migration = make_migration (to);
  KutipMigrateJob job = { read, tagset, "# How\n", migration };

  g_assert_nonnull (tagset);
  return kutip_migrate_run (&job, progress, data, cancellable, error);
}

static void
assert_problems (KutipMigrateReport *report, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < report->problems->len; i++)
    {
      const KutipMigrateProblem *problem = g_ptr_array_index (report->problems, i);

      g_assert_cmpstr (problem->reason, !=, "");
      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", problem->path);
    }
  g_assert_cmpstr (out->str, ==, expected);
}

#define LEFT_ALONE "broken.txt.annotations.json newer.txt.annotations.json"

static void
test_list (void)
{
  char *folder = make_study ();
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *loop = g_build_filename (folder, "deep", "loop", NULL);
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *joined = NULL;

  g_assert_cmpint (symlink (folder, loop), ==, 0);
  paths = kutip_sidecars_list (file, problems, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_ptr_array_add (paths, NULL);
  joined = g_strjoinv (" ", (char **) paths->pdata);
  g_assert_cmpstr (joined, ==,
                   "a.txt.alice.annotations.json a.txt.bob.annotations.json "
                   "broken.txt.annotations.json deep/b..c.txt.annotations.json "
                   "gone.txt.annotations.json newer.txt.annotations.json");
  place_remove (folder);
}

static void
test_preview (void)
{
  char *folder = make_study ();
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autofree char *before = snapshot (folder);
  g_autofree char *after = NULL;
  g_autoptr (KutipMigration) migration = make_migration ("content");
  g_autoptr (KutipMigrateReport) report = NULL;
  g_autoptr (GError) error = NULL;

  kutip_migration_add (migration,
                       &(KutipMigrationStep){ KUTIP_TERM_VALUE, "form", "indirect",
                                              KUTIP_FATE_KEEP, NULL });
  kutip_migration_add (migration, &(KutipMigrationStep){ KUTIP_TERM_RELATION, NULL, "by",
                                                         KUTIP_FATE_KEEP, NULL });
  report = kutip_migrate_preview (file, migration, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_sidecars, ==, 6);
  g_assert_cmpuint (report->n_changed, ==, 4);
  g_assert_cmpuint (report->n_articles, ==, 3);
  g_assert_cmpuint (report->hits[0], ==, 4);
  g_assert_cmpuint (report->articles[0], ==, 3);
  g_assert_cmpuint (report->hits[1], ==, 0);
  g_assert_cmpuint (report->hits[2], ==, 4);
  g_assert_cmpuint (report->articles[2], ==, 3);
  g_assert_null (report->record);
  assert_problems (report, LEFT_ALONE);
  after = snapshot (folder);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (place_count (folder, "migration"), ==, 0);
  place_remove (folder);
}

/* Of the sidecars that changed nothing but the label and the version is another. */
static void
assert_migrated (const char *before, const char *after)
{
  g_autoptr (GString) expected = g_string_new (before);

  g_string_replace (expected, "\"label\": \"quote\"", "\"label\": \"content\"", 0);
  g_string_replace (expected, "\"version\": \"1\"}", "\"version\": \"2\"}", 0);
  g_assert_cmpstr (after, ==, expected->str);
}

static void
test_run (void)
{
  char *folder = make_study ();
  g_autoptr (GFile) root = g_file_new_for_path (folder);
  g_autofree char *before = snapshot (folder);
  g_autofree char *restored = NULL;
  char *contents[N_NAMES];
  g_autoptr (KutipMigrateReport) report = NULL;
  g_autoptr (KutipMigrateReport) back = NULL;
  g_autoptr (GFile) record = NULL;
  g_autofree char *guidelines = NULL;
  g_autofree char *no_guidelines = NULL;
  g_autofree char *tagset = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_NAMES; i++)
    contents[i] = read_name (folder, names[i]);
  report = run (folder, "content", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_changed, ==, 4);
  assert_problems (report, LEFT_ALONE);
  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *after = read_name (folder, names[i]);

      if (i == 2 || i == 5 || i == 6)
        g_assert_cmpstr (after, ==, contents[i]);
      else
        assert_migrated (contents[i], after);
      g_free (contents[i]);
    }
  tagset = read_name (folder, "tagset.json");
  g_assert_nonnull (strstr (tagset, "\"version\": \"2\""));
  guidelines = read_name (folder, "guidelines.md");
  g_assert_cmpstr (guidelines, ==, "# How\n");
  record = kutip_migrate_record_find (root);
  g_assert_true (g_file_equal (record, report->record));

  back = kutip_migrate_take_back (record, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->problems->len, ==, 0);
  g_assert_cmpuint (back->n_changed, ==, 6);
  restored = snapshot (folder);
  g_assert_cmpstr (restored, ==, before);
  no_guidelines = read_name (folder, "guidelines.md");
  g_assert_null (no_guidelines);
  g_assert_cmpuint (place_count (folder, "migration"), ==, 0);
  g_assert_null (kutip_migrate_record_find (root));
  place_remove (folder);
}

static void
test_changed_since (void)
{
  char *folder = make_study ();
  g_autoptr (KutipMigrateReport) report = run (folder, "content", NULL, NULL, NULL, NULL);
  g_autoptr (KutipMigrateReport) back = NULL;
  g_autoptr (KutipMigrateReport) again = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *other = NULL;

  g_object_unref (place_file (folder, names[0], "{\"mine\": 1}"));
  back = kutip_migrate_take_back (report->record, NULL, NULL, NULL);
  assert_problems (back, names[0]);
  g_assert_true (g_file_equal (back->record, report->record));
  kept = read_name (folder, names[0]);
  g_assert_cmpstr (kept, ==, "{\"mine\": 1}");
  other = read_name (folder, names[1]);
  g_assert_nonnull (strstr (other, "\"quote\""));
  /* What is back already stays so. */
  again = kutip_migrate_take_back (report->record, NULL, NULL, NULL);
  assert_problems (again, names[0]);
  place_remove (folder);
}

typedef struct
{
  GCancellable *cancellable;
  guint at;
} Cancelling;

static void
cancel_at (guint done, guint total, gpointer data)
{
  Cancelling *self = data;

  if (done == self->at)
    g_cancellable_cancel (self->cancellable);
}

/* At every point: all is as it was. */
static void
test_cancel (void)
{
  for (guint at = 0; at < 6; at++)
    {
      char *folder = make_study ();
      g_autofree char *before = snapshot (folder);
      g_autofree char *after = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancelling cancelling = { cancellable, at };
      g_autoptr (GError) error = NULL;

      g_assert_null (
          run (folder, "content", cancel_at, &cancelling, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      after = snapshot (folder);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpuint (place_count (folder, "migration"), ==, 0);
      g_assert_cmpuint (place_count (folder, "guidelines"), ==, 0);
      place_remove (folder);
    }
}

/* One sidecar cannot be written, as it would become too long; the others are. */
static void
test_unwritable (void)
{
  char *folder = make_study ();
  g_autofree char *note = g_strnfill (60000, 'n');
  g_autofree char *extra = g_strdup_printf ("  \"note\": \"%s\",\n", note);
  g_autofree char *large = make_sidecar ("x.txt", extra);
  g_autofree char *long_name = g_strnfill (9000, 'c');
  g_autofree char *before = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *other = NULL;
  g_autoptr (KutipMigrateReport) report = NULL;
  g_autoptr (KutipMigrateReport) back = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit old, tight;

  g_object_unref (place_file (folder, names[1], large));
  before = snapshot (folder);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  tight = old;
  tight.rlim_cur = strlen (large) + 4000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  report = run (folder, long_name, NULL, NULL, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  signal (SIGXFSZ, SIG_DFL);
  g_assert_no_error (error);
  assert_problems (report, "a.txt.bob.annotations.json broken.txt.annotations.json "
                           "newer.txt.annotations.json");
  g_assert_cmpuint (report->n_changed, ==, 3);
  kept = read_name (folder, names[1]);
  g_assert_cmpstr (kept, ==, large);
  other = read_name (folder, names[0]);
  g_assert_nonnull (strstr (other, long_name));
  back = kutip_migrate_take_back (report->record, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->problems->len, ==, 0);
  restored = snapshot (folder);
  g_assert_cmpstr (restored, ==, before);
  place_remove (folder);
}

static void
test_open_elsewhere (void)
{
  char *folder = make_study ();
  g_autoptr (GFile) sidecar = place_file (folder, names[0], NULL);
  g_autofree char *path = kutip_paths_get_journal (sidecar);
  g_autoptr (KutipJournal) journal = kutip_journal_open (path, NULL);
  g_autofree char *before = place_read (sidecar);
  g_autofree char *after = NULL;
  g_autoptr (KutipMigrateReport) report = NULL;

  g_assert_nonnull (journal);
  report = run (folder, "content", NULL, NULL, NULL, NULL);
  assert_problems (report, "a.txt.alice.annotations.json " LEFT_ALONE);
  after = place_read (sidecar);
  g_assert_cmpstr (after, ==, before);
  place_remove (folder);
}

static void
test_tagset_changed_meanwhile (void)
{
  char *folder = make_study ();
  g_autoptr (GFile) file = place_file (folder, "tagset.json", NULL);
  g_autoptr (KutipTagsetFile) read = kutip_tagset_file_read (file, NULL);
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_from_json (renamed_json, strlen (renamed_json), NULL);
  g_autoptr (KutipMigration) migration = make_migration ("content");
  KutipMigrateJob job = { read, tagset, NULL, migration };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  place_write (file, "{\"format\": 1, \"name\": \"theirs\"}\n");
  before = snapshot (folder);
  g_assert_null (kutip_migrate_run (&job, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  after = snapshot (folder);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (place_count (folder, "migration"), ==, 0);
  place_remove (folder);
}

/* What was done before can be undone as before, and the migration too. */
static void
test_history (void)
{
  char *folder = make_study ();
  g_autoptr (GFile) article = place_file (folder, "h.txt", TEXT);
  g_autoptr (KutipOpened) opened = place_open (article);
  g_autoptr (KutipOpened) again = NULL;
  g_autoptr (KutipMigrateReport) report = NULL;
  KutipSaver *saver = kutip_saver_new (opened);
  KutipLayer *layer;

  place_mark (opened->document, "source", 0, 3);
  place_mark (opened->document, "quote", 14, 22);
  place_close (saver);
  g_clear_pointer (&opened, kutip_opened_free);

  report = run (folder, "content", NULL, NULL, NULL, NULL);
  assert_problems (report, LEFT_ALONE);
  again = place_open (article);
  g_assert_no_error (again->journal_error);
  g_assert_false (again->recovered);
  layer = kutip_document_get_layer (again->document);
  g_assert_cmpstr (kutip_span_get_label (kutip_layer_get_span (layer, "s2")), ==,
                   "content");
  g_assert_true (kutip_document_undo (again->document));
  g_assert_cmpstr (kutip_span_get_label (kutip_layer_get_span (layer, "s2")), ==,
                   "quote");
  g_assert_true (kutip_document_undo (again->document));
  g_assert_null (kutip_layer_get_span (layer, "s2"));
  g_assert_nonnull (kutip_layer_get_span (layer, "s1"));
  g_clear_pointer (&again, kutip_opened_free);
  place_remove (folder);
}

/* A program was killed with work that only its journal has: that work is there
 * afterwards, migrated. */
static void
test_unsaved_work (void)
{
  char *folder = make_study ();
  g_autoptr (GFile) article = place_file (folder, "h.txt", TEXT);
  g_autoptr (KutipOpened) opened = place_open (article);
  g_autoptr (KutipOpened) again = NULL;
  g_autoptr (KutipMigrateReport) report = NULL;
  g_autoptr (GError) error = NULL;
  KutipSaver *saver = kutip_saver_new (opened);
  KutipSpan *span;

  place_mark (opened->document, "source", 0, 3);
  g_clear_error (&error);
  error = place_flush (saver);
  g_assert_no_error (error);
  place_mark (opened->document, "quote", 14, 22);
  g_assert_finalize_object (saver);
  g_clear_pointer (&opened, kutip_opened_free);

  report = run (folder, "content", NULL, NULL, NULL, NULL);
  assert_problems (report, LEFT_ALONE);
  again = place_open (article);
  g_assert_no_error (again->journal_error);
  span = kutip_layer_get_span (kutip_document_get_layer (again->document), "s2");
  g_assert_nonnull (span);
  g_assert_cmpstr (kutip_span_get_label (span), ==, "content");
  g_clear_pointer (&again, kutip_opened_free);
  place_remove (folder);
}

/* Its spans are not moved to where they might be now: that is for a person to see. */
static void
test_changed_article (void)
{
  char *folder = make_study ();
  g_autofree char *before = read_name (folder, names[0]);
  g_autofree char *after = NULL;
  g_autoptr (KutipMigrateReport) report = NULL;

  g_object_unref (place_file (folder, "a.txt", "Yesterday, " TEXT));
  report = run (folder, "content", NULL, NULL, NULL, NULL);
  assert_problems (report, LEFT_ALONE);
  after = read_name (folder, names[0]);
  assert_migrated (before, after);
  place_remove (folder);
}

typedef struct
{
  guint last, total, n_calls;
} Watched;

static void
watch_progress (guint done, guint total, gpointer data)
{
  Watched *self = data;

  g_assert_cmpuint (done, >=, self->last);
  g_assert_cmpuint (done, <=, total);
  self->last = done;
  self->total = total;
  self->n_calls++;
}

/* A large folder: all of it, and all of it back; progress only goes on. */
static void
test_many (void)
{
  const guint n = 500;
  char *folder = place_new ();
  g_autoptr (GFile) root = g_file_new_for_path (folder);
  g_autoptr (GTimer) timer = g_timer_new ();
  g_autoptr (KutipMigration) migration = make_migration ("content");
  g_autoptr (KutipMigrateReport) preview = NULL;
  g_autoptr (KutipMigrateReport) report = NULL;
  g_autoptr (KutipMigrateReport) back = NULL;
  Watched watched = { 0 };

  g_object_unref (place_file (folder, "tagset.json", tagset_json));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *article = g_strdup_printf ("article-%u.txt", i);
      g_autofree char *name = g_strconcat (article, ".annotations.json", NULL);
      g_autofree char *content = make_sidecar (article, "");

      g_object_unref (place_file (folder, article, TEXT));
      g_object_unref (place_file (folder, name, content));
    }
  g_timer_start (timer);
  preview = kutip_migrate_preview (root, migration, watch_progress, &watched, NULL, NULL);
  g_test_message ("%u sidecars looked at in %.2f s", n, g_timer_elapsed (timer, NULL));
  g_assert_cmpuint (preview->n_changed, ==, n);
  g_assert_cmpuint (watched.last, ==, n);
  g_assert_cmpuint (watched.n_calls, ==, n + 1);
  g_timer_start (timer);
  report = run (folder, "content", NULL, NULL, NULL, NULL);
  g_test_message ("%u sidecars changed in %.2f s", n, g_timer_elapsed (timer, NULL));
  g_assert_cmpuint (report->n_articles, ==, n);
  g_timer_start (timer);
  back = kutip_migrate_take_back (report->record, NULL, NULL, NULL);
  g_test_message ("%u sidecars taken back in %.2f s", n, g_timer_elapsed (timer, NULL));
  g_assert_cmpuint (back->problems->len, ==, 0);
  place_remove (folder);
}

/* A program was killed in the middle: copies were made, not all of the files replaced,
 * and a line of the log is torn. */
static void
test_killed (void)
{
  char *folder = make_study ();
  g_autofree char *before = snapshot (folder);
  g_autofree char *after = NULL;
  g_autofree char *original = read_name (folder, names[3]);
  g_autoptr (KutipMigrateReport) report = run (folder, "content", NULL, NULL, NULL, NULL);
  g_autofree char *log =
      g_build_filename (g_file_peek_path (report->record), "log", NULL);
  g_autoptr (KutipMigrateReport) back = NULL;
  g_autofree char *content = NULL;
  gsize n_bytes;

  g_object_unref (place_file (folder, names[3], original));
  g_assert_true (g_file_get_contents (log, &content, &n_bytes, NULL));
  /* The line of the last sidecar, which was not replaced either. */
  g_object_unref (place_file (folder, names[4], original));
  g_assert_true (g_file_set_contents (log, content, (gssize) n_bytes - 20, NULL));
  back = kutip_migrate_take_back (report->record, NULL, NULL, NULL);
  g_assert_cmpuint (back->problems->len, ==, 0);
  after = snapshot (folder);
  g_assert_cmpstr (after, ==, before);
  place_remove (folder);
}

/* Lines that lead elsewhere, or are none, do nothing. */
static void
test_hostile_log (void)
{
  char *folder = make_study ();
  g_autofree char *outside = g_build_filename (folder, "victim", NULL);
  g_autofree char *path = g_build_filename (folder, "deep", ".kutip-migration-3", NULL);
  g_autofree char *log = g_build_filename (path, "log", NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "v", -1);
  g_autofree char *content = g_strdup_printf (
      "%s - ../victim .\n\n%s - %%2e%%2e/victim .\n%s - %s .\nhalf a li\n", digest,
      digest, digest, outside);
  g_autoptr (GFile) record = g_file_new_for_path (path);
  g_autoptr (GFile) root = g_file_get_parent (record);
  g_autoptr (GFile) found = NULL;
  g_autoptr (KutipMigrateReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (path, 0777), ==, 0);
  g_assert_true (g_file_set_contents (outside, "v", -1, NULL));
  g_assert_true (g_file_set_contents (log, content, -1, NULL));
  found = kutip_migrate_record_find (root);
  g_assert_true (g_file_equal (found, record));
  report = kutip_migrate_take_back (record, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_changed, ==, 0);
  g_assert_true (g_file_test (outside, G_FILE_TEST_EXISTS));
  place_remove (folder);
}

int
main (int argc, char *argv[])
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/migrate/list", test_list);
  g_test_add_func ("/migrate/preview", test_preview);
  g_test_add_func ("/migrate/run", test_run);
  g_test_add_func ("/migrate/changed-since", test_changed_since);
  g_test_add_func ("/migrate/cancel", test_cancel);
  g_test_add_func ("/migrate/unwritable", test_unwritable);
  g_test_add_func ("/migrate/open-elsewhere", test_open_elsewhere);
  g_test_add_func ("/migrate/tagset-changed-meanwhile", test_tagset_changed_meanwhile);
  g_test_add_func ("/migrate/history", test_history);
  g_test_add_func ("/migrate/unsaved-work", test_unsaved_work);
  g_test_add_func ("/migrate/changed-article", test_changed_article);
  g_test_add_func ("/migrate/many", test_many);
  g_test_add_func ("/migrate/killed", test_killed);
  g_test_add_func ("/migrate/hostile-log", test_hostile_log);
  return g_test_run ();
}
