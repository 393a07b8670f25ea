/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-names.h"

#include "corpus/convert/convert-stream.h"
#include "format/refi-qda/refi-qda.h"
#include "format/tagset/tagset-json.h"

#include <glib/gi18n.h>

static GBytes *
load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *bytes = kutip_convert_stream_load (path, cancellable, &local);

  if (bytes == NULL && local == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   /* Translators: a file */
                   _ ("There is no file “%s”."), shown);
    }
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return bytes;
}

/* Never NULL. */
static const char *
get_text (GBytes *bytes, gsize *n)
{
  const char *text = g_bytes_get_data (bytes, n);

  return text != NULL ? text : "";
}

static void
name_file (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_prefix_error (error, "%s: ", shown);
}

KutipTagset *
kutip_convert_load_tagset (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = load (path, cancellable, error);
  KutipTagset *loaded;
  const char *text;
  gsize n;

  if (bytes == NULL)
    return NULL;
  text = get_text (bytes, &n);
  loaded = g_str_has_suffix (path, ".qdc") ? kutip_refi_read_codebook (bytes, NULL, error)
                                           : kutip_tagset_from_json (text, n, error);
  if (loaded == NULL)
    name_file (path, error);
  return loaded;
}

KutipRenaming *
kutip_convert_load_map (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = load (path, cancellable, error);
  KutipRenaming *loaded;
  const char *text;
  gsize n;

  if (bytes == NULL)
    return NULL;
  text = get_text (bytes, &n);
  loaded = kutip_renaming_new_from_json (text, n, error);
  if (loaded == NULL)
    name_file (path, error);
  return loaded;
}
