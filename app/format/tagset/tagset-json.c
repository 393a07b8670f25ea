/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-parts.h"

#include <glib/gi18n.h>
#include <string.h>

/* Far more than any study has; some checks of names take the square of their number. */
#define MAX_BYTES ((gsize) 512 << 10)

const char *const kutip_tagset_members[] = {
  "format", "name",       "version",   "guidelines",
  "labels", "attributes", "relations", "article_attributes",
  NULL,
};
const char *const kutip_label_members[] = {
  "name",       "title",      "color",    "key", "description",
  "guidelines", "attributes", "requires", NULL,
};
const char *const kutip_attribute_members[] = {
  "name", "title", "description", "type", "values", "multiple", "default", NULL,
};
const char *const kutip_relation_type_members[] = {
  "name", "title",      "key", "description", "from",
  "to",   "attributes", "max", "symmetric",   NULL,
};

/* A tag set while it is read. */
typedef struct
{
  KutipJsonReader *reader;
  GStringChunk *strings;
  GPtrArray *lists;   /* of NULL-terminated arrays of strings */
  GArray *labels;     /* of KutipLabelType */
  GArray *attributes; /* of KutipAttributeType */
  GArray *relations;  /* of KutipRelationType */
  GPtrArray *foreign; /* of KutipForeign: all that were found */
  KutipTagsetFields fields;
} Reading;

static void
reading_init (Reading *self, const char *bytes, gsize n_bytes)
{
  *self = (Reading){
    .reader = kutip_json_reader_new (bytes, n_bytes),
    .strings = g_string_chunk_new (1024),
    .lists = g_ptr_array_new_with_free_func (g_free),
    .labels = g_array_new (FALSE, FALSE, sizeof (KutipLabelType)),
    .attributes = g_array_new (FALSE, FALSE, sizeof (KutipAttributeType)),
    .relations = g_array_new (FALSE, FALSE, sizeof (KutipRelationType)),
    .foreign = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_foreign_unref),
  };
}

static void
reading_clear (Reading *self)
{
  kutip_json_reader_free (self->reader);
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->lists);
  g_array_unref (self->labels);
  g_array_unref (self->attributes);
  g_array_unref (self->relations);
  g_ptr_array_unref (self->foreign);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* The reading holds the reference. */
static KutipForeign *
keep_foreign (Reading *self, KutipUnknown *unknown)
{
  KutipForeign *foreign = kutip_unknown_take (unknown);

  if (foreign != NULL)
    g_ptr_array_add (self->foreign, foreign);
  return foreign;
}

static const char *
read_string (Reading *self)
{
  const char *string = kutip_json_reader_read_string (self->reader);

  return string != NULL ? g_string_chunk_insert (self->strings, string) : NULL;
}

static const char *const *
read_strings (Reading *self)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new ();
  gpointer list;

  if (!kutip_json_reader_read_array (self->reader))
    return NULL;
  while (kutip_json_reader_read_element (self->reader))
    g_ptr_array_add (strings, (char *) read_string (self));
  g_ptr_array_add (strings, NULL);
  list = g_ptr_array_steal (strings, NULL);
  g_ptr_array_add (self->lists, list);
  return list;
}

static gboolean
read_boolean (Reading *self)
{
  gboolean value = FALSE;

  kutip_json_reader_read_boolean (self->reader, &value);
  return value;
}

static gunichar
read_key (Reading *self)
{
  const char *key = kutip_json_reader_read_string (self->reader);

  if (key == NULL)
    return 0;
  if (g_utf8_strlen (key, -1) != 1)
    kutip_json_reader_fail (self->reader, _ ("a key is a single character"));
  return g_utf8_get_char (key);
}

static void
read_label (Reading *self)
{
  g_auto (KutipUnknown) unknown = { NULL };
  KutipLabelType label = { .name = NULL };
  KutipMembers members;
  int member;

  if (!kutip_members_open (&members, self->reader, kutip_label_members, &unknown, ""))
    return;
  while ((member = kutip_members_next (&members)) >= 0)
    switch ((KutipLabelMember) member)
      {
      case KUTIP_LABEL_MEMBER_NAME:
        label.name = read_string (self);
        break;
      case KUTIP_LABEL_MEMBER_TITLE:
        label.title = read_string (self);
        break;
      case KUTIP_LABEL_MEMBER_COLOR:
        label.color = read_string (self);
        break;
      case KUTIP_LABEL_MEMBER_KEY:
        label.key = read_key (self);
        break;
      case KUTIP_LABEL_MEMBER_DESCRIPTION:
        label.description = read_string (self);
        break;
      case KUTIP_LABEL_MEMBER_GUIDELINES:
        label.guidelines = read_string (self);
        break;
      case KUTIP_LABEL_MEMBER_ATTRIBUTES:
        label.attributes = read_strings (self);
        break;
      case KUTIP_LABEL_MEMBER_REQUIRES:
      default:
        label.requires = read_strings (self);
        break;
      }
  kutip_members_require (&members, KUTIP_LABEL_MEMBER_NAME);
  label.foreign = keep_foreign (self, &unknown);
  g_array_append_val (self->labels, label);
}

