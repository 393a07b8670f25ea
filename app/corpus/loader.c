/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/loader.h"

#include "corpus/walk.h"
#include "format/sidecar/sidecar.h"
#include "model/guess.h"
#include "store/paths.h"
#include "store/stamp.h"
#include "text/charset.h"

#include <string.h>

/* How much is handed over at once, so that the main loop stays responsive. */
#define MAX_FOUND 1000
/* A list makes rows for the first few hundred entries, and so many at once are what it
 * has time for in a frame, which lasts so many milliseconds. */
#define N_ROWS 256
#define ROW_BATCH 16
#define FRAME 16
#define MAX_READ 200
/* What stands before the spans is shorter than this nearly always, and than that always.
 */
#define HEAD_BYTES 8192
#define LONG_HEAD_BYTES (1 << 20)
/* A title is looked for in so much of an article. */
#define TITLE_BYTES 4096

struct _KutipLoader
{
  GFile *root;
  GPtrArray *paths; /* NULL: all below the root */
  char *annotator;
  KutipLoaderFuncs funcs;
  gpointer data; /* NULL once stopped; main thread only */
  GMainContext *context;
  GCancellable *cancellable;

  GMutex lock; /* for all below */
  GCond more;
  GQueue todo;      /* KutipEntry, owned: heads to read */
  GQueue wanted;    /* those that somebody waits for; the latest first */
  GPtrArray *found; /* to be handed over */
  guint n_handed;   /* of found */
  GArray *read;     /* KutipHead, to be handed over */
  guint n_read_handed;
  GError *error;
  gboolean walked; /* nothing more will be found */
  gboolean told;   /* that it is so */
  gboolean scheduled;
};

static void
clear_head (gpointer data)
{
  KutipHead *head = data;

  g_clear_object (&head->entry);
  g_free (head->title);
}

static void
clear_loader (gpointer data)
{
  KutipLoader *self = data;

  for (guint i = 0; i < self->n_handed; i++)
    self->found->pdata[i] = NULL;
  g_ptr_array_unref (self->found);
  g_array_unref (self->read);
  g_queue_clear_full (&self->todo, g_object_unref);
  g_queue_clear_full (&self->wanted, g_object_unref);
  g_clear_object (&self->root);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->error);
  g_free (self->annotator);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->more);
}

static void
release_loader (gpointer self)
{
  g_atomic_rc_box_release_full (self, clear_loader);
}

static void
unref_entry (gpointer entry)
{
  if (entry != NULL)
    g_object_unref (entry);
}

/* Hands over one batch of entries. */
static void
hand_found (KutipLoader *self)
{
  KutipEntry *batch[MAX_FOUND];
  guint n = 0;
  guint n_most;

  g_mutex_lock (&self->lock);
  n_most = self->n_handed < N_ROWS ? ROW_BATCH : MAX_FOUND;
  while (n < n_most && self->n_handed < self->found->len)
    batch[n++] = g_ptr_array_index (self->found, self->n_handed++);
  g_mutex_unlock (&self->lock);
  if (n > 0)
    self->funcs.found (batch, n, self->data);
}

static void
hand_read (KutipLoader *self)
{
  KutipHead batch[MAX_READ];
  guint n = 0;

  g_mutex_lock (&self->lock);
  while (n < MAX_READ && self->n_read_handed < self->read->len)
    {
      KutipHead *head = &g_array_index (self->read, KutipHead, self->n_read_handed++);

      batch[n++] = *head;
      head->entry = NULL;
      head->title = NULL;
    }
  if (self->n_read_handed == self->read->len)
    {
      g_array_set_size (self->read, 0);
      self->n_read_handed = 0;
    }
  g_mutex_unlock (&self->lock);
  if (n > 0)
    self->funcs.read (batch, n, self->data);
  for (guint i = 0; i < n; i++)
    clear_head (&batch[i]);
}

static void schedule (KutipLoader *self);

