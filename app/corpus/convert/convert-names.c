/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-names.h"

#include "corpus/convert/convert-stream.h"
#include "format/formats.h"
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

/* What is in no JSON, by how the file's name ends; NULL: it is JSON. */
static KutipTagsetReadFunc
find_reader (const char *path)
{
  static const struct
  {
    const char *suffix;
    const KutipFormat *format;
  } foreign[] = {
    { ".qdc", &kutip_format_refi_qda },
    { ".conf", &kutip_format_brat },
    { ".xml", &kutip_format_label_studio },
  };

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (g_str_has_suffix (path, foreign[i].suffix))
      return foreign[i].format->read_tagset;
  return NULL;
}

KutipTagset *
kutip_convert_load_tagset (const char *path,
                           KutipReport *report,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GBytes) bytes = load (path, cancellable, error);
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *named = g_strconcat (shown, ": ", NULL);
  KutipTagsetReadFunc read = find_reader (path);
  g_autoptr (GError) local = NULL;
  KutipTagset *loaded;
  const char *text;
  gsize n;

  if (bytes == NULL)
    return NULL;
  text = get_text (bytes, &n);
  loaded = read == NULL ? kutip_tagset_from_json (text, n, &local)
                        : read (text, n, shown, report, &local);
  if (loaded != NULL)
    return loaded;
  /* Some readers name it themselves. */
  if (!g_str_has_prefix (local->message, named))
    g_prefix_error_literal (&local, named);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
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
