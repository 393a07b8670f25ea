/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-beside.h"

#include <string.h>

gboolean
kutip_convert_store_beside (KutipStaging *staging,
                            KutipMemorySink *sink,
                            const char *output,
                            const char *suffix,
                            GError **error)
{
  g_autofree char *base = NULL;

  if (output == NULL || strcmp (output, "-") == 0)
    return TRUE;
  base = g_path_get_basename (output);
  if (g_str_has_suffix (base, suffix) && strlen (base) > strlen (suffix))
    base[strlen (base) - strlen (suffix)] = '\0';
  for (guint i = 0; i < sink->files->len; i++)
    {
      KutipMemoryFile *beside = g_ptr_array_index (sink->files, i);
      g_autofree char *name = g_strconcat (base, ".", beside->name, NULL);

      /* The stream itself, and what only its end asked for. */
      if (*beside->name == '\0' || *beside->name == '+')
        continue;
      if (!kutip_staging_add_beside (staging, name, beside->bytes->str,
                                     beside->bytes->len, error))
        return FALSE;
    }
  return TRUE;
}
