/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/sentence.h"

#include <string.h>

/* When an abbreviation does not end a sentence, whatever the case of the next letter. */
typedef enum
{
  BEFORE_NAME,   /* before any word or number */
  BEFORE_NUMBER, /* before a number only: "No. 5", but "No. He left." */
  NEVER, /* ends one as often as not; listed so that its full stop is known as its own */
} Follower;

/* Without the last full stop; as they are written, since "Sen." is a senator and "sen" a
 * coin. */
static const struct
{
  const char *word;
  Follower follower;
} abbreviations[] = {
  /* Indonesian: titles, ranks, addresses, firms. */
  { "Dr", BEFORE_NAME },
  { "dr", BEFORE_NAME },
  { "Drs", BEFORE_NAME },
  { "Dra", BEFORE_NAME },
  { "drg", BEFORE_NAME },
  { "Prof", BEFORE_NAME },
  { "H", BEFORE_NAME },
  { "Hj", BEFORE_NAME },
  { "KH", BEFORE_NAME },
  { "Ir", BEFORE_NAME },
  { "Tn", BEFORE_NAME },
  { "Ny", BEFORE_NAME },
  { "Nn", BEFORE_NAME },
  { "Sdr", BEFORE_NAME },
  { "Sdri", BEFORE_NAME },
  { "Bpk", BEFORE_NAME },
  { "Yth", BEFORE_NAME },
  { "Pol", BEFORE_NAME },
  { "Kol", BEFORE_NAME },
  { "Jend", BEFORE_NAME },
  { "Jl", BEFORE_NAME },
  { "Jln", BEFORE_NAME },
  { "Gg", BEFORE_NAME },
  { "Kec", BEFORE_NAME },
  { "Kab", BEFORE_NAME },
  { "PT", BEFORE_NAME },
  { "CV", BEFORE_NAME },
  { "a.n", BEFORE_NAME },
  { "u.p", BEFORE_NAME },
  { "d.a", BEFORE_NAME },
  { "s.d", BEFORE_NAME },
  { "Rp", BEFORE_NUMBER },
  { "hlm", BEFORE_NUMBER },
  { "hal", BEFORE_NUMBER },
  { "tgl", BEFORE_NUMBER },
  { "Tgl", BEFORE_NUMBER },
  { "Telp", BEFORE_NUMBER },
  { "dll", NEVER },
  { "dsb", NEVER },
  { "dst", NEVER },
  { "dkk", NEVER },
  { "Tbk", NEVER },
  { "alm", NEVER },
  /* English. */
  { "Mr", BEFORE_NAME },
  { "Mrs", BEFORE_NAME },
  { "Ms", BEFORE_NAME },
  { "Messrs", BEFORE_NAME },
  { "St", BEFORE_NAME },
  { "Mt", BEFORE_NAME },
  { "Gen", BEFORE_NAME },
  { "Col", BEFORE_NAME },
  { "Capt", BEFORE_NAME },
  { "Lt", BEFORE_NAME },
  { "Sgt", BEFORE_NAME },
  { "Sen", BEFORE_NAME },
  { "Rep", BEFORE_NAME },
  { "Gov", BEFORE_NAME },
  { "Rev", BEFORE_NAME },
  { "Hon", BEFORE_NAME },
  { "vs", BEFORE_NAME },
  { "cf", BEFORE_NAME },
  { "e.g", BEFORE_NAME },
  { "i.e", BEFORE_NAME },
  { "No", BEFORE_NUMBER },
  { "Nos", BEFORE_NUMBER },
  { "no", BEFORE_NUMBER },
  { "Fig", BEFORE_NUMBER },
  { "pp", BEFORE_NUMBER },
  { "etc", NEVER },
  { "Jr", NEVER },
  { "Sr", NEVER },
  { "Inc", NEVER },
  { "Ltd", NEVER },
  { "Corp", NEVER },
  { "Co", NEVER },
  /* German. */
  { "Hr", BEFORE_NAME },
  { "Fr", BEFORE_NAME },
  { "Dipl", BEFORE_NAME },
  { "Ing", BEFORE_NAME },
  { "bzw", BEFORE_NAME },
  { "ca", BEFORE_NAME },
  { "z.B", BEFORE_NAME },
  { "d.h", BEFORE_NAME },
  { "u.a", BEFORE_NAME },
  { "Nr", BEFORE_NUMBER },
  { "Abs", BEFORE_NUMBER },
  { "Art", BEFORE_NUMBER },
  { "Bd", BEFORE_NUMBER },
  { "usw", NEVER },
};

/* German writes a full stop after the day: "am 15. August". */
static const char *const german_months[] = {
  "Januar", "Februar",   "M\u00e4rz", "April",    "Mai",      "Juni",        "Juli",
  "August", "September", "Oktober",   "November", "Dezember", "J\u00e4nner",
};

gboolean
kutip_sentence_is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == '\v' || c == 0x85 || c == 0x200b || c == 0xfeff;
}

gboolean
kutip_sentence_is_separator (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x2029;
}

/* Whether chars[start, end) is exactly @word, which is UTF-8. */
static gboolean
reads (const gunichar *chars, guint start, guint end, const char *word)
{
  for (; start < end && *word; start++, word = g_utf8_next_char (word))
    if (chars[start] != g_utf8_get_char (word))
      return FALSE;
  return start == end && !*word;
}

/* The start of the run of letters and full stops that ends at @end. */
static guint
find_word (const gunichar *chars, guint end)
{
  guint start = end;

  while (start > 0 && end - start < 24 &&
         (g_unichar_isalpha (chars[start - 1]) || chars[start - 1] == '.'))
    start--;
  while (start < end && chars[start] == '.')
    start++;
  return start;
}

