/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/concordance/concordance-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_OCCURRENCE_ROW (kutip_occurrence_row_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipOccurrenceRow, kutip_occurrence_row, KUTIP, OCCURRENCE_ROW, GtkCheckButton)

/* A place where words occur, in a list: a check box that draws the article's name and the
 * words in their context beside itself, when it is near what is seen. For a screen reader
 * it is named by the words. */
GtkWidget *kutip_occurrence_row_new (void);
/* NULL: none. @shows_name: the article's, where there are several. */
void kutip_occurrence_row_set_line (KutipOccurrenceRow *self,
                                    KutipConcordanceLine *line,
                                    gboolean shows_name);
/* Borrowed. */
KutipConcordanceLine *kutip_occurrence_row_get_line (KutipOccurrenceRow *self);

G_END_DECLS
