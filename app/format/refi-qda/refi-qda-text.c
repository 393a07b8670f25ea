/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda.h"

#include "text/charset.h"

#include <glib/gi18n.h>
#include <string.h>

/* "internal://NAME" in the archive, or in the folder beside the file; NULL without an
 * error for a text that is somewhere else. */
static GBytes *
load_internal (KutipZip *zip, KutipSource *source, const char *path, GError **error)
{
  static const char *const folders[] = { KUTIP_REFI_SOURCES, "Sources/", NULL };
  const char *name;

  if (path == NULL || !g_str_has_prefix (path, KUTIP_REFI_INTERNAL))
    return NULL;
  name = path + strlen (KUTIP_REFI_INTERNAL);
  while (*name == '/')
    name++;
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *full = g_strconcat (folders[i], name, NULL);
      int entry = zip == NULL ? -1 : kutip_zip_find (zip, full);
      g_autoptr (GError) local = NULL;
      GBytes *bytes = NULL;

      if (entry >= 0)
        bytes = kutip_zip_read (zip, (guint) entry, &local);
      else if (zip == NULL && strchr (name, '/') == NULL)
        bytes = source->fetch (source, full, &local);
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      if (bytes != NULL || (error != NULL && *error != NULL))
        return bytes;
    }
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               _ ("there is no text “%s”"), path);
  return NULL;
}

/* UTF-8, whatever it looks like; other charsets by their mark. */
static KutipText *
decode (GBytes *bytes, GError **error)
{
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);

  if (n == 0 || !g_utf8_validate_len (data, n, NULL))
    return kutip_charset_decode (bytes, "UTF-8", NULL, error);
  if (n >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      n -= 3;
    }
  return kutip_text_new_take (g_strndup (data, n), n);
}

KutipText *
kutip_refi_load_text (KutipZip *zip,
                      KutipSource *source,
                      const char *content,
                      const char *path,
                      guint line,
                      GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = NULL;
  KutipText *text = NULL;

  if (content != NULL)
    return kutip_text_new (content);
  bytes = load_internal (zip, source, path, &local);
  if (bytes != NULL)
    text = decode (bytes, &local);
  if (local == NULL)
    return text;
  g_propagate_prefixed_error (error, g_steal_pointer (&local), _ ("line %u: "), line);
  return NULL;
}
