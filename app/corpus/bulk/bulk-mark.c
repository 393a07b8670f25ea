/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/bulk/bulk-mark.h"

#include "corpus/bulk/bulk-article.h"
#include "store/save.h"

#include <glib/gi18n.h>
#include <string.h>

/* Shared with the thread, which alone uses the articles while it runs. */
typedef struct
{
  KutipBulkAction action;
  GPtrArray *articles; /* KutipBulkArticle */
  GHashTable *skipped; /* set of KutipBulkArticle: those that were open */
  gboolean is_stale;   /* something that was not done is recorded */
  GPtrArray *spent;    /* KutipBulkLine: taken back; they may take long to be freed */
  gint n_done;         /* atomic */
} Job;

struct _KutipBulkMark
{
  GObject parent_instance;

  Job job;
  GCancellable *cancellable; /* of the action under way; NULL: none */
  KutipBulkOpenFunc change_open;
  gpointer change_open_data; /* borrowed */
  guint next;                /* article to be changed, if it is open */
  KutipProgress *progress;   /* atomic: of the open one under way, in its thread; or NULL;
                                borrowed until its turn ends */
  guint ticker;              /* source: tells of progress */
  guint n_done, n_articles;
  guint n_marked, n_marked_articles;
  GPtrArray *failures;
};

enum
{
  PROP_RUNNING = 1,
  PROP_N_DONE,
  PROP_N_ARTICLES,
  PROP_FRACTION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Milliseconds. */
#define TICK 100

G_DEFINE_FINAL_TYPE (KutipBulkMark, kutip_bulk_mark, G_TYPE_OBJECT)

static void
conclude (Job *job, KutipBulkArticle *article, gboolean done, const GError *error)
{
  if (done && job->action.back)
    {
      g_clear_pointer (&article->change, kutip_change_unref);
      if (article->line != NULL)
        g_ptr_array_add (job->spent, g_steal_pointer (&article->line));
    }
  else if (!done)
    /* Translators: %1$s is an article's file, %2$s says why it was left as it is. */
    article->failure = g_strdup_printf (_ ("%1$s: %2$s"), article->name, error->message);
}

/* --- in the thread: articles that are not open --- */

/* Whether it can be changed without anybody looking at it. */
static gboolean
is_usable (KutipOpened *opened, GError **error)
{
  if (opened->sidecar_error != NULL)
    {
      g_propagate_error (error, g_error_copy (opened->sidecar_error));
      return FALSE;
    }
  if (opened->newer_format)
    return kutip_bulk_refuse (
        error, _ ("its annotations were written by a newer version of Kutip"));
  if (opened->locked_elsewhere)
    return kutip_bulk_refuse (error, _ ("another window or program has it open"));
  if (opened->text_changed)
    return kutip_bulk_refuse (
        error, _ ("its text has changed since it was annotated: open it to look"));
  if (kutip_document_is_read_only (opened->document))
    return kutip_bulk_refuse (error, _ ("it cannot be changed now"));
  return TRUE;
}

typedef struct
{
  gboolean done;
  GError *error;
} Flushing;

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer data)
{
  Flushing *flushing = data;

  kutip_saver_flush_finish (KUTIP_SAVER (source), result, &flushing->error);
  flushing->done = TRUE;
}

/* Runs the thread's own main loop until all is on the disk. */
static gboolean
flush (KutipSaver *saver, GMainContext *context, GError **error)
{
  Flushing flushing = { 0 };

  kutip_saver_flush_async (saver, NULL, on_flushed, &flushing);
  while (!flushing.done)
    g_main_context_iteration (context, TRUE);
  if (flushing.error != NULL)
    {
      g_propagate_error (error, flushing.error);
      return FALSE;
    }
  if (kutip_saver_get_state (saver) == KUTIP_SAVE_CONFLICT)
    return kutip_bulk_refuse (error, _ ("somebody else changed it at the same time"));
  return TRUE;
}

