/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-guess.h"

#include "corpus/convert/convert-walk.h"
#include "format/formats.h"
#include "store/paths.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many files of a folder are looked into to guess what it holds. */
#define MAX_GUESSES 64

void
kutip_convert_guess_set_empty (GError **error, const char *path)
{
  g_autofree char *shown = kutip_convert_stream_dup_shown (path);

  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNSUPPORTED,
               /* Translators: a folder */
               _ ("“%s” has nothing in it to read"), shown);
}

void
kutip_convert_guess_set_unknown (GError **error, const char *path)
{
  g_autofree char *shown = kutip_convert_stream_dup_shown (path);

  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNKNOWN,
               /* Translators: a file or folder */
               _ ("“%s” is in no format that is known; say which one it is"), shown);
}

const KutipFormat *
kutip_convert_guess_stream (KutipConvertStream *stream, const char *path, GError **error)
{
  gsize n;
  const char *head = kutip_convert_stream_peek (stream, &n, error);

  return head == NULL ? NULL : kutip_format_guess (path, head, n);
}

const KutipFormat *
kutip_convert_guess_file (const char *path, GCancellable *cancellable)
{
  g_autoptr (KutipConvertStream) stream =
      kutip_convert_stream_new (path, cancellable, NULL);

  return stream == NULL ? NULL : kutip_convert_guess_stream (stream, path, NULL);
}

static KutipMatch
match_name (const KutipFormat *format, const char *path)
{
  return format == NULL ? KUTIP_MATCH_NO : format->recognise (path, "", 0);
}

/* In small letters or capitals. */
static gboolean
ends_with (const char *name, const char *suffix)
{
  gsize n = strlen (name), n_suffix = strlen (suffix);

  return n >= n_suffix && g_ascii_strcasecmp (name + n - n_suffix, suffix) == 0;
}

gboolean
kutip_convert_guess_has_suffix (const KutipFormat *format, const char *name)
{
  if (format->suffixes == NULL)
    return ends_with (name, format->suffix);
  for (guint i = 0; format->suffixes[i] != NULL; i++)
    if (ends_with (name, format->suffixes[i]))
      return TRUE;
  return FALSE;
}

gboolean
kutip_convert_guess_is_walked (const KutipFormat *format, const char *name)
{
  return kutip_convert_guess_has_suffix (format, name) ||
         (format == &kutip_format_kutip && kutip_paths_is_sidecar_name (name)) ||
         (format == &kutip_format_brat && kutip_paths_is_article_name (name));
}

/* @format, unless a sidecar comes behind the file whose content said it: nothing else is
 * called so, and a table or an export may lie beside articles. A
 * folder in it that cannot be read is for those who walk it. */
static const KutipFormat *
prefer_sidecars (const KutipFormat *format,
                 KutipConvertWalk *walk,
                 GCancellable *cancellable)
{
  gboolean is_plain;
  char *name;

  while (!g_cancellable_is_cancelled (cancellable) &&
         (name = kutip_convert_walk_next (walk, &is_plain, NULL)) != NULL)
    {
      gboolean is_sidecar = kutip_paths_is_sidecar_name (name);

      g_free (name);
      if (is_sidecar)
        return &kutip_format_kutip;
    }
  return format;
}

const KutipFormat *
kutip_convert_guess_folder (const char *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (KutipConvertWalk) walk = kutip_convert_walk_new (folder);
  const KutipFormat *maybe = NULL;
  g_autoptr (GError) local = NULL;
  guint n_looked_into = 0;
  gboolean any = FALSE, is_plain;
  char *name;

  for (; !g_cancellable_set_error_if_cancelled (cancellable, &local) &&
         (name = kutip_convert_walk_next (walk, &is_plain, &local)) != NULL;
       any = TRUE)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      const KutipFormat *format = kutip_format_guess (name, "", 0);

      g_free (name);
      if (match_name (format, path) == KUTIP_MATCH_YES)
        return format;
      if (!is_plain || n_looked_into++ >= MAX_GUESSES)
        continue;
      format = kutip_convert_guess_file (path, cancellable);
      if (format == &kutip_format_kutip && match_name (format, path) == KUTIP_MATCH_MAYBE)
        maybe = format;
      /* Such a file is no sign of a format that does not look for it in a folder. */
      else if (format != NULL && kutip_convert_guess_is_walked (format, path))
        return prefer_sidecars (format, walk, cancellable);
    }
  if (maybe == NULL && local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (maybe == NULL && any)
    kutip_convert_guess_set_unknown (error, folder);
  else if (maybe == NULL)
    kutip_convert_guess_set_empty (error, folder);
  return maybe;
}
