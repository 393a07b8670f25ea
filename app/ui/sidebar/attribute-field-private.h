/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sidebar/attribute-field.h"

G_BEGIN_DECLS

/* One way to edit a value, see attribute-choice.c and attribute-text.c. */
typedef struct
{
  void (*build) (KutipAttributeField *self);
  void (*show) (KutipAttributeField *self, const char *const *values);
  char **(*read) (KutipAttributeField *self);
} KutipFieldKind;

struct _KutipAttributeField
{
  GtkWidget parent_instance;

  KutipTagset *tagset;
  const KutipAttributeType *type;
  const KutipFieldKind *kind;
  GtkWidget *content;  /* the only child */
  GPtrArray *parts;    /* its buttons or entries, borrowed */
  GPtrArray *choices;  /* the values they stand for, owned; NULL for "not set" */
  char **shown;        /* as set last; NULL: not set */
  gboolean is_showing; /* the widgets change, but not by hand */
};

extern const KutipFieldKind kutip_field_kind_drop_down;
extern const KutipFieldKind kutip_field_kind_toggles;
extern const KutipFieldKind kutip_field_kind_checks;
extern const KutipFieldKind kutip_field_kind_flag;
extern const KutipFieldKind kutip_field_kind_entry;
extern const KutipFieldKind kutip_field_kind_entries;

/* For a kind, when a person has changed something: emits "edited" if the value is another
 * one. */
void kutip_attribute_field_notice (KutipAttributeField *self);

G_END_DECLS
