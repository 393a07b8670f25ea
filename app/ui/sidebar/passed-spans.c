/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/passed-spans.h"

#include "ui/drop-layer.h"

struct _KutipPassedSpans
{
  KutipSpanFilter *filter;
  KutipText *text;
  KutipLayer *layer;
  GPtrArray *spans;  /* KutipSpan, owned */
  guint n_looked_at; /* of the layer's spans, from the top */
};

/* How many of the passed spans stand before @span. */
static guint
get_rank (KutipPassedSpans *self, KutipSpan *span)
{
  guint low = 0;
  guint high = self->spans->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (kutip_span_compare (g_ptr_array_index (self->spans, middle), span) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* How many of the splice's old spans stand here, from @position on. */
static guint
count_removed (KutipPassedSpans *self, KutipSplice *splice, guint position)
{
  guint n = 0;

  for (guint i = 0; i < splice->removed->len; i++)
    if (position + n < self->spans->len &&
        kutip_span_compare (g_ptr_array_index (self->spans, position + n),
                            g_ptr_array_index (splice->removed, i)) == 0)
      n++;
  return n;
}

static void
splice_one (KutipPassedSpans *self,
            KutipSplice *splice,
            KutipPassedFunc func,
            gpointer data)
{
  guint position = G_MAXUINT;
  guint n_removed;
  guint n_added = 0;

  if (splice->removed->len > 0)
    position = get_rank (self, g_ptr_array_index (splice->removed, 0));
  if (splice->n_added > 0)
    position =
        MIN (position,
             get_rank (self, kutip_layer_get_nth_span (self->layer, splice->position)));

  n_removed = count_removed (self, splice, position);
  if (n_removed > 0)
    g_ptr_array_remove_range (self->spans, position, n_removed);

  for (guint i = 0; i < splice->n_added; i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (self->layer, splice->position + i);

      if (kutip_span_filter_matches (self->filter, self->text, span))
        g_ptr_array_insert (self->spans, (int) (position + n_added++),
                            kutip_span_ref (span));
    }
  if (n_removed > 0 || n_added > 0)
    func (position, n_removed, n_added, data);
}

/* How many of the splices lie where has been looked; the others are found as the looking
 * comes to them. */
static guint
count_splices_looked_at (KutipPassedSpans *self, GArray *splices)
{
  guint n_looked_at = self->n_looked_at;
  guint shift =
      0; /* what the splices so far added, less what they removed; wraps around */
  guint i;

  for (i = 0; i < splices->len; i++)
    {
      KutipSplice *splice = &g_array_index (splices, KutipSplice, i);
      guint old_position = splice->position - shift;

      if (old_position > self->n_looked_at)
        break;
      n_looked_at += splice->n_added;
      n_looked_at -= MIN (splice->removed->len, self->n_looked_at - old_position);
      shift += splice->n_added - splice->removed->len;
    }
  self->n_looked_at = n_looked_at;
  return i;
}

KutipPassedSpans *
kutip_passed_spans_new (KutipSpanFilter *filter, KutipText *text, KutipLayer *layer)
{
  KutipPassedSpans *self = g_new0 (KutipPassedSpans, 1);

  self->filter = filter;
  self->text = text;
  self->layer = layer;
  self->spans = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_span_unref);
  return self;
}

void
kutip_passed_spans_free (KutipPassedSpans *self)
{
  kutip_drop_spans (self->spans);
  g_free (self);
}

GPtrArray *
kutip_passed_spans_get_list (KutipPassedSpans *self)
{
  return self->spans;
}

guint
kutip_passed_spans_get_n (KutipPassedSpans *self)
{
  return self->spans->len;
}

KutipSpan *
kutip_passed_spans_get_nth (KutipPassedSpans *self, guint i)
{
  return g_ptr_array_index (self->spans, i);
}

gboolean
kutip_passed_spans_find (KutipPassedSpans *self, KutipSpan *span, guint *position)
{
  *position = get_rank (self, span);
  return *position < self->spans->len &&
         kutip_span_compare (g_ptr_array_index (self->spans, *position), span) == 0;
}

gboolean
kutip_passed_spans_look (KutipPassedSpans *self, gint64 usec)
{
  guint n_spans = kutip_layer_get_n_spans (self->layer);
  gint64 end = g_get_monotonic_time () + usec;

  while (self->n_looked_at < n_spans)
    {
      KutipSpan *span = kutip_layer_get_nth_span (self->layer, self->n_looked_at++);

      if (kutip_span_filter_matches (self->filter, self->text, span))
        g_ptr_array_add (self->spans, kutip_span_ref (span));
      if (self->n_looked_at % 64 == 0 && g_get_monotonic_time () >= end)
        break;
    }
  return self->n_looked_at < n_spans;
}

void
kutip_passed_spans_splice (KutipPassedSpans *self,
                           GArray *splices,
                           KutipPassedFunc func,
                           gpointer data)
{
  guint n = count_splices_looked_at (self, splices);

  for (guint i = 0; i < n; i++)
    splice_one (self, &g_array_index (splices, KutipSplice, i), func, data);
}
