/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/paths.h"

#include "format/sidecar/sidecar-name.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SIDECAR_SUFFIX KUTIP_SIDECAR_SUFFIX
#define TAGSET_NAME "tagset.json"
/* See format/sidecar-name.c. */
#define MAX_NAME 255
#define N_CUT_MARK 9

gboolean
kutip_paths_is_annotator (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return kutip_sidecar_name_is_annotator (name);
}

char *
kutip_paths_make_sidecar_name (const char *article, const char *annotator)
{
  g_return_val_if_fail (article != NULL, NULL);

  return kutip_sidecar_name_make (article, annotator);
}

GFile *
kutip_paths_get_sidecar (GFile *article, const char *annotator)
{
  g_autofree char *basename = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) folder = NULL;

  g_return_val_if_fail (G_IS_FILE (article), NULL);
  g_return_val_if_fail (annotator == NULL || kutip_paths_is_annotator (annotator), NULL);

  basename = g_file_get_basename (article);
  folder = g_file_get_parent (article);
  name = kutip_paths_make_sidecar_name (basename, annotator);
  return folder != NULL ? g_file_get_child (folder, name) : g_file_new_for_path (name);
}

gboolean
kutip_paths_is_sidecar_name (const char *basename)
{
  g_return_val_if_fail (basename != NULL, FALSE);

  return kutip_sidecar_name_is_sidecar (basename);
}

gboolean
kutip_paths_is_article_name (const char *basename)
{
  g_return_val_if_fail (basename != NULL, FALSE);

  return kutip_sidecar_name_is_article (basename);
}

/* Looks in @folder for the article whose name was cut to make @stem. */
static GFile *
find_cut_article (GFile *folder, const char *stem, const char *tail)
{
  g_autofree char *wanted = g_strconcat (stem, tail, NULL);
  const char *path = g_file_peek_path (folder);
  const char *name;
  GDir *dir = path != NULL ? g_dir_open (path, 0, NULL) : NULL;
  GFile *found = NULL;

  while (dir != NULL && found == NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *sidecar = NULL;

      if (strlen (name) + strlen (tail) <= MAX_NAME)
        continue;
      sidecar = kutip_sidecar_name_join (name, tail);
      if (strcmp (sidecar, wanted) == 0)
        found = g_file_get_child (folder, name);
    }
  g_clear_pointer (&dir, g_dir_close);
  return found;
}

/* The article in @folder that a sidecar of "@stem@tail" belongs to, if it is there. */
static GFile *
find_article (GFile *folder, const char *stem, const char *tail)
{
  g_autoptr (GFile) article = g_file_get_child (folder, stem);
  gsize n = strlen (stem);

  if (g_file_query_exists (article, NULL))
    return g_steal_pointer (&article);
  if (n > N_CUT_MARK && stem[n - N_CUT_MARK] == '~' && n + strlen (tail) <= MAX_NAME)
    return find_cut_article (folder, stem, tail);
  return NULL;
}

/* "a.txt" may be an article "a.txt", or "a" as "txt" marked it: what is on disk decides,
 * then what looks like an article's name. */
GFile *
kutip_paths_get_article (GFile *sidecar, char **annotator)
{
  g_autofree char *basename = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *shorter = NULL;
  g_autofree char *tail = NULL;
  g_autoptr (GFile) folder = NULL;
  GFile *article;
  char *dot;

  g_return_val_if_fail (G_IS_FILE (sidecar), NULL);

  if (annotator != NULL)
    *annotator = NULL;
  basename = g_file_get_basename (sidecar);
  folder = g_file_get_parent (sidecar);
  if (folder == NULL || basename == NULL || !kutip_paths_is_sidecar_name (basename))
    return NULL;

  stem = g_strndup (basename, strlen (basename) - strlen (SIDECAR_SUFFIX));
  if ((article = find_article (folder, stem, SIDECAR_SUFFIX)) != NULL)
    return article;

  dot = strrchr (stem, '.');
  if (dot == NULL || dot == stem || !kutip_paths_is_annotator (dot + 1))
    return g_file_get_child (folder, stem);

  shorter = g_strndup (stem, (gsize) (dot - stem));
  tail = g_strconcat (dot, SIDECAR_SUFFIX, NULL);
  article = find_article (folder, shorter, tail);
  if (article == NULL && kutip_paths_is_article_name (shorter))
    article = g_file_get_child (folder, shorter);
  if (article == NULL)
    return g_file_get_child (folder, stem);
  if (annotator != NULL)
    *annotator = g_strdup (dot + 1);
  return article;
}

