/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda.h"

#include <glib/gi18n.h>
#include <string.h>

static void
clear_code (gpointer data)
{
  KutipRefiCode *code = data;

  g_free (code->guid);
  g_free (code->name);
  g_free (code->color);
  g_free (code->description);
}

KutipRefiCodes *
kutip_refi_codes_new (void)
{
  KutipRefiCodes *self = g_new0 (KutipRefiCodes, 1);

  self->codes = g_array_new (FALSE, TRUE, sizeof (KutipRefiCode));
  g_array_set_clear_func (self->codes, clear_code);
  self->by_guid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kutip_refi_codes_free (KutipRefiCodes *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->codes);
  g_hash_table_unref (self->by_guid);
  g_clear_pointer (&self->n_of_name, g_hash_table_unref);
  g_free (self);
}

static const KutipRefiCode *
get_nth (KutipRefiCodes *self, int i)
{
  return i < 0 ? NULL : &g_array_index (self->codes, KutipRefiCode, (guint) i);
}

const KutipRefiCode *
kutip_refi_codes_find (KutipRefiCodes *self, const char *guid)
{
  return get_nth (self, GPOINTER_TO_INT (g_hash_table_lookup (self->by_guid, guid)) - 1);
}

const KutipRefiCode *
kutip_refi_codes_get_attribute (KutipRefiCodes *self, const KutipRefiCode *code)
{
  const KutipRefiCode *parent = get_nth (self, code->parent);

  return parent == NULL || parent->codable ? NULL : parent;
}

/* --- ids --- */

char *
kutip_refi_make_guid (const char *kind, const char *name)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 d[20];
  gsize n = sizeof d;

  g_checksum_update (checksum, (const guchar *) "kutip.org/", -1);
  g_checksum_update (checksum, (const guchar *) kind, (gssize) strlen (kind) + 1);
  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_get_digest (checksum, d, &n);
  d[6] = (guint8) ((d[6] & 0x0f) | 0x50);
  d[8] = (guint8) ((d[8] & 0x3f) | 0x80);
  return g_strdup_printf ("%02X%02X%02X%02X-%02X%02X-%02X%02X-%02X%02X-"
                          "%02X%02X%02X%02X%02X%02X",
                          d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9],
                          d[10], d[11], d[12], d[13], d[14], d[15]);
}

char *
kutip_refi_normalize_guid (const char *guid)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (guid));
  gsize n = strlen (trimmed);

  if (n > 2 && trimmed[0] == '{' && trimmed[n - 1] == '}')
    {
      trimmed[n - 1] = '\0';
      return g_ascii_strdown (trimmed + 1, -1);
    }
  return g_ascii_strdown (trimmed, -1);
}

gboolean
kutip_refi_is_guid (const char *guid)
{
  static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  if (strlen (guid) != strlen (form))
    return FALSE;
  for (guint i = 0; form[i] != '\0'; i++)
    if (form[i] == '-' ? guid[i] != '-' : !g_ascii_isxdigit (guid[i]))
      return FALSE;
  return TRUE;
}

/* --- reading --- */

/* "#RGB" is short for "#RRGGBB"; anything else is no colour. */
static char *
read_color (const char *color)
{
  gsize n = color == NULL ? 0 : strlen (color);

  if ((n != 4 && n != 7) || color[0] != '#')
    return NULL;
  for (gsize i = 1; i < n; i++)
    if (!g_ascii_isxdigit (color[i]))
      return NULL;
  if (n == 7)
    return g_ascii_strdown (color, -1);
  return g_strdup_printf ("#%c%c%c%c%c%c", g_ascii_tolower (color[1]),
                          g_ascii_tolower (color[1]), g_ascii_tolower (color[2]),
                          g_ascii_tolower (color[2]), g_ascii_tolower (color[3]),
                          g_ascii_tolower (color[3]));
}

/* What a tag set has no place for: codes below others, but for the values of an
 * attribute, and colours that are none. */
