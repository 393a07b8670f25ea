/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/conll/conllu.h"

#include "format/conll/conllu-layer.h"
#include "format/decode.h"
#include "format/json/json.h"
#include "format/lines.h"
#include "format/tokens.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  KutipSource *source;
  KutipReport *report;
  guint64 line;
  char *path;
  GPtrArray *layers;
  KutipConlluLayer *layer;
  guint sentence;
  guint last_id;      /* of a word in the sentence */
  guint range_end;    /* the last word of the multiword token */
  char *said;         /* "# text" of the sentence */
  gboolean any_other; /* a column that Kutip has no place for */
  gboolean any_item;  /* the same of an item of MISC, and of a comment: was told of */
  gboolean any_comment;
} Reading;

static void
clear_reading (Reading *self)
{
  g_free (self->path);
  g_free (self->said);
  g_ptr_array_unref (self->layers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, clear_reading)

static void
add_layer (Reading *self)
{
  self->layer = kutip_conllu_layer_new ();
  g_ptr_array_add (self->layers, self->layer);
  self->sentence = 0;
  self->last_id = self->range_end = 0;
}

/* What follows a token: one space, unless MISC says otherwise. */
static gboolean
set_gap (Reading *self, char *const *items, GError **error)
{
  const char *after = kutip_conllu_find_item (items, "SpacesAfter");
  g_autofree char *spaces = NULL;

  if (after != NULL)
    spaces = kutip_conllu_dup_value (after);
  else
    spaces = g_strdup (
        g_strcmp0 (kutip_conllu_find_item (items, "SpaceAfter"), "No") == 0 ? "" : " ");
  if (spaces == NULL)
    return kutip_conllu_fail (self->line, error,
                              _ ("“%s” has a backslash that means nothing"), after);
  g_string_assign (self->layer->pending, spaces);
  self->layer->is_default = after == NULL;
  return TRUE;
}

/* --- rows --- */

static gboolean
append_form (Reading *self,
             const char *form,
             char *const *items,
             KutipRange *range,
             GError **error)
{
  KutipConlluLayer *layer = self->layer;
  const char *before = kutip_conllu_find_item (items, "SpacesBefore");
  g_autofree char *spaces = before == NULL ? NULL : kutip_conllu_dup_value (before);

  if (before != NULL && spaces == NULL)
    return kutip_conllu_fail (self->line, error,
                              _ ("“%s” has a backslash that means nothing"), before);
  if (spaces != NULL)
    g_string_append (layer->pending, spaces);
  g_string_append_len (layer->text, layer->pending->str, (gssize) layer->pending->len);
  layer->length += (guint) g_utf8_strlen (layer->pending->str, -1);
  g_string_truncate (layer->pending, 0);
  if (layer->sentence_start == G_MAXSIZE)
    layer->sentence_start = layer->text->len;
  range->start = layer->length;
  g_string_append (layer->text, form);
  layer->length += (guint) g_utf8_strlen (form, -1);
  range->end = layer->length;
  return TRUE;
}

/* Those of one program are at all tokens, or in all sentences: the first is enough. */
static void
tell_once (Reading *self, gboolean *told, const char *what, const char *detail)
{
  if (!*told)
    kutip_report_add_left_out (self->report, what, self->source->name, NULL, self->line,
                               detail);
  *told = TRUE;
}

static char **
cut_items (char *const *cells)
{
  const char *misc = cells[KUTIP_CONLLU_MISC];

  return g_strsplit (strcmp (misc, "_") == 0 ? "" : misc, "|", -1);
}

/* One of the words of a token, or one that is in no text. */
static gboolean
pass_over (Reading *self, char *const *cells)
{
  g_auto (GStrv) items = cut_items (cells);

  self->any_other = TRUE;
  for (guint i = 0; items[i] != NULL; i++)
    {
      char *const alone[] = { items[i], NULL };

      if (kutip_conllu_is_tag (items[i]))
        kutip_report_add_left_out (self->report, "unknown-tag", self->source->name, NULL,
                                   self->line, items[i]);
      else if (kutip_conllu_find_unknown (alone) != NULL)
        tell_once (self, &self->any_item, "unknown-member", items[i]);
    }
  return TRUE;
}

/* A word, or a token of several: what stands in the text. */
static gboolean
read_token (Reading *self, char *const *cells, guint token, GError **error)
{
  g_auto (GStrv) items = NULL;
  const char *unknown;
  KutipConlluToken place = { self->sentence, token, self->line, { 0, 0 } };

  if (*cells[1] == '\0')
    return kutip_conllu_fail (self->line, error, _ ("a token has no form"));
  items = cut_items (cells);
  unknown = kutip_conllu_find_unknown (items);
  if (unknown != NULL)
    tell_once (self, &self->any_item, "unknown-member", unknown);
  for (guint i = 2; i < KUTIP_CONLLU_MISC; i++)
    self->any_other |= strcmp (cells[i], "_") != 0;
  return append_form (self, cells[1], items, &place.range, error) &&
         kutip_conllu_layer_take_tags (self->layer, items, &place, error) &&
         set_gap (self, items, error);
}

static gboolean
parse_id (const char *text, guint *id)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return FALSE;
  *id = (guint) number;
  return TRUE;
}

