/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/uima/cas-parts.h"

G_BEGIN_DECLS

/* What a CAS says that neither a layer nor what is kept with it has a place for: features
 * of tokens, of the document and of its text, structures that nothing leads to, and what
 * type systems say. Each is told of once a file. */

/* While it is read: @detail of a type's declaration, which matters where the type is
 * used;
 * @type NULL: of anything else. */
void kutip_cas_leave (KutipCas *self, const char *type, guint64 line, const char *detail);

/* Of a feature: what it is and what is in it, either of which may be NULL; owned, NULL:
 * it says none. */
char *kutip_cas_make_range (const char *range, const char *element);

/* Once the layer is there. */
void kutip_cas_reading_tell_rest (KutipCasReading *self);

G_END_DECLS
