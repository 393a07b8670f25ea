/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/migrate/migrate.h"

#include "corpus/sidecars.h"
#include "format/sidecar/sidecar.h"
#include "format/tagset/tagset-json.h"
#include "store/journal.h"
#include "store/open.h"
#include "store/paths.h"
#include "store/write.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* A walk over the sidecars of a folder. */
typedef struct
{
  GFile *folder;
  KutipMigration *migration;
  KutipTagset *tagset;        /* NULL: only to look */
  KutipMigrateRecord *record; /* NULL: only to look */
  KutipMigrateReport *report;
  KutipText *no_text;
  char *article;  /* of the sidecar before: those of one article follow one another */
  guint *counts;  /* of one sidecar */
  char **counted; /* a step: the article that it was last counted for */
} Run;

static void
free_problem (gpointer data)
{
  KutipMigrateProblem *problem = data;

  g_free (problem->path);
  g_free (problem->reason);
  g_free (problem);
}

static KutipMigrateReport *
report_new (guint n_steps)
{
  KutipMigrateReport *self = g_new0 (KutipMigrateReport, 1);

  self->n_steps = n_steps;
  self->hits = g_new0 (guint, n_steps + 1);
  self->articles = g_new0 (guint, n_steps + 1);
  self->problems = g_ptr_array_new_with_free_func (free_problem);
  return self;
}

void
kutip_migrate_report_free (KutipMigrateReport *self)
{
  g_free (self->hits);
  g_free (self->articles);
  g_ptr_array_unref (self->problems);
  g_clear_object (&self->record);
  g_free (self);
}

static void
add_problem (KutipMigrateReport *self, const char *path, const char *reason)
{
  KutipMigrateProblem *problem = g_new (KutipMigrateProblem, 1);

  problem->path = path != NULL ? g_filename_display_name (path) : NULL;
  problem->reason = g_strdup (reason);
  g_ptr_array_add (self->problems, problem);
}

static void
run_init (Run *self, GFile *folder, KutipMigration *migration)
{
  guint n_steps = kutip_migration_get_n_steps (migration);

  *self = (Run){ .folder = folder, .migration = migration };
  self->report = report_new (n_steps);
  self->no_text = kutip_text_new ("");
  self->counts = g_new0 (guint, n_steps + 1);
  self->counted = g_new0 (char *, n_steps + 1);
}

static void
run_clear (Run *self)
{
  for (guint i = 0; i < kutip_migration_get_n_steps (self->migration); i++)
    g_free (self->counted[i]);
  g_clear_pointer (&self->report, kutip_migrate_report_free);
  g_clear_pointer (&self->record, kutip_migrate_record_free);
  kutip_text_unref (self->no_text);
  g_free (self->counted);
  g_free (self->counts);
  g_free (self->article);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* A sidecar on its way. */
typedef struct
{
  const char *path; /* below the folder */
  GFile *file;
  KutipStamp stamp;
  GBytes *bytes;
  KutipSidecarInfo info;
  KutipLayer *layer; /* against no text: whatever becomes of the article */
} Sidecar;

static void
sidecar_clear (Sidecar *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->layer);
  kutip_sidecar_info_clear (&self->info);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sidecar, sidecar_clear)

static gboolean
sidecar_read (Sidecar *self, Run *run, GCancellable *cancellable, GError **error)
{
  const char *data;
  gsize n_bytes;

  self->bytes = kutip_stamp_read (self->file, KUTIP_OPEN_MAX_BYTES, &self->stamp,
                                  cancellable, error);
  if (self->bytes == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             _ ("It is not there any more."));
      return FALSE;
    }
  data = g_bytes_get_data (self->bytes, &n_bytes);
  self->layer = kutip_sidecar_read (data, n_bytes, run->no_text, &self->info, error);
  if (self->layer == NULL)
    return FALSE;
  if (self->info.format <= KUTIP_SIDECAR_FORMAT)
    return TRUE;
  g_set_error_literal (error, KUTIP_SIDECAR_ERROR, KUTIP_SIDECAR_ERROR_INVALID,
                       _ ("It was written by a newer version of Kutip."));
  return FALSE;
}

