/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/walk.h"

#include "store/paths.h"

#include <dirent.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

/* A name in a folder. */
typedef struct
{
  char *name;
  char *key; /* for comparing */
  gboolean is_folder;
  gboolean has_sidecar;
} Item;

/* A folder being walked: what is in it, in order, and how far the walk has come. */
typedef struct
{
  char *path; /* below the root; "" for itself */
  GPtrArray *items;
  guint next;
} Level;

typedef struct
{
  dev_t device;
  ino_t inode;
} Visited;

typedef struct
{
  const char *root;
  const char *annotator;
  GPtrArray *levels; /* the way down to where the walk is */
  GHashTable *visited;
  KutipWalkFolderFunc folder_func; /* may be NULL */
  gpointer data;
  GError *error; /* the first */
} Walk;

static void
free_item (gpointer data)
{
  Item *item = data;

  g_free (item->name);
  g_free (item->key);
  g_free (item);
}

static void
free_level (gpointer data)
{
  Level *level = data;

  g_free (level->path);
  g_ptr_array_unref (level->items);
  g_free (level);
}

static guint
hash_visited (gconstpointer data)
{
  const Visited *visited = data;

  return (guint) visited->inode ^ (guint) visited->device * 31;
}

static gboolean
equal_visited (gconstpointer a, gconstpointer b)
{
  const Visited *one = a;
  const Visited *other = b;

  return one->device == other->device && one->inode == other->inode;
}

static char *
make_key (const char *name)
{
  g_autofree char *shown = NULL;

  if (g_utf8_validate (name, -1, NULL))
    return g_utf8_collate_key_for_filename (name, -1);
  shown = g_filename_display_name (name);
  return g_utf8_collate_key_for_filename (shown, -1);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *one = *(const Item *const *) a;
  const Item *other = *(const Item *const *) b;
  int order = strcmp (one->key, other->key);

  return order != 0 ? order : strcmp (one->name, other->name);
}

static char *
join (const char *folder, const char *name)
{
  return folder[0] != '\0' ? g_strconcat (folder, G_DIR_SEPARATOR_S, name, NULL)
                           : g_strdup (name);
}

static void
note_error (Walk *self, const char *path)
{
  int code = errno;

  if (self->error == NULL)
    g_set_error (&self->error, G_IO_ERROR, g_io_error_from_errno (code),
                 /* Translators: a folder, and the reason that the system gives */
                 _ ("The folder “%1$s” cannot be read: %2$s"), path, g_strerror (code));
}

/* Only file systems that do not tell in the listing, and links, cost a look at the file.
 */
static void
find_kind (const char *folder,
           const struct dirent *entry,
           gboolean *is_folder,
           gboolean *is_file)
{
  g_autofree char *path = NULL;
  struct stat status;

  *is_folder = entry->d_type == DT_DIR;
  *is_file = entry->d_type == DT_REG;
  if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
    return;
  path = g_build_filename (folder, entry->d_name, NULL);
  if (stat (path, &status) != 0)
    return;
  *is_folder = S_ISDIR (status.st_mode);
  *is_file = S_ISREG (status.st_mode);
}

static void
add_item (GPtrArray *items, const char *name, gboolean is_folder)
{
  Item *item = g_new0 (Item, 1);

  item->name = g_strdup (name);
  item->key = make_key (name);
  item->is_folder = is_folder;
  g_ptr_array_add (items, item);
}

/* Which of the articles has a sidecar, from the names in the same listing. */
static void
match_sidecars (Walk *self, GPtrArray *items, GHashTable *sidecars)
{
  if (g_hash_table_size (sidecars) == 0)
    return;
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);
      g_autofree char *sidecar = NULL;

      if (item->is_folder)
        continue;
      sidecar = kutip_paths_make_sidecar_name (item->name, self->annotator);
      item->has_sidecar = g_hash_table_contains (sidecars, sidecar);
    }
}

static void
list_folder (Walk *self, DIR *dir, const char *full, GPtrArray *items)
{
  g_autoptr (GHashTable) sidecars =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const struct dirent *entry;

  while (errno = 0, (entry = readdir (dir)) != NULL)
    {
      gboolean is_folder, is_file;

      if (entry->d_name[0] == '.')
        continue;
      if (kutip_paths_is_sidecar_name (entry->d_name))
        {
          g_hash_table_add (sidecars, g_strdup (entry->d_name));
          continue;
        }
      if (entry->d_type == DT_REG && !kutip_paths_is_article_name (entry->d_name))
        continue;
      find_kind (full, entry, &is_folder, &is_file);
      if (is_folder || (is_file && kutip_paths_is_article_name (entry->d_name)))
        add_item (items, entry->d_name, is_folder);
    }
  if (errno != 0)
    note_error (self, full);
  match_sidecars (self, items, sidecars);
  g_ptr_array_sort (items, compare_items);
}

