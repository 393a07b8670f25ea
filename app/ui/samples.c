/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/samples.h"

#include "store/paths.h"
#include "store/stamp.h"
#include "store/write.h"

#include <errno.h>
#include <glib/gstdio.h>

/* In every language the same: who changes the language finds the same annotations. */
#define FOLDER "Kutip Samples"
/* Bytes; no sample comes near. */
#define MAX_SIZE (1024 * 1024)

GFile *
kutip_samples_find (void)
{
  const char *folder = g_getenv ("KUTIP_SAMPLES_DIR");
  g_autoptr (GFile) samples = g_file_new_for_path (
      folder != NULL && *folder != '\0' ? folder : KUTIP_DATA_DIR "/samples");

  if (g_file_query_file_type (samples, G_FILE_QUERY_INFO_NONE, NULL) !=
      G_FILE_TYPE_DIRECTORY)
    return NULL;
  return g_steal_pointer (&samples);
}

/* Nothing at all where there is no @source, or where there is a file already. */
static gboolean
copy_file (GFile *source, GFile *target, GError **error)
{
  KutipStamp absent = { 0 };
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize n_bytes;
  const char *content;

  if (g_file_query_exists (target, NULL))
    return TRUE;
  bytes = kutip_stamp_read_content (source, MAX_SIZE, NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (bytes == NULL)
    return TRUE;
  content = g_bytes_get_data (bytes, &n_bytes);
  if (kutip_write_file_over (target, content, n_bytes, &absent, &local) ||
      g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The annotations first: an article that is there has been offered with them, and who has
 * thrown them away since does not get them again. */
static gboolean
copy_article (GFile *shipped, GFile *folder, const char *name, GError **error)
{
  g_autoptr (GFile) source = g_file_get_child (shipped, name);
  g_autoptr (GFile) target = g_file_get_child (folder, name);
  g_autoptr (GFile) source_sidecar = kutip_paths_get_sidecar (source, NULL);
  g_autoptr (GFile) target_sidecar = kutip_paths_get_sidecar (target, NULL);

  if (g_file_query_exists (target, NULL))
    return TRUE;
  return copy_file (source_sidecar, target_sidecar, error) &&
         copy_file (source, target, error);
}

static gboolean
copy_all (GFile *shipped, GFile *folder, GError **error)
{
  g_autofree char *path = g_file_get_path (folder);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_mkdir_with_parents (path, 0777) != 0)
    {
      int reason = errno;
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (reason), "%s: %s",
                   shown, g_strerror (reason));
      return FALSE;
    }
  dir = g_dir_open (g_file_peek_path (shipped), 0, error);
  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (kutip_paths_is_article_name (name) &&
        !copy_article (shipped, folder, name, error))
      return FALSE;
  return TRUE;
}

static void
copy_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GFile) folder = g_file_new_build_filename (
      documents != NULL ? documents : g_get_home_dir (), FOLDER, NULL);
  g_autoptr (GError) error = NULL;

  if (!copy_all (source, folder, NULL))
    {
      g_object_unref (folder);
      folder = g_file_new_build_filename (g_get_user_data_dir (), "kutip", FOLDER, NULL);
      if (!copy_all (source, folder, &error))
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
    }
  g_task_return_pointer (task, g_steal_pointer (&folder), g_object_unref);
}

void
kutip_samples_copy_async (GFile *shipped, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (shipped, NULL, callback, data);

  g_task_set_source_tag (task, kutip_samples_copy_async);
  g_task_run_in_thread (task, copy_in_thread);
}

GFile *
kutip_samples_copy_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_annotated (GFile *article)
{
  g_autoptr (GFile) sidecar = kutip_paths_get_sidecar (article, NULL);

  return g_file_query_exists (sidecar, NULL);
}

static GFile *
choose_in (GFile *folder, const char *language)
{
  g_autofree char *prefix = g_strconcat (language, "-", NULL);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  g_autoptr (GFile) plain = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (kutip_paths_is_article_name (name) && g_str_has_prefix (name, prefix))
      {
        g_autoptr (GFile) article = g_file_get_child (folder, name);

        if (is_annotated (article))
          return g_steal_pointer (&article);
        g_set_object (&plain, article);
      }
  return g_steal_pointer (&plain);
}

GFile *
kutip_samples_choose (GFile *folder, const char *const *languages)
{
  for (; *languages != NULL; languages++)
    {
      GFile *article = choose_in (folder, *languages);

      if (article != NULL)
        return article;
    }
  return choose_in (folder, "en");
}
