/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio.h"
#include "format/tagset/tagset-note.h"
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

char *
kutip_label_studio_strip_control (char *control)
{
  static const char *const suffixes[] = { KUTIP_LABEL_STUDIO_PER_ARTICLE,
                                          KUTIP_LABEL_STUDIO_FREE_TEXT,
                                          KUTIP_LABEL_STUDIO_OTHER };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (control, suffixes[i]))
      control[strlen (control) - strlen (suffixes[i])] = '\0';
  return control;
}

/* What stands around the controls that the tag set and the results say. */
typedef struct
{
  GString *out;
  GTree *uses;
  const char *text;   /* the controls are of */
  const char *labels; /* the control with the tag set's labels */
} Config;

/* The first that is used, if Kutip's own is not. */
static const char *
find_name (GTree *uses, KutipLabelStudioType type, const char *own)
{
  const char *first = NULL;

  for (GTreeNode *node = g_tree_node_first (uses); node != NULL;
       node = g_tree_node_next (node))
    {
      const KutipLabelStudioUse *use = g_tree_node_value (node);
      const char *name = g_tree_node_key (node);

      if (use->type != type)
        continue;
      if (type == KUTIP_LABEL_STUDIO_OBJECT)
        name++;
      if (strcmp (name, own) == 0)
        return own;
      if (first == NULL)
        first = name;
    }
  return first == NULL ? own : first;
}

static void
append_tagset_labels (GString *out, KutipTagset *tagset)
{
  for (guint i = 0; tagset != NULL && i < kutip_tagset_get_n_labels (tagset); i++)
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
}

static void
begin_labels (Config *self, const char *name)
{
  const KutipLabelStudioUse *use = g_tree_lookup (self->uses, name);

  g_string_append (self->out, "  <Labels");
  kutip_xml_append_attribute (self->out, "name", name);
  kutip_xml_append_attribute (self->out, "toName",
                              use != NULL ? use->attribute : self->text);
  g_string_append (self->out, ">\n");
}

/* Those of the tag set, and the controls of other projects with what is used of them. */
static void
append_labels (Config *self, KutipTagset *tagset)
{
  begin_labels (self, self->labels);
  append_tagset_labels (self->out, tagset);
  g_string_append (self->out, "  </Labels>\n");
  for (GTreeNode *node = g_tree_node_first (self->uses); node != NULL;
       node = g_tree_node_next (node))
    {
      const KutipLabelStudioUse *use = g_tree_node_value (node);

      if (use->type != KUTIP_LABEL_STUDIO_REGIONS ||
          strcmp (g_tree_node_key (node), self->labels) == 0)
        continue;
      begin_labels (self, g_tree_node_key (node));
      for (GTreeNode *value = g_tree_node_first (use->values); value != NULL;
           value = g_tree_node_next (value))
        {
          g_string_append (self->out, "    <Label");
          kutip_xml_append_attribute (self->out, "value", g_tree_node_key (value));
          g_string_append (self->out, "/>\n");
        }
      g_string_append (self->out, "  </Labels>\n");
    }
}

static void
append_text (GString *out, const char *name, const char *key)
{
  g_autofree char *value = g_strconcat ("$", key, NULL);

  g_string_append (out, "  <Text");
  kutip_xml_append_attribute (out, "name", name);
  kutip_xml_append_attribute (out, "value", value);
  g_string_append (out, " granularity=\"symbol\"/>\n");
}