GFile *
kutip_paths_get_conflict (GFile *sidecar, guint number)
{
  g_autofree char *basename = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *annotator = NULL;
  g_autofree char *mark = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) article = NULL;

  g_return_val_if_fail (G_IS_FILE (sidecar), NULL);
  g_return_val_if_fail (number > 0, NULL);

  basename = g_file_get_basename (sidecar);
  folder = g_file_get_parent (sidecar);
  article = kutip_paths_get_article (sidecar, &annotator);
  if (article != NULL)
    stem = g_file_get_basename (article);
  else
    stem = g_strdup (basename);
  if (annotator != NULL)
    mark = g_strdup_printf (".%.40s-conflict-%u%s", annotator, number, SIDECAR_SUFFIX);
  else
    mark = g_strdup_printf (".conflict-%u%s", number, SIDECAR_SUFFIX);
  name = kutip_sidecar_name_join (stem, mark);
  return folder != NULL ? g_file_get_child (folder, name) : g_file_new_for_path (name);
}

GFile *
kutip_paths_get_numbered (GFile *file, const char *mark, guint number)
{
  g_autofree char *basename = NULL;
  g_autofree char *tail = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) folder = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (mark != NULL, NULL);

  basename = g_file_get_basename (file);
  folder = g_file_get_parent (file);
  tail = g_strdup_printf (".%s-%u", mark, number);
  name = kutip_sidecar_name_join (basename, tail);
  return folder != NULL ? g_file_get_child (folder, name) : g_file_new_for_path (name);
}

GFile *
kutip_paths_find_tagset (GFile *folder, GCancellable *cancellable)
{
  g_autoptr (GFile) at = NULL;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  at = g_object_ref (folder);
  while (at != NULL && !g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr (GFile) candidate = g_file_get_child (at, TAGSET_NAME);
      GFile *parent;

      if (g_file_query_file_type (candidate, G_FILE_QUERY_INFO_NONE, cancellable) ==
          G_FILE_TYPE_REGULAR)
        return g_steal_pointer (&candidate);
      parent = g_file_get_parent (at);
      g_object_unref (at);
      at = parent;
    }
  return NULL;
}

/* The folder with its symbolic links followed, so that one sidecar has one journal by
 * whatever way it is reached. */
char *
kutip_paths_make_canonical (GFile *file)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *basename = NULL;
  char *resolved;
  char *canonical;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  path = g_file_get_path (file);
  if (path == NULL)
    return g_file_get_uri (file);
  folder = g_path_get_dirname (path);
  basename = g_path_get_basename (path);
  resolved = realpath (folder, NULL);
  canonical = g_build_filename (resolved != NULL ? resolved : folder, basename, NULL);
  free (resolved);
  return canonical;
}

char *
kutip_paths_get_journal (GFile *sidecar)
{
  g_autofree char *canonical = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (sidecar), NULL);

  canonical = kutip_paths_make_canonical (sidecar);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  name = g_strdup_printf ("%.40s.jsonl", digest);
  return g_build_filename (g_get_user_state_dir (), "kutip", "journal", name, NULL);
}

char *
kutip_paths_get_marked (GFile *folder)
{
  g_autofree char *canonical = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  canonical = kutip_paths_make_canonical (folder);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  name = g_strdup_printf ("%.40s.txt", digest);
  return g_build_filename (g_get_user_state_dir (), "kutip", "marked", name, NULL);
}
