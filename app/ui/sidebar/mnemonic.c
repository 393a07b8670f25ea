/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/mnemonic.h"

#include <string.h>

static gboolean
is_taken (GArray *taken, gunichar c)
{
  for (guint i = 0; i < taken->len; i++)
    if (g_array_index (taken, gunichar, i) == c)
      return TRUE;
  return FALSE;
}

static gunichar
find_free (const char *title, GArray *taken, gboolean at_word_start)
{
  gboolean starts = TRUE;

  for (const char *p = title; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));
      gboolean usable = g_unichar_isalnum (c);

      if (usable && (starts || !at_word_start) && !is_taken (taken, c))
        return c;
      starts = !usable;
    }
  return 0;
}

gunichar
kutip_mnemonic_choose (const char *title, GArray *taken)
{
  gunichar c = find_free (title, taken, TRUE);

  if (c == 0)
    c = find_free (title, taken, FALSE);
  if (c != 0)
    g_array_append_val (taken, c);
  return c;
}

/* Where @c is in @title: at the beginning of a word if it is there at all, else anywhere;
 * NULL. */
static const char *
find_place (const char *title, gunichar c)
{
  const char *place = NULL;
  gboolean starts = TRUE;

  for (const char *p = title; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar other = g_unichar_tolower (g_utf8_get_char (p));

      if (other == c && starts)
        return p;
      if (other == c && place == NULL)
        place = p;
      starts = !g_unichar_isalnum (other);
    }
  return place;
}

char *
kutip_mnemonic_mark (const char *title, gunichar mnemonic)
{
  GString *marked = g_string_new (NULL);
  const char *place = mnemonic != 0 ? find_place (title, mnemonic) : NULL;

  for (const char *p = title; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (p == place || *p == '_')
        g_string_append_c (marked, '_');
      g_string_append_unichar (marked, g_utf8_get_char (p));
    }
  return g_string_free (marked, FALSE);
}

void
kutip_mnemonic_take (const char *marked, GArray *taken)
{
  g_return_if_fail (marked != NULL);
  g_return_if_fail (taken != NULL);

  for (const char *p = strchr (marked, '_'); p != NULL; p = strchr (p + 2, '_'))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p + 1));

      if (c == 0)
        return;
      if (c == '_')
        continue;
      g_array_append_val (taken, c);
      return;
    }
}
