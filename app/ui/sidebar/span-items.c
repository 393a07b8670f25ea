/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-items.h"

struct _KutipSpanItems
{
  GHashTable *items; /* id -> KutipSpanItem, not owned */
};

/* What is to be forgotten when an item dies. */
typedef struct
{
  GHashTable *items;
  char *id;
} Place;

static void
on_item_died (gpointer data, GObject *item)
{
  Place *place = data;

  g_hash_table_remove (place->items, place->id);
  g_hash_table_unref (place->items);
  g_free (place->id);
  g_free (place);
}

KutipSpanItems *
kutip_span_items_new (void)
{
  KutipSpanItems *self = g_new0 (KutipSpanItems, 1);

  self->items = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
kutip_span_items_free (KutipSpanItems *self)
{
  g_hash_table_unref (self->items);
  g_free (self);
}

KutipSpanItem *
kutip_span_items_take (KutipSpanItems *self, KutipSpan *span)
{
  const char *id = kutip_span_get_id (span);
  KutipSpanItem *item = g_hash_table_lookup (self->items, id);
  Place *place;

  if (item != NULL)
    return g_object_ref (item);

  item = kutip_span_item_new (span);
  place = g_new (Place, 1);
  place->items = g_hash_table_ref (self->items);
  place->id = g_strdup (id);
  g_hash_table_insert (self->items, place->id, item);
  g_object_weak_ref (G_OBJECT (item), on_item_died, place);
  return item;
}

GPtrArray *
kutip_span_items_list (KutipSpanItems *self)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  return ids;
}

void
kutip_span_items_touch (KutipSpanItems *self, KutipLayer *layer, const char *id)
{
  KutipSpanItem *item = g_hash_table_lookup (self->items, id);
  KutipSpan *span = item != NULL ? kutip_layer_get_span (layer, id) : NULL;

  if (span != NULL)
    {
      g_object_ref (item);
      kutip_span_item_update (item, span);
      g_object_unref (item);
    }
}

void
kutip_span_items_touch_all (KutipSpanItems *self, KutipLayer *layer)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  for (guint i = 0; i < ids->len; i++)
    kutip_span_items_touch (self, layer, g_ptr_array_index (ids, i));
}

void
kutip_span_items_renew (KutipSpanItems *self, KutipLayer *layer)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer id, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &id, &item))
    {
      KutipSpan *span = kutip_layer_get_span (layer, id);

      if (span != NULL && kutip_span_item_get_span (item) != span)
        g_ptr_array_add (items, g_object_ref (item));
    }
  for (guint i = 0; i < items->len; i++)
    {
      item = g_ptr_array_index (items, i);
      id = (gpointer) kutip_span_get_id (kutip_span_item_get_span (item));
      kutip_span_item_update (item, kutip_layer_get_span (layer, id));
    }
}
