/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/concordance/concordance.h"

#include "corpus/concordance/concordance-line.h"
#include "corpus/free-later.h"
#include "corpus/walk.h"

/* What is handed over at a time: the main thread is never away for longer than it takes
 * to put these into a list. */
#define BATCH 200
/* A list makes rows for the first few hundred lines, and has time for so many in each
 * frame; milliseconds. */
#define N_ROWS 256
#define ROW_BATCH 16
#define FRAME 16
/* How often the main thread hears of progress; microseconds. */
#define INTERVAL 50000

/* An open article as it was when the search began. */
typedef struct
{
  KutipText *text;
  KutipLayer *layer;
} Snapshot;

/* What the thread and the main thread share. Counted; each has one. */
typedef struct
{
  KutipConcordance *owner; /* main thread only; NULL when nobody listens any more */
  KutipSearchQuery *query;
  GFile *folder;
  GPtrArray *files; /* of @folder once they are found; then never changed */
  GHashTable *open; /* GFile -> Snapshot; never changed */
  GCancellable *cancellable;
  GMainContext *context;
  gint64 told;     /* searching thread only: monotonic time */
  GThread *thread; /* guarded by threads_mutex; NULL when it was joined */

  GMutex mutex; /* guards what follows */
  GPtrArray *found;
  guint n_lines, n_searched, n_articles, n_failed;
  gboolean is_cut, is_done;
  gboolean is_coming; /* the main thread has been called, and not come yet */
  GError *error;
} Job;

struct _KutipConcordance
{
  GObject parent_instance;

  GPtrArray *lines;
  GHashTable *documents; /* GFile -> KutipDocument: what is open, or NULL */
  Job *job;              /* NULL before the first search */
  guint n_searched, n_articles, n_failed;
  guint n_hit; /* articles that have lines */
  gboolean running, is_cut;
  GError *error;
};

enum
{
  PROP_RUNNING = 1,
  PROP_N_SEARCHED,
  PROP_N_ARTICLES,
  PROP_N_HIT,
  PROP_N_FAILED,
  PROP_IS_CUT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* The jobs whose threads may still run, also when nobody listens to them any more. */
static GMutex threads_mutex;
static GPtrArray *threads;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KutipConcordance,
                               kutip_concordance,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
clear_job (gpointer data)
{
  Job *job = data;

  kutip_search_query_free (job->query);
  g_clear_object (&job->folder);
  g_ptr_array_unref (job->files);
  g_hash_table_unref (job->open);
  g_object_unref (job->cancellable);
  g_main_context_unref (job->context);
  g_ptr_array_unref (job->found);
  g_clear_error (&job->error);
  g_mutex_clear (&job->mutex);
}

static void
release_job (gpointer job)
{
  g_atomic_rc_box_release_full (job, clear_job);
}

static void
start_thread (Job *job, GThreadFunc func)
{
  g_mutex_lock (&threads_mutex);
  if (threads == NULL)
    threads = g_ptr_array_new ();
  g_ptr_array_add (threads, g_atomic_rc_box_acquire (job));
  job->thread = g_thread_new ("kutip-search", func, g_atomic_rc_box_acquire (job));
  g_mutex_unlock (&threads_mutex);
}

static void
join_thread (Job *job)
{
  GThread *thread;

  g_mutex_lock (&threads_mutex);
  thread = g_steal_pointer (&job->thread);
  if (thread != NULL)
    g_ptr_array_remove_fast (threads, job);
  if (threads != NULL && threads->len == 0)
    g_clear_pointer (&threads, g_ptr_array_unref);
  g_mutex_unlock (&threads_mutex);
  if (thread == NULL)
    return;
  g_thread_join (thread);
  release_job (job);
}

void
kutip_concordance_join_all (void)
{
  for (;;)
    {
      Job *job = NULL;

      g_mutex_lock (&threads_mutex);
      if (threads != NULL)
        job = g_atomic_rc_box_acquire (g_ptr_array_index (threads, 0));
      g_mutex_unlock (&threads_mutex);
      if (job == NULL)
        return;
      join_thread (job);
      release_job (job);
    }
}

/* Articles come one after the other, each with all its lines. */
static guint
count_articles (KutipConcordance *self, guint position)
{
  guint n = 0;

  for (guint i = position; i < self->lines->len; i++)
    if (i == 0 || !kutip_concordance_line_is_in_same (self->lines->pdata[i],
                                                      self->lines->pdata[i - 1]))
      n++;
  return n;
}

static void
set_uint (KutipConcordance *self, guint *field, guint value, guint id)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[id]);
}

