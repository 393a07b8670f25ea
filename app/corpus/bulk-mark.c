/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/bulk-mark.h"

#include "corpus/bulk-record.h"
#include "model/reshape.h"
#include "store/save.h"

#include <glib/gi18n.h>
#include <string.h>

/* One article of the action. */
typedef struct
{
  GFile *file;
  char *name;          /* for people */
  GPtrArray *lines;    /* KutipConcordanceLine; NULL once they are marked */
  KutipChange *change; /* what was done, or NULL: nothing, or it was taken back */
  KutipBulkLine *line; /* the same, as another run of the program has recorded it */
  char *failure;       /* of the last action, or NULL */
} Article;

/* Shared with the thread, which alone uses the articles while it runs. */
typedef struct
{
  char *label;
  char *annotator;
  GFile *record;       /* where it is recorded, or NULL */
  gboolean has_record; /* it was begun */
  GPtrArray *articles; /* Article */
  gboolean back;       /* taking back */
  GHashTable *skipped; /* set of Article: those that were open */
  gint n_done;         /* atomic */
} Job;

struct _KutipBulkMark
{
  GObject parent_instance;

  Job job;
  GCancellable *cancellable; /* of the action under way; NULL: none */
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
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Milliseconds. */
#define TICK 100

G_DEFINE_FINAL_TYPE (KutipBulkMark, kutip_bulk_mark, G_TYPE_OBJECT)

static void
free_article (gpointer data)
{
  Article *article = data;

  g_object_unref (article->file);
  g_free (article->name);
  g_clear_pointer (&article->lines, g_ptr_array_unref);
  g_clear_pointer (&article->change, kutip_change_unref);
  g_clear_pointer (&article->line, kutip_bulk_line_free);
  g_free (article->failure);
  g_free (article);
}

/* --- on one document --- */

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, reason);
  return FALSE;
}

/* The places as ranges; FALSE when the words do not stand there any more. */
static gboolean
list_ranges (const Article *article, KutipText *text, GArray *ranges, GError **error)
{
  for (guint i = 0; i < article->lines->len; i++)
    {
      KutipConcordanceLine *line = g_ptr_array_index (article->lines, i);
      KutipRange range = kutip_concordance_line_get_range (line);
      const char *match = kutip_concordance_line_get_context (line)->match;
      g_autofree char *words = NULL;

      if (range.end <= kutip_text_get_length (text))
        words = kutip_concordance_line_dup_match (text, range);
      if (g_strcmp0 (words, match) != 0)
        return refuse (error, _ ("the text has changed since it was searched"));
      g_array_append_val (ranges, range);
    }
  return TRUE;
}

/* Before it is on the disk that something was marked, it is there what. */
static gboolean
record (Job *job, Article *article, GError **error)
{
  KutipBulkLine *line;
  gboolean done;

  if (job->record == NULL)
    return TRUE;
  if (!job->has_record &&
      !kutip_bulk_record_begin (job->record, job->label, job->annotator, error))
    return FALSE;
  job->has_record = TRUE;
  line = kutip_bulk_line_new (article->file, article->name, article->change);
  done = kutip_bulk_record_append (job->record, line, error);
  kutip_bulk_line_free (line);
  return done;
}

static gboolean
mark (Job *job, Article *article, KutipDocument *document, GError **error)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  guint n = 0;

  if (!list_ranges (article, kutip_document_get_text (document), ranges, error) ||
      !kutip_reshape_mark_all (document, job->label,
                               (const KutipRange *) (gpointer) ranges->data, ranges->len,
                               &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  article->change =
      kutip_change_ref (kutip_history_peek_undo (kutip_document_get_history (document)));
  if (record (job, article, error))
    return TRUE;
  kutip_document_undo (document);
  g_clear_pointer (&article->change, kutip_change_unref);
  return FALSE;
}

static gboolean
is_marked (const Article *article)
{
  return article->change != NULL || article->line != NULL;
}

/* The spans that a change adds; NULL when it does anything else but take the article up.
 */
static GPtrArray *
list_added (KutipChange *change)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);

      if (edit->kind == KUTIP_EDIT_RELATION ||
          (edit->kind == KUTIP_EDIT_SPAN && edit->before != NULL))
        return NULL;
      if (edit->kind == KUTIP_EDIT_SPAN)
        g_ptr_array_add (added, edit->after);
    }
  return g_steal_pointer (&added);
}

