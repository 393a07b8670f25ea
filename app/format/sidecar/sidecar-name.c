/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar-name.h"

#include <string.h>

#define MAX_ANNOTATOR 64
/* Bytes that a name may have on every file system Kutip meets. */
#define MAX_NAME 255
/* "~" and eight digits of a digest stand for the end of a name that is too long. */
#define N_CUT_MARK 9
/* No name is ever cut shorter: ".ANNOTATOR" and the suffix are at most 82 bytes, and a
 * character at most 4. */
#define MIN_PREFIX (MAX_NAME - 1 - MAX_ANNOTATOR - 17 - N_CUT_MARK - 4)

const char *const kutip_sidecar_name_article_suffixes[] = {
  ".txt", ".text", ".md",  ".markdown", ".mdown", ".rst",
  ".org", ".adoc", ".asc", ".story",    ".utf8",  NULL,
};

gboolean
kutip_sidecar_name_is_annotator (const char *name)
{
  gsize n = 0;

  for (; name[n] != '\0'; n++)
    {
      if (n == MAX_ANNOTATOR)
        return FALSE;
      if (!g_ascii_isalnum (name[n]) && name[n] != '_' && name[n] != '-')
        return FALSE;
    }
  return n > 0;
}

char *
kutip_sidecar_name_join (const char *name, const char *tail)
{
  g_autofree char *digest = NULL;
  gsize n_name = strlen (name);
  gsize n_tail = strlen (tail);
  gsize cut;

  if (n_name + n_tail <= MAX_NAME)
    return g_strconcat (name, tail, NULL);

  cut = MAX_NAME - n_tail - N_CUT_MARK;
  while (cut > 0 && ((guchar) name[cut] & 0xc0) == 0x80)
    cut--;
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  return g_strdup_printf ("%.*s~%.8s%s", (int) cut, name, digest, tail);
}

char *
kutip_sidecar_name_get_prefix (const char *article)
{
  return g_strndup (article, MIN_PREFIX);
}

char *
kutip_sidecar_name_make (const char *article, const char *annotator)
{
  g_autofree char *tail = NULL;

  if (annotator == NULL)
    return kutip_sidecar_name_join (article, KUTIP_SIDECAR_SUFFIX);
  tail = g_strconcat (".", annotator, KUTIP_SIDECAR_SUFFIX, NULL);
  return kutip_sidecar_name_join (article, tail);
}

gboolean
kutip_sidecar_name_parse (const char *name, const char *article, char **annotator)
{
  g_autofree char *plain = kutip_sidecar_name_make (article, NULL);
  g_autofree char *stem = NULL;
  g_autofree char *expected = NULL;
  const char *dot;

  *annotator = NULL;
  if (!kutip_sidecar_name_is_sidecar (name))
    return FALSE;
  if (strcmp (name, plain) == 0)
    return TRUE;
  stem = g_strndup (name, strlen (name) - strlen (KUTIP_SIDECAR_SUFFIX));
  dot = strrchr (stem, '.');
  if (dot == NULL || !kutip_sidecar_name_is_annotator (dot + 1))
    return FALSE;
  expected = kutip_sidecar_name_make (article, dot + 1);
  if (strcmp (name, expected) != 0)
    return FALSE;
  *annotator = g_strdup (dot + 1);
  return TRUE;
}

gboolean
kutip_sidecar_name_is_sidecar (const char *name)
{
  return g_str_has_suffix (name, KUTIP_SIDECAR_SUFFIX) &&
         strlen (name) > strlen (KUTIP_SIDECAR_SUFFIX);
}

gboolean
kutip_sidecar_name_is_article (const char *name)
{
  const char *dot = strrchr (name, '.');

  if (name[0] == '.' || dot == NULL)
    return FALSE;
  for (guint i = 0; kutip_sidecar_name_article_suffixes[i] != NULL; i++)
    if (g_ascii_strcasecmp (dot, kutip_sidecar_name_article_suffixes[i]) == 0)
      return TRUE;
  return FALSE;
}
