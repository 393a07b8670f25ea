/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_LABEL_TOGGLES (kutip_label_toggles_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipLabelToggles, kutip_label_toggles, KUTIP, LABEL_TOGGLES, GtkWidget)

/* A button for each label of a tag set, to choose some of them; and one for the labels
 * that it lacks. When some are chosen the others step back.
 *
 * Signal "changed": others are chosen than before. */
GtkWidget *kutip_label_toggles_new (void);
/* None is chosen afterwards. NULL: no buttons. */
void kutip_label_toggles_set_tagset (KutipLabelToggles *self, KutipTagset *tagset);
/* Whether there is a button for unknown labels. */
void kutip_label_toggles_show_unknown (KutipLabelToggles *self, gboolean show);
/* Whether the buttons may take several lines; if not, they stand at the end of one. */
void kutip_label_toggles_set_wrap (KutipLabelToggles *self, gboolean wrap);

/* The labels chosen, as an array to be freed with g_free() of names that belong to the
 * tag set. */
const char **kutip_label_toggles_list_chosen (KutipLabelToggles *self);
gboolean kutip_label_toggles_is_unknown_chosen (KutipLabelToggles *self);
void kutip_label_toggles_clear (KutipLabelToggles *self);

G_END_DECLS
