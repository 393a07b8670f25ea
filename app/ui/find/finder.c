/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/finder.h"

#include "ui/article/hits.h"

struct _KutipFinder
{
  GObject parent_instance;

  KutipAnnotator *annotator;
  KutipRange beginning;
  char *pattern;
  KutipFindFlags flags;
  gboolean selects; /* the search under way is to select a hit */

  GCancellable *searching; /* NULL when none is under way */
  GArray *hits;
  GError *error;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipFinder, kutip_finder, G_TYPE_OBJECT)

/* What the thread works on. */
typedef struct
{
  KutipText *text;
  char *pattern;
  KutipFindFlags flags;
} Search;

static void
free_search (gpointer data)
{
  Search *search = data;

  kutip_text_unref (search->text);
  g_free (search->pattern);
  g_free (search);
}

static void
search_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;
  GError *error = NULL;
  GArray *hits =
      kutip_find_all (search->text, search->pattern, search->flags, cancellable, &error);

  if (hits != NULL)
    g_task_return_pointer (task, hits, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
emit_changed (KutipFinder *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static const KutipRange *
peek_hits (KutipFinder *self, guint *n)
{
  *n = self->hits != NULL ? self->hits->len : 0;
  return *n > 0 ? (const KutipRange *) (gpointer) self->hits->data : NULL;
}

static void
select_range (KutipFinder *self, KutipRange range)
{
  kutip_annotator_set_selection (self->annotator, range.start, range.end, TRUE);
  g_signal_emit_by_name (self->annotator, "reveal", range.start, range.end);
}

static void
select_first (KutipFinder *self)
{
  guint n;
  const KutipRange *hits = peek_hits (self, &n);
  guint i;

  if (n == 0)
    {
      select_range (self, self->beginning);
      return;
    }
  i = kutip_hits_find (hits, n, self->beginning.start);
  if (i < n && hits[i].start < self->beginning.start)
    i++;
  select_range (self, hits[i < n ? i : 0]);
}

static void
stop (KutipFinder *self)
{
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
}

static void
forget (KutipFinder *self)
{
  stop (self);
  g_clear_pointer (&self->hits, g_array_unref);
  g_clear_error (&self->error);
}

static void
search_done (GObject *source, GAsyncResult *result, gpointer data)
{
  KutipFinder *self = KUTIP_FINDER (source);
  g_autoptr (GError) error = NULL;
  GArray *hits = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another search has taken its place, though this one was done already. */
  if (g_task_get_cancellable (G_TASK (result)) != self->searching)
    {
      g_clear_pointer (&hits, g_array_unref);
      return;
    }
  forget (self);
  self->hits = hits;
  self->error = g_steal_pointer (&error);
  if (self->selects && self->error == NULL)
    select_first (self);
  emit_changed (self);
}

static void
start (KutipFinder *self, gboolean selects)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  stop (self);
  if (self->annotator == NULL || self->pattern == NULL || *self->pattern == '\0')
    {
      forget (self);
      if (selects && self->annotator != NULL)
        select_range (self, self->beginning);
      emit_changed (self);
      return;
    }
  search = g_new0 (Search, 1);
  search->text = kutip_text_ref (
      kutip_document_get_text (kutip_annotator_get_document (self->annotator)));
  search->pattern = g_strdup (self->pattern);
  search->flags = self->flags;
  self->selects = selects;
  self->searching = g_cancellable_new ();
  task = g_task_new (self, self->searching, search_done, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, search, free_search);
  g_task_run_in_thread (task, search_in_thread);
  emit_changed (self);
}

static void
kutip_finder_dispose (GObject *object)
{
  KutipFinder *self = KUTIP_FINDER (object);

  if (self->annotator != NULL)
    g_signal_handlers_disconnect_by_data (self->annotator, self);
  forget (self);
  g_clear_object (&self->annotator);
  G_OBJECT_CLASS (kutip_finder_parent_class)->dispose (object);
}

static void
kutip_finder_finalize (GObject *object)
{
  g_free (KUTIP_FINDER (object)->pattern);
  G_OBJECT_CLASS (kutip_finder_parent_class)->finalize (object);
}

static void
kutip_finder_class_init (KutipFinderClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = kutip_finder_dispose;
  object_class->finalize = kutip_finder_finalize;
  signals[CHANGED] = g_signal_new ("changed", KUTIP_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_finder_init (KutipFinder *self)
{
}

KutipFinder *
kutip_finder_new (void)
{
  return g_object_new (KUTIP_TYPE_FINDER, NULL);
}

void
kutip_finder_set_annotator (KutipFinder *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_FINDER (self));

  if (self->annotator == annotator)
    return;
  if (self->annotator != NULL)
    g_signal_handlers_disconnect_by_data (self->annotator, self);
  forget (self);
  g_set_object (&self->annotator, annotator);
  if (annotator != NULL)
    {
      g_signal_connect_object (annotator, "notify::selection-start",
                               G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (annotator, "notify::selection-end",
                               G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
    }
  kutip_finder_begin (self);
  start (self, FALSE);
}

void
kutip_finder_begin (KutipFinder *self)
{
  g_return_if_fail (KUTIP_IS_FINDER (self));

  self->beginning = self->annotator != NULL
                        ? kutip_annotator_get_selection (self->annotator)
                        : (KutipRange){ 0, 0 };
}

void
kutip_finder_search (KutipFinder *self, const char *pattern, KutipFindFlags flags)
{
  g_return_if_fail (KUTIP_IS_FINDER (self));
  g_return_if_fail (pattern != NULL);

  g_free (self->pattern);
  self->pattern = g_strdup (pattern);
  self->flags = flags;
  start (self, TRUE);
}

void
kutip_finder_step (KutipFinder *self, gboolean forward)
{
  guint n, i;
  const KutipRange *hits;
  KutipRange selection;

  g_return_if_fail (KUTIP_IS_FINDER (self));

  hits = peek_hits (self, &n);
  if (n == 0)
    return;
  selection = kutip_annotator_get_selection (self->annotator);
  i = kutip_hits_find (hits, n, selection.start);
  if (forward)
    {
      /* The hit that is selected, or that the caret is in, is where one is already. */
      if (i < n &&
          (hits[i].start < selection.start || kutip_range_equal (hits[i], selection)))
        i++;
      i = i < n ? i : 0;
    }
  else
    i = i > 0 ? i - 1 : n - 1;
  select_range (self, hits[i]);
  self->beginning = hits[i];
}

void
kutip_finder_end (KutipFinder *self)
{
  g_return_if_fail (KUTIP_IS_FINDER (self));

  g_clear_pointer (&self->pattern, g_free);
  forget (self);
  emit_changed (self);
}

gboolean
kutip_finder_is_busy (KutipFinder *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDER (self), FALSE);
  return self->searching != NULL;
}

GArray *
kutip_finder_get_hits (KutipFinder *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDER (self), NULL);
  return self->hits;
}

guint
kutip_finder_get_position (KutipFinder *self)
{
  guint n, i;
  const KutipRange *hits;
  KutipRange selection;

  g_return_val_if_fail (KUTIP_IS_FINDER (self), 0);

  hits = peek_hits (self, &n);
  if (n == 0 || self->annotator == NULL)
    return 0;
  selection = kutip_annotator_get_selection (self->annotator);
  i = kutip_hits_find (hits, n, selection.start);
  return i < n && kutip_range_equal (hits[i], selection) ? i + 1 : 0;
}

const GError *
kutip_finder_get_error (KutipFinder *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDER (self), NULL);
  return self->error;
}
