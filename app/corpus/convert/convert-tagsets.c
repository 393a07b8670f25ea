/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-tagsets.h"

#include "corpus/convert/convert-stream.h"

#include <string.h>

/* So many are kept, or that they are not there. */
#define MOST_FILES 256

struct _KutipConvertTagsets
{
  GMutex lock;
  GHashTable *found; /* path -> Found */
  GTree *told;       /* path -> KutipReport, of those of which there is something to tell;
                      * kept when the rest goes */
};

typedef struct
{
  gboolean exists;
  KutipTagset *tagset; /* or NULL */
} Found;

static void
free_found (gpointer data)
{
  Found *found = data;

  g_clear_object (&found->tagset);
  g_free (found);
}

static int
compare_paths (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

KutipConvertTagsets *
kutip_convert_tagsets_new (void)
{
  KutipConvertTagsets *self = g_new0 (KutipConvertTagsets, 1);

  g_mutex_init (&self->lock);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_found);
  self->told =
      g_tree_new_full (compare_paths, NULL, g_free, (GDestroyNotify) kutip_report_free);
  return self;
}

void
kutip_convert_tagsets_free (KutipConvertTagsets *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->found);
  g_tree_unref (self->told);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
keep_report (KutipConvertTagsets *self, const char *path, KutipReport *report)
{
  guint n = kutip_report_get_n (report, KUTIP_REPORT_WARNING) +
            kutip_report_get_n (report, KUTIP_REPORT_LOSS);

  if (n > 0 && g_tree_lookup (self->told, path) == NULL)
    g_tree_insert (self->told, g_strdup (path), report);
  else
    kutip_report_free (report);
}

/* What the file beside that at @path says. */
static void
add_more (Found *found,
          const char *path,
          const KutipTagsetMore *more,
          KutipReport *report)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *beside = strcmp (folder, ".") == 0
                                ? g_strdup (more->name)
                                : g_build_filename (folder, more->name, NULL);
  g_autofree char *shown = g_filename_display_name (beside);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = kutip_convert_stream_load_plain (beside, &error);
  g_autoptr (KutipTagset) before = NULL;
  gsize n = 0;
  const char *data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &n);

  if (error != NULL)
    kutip_report_add (report, KUTIP_REPORT_WARNING, "tagset", shown, NULL, 0,
                      error->message);
  if (bytes == NULL)
    return;
  before = g_steal_pointer (&found->tagset);
  found->tagset = more->add (before, data, n, shown, report);
}

static Found *
load (KutipConvertTagsets *self,
      const char *path,
      KutipTagsetReadFunc read,
      const KutipTagsetMore *more)
{
  Found *found = g_new0 (Found, 1);
  KutipReport *report = kutip_report_new ();
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *named = g_strconcat (shown, ": ", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = kutip_convert_stream_load_plain (path, &error);
  gsize n = 0;
  const char *data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &n);

  kutip_report_set_limit (report, G_MAXUINT);
  found->exists = bytes != NULL || error != NULL;
  if (bytes != NULL)
    found->tagset = read (data, n, shown, report, &error);
  if (error != NULL)
    kutip_report_add (report, KUTIP_REPORT_WARNING, "tagset", shown, NULL, 0,
                      g_str_has_prefix (error->message, named)
                          ? error->message + strlen (named)
                          : error->message);
  for (guint i = 0; found->tagset != NULL && more != NULL && more[i].name != NULL; i++)
    add_more (found, path, &more[i], report);
  keep_report (self, path, report);
  return found;
}

KutipTagset *
kutip_convert_tagsets_fetch (KutipConvertTagsets *self,
                             const char *path,
                             KutipTagsetReadFunc read,
                             const KutipTagsetMore *more,
                             gboolean *exists)
{
  KutipTagset *tagset;
  Found *found;

  g_mutex_lock (&self->lock);
  found = g_hash_table_lookup (self->found, path);
  if (found == NULL)
    {
      if (g_hash_table_size (self->found) >= MOST_FILES)
        g_hash_table_remove_all (self->found);
      found = load (self, path, read, more);
      g_hash_table_insert (self->found, g_strdup (path), found);
    }
  tagset = found->tagset != NULL ? g_object_ref (found->tagset) : NULL;
  *exists = found->exists;
  g_mutex_unlock (&self->lock);
  return tagset;
}

static gboolean
tell (gpointer path, gpointer report, gpointer data)
{
  kutip_report_take (data, report);
  return FALSE;
}

void
kutip_convert_tagsets_tell (KutipConvertTagsets *self, KutipReport *report)
{
  g_mutex_lock (&self->lock);
  g_tree_foreach (self->told, tell, report);
  g_mutex_unlock (&self->lock);
}
