/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas-ranges.h"
#include "format/uima/xmi.h"
#include "format/xml/xml.h"

#include <string.h>

/* The package of a type, and what its prefix is in this file. */
typedef struct
{
  GHashTable *prefixes; /* package -> prefix, both owned */
  GPtrArray *packages;  /* in order, borrowed */
  GHashTable *elements; /* type -> element, both owned */
} Names;

typedef struct
{
  KutipCas *cas;
  Names names;
  KutipPour *pour;
  GString *out; /* that of @pour */
  gboolean any; /* in a list */
} Writing;

static char *
dup_package (const char *type)
{
  const char *dot = strrchr (type, '.');

  return dot == NULL ? g_strdup ("") : g_strndup (type, (gsize) (dot - type));
}

static gboolean
is_taken (Names *self, const char *prefix)
{
  for (guint i = 0; i < self->packages->len; i++)
    if (strcmp (
            g_hash_table_lookup (self->prefixes, g_ptr_array_index (self->packages, i)),
            prefix) == 0)
      return TRUE;
  return strcmp (prefix, "xmi") == 0 || strcmp (prefix, "xml") == 0 ||
         strcmp (prefix, "xmlns") == 0;
}

/* The last word of the package, with a number when it is another's. */
static void
add_package (Names *self, const char *type)
{
  g_autofree char *package = dup_package (type);
  const char *dot = strrchr (package, '.');
  const char *word = *package == '\0' ? "noNamespace" : dot == NULL ? package : dot + 1;
  g_autofree char *prefix = g_strdup (word);

  if (g_hash_table_contains (self->prefixes, package))
    return;
  for (guint n = 2; is_taken (self, prefix); n++)
    {
      g_free (prefix);
      prefix = g_strdup_printf ("%s%u", word, n);
    }
  g_ptr_array_add (self->packages, package);
  g_hash_table_insert (self->prefixes, g_steal_pointer (&package),
                       g_steal_pointer (&prefix));
}

static void
append_namespaces (Names *self, GString *out)
{
  for (guint i = 0; i < self->packages->len; i++)
    {
      const char *package = g_ptr_array_index (self->packages, i);
      g_autofree char *path = g_strdup (*package == '\0' ? "uima/noNamespace" : package);

      g_strdelimit (path, ".", '/');
      g_string_append_printf (
          out, " xmlns:%s=\"http:///%s.ecore\"",
          (const char *) g_hash_table_lookup (self->prefixes, package), path);
    }
}

/* The name of the element for a type. */
static const char *
get_element (Names *self, const char *type)
{
  char *element = g_hash_table_lookup (self->elements, type);

  if (element == NULL)
    {
      g_autofree char *package = dup_package (type);

      element = g_strconcat (g_hash_table_lookup (self->prefixes, package), ":",
                             kutip_cas_get_short_name (type), NULL);
      g_hash_table_insert (self->elements, g_strdup (type), element);
    }
  return element;
}

static void
append_number (GString *out, const char *name, guint64 number)
{
  g_string_append_c (out, ' ');
  g_string_append (out, name);
  g_string_append (out, "=\"");
  kutip_pour_append_number (out, number);
  g_string_append_c (out, '"');
}

static void
append_references (GString *out, const KutipCasValue *value)
{
  g_string_append_printf (out, " %s=\"", value->name);
  for (guint i = 0; i < value->n_references; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');
      kutip_pour_append_number (out, value->references[i]);
    }
  g_string_append_c (out, '"');
}

static void
append_value (Writing *self,
              const KutipCasStructure *structure,
              const KutipCasValue *value)
{
  g_autofree char *made = NULL;

  switch (value->kind)
    {
    case KUTIP_CAS_REFERENCE:
    case KUTIP_CAS_REFERENCES:
      append_references (self->out, value);
      break;
    case KUTIP_CAS_STRINGS:
      /* Strings that are not empty are children. */
      if (kutip_cas_get_array (self->cas, structure, value) != NULL)
        {
          g_autofree char *words = g_strjoinv (" ", (char **) value->strings);

          kutip_xml_append_attribute (self->out, value->name, words);
        }
      else if (value->strings[0] == NULL)
        g_string_append_printf (self->out, " %s=\"\"", value->name);
      break;
    case KUTIP_CAS_MADE:
      made = self->cas->make (structure, value, self->cas->make_data);
      kutip_xml_append_attribute (self->out, value->name, made);
      break;
    case KUTIP_CAS_STRING:
    case KUTIP_CAS_BOOLEAN:
    case KUTIP_CAS_NUMBER:
    case KUTIP_CAS_UNKNOWN:
    default:
      kutip_xml_append_attribute (self->out, value->name, value->string);
      break;
    }
}

static gboolean
append_children (KutipCas *cas, GString *out, const KutipCasStructure *structure)
{
  gboolean any = FALSE;

  for (guint i = 0; i < structure->n_values; i++)
    {
      const KutipCasValue *value = &structure->values[i];

      if (value->kind != KUTIP_CAS_STRINGS ||
          kutip_cas_get_array (cas, structure, value) != NULL)
        continue;
      for (guint j = 0; value->strings[j] != NULL; j++)
        {
          g_string_append (out, any ? "" : ">");
          any = TRUE;
          g_string_append_printf (out, "<%s>", value->name);
          kutip_xml_append_text (out, value->strings[j]);
          g_string_append_printf (out, "</%s>", value->name);
        }
    }
  return any;
}

