/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-parts.h"

#include <string.h>

static gboolean
is_empty (const char *const *strings)
{
  return strings == NULL || strings[0] == NULL;
}

/* Left out when empty. */
static void
put_strings (KutipMembersWriter *writer, int member, const char *const *strings)
{
  if (is_empty (strings))
    return;
  kutip_members_put (writer, member);
  kutip_json_append_strings (writer->out, strings);
}

static void
put_key (KutipMembersWriter *writer, int member, gunichar key)
{
  char string[7] = { 0 };

  if (key == 0)
    return;
  g_unichar_to_utf8 (key, string);
  kutip_members_put_string (writer, member, string);
}

/* The name stands for a title that is not there. */
static void
put_title (KutipMembersWriter *writer, int member, const char *title, const char *name)
{
  if (g_strcmp0 (title, name) != 0)
    kutip_members_put_string (writer, member, title);
}

static void
append_label (GString *out, const KutipLabelType *label)
{
  KutipMembersWriter writer;

  kutip_members_begin (&writer, out, kutip_label_members, label->foreign, "",
                       &kutip_members_on_one_line);
  kutip_members_put_string (&writer, KUTIP_LABEL_MEMBER_NAME, label->name);
  put_title (&writer, KUTIP_LABEL_MEMBER_TITLE, label->title, label->name);
  kutip_members_put_string (&writer, KUTIP_LABEL_MEMBER_COLOR, label->color);
  put_key (&writer, KUTIP_LABEL_MEMBER_KEY, label->key);
  kutip_members_put_string (&writer, KUTIP_LABEL_MEMBER_DESCRIPTION, label->description);
  kutip_members_put_string (&writer, KUTIP_LABEL_MEMBER_GUIDELINES, label->guidelines);
  put_strings (&writer, KUTIP_LABEL_MEMBER_ATTRIBUTES, label->attributes);
  put_strings (&writer, KUTIP_LABEL_MEMBER_REQUIRES, label->requires);
  kutip_members_end (&writer);
}

static void
put_default (KutipMembersWriter *writer, const KutipAttributeType *attribute)
{
  if (attribute->kind == KUTIP_ATTRIBUTE_FLAG)
    kutip_members_put_true (writer, KUTIP_ATTRIBUTE_MEMBER_DEFAULT,
                            attribute->default_value != NULL);
  else
    kutip_members_put_string (writer, KUTIP_ATTRIBUTE_MEMBER_DEFAULT,
                              attribute->default_value);
}

static void
append_attribute (GString *out, const KutipAttributeType *attribute)
{
  KutipMembersWriter writer;

  kutip_members_begin (&writer, out, kutip_attribute_members, attribute->foreign, "",
                       &kutip_members_on_one_line);
  kutip_members_put_string (&writer, KUTIP_ATTRIBUTE_MEMBER_NAME, attribute->name);
  put_title (&writer, KUTIP_ATTRIBUTE_MEMBER_TITLE, attribute->title, attribute->name);
  kutip_members_put_string (&writer, KUTIP_ATTRIBUTE_MEMBER_DESCRIPTION,
                            attribute->description);
  if (attribute->kind == KUTIP_ATTRIBUTE_FLAG)
    kutip_members_put_string (&writer, KUTIP_ATTRIBUTE_MEMBER_TYPE, "flag");
  if (attribute->kind == KUTIP_ATTRIBUTE_DATE)
    kutip_members_put_string (&writer, KUTIP_ATTRIBUTE_MEMBER_TYPE, "date");
  put_strings (&writer, KUTIP_ATTRIBUTE_MEMBER_VALUES, attribute->values);
  kutip_members_put_true (&writer, KUTIP_ATTRIBUTE_MEMBER_MULTIPLE, attribute->multiple);
  put_default (&writer, attribute);
  kutip_members_end (&writer);
}

static void
append_relation (GString *out, const KutipRelationType *relation)
{
  KutipMembersWriter writer;

  kutip_members_begin (&writer, out, kutip_relation_type_members, relation->foreign, "",
                       &kutip_members_on_one_line);
  kutip_members_put_string (&writer, KUTIP_RELATION_TYPE_MEMBER_NAME, relation->name);
  put_title (&writer, KUTIP_RELATION_TYPE_MEMBER_TITLE, relation->title, relation->name);
  put_key (&writer, KUTIP_RELATION_TYPE_MEMBER_KEY, relation->key);
  kutip_members_put_string (&writer, KUTIP_RELATION_TYPE_MEMBER_DESCRIPTION,
                            relation->description);
  put_strings (&writer, KUTIP_RELATION_TYPE_MEMBER_FROM, relation->from);
  put_strings (&writer, KUTIP_RELATION_TYPE_MEMBER_TO, relation->to);
  put_strings (&writer, KUTIP_RELATION_TYPE_MEMBER_ATTRIBUTES, relation->attributes);
  if (relation->max > 0)
    kutip_members_put_uint (&writer, KUTIP_RELATION_TYPE_MEMBER_MAX, relation->max);
  kutip_members_put_true (&writer, KUTIP_RELATION_TYPE_MEMBER_SYMMETRIC,
                          relation->symmetric);
  kutip_members_end (&writer);
}

char *
kutip_tagset_to_json (KutipTagset *tagset)
{
  GString *out = g_string_new (NULL);
  KutipMembersWriter writer;
  KutipTagsetFields fields;
  static const char *const none[] = { NULL };

  kutip_tagset_get_fields (tagset, &fields);
  kutip_members_begin (&writer, out, kutip_tagset_members, fields.foreign, "",
                       &kutip_members_one_a_line);
  kutip_members_put_uint (&writer, KUTIP_TAGSET_MEMBER_FORMAT, KUTIP_TAGSET_FORMAT);
  kutip_members_put_string (&writer, KUTIP_TAGSET_MEMBER_NAME, fields.name);
  if (fields.version != NULL && *fields.version != '\0')
    kutip_members_put_string (&writer, KUTIP_TAGSET_MEMBER_VERSION, fields.version);
  kutip_members_put_string (&writer, KUTIP_TAGSET_MEMBER_GUIDELINES, fields.guidelines);
  kutip_members_put (&writer, KUTIP_TAGSET_MEMBER_LABELS);
  for (guint i = 0; i < fields.n_labels; i++)
    {
      kutip_members_begin_line (out, &kutip_members_one_a_line, i == 0);
      append_label (out, &fields.labels[i]);
    }
  kutip_members_end_lines (out, &kutip_members_one_a_line, fields.n_labels == 0);
  kutip_members_put (&writer, KUTIP_TAGSET_MEMBER_ATTRIBUTES);
  for (guint i = 0; i < fields.n_attributes; i++)
    {
      kutip_members_begin_line (out, &kutip_members_one_a_line, i == 0);
      append_attribute (out, &fields.attributes[i]);
    }
  kutip_members_end_lines (out, &kutip_members_one_a_line, fields.n_attributes == 0);
  kutip_members_put (&writer, KUTIP_TAGSET_MEMBER_RELATIONS);
  for (guint i = 0; i < fields.n_relations; i++)
    {
      kutip_members_begin_line (out, &kutip_members_one_a_line, i == 0);
      append_relation (out, &fields.relations[i]);
    }
  kutip_members_end_lines (out, &kutip_members_one_a_line, fields.n_relations == 0);
  kutip_members_put (&writer, KUTIP_TAGSET_MEMBER_ARTICLE_ATTRIBUTES);
  kutip_json_append_strings (
      out, is_empty (fields.article_attributes) ? none : fields.article_attributes);
  kutip_members_end (&writer);
  return g_string_free (out, FALSE);
}
