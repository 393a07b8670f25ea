/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving a tag set, and with it the annotations that were made with what it was: looking
 * at them and changing them goes on in a thread. */
#include "ui/tagset/migration-page.h"
#include "ui/tagset/tagset-editor-private.h"
#include "ui/tagset/tagset-rows.h"
#include "ui/toast.h"

#include <glib/gi18n.h>

/* How often progress is shown; milliseconds. */
#define INTERVAL 100

/* Something that goes on in a thread. Its strings and objects belong to it, so that the
 * window may go away. */
typedef struct
{
  KutipTagsetEditor *editor; /* only in the main thread */
  GFile *folder;
  KutipMigration *migration; /* the editor's; it waits for the thread */
  KutipMigrateJob job;
  char *guidelines;
  GFile *record;
  gint n_done, n_total; /* atomic */
  guint source;         /* shows them */
} Work;

static void
free_work (gpointer data)
{
  Work *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->folder);
  g_clear_object (&self->record);
  g_free (self->guidelines);
  g_object_unref (self->editor);
  g_free (self);
}

static void
note_progress (guint done, guint total, gpointer data)
{
  Work *self = data;

  g_atomic_int_set (&self->n_done, (gint) done);
  g_atomic_int_set (&self->n_total, (gint) total);
}

static gboolean
show_progress (gpointer data)
{
  Work *self = data;
  gint n_total = g_atomic_int_get (&self->n_total);
  gint n_done = g_atomic_int_get (&self->n_done);

  if (n_total == 0)
    gtk_progress_bar_pulse (self->editor->busy_bar);
  else
    gtk_progress_bar_set_fraction (self->editor->busy_bar, (double) n_done / n_total);
  return G_SOURCE_CONTINUE;
}

