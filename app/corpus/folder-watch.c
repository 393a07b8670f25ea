/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/folder-watch.h"

#include "store/paths.h"

#define MOST_FOLDERS 512
/* Folders that one turn of the main loop begins to watch. */
#define FOLDERS_A_TURN 16
/* The same of ending it. */
#define ENDED_A_TURN 64
/* How long events are collected; milliseconds. */
#define SETTLE_DELAY 300

struct _KutipFolderWatch
{
  GFile *root;
  char *annotator;
  KutipFolderWatchFuncs funcs;
  gpointer data;        /* NULL once stopped */
  GHashTable *monitors; /* path below the root -> GFileMonitor */
  GPtrArray *folders;   /* NULL, or those to be watched */
  guint n_begun;        /* of folders */
  guint n_before;       /* monitors, before they were begun */
  guint beginning;
  GHashTable *sidecars; /* GFile of articles, whose sidecars changed */
  gboolean is_listing_other;
  guint timer;
};

static void
clear_watch (gpointer data)
{
  KutipFolderWatch *self = data;

  g_hash_table_unref (self->monitors);
  g_hash_table_unref (self->sidecars);
  g_clear_pointer (&self->folders, g_ptr_array_unref);
  g_object_unref (self->root);
  g_free (self->annotator);
}

static void
release_watch (gpointer self)
{
  g_rc_box_release_full (self, clear_watch);
}

static void
release_monitor (gpointer monitor)
{
  g_file_monitor_cancel (monitor);
  g_object_unref (monitor);
}

static gboolean
on_timer (gpointer data)
{
  KutipFolderWatch *self = g_rc_box_acquire (data);
  GHashTable *sidecars = self->sidecars;
  gboolean is_listing_other = self->is_listing_other;
  GHashTableIter iter;
  gpointer article;

  self->timer = 0;
  self->is_listing_other = FALSE;
  self->sidecars = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal,
                                          g_object_unref, NULL);
  if (is_listing_other)
    self->funcs.listing (self->data);
  g_hash_table_iter_init (&iter, sidecars);
  while (self->data != NULL && g_hash_table_iter_next (&iter, &article, NULL))
    self->funcs.sidecar (article, self->data);
  g_hash_table_unref (sidecars);
  release_watch (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (KutipFolderWatch *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (SETTLE_DELAY, on_timer, self);
}

static void
note_listing (KutipFolderWatch *self)
{
  self->is_listing_other = TRUE;
  schedule (self);
}

static void
note_sidecar (KutipFolderWatch *self, GFile *sidecar)
{
  g_autofree char *annotator = NULL;
  GFile *article = kutip_paths_get_article (sidecar, &annotator);

  if (article == NULL)
    return;
  if (g_strcmp0 (annotator, self->annotator) != 0)
    {
      g_object_unref (article);
      return;
    }
  g_hash_table_add (self->sidecars, article);
  schedule (self);
}

static void
kind_found (GObject *file, GAsyncResult *result, gpointer data)
{
  KutipFolderWatch *self = data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (file), result, NULL);

  if (self->data != NULL && info != NULL &&
      g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    note_listing (self);
  release_watch (self);
}

/* The name tells neither an article nor a sidecar: a folder, or nothing to do with us (a
 * file that is being written, to be renamed later). */
static void
on_other (KutipFolderWatch *self, GFile *file, gboolean has_come)
{
  g_autofree char *path = g_file_get_relative_path (self->root, file);

  if (!has_come)
    {
      if (path == NULL || g_hash_table_contains (self->monitors, path))
        note_listing (self);
      return;
    }
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_LOW, NULL, kind_found, g_rc_box_acquire (self));
}

static void
on_event (GFileMonitor *monitor,
          GFile *file,
          GFile *other,
          GFileMonitorEvent event,
          gpointer data)
{
  KutipFolderWatch *self = data;
  gboolean has_come = event == G_FILE_MONITOR_EVENT_CREATED;
  gboolean has_gone =
      event == G_FILE_MONITOR_EVENT_DELETED || event == G_FILE_MONITOR_EVENT_UNMOUNTED;
  gboolean is_written = event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT;
  g_autofree char *name = g_file_get_basename (file);

  if (self->data == NULL || (!has_come && !has_gone && !is_written))
    return;
  if (kutip_paths_is_sidecar_name (name))
    note_sidecar (self, file);
  else if (is_written || name[0] == '.')
    return;
  else if (kutip_paths_is_article_name (name))
    note_listing (self);
  else
    on_other (self, file, has_come);
}

