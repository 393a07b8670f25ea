/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* How a label is shown to people. All of it belongs to the tag set it was asked of. */
typedef struct
{
  const char *name;  /* as in the data; interned */
  const char *title; /* translated where the tag set is a built-in one, else as
                        kutip_foreign_words() makes it; never empty */
  char letter[8];    /* UTF-8, upper case: no two of the tag set's labels share one while
                        letters last */
  GdkRGBA color;     /* opaque */
  GdkRGBA ink;       /* black or white: what is readable on @color */
  int index;         /* the label's position in the tag set, -1 when it lacks the label */
} KutipLabelLook;

/* Never NULL: a label that the tag set lacks is grey, with "?" for a letter and its name
 * for a title. The first question about a tag set costs a moment, the others a hash
 * look-up. */
const KutipLabelLook *kutip_label_look_get (KutipTagset *tagset, const char *label);

/* The title of an attribute, a relation type or a value as people read it: translated
 * when @tagset is a built-in one, as kutip_foreign_words() makes it, and not too long,
 * otherwise. Belongs to @tagset; NULL for NULL. */
const char *kutip_label_look_translate (KutipTagset *tagset, const char *text);
/* The same for a description, which may be longer. */
const char *kutip_label_look_describe (KutipTagset *tagset, const char *description);

/* The titles of the attribute or relation type of that name; what stands for @name when
 * the tag set lacks it. */
const char *kutip_label_look_get_attribute_title (KutipTagset *tagset, const char *name);
const char *kutip_label_look_get_relation_title (KutipTagset *tagset, const char *name);

G_END_DECLS
