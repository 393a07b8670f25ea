/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat.h"

#include <string.h>

/* Where an article is whose annotations are in another folder than its text: at the text,
 * unless a third folder may hold annotations of the same text, which would come to the
 * same place under the same names. */

/* Of more folders than that nobody asks. */
#define MOST_FOLDERS 64

/* Whether files that begin with @prefix, a folder with the article's stem, are its
 * annotations. */
static gboolean
has_annotations (KutipSource *source, const char *prefix)
{
  const char *slash = strrchr (prefix, '/');
  gsize n_stem = strlen (slash == NULL ? prefix : slash + 1);
  g_auto (GStrv) names = source->list (source, prefix);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i] + n_stem, ".ann") == 0 ||
        (names[i][n_stem] == '_' && g_str_has_suffix (names[i], ".ann")))
      return TRUE;
  return FALSE;
}

/* Whether a folder in @parent has some, but for the one called @own there. */
static gboolean
have_annotations (KutipSource *source,
                  const char *parent,
                  const char *own,
                  const char *stem)
{
  g_auto (GStrv) folders = source->list_folders (source, parent);
  gboolean found = folders == NULL || g_strv_length (folders) > MOST_FOLDERS;

  for (guint i = 0; !found && folders[i] != NULL; i++)
    {
      g_autofree char *prefix = g_build_filename (parent, folders[i], stem, NULL);

      found = g_strcmp0 (folders[i], own) != 0 && has_annotations (source, prefix);
    }
  return found;
}

static gboolean
holds_texts (const char *name)
{
  return strcmp (name, "text") == 0 || strcmp (name, "txt") == 0;
}

/* @place: the text's folder, seen from that of the annotations: ".." or one beside it.
 * The other folders from which kutip_format_brat looks there. */
static gboolean
is_shared (KutipSource *source, const char *place, const char *stem)
{
  g_autofree char *absolute = g_canonicalize_filename (source->path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autofree char *own = g_path_get_basename (folder);
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *parent_name = g_path_get_basename (parent);
  g_autofree char *beside = g_build_filename (place, stem, NULL);
  gboolean above = strcmp (place, "..") == 0;

  return has_annotations (source, beside) ||
         have_annotations (source, place, above ? own : NULL, stem) ||
         (!above && have_annotations (source, "..", own, stem)) ||
         (above && holds_texts (parent_name) &&
          have_annotations (source, "../..", parent_name, stem));
}

char *
kutip_brat_make_path (KutipSource *source, const char *relative, const char *stem)
{
  g_autofree char *folder = g_path_get_dirname (source->name);
  g_autofree char *file = g_path_get_basename (relative);
  g_autofree char *place = g_path_get_dirname (relative);
  g_autofree char *parent = NULL;

  if (strcmp (folder, ".") == 0)
    return g_steal_pointer (&file);
  if (!g_str_has_prefix (relative, "../") || g_str_has_prefix (relative, "../../") ||
      source->list_folders == NULL || is_shared (source, place, stem))
    return g_build_filename (folder, file, NULL);
  parent = g_path_get_dirname (folder);
  return strcmp (parent, ".") == 0
             ? g_strdup (relative + strlen ("../"))
             : g_build_filename (parent, relative + strlen ("../"), NULL);
}