static KutipAttributeKind
read_kind (Reading *self)
{
  const char *kind = kutip_json_reader_read_string (self->reader);

  if (g_strcmp0 (kind, "flag") == 0)
    return KUTIP_ATTRIBUTE_FLAG;
  if (g_strcmp0 (kind, "choice") == 0)
    return KUTIP_ATTRIBUTE_CHOICE;
  if (g_strcmp0 (kind, "date") == 0)
    return KUTIP_ATTRIBUTE_DATE;
  if (g_strcmp0 (kind, "text") != 0)
    kutip_json_reader_fail (
        self->reader,
        /* Translators: the words in quotes are those of the file and stay as they are. */
        _ ("“choice”, “text”, “flag” or “date” was expected here"));
  return KUTIP_ATTRIBUTE_TEXT;
}

/* A flag may be on by default; the model calls that "true". */
static const char *
read_default (Reading *self)
{
  if (kutip_json_reader_peek (self->reader) != KUTIP_JSON_TRUE)
    return read_string (self);
  kutip_json_reader_next (self->reader);
  return "true";
}

/* Reads the value of one member of an attribute type. */
static void
read_attribute_member (Reading *self,
                       KutipAttributeMember member,
                       KutipAttributeType *attribute)
{
  switch (member)
    {
    case KUTIP_ATTRIBUTE_MEMBER_NAME:
      attribute->name = read_string (self);
      break;
    case KUTIP_ATTRIBUTE_MEMBER_TITLE:
      attribute->title = read_string (self);
      break;
    case KUTIP_ATTRIBUTE_MEMBER_DESCRIPTION:
      attribute->description = read_string (self);
      break;
    case KUTIP_ATTRIBUTE_MEMBER_TYPE:
      attribute->kind = read_kind (self);
      break;
    case KUTIP_ATTRIBUTE_MEMBER_VALUES:
      attribute->values = read_strings (self);
      break;
    case KUTIP_ATTRIBUTE_MEMBER_MULTIPLE:
      attribute->multiple = read_boolean (self);
      break;
    case KUTIP_ATTRIBUTE_MEMBER_DEFAULT:
    default:
      attribute->default_value = read_default (self);
      break;
    }
}

static void
read_attribute (Reading *self)
{
  g_auto (KutipUnknown) unknown = { NULL };
  KutipAttributeType attribute = { .name = NULL };
  KutipMembers members;
  int member;

  if (!kutip_members_open (&members, self->reader, kutip_attribute_members, &unknown, ""))
    return;
  while ((member = kutip_members_next (&members)) >= 0)
    read_attribute_member (self, member, &attribute);
  kutip_members_require (&members, KUTIP_ATTRIBUTE_MEMBER_NAME);
  if (!kutip_members_has (&members, KUTIP_ATTRIBUTE_MEMBER_TYPE))
    attribute.kind = attribute.values != NULL && attribute.values[0] != NULL
                         ? KUTIP_ATTRIBUTE_CHOICE
                         : KUTIP_ATTRIBUTE_TEXT;
  attribute.foreign = keep_foreign (self, &unknown);
  g_array_append_val (self->attributes, attribute);
}

static guint
read_max (Reading *self)
{
  guint max = 1;

  kutip_json_reader_read_uint (self->reader, G_MAXINT, &max);
  if (max == 0)
    kutip_json_reader_fail (self->reader, _ ("a number from 1 on was expected here"));
  return max;
}

