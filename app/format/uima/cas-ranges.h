/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json-tree.h"
#include "format/uima/cas.h"

G_BEGIN_DECLS

/* What features hold that attributes do not tell apart from strings and flags: numbers,
 * booleans that are false, lists of numbers. A layer keeps it for the way back, in the
 * member KUTIP_CAS_FOREIGN of its header: {"ranges": {TYPE: {FEATURE: RANGE}}}. */

/* Notes it of each attribute of a structure in @ranges, a table of owned strings: a
 * type's and a feature's name with a tab between them -> the feature's range. */
void kutip_cas_ranges_note (GHashTable *ranges,
                            KutipCas *cas,
                            const KutipCasStructure *structure);
/* Notes what @foreign keeps instead. */
void kutip_cas_ranges_load (GHashTable *ranges, KutipForeign *foreign);
/* @foreign with what was noted, and @members (each begins with a comma) behind it, or
 * NULL; owned. */
KutipForeign *kutip_cas_ranges_keep (GHashTable *ranges,
                                     const char *members,
                                     KutipForeign *foreign);

/* The object by type, or NULL; owned by @tree, which is NULL before and which the caller
 * frees. */
const KutipJsonNode *kutip_cas_ranges_find (KutipForeign *foreign, KutipJsonTree **tree);
/* Whether it is one that is kept. */
gboolean kutip_cas_is_kept_range (const char *range);
/* Whether a feature of that range can hold the attribute. */
gboolean kutip_cas_range_fits (const char *range, const KutipAttribute *attribute);
/* Of the list @value: the array of numbers or booleans that it is, or NULL: of strings.
 */
const char *kutip_cas_get_array (KutipCas *cas,
                                 const KutipCasStructure *structure,
                                 const KutipCasValue *value);
/* Whether JSON writes it as it is: other numbers are no JSON. */
gboolean kutip_cas_is_json_word (const char *word);

G_END_DECLS
