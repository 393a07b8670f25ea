/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

G_BEGIN_DECLS

/* What a tag set is called that Kutip made up from what is annotated: it says nothing
 * more. */
#define KUTIP_TAGSET_MADE_UP "Converted"

/* tagset.json and back; write(read(x)) is x for what Kutip wrote, unknown members stay.
 * Errors name line and column, or the member. */
KutipTagset *kutip_tagset_from_json (const char *bytes, gsize n_bytes, GError **error);
char *kutip_tagset_to_json (KutipTagset *tagset);

/* The tag sets that are shipped: "news-attribution" (the default), "parc",
 * "fact-checking", "empty". */
const char *const *kutip_tagset_list_builtin (void);
/* NULL, and a critical warning, for a name that is not in the list. */
KutipTagset *kutip_tagset_load_builtin (const char *name);
/* The file as it is shipped, to start a study's own from; NULL for an unknown name. */
GBytes *kutip_tagset_get_builtin_json (const char *name);

G_END_DECLS