/* In the main thread. Entries first: a head belongs to one that was handed over. */
static gboolean
hand_over (gpointer data)
{
  KutipLoader *self = data;
  gboolean is_last = FALSE;
  gboolean again;

  if (self->data != NULL)
    hand_found (self);
  g_mutex_lock (&self->lock);
  again = self->n_handed < self->found->len;
  if (!again && self->walked && !self->told)
    is_last = self->told = TRUE;
  g_mutex_unlock (&self->lock);
  if (is_last && self->data != NULL)
    self->funcs.finished (self->error, self->data);
  if (!again && self->data != NULL)
    hand_read (self);

  g_mutex_lock (&self->lock);
  again = self->data != NULL &&
          (self->n_handed < self->found->len || self->n_read_handed < self->read->len ||
           (self->walked && !self->told));
  self->scheduled = FALSE;
  if (again)
    schedule (self);
  g_mutex_unlock (&self->lock);
  return G_SOURCE_REMOVE;
}

/* With the lock held. The main loop is idle more than once before the frame in which the
 * list makes rows for all that it was given until then. */
static void
schedule (KutipLoader *self)
{
  gboolean makes_rows = self->n_handed > 0 && self->n_handed < N_ROWS;
  GSource *source;

  if (self->scheduled)
    return;
  self->scheduled = TRUE;
  source = makes_rows ? g_timeout_source_new (FRAME) : g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, hand_over, g_atomic_rc_box_acquire (self),
                         release_loader);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

static gboolean
add_found (const char *path, gboolean has_sidecar, gpointer data)
{
  KutipLoader *self = data;
  KutipEntry *entry = kutip_entry_new (self->root, path, has_sidecar);

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->found, entry);
  if (has_sidecar)
    {
      g_queue_push_tail (&self->todo, g_object_ref (entry));
      g_cond_signal (&self->more);
    }
  schedule (self);
  g_mutex_unlock (&self->lock);
  return !g_cancellable_is_cancelled (self->cancellable);
}

static void
add_paths (KutipLoader *self)
{
  gboolean go_on = TRUE;

  kutip_walk_sort (self->paths);
  for (guint i = 0; go_on && i < self->paths->len; i++)
    {
      const char *path = g_ptr_array_index (self->paths, i);
      g_autoptr (GFile) file = g_file_resolve_relative_path (self->root, path);
      g_autoptr (GFile) sidecar = kutip_paths_get_sidecar (file, self->annotator);

      go_on = add_found (path, g_file_query_exists (sidecar, NULL), self);
    }
}

static gpointer
find_in_thread (gpointer data)
{
  KutipLoader *self = data;
  g_autoptr (GError) error = NULL;

  if (self->paths != NULL)
    add_paths (self);
  else
    kutip_walk (self->root, self->annotator, add_found, self, self->cancellable, &error);
  g_mutex_lock (&self->lock);
  self->error = g_steal_pointer (&error);
  self->walked = TRUE;
  g_cond_signal (&self->more);
  schedule (self);
  g_mutex_unlock (&self->lock);
  release_loader (self);
  return NULL;
}

/* NULL when there is no sidecar, or none that can be understood. */
static KutipHeader *
read_header (GFile *sidecar)
{
  KutipHeader *header = NULL;
  gsize n_wanted = HEAD_BYTES;
  gsize n_bytes = HEAD_BYTES;

  while (header == NULL && n_bytes == n_wanted)
    {
      g_autofree char *bytes = kutip_stamp_read_head (sidecar, n_wanted, &n_bytes);

      if (bytes != NULL)
        header = kutip_sidecar_read_header (bytes, n_bytes, NULL);
      if (n_wanted == LONG_HEAD_BYTES)
        break;
      if (n_bytes == n_wanted)
        n_bytes = n_wanted = LONG_HEAD_BYTES;
    }
  return header;
}

/* How much of an article's head does not end in the half of a character: all of UTF-8 but
 * that; of what may be another encoding the whole lines. */
static gsize
cut_head (const char *bytes, gsize n_bytes)
{
  const char *end = bytes + n_bytes;
  gboolean is_utf16 = n_bytes >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 ||
                                       memcmp (bytes, "\xfe\xff", 2) == 0);

  if (n_bytes < TITLE_BYTES || is_utf16)
    return n_bytes;
  g_utf8_validate (bytes, (gssize) n_bytes, &end);
  if (end > bytes + n_bytes - 4)
    return (gsize) (end - bytes);
  end = bytes + n_bytes;
  while (end > bytes && end[-1] != '\n')
    end--;
  return end > bytes ? (gsize) (end - bytes) : n_bytes;
}

