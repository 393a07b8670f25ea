/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tagset.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KutipTagset
{
  GObject parent_instance;
  GStringChunk *strings;
  GPtrArray *arrays; /* of everything that is not a string; freed with the tag set */
  KutipTagsetFields fields;
  const char **colors;    /* one a label */
  GHashTable *labels;     /* name -> KutipLabelType */
  GHashTable *attributes; /* name -> KutipAttributeType */
  GHashTable *relations;  /* name -> KutipRelationType */
};

G_DEFINE_FINAL_TYPE (KutipTagset, kutip_tagset, G_TYPE_OBJECT)

/* Okabe and Ito 2008, "Color Universal Design", without black; those that differ most
 * first. */
static const char *const palette[] = {
  "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", NULL,
};
#define N_PALETTE (G_N_ELEMENTS (palette) - 1)
#define UNKNOWN_COLOR "#777777"

static void
kutip_tagset_finalize (GObject *object)
{
  KutipTagset *self = KUTIP_TAGSET (object);

  for (guint i = 0; i < self->fields.n_labels; i++)
    kutip_foreign_unref (self->fields.labels[i].foreign);
  for (guint i = 0; i < self->fields.n_attributes; i++)
    kutip_foreign_unref (self->fields.attributes[i].foreign);
  for (guint i = 0; i < self->fields.n_relations; i++)
    kutip_foreign_unref (self->fields.relations[i].foreign);
  kutip_foreign_unref (self->fields.foreign);
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->attributes);
  g_hash_table_unref (self->relations);
  g_ptr_array_unref (self->arrays);
  g_string_chunk_free (self->strings);
  G_OBJECT_CLASS (kutip_tagset_parent_class)->finalize (object);
}

static void
kutip_tagset_class_init (KutipTagsetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kutip_tagset_finalize;
}

static void
kutip_tagset_init (KutipTagset *self)
{
  self->strings = g_string_chunk_new (1024);
  self->arrays = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_hash_table_new (g_str_hash, g_str_equal);
  self->attributes = g_hash_table_new (g_str_hash, g_str_equal);
  self->relations = g_hash_table_new (g_str_hash, g_str_equal);
}

static const char *
copy_string (KutipTagset *self, const char *string)
{
  return string != NULL ? g_string_chunk_insert_const (self->strings, string) : NULL;
}

static gpointer
keep (KutipTagset *self, gpointer block)
{
  g_ptr_array_add (self->arrays, block);
  return block;
}

/* Never NULL: an empty array for NULL. */
static const char *const *
copy_strings (KutipTagset *self, const char *const *strings)
{
  guint n = strings != NULL ? g_strv_length ((char **) strings) : 0;
  const char **copy = keep (self, g_new (const char *, n + 1));

  for (guint i = 0; i < n; i++)
    copy[i] = copy_string (self, strings[i]);
  copy[n] = NULL;
  return copy;
}

static gpointer
copy_array (KutipTagset *self, gconstpointer array, guint n, gsize size)
{
  return n > 0 ? keep (self, g_memdup2 (array, n * size)) : NULL;
}

static void
copy_labels (KutipTagset *self, const KutipTagsetFields *fields)
{
  KutipLabelType *labels =
      copy_array (self, fields->labels, fields->n_labels, sizeof *labels);

  for (guint i = 0; i < fields->n_labels; i++)
    {
      KutipLabelType *label = &labels[i];

      label->name = copy_string (self, label->name);
      label->title =
          copy_string (self, label->title != NULL ? label->title : label->name);
      label->description = copy_string (self, label->description);
      label->guidelines = copy_string (self, label->guidelines);
      label->color = copy_string (self, label->color);
      /* Of thousands of labels and attributes all may go with all. */
      label->attributes =
          i > 0 && fields->labels[i].attributes == fields->labels[i - 1].attributes
              ? labels[i - 1].attributes
              : copy_strings (self, label->attributes);
      label->requires = copy_strings (self, label->requires);
      kutip_foreign_ref (label->foreign);
      g_hash_table_insert (self->labels, (gpointer) label->name, label);
    }
  self->fields.labels = labels;
  self->fields.n_labels = fields->n_labels;
}

