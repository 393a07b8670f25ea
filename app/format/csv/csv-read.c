/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv/csv-left.h"
#include "format/csv/csv-rows.h"
#include "format/csv/csv-table.h"
#include "format/csv/csv-tag.h"
#include "format/csv/csv.h"
#include "format/decode.h"
#include "format/json/json.h"
#include "format/offsets.h"
#include "format/sidecar/sidecar-parts.h"
#include "format/text-apart.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* A whole file. */
typedef struct
{
  KutipSource *source;
  const KutipFormatOptions *options;
  KutipReport *report;
  KutipCsvTable *table; /* the header, and the rows of the article that is read */
  int columns[KUTIP_CSV_N_COLUMNS]; /* -1: not there */
  GArray *others;                   /* guint: columns that are attributes */
  char *any; /* for each of these, whether a row says anything there */
} Reading;

/* The rows of one annotator in one article. */
typedef struct
{
  const Reading *reading;
  KutipText *text;
  KutipLayer *layer;
  KutipOffsetUnit unit;
  KutipSidecarRoom room;
} LayerReading;

static const char *
get_cell (const Reading *self, guint row, KutipCsvColumn column)
{
  return self->columns[column] < 0
             ? ""
             : kutip_csv_table_get (self->table, row, (guint) self->columns[column]);
}

static const char *
get_or_null (const Reading *self, guint row, KutipCsvColumn column)
{
  const char *cell = get_cell (self, row, column);

  return *cell == '\0' ? NULL : cell;
}

static gboolean fail (const Reading *self,
                      guint row,
                      GError **error,
                      const char *format,
                      ...) G_GNUC_PRINTF (4, 5);

static gboolean
fail (const Reading *self, guint row, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: a line of a file, and what is wrong there */
               _ ("line %1$u: %2$s"), kutip_csv_table_get_line (self->table, row),
               reason);
  return FALSE;
}

static gboolean
is_relation_row (const Reading *self, guint row)
{
  return strcmp (get_cell (self, row, KUTIP_CSV_KIND), "relation") == 0;
}

/* --- the header --- */

static gboolean
read_header (Reading *self, GError **error)
{
  guint n = kutip_csv_table_get_n_rows (self->table) == 0
                ? 0
                : kutip_csv_table_get_n_cells (self->table, 0);

  for (guint i = 0; i < KUTIP_CSV_N_COLUMNS; i++)
    self->columns[i] = -1;
  for (guint i = 0; i < n; i++)
    {
      const char *name = kutip_csv_table_get (self->table, 0, i);
      int column = kutip_csv_find_column (name);

      if (!kutip_format_check_name (name, error))
        {
          g_prefix_error (error, _ ("line %lu: "), 1ul);
          return FALSE;
        }
      if (column >= 0 && self->columns[column] < 0)
        self->columns[column] = (int) i;
      else if (*name != '\0')
        g_array_append_val (self->others, i);
    }
  kutip_csv_free_columns (self->columns, self->others);
  /* Without a "kind", "id" says nothing about the row. */
  if (self->columns[KUTIP_CSV_LABEL] >= 0 &&
      (self->columns[KUTIP_CSV_START] >= 0 || self->columns[KUTIP_CSV_TEXT] >= 0))
    return TRUE;
  g_set_error_literal (
      error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
      /* Translators: the words in quotes are names of columns and stay as they are. */
      _ ("line 1: the columns “label” and “start” or “text” must be named here"));
  return FALSE;
}

/* --- cells --- */

static gboolean
parse_number (const char *cell, guint64 *number)
{
  return g_ascii_string_to_unsigned (cell, 10, 0, G_MAXUINT, number, NULL);
}

static gboolean
is_true (const char *cell)
{
  return strcmp (cell, "1") == 0 || g_ascii_strcasecmp (cell, "true") == 0 ||
         g_ascii_strcasecmp (cell, "yes") == 0;
}

