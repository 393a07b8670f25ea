/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/annotator/annotator-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The word at @offset, empty when white space or punctuation is there. */
static KutipRange
find_word (KutipText *text, guint offset)
{
  KutipRange word = { offset, offset };
  KutipRange around;

  if (offset >= kutip_text_get_length (text))
    return word;
  around = kutip_segment_snap (text, kutip_segment_at (text, KUTIP_UNIT_WORD, offset));
  for (guint i = around.start; i < around.end; i++)
    if (g_unichar_isalnum (kutip_text_get_char (text, i)))
      return around;
  return word;
}

/* What is to be marked: the selection without white space at its ends, or the word at the
 * caret (before it, when it stands at the word's end). Empty when there is none. */
static KutipRange
find_range_to_mark (KutipAnnotator *self)
{
  KutipText *text = kutip_document_get_text (self->document);
  KutipRange selection = self->selection;
  KutipRange word;

  if (selection.start != selection.end)
    return kutip_segment_whole_characters (text, kutip_segment_trim (text, selection));
  word = find_word (text, selection.start);
  if (word.start == word.end && selection.start > 0)
    word = find_word (text, selection.start - 1);
  return word;
}

/* Looked for at the start of the range only: there may be 100,000 spans in it. */
static KutipSpan *
find_same_mark (KutipAnnotator *self, const char *label, KutipRange range)
{
  KutipRange start = { range.start, MIN (range.end, range.start + 1) };
  g_autoptr (GPtrArray) spans =
      kutip_layer_list_spans_in (kutip_document_get_layer (self->document), start);

  for (guint i = 0; i < spans->len; i++)
    {
      KutipSpan *span = g_ptr_array_index (spans, i);

      if (kutip_span_get_n_ranges (span) == 1 &&
          kutip_range_equal (kutip_span_get_ranges (span)[0], range) &&
          g_strcmp0 (kutip_span_get_label (span), label) == 0)
        return span;
    }
  return NULL;
}

static void
mark_range (KutipAnnotator *self, const char *label, KutipRange range)
{
  g_autoptr (GError) error = NULL;
  KutipSpan *span = find_same_mark (self, label, range);
  if (span != NULL)
    {
      /* Translators: %s is a label, for example Quote. */
      g_autofree char *text =
          g_strdup_printf (_ ("This is marked as %s already."),
                           kutip_annotator_get_label_title (self, label));

      kutip_annotator_emit_message (self, text, FALSE);
    }
  else
    span = kutip_annotator_mark_in_attribution (self, label, range, &error);

  if (span == NULL)
    {
      kutip_annotator_report (self, error);
      return;
    }
  kutip_annotator_cancel_link (self);
  kutip_annotator_set_current (self, span, FALSE);
  kutip_annotator_set_selection (self, range.end, range.end, FALSE);
  g_free (self->marked);
  self->marked = g_strdup (kutip_span_get_id (self->current));
}

void
kutip_annotator_mark (KutipAnnotator *self, const char *label)
{
  KutipRange range;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  range = find_range_to_mark (self);
  if (range.start == range.end)
    kutip_annotator_emit_message (
        self, _ ("There is no word here: select the text to be marked first."), FALSE);
  else
    mark_range (self, label, range);
}

/* Whether nothing was done since the current span was marked: neither has the caret gone
 * from its end, nor the end from the caret. */
static gboolean
is_behind_mark (KutipAnnotator *self)
{
  return self->current != NULL && self->selection.start == self->selection.end &&
         g_strcmp0 (self->marked, kutip_span_get_id (self->current)) == 0 &&
         kutip_span_get_hull (self->current).end == self->selection.start;
}

/* The next word of the sentence behind the current span; empty when there is none. */
static KutipRange
find_next_word (KutipAnnotator *self)
{
  KutipText *text = kutip_document_get_text (self->document);
  guint last = self->selection.end - 1;
  guint next = kutip_segment_next (text, KUTIP_UNIT_WORD, last);

  if (next >= kutip_segment_at (text, KUTIP_UNIT_SENTENCE, last).end)
    return (KutipRange){ next, next };
  return find_word (text, next);
}

static void
extend_current (KutipAnnotator *self, guint end)
{
  g_autoptr (KutipSpan) span = kutip_span_ref (self->current);
  guint n = kutip_span_get_n_ranges (span);
  g_autofree KutipRange *ranges =
      g_memdup2 (kutip_span_get_ranges (span), n * sizeof *ranges);
  g_autoptr (GError) error = NULL;

  ranges[n - 1].end = end;
  if (!kutip_annotate_set_ranges (self->document, span, ranges, n, &error))
    {
      kutip_annotator_report (self, error);
      return;
    }
  kutip_annotator_set_selection (self, end, end, FALSE);
  self->marked = g_strdup (kutip_span_get_id (span));
}

void
kutip_annotator_mark_on (KutipAnnotator *self, const char *label)
{
  KutipRange word;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));
  g_return_if_fail (label != NULL);

  if (!is_behind_mark (self))
    {
      kutip_annotator_mark (self, label);
      return;
    }
  word = find_next_word (self);
  if (word.start == word.end)
    kutip_annotator_emit_message (self, _ ("The sentence has no more words here."),
                                  FALSE);
  else if (strcmp (kutip_span_get_label (self->current), label) == 0)
    extend_current (self, word.end);
  else
    mark_range (self, label, word);
}

static gboolean
has_word (KutipText *text, KutipRange range)
{
  for (guint i = range.start; i < range.end; i++)
    if (g_unichar_isalnum (kutip_text_get_char (text, i)))
      return TRUE;
  return FALSE;
}

KutipRange
kutip_annotator_find_rest (KutipAnnotator *self)
{
  KutipText *text = kutip_document_get_text (self->document);
  KutipRange rest = self->selection;
  guint last = rest.end > rest.start ? rest.end - 1 : rest.end;

  rest.end = MAX (rest.end, kutip_segment_at (text, KUTIP_UNIT_SENTENCE, last).end);
  rest = kutip_segment_snap (text, rest);
  return has_word (text, rest) ? rest : (KutipRange){ rest.start, rest.start };
}

void
kutip_annotator_mark_rest (KutipAnnotator *self, const char *label)
{
  KutipRange rest;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  rest = kutip_annotator_find_rest (self);
  if (rest.start < rest.end)
    mark_range (self, label, rest);
  else
    kutip_annotator_emit_message (self, _ ("The sentence has no more words here."),
                                  FALSE);
}
