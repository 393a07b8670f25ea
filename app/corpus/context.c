/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/context.h"

static char *
collapse (KutipText *text, KutipRange range)
{
  gsize n_bytes;
  const char *p = kutip_text_peek_range (text, range, &n_bytes);
  const char *end = p + n_bytes;
  GString *line = g_string_sized_new (n_bytes);
  gboolean in_space = FALSE;

  for (; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_space = g_unichar_isspace (c) || g_unichar_iscntrl (c);

      if (!is_space)
        g_string_append_unichar (line, c);
      else if (!in_space)
        g_string_append_c (line, ' ');
      in_space = is_space;
    }
  return g_string_free (line, FALSE);
}

/* An accent, or what a joined emoji goes on with, cannot begin a context. */
static gboolean
continues (KutipText *text, guint offset)
{
  gunichar c = kutip_text_get_char (text, offset);

  return g_unichar_ismark (c) || c == 0x200d ||
         (offset > 0 && kutip_text_get_char (text, offset - 1) == 0x200d);
}

void
kutip_context_take (KutipContext *self, KutipText *text, KutipRange range, guint reach)
{
  guint length = kutip_text_get_length (text);
  guint start = range.start - MIN (range.start, reach);
  guint end = range.end + MIN (length - range.end, reach);

  while (start > 0 && start < range.start && continues (text, start))
    start++;
  while (end < length && end > range.end && continues (text, end))
    end--;
  self->left = collapse (text, (KutipRange){ start, range.start });
  self->match = collapse (text, range);
  self->right = collapse (text, (KutipRange){ range.end, end });
}

void
kutip_context_clear (KutipContext *self)
{
  g_clear_pointer (&self->left, g_free);
  g_clear_pointer (&self->match, g_free);
  g_clear_pointer (&self->right, g_free);
}

char *
kutip_context_dup_range (KutipText *text, KutipRange range, guint most)
{
  gboolean is_long = range.end - range.start > most;
  g_autofree char *words = NULL;

  if (is_long)
    range.end = range.start + most;
  while (is_long && range.end > range.start && continues (text, range.end))
    range.end--;
  words = collapse (text, range);
  return is_long ? g_strconcat (words, "…", NULL) : g_steal_pointer (&words);
}
