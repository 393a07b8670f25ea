/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/annotator-private.h"
#include "ui/link-search.h"

#include <glib/gi18n.h>

static KutipLayer *
get_layer (KutipAnnotator *self)
{
  return kutip_document_get_layer (self->document);
}

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

/* The relation type that a link from link_from to a span of label @to would get, or NULL.
 */
static const char *
find_relation (KutipAnnotator *self, const char *to)
{
  KutipTagset *tagset = kutip_document_get_tagset (self->document);
  const char *from = kutip_span_get_label (self->link_from);
  const KutipRelationType *type;

  if (self->link_relation != NULL)
    return kutip_tagset_allows (tagset, self->link_relation, from, to)
               ? self->link_relation
               : NULL;
  type = kutip_tagset_find_relation (tagset, from, to);
  return type != NULL ? type->name : NULL;
}

static gboolean
is_linked (KutipAnnotator *self, KutipSpan *span, const char *relation)
{
  const char *from = kutip_span_get_id (self->link_from);
  g_autoptr (GPtrArray) relations =
      kutip_layer_list_relations_of (get_layer (self), from);

  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *other = g_ptr_array_index (relations, i);

      if (g_strcmp0 (kutip_relation_get_from (other), from) == 0 &&
          g_strcmp0 (kutip_relation_get_label (other), relation) == 0 &&
          has_id (span, kutip_relation_get_to (other)))
        return TRUE;
    }
  return FALSE;
}

static const char *
get_title_of (KutipAnnotator *self, KutipSpan *span)
{
  const char *name = kutip_span_get_label (span);
  const KutipLabelType *label =
      kutip_tagset_get_label (kutip_document_get_tagset (self->document), name);

  return label != NULL && label->title != NULL ? label->title : name;
}

static void
refuse_target (KutipAnnotator *self, KutipSpan *span)
{
  g_autofree char *text = NULL;
  const char *relation = find_relation (self, kutip_span_get_label (span));

  if (has_id (span, kutip_span_get_id (self->link_from)))
    text = g_strdup (_ ("A span cannot be linked to itself: choose another one."));
  else if (relation != NULL && is_linked (self, span, relation))
    text = g_strdup (_ ("These two are linked already."));
  else
    /* Translators: both are labels, for example Quote and Claim. */
    text =
        g_strdup_printf (_ ("The tag set has no link from %1$s to %2$s."),
                         get_title_of (self, self->link_from), get_title_of (self, span));
  kutip_annotator_emit_message (self, text, FALSE);
}

void
kutip_annotator_link_follow (KutipAnnotator *self, KutipSpan *before, KutipSpan *after)
{
  if (has_id (self->link_from, kutip_span_get_id (before)))
    {
      if (after == NULL)
        kutip_annotator_cancel_link (self);
      else
        store_link (self, after, self->link_relation);
    }
  if (has_id (self->link_candidate, kutip_span_get_id (before)))
    store_candidate (self, after);
}

void
kutip_annotator_link_to (KutipAnnotator *self, KutipSpan *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipSpan) from = NULL;
  g_autoptr (KutipSpan) to = kutip_span_ref (target);
  g_autofree char *relation = NULL;

  if (!kutip_annotator_is_link_target (self, target))
    {
      refuse_target (self, target);
      return;
    }

  from = kutip_span_ref (self->link_from);
  relation = g_strdup (find_relation (self, kutip_span_get_label (target)));
  kutip_annotator_cancel_link (self);
  if (kutip_annotate_link (self->document, from, to, relation, &error) == NULL)
    kutip_annotator_report (self, error);
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

  store_link (self, from, relation);
  nearest = kutip_link_search_nearest (self);
  if (nearest == NULL)
    {
      /* Translators: %s is a label, for example Quote. */
      g_autofree char *text = g_strdup_printf (
          _ ("There is nothing yet that this %s could be linked to: mark it first."),
          get_title_of (self, from));

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
  return self->link_from != NULL && find_relation (self, label) != NULL;
}

gboolean
kutip_annotator_is_link_target (KutipAnnotator *self, KutipSpan *span)
{
  const char *relation;

  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), FALSE);

  if (self->link_from == NULL || has_id (span, kutip_span_get_id (self->link_from)))
    return FALSE;
  relation = find_relation (self, kutip_span_get_label (span));
  return relation != NULL && !is_linked (self, span, relation);
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