static gboolean
find_unit_of (LayerReading *self, guint row, KutipOffsetUnit *unit, GError **error)
{
  const char *cell = get_cell (self->reading, row, KUTIP_CSV_UNIT);

  /* What the row says itself is no guess. */
  *unit = self->reading->options->offset_unit != KUTIP_OFFSETS_AUTO
              ? self->reading->options->offset_unit
              : self->unit;
  return *cell == '\0' || kutip_offsets_parse_unit (cell, unit) ||
         fail (self->reading, row, error, _ ("“%s” is no unit of offsets"), cell);
}

static gboolean
add_range (LayerReading *self,
           guint row,
           guint64 start,
           guint64 end,
           GArray *ranges,
           GError **error)
{
  KutipOffsetUnit unit;
  KutipRange range;

  if (!find_unit_of (self, row, &unit, error))
    return FALSE;
  if (!kutip_offsets_convert (self->text, unit, start, end, &range))
    return fail (self->reading, row, error, _ ("%1$lu to %2$lu is no place in the text"),
                 (gulong) start, (gulong) end);
  g_array_append_val (ranges, range);
  return TRUE;
}

/* "15-31;40-45" */
static gboolean
read_pieces (
    LayerReading *self, guint row, const char *cell, GArray *ranges, GError **error)
{
  g_auto (GStrv) pieces = g_strsplit (cell, ";", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_auto (GStrv) ends = g_strsplit (pieces[i], "-", 2);
      guint64 start, end;

      if (g_strv_length (ends) != 2 || !parse_number (g_strstrip (ends[0]), &start) ||
          !parse_number (g_strstrip (ends[1]), &end))
        return fail (self->reading, row, error, _ ("“%s” is no list of ranges"), cell);
      if (!add_range (self, row, start, end, ranges, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_ranges (LayerReading *self, guint row, GArray *ranges, GError **error)
{
  const char *pieces = get_cell (self->reading, row, KUTIP_CSV_RANGES);
  const char *start = get_cell (self->reading, row, KUTIP_CSV_START);
  const char *end = get_cell (self->reading, row, KUTIP_CSV_END);
  guint64 from, to;

  if (*pieces != '\0')
    return read_pieces (self, row, pieces, ranges, error);
  if (*start == '\0' && *end == '\0')
    return TRUE;
  if (!parse_number (start, &from) || !parse_number (end, &to))
    return fail (self->reading, row, error, _ ("“%1$s” to “%2$s” are no offsets"), start,
                 end);
  return add_range (self, row, from, to, ranges, error);
}

/* Adds those that have a column each. */
static void
read_columns (const Reading *self, guint row, KutipAttributes **attributes)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (KutipAttribute));
  g_autofree const char **values = g_new0 (const char *, 2 * self->others->len);
  KutipAttributes *with;

  for (guint i = 0; i < kutip_attributes_get_n (*attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (*attributes, i);

      g_array_append_val (all, attribute);
    }
  for (guint i = 0; i < self->others->len; i++)
    {
      guint column = g_array_index (self->others, guint, i);
      KutipAttribute attribute = { kutip_csv_table_get (self->table, 0, column),
                                   KUTIP_VALUE_STRING, &values[2 * i] };

      values[2 * i] = kutip_csv_table_get (self->table, row, column);
      if (*values[2 * i] == '\0')
        continue;
      g_array_append_val (all, attribute);
      self->any[i] = TRUE;
    }
  with = kutip_attributes_new ((const KutipAttribute *) (gpointer) all->data, all->len);
  kutip_attributes_unref (*attributes);
  *attributes = with;
}

static gboolean
read_attributes (LayerReading *self,
                 guint row,
                 KutipAttributes **attributes,
                 GError **error)
{
  const Reading *reading = self->reading;
  const char *cell = get_cell (reading, row, KUTIP_CSV_ATTRIBUTES);
  g_autoptr (KutipJsonReader) json = NULL;

  *attributes = NULL;
  if (*cell != '\0')
    {
      g_autoptr (GError) local = NULL;

      json = kutip_json_reader_new (cell, strlen (cell));
      *attributes = kutip_sidecar_read_attributes (&self->room, json);
      if (!kutip_json_reader_finish (json, &local))
        {
          g_clear_pointer (attributes, kutip_attributes_unref);
          return fail (reading, row, error, "%s: %s",
                       kutip_csv_names[KUTIP_CSV_ATTRIBUTES], local->message);
        }
    }
  if (reading->others->len > 0)
    read_columns (reading, row, attributes);
  return TRUE;
}

static void
read_link (LayerReading *self, KutipJsonReader *json, GArray *links)
{
  KutipSpanLink link = { "", "", NULL };
  const char *name;

  if (!kutip_json_reader_read_object (json))
    return;
  while ((name = kutip_json_reader_read_member (json)) != NULL)
    {
      const char **string = strcmp (name, "base") == 0    ? &link.base
                            : strcmp (name, "id") == 0    ? &link.id
                            : strcmp (name, "title") == 0 ? &link.title
                                                          : NULL;

      if (string == NULL)
        kutip_json_reader_skip (json);
      else
        *string = kutip_sidecar_read_text (&self->room, json);
    }
  if (!kutip_json_reader_failed (json))
    g_array_append_val (links, link);
}

static gboolean
read_links (LayerReading *self, guint row, GArray *links, GError **error)
{
  const char *cell = get_cell (self->reading, row, KUTIP_CSV_LINKS);
  g_autoptr (KutipJsonReader) json = NULL;
  g_autoptr (GError) local = NULL;

  if (*cell == '\0')
    return TRUE;
  json = kutip_json_reader_new (cell, strlen (cell));
  if (kutip_json_reader_read_array (json))
    while (kutip_json_reader_read_element (json))
      read_link (self, json, links);
  return kutip_json_reader_finish (json, &local) ||
         fail (self->reading, row, error, "%s: %s", kutip_csv_names[KUTIP_CSV_LINKS],
               local->message);
}

static double
parse_score (const char *cell)
{
  char *end;
  double score = g_ascii_strtod (cell, &end);

  return *cell == '\0' || *end != '\0' || !isfinite (score) ? NAN : score;
}

/* --- rows --- */

/* Whether the pieces stand at their ranges; one more "'" at the beginning was put there
 * for a spreadsheet. */
static gboolean
covers (LayerReading *self, const GArray *ranges, char **pieces)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      gsize n;
      const char *bytes =
          kutip_text_peek_range (self->text, g_array_index (ranges, KutipRange, i), &n);
      const char *piece = pieces[i];

      if (i == 0 && *piece == '\'' && kutip_csv_is_formula (piece + 1) && *bytes != '\'')
        piece++;
      if (strlen (piece) != n || memcmp (piece, bytes, n) != 0)
        return FALSE;
    }
  return TRUE;
}

/* A span whose text is not where it should be, or of which only the text is known, is to
 * be found again. */
static void
orphan (GArray *ranges, char **pieces, KutipSpanFields *fields)
{
  if (ranges->len == 0)
    for (guint i = 0, at = 0; pieces[i] != NULL; i++)
      {
        guint length = (guint) MAX (g_utf8_strlen (pieces[i], -1), 1);
        KutipRange range = { at, at + length };

        g_array_append_val (ranges, range);
        at += length + 1;
      }
  fields->texts = (const char *const *) pieces;
}

/* Whether the row's id is its own; FALSE with @error for one that occurs twice. */
static gboolean
check_id (LayerReading *self,
          guint row,
          const KutipSpanFields *fields,
          gboolean *is_known,
          GError **error)
{
  KutipSpan *known =
      fields->id == NULL ? NULL : kutip_layer_get_span (self->layer, fields->id);

  *is_known = known != NULL;
  return known == NULL || kutip_csv_is_other_tag (known, fields) ||
         fail (self->reading, row, error, _ ("the id “%s” occurs twice"), fields->id);
}

static void
warn (LayerReading *self, guint row, const char *what, const char *id)
{
  const Reading *reading = self->reading;

  kutip_report_add (reading->report, KUTIP_REPORT_WARNING, what, reading->source->name,
                    id, kutip_csv_table_get_line (reading->table, row), NULL);
}

/* A row that has no id of its own goes into @later, if that is not NULL. */
static gboolean
add_span (LayerReading *self, guint row, GArray *later, GError **error)
{
  const Reading *reading = self->reading;
  const char *text = get_cell (reading, row, KUTIP_CSV_TEXT);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (KutipSpanLink));
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipSpan) span = NULL;
  g_auto (GStrv) pieces = NULL;
  g_autofree char *made = NULL;
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  gboolean has_place, is_known;

  if (!read_ranges (self, row, ranges, error) ||
      !read_attributes (self, row, &attributes, error) ||
      !read_links (self, row, links, error))
    return FALSE;
  pieces = ranges->len > 1 ? g_strsplit (text, KUTIP_CSV_PIECES, -1)
                           : g_strdupv ((char *[]){ (char *) text, NULL });
  if (ranges->len == 0 && *text == '\0')
    return fail (reading, row, error, _ ("there are neither offsets nor a text"));
  has_place = ranges->len > 0;
  fields.id = get_or_null (reading, row, KUTIP_CSV_ID);
  fields.label = get_cell (reading, row, KUTIP_CSV_LABEL);
  if (*fields.label == '\0')
    return fail (reading, row, error, _ ("a label is missing here"));
  if (ranges->len == 0 || (*text != '\0' && g_strv_length (pieces) == ranges->len &&
                           !covers (self, ranges, pieces)))
    orphan (ranges, pieces, &fields);
  fields.ranges = (const KutipRange *) (gpointer) ranges->data;
  fields.n_ranges =
      fields.texts != NULL
          ? ranges->len
          : kutip_ranges_normalize ((KutipRange *) (gpointer) ranges->data, ranges->len);
  if (!check_id (self, row, &fields, &is_known, error))
    return FALSE;
  if (is_known || fields.id == NULL)
    {
      if (later != NULL)
        {
          g_array_append_val (later, row);
          return TRUE;
        }
      if (is_known)
        warn (self, row, "id-twice", fields.id);
      fields.id = made = kutip_layer_make_id (self->layer, "s");
    }
  if (has_place && fields.texts != NULL)
    warn (self, row, "other-text", fields.id);
  fields.attributes = attributes;
  fields.links = (const KutipSpanLink *) (gpointer) links->data;
  fields.n_links = links->len;
  fields.note = get_or_null (reading, row, KUTIP_CSV_NOTE);
  fields.unsure = is_true (get_cell (reading, row, KUTIP_CSV_UNSURE));
  fields.origin_by = get_or_null (reading, row, KUTIP_CSV_ORIGIN);
  fields.origin_score = parse_score (get_cell (reading, row, KUTIP_CSV_SCORE));
  fields.created = get_or_null (reading, row, KUTIP_CSV_CREATED);
  fields.modified = get_or_null (reading, row, KUTIP_CSV_MODIFIED);
  span = kutip_span_new (&fields);
  return kutip_layer_add_span (self->layer, span);
}

