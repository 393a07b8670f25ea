/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/annotator/annotator-private.h"

#include "ui/memory.h"

#include <glib/gi18n.h>

/* What changes very many annotations at once: it is worked out in a thread, on a fork of
 * the document, and taken over in one step. Whoever draws, lists or saves sees the
 * document as it was until then, and as it is afterwards. */

/* Up to so many are done at once: they take less than a frame. */
#define FEW 100
/* Until a change is on the screen, and between two rounds of putting memory in order:
 * milliseconds. What one round leaves of 100,000 annotations, so many do at the most; all
 * is in order when so many in turn have found nothing to do. */
#define UNTIL_SHOWN 100
#define BETWEEN_ROUNDS 4
#define ROUNDS_AFTER 60
#define IDLE_ROUNDS 3

typedef struct _KutipBulk KutipBulk;
struct _KutipBulk
{
  KutipProgress progress;
  KutipDocument *fork;
  KutipCheck *check; /* follows the fork */
  KutipBulkFunc func;
  KutipBulkDone done;
  gpointer data;
  GDestroyNotify free_data;
  GError *error;
  GPtrArray *next; /* Next, to be done after this one; NULL when this one is neither undo
                      nor redo, and can still be stopped */
};

/* An undo (back), a redo, or something else that changes very many annotations. */
typedef struct
{
  gboolean back;
  KutipBulk *run; /* func, done and data of it; or NULL */
  char *title;
  guint n;
} Next;

static void
free_next (gpointer data)
{
  Next *next = data;

  g_free (next->run);
  g_free (next->title);
  g_free (next);
}

static void
free_bulk (gpointer data)
{
  KutipBulk *bulk = data;

  g_clear_object (&bulk->check);
  g_clear_object (&bulk->fork);
  g_clear_error (&bulk->error);
  g_clear_pointer (&bulk->next, g_ptr_array_unref);
  g_free (bulk);
}

/* What is freed in a thread, and put in order here meanwhile, a little at a time. */
typedef struct
{
  KutipBulk *bulk;
  guint n_rounds; /* left, at the most; G_MAXUINT: it is not freed yet */
  guint n_idle;   /* rounds that found nothing to do, in turn */
} Freeing;

static void
free_bulk_here (GTask *task, gpointer source, gpointer bulk, GCancellable *cancellable)
{
  free_bulk (bulk);
  kutip_memory_give_back ();
  g_task_return_boolean (task, TRUE);
}

static void
on_freed (GObject *source, GAsyncResult *result, gpointer data)
{
  Freeing *freeing = data;

  freeing->n_rounds = ROUNDS_AFTER;
  freeing->n_idle = 0;
}

static gboolean
put_in_order (gpointer data)
{
  Freeing *freeing = data;

  freeing->n_idle = kutip_memory_put_in_order () ? 0 : freeing->n_idle + 1;
  if (freeing->n_rounds == G_MAXUINT)
    return G_SOURCE_CONTINUE;
  if (freeing->n_rounds-- > 0 && freeing->n_idle < IDLE_ROUNDS)
    return G_SOURCE_CONTINUE;
  g_free (freeing);
  return G_SOURCE_REMOVE;
}

static gboolean
begin_freeing (gpointer data)
{
  Freeing *freeing = data;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_freed, freeing);

  g_task_set_task_data (task, g_steal_pointer (&freeing->bulk), NULL);
  g_task_run_in_thread (task, free_bulk_here);
  g_timeout_add (BETWEEN_ROUNDS, put_in_order, freeing);
  return G_SOURCE_REMOVE;
}

/* What the document was before is in the fork now, and takes long to be freed. It waits
 * until what it has become is on the screen: two threads that allocate and free keep one
 * another waiting. */
static void
free_bulk_in_thread (KutipBulk *bulk)
{
  Freeing *freeing = g_new0 (Freeing, 1);

  freeing->bulk = bulk;
  freeing->n_rounds = G_MAXUINT;
  g_timeout_add (UNTIL_SHOWN, begin_freeing, freeing);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KutipBulk *bulk = data;

  bulk->func (bulk->fork, bulk->data, &bulk->error);
  g_task_return_boolean (task, TRUE);
}

static void
set_bulk (KutipAnnotator *self, KutipBulk *bulk, const char *title)
{
  self->bulk = bulk;
  kutip_document_set_busy (self->document, title);
  g_object_notify (G_OBJECT (self), "busy");
}

static void
take_over (KutipAnnotator *self, KutipBulk *bulk)
{
  if (bulk->error == NULL && kutip_progress_is_cancelled (&bulk->progress))
    g_set_error_literal (&bulk->error, KUTIP_DOCUMENT_ERROR,
                         KUTIP_DOCUMENT_ERROR_CANCELLED,
                         _ ("Stopped: nothing has been changed"));
  if (bulk->error != NULL)
    return;
  kutip_check_expect (self->check, bulk->check);
  kutip_document_join (self->document, bulk->fork, &bulk->error);
  kutip_check_expect (self->check, NULL);
}

static void
let_travel_after (KutipBulk *bulk)
{
  if (bulk->next == NULL)
    bulk->next = g_ptr_array_new_with_free_func (free_next);
}

/* Through what was asked for meanwhile; what takes long has the rest wait again. */
static void
go_on (KutipAnnotator *self, GPtrArray *nexts)
{
  while (nexts != NULL && nexts->len > 0)
    {
      Next *next = g_ptr_array_steal_index (nexts, 0);

      if (self->bulk != NULL)
        {
          let_travel_after (self->bulk);
          g_ptr_array_add (self->bulk->next, next);
          continue;
        }
      if (next->run != NULL)
        kutip_annotator_run (self, next->title, next->n, next->run->func, next->run->done,
                             next->run->data, next->run->free_data);
      else
        kutip_annotator_travel (self, next->back);
      free_next (next);
    }
}

