/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/annotator/annotator.h"

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

void
kutip_annotator_cycle_at_caret (KutipAnnotator *self)
{
  KutipRange place;
  KutipSpan *span = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  /* Those at the start of a selection: there may be 100,000 all over it, as there may be
   * at one place. */
  place = kutip_annotator_get_selection (self);
  place.end = MIN (place.end, place.start + 1);
  if (kutip_annotator_get_current (self) != NULL)
    span = kutip_layer_get_longer (get_layer (self), place,
                                   kutip_annotator_get_current (self));
  if (span == NULL)
    span = kutip_layer_get_longer (get_layer (self), place, NULL);
  if (span != NULL)
    kutip_annotator_set_current (self, span, FALSE);
}

/* Where the first finding behind @place is in the list of things to do, or that before
 * it; wraps around. */
static gboolean
find_unfinished (KutipCheck *check,
                 KutipSpan *place,
                 gboolean forward,
                 KutipFinding *finding)
{
  const guint list = KUTIP_FINDINGS_TO_DO;
  guint n = kutip_check_count (check, list);
  guint position = place != NULL ? kutip_check_count_before (check, list, place)
                   : forward     ? 0
                                 : n;

  if (n == 0)
    return FALSE;
  if (!forward)
    return kutip_check_get_nth (check, list, (position + n - 1) % n, finding);
  /* A span may have several. */
  while (place != NULL && kutip_check_get_nth (check, list, position, finding) &&
         kutip_check_get_span (check, finding) == place)
    position++;
  return kutip_check_get_nth (check, list, position % n, finding);
}

void
kutip_annotator_go_to_next_finding (KutipAnnotator *self, gboolean forward)
{
  KutipCheck *check = kutip_annotator_get_check (self);
  KutipLayer *layer;
  KutipSpan *place, *span = NULL;
  KutipFinding finding;
  guint position;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  /* From the span that one is at, else from the caret; what begins right at it is ahead.
   */
  layer = get_layer (self);
  if (get_place (self, &position))
    place = kutip_annotator_get_current (self);
  else if (forward)
    place =
        kutip_layer_get_span_before (layer, kutip_annotator_get_selection (self).start);
  else
    place = find_from_caret (self, TRUE);
  if (find_unfinished (check, place, forward, &finding))
    span = kutip_check_get_span (check, &finding);
  if (span == NULL)
    {
      g_signal_emit_by_name (self, "message",
                             _ ("Nothing is left to do in this article."), FALSE);
      return;
    }
  kutip_annotator_cancel_link (self);
  kutip_annotator_set_current (self, span, TRUE);
}

typedef struct
{
  const char *label; /* interned */
  KutipSpan *found;
} AlikeSearch;

static gboolean
take_alike (KutipSpan *span, gpointer data)
{
  AlikeSearch *search = data;

  if (kutip_span_get_label (span) == search->label)
    search->found = span;
  return search->found == NULL;
}

void
kutip_annotator_go_to_next_alike (KutipAnnotator *self, gboolean forward)
{
  KutipLayer *layer = get_layer (self);
  KutipSpan *current;
  AlikeSearch search = { NULL, NULL };
  KutipLabelSet labels;
  guint position = 0;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  current = kutip_annotator_get_current (self);
  if (current == NULL || !kutip_layer_get_position (layer, current, &position))
    {
      g_signal_emit_by_name (
          self, "message",
          _ ("No span is selected: click on one, or move the caret into "
             "it."),
          FALSE);
      return;
    }
  kutip_annotator_cancel_link (self);
  search.label = kutip_span_get_label (current);
  labels = kutip_label_set_of (search.label);
  kutip_layer_foreach_labelled (layer, position + (forward ? 1 : 0), forward, labels,
                                take_alike, &search);
  if (search.found == NULL)
    kutip_layer_foreach_labelled (layer, forward ? 0 : kutip_layer_get_n_spans (layer),
                                  forward, labels, take_alike, &search);
  kutip_annotator_set_current (self, search.found, TRUE);
}