static gboolean
add_relation (LayerReading *self,
              guint row,
              const KutipRelationFields *fields,
              GError **error)
{
  const char *ends[] = { fields->from, fields->to };
  g_autoptr (KutipRelation) relation = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (ends[i] == NULL || kutip_layer_get_span (self->layer, ends[i]) == NULL)
      return fail (self->reading, row, error, _ ("there is no span “%s”"),
                   ends[i] == NULL ? "" : ends[i]);
  relation = kutip_relation_new (fields);
  return kutip_layer_add_relation (self->layer, relation) ||
         fail (self->reading, row, error, _ ("the id “%s” occurs twice"), fields->id);
}

static gboolean
add_relation_row (LayerReading *self, guint row, GError **error)
{
  const Reading *reading = self->reading;
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autofree char *id = g_strdup (get_or_null (reading, row, KUTIP_CSV_ID));

  fields.label = get_cell (reading, row, KUTIP_CSV_LABEL);
  if (*fields.label == '\0')
    return fail (reading, row, error, _ ("a label is missing here"));
  if (!read_attributes (self, row, &attributes, error))
    return FALSE;
  if (id == NULL)
    id = kutip_layer_make_id (self->layer, "r");
  fields.id = id;
  fields.from = get_or_null (reading, row, KUTIP_CSV_FROM);
  fields.to = get_or_null (reading, row, KUTIP_CSV_TO);
  fields.event = get_or_null (reading, row, KUTIP_CSV_EVENT);
  fields.attributes = attributes;
  fields.note = get_or_null (reading, row, KUTIP_CSV_NOTE);
  fields.unsure = is_true (get_cell (reading, row, KUTIP_CSV_UNSURE));
  fields.origin_by = get_or_null (reading, row, KUTIP_CSV_ORIGIN);
  fields.origin_score = parse_score (get_cell (reading, row, KUTIP_CSV_SCORE));
  fields.created = get_or_null (reading, row, KUTIP_CSV_CREATED);
  fields.modified = get_or_null (reading, row, KUTIP_CSV_MODIFIED);
  return add_relation (self, row, &fields, error);
}

