/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset-fields.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_TAGSET (kutip_tagset_get_type ())
G_DECLARE_FINAL_TYPE (KutipTagset, kutip_tagset, KUTIP, TAGSET, GObject)

/* The labels, attributes and relation types of a study. Immutable once built: editing
 * makes a new one. All strings and structs belong to the tag set. Titles and descriptions
 * of the built-in tag sets are translated where they are shown, by
 * kutip_tagset_get_display_title(). */

/* Refuses a tag set that contradicts itself (a name twice, a key twice, an attribute that
 * no one defines, a default outside the values, a colour that is none), naming the place.
 */
KutipTagset *kutip_tagset_new (const KutipTagsetFields *fields, GError **error);
void kutip_tagset_get_fields (KutipTagset *self, KutipTagsetFields *fields);

const char *kutip_tagset_get_name (KutipTagset *self);
const char *kutip_tagset_get_version (KutipTagset *self);
guint kutip_tagset_get_n_labels (KutipTagset *self);
const KutipLabelType *kutip_tagset_get_nth_label (KutipTagset *self, guint i);
/* NULL for an unknown name. */
const KutipLabelType *kutip_tagset_get_label (KutipTagset *self, const char *name);
const KutipLabelType *kutip_tagset_get_label_by_key (KutipTagset *self, gunichar key);
/* "#rrggbb": the label's own, or one of a palette that colour-blind people can tell apart
 * (Okabe and Ito), by position; grey for an unknown label. Never NULL. */
const char *kutip_tagset_get_color (KutipTagset *self, const char *label);
/* That palette; NULL-terminated. */
const char *const *kutip_tagset_get_palette (void);
/* The label's position, or -1. */
int kutip_tagset_get_label_index (KutipTagset *self, const char *name);
const KutipAttributeType *kutip_tagset_get_attribute (KutipTagset *self,
                                                      const char *name);
guint kutip_tagset_get_n_relations (KutipTagset *self);
const KutipRelationType *kutip_tagset_get_nth_relation (KutipTagset *self, guint i);
const KutipRelationType *kutip_tagset_get_relation (KutipTagset *self, const char *name);
const char *const *kutip_tagset_get_article_attributes (KutipTagset *self);

/* Whether the tag set allows such a link. Unknown labels and relations: no. */
gboolean kutip_tagset_allows (KutipTagset *self,
                              const char *relation,
                              const char *from_label,
                              const char *to_label);
/* The first relation type that allows a link between them, or NULL. */
const KutipRelationType *kutip_tagset_find_relation (KutipTagset *self,
                                                     const char *from_label,
                                                     const char *to_label);

/* A title, description or value of the tag set in the reader's language, if it is a
 * built-in one; a study's own words stay as they are. Borrowed. */
const char *kutip_tagset_translate (KutipTagset *self, const char *text);

G_END_DECLS
