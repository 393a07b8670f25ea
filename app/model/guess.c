/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guess.h"

#include "model/guess-date.h"
#include "model/guess-language.h"
#include "model/guess-line.h"

#include <string.h>

/* Code points looked at, and lines of them. */
#define HEAD_LENGTH 4000
#define TAIL_LENGTH 1500
#define MAX_HEAD_LINES 8
#define MAX_TAIL_LINES 4
#define MAX_TITLE_LENGTH 200
#define MAX_SHORT_LINE_LENGTH 110

/* Words in the names of newspapers, so that "The Firth Courier, 9 May 2024" is told from
 * a place. */
static const char *const press_words[] = {
  "courier", "gazette",     "times",  "post",   "news",     "herald",   "tribune",
  "journal", "daily",       "weekly", "press",  "zeitung",  "kurier",   "anzeiger",
  "blatt",   "nachrichten", "warta",  "kabar",  "berita",   "harian",   "tribun",
  "kompas",  "diario",      "jornal", "correo", "giornale", "corriere", "courant",
  "dagblad", "صحيفة",       "جريدة",  "עיתון",  "ข่าว",      NULL,
};

typedef struct
{
  char *head;
  GPtrArray *head_lines; /* not blank, tidy */
  GPtrArray *tail_lines; /* the last first */
  const char *language;
  char *title;
  char *author;
  char *publisher;
  char *url;
  KutipDateMatch date;
} Guess;

static void
guess_clear (Guess *guess)
{
  g_free (guess->head);
  g_ptr_array_unref (guess->head_lines);
  g_ptr_array_unref (guess->tail_lines);
  g_free (guess->title);
  g_free (guess->author);
  g_free (guess->publisher);
  g_free (guess->url);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Guess, guess_clear)

/* The lines of @text that are not blank. */
static GPtrArray *
split_lines (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (text, "\n\r\f", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *line = kutip_guess_tidy_line (parts[i]);

      if (*line != '\0')
        g_ptr_array_add (lines, line);
      else
        g_free (line);
    }
  return lines;
}

static GPtrArray *
get_head_lines (const char *head)
{
  GPtrArray *lines = split_lines (head);

  g_ptr_array_set_size (lines, (int) MIN (lines->len, MAX_HEAD_LINES));
  return lines;
}

/* The first of the lines is cut off where the text is longer, and left out. */
static GPtrArray *
get_tail_lines (KutipText *text)
{
  guint length = kutip_text_get_length (text);
  guint start = length > TAIL_LENGTH ? length - TAIL_LENGTH : 0;
  g_autofree char *tail = kutip_text_dup_range (text, (KutipRange){ start, length });
  g_autoptr (GPtrArray) lines = split_lines (tail);
  GPtrArray *last = g_ptr_array_new_with_free_func (g_free);

  for (guint i = lines->len; i > (start > 0) && last->len < MAX_TAIL_LINES; i--)
    g_ptr_array_add (last, g_strdup (g_ptr_array_index (lines, i - 1)));
  return last;
}

