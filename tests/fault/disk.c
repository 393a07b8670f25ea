/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk.h"

#include "../store/place.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  GString *now;
  GString *synced; /* NULL: never */
} Inode;

struct _Disk
{
  char **folders;
  GHashTable *names; /* absolute path -> Inode, NULL for a folder */
};

/* What became of what was not synced. */
typedef enum
{
  CONTENT_THERE,
  CONTENT_LOST,
  CONTENT_HALF,
  CONTENT_ZEROS,
  N_CONTENTS
} Content;

/* A disk on which things are done. */
typedef struct
{
  GHashTable *names;
  GPtrArray *inodes;
} State;

static Inode *
inode_new (State *state, const char *content, gsize n_bytes, gboolean synced)
{
  Inode *inode = g_new0 (Inode, 1);

  inode->now = g_string_new_len (content, (gssize) n_bytes);
  if (synced)
    inode->synced = g_string_new_len (content, (gssize) n_bytes);
  g_ptr_array_add (state->inodes, inode);
  return inode;
}

static void
free_inode (gpointer data)
{
  Inode *inode = data;

  g_string_free (inode->now, TRUE);
  if (inode->synced != NULL)
    g_string_free (inode->synced, TRUE);
  g_free (inode);
}

static void
free_bytes (gpointer bytes)
{
  g_clear_pointer ((GBytes **) &bytes, g_bytes_unref);
}

static void
take_tree (Disk *self, const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      char *content;
      gsize n_bytes;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          g_hash_table_insert (self->names, g_strdup (child), NULL);
          take_tree (self, child);
        }
      else if (g_file_get_contents (child, &content, &n_bytes, NULL))
        g_hash_table_insert (self->names, g_strdup (child),
                             g_bytes_new_take (content, n_bytes));
    }
}

Disk *
disk_new (const char *const *folders)
{
  Disk *self = g_new0 (Disk, 1);

  self->folders = g_strdupv ((char **) folders);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_bytes);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_hash_table_insert (self->names, g_strdup (folders[i]), NULL);
      take_tree (self, folders[i]);
    }
  return self;
}

void
disk_free (Disk *self)
{
  g_strfreev (self->folders);
  g_hash_table_unref (self->names);
  g_free (self);
}

static void
begin (Disk *self, State *state)
{
  GHashTableIter iter;
  gpointer path, bytes;

  state->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  state->inodes = g_ptr_array_new_with_free_func (free_inode);
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    g_hash_table_insert (state->names, g_strdup (path),
                         bytes == NULL ? NULL
                                       : inode_new (state, g_bytes_get_data (bytes, NULL),
                                                    g_bytes_get_size (bytes), TRUE));
}

static void
clear (State *state)
{
  g_hash_table_unref (state->names);
  g_ptr_array_unref (state->inodes);
}

static gboolean
is_folder (State *state, const char *path)
{
  return g_hash_table_contains (state->names, path) &&
         g_hash_table_lookup (state->names, path) == NULL;
}

/* With all that is below it. */
static void
move (State *state, const char *old, const char *new)
{
  g_autofree char *prefix = g_strconcat (old, "/", NULL);
  g_autoptr (GList) names = g_hash_table_get_keys (state->names);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;
      Inode *inode;

      if (strcmp (name, old) != 0 && !g_str_has_prefix (name, prefix))
        continue;
      inode = g_hash_table_lookup (state->names, name);
      g_hash_table_insert (state->names, g_strconcat (new, name + strlen (old), NULL),
                           inode);
      g_hash_table_remove (state->names, name);
    }
}

static void
write_content (Inode *inode, const Record *record)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (record->bytes, &n_bytes);
  gsize end = (gsize) record->offset + n_bytes;

  while (inode->now->len < end)
    g_string_append_c (inode->now, '\0');
  memcpy (inode->now->str + record->offset, bytes, n_bytes);
}

static void
sync_inode (Inode *inode)
{
  if (inode->synced == NULL)
    inode->synced = g_string_new (NULL);
  g_string_truncate (inode->synced, 0);
  g_string_append_len (inode->synced, inode->now->str, (gssize) inode->now->len);
}

static void
exchange (State *state, const char *one, const char *other)
{
  Inode *first = g_hash_table_lookup (state->names, one);

  g_hash_table_insert (state->names, g_strdup (one),
                       g_hash_table_lookup (state->names, other));
  g_hash_table_insert (state->names, g_strdup (other), first);
}

static void
apply_to_content (State *state, const Record *record)
{
  Inode *inode = g_hash_table_lookup (state->names, record->name);

  if (record->kind == RECORD_SYNC_ALL)
    g_ptr_array_foreach (state->inodes, (GFunc) (void *) sync_inode, NULL);
  if (inode == NULL) /* a folder, or a file without a name */
    return;
  if (record->kind == RECORD_WRITE)
    write_content (inode, record);
  else if (record->kind == RECORD_TRUNCATE)
    g_string_set_size (inode->now, MIN (inode->now->len, (gsize) record->offset));
  else if (record->kind == RECORD_SYNC)
    sync_inode (inode);
}

