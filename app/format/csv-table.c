/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv-table.h"

#include "format/format.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  guint first; /* cell */
  guint n;
  guint line;
} Row;

struct _KutipCsvTable
{
  GString *bytes; /* all cells, each ended by NUL */
  GArray *cells;  /* gsize, into the bytes */
  GArray *rows;   /* Row */
};

void
kutip_csv_table_free (KutipCsvTable *self)
{
  if (self == NULL)
    return;
  g_string_free (self->bytes, TRUE);
  g_array_unref (self->cells);
  g_array_unref (self->rows);
  g_free (self);
}

/* The one of which there are most in the first row, outside quotation marks. */
static char
guess_delimiter (const char *p)
{
  static const char delimiters[] = { ',', ';', '\t' };
  guint n[G_N_ELEMENTS (delimiters)] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (; *p != '\0' && (quoted || (*p != '\n' && *p != '\r')); p++)
    {
      quoted ^= *p == '"';
      for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
        n[i] += !quoted && *p == delimiters[i];
    }
  for (guint i = 1; i < G_N_ELEMENTS (delimiters); i++)
    if (n[i] > n[best])
      best = i;
  return delimiters[best];
}

/* Where the reading is. */
typedef struct
{
  KutipCsvTable *table;
  const char *position;
  char delimiter;
  guint line;
} Reading;

static gboolean
read_quoted (Reading *self, GError **error)
{
  guint first_line = self->line;
  GString *bytes = self->table->bytes;
  const char *p = self->position + 1;

  for (;; p++)
    {
      if (*p == '\0')
        {
          g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                       _ ("line %u: a quotation mark is never closed"), first_line);
          return FALSE;
        }
      if (*p == '"' && p[1] != '"')
        break;
      p += *p == '"';
      self->line += *p == '\n';
      g_string_append_c (bytes, *p);
    }
  self->position = p + 1;
  return TRUE;
}

static gboolean
read_cell (Reading *self, GError **error)
{
  GString *bytes = self->table->bytes;
  gsize offset = bytes->len;
  const char ends[] = { self->delimiter, '\r', '\n', '\0' };
  gsize n;

  if (*self->position == '"' && !read_quoted (self, error))
    return FALSE;
  /* What stands between a closing quotation mark and the delimiter belongs to it too. */
  n = strcspn (self->position, ends);
  g_string_append_len (bytes, self->position, (gssize) n);
  g_string_append_c (bytes, '\0');
  g_array_append_val (self->table->cells, offset);
  self->position += n;
  return TRUE;
}

static gboolean
read_row (Reading *self, GError **error)
{
  KutipCsvTable *table = self->table;
  Row row = { .first = table->cells->len, .line = self->line };
  gboolean more = TRUE;

  while (more)
    {
      if (!read_cell (self, error))
        return FALSE;
      more = *self->position != '\0' && *self->position == self->delimiter;
      self->position += more;
    }
  row.n = table->cells->len - row.first;
  if (*self->position == '\r')
    self->position++;
  if (*self->position == '\n')
    self->position++;
  self->line++;
  /* A blank line is no row. */
  if (row.n > 1 ||
      table->bytes->str[g_array_index (table->cells, gsize, row.first)] != '\0')
    g_array_append_val (table->rows, row);
  return TRUE;
}

KutipCsvTable *
kutip_csv_table_new (const char *utf8, char delimiter, GError **error)
{
  g_autoptr (KutipCsvTable) self = g_new0 (KutipCsvTable, 1);
  Reading reading = { .table = self,
                      .position = utf8,
                      .delimiter = delimiter != 0 ? delimiter : guess_delimiter (utf8),
                      .line = 1 };

  self->bytes = g_string_new (NULL);
  self->cells = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  while (*reading.position != '\0')
    if (!read_row (&reading, error))
      return NULL;
  return g_steal_pointer (&self);
}

guint
kutip_csv_table_get_n_rows (KutipCsvTable *self)
{
  return self->rows->len;
}

guint
kutip_csv_table_get_n_cells (KutipCsvTable *self, guint row)
{
  return g_array_index (self->rows, Row, row).n;
}

const char *
kutip_csv_table_get (KutipCsvTable *self, guint row, guint column)
{
  const Row *at = &g_array_index (self->rows, Row, row);

  if (column >= at->n)
    return "";
  return self->bytes->str + g_array_index (self->cells, gsize, at->first + column);
}

guint
kutip_csv_table_get_line (KutipCsvTable *self, guint row)
{
  return g_array_index (self->rows, Row, row).line;
}

void
kutip_csv_append_cell (GString *out, const char *cell, char delimiter, gboolean is_first)
{
  const char special[] = { delimiter, '"', '\r', '\n', '\0' };

  if (!is_first)
    g_string_append_c (out, delimiter);
  if (cell == NULL)
    return;
  if (cell[strcspn (cell, special)] == '\0')
    {
      g_string_append (out, cell);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *c = cell; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *c);
    }
  g_string_append_c (out, '"');
}

gboolean
kutip_csv_is_formula (const char *cell)
{
  return *cell != '\0' && strchr ("=+-@\t\r", *cell) != NULL;
}