static void
copy_attributes (KutipTagset *self, const KutipTagsetFields *fields)
{
  KutipAttributeType *attributes =
      copy_array (self, fields->attributes, fields->n_attributes, sizeof *attributes);

  for (guint i = 0; i < fields->n_attributes; i++)
    {
      KutipAttributeType *attribute = &attributes[i];

      attribute->name = copy_string (self, attribute->name);
      attribute->title = copy_string (self, attribute->title != NULL ? attribute->title
                                                                     : attribute->name);
      attribute->description = copy_string (self, attribute->description);
      attribute->values = copy_strings (self, attribute->values);
      attribute->default_value = copy_string (self, attribute->default_value);
      kutip_foreign_ref (attribute->foreign);
      g_hash_table_insert (self->attributes, (gpointer) attribute->name, attribute);
    }
  self->fields.attributes = attributes;
  self->fields.n_attributes = fields->n_attributes;
}

static void
copy_relations (KutipTagset *self, const KutipTagsetFields *fields)
{
  KutipRelationType *relations =
      copy_array (self, fields->relations, fields->n_relations, sizeof *relations);

  for (guint i = 0; i < fields->n_relations; i++)
    {
      KutipRelationType *relation = &relations[i];

      relation->name = copy_string (self, relation->name);
      relation->title =
          copy_string (self, relation->title != NULL ? relation->title : relation->name);
      relation->description = copy_string (self, relation->description);
      relation->from = copy_strings (self, relation->from);
      relation->to = copy_strings (self, relation->to);
      relation->attributes = copy_strings (self, relation->attributes);
      kutip_foreign_ref (relation->foreign);
      g_hash_table_insert (self->relations, (gpointer) relation->name, relation);
    }
  self->fields.relations = relations;
  self->fields.n_relations = fields->n_relations;
}

static gboolean
is_color_taken (KutipTagset *self, const char *color)
{
  for (guint i = 0; i < self->fields.n_labels; i++)
    if (self->fields.labels[i].color != NULL &&
        g_ascii_strcasecmp (self->fields.labels[i].color, color) == 0)
      return TRUE;
  return FALSE;
}

/* Labels without a colour take those of the palette that no label asks for, in order; all
 * of the palette where none is left. */
static void
choose_colors (KutipTagset *self)
{
  const char *free_colors[N_PALETTE];
  guint n_free = 0;
  guint n_chosen = 0;

  for (guint i = 0; i < N_PALETTE; i++)
    if (!is_color_taken (self, palette[i]))
      free_colors[n_free++] = palette[i];
  if (n_free == 0)
    {
      memcpy (free_colors, palette, N_PALETTE * sizeof *palette);
      n_free = N_PALETTE;
    }

  self->colors = keep (self, g_new (const char *, self->fields.n_labels + 1));
  for (guint i = 0; i < self->fields.n_labels; i++)
    self->colors[i] = self->fields.labels[i].color != NULL
                          ? self->fields.labels[i].color
                          : free_colors[n_chosen++ % n_free];
}

KutipTagset *
kutip_tagset_new (const KutipTagsetFields *fields, GError **error)
{
  KutipTagset *self;

  if (!kutip_tagset_fields_check (fields, error))
    return NULL;

  self = g_object_new (KUTIP_TYPE_TAGSET, NULL);
  self->fields.name = copy_string (self, fields->name);
  self->fields.version =
      copy_string (self, fields->version != NULL ? fields->version : "");
  self->fields.guidelines = copy_string (self, fields->guidelines);
  self->fields.builtin = fields->builtin;
  copy_labels (self, fields);
  copy_attributes (self, fields);
  copy_relations (self, fields);
  self->fields.article_attributes = copy_strings (self, fields->article_attributes);
  self->fields.foreign = kutip_foreign_ref (fields->foreign);
  choose_colors (self);
  return self;
}

