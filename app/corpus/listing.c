/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/listing.h"

#include "corpus/walk.h"

/* More places than this are told as one: a list that hears of thousands of changes is
 * slower than one that is read again. */
#define MOST_CHANGES 32

typedef struct
{
  GFile *root;
  char *annotator;
  GPtrArray *known; /* the caller's */
} Job;

typedef struct
{
  Job *job;
  GHashTable *known; /* path -> KutipEntry */
  KutipListing *listing;
} Walk;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_object_unref (job->root);
  g_free (job->annotator);
  g_free (job);
}

/* A listing with what could not be read. */
typedef struct
{
  KutipListing *listing;
  GError *error;
} Outcome;

static void
free_outcome (gpointer data)
{
  Outcome *outcome = data;

  g_clear_pointer (&outcome->listing, kutip_listing_free);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

void
kutip_listing_free (KutipListing *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->folders);
  g_clear_pointer (&self->changes, g_array_unref);
  g_free (self);
}

static gboolean
take_article (const char *path, gboolean has_sidecar, gpointer data)
{
  Walk *walk = data;
  KutipEntry *entry = g_hash_table_lookup (walk->known, path);

  if (entry == NULL)
    {
      entry = kutip_entry_new (walk->job->root, path, has_sidecar);
      g_ptr_array_add (walk->listing->added, entry);
    }
  g_ptr_array_add (walk->listing->entries, entry);
  return TRUE;
}

static void
take_folder (const char *path, gpointer data)
{
  Walk *walk = data;

  g_ptr_array_add (walk->listing->folders, g_strdup (path));
}

static GHashTable *
make_set (GPtrArray *pointers)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < pointers->len; i++)
    g_hash_table_add (set, g_ptr_array_index (pointers, i));
  return set;
}

static guint
count_strangers (GPtrArray *pointers, guint from, GHashTable *known)
{
  guint n = 0;

  while (from + n < pointers->len &&
         !g_hash_table_contains (known, g_ptr_array_index (pointers, from + n)))
    n++;
  return n;
}

static void
join_changes (GArray *changes)
{
  KutipListingChange *first = &g_array_index (changes, KutipListingChange, 0);
  const KutipListingChange *last =
      &g_array_index (changes, KutipListingChange, changes->len - 1);
  guint n_removed = 0, n_added = 0;
  guint end = last->position + last->n_added;

  for (guint i = 0; i < changes->len; i++)
    {
      n_removed += g_array_index (changes, KutipListingChange, i).n_removed;
      n_added += g_array_index (changes, KutipListingChange, i).n_added;
    }
  first->n_added = end - first->position;
  first->n_removed = first->n_added + n_removed - n_added;
  g_array_set_size (changes, 1);
}

GArray *
kutip_listing_compare (GPtrArray *before, GPtrArray *after)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (KutipListingChange));
  g_autoptr (GHashTable) old = make_set (before);
  g_autoptr (GHashTable) new = make_set (after);
  guint i = 0, j = 0;

  while (i < before->len || j < after->len)
    {
      KutipListingChange change = { .position = j,
                                    .n_removed = count_strangers (before, i, new),
                                    .n_added = count_strangers (after, j, old) };

      if (change.n_removed > 0 || change.n_added > 0)
        g_array_append_val (changes, change);
      i += change.n_removed;
      j += change.n_added;
      while (i < before->len && j < after->len && before->pdata[i] == after->pdata[j])
        i++, j++;
    }
  if (changes->len > MOST_CHANGES)
    join_changes (changes);
  return changes;
}

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  Walk walk = { .job = job, .known = known, .listing = g_new0 (KutipListing, 1) };
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->listing = walk.listing;
  walk.listing->entries = g_ptr_array_new ();
  walk.listing->added = g_ptr_array_new_with_free_func (g_object_unref);
  walk.listing->folders = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < job->known->len; i++)
    {
      KutipEntry *entry = g_ptr_array_index (job->known, i);

      g_hash_table_insert (known, (gpointer) kutip_entry_get_path (entry), entry);
    }
  kutip_walk_with_folders (job->root, job->annotator, take_article, take_folder, &walk,
                           cancellable, &outcome->error);
  if (g_error_matches (outcome->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      free_outcome (outcome);
      g_task_return_error_if_cancelled (task);
      return;
    }
  walk.listing->changes = kutip_listing_compare (job->known, walk.listing->entries);
  g_task_return_pointer (task, outcome, free_outcome);
}

void
kutip_listing_make_async (GFile *root,
                          const char *annotator,
                          GPtrArray *known,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (G_IS_FILE (root));
  g_return_if_fail (known != NULL);

  job = g_new0 (Job, 1);
  job->root = g_object_ref (root);
  job->annotator = g_strdup (annotator);
  job->known = known;
  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, kutip_listing_make_async);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, make_in_thread);
}

KutipListing *
kutip_listing_make_finish (GAsyncResult *result, GError **error)
{
  Outcome *outcome = g_task_propagate_pointer (G_TASK (result), error);
  KutipListing *listing;

  if (outcome == NULL)
    return NULL;
  listing = g_steal_pointer (&outcome->listing);
  if (outcome->error != NULL)
    g_propagate_error (error, g_steal_pointer (&outcome->error));
  free_outcome (outcome);
  return listing;
}
