/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/text-apart.h"

#include "text/charset.h"

#include <glib/gi18n.h>
#include <string.h>

/* The last part of a path or an IRI's. Owned. */
static char *
dup_last_part (const char *name)
{
  gsize n = strcspn (name, "?#");
  g_autofree char *path = g_strndup (name, n);
  const char *slash;

  while (n > 1 && path[n - 1] == '/')
    path[--n] = '\0';
  slash = strrchr (path, '/');
  return g_uri_unescape_string (slash == NULL ? path : slash + 1, "/");
}

void
kutip_text_apart_take_name (KutipSource *source, char **path)
{
  char *name = source->dup_text_name == NULL ? NULL : source->dup_text_name (source);

  if (name == NULL)
    return;
  g_free (*path);
  *path = name;
}

/* The one that is taken whatever it is called gives the article its name. */
static GBytes *
fetch_only (KutipSource *source, char **path, GError **error)
{
  GBytes *bytes = kutip_source_fetch_text (source, NULL, error);

  if (bytes != NULL && path != NULL)
    kutip_text_apart_take_name (source, path);
  return bytes;
}

static GBytes *
fetch (
    KutipSource *source, const char *name, gboolean is_only, char **path, GError **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *bytes = NULL;

  if (name != NULL && *name != '\0' && strstr (name, "://") == NULL)
    bytes = kutip_source_fetch_text (source, name, &local);
  if (bytes == NULL && local == NULL && name != NULL)
    {
      g_autofree char *last = dup_last_part (name);

      if (last != NULL && *last != '\0')
        bytes = kutip_source_fetch_text (source, last, &local);
    }
  if (bytes == NULL && local == NULL && is_only)
    bytes = fetch_only (source, path, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return bytes;
}

KutipText *
kutip_text_apart_fetch (
    KutipSource *source, const char *name, gboolean is_only, char **path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = fetch (source, name, is_only, path, &local);

  if (bytes != NULL)
    {
      KutipText *text = kutip_charset_decode (bytes, NULL, NULL, error);

      /* The file that is read is another one. */
      if (text == NULL)
        /* Translators: an article's name, before what is wrong with its text */
        g_prefix_error (error, _ ("the text for “%s”: "), name == NULL ? "" : name);
      return text;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (
        error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
        /* Translators: an article's name */
        _ ("there is no text for “%s”; name it, or its folder, as a further input"),
        name == NULL ? "" : name);
  return NULL;
}