static gboolean
is_same_change (KutipChange *one, KutipChange *other)
{
  g_autoptr (GPtrArray) a = list_added (one);
  g_autoptr (GPtrArray) b = other != NULL ? list_added (other) : NULL;

  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!kutip_span_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

/* By its own undo where it is the last that was done there; else, unless something was
 * done to these very spans, by a change of its own. */
static gboolean
unmark (Job *job, Article *article, KutipDocument *document, GError **error)
{
  KutipHistory *history = kutip_document_get_history (document);
  g_autoptr (KutipChange) made = NULL;
  g_autoptr (KutipChange) removal = NULL;

  if (kutip_document_is_read_only (document))
    return refuse (error, _ ("it cannot be changed now"));
  made = article->line != NULL
             ? kutip_bulk_line_find (article->line, document, job->label, error)
             : kutip_change_ref (article->change);
  if (made == NULL)
    return FALSE;
  /* Stopped before they were there, or taken back already. */
  if (kutip_change_get_n_edits (made) == 0)
    return TRUE;
  if (is_same_change (made, kutip_history_peek_undo (history)))
    return kutip_document_undo (document) ||
           refuse (error, _ ("it cannot be changed now"));
  removal = kutip_change_new (_ ("Take Back Marking"));
  for (guint i = 0; i < kutip_change_get_n_edits (made); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (made, i);

      if (edit->kind == KUTIP_EDIT_SPAN)
        kutip_change_add_span (removal, edit->after, NULL);
    }
  return kutip_document_apply (document, removal, error);
}

static gboolean
act (Job *job, Article *article, KutipDocument *document, GError **error)
{
  return job->back ? unmark (job, article, document, error)
                   : mark (job, article, document, error);
}

static void
conclude (Job *job, Article *article, gboolean done, const GError *error)
{
  if (done && job->back)
    {
      g_clear_pointer (&article->change, kutip_change_unref);
      g_clear_pointer (&article->line, kutip_bulk_line_free);
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
    return refuse (error, _ ("its annotations were written by a newer version of Kutip"));
  if (opened->locked_elsewhere)
    return refuse (error, _ ("another window or program has it open"));
  if (opened->text_changed)
    return refuse (error,
                   _ ("its text has changed since it was annotated: open it to look"));
  if (kutip_document_is_read_only (opened->document))
    return refuse (error, _ ("it cannot be changed now"));
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
    return refuse (error, _ ("somebody else changed it at the same time"));
  return TRUE;
}

/* The saver writes the journal too, so that there is a history when it is opened next. */
static gboolean
change_closed (Job *job,
               Article *article,
               GMainContext *context,
               GCancellable *cancellable,
               GError **error)
{
  KutipOpenOptions options = { .annotator = job->annotator };
  g_autoptr (KutipOpened) opened =
      kutip_open (article->file, &options, cancellable, error);
  g_autoptr (KutipSaver) saver = NULL;
  gboolean done;

  if (opened == NULL || !is_usable (opened, error))
    return FALSE;
  saver = kutip_saver_new (opened);
  /* It is told when to write, and its timers would run in the main thread. */
  kutip_saver_set_delays (saver, G_MAXINT, G_MAXINT);
  if (!act (job, article, opened->document, error))
    return FALSE;
  done = flush (saver, context, error);
  if (!done)
    {
      /* Nothing is to be left in the journal of what is not in the sidecar. */
      kutip_document_undo (opened->document);
      if (!job->back)
        g_clear_pointer (&article->change, kutip_change_unref);
    }
  return done;
}

/* The record is of what is still marked. */
static void
keep_rest (Job *job)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_bulk_line_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < job->articles->len; i++)
    {
      const Article *article = g_ptr_array_index (job->articles, i);

      if (article->line != NULL)
        g_ptr_array_add (lines, kutip_bulk_line_copy (article->line));
      else if (article->change != NULL)
        g_ptr_array_add (
            lines, kutip_bulk_line_new (article->file, article->name, article->change));
    }
  /* With what was taken back still in it, a record does no harm: it is not found any
   * more. */
  if (job->record != NULL &&
      !kutip_bulk_record_replace (job->record, job->label, job->annotator, lines, &error))
    g_debug ("%s", error->message);
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
      Article *article = g_ptr_array_index (job->articles, i);
      g_autoptr (GError) error = NULL;
      gboolean done;

      if (g_hash_table_contains (job->skipped, article) ||
          (job->back && !is_marked (article)))
        continue;
      done = change_closed (job, article, context, cancellable, &error);
      if (done || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        conclude (job, article, done, error);
      g_atomic_int_inc (&job->n_done);
    }
  g_main_context_pop_thread_default (context);
  if (job->back)
    keep_rest (job);
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
}

static gboolean
on_tick (gpointer data)
{
  set_n_done (data);
  return G_SOURCE_CONTINUE;
}

