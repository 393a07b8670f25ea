/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv/csv-rows.h"

#include "format/fields.h"
#include "format/groups.h"

#include <string.h>

/* Bytes of rows that may be in the memory. */
#define ENOUGH (1 << 20)

struct _KutipCsvRows
{
  KutipCsvCursor start;
  KutipGroups *groups; /* of runs: offset and line of the first row, how many */
  GString *record;     /* that is put together */
};

/* Rows that follow one another and have the same value. */
typedef struct
{
  GString *value;
  gsize offset; /* of the first */
  guint line;   /* the same */
  guint n_rows;
} Run;

void
kutip_csv_rows_free (KutipCsvRows *self)
{
  if (self == NULL)
    return;
  kutip_groups_free (self->groups);
  g_string_free (self->record, TRUE);
  g_free (self);
}

static gboolean
add_run (KutipCsvRows *self, Run *run, GError **error)
{
  if (run->n_rows == 0)
    return TRUE;
  g_string_truncate (self->record, 0);
  kutip_fields_put_number (self->record, run->offset);
  kutip_fields_put_number (self->record, run->line);
  kutip_fields_put_number (self->record, run->n_rows);
  return kutip_groups_add (self->groups, run->value->str, run->offset, self->record->str,
                           self->record->len, error);
}

/* The row at @cursor. */
static gboolean
note_row (KutipCsvRows *self,
          const KutipCsvCursor *cursor,
          const char *value,
          Run *run,
          GError **error)
{
  if (run->n_rows > 0 && strcmp (run->value->str, value) == 0)
    {
      run->n_rows++;
      return TRUE;
    }
  if (!add_run (self, run, error))
    return FALSE;
  g_string_assign (run->value, value);
  run->offset = (gsize) (cursor->position - self->start.position);
  run->line = cursor->line;
  run->n_rows = 1;
  return TRUE;
}

KutipCsvRows *
kutip_csv_rows_new (const KutipCsvCursor *cursor,
                    int column,
                    KutipSource *source,
                    GError **error)
{
  g_autoptr (KutipCsvRows) self = g_new0 (KutipCsvRows, 1);
  g_autoptr (KutipCsvTable) row = kutip_csv_table_new ();
  KutipCsvCursor next = *cursor;
  const char *mark = next.position;
  g_autoptr (GString) value = g_string_new (NULL);
  Run run = { value, 0, 0, 0 };

  self->start = *cursor;
  self->groups = kutip_groups_new (kutip_source_get_spill (source));
  self->record = g_string_new (NULL);
  while (!kutip_csv_cursor_is_at_end (&next))
    {
      KutipCsvCursor here = next;

      if (here.position - mark >= ENOUGH)
        {
          kutip_source_let_go (source);
          mark = here.position;
        }
      kutip_csv_table_clear (row);
      if (!kutip_csv_table_add (row, &next, error))
        return NULL;
      if (kutip_csv_table_get_n_rows (row) > 0 &&
          !note_row (self, &here,
                     column < 0 ? "" : kutip_csv_table_get (row, 0, (guint) column), &run,
                     error))
        return NULL;
    }
  return add_run (self, &run, error) && kutip_groups_finish (self->groups, error)
             ? g_steal_pointer (&self)
             : NULL;
}

guint64
kutip_csv_rows_get_n (KutipCsvRows *self)
{
  return kutip_groups_get_n (self->groups);
}

static void
load_run (KutipCsvRows *self, KutipFields fields, KutipCsvTable *table)
{
  KutipCsvCursor cursor = self->start;
  guint until = kutip_csv_table_get_n_rows (table);

  cursor.position += kutip_fields_take_number (&fields);
  cursor.line = (guint) kutip_fields_take_number (&fields);
  until += (guint) kutip_fields_take_number (&fields);
  while (kutip_csv_table_get_n_rows (table) < until)
    if (!kutip_csv_table_add (table, &cursor, NULL))
      g_assert_not_reached ();
}

gboolean
kutip_csv_rows_load_next (KutipCsvRows *self, KutipCsvTable *table, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *bytes;
  gsize n;

  if (!kutip_groups_next (self->groups, error))
    return FALSE;
  while ((bytes = kutip_groups_next_record (self->groups, &n, &local)) != NULL)
    load_run (self, (KutipFields){ bytes, bytes + n }, table);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
