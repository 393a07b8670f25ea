/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

G_BEGIN_DECLS

/* Old names to new ones; for corpus/rename.h. All is borrowed. */
typedef struct
{
  GHashTable *labels, *attributes, *relations; /* old name -> new name */
  GHashTable *values; /* new name of an attribute -> GHashTable of its values */
  GHashTable *folded; /* relations (old names) that become roles of events, or NULL */
} KutipRenamedNames;

const char *kutip_rename_name (GHashTable *names, const char *name);

/* @tagset with the new names, wherever it uses them. Types that get one name become one,
 * which takes what each of them took; what is said of it otherwise is what the first
 * said. NULL with @error when that would contradict itself. */
KutipTagset *kutip_rename_tagset (const KutipRenamedNames *names,
                                  KutipTagset *tagset,
                                  GError **error);

G_END_DECLS