/* The saver writes the journal too, so that there is a history when it is opened next. */
static gboolean
change_closed (Job *job,
               KutipBulkArticle *article,
               GMainContext *context,
               GCancellable *cancellable,
               GError **error)
{
  KutipOpenOptions options = { .annotator = job->action.annotator };
  g_autoptr (KutipOpened) opened =
      kutip_open (article->file, &options, cancellable, error);
  g_autoptr (KutipSaver) saver = NULL;
  gboolean done;

  if (opened == NULL || !is_usable (opened, error))
    return FALSE;
  saver = kutip_saver_new (opened);
  /* It is told when to write, and its timers would run in the main thread. */
  kutip_saver_set_delays (saver, G_MAXINT, G_MAXINT);
  if (!kutip_bulk_action_run (&job->action, article, opened->document, error))
    return FALSE;
  done = flush (saver, context, error);
  if (!done)
    {
      /* Nothing is to be left in the journal of what is not in the sidecar. */
      kutip_document_undo (opened->document);
      if (!job->action.back)
        g_clear_pointer (&article->change, kutip_change_unref);
    }
  return done;
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  for (guint i = 0; i < job->articles->len && !g_cancellable_is_cancelled (cancellable);
       i++)
    {
      KutipBulkArticle *article = g_ptr_array_index (job->articles, i);
      g_autoptr (GError) error = NULL;
      gboolean done;

      if (g_hash_table_contains (job->skipped, article) ||
          (job->action.back && !kutip_bulk_article_is_marked (article)))
        continue;
      done = change_closed (job, article, context, cancellable, &error);
      if (done || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        conclude (job, article, done, error);
      g_atomic_int_inc (&job->n_done);
    }
  g_main_context_pop_thread_default (context);
  if (job->action.back || job->is_stale)
    kutip_bulk_action_record_rest (&job->action, job->articles);
  g_ptr_array_set_size (job->spent, 0);
  g_task_return_boolean (task, TRUE);
}

/* --- in the main thread --- */

static void
set_n_done (KutipBulkMark *self)
{
  guint n = (guint) g_atomic_int_get (&self->job.n_done);

  if (self->n_done == n)
    return;
  self->n_done = n;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static gboolean
on_tick (gpointer data)
{
  KutipBulkMark *self = data;

  set_n_done (self);
  if (g_atomic_pointer_get (&self->progress) != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  return G_SOURCE_CONTINUE;
}

static void
count (KutipBulkMark *self)
{
  self->n_marked = self->n_marked_articles = 0;
  g_ptr_array_set_size (self->failures, 0);
  for (guint i = 0; i < self->job.articles->len; i++)
    {
      KutipBulkArticle *article = g_ptr_array_index (self->job.articles, i);

      if (article->failure != NULL)
        g_ptr_array_add (self->failures, g_steal_pointer (&article->failure));
      if (!kutip_bulk_article_is_marked (article))
        continue;
      self->n_marked_articles++;
      self->n_marked += kutip_bulk_article_count (article);
    }
}

static void
on_worked (GObject *source, GAsyncResult *result, gpointer data)
{
  KutipBulkMark *self = KUTIP_BULK_MARK (source);

  g_clear_handle_id (&self->ticker, g_source_remove);
  g_clear_object (&self->cancellable);
  set_n_done (self);
  count (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

/* Of all that is to be done. */
static double
get_fraction (KutipBulkMark *self)
{
  KutipProgress *progress = g_atomic_pointer_get (&self->progress);
  double n_done =
      self->n_done + (progress != NULL ? kutip_progress_get_fraction (progress) : 0);

  return self->n_articles > 0 ? MIN (n_done / self->n_articles, 1) : 0;
}

static void
change_closed_articles (KutipBulkMark *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_worked, NULL);

  g_task_set_source_tag (task, change_closed_articles);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, &self->job, NULL);
  g_task_run_in_thread (task, work);
}

/* --- articles that are open: one after the other, each as its window does it --- */

typedef struct
{
  KutipBulkTurn turn;
  KutipBulkMark *mark;
  KutipBulkArticle *article;
} OpenTurn;

/* In a thread, when there is much to do. */
static gboolean
work_on_open (KutipBulkTurn *turn, KutipDocument *document, GError **error)
{
  OpenTurn *open = (OpenTurn *) turn;
  KutipBulkMark *self = open->mark;

  /* Who stops it sees the progress, or is seen here to have stopped it. */
  g_atomic_pointer_set (&self->progress, kutip_document_get_progress (document));
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         kutip_bulk_action_run (&self->job.action, open->article, document, error);
}

static gboolean
was_stopped (KutipBulkMark *self, const GError *error)
{
  return g_cancellable_is_cancelled (self->cancellable) &&
         (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
          g_error_matches (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_CANCELLED));
}

static void change_articles (KutipBulkMark *self);

static void
end_open (KutipBulkTurn *turn, const GError *error)
{
  OpenTurn *open = (OpenTurn *) turn;
  g_autoptr (KutipBulkMark) self = open->mark;
  KutipBulkArticle *article = open->article;

  g_atomic_pointer_set (&self->progress, NULL);
  /* It was done in a fork, which was not taken over. */
  if (error != NULL && !self->job.action.back && article->change != NULL)
    {
      g_clear_pointer (&article->change, kutip_change_unref);
      self->job.is_stale = TRUE;
    }
  if (error == NULL || !was_stopped (self, error))
    conclude (&self->job, article, error == NULL, error);
  g_free (open);
  g_atomic_int_inc (&self->job.n_done);
  set_n_done (self);
  change_articles (self);
}

/* TRUE when the article is open, and sees to it that it goes on with the next one. */
static gboolean
begin_open (KutipBulkMark *self, KutipBulkArticle *article)
{
  OpenTurn *open = g_new0 (OpenTurn, 1);

  open->turn.label = self->job.action.label;
  open->turn.back = self->job.action.back;
  open->turn.n = kutip_bulk_article_count (article);
  open->turn.work = work_on_open;
  open->turn.end = end_open;
  open->mark = g_object_ref (self);
  open->article = article;
  g_hash_table_add (self->job.skipped, article);
  if (self->change_open (article->file, &open->turn, self->change_open_data))
    return TRUE;
  g_hash_table_remove (self->job.skipped, article);
  g_object_unref (self);
  g_free (open);
  return FALSE;
}

/* Those that are open when their turn comes; then the others. */
static void
change_articles (KutipBulkMark *self)
{
  GPtrArray *articles = self->job.articles;

  while (self->change_open != NULL && self->next < articles->len &&
         !g_cancellable_is_cancelled (self->cancellable))
    {
      KutipBulkArticle *article = g_ptr_array_index (articles, self->next++);

      if (self->job.action.back && !kutip_bulk_article_is_marked (article))
        continue;
      if (begin_open (self, article))
        return;
    }
  change_closed_articles (self);
}

static void
begin (KutipBulkMark *self, gboolean back, KutipBulkOpenFunc change_open, gpointer data)
{
  self->job.action.back = back;
  self->job.is_stale = FALSE;
  self->change_open = change_open;
  self->change_open_data = data;
  self->next = 0;
  self->n_articles = back ? self->n_marked_articles : self->job.articles->len;
  g_atomic_int_set (&self->job.n_done, 0);
  g_hash_table_remove_all (self->job.skipped);
  self->cancellable = g_cancellable_new ();
  self->ticker = g_timeout_add (TICK, on_tick, self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ARTICLES]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  set_n_done (self);
  change_articles (self);
}

static void
add_line (KutipBulkMark *self, KutipConcordanceLine *line)
{
  GPtrArray *articles = self->job.articles;
  GFile *file = kutip_concordance_line_get_file (line);
  KutipBulkArticle *last =
      articles->len > 0 ? g_ptr_array_index (articles, articles->len - 1) : NULL;

  if (last == NULL || !g_file_equal (last->file, file))
    {
      last = g_new0 (KutipBulkArticle, 1);
      last->file = g_object_ref (file);
      last->name = g_strdup (kutip_concordance_line_get_name (line));
      last->lines = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (articles, last);
    }
  g_ptr_array_add (last->lines, g_object_ref (line));
}

void
kutip_bulk_mark_start (KutipBulkMark *self,
                       GPtrArray *lines,
                       KutipBulkOpenFunc change_open,
                       gpointer data)
{
  g_return_if_fail (KUTIP_IS_BULK_MARK (self));
  g_return_if_fail (self->job.articles->len == 0);

  for (guint i = 0; i < lines->len; i++)
    add_line (self, g_ptr_array_index (lines, i));
  begin (self, FALSE, change_open, data);
}

void
kutip_bulk_mark_take_back (KutipBulkMark *self,
                           KutipBulkOpenFunc change_open,
                           gpointer data)
{
  g_return_if_fail (KUTIP_IS_BULK_MARK (self));
  g_return_if_fail (self->cancellable == NULL);

  begin (self, TRUE, change_open, data);
}

void
kutip_bulk_mark_cancel (KutipBulkMark *self)
{
  KutipProgress *progress;

  g_return_if_fail (KUTIP_IS_BULK_MARK (self));

  g_cancellable_cancel (self->cancellable);
  progress = g_atomic_pointer_get (&self->progress);
  if (progress != NULL)
    g_atomic_int_set (&progress->is_cancelled, TRUE);
}

gboolean
kutip_bulk_mark_is_running (KutipBulkMark *self)
{
  g_return_val_if_fail (KUTIP_IS_BULK_MARK (self), FALSE);
  return self->cancellable != NULL;
}

guint
kutip_bulk_mark_get_n_marked (KutipBulkMark *self)
{
  g_return_val_if_fail (KUTIP_IS_BULK_MARK (self), 0);
  return self->n_marked;
}

guint
kutip_bulk_mark_get_n_articles (KutipBulkMark *self)
{
  g_return_val_if_fail (KUTIP_IS_BULK_MARK (self), 0);
  return self->n_marked_articles;
}

GPtrArray *
kutip_bulk_mark_get_failures (KutipBulkMark *self)
{
  g_return_val_if_fail (KUTIP_IS_BULK_MARK (self), NULL);
  return self->failures;
}

static void
kutip_bulk_mark_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipBulkMark *self = KUTIP_BULK_MARK (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    case PROP_N_ARTICLES:
      g_value_set_uint (value, self->n_articles);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, get_fraction (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

/* The task keeps it alive while it runs. */
static void
kutip_bulk_mark_finalize (GObject *object)
{
  KutipBulkMark *self = KUTIP_BULK_MARK (object);

  g_free (self->job.action.label);
  g_free (self->job.action.annotator);
  g_clear_object (&self->job.action.record);
  g_ptr_array_unref (self->job.articles);
  g_hash_table_unref (self->job.skipped);
  g_ptr_array_unref (self->job.spent);
  g_ptr_array_unref (self->failures);
  G_OBJECT_CLASS (kutip_bulk_mark_parent_class)->finalize (object);
}

static void
kutip_bulk_mark_class_init (KutipBulkMarkClass *class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = kutip_bulk_mark_get_property;
  object_class->finalize = kutip_bulk_mark_finalize;
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_ARTICLES] =
      g_param_spec_uint ("n-articles", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kutip_bulk_mark_init (KutipBulkMark *self)
{
  self->job.articles =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_bulk_article_free);
  self->job.skipped = g_hash_table_new (NULL, NULL);
  self->job.spent =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_bulk_line_free);
  self->failures = g_ptr_array_new_with_free_func (g_free);
}

KutipBulkMark *
kutip_bulk_mark_new (const char *label, const char *annotator)
{
  KutipBulkMark *self = g_object_new (KUTIP_TYPE_BULK_MARK, NULL);

  self->job.action.label = g_strdup (label);
  self->job.action.annotator = g_strdup (annotator);
  return self;
}

void
kutip_bulk_mark_set_record (KutipBulkMark *self, GFile *folder)
{
  g_return_if_fail (KUTIP_IS_BULK_MARK (self));
  g_return_if_fail (self->job.action.record == NULL);

  self->job.action.record = kutip_bulk_record_get_file (folder);
}

KutipBulkMark *
kutip_bulk_mark_load (GFile *folder)
{
  g_autoptr (GFile) file = kutip_bulk_record_get_file (folder);
  g_autofree char *label = NULL;
  g_autofree char *annotator = NULL;
  g_autoptr (GPtrArray) lines = kutip_bulk_record_read (file, &label, &annotator);
  KutipBulkMark *self;

  if (lines == NULL || lines->len == 0)
    return NULL;
  self = kutip_bulk_mark_new (label, annotator);
  self->job.action.record = g_steal_pointer (&file);
  self->job.action.has_record = TRUE;
  for (guint i = 0; i < lines->len; i++)
    {
      const KutipBulkLine *line = g_ptr_array_index (lines, i);
      KutipBulkArticle *article = g_new0 (KutipBulkArticle, 1);

      article->file = g_object_ref (line->file);
      article->name = g_strdup (line->name);
      article->line = kutip_bulk_line_copy (line);
      g_ptr_array_add (self->job.articles, article);
    }
  count (self);
  return self;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  g_task_return_pointer (task, kutip_bulk_mark_load (folder), g_object_unref);
}

void
kutip_bulk_mark_load_async (GFile *folder, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);

  g_task_set_source_tag (task, kutip_bulk_mark_load_async);
  g_task_set_task_data (task, g_object_ref (folder), g_object_unref);
  g_task_run_in_thread (task, load_in_thread);
}

KutipBulkMark *
kutip_bulk_mark_load_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
