/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/conll/conll.h"
#include "format/decode.h"
#include "format/json/json.h"
#include "format/lines.h"
#include "format/tokens.h"

#include <glib/gi18n.h>
#include <string.h>

/* A span that is open in a column. */
typedef struct
{
  char *label; /* NULL: none is open */
  KutipRange range;
} Open;

/* One document while it is read. */
typedef struct
{
  KutipSource *source;
  KutipReport *report;
  char *path;
  KutipText *text;    /* as the file says, or NULL: put together from the tokens */
  GString *rebuilt;   /* used when there is no text */
  guint n_rebuilt;    /* code points */
  const char *cursor; /* in the text, when there is one */
  guint offset;       /* the same in code points */
  GPtrArray *layers;  /* Layer */
  GArray *open;       /* Open, by column */
  guint n_open;       /* of them */
  GPtrArray *cells;   /* char: of the row that is read, borrowed */
  gboolean any_row;
  gboolean any_other;   /* a column that is neither a token nor a label */
  gboolean any_comment; /* that was told of */
  gboolean begins_sentence;
  guint n_columns;       /* of labels, when they were named; 0: the last is it */
  guint n_least, n_most; /* columns that each row so far can have; 0: there was none */
  guint n_tabs;          /* that stood at the end of the line */
  guint64 line;
} Reading;

/* Spans before there is a text for them. */
typedef struct
{
  char *annotator;
  GArray *spans; /* Open, closed */
} Layer;

static void
clear_open (gpointer data)
{
  g_free (((Open *) data)->label);
}

static void
free_layer (gpointer data)
{
  Layer *layer = data;

  g_free (layer->annotator);
  g_array_unref (layer->spans);
  g_free (layer);
}

static void
init_reading (Reading *self, KutipSource *source, KutipReport *report)
{
  *self = (Reading){ .source = source,
                     .report = report,
                     .rebuilt = g_string_new (NULL),
                     .layers = g_ptr_array_new_with_free_func (free_layer),
                     .open = g_array_new (FALSE, TRUE, sizeof (Open)),
                     .cells = g_ptr_array_new (),
                     .line = source->line };
  g_array_set_clear_func (self->open, clear_open);
}

static void
clear_reading (Reading *self)
{
  g_free (self->path);
  g_clear_pointer (&self->text, kutip_text_unref);
  g_string_free (self->rebuilt, TRUE);
  g_ptr_array_unref (self->layers);
  g_array_unref (self->open);
  g_ptr_array_unref (self->cells);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, clear_reading)

static gboolean fail (Reading *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
fail (Reading *self, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: a line of a file, and what is wrong there */
               _ ("line %1$lu: %2$s"), (gulong) self->line, reason);
  return FALSE;
}

static Layer *
add_layer (Reading *self, const char *annotator)
{
  Layer *layer = g_new0 (Layer, 1);

  layer->annotator = g_strdup (annotator);
  layer->spans = g_array_new (FALSE, TRUE, sizeof (Open));
  g_array_set_clear_func (layer->spans, clear_open);
  g_ptr_array_add (self->layers, layer);
  return layer;
}

static Layer *
get_layer (Reading *self)
{
  if (self->layers->len == 0)
    return add_layer (self, NULL);
  return g_ptr_array_index (self->layers, self->layers->len - 1);
}

/* --- spans --- */

static void
close_span (Reading *self, guint column)
{
  Open *open = &g_array_index (self->open, Open, column);

  if (open->label == NULL)
    return;
  g_array_append_val (get_layer (self)->spans, *open);
  open->label = NULL;
  self->n_open--;
}

static void
close_all (Reading *self)
{
  for (guint i = 0; i < self->open->len && self->n_open > 0; i++)
    close_span (self, i);
}

/* What stands in a column that is there for its place alone. */
static gboolean
says_nothing (const char *cell)
{
  return *cell == '\0' || (strchr ("_-O", *cell) != NULL &&
                           (cell[1] == '\0' || strcmp (cell, "-X-") == 0));
}

/* IOB1, IOB2, IOBES and BILOU: a span begins at B, S or U, and at anything else that goes
 * on with no span of its label. */
