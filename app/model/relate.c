/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/relate.h"

#include "model/annotate-private.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
kutip_annotate_is_linked (KutipDocument *document,
                          const KutipRelationType *type,
                          const char *from_id,
                          const char *to_id)
{
  g_autoptr (GPtrArray) relations =
      kutip_layer_list_relations_of (kutip_document_get_layer (document), from_id);

  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);
      const char *from = kutip_relation_get_from (relation);
      const char *to = kutip_relation_get_to (relation);

      if (strcmp (kutip_relation_get_label (relation), type->name) != 0)
        continue;
      if (strcmp (from, from_id) == 0 && strcmp (to, to_id) == 0)
        return TRUE;
      if (type->symmetric && strcmp (from, to_id) == 0 && strcmp (to, from_id) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
kutip_relate_may_link (KutipDocument *document,
                       KutipSpan *from,
                       KutipSpan *to,
                       const char *type)
{
  KutipTagset *tagset = kutip_document_get_tagset (document);
  const char *from_id = kutip_span_get_id (from);
  const char *to_id = kutip_span_get_id (to);

  return strcmp (from_id, to_id) != 0 &&
         kutip_tagset_allows (tagset, type, kutip_span_get_label (from),
                              kutip_span_get_label (to)) &&
         !kutip_annotate_is_linked (document, kutip_tagset_get_relation (tagset, type),
                                    from_id, to_id);
}

gboolean
kutip_relate_may_become (KutipDocument *document,
                         KutipRelation *link,
                         const char *type,
                         gboolean reversed)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  KutipSpan *from = kutip_layer_get_span (layer, kutip_relation_get_from (link));
  KutipSpan *to = kutip_layer_get_span (layer, kutip_relation_get_to (link));

  if (from == NULL || to == NULL)
    return FALSE;
  return reversed ? kutip_relate_may_link (document, to, from, type)
                  : kutip_relate_may_link (document, from, to, type);
}

/* Puts a link of @fields in the place of @link; nothing is done, and that is fine, when
 * they do not differ. */
static gboolean
replace_link (KutipDocument *document,
              KutipRelation *link,
              KutipRelationFields *fields,
              const char *title,
              GError **error)
{
  g_autoptr (KutipRelation) same = kutip_relation_new (fields);
  g_autoptr (KutipRelation) after = NULL;
  g_autoptr (KutipChange) change = NULL;
  g_autofree char *modified = NULL;

  if (kutip_relation_equal (link, same))
    return TRUE;
  modified = kutip_annotate_dup_now ();
  fields->modified = modified;
  after = kutip_relation_new (fields);
  change = kutip_change_new (title);
  kutip_change_add_relation (change, link, after);
  return kutip_annotate_apply (document, change, error);
}

/* @attributes with the values of @defaults that it lacks. */
static KutipAttributes *
add_missing (KutipAttributes *attributes, KutipAttributes *defaults)
{
  KutipAttributes *all = attributes != NULL ? kutip_attributes_ref (attributes) : NULL;

  for (guint i = 0; i < kutip_attributes_get_n (defaults); i++)
    {
      KutipAttribute wanted = kutip_attributes_get_nth (defaults, i);
      KutipAttribute present;
      KutipAttributes *longer;

      if (kutip_attributes_lookup (all, wanted.name, &present))
        continue;
      longer = kutip_attributes_with (all, wanted);
      g_clear_pointer (&all, kutip_attributes_unref);
      all = longer;
    }
  return all;
}

gboolean
kutip_relate_change (KutipDocument *document,
                     KutipRelation *link,
                     const char *type,
                     gboolean reversed,
                     GError **error)
{
  KutipTagset *tagset = kutip_document_get_tagset (document);
  const KutipRelationType *relation_type = kutip_tagset_get_relation (tagset, type);
  g_autoptr (KutipAttributes) defaults = NULL;
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autofree char *title = NULL;
  KutipRelationFields fields;

  if (!kutip_relate_may_become (document, link, type, reversed))
    {
      g_set_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED,
                   /* Translators: %s is a kind of link, such as Supports. */
                   _ ("The link between these two cannot be “%s”"),
                   relation_type != NULL
                       ? kutip_tagset_translate (tagset, relation_type->title)
                       : type);
      return FALSE;
    }
  kutip_relation_get_fields (link, &fields);
  defaults = kutip_annotate_dup_default_attributes (tagset, relation_type->attributes);
  attributes = add_missing (fields.attributes, defaults);
  fields.attributes = attributes;
  fields.label = relation_type->name;
  if (reversed)
    {
      fields.from = kutip_relation_get_to (link);
      fields.to = kutip_relation_get_from (link);
    }
  if (strcmp (kutip_relation_get_label (link), type) == 0)
    title = g_strdup (_ ("Turn Link Around"));
  else
    /* Translators: an entry of the undo history; %s is a kind of link, such as Supports.
     */
    title = g_strdup_printf (_ ("Change Link to %s"),
                             kutip_tagset_translate (tagset, relation_type->title));
  return replace_link (document, link, &fields, title, error);
}

gboolean
kutip_relate_set_attributes (KutipDocument *document,
                             KutipRelation *link,
                             KutipAttributes *attributes,
                             GError **error)
{
  KutipRelationFields fields;

  kutip_relation_get_fields (link, &fields);
  fields.attributes = attributes;
  return replace_link (document, link, &fields, _ ("Change Attributes of Link"), error);
}

gboolean
kutip_relate_set_note (KutipDocument *document,
                       KutipRelation *link,
                       const char *note,
                       GError **error)
{
  KutipRelationFields fields;

  kutip_relation_get_fields (link, &fields);
  fields.note = note != NULL && *note != '\0' ? note : NULL;
  return replace_link (document, link, &fields, _ ("Change Note on Link"), error);
}
