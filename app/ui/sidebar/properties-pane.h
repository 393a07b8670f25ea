/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_PROPERTIES_PANE (kutip_properties_pane_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipPropertiesPane, kutip_properties_pane, KUTIP, PROPERTIES_PANE, GtkWidget)

/* What is known of the article: title, author, date … to be corrected; what its file is;
 * how much is marked in it.
 *
 * Property "annotator" (KutipAnnotator, nullable). */
GtkWidget *kutip_properties_pane_new (void);
void kutip_properties_pane_set_annotator (KutipPropertiesPane *self,
                                          KutipAnnotator *annotator);

/* Applies what has been written and not applied yet; before saving and closing. */
void kutip_properties_pane_commit (KutipPropertiesPane *self);

G_END_DECLS
