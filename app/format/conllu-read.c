/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/conllu.h"
#include "format/json.h"
#include "format/lines.h"
#include "text/charset.h"

#include <glib/gi18n.h>
#include <string.h>

/* Names in MISC that hold tags of spans, also as others call them; a number behind is
 * another column of the same. */
static const char *const tag_names[] = { "Span", "NER", "NE", "ner", "ne", NULL };

/* A span of the layer, in pieces. */
typedef struct
{
  char *id, *label;
  GArray *ranges; /* KutipRange */
} Mark;

/* A column of tags. */
typedef struct
{
  char *name;
  guint mark; /* 1 + the one that is open, or 0 */
} Lane;

/* A link, until all that it may lead to is there. */
typedef struct
{
  guint from;  /* 1 + a mark */
  guint to;    /* the same, or 0: */
  char *to_id; /* or NULL */
  guint to_token;
  guint sentence; /* of to_token */
  char *label;
  guint64 line;
} Link;

typedef struct
{
  char *annotator;
  GArray *marks, *lanes, *links;
  GHashTable *ids;    /* -> 1 + a mark */
  GHashTable *starts; /* "sentence token" -> 1 + the first mark that begins there */
  GString *text;
  guint length;         /* of text */
  GString *pending;     /* what stands between the last token and the next */
  gboolean is_default;  /* that is so because nobody says */
  gsize sentence_start; /* byte */
} Layer;

typedef struct
{
  KutipSource *source;
  KutipReport *report;
  guint64 line;
  char *path;
  GPtrArray *layers;
  Layer *layer;
  guint sentence;
  guint last_id;      /* of a word in the sentence */
  guint range_end;    /* the last word of the multiword token */
  char *said;         /* "# text" of the sentence */
  gboolean any_other; /* a column that Kutip has no place for */
} Reading;

static void
clear_mark (gpointer data)
{
  Mark *mark = data;

  g_free (mark->id);
  g_free (mark->label);
  g_array_unref (mark->ranges);
}

static void
clear_lane (gpointer data)
{
  g_free (((Lane *) data)->name);
}

static void
clear_link (gpointer data)
{
  g_free (((Link *) data)->to_id);
  g_free (((Link *) data)->label);
}

static void
free_layer (gpointer data)
{
  Layer *layer = data;

  g_free (layer->annotator);
  g_array_unref (layer->marks);
  g_array_unref (layer->lanes);
  g_array_unref (layer->links);
  g_hash_table_unref (layer->ids);
  g_hash_table_unref (layer->starts);
  g_string_free (layer->text, TRUE);
  g_string_free (layer->pending, TRUE);
  g_free (layer);
}

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
  Layer *layer = g_new0 (Layer, 1);

  layer->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_set_clear_func (layer->marks, clear_mark);
  layer->lanes = g_array_new (FALSE, FALSE, sizeof (Lane));
  g_array_set_clear_func (layer->lanes, clear_lane);
  layer->links = g_array_new (FALSE, FALSE, sizeof (Link));
  g_array_set_clear_func (layer->links, clear_link);
  layer->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  layer->starts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  layer->sentence_start = G_MAXSIZE;
  layer->text = g_string_new (NULL);
  layer->pending = g_string_new (NULL);
  g_ptr_array_add (self->layers, layer);
  self->layer = layer;
  self->sentence = 0;
  self->last_id = self->range_end = 0;
}

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

/* --- MISC --- */

/* The value of @name among @items; borrowed, or NULL. */
static const char *
find_item (char *const *items, const char *name)
{
  const gsize n = strlen (name);

  for (guint i = 0; items[i] != NULL; i++)
    if (strncmp (items[i], name, n) == 0 && items[i][n] == '=')
      return items[i] + n + 1;
  return NULL;
}

/* "Span", "Span2": the tags of a column; @suffix is then "", "2". */
static gboolean
is_tag (const char *item, char **name, char **suffix)
{
  const char *equals = strchr (item, '=');
  gsize n_letters;

  if (equals == NULL || strchr ("BIESLU", equals[1]) == NULL || equals[1] == '\0' ||
      equals[2] != '-' || equals[3] == '\0')
    return FALSE;
  *name = g_strndup (item, (gsize) (equals - item));
  n_letters = strcspn (*name, "0123456789");
  *suffix = g_strdup (*name + n_letters);
  if (strspn (*suffix, "0123456789") == strlen (*suffix))
    {
      g_autofree char *letters = g_strndup (*name, n_letters);

      if (g_strv_contains (tag_names, letters))
        return TRUE;
    }
  g_clear_pointer (name, g_free);
  g_clear_pointer (suffix, g_free);
  return FALSE;
}

