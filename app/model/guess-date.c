/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guess-date.h"

#include <string.h>

#define BUDDHIST_YEARS 543

/* Names of months in lower case; the languages that share a name need it once. */
static const struct
{
  const char *names; /* separated by spaces */
} months[12] = {
  { "januari january jan januar jänner janvier enero ene janeiro gennaio يناير "
    "ינואר января มกราคม ocak styczeń stycznia" },
  { "februari february feb februar février febrero fevereiro febbraio فبراير شباط פברואר "
    "февраля กุมภาพันธ์ şubat lutego" },
  { "maret march mar mac märz maart mars marzo março مارس آذار מרץ מרס марта มีนาคม "
    "mart marca" },
  { "april apr avril abril aprile أبريل ابريل نيسان אפריל апреля เมษายน nisan kwietnia" },
  { "mei may mai maj mayo maio maggio مايو أيار מאי мая พฤษภาคม mayıs maja" },
  { "juni june jun juin junio junho giugno يونيو حزيران יוני июня มิถุนายน haziran "
    "czerwca" },
  { "juli july jul julai juillet julio julho luglio يوليو تموز יולי июля กรกฎาคม temmuz "
    "lipca" },
  { "agustus august aug agu agt ags ogos augustus août agosto أغسطس اغسطس آب אוגוסט "
    "августа "
    "สิงหาคม ağustos sierpnia augusti" },
  { "september sep sept septembre septiembre setembro settembre سبتمبر أيلول ספטמבר "
    "сентября "
    "กันยายน eylül września" },
  { "oktober october oct okt octobre octubre outubro ottobre أكتوبر اكتوبر אוקטובר "
    "октября "
    "ตุลาคม ekim października" },
  { "november nov nopember novembre noviembre novembro نوفمبر נובמבר ноября พฤศจิกายน "
    "kasım listopada" },
  { "desember december dec des dezember dez disember décembre diciembre dezembro "
    "dicembre ديسمبر "
    "דצמבר декабря ธันวาคม aralık grudnia" },
};

/* Words that may stand between the parts of a date. */
static const char *const fillers[] = { "de", "del", "of", "st",  "nd", "rd",
                                       "th", "er",  "o",  "den", NULL };

/* A run of digits or of letters. */
typedef struct
{
  gsize start;
  gsize end;
  guint number;   /* of digits; 0 for letters */
  guint n_digits; /* 0 for letters */
  char word[64]; /* in lower case; "" for digits, and for a word too long to be a month */
} Token;

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c);
}

static const char *
read_number (const char *p, Token *token)
{
  for (int digit; (digit = g_unichar_digit_value (g_utf8_get_char (p))) >= 0;
       p = g_utf8_next_char (p))
    {
      token->n_digits++;
      token->number = MIN (token->number * 10 + (guint) digit, 100000);
    }
  return p;
}

