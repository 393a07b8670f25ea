/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guess-line.h"

#include <string.h>

#define MAX_VALUE_LENGTH 160
#define MAX_BYLINE_LENGTH 80
#define MAX_NAME_WORDS 7
#define MAX_DATELINE_LENGTH 60

/* Words that stand before a colon; in lower case. */
static const struct
{
  const char *word;
  KutipLineField field;
} labels[] = {
  { "title", KUTIP_LINE_TITLE },
  { "judul", KUTIP_LINE_TITLE },
  { "titel", KUTIP_LINE_TITLE },
  { "titre", KUTIP_LINE_TITLE },
  { "título", KUTIP_LINE_TITLE },
  { "titolo", KUTIP_LINE_TITLE },
  { "العنوان", KUTIP_LINE_TITLE },
  { "כותרת", KUTIP_LINE_TITLE },
  { "标题", KUTIP_LINE_TITLE },
  { "標題", KUTIP_LINE_TITLE },
  { "penulis", KUTIP_LINE_AUTHOR },
  { "reporter", KUTIP_LINE_AUTHOR },
  { "pewarta", KUTIP_LINE_AUTHOR },
  { "wartawan", KUTIP_LINE_AUTHOR },
  { "kontributor", KUTIP_LINE_OTHER },
  { "oleh", KUTIP_LINE_AUTHOR },
  { "author", KUTIP_LINE_AUTHOR },
  { "authors", KUTIP_LINE_AUTHOR },
  { "written by", KUTIP_LINE_AUTHOR },
  { "byline", KUTIP_LINE_AUTHOR },
  { "by", KUTIP_LINE_AUTHOR },
  { "autor", KUTIP_LINE_AUTHOR },
  { "autorin", KUTIP_LINE_AUTHOR },
  { "autora", KUTIP_LINE_AUTHOR },
  { "von", KUTIP_LINE_AUTHOR },
  { "auteur", KUTIP_LINE_AUTHOR },
  { "autore", KUTIP_LINE_AUTHOR },
  { "door", KUTIP_LINE_AUTHOR },
  { "автор", KUTIP_LINE_AUTHOR },
  { "كتب", KUTIP_LINE_AUTHOR },
  { "كتبت", KUTIP_LINE_AUTHOR },
  { "بقلم", KUTIP_LINE_AUTHOR },
  { "الكاتب", KUTIP_LINE_AUTHOR },
  { "מאת", KUTIP_LINE_AUTHOR },
  { "作者", KUTIP_LINE_AUTHOR },
  { "记者", KUTIP_LINE_AUTHOR },
  { "記者", KUTIP_LINE_AUTHOR },
  { "撰文", KUTIP_LINE_AUTHOR },
  { "著者", KUTIP_LINE_AUTHOR },
  { "筆者", KUTIP_LINE_AUTHOR },
  { "기자", KUTIP_LINE_AUTHOR },
  { "ผู้เขียน", KUTIP_LINE_AUTHOR },
  { "โดย", KUTIP_LINE_AUTHOR },
  { "date", KUTIP_LINE_DATE },
  { "published", KUTIP_LINE_DATE },
  { "published on", KUTIP_LINE_DATE },
  { "tanggal", KUTIP_LINE_DATE },
  { "terbit", KUTIP_LINE_DATE },
  { "datum", KUTIP_LINE_DATE },
  { "fecha", KUTIP_LINE_DATE },
  { "data", KUTIP_LINE_DATE },
  { "дата", KUTIP_LINE_DATE },
  { "التاريخ", KUTIP_LINE_DATE },
  { "תאריך", KUTIP_LINE_DATE },
  { "日期", KUTIP_LINE_DATE },
  { "日付", KUTIP_LINE_DATE },
  { "발행일", KUTIP_LINE_DATE },
  { "วันที่", KUTIP_LINE_DATE },
  { "sumber", KUTIP_LINE_PUBLISHER },
  { "source", KUTIP_LINE_PUBLISHER },
  { "publisher", KUTIP_LINE_PUBLISHER },
  { "penerbit", KUTIP_LINE_PUBLISHER },
  { "quelle", KUTIP_LINE_PUBLISHER },
  { "fuente", KUTIP_LINE_PUBLISHER },
  { "fonte", KUTIP_LINE_PUBLISHER },
  { "bron", KUTIP_LINE_PUBLISHER },
  { "источник", KUTIP_LINE_PUBLISHER },
  { "المصدر", KUTIP_LINE_PUBLISHER },
  { "מקור", KUTIP_LINE_PUBLISHER },
  { "来源", KUTIP_LINE_PUBLISHER },
  { "來源", KUTIP_LINE_PUBLISHER },
  { "出典", KUTIP_LINE_PUBLISHER },
  { "출처", KUTIP_LINE_PUBLISHER },
  { "ที่มา", KUTIP_LINE_PUBLISHER },
  { "url", KUTIP_LINE_URL },
  { "link", KUTIP_LINE_URL },
  { "tautan", KUTIP_LINE_URL },
  { "editor", KUTIP_LINE_OTHER },
  { "penyunting", KUTIP_LINE_OTHER },
  { "redaktur", KUTIP_LINE_OTHER },
  { "foto", KUTIP_LINE_OTHER },
  { "photo", KUTIP_LINE_OTHER },
  { "video", KUTIP_LINE_OTHER },
  { "tag", KUTIP_LINE_OTHER },
  { "tags", KUTIP_LINE_OTHER },
  { "编辑", KUTIP_LINE_OTHER },
  { "責任編集", KUTIP_LINE_OTHER },
  { "责任编辑", KUTIP_LINE_OTHER },
};