static void
tell_rest (KutipRefiCodes *self, KutipXmlReader *reader, const KutipRefiCode *code)
{
  static const char *const known[] = { "guid", "name", "isCodable", "color", NULL };
  const KutipRefiCode *parent = get_nth (self, code->parent);
  g_autofree char *color = kutip_xml_reader_dup_attribute (reader, "color");
  guint line = kutip_xml_reader_get_line (reader);

  kutip_refi_rest_look (&self->rest, reader, known);
  if (color != NULL && *color != '\0' && code->color == NULL)
    kutip_refi_rest_tell (&self->rest, code->guid, line, "Code", "color");
  if (parent != NULL && (parent->codable || parent->parent >= 0))
    kutip_refi_rest_tell (&self->rest, code->guid, line, "Code", "Code");
}

static void
read_code (KutipRefiCodes *self, KutipXmlReader *reader, int parent)
{
  g_autofree char *guid = kutip_xml_reader_dup_attribute (reader, "guid");
  g_autofree char *codable = kutip_xml_reader_dup_attribute (reader, "isCodable");
  g_autofree char *color = kutip_xml_reader_dup_attribute (reader, "color");
  g_autoptr (GError) error = NULL;
  KutipRefiCode code = { .parent = parent };
  guint depth = kutip_xml_reader_get_depth (reader);
  guint at = self->codes->len;

  if (guid == NULL)
    {
      kutip_xml_reader_fail (reader, _ ("a code has no “guid”"));
      return;
    }
  code.guid = kutip_refi_normalize_guid (guid);
  code.name = kutip_xml_reader_dup_attribute (reader, "name");
  code.name = code.name == NULL ? g_strdup ("") : code.name;
  if (!kutip_format_check_name (code.name, &error))
    kutip_xml_reader_fail (reader, "%s", error->message);
  code.color = read_color (color);
  code.codable =
      codable == NULL || strcmp (codable, "true") == 0 || strcmp (codable, "1") == 0;
  tell_rest (self, reader, &code);
  g_array_append_val (self->codes, code);
  if (!g_hash_table_insert (self->by_guid, g_strdup (code.guid),
                            GUINT_TO_POINTER (at + 1)))
    kutip_xml_reader_fail (reader, _ ("“%s” is there twice"), guid);
  while (kutip_xml_reader_next_child (reader, depth))
    {
      const char *name = kutip_xml_reader_get_name (reader);

      if (strcmp (name, "Code") == 0)
        read_code (self, reader, (int) at);
      else if (strcmp (name, "Description") == 0)
        {
          KutipRefiCode *own = &g_array_index (self->codes, KutipRefiCode, at);

          g_free (own->description);
          own->description = kutip_xml_reader_read_content (reader);
        }
      else
        kutip_refi_rest_skip (&self->rest, reader, "Code", guid);
    }
}

void
kutip_refi_codes_read (KutipRefiCodes *self, KutipXmlReader *reader)
{
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    if (strcmp (kutip_xml_reader_get_name (reader), "Code") == 0)
      read_code (self, reader, -1);
    else
      kutip_refi_rest_skip (&self->rest, reader, "Codes", NULL);
}

void
kutip_refi_codes_read_book (KutipRefiCodes *self, KutipXmlReader *reader)
{
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    if (strcmp (kutip_xml_reader_get_name (reader), "Codes") == 0)
      kutip_refi_codes_read (self, reader);
    else
      kutip_refi_rest_skip (&self->rest, reader, "CodeBook", NULL);
}

/* --- labels and attributes --- */

static gboolean
is_label (KutipRefiCodes *self, const KutipRefiCode *code)
{
  return code->codable && kutip_refi_codes_get_attribute (self, code) == NULL;
}