/* Frees the array. */
static void
take_lines (KutipConcordance *self, GPtrArray *lines)
{
  guint position = self->lines->len;
  guint n = lines->len;

  g_ptr_array_extend_and_steal (self->lines, lines);
  if (n == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
  set_uint (self, &self->n_hit, self->n_hit + count_articles (self, position),
            PROP_N_HIT);
}

static void
set_boolean (KutipConcordance *self, gboolean *field, gboolean value, guint id)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[id]);
}

static gboolean
is_done (Job *job)
{
  gboolean done;

  g_mutex_lock (&job->mutex);
  done = job->is_done;
  g_mutex_unlock (&job->mutex);
  return done;
}

static gboolean
is_young (KutipConcordance *self)
{
  return self->lines->len < N_ROWS;
}

static gboolean come (gpointer data);

/* With @wait not before the next frame. */
static void
call (Job *job, gboolean wait)
{
  g_autoptr (GSource) source = wait ? g_timeout_source_new (FRAME) : g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, come, g_atomic_rc_box_acquire (job), release_job);
  g_source_attach (source, job->context);
}

/* In the main thread: takes one batch, and comes again if there is more. */
static gboolean
come (gpointer data)
{
  Job *job = data;
  g_autoptr (KutipConcordance) self = NULL;
  GPtrArray *batch;
  guint n_searched, n_articles, n_failed, n;
  gboolean is_cut, all, more;

  /* The thread is at its very end then: this does not wait. */
  if (is_done (job))
    join_thread (job);
  if (job->owner == NULL)
    return G_SOURCE_REMOVE;
  self = g_object_ref (job->owner);
  batch = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_lock (&job->mutex);
  n = is_young (self) ? ROW_BATCH : BATCH;
  if (job->found->len <= n)
    g_ptr_array_extend_and_steal (batch, g_steal_pointer (&job->found));
  else
    {
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (batch, g_object_ref (g_ptr_array_index (job->found, i)));
      g_ptr_array_remove_range (job->found, 0, n);
    }
  if (job->found == NULL)
    job->found = g_ptr_array_new_with_free_func (g_object_unref);
  more = job->found->len > 0;
  job->is_coming = more;
  n_searched = job->n_searched;
  n_articles = job->n_articles;
  n_failed = job->n_failed;
  is_cut = job->is_cut;
  all = job->is_done && !more;
  if (self->error == NULL && job->error != NULL)
    self->error = g_error_copy (job->error);
  g_mutex_unlock (&job->mutex);

  take_lines (self, batch);
  set_uint (self, &self->n_articles, n_articles, PROP_N_ARTICLES);
  set_uint (self, &self->n_searched, n_searched, PROP_N_SEARCHED);
  set_uint (self, &self->n_failed, n_failed, PROP_N_FAILED);
  set_boolean (self, &self->is_cut, is_cut, PROP_IS_CUT);
  if (all)
    set_boolean (self, &self->running, FALSE, PROP_RUNNING);
  if (more && job->owner != NULL)
    call (job, is_young (self));
  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
call_main_thread (Job *job)
{
  if (job->is_coming)
    return;
  job->is_coming = TRUE;
  call (job, FALSE);
}

static void
tell (Job *job)
{
  gint64 time = g_get_monotonic_time ();

  if (time - job->told < INTERVAL)
    return;
  job->told = time;
  g_mutex_lock (&job->mutex);
  call_main_thread (job);
  g_mutex_unlock (&job->mutex);
}

typedef struct
{
  Job *job;
  char *name; /* GRefString */
  guint n_article;
  gboolean is_full;
} Article;

/* A GRefString. */
static char *
make_name (Job *job, GFile *file)
{
  g_autofree char *path =
      job->folder != NULL ? g_file_get_relative_path (job->folder, file) : NULL;
  g_autofree char *shown = NULL;

  if (path == NULL)
    path = g_file_get_basename (file);
  shown = g_filename_display_name (path);
  return g_ref_string_new (shown);
}

static gboolean
take_hit (const KutipSearchHit *hit, gpointer data)
{
  Article *article = data;
  Job *job = article->job;
  KutipConcordanceLine *line =
      kutip_concordance_line_new (hit, article->n_article, article->name);

  g_mutex_lock (&job->mutex);
  g_ptr_array_add (job->found, line);
  article->is_full = ++job->n_lines == KUTIP_CONCORDANCE_MOST;
  job->is_cut = article->is_full;
  g_mutex_unlock (&job->mutex);
  tell (job);
  return !article->is_full && !g_cancellable_is_cancelled (job->cancellable);
}

static void
take_error (Job *job, GError *error)
{
  g_mutex_lock (&job->mutex);
  job->n_failed++;
  if (job->error == NULL)
    job->error = g_error_copy (error);
  g_mutex_unlock (&job->mutex);
}

static gboolean
search_file (Article *article, GFile *file, GError **error)
{
  Job *job = article->job;
  Snapshot *snapshot = g_hash_table_lookup (job->open, file);

  if (snapshot == NULL)
    return kutip_search_file (job->query, file, take_hit, article, job->cancellable,
                              error);
  return kutip_search_open (job->query, file, snapshot->text, snapshot->layer, take_hit,
                            article, job->cancellable, error);
}

static gboolean
search_article (Job *job, guint i)
{
  GFile *file = g_ptr_array_index (job->files, i);
  Article article = { .job = job, .name = make_name (job, file), .n_article = i };
  g_autoptr (GError) error = NULL;

  if (!search_file (&article, file, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    take_error (job, error);
  g_ref_string_release (article.name);
  g_mutex_lock (&job->mutex);
  job->n_searched++;
  g_mutex_unlock (&job->mutex);
  tell (job);
  return !article.is_full && !g_cancellable_is_cancelled (job->cancellable);
}

static gboolean
take_path (const char *path, gboolean has_sidecar, gpointer data)
{
  Job *job = data;
  g_autoptr (GFile) file = g_file_resolve_relative_path (job->folder, path);

  /* Where nobody has marked anything there are no spans. */
  if (kutip_search_query_is_for_spans (job->query) && !has_sidecar &&
      !g_hash_table_contains (job->open, file))
    return TRUE;
  g_ptr_array_add (job->files, g_steal_pointer (&file));
  return TRUE;
}

static gpointer
search_in_thread (gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  if (job->folder != NULL &&
      !kutip_walk (job->folder, job->query->annotator, take_path, job, job->cancellable,
                   &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    take_error (job, error);
  g_mutex_lock (&job->mutex);
  job->n_articles = job->files->len;
  g_mutex_unlock (&job->mutex);
  for (guint i = 0; i < job->files->len && search_article (job, i); i++)
    ;
  /* Here, not in the main thread: there can be very many. */
  g_ptr_array_set_size (job->files, 0);
  /* Whoever sees that it is done joins this thread. */
  g_mutex_lock (&job->mutex);
  job->is_done = TRUE;
  call_main_thread (job);
  g_mutex_unlock (&job->mutex);
  release_job (job);
  return NULL;
}

static GPtrArray *
new_lines (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
drop_job (KutipConcordance *self)
{
  GPtrArray *found;

  if (self->job == NULL)
    return;
  g_cancellable_cancel (self->job->cancellable);
  /* Nobody takes them any more. */
  g_mutex_lock (&self->job->mutex);
  found = g_steal_pointer (&self->job->found);
  self->job->found = new_lines ();
  g_mutex_unlock (&self->job->mutex);
  kutip_free_later (found);
  self->job->owner = NULL;
  g_clear_pointer (&self->job, release_job);
}

static GType
get_item_type (GListModel *model)
{
  return KUTIP_TYPE_CONCORDANCE_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return KUTIP_CONCORDANCE (model)->lines->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *lines = KUTIP_CONCORDANCE (model)->lines;

  return position < lines->len ? g_object_ref (g_ptr_array_index (lines, position))
                               : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipConcordance *self = KUTIP_CONCORDANCE (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_N_SEARCHED:
      g_value_set_uint (value, self->n_searched);
      break;
    case PROP_N_ARTICLES:
      g_value_set_uint (value, self->n_articles);
      break;
    case PROP_N_HIT:
      g_value_set_uint (value, self->n_hit);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, self->n_failed);
      break;
    case PROP_IS_CUT:
      g_value_set_boolean (value, self->is_cut);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
kutip_concordance_dispose (GObject *object)
{
  drop_job (KUTIP_CONCORDANCE (object));
  G_OBJECT_CLASS (kutip_concordance_parent_class)->dispose (object);
}

static void
kutip_concordance_finalize (GObject *object)
{
  KutipConcordance *self = KUTIP_CONCORDANCE (object);

  kutip_free_later (self->lines);
  g_clear_pointer (&self->documents, g_hash_table_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (kutip_concordance_parent_class)->finalize (object);
}

static void
kutip_concordance_class_init (KutipConcordanceClass *class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = get_property;
  object_class->dispose = kutip_concordance_dispose;
  object_class->finalize = kutip_concordance_finalize;
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_N_SEARCHED] =
      g_param_spec_uint ("n-searched", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_ARTICLES] =
      g_param_spec_uint ("n-articles", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_HIT] = g_param_spec_uint ("n-hit", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_FAILED] =
      g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_IS_CUT] = g_param_spec_boolean ("is-cut", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kutip_concordance_init (KutipConcordance *self)
{
  self->lines = new_lines ();
}

KutipConcordance *
kutip_concordance_new (void)
{
  return g_object_new (KUTIP_TYPE_CONCORDANCE, NULL);
}

static void
empty (KutipConcordance *self)
{
  GPtrArray *lines = g_steal_pointer (&self->lines);

  self->lines = new_lines ();
  if (lines->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, lines->len, 0);
  kutip_free_later (lines);
  g_clear_error (&self->error);
  set_uint (self, &self->n_searched, 0, PROP_N_SEARCHED);
  set_uint (self, &self->n_articles, 0, PROP_N_ARTICLES);
  set_uint (self, &self->n_hit, 0, PROP_N_HIT);
  set_uint (self, &self->n_failed, 0, PROP_N_FAILED);
  set_boolean (self, &self->is_cut, FALSE, PROP_IS_CUT);
}

static void
free_snapshot (gpointer data)
{
  Snapshot *snapshot = data;

  kutip_text_unref (snapshot->text);
  g_object_unref (snapshot->layer);
  g_free (snapshot);
}

static GHashTable *
take_snapshots (GHashTable *documents)
{
  GHashTable *snapshots = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal,
                                                 g_object_unref, free_snapshot);
  GHashTableIter iter;
  gpointer file, document;

  if (documents == NULL)
    return snapshots;
  g_hash_table_iter_init (&iter, documents);
  while (g_hash_table_iter_next (&iter, &file, &document))
    {
      Snapshot *snapshot = g_new0 (Snapshot, 1);

      snapshot->text = kutip_text_ref (kutip_document_get_text (document));
      snapshot->layer = kutip_layer_snapshot (kutip_document_get_layer (document));
      g_hash_table_insert (snapshots, g_object_ref (file), snapshot);
    }
  return snapshots;
}

static Job *
new_job (KutipConcordance *self,
         const KutipSearchQuery *query,
         GFile *folder,
         GPtrArray *files)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  g_mutex_init (&job->mutex);
  job->owner = self;
  job->query = kutip_search_query_copy (query);
  job->folder = folder != NULL ? g_object_ref (folder) : NULL;
  job->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; folder == NULL && i < files->len; i++)
    g_ptr_array_add (job->files, g_object_ref (g_ptr_array_index (files, i)));
  job->open = take_snapshots (self->documents);
  job->cancellable = g_cancellable_new ();
  job->context = g_main_context_ref_thread_default ();
  job->found = new_lines ();
  return job;
}

void
kutip_concordance_take_open (KutipConcordance *self, GHashTable *documents)
{
  g_return_if_fail (KUTIP_IS_CONCORDANCE (self));

  g_clear_pointer (&self->documents, g_hash_table_unref);
  self->documents = documents;
}

void
kutip_concordance_start (KutipConcordance *self,
                         const KutipSearchQuery *query,
                         GFile *folder,
                         GPtrArray *files)
{
  g_return_if_fail (KUTIP_IS_CONCORDANCE (self));
  g_return_if_fail (query != NULL);
  g_return_if_fail (folder != NULL || files != NULL);

  drop_job (self);
  empty (self);
  self->job = new_job (self, query, folder, files);
  set_boolean (self, &self->running, TRUE, PROP_RUNNING);
  start_thread (self->job, search_in_thread);
}

void
kutip_concordance_clear (KutipConcordance *self)
{
  g_return_if_fail (KUTIP_IS_CONCORDANCE (self));

  kutip_concordance_stop (self);
  empty (self);
}

void
kutip_concordance_stop (KutipConcordance *self)
{
  g_return_if_fail (KUTIP_IS_CONCORDANCE (self));

  drop_job (self);
  set_boolean (self, &self->running, FALSE, PROP_RUNNING);
}

gboolean
kutip_concordance_is_running (KutipConcordance *self)
{
  g_return_val_if_fail (KUTIP_IS_CONCORDANCE (self), FALSE);
  return self->running;
}

const GError *
kutip_concordance_get_error (KutipConcordance *self)
{
  g_return_val_if_fail (KUTIP_IS_CONCORDANCE (self), NULL);
  return self->error;
}
