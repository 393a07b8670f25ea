/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/find-private.h"
#include "text/fold.h"

#include <string.h>
#include <wchar.h>

/* Folded code points that are searched in one go, between two looks at the cancellable.
 */
#define CHUNK 32768
/* Of these, accents at the end of a piece that may still change their order. */
#define MAX_UNSETTLED 40
/* The code points whose folding is remembered. */
#define N_REMEMBERED 0x3000

G_STATIC_ASSERT (sizeof (wchar_t) == sizeof (gunichar));

typedef struct
{
  guint8 known;
  guint8 n;
  gunichar folded[3];
} Memory;

/* A text as it is folded, a piece at a time; sources[i] is the offset that chars[i] came
 * from. */
typedef struct
{
  KutipText *text;
  KutipFoldFlags flags;
  gboolean joins_blanks; /* each run of white space is one blank, or the end of a line */
  Memory *memory;
  const char *next; /* not yet folded */
  const char *end;
  guint next_offset;
  gunichar *chars;
  guint *sources;
  guint n;
} Stream;

/* The folded pattern, with the failure function of Knuth, Morris and Pratt (1977): how
 * much of its start is matched still when the character after so many does not match. */
typedef struct
{
  gunichar *chars;
  guint *failure;
  guint n;
} Needle;

static gboolean
is_blank (gunichar c)
{
  return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : g_unichar_isspace (c);
}

/* Whether the blanks of a pattern stand for any white space between two words of a
 * paragraph. Other white space in it is meant as it is, and so are several blanks. */
static gboolean
has_words (const char *pattern)
{
  gunichar before = ' ', c = 0;
  gboolean any = FALSE;

  for (const char *p = pattern; *p != '\0'; p = g_utf8_next_char (p), before = c)
    {
      c = g_utf8_get_char (p);
      if (is_blank (c) && (c != ' ' || (p > pattern && before == ' ')))
        return FALSE;
      any |= !is_blank (c);
    }
  return any;
}

/* Passes over white space. Between two lines it is as good as a blank, but an empty line
 * ends a paragraph. */
static gunichar
take_blanks (Stream *stream)
{
  guint n_ends = 0;
  gunichar before = 0;

  while (stream->next < stream->end)
    {
      gunichar c = g_utf8_get_char (stream->next);

      if (!is_blank (c))
        break;
      if (c == 0x2029)
        n_ends = 2;
      else if ((c == '\n' && before != '\r') || c == '\r' || c == 0x85 || c == 0x2028)
        n_ends++;
      before = c;
      stream->next = g_utf8_next_char (stream->next);
      stream->next_offset++;
    }
  return n_ends > 1 ? '\n' : ' ';
}

static guint
fold_remembered (Stream *stream, gunichar c, gunichar *folded)
{
  Memory *memory;

  if (c >= N_REMEMBERED)
    return kutip_fold_char (c, stream->flags, folded);
  memory = &stream->memory[c];
  if (!memory->known)
    {
      gunichar all[KUTIP_FOLD_MAX];
      guint n = kutip_fold_char (c, stream->flags, all);

      if (n > G_N_ELEMENTS (memory->folded))
        return kutip_fold_char (c, stream->flags, folded);
      memory->known = TRUE;
      memory->n = (guint8) n;
      memcpy (memory->folded, all, n * sizeof (gunichar));
    }
  memcpy (folded, memory->folded, sizeof memory->folded);
  return memory->n;
}

static void
stream_init (Stream *stream, KutipText *text, KutipFoldFlags flags, guint n_needle)
{
  gsize capacity = CHUNK + n_needle + 2 + MAX_UNSETTLED + KUTIP_FOLD_MAX;
  gsize n_bytes;

  *stream = (Stream){ .text = text, .flags = flags };
  stream->memory = g_new0 (Memory, N_REMEMBERED);
  stream->next = kutip_text_get_utf8 (text, &n_bytes);
  stream->end = stream->next + n_bytes;
  /* What is kept from the last piece, and characters that fold to many. */
  stream->chars = g_new (gunichar, capacity);
  stream->sources = g_new (guint, capacity);
}

static void
stream_clear (Stream *stream)
{
  g_free (stream->memory);
  g_free (stream->chars);
  g_free (stream->sources);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stream, stream_clear)

/* Drops the first @n_drop code points and appends the next piece. */
static void
stream_advance (Stream *stream, guint n_drop)
{
  guint stop;

  stream->n -= n_drop;
  memmove (stream->chars, stream->chars + n_drop, stream->n * sizeof *stream->chars);
  memmove (stream->sources, stream->sources + n_drop,
           stream->n * sizeof *stream->sources);
  stop = stream->n + CHUNK;
  while (stream->next < stream->end && stream->n < stop)
    {
      gunichar folded[KUTIP_FOLD_MAX];
      gunichar c = g_utf8_get_char (stream->next);
      guint n;

      if (stream->joins_blanks && is_blank (c))
        {
          stream->sources[stream->n] = stream->next_offset;
          stream->chars[stream->n++] = take_blanks (stream);
          continue;
        }
      n = fold_remembered (stream, c, folded);
      for (guint i = 0; i < n; i++)
        {
          stream->chars[stream->n] = folded[i];
          stream->sources[stream->n++] = stream->next_offset;
          if (folded[i] >= 0x300)
            kutip_fold_order (stream->chars, stream->sources, stream->n);
        }
      stream->next = g_utf8_next_char (stream->next);
      stream->next_offset++;
    }
}