static gboolean
has_letter (const char *line)
{
  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static gboolean
ends_like_prose (const char *line)
{
  return (g_str_has_suffix (line, ".") && !g_str_has_suffix (line, "..")) ||
         g_str_has_suffix (line, "。") || g_str_has_suffix (line, ",") ||
         g_str_has_suffix (line, ";");
}

static void
take (char **field, const char *value)
{
  if (*field == NULL)
    *field = g_strdup (value);
}

static gboolean
is_url (const char *value)
{
  return (g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://")) &&
         strpbrk (value, " \t") == NULL;
}

static void
take_labelled (KutipLineField field, const char *value, gpointer data)
{
  Guess *guess = data;
  KutipDateMatch date;

  switch (field)
    {
    case KUTIP_LINE_TITLE:
      take (&guess->title, value);
      break;
    case KUTIP_LINE_AUTHOR:
      if (!ends_like_prose (value))
        take (&guess->author, value);
      break;
    case KUTIP_LINE_DATE:
      if (guess->date.iso[0] == '\0' && kutip_guess_date (value, &date))
        guess->date = date;
      break;
    case KUTIP_LINE_PUBLISHER:
      if (is_url (value))
        take (&guess->url, value);
      else if (!ends_like_prose (value))
        take (&guess->publisher, value);
      break;
    case KUTIP_LINE_URL:
      if (is_url (value))
        take (&guess->url, value);
      break;
    case KUTIP_LINE_OTHER:
    default:
      break;
    }
}

/* Lines that say what they are. */
static void
read_labelled_lines (Guess *guess)
{
  for (guint i = 0; i < guess->head_lines->len; i++)
    kutip_guess_labelled_line (g_ptr_array_index (guess->head_lines, i), take_labelled,
                               guess);
  for (guint i = 0; i < guess->tail_lines->len; i++)
    kutip_guess_labelled_line (g_ptr_array_index (guess->tail_lines, i), take_labelled,
                               guess);
}

static void
ignore_labelled (KutipLineField field, const char *value, gpointer data)
{
}

/* The first line, where it is short, does not read as a sentence, and something follows.
 */
static void
guess_title (Guess *guess)
{
  const char *line;
  KutipDateMatch date;

  if (guess->title != NULL || guess->head_lines->len < 2)
    return;
  line = g_ptr_array_index (guess->head_lines, 0);
  if (g_utf8_strlen (line, -1) < MAX_TITLE_LENGTH && has_letter (line) &&
      !ends_like_prose (line) && !is_url (line) &&
      !kutip_guess_labelled_line (line, ignore_labelled, NULL) &&
      !(kutip_guess_date (line, &date) && date.start == 0 && date.end == strlen (line)))
    guess->title = g_strdup (line);
}

static void
guess_author (Guess *guess)
{
  for (guint i = 1; i < guess->head_lines->len && i < 5 && guess->author == NULL; i++)
    guess->author =
        kutip_guess_byline (g_ptr_array_index (guess->head_lines, i), guess->language);
}

/* ", 13:39" after a date: nobody writes the minute of what a story tells. */
static gboolean
is_time (const char *p)
{
  p += strspn (p, ", ");
  return g_ascii_isdigit (p[0]) &&
         (g_ascii_isdigit (p[1]) ? (p[2] == ':' || p[2] == '.') && g_ascii_isdigit (p[3])
                                 : p[1] == ':' && g_ascii_isdigit (p[2]));
}

/* Whether a date in a line is that of the article: in a short line that is no sentence,
 * or with the time of day. */
static gboolean
is_article_date (const char *line, const KutipDateMatch *date)
{
  return is_time (line + date->end) ||
         (g_utf8_strlen (line, -1) <= MAX_SHORT_LINE_LENGTH && !ends_like_prose (line));
}

static gboolean
is_press (const char *name)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);

  for (guint i = 0; press_words[i] != NULL; i++)
    if (strstr (lower, press_words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* "Kompas dunia | 15 Agustus 2022", "《河湾日报》2024年6月18日", "The Firth Courier, 9
 * May 2024". */
static char *
find_publisher_before (const char *line, const KutipDateMatch *date)
{
  g_autofree char *before = g_strstrip (g_strndup (line, date->start));
  gsize n_bytes = strlen (before);
  gboolean named = FALSE;

  if (g_str_has_prefix (before, "《") && g_str_has_suffix (before, "》"))
    return g_strndup (before + strlen ("《"), n_bytes - strlen ("《》"));
  if (g_str_has_suffix (before, "|") || g_str_has_suffix (before, "·"))
    {
      *g_utf8_find_prev_char (before, before + n_bytes) = '\0';
      named = TRUE;
    }
  else if (g_str_has_suffix (before, ",") || g_str_has_suffix (before, "،"))
    *g_utf8_find_prev_char (before, before + n_bytes) = '\0';
  g_strstrip (before);
  if (*before == '\0' || strpbrk (before, "|.") != NULL ||
      g_utf8_strlen (before, -1) > 60)
    return NULL;
  return named || is_press (before) ? g_steal_pointer (&before) : NULL;
}

/* The line that gives the date often begins with the newspaper's name. */
static void
guess_date (Guess *guess, char **publisher)
{
  for (guint i = 1; i < guess->head_lines->len && i < 5; i++)
    {
      const char *line = g_ptr_array_index (guess->head_lines, i);
      KutipDateMatch date;

      if (!kutip_guess_date (line, &date) || !is_article_date (line, &date))
        continue;
      if (guess->date.iso[0] == '\0')
        guess->date = date;
      *publisher = find_publisher_before (line, &date);
      return;
    }
}

/* Only what stands after the time of day, when date and first sentence share a line. */
static const char *
skip_date (const char *line)
{
  /* Indonesia's; the longer before what it begins with. */
  static const char *const zones[] = { "WIB", "WITA", "WIT" };
  KutipDateMatch date;
  const char *p;

  if (!kutip_guess_date (line, &date) || !is_time (line + date.end))
    return line;
  p = line + date.end;
  p += strspn (p, ", 0123456789:.");
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_str_has_prefix (p, zones[i]))
      return p + strlen (zones[i]);
  return p;
}

static void
guess_publisher (Guess *guess, const char *before_date)
{
  for (guint i = 1; i < guess->head_lines->len && i < 5 && guess->publisher == NULL; i++)
    guess->publisher =
        kutip_guess_dateline (skip_date (g_ptr_array_index (guess->head_lines, i)));
  if (before_date != NULL)
    take (&guess->publisher, before_date);
}

KutipHeader *
kutip_guess_header (KutipText *text, const char *charset_name)
{
  KutipRange range = { 0, MIN (kutip_text_get_length (text), HEAD_LENGTH) };
  g_auto (Guess) guess = { .head = kutip_text_dup_range (text, range) };
  g_autofree char *before_date = NULL;
  KutipHeaderFields fields = { .status = KUTIP_STATUS_NEW };

  guess.head_lines = get_head_lines (guess.head);
  guess.tail_lines = get_tail_lines (text);
  guess.language = kutip_guess_language (guess.head);
  read_labelled_lines (&guess);
  guess_title (&guess);
  guess_author (&guess);
  guess_date (&guess, &before_date);
  guess_publisher (&guess, before_date);

  fields.language = guess.language;
  fields.title = guess.title;
  fields.author = guess.author;
  fields.publisher = guess.publisher;
  fields.url = guess.url;
  fields.date = guess.date.iso[0] != '\0' ? guess.date.iso : NULL;
  if (charset_name != NULL && g_ascii_strcasecmp (charset_name, "UTF-8") != 0)
    fields.encoding = charset_name;
  return kutip_header_new (&fields);
}
