/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv/csv-table.h"

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

KutipCsvTable *
kutip_csv_table_new (void)
{
  KutipCsvTable *self = g_new0 (KutipCsvTable, 1);

  self->bytes = g_string_new (NULL);
  self->cells = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  return self;
}

gboolean
kutip_csv_table_add_header (KutipCsvTable *self, KutipCsvCursor *cursor, GError **error)
{
  while (!kutip_csv_cursor_is_at_end (cursor) && kutip_csv_table_get_n_rows (self) == 0)
    if (!kutip_csv_table_add (self, cursor, error))
      return FALSE;
  return TRUE;
}

void
kutip_csv_table_clear (KutipCsvTable *self)
{
  g_string_truncate (self->bytes, 0);
  g_array_set_size (self->cells, 0);
  g_array_set_size (self->rows, 0);
}

/* --- reading --- */

/* The one of which there are most in the first row, outside quotation marks. */
static char
guess_delimiter (const char *p, const char *end)
{
  static const char delimiters[] = { ',', ';', '\t' };
  guint n[G_N_ELEMENTS (delimiters)] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (; p < end && (quoted || (*p != '\n' && *p != '\r')); p++)
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

void
kutip_csv_cursor_init (KutipCsvCursor *self, const char *utf8, gsize n_bytes)
{
  *self = (KutipCsvCursor){ .position = utf8,
                            .end = utf8 + n_bytes,
                            .delimiter = guess_delimiter (utf8, utf8 + n_bytes),
                            .line = 1 };
}

gboolean
kutip_csv_cursor_is_at_end (const KutipCsvCursor *self)
{
  return self->position == self->end;
}

static gboolean
add_quoted (GString *bytes, KutipCsvCursor *cursor, GError **error)
{
  guint first_line = cursor->line;
  const char *p = cursor->position + 1;

  for (;; p++)
    {
      if (p == cursor->end)
        {
          g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                       _ ("line %u: a quotation mark is never closed"), first_line);
          return FALSE;
        }
      if (*p == '"' && (p + 1 == cursor->end || p[1] != '"'))
        break;
      p += *p == '"';
      cursor->line += *p == '\n';
      g_string_append_c (bytes, *p);
    }
  cursor->position = p + 1;
  return TRUE;
}

static gboolean
add_cell (KutipCsvTable *self, KutipCsvCursor *cursor, GError **error)
{
  gsize offset = self->bytes->len;
  const char *start, *p;

  if (cursor->position < cursor->end && *cursor->position == '"' &&
      !add_quoted (self->bytes, cursor, error))
    return FALSE;
  /* What stands between a closing quotation mark and the delimiter belongs to it too. */
  start = p = cursor->position;
  while (p < cursor->end && *p != cursor->delimiter && *p != '\r' && *p != '\n')
    p++;
  g_string_append_len (self->bytes, start, p - start);
  g_string_append_c (self->bytes, '\0');
  g_array_append_val (self->cells, offset);
  cursor->position = p;
  return TRUE;
}

static void
skip (KutipCsvCursor *self, char c)
{
  if (self->position < self->end && *self->position == c)
    self->position++;
}

gboolean
kutip_csv_table_add (KutipCsvTable *self, KutipCsvCursor *cursor, GError **error)
{
  Row row = { .first = self->cells->len, .line = cursor->line };
  gsize n_bytes = self->bytes->len;
  gboolean more = TRUE;

  while (more)
    {
      if (!add_cell (self, cursor, error))
        return FALSE;
      more = cursor->position < cursor->end && *cursor->position == cursor->delimiter;
      cursor->position += more;
    }
  row.n = self->cells->len - row.first;
  skip (cursor, '\r');
  skip (cursor, '\n');
  cursor->line++;
  if (row.n > 1 || self->bytes->len > n_bytes + 1)
    {
      g_array_append_val (self->rows, row);
      return TRUE;
    }
  g_array_set_size (self->cells, row.first);
  g_string_truncate (self->bytes, n_bytes);
  return TRUE;
}

/* --- what there is --- */

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

static void
clear_group (gpointer data)
{
  g_array_unref (((KutipCsvGroup *) data)->rows);
}

GArray *
kutip_csv_table_group (KutipCsvTable *self, guint first, int column)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (KutipCsvGroup));

  g_array_set_clear_func (groups, clear_group);
  for (guint row = first; row < kutip_csv_table_get_n_rows (self); row++)
    {
      const char *value =
          column < 0 ? "" : kutip_csv_table_get (self, row, (guint) column);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, value));

      if (place == 0)
        {
          KutipCsvGroup group = { value, g_array_new (FALSE, FALSE, sizeof (guint)) };

          g_array_append_val (groups, group);
          place = groups->len;
          g_hash_table_insert (places, (gpointer) value, GUINT_TO_POINTER (place));
        }
      g_array_append_val (g_array_index (groups, KutipCsvGroup, place - 1).rows, row);
    }
  return groups;
}
