/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ATTRIBUTE_FIELD (kutip_attribute_field_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipAttributeField, kutip_attribute_field, KUTIP, ATTRIBUTE_FIELD, GtkWidget)

/* The widgets that edit the value of one attribute, as its type in the tag set wants it:
 * a drop-down, a few buttons, check buttons, entries. A value is a list of strings: NULL
 * when not set, empty for a flag.
 *
 * Signal "edited": a person gave another value. Text is one edit when the entry is left
 * or Enter is pressed, not one for each key. */

/* @type belongs to @tagset, of which the field takes a reference. */
GtkWidget *kutip_attribute_field_new (KutipTagset *tagset,
                                      const KutipAttributeType *type);
const KutipAttributeType *kutip_attribute_field_get_attribute_type (
    KutipAttributeField *self);
/* Where the keyboard focus goes. */
GtkWidget *kutip_attribute_field_get_target (KutipAttributeField *self);
/* Whether the field says itself what it is called, as a check button does. */
gboolean kutip_attribute_field_has_own_title (KutipAttributeField *self);
/* The underlined character of that title. */
void kutip_attribute_field_set_mnemonic (KutipAttributeField *self, gunichar mnemonic);

/* Shows @values. What a person is writing right now stays, with the caret, unless the
 * value itself is another one than was shown last. */
void kutip_attribute_field_set_values (KutipAttributeField *self,
                                       const char *const *values);
/* What the widgets say; NULL when not set. */
char **kutip_attribute_field_dup_values (KutipAttributeField *self);
/* Applies what has been written and not applied yet. */
void kutip_attribute_field_commit (KutipAttributeField *self);

G_END_DECLS
