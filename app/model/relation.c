/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/relation.h"

#include "model/intern.h"
#include "model/tail.h"

/* What few relations have; behind the struct. */
typedef struct
{
  KutipForeign *foreign;
  const char *event;
  const char *origin_by;
  double origin_score;
} Rare;

/* One block: this, perhaps a Rare, then the strings, found by their distance in bytes
 * from the start of the block; 0 stands for NULL. */
struct _KutipRelation
{
  gatomicrefcount ref_count;
  gboolean unsure;
  const char *label;
  KutipAttributes *attributes;
  Rare *rare;
  guint32 id;
  guint32 from;
  guint32 to;
  guint32 note;
  guint32 created;
  guint32 modified;
};

G_DEFINE_BOXED_TYPE (KutipRelation,
                     kutip_relation,
                     kutip_relation_ref,
                     kutip_relation_unref)

static gboolean
needs_rare (const KutipRelationFields *fields)
{
  return fields->foreign != NULL || fields->event != NULL || fields->origin_by != NULL ||
         !isnan (fields->origin_score);
}

static gsize
measure (const KutipRelationFields *fields)
{
  return sizeof (KutipRelation) + (needs_rare (fields) ? sizeof (Rare) : 0) +
         kutip_tail_measure (fields->id) + kutip_tail_measure (fields->from) +
         kutip_tail_measure (fields->to) + kutip_tail_measure (fields->note) +
         kutip_tail_measure (fields->created) + kutip_tail_measure (fields->modified) +
         kutip_tail_measure (fields->event) + kutip_tail_measure (fields->origin_by);
}

static guint32
append_string (KutipRelation *self, char **tail, const char *string)
{
  const char *copy = kutip_tail_append (tail, string);

  return copy != NULL ? (guint32) (copy - (const char *) self) : 0;
}

static const char *
get_string (KutipRelation *self, guint32 distance)
{
  return distance != 0 ? (const char *) self + distance : NULL;
}

/* Of one without a Rare: it ends with its last string. */
static gsize
get_size (KutipRelation *self)
{
  guint32 last = self->modified != 0  ? self->modified
                 : self->created != 0 ? self->created
                 : self->note != 0    ? self->note
                                      : self->to;

  return last + strlen ((const char *) self + last) + 1;
}

KutipRelation *
kutip_relation_new (const KutipRelationFields *fields)
{
  KutipRelation *self;
  char *tail;
  gsize size;

  g_return_val_if_fail (fields->id != NULL && fields->label != NULL, NULL);
  g_return_val_if_fail (fields->from != NULL && fields->to != NULL, NULL);

  size = measure (fields);
  g_return_val_if_fail (size <= G_MAXUINT32, NULL);
  self = needs_rare (fields) ? g_malloc (size) : g_slice_alloc (size);
  g_atomic_ref_count_init (&self->ref_count);
  self->unsure = fields->unsure != FALSE;
  self->label = kutip_intern (fields->label);
  self->attributes = kutip_attributes_ref (fields->attributes);
  self->rare = needs_rare (fields) ? (Rare *) (self + 1) : NULL;

  tail = (char *) (self + 1) + (self->rare != NULL ? sizeof (Rare) : 0);
  self->id = append_string (self, &tail, fields->id);
  self->from = append_string (self, &tail, fields->from);
  self->to = append_string (self, &tail, fields->to);
  self->note = append_string (self, &tail, fields->note);
  self->created = append_string (self, &tail, fields->created);
  self->modified = append_string (self, &tail, fields->modified);
  if (self->rare != NULL)
    *self->rare = (Rare){
      .foreign = kutip_foreign_ref (fields->foreign),
      .event = kutip_tail_append (&tail, fields->event),
      .origin_by = kutip_tail_append (&tail, fields->origin_by),
      .origin_score = fields->origin_score,
    };
  return self;
}

KutipRelation *
kutip_relation_ref (KutipRelation *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kutip_relation_unref (KutipRelation *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  kutip_attributes_unref (self->attributes);
  if (self->rare == NULL)
    {
      g_slice_free1 (get_size (self), self);
      return;
    }
  kutip_foreign_unref (self->rare->foreign);
  g_free (self);
}

void
kutip_relation_get_fields (KutipRelation *self, KutipRelationFields *fields)
{
  *fields = (KutipRelationFields){
    .id = get_string (self, self->id),
    .label = self->label,
    .from = get_string (self, self->from),
    .to = get_string (self, self->to),
    .attributes = self->attributes,
    .note = get_string (self, self->note),
    .unsure = self->unsure,
    .origin_score = NAN,
    .created = get_string (self, self->created),
    .modified = get_string (self, self->modified),
  };
  if (self->rare == NULL)
    return;
  fields->event = self->rare->event;
  fields->origin_by = self->rare->origin_by;
  fields->origin_score = self->rare->origin_score;
  fields->foreign = self->rare->foreign;
}

static gboolean
rares_equal (const Rare *a, const Rare *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (isnan (a->origin_score)
          ? !isnan (b->origin_score)
          : isnan (b->origin_score) || a->origin_score < b->origin_score ||
                a->origin_score > b->origin_score)
    return FALSE;
  return g_strcmp0 (a->event, b->event) == 0 &&
         g_strcmp0 (a->origin_by, b->origin_by) == 0 &&
         kutip_foreign_equal (a->foreign, b->foreign);
}

gboolean
kutip_relation_equal (KutipRelation *a, KutipRelation *b)
{
  if (a == b)
    return TRUE;
  return a->label == b->label && a->unsure == b->unsure &&
         strcmp (get_string (a, a->id), get_string (b, b->id)) == 0 &&
         strcmp (get_string (a, a->from), get_string (b, b->from)) == 0 &&
         strcmp (get_string (a, a->to), get_string (b, b->to)) == 0 &&
         g_strcmp0 (get_string (a, a->note), get_string (b, b->note)) == 0 &&
         g_strcmp0 (get_string (a, a->created), get_string (b, b->created)) == 0 &&
         g_strcmp0 (get_string (a, a->modified), get_string (b, b->modified)) == 0 &&
         kutip_attributes_equal (a->attributes, b->attributes) &&
         rares_equal (a->rare, b->rare);
}

const char *
kutip_relation_get_id (KutipRelation *self)
{
  return get_string (self, self->id);
}

const char *
kutip_relation_get_label (KutipRelation *self)
{
  return self->label;
}

const char *
kutip_relation_get_from (KutipRelation *self)
{
  return get_string (self, self->from);
}

const char *
kutip_relation_get_to (KutipRelation *self)
{
  return get_string (self, self->to);
}
