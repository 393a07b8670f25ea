/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/corpus.h"

#include "corpus/folder-watch.h"
#include "corpus/free-later.h"
#include "corpus/listing.h"
#include "corpus/loader.h"

#include <string.h>

/* The folder is looked into again after so many times the time that it took. */
#define REST_FACTOR 4

/* The folder is looked into: a thread reads the list of entries, which nobody changes
 * meanwhile. A corpus that goes leaves it here. */
typedef struct
{
  KutipCorpus *corpus; /* NULL: it is gone */
  GPtrArray *entries;
  GCancellable *cancellable;
} Look;

struct _KutipCorpus
{
  GObject parent_instance;

  GFile *root;      /* the folder, or the deepest that all files lie in */
  GPtrArray *paths; /* NULL for a folder */
  char *annotator;
  GPtrArray *entries;
  KutipEntryOwner *owner;
  GHashTable *by_path;     /* path below the root -> entry, both owned by the array */
  KutipLoader *loader;     /* NULL before loading */
  KutipFolderWatch *watch; /* NULL before loading, and for files */
  Look *looking;           /* NULL, or the folder is looked into again */
  gboolean look_again;     /* something came in between */
  gint64 rested;           /* before this nobody looks again; monotonic time */
  guint timer;
  gboolean loading;
  guint n_done;
  GError *error;
};

enum
{
  PROP_LOADING = 1,
  PROP_N_DONE,
  PROP_FOLDER,
  PROP_ERROR,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  TITLES_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return KUTIP_TYPE_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return KUTIP_CORPUS (model)->entries->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  KutipCorpus *self = KUTIP_CORPUS (model);

  if (position >= self->entries->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->entries, position));
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KutipCorpus,
                               kutip_corpus,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
on_entry_wanted (KutipEntry *entry, gpointer owner)
{
  KutipCorpus *self = owner;

  if (self->loader != NULL)
    kutip_loader_want (self->loader, entry);
}

static void
on_entry_status_changed (KutipEntry *entry, KutipStatus before, gpointer owner)
{
  KutipCorpus *self = owner;
  guint n_done = self->n_done;

  if (before == KUTIP_STATUS_DONE)
    n_done--;
  if (kutip_entry_get_status (entry) == KUTIP_STATUS_DONE)
    n_done++;
  if (n_done == self->n_done)
    return;
  self->n_done = n_done;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
}

static KutipEntryOwner *
create_owner (KutipCorpus *self)
{
  KutipEntryOwner *owner = g_atomic_rc_box_new (KutipEntryOwner);

  *owner = (KutipEntryOwner){ on_entry_wanted, on_entry_status_changed, self };
  return owner;
}

static void
adopt (KutipCorpus *self, KutipEntry *entry)
{
  kutip_entry_set_owner (entry, self->owner);
  g_hash_table_insert (self->by_path, (gpointer) kutip_entry_get_path (entry), entry);
}

static void
abandon (KutipCorpus *self, KutipEntry *entry)
{
  kutip_entry_set_owner (entry, NULL);
  g_hash_table_remove (self->by_path, kutip_entry_get_path (entry));
  if (kutip_entry_get_status (entry) == KUTIP_STATUS_DONE)
    self->n_done--;
}

static void
on_found (KutipEntry **entries, guint n, gpointer data)
{
  KutipCorpus *self = data;
  guint position = self->entries->len;

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (self->entries, entries[i]);
      adopt (self, entries[i]);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
}

static void
on_read (KutipHead *heads, guint n, gpointer data)
{
  KutipCorpus *self = data;
  gboolean is_other = FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < n; i++)
    is_other |= kutip_entry_take_head (heads[i].entry, g_steal_pointer (&heads[i].title),
                                       heads[i].status);
  g_object_thaw_notify (G_OBJECT (self));
  if (is_other)
    g_signal_emit (self, signals[TITLES_CHANGED], 0);
}

