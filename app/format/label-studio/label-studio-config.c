/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio.h"
#include "format/xml/xml.h"

#include <string.h>

/* A longer value, or one of several lines, is typed. */
#define MAX_CHOICE_BYTES 60

/* Free text, or a date: nothing lists its values. */
static gboolean
is_typed (const KutipAttributeType *type)
{
  return type->kind == KUTIP_ATTRIBUTE_TEXT || type->kind == KUTIP_ATTRIBUTE_DATE;
}

/* XML has no control characters but these. */
static gboolean
is_in_one_line (const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && *p != '\t')
      return FALSE;
  return TRUE;
}

gboolean
kutip_label_studio_is_choice (KutipTagset *tagset,
                              const char *attribute,
                              const char *value)
{
  const KutipAttributeType *type =
      tagset == NULL ? NULL : kutip_tagset_get_attribute (tagset, attribute);

  if (type != NULL && is_typed (type))
    return FALSE;
  return *value != '\0' && strlen (value) <= MAX_CHOICE_BYTES && is_in_one_line (value);
}

char *
kutip_label_studio_make_control (const char *attribute,
                                 gboolean is_choice,
                                 gboolean per_article)
{
  gboolean is_taken = strcmp (attribute, KUTIP_LABEL_STUDIO_LABELS) == 0 ||
                      strcmp (attribute, KUTIP_LABEL_STUDIO_TEXT) == 0;

  return g_strconcat (attribute, is_taken ? KUTIP_LABEL_STUDIO_OTHER : "",
                      is_choice ? "" : KUTIP_LABEL_STUDIO_FREE_TEXT,
                      per_article ? KUTIP_LABEL_STUDIO_PER_ARTICLE : "", NULL);
}

static void
append_labels (GString *out, KutipTagset *tagset)
{
  g_string_append (out, "  <Labels name=\"" KUTIP_LABEL_STUDIO_LABELS
                        "\" toName=\"" KUTIP_LABEL_STUDIO_TEXT "\">\n");
  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);

      g_string_append (out, "    <Label");
      kutip_xml_append_attribute (out, "value", label->name);
      kutip_xml_append_attribute (out, "background",
                                  kutip_tagset_get_color (tagset, label->name));
      if (g_unichar_isgraph (label->key))
        {
          char key[7] = { 0 };

          g_unichar_to_utf8 (label->key, key);
          kutip_xml_append_attribute (out, "hotkey", key);
        }
      if (label->description != NULL)
        kutip_xml_append_attribute (out, "hint", label->description);
      g_string_append (out, "/>\n");
    }
  g_string_append (out, "  </Labels>\n");
}

static void
append_choice (GString *out, const char *value)
{
  g_string_append (out, "    <Choice");
  kutip_xml_append_attribute (out, "value", value);
  g_string_append (out, "/>\n");
}

/* The values of the tag set, and those that are used beyond. */
static void
append_choices (GString *out, const KutipAttributeType *type, GTree *used)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  if (type->kind == KUTIP_ATTRIBUTE_FLAG &&
      g_hash_table_add (known, (gpointer) type->name))
    append_choice (out, type->name);
  for (guint i = 0; type->values != NULL && type->values[i] != NULL; i++)
    if (g_hash_table_add (known, (gpointer) type->values[i]))
      append_choice (out, type->values[i]);
  for (GTreeNode *node = used == NULL ? NULL : g_tree_node_first (used); node != NULL;
       node = g_tree_node_next (node))
    if (!g_hash_table_contains (known, g_tree_node_key (node)))
      append_choice (out, g_tree_node_key (node));
}

/* One control: for each region, or for the article. @use may be NULL. */
static void
append_control (GString *out,
                const KutipAttributeType *type,
                gboolean is_choice,
                gboolean per_article,
                const KutipLabelStudioUse *use)
{
  g_autofree char *name =
      kutip_label_studio_make_control (type->name, is_choice, per_article);
  gboolean is_multiple = type->multiple || (use != NULL && use->is_multiple);

  g_string_append (out, "  <Header");
  kutip_xml_append_attribute (out, "value",
                              type->title != NULL ? type->title : type->name);
  g_string_append (out, is_choice ? "/>\n  <Choices" : "/>\n  <TextArea");
  kutip_xml_append_attribute (out, "name", name);
  kutip_xml_append_attribute (out, "toName", KUTIP_LABEL_STUDIO_TEXT);
  if (!per_article)
    kutip_xml_append_attribute (out, "perRegion", "true");
  if (!is_choice)
    {
      g_string_append (out, "/>\n");
      return;
    }
  kutip_xml_append_attribute (out, "choice", is_multiple ? "multiple" : "single");
  g_string_append (out, ">\n");
  append_choices (out, type, use == NULL ? NULL : use->values);
  g_string_append (out, "  </Choices>\n");
}

/* What the tag set says of the attribute, and what results name beyond. */
static void
append_controls (GString *out,
                 const KutipAttributeType *type,
                 gboolean is_declared,
                 gboolean per_article,
                 GTree *uses,
                 GHashTable *done)
{
  for (int is_choice = TRUE; is_choice >= FALSE; is_choice--)
    {
      g_autofree char *name =
          kutip_label_studio_make_control (type->name, is_choice, per_article);
      const KutipLabelStudioUse *use = g_tree_lookup (uses, name);

      if (use == NULL && !(is_declared && is_choice == !is_typed (type)))
        continue;
      if (g_hash_table_add (done, g_steal_pointer (&name)))
        append_control (out, type, is_choice, per_article, use);
    }
}

/* Of attributes that the tag set does not have. */
static void
append_others (GString *out, GTree *uses, GHashTable *done)
{
  for (GTreeNode *node = g_tree_node_first (uses); node != NULL;
       node = g_tree_node_next (node))
    {
      const KutipLabelStudioUse *use = g_tree_node_value (node);
      KutipAttributeType type = { .name = use->attribute };

      if (!g_hash_table_contains (done, g_tree_node_key (node)))
        append_control (out, &type, use->is_choice, use->per_article, use);
    }
}

static void
append_relations (GString *out, KutipTagset *tagset)
{
  if (kutip_tagset_get_n_relations (tagset) == 0)
    return;
  g_string_append (out, "  <Relations>\n");
  for (guint i = 0; i < kutip_tagset_get_n_relations (tagset); i++)
    {
      g_string_append (out, "    <Relation");
      kutip_xml_append_attribute (out, "value",
                                  kutip_tagset_get_nth_relation (tagset, i)->name);
      g_string_append (out, "/>\n");
    }
  g_string_append (out, "  </Relations>\n");
}

GString *
kutip_label_studio_write_config (KutipTagset *tagset, GTree *uses)
{
  GString *out = g_string_new ("<View>\n");
  const char *const *of_article = kutip_tagset_get_article_attributes (tagset);
  g_autoptr (GHashTable) done =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  KutipTagsetFields fields;

  append_labels (out, tagset);
  g_string_append (out, "  <Text name=\"" KUTIP_LABEL_STUDIO_TEXT
                        "\" value=\"$text\" granularity=\"symbol\"/>\n");
  append_relations (out, tagset);
  kutip_tagset_get_fields (tagset, &fields);
  for (guint i = 0; i < fields.n_attributes; i++)
    {
      const KutipAttributeType *type = &fields.attributes[i];
      gboolean per_article =
          of_article != NULL && g_strv_contains (of_article, type->name);

      append_controls (out, type, TRUE, FALSE, uses, done);
      append_controls (out, type, per_article, TRUE, uses, done);
    }
  append_others (out, uses, done);
  g_string_append (out, "</View>\n");
  return out;
}
