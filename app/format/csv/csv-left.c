/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv/csv-left.h"

#include "format/offsets.h"

#include <string.h>

/* Columns that only rows of the other kind have. */
static const KutipCsvColumn of_relations[] = { KUTIP_CSV_FROM, KUTIP_CSV_TO,
                                               KUTIP_CSV_EVENT };
static const KutipCsvColumn of_spans[] = { KUTIP_CSV_START, KUTIP_CSV_END,
                                           KUTIP_CSV_TEXT,  KUTIP_CSV_RANGES,
                                           KUTIP_CSV_LINKS, KUTIP_CSV_RELATION,
                                           KUTIP_CSV_TARGET };

typedef struct
{
  KutipCsvTable *table;
  const int *columns;
  guint row;
  const char *file;
  KutipReport *report;
} Row;

static const char *
get_cell (const Row *self, KutipCsvColumn column)
{
  return self->columns[column] < 0 ? ""
                                   : kutip_csv_table_get (self->table, self->row,
                                                          (guint) self->columns[column]);
}

static void
tell (const Row *self, const char *what, const char *detail)
{
  const char *id = get_cell (self, KUTIP_CSV_ID);

  kutip_report_add_left_out (self->report, what, self->file, *id == '\0' ? NULL : id,
                             kutip_csv_table_get_line (self->table, self->row), detail);
}

static void
tell_cell (const Row *self, KutipCsvColumn column)
{
  const char *cell = get_cell (self, column);
  g_autofree char *detail = NULL;

  if (*cell == '\0')
    return;
  detail = g_strdup_printf (
      "%s: %s", kutip_csv_table_get (self->table, 0, (guint) self->columns[column]),
      cell);
  tell (self, "unknown-member", detail);
}

static gboolean
is_one_of (const char *cell, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (cell, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_number (const char *cell)
{
  char *end;

  g_ascii_strtod (cell, &end);
  return end != cell && *end == '\0';
}

void
kutip_csv_free_columns (int *columns, GArray *others)
{
  static const struct
  {
    KutipCsvColumn column, with;
  } pairs[] = {
    { KUTIP_CSV_SCORE, KUTIP_CSV_ORIGIN },    { KUTIP_CSV_FROM, KUTIP_CSV_KIND },
    { KUTIP_CSV_TO, KUTIP_CSV_KIND },         { KUTIP_CSV_EVENT, KUTIP_CSV_KIND },
    { KUTIP_CSV_TARGET, KUTIP_CSV_RELATION }, { KUTIP_CSV_RELATION, KUTIP_CSV_TARGET },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      int *column = &columns[pairs[i].column];
      guint at = (guint) *column;

      if (*column < 0 || columns[pairs[i].with] >= 0)
        continue;
      g_array_append_val (others, at);
      *column = -1;
    }
}

void
kutip_csv_tell_left_out (KutipCsvTable *table,
                         const int *columns,
                         guint row,
                         gboolean is_relation,
                         const char *file,
                         KutipReport *report)
{
  static const char *const kinds[] = { "", "span", "relation", NULL };
  static const char *const answers[] = {
    "", "1", "true", "yes", "0", "false", "no", NULL
  };
  const Row self = { table, columns, row, file, report };
  const KutipCsvColumn *foreign = is_relation ? of_spans : of_relations;
  guint n = is_relation ? G_N_ELEMENTS (of_spans) : G_N_ELEMENTS (of_relations);
  KutipOffsetUnit unit;

  for (guint i = 0; i < kutip_csv_table_get_n_cells (table, row); i++)
    if (*kutip_csv_table_get (table, 0, i) == '\0' &&
        *kutip_csv_table_get (table, row, i) != '\0')
      tell (&self, "columns", kutip_csv_table_get (table, row, i));
  for (guint i = 0; i < n; i++)
    tell_cell (&self, foreign[i]);
  if (is_relation && !kutip_offsets_parse_unit (get_cell (&self, KUTIP_CSV_UNIT), &unit))
    tell_cell (&self, KUTIP_CSV_UNIT);
  if (!is_relation && (*get_cell (&self, KUTIP_CSV_RELATION) == '\0') !=
                          (*get_cell (&self, KUTIP_CSV_TARGET) == '\0'))
    {
      tell_cell (&self, KUTIP_CSV_RELATION);
      tell_cell (&self, KUTIP_CSV_TARGET);
    }
  if (!is_one_of (get_cell (&self, KUTIP_CSV_KIND), kinds))
    tell_cell (&self, KUTIP_CSV_KIND);
  if (!is_one_of (get_cell (&self, KUTIP_CSV_UNSURE), answers))
    tell_cell (&self, KUTIP_CSV_UNSURE);
  if (*get_cell (&self, KUTIP_CSV_ORIGIN) == '\0' ||
      !is_number (get_cell (&self, KUTIP_CSV_SCORE)))
    tell_cell (&self, KUTIP_CSV_SCORE);
}

void
kutip_csv_tell_empty (KutipCsvTable *table,
                      const GArray *others,
                      const char *any,
                      const char *file,
                      KutipReport *report)
{
  for (guint i = 0; i < others->len; i++)
    {
      guint column = g_array_index (others, guint, i);

      if (!any[i])
        kutip_report_add (report, KUTIP_REPORT_WARNING, "columns", file, NULL, 1,
                          kutip_csv_table_get (table, 0, column));
    }
}
