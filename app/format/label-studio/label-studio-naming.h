/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json-tree.h"

G_BEGIN_DECLS

/* What the results of one annotation call the controls and the text of their project, and
 * what else they say: gathered as they are read, and kept with the layer for the way
 * back. Its members: "names": what the regions' control and the text are called
 * ("labels", "text") "controls": by attribute, "type", "from_name" and "to_name" where
 * they are others, "form" of the value if it is no list, "article": it is not of a region
 *   "extras": by span and attribute (as kutip_label_studio_make_key() has it), what
 * stands in a result beside that */
typedef struct _KutipLabelStudioNaming KutipLabelStudioNaming;

KutipLabelStudioNaming *kutip_label_studio_naming_new (void);
void kutip_label_studio_naming_free (KutipLabelStudioNaming *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipLabelStudioNaming, kutip_label_studio_naming_free)

/* What is other than in the first region goes to the span's @unknown. */
void kutip_label_studio_naming_take_region (KutipLabelStudioNaming *self,
                                            const KutipJsonNode *region,
                                            GString **unknown);
/* A result that gives @attribute, to the region @id or, NULL, to the article. FALSE when
 * it cannot be written again from one that another has given: nothing is taken then. */
gboolean kutip_label_studio_naming_take_attribute (KutipLabelStudioNaming *self,
                                                   const KutipJsonNode *result,
                                                   const char *attribute,
                                                   const char *id);
/* Into the layer's @unknown. */
void kutip_label_studio_naming_keep (KutipLabelStudioNaming *self, GString **unknown);

/* Of an attribute's result; @id as above. Owned. */
char *kutip_label_studio_make_key (const char *id, const char *attribute);

/* A person's or a model's name; a number where the export has no more. Owned. */
char *kutip_label_studio_dup_annotator (const KutipJsonNode *annotation);
/* What is said of the person beyond that, for the way back. */
void kutip_label_studio_keep_person (const KutipJsonNode *annotation, GString **unknown);

G_END_DECLS
