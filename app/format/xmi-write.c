/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/xmi.h"
#include "format/xml.h"

#include <string.h>

/* The package of a type, and what its prefix is in this file. */
typedef struct
{
  GHashTable *prefixes; /* package -> prefix, both owned */
  GPtrArray *packages;  /* in order, borrowed */
} Names;

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

static char *
make_element (Names *self, const char *type)
{
  g_autofree char *package = dup_package (type);

  return g_strconcat (g_hash_table_lookup (self->prefixes, package), ":",
                      kutip_cas_get_short_name (type), NULL);
}

static void
append_number (GString *out, const char *name, guint64 number)
{
  g_string_append_printf (out, " %s=\"%" G_GUINT64_FORMAT "\"", name, number);
}

static void
append_references (GString *out, const KutipCasValue *value)
{
  g_string_append_printf (out, " %s=\"", value->name);
  for (guint i = 0; i < value->n_references; i++)
    g_string_append_printf (out, "%s%" G_GUINT64_FORMAT, i == 0 ? "" : " ",
                            value->references[i]);
  g_string_append_c (out, '"');
}

static void
append_value (GString *out, const KutipCasValue *value)
{
  switch (value->kind)
    {
    case KUTIP_CAS_REFERENCE:
    case KUTIP_CAS_REFERENCES:
      append_references (out, value);
      break;
    case KUTIP_CAS_STRINGS:
      /* Those that are not empty are children. */
      if (value->strings[0] == NULL)
        g_string_append_printf (out, " %s=\"\"", value->name);
      break;
    case KUTIP_CAS_STRING:
    case KUTIP_CAS_BOOLEAN:
    case KUTIP_CAS_NUMBER:
    case KUTIP_CAS_UNKNOWN:
    default:
      kutip_xml_append_attribute (out, value->name, value->string);
      break;
    }
}

static gboolean
append_children (GString *out, const KutipCasStructure *structure)
{
  gboolean any = FALSE;

  for (guint i = 0; i < structure->values->len; i++)
    {
      const KutipCasValue *value = &g_array_index (structure->values, KutipCasValue, i);

      for (guint j = 0; value->kind == KUTIP_CAS_STRINGS && value->strings[j] != NULL;
           j++)
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
append_structure (Names *names, GString *out, const KutipCasStructure *structure)
{
  g_autofree char *element = make_element (names, structure->type);

  g_string_append_printf (out, "  <%s", element);
  append_number (out, "xmi:id", structure->id);
  if (structure->sofa != 0)
    append_number (out, "sofa", structure->sofa);
  if (structure->placed)
    {
      append_number (out, "begin", structure->begin);
      append_number (out, "end", structure->end);
    }
  for (guint i = 0; i < structure->values->len; i++)
    append_value (out, &g_array_index (structure->values, KutipCasValue, i));
  if (append_children (out, structure))
    g_string_append_printf (out, "</%s>\n", element);
  else
    g_string_append (out, "/>\n");
}

/* What is found in the view: all but what is only reached from others. */
static void
append_view (KutipCas *cas, GString *out, const KutipCasStructure *sofa)
{
  gboolean any = FALSE;

  g_string_append (out, "  <cas:View");
  append_number (out, "sofa", sofa->id);
  g_string_append (out, " members=\"");
  for (guint i = 0; i < cas->structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (cas->structures, i);

      if (structure->sofa != sofa->id)
        continue;
      g_string_append_printf (out, "%s%" G_GUINT64_FORMAT, any ? " " : "", structure->id);
      any = TRUE;
    }
  g_string_append (out, "\"/>\n");
}

GString *
kutip_xmi_write (KutipCas *cas)
{
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI"
                               " xmlns:xmi=\"" KUTIP_XMI_NAMESPACE "\"");
  Names names = { .prefixes =
                      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                  .packages = g_ptr_array_new () };

  add_package (&names, KUTIP_CAS_SOFA);
  for (guint i = 0; i < cas->structures->len; i++)
    add_package (&names,
                 ((KutipCasStructure *) g_ptr_array_index (cas->structures, i))->type);
  append_namespaces (&names, out);
  g_string_append (out, " xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n");
  for (guint i = 0; i < cas->structures->len; i++)
    append_structure (&names, out, g_ptr_array_index (cas->structures, i));
  append_view (cas, out, kutip_cas_find_sofa (cas));
  g_string_append (out, "</xmi:XMI>\n");
  g_hash_table_unref (names.prefixes);
  g_ptr_array_unref (names.packages);
  return out;
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
