/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio.h"
#include "format/tagset/tagset-note.h"
#include "format/xml/xml.h"

#include <glib/gi18n.h>
#include <string.h>

/* A labelling configuration as a tag set: labels, relations, and controls that give
 * attributes to regions or to the article. */

/* Far more than anyone can look at. */
#define MOST_CONTROLS 1000u

/* An attribute while its controls are read. */
typedef struct
{
  KutipAttributeType type;
  GPtrArray *values;
  GHashTable *set; /* of them */
  gboolean of_regions, of_article;
} Control;

typedef struct
{
  KutipXmlReader *reader;
  GStringChunk *strings; /* each once */
  GArray *labels, *relations;
  GPtrArray *controls; /* Control */
  GHashTable *names;   /* of labels and relations: "l" or "r" before them; of controls */
  GHashTable *keys;    /* of labels, in lower case */
  Control *open;       /* whose choices are read, or NULL */
  char *header;        /* what stands right before, or NULL */
} Reading;

static void
free_control (gpointer data)
{
  Control *control = data;

  g_ptr_array_unref (control->values);
  g_hash_table_unref (control->set);
  g_free (control);
}

static void
init_reading (Reading *self, KutipXmlReader *reader)
{
  *self = (Reading){ .reader = reader };
  self->strings = g_string_chunk_new (1024);
  self->labels = g_array_new (FALSE, TRUE, sizeof (KutipLabelType));
  self->relations = g_array_new (FALSE, TRUE, sizeof (KutipRelationType));
  self->controls = g_ptr_array_new_with_free_func (free_control);
  self->names = g_hash_table_new (NULL, NULL);
  self->keys = g_hash_table_new (NULL, NULL);
}

static void
clear_reading (Reading *self)
{
  g_string_chunk_free (self->strings);
  g_array_unref (self->labels);
  g_array_unref (self->relations);
  g_ptr_array_unref (self->controls);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->keys);
  g_free (self->header);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, clear_reading)

/* NULL for an attribute that is not there, or empty. */
static const char *
read_attribute (Reading *self, const char *name)
{
  g_autofree char *value = kutip_xml_reader_dup_attribute (self->reader, name);
  g_autoptr (GError) error = NULL;

  if (value == NULL || *value == '\0')
    return NULL;
  if (!kutip_format_check_name (value, &error) && strcmp (name, "hint") != 0)
    kutip_xml_reader_fail (self->reader, "%s", error->message);
  return g_string_chunk_insert_const (self->strings, value);
}

/* FALSE when there is another of the name. */
static gboolean
claim_name (Reading *self, char kind, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%c%s", kind, name);

  return g_hash_table_add (self->names, g_string_chunk_insert_const (self->strings, key));
}

static gboolean
is_color (const char *color)
{
  return color != NULL && *color == '#' && strlen (color) == 7 &&
         strspn (color + 1, "0123456789abcdefABCDEF") == 6;
}

/* A name of a key, several, or that of another label is none. */
static gunichar
claim_key (Reading *self, const char *key)
{
  gunichar c = key == NULL || g_utf8_strlen (key, -1) != 1 ? 0 : g_utf8_get_char (key);

  return c != 0 && g_unichar_isgraph (c) &&
                 g_hash_table_add (self->keys, GUINT_TO_POINTER (g_unichar_tolower (c)))
             ? c
             : 0;
}

static void
read_label (Reading *self)
{
  const char *color = read_attribute (self, "background");
  const char *key = read_attribute (self, "hotkey");
  KutipLabelType label = { .name = read_attribute (self, "value"),
                           .description = read_attribute (self, "hint") };

  if (label.name == NULL || !claim_name (self, 'l', label.name))
    return;
  label.title = label.name;
  label.color = is_color (color) ? color : NULL;
  label.key = claim_key (self, key);
  g_array_append_val (self->labels, label);
}

static void
read_relation (Reading *self)
{
  KutipRelationType relation = { .name = read_attribute (self, "value") };

  if (relation.name == NULL || !claim_name (self, 'r', relation.name))
    return;
  relation.title = relation.name;
  g_array_append_val (self->relations, relation);
}