/* The word for "by" that stands before a name with no colon. */
static const struct
{
  const char *language;
  const char *word;
} by_words[] = {
  { "id", "Oleh" }, { "ms", "Oleh" }, { "en", "By" },  { "de", "Von" }, { "nl", "Door" },
  { "fr", "Par" },  { "es", "Por" },  { "pt", "Por" }, { "it", "Di" },  { "sv", "Av" },
  { "ar", "بقلم" }, { "he", "מאת" },  { "th", "โดย" }, { "da", "Af" },  { "nb", "Av" },
};

static const char *const name_particles[] = { "de",  "del", "della", "di",  "da",
                                              "dos", "du",  "van",   "von", "der",
                                              "den", "bin", "binti", "al",  "el",
                                              "la",  "le",  "dan",   "and", "und",
                                              "y",   "e",   "et",    "en",  NULL };

/* The length in bytes of "word :" at @p with all that belongs to it, or 0; @first is what
 * @p begins with, in lower case. */
static gsize
match_label (const char *p, gunichar first, const char *word)
{
  g_autofree char *lower = NULL;
  const char *rest;

  if (first != g_utf8_get_char (word))
    return 0;
  lower = g_utf8_strdown (p, (gssize) MIN (strlen (p), strlen (word)));
  if (strcmp (lower, word) != 0)
    return 0;
  rest = p + strlen (word);
  while (*rest == ' ' || *rest == '\t' || g_str_has_prefix (rest, "\302\240"))
    rest = g_utf8_next_char (rest);
  if (*rest != ':' && !g_str_has_prefix (rest, "："))
    return 0;
  return (gsize) (g_utf8_next_char (rest) - p);
}

/* The label that stands at @p, or -1; @n_bytes is how long it is. */
static int
find_label (const char *p, gsize *n_bytes)
{
  gunichar first = g_unichar_tolower (g_utf8_get_char (p));

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      *n_bytes = match_label (p, first, labels[i].word);
      if (*n_bytes > 0)
        return (int) i;
    }
  return -1;
}

static gboolean
is_boundary (const char *line, const char *p)
{
  return p > line && !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (p)));
}

/* Where the next label after @p begins, or the end of the line. */
static const char *
find_next_label (const char *line, const char *p)
{
  gsize n_bytes;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    if (is_boundary (line, p) && find_label (p, &n_bytes) >= 0)
      break;
  return p;
}

