/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/save.h"

#include "format/sidecar/sidecar.h"
#include "store/journal.h"
#include "store/paths.h"
#include "store/write.h"

#include <glib/gi18n.h>
#include <string.h>

/* Milliseconds: after the last change, after the first. */
#define DELAY_AFTER_LAST 1000
#define DELAY_AFTER_FIRST 10000
/* So many times as long as the last write took, so that a slow disk is not kept busy all
 * the time. */
#define DELAY_FACTOR 4
#define MAX_CONFLICTS 10000

struct _KutipSaver
{
  GObject parent_instance;

  KutipDocument *document;
  KutipJournal *journal; /* NULL: none could be opened */
  GFile *home;           /* the sidecar that the journal is about */
  GFile *sidecar;        /* by whose name conflict files are called */
  GFile *target;         /* the sidecar, or the conflict file */
  KutipStamp stamp;
  gboolean keep_aside;   /* what stands there does not parse */
  gboolean remove_stale; /* not looked yet for what a killed program left */
  gboolean moved;        /* the whole document is to be written to a new place */

  KutipSaveState state;
  GError *error;
  GFile *conflict_file;

  guint delay_after_last, delay_after_first; /* milliseconds */
  guint timer;
  gint64 first_change; /* monotonic; 0: none since the last write began */
  gint64 last_duration;
  gboolean writing;
  GQueue covered; /* GTask: flushes that the write under way answers */
  GQueue waiting; /* GTask: flushes that came after it began */
};