static Control *
get_control (Reading *self, const char *attribute)
{
  Control *control;

  for (guint i = 0; i < self->controls->len; i++)
    {
      control = g_ptr_array_index (self->controls, i);
      if (control->type.name == attribute)
        return control;
    }
  control = g_new0 (Control, 1);
  control->type.name = control->type.title = attribute;
  control->values = g_ptr_array_new ();
  control->set = g_hash_table_new (NULL, NULL);
  g_ptr_array_add (self->controls, control);
  return control;
}

static Control *
read_control (Reading *self, KutipAttributeKind kind)
{
  g_autofree char *name = kutip_xml_reader_dup_attribute (self->reader, "name");
  const char *per_region = read_attribute (self, "perRegion");
  const char *choice = read_attribute (self, "choice");
  Control *control;

  if (name == NULL || *kutip_label_studio_strip_control (name) == '\0' ||
      self->controls->len >= MOST_CONTROLS)
    return NULL;
  control = get_control (self, g_string_chunk_insert_const (self->strings, name));
  control->type.kind = MAX (control->type.kind, kind);
  control->type.multiple |= g_strcmp0 (choice, "multiple") == 0;
  if (g_strcmp0 (per_region, "true") == 0)
    control->of_regions = TRUE;
  else
    control->of_article = TRUE;
  if (self->header != NULL)
    control->type.title = g_string_chunk_insert_const (self->strings, self->header);
  return control;
}

static void
read_choice (Reading *self)
{
  const char *value = read_attribute (self, "value");

  if (self->open != NULL && value != NULL &&
      g_hash_table_add (self->open->set, (gpointer) value))
    g_ptr_array_add (self->open->values, (gpointer) value);
}

static void
read_element (Reading *self)
{
  const char *name = kutip_xml_reader_get_name (self->reader);

  if (strcmp (name, "Header") == 0)
    {
      g_free (self->header);
      self->header = kutip_xml_reader_dup_attribute (self->reader, "value");
      return;
    }
  if (strcmp (name, "Label") == 0)
    read_label (self);
  else if (strcmp (name, "Relation") == 0)
    read_relation (self);
  else if (strcmp (name, "Choice") == 0)
    read_choice (self);
  else if (strcmp (name, "Choices") == 0)
    self->open = read_control (self, KUTIP_ATTRIBUTE_CHOICE);
  else if (strcmp (name, "DateTime") == 0)
    read_control (self, KUTIP_ATTRIBUTE_DATE);
  else if (strcmp (name, "TextArea") == 0 || strcmp (name, "Rating") == 0 ||
           strcmp (name, "Number") == 0)
    read_control (self, KUTIP_ATTRIBUTE_TEXT);
  g_clear_pointer (&self->header, g_free);
}

/* A choice that is called as its attribute, and no other, is a flag. */
static void
end_control (Control *control)
{
  KutipAttributeType *type = &control->type;
  GPtrArray *values = control->values;

  if (type->kind == KUTIP_ATTRIBUTE_CHOICE && values->len == 1 && !type->multiple &&
      strcmp (g_ptr_array_index (values, 0), type->name) == 0)
    type->kind = KUTIP_ATTRIBUTE_FLAG;
  else if (type->kind == KUTIP_ATTRIBUTE_CHOICE && values->len == 0)
    type->kind = KUTIP_ATTRIBUTE_TEXT;
  if (type->kind != KUTIP_ATTRIBUTE_CHOICE)
    g_ptr_array_set_size (values, 0);
  g_ptr_array_add (values, NULL);
  type->values = (const char *const *) values->pdata;
}

