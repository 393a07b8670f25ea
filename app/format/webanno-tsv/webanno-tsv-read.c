/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/webanno-tsv/webanno-tsv-read-parts.h"

#include <glib/gi18n.h>
#include <string.h>

/* Rows go on where the one before ended; those that jump about are not checked for longer
 * than so many walks over the text take. */
#define MAX_WALKS 64
/* Gaps between sentences that are larger than the whole file together can only be a
 * trick; but a little text may well have much space in it. */
#define MOST_SPACES ((gsize) 1000000)

gboolean
kutip_webanno_fail (KutipWebannoReading *self, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               _ ("line %1$lu: %2$s"), (gulong) self->line, reason);
  return FALSE;
}

static void
clear_pending (gpointer data)
{
  g_free (((KutipWebannoPending *) data)->unit);
}

static void
init_reading (KutipWebannoReading *self,
              KutipCas *cas,
              const char *name,
              KutipReport *report)
{
  *self = (KutipWebannoReading){
    .cas = cas,
    .name = name,
    .report = report,
    .line = 1,
    .layers = g_ptr_array_new_with_free_func (kutip_webanno_layer_free),
    .known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .units = g_array_new (FALSE, FALSE, sizeof (KutipWebannoPlace)),
    .words = g_ptr_array_new (),
    .strays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .notes = g_array_new (FALSE, FALSE, sizeof (KutipWebannoNote)),
    .chains = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                     (GDestroyNotify) g_hash_table_unref),
    .pending = g_array_new (FALSE, TRUE, sizeof (KutipWebannoPending)),
    .text = g_string_new (NULL),
    .sentence = NULL,
  };
  self->sofa = kutip_cas_add (cas, 0, KUTIP_CAS_SOFA, NULL);
  g_array_set_clear_func (self->pending, clear_pending);
}

static void
clear_reading (KutipWebannoReading *self)
{
  g_ptr_array_unref (self->layers);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->places);
  g_array_unref (self->units);
  g_ptr_array_unref (self->words);
  g_hash_table_unref (self->strays);
  g_array_unref (self->notes);
  g_hash_table_unref (self->chains);
  g_array_unref (self->pending);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  if (self->sentence != NULL)
    g_string_free (self->sentence, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipWebannoReading, clear_reading)

/* --- the text --- */

static gsize
count_utf16 (const char *utf8)
{
  gsize n = 0;

  for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p))
    n += g_utf8_get_char (p) > 0xffff ? 2 : 1;
  return n;
}

/* The sentence stands where its first row does; between sentences a new line and spaces
 * are all that can be told from the numbers. */
static gboolean
place_sentence (KutipWebannoReading *self, GError **error)
{
  if (self->n_text > self->begin)
    return kutip_webanno_fail (
        self, error, _ ("a sentence begins before the end of the one before it"));
  if (self->begin - self->n_text > self->n_spaces)
    return kutip_webanno_fail (self, error,
                               _ ("a sentence begins too far behind the one before it"));
  self->n_spaces -= self->begin - self->n_text;
  if (self->n_text < self->begin && self->any_row)
    {
      g_string_append_c (self->text, '\n');
      self->n_text++;
    }
  for (; self->n_text < self->begin; self->n_text++)
    g_string_append_c (self->text, ' ');
  g_string_append_len (self->text, self->sentence->str, (gssize) self->sentence->len);
  self->n_text += count_utf16 (self->sentence->str);
  g_string_free (self->sentence, TRUE);
  self->sentence = NULL;
  return TRUE;
}

static void
read_text_line (KutipWebannoReading *self, const char *line)
{
  g_autofree char *text =
      kutip_webanno_unescape_text (line + strlen (KUTIP_WEBANNO_TEXT), self->java);

  if (self->sentence == NULL)
    self->sentence = g_string_new (text);
  else
    g_string_append_printf (self->sentence, "\n%s", text);
}

/* --- rows --- */

/* Digits from *@p on; FALSE when there are none, or too many. */
static gboolean
parse_digits (const char **p, guint max, guint *number)
{
  const char *start = *p;
  guint64 value = 0;

  for (; g_ascii_isdigit (**p) && value <= max; (*p)++)
    value = 10 * value + (guint64) g_ascii_digit_value (**p);
  *number = (guint) value;
  return *p > start && value <= max;
}

/* "1-2" or "1-2.3" */
gboolean
kutip_webanno_parse_unit (const char *name, KutipWebannoPlace *place)
{
  const char *p = name;
  guint part = 0;

  *place = (KutipWebannoPlace){ 0 };
  if (!parse_digits (&p, G_MAXINT, &place->sentence) || *p++ != '-' ||
      !parse_digits (&p, G_MAXINT, &place->token))
    return FALSE;
  if (*p == '.' && (p++, !parse_digits (&p, G_MAXINT, &part)))
    return FALSE;
  place->part = part & G_MAXINT;
  return *p == '\0';
}

