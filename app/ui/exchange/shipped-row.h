/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/exchange/path-row.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_SHIPPED_ROW (kutip_shipped_row_get_type ())
G_DECLARE_FINAL_TYPE (KutipShippedRow, kutip_shipped_row, KUTIP, SHIPPED_ROW, AdwComboRow)

/* A choice: none, one of those that are shipped, or a file of one's own, which another
 * row names. Property "file-row" (KutipPathRow): that row, which shows only then. */

typedef const char *(*KutipShippedTitleFunc) (const char *name);

/* @names: of those that are shipped, NULL-terminated; @get_title says what people call
 * each, and NULL of one that is not offered. */
void kutip_shipped_row_fill (KutipShippedRow *self,
                             const char *none,
                             const char *const *names,
                             KutipShippedTitleFunc get_title);
/* The one that is chosen; NULL for none and for a file. */
const char *kutip_shipped_row_get_name (KutipShippedRow *self);
gboolean kutip_shipped_row_wants_file (KutipShippedRow *self);
/* Borrowed. */
KutipPathRow *kutip_shipped_row_get_file_row (KutipShippedRow *self);
/* Of the file, when one is wanted and named; owned. */
char *kutip_shipped_row_dup_path (KutipShippedRow *self);
/* The row for its name, to be marked as wrong; the mark goes when it is changed. */
void kutip_shipped_row_blame (KutipShippedRow *self);

/* "", a name, or "file", to be kept; borrowed. */
const char *kutip_shipped_row_get_choice (KutipShippedRow *self);
/* What it does not know leaves it as it is. */
void kutip_shipped_row_set_choice (KutipShippedRow *self, const char *choice);

/* The maps of names (corpus/rename.h), and the tag sets. */
void kutip_shipped_row_fill_maps (KutipShippedRow *self);
void kutip_shipped_row_fill_tagsets (KutipShippedRow *self, const char *none);

G_END_DECLS