/* A folder reached before, by a link or by a loop of links, is not walked again. */
static gboolean
is_new (Walk *self, int fd)
{
  struct stat status;
  Visited *visited;

  if (fstat (fd, &status) != 0)
    return FALSE;
  visited = g_new (Visited, 1);
  visited->device = status.st_dev;
  visited->inode = status.st_ino;
  return g_hash_table_add (self->visited, visited);
}

static void
enter_folder (Walk *self, const char *path)
{
  g_autofree char *full =
      path[0] != '\0' ? g_build_filename (self->root, path, NULL) : g_strdup (self->root);
  DIR *dir = opendir (full);
  Level *level;

  if (dir == NULL)
    {
      note_error (self, full);
      return;
    }
  if (is_new (self, dirfd (dir)))
    {
      level = g_new0 (Level, 1);
      level->path = g_strdup (path);
      level->items = g_ptr_array_new_with_free_func (free_item);
      list_folder (self, dir, full, level->items);
      g_ptr_array_add (self->levels, level);
      if (self->folder_func != NULL)
        self->folder_func (path, self->data);
    }
  closedir (dir);
}

/* The next name in order; FALSE when the walk is over or stopped. */
static gboolean
step (Walk *self, KutipWalkFunc func, gpointer data)
{
  Level *level = g_ptr_array_index (self->levels, self->levels->len - 1);
  g_autofree char *path = NULL;
  const Item *item;

  if (level->next == level->items->len)
    {
      g_ptr_array_set_size (self->levels, (gint) self->levels->len - 1);
      return self->levels->len > 0;
    }
  item = g_ptr_array_index (level->items, level->next++);
  path = join (level->path, item->name);
  if (!item->is_folder)
    return func (path, item->has_sidecar, data);
  enter_folder (self, path);
  return TRUE;
}

gboolean
kutip_walk (GFile *folder,
            const char *annotator,
            KutipWalkFunc func,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return kutip_walk_with_folders (folder, annotator, func, NULL, data, cancellable,
                                  error);
}

gboolean
kutip_walk_with_folders (GFile *folder,
                         const char *annotator,
                         KutipWalkFunc func,
                         KutipWalkFolderFunc folder_func,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error)
{
  Walk self = { .annotator = annotator, .folder_func = folder_func, .data = data };
  gboolean cancelled = FALSE;

  g_return_val_if_fail (G_IS_FILE (folder), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  self.root = g_file_peek_path (folder);
  if (self.root == NULL)
    {
      g_autofree char *uri = g_file_get_uri (folder);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   /* Translators: an address such as "sftp://…" */
                   _ ("“%s” is not on this computer. Copy it here first."), uri);
      return FALSE;
    }
  self.levels = g_ptr_array_new_with_free_func (free_level);
  self.visited = g_hash_table_new_full (hash_visited, equal_visited, g_free, NULL);
  enter_folder (&self, "");
  while (self.levels->len > 0 && !cancelled && step (&self, func, data))
    cancelled = g_cancellable_is_cancelled (cancellable);
  g_ptr_array_unref (self.levels);
  g_hash_table_unref (self.visited);
  if (cancelled)
    {
      g_clear_error (&self.error);
      g_cancellable_set_error_if_cancelled (cancellable, &self.error);
    }
  if (self.error == NULL)
    return TRUE;
  g_propagate_error (error, self.error);
  return FALSE;
}

/* A path with the keys of its parts. */
typedef struct
{
  char *path;
  GPtrArray *keys;
} Sortable;

static int
compare_sortables (gconstpointer a, gconstpointer b)
{
  const Sortable *one = a;
  const Sortable *other = b;
  guint n = MIN (one->keys->len, other->keys->len);

  for (guint i = 0; i < n; i++)
    {
      int order =
          strcmp (g_ptr_array_index (one->keys, i), g_ptr_array_index (other->keys, i));

      if (order != 0)
        return order;
    }
  if (one->keys->len != other->keys->len)
    return one->keys->len < other->keys->len ? -1 : 1;
  return strcmp (one->path, other->path);
}

static GPtrArray *
make_keys (const char *path)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (path, G_DIR_SEPARATOR_S, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (keys, make_key (parts[i]));
  return keys;
}

void
kutip_walk_sort (GPtrArray *paths)
{
  g_autoptr (GArray) sortables = NULL;

  g_return_if_fail (paths != NULL);

  sortables = g_array_sized_new (FALSE, FALSE, sizeof (Sortable), paths->len);
  for (guint i = 0; i < paths->len; i++)
    {
      char *path = g_ptr_array_index (paths, i);
      Sortable sortable = { .path = path, .keys = make_keys (path) };

      g_array_append_val (sortables, sortable);
    }
  g_array_sort (sortables, compare_sortables);
  for (guint i = 0; i < paths->len; i++)
    {
      Sortable *sortable = &g_array_index (sortables, Sortable, i);

      paths->pdata[i] = sortable->path;
      g_ptr_array_unref (sortable->keys);
    }
}