char *
kutip_webanno_make_unit (const KutipWebannoPlace *place)
{
  return place->part == 0 ? g_strdup_printf ("%u-%u", place->sentence, place->token)
                          : g_strdup_printf ("%u-%u.%u", place->sentence, place->token,
                                             (guint) place->part);
}

static int
compare_units (const KutipWebannoPlace *a, const KutipWebannoPlace *b)
{
  if (a->sentence != b->sentence)
    return a->sentence < b->sentence ? -1 : 1;
  if (a->token != b->token)
    return a->token < b->token ? -1 : 1;
  return a->part < b->part ? -1 : a->part > b->part;
}

KutipWebannoPlace *
kutip_webanno_find_unit (KutipWebannoReading *self, const KutipWebannoPlace *name)
{
  g_autofree char *stray = NULL;
  guint low = 0, high = self->units->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      KutipWebannoPlace *place = &g_array_index (self->units, KutipWebannoPlace, middle);
      int order = compare_units (place, name);

      if (order == 0)
        return place;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (g_hash_table_size (self->strays) == 0)
    return NULL;
  stray = kutip_webanno_make_unit (name);
  return g_hash_table_lookup (self->strays, stray);
}

static gboolean
parse_place (KutipWebannoReading *self, char *word, GError **error)
{
  char *dash = strchr (word, '-');
  gboolean parsed = FALSE;

  if (dash != NULL)
    {
      *dash = '\0';
      parsed = kutip_cas_parse_number (word, &self->begin) &&
               kutip_cas_parse_number (dash + 1, &self->end);
      *dash = '-';
    }
  return (parsed && self->begin <= self->end) ||
         kutip_webanno_fail (self, error, _ ("“%s” is no place in the text"), word);
}

static gboolean
note_unit (KutipWebannoReading *self,
           const char *word,
           const KutipWebannoPlace *name,
           GError **error)
{
  GArray *units = self->units;
  KutipWebannoPlace place = *name;

  place.begin = (guint) MIN (self->begin, G_MAXUINT);
  place.end = (guint) MIN (self->end, G_MAXUINT);
  if (units->len == 0 ||
      compare_units (&g_array_index (units, KutipWebannoPlace, units->len - 1), name) < 0)
    {
      g_array_append_val (units, place);
      self->place = &g_array_index (units, KutipWebannoPlace, units->len - 1);
      /* No stray has it, as they come before rows that were there. */
      return TRUE;
    }
  if (kutip_webanno_find_unit (self, name) != NULL)
    return kutip_webanno_fail (self, error, _ ("“%s” is there twice"), word);
  self->place = g_memdup2 (&place, sizeof place);
  g_hash_table_insert (self->strays, kutip_webanno_make_unit (name), self->place);
  return TRUE;
}

/* Most rows of a long article have nothing in most layers. */
static gboolean
are_blank (char **words, guint n)
{
  for (guint i = 0; i < n; i++)
    if (words[i] == NULL || strcmp (words[i], "_") != 0)
      return FALSE;
  return TRUE;
}

/* The last column of relations has brackets of its own. */
static void
restore_sources (GArray *items, const char *cell)
{
  g_autoptr (GPtrArray) sources = kutip_webanno_split (cell, '|');

  for (guint i = 0; i < items->len; i++)
    {
      KutipWebannoItem *item = &g_array_index (items, KutipWebannoItem, i);

      g_free (item->value);
      item->value = item->blank ? NULL : g_strdup (g_ptr_array_index (sources, i));
    }
}

static void
note_use (KutipWebannoColumn *column, GArray *items)
{
  for (guint i = 0; i < items->len && !column->used; i++)
    {
      const KutipWebannoItem *item = &g_array_index (items, KutipWebannoItem, i);

      column->used = column->feature == NULL ? !item->blank : item->value != NULL;
    }
}

/* Of a column where no row says anything the name alone is lost. */
static void
tell_columns (KutipWebannoReading *self)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      const KutipWebannoLayer *layer = g_ptr_array_index (self->layers, i);

      for (guint j = 0; j < layer->columns->len; j++)
        {
          const KutipWebannoColumn *column =
              &g_array_index (layer->columns, KutipWebannoColumn, j);
          const char *word = column->feature != NULL ? column->feature : column->type;
          g_autofree char *name =
              g_strconcat (layer->type, "|", word == NULL ? "" : word, NULL);

          if (!column->used)
            kutip_report_add (self->report, KUTIP_REPORT_WARNING, "columns", self->name,
                              NULL, 0, name);
        }
    }
}

