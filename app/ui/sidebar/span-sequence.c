/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-sequence.h"

#include "ui/drop-layer.h"

struct _KutipSpanSequence
{
  const KutipSpanSequenceKind *kind;
  gpointer data;
};

static guint
get_n_of_layer (gpointer data)
{
  return kutip_layer_get_n_spans (data);
}

static KutipSpan *
get_nth_of_layer (gpointer data, guint position)
{
  return kutip_layer_get_nth_span (data, position);
}

static gboolean
find_in_layer (gpointer data, const char *id, guint *position)
{
  KutipSpan *span = kutip_layer_get_span (data, id);

  return span != NULL && kutip_layer_get_position (data, span, position);
}

static void
free_layer (gpointer data)
{
  kutip_drop_layer (data);
}

static const KutipSpanSequenceKind layer_kind = {
  .get_n = get_n_of_layer,
  .get_nth = get_nth_of_layer,
  .find = find_in_layer,
  .free = free_layer,
};

typedef struct
{
  KutipLayer *layer; /* for their ids */
  GPtrArray *spans;
} Some;

static guint
get_n_of_some (gpointer data)
{
  return ((Some *) data)->spans->len;
}

static KutipSpan *
get_nth_of_some (gpointer data, guint position)
{
  GPtrArray *spans = ((Some *) data)->spans;

  return position < spans->len ? g_ptr_array_index (spans, position) : NULL;
}

/* How many stand before @span. */
static guint
get_rank (const KutipSpanSequenceKind *kind, gpointer data, KutipSpan *span)
{
  guint low = 0;
  guint high = kind->get_n (data);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (kutip_span_compare (kind->get_nth (data, middle), span) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean find_in_some (gpointer data, const char *id, guint *position);

static void
free_some (gpointer data)
{
  Some *some = data;

  kutip_drop_layer (some->layer);
  kutip_drop_spans (some->spans);
  g_free (some);
}

static const KutipSpanSequenceKind some_kind = {
  .get_n = get_n_of_some,
  .get_nth = get_nth_of_some,
  .find = find_in_some,
  .free = free_some,
};

static gboolean
find_in_some (gpointer data, const char *id, guint *position)
{
  Some *some = data;
  KutipSpan *span = kutip_layer_get_span (some->layer, id);

  if (span == NULL)
    return FALSE;
  *position = get_rank (&some_kind, data, span);
  return get_nth_of_some (data, *position) == span;
}

KutipSpanSequence *
kutip_span_sequence_new (const KutipSpanSequenceKind *kind, gpointer data)
{
  KutipSpanSequence *self = g_new0 (KutipSpanSequence, 1);

  self->kind = kind;
  self->data = data;
  return self;
}

KutipSpanSequence *
kutip_span_sequence_new_layer (KutipLayer *layer)
{
  return kutip_span_sequence_new (&layer_kind, layer);
}

KutipSpanSequence *
kutip_span_sequence_new_some (KutipLayer *layer, GPtrArray *spans)
{
  Some *some = g_new0 (Some, 1);

  some->layer = layer;
  some->spans = spans;
  return kutip_span_sequence_new (&some_kind, some);
}

void
kutip_span_sequence_free (KutipSpanSequence *self)
{
  if (self == NULL)
    return;
  self->kind->free (self->data);
  g_free (self);
}

guint
kutip_span_sequence_get_n (KutipSpanSequence *self)
{
  return self->kind->get_n (self->data);
}

KutipSpan *
kutip_span_sequence_get_nth (KutipSpanSequence *self, guint position)
{
  return self->kind->get_nth (self->data, position);
}

gboolean
kutip_span_sequence_find (KutipSpanSequence *self, const char *id, guint *position)
{
  return self->kind->find (self->data, id, position);
}

guint
kutip_span_sequence_get_rank (KutipSpanSequence *self, KutipSpan *span)
{
  return get_rank (self->kind, self->data, span);
}