/* How many labels have a name; once all codes are read. */
static void
count_names (KutipRefiCodes *self)
{
  if (self->n_of_name != NULL)
    return;
  self->n_of_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->codes->len; i++)
    {
      const KutipRefiCode *code = &g_array_index (self->codes, KutipRefiCode, i);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_of_name, code->name));

      if (is_label (self, code))
        g_hash_table_replace (self->n_of_name, code->name, GUINT_TO_POINTER (n + 1));
    }
}

char *
kutip_refi_codes_make_label (KutipRefiCodes *self, const KutipRefiCode *code)
{
  GString *path;
  guint n_same;

  if (*code->name == '\0')
    return g_strdup (code->guid);
  path = g_string_new (code->name);
  count_names (self);
  n_same = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_of_name, code->name));
  for (const KutipRefiCode *parent = get_nth (self, code->parent);
       n_same > 1 && parent != NULL; parent = get_nth (self, parent->parent))
    {
      g_string_prepend_c (path, '/');
      g_string_prepend (path, parent->name);
    }
  return g_string_free (path, FALSE);
}

/* A tag set while it is gathered; strings belong to @strings. */
typedef struct
{
  KutipRefiCodes *codes;
  GPtrArray *strings; /* of any memory */
  GArray *labels;     /* KutipLabelType */
  GArray *attributes; /* KutipAttributeType */
  GHashTable *names;
} Gathering;

static const char *const none[] = { NULL };

static gpointer
keep (Gathering *self, gpointer memory)
{
  g_ptr_array_add (self->strings, memory);
  return memory;
}

static void
gather_attribute (Gathering *self, guint at)
{
  const KutipRefiCode *code = &g_array_index (self->codes->codes, KutipRefiCode, at);
  GPtrArray *values = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  KutipAttributeType type = { .name = code->name,
                              .title = code->name,
                              .description = code->description,
                              .kind = KUTIP_ATTRIBUTE_CHOICE };

  for (guint i = at + 1; i < self->codes->codes->len; i++)
    {
      const KutipRefiCode *value = &g_array_index (self->codes->codes, KutipRefiCode, i);

      /* All that are below it come first. */
      if (value->parent < (int) at)
        break;
      if (value->parent == (int) at && *value->name != '\0' &&
          g_hash_table_add (seen, value->name))
        g_ptr_array_add (values, value->name);
    }
  if (values->len == 1 && strcmp (g_ptr_array_index (values, 0), code->name) == 0)
    {
      g_ptr_array_set_size (values, 0);
      type.kind = KUTIP_ATTRIBUTE_FLAG;
    }
  else if (values->len == 0)
    type.kind = KUTIP_ATTRIBUTE_TEXT;
  g_ptr_array_add (values, NULL);
  type.values = keep (self, g_ptr_array_free (values, FALSE));
  if (*code->name != '\0' && g_hash_table_add (self->names, code->name))
    g_array_append_val (self->attributes, type);
}

static void
gather_label (Gathering *self, const KutipRefiCode *code)
{
  char *name = keep (self, kutip_refi_codes_make_label (self->codes, code));
  g_autofree char *key = g_strconcat ("label:", name, NULL);
  KutipLabelType type = { .name = name,
                          .title = *code->name == '\0' ? name : code->name,
                          .description = code->description,
                          .color = code->color,
                          .requires = none };

  if (*name == '\0' || g_hash_table_contains (self->names, key))
    return;
  g_hash_table_add (self->names, keep (self, g_steal_pointer (&key)));
  g_array_append_val (self->labels, type);
}

