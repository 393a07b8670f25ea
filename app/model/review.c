/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/review.h"

#include "model/annotate-private.h"

#include <glib/gi18n.h>

static gboolean
refuse (GError **error, KutipDocumentError code, const char *message)
{
  g_set_error_literal (error, KUTIP_DOCUMENT_ERROR, (int) code, message);
  return FALSE;
}

/* The span itself is as it was, so its time stays: only the mark goes. */
static void
add_confirmed (KutipChange *change, KutipSpan *span)
{
  g_autoptr (KutipSpan) after = NULL;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  if (fields.review == KUTIP_REVIEW_NONE && fields.was == NULL)
    return;
  fields.review = KUTIP_REVIEW_NONE;
  fields.was = NULL;
  after = kutip_span_new (&fields);
  kutip_change_add_span (change, span, after);
}

static gboolean
apply (KutipDocument *document, KutipChange *change, GError **error)
{
  return kutip_change_get_n_edits (change) == 0 ||
         kutip_annotate_apply (document, change, error);
}

gboolean
kutip_review_confirm (KutipDocument *document,
                      KutipSpan *const *spans,
                      guint n_spans,
                      GError **error)
{
  g_autoptr (KutipChange) change = NULL;
  g_autofree char *title = NULL;

  title =
      /* Translators: an entry of the undo history: the annotation stands in its right
       * place; %u is a number of annotations. */
      g_strdup_printf (ngettext ("Confirm Place", "Confirm %u Places", n_spans), n_spans);
  change = kutip_change_new (title);
  for (guint i = 0; i < n_spans; i++)
    {
      if (kutip_span_is_orphan (spans[i]))
        return refuse (error, KUTIP_DOCUMENT_ERROR_REFUSED,
                       _ ("The annotation’s text was not found: select where it belongs, "
                          "and put it there"));
      add_confirmed (change, spans[i]);
    }
  return apply (document, change, error);
}

static gboolean
collect_moved (KutipSpan *span, gpointer spans)
{
  if (kutip_span_get_review (span) == KUTIP_REVIEW_MOVED && !kutip_span_is_orphan (span))
    g_ptr_array_add (spans, kutip_span_ref (span));
  return TRUE;
}

gboolean
kutip_review_confirm_moved (KutipDocument *document, guint *n_confirmed, GError **error)
{
  g_autoptr (GPtrArray) spans =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_span_unref);

  kutip_layer_foreach_span (kutip_document_get_layer (document), collect_moved, spans);
  if (n_confirmed != NULL)
    *n_confirmed = spans->len;
  return kutip_review_confirm (document, (KutipSpan *const *) spans->pdata, spans->len,
                               error);
}

gboolean
kutip_review_place (KutipDocument *document,
                    KutipSpan *span,
                    KutipRange range,
                    GError **error)
{
  g_autoptr (KutipChange) change = NULL;
  g_autoptr (KutipSpan) after = NULL;
  g_autofree char *now = kutip_annotate_dup_now ();
  KutipSpanFields fields;

  if (range.start >= range.end)
    return refuse (error, KUTIP_DOCUMENT_ERROR_INVALID,
                   _ ("Select the words that the annotation belongs on first"));
  kutip_span_get_fields (span, &fields);
  fields.ranges = &range;
  fields.n_ranges = 1;
  fields.texts = NULL;
  fields.prefix = fields.suffix = NULL;
  fields.review = KUTIP_REVIEW_NONE;
  fields.was = NULL;
  fields.modified = now;
  after = kutip_span_new (&fields);
  /* Translators: an entry of the undo history. */
  change = kutip_change_new (_ ("Put in Place"));
  kutip_change_add_span (change, span, after);
  return kutip_annotate_apply (document, change, error);
}