static void
set_error (KutipCorpus *self, const GError *error)
{
  if (error == NULL && self->error == NULL)
    return;
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Puts what is new between what there was; an entry may be among what goes and what
 * comes. */
static void
apply_change (KutipCorpus *self,
              const KutipListingChange *change,
              KutipEntry *const *entries)
{
  g_autoptr (GPtrArray) removed =
      g_ptr_array_new_full (change->n_removed, g_object_unref);

  for (guint i = 0; i < change->n_removed; i++)
    {
      KutipEntry *entry = g_ptr_array_index (self->entries, change->position + i);

      abandon (self, entry);
      g_ptr_array_add (removed, g_object_ref (entry));
    }
  if (change->n_removed > 0)
    g_ptr_array_remove_range (self->entries, change->position, change->n_removed);
  g_ptr_array_set_size (self->entries, (gint) (self->entries->len + change->n_added));
  memmove (self->entries->pdata + change->position + change->n_added,
           self->entries->pdata + change->position,
           (self->entries->len - change->position - change->n_added) * sizeof (gpointer));
  for (guint i = 0; i < change->n_added; i++)
    {
      KutipEntry *entry = g_object_ref (entries[change->position + i]);

      self->entries->pdata[change->position + i] = entry;
      adopt (self, entry);
      if (kutip_entry_is_unread (entry))
        kutip_loader_want (self->loader, entry);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), change->position, change->n_removed,
                              change->n_added);
}

static void
take_listing (KutipCorpus *self, KutipListing *listing, const GError *error)
{
  guint n_done = self->n_done;

  for (guint i = 0; i < listing->changes->len; i++)
    apply_change (self, &g_array_index (listing->changes, KutipListingChange, i),
                  (KutipEntry *const *) listing->entries->pdata);
  kutip_folder_watch_set_folders (self->watch, listing->folders);
  if (n_done != self->n_done)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
  set_error (self, error);
}

static gboolean on_rested (gpointer data);

static void look (KutipCorpus *self);

static void
free_look (Look *self)
{
  g_object_unref (self->cancellable);
  g_free (self);
}

static void
look_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Look *looking = data;
  KutipCorpus *self = looking->corpus;
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipListing) listing = kutip_listing_make_finish (result, &error);
  gint64 now = g_get_monotonic_time ();

  if (self == NULL)
    kutip_free_later (looking->entries);
  free_look (looking);
  if (self == NULL)
    return;
  self->looking = NULL;
  /* Where looking takes long, it is done the more seldom. */
  self->rested = now + REST_FACTOR * (now - self->rested);
  take_listing (self, listing, error);
  if (self->look_again)
    look (self);
}

static void
look (KutipCorpus *self)
{
  gint64 now = g_get_monotonic_time ();

  self->look_again = TRUE;
  if (self->looking != NULL || self->loading || self->timer != 0)
    return;
  if (now < self->rested)
    {
      self->timer =
          g_timeout_add ((guint) ((self->rested - now) / 1000 + 1), on_rested, self);
      return;
    }
  self->look_again = FALSE;
  self->rested = now;
  self->looking = g_new (Look, 1);
  *self->looking = (Look){ self, self->entries, g_cancellable_new () };
  kutip_listing_make_async (self->root, self->annotator, self->entries,
                            self->looking->cancellable, look_done, self->looking);
}

