/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/label-counts.h"

#include <string.h>

void
kutip_label_counts_add (GHashTable *counts, const char *label, int difference)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (counts, label)) + difference;

  if (n > 0)
    g_hash_table_insert (counts, (gpointer) label, GINT_TO_POINTER (n));
  else
    g_hash_table_remove (counts, label);
}

void
kutip_label_counts_copy (GHashTable *to, GHashTable *from)
{
  GHashTableIter iter;
  gpointer label, n;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &label, &n))
    g_hash_table_insert (to, label, n);
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

void
kutip_label_counts_foreach (GHashTable *counts, KutipLabelFunc func, gpointer data)
{
  g_autoptr (GList) labels = g_list_sort (g_hash_table_get_keys (counts), compare_labels);

  for (GList *l = labels; l != NULL; l = l->next)
    func (l->data, GPOINTER_TO_UINT (g_hash_table_lookup (counts, l->data)), data);
}
