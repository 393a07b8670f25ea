/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/annotate-private.h"

#include <glib/gi18n.h>
#include <string.h>

char *
kutip_annotate_dup_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

static gboolean
refuse (GError **error, KutipDocumentError code, const char *message)
{
  g_set_error_literal (error, KUTIP_DOCUMENT_ERROR, (int) code, message);
  return FALSE;
}

/* Owned by the tag set or the translations; the name itself for an unknown label. */
const char *
kutip_annotate_get_label_title (KutipDocument *document, const char *name)
{
  KutipTagset *tagset = kutip_document_get_tagset (document);
  const KutipLabelType *label = kutip_tagset_get_label (tagset, name);

  return label != NULL ? kutip_tagset_translate (tagset, label->title) : name;
}

/* The first thing that is marked in an article takes it up: the same change says so. */
static void
add_progress (KutipDocument *document, KutipChange *change)
{
  KutipHeader *header = kutip_layer_get_header (kutip_document_get_layer (document));
  KutipHeaderFields fields = *kutip_header_get_fields (header);
  g_autoptr (KutipHeader) after = NULL;

  if (fields.status != KUTIP_STATUS_NEW)
    return;
  fields.status = KUTIP_STATUS_IN_PROGRESS;
  after = kutip_header_new (&fields);
  kutip_change_add_header (change, header, after);
}

gboolean
kutip_annotate_apply (KutipDocument *document, KutipChange *change, GError **error)
{
  add_progress (document, change);
  return kutip_document_apply (document, change, error);
}

KutipAttributes *
kutip_annotate_dup_default_attributes (KutipTagset *tagset, const char *const *names)
{
  g_autoptr (KutipAttributes) attributes = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const KutipAttributeType *type = kutip_tagset_get_attribute (tagset, names[i]);
      const char *const values[] = { type->default_value, NULL };
      KutipAttribute attribute = { type->name, KUTIP_VALUE_STRING, values };
      KutipAttributes *longer;

      if (type->default_value == NULL)
        continue;
      if (type->kind == KUTIP_ATTRIBUTE_FLAG)
        attribute.type = KUTIP_VALUE_FLAG;
      else if (type->multiple)
        attribute.type = KUTIP_VALUE_LIST;
      longer = kutip_attributes_with (attributes, attribute);
      g_clear_pointer (&attributes, kutip_attributes_unref);
      attributes = longer;
    }
  return g_steal_pointer (&attributes);
}

/* A copy of @ranges, normalised, without the empty ones. */
static KutipRange *
tidy_ranges (const KutipRange *ranges, guint n_ranges, guint *n_tidy)
{
  KutipRange *tidy = g_new (KutipRange, n_ranges);
  guint n = 0;

  for (guint i = 0; i < n_ranges; i++)
    if (ranges[i].start < ranges[i].end)
      tidy[n++] = ranges[i];
  *n_tidy = kutip_ranges_normalize (tidy, n);
  return tidy;
}

/* The new span, without a place in the layer yet; NULL with @error. */
static KutipSpan *
create_span (KutipDocument *document,
             const KutipLabelType *type,
             const KutipRange *ranges,
             guint n_ranges,
             GError **error)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autofree KutipRange *tidy = tidy_ranges (ranges, n_ranges, &fields.n_ranges);
  g_autofree char *created = kutip_annotate_dup_now ();
  g_autofree char *id = NULL;

  if (fields.n_ranges == 0)
    {
      refuse (error, KUTIP_DOCUMENT_ERROR_INVALID,
              _ ("There is no text selected to mark"));
      return NULL;
    }
  id = kutip_layer_make_id (kutip_document_get_layer (document), "s");
  attributes = kutip_annotate_dup_default_attributes (
      kutip_document_get_tagset (document), type->attributes);
  fields.id = id;
  fields.label = type->name;
  fields.ranges = tidy;
  fields.attributes = attributes;
  fields.created = created;
  return kutip_span_new (&fields);
}

/* A new link with the type's default values, without a place in the layer yet. */
static KutipRelation *
create_link (KutipDocument *document,
             const KutipRelationType *type,
             KutipSpan *from,
             KutipSpan *to)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipAttributes) attributes = kutip_annotate_dup_default_attributes (
      kutip_document_get_tagset (document), type->attributes);
  g_autofree char *created = kutip_annotate_dup_now ();
  g_autofree char *id = kutip_layer_make_id (kutip_document_get_layer (document), "r");

  fields.id = id;
  fields.label = type->name;
  fields.from = kutip_span_get_id (from);
  fields.to = kutip_span_get_id (to);
  fields.attributes = attributes;
  fields.created = created;
  return kutip_relation_new (&fields);
}

/* The link of the first type that the tag set allows; nothing when it allows none. */
static void
add_link (KutipDocument *document, KutipSpan *from, KutipSpan *to, KutipChange *change)
{
  const KutipRelationType *type =
      kutip_tagset_find_relation (kutip_document_get_tagset (document),
                                  kutip_span_get_label (from), kutip_span_get_label (to));
  g_autoptr (KutipRelation) relation = NULL;

  if (type == NULL)
    return;
  relation = create_link (document, type, from, to);
  kutip_change_add_relation (change, NULL, relation);
}