/* What has been taken over is shown in a step of its own: going to where it is can take
 * as long as all that went before. */
static gboolean
show_taken_over (gpointer data)
{
  KutipAnnotator *self = data;
  KutipBulk *bulk = self->bulk;

  set_bulk (self, NULL, NULL);
  kutip_annotator_show_unshown (self);
  if (bulk->done != NULL)
    bulk->done (self, bulk->error, bulk->data);
  else
    kutip_annotator_report (self, bulk->error);
  if (bulk->free_data != NULL)
    bulk->free_data (bulk->data);
  go_on (self, bulk->next);
  free_bulk_in_thread (bulk);
  return G_SOURCE_REMOVE;
}

static void
on_worked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KutipAnnotator) self = data;
  KutipBulk *bulk = g_task_get_task_data (G_TASK (result));

  kutip_document_set_busy (self->document, NULL);
  take_over (self, bulk);
  let_travel_after (bulk);
  g_idle_add_full (G_PRIORITY_DEFAULT, show_taken_over, g_object_ref (self),
                   g_object_unref);
}

/* At once, in the document itself. */
static void
run_here (KutipAnnotator *self, const KutipBulk *bulk)
{
  g_autoptr (GError) error = NULL;

  /* What is refused is not even tried: that takes as long as doing it. */
  if (kutip_document_is_free (self->document, &error))
    bulk->func (self->document, bulk->data, &error);
  if (bulk->done != NULL)
    bulk->done (self, error, bulk->data);
  else
    kutip_annotator_report (self, error);
  if (bulk->free_data != NULL)
    bulk->free_data (bulk->data);
}

/* What has been taken over is still to be shown: then. */
static void
run_later (KutipAnnotator *self, const char *title, guint n, const KutipBulk *run)
{
  Next *next = g_new0 (Next, 1);

  next->run = g_memdup2 (run, sizeof *run);
  next->title = g_strdup (title);
  next->n = n;
  let_travel_after (self->bulk);
  g_ptr_array_add (self->bulk->next, next);
}

void
kutip_annotator_run (KutipAnnotator *self,
                     const char *title,
                     guint n,
                     KutipBulkFunc func,
                     KutipBulkDone done,
                     gpointer data,
                     GDestroyNotify free_data)
{
  const KutipBulk run = {
    .func = func, .done = done, .data = data, .free_data = free_data
  };
  g_autoptr (GTask) task = NULL;
  KutipBulk *bulk;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (n > FEW && self->bulk != NULL && kutip_document_is_free (self->document, NULL))
    {
      run_later (self, title, n, &run);
      return;
    }
  if (n <= FEW || self->bulk != NULL)
    {
      run_here (self, &run);
      return;
    }
  bulk = g_new0 (KutipBulk, 1);
  bulk->fork = kutip_document_fork (self->document, &bulk->progress);
  bulk->check = kutip_check_fork (self->check, bulk->fork);
  bulk->func = func;
  bulk->done = done;
  bulk->data = data;
  bulk->free_data = free_data;
  set_bulk (self, bulk, title);
  /* It is no source object: the thread would be the last to let go of it now and then. */
  task = g_task_new (NULL, NULL, on_worked, g_object_ref (self));
  g_task_set_source_tag (task, kutip_annotator_run);
  g_task_set_task_data (task, bulk, NULL);
  g_task_run_in_thread (task, work);
}

gboolean
kutip_annotator_is_busy (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), FALSE);

  return self->bulk != NULL;
}

double
kutip_annotator_get_progress (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), 0);

  return self->bulk != NULL ? kutip_progress_get_fraction (&self->bulk->progress) : 0;
}

void
kutip_annotator_stop (KutipAnnotator *self)
{
  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (self->bulk != NULL)
    g_atomic_int_set (&self->bulk->progress.is_cancelled, TRUE);
}

typedef struct
{
  gboolean back;
  gboolean done;
} Travel;

static gboolean
travel (KutipDocument *document, gpointer data, GError **error)
{
  Travel *travel = data;

  travel->done =
      travel->back ? kutip_document_undo (document) : kutip_document_redo (document);
  return TRUE;
}

static void
tell_travelled (KutipAnnotator *self, const GError *error, gpointer data)
{
  Travel *travel = data;

  if (error != NULL)
    kutip_annotator_report (self, error);
  else if (!travel->done)
    kutip_annotator_emit_message (self,
                                  travel->back ? _ ("There is nothing to undo.")
                                               : _ ("There is nothing to redo."),
                                  FALSE);
}

/* TRUE when it has to wait for what is under way, or stops it. */
static gboolean
travel_later (KutipAnnotator *self, gboolean back)
{
  if (self->bulk == NULL)
    return FALSE;
  if (self->bulk->next != NULL)
    {
      Next *next = g_new0 (Next, 1);

      next->back = back;
      g_ptr_array_add (self->bulk->next, next);
    }
  else if (back)
    kutip_annotator_stop (self);
  return TRUE;
}

void
kutip_annotator_travel (KutipAnnotator *self, gboolean back)
{
  KutipHistory *history = kutip_document_get_history (self->document);
  KutipChange *change =
      back ? kutip_history_peek_undo (history) : kutip_history_peek_redo (history);
  Travel *data;

  if (travel_later (self, back))
    return;
  data = g_new0 (Travel, 1);
  data->back = back;
  kutip_annotator_run (self, change != NULL ? kutip_change_get_title (change) : NULL,
                       change != NULL ? kutip_change_get_n_edits (change) : 0, travel,
                       tell_travelled, data, g_free);
  if (self->bulk != NULL)
    let_travel_after (self->bulk);
}