static void
take_tag (Reading *self, guint column, const char *tag, KutipRange range)
{
  const char *label = tag[0] != '\0' && tag[1] == '-' ? tag + 2 : NULL;
  Open *open;

  if (column >= self->open->len)
    g_array_set_size (self->open, column + 1);
  open = &g_array_index (self->open, Open, column);
  if (label == NULL || *label == '\0')
    {
      if (!says_nothing (tag))
        kutip_report_add_left_out (self->report, "unknown-tag", self->source->name, NULL,
                                   self->line, tag);
      close_span (self, column);
      return;
    }
  if (tag[0] == 'B' || tag[0] == 'S' || tag[0] == 'U' ||
      g_strcmp0 (open->label, label) != 0)
    {
      close_span (self, column);
      open->label = g_strdup (label);
      self->n_open++;
      open->range.start = range.start;
    }
  open->range.end = range.end;
  if (tag[0] == 'E' || tag[0] == 'S' || tag[0] == 'L' || tag[0] == 'U')
    close_span (self, column);
}

/* --- tokens --- */

/* Where the token stands in the text that the file gave. */
static gboolean
find_in_text (Reading *self, const char *token, KutipRange *range, GError **error)
{
  const char *p = token, *at;

  /* Most words follow a space, and the next begins with a letter. */
  if (*self->cursor == ' ')
    {
      self->cursor++;
      self->offset++;
    }
  while (!g_ascii_isalnum (*self->cursor) && *self->cursor != '\0' &&
         kutip_tokens_is_blank (g_utf8_get_char (self->cursor)))
    {
      self->cursor = g_utf8_next_char (self->cursor);
      self->offset++;
    }
  range->start = self->offset;
  for (at = self->cursor; *p != '\0' && *p == *at; p++, at++)
    self->offset += ((guchar) *p & 0xc0) != 0x80 ? 1 : 0;
  if (*p != '\0')
    return fail (self, error, _ ("the token “%s” is not what the text goes on with"),
                 token);
  self->cursor = at;
  range->end = self->offset;
  return TRUE;
}

/* Without a text: a space between tokens, a line for each sentence. */
static void
append_to_text (Reading *self, const char *token, KutipRange *range)
{
  if (self->rebuilt->len > 0)
    {
      g_string_append_c (self->rebuilt, self->begins_sentence ? '\n' : ' ');
      self->n_rebuilt++;
    }
  g_string_append (self->rebuilt, token);
  range->start = self->n_rebuilt;
  self->n_rebuilt += (guint) g_utf8_strlen (token, -1);
  range->end = self->n_rebuilt;
}

/* Cuts @line in place, at tabs if there are any, else at spaces. */
static guint
cut_row (GPtrArray *cells, char *line, char separator)
{
  guint n = 0;

  /* The list stays as long as it ever was. */
  for (;;)
    {
      if (n == cells->len)
        g_ptr_array_add (cells, NULL);
      cells->pdata[n++] = line;
      while (*line != '\0' && *line != separator)
        line++;
      if (*line == '\0')
        return n;
      *line++ = '\0';
    }
}

/* The last cells of a row between tabs may be empty, and spaces may put columns below
 * each other: a row has from @n_least to @n_most columns, as all before it. */
static gboolean
check_columns (Reading *self, guint n_least, guint n_most, GError **error)
{
  guint least = MAX (self->n_least, n_least);
  guint most = self->n_most == 0 ? n_most : MIN (self->n_most, n_most);

  if (least > most)
    return fail (self, error, _ ("there are %1$u columns where others have %2$u"),
                 n_least > self->n_most ? n_least : n_most,
                 n_least > self->n_most ? self->n_most : self->n_least);
  self->n_least = least;
  self->n_most = most;
  return TRUE;
}

/* Cuts @line in place, and says from how many to how many columns it has. */
static guint
take_cells (Reading *self, char *line, guint *n_least, guint *n_most)
{
  gboolean has_tabs =
      strchr (line, '\t') != NULL || (self->n_tabs > 0 && strchr (line, ' ') == NULL);
  guint n = cut_row (self->cells, line, has_tabs ? '\t' : ' ');
  char **cells = (char **) self->cells->pdata;
  guint n_filled = 0;

  while (n > 1 && *cells[n - 1] == '\0')
    n--;
  for (guint i = 0; i < n; i++)
    n_filled += *cells[i] != '\0' ? 1 : 0;
  *n_least = has_tabs ? n : n_filled;
  *n_most = has_tabs ? n + self->n_tabs : n_filled;
  return n;
}

