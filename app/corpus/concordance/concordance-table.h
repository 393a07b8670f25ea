/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/concordance/concordance-line.h"

G_BEGIN_DECLS

/* Lines (KutipConcordanceLine) as a table: article, start and end (code points), label,
 * left, match, right, with a heading. @delimiter: a comma or TAB. @spreadsheet: cells
 * that a spreadsheet would run get an apostrophe before them. For any thread. */
GString *kutip_concordance_table_write (GPtrArray *lines,
                                        char delimiter,
                                        gboolean spreadsheet);

G_END_DECLS
