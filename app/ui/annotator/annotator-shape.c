/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/annotator/annotator-private.h"

#include "model/reshape.h"

#include <glib/gi18n.h>
#include <string.h>

/* The current span, held, as a change gives "current" another one while it takes place;
 * NULL with a message when there is none. */
static KutipSpan *
take_current (KutipAnnotator *self)
{
  if (self->current != NULL)
    return kutip_span_ref (self->current);
  kutip_annotator_emit_message (
      self, _ ("No span is selected: click on one, or move the caret into it."), FALSE);
  return NULL;
}

static guint
move_end (KutipText *text, guint end, KutipUnit unit, gboolean forward)
{
  return forward ? kutip_segment_next_end (text, unit, end)
                 : kutip_segment_previous (text, unit, end);
}

static guint
move_start (KutipText *text, guint start, KutipUnit unit, gboolean forward)
{
  return forward ? kutip_segment_next (text, unit, start)
                 : kutip_segment_previous (text, unit, start);
}

/* White space that a word or sentence leaves behind is not part of the span. */
static KutipRange
tidy_range (KutipText *text, KutipRange range, KutipUnit unit)
{
  return unit == KUTIP_UNIT_CHARACTER ? range : kutip_segment_trim (text, range);
}

static guint
get_distance (KutipRange range, guint offset)
{
  if (offset < range.start)
    return range.start - offset;
  return offset > range.end ? offset - range.end : 0;
}

/* The piece at @offset, or the nearest one: what was shrunk may have left the caret. */
static guint
find_nearest (const KutipRange *ranges, guint n, guint offset)
{
  guint nearest = 0;

  for (guint i = 1; i < n; i++)
    if (get_distance (ranges[i], offset) < get_distance (ranges[nearest], offset))
      nearest = i;
  return nearest;
}

void
kutip_annotator_move_edge (KutipAnnotator *self,
                           gboolean end_edge,
                           KutipUnit unit,
                           gboolean forward)
{
  KutipText *text;
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree KutipRange *ranges = NULL;
  guint n;
  KutipRange *piece;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  span = take_current (self);
  if (span == NULL || kutip_span_is_orphan (span))
    return;
  text = kutip_document_get_text (self->document);
  n = kutip_span_get_n_ranges (span);
  ranges = g_memdup2 (kutip_span_get_ranges (span), n * sizeof *ranges);
  piece = &ranges[find_nearest (ranges, n, self->selection.start)];
  if (end_edge)
    piece->end = move_end (text, piece->end, unit, forward);
  else
    piece->start = move_start (text, piece->start, unit, forward);
  if (piece->start < piece->end)
    *piece = tidy_range (text, *piece, unit);
  if (piece->start >= piece->end)
    {
      kutip_annotator_emit_message (self, _ ("Nothing would be left of it."), FALSE);
      return;
    }
  if (!kutip_annotate_set_ranges (self->document, span, ranges, n, &error))
    kutip_annotator_report (self, error);
  else
    kutip_annotator_emit_reveal (self,
                                 (KutipRange){ end_edge ? piece->end : piece->start,
                                               end_edge ? piece->end : piece->start });
}

/* Selecting text takes the current span's place; the one before it is meant. Held. */
static KutipSpan *
find_span_for_piece (KutipAnnotator *self)
{
  KutipSpan *span = self->current;

  if (span == NULL && self->last_current != NULL)
    span = kutip_layer_get_span (kutip_document_get_layer (self->document),
                                 self->last_current);
  return span != NULL ? kutip_span_ref (span) : NULL;
}

gboolean
kutip_annotator_can_add_piece (KutipAnnotator *self)
{
  g_autoptr (KutipSpan) span = NULL;

  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), FALSE);

  span = find_span_for_piece (self);
  return span != NULL && self->selection.start != self->selection.end;
}

void
kutip_annotator_add_piece (KutipAnnotator *self)
{
  KutipRange selection = self->selection;
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  KutipText *text;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  span = find_span_for_piece (self);
  if (selection.start == selection.end &&
      (span == NULL || !kutip_span_covers (span, selection.start)))
    selection = kutip_annotator_find_rest (self);
  if (span == NULL || selection.start == selection.end)
    {
      kutip_annotator_emit_message (
          self, _ ("First select a span, then the text that is another piece of it."),
          FALSE);
      return;
    }
  id = g_strdup (kutip_span_get_id (span));
  text = kutip_document_get_text (self->document);
  selection = kutip_segment_whole_characters (text, kutip_segment_trim (text, selection));
  if (!kutip_reshape_add_piece (self->document, span, selection, &error))
    {
      kutip_annotator_report (self, error);
      return;
    }
  kutip_annotator_set_selection (self, selection.end, selection.end, FALSE);
  kutip_annotator_set_current (
      self, kutip_layer_get_span (kutip_document_get_layer (self->document), id), FALSE);
}

void
kutip_annotator_remove_piece (KutipAnnotator *self)
{
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  span = take_current (self);
  if (span != NULL &&
      !kutip_reshape_remove_piece (self->document, span, self->selection.end, &error))
    kutip_annotator_report (self, error);
}

void
kutip_annotator_split (KutipAnnotator *self)
{
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (GError) error = NULL;
  KutipSpan *second;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  span = take_current (self);
  if (span == NULL)
    return;
  second = kutip_reshape_split (self->document, span, self->selection.end, &error);
  if (second == NULL)
    kutip_annotator_report (self, error);
  else
    kutip_annotator_set_current (self, second, TRUE);
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

  if (kutip_span_get_label (span) == search->label && !kutip_span_is_orphan (span))
    search->found = span;
  return search->found == NULL;
}

/* The next span of the same label, in document order; held. */
static KutipSpan *
find_next_alike (KutipAnnotator *self, KutipSpan *span)
{
  KutipLayer *layer = kutip_document_get_layer (self->document);
  AlikeSearch search = { kutip_span_get_label (span), NULL };
  guint position;

  if (!kutip_layer_get_position (layer, span, &position))
    return NULL;
  kutip_layer_foreach_labelled (layer, position + 1, TRUE,
                                kutip_label_set_of (search.label), take_alike, &search);
  return search.found != NULL ? kutip_span_ref (search.found) : NULL;
}

void
kutip_annotator_merge (KutipAnnotator *self)
{
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (KutipSpan) next = NULL;
  g_autoptr (GError) error = NULL;
  KutipSpan *both[2];

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  span = take_current (self);
  if (span == NULL)
    return;
  next = find_next_alike (self, span);
  if (next == NULL)
    {
      kutip_annotator_emit_message (
          self, _ ("No span of the same label follows that it could be merged with."),
          FALSE);
      return;
    }
  both[0] = span;
  both[1] = next;
  if (!kutip_reshape_merge (self->document, both, 2, &error))
    kutip_annotator_report (self, error);
}

void
kutip_annotator_duplicate (KutipAnnotator *self, const char *label)
{
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (GError) error = NULL;
  KutipSpan *copy;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  span = take_current (self);
  if (span == NULL || strcmp (kutip_span_get_label (span), label) == 0)
    return;
  copy = kutip_reshape_duplicate (self->document, span, label, &error);
  if (copy == NULL)
    kutip_annotator_report (self, error);
  else
    kutip_annotator_set_current (self, copy, FALSE);
}