static char *
tidy_value (const char *start, const char *end)
{
  g_autofree char *value = g_strndup (start, (gsize) (end - start));
  gsize n_bytes;

  g_strstrip (value);
  n_bytes = strlen (value);
  while (n_bytes > 0 && strchr ("|,;/", value[n_bytes - 1]) != NULL)
    value[--n_bytes] = '\0';
  g_strstrip (value);
  if (*value == '\0' || g_utf8_strlen (value, -1) > MAX_VALUE_LENGTH)
    return NULL;
  return g_steal_pointer (&value);
}

gboolean
kutip_guess_labelled_line (const char *line, KutipLineFunc func, gpointer data)
{
  gsize n_bytes;
  int label = find_label (line, &n_bytes);

  if (label < 0)
    return FALSE;
  for (const char *p = line; label >= 0; label = find_label (p, &n_bytes))
    {
      const char *end = find_next_label (line, p + n_bytes);
      g_autofree char *value = tidy_value (p + n_bytes, end);

      if (value != NULL)
        func (labels[label].field, value, data);
      p = end;
    }
  return TRUE;
}

/* Scripts without capitals pass. */
static gboolean
begins_like_a_name (const char *word)
{
  gunichar c = g_utf8_get_char (word);

  return g_strv_contains (name_particles, word) ||
         (g_unichar_isalpha (c) && !g_unichar_islower (c));
}

/* A few words, each of which could be part of a name. */
static gboolean
is_name_like (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  guint n = 0;

  if (g_str_has_suffix (text, ".") || strpbrk (text, ":;!?\"()") != NULL)
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      n++;
      if (!begins_like_a_name (words[i]))
        return FALSE;
    }
  return n > 0 && n <= MAX_NAME_WORDS;
}

char *
kutip_guess_byline (const char *line, const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (by_words); i++)
    {
      gsize n_bytes = strlen (by_words[i].word);
      g_autofree char *name = NULL;

      if (g_strcmp0 (by_words[i].language, language) != 0 ||
          g_ascii_strncasecmp (line, by_words[i].word, n_bytes) != 0 ||
          line[n_bytes] != ' ' || g_utf8_strlen (line, -1) > MAX_BYLINE_LENGTH)
        continue;
      name = g_strstrip (g_strdup (line + n_bytes));
      if (is_name_like (name))
        return g_steal_pointer (&name);
    }
  return NULL;
}

/* Where " - ", " – " or " — " begins within the first part of a line, or NULL. */
static const char *
find_dash (const char *line)
{
  static const char *const dashes[] = { " - ", " – ", " — ", " -- " };
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (dashes); i++)
    {
      const char *dash = strstr (line, dashes[i]);

      if (dash != NULL && (first == NULL || dash < first))
        first = dash;
    }
  return first != NULL && g_utf8_strlen (line, first - line) <= MAX_DATELINE_LENGTH
             ? first
             : NULL;
}

static gboolean
is_upper (const char *text)
{
  gboolean has_letter = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_islower (c))
        return FALSE;
      has_letter = has_letter || g_unichar_isupper (c);
    }
  return has_letter;
}

char *
kutip_guess_dateline (const char *line)
{
  const char *dash = find_dash (line);
  g_autofree char *head = dash != NULL ? g_strndup (line, (gsize) (dash - line)) : NULL;
  char *mark = head != NULL ? strpbrk (head, ",(") : NULL;
  g_autofree char *place = NULL;
  g_autofree char *publisher = NULL;
  char *end;

  if (mark == NULL)
    return NULL;
  place = g_strstrip (g_strndup (head, (gsize) (mark - head)));
  publisher = g_strstrip (g_strdup (mark + 1));
  if (!is_upper (place) || *publisher == '\0')
    return NULL;
  if (*mark == '(')
    {
      end = strchr (publisher, ')');
      if (end == NULL || end[1] != '\0' || !is_name_like ((*end = '\0', publisher)))
        return NULL;
    }
  else if (!is_upper (publisher) || strchr (publisher, ',') != NULL)
    return NULL;
  return *publisher != '\0' ? g_steal_pointer (&publisher) : NULL;
}

char *
kutip_guess_tidy_line (const char *line)
{
  while (*line == '#' || *line == '*' || g_unichar_isspace (g_utf8_get_char (line)))
    line = g_utf8_next_char (line);
  return g_strchomp (g_strdup (line));
}