static char *
get_article_path (GFile *sidecar)
{
  g_autoptr (GFile) article = kutip_paths_get_article (sidecar, NULL);

  return g_file_get_path (article != NULL ? article : sidecar);
}

/* @article is that of the sidecar just looked at. */
static void
count (Run *self, const char *article, gboolean changes)
{
  KutipMigrateReport *report = self->report;

  for (guint i = 0; i < report->n_steps; i++)
    {
      report->hits[i] += self->counts[i];
      if (self->counts[i] == 0 || g_strcmp0 (self->counted[i], article) == 0)
        continue;
      report->articles[i]++;
      g_free (self->counted[i]);
      self->counted[i] = g_strdup (article);
    }
  if (!changes)
    return;
  report->n_changed++;
  if (g_strcmp0 (self->article, article) == 0)
    return;
  report->n_articles++;
  g_free (self->article);
  self->article = g_strdup (article);
}

/* What the sidecar was is kept before it is another. */
static gboolean
replace (Run *self, Sidecar *sidecar, GString *bytes, GError **error)
{
  char after[KUTIP_DIGEST_SIZE];

  kutip_digest (bytes->str, bytes->len, after);
  return kutip_migrate_record_add (self->record, sidecar->path, sidecar->bytes, after,
                                   error) &&
         kutip_write_file_over (sidecar->file, bytes->str, bytes->len, &sidecar->stamp,
                                error);
}

/* Without its article, which may have changed or be gone: nothing but the terms is
 * another afterwards. */
static gboolean
change_alone (Run *self, Sidecar *sidecar, GError **error)
{
  g_autoptr (KutipArticle) article =
      kutip_article_new (self->no_text, sidecar->info.file, sidecar->info.sha256, NULL);
  g_autoptr (KutipDocument) document =
      kutip_document_new (article, self->tagset, sidecar->layer);
  g_autoptr (KutipChange) change =
      kutip_migration_make_change (self->migration, sidecar->layer, self->counts);
  GString *bytes;
  gboolean done;

  if (change == NULL)
    return TRUE;
  if (!kutip_document_apply (document, change, error))
    return FALSE;
  bytes = kutip_sidecar_write_unread (&sidecar->info, sidecar->layer);
  done = replace (self, sidecar, bytes, error);
  g_string_free (bytes, TRUE);
  return done;
}

/* With the history that there is of it, so that the migration is a step to undo like any
 * other. */
static gboolean
change_with_history (Run *self, Sidecar *sidecar, KutipOpened *opened, GError **error)
{
  KutipLayer *layer = kutip_document_get_layer (opened->document);
  g_autoptr (KutipChange) change =
      kutip_migration_make_change (self->migration, layer, self->counts);
  GString *bytes;
  gboolean done;

  if (change != NULL && !kutip_document_apply (opened->document, change, error))
    return FALSE;
  bytes = kutip_sidecar_write (kutip_document_get_article (opened->document), layer);
  done = replace (self, sidecar, bytes, error);
  g_string_free (bytes, TRUE);
  if (!done)
    return FALSE;
  if (change != NULL)
    kutip_journal_append_change (opened->journal, change, KUTIP_DIRECTION_DO);
  kutip_journal_append_saved (opened->journal, sidecar->stamp.sha256,
                              kutip_journal_get_position (opened->journal));
  kutip_journal_flush (opened->journal, NULL);
  return TRUE;
}

static gboolean
fail_open_elsewhere (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                       _ ("It is open in another program."));
  return FALSE;
}

static gboolean
change_journaled (Run *self, Sidecar *sidecar, GCancellable *cancellable, GError **error)
{
  g_autoptr (KutipOpened) opened = kutip_open (sidecar->file, NULL, cancellable, NULL);

  if (opened == NULL)
    return change_alone (self, sidecar, error);
  if (opened->locked_elsewhere)
    return fail_open_elsewhere (error);
  if (opened->journal == NULL)
    return change_alone (self, sidecar, error);
  if (!opened->text_changed && opened->sidecar_error == NULL &&
      strcmp (opened->sidecar_stamp.sha256, sidecar->stamp.sha256) == 0)
    return change_with_history (self, sidecar, opened, error);
  if (!opened->recovered)
    return change_alone (self, sidecar, error);
  g_set_error_literal (
      error, G_IO_ERROR, G_IO_ERROR_BUSY,
      _ ("There is unsaved work on it, and its article has changed: open "
         "it first, and look at both."));
  return FALSE;
}