static Lane *
get_lane (Layer *layer, const char *name)
{
  Lane lane = { NULL, 0 };

  for (guint i = 0; i < layer->lanes->len; i++)
    if (strcmp (g_array_index (layer->lanes, Lane, i).name, name) == 0)
      return &g_array_index (layer->lanes, Lane, i);
  lane.name = g_strdup (name);
  g_array_append_val (layer->lanes, lane);
  return &g_array_index (layer->lanes, Lane, layer->lanes->len - 1);
}

/* A mark that begins at the token of @id; with an id that is there, another piece. */
static gboolean
begin_mark (Reading *self,
            Lane *lane,
            const char *label,
            const char *id,
            guint token,
            GError **error)
{
  Layer *layer = self->layer;
  guint known = id == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (layer->ids, id));
  g_autofree char *start = g_strdup_printf ("%u %u", self->sentence, token);

  if (known == 0)
    {
      Mark mark = { g_strdup (id), g_strdup (label),
                    g_array_new (FALSE, FALSE, sizeof (KutipRange)) };

      g_array_append_val (layer->marks, mark);
      known = layer->marks->len;
      if (id != NULL)
        g_hash_table_insert (layer->ids, g_strdup (id), GUINT_TO_POINTER (known));
    }
  else if (strcmp (g_array_index (layer->marks, Mark, known - 1).label, label) != 0)
    return fail (self, error, _ ("the id “%s” occurs twice"), id);
  lane->mark = known;
  if (!g_hash_table_contains (layer->starts, start))
    g_hash_table_insert (layer->starts, g_steal_pointer (&start),
                         GUINT_TO_POINTER (known));
  return TRUE;
}

/* "10:LABEL,@ID:LABEL" */
static gboolean
read_links (Reading *self, const char *value, guint from, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');
      Link link = { .from = from, .sentence = self->sentence, .line = self->line };
      guint64 token = 0;

      if (colon == NULL)
        return fail (self, error, _ ("“%s” is no link"), parts[i]);
      *colon = '\0';
      if (*parts[i] != '@' &&
          !g_ascii_string_to_unsigned (parts[i], 10, 1, G_MAXUINT, &token, NULL))
        return fail (self, error, _ ("“%s” is no token"), parts[i]);
      link.to_token = (guint) token;
      link.to_id = *parts[i] == '@' ? g_uri_unescape_string (parts[i] + 1, NULL) : NULL;
      link.label = g_uri_unescape_string (colon + 1, NULL);
      if (link.label == NULL || *link.label == '\0' ||
          (*parts[i] == '@' && link.to_id == NULL))
        {
          clear_link (&link);
          return fail (self, error, _ ("“%s” is no link"), value);
        }
      g_array_append_val (self->layer->links, link);
    }
  return TRUE;
}

static char *
dup_item (char *const *items, const char *name, const char *suffix)
{
  g_autofree char *full = g_strconcat (name, suffix, NULL);
  const char *value = find_item (items, full);

  return value == NULL ? NULL : kutip_conllu_dup_value (value);
}

/* One tag of the token at @range. */
static gboolean
read_tag (Reading *self,
          char *const *items,
          const char *item,
          guint token,
          KutipRange range,
          GHashTable *met,
          GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *suffix = NULL;
  g_autofree char *label = NULL;
  g_autofree char *id = NULL;
  g_autofree char *links = NULL;
  const char *tag;
  gboolean continues;
  GArray *ranges;
  Lane *lane;

  if (!is_tag (item, &name, &suffix))
    return TRUE;
  tag = strchr (item, '=') + 1;
  label = kutip_conllu_dup_value (tag + 2);
  if (label == NULL)
    return fail (self, error, _ ("“%s” has a backslash that means nothing"), item);
  lane = get_lane (self->layer, name);
  continues =
      strchr ("IEL", *tag) != NULL && lane->mark != 0 &&
      strcmp (g_array_index (self->layer->marks, Mark, lane->mark - 1).label, label) == 0;
  id = dup_item (items, "Id", suffix);
  if (!continues && !begin_mark (self, lane, label, id, token, error))
    return FALSE;
  g_hash_table_add (met, (gpointer) lane->name);
  ranges = g_array_index (self->layer->marks, Mark, lane->mark - 1).ranges;
  if (continues)
    g_array_index (ranges, KutipRange, ranges->len - 1).end = range.end;
  else
    g_array_append_val (ranges, range);
  links = dup_item (items, "Rel", suffix);
  if (!continues && links != NULL && !read_links (self, links, lane->mark, error))
    return FALSE;
  if (strchr ("ESLU", *tag) != NULL)
    lane->mark = 0;
  return TRUE;
}