static void
read_relation (Reading *self)
{
  g_auto (KutipUnknown) unknown = { NULL };
  KutipRelationType relation = { .name = NULL };
  KutipMembers members;
  int member;

  if (!kutip_members_open (&members, self->reader, kutip_relation_type_members, &unknown,
                           ""))
    return;
  while ((member = kutip_members_next (&members)) >= 0)
    switch ((KutipRelationTypeMember) member)
      {
      case KUTIP_RELATION_TYPE_MEMBER_NAME:
        relation.name = read_string (self);
        break;
      case KUTIP_RELATION_TYPE_MEMBER_TITLE:
        relation.title = read_string (self);
        break;
      case KUTIP_RELATION_TYPE_MEMBER_KEY:
        relation.key = read_key (self);
        break;
      case KUTIP_RELATION_TYPE_MEMBER_DESCRIPTION:
        relation.description = read_string (self);
        break;
      case KUTIP_RELATION_TYPE_MEMBER_FROM:
        relation.from = read_strings (self);
        break;
      case KUTIP_RELATION_TYPE_MEMBER_TO:
        relation.to = read_strings (self);
        break;
      case KUTIP_RELATION_TYPE_MEMBER_ATTRIBUTES:
        relation.attributes = read_strings (self);
        break;
      case KUTIP_RELATION_TYPE_MEMBER_MAX:
        relation.max = read_max (self);
        break;
      case KUTIP_RELATION_TYPE_MEMBER_SYMMETRIC:
      default:
        relation.symmetric = read_boolean (self);
        break;
      }
  kutip_members_require (&members, KUTIP_RELATION_TYPE_MEMBER_NAME);
  relation.foreign = keep_foreign (self, &unknown);
  g_array_append_val (self->relations, relation);
}

static void
read_list (Reading *self, void (*read) (Reading *self))
{
  if (!kutip_json_reader_read_array (self->reader))
    return;
  while (kutip_json_reader_read_element (self->reader))
    read (self);
}

static void
read_format (Reading *self)
{
  guint format = KUTIP_TAGSET_FORMAT;

  kutip_json_reader_read_uint (self->reader, G_MAXINT, &format);
  if (format != KUTIP_TAGSET_FORMAT)
    kutip_json_reader_fail (
        self->reader,
        /* Translators: both are numbers of the tag set's file format. */
        _ ("this tag set has the format %1$u, but this version of Kutip reads format %2$u"),
        format, KUTIP_TAGSET_FORMAT);
}

/* Reads the value of one member of the tag set. */
static void
read_tagset_member (Reading *self, KutipTagsetMember member)
{
  switch (member)
    {
    case KUTIP_TAGSET_MEMBER_FORMAT:
      read_format (self);
      break;
    case KUTIP_TAGSET_MEMBER_NAME:
      self->fields.name = read_string (self);
      break;
    case KUTIP_TAGSET_MEMBER_VERSION:
      self->fields.version = read_string (self);
      break;
    case KUTIP_TAGSET_MEMBER_GUIDELINES:
      self->fields.guidelines = read_string (self);
      break;
    case KUTIP_TAGSET_MEMBER_LABELS:
      read_list (self, read_label);
      break;
    case KUTIP_TAGSET_MEMBER_ATTRIBUTES:
      read_list (self, read_attribute);
      break;
    case KUTIP_TAGSET_MEMBER_RELATIONS:
      read_list (self, read_relation);
      break;
    case KUTIP_TAGSET_MEMBER_ARTICLE_ATTRIBUTES:
    default:
      self->fields.article_attributes = read_strings (self);
      break;
    }
}

static void
read_tagset (Reading *self)
{
  g_auto (KutipUnknown) unknown = { NULL };
  KutipMembers members;
  int member;

  if (!kutip_members_open (&members, self->reader, kutip_tagset_members, &unknown, ""))
    return;
  while ((member = kutip_members_next (&members)) >= 0)
    read_tagset_member (self, member);
  kutip_members_require (&members, KUTIP_TAGSET_MEMBER_FORMAT);
  kutip_members_require (&members, KUTIP_TAGSET_MEMBER_NAME);
  self->fields.foreign = keep_foreign (self, &unknown);
  self->fields.labels = (const KutipLabelType *) (gpointer) self->labels->data;
  self->fields.n_labels = self->labels->len;
  self->fields.attributes =
      (const KutipAttributeType *) (gpointer) self->attributes->data;
  self->fields.n_attributes = self->attributes->len;
  self->fields.relations = (const KutipRelationType *) (gpointer) self->relations->data;
  self->fields.n_relations = self->relations->len;
}

KutipTagset *
kutip_tagset_from_json (const char *bytes, gsize n_bytes, GError **error)
{
  g_auto (Reading) reading;

  reading_init (&reading, bytes, n_bytes);
  if (n_bytes > MAX_BYTES)
    {
      g_set_error_literal (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_SIZE,
                           _ ("the file is too large: a tag set may have 512 kB"));
      return NULL;
    }
  read_tagset (&reading);
  if (!kutip_json_reader_finish (reading.reader, error))
    return NULL;
  return kutip_tagset_new (&reading.fields, error);
}
