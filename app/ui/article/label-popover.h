/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_LABEL_POPOVER (kutip_label_popover_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipLabelPopover, kutip_label_popover, KUTIP, LABEL_POPOVER, GtkPopover)

/* The labels, beside what the mouse has selected: a click marks it ("annotation.mark").
 * It takes neither the focus nor the keys. */
GtkWidget *kutip_label_popover_new (void);
/* @area in coordinates of the parent. */
void kutip_label_popover_show (KutipLabelPopover *self,
                               KutipTagset *tagset,
                               const GdkRectangle *area);
void kutip_label_popover_hide (KutipLabelPopover *self);
gboolean kutip_label_popover_is_shown (KutipLabelPopover *self);

G_END_DECLS
