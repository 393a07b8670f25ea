/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/annotator/annotator-private.h"

/* An edge of the current span that is being dragged: what the span would be is shown, and
 * nothing is changed until it is let go of. */

static void
store_draft (KutipAnnotator *self, KutipSpan *draft)
{
  if (draft == NULL && self->draft == NULL)
    return;
  g_clear_pointer (&self->draft, kutip_span_unref);
  self->draft = draft;
  g_object_notify (G_OBJECT (self), "draft");
}

KutipSpan *
kutip_annotator_get_draft (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);

  return self->draft;
}

/* The nearest border of a word, or of what stands between words. */
static guint
find_border (KutipText *text, guint offset)
{
  KutipRange unit;

  if (offset >= kutip_text_get_length (text))
    return kutip_text_get_length (text);
  unit = kutip_segment_at (text, KUTIP_UNIT_WORD, offset);
  return offset - unit.start < unit.end - offset ? unit.start : unit.end;
}

/* Where an edge that is dragged to @offset goes. A sentence is taken whole. */
static guint
find_edge (KutipText *text, KutipUnit unit, gboolean at_end, guint offset)
{
  KutipRange sentence;

  if (unit == KUTIP_UNIT_CHARACTER)
    return offset;
  if (unit == KUTIP_UNIT_WORD)
    return find_border (text, offset);
  /* The end belongs to what is before it. */
  sentence = kutip_segment_at (text, unit, at_end && offset > 0 ? offset - 1 : offset);
  sentence = kutip_segment_trim (text, sentence);
  return at_end ? sentence.end : sentence.start;
}

static KutipRange
move_end (KutipText *text, KutipRange piece, guint offset, KutipUnit unit)
{
  piece.end = find_edge (text, unit, TRUE, offset);
  if (piece.end <= piece.start)
    piece.end = kutip_segment_next_end (text, unit, piece.start);
  return piece;
}

static KutipRange
move_start (KutipText *text, KutipRange piece, guint offset, KutipUnit unit)
{
  piece.start = find_edge (text, unit, FALSE, offset);
  if (piece.start >= piece.end)
    piece.start = kutip_segment_previous (text, unit, piece.end);
  return piece;
}

void
kutip_annotator_drag_edge (
    KutipAnnotator *self, guint piece, gboolean at_end, guint offset, KutipUnit unit)
{
  KutipText *text = kutip_document_get_text (self->document);
  g_autofree KutipRange *ranges = NULL;
  KutipSpanFields fields;
  KutipRange moved;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (self->current == NULL || kutip_span_is_orphan (self->current) ||
      piece >= kutip_span_get_n_ranges (self->current))
    return;
  offset = MIN (offset, kutip_text_get_length (text));
  kutip_span_get_fields (self->current, &fields);
  ranges = g_memdup2 (fields.ranges, fields.n_ranges * sizeof *ranges);
  moved = at_end ? move_end (text, ranges[piece], offset, unit)
                 : move_start (text, ranges[piece], offset, unit);
  if (moved.start >= moved.end)
    return;
  moved = unit == KUTIP_UNIT_CHARACTER ? kutip_segment_whole_characters (text, moved)
                                       : kutip_segment_trim (text, moved);
  if (moved.start >= moved.end)
    return;
  ranges[piece] = moved;
  fields.n_ranges = kutip_ranges_normalize (ranges, fields.n_ranges);
  fields.ranges = ranges;
  store_draft (self, kutip_span_new (&fields));
}

void
kutip_annotator_end_drag (KutipAnnotator *self, gboolean apply)
{
  g_autoptr (KutipSpan) draft = NULL;
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (self->draft == NULL)
    return;
  draft = kutip_span_ref (self->draft);
  store_draft (self, NULL);
  if (!apply || self->current == NULL)
    return;
  span = kutip_span_ref (self->current);
  if (!kutip_annotate_set_ranges (self->document, span, kutip_span_get_ranges (draft),
                                  kutip_span_get_n_ranges (draft), &error))
    kutip_annotator_report (self, error);
}