static gboolean
find_follower (const gunichar *chars, guint start, guint end, Follower *follower)
{
  for (gsize i = 0; i < G_N_ELEMENTS (abbreviations); i++)
    if (reads (chars, start, end, abbreviations[i].word))
      {
        *follower = abbreviations[i].follower;
        return TRUE;
      }
  return FALSE;
}

/* Whether what stands before @start, white space aside, is the character. */
static gboolean
follows (const gunichar *chars, guint start, gunichar c)
{
  while (start > 0 && chars[start - 1] == ' ')
    start--;
  return start > 0 && chars[start - 1] == c;
}

/* Initials as in "B.J. Habibie" or "George W. Bush". Not degrees, which follow a comma
 * ("Budi, S.H. Ia …"), nor the numbers of kings and wars ("Perang Dunia I. Saat itu …").
 */
static gboolean
is_initials (const gunichar *chars, guint start, guint end)
{
  if (start == end || follows (chars, start, ','))
    return FALSE;
  if (start > 0 && !kutip_sentence_is_blank (chars[start - 1]) &&
      g_unichar_isalnum (chars[start - 1]))
    return FALSE;
  if (end - start == 1 && strchr ("IVX", (int) MIN (chars[start], 0x7f)) && start > 1 &&
      g_unichar_isalpha (chars[start - 2]))
    return FALSE;
  for (guint i = start; i < end; i++)
    if ((i - start) % 2 == 0 ? !g_unichar_isupper (chars[i]) : chars[i] != '.')
      return FALSE;
  return (end - start) % 2 == 1;
}

static gboolean
is_german_date (const gunichar *chars, guint n_chars, guint day_end, guint month)
{
  guint n_digits = 0;
  guint end = month;

  while (n_digits < day_end && g_unichar_isdigit (chars[day_end - n_digits - 1]))
    n_digits++;
  if (n_digits == 0 || n_digits > 2)
    return FALSE;
  while (end < n_chars && end - month < 16 && g_unichar_isalpha (chars[end]))
    end++;
  for (gsize i = 0; i < G_N_ELEMENTS (german_months); i++)
    if (reads (chars, month, end, german_months[i]))
      return TRUE;
  return FALSE;
}

/* The number or letter of an item in a list: "1. Pertama", at the start of a paragraph.
 */
static gboolean
is_enumerator (const gunichar *chars, guint stop)
{
  guint start = stop;

  while (start > 0 && stop - start < 4 && g_unichar_isdigit (chars[start - 1]))
    start--;
  if (start == stop && start > 0 && g_unichar_isalpha (chars[start - 1]))
    start--;
  if (start == stop || stop - start > 3)
    return FALSE;
  while (start > 0 && kutip_sentence_is_blank (chars[start - 1]))
    if (kutip_sentence_is_separator (chars[--start]))
      return TRUE;
  return start == 0;
}

static gboolean
is_closer (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION: /* closes in German and Danish */
      return TRUE;
    default:
      return c == '"' || c == '\'';
    }
}

/* Inside an address or a formula nothing ends: "?q=1", "!important". */
static gboolean
is_inside_address (gunichar terminator, gunichar next)
{
  return terminator < 0x80 &&
         (g_unichar_islower (next) || g_unichar_isdigit (next) ||
          (next < 0x80 && next != 0 && strchr ("=&/#%_-+~", (int) next)));
}

gboolean
kutip_sentence_runs_on (const gunichar *chars, guint n_chars, guint border)
{
  guint end = border;
  guint stop, word;
  Follower follower;

  if (border == 0 || border >= n_chars)
    return FALSE;
  while (end > 0 && kutip_sentence_is_blank (chars[end - 1]))
    {
      if (kutip_sentence_is_separator (chars[end - 1]) || chars[end - 1] == 0x85 ||
          chars[end - 1] == 0x2028)
        return FALSE;
      end--;
    }
  stop = end;
  while (stop > 0 && is_closer (chars[stop - 1]))
    stop--;
  if (stop == 0)
    return FALSE;
  /* Pango forgets that "15.30" is a number when "WIB" follows it. */
  if (g_unichar_isalnum (chars[stop - 1]))
    return TRUE;
  if (end == border && stop == end)
    return is_inside_address (chars[stop - 1], chars[border]);
  if (stop < end)
    return g_unichar_islower (chars[border]);
  if (chars[--stop] != '.')
    return FALSE;
  word = find_word (chars, stop);
  if (find_follower (chars, word, stop, &follower) && follower != NEVER)
    return follower == BEFORE_NAME || g_unichar_isdigit (chars[border]);
  return is_initials (chars, word, stop) || is_enumerator (chars, stop) ||
         is_german_date (chars, n_chars, stop, border);
}

/* Whether a run of letters and full stops has the look of "S.H", "M.Si" or "a.n". */
static gboolean
is_acronym (const gunichar *chars, guint start, guint end)
{
  guint n_letters = 0;
  guint n_stops = 0;

  for (guint i = start; i < end; i++)
    {
      if (chars[i] != '.')
        n_letters++;
      else if (n_letters == 0 || n_letters > (n_stops == 0 ? 2 : 3))
        return FALSE;
      else
        {
          n_letters = 0;
          n_stops++;
        }
    }
  return n_stops > 0 && n_letters > 0 && n_letters <= 3;
}

gboolean
kutip_sentence_abbreviates (const gunichar *chars, guint stop)
{
  guint word = find_word (chars, stop);
  Follower follower;

  return word < stop &&
         (find_follower (chars, word, stop, &follower) || is_acronym (chars, word, stop));
}
