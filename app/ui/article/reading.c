/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/reading.h"

#include <math.h>

/* Pixels. */
#define LEAST_START 20
#define LEAST_END 36
/* Where there is room, the text keeps away from the window's edge. */
#define GOOD_START 26
/* What a link with its title wants. */
#define END_FOR_LINKS 180
/* How far a text is looked at to find its direction; bytes. */
#define ENOUGH 4096

KutipMargins
kutip_reading_fit_margins (int width, int measure)
{
  int spare = measure > 0 ? width - measure : 0;
  KutipMargins margins = { LEAST_START, LEAST_END };

  if (spare <= LEAST_START + LEAST_END)
    return margins;
  margins.end = MAX (spare / 2, MIN (END_FOR_LINKS, MAX (spare - GOOD_START, LEAST_END)));
  margins.start = spare - margins.end;
  return margins;
}

char *
kutip_reading_dup_css (const char *family, double size)
{
  GString *css = g_string_new ("textview {");
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (family != NULL && *family != '\0')
    {
      g_string_append (css, " font-family: \"");
      for (const char *p = family; *p != '\0'; p++)
        {
          if (*p == '"' || *p == '\\')
            g_string_append_c (css, '\\');
          if (!g_ascii_iscntrl (*p))
            g_string_append_c (css, *p);
        }
      g_string_append (css, "\";");
    }
  g_ascii_formatd (number, sizeof number, "%.2f", size);
  g_string_append_printf (css, " font-size: %spt; }", number);
  return g_string_free (css, FALSE);
}

int
kutip_reading_get_line_gap (double line_height, double font_height, int least)
{
  return MAX ((int) lround (font_height * (line_height - 1)), least);
}

/* Letters of the scripts that run from right to left: Hebrew, Arabic, Syriac, Thaana, NKo
 * and their like. */
static gboolean
is_right_to_left (gunichar c)
{
  return (c >= 0x0590 && c < 0x0900) || (c >= 0xfb1d && c < 0xfe00) ||
         (c >= 0xfe70 && c < 0xff00) || (c >= 0x10800 && c < 0x11000) ||
         (c >= 0x1e800 && c < 0x1f000);
}

gboolean
kutip_reading_is_right_to_left (const char *text, gsize n_bytes)
{
  const char *end = text + MIN (n_bytes, ENOUGH);
  int balance = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    if ((guchar) *p < 0x80)
      balance -= g_ascii_isalpha (*p) ? 1 : 0;
    else if (g_unichar_isalpha (g_utf8_get_char (p)))
      balance += is_right_to_left (g_utf8_get_char (p)) ? 1 : -1;
  return balance > 0;
}

gboolean
kutip_reading_starts_right_to_left (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return is_right_to_left (g_utf8_get_char (p));
  return FALSE;
}
