/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio.h"

#include <string.h>

/* A longer value, or one of several lines, is typed. */
#define MAX_CHOICE_BYTES 60

gboolean
kutip_label_studio_is_choice (KutipTagset *tagset,
                              const char *attribute,
                              const char *value)
{
  const KutipAttributeType *type =
      tagset == NULL ? NULL : kutip_tagset_get_attribute (tagset, attribute);

  if (type != NULL && type->kind == KUTIP_ATTRIBUTE_TEXT)
    return FALSE;
  return strlen (value) <= MAX_CHOICE_BYTES && strchr (value, '\n') == NULL;
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
append_attribute (GString *out, const char *name, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append_printf (out, " %s=\"%s\"", name, escaped);
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
      append_attribute (out, "value", label->name);
      append_attribute (out, "background", kutip_tagset_get_color (tagset, label->name));
      if (g_unichar_isgraph (label->key))
        {
          char key[7] = { 0 };

          g_unichar_to_utf8 (label->key, key);
          append_attribute (out, "hotkey", key);
        }
      if (label->description != NULL)
        append_attribute (out, "hint", label->description);
      g_string_append (out, "/>\n");
    }
  g_string_append (out, "  </Labels>\n");
}

static void
append_choice (GString *out, const char *value)
{
  g_string_append (out, "    <Choice");
  append_attribute (out, "value", value);
  g_string_append (out, "/>\n");
}

/* One control: for each region, or with @suffix for the article. */
static void
append_control (GString *out, const KutipAttributeType *type, gboolean per_article)
{
  g_autofree char *name = kutip_label_studio_make_control (
      type->name, type->kind != KUTIP_ATTRIBUTE_TEXT, per_article);
  const char *title = type->title != NULL ? type->title : type->name;

  g_string_append (out, "  <Header");
  append_attribute (out, "value", title);
  g_string_append (out, type->kind == KUTIP_ATTRIBUTE_TEXT ? "/>\n  <TextArea"
                                                           : "/>\n  <Choices");
  append_attribute (out, "name", name);
  append_attribute (out, "toName", KUTIP_LABEL_STUDIO_TEXT);
  if (!per_article)
    append_attribute (out, "perRegion", "true");
  if (type->kind == KUTIP_ATTRIBUTE_TEXT)
    {
      g_string_append (out, "/>\n");
      return;
    }
  append_attribute (out, "choice", type->multiple ? "multiple" : "single");
  g_string_append (out, ">\n");
  if (type->kind == KUTIP_ATTRIBUTE_FLAG)
    append_choice (out, type->name);
  for (guint i = 0; type->values != NULL && type->values[i] != NULL; i++)
    append_choice (out, type->values[i]);
  g_string_append (out, "  </Choices>\n");
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
      append_attribute (out, "value", kutip_tagset_get_nth_relation (tagset, i)->name);
      g_string_append (out, "/>\n");
    }
  g_string_append (out, "  </Relations>\n");
}

GString *
kutip_label_studio_write_config (KutipTagset *tagset)
{
  GString *out = g_string_new ("<View>\n");
  const char *const *of_article = kutip_tagset_get_article_attributes (tagset);
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

      append_control (out, type, FALSE);
      if (per_article)
        append_control (out, type, TRUE);
    }
  g_string_append (out, "</View>\n");
  return out;
}
