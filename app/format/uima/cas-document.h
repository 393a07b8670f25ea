/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json-tree.h"
#include "format/uima/cas-parts.h"

G_BEGIN_DECLS

/* What a CAS says of its document and of its text that a header has no field for. A layer
 * keeps it for the way back, beside the ranges: {"document": {FEATURE: VALUE}, "sofa":
 * {FEATURE: VALUE}}. */

/* These members of the object, which begin with a comma, or NULL; owned. */
char *kutip_cas_document_keep (KutipCasReading *self);
/* Whether the header or what is kept has @value of a document's or a text's @structure.
 */
gboolean kutip_cas_document_has (KutipCasReading *self,
                                 const KutipCasStructure *structure,
                                 const KutipCasValue *value);
/* Gives @structure what is kept for it in the member @member of @kept, or NULL. */
void kutip_cas_document_restore (KutipCas *cas,
                                 KutipJsonTree *kept,
                                 KutipCasStructure *structure,
                                 const char *member);
/* What @foreign keeps: "document, FEATURE" …; NULL-terminated, owned. */
char **kutip_cas_document_list (KutipForeign *foreign);

G_END_DECLS