static gboolean
read_row (Reading *self, char *line, GError **error)
{
  guint n_least, n_most;
  guint n = take_cells (self, line, &n_least, &n_most);
  char **cells = (char **) self->cells->pdata;
  KutipRange range = { 0, 0 };
  guint first;

  if (*cells[0] == '\0')
    return fail (self, error, _ ("a row begins with a token"));
  if (self->n_columns > 0 && n != self->n_columns + 1)
    return fail (self, error, _ ("there are %1$u columns where %2$u were named"), n,
                 self->n_columns + 1);
  if (self->n_columns == 0 && !check_columns (self, n_least, n_most, error))
    return FALSE;
  if (self->text == NULL)
    append_to_text (self, cells[0], &range);
  else if (!find_in_text (self, cells[0], &range, error))
    return FALSE;
  first = self->n_columns > 0 ? 1 : n - 1;
  for (guint i = 1; i < first; i++)
    self->any_other |= !says_nothing (cells[i]);
  for (guint i = first; i < n; i++)
    take_tag (self, i - first, i == 0 ? "O" : cells[i], range);
  self->any_row = TRUE;
  self->begins_sentence = FALSE;
  return TRUE;
}

/* --- comments --- */

static gboolean
is_start (const char *line)
{
  return *line == '-' && g_str_has_prefix (line, KUTIP_CONLL_START);
}

static gboolean
is_comment (const char *line)
{
  return g_str_has_prefix (line, "# ") && strstr (line, " = ") != NULL;
}

/* What stands behind @prefix: a JSON string, or the line as it is. */
static char *
read_value (const char *line, const char *prefix)
{
  const char *value = line + strlen (prefix);
  g_autoptr (KutipJsonReader) reader = NULL;
  g_autofree char *string = NULL;

  if (*value != '"')
    return g_strdup (value);
  reader = kutip_json_reader_new (value, strlen (value));
  string = g_strdup (kutip_json_reader_read_string (reader));
  return kutip_json_reader_finish (reader, NULL) ? g_steal_pointer (&string)
                                                 : g_strdup (value);
}

static void
start_layer (Reading *self, const char *annotator)
{
  close_all (self);
  add_layer (self, annotator);
  g_array_set_size (self->open, 0);
  self->n_columns = self->n_least = self->n_most = 0;
  self->offset = 0;
  self->cursor = self->text == NULL ? NULL : kutip_text_get_utf8 (self->text, NULL);
}

/* FALSE when it is no list alone. */
static gboolean
count_columns (Reading *self, const char *json)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (json, strlen (json));

  self->n_columns = 0;
  if (kutip_json_reader_read_array (reader))
    while (kutip_json_reader_read_element (reader))
      {
        kutip_json_reader_skip (reader);
        self->n_columns++;
      }
  return kutip_json_reader_finish (reader, NULL);
}

/* What is read at another place, or made anew when it is written. */
static gboolean
is_known (const char *line)
{
  return g_str_has_prefix (line, KUTIP_CONLL_DOC) ||
         g_str_has_prefix (line, KUTIP_CONLL_TEXT);
}

/* Most programs write the same ones for each sentence: the first is enough. */
static void
tell_of_comment (Reading *self, const char *line)
{
  if (!self->any_comment)
    kutip_report_add_left_out (self->report, "unknown-line", self->source->name, NULL,
                               self->line, line);
  self->any_comment = TRUE;
}

/* FALSE when the line is no comment. */
static gboolean
read_comment (Reading *self, const char *line)
{
  g_autofree char *value = NULL;

  if (!is_comment (line))
    return FALSE;
  if (g_str_has_prefix (line, KUTIP_CONLL_DOC) && self->path == NULL)
    self->path = read_value (line, KUTIP_CONLL_DOC);
  else if (g_str_has_prefix (line, KUTIP_CONLL_ANNOTATOR))
    {
      value = read_value (line, KUTIP_CONLL_ANNOTATOR);
      start_layer (self, *value == '\0' ? NULL : value);
    }
  else if (g_str_has_prefix (line, KUTIP_CONLL_COLUMNS) &&
           count_columns (self, line + strlen (KUTIP_CONLL_COLUMNS)))
    return TRUE;
  /* CoNLL-U has one for each sentence: they are made of the tokens. */
  else if (g_str_has_prefix (line, KUTIP_CONLL_TEXT "\"") && !self->any_row &&
           self->text == NULL)
    {
      value = read_value (line, KUTIP_CONLL_TEXT);
      self->text = kutip_text_new (value);
      self->cursor = kutip_text_get_utf8 (self->text, NULL);
    }
  else if (!is_known (line))
    tell_of_comment (self, line);
  return TRUE;
}