KutipSpan *
kutip_annotate_mark_linked (KutipDocument *document,
                            const char *label,
                            const KutipRange *ranges,
                            guint n_ranges,
                            KutipSpan *from,
                            KutipSpan *const *to,
                            guint n_to,
                            GError **error)
{
  const KutipLabelType *type =
      kutip_tagset_get_label (kutip_document_get_tagset (document), label);
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (KutipChange) change = NULL;
  g_autofree char *title = NULL;

  if (type == NULL)
    {
      g_set_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED,
                   /* Translators: %s is the name of a label. */
                   _ ("The tag set has no label “%s”"), label);
      return NULL;
    }
  span = create_span (document, type, ranges, n_ranges, error);
  if (span == NULL)
    return NULL;
  /* Translators: an entry of the undo history; %s is a label's title, such as Quote. */
  title =
      g_strdup_printf (_ ("Mark %s"), kutip_annotate_get_label_title (document, label));
  change = kutip_change_new (title);
  kutip_change_add_span (change, NULL, span);
  if (from != NULL)
    add_link (document, from, span, change);
  for (guint i = 0; i < n_to; i++)
    add_link (document, span, to[i], change);
  if (!kutip_annotate_apply (document, change, error))
    return NULL;
  return kutip_layer_get_span (kutip_document_get_layer (document),
                               kutip_span_get_id (span));
}

KutipSpan *
kutip_annotate_mark (KutipDocument *document,
                     const char *label,
                     const KutipRange *ranges,
                     guint n_ranges,
                     GError **error)
{
  return kutip_annotate_mark_linked (document, label, ranges, n_ranges, NULL, NULL, 0,
                                     error);
}

/* Adds the removal of a span's relations that @done does not have yet. */
static void
remove_relations_of (KutipLayer *layer,
                     KutipSpan *span,
                     GHashTable *done,
                     KutipChange *change)
{
  g_autoptr (GPtrArray) relations =
      kutip_layer_list_relations_of (layer, kutip_span_get_id (span));

  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);

      if (g_hash_table_add (done, relation))
        kutip_change_add_relation (change, relation, NULL);
    }
}

gboolean
kutip_annotate_remove_spans (KutipDocument *document,
                             KutipSpan *const *spans,
                             guint n_spans,
                             GError **error)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  g_autoptr (KutipChange) change = NULL;
  g_autofree char *title = NULL;

  title = g_strdup_printf (
      /* Translators: an entry of the undo history; %u is a number of annotations. */
      ngettext ("Delete Annotation", "Delete %u Annotations", n_spans), n_spans);
  change = kutip_change_new (title);
  for (guint i = 0; i < n_spans; i++)
    remove_relations_of (layer, spans[i], done, change);
  for (guint i = 0; i < n_spans; i++)
    if (g_hash_table_add (done, spans[i]))
      kutip_change_add_span (change, spans[i], NULL);
  if (kutip_change_get_n_edits (change) == 0)
    return TRUE;
  return kutip_annotate_apply (document, change, error);
}

/* Puts a span of @fields, which differ from @span's, in its place. Nothing is done, and
 * that is fine, when they do not differ. */
static gboolean
replace_span (KutipDocument *document,
              KutipSpan *span,
              KutipSpanFields *fields,
              const char *title,
              GError **error)
{
  g_autoptr (KutipChange) change = NULL;
  g_autoptr (KutipSpan) same = kutip_span_new (fields);
  g_autoptr (KutipSpan) after = NULL;
  g_autofree char *modified = NULL;

  if (kutip_span_equal (span, same))
    return TRUE;

  modified = kutip_annotate_dup_now ();
  fields->modified = modified;
  after = kutip_span_new (fields);
  change = kutip_change_new (title);
  kutip_change_add_span (change, span, after);
  return kutip_annotate_apply (document, change, error);
}

gboolean
kutip_annotate_set_label (KutipDocument *document,
                          KutipSpan *span,
                          const char *label,
                          GError **error)
{
  KutipSpanFields fields;
  g_autofree char *title = NULL;

  kutip_span_get_fields (span, &fields);
  fields.label = label;
  /* Translators: an entry of the undo history; %s is a label's title, such as Quote. */
  title = g_strdup_printf (_ ("Change Label to %s"),
                           kutip_annotate_get_label_title (document, label));
  return replace_span (document, span, &fields, title, error);
}

gboolean
kutip_annotate_set_ranges (KutipDocument *document,
                           KutipSpan *span,
                           const KutipRange *ranges,
                           guint n_ranges,
                           GError **error)
{
  KutipSpanFields fields;
  g_autofree KutipRange *tidy = NULL;

  kutip_span_get_fields (span, &fields);
  tidy = tidy_ranges (ranges, n_ranges, &fields.n_ranges);
  if (fields.n_ranges == 0)
    return refuse (error, KUTIP_DOCUMENT_ERROR_INVALID,
                   _ ("An annotation needs some text to stand on"));
  fields.ranges = tidy;
  /* An orphan that is put somewhere is none any more. */
  fields.texts = NULL;
  fields.prefix = NULL;
  fields.suffix = NULL;
  /* And whoever chose its extent has looked at it. */
  fields.review = KUTIP_REVIEW_NONE;
  fields.was = NULL;
  return replace_span (document, span, &fields, _ ("Change Extent"), error);
}

