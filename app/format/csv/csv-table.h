/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows of cells, as RFC 4180 has them; reading is tolerant: any line ends, a delimiter
 * that is guessed, quotation marks inside a cell that does not begin with one. */
typedef struct _KutipCsvTable KutipCsvTable;

/* Without rows. */
KutipCsvTable *kutip_csv_table_new (void);
void kutip_csv_table_free (KutipCsvTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipCsvTable, kutip_csv_table_free)

/* A place between two rows of a file. */
typedef struct
{
  const char *position, *end;
  char delimiter;
  guint line; /* from 1 */
} KutipCsvCursor;

/* At the first row, by which the delimiter is guessed among comma, semicolon and TAB;
 * @utf8 is valid, without NUL. */
void kutip_csv_cursor_init (KutipCsvCursor *self, const char *utf8, gsize n_bytes);
gboolean kutip_csv_cursor_is_at_end (const KutipCsvCursor *self);

/* Adds the row at @cursor, which moves behind it; a blank line is none. FALSE with
 * @error, which says in which line, when it does not end. */
gboolean kutip_csv_table_add (KutipCsvTable *self,
                              KutipCsvCursor *cursor,
                              GError **error);
/* The same until the table has a first row, if there is any. */
gboolean kutip_csv_table_add_header (KutipCsvTable *self,
                                     KutipCsvCursor *cursor,
                                     GError **error);
void kutip_csv_table_clear (KutipCsvTable *self);
guint kutip_csv_table_get_n_rows (KutipCsvTable *self);
guint kutip_csv_table_get_n_cells (KutipCsvTable *self, guint row);
/* "" behind the row's last cell. */
const char *kutip_csv_table_get (KutipCsvTable *self, guint row, guint column);
/* The number of the row's first line in the file, from 1. */
guint kutip_csv_table_get_line (KutipCsvTable *self, guint row);

/* Rows that have one value in a column. */
typedef struct
{
  const char *value; /* as long as the table is not changed */
  GArray *rows;      /* guint */
} KutipCsvGroup;

/* KutipCsvGroup in the order of the first row of each, from row @first on; @column -1:
 * all have "". Owned. */
GArray *kutip_csv_table_group (KutipCsvTable *self, guint first, int column);

/* Appends a cell, quoted where it must be; the first of its row has no delimiter before
 * it. NULL is an empty cell. */
void kutip_csv_append_cell (GString *out,
                            const char *cell,
                            char delimiter,
                            gboolean is_first);
/* Whether a spreadsheet would take the cell for a formula. */
gboolean kutip_csv_is_formula (const char *cell);

G_END_DECLS