/* "4", "4-5" or "8.1". */
static gboolean
read_row (Reading *self, char *line, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  char *end;
  guint id, last;

  if (g_strv_length (cells) != KUTIP_CONLLU_N_COLUMNS)
    return kutip_conllu_fail (self->line, error,
                              _ ("there are %1$u columns where %2$u were expected"),
                              g_strv_length (cells), KUTIP_CONLLU_N_COLUMNS);
  end = cells[0] + strcspn (cells[0], "-.");
  if (*end == '.')
    {
      *end = '\0';
      return (parse_id (cells[0], &id) && id == self->last_id &&
              parse_id (end + 1, &last) && pass_over (self, cells)) ||
             kutip_conllu_fail (self->line, error, _ ("an empty node is out of order"));
    }
  if (*end == '-')
    {
      *end = '\0';
      if (!parse_id (cells[0], &id) || !parse_id (end + 1, &last) ||
          id != self->last_id + 1 || last <= id || id <= self->range_end)
        return kutip_conllu_fail (self->line, error,
                                  _ ("a token of several words is out of order"));
      if (id == 1)
        self->sentence++;
      self->range_end = last;
      return read_token (self, cells, id, error);
    }
  if (!parse_id (cells[0], &id) || id != self->last_id + 1)
    return kutip_conllu_fail (self->line, error,
                              _ ("the number “%1$s” stands where %2$u was expected"),
                              cells[0], self->last_id + 1);
  if (id == 1 && self->range_end == 0)
    self->sentence++;
  self->last_id = id;
  return id <= self->range_end ? pass_over (self, cells)
                               : read_token (self, cells, id, error);
}

/* --- sentences and documents --- */

static gboolean
is_same_text (const char *a, const char *b)
{
  while (*a != '\0' && *b != '\0')
    {
      gunichar one = g_utf8_get_char (a), other = g_utf8_get_char (b);

      if (one != other && !(g_unichar_isspace (one) && g_unichar_isspace (other)) &&
          !g_unichar_iscntrl (one))
        return FALSE;
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
    }
  return *a == *b;
}

static void
end_sentence (Reading *self)
{
  KutipConlluLayer *layer = self->layer;
  gsize start = layer == NULL ? 0 : layer->sentence_start;

  if (layer == NULL || self->last_id == 0)
    return;
  if (self->said != NULL && start != G_MAXSIZE)
    {
      g_autofree char *said = g_strstrip (g_strdup (self->said));

      if (!is_same_text (layer->text->str + start, said))
        kutip_report_add (self->report, KUTIP_REPORT_WARNING, "other-text",
                          self->source->name, NULL, self->line, said);
    }
  kutip_conllu_layer_end_sentence (layer);
  g_clear_pointer (&self->said, g_free);
  self->last_id = self->range_end = 0;
  layer->sentence_start = G_MAXSIZE;
}

/* A JSON string, or the words as they are. Owned. */
static char *
dup_name (const char *value)
{
  g_autoptr (KutipJsonReader) reader = NULL;
  g_autofree char *string = NULL;

  if (*value != '"')
    return g_strdup (value);
  reader = kutip_json_reader_new (value, strlen (value));
  string = g_strdup (kutip_json_reader_read_string (reader));
  return kutip_json_reader_finish (reader, NULL) ? g_steal_pointer (&string)
                                                 : g_strdup (value);
}

static KutipConlluLayer *
get_layer (Reading *self)
{
  if (self->layer == NULL)
    add_layer (self);
  return self->layer;
}

/* What stands behind @name, as a line has it, and "-"; NULL when @id is no such. */
static const char *
skip_name (const char *id, const char *name)
{
  for (; *name != '\0'; name = g_utf8_next_char (name), id = g_utf8_next_char (id))
    {
      gunichar c = g_utf8_get_char (name);

      if (g_utf8_get_char (id) != (kutip_tokens_is_blank (c) ? '_' : c))
        return NULL;
    }
  return *id == '-' ? id + 1 : NULL;
}

/* Whether the id of a sentence is the document's, with the annotator, and a number, as
 * the writer has it. */
static gboolean
is_of_document (Reading *self, const char *id)
{
  const char *annotator = self->layer == NULL ? NULL : self->layer->annotator;

  id = self->path == NULL ? NULL : skip_name (id, self->path);
  if (id != NULL && annotator != NULL && *annotator != '\0')
    id = skip_name (id, annotator);
  return id != NULL && id[strspn (id, "0123456789")] == '\0';
}

/* What columns there are, and sentences that are only counted, or named by the document
 * as Kutip does. */
static gboolean
is_known (Reading *self, const char *line)
{
  static const char named[] = "# sent_id = ";
  const char *id = line + strlen (named);

  if (!g_str_has_prefix (line, named))
    return g_str_has_prefix (line, "# newpar") ||
           g_str_has_prefix (line, "# global.columns") ||
           line[strspn (line, "# \t")] == '\0';
  return id[strspn (id, "0123456789")] == '\0' || is_of_document (self, id);
}

