/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/span.h"

#include "model/id.h"
#include "model/intern.h"
#include "model/tail.h"

#include <stdlib.h>

/* What the bits for them hold. */
#define MAX_RANGES ((1u << 29) - 1)

/* What few spans have; behind the ranges, with its arrays behind it. */
typedef struct
{
  KutipForeign *foreign;
  const KutipSpanLink *links;
  const char *const *texts;
  const char *const *was;
  const char *origin_by;
  const char *prefix;
  const char *suffix;
  double origin_score;
  guint n_links;
} Rare;

/* One block: this, the ranges, perhaps a Rare with its arrays, then the strings. Strings
 * are found by their distance in bytes from the start of the block; 0 stands for NULL. */
struct _KutipSpan
{
  gatomicrefcount ref_count;
  guint n_ranges : 29;
  guint unsure : 1;
  guint review : 2; /* KutipReview */
  const char *label;
  KutipAttributes *attributes;
  Rare *rare;
  guint32 id;
  guint32 note;
  guint32 created;
  guint32 modified;
  KutipRange ranges[];
};

G_DEFINE_BOXED_TYPE (KutipSpan, kutip_span, kutip_span_ref, kutip_span_unref)

static gboolean
needs_rare (const KutipSpanFields *fields)
{
  return fields->foreign != NULL || fields->n_links > 0 || fields->texts != NULL ||
         fields->origin_by != NULL || fields->prefix != NULL || fields->suffix != NULL ||
         fields->was != NULL || !isnan (fields->origin_score);
}

/* Of a list of strings with its NULL; 0 for none. */
static gsize
measure_list (const char *const *strings)
{
  return strings != NULL ? (g_strv_length ((char **) strings) + 1) * sizeof (char *) : 0;
}

static gsize
measure_rare (const KutipSpanFields *fields)
{
  gsize size = sizeof (Rare) + fields->n_links * sizeof (KutipSpanLink) +
               kutip_tail_measure (fields->origin_by) +
               kutip_tail_measure (fields->prefix) + kutip_tail_measure (fields->suffix);

  for (guint i = 0; i < fields->n_links; i++)
    size += kutip_tail_measure (fields->links[i].base) +
            kutip_tail_measure (fields->links[i].id) +
            kutip_tail_measure (fields->links[i].title);
  if (fields->texts != NULL)
    {
      size += (fields->n_ranges + 1) * sizeof (char *);
      for (guint i = 0; i < fields->n_ranges; i++)
        size += kutip_tail_measure (fields->texts[i]);
    }
  size += measure_list (fields->was);
  for (guint i = 0; fields->was != NULL && fields->was[i] != NULL; i++)
    size += kutip_tail_measure (fields->was[i]);
  return size;
}

static gsize
measure (const KutipSpanFields *fields)
{
  gsize size = sizeof (KutipSpan) + fields->n_ranges * sizeof (KutipRange) +
               kutip_tail_measure (fields->id) + kutip_tail_measure (fields->note) +
               kutip_tail_measure (fields->created) +
               kutip_tail_measure (fields->modified);

  return needs_rare (fields) ? size + measure_rare (fields) : size;
}

