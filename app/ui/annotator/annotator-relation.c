/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/annotator/annotator-private.h"

#include "model/relate.h"

#include <glib/gi18n.h>
#include <string.h>

/* The links that are there: which one is at hand, going along it, and what it may be
 * changed to. And the choice among several kinds, for a new link or for one that is
 * there. */

static KutipLayer *
get_layer (KutipAnnotator *self)
{
  return kutip_document_get_layer (self->document);
}

static KutipTagset *
get_tagset (KutipAnnotator *self)
{
  return kutip_document_get_tagset (self->document);
}

static gboolean
has_end (KutipRelation *relation, const char *id)
{
  return strcmp (kutip_relation_get_from (relation), id) == 0 ||
         strcmp (kutip_relation_get_to (relation), id) == 0;
}

/* The links from the span, then those to it; borrowed. */
static GPtrArray *
list_relations (KutipAnnotator *self, KutipSpan *span)
{
  const char *id = kutip_span_get_id (span);
  g_autoptr (GPtrArray) all = kutip_layer_list_relations_of (get_layer (self), id);
  GPtrArray *ordered = g_ptr_array_sized_new (all->len);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < all->len; i++)
      {
        KutipRelation *relation = g_ptr_array_index (all, i);
        gboolean outgoing = strcmp (kutip_relation_get_from (relation), id) == 0;

        if (outgoing == (pass == 0))
          g_ptr_array_add (ordered, relation);
      }
  return ordered;
}

KutipRelation *
kutip_annotator_get_relation (KutipAnnotator *self)
{
  KutipRelation *relation = NULL;
  g_autoptr (GPtrArray) relations = NULL;

  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);

  if (self->current == NULL)
    return NULL;
  if (self->relation != NULL)
    relation = kutip_layer_get_relation (get_layer (self), self->relation);
  if (relation != NULL && has_end (relation, kutip_span_get_id (self->current)))
    return relation;
  relations = list_relations (self, self->current);
  return relations->len > 0 ? g_ptr_array_index (relations, 0) : NULL;
}

void
kutip_annotator_set_relation (KutipAnnotator *self, KutipRelation *relation)
{
  const char *id = relation != NULL ? kutip_relation_get_id (relation) : NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (g_strcmp0 (id, self->relation) == 0)
    return;
  g_free (self->relation);
  self->relation = g_strdup (id);
  g_object_notify (G_OBJECT (self), "relation");
}

/* The link at hand, held, as the layer lets go of it when it is changed; NULL with a
 * message when there is none. */
static KutipRelation *
take_relation (KutipAnnotator *self)
{
  KutipRelation *relation = kutip_annotator_get_relation (self);

  if (relation != NULL)
    return kutip_relation_ref (relation);
  kutip_annotator_emit_message (
      self,
      self->current != NULL
          ? _ ("This span has no links yet: L links it to another one.")
          : _ ("No span is selected: click on one, or move the caret into it."),
      FALSE);
  return NULL;
}

void
kutip_annotator_step_relation (KutipAnnotator *self)
{
  g_autoptr (KutipRelation) relation = NULL;
  g_autoptr (GPtrArray) relations = NULL;
  guint position;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  relation = take_relation (self);
  if (relation == NULL)
    return;
  relations = list_relations (self, self->current);
  if (g_ptr_array_find (relations, relation, &position))
    kutip_annotator_set_relation (
        self, g_ptr_array_index (relations, (position + 1) % relations->len));
}

void
kutip_annotator_follow_relation (KutipAnnotator *self)
{
  g_autoptr (KutipRelation) relation = NULL;
  const char *here, *there;
  KutipSpan *span;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  relation = take_relation (self);
  if (relation == NULL)
    return;
  here = kutip_span_get_id (self->current);
  there = kutip_relation_get_from (relation);
  if (strcmp (here, there) == 0)
    there = kutip_relation_get_to (relation);
  span = kutip_layer_get_span (get_layer (self), there);
  if (span == NULL)
    return;
  kutip_annotator_cancel_link (self);
  /* So that the same key leads back. */
  kutip_annotator_set_relation (self, relation);
  kutip_annotator_set_current (self, span, TRUE);
}

