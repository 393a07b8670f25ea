/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "format/json/json-head.h"

#include <string.h>

#define MARK "\xef\xbb\xbf"

void
kutip_json_head_init (KutipJsonHead *self, const char *bytes, gsize n_bytes)
{
  const gsize n_mark = strlen (MARK);
  gsize n_skipped = n_bytes >= n_mark && memcmp (bytes, MARK, n_mark) == 0 ? n_mark : 0;

  *self = (KutipJsonHead){ .position = bytes + n_skipped,
                           .end = bytes + n_bytes,
                           .word = "" };
}

static const char *
skip_blanks (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
    p++;
  return p;
}

/* Behind a bare word or a number, or @p when there is none. */
static const char *
skip_bare (const char *p, const char *end)
{
  static const char *const words[] = { "true", "false", "null", "NaN", "Infinity" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((gsize) (end - p) >= strlen (words[i]) &&
        memcmp (p, words[i], strlen (words[i])) == 0)
      return p + strlen (words[i]);
  while (p < end && (g_ascii_isdigit (*p) || strchr ("+-.eE", *p) != NULL) && *p != '\0')
    p++;
  return p;
}

/* The quotation mark that ends the string at @start: one with an even number of
 * backslashes before it. */
static const char *
find_quote (const char *start, const char *end)
{
  for (const char *p = start; (p = memchr (p, '"', (gsize) (end - p))) != NULL; p++)
    {
      const char *before = p;

      while (before > start && before[-1] == '\\')
        before--;
      if ((p - before) % 2 == 0)
        return p;
    }
  return NULL;
}

/* At the opening quotation mark. */
static gboolean
read_word (KutipJsonHead *self)
{
  const char *p = find_quote (self->position + 1, self->end);

  if (p == NULL)
    return FALSE;
  self->word = self->position + 1;
  self->n_word = (gsize) (p - self->word);
  self->position = skip_blanks (p + 1, self->end);
  self->is_name = self->position < self->end && *self->position == ':';
  return TRUE;
}

gboolean
kutip_json_head_next (KutipJsonHead *self)
{
  for (;;)
    {
      const char *p = skip_blanks (self->position, self->end);

      if (p == self->end)
        return FALSE;
      self->position = p + 1;
      if (*p == '{' || *p == '[')
        self->depth++;
      else if (self->depth == 0)
        return FALSE;
      else if (*p == '"')
        {
          self->position = p;
          return read_word (self);
        }
      else if (*p == '}' || *p == ']')
        {
          if (--self->depth == 0)
            return FALSE;
        }
      else if (*p != ',' && *p != ':')
        {
          self->position = skip_bare (p, self->end);
          if (self->position == p)
            return FALSE;
        }
    }
}

static gboolean
is_word (const KutipJsonHead *self, const char *word)
{
  return self->n_word == strlen (word) && memcmp (self->word, word, self->n_word) == 0;
}

/* Most of what is asked for is nowhere, which is told several times as fast. */
static gboolean
occurs_one_of (const char *bytes, gsize n_bytes, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (memmem (bytes, n_bytes, names[i], strlen (names[i])) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
kutip_json_head_has (const char *bytes, gsize n_bytes, const char *name, guint most_depth)
{
  const char *const names[] = { name, NULL };

  return kutip_json_head_has_one_of (bytes, n_bytes, names, most_depth);
}

gboolean
kutip_json_head_has_one_of (const char *bytes,
                            gsize n_bytes,
                            const char *const *names,
                            guint most_depth)
{
  KutipJsonHead head;

  if (!occurs_one_of (bytes, n_bytes, names))
    return FALSE;
  kutip_json_head_init (&head, bytes, n_bytes);
  while (kutip_json_head_next (&head))
    {
      if (!head.is_name || (most_depth > 0 && head.depth > most_depth))
        continue;
      for (guint i = 0; names[i] != NULL; i++)
        if (is_word (&head, names[i]))
          return TRUE;
    }
  return FALSE;
}

gboolean
kutip_json_head_has_value (const char *bytes,
                           gsize n_bytes,
                           const char *name,
                           const char *start)
{
  const gsize n_start = strlen (start);
  const char *const names[] = { name, NULL };
  gboolean is_of_name = FALSE;
  KutipJsonHead head;

  if (!occurs_one_of (bytes, n_bytes, names))
    return FALSE;
  kutip_json_head_init (&head, bytes, n_bytes);
  while (kutip_json_head_next (&head))
    {
      if (head.is_name)
        is_of_name = is_word (&head, name);
      else if (is_of_name && head.n_word >= n_start &&
               memcmp (head.word, start, n_start) == 0)
        return TRUE;
    }
  return FALSE;
}
