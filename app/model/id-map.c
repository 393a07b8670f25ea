/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/id-map.h"

#include "text/scratch.h"

#include <string.h>

#define BITS_PER_LEVEL 5
#define N_BRANCHES 32
#define LEVELS_PER_ROUND 12 /* of the 64 bits of a hash; then a new hash is taken */

/* A slot holds an item when its lowest bit is set, else a node. The slots in use are the
 * bits of the bitmap, in order. */
typedef struct _KutipIdMapNode Node;
struct _KutipIdMapNode
{
  gatomicrefcount ref_count;
  guint32 bitmap;
  gpointer slots[];
};

static gboolean
is_item (gpointer slot)
{
  return (GPOINTER_TO_SIZE (slot) & 1) != 0;
}

static gpointer
to_slot (gpointer item)
{
  return GSIZE_TO_POINTER (GPOINTER_TO_SIZE (item) | 1);
}

static gpointer
to_item (gpointer slot)
{
  return GSIZE_TO_POINTER (GPOINTER_TO_SIZE (slot) & ~(gsize) 1);
}

static guint
count_slots (const Node *node)
{
  return (guint) __builtin_popcount (node->bitmap);
}

/* Which of the 32 branches the id takes at @level. @hash is kept over the levels of a
 * round. */
static guint32
get_bit (const KutipIdMap *self, const char *id, guint level, guint64 *hash)
{
  if (level % LEVELS_PER_ROUND == 0)
    *hash = self->klass->hash (id, level / LEVELS_PER_ROUND);
  return (guint32) 1 << ((*hash >> (level % LEVELS_PER_ROUND * BITS_PER_LEVEL)) & 31);
}

static guint
get_place (const Node *node, guint32 bit)
{
  return (guint) __builtin_popcount (node->bitmap & (bit - 1));
}

static Node *
allocate_node (guint n_slots)
{
  Node *node = g_malloc (sizeof *node + n_slots * sizeof (gpointer));

  g_atomic_ref_count_init (&node->ref_count);
  node->bitmap = 0;
  return node;
}

static void
ref_slot (const KutipIdMapClass *klass, gpointer slot)
{
  if (is_item (slot))
    klass->ref (to_item (slot));
  else
    g_atomic_ref_count_inc (&((Node *) slot)->ref_count);
}

static void
unref_node (const KutipIdMapClass *klass, Node *node)
{
  if (!g_atomic_ref_count_dec (&node->ref_count))
    return;
  for (guint i = 0; i < count_slots (node); i++)
    {
      if (is_item (node->slots[i]))
        klass->unref (to_item (node->slots[i]));
      else
        unref_node (klass, node->slots[i]);
    }
  g_free (node);
}

/* The node itself if nobody else has it, else a copy in its place. */
static Node *
own_node (const KutipIdMapClass *klass, Node *node)
{
  Node *copy;
  guint n_slots;

  if (g_atomic_ref_count_compare (&node->ref_count, 1))
    return node;

  n_slots = count_slots (node);
  copy = allocate_node (n_slots);
  copy->bitmap = node->bitmap;
  memcpy (copy->slots, node->slots, n_slots * sizeof (gpointer));
  for (guint i = 0; i < n_slots; i++)
    ref_slot (klass, copy->slots[i]);
  unref_node (klass, node);
  return copy;
}

/* @node is owned, and may move. */
static Node *
insert_slot (Node *node, guint32 bit, gpointer slot)
{
  guint n_slots = count_slots (node);
  guint place = get_place (node, bit);

  node = g_realloc (node, sizeof *node + (n_slots + 1) * sizeof (gpointer));
  memmove (node->slots + place + 1, node->slots + place,
           (n_slots - place) * sizeof (gpointer));
  node->slots[place] = slot;
  node->bitmap |= bit;
  return node;
}

static void
remove_slot (Node *node, guint32 bit)
{
  guint n_slots = count_slots (node);
  guint place = get_place (node, bit);

  memmove (node->slots + place, node->slots + place + 1,
           (n_slots - place - 1) * sizeof (gpointer));
  node->bitmap &= ~bit;
}

/* A node that holds only an item that stands in its parent until now. */
static Node *
push_down (const KutipIdMap *self, gpointer slot, guint level)
{
  const char *id = self->klass->get_id (to_item (slot));
  guint64 hash = self->klass->hash (id, level / LEVELS_PER_ROUND);

  return insert_slot (allocate_node (0), get_bit (self, id, level, &hash), slot);
}

/* Takes @slot's reference. */
static Node *
set_item (KutipIdMap *self,
          Node *node,
          const char *id,
          gpointer slot,
          guint level,
          guint64 hash)
{
  guint32 bit = get_bit (self, id, level, &hash);
  gpointer *present;

  node = own_node (self->klass, node);
  if ((node->bitmap & bit) == 0)
    {
      self->n_items++;
      return insert_slot (node, bit, slot);
    }

  present = &node->slots[get_place (node, bit)];
  if (!is_item (*present))
    *present = set_item (self, *present, id, slot, level + 1, hash);
  else if (strcmp (self->klass->get_id (to_item (*present)), id) != 0)
    {
      Node *child = push_down (self, *present, level + 1);

      *present = set_item (self, child, id, slot, level + 1, hash);
    }
  else
    {
      self->klass->unref (to_item (*present));
      *present = slot;
    }
  return node;
}