void
kutip_tagset_get_fields (KutipTagset *self, KutipTagsetFields *fields)
{
  *fields = self->fields;
}

const char *
kutip_tagset_get_name (KutipTagset *self)
{
  return self->fields.name;
}

const char *
kutip_tagset_get_version (KutipTagset *self)
{
  return self->fields.version;
}

guint
kutip_tagset_get_n_labels (KutipTagset *self)
{
  return self->fields.n_labels;
}

const KutipLabelType *
kutip_tagset_get_nth_label (KutipTagset *self, guint i)
{
  return i < self->fields.n_labels ? &self->fields.labels[i] : NULL;
}

const KutipLabelType *
kutip_tagset_get_label (KutipTagset *self, const char *name)
{
  return g_hash_table_lookup (self->labels, name);
}

const KutipLabelType *
kutip_tagset_get_label_by_key (KutipTagset *self, gunichar key)
{
  if (key == 0)
    return NULL;
  for (guint i = 0; i < self->fields.n_labels; i++)
    if (g_unichar_tolower (self->fields.labels[i].key) == g_unichar_tolower (key))
      return &self->fields.labels[i];
  return NULL;
}

int
kutip_tagset_get_label_index (KutipTagset *self, const char *name)
{
  const KutipLabelType *label = kutip_tagset_get_label (self, name);

  return label != NULL ? (int) (label - self->fields.labels) : -1;
}

const char *
kutip_tagset_get_color (KutipTagset *self, const char *label)
{
  int i = kutip_tagset_get_label_index (self, label);

  return i >= 0 ? self->colors[i] : UNKNOWN_COLOR;
}

const char *const *
kutip_tagset_get_palette (void)
{
  return palette;
}

const char *
kutip_tagset_translate (KutipTagset *self, const char *text)
{
  /* The empty string is the catalog's own entry. */
  return self->fields.builtin && text != NULL && *text != '\0'
             ? g_dgettext (GETTEXT_PACKAGE, text)
             : text;
}

const KutipAttributeType *
kutip_tagset_get_attribute (KutipTagset *self, const char *name)
{
  return g_hash_table_lookup (self->attributes, name);
}

guint
kutip_tagset_get_n_relations (KutipTagset *self)
{
  return self->fields.n_relations;
}

const KutipRelationType *
kutip_tagset_get_nth_relation (KutipTagset *self, guint i)
{
  return i < self->fields.n_relations ? &self->fields.relations[i] : NULL;
}

const KutipRelationType *
kutip_tagset_get_relation (KutipTagset *self, const char *name)
{
  return g_hash_table_lookup (self->relations, name);
}

const char *const *
kutip_tagset_get_article_attributes (KutipTagset *self)
{
  return self->fields.article_attributes;
}

/* An empty list allows every label. */
static gboolean
admits (const char *const *names, const char *label)
{
  return names[0] == NULL || g_strv_contains (names, label);
}

static gboolean
allows_between (const KutipRelationType *relation,
                const char *from_label,
                const char *to_label)
{
  return (admits (relation->from, from_label) && admits (relation->to, to_label)) ||
         (relation->symmetric && admits (relation->from, to_label) &&
          admits (relation->to, from_label));
}

gboolean
kutip_tagset_allows (KutipTagset *self,
                     const char *relation,
                     const char *from_label,
                     const char *to_label)
{
  const KutipRelationType *type = kutip_tagset_get_relation (self, relation);

  return type != NULL && g_hash_table_contains (self->labels, from_label) &&
         g_hash_table_contains (self->labels, to_label) &&
         allows_between (type, from_label, to_label);
}

const KutipRelationType *
kutip_tagset_find_relation (KutipTagset *self,
                            const char *from_label,
                            const char *to_label)
{
  for (guint i = 0; i < self->fields.n_relations; i++)
    if (kutip_tagset_allows (self, self->fields.relations[i].name, from_label, to_label))
      return &self->fields.relations[i];
  return NULL;
}