KutipTagset *
kutip_refi_codes_make_tagset (KutipRefiCodes *self, const char *name)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) labels = g_array_new (FALSE, TRUE, sizeof (KutipLabelType));
  g_autoptr (GArray) attributes = g_array_new (FALSE, TRUE, sizeof (KutipAttributeType));
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  Gathering gathering = { self, strings, labels, attributes, names };

  for (guint i = 0; i < self->codes->len; i++)
    {
      const KutipRefiCode *code = &g_array_index (self->codes, KutipRefiCode, i);

      if (is_label (self, code))
        gather_label (&gathering, code);
      else if (!code->codable)
        gather_attribute (&gathering, i);
    }
  if (labels->len == 0)
    return NULL;
  for (guint i = 0; i < attributes->len; i++)
    g_ptr_array_add (all,
                     (gpointer) g_array_index (attributes, KutipAttributeType, i).name);
  g_ptr_array_add (all, NULL);
  for (guint i = 0; i < labels->len; i++)
    g_array_index (labels, KutipLabelType, i).attributes =
        (const char *const *) all->pdata;
  return kutip_tagset_new (
      &(KutipTagsetFields){
          .name = name == NULL || *name == '\0' ? "REFI-QDA" : name,
          .version = "1",
          .labels = (const KutipLabelType *) (gpointer) labels->data,
          .n_labels = labels->len,
          .attributes = (const KutipAttributeType *) (gpointer) attributes->data,
          .n_attributes = attributes->len,
          .article_attributes = none,
      },
      NULL);
}

KutipTagset *
kutip_refi_read_codebook (GBytes *bytes, const KutipRefiRest *rest, GError **error)
{
  g_autoptr (KutipXmlReader) reader = kutip_xml_reader_new (bytes, error);
  g_autoptr (KutipRefiCodes) codes = kutip_refi_codes_new ();
  g_autofree char *origin = NULL;
  g_autoptr (GError) local = NULL;
  KutipTagset *tagset;

  if (reader == NULL)
    return NULL;
  if (rest != NULL)
    codes->rest = *rest;
  if (kutip_xml_reader_next (reader) == KUTIP_XML_START)
    {
      if (strcmp (kutip_xml_reader_get_name (reader), "CodeBook") != 0)
        kutip_xml_reader_fail (reader, _ ("it is no codebook"));
      origin = kutip_xml_reader_dup_attribute (reader, "origin");
      if (!kutip_xml_reader_failed (reader))
        kutip_refi_codes_read_book (codes, reader);
    }
  if (!kutip_xml_reader_finish (reader, error))
    return NULL;
  tagset =
      kutip_refi_make_tagset (codes, origin, kutip_xml_reader_get_note (reader), &local);
  if (local != NULL)
    {
      g_clear_object (&tagset);
      g_propagate_error (error, g_steal_pointer (&local));
    }
  else if (tagset == NULL)
    g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                         _ ("there are no codes in it"));
  return tagset;
}

/* --- writing --- */

typedef struct
{
  const char *guid, *parent, *name;
} Used;

/* The three strings of each code. */
static GArray *
list_used (const GString *used)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Used));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize at = 0; used != NULL && at < used->len;)
    {
      Used code;

      code.guid = used->str + at;
      code.parent = code.guid + strlen (code.guid) + 1;
      code.name = code.parent + strlen (code.parent) + 1;
      at = (gsize) (code.name - used->str) + strlen (code.name) + 1;
      if (g_hash_table_add (seen, (gpointer) code.guid))
        g_array_append_val (list, code);
    }
  return list;
}

static void
open_code (GString *out, const char *guid, const char *name, gboolean codable)
{
  g_string_append (out, "<Code");
  kutip_xml_append_attribute (out, "guid", guid);
  kutip_xml_append_attribute (out, "name", name);
  kutip_xml_append_attribute (out, "isCodable", codable ? "true" : "false");
}

static void
append_description (GString *out, const char *description)
{
  if (description == NULL || *description == '\0')
    return;
  g_string_append (out, "<Description>");
  kutip_xml_append_text (out, description);
  g_string_append (out, "</Description>");
}

/* What records used of the name, or, so that a code keeps the id it came with, a new one.
 */
