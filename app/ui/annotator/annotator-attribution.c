/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/annotator/annotator-private.h"
#include "ui/label/label-look.h"

#include <glib/gi18n.h>
#include <string.h>

/* An attribution is one thing to a reader: what was said, by whom, and with which word.
 * The span with what was said (the content: a quote, a claim) holds the links to the
 * others (its participants: sources, a cue). Which labels are which follows from the tag
 * set's relations, so that this works with any tag set.
 *
 * Marking a content opens its attribution. While it is open, the next participants that
 * are marked or picked are linked to it. Participants marked just before, in the same
 * sentence, wait for it. */

static KutipTagset *
get_tagset (KutipAnnotator *self)
{
  return kutip_document_get_tagset (self->document);
}

static KutipLayer *
get_layer (KutipAnnotator *self)
{
  return kutip_document_get_layer (self->document);
}

static gboolean
has_name (const char *const *names, const char *name)
{
  return names != NULL && g_strv_contains (names, name);
}

/* Whether a relation leads from labels like this one to others that it does not lead
 * from. */
static gboolean
is_content_label (KutipTagset *tagset, const char *label)
{
  for (guint i = 0; i < kutip_tagset_get_n_relations (tagset); i++)
    {
      const KutipRelationType *type = kutip_tagset_get_nth_relation (tagset, i);

      if (!has_name (type->from, label) || type->to == NULL)
        continue;
      for (guint j = 0; type->to[j] != NULL; j++)
        if (!has_name (type->from, type->to[j]))
          return TRUE;
    }
  return FALSE;
}

/* Whether a content of @content's label can be linked to a @label that is no content
 * itself. */
static gboolean
is_participant_label (KutipTagset *tagset, const char *content, const char *label)
{
  return !is_content_label (tagset, label) &&
         kutip_tagset_find_relation (tagset, content, label) != NULL;
}

static gboolean
takes_part_anywhere (KutipTagset *tagset, const char *label)
{
  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const char *content = kutip_tagset_get_nth_label (tagset, i)->name;

      if (is_content_label (tagset, content) &&
          is_participant_label (tagset, content, label))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_linked_to (KutipAnnotator *self, KutipSpan *content, KutipSpan *participant)
{
  g_autoptr (GPtrArray) relations =
      kutip_layer_list_relations_of (get_layer (self), kutip_span_get_id (content));

  for (guint i = 0; i < relations->len; i++)
    if (strcmp (kutip_relation_get_to (g_ptr_array_index (relations, i)),
                kutip_span_get_id (participant)) == 0)
      return TRUE;
  return FALSE;
}

/* The first participant of that label, or NULL. */
static KutipSpan *
find_participant (KutipAnnotator *self, KutipSpan *content, const char *label)
{
  g_autoptr (GPtrArray) relations =
      kutip_layer_list_relations_of (get_layer (self), kutip_span_get_id (content));

  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);
      KutipSpan *to =
          kutip_layer_get_span (get_layer (self), kutip_relation_get_to (relation));

      if (strcmp (kutip_relation_get_from (relation), kutip_span_get_id (content)) == 0 &&
          strcmp (kutip_span_get_label (to), label) == 0)
        return to;
    }
  return NULL;
}

/* From the start of the sentence that @hull begins in to the end of the one it ends in.
 */
static KutipRange
find_sentences (KutipAnnotator *self, KutipRange hull)
{
  KutipText *text = kutip_document_get_text (self->document);
  guint last = hull.end > hull.start ? hull.end - 1 : hull.end;
  KutipRange first = kutip_segment_at (text, KUTIP_UNIT_SENTENCE, hull.start);

  /* To look for a sentence takes longer than all else that marking does. */
  if (last >= first.end)
    first.end = kutip_segment_at (text, KUTIP_UNIT_SENTENCE, last).end;
  return first;
}

/* A further source is one of the same sentence; one that stands elsewhere belongs to what
 * comes next. */
static gboolean
joins (KutipAnnotator *self, KutipSpan *content, const char *label, KutipRange range)
{
  if (!is_participant_label (get_tagset (self), kutip_span_get_label (content), label))
    return FALSE;
  return find_participant (self, content, label) == NULL ||
         kutip_range_overlaps (find_sentences (self, kutip_span_get_hull (content)),
                               range);
}

static void
notify (KutipAnnotator *self)
{
  g_object_notify (G_OBJECT (self), "attribution");
}

static void
store_attribution (KutipAnnotator *self, KutipSpan *content)
{
  const char *id = content != NULL ? kutip_span_get_id (content) : NULL;

  if (g_strcmp0 (id, self->attribution) == 0)
    return;
  g_free (self->attribution);
  self->attribution = g_strdup (id);
  notify (self);
}

KutipSpan *
kutip_annotator_get_attribution (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);

  if (self->attribution == NULL)
    return NULL;
  return kutip_layer_get_span (get_layer (self), self->attribution);
}

void
kutip_annotator_close_attribution (KutipAnnotator *self)
{
  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  g_ptr_array_set_size (self->waiting, 0);
  store_attribution (self, NULL);
}

/* The participants marked just before that stand in the content's sentence; borrowed
 * spans. */