void
kutip_annotator_reverse_relation (KutipAnnotator *self)
{
  g_autoptr (KutipRelation) relation = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  relation = take_relation (self);
  if (relation != NULL &&
      !kutip_relate_change (self->document, relation, kutip_relation_get_label (relation),
                            TRUE, &error))
    kutip_annotator_emit_message (
        self, _ ("The tag set does not allow this link the other way."), FALSE);
}

void
kutip_annotator_unlink (KutipAnnotator *self, KutipRelation *relation)
{
  g_autoptr (KutipRelation) held = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  held = kutip_relation_ref (relation);
  if (!kutip_annotate_unlink (self->document, held, &error))
    kutip_annotator_report (self, error);
  else
    kutip_annotator_emit_message (self, _ ("Link removed"), TRUE);
}

void
kutip_annotator_remove_relation (KutipAnnotator *self)
{
  g_autoptr (KutipRelation) relation = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  relation = take_relation (self);
  if (relation != NULL)
    kutip_annotator_unlink (self, relation);
}

static gboolean
is_key_taken (GArray *choices, gunichar key)
{
  for (guint i = 0; i < choices->len; i++)
    if (g_array_index (choices, KutipLinkChoice, i).key == key)
      return TRUE;
  return FALSE;
}

/* The type's own key, else a digit. */
static gunichar
choose_key (GArray *choices, const KutipRelationType *type)
{
  gunichar key = g_unichar_tolower (type->key);

  if (key != 0 && !is_key_taken (choices, key))
    return key;
  for (key = '1'; key <= '9'; key++)
    if (!is_key_taken (choices, key))
      return key;
  return 0;
}

static void
add_choice (GArray *choices, const KutipRelationType *type, gboolean reversed)
{
  KutipLinkChoice choice = { type, reversed, choose_key (choices, type) };

  g_array_append_val (choices, choice);
}

/* What leads the right way first; the other way only what cannot lead this way. */
GArray *
kutip_annotator_list_link_choices (KutipAnnotator *self, KutipSpan *from, KutipSpan *to)
{
  KutipTagset *tagset = get_tagset (self);
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (KutipLinkChoice));

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < kutip_tagset_get_n_relations (tagset); i++)
      {
        const KutipRelationType *type = kutip_tagset_get_nth_relation (tagset, i);
        gboolean forward = kutip_tagset_allows (
            tagset, type->name, kutip_span_get_label (from), kutip_span_get_label (to));

        if (pass == 0
                ? forward && kutip_relate_may_link (self->document, from, to, type->name)
                : !forward &&
                      kutip_relate_may_link (self->document, to, from, type->name))
          add_choice (choices, type, pass == 1);
      }
  return choices;
}

static GArray *
list_changes (KutipAnnotator *self, KutipRelation *relation)
{
  KutipTagset *tagset = get_tagset (self);
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (KutipLinkChoice));

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < kutip_tagset_get_n_relations (tagset); i++)
      {
        const KutipRelationType *type = kutip_tagset_get_nth_relation (tagset, i);

        if (kutip_relate_may_become (self->document, relation, type->name, pass == 1))
          add_choice (choices, type, pass == 1);
      }
  return choices;
}

static void
store_choices (KutipAnnotator *self, GArray *choices)
{
  gboolean was_choosing = self->choices != NULL;

  g_clear_pointer (&self->choices, g_array_unref);
  self->choices = choices;
  if (was_choosing != (choices != NULL))
    g_object_notify (G_OBJECT (self), "choosing");
}

