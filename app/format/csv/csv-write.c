/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv/csv-table.h"
#include "format/csv/csv.h"
#include "format/json/json.h"
#include "format/sidecar/sidecar-parts.h"

#include <math.h>
#include <string.h>

const char *const kutip_csv_names[KUTIP_CSV_N_WRITTEN] = {
  "path",   "annotator", "kind",   "id",      "label",    "start", "end",
  "unit",   "text",      "ranges", "from",    "to",       "event", "note",
  "unsure", "origin",    "score",  "created", "modified", "links", "attributes",
};

/* One layer on its way out. */
typedef struct
{
  GString *out;
  KutipRecord *record;
  const char *annotator;
  char delimiter;
  gboolean spreadsheet;
  KutipReport *report;
} Writing;

/* A row's cells; owned strings. */
typedef struct
{
  char *cells[KUTIP_CSV_N_WRITTEN];
} Cells;

static void
clear_cells (Cells *cells)
{
  for (guint i = 0; i < KUTIP_CSV_N_WRITTEN; i++)
    g_free (cells->cells[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cells, clear_cells)

/* Makes cells harmless that a spreadsheet would run; a digit's sign is harmless. */
static void
disarm (Writing *self, Cells *cells)
{
  for (guint i = 0; i < KUTIP_CSV_N_WRITTEN; i++)
    {
      char *cell = cells->cells[i];

      if (cell == NULL || !kutip_csv_is_formula (cell))
        continue;
      cells->cells[i] = g_strconcat ("'", cell, NULL);
      g_free (cell);
      kutip_report_add (self->report, KUTIP_REPORT_LOSS, "cells", self->record->path,
                        cells->cells[KUTIP_CSV_ID], 0, kutip_csv_names[i]);
    }
}

static void
append_row (Writing *self, Cells *cells)
{
  if (self->spreadsheet)
    disarm (self, cells);
  for (guint i = 0; i < KUTIP_CSV_N_WRITTEN; i++)
    kutip_csv_append_cell (self->out, cells->cells[i], self->delimiter, i == 0);
  g_string_append (self->out, "\r\n");
}

static char *
format_attributes (KutipAttributes *attributes)
{
  GString *json;

  if (attributes == NULL)
    return NULL;
  json = g_string_new (NULL);
  kutip_sidecar_append_attributes (json, attributes);
  return g_string_free (json, FALSE);
}

static char *
format_links (const KutipSpanFields *fields)
{
  GString *json;

  if (fields->n_links == 0)
    return NULL;
  json = g_string_new ("[");
  for (guint i = 0; i < fields->n_links; i++)
    {
      g_string_append (json, i == 0 ? "{\"base\": " : ", {\"base\": ");
      kutip_json_append_string (json, fields->links[i].base);
      g_string_append (json, ", \"id\": ");
      kutip_json_append_string (json, fields->links[i].id);
      if (fields->links[i].title != NULL)
        {
          g_string_append (json, ", \"title\": ");
          kutip_json_append_string (json, fields->links[i].title);
        }
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static char *
format_score (double score)
{
  GString *number;

  if (isnan (score))
    return NULL;
  number = g_string_new (NULL);
  kutip_json_append_double (number, score);
  return g_string_free (number, FALSE);
}

static char *
format_text (KutipText *text, const KutipSpanFields *fields)
{
  GString *pieces = g_string_new (NULL);

  for (guint i = 0; i < fields->n_ranges; i++)
    {
      gsize n;
      const char *bytes = kutip_text_peek_range (text, fields->ranges[i], &n);

      if (i > 0)
        g_string_append (pieces, KUTIP_CSV_PIECES);
      g_string_append_len (pieces, bytes, (gssize) n);
    }
  return g_string_free (pieces, FALSE);
}

static char *
format_ranges (const KutipSpanFields *fields)
{
  GString *ranges;

  if (fields->n_ranges < 2)
    return NULL;
  ranges = g_string_new (NULL);
  for (guint i = 0; i < fields->n_ranges; i++)
    g_string_append_printf (ranges, "%s%u-%u", i == 0 ? "" : ";", fields->ranges[i].start,
                            fields->ranges[i].end);
  return g_string_free (ranges, FALSE);
}

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  KutipSpanFields fields;
  g_auto (Cells) row = { { NULL } };
  char **cells = row.cells;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  cells[KUTIP_CSV_PATH] = g_strdup (self->record->path);
  cells[KUTIP_CSV_ANNOTATOR] = g_strdup (self->annotator);
  cells[KUTIP_CSV_KIND] = g_strdup ("span");
  cells[KUTIP_CSV_ID] = g_strdup (fields.id);
  cells[KUTIP_CSV_LABEL] = g_strdup (fields.label);
  cells[KUTIP_CSV_START] = g_strdup_printf ("%u", kutip_span_get_hull (span).start);
  cells[KUTIP_CSV_END] = g_strdup_printf ("%u", kutip_span_get_hull (span).end);
  cells[KUTIP_CSV_UNIT] = g_strdup ("code-points");
  cells[KUTIP_CSV_TEXT] =
      format_text (kutip_article_get_text (self->record->article), &fields);
  cells[KUTIP_CSV_RANGES] = format_ranges (&fields);
  cells[KUTIP_CSV_NOTE] = g_strdup (fields.note);
  cells[KUTIP_CSV_UNSURE] = fields.unsure ? g_strdup ("true") : NULL;
  cells[KUTIP_CSV_ORIGIN] = g_strdup (fields.origin_by);
  cells[KUTIP_CSV_SCORE] = format_score (fields.origin_score);
  cells[KUTIP_CSV_CREATED] = g_strdup (fields.created);
  cells[KUTIP_CSV_MODIFIED] = g_strdup (fields.modified);
  cells[KUTIP_CSV_LINKS] = format_links (&fields);
  cells[KUTIP_CSV_ATTRIBUTES] = format_attributes (fields.attributes);
  append_row (self, &row);
  return TRUE;
}

static gboolean
is_lost (KutipLayer *layer, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (layer, id);

  return span == NULL || kutip_span_is_orphan (span);
}

typedef struct
{
  Writing *writing;
  KutipLayer *layer;
} RelationWriting;

static gboolean
append_relation (KutipRelation *relation, gpointer data)
{
  RelationWriting *writing = data;
  Writing *self = writing->writing;
  KutipRelationFields fields;
  g_auto (Cells) row = { { NULL } };
  char **cells = row.cells;

  kutip_relation_get_fields (relation, &fields);
  if (is_lost (writing->layer, fields.from) || is_lost (writing->layer, fields.to))
    {
      kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations", self->record->path,
                        fields.id, 0, NULL);
      return TRUE;
    }
  cells[KUTIP_CSV_PATH] = g_strdup (self->record->path);
  cells[KUTIP_CSV_ANNOTATOR] = g_strdup (self->annotator);
  cells[KUTIP_CSV_KIND] = g_strdup ("relation");
  cells[KUTIP_CSV_ID] = g_strdup (fields.id);
  cells[KUTIP_CSV_LABEL] = g_strdup (fields.label);
  cells[KUTIP_CSV_FROM] = g_strdup (fields.from);
  cells[KUTIP_CSV_TO] = g_strdup (fields.to);
  cells[KUTIP_CSV_EVENT] = g_strdup (fields.event);
  cells[KUTIP_CSV_NOTE] = g_strdup (fields.note);
  cells[KUTIP_CSV_UNSURE] = fields.unsure ? g_strdup ("true") : NULL;
  cells[KUTIP_CSV_ORIGIN] = g_strdup (fields.origin_by);
  cells[KUTIP_CSV_SCORE] = format_score (fields.origin_score);
  cells[KUTIP_CSV_CREATED] = g_strdup (fields.created);
  cells[KUTIP_CSV_MODIFIED] = g_strdup (fields.modified);
  cells[KUTIP_CSV_ATTRIBUTES] = format_attributes (fields.attributes);
  append_row (self, &row);
  return TRUE;
}

void
kutip_csv_append_header (GString *out, char delimiter)
{
  for (guint i = 0; i < KUTIP_CSV_N_WRITTEN; i++)
    kutip_csv_append_cell (out, kutip_csv_names[i], delimiter, i == 0);
  g_string_append (out, "\r\n");
}

void
kutip_csv_append_record (GString *out,
                         KutipRecord *record,
                         const KutipFormatOptions *options,
                         char delimiter,
                         KutipReport *report)
{
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = kutip_record_begin_layer (record, i, report);
      Writing writing = {
        .out = out,
        .record = record,
        .annotator = kutip_header_get_fields (kutip_layer_get_header (layer))->annotator,
        .delimiter = delimiter,
        .spreadsheet = options->spreadsheet,
        .report = report,
      };
      RelationWriting relations = { &writing, layer };

      if (kutip_layer_get_n_spans (layer) == 0 &&
          !kutip_record_is_untouched_layer (layer))
        kutip_report_add (report, KUTIP_REPORT_LOSS, "empty-layers", record->path, NULL,
                          0, NULL);
      kutip_layer_foreach_span (layer, append_span, &writing);
      kutip_layer_foreach_relation (layer, append_relation, &relations);
    }
}