static GPtrArray *
take_waiting (KutipAnnotator *self, const char *content_label, KutipRange range)
{
  GPtrArray *joining = g_ptr_array_new ();
  KutipRange sentences;

  if (self->waiting->len == 0)
    return joining;
  sentences = find_sentences (self, range);
  for (guint i = 0; i < self->waiting->len; i++)
    {
      KutipSpan *span =
          kutip_layer_get_span (get_layer (self), g_ptr_array_index (self->waiting, i));

      if (span != NULL && kutip_range_overlaps (kutip_span_get_hull (span), sentences) &&
          is_participant_label (get_tagset (self), content_label,
                                kutip_span_get_label (span)))
        g_ptr_array_add (joining, span);
    }
  g_ptr_array_set_size (self->waiting, 0);
  return joining;
}

KutipSpan *
kutip_annotator_mark_in_attribution (KutipAnnotator *self,
                                     const char *label,
                                     KutipRange range,
                                     GError **error)
{
  KutipTagset *tagset = get_tagset (self);
  gboolean is_content = is_content_label (tagset, label);
  KutipSpan *open = kutip_annotator_get_attribution (self);
  g_autoptr (GPtrArray) joining = NULL;
  KutipSpan *span;

  if (is_content)
    joining = take_waiting (self, label, range);
  if (is_content || (open != NULL && !joins (self, open, label, range)))
    {
      open = NULL;
      store_attribution (self, NULL);
    }
  span =
      kutip_annotate_mark_linked (self->document, label, &range, 1, open,
                                  joining != NULL ? (KutipSpan **) joining->pdata : NULL,
                                  joining != NULL ? joining->len : 0, error);
  if (span == NULL)
    return NULL;
  if (is_content)
    store_attribution (self, span);
  else if (open != NULL)
    notify (self);
  else if (takes_part_anywhere (tagset, label))
    g_ptr_array_add (self->waiting, g_strdup (kutip_span_get_id (span)));
  return span;
}

/* The content at hand: the span itself, or the one that is linked to it. */
static KutipSpan *
find_content (KutipAnnotator *self, KutipSpan *span)
{
  g_autoptr (GPtrArray) relations = NULL;

  if (is_content_label (get_tagset (self), kutip_span_get_label (span)))
    return span;
  relations = kutip_layer_list_relations_of (get_layer (self), kutip_span_get_id (span));
  for (guint i = 0; i < relations->len; i++)
    {
      KutipSpan *from = kutip_layer_get_span (
          get_layer (self), kutip_relation_get_from (g_ptr_array_index (relations, i)));

      if (from != span &&
          is_content_label (get_tagset (self), kutip_span_get_label (from)))
        return from;
    }
  return NULL;
}

void
kutip_annotator_open_attribution (KutipAnnotator *self)
{
  KutipSpan *content;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  content = self->current != NULL ? find_content (self, self->current) : NULL;
  if (content == NULL)
    {
      kutip_annotator_emit_message (
          self, _ ("Put the caret on a quote, a claim, or what is linked to one."),
          FALSE);
      return;
    }
  kutip_annotator_cancel_link (self);
  store_attribution (self, content);
}

gboolean
kutip_annotator_may_join (KutipAnnotator *self, KutipSpan *span)
{
  KutipSpan *open = kutip_annotator_get_attribution (self);

  return open != NULL && span != NULL && span != open &&
         !is_linked_to (self, open, span) &&
         is_participant_label (get_tagset (self), kutip_span_get_label (open),
                               kutip_span_get_label (span));
}

void
kutip_annotator_join_attribution (KutipAnnotator *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (!kutip_annotator_may_join (self, self->current))
    return;
  if (kutip_annotate_link (self->document, kutip_annotator_get_attribution (self),
                           self->current, NULL, &error) == NULL)
    kutip_annotator_report (self, error);
  else
    notify (self);
}

/* After a change that was undone or came from elsewhere: an attribution whose content is
 * gone is closed. */
void
kutip_annotator_attribution_follow (KutipAnnotator *self)
{
  if (self->attribution != NULL && kutip_annotator_get_attribution (self) == NULL)
    store_attribution (self, NULL);
}

char *
kutip_annotator_describe_attribution (KutipAnnotator *self)
{
  KutipSpan *open = kutip_annotator_get_attribution (self);
  KutipTagset *tagset = get_tagset (self);
  g_autoptr (GString) missing = g_string_new (NULL);

  if (open == NULL)
    return NULL;
  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);

      if (!is_participant_label (tagset, kutip_span_get_label (open), label->name) ||
          find_participant (self, open, label->name) != NULL)
        continue;
      if (missing->len > 0)
        /* Translators: between the members of a list. */
        g_string_append (missing, _ (", "));
      g_string_append (missing, kutip_label_look_get (tagset, label->name)->title);
    }
  if (missing->len == 0)
    return g_strdup (_ ("Attribution complete. More sources join it; Esc closes it."));
  /* Translators: %s lists labels such as “Source, Cue”. */
  return g_strdup_printf (
      _ ("Attribution open: %s still to mark, or to pick with Enter. Esc closes it."),
      missing->str);
}