static const char *
read_word (const char *p, Token *token)
{
  const char *end = p;
  g_autofree char *lower = NULL;

  while (is_letter (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  lower = g_utf8_strdown (p, end - p);
  if (strlen (lower) < sizeof token->word)
    g_strlcpy (token->word, lower, sizeof token->word);
  return end;
}

static GArray *
tokenize (const char *line)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  for (const char *p = line; *p != '\0';)
    {
      gunichar c = g_utf8_get_char (p);
      Token token = { .start = (gsize) (p - line) };

      if (g_unichar_digit_value (c) >= 0)
        p = read_number (p, &token);
      else if (is_letter (c))
        p = read_word (p, &token);
      else
        {
          p = g_utf8_next_char (p);
          continue;
        }
      token.end = (gsize) (p - line);
      g_array_append_val (tokens, token);
    }
  return tokens;
}

static gboolean
is_one_of (const char *names, const char *word)
{
  gsize n_bytes = strlen (word);

  for (const char *p = names; p != NULL && n_bytes > 0; p = strchr (p, ' '))
    {
      p += *p == ' ';
      if (strncmp (p, word, n_bytes) == 0 && (p[n_bytes] == ' ' || p[n_bytes] == '\0'))
        return TRUE;
    }
  return FALSE;
}

/* 1 to 12, or 0. */
static guint
find_month (const char *word)
{
  /* Hebrew writes "in May" as one word. */
  const char *bare = g_str_has_prefix (word, "ב") ? word + strlen ("ב") : word;

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (is_one_of (months[i].names, word) || is_one_of (months[i].names, bare))
      return i + 1;
  return 0;
}

/* The next token from @i that is no filler; past the end, one that matches nothing. */
static const Token *
peek (GArray *tokens, guint *i)
{
  static const Token nothing;

  while (*i < tokens->len &&
         g_strv_contains (fillers, g_array_index (tokens, Token, *i).word))
    ++*i;
  return *i < tokens->len ? &g_array_index (tokens, Token, *i) : &nothing;
}

static gboolean
accept (KutipDateMatch *match, guint year, guint month, guint day, gsize start, gsize end)
{
  if (year > 2400 && year < 2400 + BUDDHIST_YEARS)
    year -= BUDDHIST_YEARS;
  if (year < 1500 || year > 2200 || month > 12 || day > 31 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_snprintf (match->iso, sizeof match->iso, "%04u-%02u-%02u", year, month, day);
  match->start = start;
  match->end = end;
  return TRUE;
}

/* "15 Agustus 2022", "15. August 2022", "15th of August 2022". */
static gboolean
match_day_first (GArray *tokens, guint i, KutipDateMatch *match)
{
  const Token *day = peek (tokens, &i);
  const Token *month = (i++, peek (tokens, &i));
  const Token *year = (i++, peek (tokens, &i));

  return day->n_digits > 0 && day->n_digits <= 2 && year->n_digits == 4 &&
         accept (match, year->number, find_month (month->word), day->number, day->start,
                 year->end);
}

/* "August 15, 2022". */
static gboolean
match_month_first (GArray *tokens, guint i, KutipDateMatch *match)
{
  const Token *month = peek (tokens, &i);
  const Token *day = (i++, peek (tokens, &i));
  const Token *year = (i++, peek (tokens, &i));

  return day->n_digits > 0 && day->n_digits <= 2 && year->n_digits == 4 &&
         accept (match, year->number, find_month (month->word), day->number, month->start,
                 year->end);
}

/* "2022年8月15日" and "2022년 8월 15일". */
static gboolean
match_east_asian (GArray *tokens, guint i, KutipDateMatch *match)
{
  const Token *t;

  if (i + 6 > tokens->len)
    return FALSE;
  t = &g_array_index (tokens, Token, i);
  if (t[0].n_digits != 4 || t[2].n_digits == 0 || t[4].n_digits == 0)
    return FALSE;
  if (!((strcmp (t[1].word, "年") == 0 && strcmp (t[3].word, "月") == 0 &&
         g_str_has_prefix (t[5].word, "日")) ||
        (strcmp (t[1].word, "년") == 0 && strcmp (t[3].word, "월") == 0 &&
         g_str_has_prefix (t[5].word, "일"))))
    return FALSE;
  return accept (match, t[0].number, t[2].number, t[4].number, t[0].start,
                 t[5].start + strlen ("日"));
}

/* "2022-08-15". */
static gboolean
match_iso (GArray *tokens, guint i, const char *line, KutipDateMatch *match)
{
  const Token *t;

  if (i + 3 > tokens->len)
    return FALSE;
  t = &g_array_index (tokens, Token, i);
  return t[0].n_digits == 4 && t[1].n_digits == 2 && t[2].n_digits == 2 &&
         t[1].start == t[0].end + 1 && t[2].start == t[1].end + 1 &&
         line[t[0].end] == '-' && line[t[1].end] == '-' &&
         accept (match, t[0].number, t[1].number, t[2].number, t[0].start, t[2].end);
}

static gboolean
has_digit (const char *line)
{
  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_digit_value (g_utf8_get_char (p)) >= 0)
      return TRUE;
  return FALSE;
}

gboolean
kutip_guess_date (const char *line, KutipDateMatch *match)
{
  g_autoptr (GArray) tokens = NULL;

  /* Each date has a year in digits; most lines have none. */
  if (!has_digit (line))
    return FALSE;
  tokens = tokenize (line);
  for (guint i = 0; i < tokens->len; i++)
    if (match_iso (tokens, i, line, match) || match_east_asian (tokens, i, match) ||
        match_day_first (tokens, i, match) || match_month_first (tokens, i, match))
      return TRUE;
  return FALSE;
}
