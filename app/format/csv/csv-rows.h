/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/csv/csv-table.h"
#include "format/format.h"

G_BEGIN_DECLS

/* Which rows of a file belong together, as they have the same value in a column: rows of
 * many articles in any order, of which only those of one are held at a time: where they
 * are waits on the disk when they are many. */
typedef struct _KutipCsvRows KutipCsvRows;

/* All rows from @cursor on; @column -1: they are all together. @source is where they are
 * from. NULL with @error. */
KutipCsvRows *kutip_csv_rows_new (const KutipCsvCursor *cursor,
                                  int column,
                                  KutipSource *source,
                                  GError **error);
void kutip_csv_rows_free (KutipCsvRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipCsvRows, kutip_csv_rows_free)

/* How many values there are. */
guint64 kutip_csv_rows_get_n (KutipCsvRows *self);
/* Adds the rows to @table that have the next value, in the order in which values come
 * first. FALSE behind the last, or with @error. */
gboolean kutip_csv_rows_load_next (KutipCsvRows *self,
                                   KutipCsvTable *table,
                                   GError **error);

G_END_DECLS