enum
{
  PROP_STATE = 1,
  PROP_ERROR,
  PROP_CONFLICT_FILE,
  PROP_SIDECAR,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (KutipSaveState,
                    kutip_save_state,
                    G_DEFINE_ENUM_VALUE (KUTIP_SAVE_CLEAN, "clean"),
                    G_DEFINE_ENUM_VALUE (KUTIP_SAVE_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (KUTIP_SAVE_WRITING, "writing"),
                    G_DEFINE_ENUM_VALUE (KUTIP_SAVE_SAVED, "saved"),
                    G_DEFINE_ENUM_VALUE (KUTIP_SAVE_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (KUTIP_SAVE_CONFLICT, "conflict"))

G_DEFINE_FINAL_TYPE (KutipSaver, kutip_saver, G_TYPE_OBJECT)

/* One write, as its thread sees it. */
typedef struct
{
  KutipArticle *article; /* NULL once it is written, as is the layer */
  KutipLayer *layer;     /* a snapshot */
  guint64 state;         /* the document's, when the snapshot was taken */
  KutipJournal *journal; /* outlives the job */
  guint position;        /* the journal's, when the snapshot was taken */
  GFile *home;
  GFile *sidecar;
  GFile *target;
  KutipStamp stamp;
  gboolean keep_aside;
  gboolean remove_stale;
  gint64 duration;
} Job;

/* In the thread: what very many changes have replaced meanwhile is freed with it. */
static void
drop_snapshot (Job *job)
{
  g_clear_object (&job->article);
  g_clear_object (&job->layer);
}

static void
free_job (gpointer data)
{
  Job *job = data;

  drop_snapshot (job);
  g_object_unref (job->home);
  g_object_unref (job->sidecar);
  g_object_unref (job->target);
  g_free (job);
}

static gboolean
write_beside (Job *job, GString *bytes, GError **error)
{
  for (guint i = 1; i <= MAX_CONFLICTS; i++)
    {
      g_autoptr (GFile) conflict = kutip_paths_get_conflict (job->sidecar, i);
      g_autoptr (GError) local_error = NULL;
      KutipStamp stamp = { 0 };
      gboolean done =
          kutip_write_file_over (conflict, bytes->str, bytes->len, &stamp, &local_error);

      if (!done && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
        continue;
      if (done || stamp.exists)
        {
          g_set_object (&job->target, conflict);
          job->stamp = stamp;
        }
      if (!done)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return done;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               /* Translators: a file name */
               _ ("There are too many conflicting versions beside “%s”."),
               g_file_peek_path (job->sidecar));
  return FALSE;
}

/* Where somebody has removed the file, nothing of theirs is overwritten by writing it
 * again. */
static gboolean
write_target (Job *job, GString *bytes, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  KutipStamp absent = { 0 };

  if (kutip_write_file_over (job->target, bytes->str, bytes->len, &job->stamp,
                             &local_error))
    return TRUE;
  if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (job->stamp.exists && kutip_stamp_matches (&absent, job->target, NULL))
    {
      job->stamp = absent;
      g_clear_error (&local_error);
      if (kutip_write_file_over (job->target, bytes->str, bytes->len, &job->stamp,
                                 &local_error))
        return TRUE;
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return write_beside (job, bytes, error);
}

/* The journal says before the write which version is meant, and after it that it is
 * there: so it knows what the sidecar holds wherever a crash comes. */
static gboolean
write_and_note (Job *job, GString *bytes, GError **error)
{
  KutipStamp meant;
  gboolean done;

  if (job->journal != NULL && g_file_equal (job->target, job->home))
    {
      kutip_stamp_digest (&meant, bytes->str, bytes->len);
      kutip_journal_append_saving (job->journal, meant.sha256, job->position);
      kutip_journal_flush (job->journal, NULL);
    }
  done = write_target (job, bytes, error);
  if (!done || job->journal == NULL)
    return done;
  if (g_file_equal (job->target, job->home))
    kutip_journal_append_saved (job->journal, job->stamp.sha256, job->position);
  else
    kutip_journal_append_saved_elsewhere (job->journal, job->position);
  return TRUE;
}

/* Work that is neither in the sidecar nor in the journal is in memory alone, and whoever
 * has to free some disk space must know. */
static void
note_journal_error (Job *job, GError **error)
{
  g_autoptr (GError) journal_error = NULL;

  if (job->journal != NULL && !kutip_journal_flush (job->journal, &journal_error))
    g_prefix_error (error, "%s ", journal_error->message);
}

static gboolean
run_job (Job *job, GError **error)
{
  GString *bytes;
  gboolean done;

  if (job->remove_stale)
    kutip_write_remove_stale (job->target);
  if (job->keep_aside)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (GFile) aside =
          kutip_write_set_aside (job->target, "broken", &local_error);

      if (aside == NULL && local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      job->keep_aside = FALSE;
      memset (&job->stamp, 0, sizeof job->stamp);
    }
  bytes = kutip_sidecar_write (job->article, job->layer);
  done = write_and_note (job, bytes, error);
  g_string_free (bytes, TRUE);
  return done;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean done = run_job (job, &error);

  job->duration = g_get_monotonic_time () - start;
  drop_snapshot (job);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    {
      note_journal_error (job, &error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
set_state (KutipSaver *self, KutipSaveState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
take_error (KutipSaver *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static gboolean
needs_write (KutipSaver *self)
{
  return self->moved || kutip_document_is_modified (self->document);
}

static void start_write (KutipSaver *self);

static gboolean
on_timer (gpointer data)
{
  KutipSaver *self = data;

  self->timer = 0;
  if (!self->writing && needs_write (self))
    start_write (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (KutipSaver *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 due = now + MAX (self->delay_after_last * (gint64) 1000,
                          DELAY_FACTOR * self->last_duration);

  if (self->first_change == 0)
    self->first_change = now;
  due = MIN (due, self->first_change + self->delay_after_first * (gint64) 1000);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) (MAX (due - now, 0) / 1000), on_timer, self);
}

/* Back at what is on disk, by undoing: nothing to write. */
static void
settle (KutipSaver *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->first_change = 0;
  if (self->conflict_file != NULL)
    set_state (self, KUTIP_SAVE_CONFLICT);
  else
    set_state (self, self->stamp.exists ? KUTIP_SAVE_SAVED : KUTIP_SAVE_CLEAN);
}

static void
on_document_changed (KutipDocument *document,
                     KutipChange *change,
                     KutipDirection direction,
                     KutipSaver *self)
{
  if (self->journal != NULL)
    kutip_journal_append_change (self->journal, change, direction);
  if (self->writing)
    return; /* finish_write() looks again */
  if (needs_write (self))
    {
      set_state (self, KUTIP_SAVE_PENDING);
      schedule (self);
    }
  else
    settle (self);
}

static void
answer_flushes (GQueue *tasks, const GError *error)
{
  GTask *task;

  while ((task = g_queue_pop_head (tasks)) != NULL)
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
adopt_target (KutipSaver *self, Job *job)
{
  /* set_sidecar() may have chosen another place meanwhile. */
  if (self->moved || g_file_equal (self->target, job->target))
    return;
  g_set_object (&self->target, job->target);
  g_set_object (&self->conflict_file, job->target);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFLICT_FILE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDECAR]);
}

static void
go_on_after_write (KutipSaver *self, gboolean done)
{
  if (!g_queue_is_empty (&self->waiting) && needs_write (self))
    start_write (self);
  else if (!needs_write (self))
    {
      settle (self);
      answer_flushes (&self->waiting, NULL);
    }
  else if (done || self->moved)
    {
      set_state (self, KUTIP_SAVE_PENDING);
      schedule (self);
    }
}

static void
finish_write (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KutipSaver) self = data;
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  self->writing = FALSE;
  self->last_duration = job->duration;
  self->remove_stale = FALSE;
  if (!self->moved)
    {
      self->stamp = job->stamp;
      self->keep_aside = job->keep_aside;
    }
  adopt_target (self, job);
  if (done)
    {
      kutip_document_mark_saved (self->document, job->state);
      take_error (self, NULL);
    }
  else
    {
      take_error (self, g_error_copy (error));
      set_state (self, KUTIP_SAVE_FAILED);
    }
  answer_flushes (&self->covered, error);
  go_on_after_write (self, done);
}

static void
start_write (KutipSaver *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);
  GTask *flush;

  job->article = g_object_ref (kutip_document_get_article (self->document));
  job->layer = kutip_layer_snapshot (kutip_document_get_layer (self->document));
  job->state = kutip_document_get_state (self->document);
  job->journal = self->journal;
  if (self->journal != NULL)
    job->position = kutip_journal_get_position (self->journal);
  job->home = g_object_ref (self->home);
  job->sidecar = g_object_ref (self->sidecar);
  job->target = g_object_ref (self->target);
  job->stamp = self->stamp;
  job->keep_aside = self->keep_aside;
  job->remove_stale = self->remove_stale;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->first_change = 0;
  self->moved = FALSE;
  self->writing = TRUE;
  while ((flush = g_queue_pop_head (&self->waiting)) != NULL)
    g_queue_push_tail (&self->covered, flush);
  set_state (self, KUTIP_SAVE_WRITING);

  /* The saver is no source object: the thread would be the last to let go of it now and
   * then. */
  task = g_task_new (NULL, NULL, finish_write, g_object_ref (self));
  g_task_set_source_tag (task, start_write);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, write_in_thread);
}

static void
kutip_saver_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipSaver *self = KUTIP_SAVER (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (gint) self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_CONFLICT_FILE:
      g_value_set_object (value, self->conflict_file);
      break;
    case PROP_SIDECAR:
      g_value_set_object (value, self->target);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_saver_dispose (GObject *object)
{
  KutipSaver *self = KUTIP_SAVER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  g_clear_pointer (&self->journal, kutip_journal_close);
  g_clear_object (&self->home);
  g_clear_object (&self->sidecar);
  g_clear_object (&self->target);
  g_clear_object (&self->conflict_file);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (kutip_saver_parent_class)->dispose (object);
}

static void
kutip_saver_class_init (KutipSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kutip_saver_get_property;
  object_class->dispose = kutip_saver_dispose;
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, KUTIP_TYPE_SAVE_STATE,
                                              KUTIP_SAVE_CLEAN, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_CONFLICT_FILE] =
      g_param_spec_object ("conflict-file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_SIDECAR] =
      g_param_spec_object ("sidecar", NULL, NULL, G_TYPE_FILE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kutip_saver_init (KutipSaver *self)
{
  self->remove_stale = TRUE;
  self->delay_after_last = DELAY_AFTER_LAST;
  self->delay_after_first = DELAY_AFTER_FIRST;
  g_queue_init (&self->covered);
  g_queue_init (&self->waiting);
}

KutipSaver *
kutip_saver_new (KutipOpened *opened)
{
  KutipSaver *self;

  g_return_val_if_fail (opened != NULL, NULL);

  self = g_object_new (KUTIP_TYPE_SAVER, NULL);
  self->document = g_object_ref (opened->document);
  self->journal = g_steal_pointer (&opened->journal);
  self->home = g_object_ref (opened->sidecar_file);
  self->sidecar = g_object_ref (opened->sidecar_file);
  self->target = g_object_ref (opened->sidecar_file);
  self->stamp = opened->sidecar_stamp;
  self->keep_aside = opened->sidecar_error != NULL;
  g_signal_connect (self->document, "changed", G_CALLBACK (on_document_changed), self);
  if (needs_write (self)) /* recovered work */
    {
      self->state = KUTIP_SAVE_PENDING;
      schedule (self);
    }
  return self;
}

KutipSaveState
kutip_saver_get_state (KutipSaver *self)
{
  g_return_val_if_fail (KUTIP_IS_SAVER (self), KUTIP_SAVE_CLEAN);

  return self->state;
}

const GError *
kutip_saver_get_error (KutipSaver *self)
{
  g_return_val_if_fail (KUTIP_IS_SAVER (self), NULL);

  return self->error;
}

GFile *
kutip_saver_get_conflict_file (KutipSaver *self)
{
  g_return_val_if_fail (KUTIP_IS_SAVER (self), NULL);

  return self->conflict_file;
}

GFile *
kutip_saver_get_sidecar (KutipSaver *self)
{
  g_return_val_if_fail (KUTIP_IS_SAVER (self), NULL);

  return self->target;
}

const KutipStamp *
kutip_saver_get_stamp (KutipSaver *self)
{
  g_return_val_if_fail (KUTIP_IS_SAVER (self), NULL);

  return &self->stamp;
}

void
kutip_saver_flush_async (KutipSaver *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  GTask *task;

  g_return_if_fail (KUTIP_IS_SAVER (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, kutip_saver_flush_async);
  if (!self->writing && !needs_write (self))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  g_queue_push_tail (&self->waiting, task);
  if (!self->writing)
    start_write (self);
}

gboolean
kutip_saver_flush_finish (KutipSaver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kutip_saver_set_sidecar (KutipSaver *self, GFile *sidecar)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (KUTIP_IS_SAVER (self));
  g_return_if_fail (G_IS_FILE (sidecar));

  g_set_object (&self->sidecar, sidecar);
  g_set_object (&self->target, sidecar);
  bytes = kutip_stamp_read (sidecar, KUTIP_OPEN_MAX_BYTES, &self->stamp, NULL, NULL);
  self->keep_aside = bytes == NULL && self->stamp.exists;
  self->remove_stale = TRUE;
  self->moved = TRUE;
  if (self->conflict_file != NULL)
    {
      g_clear_object (&self->conflict_file);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFLICT_FILE]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDECAR]);
  if (!self->writing)
    {
      set_state (self, KUTIP_SAVE_PENDING);
      schedule (self);
    }
}

void
kutip_saver_set_delays (KutipSaver *self, guint after_last, guint after_first)
{
  g_return_if_fail (KUTIP_IS_SAVER (self));

  self->delay_after_last = after_last;
  self->delay_after_first = after_first;
}

gboolean
kutip_save_layer (KutipArticle *article,
                  KutipLayer *layer,
                  GFile *sidecar,
                  KutipStamp *stamp,
                  GCancellable *cancellable,
                  GError **error)
{
  GString *bytes;
  gboolean done;

  g_return_val_if_fail (KUTIP_IS_ARTICLE (article), FALSE);
  g_return_val_if_fail (KUTIP_IS_LAYER (layer), FALSE);
  g_return_val_if_fail (G_IS_FILE (sidecar), FALSE);
  g_return_val_if_fail (stamp != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  bytes = kutip_sidecar_write (article, layer);
  done = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         kutip_write_file_over (sidecar, bytes->str, bytes->len, stamp, error);
  g_string_free (bytes, TRUE);
  return done;
}