static void
apply (State *state, const Record *record)
{
  switch (record->kind)
    {
    case RECORD_CREATE:
      g_hash_table_insert (state->names, g_strdup (record->name),
                           inode_new (state, "", 0, FALSE));
      break;
    case RECORD_RENAME:
      move (state, record->name, record->other);
      break;
    case RECORD_LINK:
      g_hash_table_insert (state->names, g_strdup (record->other),
                           g_hash_table_lookup (state->names, record->name));
      break;
    case RECORD_EXCHANGE:
      exchange (state, record->name, record->other);
      break;
    case RECORD_UNLINK:
    case RECORD_RMDIR:
      g_hash_table_remove (state->names, record->name);
      break;
    case RECORD_MKDIR:
      g_hash_table_insert (state->names, g_strdup (record->name), NULL);
      break;
    case RECORD_WRITE:
    case RECORD_TRUNCATE:
    case RECORD_SYNC:
    case RECORD_SYNC_ALL:
      apply_to_content (state, record);
      break;
    case RECORD_MARK:
    default:
      break;
    }
}

/* What is read back of @inode. */
static GString *
read_back (const Inode *inode, Content content)
{
  const char *synced = inode->synced != NULL ? inode->synced->str : "";
  gsize n_synced = inode->synced != NULL ? inode->synced->len : 0;
  const GString *now = inode->now;
  gsize n_common = 0;
  GString *back;

  if (content == CONTENT_LOST)
    return g_string_new_len (synced, (gssize) n_synced);
  back = g_string_new_len (now->str, (gssize) now->len);
  while (n_common < MIN (now->len, n_synced) && now->str[n_common] == synced[n_common])
    n_common++;
  if (content == CONTENT_HALF)
    g_string_truncate (back, n_common + (now->len - n_common) / 2);
  else if (content == CONTENT_ZEROS)
    memset (back->str + n_common, 0, now->len - n_common);
  return back;
}

static void
empty_folder (const char *path)
{
  place_remove (g_strdup (path));
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
}

/* The disk as it comes up again. FALSE when @seen has it already. */
static gboolean
come_up (Disk *self,
         GHashTable *names,
         Content content,
         const char *promised,
         GHashTable *seen)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GList) sorted =
      g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  g_autoptr (GPtrArray) contents = g_ptr_array_new ();
  gboolean is_new;

  g_checksum_update (sum, (const guchar *) promised, (gssize) strlen (promised) + 1);
  for (GList *l = sorted; l != NULL; l = l->next)
    {
      const Inode *inode = g_hash_table_lookup (names, l->data);
      GString *back = inode != NULL ? read_back (inode, content) : NULL;

      g_checksum_update (sum, l->data, (gssize) strlen (l->data) + 1);
      if (back != NULL)
        g_checksum_update (sum, (const guchar *) back->str, (gssize) back->len + 1);
      g_ptr_array_add (contents, back);
    }
  is_new = g_hash_table_add (seen, g_strdup (g_checksum_get_string (sum)));
  for (guint i = 0; is_new && self->folders[i] != NULL; i++)
    empty_folder (self->folders[i]);
  for (GList *l = sorted; l != NULL; l = l->next)
    {
      GString *back = g_ptr_array_index (contents, (guint) g_list_position (sorted, l));

      if (is_new && back == NULL)
        g_mkdir_with_parents (l->data, 0700);
      else if (is_new)
        g_assert_true (g_file_set_contents_full (l->data, back->str, (gssize) back->len,
                                                 G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      if (back != NULL)
        g_string_free (back, TRUE);
    }
  return is_new;
}

static GHashTable *
copy_names (GHashTable *names)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer path, inode;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &path, &inode))
    g_hash_table_insert (copy, g_strdup (path), inode);
  return copy;
}

/* The names as they were after @n_names records, the content of @n_done. */
static guint
fail_at (Disk *self,
         GPtrArray *records,
         guint n_names,
         guint n_done,
         GHashTable *seen,
         DiskCheck check,
         gpointer data)
{
  g_autoptr (GHashTable) names = NULL;
  const char *promised = "";
  State state;
  guint n = 0;

  begin (self, &state);
  for (guint i = 0; i <= n_done; i++)
    {
      const Record *record = i < n_done ? g_ptr_array_index (records, i) : NULL;

      if (i == n_names)
        names = copy_names (state.names);
      if (record != NULL && record->kind == RECORD_MARK)
        promised = record->name;
      if (record != NULL)
        apply (&state, record);
    }
  for (Content content = 0; content < N_CONTENTS; content++)
    if (come_up (self, names, content, promised, seen))
      {
        check (promised, data);
        n++;
      }
  clear (&state);
  return n;
}

/* How many of the first @n_done changes of names are there for good. */
static guint
count_safe (Disk *self, GPtrArray *records, guint n_done)
{
  State state;
  guint n_safe = 0;

  begin (self, &state);
  for (guint i = 0; i < n_done; i++)
    {
      const Record *record = g_ptr_array_index (records, i);

      if (record->kind == RECORD_SYNC_ALL ||
          (record->kind == RECORD_SYNC && is_folder (&state, record->name)))
        n_safe = i;
      apply (&state, record);
    }
  clear (&state);
  return n_safe;
}

guint
disk_fail_everywhere (Disk *self, GPtrArray *records, DiskCheck check, gpointer data)
{
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (guint n_done = 0; n_done <= records->len; n_done++)
    for (guint n_names = count_safe (self, records, n_done); n_names <= n_done; n_names++)
      n += fail_at (self, records, n_names, n_done, seen, check, data);
  g_test_message ("%u calls, %u states of the disk", records->len, n);
  return n;
}
