/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/relate.h"
#include "ui/annotator/annotator-private.h"
#include "ui/link-search.h"

#include <glib/gi18n.h>

static gboolean
has_id (KutipSpan *span, const char *id)
{
  return span != NULL && g_strcmp0 (kutip_span_get_id (span), id) == 0;
}

static void
store_candidate (KutipAnnotator *self, KutipSpan *span)
{
  if (span == self->link_candidate)
    return;

  if (span != NULL)
    kutip_span_ref (span);
  g_clear_pointer (&self->link_candidate, kutip_span_unref);
  self->link_candidate = span;
  kutip_annotator_notify_link_candidate (self);
}

static void
store_link (KutipAnnotator *self, KutipSpan *from, const char *relation)
{
  if (from != NULL)
    kutip_span_ref (from);
  g_clear_pointer (&self->link_from, kutip_span_unref);
  self->link_from = from;
  g_free (self->link_relation);
  self->link_relation = g_strdup (relation);
  kutip_annotator_notify_link (self);
}

/* The kinds that a link from link_from to @to may be of; unlike may_link_to_label() it
 * knows which links there are. */
static GArray *
list_choices (KutipAnnotator *self, KutipSpan *to)
{
  KutipTagset *tagset = kutip_document_get_tagset (self->document);
  KutipLinkChoice only = { NULL, FALSE, 0 };
  GArray *choices;

  if (self->link_relation == NULL)
    return kutip_annotator_list_link_choices (self, self->link_from, to);
  choices = g_array_new (FALSE, FALSE, sizeof (KutipLinkChoice));
  only.type = kutip_tagset_get_relation (tagset, self->link_relation);
  if (kutip_relate_may_link (self->document, self->link_from, to, self->link_relation))
    g_array_append_val (choices, only);
  return choices;
}

static void
refuse_target (KutipAnnotator *self, KutipSpan *span)
{
  g_autofree char *text = NULL;

  if (has_id (span, kutip_span_get_id (self->link_from)))
    text = g_strdup (_ ("A span cannot be linked to itself: choose another one."));
  else if (kutip_annotator_may_link_to_label (self, kutip_span_get_label (span)))
    text = g_strdup (_ ("These two are linked already."));
  else
    /* Translators: both are labels, for example Quote and Claim. */
    text = g_strdup_printf (
        _ ("The tag set has no link from %1$s to %2$s."),
        kutip_annotator_get_label_title (self, kutip_span_get_label (self->link_from)),
        kutip_annotator_get_label_title (self, kutip_span_get_label (span)));
  kutip_annotator_emit_message (self, text, FALSE);
}

void
kutip_annotator_link_follow (KutipAnnotator *self)
{
  KutipLayer *layer = kutip_document_get_layer (self->document);
  KutipSpan *from =
      self->link_from != NULL
          ? kutip_layer_get_span (layer, kutip_span_get_id (self->link_from))
          : NULL;
  KutipSpan *candidate =
      self->link_candidate != NULL
          ? kutip_layer_get_span (layer, kutip_span_get_id (self->link_candidate))
          : NULL;

  if (self->link_from != NULL && from == NULL)
    {
      kutip_annotator_cancel_link (self);
      return;
    }
  if (from != self->link_from)
    store_link (self, from, self->link_relation);
  if (candidate != self->link_candidate)
    store_candidate (self, candidate);
}

void
kutip_annotator_link_to (KutipAnnotator *self, KutipSpan *target)
{
  g_autoptr (KutipSpan) from = kutip_span_ref (self->link_from);
  g_autoptr (KutipSpan) to = kutip_span_ref (target);
  g_autoptr (GArray) choices = list_choices (self, target);

  if (choices->len == 0)
    {
      refuse_target (self, target);
      return;
    }
  kutip_annotator_cancel_link (self);
  if (choices->len == 1)
    kutip_annotator_make_link (self, from, to,
                               &g_array_index (choices, KutipLinkChoice, 0));
  else
    kutip_annotator_offer_link (self, from, to, choices);
}

/* Free with g_free(). */
static char *
explain_no_target (KutipAnnotator *self, KutipSpan *from)
{
  const char *title = kutip_annotator_get_label_title (self, kutip_span_get_label (from));
  g_autoptr (GPtrArray) relations = kutip_layer_list_relations_of (
      kutip_document_get_layer (self->document), kutip_span_get_id (from));

  if (relations->len > 0)
    /* Translators: %s is a label, for example Quote. */
    return g_strdup_printf (
        _ ("This %s is linked already to all that is marked and that it could be linked to."),
        title);
  /* Translators: %s is a label, for example Quote. */
  return g_strdup_printf (
      _ ("There is nothing yet that this %s could be linked to: mark it first."), title);
}

void
kutip_annotator_start_link (KutipAnnotator *self, const char *relation)
{
  KutipSpan *from, *nearest;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  from = self->current;
  if (from == NULL)
    {
      kutip_annotator_emit_message (
          self, _ ("Select the span that the link starts from first."), FALSE);
      return;
    }
  if (kutip_document_is_read_only (self->document))
    {
      kutip_annotator_emit_message (
          self, _ ("This article is open read-only: nothing can be changed."), FALSE);
      return;
    }

  kutip_annotator_cancel_choice (self);
  store_link (self, from, relation);
  nearest = kutip_link_search_nearest (self);
  if (nearest == NULL)
    {
      g_autofree char *text = explain_no_target (self, from);

      kutip_annotator_cancel_link (self);
      kutip_annotator_emit_message (self, text, FALSE);
      return;
    }
  store_candidate (self, nearest);
}

void
kutip_annotator_cancel_link (KutipAnnotator *self)
{
  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (self->link_from == NULL)
    return;
  store_candidate (self, NULL);
  store_link (self, NULL, NULL);
}

gboolean
kutip_annotator_is_linking (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), FALSE);
  return self->link_from != NULL;
}

KutipSpan *
kutip_annotator_get_link_from (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);
  return self->link_from;
}

gboolean
kutip_annotator_may_link_to_label (KutipAnnotator *self, const char *label)
{
  KutipTagset *tagset = kutip_document_get_tagset (self->document);
  const char *from;

  if (self->link_from == NULL)
    return FALSE;
  from = kutip_span_get_label (self->link_from);
  if (self->link_relation != NULL)
    return kutip_tagset_allows (tagset, self->link_relation, from, label);
  return kutip_tagset_find_relation (tagset, from, label) != NULL ||
         kutip_tagset_find_relation (tagset, label, from) != NULL;
}

gboolean
kutip_annotator_is_link_target (KutipAnnotator *self, KutipSpan *span)
{
  g_autoptr (GArray) choices = NULL;

  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), FALSE);

  if (self->link_from == NULL || has_id (span, kutip_span_get_id (self->link_from)) ||
      !kutip_annotator_may_link_to_label (self, kutip_span_get_label (span)))
    return FALSE;
  choices = list_choices (self, span);
  return choices->len > 0;
}

KutipSpan *
kutip_annotator_get_link_candidate (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);
  return self->link_candidate;
}

void
kutip_annotator_step_link_candidate (KutipAnnotator *self, gboolean forward)
{
  KutipSpan *next;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (self->link_from == NULL)
    return;

  next = kutip_link_search_next (self, self->link_candidate, forward);
  if (next == NULL)
    return;
  store_candidate (self, next);
  kutip_annotator_emit_reveal (self, kutip_span_get_hull (next));
}

void
kutip_annotator_accept_link_candidate (KutipAnnotator *self)
{
  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (self->link_candidate != NULL)
    kutip_annotator_link_to (self, self->link_candidate);
}
