/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda.h"

#include <glib/gi18n.h>

/* Positions count characters, but ATLAS.ti counts CR LF as one. */

static GArray *
list_crlf (KutipText *text)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));
  guint offset = 0;

  for (const char *p = kutip_text_get_utf8 (text, NULL); *p != '\0';
       p = g_utf8_next_char (p), offset++)
    if (p[0] == '\r' && p[1] == '\n')
      g_array_append_val (list, offset);
  return list;
}

/* From a file that counts CR LF as one. */
static gint64
widen (const GArray *crlf, gint64 offset)
{
  guint low = 0, high = crlf->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if ((gint64) g_array_index (crlf, guint, middle) - middle < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return offset + low;
}

/* How many selections begin with what they are called. */
static guint
count_matches (KutipText *text, const KutipRefiSource *source, const GArray *crlf)
{
  const char *utf8 = kutip_text_get_utf8 (text, NULL);
  guint n = 0;

  for (guint i = 0; i < source->selections->len; i++)
    {
      const KutipRefiSelection *selection = g_ptr_array_index (source->selections, i);
      gint64 start = crlf == NULL ? selection->start : widen (crlf, selection->start);
      gunichar first =
          selection->name == NULL ? 0 : g_utf8_get_char_validated (selection->name, -1);

      if (first != 0 && start < kutip_text_get_length (text))
        n += g_utf8_get_char (utf8 + kutip_text_to_byte (text, (guint) start)) == first;
    }
  return n;
}

GArray *
kutip_refi_find_crlf (KutipText *text, const KutipRefiSource *source)
{
  g_autoptr (GArray) crlf = list_crlf (text);

  if (crlf->len > 0 &&
      count_matches (text, source, crlf) > count_matches (text, source, NULL))
    return g_steal_pointer (&crlf);
  return NULL;
}

gboolean
kutip_refi_convert_range (KutipText *text,
                          const GArray *crlf,
                          const KutipRefiSelection *selection,
                          KutipRange *range,
                          GError **error)
{
  gint64 start = crlf == NULL ? selection->start : widen (crlf, selection->start);
  gint64 end = crlf == NULL ? selection->end : widen (crlf, selection->end);

  *range = (KutipRange){ (guint) start, (guint) end };
  if (start <= end && end <= kutip_text_get_length (text))
    return TRUE;
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               _ ("line %1$u: %2$lu to %3$lu is no place in the text"), selection->line,
               (gulong) selection->start, (gulong) selection->end);
  return FALSE;
}

gboolean
kutip_refi_names_other (KutipText *text,
                        const KutipRefiSelection *selection,
                        KutipRange range)
{
  gsize n_bytes;
  const char *there = kutip_text_peek_range (text, range, &n_bytes);
  const char *said = selection->name;
  guint n = range.end - range.start;

  if (said == NULL || !g_utf8_validate (said, -1, NULL) ||
      (guint) g_utf8_strlen (said, -1) != n || g_str_has_suffix (said, "…") ||
      g_str_has_suffix (said, "..."))
    return FALSE;
  for (; n > 0; n--, there = g_utf8_next_char (there), said = g_utf8_next_char (said))
    {
      gunichar one = g_utf8_get_char (there), other = g_utf8_get_char (said);

      if (one != other && !(g_unichar_isspace (one) && g_unichar_isspace (other)))
        return TRUE;
    }
  return FALSE;
}

/* Characters of a name; longer words are cut off. */
#define MOST_OF_NAME 60u

char *
kutip_refi_make_name (KutipText *text, KutipRange range)
{
  guint n = range.end - range.start;
  g_autofree char *words = kutip_text_dup_range (
      text, (KutipRange){ range.start, range.start + MIN (n, MOST_OF_NAME) });

  return n > MOST_OF_NAME ? g_strconcat (words, "…", NULL) : g_steal_pointer (&words);
}
