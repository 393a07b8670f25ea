/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/csv/csv-table.h"
#include "format/csv/csv.h"

G_BEGIN_DECLS

/* Columns that mean something only where another is, too, are otherwise as those of other
 * names: their indices go into @others (guint). */
void kutip_csv_free_columns (int *columns, GArray *others);
/* Warns of what @row of the table says and a span, or a relation, has no place for:
 * cells without a column, and those that mean nothing in such a row. @columns: where each
 * KutipCsvColumn is, -1 for nowhere; @file: for the report. */
void kutip_csv_tell_left_out (KutipCsvTable *table,
                              const int *columns,
                              guint row,
                              gboolean is_relation,
                              const char *file,
                              KutipReport *report);
/* Warns of those of @others in which, as @any says of each, no row says anything: but for
 * their names nothing is lost. */
void kutip_csv_tell_empty (KutipCsvTable *table,
                           const GArray *others,
                           const char *any,
                           const char *file,
                           KutipReport *report);

G_END_DECLS