static void
begin_to_watch (KutipFolderWatch *self, const char *path)
{
  g_autoptr (GFile) folder = *path != '\0'
                                 ? g_file_resolve_relative_path (self->root, path)
                                 : g_object_ref (self->root);
  GFileMonitor *monitor;

  if (g_hash_table_contains (self->monitors, path) ||
      g_hash_table_size (self->monitors) >= MOST_FOLDERS)
    return;
  /* Where there is no watching, there is nothing to tell. */
  monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
  if (monitor == NULL)
    return;
  g_signal_connect (monitor, "changed", G_CALLBACK (on_event), self);
  g_hash_table_insert (self->monitors, g_strdup (path), monitor);
}

static gboolean
begin_some (gpointer data)
{
  KutipFolderWatch *self = data;
  guint end = MIN (self->n_begun + FOLDERS_A_TURN, self->folders->len);

  for (; self->n_begun < end; self->n_begun++)
    begin_to_watch (self, g_ptr_array_index (self->folders, self->n_begun));
  if (self->n_begun < self->folders->len)
    return G_SOURCE_CONTINUE;
  /* What came between the walk and the watch was told by neither. */
  if (g_hash_table_size (self->monitors) > self->n_before)
    note_listing (self);
  self->beginning = 0;
  g_clear_pointer (&self->folders, g_ptr_array_unref);
  return G_SOURCE_REMOVE;
}

KutipFolderWatch *
kutip_folder_watch_start (GFile *root,
                          const char *annotator,
                          const KutipFolderWatchFuncs *funcs,
                          gpointer data)
{
  KutipFolderWatch *self;

  g_return_val_if_fail (G_IS_FILE (root), NULL);
  g_return_val_if_fail (funcs != NULL && data != NULL, NULL);

  self = g_rc_box_new0 (KutipFolderWatch);
  self->root = g_object_ref (root);
  self->annotator = g_strdup (annotator);
  self->funcs = *funcs;
  self->data = data;
  self->monitors =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, release_monitor);
  self->sidecars = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal,
                                          g_object_unref, NULL);
  begin_to_watch (self, "");
  return self;
}

void
kutip_folder_watch_set_folders (KutipFolderWatch *self, GPtrArray *folders)
{
  g_autoptr (GHashTable) there = NULL;
  GHashTableIter iter;
  gpointer path;

  g_return_if_fail (self != NULL);
  g_return_if_fail (folders != NULL);

  there = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (there, (gpointer) "");
  for (guint i = 0; i < folders->len; i++)
    g_hash_table_add (there, g_ptr_array_index (folders, i));
  g_hash_table_iter_init (&iter, self->monitors);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_hash_table_contains (there, path))
      g_hash_table_iter_remove (&iter);

  g_clear_pointer (&self->folders, g_ptr_array_unref);
  self->folders = g_ptr_array_ref (folders);
  self->n_begun = 0;
  self->n_before = g_hash_table_size (self->monitors);
  if (self->beginning == 0)
    self->beginning = g_idle_add (begin_some, self);
}

static gboolean
end_some (gpointer data)
{
  KutipFolderWatch *self = data;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, self->monitors);
  for (guint i = 0; i < ENDED_A_TURN; i++)
    {
      if (!g_hash_table_iter_next (&iter, NULL, NULL))
        return G_SOURCE_REMOVE;
      g_hash_table_iter_remove (&iter);
    }
  return G_SOURCE_CONTINUE;
}

void
kutip_folder_watch_stop (KutipFolderWatch *self)
{
  g_return_if_fail (self != NULL);

  self->data = NULL;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->beginning, g_source_remove);
  if (end_some (self) == G_SOURCE_REMOVE)
    release_watch (self);
  else
    g_idle_add_full (G_PRIORITY_LOW, end_some, self, release_watch);
}