static void
count (KutipBulkMark *self)
{
  self->n_marked = self->n_marked_articles = 0;
  g_ptr_array_set_size (self->failures, 0);
  for (guint i = 0; i < self->job.articles->len; i++)
    {
      Article *article = g_ptr_array_index (self->job.articles, i);

      if (article->failure != NULL)
        g_ptr_array_add (self->failures, g_steal_pointer (&article->failure));
      if (!is_marked (article))
        continue;
      self->n_marked_articles++;
      if (article->line != NULL)
        {
          self->n_marked += article->line->places->len;
          continue;
        }
      for (guint j = 0; j < kutip_change_get_n_edits (article->change); j++)
        self->n_marked +=
            kutip_change_get_nth_edit (article->change, j)->kind == KUTIP_EDIT_SPAN;
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

static void
change_open (KutipBulkMark *self, GHashTable *documents)
{
  Job *job = &self->job;

  for (guint i = 0; documents != NULL && i < job->articles->len; i++)
    {
      Article *article = g_ptr_array_index (job->articles, i);
      KutipDocument *document = g_hash_table_lookup (documents, article->file);
      g_autoptr (GError) error = NULL;

      if (document == NULL || (job->back && !is_marked (article)))
        continue;
      g_hash_table_add (job->skipped, article);
      conclude (job, article, act (job, article, document, &error), error);
      g_atomic_int_inc (&job->n_done);
    }
}

static void
begin (KutipBulkMark *self, gboolean back, GHashTable *documents)
{
  g_autoptr (GTask) task = NULL;

  self->job.back = back;
  self->n_articles = back ? self->n_marked_articles : self->job.articles->len;
  g_atomic_int_set (&self->job.n_done, 0);
  g_hash_table_remove_all (self->job.skipped);
  self->cancellable = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ARTICLES]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  change_open (self, documents);
  set_n_done (self);
  self->ticker = g_timeout_add (TICK, on_tick, self);
  task = g_task_new (self, self->cancellable, on_worked, NULL);
  g_task_set_source_tag (task, begin);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, &self->job, NULL);
  g_task_run_in_thread (task, work);
}

static void
add_line (KutipBulkMark *self, KutipConcordanceLine *line)
{
  GPtrArray *articles = self->job.articles;
  GFile *file = kutip_concordance_line_get_file (line);
  Article *last =
      articles->len > 0 ? g_ptr_array_index (articles, articles->len - 1) : NULL;

  if (last == NULL || !g_file_equal (last->file, file))
    {
      last = g_new0 (Article, 1);
      last->file = g_object_ref (file);
      last->name = g_strdup (kutip_concordance_line_get_name (line));
      last->lines = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (articles, last);
    }
  g_ptr_array_add (last->lines, g_object_ref (line));
}

void
kutip_bulk_mark_start (KutipBulkMark *self, GPtrArray *lines, GHashTable *documents)
{
  g_return_if_fail (KUTIP_IS_BULK_MARK (self));
  g_return_if_fail (self->job.articles->len == 0);

  for (guint i = 0; i < lines->len; i++)
    add_line (self, g_ptr_array_index (lines, i));
  begin (self, FALSE, documents);
}

void
kutip_bulk_mark_take_back (KutipBulkMark *self, GHashTable *documents)
{
  g_return_if_fail (KUTIP_IS_BULK_MARK (self));
  g_return_if_fail (self->cancellable == NULL);

  begin (self, TRUE, documents);
}

void
kutip_bulk_mark_cancel (KutipBulkMark *self)
{
  g_return_if_fail (KUTIP_IS_BULK_MARK (self));

  g_cancellable_cancel (self->cancellable);
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

  g_free (self->job.label);
  g_free (self->job.annotator);
  g_clear_object (&self->job.record);
  g_ptr_array_unref (self->job.articles);
  g_hash_table_unref (self->job.skipped);
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
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kutip_bulk_mark_init (KutipBulkMark *self)
{
  self->job.articles = g_ptr_array_new_with_free_func (free_article);
  self->job.skipped = g_hash_table_new (NULL, NULL);
  self->failures = g_ptr_array_new_with_free_func (g_free);
}

KutipBulkMark *
kutip_bulk_mark_new (const char *label, const char *annotator)
{
  KutipBulkMark *self = g_object_new (KUTIP_TYPE_BULK_MARK, NULL);

  self->job.label = g_strdup (label);
  self->job.annotator = g_strdup (annotator);
  return self;
}

void
kutip_bulk_mark_set_record (KutipBulkMark *self, GFile *folder)
{
  g_return_if_fail (KUTIP_IS_BULK_MARK (self));
  g_return_if_fail (self->job.record == NULL);

  self->job.record = kutip_bulk_record_get_file (folder);
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
  self->job.record = g_steal_pointer (&file);
  self->job.has_record = TRUE;
  for (guint i = 0; i < lines->len; i++)
    {
      const KutipBulkLine *line = g_ptr_array_index (lines, i);
      Article *article = g_new0 (Article, 1);

      article->file = g_object_ref (line->file);
      article->name = g_strdup (line->name);
      article->line = kutip_bulk_line_copy (line);
      g_ptr_array_add (self->job.articles, article);
    }
  count (self);
  return self;
}