gboolean
kutip_annotate_set_attributes (KutipDocument *document,
                               KutipSpan *span,
                               KutipAttributes *attributes,
                               GError **error)
{
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  fields.attributes = attributes;
  return replace_span (document, span, &fields, _ ("Change Attributes"), error);
}

/* An empty note is none. */
static const char *
tidy_note (const char *note)
{
  return note != NULL && *note != '\0' ? note : NULL;
}

gboolean
kutip_annotate_set_note (KutipDocument *document,
                         KutipSpan *span,
                         const char *note,
                         GError **error)
{
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  fields.note = tidy_note (note);
  return replace_span (document, span, &fields, _ ("Change Note"), error);
}

gboolean
kutip_annotate_set_unsure (KutipDocument *document,
                           KutipSpan *span,
                           gboolean unsure,
                           GError **error)
{
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  fields.unsure = unsure != FALSE;
  return replace_span (document, span, &fields,
                       unsure ? _ ("Mark as Unsure") : _ ("Mark as Sure"), error);
}

/* The type that a link of @relation (or of any type) between the two has, or NULL with
 * @error. */
static const KutipRelationType *
choose_relation (KutipDocument *document,
                 KutipSpan *from,
                 KutipSpan *to,
                 const char *relation,
                 GError **error)
{
  KutipTagset *tagset = kutip_document_get_tagset (document);
  const char *from_label = kutip_span_get_label (from);
  const char *to_label = kutip_span_get_label (to);
  const KutipRelationType *type = NULL;

  if (relation == NULL)
    type = kutip_tagset_find_relation (tagset, from_label, to_label);
  else if (kutip_tagset_allows (tagset, relation, from_label, to_label))
    type = kutip_tagset_get_relation (tagset, relation);
  if (type == NULL)
    g_set_error (
        error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED,
        /* Translators: %1$s and %2$s are titles of labels, such as Quote and Source. */
        _ ("The tag set allows no such link from “%1$s” to “%2$s”"),
        kutip_annotate_get_label_title (document, from_label),
        kutip_annotate_get_label_title (document, to_label));
  return type;
}

KutipRelation *
kutip_annotate_link (KutipDocument *document,
                     KutipSpan *from,
                     KutipSpan *to,
                     const char *relation,
                     GError **error)
{
  const char *from_id = kutip_span_get_id (from);
  const char *to_id = kutip_span_get_id (to);
  const KutipRelationType *type = NULL;
  g_autoptr (KutipRelation) link = NULL;
  g_autoptr (KutipChange) change = NULL;

  if (strcmp (from_id, to_id) == 0)
    {
      refuse (error, KUTIP_DOCUMENT_ERROR_REFUSED,
              _ ("An annotation cannot be linked to itself"));
      return NULL;
    }
  type = choose_relation (document, from, to, relation, error);
  if (type == NULL)
    return NULL;
  if (kutip_annotate_is_linked (document, type, from_id, to_id))
    {
      refuse (error, KUTIP_DOCUMENT_ERROR_REFUSED, _ ("These two are linked already"));
      return NULL;
    }

  link = create_link (document, type, from, to);
  change = kutip_change_new (_ ("Link"));
  kutip_change_add_relation (change, NULL, link);
  return kutip_annotate_apply (document, change, error)
             ? kutip_layer_get_relation (kutip_document_get_layer (document),
                                         kutip_relation_get_id (link))
             : NULL;
}

gboolean
kutip_annotate_unlink (KutipDocument *document, KutipRelation *relation, GError **error)
{
  g_autoptr (KutipChange) change = kutip_change_new (_ ("Remove Link"));

  kutip_change_add_relation (change, relation, NULL);
  return kutip_annotate_apply (document, change, error);
}

gboolean
kutip_annotate_set_status (KutipDocument *document, KutipStatus status, GError **error)
{
  KutipHeader *header = kutip_layer_get_header (kutip_document_get_layer (document));
  KutipHeaderFields fields = *kutip_header_get_fields (header);

  fields.status = status;
  return kutip_annotate_set_header (document, &fields,
                                    status == KUTIP_STATUS_DONE
                                        ? _ ("Mark Article as Done")
                                        : _ ("Mark Article as Not Done"),
                                    error);
}

gboolean
kutip_annotate_set_header (KutipDocument *document,
                           const KutipHeaderFields *fields,
                           const char *title,
                           GError **error)
{
  KutipHeader *before = kutip_layer_get_header (kutip_document_get_layer (document));
  g_autoptr (KutipHeader) after = kutip_header_new (fields);
  g_autoptr (KutipChange) change = NULL;

  if (kutip_header_equal (before, after))
    return TRUE;
  change = kutip_change_new (title);
  kutip_change_add_header (change, before, after);
  return kutip_document_apply (document, change, error);
}