static void
start (KutipTagsetEditor *self,
       const char *what,
       GTaskThreadFunc run,
       GAsyncReadyCallback done,
       Work *work)
{
  g_autoptr (GTask) task = NULL;

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->busy_label, what);
  gtk_progress_bar_set_fraction (self->busy_bar, 0);
  kutip_tagset_editor_show_stage (self, "busy");
  work->editor = g_object_ref (self);
  work->source = g_timeout_add (INTERVAL, show_progress, work);
  task = g_task_new (self, self->cancellable, done, work);
  g_task_set_task_data (task, work, free_work);
  /* A migration that is stopped puts everything back first. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run);
}

/* In the end a window that has nothing to lose closes. */
static void
close_window (KutipTagsetEditor *self)
{
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
resume_host (KutipTagsetEditor *self)
{
  g_autoptr (GFile) folder = kutip_tagset_editor_dup_folder (self);

  self->paused = FALSE;
  self->host->resume (folder);
}

static void
tell_error (KutipTagsetEditor *self, const GError *error)
{
  GtkWidget *dialog;

  kutip_tagset_editor_show_stage (self, "edit");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      adw_toast_overlay_add_toast (
          self->toasts,
          kutip_toast_new (self->toasts, _ ("Nothing was saved or changed."), NULL));
      return;
    }
  dialog =
      adw_message_dialog_new (GTK_WINDOW (self), _ ("The Tag Set Is Not Saved"), NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    adw_message_dialog_format_body (
        ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s", error->message,
        _ ("Close this window and open it again to go on from what the other has written."));
  else
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *self = data;
  GError *error = NULL;

  if (kutip_tagset_file_write (self->job.file, self->job.tagset, self->job.guidelines,
                               &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_done (GObject *source, GAsyncResult *result, gpointer data)
{
  KutipTagsetEditor *self = KUTIP_TAGSET_EDITOR (source);
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  g_clear_object (&self->cancellable);
  if (!done)
    {
      tell_error (self, error);
      return;
    }
  resume_host (self);
  close_window (self);
}

static KutipMigrateJob
make_job (KutipTagsetEditor *self, Work *work)
{
  const KutipDraftItem *root = kutip_tagset_draft_get_root (self->draft);

  work->guidelines = g_strdup (root->guidelines);
  return (KutipMigrateJob){ self->file, self->built, work->guidelines, self->migration };
}

/* Nothing but the tag set changes. */
static void
write_alone (KutipTagsetEditor *self)
{
  Work *work = g_new0 (Work, 1);

  work->job = make_job (self, work);
  start (self, _ ("Saving the tag set"), write_in_thread, write_done, work);
}

static void
show_migration (KutipTagsetEditor *self)
{
  adw_bin_set_child (
      self->migration_bin,
      kutip_migration_page_new (self->draft, self->migration, self->report));
  kutip_tagset_editor_show_stage (self, "migrate");
}

static gboolean
is_used (const KutipMigrateReport *report)
{
  for (guint i = 0; i < report->n_steps; i++)
    if (report->hits[i] > 0)
      return TRUE;
  return report->problems->len > 0;
}

static void
preview_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *self = data;
  GError *error = NULL;
  KutipMigrateReport *report = kutip_migrate_preview (
      self->folder, self->migration, note_progress, self, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) kutip_migrate_report_free);
  else
    g_task_return_error (task, error);
}

static void
preview_done (GObject *source, GAsyncResult *result, gpointer data)
{
  KutipTagsetEditor *self = KUTIP_TAGSET_EDITOR (source);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->report, kutip_migrate_report_free);
  self->report = g_task_propagate_pointer (G_TASK (result), &error);
  g_clear_object (&self->cancellable);
  if (self->report == NULL)
    tell_error (self, error);
  else if (is_used (self->report))
    show_migration (self);
  else
    write_alone (self);
}

/* The first thing that must be put right is shown. */
static gboolean
is_ready (KutipTagsetEditor *self)
{
  for (guint i = 0; i < self->problems->len; i++)
    {
      const KutipDraftProblem *problem = g_ptr_array_index (self->problems, i);

      if (problem->is_warning)
        continue;
      kutip_tagset_list_select (self->list, problem->id);
      adw_leaflet_set_visible_child (self->leaflet, self->form_page);
      adw_toast_overlay_add_toast (
          self->toasts,
          kutip_toast_new (self->toasts, _ ("This has to be put right before saving."),
                           NULL));
      return FALSE;
    }
  return TRUE;
}

/* Annotations tell which version they were made with, so what does not fit the old ones
 * needs another; unless a person has given it one. */
static void
raise_version (KutipTagsetEditor *self)
{
  const KutipDraftItem *root = kutip_tagset_draft_get_root (self->draft);
  g_autofree char *raised = NULL;
  KutipDraftItem *item;

  if (!kutip_tagset_draft_is_incompatible (self->draft) ||
      !g_str_equal (root->version, kutip_tagset_get_version (self->in_effect)) ||
      !g_str_equal (root->name, kutip_tagset_get_name (self->in_effect)))
    return;
  raised = kutip_tagset_raise_version (root->version);
  item = kutip_tagset_draft_begin (self->draft, root->id, NULL);
  kutip_draft_item_set (&item->version, raised);
  kutip_tagset_draft_end (self->draft);
}

static gboolean
build (KutipTagsetEditor *self)
{
  const KutipDraftItem *root = kutip_tagset_draft_get_root (self->draft);
  g_autofree char *name = kutip_tagset_file_dup_guidelines_name (self->file);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->built);
  g_clear_pointer (&self->migration, kutip_migration_free);
  self->built = kutip_tagset_draft_build (
      self->draft, *root->guidelines != '\0' ? name : NULL, &error);
  if (self->built == NULL)
    {
      tell_error (self, error);
      return FALSE;
    }
  self->migration = kutip_tagset_draft_make_migration (self->draft);
  return TRUE;
}

void
kutip_tagset_editor_save (KutipTagsetEditor *self)
{
  Work *work;

  if (self->cancellable != NULL || !is_ready (self))
    return;
  raise_version (self);
  if (!build (self))
    return;
  if (kutip_migration_get_n_steps (self->migration) == 0)
    {
      write_alone (self);
      return;
    }
  work = g_new0 (Work, 1);
  work->folder = kutip_tagset_editor_dup_folder (self);
  work->migration = self->migration;
  start (self, _ ("Looking at the annotations"), preview_in_thread, preview_done, work);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *self = data;
  GError *error = NULL;
  KutipMigrateReport *report =
      self->record != NULL
          ? kutip_migrate_take_back (self->record, note_progress, self, &error)
          : kutip_migrate_run (&self->job, note_progress, self, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) kutip_migrate_report_free);
  else
    g_task_return_error (task, error);
}

static void
show_report (KutipTagsetEditor *self, const char *title, char *description)
{
  g_autofree char *markup = g_markup_escape_text (description, -1);

  adw_status_page_set_title (self->done_page, title);
  adw_status_page_set_description (self->done_page, markup);
  adw_bin_set_child (self->done_problems, kutip_migration_problems_new (self->report));
  gtk_widget_set_visible (self->take_back_button, self->report->record != NULL);
  adw_window_title_set_subtitle (self->title, "");
  self->closing = TRUE;
  kutip_tagset_editor_show_stage (self, "done");
  g_free (description);
}