static char *
read_title (GFile *article)
{
  gsize n_bytes;
  char *head = kutip_stamp_read_head (article, TITLE_BYTES, &n_bytes);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipHeader) header = NULL;

  if (head == NULL)
    return NULL;
  bytes = g_bytes_new_take (head, cut_head (head, n_bytes));
  text = kutip_charset_decode (bytes, NULL, NULL, NULL);
  if (text == NULL)
    return NULL;
  header = kutip_guess_header (text, NULL);
  return g_strdup (kutip_header_get_fields (header)->title);
}

/* A sidecar that cannot be understood holds work all the same. */
static KutipHead
read_entry (KutipLoader *self, KutipEntry *entry)
{
  KutipHead head = { .entry = entry, .status = KUTIP_STATUS_IN_PROGRESS };
  const char *path = kutip_entry_get_path (entry);
  g_autoptr (GFile) article = g_file_resolve_relative_path (self->root, path);
  g_autoptr (GFile) sidecar = kutip_paths_get_sidecar (article, self->annotator);
  g_autoptr (KutipHeader) header = read_header (sidecar);

  if (header != NULL)
    {
      head.title = g_strdup (kutip_header_get_fields (header)->title);
      head.status = kutip_header_get_fields (header)->status;
    }
  else if (!g_file_query_exists (sidecar, NULL))
    head.status = KUTIP_STATUS_NEW;
  if (head.title == NULL)
    head.title = read_title (article);
  return head;
}

/* With the lock held; NULL when all is over. */
static KutipEntry *
wait_for_entry (KutipLoader *self)
{
  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      KutipEntry *entry = g_queue_pop_head (&self->wanted);

      if (entry == NULL)
        entry = g_queue_pop_head (&self->todo);
      if (entry != NULL && kutip_entry_claim (entry))
        return entry;
      if (entry != NULL)
        g_object_unref (entry);
      else
        g_cond_wait (&self->more, &self->lock);
    }
  return NULL;
}

static gpointer
read_in_thread (gpointer data)
{
  KutipLoader *self = data;
  KutipEntry *entry;

  g_mutex_lock (&self->lock);
  while ((entry = wait_for_entry (self)) != NULL)
    {
      KutipHead head;

      g_mutex_unlock (&self->lock);
      head = read_entry (self, entry);
      g_mutex_lock (&self->lock);
      g_array_append_val (self->read, head);
      schedule (self);
    }
  g_mutex_unlock (&self->lock);
  release_loader (self);
  return NULL;
}

KutipLoader *
kutip_loader_start (GFile *root,
                    GPtrArray *paths,
                    const char *annotator,
                    const KutipLoaderFuncs *funcs,
                    gpointer data)
{
  KutipLoader *self;

  g_return_val_if_fail (G_IS_FILE (root), NULL);
  g_return_val_if_fail (funcs != NULL && data != NULL, NULL);

  self = g_atomic_rc_box_new0 (KutipLoader);
  self->root = g_object_ref (root);
  self->paths = paths != NULL ? g_ptr_array_ref (paths) : NULL;
  self->annotator = g_strdup (annotator);
  self->funcs = *funcs;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  self->found = g_ptr_array_new_with_free_func (unref_entry);
  self->read = g_array_new (FALSE, FALSE, sizeof (KutipHead));
  g_array_set_clear_func (self->read, clear_head);
  g_mutex_init (&self->lock);
  g_cond_init (&self->more);
  g_queue_init (&self->todo);
  g_queue_init (&self->wanted);
  g_thread_unref (
      g_thread_new ("kutip-find", find_in_thread, g_atomic_rc_box_acquire (self)));
  g_thread_unref (
      g_thread_new ("kutip-heads", read_in_thread, g_atomic_rc_box_acquire (self)));
  return self;
}

void
kutip_loader_want (KutipLoader *self, KutipEntry *entry)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  g_queue_push_head (&self->wanted, g_object_ref (entry));
  g_cond_signal (&self->more);
  g_mutex_unlock (&self->lock);
}

void
kutip_loader_stop (KutipLoader *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->lock);
  self->data = NULL;
  g_cond_signal (&self->more);
  g_mutex_unlock (&self->lock);
  release_loader (self);
}
