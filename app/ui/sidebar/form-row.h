/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_FORM_ROW (kutip_form_row_get_type ())
G_DECLARE_FINAL_TYPE (KutipFormRow, kutip_form_row, KUTIP, FORM_ROW, GtkWidget)

/* A line of a form: a title, what is edited, and where something is missing a sign that
 * says what. The title's mnemonic moves the focus to the widget. */

/* @titles gives the titles of all rows of a form one width. @content is what the row
 * holds; @target, in it, takes the focus. @title without a mnemonic; NULL: the content
 * says it itself. */
GtkWidget *kutip_form_row_new (GtkSizeGroup *titles,
                               const char *title,
                               const char *description,
                               GtkWidget *content,
                               GtkWidget *target);
/* The underlined character of the title, or 0. */
void kutip_form_row_set_mnemonic (KutipFormRow *self, gunichar mnemonic);
const char *kutip_form_row_get_title (KutipFormRow *self);
GtkWidget *kutip_form_row_get_target (KutipFormRow *self);
/* NULL: nothing is missing. */
void kutip_form_row_set_hint (KutipFormRow *self, const char *hint);

G_END_DECLS