static gboolean
read_layer (KutipWebannoReading *self, guint number, char **words, GError **error)
{
  KutipWebannoCells cells = { g_ptr_array_index (self->layers, number), number, NULL, 0 };
  guint n_columns = cells.layer->columns->len;
  g_autoptr (GPtrArray) arrays = NULL;

  if (are_blank (words, n_columns))
    return TRUE;
  arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < n_columns; i++)
    {
      GArray *items;

      if (words[i] == NULL)
        return kutip_webanno_fail (self, error,
                                   _ ("there are fewer columns than the layers have"));
      items = kutip_webanno_parse_cell (words[i]);
      g_ptr_array_add (arrays, items);
      cells.n = MAX (cells.n, items->len);
      note_use (&g_array_index (cells.layer->columns, KutipWebannoColumn, i), items);
    }
  if (cells.layer->kind == KUTIP_WEBANNO_LAYER_RELATIONS)
    restore_sources (g_ptr_array_index (arrays, n_columns - 1), words[n_columns - 1]);
  cells.cells = arrays;
  return kutip_webanno_read_cells (self, &cells, error);
}

static gboolean
read_cells (KutipWebannoReading *self, char **words, GError **error)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      const KutipWebannoLayer *layer = g_ptr_array_index (self->layers, i);

      if (!read_layer (self, i, words, error))
        return FALSE;
      words += layer->columns->len;
    }
  /* Rows may end with a tab. */
  while (*words != NULL && **words == '\0')
    words++;
  return *words == NULL ||
         kutip_webanno_fail (self, error,
                             _ ("there are more columns than the layers have"));
}

/* The bytes from which the row's place goes on; NULL behind the text. */
static const char *
find_begin (KutipWebannoReading *self)
{
  const char *text = self->text->str;
  gsize before = self->at;

  while (self->at > self->begin)
    {
      const char *p = g_utf8_prev_char (text + self->at_byte);

      self->at -= g_utf8_get_char (p) > 0xffff ? 2 : 1;
      self->at_byte = (gsize) (p - text);
    }
  while (self->at < self->begin && text[self->at_byte] != '\0')
    {
      const char *p = text + self->at_byte;

      self->at += g_utf8_get_char (p) > 0xffff ? 2 : 1;
      self->at_byte += (gsize) (g_utf8_next_char (p) - p);
    }
  self->n_walked += MAX (self->at, before) - MIN (self->at, before);
  return self->at < self->begin ? NULL : text + self->at_byte;
}

/* Whether @word is what the row's place covers; tools write line ends and TABs as they
 * like. */
static gboolean
stands_there (KutipWebannoReading *self, const char *word)
{
  const char *p = find_begin (self);
  gsize n = count_utf16 (word);

  return p != NULL && n == self->end - self->begin && g_str_has_prefix (p, word);
}

/* Whether the row's place is one of the text, and not inside a character. */
static gboolean
is_place (KutipWebannoReading *self)
{
  const char *p = find_begin (self);
  guint64 at = self->at;

  if (p == NULL || at != self->begin)
    return FALSE;
  for (; at < self->end && *p != '\0'; p = g_utf8_next_char (p))
    at += g_utf8_get_char (p) > 0xffff ? 2 : 1;
  self->n_walked += at - self->begin;
  return at == self->end;
}

/* @words: of the row. */
static gboolean
check_token (KutipWebannoReading *self, char **words, GError **error)
{
  const char *row = words[0], *token = words[2];
  g_autofree char *plain = NULL;

  if (self->unchecked)
    return TRUE;
  if (!is_place (self))
    return kutip_webanno_fail (self, error, _ ("“%s” is no place in the text"), words[1]);
  self->unchecked = self->n_walked > MAX_WALKS * (self->text->len + 1);
  if (self->unchecked)
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, "unordered-rows", self->name,
                      row, self->line, NULL);
  if (self->unchecked || stands_there (self, token))
    return TRUE;
  plain = kutip_webanno_unescape_text (token, self->java);
  if (!stands_there (self, plain))
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, "other-text", self->name, row,
                      self->line, token);
  return TRUE;
}

/* Cuts @line in place; with a NULL behind the words. */
static char **
cut_words (KutipWebannoReading *self, char *line)
{
  char *tab;

  g_ptr_array_set_size (self->words, 0);
  g_ptr_array_add (self->words, line);
  while ((tab = strchr (line, '\t')) != NULL)
    {
      *tab = '\0';
      line = tab + 1;
      g_ptr_array_add (self->words, line);
    }
  g_ptr_array_add (self->words, NULL);
  return (char **) self->words->pdata;
}

