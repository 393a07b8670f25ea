/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv/csv-rows.h"

#include <string.h>

/* Bytes of rows that may be in the memory. */
#define ENOUGH (1 << 20)

/* Rows that follow one another. */
typedef struct
{
  gsize offset; /* of the first */
  guint line;   /* the same */
  guint n_rows;
  guint next; /* of the same value: its index + 1, or 0 */
} Run;

typedef struct
{
  const char *value;
  guint first, last; /* runs */
} Group;

struct _KutipCsvRows
{
  KutipCsvCursor start;
  GArray *runs;          /* Run */
  GArray *groups;        /* Group */
  GHashTable *places;    /* value -> index + 1 of its group */
  GStringChunk *strings; /* values */
};

void
kutip_csv_rows_free (KutipCsvRows *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->runs);
  g_array_unref (self->groups);
  g_hash_table_unref (self->places);
  g_string_chunk_free (self->strings);
  g_free (self);
}

/* Its index. */
static guint
add_group (KutipCsvRows *self, const char *value)
{
  Group group = { .value = g_string_chunk_insert (self->strings, value) };

  g_array_append_val (self->groups, group);
  g_hash_table_insert (self->places, (gpointer) group.value,
                       GUINT_TO_POINTER (self->groups->len));
  return self->groups->len - 1;
}

static void
add_run (KutipCsvRows *self, guint nth, const KutipCsvCursor *cursor, gboolean is_new)
{
  Run run = { .offset = (gsize) (cursor->position - self->start.position),
              .line = cursor->line,
              .n_rows = 1 };
  Group *group = &g_array_index (self->groups, Group, nth);

  g_array_append_val (self->runs, run);
  if (is_new)
    group->first = self->runs->len - 1;
  else
    g_array_index (self->runs, Run, group->last).next = self->runs->len;
  group->last = self->runs->len - 1;
}

/* The row at @cursor; @last: the group of the one before. */
static guint
note_row (KutipCsvRows *self, const KutipCsvCursor *cursor, const char *value, guint last)
{
  guint place;

  if (self->runs->len > 0 &&
      strcmp (g_array_index (self->groups, Group, last).value, value) == 0)
    {
      g_array_index (self->runs, Run, self->runs->len - 1).n_rows++;
      return last;
    }
  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, value));
  last = place == 0 ? add_group (self, value) : place - 1;
  add_run (self, last, cursor, place == 0);
  return last;
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
  guint last = 0;

  self->start = *cursor;
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  self->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->strings = g_string_chunk_new (4096);
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
      if (kutip_csv_table_get_n_rows (row) > 0)
        last = note_row (self, &here,
                         column < 0 ? "" : kutip_csv_table_get (row, 0, (guint) column),
                         last);
    }
  return g_steal_pointer (&self);
}

guint
kutip_csv_rows_get_n (KutipCsvRows *self)
{
  return self->groups->len;
}

const char *
kutip_csv_rows_get_value (KutipCsvRows *self, guint nth)
{
  return g_array_index (self->groups, Group, nth).value;
}

void
kutip_csv_rows_load (KutipCsvRows *self, guint nth, KutipCsvTable *table)
{
  guint next = g_array_index (self->groups, Group, nth).first + 1;

  while (next > 0)
    {
      const Run *run = &g_array_index (self->runs, Run, next - 1);
      KutipCsvCursor cursor = self->start;
      guint until = kutip_csv_table_get_n_rows (table) + run->n_rows;

      cursor.position += run->offset;
      cursor.line = run->line;
      while (kutip_csv_table_get_n_rows (table) < until)
        if (!kutip_csv_table_add (table, &cursor, NULL))
          g_assert_not_reached ();
      next = run->next;
    }
}