/* A relation on the row of the span that it leaves. */
static gboolean
add_inline_relation (LayerReading *self, guint row, GError **error)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autofree char *id = NULL;

  fields.label = get_cell (self->reading, row, KUTIP_CSV_RELATION);
  fields.from = get_or_null (self->reading, row, KUTIP_CSV_ID);
  fields.to = get_or_null (self->reading, row, KUTIP_CSV_TARGET);
  if (*fields.label == '\0' || fields.to == NULL)
    return TRUE;
  id = kutip_layer_make_id (self->layer, "r");
  fields.id = id;
  return add_relation (self, row, &fields, error);
}

/* --- articles --- */

static KutipOffsetUnit
find_unit (const Reading *self, KutipText *text, const GArray *rows)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (KutipOffsets));

  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      KutipOffsets one = { .covered = get_or_null (self, row, KUTIP_CSV_TEXT) };

      if (!is_relation_row (self, row) &&
          *get_cell (self, row, KUTIP_CSV_RANGES) == '\0' &&
          parse_number (get_cell (self, row, KUTIP_CSV_START), &one.start) &&
          parse_number (get_cell (self, row, KUTIP_CSV_END), &one.end))
        g_array_append_val (offsets, one);
    }
  return kutip_offsets_find_unit (text, (const KutipOffsets *) (gpointer) offsets->data,
                                  offsets->len);
}