/* The lock of the journal keeps other programs away. NULL without an error when there is
 * no place for journals; with one when another has it. */
static KutipJournal *
lock_journal (GFile *sidecar, GError **error)
{
  g_autofree char *path = kutip_paths_get_journal (sidecar);
  g_autoptr (GError) local_error = NULL;
  KutipJournal *journal = kutip_journal_open (path, &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_BUSY))
    fail_open_elsewhere (error);
  return journal;
}

/* @error is never NULL. */
static gboolean
change_sidecar (Run *self, Sidecar *sidecar, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = kutip_paths_get_journal (sidecar->file);
  g_autoptr (KutipJournal) journal = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return change_journaled (self, sidecar, cancellable, error);
  journal = lock_journal (sidecar->file, error);
  if (journal == NULL && *error != NULL)
    return FALSE;
  return change_alone (self, sidecar, error);
}

/* Work that a killed program left in the sidecar's journal may have terms that the
 * sidecar has not. */
static gboolean
has_unsaved_work (Sidecar *sidecar)
{
  g_autofree char *path = kutip_paths_get_journal (sidecar->file);
  g_autoptr (KutipOpened) opened = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  opened = kutip_open (sidecar->file, NULL, NULL, NULL);
  return opened != NULL && opened->recovered;
}

/* FALSE only when cancelled. */
static gboolean
visit (Run *self, const char *path, GCancellable *cancellable)
{
  g_auto (Sidecar) sidecar = { .path = path };
  g_autofree char *article = NULL;
  g_autoptr (KutipChange) change = NULL;
  g_autoptr (GError) error = NULL;
  gboolean changes;

  sidecar.file = g_file_resolve_relative_path (self->folder, path);
  article = get_article_path (sidecar.file);
  self->report->n_sidecars++;
  if (sidecar_read (&sidecar, self, cancellable, &error))
    {
      change = kutip_migration_make_change (self->migration, sidecar.layer, self->counts);
      changes = change != NULL || (self->record != NULL && has_unsaved_work (&sidecar));
      if (!changes || self->record == NULL ||
          change_sidecar (self, &sidecar, cancellable, &error))
        count (self, article, changes);
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  if (error != NULL)
    add_problem (self->report, path, error->message);
  return TRUE;
}

static gboolean
visit_all (Run *self,
           KutipMigrateProgress progress,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) paths =
      kutip_sidecars_list (self->folder, unread, cancellable, error);

  if (paths == NULL)
    return FALSE;
  for (guint i = 0; i < unread->len; i++)
    add_problem (self->report, NULL, g_ptr_array_index (unread, i));
  for (guint i = 0; i < paths->len; i++)
    {
      if (progress != NULL)
        progress (i, paths->len, data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!visit (self, g_ptr_array_index (paths, i), cancellable))
        return !g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  if (progress != NULL)
    progress (paths->len, paths->len, data);
  return TRUE;
}

KutipMigrateReport *
kutip_migrate_preview (GFile *folder,
                       KutipMigration *migration,
                       KutipMigrateProgress progress,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_auto (Run) run = { 0 };

  run_init (&run, folder, migration);
  return visit_all (&run, progress, data, cancellable, error)
             ? g_steal_pointer (&run.report)
             : NULL;
}

/* The file as it is on the disk now, before it is written; what it will be is known only
 * from @after. */
static gboolean
record_file (Run *self, GFile *file, const char *after, GError **error)
{
  g_autofree char *path = g_file_get_relative_path (self->folder, file);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) before = NULL;
  KutipStamp stamp;
  char digest[KUTIP_DIGEST_SIZE];

  before = kutip_stamp_read (file, KUTIP_OPEN_MAX_BYTES, &stamp, NULL, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  kutip_digest (after, strlen (after), digest);
  return kutip_migrate_record_add (self->record, path, before, digest, error);
}

static gboolean
write_tagset (Run *self, const KutipMigrateJob *job, GError **error)
{
  g_autofree char *json = kutip_tagset_to_json (job->tagset);
  g_autofree char *name = kutip_tagset_file_dup_guidelines_name (job->file);
  g_autoptr (GFile) guidelines = g_file_resolve_relative_path (self->folder, name);

  if (job->guidelines != NULL && *job->guidelines != '\0' &&
      g_strcmp0 (job->guidelines, job->file->guidelines) != 0 &&
      !record_file (self, guidelines, job->guidelines, error))
    return FALSE;
  return record_file (self, job->file->file, json, error) &&
         kutip_tagset_file_write (job->file, job->tagset, job->guidelines, error);
}

KutipMigrateReport *
kutip_migrate_run (const KutipMigrateJob *job,
                   KutipMigrateProgress progress,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (job->file->file);
  g_auto (Run) run = { 0 };
  g_autoptr (GFile) record = NULL;

  run_init (&run, folder, job->migration);
  run.tagset = job->tagset;
  run.record = kutip_migrate_record_new (folder, error);
  if (run.record == NULL)
    return NULL;
  record = g_object_ref (kutip_migrate_record_get_folder (run.record));
  if (write_tagset (&run, job, error) &&
      visit_all (&run, progress, data, cancellable, error))
    {
      run.report->record = g_steal_pointer (&record);
      return g_steal_pointer (&run.report);
    }
  g_clear_pointer (&run.report, kutip_migrate_report_free);
  run.report = kutip_migrate_take_back (record, NULL, NULL, NULL);
  return NULL;
}

/* A file goes back to what it was if it still is what it was made then. @error is never
 * NULL. */
static gboolean
put_back (GFile *record, GFile *folder, const KutipMigrateLine *line, GError **error)
{
  g_autoptr (GFile) file = g_file_resolve_relative_path (folder, line->path);
  g_autoptr (GFile) copy = kutip_migrate_record_get_copy (record, line->path);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) now = NULL;
  g_autoptr (KutipJournal) journal = NULL;
  KutipStamp stamp, copy_stamp = { 0 };

  now = kutip_stamp_read (file, KUTIP_OPEN_MAX_BYTES, &stamp, NULL, error);
  if (!line->is_new)
    before = kutip_stamp_read (copy, KUTIP_OPEN_MAX_BYTES, &copy_stamp, NULL, error);
  if (*error != NULL)
    return FALSE;
  if (now == NULL ? line->is_new
                  : (before != NULL && strcmp (stamp.sha256, copy_stamp.sha256) == 0))
    return TRUE;
  if (now == NULL || strcmp (stamp.sha256, line->after) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
                           _ ("It has been changed since."));
      return FALSE;
    }
  journal = lock_journal (file, error);
  if (journal == NULL && *error != NULL)
    return FALSE;
  if (line->is_new)
    return g_file_delete (file, NULL, error);
  if (before == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _ ("The copy of what it was is gone."));
      return FALSE;
    }
  return kutip_write_file_over (file, g_bytes_get_data (before, NULL),
                                g_bytes_get_size (before), &stamp, error);
}

KutipMigrateReport *
kutip_migrate_take_back (GFile *record,
                         KutipMigrateProgress progress,
                         gpointer data,
                         GError **error)
{
  g_autoptr (GPtrArray) lines = kutip_migrate_record_read (record, error);
  g_autoptr (GFile) folder = g_file_get_parent (record);
  KutipMigrateReport *report;

  if (lines == NULL)
    return NULL;
  report = report_new (0);
  /* Backwards: the tag set comes last, as what it is for is there. */
  for (guint i = lines->len; i > 0; i--)
    {
      const KutipMigrateLine *line = g_ptr_array_index (lines, i - 1);
      g_autoptr (GError) local_error = NULL;

      if (progress != NULL)
        progress (lines->len - i, lines->len, data);
      if (put_back (record, folder, line, &local_error))
        report->n_changed++;
      else
        add_problem (report, line->path, local_error->message);
    }
  if (report->problems->len == 0)
    kutip_migrate_record_remove (record);
  else
    report->record = g_object_ref (record);
  return report;
}
