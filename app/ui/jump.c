/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/jump.h"

#include "ui/foreign-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Code points of the text at a place that the answer shows. */
#define EXCERPT 40

/* Without white space, and with plain digits. */
static char *
tidy (const char *words)
{
  GString *tidied = g_string_new (NULL);

  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        continue;
      if (g_unichar_isdigit (c))
        g_string_append_c (tidied, (char) ('0' + g_unichar_digit_value (c)));
      else
        g_string_append_unichar (tidied, c);
    }
  return g_string_free (tidied, FALSE);
}

/* The number at *@p, which moves behind it. FALSE when there is none, or a huge one. */
static gboolean
read_number (const char **p, guint *number)
{
  guint64 value;
  char *end;

  if (!g_ascii_isdigit (**p))
    return FALSE;
  value = g_ascii_strtoull (*p, &end, 10);
  if (value > G_MAXINT)
    return FALSE;
  *p = end;
  *number = (guint) value;
  return TRUE;
}

/* The offset at which a line starts, counted from 1; lines end as paragraphs do. */
static gboolean
find_line (KutipText *text, guint line, guint *offset)
{
  gsize n_bytes;
  const char *utf8 = kutip_text_get_utf8 (text, &n_bytes);
  const char *end = utf8 + n_bytes;
  const char *p = utf8;

  if (line == 0)
    return FALSE;
  for (guint i = 1; i < line; i++)
    {
      p += strcspn (p, "\n\r");
      if (p >= end)
        return FALSE;
      p += p[0] == '\r' && p[1] == '\n' ? 2 : 1;
    }
  return kutip_text_from_byte (text, (gsize) (p - utf8), offset);
}

static char *
describe (KutipText *text, KutipRange range)
{
  guint length = kutip_text_get_length (text);
  KutipRange shown = { range.start, MIN (range.start + EXCERPT, length) };
  g_autofree char *words = NULL;
  g_autofree char *shown_words = NULL;

  if (range.start < range.end)
    shown.end = MIN (shown.end, range.end);
  words = kutip_text_dup_range (text, shown);
  shown_words = kutip_foreign_words (words, 0);
  /* Translators: %1$u of %2$u characters; %3$s is the text there. */
  return g_strdup_printf (_ ("%1$u of %2$u: “%3$s”"), range.start, length, shown_words);
}

static gboolean
find_id (KutipDocument *document, const char *id, KutipJump *jump, char **answer)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  KutipSpan *span = kutip_layer_get_span (layer, id);
  KutipRelation *relation = kutip_layer_get_relation (layer, id);

  if (span == NULL && relation != NULL)
    span = kutip_layer_get_span (layer, kutip_relation_get_from (relation));
  if (span == NULL)
    return FALSE;
  jump->span = kutip_span_get_id (span);
  jump->range = kutip_span_get_hull (span);
  jump->range.end =
      MIN (jump->range.end, kutip_text_get_length (kutip_document_get_text (document)));
  jump->range.start = MIN (jump->range.start, jump->range.end);
  *answer = describe (kutip_document_get_text (document), jump->range);
  return TRUE;
}

static gboolean
find_line_place (KutipText *text, const char *p, KutipJump *jump, char **answer)
{
  guint line;

  if (!read_number (&p, &line) || *p != '\0' ||
      !find_line (text, line, &jump->range.start))
    {
      *answer = g_strdup (_ ("The article has no such line."));
      return FALSE;
    }
  jump->range.end = jump->range.start;
  *answer = describe (text, jump->range);
  return TRUE;
}

static gboolean
find_offset (KutipText *text, const char *p, KutipJump *jump, char **answer)
{
  guint length = kutip_text_get_length (text);

  if (!read_number (&p, &jump->range.start))
    {
      *answer = g_strdup (_ ("Write a number, a line as :12, a part as 40%, or the id of "
                             "a span as s12."));
      return FALSE;
    }
  jump->range.end = jump->range.start;
  if (strcmp (p, "%") == 0 && jump->range.start <= 100)
    jump->range.start = jump->range.end =
        (guint) ((guint64) length * jump->range.start / 100);
  else if (*p != '\0')
    {
      gboolean to = *p == '-' || g_str_has_prefix (p, "–");

      p = g_utf8_next_char (p);
      if (!to || !read_number (&p, &jump->range.end) || *p != '\0' ||
          jump->range.end < jump->range.start)
        {
          *answer = g_strdup (_ ("This is no place in an article."));
          return FALSE;
        }
    }
  if (jump->range.end > length)
    {
      /* Translators: %u is a number of characters. */
      *answer = g_strdup_printf (ngettext ("The article has only %u character.",
                                           "The article has only %u characters.", length),
                                 length);
      return FALSE;
    }
  *answer = describe (text, jump->range);
  return TRUE;
}

gboolean
kutip_jump_find (KutipDocument *document,
                 const char *words,
                 KutipJump *jump,
                 char **answer)
{
  KutipText *text = kutip_document_get_text (document);
  g_autofree char *tidied = tidy (words);

  *jump = (KutipJump){ { 0, 0 }, NULL };
  *answer = NULL;
  if (find_id (document, tidied, jump, answer))
    return TRUE;
  if (*tidied == ':')
    return find_line_place (text, tidied + 1, jump, answer);
  return find_offset (text, tidied, jump, answer);
}
