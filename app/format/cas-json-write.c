/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/cas-json.h"
#include "format/json.h"

#include <string.h>

static void
append_member (GString *out, const char *name, const char *value)
{
  g_string_append (out, ", ");
  kutip_json_append_string (out, name);
  g_string_append (out, ": ");
  kutip_json_append_string (out, value);
}

static void
append_feature (GString *out, const KutipCasFeature *feature)
{
  g_autofree char *range = feature->kind == KUTIP_CAS_REFERENCES
                               ? g_strconcat (feature->range, "[]", NULL)
                               : g_strdup (feature->range);

  g_string_append (out, ",\n      ");
  kutip_json_append_string (out, feature->name);
  g_string_append (out, ": {\"%NAME\": ");
  kutip_json_append_string (out, feature->name);
  append_member (out, "%RANGE", range);
  g_string_append_c (out, '}');
}

static void
append_types (KutipCas *cas, GString *out)
{
  gboolean any = FALSE;

  g_string_append (out, "  \"%TYPES\": {");
  for (guint i = 0; i < cas->types->len; i++)
    {
      const KutipCasType *type = g_ptr_array_index (cas->types, i);

      if (g_str_has_prefix (type->name, "uima."))
        continue;
      g_string_append (out, any ? ",\n    " : "\n    ");
      any = TRUE;
      kutip_json_append_string (out, type->name);
      g_string_append (out, ": {\"%NAME\": ");
      kutip_json_append_string (out, type->name);
      append_member (out, "%SUPER_TYPE", type->super);
      for (guint j = 0; j < type->features->len; j++)
        append_feature (out, &g_array_index (type->features, KutipCasFeature, j));
      g_string_append_c (out, '}');
    }
  g_string_append (out, any ? "\n  },\n" : "},\n");
}

/* --- structures --- */

/* Lists are structures of their own, with ids behind all others. */
typedef struct
{
  KutipCas *cas;
  GString *out;
  GString *lists;
  guint64 last_id;
} Writing;

static void
append_number (GString *out, const char *prefix, const char *name, guint64 number)
{
  g_string_append_printf (out, ", \"%s%s\": %" G_GUINT64_FORMAT, prefix, name, number);
}

static void
append_references (GString *out, const KutipCasValue *value)
{
  for (guint i = 0; i < value->n_references; i++)
    g_string_append_printf (out, "%s%" G_GUINT64_FORMAT, i == 0 ? "" : ", ",
                            value->references[i]);
}

static void
append_list (Writing *self,
             const KutipCasStructure *structure,
             const KutipCasValue *value)
{
  const KutipCasFeature *feature =
      kutip_cas_find_feature (self->cas, structure->type, value->name);

  append_number (self->out, "@", value->name, ++self->last_id);
  g_string_append_printf (self->lists, ",\n    {\"%%ID\": %" G_GUINT64_FORMAT,
                          self->last_id);
  if (value->kind == KUTIP_CAS_REFERENCES)
    {
      g_autofree char *type =
          g_strconcat (feature == NULL ? KUTIP_CAS_TOP : feature->range, "[]", NULL);

      append_member (self->lists, "%TYPE", type);
      g_string_append (self->lists, ", \"%ELEMENTS\": [");
      append_references (self->lists, value);
      g_string_append (self->lists, "]}");
      return;
    }
  append_member (self->lists, "%TYPE", "uima.cas.StringArray");
  g_string_append (self->lists, ", \"%ELEMENTS\": ");
  kutip_json_append_strings (self->lists, value->strings);
  g_string_append_c (self->lists, '}');
}

static void
append_value (Writing *self,
              const KutipCasStructure *structure,
              const KutipCasValue *value)
{
  switch (value->kind)
    {
    case KUTIP_CAS_REFERENCE:
      if (value->n_references > 0)
        append_number (self->out, "@", value->name, value->references[0]);
      break;
    case KUTIP_CAS_REFERENCES:
    case KUTIP_CAS_STRINGS:
      append_list (self, structure, value);
      break;
    case KUTIP_CAS_BOOLEAN:
    case KUTIP_CAS_NUMBER:
      g_string_append_printf (self->out, ", \"%s\": %s", value->name, value->string);
      break;
    case KUTIP_CAS_STRING:
    case KUTIP_CAS_UNKNOWN:
    default:
      append_member (self->out, value->name, value->string);
      break;
    }
}

static void
append_structure (Writing *self, const KutipCasStructure *structure)
{
  g_string_append_printf (self->out, "    {\"%%ID\": %" G_GUINT64_FORMAT, structure->id);
  append_member (self->out, "%TYPE", structure->type);
  if (structure->sofa != 0)
    append_number (self->out, "@", "sofa", structure->sofa);
  if (structure->placed)
    {
      append_number (self->out, "", "begin", structure->begin);
      append_number (self->out, "", "end", structure->end);
    }
  for (guint i = 0; i < structure->values->len; i++)
    append_value (self, structure, &g_array_index (structure->values, KutipCasValue, i));
  g_string_append_c (self->out, '}');
}

static void
append_view (KutipCas *cas, GString *out)
{
  const KutipCasStructure *sofa = kutip_cas_find_sofa (cas);
  gboolean any = FALSE;

  g_string_append_printf (out,
                          "  \"%%VIEWS\": {\n    \"" KUTIP_CAS_VIEW
                          "\": {\"%%SOFA\": %" G_GUINT64_FORMAT ", \"%%MEMBERS\": [",
                          sofa->id);
  for (guint i = 0; i < cas->structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (cas->structures, i);

      if (structure->sofa != sofa->id)
        continue;
      g_string_append_printf (out, "%s%" G_GUINT64_FORMAT, any ? ", " : "",
                              structure->id);
      any = TRUE;
    }
  g_string_append (out, "]}\n  }\n}\n");
}

GString *
kutip_cas_json_write (KutipCas *cas)
{
  g_autoptr (GString) lists = g_string_new (NULL);
  Writing self = { cas, g_string_new ("{\n"), lists, 0 };

  append_types (cas, self.out);
  for (guint i = 0; i < cas->structures->len; i++)
    self.last_id = MAX (
        self.last_id, ((KutipCasStructure *) g_ptr_array_index (cas->structures, i))->id);
  g_string_append (self.out, "  \"%FEATURE_STRUCTURES\": [\n");
  for (guint i = 0; i < cas->structures->len; i++)
    {
      g_string_append (self.out, i == 0 ? "" : ",\n");
      append_structure (&self, g_ptr_array_index (cas->structures, i));
    }
  g_string_append_len (self.out, lists->str, (gssize) lists->len);
  g_string_append (self.out, "\n  ],\n");
  append_view (cas, self.out);
  return self.out;
}
