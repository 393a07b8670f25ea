/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/csv/csv-table.h"
#include "format/format.h"

G_BEGIN_DECLS

/* Which rows of a file belong together, as they have the same value in a column: rows of
 * many articles in any order, of which only those of one are held at a time. Takes a few
 * bytes a value, and for each time that the value changes from a row to the next. */
typedef struct _KutipCsvRows KutipCsvRows;

/* All rows from @cursor on; @column -1: they are all together. @source is where they are
 * from. NULL with @error. */
KutipCsvRows *kutip_csv_rows_new (const KutipCsvCursor *cursor,
                                  int column,
                                  KutipSource *source,
                                  GError **error);
void kutip_csv_rows_free (KutipCsvRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipCsvRows, kutip_csv_rows_free)

/* Values, in the order in which they come first. */
guint kutip_csv_rows_get_n (KutipCsvRows *self);
const char *kutip_csv_rows_get_value (KutipCsvRows *self, guint nth);
/* Adds the rows that have it to @table. */
void kutip_csv_rows_load (KutipCsvRows *self, guint nth, KutipCsvTable *table);

G_END_DECLS