static gboolean
on_rested (gpointer data)
{
  KutipCorpus *self = data;

  self->timer = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
on_listing (gpointer data)
{
  look (data);
}

static void
on_sidecar (GFile *article, gpointer data)
{
  KutipCorpus *self = data;
  KutipEntry *entry = kutip_corpus_lookup (self, article);

  if (entry == NULL)
    return;
  kutip_entry_forget (entry);
  kutip_loader_want (self->loader, entry);
}

static const KutipFolderWatchFuncs watch_funcs = {
  .listing = on_listing,
  .sidecar = on_sidecar,
};

static void
on_finished (const GError *error, gpointer data)
{
  KutipCorpus *self = data;

  set_error (self, error);
  self->loading = FALSE;
  /* Which folders there are, and what has come since the watch began. */
  if (self->watch != NULL)
    look (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static const KutipLoaderFuncs loader_funcs = {
  .found = on_found,
  .read = on_read,
  .finished = on_finished,
};

static void
kutip_corpus_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipCorpus *self = KUTIP_CORPUS (object);

  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    case PROP_FOLDER:
      g_value_set_object (value, kutip_corpus_get_folder (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_corpus_dispose (GObject *object)
{
  KutipCorpus *self = KUTIP_CORPUS (object);

  g_clear_pointer (&self->loader, kutip_loader_stop);
  g_clear_pointer (&self->watch, kutip_folder_watch_stop);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->owner->data = NULL;
  if (self->looking != NULL)
    {
      self->looking->corpus = NULL;
      g_cancellable_cancel (self->looking->cancellable);
      self->looking = NULL;
    }
  else
    kutip_free_later (self->entries);
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_steal_all (self->by_path);
  G_OBJECT_CLASS (kutip_corpus_parent_class)->dispose (object);
}

static void
kutip_corpus_finalize (GObject *object)
{
  KutipCorpus *self = KUTIP_CORPUS (object);

  g_hash_table_unref (self->by_path);
  g_ptr_array_unref (self->entries);
  g_atomic_rc_box_release (self->owner);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_object (&self->root);
  g_clear_error (&self->error);
  g_free (self->annotator);
  G_OBJECT_CLASS (kutip_corpus_parent_class)->finalize (object);
}

static void
kutip_corpus_class_init (KutipCorpusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kutip_corpus_get_property;
  object_class->dispose = kutip_corpus_dispose;
  object_class->finalize = kutip_corpus_finalize;
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_N_DONE] =
      g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_FOLDER] =
      g_param_spec_object ("folder", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[TITLES_CHANGED] =
      g_signal_new ("titles-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_corpus_init (KutipCorpus *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self->owner = create_owner (self);
}

KutipCorpus *
kutip_corpus_new_for_folder (GFile *folder, const char *annotator)
{
  KutipCorpus *self;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  self = g_object_new (KUTIP_TYPE_CORPUS, NULL);
  self->root = g_object_ref (folder);
  self->annotator = g_strdup (annotator);
  return self;
}

/* The deepest folder that holds all of them. */
static GFile *
find_root (GFile *const *files, guint n_files)
{
  GFile *root = n_files > 0 ? g_file_get_parent (files[0]) : NULL;

  for (guint i = 1; i < n_files && root != NULL; i++)
    {
      while (root != NULL && !g_file_has_prefix (files[i], root))
        {
          GFile *parent = g_file_get_parent (root);

          g_object_unref (root);
          root = parent;
        }
    }
  return root != NULL ? root : g_file_new_for_path (G_DIR_SEPARATOR_S);
}

KutipCorpus *
kutip_corpus_new_for_files (GFile *const *files, guint n_files, const char *annotator)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  KutipCorpus *self;

  g_return_val_if_fail (files != NULL || n_files == 0, NULL);

  self = g_object_new (KUTIP_TYPE_CORPUS, NULL);
  self->root = find_root (files, n_files);
  self->annotator = g_strdup (annotator);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_files; i++)
    {
      char *path = g_file_get_relative_path (self->root, files[i]);

      if (path != NULL && g_hash_table_add (seen, path))
        g_ptr_array_add (self->paths, path);
      else
        g_free (path);
    }
  return self;
}

void
kutip_corpus_load (KutipCorpus *self)
{
  g_return_if_fail (KUTIP_IS_CORPUS (self));

  if (self->loader != NULL)
    return;
  self->loading = TRUE;
  if (self->paths == NULL)
    self->watch =
        kutip_folder_watch_start (self->root, self->annotator, &watch_funcs, self);
  self->loader =
      kutip_loader_start (self->root, self->paths, self->annotator, &loader_funcs, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

gboolean
kutip_corpus_is_loading (KutipCorpus *self)
{
  g_return_val_if_fail (KUTIP_IS_CORPUS (self), FALSE);

  return self->loading;
}

guint
kutip_corpus_get_n_done (KutipCorpus *self)
{
  g_return_val_if_fail (KUTIP_IS_CORPUS (self), 0);

  return self->n_done;
}

GFile *
kutip_corpus_get_folder (KutipCorpus *self)
{
  g_return_val_if_fail (KUTIP_IS_CORPUS (self), NULL);

  return self->paths == NULL ? self->root : NULL;
}

KutipEntry *
kutip_corpus_lookup (KutipCorpus *self, GFile *article)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (KUTIP_IS_CORPUS (self), NULL);
  g_return_val_if_fail (G_IS_FILE (article), NULL);

  path = g_file_get_relative_path (self->root, article);
  return path != NULL ? g_hash_table_lookup (self->by_path, path) : NULL;
}
