/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A persistent map from ids to things that know their id: a hash trie (Bagwell 2001) with
 * 32 branches at each level and reference counted nodes. Finding, adding and removing
 * take O(log32 n); copying the map takes O(1), and the copy may be read in another
 * thread: nodes that two maps share are copied before they are changed. The map holds a
 * reference to its items. */

/* What the items are. */
typedef struct
{
  const char *(*get_id) (gpointer item);
  gpointer (*ref) (gpointer item);
  void (*unref) (gpointer item);
  guint64 (*hash) (const char *id, guint round); /* another hash for each round */
} KutipIdMapClass;

typedef struct
{
  const KutipIdMapClass *klass;
  struct _KutipIdMapNode *root;
  guint n_items;
} KutipIdMap;

void kutip_id_map_init (KutipIdMap *self, const KutipIdMapClass *klass);
void kutip_id_map_init_copy (KutipIdMap *self, const KutipIdMap *other);
void kutip_id_map_clear (KutipIdMap *self);

/* Borrowed; NULL for an unknown id. */
gpointer kutip_id_map_lookup (const KutipIdMap *self, const char *id);
/* Adds the item, or puts it in the place of the one with its id. */
void kutip_id_map_set (KutipIdMap *self, gpointer item);
/* Puts items, of which no two have the same id, into a map that is empty: in a fraction
 * of the time that adding them one by one takes, and with no gaps in memory. */
void kutip_id_map_fill (KutipIdMap *self, gpointer *items, guint n_items);
/* FALSE when there is none with that id. */
gboolean kutip_id_map_remove (KutipIdMap *self, const char *id);
/* In no order that means anything, and another one in each run. */
void kutip_id_map_foreach (const KutipIdMap *self, GFunc func, gpointer data);

G_END_DECLS