static KutipTagset *
make_tagset (Reading *self)
{
  g_autoptr (GArray) attributes = g_array_new (FALSE, TRUE, sizeof (KutipAttributeType));
  g_autoptr (GPtrArray) of_regions = g_ptr_array_new ();
  g_autoptr (GPtrArray) of_article = g_ptr_array_new ();

  if (self->labels->len + self->relations->len + self->controls->len == 0)
    return NULL;
  for (guint i = 0; i < self->controls->len; i++)
    {
      Control *control = g_ptr_array_index (self->controls, i);

      end_control (control);
      g_array_append_val (attributes, control->type);
      if (control->of_regions)
        g_ptr_array_add (of_regions, (gpointer) control->type.name);
      if (control->of_article)
        g_ptr_array_add (of_article, (gpointer) control->type.name);
    }
  g_ptr_array_add (of_regions, NULL);
  g_ptr_array_add (of_article, NULL);
  for (guint i = 0; i < self->labels->len; i++)
    g_array_index (self->labels, KutipLabelType, i).attributes =
        (const char *const *) of_regions->pdata;
  return kutip_tagset_new (
      &(KutipTagsetFields){
          .name = "Label Studio",
          .version = "1",
          .labels = (const KutipLabelType *) (gpointer) self->labels->data,
          .n_labels = self->labels->len,
          .attributes = (const KutipAttributeType *) (gpointer) attributes->data,
          .n_attributes = attributes->len,
          .relations = (const KutipRelationType *) (gpointer) self->relations->data,
          .n_relations = self->relations->len,
          .article_attributes = (const char *const *) of_article->pdata,
      },
      NULL);
}

/* @note: what stands in it besides; owned. */
static KutipTagset *
read_controls (GBytes *bytes, char **note, GError **error)
{
  g_autoptr (KutipXmlReader) reader = kutip_xml_reader_new (bytes, error);
  g_auto (Reading) reading;
  KutipXmlToken token;

  init_reading (&reading, reader);
  if (reader == NULL)
    return NULL;
  while ((token = kutip_xml_reader_next (reader)) != KUTIP_XML_DONE &&
         token != KUTIP_XML_ERROR)
    if (token == KUTIP_XML_START)
      read_element (&reading);
    else if (token == KUTIP_XML_END &&
             strcmp (kutip_xml_reader_get_name (reader), "Choices") == 0)
      reading.open = NULL;
  if (!kutip_xml_reader_finish (reader, error))
    return NULL;
  *note = g_strdup (kutip_xml_reader_get_note (reader));
  return make_tagset (&reading);
}

KutipTagset *
kutip_label_studio_say (KutipTagset *tagset)
{
  g_autoptr (GTree) uses = g_tree_new ((GCompareFunc) strcmp);
  g_autoptr (GString) config = kutip_label_studio_write_controls (tagset, uses);
  g_autoptr (GBytes) bytes = g_bytes_new (config->str, config->len);
  g_autofree char *note = NULL;

  return read_controls (bytes, &note, NULL);
}

KutipTagset *
kutip_label_studio_read_config (const char *bytes,
                                gsize n_bytes,
                                const char *path,
                                KutipReport *report,
                                GError **error)
{
  g_autoptr (GBytes) config = g_bytes_new (bytes, n_bytes);
  g_autofree char *note = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (KutipTagset) said = read_controls (config, &note, &local);
  g_autoptr (GError) in_note = NULL;
  KutipTagset *whole = NULL;

  if (local == NULL && note != NULL)
    whole = kutip_tagset_complete (said, note, kutip_label_studio_say, &in_note);
  if (in_note != NULL)
    kutip_report_add (report, KUTIP_REPORT_WARNING, "tagset", path, NULL, 0,
                      in_note->message);
  if (local != NULL)
    g_propagate_prefixed_error (error, g_steal_pointer (&local), "%s: ", path);
  else if (whole == NULL && said == NULL)
    g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                 /* Translators: a file name */
                 _ ("%s: there are no labels in it"), path);
  return whole != NULL ? whole : g_steal_pointer (&said);
}

KutipTagset *
kutip_label_studio_find_tagset (KutipSource *source)
{
  g_autofree char *base = g_path_get_basename (source->path);
  g_autofree char *name = NULL;
  gboolean exists = FALSE;
  KutipTagset *tagset;

  if (source->fetch_tagset == NULL || strcmp (base, "-") == 0)
    return NULL;
  if (g_str_has_suffix (base, ".json"))
    base[strlen (base) - strlen (".json")] = '\0';
  name = g_strconcat (base, "." KUTIP_LABEL_STUDIO_CONFIG, NULL);
  tagset = source->fetch_tagset (source, name, 0, kutip_label_studio_read_config, NULL,
                                 &exists);
  return exists ? tagset
                : source->fetch_tagset (source, KUTIP_LABEL_STUDIO_CONFIG, 0,
                                        kutip_label_studio_read_config, NULL, &exists);
}