static void
append_label (GString *out,
              const KutipLabelType *type,
              const GArray *used,
              GHashTable *done)
{
  g_autofree char *made = kutip_refi_make_guid ("code", type->name);
  const char *guid = made;

  for (guint i = 0; i < used->len; i++)
    {
      const Used *code = &g_array_index (used, Used, i);

      if (*code->parent == '\0' && strcmp (code->name, type->name) == 0)
        {
          guid = code->guid;
          break;
        }
    }
  if (!g_hash_table_add (done, g_strdup (guid)))
    return;
  open_code (out, guid, type->name, TRUE);
  if (type->color != NULL)
    kutip_xml_append_attribute (out, "color", type->color);
  g_string_append_c (out, '>');
  append_description (out, type->description);
  g_string_append (out, "</Code>\n");
}

static void
append_value (GString *out, const char *attribute, const char *value, GHashTable *done)
{
  g_autofree char *key = g_strconcat (attribute, "\n", value, NULL);
  char *guid = kutip_refi_make_guid ("value", key);

  if (g_hash_table_contains (done, guid))
    {
      g_free (guid);
      return;
    }
  open_code (out, guid, value, TRUE);
  g_string_append (out, "/>");
  g_hash_table_add (done, guid);
}

/* Values of the attribute that occur beyond those of its type. */
static void
append_used_values (GString *out,
                    const char *parent,
                    const GArray *used,
                    GHashTable *done)
{
  for (guint i = 0; i < used->len; i++)
    {
      const Used *code = &g_array_index (used, Used, i);

      if (strcmp (code->parent, parent) != 0 ||
          !g_hash_table_add (done, g_strdup (code->guid)))
        continue;
      open_code (out, code->guid, code->name, TRUE);
      g_string_append (out, "/>");
    }
}

static void
append_attribute (GString *out,
                  const char *name,
                  const KutipAttributeType *type,
                  const GArray *used,
                  GHashTable *done)
{
  char *guid = kutip_refi_make_guid ("attribute", name);

  if (g_hash_table_contains (done, guid))
    {
      g_free (guid);
      return;
    }
  g_hash_table_add (done, guid);
  open_code (out, guid, name, FALSE);
  g_string_append_c (out, '>');
  append_description (out, type == NULL ? NULL : type->description);
  for (guint i = 0; type != NULL && type->values != NULL && type->values[i] != NULL; i++)
    append_value (out, name, type->values[i], done);
  if (type != NULL && type->kind == KUTIP_ATTRIBUTE_FLAG)
    append_value (out, name, name, done);
  append_used_values (out, guid, used, done);
  g_string_append (out, "</Code>\n");
}

void
kutip_refi_append_codes (GString *out, KutipTagset *tagset, const GString *used)
{
  g_autoptr (GArray) list = list_used (used);
  g_autoptr (GHashTable) done =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  KutipTagsetFields fields = { .n_labels = 0 };

  if (tagset != NULL)
    kutip_tagset_get_fields (tagset, &fields);
  for (guint i = 0; i < fields.n_labels; i++)
    append_label (out, &fields.labels[i], list, done);
  for (guint i = 0; i < list->len; i++)
    {
      const Used *code = &g_array_index (list, Used, i);
      KutipLabelType type = { .name = code->name };

      if (*code->parent == '\0' && !g_hash_table_contains (done, code->guid))
        {
          g_autofree char *attribute = kutip_refi_make_guid ("attribute", code->name);

          if (strcmp (attribute, code->guid) == 0)
            continue;
          open_code (out, code->guid, type.name, TRUE);
          g_string_append (out, "/>\n");
          g_hash_table_add (done, g_strdup (code->guid));
        }
    }
  for (guint i = 0; i < fields.n_attributes; i++)
    append_attribute (out, fields.attributes[i].name, &fields.attributes[i], list, done);
  for (guint i = 0; i < list->len; i++)
    {
      const Used *code = &g_array_index (list, Used, i);
      g_autofree char *attribute = kutip_refi_make_guid ("attribute", code->name);

      if (*code->parent == '\0' && strcmp (attribute, code->guid) == 0)
        append_attribute (out, code->name, NULL, list, done);
    }
}
