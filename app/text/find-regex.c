/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/find-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Bytes given to the regular expression at a time, more when it asks for more. */
#define CHUNK (4 * 1024)
/* Steps that PCRE may take from one start, so that "(a+)+$" ends in an error and not
 * never. */
#define LIMIT "(*LIMIT_MATCH=200000)"

typedef struct
{
  GRegex *fast;     /* by just-in-time compilation, which has little room to step back */
  GRegex *thorough; /* by interpretation, asked where the fast one gives up */
  KutipText *text;
  const char *utf8;
  gsize n_bytes;
  gsize at;  /* where the next match is looked for */
  gsize end; /* of what the regular expression sees */
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->fast, g_regex_unref);
  g_clear_pointer (&search->thorough, g_regex_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static gboolean
search_init (Search *search,
             KutipText *text,
             const char *pattern,
             KutipFindFlags flags,
             GError **error)
{
  GRegexCompileFlags compile = flags & KUTIP_FIND_WHOLE ? 0 : G_REGEX_MULTILINE;
  g_autofree char *limited = g_strconcat (LIMIT, pattern, NULL);
  g_autoptr (GRegex) plain = NULL;

  if (!(flags & KUTIP_FIND_CASE))
    compile |= G_REGEX_CASELESS;
  search->text = text;
  search->utf8 = kutip_text_get_utf8 (text, &search->n_bytes);
  /* First as it was written, so that an error names the right place in it. */
  plain = g_regex_new (pattern, compile, 0, error);
  if (!plain)
    return FALSE;
  search->thorough = g_regex_new (limited, compile, 0, error);
  if (!search->thorough)
    return FALSE;
  search->fast = g_regex_new (limited, compile | G_REGEX_OPTIMIZE, 0, error);
  return search->fast != NULL;
}

/* The end of a line about @n_chunk bytes on: most expressions do not look beyond. */
static gsize
find_chunk_end (const Search *search, gsize n_chunk)
{
  const char *p = search->utf8 + search->at;
  gsize n_left = search->n_bytes - search->at;
  const char *line_end;

  if (n_chunk >= n_left)
    return search->n_bytes;
  p += n_chunk;
  line_end = memchr (p, '\n', MIN (n_chunk, n_left - n_chunk));
  if (line_end)
    return (gsize) (line_end + 1 - search->utf8);
  while (((guchar) *p & 0xc0) == 0x80)
    p++;
  return (gsize) (p - search->utf8);
}

typedef enum
{
  FOUND,
  NOT_FOUND,
  UNDECIDED, /* the end of the chunk was reached on the way */
  GAVE_UP,
} Outcome;

static Outcome
match (const Search *search, GRegex *regex, gint *start, gint *end, GError **error)
{
  g_autoptr (GMatchInfo) info = NULL;
  g_autoptr (GError) reason = NULL;
  GRegexMatchFlags options = G_REGEX_MATCH_NOTEMPTY;

  if (search->end < search->n_bytes)
    options |= G_REGEX_MATCH_PARTIAL_HARD;
  if (g_regex_match_full (regex, search->utf8, (gssize) search->end, (gint) search->at,
                          options, &info, &reason) &&
      g_match_info_fetch_pos (info, 0, start, end))
    return FOUND;
  if (reason)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return GAVE_UP;
    }
  return g_match_info_is_partial_match (info) ? UNDECIDED : NOT_FOUND;
}

static gsize
skip_character (const Search *search, gsize at)
{
  return (gsize) (g_utf8_next_char (search->utf8 + at) - search->utf8);
}

static void
take_match (Search *search, gint start, gint end, KutipFindFlags flags, GArray *matches)
{
  KutipRange range;

  /* PCRE's \K and lookaround can put a match anywhere; a search only goes on. */
  if (end <= start || (gsize) start < search->at ||
      !kutip_text_from_byte (search->text, (gsize) start, &range.start) ||
      !kutip_text_from_byte (search->text, (gsize) end, &range.end))
    search->at = skip_character (search, MAX (search->at, (gsize) start));
  else if (flags & KUTIP_FIND_WORDS && !kutip_find_is_whole_words (search->text, range))
    search->at = skip_character (search, (gsize) start);
  else
    {
      g_array_append_val (matches, range);
      search->at = (gsize) end;
    }
}

static gboolean
run_search (Search *search,
            KutipFindFlags flags,
            GArray *matches,
            GCancellable *cancellable,
            GError **error)
{
  gsize n_chunk = CHUNK;

  while (search->at < search->n_bytes)
    {
      g_autoptr (GError) reason = NULL;
      Outcome outcome;
      gint start, end;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      search->end = find_chunk_end (search, n_chunk);
      outcome = match (search, search->fast, &start, &end, NULL);
      if (outcome == GAVE_UP)
        outcome = match (search, search->thorough, &start, &end, &reason);
      switch (outcome)
        {
        case FOUND:
          take_match (search, start, end, flags, matches);
          n_chunk = CHUNK;
          break;
        case NOT_FOUND:
          search->at = search->end;
          n_chunk = CHUNK;
          break;
        case UNDECIDED:
          n_chunk *= 2;
          break;
        case GAVE_UP:
        default:
          g_set_error (
              error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH,
              /* Translators: %s is what the library for regular expressions says. */
              _ ("The regular expression takes too long on this text (%s)"),
              reason ? reason->message : "");
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
kutip_find_regex (KutipText *text,
                  const char *pattern,
                  KutipFindFlags flags,
                  GArray *matches,
                  GCancellable *cancellable,
                  GError **error)
{
  g_auto (Search) search = { 0 };

  return search_init (&search, text, pattern, flags, error) &&
         run_search (&search, flags, matches, cancellable, error);
}
