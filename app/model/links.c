/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/links.h"

#include "model/id.h"

#include <string.h>

struct _KutipLinks
{
  gatomicrefcount ref_count;
  KutipIdMap relations;
  char span_id[];
};

static const char *
get_relation_id (gpointer item)
{
  return kutip_relation_get_id (item);
}

static gpointer
ref_relation (gpointer item)
{
  return kutip_relation_ref (item);
}

static void
unref_relation (gpointer item)
{
  kutip_relation_unref (item);
}

static const char *
get_links_id (gpointer item)
{
  return kutip_links_get_span_id (item);
}

static gpointer
ref_links (gpointer item)
{
  return kutip_links_ref (item);
}

static void
unref_links (gpointer item)
{
  kutip_links_unref (item);
}

const KutipIdMapClass kutip_links_relation_class = {
  .get_id = get_relation_id,
  .ref = ref_relation,
  .unref = unref_relation,
  .hash = kutip_id_hash,
};

const KutipIdMapClass kutip_links_class = {
  .get_id = get_links_id,
  .ref = ref_links,
  .unref = unref_links,
  .hash = kutip_id_hash,
};

/* With no relations of its own yet. */
static KutipLinks *
create_links (KutipLinks *other, const char *span_id)
{
  gsize n_bytes = strlen (span_id) + 1;
  KutipLinks *self = g_malloc (sizeof *self + n_bytes);

  g_atomic_ref_count_init (&self->ref_count);
  memcpy (self->span_id, span_id, n_bytes);
  if (other != NULL)
    kutip_id_map_init_copy (&self->relations, &other->relations);
  else
    kutip_id_map_init (&self->relations, &kutip_links_relation_class);
  return self;
}

KutipLinks *
kutip_links_ref (KutipLinks *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kutip_links_unref (KutipLinks *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  kutip_id_map_clear (&self->relations);
  g_free (self);
}

KutipLinks *
kutip_links_with (KutipLinks *self, const char *span_id, KutipRelation *relation)
{
  KutipLinks *longer = create_links (self, span_id);

  kutip_id_map_set (&longer->relations, relation);
  return longer;
}

KutipLinks *
kutip_links_without (KutipLinks *self, KutipRelation *relation)
{
  KutipLinks *shorter = create_links (self, self->span_id);

  kutip_id_map_remove (&shorter->relations, kutip_relation_get_id (relation));
  if (shorter->relations.n_items == 0)
    g_clear_pointer (&shorter, kutip_links_unref);
  return shorter;
}

const char *
kutip_links_get_span_id (KutipLinks *self)
{
  return self->span_id;
}

static void
append (gpointer relation, gpointer array)
{
  g_ptr_array_add (array, relation);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  KutipRelation *const *relation_a = a;
  KutipRelation *const *relation_b = b;

  return kutip_id_compare (kutip_relation_get_id (*relation_a),
                           kutip_relation_get_id (*relation_b));
}

GPtrArray *
kutip_links_list (KutipLinks *self)
{
  GPtrArray *array = g_ptr_array_new ();

  if (self != NULL)
    {
      kutip_id_map_foreach (&self->relations, append, array);
      g_ptr_array_sort (array, compare_ids);
    }
  return array;
}