/* Writes the @n strings of a list, and a NULL, to @copies and *@tail. */
static const char *const *
append_list (const char **copies, const char *const *strings, guint n, char **tail)
{
  if (strings == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    copies[i] = kutip_tail_append (tail, strings[i]);
  copies[n] = NULL;
  return copies;
}

/* Writes a Rare and its arrays to @rare and its strings to *@tail. */
static void
fill_rare (Rare *rare, const KutipSpanFields *fields, char **tail)
{
  KutipSpanLink *links = (KutipSpanLink *) (rare + 1);
  const char **texts = (const char **) (links + fields->n_links);

  rare->foreign = kutip_foreign_ref (fields->foreign);
  rare->origin_by = kutip_tail_append (tail, fields->origin_by);
  rare->prefix = kutip_tail_append (tail, fields->prefix);
  rare->suffix = kutip_tail_append (tail, fields->suffix);
  rare->origin_score = fields->origin_score;
  rare->n_links = fields->n_links;
  rare->links = fields->n_links > 0 ? links : NULL;
  for (guint i = 0; i < fields->n_links; i++)
    {
      links[i].base = kutip_tail_append (tail, fields->links[i].base);
      links[i].id = kutip_tail_append (tail, fields->links[i].id);
      links[i].title = kutip_tail_append (tail, fields->links[i].title);
    }
  rare->texts = append_list (texts, fields->texts, fields->n_ranges, tail);
  if (fields->texts != NULL)
    texts += fields->n_ranges + 1;
  rare->was =
      append_list (texts, fields->was,
                   fields->was != NULL ? g_strv_length ((char **) fields->was) : 0, tail);
}

static gsize
get_rare_size (const KutipSpanFields *fields)
{
  return sizeof (Rare) + fields->n_links * sizeof (KutipSpanLink) +
         (fields->texts != NULL ? (fields->n_ranges + 1) * sizeof (char *) : 0) +
         measure_list (fields->was);
}

static guint32
append_string (KutipSpan *self, char **tail, const char *string)
{
  const char *copy = kutip_tail_append (tail, string);

  return copy != NULL ? (guint32) (copy - (const char *) self) : 0;
}

static const char *
get_string (KutipSpan *self, guint32 distance)
{
  return distance != 0 ? (const char *) self + distance : NULL;
}

G_STATIC_ASSERT (sizeof (KutipSpan) == G_STRUCT_OFFSET (KutipSpan, ranges));

/* Of one without a Rare: it ends with its last string. */
static gsize
get_size (KutipSpan *self)
{
  guint32 last = self->modified != 0  ? self->modified
                 : self->created != 0 ? self->created
                 : self->note != 0    ? self->note
                                      : self->id;

  return last + strlen ((const char *) self + last) + 1;
}

KutipSpan *
kutip_span_new (const KutipSpanFields *fields)
{
  KutipSpan *self;
  char *tail;
  gsize size;

  g_return_val_if_fail (fields->id != NULL && fields->label != NULL, NULL);
  g_return_val_if_fail (fields->n_ranges > 0 && fields->n_ranges <= MAX_RANGES, NULL);

  size = measure (fields);
  g_return_val_if_fail (size <= G_MAXUINT32, NULL);
  self = needs_rare (fields) ? g_malloc (size) : g_slice_alloc (size);
  g_atomic_ref_count_init (&self->ref_count);
  self->n_ranges = fields->n_ranges & MAX_RANGES;
  self->unsure = fields->unsure != FALSE;
  self->review = fields->review & 3;
  self->label = kutip_intern (fields->label);
  self->attributes = kutip_attributes_ref (fields->attributes);
  self->rare = NULL;
  memcpy (self->ranges, fields->ranges, fields->n_ranges * sizeof (KutipRange));

  tail = (char *) (self->ranges + fields->n_ranges);
  if (needs_rare (fields))
    {
      self->rare = (Rare *) (gpointer) tail;
      tail += get_rare_size (fields);
    }
  self->id = append_string (self, &tail, fields->id);
  self->note = append_string (self, &tail, fields->note);
  self->created = append_string (self, &tail, fields->created);
  self->modified = append_string (self, &tail, fields->modified);
  if (self->rare != NULL)
    fill_rare (self->rare, fields, &tail);
  return self;
}

KutipSpan *
kutip_span_ref (KutipSpan *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kutip_span_unref (KutipSpan *self)
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
kutip_span_get_fields (KutipSpan *self, KutipSpanFields *fields)
{
  *fields = (KutipSpanFields){
    .id = get_string (self, self->id),
    .label = self->label,
    .ranges = self->ranges,
    .n_ranges = self->n_ranges,
    .attributes = self->attributes,
    .note = get_string (self, self->note),
    .unsure = self->unsure,
    .review = (KutipReview) self->review,
    .origin_score = NAN,
    .created = get_string (self, self->created),
    .modified = get_string (self, self->modified),
  };
  if (self->rare == NULL)
    return;
  fields->links = self->rare->links;
  fields->n_links = self->rare->n_links;
  fields->origin_by = self->rare->origin_by;
  fields->origin_score = self->rare->origin_score;
  fields->texts = self->rare->texts;
  fields->prefix = self->rare->prefix;
  fields->suffix = self->rare->suffix;
  fields->was = self->rare->was;
  fields->foreign = self->rare->foreign;
}

static gboolean
links_equal (const Rare *a, const Rare *b)
{
  if (a->n_links != b->n_links)
    return FALSE;
  for (guint i = 0; i < a->n_links; i++)
    if (g_strcmp0 (a->links[i].base, b->links[i].base) != 0 ||
        g_strcmp0 (a->links[i].id, b->links[i].id) != 0 ||
        g_strcmp0 (a->links[i].title, b->links[i].title) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
scores_equal (double a, double b)
{
  return isnan (a) ? isnan (b) : !(a < b || a > b) && !isnan (b);
}

static gboolean
lists_equal (const char *const *a, const char *const *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal (a, b);
}

static gboolean
rares_equal (const Rare *a, const Rare *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (!lists_equal (a->texts, b->texts) || !lists_equal (a->was, b->was))
    return FALSE;
  return g_strcmp0 (a->origin_by, b->origin_by) == 0 &&
         scores_equal (a->origin_score, b->origin_score) &&
         g_strcmp0 (a->prefix, b->prefix) == 0 && g_strcmp0 (a->suffix, b->suffix) == 0 &&
         links_equal (a, b) && kutip_foreign_equal (a->foreign, b->foreign);
}

gboolean
kutip_span_equal (KutipSpan *a, KutipSpan *b)
{
  if (a == b)
    return TRUE;
  return a->label == b->label && a->unsure == b->unsure && a->review == b->review &&
         a->n_ranges == b->n_ranges &&
         memcmp (a->ranges, b->ranges, a->n_ranges * sizeof (KutipRange)) == 0 &&
         g_strcmp0 (get_string (a, a->id), get_string (b, b->id)) == 0 &&
         g_strcmp0 (get_string (a, a->note), get_string (b, b->note)) == 0 &&
         g_strcmp0 (get_string (a, a->created), get_string (b, b->created)) == 0 &&
         g_strcmp0 (get_string (a, a->modified), get_string (b, b->modified)) == 0 &&
         kutip_attributes_equal (a->attributes, b->attributes) &&
         rares_equal (a->rare, b->rare);
}

int
kutip_span_compare (KutipSpan *a, KutipSpan *b)
{
  int order = kutip_range_compare (a->ranges[0], b->ranges[0]);

  return order != 0 ? order
                    : kutip_id_compare (kutip_span_get_id (a), kutip_span_get_id (b));
}

const char *
kutip_span_get_id (KutipSpan *self)
{
  return (const char *) self + self->id;
}

const char *
kutip_span_get_label (KutipSpan *self)
{
  return self->label;
}

guint
kutip_span_get_n_ranges (KutipSpan *self)
{
  return self->n_ranges;
}

const KutipRange *
kutip_span_get_ranges (KutipSpan *self)
{
  return self->ranges;
}

KutipRange
kutip_span_get_hull (KutipSpan *self)
{
  return (KutipRange){ self->ranges[0].start, self->ranges[self->n_ranges - 1].end };
}

gboolean
kutip_span_is_orphan (KutipSpan *self)
{
  return self->rare != NULL && self->rare->texts != NULL;
}

gboolean
kutip_span_is_unsure (KutipSpan *self)
{
  return self->unsure;
}

KutipReview
kutip_span_get_review (KutipSpan *self)
{
  return (KutipReview) self->review;
}

KutipAttributes *
kutip_span_get_attributes (KutipSpan *self)
{
  return self->attributes;
}

const char *
kutip_span_get_note (KutipSpan *self)
{
  return get_string (self, self->note);
}

gboolean
kutip_span_covers (KutipSpan *self, guint offset)
{
  for (guint i = 0; i < self->n_ranges; i++)
    if (offset >= self->ranges[i].start && offset < self->ranges[i].end)
      return TRUE;
  return FALSE;
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  return kutip_range_compare (*(const KutipRange *) a, *(const KutipRange *) b);
}

guint
kutip_ranges_normalize (KutipRange *ranges, guint n)
{
  guint n_kept = 0;

  if (n <= 1)
    return n;
  qsort (ranges, n, sizeof *ranges, compare_ranges);
  for (guint i = 1; i < n; i++)
    {
      if (ranges[i].start <= ranges[n_kept].end)
        ranges[n_kept].end = MAX (ranges[n_kept].end, ranges[i].end);
      else
        ranges[++n_kept] = ranges[i];
    }
  return n_kept + 1;
}
