/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/intake.h"

#include "model/id.h"
#include "text/scratch.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 128
#define FIRST_SPANS (FIRST_SLOTS / 2)

/* @item: NULL, a span, or a relation with its lowest bit set; @hash: of its id, which is
 * then looked at for itself alone. At most half of the slots are taken, and a search goes
 * on to the next until a free one (Knuth, The Art of Computer Programming 3, 6.4,
 * algorithm L). */
struct _KutipIntakeSlot
{
  gpointer item;
  guint hash;
};

static gboolean
is_relation (gpointer item)
{
  return (GPOINTER_TO_SIZE (item) & 1) != 0;
}

static KutipRelation *
to_relation (gpointer item)
{
  return GSIZE_TO_POINTER (GPOINTER_TO_SIZE (item) & ~(gsize) 1);
}

static const char *
get_id (gpointer item)
{
  return is_relation (item) ? kutip_relation_get_id (to_relation (item))
                            : kutip_span_get_id (item);
}

static guint
hash_id (const char *id)
{
  return (guint) kutip_id_hash (id, 0);
}

/* The slot of the id, or the free one where it belongs. */
static KutipIntakeSlot *
find_slot (const KutipIntake *self, const char *id, guint hash)
{
  guint mask = self->n_slots - 1;
  guint at = hash & mask;
  KutipIntakeSlot *slot;

  while ((slot = &self->slots[at])->item != NULL &&
         (slot->hash != hash || strcmp (get_id (slot->item), id) != 0))
    at = (at + 1) & mask;
  return slot;
}

static gpointer
find_item (const KutipIntake *self, const char *id)
{
  return find_slot (self, id, hash_id (id))->item;
}

static void
make_slots (KutipIntake *self, guint n)
{
  self->n_slots = n;
  self->slots = kutip_scratch_new (n * sizeof *self->slots);
}

static void
free_slots (KutipIntakeSlot *slots, guint n)
{
  kutip_scratch_free (slots, n * sizeof *slots);
}

/* No two ids are the same: none has to be looked at. */
static void
grow (KutipIntake *self)
{
  KutipIntakeSlot *old = self->slots;
  guint n_old = self->n_slots;
  guint mask = 2 * n_old - 1;

  make_slots (self, 2 * n_old);
  for (guint i = 0; i < n_old; i++)
    if (old[i].item != NULL)
      {
        guint at = old[i].hash & mask;

        while (self->slots[at].item != NULL)
          at = (at + 1) & mask;
        self->slots[at] = old[i];
      }
  free_slots (old, n_old);
}

KutipIntake *
kutip_intake_new (void)
{
  KutipIntake *self = g_new0 (KutipIntake, 1);

  self->spans = g_ptr_array_new_full (FIRST_SPANS, (GDestroyNotify) kutip_span_unref);
  self->relations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_relation_unref);
  make_slots (self, FIRST_SLOTS);
  self->spans_in_order = self->relations_in_order = TRUE;
  return self;
}

void
kutip_intake_free (KutipIntake *self)
{
  g_ptr_array_unref (self->spans);
  g_ptr_array_unref (self->relations);
  free_slots (self->slots, self->n_slots);
  g_free (self);
}

KutipSpan *
kutip_intake_get_span (const KutipIntake *self, const char *id)
{
  gpointer item = find_item (self, id);

  return is_relation (item) ? NULL : item;
}

KutipRelation *
kutip_intake_get_relation (const KutipIntake *self, const char *id)
{
  gpointer item = find_item (self, id);

  return is_relation (item) ? to_relation (item) : NULL;
}

static gboolean
add (KutipIntake *self, const char *id, gpointer item)
{
  guint hash = hash_id (id);
  KutipIntakeSlot *slot;

  if (2 * (self->spans->len + self->relations->len) >= self->n_slots)
    grow (self);
  slot = find_slot (self, id, hash);
  if (slot->item != NULL)
    return FALSE;
  *slot = (KutipIntakeSlot){ item, hash };
  return TRUE;
}

gboolean
kutip_intake_take_span (KutipIntake *self, KutipSpan *span)
{
  guint n = self->spans->len;

  if (!add (self, kutip_span_get_id (span), span))
    {
      kutip_span_unref (span);
      return FALSE;
    }
  self->spans_in_order =
      self->spans_in_order &&
      (n == 0 || kutip_span_compare (g_ptr_array_index (self->spans, n - 1), span) < 0);
  /* It may be the one that a relation begins at. */
  self->relations_in_order = self->relations->len == 0;
  g_ptr_array_add (self->spans, span);
  return TRUE;
}

gboolean
kutip_intake_take_relation (KutipIntake *self, KutipRelation *relation)
{
  if (!add (self, kutip_relation_get_id (relation),
            GSIZE_TO_POINTER (GPOINTER_TO_SIZE (relation) | 1)))
    {
      kutip_relation_unref (relation);
      return FALSE;
    }
  self->relations_in_order = FALSE;
  g_ptr_array_add (self->relations, relation);
  return TRUE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  return kutip_span_compare (*(KutipSpan *const *) a, *(KutipSpan *const *) b);
}

void
kutip_intake_sort_spans (KutipIntake *self)
{
  if (!self->spans_in_order)
    g_ptr_array_sort (self->spans, compare_spans);
  self->spans_in_order = TRUE;
}

int
kutip_intake_compare (KutipSpan *from,
                      KutipRelation *relation,
                      KutipSpan *other_from,
                      KutipRelation *other)
{
  int order = 0;

  if (from == NULL || other_from == NULL)
    order = (from == NULL) - (other_from == NULL);
  else if (from != other_from)
    order = kutip_span_compare (from, other_from);
  return order != 0 ? order
                    : kutip_id_compare (kutip_relation_get_id (relation),
                                        kutip_relation_get_id (other));
}

/* A relation and where it begins; NULL when that span is not here. */
typedef struct
{
  KutipSpan *from;
  KutipRelation *relation;
} Placed;

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *x = a, *y = b;

  return kutip_intake_compare (x->from, x->relation, y->from, y->relation);
}

/* Each span is looked up once; many lists are in order already. */
void
kutip_intake_sort_relations (KutipIntake *self)
{
  guint n = self->relations->len;
  g_autofree Placed *placed = self->relations_in_order ? NULL : g_new (Placed, n);
  gboolean in_order = TRUE;

  if (self->relations_in_order)
    return;
  for (guint i = 0; i < n; i++)
    {
      KutipRelation *relation = g_ptr_array_index (self->relations, i);

      placed[i] =
          (Placed){ kutip_intake_get_span (self, kutip_relation_get_from (relation)),
                    relation };
      in_order = in_order && (i == 0 || compare_placed (&placed[i - 1], &placed[i]) <= 0);
    }
  if (!in_order)
    qsort (placed, n, sizeof *placed, compare_placed);
  for (guint i = 0; i < n && !in_order; i++)
    self->relations->pdata[i] = placed[i].relation;
  self->relations_in_order = TRUE;
}