/* The id is there. NULL when the node is empty after it, which only the root can be. */
static Node *
remove_item (KutipIdMap *self, Node *node, const char *id, guint level, guint64 hash)
{
  guint32 bit = get_bit (self, id, level, &hash);
  gpointer *present;

  node = own_node (self->klass, node);
  present = &node->slots[get_place (node, bit)];
  if (is_item (*present))
    {
      self->klass->unref (to_item (*present));
      remove_slot (node, bit);
    }
  else
    {
      Node *child = remove_item (self, *present, id, level + 1, hash);

      *present = child;
      if (count_slots (child) == 1 && is_item (child->slots[0]))
        {
          *present = child->slots[0];
          g_free (child);
        }
    }

  if (node->bitmap != 0)
    return node;
  g_free (node);
  return NULL;
}

/* An item that is to be in a map, and its hash of the round at hand. */
typedef struct
{
  gpointer item;
  guint64 hash;
} Filling;

static guint
get_branch (guint64 hash, guint level)
{
  return (hash >> (level % LEVELS_PER_ROUND * BITS_PER_LEVEL)) & (N_BRANCHES - 1);
}

/* A node with all of @fillings, which are more than one unless it is the root. @room is
 * as long; both are used up. */
static Node *
build (const KutipIdMap *self, Filling *fillings, Filling *room, guint n, guint level)
{
  guint ends[N_BRANCHES] = { 0 };
  guint32 bitmap = 0;
  guint start = 0, place = 0;
  Node *node;

  for (guint i = 0; level % LEVELS_PER_ROUND == 0 && i < n; i++)
    fillings[i].hash = self->klass->hash (self->klass->get_id (fillings[i].item),
                                          level / LEVELS_PER_ROUND);
  for (guint i = 0; i < n; i++)
    ends[get_branch (fillings[i].hash, level)]++;
  for (guint branch = 0; branch < N_BRANCHES; branch++)
    {
      guint n_in = ends[branch];

      bitmap |= n_in > 0 ? (guint32) 1 << branch : 0;
      ends[branch] = start;
      start += n_in;
    }
  for (guint i = 0; i < n; i++)
    room[ends[get_branch (fillings[i].hash, level)]++] = fillings[i];

  node = allocate_node ((guint) __builtin_popcount (bitmap));
  node->bitmap = bitmap;
  start = 0;
  for (guint branch = 0; branch < N_BRANCHES; start = ends[branch], branch++)
    if (ends[branch] == start + 1)
      node->slots[place++] = to_slot (self->klass->ref (room[start].item));
    else if (ends[branch] > start)
      node->slots[place++] =
          build (self, room + start, fillings + start, ends[branch] - start, level + 1);
  return node;
}

static void
foreach_in_node (Node *node, GFunc func, gpointer data)
{
  for (guint i = 0; i < count_slots (node); i++)
    {
      if (is_item (node->slots[i]))
        func (to_item (node->slots[i]), data);
      else
        foreach_in_node (node->slots[i], func, data);
    }
}

void
kutip_id_map_init (KutipIdMap *self, const KutipIdMapClass *klass)
{
  *self = (KutipIdMap){ .klass = klass };
}

void
kutip_id_map_init_copy (KutipIdMap *self, const KutipIdMap *other)
{
  *self = *other;
  if (self->root != NULL)
    g_atomic_ref_count_inc (&self->root->ref_count);
}

void
kutip_id_map_clear (KutipIdMap *self)
{
  if (self->root != NULL)
    unref_node (self->klass, self->root);
  self->root = NULL;
  self->n_items = 0;
}

gpointer
kutip_id_map_lookup (const KutipIdMap *self, const char *id)
{
  Node *node = self->root;
  guint64 hash = 0;

  for (guint level = 0; node != NULL; level++)
    {
      guint32 bit = get_bit (self, id, level, &hash);
      gpointer slot;

      if ((node->bitmap & bit) == 0)
        return NULL;
      slot = node->slots[get_place (node, bit)];
      if (is_item (slot))
        {
          gpointer item = to_item (slot);

          return strcmp (self->klass->get_id (item), id) == 0 ? item : NULL;
        }
      node = slot;
    }
  return NULL;
}

void
kutip_id_map_set (KutipIdMap *self, gpointer item)
{
  if (self->root == NULL)
    self->root = allocate_node (0);
  self->root = set_item (self, self->root, self->klass->get_id (item),
                         to_slot (self->klass->ref (item)), 0, 0);
}

void
kutip_id_map_fill (KutipIdMap *self, gpointer *items, guint n_items)
{
  gsize n_bytes = n_items * sizeof (Filling);
  Filling *fillings, *room;

  g_return_if_fail (self->root == NULL);

  if (n_items == 0)
    return;
  fillings = kutip_scratch_new (n_bytes);
  room = kutip_scratch_new (n_bytes);
  for (guint i = 0; i < n_items; i++)
    fillings[i].item = items[i];
  self->root = build (self, fillings, room, n_items, 0);
  self->n_items = n_items;
  kutip_scratch_free (fillings, n_bytes);
  kutip_scratch_free (room, n_bytes);
}

gboolean
kutip_id_map_remove (KutipIdMap *self, const char *id)
{
  if (kutip_id_map_lookup (self, id) == NULL)
    return FALSE;
  self->root = remove_item (self, self->root, id, 0, 0);
  self->n_items--;
  return TRUE;
}

void
kutip_id_map_foreach (const KutipIdMap *self, GFunc func, gpointer data)
{
  if (self->root != NULL)
    foreach_in_node (self->root, func, data);
}