static void
append_head (Writing *self,
             guint64 id,
             const char *type,
             guint64 sofa,
             gboolean placed,
             guint64 begin,
             guint64 end)
{
  g_string_append (self->out, "  <");
  g_string_append (self->out, get_element (&self->names, type));
  append_number (self->out, "xmi:id", id);
  if (sofa != 0)
    append_number (self->out, "sofa", sofa);
  if (placed)
    {
      append_number (self->out, "begin", begin);
      append_number (self->out, "end", end);
    }
}

static void
append_structure (const KutipCasStructure *structure, gpointer data)
{
  Writing *self = data;

  append_head (self, structure->id, structure->type, structure->sofa, structure->placed,
               structure->begin, structure->end);
  for (guint i = 0; i < structure->n_values; i++)
    append_value (self, structure, &structure->values[i]);
  if (append_children (self->cas, self->out, structure))
    g_string_append_printf (self->out, "</%s>\n",
                            get_element (&self->names, structure->type));
  else
    g_string_append (self->out, "/>\n");
  kutip_pour_check (self->pour);
}

static void
append_cut (const KutipCasSegment *segment, gpointer data)
{
  Writing *self = data;

  append_head (self, segment->id, segment->type, kutip_cas_find_sofa (self->cas)->id,
               TRUE, segment->begin, segment->end);
  g_string_append (self->out, "/>\n");
  kutip_pour_check (self->pour);
}

static void
append_member (guint64 id, gpointer data)
{
  Writing *self = data;

  if (self->any)
    g_string_append_c (self->out, ' ');
  self->any = TRUE;
  kutip_pour_append_number (self->out, id);
  kutip_pour_check (self->pour);
}

/* What is found in the view: all but what is only reached from others. */
static void
append_view (Writing *self)
{
  KutipCas *cas = self->cas;
  guint64 sofa = kutip_cas_find_sofa (cas)->id;

  g_string_append (self->out, "  <cas:View");
  append_number (self->out, "sofa", sofa);
  g_string_append (self->out, " members=\"");
  kutip_cas_foreach_member (cas, sofa, append_member, self);
  g_string_append (self->out, "\"/>\n");
}

static void
init_names (Names *names, KutipCas *cas)
{
  names->prefixes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names->packages = g_ptr_array_new ();
  names->elements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  add_package (names, KUTIP_CAS_SOFA);
  for (guint i = 0; i < cas->structures->len; i++)
    {
      if (cas->cutting.text != NULL && i == cas->cutting.n_before)
        add_package (names, KUTIP_CAS_TOKEN);
      add_package (names,
                   ((KutipCasStructure *) g_ptr_array_index (cas->structures, i))->type);
    }
  if (cas->cutting.text != NULL)
    add_package (names, KUTIP_CAS_TOKEN);
}

void
kutip_xmi_write (KutipCas *cas, KutipPour *pour)
{
  Writing self = { .cas = cas, .pour = pour, .out = pour->buffer };

  g_string_append (self.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI"
                             " xmlns:xmi=\"" KUTIP_XMI_NAMESPACE "\"");
  init_names (&self.names, cas);
  append_namespaces (&self.names, self.out);
  g_string_append (self.out, " xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n");
  kutip_cas_foreach (cas, append_structure, append_cut, &self);
  append_view (&self);
  g_string_append (self.out, "</xmi:XMI>\n");
  g_hash_table_unref (self.names.prefixes);
  g_hash_table_unref (self.names.elements);
  g_ptr_array_unref (self.names.packages);
}

/* --- the type system --- */

static void
append_element (GString *out, const char *name, const char *content)
{
  g_string_append_printf (out, "<%s>", name);
  kutip_xml_append_text (out, content);
  g_string_append_printf (out, "</%s>", name);
}

static void
append_feature (GString *out, const KutipCasFeature *feature)
{
  gboolean is_list = feature->kind == KUTIP_CAS_REFERENCES;

  g_string_append (out, "        <featureDescription>");
  append_element (out, "name", feature->name);
  g_string_append (out, "<description/>");
  append_element (out, "rangeTypeName", is_list ? "uima.cas.FSArray" : feature->range);
  if (is_list)
    append_element (out, "elementType", feature->range);
  g_string_append (out, "</featureDescription>\n");
}

GString *
kutip_xmi_write_types (KutipCas *cas)
{
  GString *out = g_string_new (
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n"
      "  <types>\n");

  for (guint i = 0; i < cas->types->len; i++)
    {
      const KutipCasType *type = g_ptr_array_index (cas->types, i);

      if (g_str_has_prefix (type->name, "uima."))
        continue;
      g_string_append (out, "    <typeDescription>\n      ");
      append_element (out, "name", type->name);
      g_string_append (out, "\n      <description/>\n      ");
      append_element (out, "supertypeName", type->super);
      g_string_append (out, "\n      <features>\n");
      for (guint j = 0; j < type->features->len; j++)
        append_feature (out, &g_array_index (type->features, KutipCasFeature, j));
      g_string_append (out, "      </features>\n    </typeDescription>\n");
    }
  g_string_append (out, "  </types>\n</typeSystemDescription>\n");
  return out;
}
