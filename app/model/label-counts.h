/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How often each label is there: interned labels to numbers, none of which is 0, in a
 * hash table of pointers. */

typedef void (*KutipLabelFunc) (const char *label, guint n, gpointer data);

/* @difference: how often it is there more; negative: less. */
void kutip_label_counts_add (GHashTable *counts, const char *label, int difference);
void kutip_label_counts_copy (GHashTable *to, GHashTable *from);
/* In order of the names. */
void kutip_label_counts_foreach (GHashTable *counts, KutipLabelFunc func, gpointer data);

G_END_DECLS