static gboolean
read_rows (LayerReading *self, const GArray *rows, GError **error)
{
  const Reading *reading = self->reading;
  g_autoptr (GArray) later = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);

      if (!is_relation_row (reading, row) && !add_span (self, row, later, error))
        return FALSE;
    }
  for (guint i = 0; i < later->len; i++)
    if (!add_span (self, g_array_index (later, guint, i), NULL, error))
      return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);

      kutip_csv_tell_left_out (reading->table, reading->columns, row,
                               is_relation_row (reading, row), reading->source->name,
                               reading->report);
      if (!(is_relation_row (reading, row) ? add_relation_row (self, row, error)
                                           : add_inline_relation (self, row, error)))
        return FALSE;
    }
  return TRUE;
}

static KutipLayer *
read_layer (const Reading *self,
            KutipText *text,
            const char *annotator,
            const GArray *rows,
            GError **error)
{
  KutipHeaderFields fields = { .annotator = *annotator == '\0' ? NULL : annotator,
                               .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&fields);
  g_autoptr (KutipLayer) layer = kutip_layer_new (header);
  LayerReading reading = {
    .reading = self,
    .text = text,
    .layer = layer,
    .unit = find_unit (self, text, rows),
  };
  gboolean good;

  kutip_sidecar_room_init (&reading.room);
  good = read_rows (&reading, rows, error);
  kutip_sidecar_room_clear (&reading.room);
  return good ? g_steal_pointer (&layer) : NULL;
}

