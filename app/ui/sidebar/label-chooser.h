/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_LABEL_CHOOSER (kutip_label_chooser_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipLabelChooser, kutip_label_chooser, KUTIP, LABEL_CHOOSER, GtkWidget)

/* A drop-down of a tag set's labels. A label that the tag set lacks is there while it is
 * the one shown.
 *
 * Signal "chosen" (const char *label): a person chose another label. */
GtkWidget *kutip_label_chooser_new (void);
void kutip_label_chooser_show (KutipLabelChooser *self,
                               KutipTagset *tagset,
                               const char *label);

G_END_DECLS