static gboolean
read_comment (Reading *self, const char *line, GError **error)
{
  static const char text[] = "# text = ";

  if (g_str_has_prefix (line, "# newdoc"))
    {
      if (self->layer != NULL && (self->layer->text->len > 0 || self->path != NULL))
        self->layer = NULL;
      get_layer (self);
      if (g_str_has_prefix (line, KUTIP_CONLLU_DOC) && self->path == NULL)
        self->path = dup_name (line + strlen (KUTIP_CONLLU_DOC));
    }
  else if (g_str_has_prefix (line, KUTIP_CONLLU_ANNOTATOR))
    {
      g_free (get_layer (self)->annotator);
      self->layer->annotator = dup_name (line + strlen (KUTIP_CONLLU_ANNOTATOR));
    }
  else if (g_str_has_prefix (line, text))
    {
      g_free (self->said);
      self->said = g_strdup (line + strlen (text));
    }
  /* Paragraphs have no mark of their own in the text but this. */
  else if (g_str_has_prefix (line, "# newpar") && self->layer != NULL &&
           self->layer->is_default)
    g_string_assign (self->layer->pending, "\n\n");
  else if (g_str_has_prefix (line, KUTIP_CONLLU_SPACES))
    {
      g_autofree char *spaces =
          kutip_conllu_dup_value (line + strlen (KUTIP_CONLLU_SPACES));

      if (spaces == NULL)
        return kutip_conllu_fail (self->line, error,
                                  _ ("“%s” has a backslash that means nothing"), line);
      g_string_append (get_layer (self)->text, spaces);
    }
  else if (!is_known (self, line))
    tell_once (self, &self->any_comment, "unknown-line", line);
  return TRUE;
}

static gboolean
read_line (Reading *self, char *line, GError **error)
{
  gsize n = strlen (line);

  if (n > 0 && line[n - 1] == '\r')
    line[n - 1] = '\0';
  if (*line == '\0')
    {
      end_sentence (self);
      return TRUE;
    }
  if (*line == '#')
    return self->last_id > 0
               ? kutip_conllu_fail (self->line, error,
                                    _ ("a comment stands inside a sentence"))
               : read_comment (self, line, error);
  get_layer (self);
  return read_row (self, line, error);
}

/* --- the record --- */

static KutipRecord *
build_record (Reading *self, GError **error)
{
  KutipConlluLayer *first = g_ptr_array_index (self->layers, 0);
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipArticle) article = NULL;
  g_autoptr (KutipRecord) record = NULL;

  for (guint i = 0; i < self->layers->len; i++)
    {
      KutipConlluLayer *layer = g_ptr_array_index (self->layers, i);

      /* What MISC says stands at the end of a text; but no default. */
      if (!layer->is_default)
        g_string_append (layer->text, layer->pending->str);
    }
  if (self->path == NULL || *self->path == '\0')
    {
      g_free (self->path);
      self->path = kutip_lines_make_path (self->source, NULL, self->source->line);
    }
  text = kutip_text_new (first->text->str);
  article = kutip_record_make_article (self->path, text);
  record = kutip_record_new (self->path, article);
  for (guint i = 0; i < self->layers->len; i++)
    {
      KutipConlluLayer *layer = g_ptr_array_index (self->layers, i);
      KutipLayer *built;

      if (strcmp (layer->text->str, first->text->str) != 0)
        {
          kutip_conllu_fail (self->line, error,
                             _ ("two documents called “%s” have different texts"),
                             self->path);
          return NULL;
        }
      built = kutip_conllu_layer_build (layer, error);
      if (built == NULL)
        return NULL;
      g_ptr_array_add (record->layers, built);
    }
  return g_steal_pointer (&record);
}

gboolean
kutip_conllu_read (KutipSource *source,
                   const KutipFormatOptions *options,
                   KutipRecordFunc emit,
                   gpointer data,
                   KutipReport *report,
                   GError **error)
{
  g_autoptr (KutipText) whole = kutip_source_decode (source, TRUE, report, error);
  g_auto (Reading)
      self = { .source = source,
               .report = report,
               .line = source->line,
               .layers = g_ptr_array_new_with_free_func (kutip_conllu_layer_free) };
  KutipRecord *record;
  const char *p;

  if (whole == NULL)
    return FALSE;
  p = kutip_text_get_utf8 (whole, NULL);
  while (*p != '\0')
    {
      gsize n = strcspn (p, "\n");
      g_autofree char *line = g_strndup (p, n);

      if (!read_line (&self, line, error))
        return FALSE;
      p += n + (p[n] == '\n');
      self.line++;
    }
  end_sentence (&self);
  if (self.layers->len == 0)
    return TRUE;
  if (self.any_other)
    kutip_report_add_left_out (report, "columns", source->name, NULL, source->line, NULL);
  record = build_record (&self, error);
  return record != NULL && emit (record, data, error);
}