void
kutip_annotator_offer_link (KutipAnnotator *self,
                            KutipSpan *from,
                            KutipSpan *to,
                            GArray *choices)
{
  g_clear_pointer (&self->choice_relation, g_free);
  g_free (self->choice_from);
  g_free (self->choice_to);
  self->choice_from = g_strdup (kutip_span_get_id (from));
  self->choice_to = g_strdup (kutip_span_get_id (to));
  store_choices (self, g_array_ref (choices));
}

void
kutip_annotator_start_choice (KutipAnnotator *self)
{
  g_autoptr (KutipRelation) relation = NULL;
  g_autoptr (GArray) choices = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  kutip_annotator_cancel_link (self);
  relation = take_relation (self);
  if (relation == NULL)
    return;
  choices = list_changes (self, relation);
  if (choices->len == 0)
    {
      kutip_annotator_emit_message (
          self, _ ("The tag set has no other kind of link between these two."), FALSE);
      return;
    }
  kutip_annotator_cancel_choice (self);
  self->choice_relation = g_strdup (kutip_relation_get_id (relation));
  self->choice_from = g_strdup (kutip_relation_get_from (relation));
  self->choice_to = g_strdup (kutip_relation_get_to (relation));
  store_choices (self, g_steal_pointer (&choices));
}

void
kutip_annotator_cancel_choice (KutipAnnotator *self)
{
  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  g_clear_pointer (&self->choice_relation, g_free);
  g_clear_pointer (&self->choice_from, g_free);
  g_clear_pointer (&self->choice_to, g_free);
  store_choices (self, NULL);
}

GArray *
kutip_annotator_get_choices (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);

  return self->choices;
}

KutipSpan *
kutip_annotator_get_choice_end (KutipAnnotator *self, gboolean from)
{
  const char *id = from ? self->choice_from : self->choice_to;

  return id != NULL ? kutip_layer_get_span (get_layer (self), id) : NULL;
}

void
kutip_annotator_make_link (KutipAnnotator *self,
                           KutipSpan *from,
                           KutipSpan *to,
                           const KutipLinkChoice *choice)
{
  g_autoptr (GError) error = NULL;
  KutipRelation *made =
      kutip_annotate_link (self->document, choice->reversed ? to : from,
                           choice->reversed ? from : to, choice->type->name, &error);

  if (made == NULL)
    kutip_annotator_report (self, error);
  else
    kutip_annotator_set_relation (self, made);
}

static void
change_link (KutipAnnotator *self, const char *id, const KutipLinkChoice *choice)
{
  KutipRelation *relation = kutip_layer_get_relation (get_layer (self), id);
  g_autoptr (KutipRelation) held =
      relation != NULL ? kutip_relation_ref (relation) : NULL;
  g_autoptr (GError) error = NULL;

  if (held != NULL && !kutip_relate_change (self->document, held, choice->type->name,
                                            choice->reversed, &error))
    kutip_annotator_report (self, error);
}

void
kutip_annotator_choose (KutipAnnotator *self, guint nth)
{
  g_autofree char *id = NULL;
  g_autoptr (KutipSpan) from = NULL;
  g_autoptr (KutipSpan) to = NULL;
  g_autoptr (KutipTagset) tagset = NULL;
  KutipLinkChoice choice;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));
  g_return_if_fail (self->choices != NULL && nth < self->choices->len);

  tagset = g_object_ref (get_tagset (self));
  choice = g_array_index (self->choices, KutipLinkChoice, nth);
  id = g_strdup (self->choice_relation);
  from = kutip_annotator_get_choice_end (self, TRUE);
  to = kutip_annotator_get_choice_end (self, FALSE);
  if (from != NULL)
    kutip_span_ref (from);
  if (to != NULL)
    kutip_span_ref (to);
  kutip_annotator_cancel_choice (self);
  if (id != NULL)
    change_link (self, id, &choice);
  else if (from != NULL && to != NULL)
    kutip_annotator_make_link (self, from, to, &choice);
}
