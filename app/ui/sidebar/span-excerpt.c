/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-excerpt.h"

#include <string.h>

/* What is being put together. */
typedef struct
{
  GString *line;
  guint n_chars; /* of @line */
  guint max_chars;
  gboolean cut;
} Excerpt;

static gboolean
is_full (Excerpt *excerpt)
{
  return excerpt->n_chars >= excerpt->max_chars;
}

static void
add_char (Excerpt *excerpt, gunichar c)
{
  g_string_append_unichar (excerpt->line, c);
  excerpt->n_chars++;
}

/* @utf8 may be followed by more text: @n_bytes says how much of it counts. */
static void
add_words (Excerpt *excerpt, const char *utf8, gsize n_bytes)
{
  gboolean space = FALSE;
  gboolean any = FALSE;

  for (const char *p = utf8; p < utf8 + n_bytes; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = any;
          continue;
        }
      if (is_full (excerpt))
        {
          excerpt->cut = TRUE;
          return;
        }
      if (space)
        add_char (excerpt, ' ');
      add_char (excerpt, c);
      space = FALSE;
      any = TRUE;
    }
}

static void
add_range (Excerpt *excerpt, KutipText *text, KutipRange range)
{
  /* White space may be left out, but not so much of it. */
  guint max = excerpt->max_chars * 4;
  KutipRange shown = range;
  gsize n_bytes;
  const char *words;

  if (shown.end - shown.start > max)
    shown.end = shown.start + max;
  words = kutip_text_peek_range (text, shown, &n_bytes);
  add_words (excerpt, words, n_bytes);
  if (shown.end < range.end)
    excerpt->cut = TRUE;
}

char *
kutip_span_excerpt (KutipText *text, KutipSpan *span, guint max_chars)
{
  Excerpt excerpt = { g_string_new (NULL), 0, max_chars, FALSE };
  const KutipRange *ranges = kutip_span_get_ranges (span);
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;

  kutip_span_get_fields (span, &fields);
  for (guint i = 0; i < kutip_span_get_n_ranges (span) && !excerpt.cut; i++)
    {
      if (i > 0)
        g_string_append (excerpt.line, " … ");
      if (fields.texts != NULL)
        add_words (&excerpt, fields.texts[i], strlen (fields.texts[i]));
      else
        add_range (&excerpt, text, ranges[i]);
    }
  if (excerpt.cut)
    g_string_append (excerpt.line, "…");
  return g_string_free (excerpt.line, FALSE);
}

static gboolean
is_rtl_script (GUnicodeScript script)
{
  static const GUnicodeScript scripts[] = {
    G_UNICODE_SCRIPT_ARABIC,  G_UNICODE_SCRIPT_HEBREW,
    G_UNICODE_SCRIPT_SYRIAC,  G_UNICODE_SCRIPT_THAANA,
    G_UNICODE_SCRIPT_NKO,     G_UNICODE_SCRIPT_SAMARITAN,
    G_UNICODE_SCRIPT_MANDAIC, G_UNICODE_SCRIPT_HANIFI_ROHINGYA,
    G_UNICODE_SCRIPT_ADLAM,   G_UNICODE_SCRIPT_YEZIDI,
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (script == scripts[i])
      return TRUE;
  return FALSE;
}

GtkTextDirection
kutip_span_excerpt_direction (const char *words)
{
  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c))
        return is_rtl_script (g_unichar_get_script (c)) ? GTK_TEXT_DIR_RTL
                                                        : GTK_TEXT_DIR_LTR;
    }
  return GTK_TEXT_DIR_NONE;
}