/* Whether the line before a document says more than that one begins. */
static gboolean
starts_with_more (const char *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, " \t", -1);

  for (guint i = 1; words[0] != NULL && words[i] != NULL; i++)
    if (!says_nothing (words[i]))
      return TRUE;
  return FALSE;
}

/* --- the document --- */

static KutipLayer *
build_layer (const Layer *layer)
{
  KutipHeaderFields header_fields = { .annotator = layer->annotator,
                                      .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&header_fields);
  KutipLayer *built = kutip_layer_new (header);

  for (guint i = 0; i < layer->spans->len; i++)
    {
      const Open *mark = &g_array_index (layer->spans, Open, i);
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = mark->label;
      fields.ranges = &mark->range;
      fields.n_ranges = 1;
      span = kutip_span_new (&fields);
      kutip_layer_add_span (built, span);
    }
  return built;
}

static KutipRecord *
build_record (Reading *self)
{
  g_autoptr (KutipText) text = self->text != NULL ? kutip_text_ref (self->text)
                                                  : kutip_text_new (self->rebuilt->str);
  g_autofree char *stem = kutip_lines_dup_stem (self->source);
  g_autoptr (KutipArticle) article = NULL;
  KutipRecord *record;

  if (self->path == NULL || *self->path == '\0')
    {
      g_free (self->path);
      self->path = self->source->line == 1
                       ? g_strconcat (stem, ".txt", NULL)
                       : g_strdup_printf ("%s-%" G_GUINT64_FORMAT ".txt", stem,
                                          self->source->line);
    }
  article = kutip_record_make_article (self->path, text);
  record = kutip_record_new (self->path, article);
  get_layer (self);
  for (guint i = 0; i < self->layers->len; i++)
    g_ptr_array_add (record->layers, build_layer (g_ptr_array_index (self->layers, i)));
  return record;
}

static gboolean
read_line (Reading *self, char *line, GError **error)
{
  if (*line == '\0')
    {
      close_all (self);
      self->begins_sentence = TRUE;
      return TRUE;
    }
  if (is_start (line) && starts_with_more (line))
    tell_of_comment (self, line);
  if (is_start (line) || read_comment (self, line))
    return TRUE;
  return read_row (self, line, error);
}

/* Cuts @line off at its @end, and says how many tabs stood there. */
static void
cut_end (Reading *self, char *line, char *end)
{
  for (self->n_tabs = 0; end > line && g_ascii_isspace (end[-1]); end--)
    self->n_tabs += end[-1] == '\t' ? 1 : 0;
  *end = '\0';
}

/* The file's first document says how many columns a row has, unless it names them. */
static void
take_head (Reading *self, GBytes *head)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (head, &n_bytes);
  g_autofree char *lines = g_strndup (bytes, n_bytes);
  char *end;

  for (char *line = lines; (end = strchr (line, '\n')) != NULL; line = end + 1)
    {
      cut_end (self, line, end);
      if (g_str_has_prefix (line, KUTIP_CONLL_COLUMNS))
        return;
      if (*line == '\0' || is_start (line) || is_comment (line))
        continue;
      take_cells (self, line, &self->n_least, &self->n_most);
      return;
    }
}

gboolean
kutip_conll_read (KutipSource *source,
                  const KutipFormatOptions *options,
                  KutipRecordFunc emit,
                  gpointer data,
                  KutipReport *report,
                  GError **error)
{
  g_autoptr (KutipText) whole = kutip_source_decode (source, FALSE, report, error);
  g_auto (Reading) self;
  g_autofree char *lines = NULL;
  const char *utf8;
  char *last, *next;
  gsize n_bytes;

  init_reading (&self, source, report);
  if (whole == NULL)
    return FALSE;
  if (source->head != NULL)
    take_head (&self, source->head);
  utf8 = kutip_text_get_utf8 (whole, &n_bytes);
  lines = g_strndup (utf8, n_bytes);
  last = lines + n_bytes;
  for (char *line = lines; line < last; line = next)
    {
      char *end = memchr (line, '\n', (gsize) (last - line));

      next = end == NULL ? last : end + 1;
      end = end == NULL ? last : end;
      cut_end (&self, line, end);
      if (!read_line (&self, line, error))
        return FALSE;
      self.line++;
    }
  close_all (&self);
  if (!self.any_row && self.text == NULL)
    return TRUE;
  if (self.any_other)
    kutip_report_add_left_out (report, "columns", source->name, NULL, source->line, NULL);
  return emit (build_record (&self), data, error);
}
