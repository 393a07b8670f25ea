/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/links.h"

#include "model/id.h"
#include "text/scratch.h"

#include <stdlib.h>
#include <string.h>

/* Most spans have one relation or two: so many stand in a list, more in a map. */
#define MOST_LISTED 8

/* One block: this, what is listed or the map, then the id. */
struct _KutipLinks
{
  gatomicrefcount ref_count;
  guint n_listed;    /* 0: there is a map */
  gpointer places[]; /* relations, in order of their ids; or one place, for the map */
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

static guint
count_places (guint n_listed)
{
  return MAX (n_listed, 1);
}

static KutipIdMap *
get_map (KutipLinks *self)
{
  return self->places[0];
}

/* Its places are not filled yet. */
static KutipLinks *
create_links (const char *span_id, guint n_listed)
{
  gsize n_bytes = strlen (span_id) + 1;
  guint n_places = count_places (n_listed);
  KutipLinks *self = g_malloc (sizeof *self + n_places * sizeof (gpointer) + n_bytes);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_listed = n_listed;
  memcpy (self->places + n_places, span_id, n_bytes);
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
  for (guint i = 0; i < self->n_listed; i++)
    kutip_relation_unref (self->places[i]);
  if (self->n_listed == 0)
    {
      kutip_id_map_clear (get_map (self));
      g_free (get_map (self));
    }
  g_free (self);
}

/* Where in the list the relation with that id is, or belongs. */
static guint
find_place (KutipLinks *self, const char *id, gboolean *is_there)
{
  guint n = self != NULL ? self->n_listed : 0;
  guint place = 0;
  int order = 1;

  while (place < n &&
         (order = kutip_id_compare (id, kutip_relation_get_id (self->places[place]))) > 0)
    place++;
  *is_there = place < n && order == 0;
  return place;
}

static void
ref_places (gpointer *to, gpointer *from, guint n)
{
  for (guint i = 0; i < n; i++)
    to[i] = kutip_relation_ref (from[i]);
}

/* The list with the relation, in the place of the one with its id if there is one. */
static KutipLinks *
list_with (KutipLinks *self, const char *span_id, KutipRelation *relation)
{
  gboolean is_there;
  guint n = self != NULL ? self->n_listed : 0;
  guint place = find_place (self, kutip_relation_get_id (relation), &is_there);
  guint next = place + (is_there ? 1 : 0);
  KutipLinks *longer = create_links (span_id, n + (is_there ? 0 : 1));

  if (place > 0)
    ref_places (longer->places, self->places, place);
  longer->places[place] = kutip_relation_ref (relation);
  if (next < n)
    ref_places (longer->places + place + 1, self->places + next, n - next);
  return longer;
}

/* The same relations in a map. */
static KutipLinks *
to_map (KutipLinks *self, const char *span_id)
{
  KutipLinks *other = create_links (span_id, 0);
  KutipIdMap *map = other->places[0] = g_new (KutipIdMap, 1);

  if (self->n_listed == 0)
    {
      kutip_id_map_init_copy (map, get_map (self));
      return other;
    }
  kutip_id_map_init (map, &kutip_links_relation_class);
  kutip_id_map_fill (map, self->places, self->n_listed);
  return other;
}

KutipLinks *
kutip_links_with (KutipLinks *self, const char *span_id, KutipRelation *relation)
{
  KutipLinks *longer;

  if (self == NULL || (self->n_listed > 0 && self->n_listed < MOST_LISTED))
    return list_with (self, span_id, relation);
  longer = to_map (self, span_id);
  kutip_id_map_set (get_map (longer), relation);
  return longer;
}

static KutipLinks *
list_without (KutipLinks *self, KutipRelation *relation)
{
  gboolean is_there;
  guint n = self->n_listed;
  guint place = find_place (self, kutip_relation_get_id (relation), &is_there);
  KutipLinks *shorter;

  if (!is_there)
    return kutip_links_ref (self);
  if (n == 1)
    return NULL;
  shorter = create_links (kutip_links_get_span_id (self), n - 1);
  ref_places (shorter->places, self->places, place);
  ref_places (shorter->places + place, self->places + place + 1, n - place - 1);
  return shorter;
}

KutipLinks *
kutip_links_without (KutipLinks *self, KutipRelation *relation)
{
  KutipLinks *shorter;

  if (self->n_listed > 0)
    return list_without (self, relation);
  shorter = to_map (self, kutip_links_get_span_id (self));
  kutip_id_map_remove (get_map (shorter), kutip_relation_get_id (relation));
  if (get_map (shorter)->n_items == 0)
    g_clear_pointer (&shorter, kutip_links_unref);
  return shorter;
}

const char *
kutip_links_get_span_id (KutipLinks *self)
{
  return (const char *) (self->places + count_places (self->n_listed));
}

/* A relation at one of its two spans. */
typedef struct
{
  guint64 hash; /* of the id */
  const char *span_id;
  KutipRelation *relation;
} End;

static End
make_end (const char *span_id, KutipRelation *relation)
{
  return (End){ kutip_id_hash (span_id, 0), span_id, relation };
}

static int
compare_spans (const End *a, const End *b)
{
  if (a->hash != b->hash)
    return a->hash < b->hash ? -1 : 1;
  return strcmp (a->span_id, b->span_id);
}

static int
compare_ends (gconstpointer a, gconstpointer b)
{
  const End *x = a, *y = b;
  int order = compare_spans (x, y);

  return order != 0 ? order
                    : kutip_id_compare (kutip_relation_get_id (x->relation),
                                        kutip_relation_get_id (y->relation));
}

/* Of ends at one span, in order. */
static KutipLinks *
create_of (const End *ends, guint n)
{
  KutipLinks *self = create_links (ends[0].span_id, n <= MOST_LISTED ? n : 0);
  g_autofree gpointer *relations = g_new (gpointer, n);

  for (guint i = 0; i < n; i++)
    relations[i] = ends[i].relation;
  if (n <= MOST_LISTED)
    ref_places (self->places, relations, n);
  else
    {
      self->places[0] = g_new (KutipIdMap, 1);
      kutip_id_map_init (get_map (self), &kutip_links_relation_class);
      kutip_id_map_fill (get_map (self), relations, n);
    }
  return self;
}

GPtrArray *
kutip_links_gather (gpointer *relations, guint n_relations)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (unref_links);
  gsize n_bytes = 2 * (gsize) n_relations * sizeof (End);
  End *ends = kutip_scratch_new (n_bytes);
  guint n = 0, end;

  for (guint i = 0; i < n_relations; i++)
    {
      const char *from = kutip_relation_get_from (relations[i]);
      const char *to = kutip_relation_get_to (relations[i]);

      ends[n++] = make_end (from, relations[i]);
      if (strcmp (from, to) != 0)
        ends[n++] = make_end (to, relations[i]);
    }
  if (n > 0)
    qsort (ends, n, sizeof *ends, compare_ends);
  for (guint start = 0; start < n; start = end)
    {
      for (end = start + 1; end < n; end++)
        if (compare_spans (&ends[start], &ends[end]) != 0)
          break;
      g_ptr_array_add (all, create_of (ends + start, end - start));
    }
  kutip_scratch_free (ends, n_bytes);
  return all;
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

  for (guint i = 0; self != NULL && i < self->n_listed; i++)
    g_ptr_array_add (array, self->places[i]);
  if (self != NULL && self->n_listed == 0)
    {
      kutip_id_map_foreach (get_map (self), append, array);
      g_ptr_array_sort (array, compare_ids);
    }
  return array;
}