static void
needle_init (Needle *needle, const char *pattern, KutipFoldFlags flags)
{
  gsize max = (gsize) g_utf8_strlen (pattern, -1) * KUTIP_FOLD_MAX + 1;
  g_autofree guint *sources = g_new0 (guint, max);

  needle->chars = g_new (gunichar, max);
  needle->n = 0;
  for (const char *p = pattern; *p; p = g_utf8_next_char (p))
    {
      gunichar folded[KUTIP_FOLD_MAX];
      guint n = kutip_fold_char (g_utf8_get_char (p), flags, folded);

      for (guint i = 0; i < n; i++)
        {
          needle->chars[needle->n++] = folded[i];
          kutip_fold_order (needle->chars, sources, needle->n);
        }
    }
  needle->failure = g_new0 (guint, needle->n + 1);
  for (guint i = 1, matched = 0; i < needle->n; i++)
    {
      while (matched > 0 && needle->chars[matched] != needle->chars[i])
        matched = needle->failure[matched];
      if (needle->chars[matched] == needle->chars[i])
        matched++;
      needle->failure[i + 1] = matched;
    }
}

static void
needle_clear (Needle *needle)
{
  g_free (needle->chars);
  g_free (needle->failure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Needle, needle_clear)

/* Whether the folded character goes with the one before it into another letter. Accents
 * do only when they count. */
static gboolean
changes_letter (gunichar c, KutipFoldFlags flags)
{
  if (!kutip_fold_continues (c))
    return FALSE;
  return !(flags & KUTIP_FOLD_DIACRITICS) || !g_unichar_ismark (c) || c == 0x3099 ||
         c == 0x309a;
}

/* The range that folded characters first … last came from; FALSE when they begin or end
 * in the middle of a character ("s" in "ß", "e" in "é" where accents count). */
static gboolean
locate_match (Stream *stream, guint first, guint last, KutipRange *range)
{
  const guint *sources = stream->sources;
  guint length = kutip_text_get_length (stream->text);

  if (first > 0 && sources[first - 1] == sources[first])
    return FALSE;
  if (last + 1 < stream->n && (sources[last + 1] == sources[last] ||
                               changes_letter (stream->chars[last + 1], stream->flags)))
    return FALSE;
  range->start = sources[first];
  range->end = MAX (sources[last], range->start) + 1;
  while (range->end < length &&
         g_unichar_ismark (kutip_text_get_char (stream->text, range->end)))
    range->end++;
  return TRUE;
}

static guint
step (const Needle *needle, guint matched, gunichar c)
{
  while (matched > 0 && needle->chars[matched] != c)
    matched = needle->failure[matched];
  return needle->chars[matched] == c ? matched + 1 : 0;
}

/* Searches the stream from @at to before @stop; returns how much of the needle is matched
 * there. */
static guint
search_piece (Stream *stream,
              const Needle *needle,
              guint at,
              guint stop,
              guint matched,
              KutipFindFlags flags,
              GArray *matches)
{
  for (; at < stop; at++)
    {
      KutipRange range;

      if (matched == 0)
        {
          const wchar_t *first = wmemchr ((const wchar_t *) stream->chars + at,
                                          (wchar_t) needle->chars[0], stop - at);

          if (!first)
            return 0;
          at = (guint) (first - (const wchar_t *) stream->chars);
        }
      matched = step (needle, matched, stream->chars[at]);
      if (matched < needle->n)
        continue;
      if (locate_match (stream, at + 1 - needle->n, at, &range) &&
          (!(flags & KUTIP_FIND_WORDS) ||
           kutip_find_is_whole_words (stream->text, range)))
        {
          g_array_append_val (matches, range);
          matched = 0;
        }
      else
        matched = needle->failure[matched];
    }
  return matched;
}

/* The last character waits for the next piece, which may bring more accents for it. */
static guint
find_settled (const Stream *stream, guint at)
{
  guint stop = stream->n;

  if (stream->next == stream->end)
    return stop;
  while (stop > at && stream->n - stop < MAX_UNSETTLED)
    if (!kutip_fold_continues (stream->chars[--stop]))
      break;
  return stop;
}

static gboolean
search_stream (Stream *stream,
               const Needle *needle,
               KutipFindFlags flags,
               GArray *matches,
               GCancellable *cancellable,
               GError **error)
{
  guint matched = 0;
  guint at = 0;

  do
    {
      /* What a match may still begin in, and one more that tells whether a character
       * does. */
      guint keep = MIN (at, needle->n + 1);
      guint stop;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      stream_advance (stream, at - keep);
      at = keep;
      stop = find_settled (stream, at);
      matched = search_piece (stream, needle, at, stop, matched, flags, matches);
      at = stop;
    }
  while (stream->next < stream->end);
  return TRUE;
}

gboolean
kutip_find_folded (KutipText *text,
                   const char *pattern,
                   KutipFindFlags flags,
                   GArray *matches,
                   GCancellable *cancellable,
                   GError **error)
{
  KutipFoldFlags fold = 0;
  g_auto (Needle) needle = { NULL, NULL, 0 };
  g_auto (Stream) stream = { 0 };

  if (!(flags & KUTIP_FIND_CASE))
    fold |= KUTIP_FOLD_CASE;
  if (!(flags & KUTIP_FIND_DIACRITICS))
    fold |= KUTIP_FOLD_DIACRITICS;
  needle_init (&needle, pattern, fold);
  if (needle.n == 0 && *pattern)
    {
      /* Who looks for nothing but accents wants them to count. */
      needle_clear (&needle);
      fold &= ~(guint) KUTIP_FOLD_DIACRITICS;
      needle_init (&needle, pattern, fold);
    }
  if (needle.n == 0)
    return TRUE;
  stream_init (&stream, text, fold, needle.n);
  stream.joins_blanks = strchr (pattern, ' ') != NULL && has_words (pattern);
  return search_stream (&stream, &needle, flags, matches, cancellable, error);
}