static gboolean
read_tags (
    Reading *self, char *const *items, guint token, KutipRange range, GError **error)
{
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; items[i] != NULL; i++)
    if (!read_tag (self, items, items[i], token, range, met, error))
      return FALSE;
  for (guint i = 0; i < self->layer->lanes->len; i++)
    {
      Lane *lane = &g_array_index (self->layer->lanes, Lane, i);

      if (!g_hash_table_contains (met, lane->name))
        lane->mark = 0;
    }
  return TRUE;
}

/* What follows a token: one space, unless MISC says otherwise. */
static gboolean
set_gap (Reading *self, char *const *items, GError **error)
{
  const char *after = find_item (items, "SpacesAfter");
  g_autofree char *spaces = NULL;

  if (after != NULL)
    spaces = kutip_conllu_dup_value (after);
  else
    spaces = g_strdup (g_strcmp0 (find_item (items, "SpaceAfter"), "No") == 0 ? "" : " ");
  if (spaces == NULL)
    return fail (self, error, _ ("“%s” has a backslash that means nothing"), after);
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
  Layer *layer = self->layer;
  const char *before = find_item (items, "SpacesBefore");
  g_autofree char *spaces = before == NULL ? NULL : kutip_conllu_dup_value (before);

  if (before != NULL && spaces == NULL)
    return fail (self, error, _ ("“%s” has a backslash that means nothing"), before);
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

/* A word, or a token of several: what stands in the text. */
static gboolean
read_token (Reading *self, char *const *cells, guint token, GError **error)
{
  g_auto (GStrv) items = NULL;
  KutipRange range = { 0, 0 };

  if (*cells[1] == '\0')
    return fail (self, error, _ ("a token has no form"));
  items = g_strsplit (
      strcmp (cells[KUTIP_CONLLU_MISC], "_") == 0 ? "" : cells[KUTIP_CONLLU_MISC], "|",
      -1);
  for (guint i = 2; i < KUTIP_CONLLU_MISC; i++)
    self->any_other |= strcmp (cells[i], "_") != 0;
  return append_form (self, cells[1], items, &range, error) &&
         read_tags (self, items, token, range, error) && set_gap (self, items, error);
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
    return fail (self, error, _ ("there are %1$u columns where %2$u were expected"),
                 g_strv_length (cells), KUTIP_CONLLU_N_COLUMNS);
  end = cells[0] + strcspn (cells[0], "-.");
  if (*end == '.')
    {
      *end = '\0';
      return (parse_id (cells[0], &id) && id == self->last_id &&
              parse_id (end + 1, &last)) ||
             fail (self, error, _ ("an empty node is out of order"));
    }
  if (*end == '-')
    {
      *end = '\0';
      if (!parse_id (cells[0], &id) || !parse_id (end + 1, &last) ||
          id != self->last_id + 1 || last <= id || id <= self->range_end)
        return fail (self, error, _ ("a token of several words is out of order"));
      if (id == 1)
        self->sentence++;
      self->range_end = last;
      return read_token (self, cells, id, error);
    }
  if (!parse_id (cells[0], &id) || id != self->last_id + 1)
    return fail (self, error, _ ("the number “%1$s” stands where %2$u was expected"),
                 cells[0], self->last_id + 1);
  if (id == 1 && self->range_end == 0)
    self->sentence++;
  self->last_id = id;
  return id <= self->range_end || read_token (self, cells, id, error);
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
  Layer *layer = self->layer;
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
  for (guint i = 0; i < layer->lanes->len; i++)
    g_array_index (layer->lanes, Lane, i).mark = 0;
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

static Layer *
get_layer (Reading *self)
{
  if (self->layer == NULL)
    add_layer (self);
  return self->layer;
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
        return fail (self, error, _ ("“%s” has a backslash that means nothing"), line);
      g_string_append (get_layer (self)->text, spaces);
    }
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
               ? fail (self, error, _ ("a comment stands inside a sentence"))
               : read_comment (self, line, error);
  get_layer (self);
  return read_row (self, line, error);
}

/* --- the record --- */

static gboolean
add_spans (Reading *self, Layer *layer, KutipLayer *built, GError **error)
{
  for (guint i = 0; i < layer->marks->len; i++)
    {
      Mark *mark = &g_array_index (layer->marks, Mark, i);
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autoptr (KutipSpan) span = NULL;

      if (mark->id == NULL || *mark->id == '\0')
        {
          g_free (mark->id);
          mark->id = kutip_layer_make_id (built, "s");
        }
      fields.id = mark->id;
      fields.label = mark->label;
      fields.ranges = (const KutipRange *) (gpointer) mark->ranges->data;
      fields.n_ranges = kutip_ranges_normalize (
          (KutipRange *) (gpointer) mark->ranges->data, mark->ranges->len);
      span = kutip_span_new (&fields);
      if (!kutip_layer_add_span (built, span))
        return fail (self, error, _ ("the id “%s” occurs twice"), mark->id);
    }
  return TRUE;
}

static guint
find_target (const Layer *layer, const Link *link)
{
  g_autofree char *start = g_strdup_printf ("%u %u", link->sentence, link->to_token);

  return GPOINTER_TO_UINT (link->to_id != NULL
                               ? g_hash_table_lookup (layer->ids, link->to_id)
                               : g_hash_table_lookup (layer->starts, start));
}

static gboolean
add_relations (Reading *self, Layer *layer, KutipLayer *built, GError **error)
{
  for (guint i = 0; i < layer->links->len; i++)
    {
      const Link *link = &g_array_index (layer->links, Link, i);
      KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
      g_autoptr (KutipRelation) relation = NULL;
      g_autofree char *id = kutip_layer_make_id (built, "r");
      guint to = find_target (layer, link);

      if (to == 0)
        {
          self->line = link->line;
          if (link->to_id != NULL)
            return fail (self, error, _ ("there is no span “%s”"), link->to_id);
          return fail (self, error, _ ("no span begins at token %u"), link->to_token);
        }
      fields.id = id;
      fields.label = link->label;
      fields.from = g_array_index (layer->marks, Mark, link->from - 1).id;
      fields.to = g_array_index (layer->marks, Mark, to - 1).id;
      relation = kutip_relation_new (&fields);
      kutip_layer_add_relation (built, relation);
    }
  return TRUE;
}

static KutipLayer *
build_layer (Reading *self, Layer *layer, GError **error)
{
  KutipHeaderFields fields = { .annotator = layer->annotator,
                               .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&fields);
  g_autoptr (KutipLayer) built = kutip_layer_new (header);

  if (!add_spans (self, layer, built, error) ||
      !add_relations (self, layer, built, error))
    return NULL;
  return g_steal_pointer (&built);
}

static KutipRecord *
build_record (Reading *self, GError **error)
{
  Layer *first = g_ptr_array_index (self->layers, 0);
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipArticle) article = NULL;
  g_autoptr (KutipRecord) record = NULL;

  for (guint i = 0; i < self->layers->len; i++)
    {
      Layer *layer = g_ptr_array_index (self->layers, i);

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
      Layer *layer = g_ptr_array_index (self->layers, i);
      KutipLayer *built;

      if (strcmp (layer->text->str, first->text->str) != 0)
        {
          fail (self, error, _ ("two documents called “%s” have different texts"),
                self->path);
          return NULL;
        }
      built = build_layer (self, layer, error);
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
  g_autoptr (KutipText) whole = kutip_charset_decode (source->bytes, NULL, NULL, error);
  g_auto (Reading) self = { .source = source,
                            .report = report,
                            .line = source->line,
                            .layers = g_ptr_array_new_with_free_func (free_layer) };
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
    kutip_report_add (report, KUTIP_REPORT_WARNING, "columns", source->name, NULL,
                      source->line, NULL);
  record = build_record (&self, error);
  return record != NULL && emit (record, data, error);
}
