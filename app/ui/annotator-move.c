/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/annotator.h"

#include <glib/gi18n.h>

static KutipLayer *
get_layer (KutipAnnotator *self)
{
  return kutip_document_get_layer (kutip_annotator_get_document (self));
}

/* The current span, unless the caret has left it: then one moves from the caret. */
static gboolean
get_place (KutipAnnotator *self, guint *position)
{
  KutipSpan *current = kutip_annotator_get_current (self);

  if (current == NULL || !kutip_layer_get_position (get_layer (self), current, position))
    return FALSE;
  return kutip_span_is_orphan (current) ||
         kutip_range_touches (kutip_span_get_hull (current),
                              kutip_annotator_get_selection (self));
}

static KutipSpan *
find_from_caret (KutipAnnotator *self, gboolean forward)
{
  KutipLayer *layer = get_layer (self);
  guint caret = kutip_annotator_get_selection (self).start;

  if (!forward)
    return kutip_layer_get_span_before (layer, caret);
  /* A span that starts at the caret itself is the next one. */
  return caret > 0 ? kutip_layer_get_span_after (layer, caret - 1)
                   : kutip_layer_get_nth_span (layer, 0);
}

void
kutip_annotator_go_to_next_span (KutipAnnotator *self, gboolean forward)
{
  KutipLayer *layer;
  KutipSpan *span = NULL;
  guint n, position;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (kutip_annotator_is_linking (self))
    {
      kutip_annotator_step_link_candidate (self, forward);
      return;
    }

  layer = get_layer (self);
  n = kutip_layer_get_n_spans (layer);
  if (n == 0)
    {
      kutip_annotator_set_current (self, NULL, FALSE);
      return;
    }
  if (get_place (self, &position))
    span = kutip_layer_get_nth_span (layer, (position + (forward ? 1 : n - 1)) % n);
  else
    span = find_from_caret (self, forward);
  if (span == NULL)
    span = kutip_layer_get_nth_span (layer, forward ? 0 : n - 1);
  kutip_annotator_set_current (self, span, TRUE);
}

static int
compare_length (gconstpointer a, gconstpointer b, gpointer layer)
{
  KutipSpan *x = *(KutipSpan *const *) a, *y = *(KutipSpan *const *) b;
  KutipRange hull_x = kutip_span_get_hull (x), hull_y = kutip_span_get_hull (y);
  guint length_x = hull_x.end - hull_x.start, length_y = hull_y.end - hull_y.start;
  guint position_x = 0, position_y = 0;

  if (length_x != length_y)
    return length_x < length_y ? -1 : 1;
  kutip_layer_get_position (layer, x, &position_x);
  kutip_layer_get_position (layer, y, &position_y);
  return position_x < position_y ? -1 : position_x > position_y;
}

void
kutip_annotator_cycle_at_caret (KutipAnnotator *self)
{
  g_autoptr (GPtrArray) spans = NULL;
  KutipSpan *current;
  guint next = 0;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  spans =
      kutip_layer_list_spans_in (get_layer (self), kutip_annotator_get_selection (self));
  if (spans->len == 0)
    return;

  g_ptr_array_sort_with_data (spans, compare_length, get_layer (self));
  current = kutip_annotator_get_current (self);
  for (guint i = 0; current != NULL && i < spans->len; i++)
    if (g_strcmp0 (kutip_span_get_id (g_ptr_array_index (spans, i)),
                   kutip_span_get_id (current)) == 0)
      next = (i + 1) % spans->len;
  kutip_annotator_set_current (self, g_ptr_array_index (spans, next), FALSE);
}

/* The span a finding is about; for a relation the one it comes from. */
static KutipSpan *
get_span_of (KutipLayer *layer, const KutipFinding *finding)
{
  KutipSpan *span = kutip_layer_get_span (layer, finding->id);
  KutipRelation *relation;

  if (span != NULL)
    return span;
  relation = kutip_layer_get_relation (layer, finding->id);
  return relation != NULL
             ? kutip_layer_get_span (layer, kutip_relation_get_from (relation))
             : NULL;
}

/* Whether @position lies on the way from @place in the direction. */
static gboolean
lies_ahead (guint position, guint place, gboolean forward)
{
  return forward ? position > place : position < place;
}

/* The findings' spans nearest to @place in the direction, else the one at the far end,
 * where one comes in again. */
static KutipSpan *
find_unfinished (KutipAnnotator *self, guint place, gboolean is_at, gboolean forward)
{
  KutipLayer *layer = get_layer (self);
  g_autoptr (GArray) findings = kutip_check_list (kutip_annotator_get_check (self));
  KutipSpan *ahead = NULL, *wrapped = NULL;
  guint best_ahead = 0, best_wrapped = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      KutipSpan *span = get_span_of (layer, &g_array_index (findings, KutipFinding, i));
      guint position;

      if (span == NULL || !kutip_layer_get_position (layer, span, &position))
        continue;
      if (lies_ahead (position, place, forward) ||
          (forward && !is_at && position == place))
        {
          if (ahead == NULL || lies_ahead (best_ahead, position, forward))
            {
              ahead = span;
              best_ahead = position;
            }
        }
      if (wrapped == NULL || lies_ahead (best_wrapped, position, forward))
        {
          wrapped = span;
          best_wrapped = position;
        }
    }
  return ahead != NULL ? ahead : wrapped;
}

void
kutip_annotator_go_to_next_finding (KutipAnnotator *self, gboolean forward)
{
  KutipSpan *span = NULL, *next;
  guint place = 0;
  gboolean is_at;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  is_at = get_place (self, &place);
  if (!is_at)
    {
      next = find_from_caret (self, TRUE);
      if (next == NULL || !kutip_layer_get_position (get_layer (self), next, &place))
        place = kutip_layer_get_n_spans (get_layer (self));
    }

  span = find_unfinished (self, place, is_at, forward);
  if (span == NULL)
    {
      g_signal_emit_by_name (self, "message",
                             _ ("Nothing is left to do in this article."), FALSE);
      return;
    }
  kutip_annotator_cancel_link (self);
  kutip_annotator_set_current (self, span, TRUE);
}