/* @line is cut into words. */
static gboolean
read_row (KutipWebannoReading *self, char *line, GError **error)
{
  char **words = cut_words (self, line);
  KutipWebannoPlace name;

  if (self->words->len - 1 < 3 || !kutip_webanno_parse_unit (words[0], &name))
    return kutip_webanno_fail (
        self, error, _ ("a row begins with its number, its place and its token"));
  if (!parse_place (self, words[1], error) || !note_unit (self, words[0], &name, error))
    return FALSE;
  if (self->sentence != NULL && !place_sentence (self, error))
    return FALSE;
  if (!self->any_row && self->text->len == 0 && self->begin != self->end)
    return kutip_webanno_fail (self, error, _ ("a sentence needs its “%s”"),
                               KUTIP_WEBANNO_TEXT);
  self->any_row = TRUE;
  return check_token (self, words, error) && read_cells (self, words + 3, error);
}

static gboolean
read_format (KutipWebannoReading *self, const char *line, GError **error)
{
  const char *version = g_str_has_prefix (line, KUTIP_WEBANNO_MAGIC)
                            ? line + strlen (KUTIP_WEBANNO_MAGIC)
                            : "";
  g_autofree char *shown = NULL;

  if (g_str_has_prefix (version, "3.") && version[2] >= '0' && version[2] <= '3' &&
      version[3] == '\0')
    {
      self->java = version[2] < '2';
      return TRUE;
    }
  shown = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), 60));
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNSUPPORTED,
               _ ("line %1$lu: this is not WebAnno TSV 3.0 to 3.3, but “%2$s”"),
               (gulong) self->line, shown);
  return FALSE;
}

/* "#Sentence.id=" and what else may come; most have it for each sentence: once. */
static void
tell_of_line (KutipWebannoReading *self, const char *line)
{
  if (self->any_other_line || line[strspn (line, "# \t")] == '\0')
    return;
  kutip_report_add_left_out (self->report, "unknown-line", self->name, NULL, self->line,
                             line);
  self->any_other_line = TRUE;
}

static gboolean
read_line (KutipWebannoReading *self, char *line, GError **error)
{
  if (self->line == 1)
    return read_format (self, line, error);
  if (*line == '\0')
    return TRUE;
  if (g_str_has_prefix (line, KUTIP_WEBANNO_TEXT))
    {
      read_text_line (self, line);
      return TRUE;
    }
  if (g_str_has_prefix (line, "#T_") && !self->any_row && self->sentence == NULL)
    {
      KutipWebannoLayer *layer = kutip_webanno_layer_parse (line, error);

      if (layer != NULL)
        g_ptr_array_add (self->layers, layer);
      else
        g_prefix_error (error, _ ("line %lu: "), (gulong) self->line);
      return layer != NULL;
    }
  if (*line != '#')
    return read_row (self, line, error);
  tell_of_line (self, line);
  return TRUE;
}

static gboolean
read_lines (KutipWebannoReading *self, const char *p, const char *end, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (; p < end; self->line++)
    {
      const char *feed = memchr (p, '\n', (gsize) (end - p));
      gsize n = (gsize) ((feed == NULL ? end : feed) - p);

      g_string_truncate (line, 0);
      g_string_append_len (line, p, (gssize) (n > 0 && p[n - 1] == '\r' ? n - 1 : n));
      if (!read_line (self, line->str, error))
        return FALSE;
      p += n + (feed == NULL ? 0 : 1);
    }
  if (self->line == 1)
    return read_format (self, "", error);
  if (self->sentence != NULL)
    return kutip_webanno_fail (self, error, _ ("a sentence has no tokens"));
  return TRUE;
}

/* As it is when it is UTF-8, without another copy of what may be long. */
static gboolean
read_bytes (KutipWebannoReading *self, GBytes *bytes, GError **error)
{
  gsize n;
  const char *p = g_bytes_get_data (bytes, &n);
  gsize mark = n >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  g_autoptr (KutipText) text = NULL;

  self->n_spaces = MOST_SPACES + n;
  if (n == 0)
    return read_lines (self, "", "", error);
  if (g_utf8_validate_len (p, n, NULL))
    return read_lines (self, p + mark, p + n, error);
  text = kutip_charset_decode (bytes, "UTF-8", NULL, error);
  if (text == NULL)
    return FALSE;
  p = kutip_text_get_utf8 (text, &n);
  return read_lines (self, p, p + n, error);
}

gboolean
kutip_webanno_read (
    KutipCas *cas, GBytes *bytes, const char *name, KutipReport *report, GError **error)
{
  g_auto (KutipWebannoReading) self;

  init_reading (&self, cas, name, report);
  if (!read_bytes (&self, bytes, error) || !kutip_webanno_resolve (&self, error))
    return FALSE;
  kutip_webanno_build_chains (&self);
  tell_columns (&self);
  kutip_cas_set_string (cas, self.sofa, "sofaID", KUTIP_CAS_STRING, KUTIP_CAS_VIEW);
  kutip_cas_take_string (cas, self.sofa, "sofaString",
                         g_string_free (g_steal_pointer (&self.text), FALSE));
  return TRUE;
}