static void
append_texts (Config *self)
{
  gboolean any = FALSE;

  for (GTreeNode *node = g_tree_node_first (self->uses); node != NULL;
       node = g_tree_node_next (node))
    {
      const KutipLabelStudioUse *use = g_tree_node_value (node);
      const char *name = g_tree_node_key (node);

      if (use->type != KUTIP_LABEL_STUDIO_OBJECT)
        continue;
      append_text (self->out, name + 1, use->attribute);
      any = TRUE;
    }
  if (!any)
    append_text (self->out, KUTIP_LABEL_STUDIO_TEXT, KUTIP_LABEL_STUDIO_TEXT);
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

static const char *
get_element (KutipLabelStudioType type)
{
  return type == KUTIP_LABEL_STUDIO_CHOICES    ? "Choices"
         : type == KUTIP_LABEL_STUDIO_RATING   ? "Rating"
         : type == KUTIP_LABEL_STUDIO_NUMBER   ? "Number"
         : type == KUTIP_LABEL_STUDIO_DATETIME ? "DateTime"
                                               : "TextArea";
}

/* One control: for each region, or for the article. @use may be NULL. */
static void
append_control (Config *self,
                const KutipAttributeType *type,
                const char *name,
                KutipLabelStudioType kind,
                gboolean per_article,
                const KutipLabelStudioUse *use)
{
  GString *out = self->out;
  gboolean is_multiple = type->multiple || (use != NULL && use->is_multiple);

  g_string_append (out, "  <Header");
  kutip_xml_append_attribute (out, "value",
                              type->title != NULL ? type->title : type->name);
  g_string_append_printf (out, "/>\n  <%s", get_element (kind));
  kutip_xml_append_attribute (out, "name", name);
  kutip_xml_append_attribute (out, "toName", self->text);
  if (!per_article)
    kutip_xml_append_attribute (out, "perRegion", "true");
  if (kind != KUTIP_LABEL_STUDIO_CHOICES)
    {
      g_string_append (out, "/>\n");
      return;
    }
  kutip_xml_append_attribute (out, "choice", is_multiple ? "multiple" : "single");
  g_string_append (out, ">\n");
  append_choices (out, type, use == NULL ? NULL : use->values);
  g_string_append (out, "  </Choices>\n");
}

/* Whether results name a control of another project for it. */
static gboolean
has_other_control (Config *self, const char *attribute, gboolean per_article)
{
  for (GTreeNode *node = g_tree_node_first (self->uses); node != NULL;
       node = g_tree_node_next (node))
    {
      const KutipLabelStudioUse *use = g_tree_node_value (node);

      if (use->type != KUTIP_LABEL_STUDIO_REGIONS &&
          use->type != KUTIP_LABEL_STUDIO_OBJECT && use->per_article == per_article &&
          strcmp (use->attribute, attribute) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What the tag set says of the attribute, and what results name beyond. */
static void
append_controls (Config *self,
                 const KutipAttributeType *type,
                 gboolean is_declared,
                 gboolean per_article,
                 GHashTable *done)
{
  for (int is_choice = TRUE; is_choice >= FALSE; is_choice--)
    {
      g_autofree char *name =
          kutip_label_studio_make_control (type->name, is_choice, per_article);
      const KutipLabelStudioUse *use = g_tree_lookup (self->uses, name);
      KutipLabelStudioType kind = use != NULL ? use->type
                                  : is_choice ? KUTIP_LABEL_STUDIO_CHOICES
                                              : KUTIP_LABEL_STUDIO_TYPED;

      if (use == NULL && (!is_declared || is_choice != !is_typed (type) ||
                          has_other_control (self, type->name, per_article)))
        continue;
      /* Of another project, where it stands for something else. */
      if (kind == KUTIP_LABEL_STUDIO_REGIONS ||
          (use != NULL && use->per_article != per_article))
        continue;
      if (g_hash_table_add (done, g_strdup (name)))
        append_control (self, type, name, kind, per_article, use);
    }
}

/* Of attributes that the tag set does not have. */
static void
append_others (Config *self, GHashTable *done)
{
  for (GTreeNode *node = g_tree_node_first (self->uses); node != NULL;
       node = g_tree_node_next (node))
    {
      const KutipLabelStudioUse *use = g_tree_node_value (node);
      KutipAttributeType type = { .name = use->attribute };

      if (use->type != KUTIP_LABEL_STUDIO_REGIONS &&
          use->type != KUTIP_LABEL_STUDIO_OBJECT &&
          !g_hash_table_contains (done, g_tree_node_key (node)))
        append_control (self, &type, g_tree_node_key (node), use->type, use->per_article,
                        use);
    }
}

static void
append_relations (GString *out, KutipTagset *tagset)
{
  if (tagset == NULL || kutip_tagset_get_n_relations (tagset) == 0)
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

static void
append_attributes (Config *self, KutipTagset *tagset, GHashTable *done)
{
  const char *const *of_article = kutip_tagset_get_article_attributes (tagset);
  KutipTagsetFields fields;

  kutip_tagset_get_fields (tagset, &fields);
  for (guint i = 0; i < fields.n_attributes; i++)
    {
      const KutipAttributeType *type = &fields.attributes[i];
      gboolean per_article =
          of_article != NULL && g_strv_contains (of_article, type->name);

      append_controls (self, type, TRUE, FALSE, done);
      append_controls (self, type, per_article, TRUE, done);
    }
}

/* All but the end. */
static GString *
begin_config (KutipTagset *tagset, GTree *uses)
{
  g_autoptr (GHashTable) done =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Config config = { g_string_new ("<View>\n"), uses,
                    find_name (uses, KUTIP_LABEL_STUDIO_OBJECT, KUTIP_LABEL_STUDIO_TEXT),
                    find_name (uses, KUTIP_LABEL_STUDIO_REGIONS,
                               KUTIP_LABEL_STUDIO_LABELS) };

  if (tagset != NULL)
    append_labels (&config, tagset);
  append_texts (&config);
  append_relations (config.out, tagset);
  if (tagset != NULL)
    append_attributes (&config, tagset, done);
  append_others (&config, done);
  return config.out;
}

GString *
kutip_label_studio_write_controls (KutipTagset *tagset, GTree *uses)
{
  GString *out = begin_config (tagset, uses);

  g_string_append (out, "</View>\n");
  return out;
}

GString *
kutip_label_studio_write_config (KutipTagset *tagset, GTree *uses)
{
  GString *out = begin_config (tagset, uses);
  g_autofree char *note =
      tagset == NULL ? NULL : kutip_tagset_make_note (tagset, kutip_label_studio_say);

  if (note != NULL)
    kutip_xml_append_note (out, note);
  g_string_append (out, "</View>\n");
  return out;
}
