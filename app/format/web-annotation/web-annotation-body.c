/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/web-annotation/web-annotation-parts.h"
#include "format/web-annotation/web-annotation.h"

#include <string.h>

const KutipJsonNode *
kutip_web_get_first (const KutipJsonNode *node, const char *name)
{
  const KutipJsonNode *value = kutip_json_node_get (node, name);

  return kutip_json_node_is_array (value) ? value->first : value;
}

gboolean
kutip_web_has_value (const KutipJsonNode *node, const char *name, const char *wanted)
{
  const KutipJsonNode *value = kutip_web_get_first (node, name);
  gboolean is_list = kutip_json_node_is_array (kutip_json_node_get (node, name));

  for (; value != NULL; value = is_list ? value->next : NULL)
    if (g_strcmp0 (kutip_json_node_get_string (value), wanted) == 0)
      return TRUE;
  return FALSE;
}

const char *
kutip_web_get_iri (const KutipJsonNode *node)
{
  const char *iri = kutip_json_node_get_string (node);

  if (iri == NULL)
    iri = kutip_json_node_get_string (kutip_web_get_first (node, "id"));
  if (iri != NULL)
    return iri;
  node = kutip_web_get_first (node, "source");
  iri = kutip_json_node_get_string (node);
  return iri != NULL ? iri : kutip_json_node_get_member (node, "id");
}

const char *
kutip_web_get_creator (const KutipJsonNode *annotation)
{
  static const char *const names[] = { "name", "nickname", "nick", "id" };
  const KutipJsonNode *creator = kutip_web_get_first (annotation, "creator");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name =
          kutip_json_node_get_string (kutip_web_get_first (creator, names[i]));

      if (name != NULL)
        return name;
    }
  return kutip_json_node_get_string (creator);
}

/* --- bodies --- */

const KutipJsonNode *
kutip_web_find_linked (const KutipJsonNode *annotation)
{
  const KutipJsonNode *body = kutip_web_get_first (annotation, "body");
  gboolean is_list = kutip_json_node_is_array (kutip_json_node_get (annotation, "body"));

  for (; body != NULL; body = is_list ? body->next : NULL)
    if (kutip_web_get_iri (body) != NULL && kutip_json_node_get (body, "value") == NULL)
      return body;
  return NULL;
}

static void
add_value (KutipWebBodies *self, const char *name, const char *value, gboolean is_list)
{
  kutip_draft_add_value (self->draft, self->attributes, name, value,
                         is_list || value == NULL ? KUTIP_VALUE_LIST
                                                  : KUTIP_VALUE_STRING);
}

static void
read_attribute (KutipWebBodies *self, const KutipJsonNode *body, const char *name)
{
  const char *value = kutip_json_node_get_word (kutip_web_get_first (body, "value"));
  const char *kind = kutip_json_node_get_member (body, KUTIP_WEB_ANNOTATION_OWN);

  if (g_strcmp0 (kind, "flag") == 0)
    kutip_draft_set_attribute (self->draft, self->attributes,
                               (KutipAttribute){ name, KUTIP_VALUE_FLAG, NULL });
  else if (g_strcmp0 (kind, "empty") == 0)
    add_value (self, name, NULL, TRUE);
  else
    add_value (self, name, value, g_strcmp0 (kind, "list") == 0);
}

static void
add_note (KutipWebBodies *self, const char *text)
{
  if (self->notes == NULL)
    self->notes = g_string_new (text);
  else
    g_string_append_printf (self->notes, "\n%s", text);
}

/* The first tag is the label, any others an attribute. */
static void
add_tag (KutipWebBodies *self, const char *tag)
{
  if (self->label == NULL && *tag != '\0')
    self->label = kutip_draft_keep (self->draft, tag);
  else
    add_value (self, "tags", tag, TRUE);
}

/* Of what it says no more than what it is about is read. */
static void
read_link (KutipWebBodies *self, const KutipJsonNode *body)
{
  KutipSpanLink link = { "iri", kutip_web_get_iri (body), NULL };

  if (link.id == NULL || self->links == NULL || body == self->linked ||
      kutip_json_node_get (body, "value") != NULL ||
      kutip_web_has_value (body, "purpose", "linking"))
    return;
  link.id = kutip_draft_keep (self->draft, link.id);
  g_array_append_val (self->links, link);
}

static void
read_body (KutipWebBodies *self,
           const KutipJsonNode *body,
           const KutipJsonNode *annotation)
{
  const char *value = kutip_json_node_get_string (kutip_web_get_first (body, "value"));
  const char *name = kutip_json_node_get_string (kutip_web_get_first (body, "label"));
  const KutipJsonNode *from =
      kutip_web_get_first (body, "purpose") != NULL ? body : annotation;
  const char *member = from == body ? "purpose" : "motivation";

  if (value == NULL)
    read_link (self, body);
  else if (name != NULL && kutip_web_has_value (from, member, "classifying"))
    read_attribute (self, body, name);
  else if (kutip_web_has_value (from, member, "tagging") ||
           kutip_web_has_value (from, member, "classifying"))
    add_tag (self, value);
  else
    add_note (self, value);
}

void
kutip_web_bodies_read (KutipWebBodies *self, const KutipJsonNode *annotation)
{
  const KutipJsonNode *body = kutip_web_get_first (annotation, "body");
  const char *value =
      kutip_json_node_get_string (kutip_web_get_first (annotation, "bodyValue"));
  gboolean is_list = kutip_json_node_is_array (kutip_json_node_get (annotation, "body"));

  for (; body != NULL; body = is_list ? body->next : NULL)
    {
      const KutipJsonNode *items = kutip_json_node_get (body, "items");

      if (!kutip_json_node_is_array (items))
        read_body (self, body, annotation);
      else
        for (const KutipJsonNode *item = items->first; item != NULL; item = item->next)
          read_body (self, item, annotation);
    }
  if (value != NULL && kutip_web_has_value (annotation, "motivation", "tagging"))
    add_tag (self, value);
  else if (value != NULL)
    add_note (self, value);
  if (self->notes != NULL)
    self->note = kutip_draft_keep (self->draft, self->notes->str);
  if (self->label == NULL)
    self->label = kutip_draft_keep (
        self->draft,
        kutip_json_node_get_string (kutip_web_get_first (annotation, "motivation")));
  if (self->label == NULL)
    self->label = "annotation";
  if (self->notes != NULL)
    g_string_free (g_steal_pointer (&self->notes), TRUE);
}