static char *
describe_changed (const KutipMigrateReport *report)
{
  if (report->n_articles == 0)
    return g_strdup (_ ("No annotation had to be changed."));
  return g_strdup_printf (
      ngettext ("The annotations of %'u article follow the new tag set.",
                "The annotations of %'u articles follow the new tag set.",
                report->n_articles),
      report->n_articles);
}

/* What a migration came to becomes the editor's; FALSE when it failed, which is told. */
static gboolean
take_report (KutipTagsetEditor *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  KutipMigrateReport *report = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_object (&self->cancellable);
  resume_host (self);
  if (report == NULL)
    {
      tell_error (self, error);
      return FALSE;
    }
  g_clear_pointer (&self->report, kutip_migrate_report_free);
  self->report = report;
  return TRUE;
}

static void
run_done (GObject *source, GAsyncResult *result, gpointer data)
{
  KutipTagsetEditor *self = KUTIP_TAGSET_EDITOR (source);

  if (take_report (self, result))
    show_report (self, _ ("The Tag Set Is Saved"), describe_changed (self->report));
}

static void
back_done (GObject *source, GAsyncResult *result, gpointer data)
{
  KutipTagsetEditor *self = KUTIP_TAGSET_EDITOR (source);

  if (take_report (self, result))
    show_report (self, _ ("The Migration Is Taken Back"),
                 g_strdup (self->report->problems->len == 0
                               ? _ ("The tag set and all annotations are what they were.")
                               : _ ("All but these files are what they were.")));
}

/* Once no article of the folder is open any more. */
static void
migrate_paused (gboolean done, gpointer data)
{
  g_autoptr (KutipTagsetEditor) self = data;
  Work *work;

  if (!done)
    {
      resume_host (self);
      kutip_tagset_editor_show_stage (self, "migrate");
      return;
    }
  work = g_new0 (Work, 1);
  work->job = make_job (self, work);
  start (self, _ ("Changing the annotations"), run_in_thread, run_done, work);
}

static void
take_back_paused (gboolean done, gpointer data)
{
  g_autoptr (KutipTagsetEditor) self = data;
  g_autoptr (GFile) folder = kutip_tagset_editor_dup_folder (self);
  g_autoptr (GFile) record = kutip_migrate_record_find (folder);
  Work *work;

  if (!done || record == NULL)
    {
      resume_host (self);
      return;
    }
  work = g_new0 (Work, 1);
  work->record = g_object_ref (record);
  start (self, _ ("Putting everything back"), run_in_thread, back_done, work);
}

static void
pause_host (KutipTagsetEditor *self, void (*then) (gboolean done, gpointer data))
{
  g_autoptr (GFile) folder = kutip_tagset_editor_dup_folder (self);

  if (self->paused || self->cancellable != NULL)
    return;
  self->paused = TRUE;
  self->host->pause (folder, then, g_object_ref (self));
}

void
kutip_tagset_editor_migrate (KutipTagsetEditor *self)
{
  /* The choices on the page are in the draft by now. */
  if (build (self))
    pause_host (self, migrate_paused);
}

static void
on_take_back_response (AdwMessageDialog *dialog,
                       const char *response,
                       KutipTagsetEditor *self)
{
  if (g_str_equal (response, "back"))
    pause_host (self, take_back_paused);
}

void
kutip_tagset_editor_take_back (KutipTagsetEditor *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Take Back the Last Migration?"),
      _ ("The tag set and the annotations become what they were before it. Files that have "
         "been changed since stay as they are."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "back", _ ("_Take Back"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "back",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_take_back_response), self,
                           0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
kutip_tagset_editor_stop (KutipTagsetEditor *self)
{
  const char *stage = gtk_stack_get_visible_child_name (self->stages);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else if (g_strcmp0 (stage, "migrate") == 0)
    kutip_tagset_editor_show_stage (self, "edit");
  else
    gtk_window_close (GTK_WINDOW (self));
}

void
kutip_tagset_editor_tell_broken (KutipTagsetEditor *self)
{
  GtkWidget *dialog;

  if (self->file->error == NULL)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (self),
                                   _ ("The Tag Set’s File Cannot Be Used"), NULL);
  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s", self->file->error->message,
      _ ("You can begin anew with the tag set that is in effect instead. When you save, the "
         "file is kept under another name."));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