static KutipRecord *
read_record (const Reading *self, const char *value, gboolean is_only, GError **error)
{
  g_autofree char *path = g_strdup (*value == '\0' ? self->source->name : value);
  g_autoptr (KutipText) text =
      kutip_text_apart_fetch (self->source, value, is_only, &path, error);
  g_autoptr (GArray) layers = NULL;
  g_autoptr (KutipArticle) article = NULL;
  g_autoptr (KutipRecord) record = NULL;

  if (text == NULL)
    return NULL;
  article = kutip_record_make_article (path, text);
  record = kutip_record_new (path, article);
  layers = kutip_csv_table_group (self->table, 1, self->columns[KUTIP_CSV_ANNOTATOR]);
  for (guint i = 0; i < layers->len; i++)
    {
      const KutipCsvGroup *group = &g_array_index (layers, KutipCsvGroup, i);
      KutipLayer *layer = read_layer (self, text, group->value, group->rows, error);

      if (layer == NULL)
        return NULL;
      g_ptr_array_add (record->layers, layer);
    }
  return g_steal_pointer (&record);
}

/* The header, and the rows of the next article behind it; FALSE when there is none, or
 * with @error. */
static gboolean
load_article (Reading *self,
              const KutipCsvCursor *start,
              KutipCsvRows *rows,
              GError **error)
{
  KutipCsvCursor again = *start;

  kutip_source_let_go (self->source);
  kutip_csv_table_clear (self->table);
  kutip_csv_table_add_header (self->table, &again, NULL);
  return kutip_csv_rows_load_next (rows, self->table, error);
}

static gboolean
read_articles (Reading *self,
               const KutipCsvCursor *start,
               KutipRecordFunc emit,
               gpointer data,
               GError **error)
{
  KutipCsvCursor cursor = *start;
  int column;
  g_autoptr (KutipCsvRows) rows = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *any = NULL;

  if (!kutip_csv_table_add_header (self->table, &cursor, error) ||
      !read_header (self, error))
    return FALSE;
  self->any = any = g_new0 (char, self->others->len + 1);
  column = self->columns[KUTIP_CSV_PATH];
  rows = kutip_csv_rows_new (&cursor, column, self->source, error);
  while (rows != NULL && load_article (self, start, rows, &local))
    {
      const char *value =
          column < 0 ? "" : kutip_csv_table_get (self->table, 1, (guint) column);
      KutipRecord *record =
          read_record (self, value, kutip_csv_rows_get_n (rows) == 1, error);

      if (record == NULL || !emit (record, data, error))
        return FALSE;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (rows != NULL)
    kutip_csv_tell_empty (self->table, self->others, self->any, self->source->name,
                          self->report);
  return local == NULL && rows != NULL;
}

gboolean
kutip_csv_read (KutipSource *source,
                const KutipFormatOptions *options,
                KutipRecordFunc emit,
                gpointer data,
                KutipReport *report,
                GError **error)
{
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (KutipCsvTable) table = kutip_csv_table_new ();
  g_autoptr (KutipText) text = NULL;
  gsize n_bytes;
  const char *utf8 = kutip_source_get_utf8 (source, &text, &n_bytes, report, error);
  Reading reading = { .source = source,
                      .options = options,
                      .report = report,
                      .table = table,
                      .others = others };
  KutipCsvCursor start;

  if (utf8 == NULL)
    return FALSE;
  kutip_csv_cursor_init (&start, utf8, n_bytes);
  return read_articles (&reading, &start, emit, data, error);
}
