/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/token-cover.h"

#include <string.h>

/* A text while it is cut. */
typedef struct
{
  KutipTokenCover *cover;
  KutipText *text;
  const char *utf8;
  GArray *starts, *ends; /* guint: where spans begin and end; sorted */
  guint next_start, next_end;
} Cutting;

static gboolean
note_borders (KutipSpan *span, gpointer data)
{
  Cutting *self = data;

  if (kutip_span_is_orphan (span))
    return TRUE;
  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    {
      const KutipRange *range = &kutip_span_get_ranges (span)[i];

      g_array_append_val (self->starts, range->start);
      g_array_append_val (self->ends, range->end);
    }
  return TRUE;
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  guint one = *(const guint *) a, other = *(const guint *) b;

  return one < other ? -1 : one > other;
}

/* The first of @borders that is not before @offset; asked in rising order. */
static guint
find_border (GArray *borders, guint *next, guint offset)
{
  while (*next < borders->len && g_array_index (borders, guint, *next) < offset)
    (*next)++;
  return *next < borders->len ? g_array_index (borders, guint, *next) : G_MAXUINT;
}

static void
add_token (Cutting *self, KutipRange range, const char *bytes, gboolean begins_sentence)
{
  const char *end = g_utf8_offset_to_pointer (bytes, range.end - range.start);
  KutipToken token = { range, (guint) (bytes - self->utf8), (guint) (end - bytes),
                       begins_sentence };
  const guint8 none = FALSE;

  g_array_append_val (self->cover->tokens, token);
  g_byte_array_append (self->cover->is_space, &none, 1);
}

/* A token, or white space; cut where spans begin and end within. */
static void
cut (Cutting *self, KutipRange range, const char *bytes, gboolean begins_sentence)
{
  while (range.start < range.end)
    {
      guint start = find_border (self->starts, &self->next_start, range.start + 1);
      guint end = find_border (self->ends, &self->next_end, range.start + 1);
      KutipRange piece = { range.start, MIN (range.end, MIN (start, end)) };

      add_token (self, piece, bytes, begins_sentence);
      bytes = g_utf8_offset_to_pointer (bytes, piece.end - piece.start);
      range.start = piece.end;
      begins_sentence = FALSE;
    }
}

/* What stands between two tokens; its first space goes with the token before it unless a
 * span begins or ends with that space. */
static void
cut_gap (Cutting *self, KutipRange range, const char *bytes)
{
  guint n = self->cover->tokens->len;

  if (range.start < range.end && n > 0 && *bytes == ' ' &&
      find_border (self->starts, &self->next_start, range.start) != range.start &&
      find_border (self->ends, &self->next_end, range.start + 1) != range.start + 1)
    {
      self->cover->is_space->data[n - 1] = TRUE;
      range.start++;
      bytes++;
    }
  cut (self, range, bytes, FALSE);
}

static void
cut_text (Cutting *self)
{
  KutipTokenWalk walk;
  KutipToken token;
  guint offset = 0;
  gsize byte = 0;

  kutip_token_walk_init (&walk, self->text);
  while (kutip_token_walk_next (&walk, &token))
    {
      cut_gap (self, (KutipRange){ offset, token.range.start }, self->utf8 + byte);
      cut (self, token.range, self->utf8 + token.byte, token.begins_sentence);
      offset = token.range.end;
      byte = token.byte + token.n_bytes;
    }
  cut_gap (self, (KutipRange){ offset, kutip_text_get_length (self->text) },
           self->utf8 + byte);
}

/* FALSE when they do not fit. */
static gboolean
cut_text_as (Cutting *self, const char *lengths)
{
  guint n_text = kutip_text_get_length (self->text);
  guint offset = 0;

  for (const char *p = lengths; *p != '\0';)
    {
      const char *bytes = self->utf8 + kutip_text_to_byte (self->text, offset);
      char *next = NULL;
      guint64 n = g_ascii_isdigit (*p) ? g_ascii_strtoull (p, &next, 10) : 0;

      if (n == 0 || n > n_text - offset || strchr (" |", *next) == NULL)
        return FALSE;
      cut (self, (KutipRange){ offset, offset + (guint) n }, bytes, FALSE);
      offset += (guint) n;
      if (*next == ' ')
        {
          bytes = self->utf8 + kutip_text_to_byte (self->text, offset);
          if (offset == n_text || *bytes != ' ')
            return FALSE;
          cut_gap (self, (KutipRange){ offset, offset + 1 }, bytes);
          offset++;
        }
      p = *next == '\0' ? next : next + 1;
    }
  return offset == n_text;
}

static KutipTokenCover *
make_cover (KutipText *text, KutipLayer *layer, const char *lengths)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  Cutting cutting = {
    .cover = g_new0 (KutipTokenCover, 1),
    .text = text,
    .utf8 = kutip_text_get_utf8 (text, NULL),
    .starts = starts,
    .ends = ends,
  };

  cutting.cover->tokens = g_array_new (FALSE, FALSE, sizeof (KutipToken));
  cutting.cover->is_space = g_byte_array_new ();
  kutip_layer_foreach_span (layer, note_borders, &cutting);
  g_array_sort (starts, compare_offsets);
  g_array_sort (ends, compare_offsets);
  if (lengths == NULL)
    cut_text (&cutting);
  else if (!cut_text_as (&cutting, lengths))
    g_clear_pointer (&cutting.cover, kutip_token_cover_free);
  return cutting.cover;
}

KutipTokenCover *
kutip_token_cover_new (KutipText *text, KutipLayer *layer)
{
  return make_cover (text, layer, NULL);
}

KutipTokenCover *
kutip_token_cover_new_of (KutipText *text, KutipLayer *layer, const char *lengths)
{
  return make_cover (text, layer, lengths);
}

char *
kutip_token_cover_dup_lengths (const KutipTokenCover *self)
{
  GString *lengths = g_string_new (NULL);

  for (guint i = 0; i < self->tokens->len; i++)
    {
      KutipRange range = kutip_token_cover_get (self, i)->range;

      if (i > 0 && !kutip_token_cover_has_space (self, i - 1))
        g_string_append_c (lengths, '|');
      g_string_append_printf (lengths, "%u", range.end - range.start);
      if (kutip_token_cover_has_space (self, i))
        g_string_append_c (lengths, ' ');
    }
  return g_string_free (lengths, FALSE);
}

void
kutip_token_cover_free (KutipTokenCover *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->tokens);
  g_byte_array_unref (self->is_space);
  g_free (self);
}

const KutipToken *
kutip_token_cover_get (const KutipTokenCover *self, guint i)
{
  return &g_array_index (self->tokens, KutipToken, i);
}

gboolean
kutip_token_cover_has_space (const KutipTokenCover *self, guint i)
{
  return self->is_space->data[i];
}

/* The first token that ends behind @offset. */
static guint
find_token (const KutipTokenCover *self, guint offset)
{
  guint low = 0, high = self->tokens->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (kutip_token_cover_get (self, middle)->range.end <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
kutip_token_cover_find (const KutipTokenCover *self,
                        KutipRange range,
                        guint *first,
                        guint *last)
{
  *first = find_token (self, range.start);
  *last = find_token (self, range.end - 1);
}
