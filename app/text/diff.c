/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/diff.h"

#include <string.h>

/* Old tokens times new ones that are compared, two bytes each: so that no count exceeds
 * 16 bits, and no one waits. */
#define MAX_CELLS 1000000

typedef struct
{
  const char *text;
  gsize n_bytes;
} Token;

static gboolean
is_unspaced (gunichar c)
{
  static const GUnicodeScript scripts[] = {
    G_UNICODE_SCRIPT_HAN,     G_UNICODE_SCRIPT_HIRAGANA, G_UNICODE_SCRIPT_KATAKANA,
    G_UNICODE_SCRIPT_THAI,    G_UNICODE_SCRIPT_LAO,      G_UNICODE_SCRIPT_KHMER,
    G_UNICODE_SCRIPT_MYANMAR,
  };
  GUnicodeScript script = g_unichar_get_script (c);

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (scripts[i] == script)
      return TRUE;
  return FALSE;
}

static gboolean
continues_character (gunichar c)
{
  return g_unichar_ismark (c) || c == 0x200d || c == 0x200c;
}

/* The end of the token that begins at @at. */
static const char *
find_token_end (const char *at)
{
  gunichar first = g_utf8_get_char (at);
  gboolean is_space = g_unichar_isspace (first);
  gboolean is_word = g_unichar_isalnum (first) && !is_unspaced (first);

  for (at = g_utf8_next_char (at); *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (continues_character (c))
        continue;
      if (is_space ? !g_unichar_isspace (c)
                   : !is_word || !g_unichar_isalnum (c) || is_unspaced (c))
        break;
    }
  return at;
}

static GArray *
split (const char *text)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  while (*text != '\0')
    {
      const char *end = find_token_end (text);
      Token token = { text, (gsize) (end - text) };

      g_array_append_val (tokens, token);
      text = end;
    }
  return tokens;
}

static gboolean
is_equal (GArray *a, guint i, GArray *b, guint j)
{
  const Token *x = &g_array_index (a, Token, i);
  const Token *y = &g_array_index (b, Token, j);

  return x->n_bytes == y->n_bytes && memcmp (x->text, y->text, x->n_bytes) == 0;
}

/* The middle of two texts, in which they differ: from token @start on, @n of the old and
 * @m of the new. */
typedef struct
{
  GArray *a, *b;
  guint start;
  guint n, m;
} Middle;

static Middle
find_middle (GArray *a, GArray *b)
{
  guint start = 0;
  guint a_end = a->len, b_end = b->len;

  while (start < a_end && start < b_end && is_equal (a, start, b, start))
    start++;
  while (a_end > start && b_end > start && is_equal (a, a_end - 1, b, b_end - 1))
    {
      a_end--;
      b_end--;
    }
  return (Middle){ a, b, start, a_end - start, b_end - start };
}

/* How much the rest of both has in common, at most: row i from token i of the old text,
 * column j from token j of the new. */
static guint16 *
measure_common (const Middle *self)
{
  gsize width = (gsize) self->m + 1;
  guint16 *common = g_new0 (guint16, ((gsize) self->n + 1) * width);

  for (guint i = self->n; i-- > 0;)
    for (guint j = self->m; j-- > 0;)
      {
        guint16 *cell = &common[i * width + j];

        if (is_equal (self->a, self->start + i, self->b, self->start + j))
          *cell = (guint16) (cell[width + 1] + 1);
        else
          *cell = MAX (cell[width], cell[1]);
      }
  return common;
}

/* Parts that touch are one. */
static void
add_part (
    GArray *parts, KutipDiffKind kind, const char *text, const Token *first, guint n)
{
  KutipDiffPart part = { kind, (gsize) (first->text - text), 0 };
  KutipDiffPart *last =
      parts->len > 0 ? &g_array_index (parts, KutipDiffPart, parts->len - 1) : NULL;

  for (guint i = 0; i < n; i++)
    part.n_bytes += first[i].n_bytes;
  if (n == 0)
    return;
  if (last != NULL && last->kind == kind)
    last->n_bytes += part.n_bytes;
  else
    g_array_append_val (parts, part);
}

/* What changed at one place: all that was removed, then all that was added. */
static void
add_change (GArray *parts,
            const Middle *self,
            const char *before,
            const char *after,
            KutipDiffPart *removed,
            KutipDiffPart *added)
{
  if (removed->n_bytes > 0)
    add_part (parts, KUTIP_DIFF_REMOVED, before,
              &g_array_index (self->a, Token, removed->start), (guint) removed->n_bytes);
  if (added->n_bytes > 0)
    add_part (parts, KUTIP_DIFF_ADDED, after,
              &g_array_index (self->b, Token, added->start), (guint) added->n_bytes);
  removed->n_bytes = added->n_bytes = 0;
}

/* Walks both middles along what they have in common; @common NULL: nothing. */
static void
add_middle (GArray *parts,
            const Middle *self,
            const guint16 *common,
            const char *before,
            const char *after)
{
  gsize width = (gsize) self->m + 1;
  KutipDiffPart removed = { 0 }, added = { 0 }; /* counted in tokens */
  guint i = 0, j = 0;

  while (i < self->n || j < self->m)
    {
      if (removed.n_bytes == 0)
        removed.start = self->start + i;
      if (added.n_bytes == 0)
        added.start = self->start + j;
      if (common != NULL && i < self->n && j < self->m &&
          is_equal (self->a, self->start + i, self->b, self->start + j))
        {
          add_change (parts, self, before, after, &removed, &added);
          add_part (parts, KUTIP_DIFF_KEPT, before,
                    &g_array_index (self->a, Token, self->start + i), 1);
          i++;
          j++;
        }
      else if (i < self->n && (j == self->m || common == NULL ||
                               common[(i + 1) * width + j] >= common[i * width + j + 1]))
        {
          removed.n_bytes++;
          i++;
        }
      else
        {
          added.n_bytes++;
          j++;
        }
    }
  add_change (parts, self, before, after, &removed, &added);
}

GArray *
kutip_diff (const char *before, const char *after)
{
  g_autoptr (GArray) a = split (before);
  g_autoptr (GArray) b = split (after);
  Middle middle = find_middle (a, b);
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (KutipDiffPart));
  guint n_behind = a->len - middle.start - middle.n;
  g_autofree guint16 *common = NULL;

  if ((gsize) middle.n * middle.m <= MAX_CELLS)
    common = measure_common (&middle);
  if (middle.start > 0)
    add_part (parts, KUTIP_DIFF_KEPT, before, &g_array_index (a, Token, 0), middle.start);
  add_middle (parts, &middle, common, before, after);
  if (n_behind > 0)
    add_part (parts, KUTIP_DIFF_KEPT, before,
              &g_array_index (a, Token, a->len - n_behind), n_behind);
  return parts;
}
