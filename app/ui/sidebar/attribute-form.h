/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/attributes.h"
#include "model/tagset.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ATTRIBUTE_FORM (kutip_attribute_form_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipAttributeForm, kutip_attribute_form, KUTIP, ATTRIBUTE_FORM, GtkWidget)

/* A form for the attributes that a tag set gives a label, or articles. Attributes that
 * are there without the tag set knowing them here are shown too, and can be removed:
 * nothing is hidden.
 *
 * Signal "edited" (KutipAttributes *, NULL for none): what all attributes are to be now.
 */

/* @titles: shared with the other rows of the form. */
GtkWidget *kutip_attribute_form_new (GtkSizeGroup *titles);
/* Builds the fields anew: only when the label or the tag set is another one. @names:
 * attributes of
 * @tagset, NULL-terminated; @taken: mnemonics used beside the form, to which its own are
 * added. */
void kutip_attribute_form_set_types (KutipAttributeForm *self,
                                     KutipTagset *tagset,
                                     const char *const *names,
                                     GArray *taken);
void kutip_attribute_form_set_attributes (KutipAttributeForm *self,
                                          KutipAttributes *attributes);
/* A sign at the attribute's row, saying @hint; NULL takes it away. */
void kutip_attribute_form_set_hint (KutipAttributeForm *self,
                                    const char *name,
                                    const char *hint);
void kutip_attribute_form_clear_hints (KutipAttributeForm *self);
gboolean kutip_attribute_form_is_empty (KutipAttributeForm *self);
/* Applies what has been written and not applied yet. */
void kutip_attribute_form_commit (KutipAttributeForm *self);
/* From 0; FALSE when there is no such field. */
gboolean kutip_attribute_form_focus_nth (KutipAttributeForm *self, guint nth);

G_END_DECLS
