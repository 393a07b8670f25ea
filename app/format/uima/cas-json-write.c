/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json.h"
#include "format/uima/cas-json.h"
#include "format/uima/cas-ranges.h"

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
  KutipPour *pour;
  GString *out; /* that of @pour */
  GString *lists;
  guint64 last_id;
  gboolean any; /* in a list */
} Writing;

static void
append_number (GString *out, const char *prefix, const char *name, guint64 number)
{
  g_string_append (out, ", \"");
  g_string_append (out, prefix);
  g_string_append (out, name);
  g_string_append (out, "\": ");
  kutip_pour_append_number (out, number);
}

static void
append_references (GString *out, const KutipCasValue *value)
{
  for (guint i = 0; i < value->n_references; i++)
    g_string_append_printf (out, "%s%" G_GUINT64_FORMAT, i == 0 ? "" : ", ",
                            value->references[i]);
}

/* A number or a truth; what is no JSON ("NaN") as a string. */
static void
append_word (GString *out, const char *word)
{
  if (kutip_cas_is_json_word (word))
    g_string_append (out, word);
  else
    kutip_json_append_string (out, word);
}

/* Closes the structure, too. */
static void
append_words (GString *out, const char *const *words)
{
  g_string_append_c (out, '[');
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_string_append (out, i == 0 ? "" : ", ");
      append_word (out, words[i]);
    }
  g_string_append (out, "]}");
}

static void
append_list (Writing *self,
             const KutipCasStructure *structure,
             const KutipCasValue *value)
{
  const KutipCasFeature *feature =
      kutip_cas_find_feature (self->cas, structure->type, value->name);
  const char *array = kutip_cas_get_array (self->cas, structure, value);

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
  append_member (self->lists, "%TYPE", array != NULL ? array : "uima.cas.StringArray");
  g_string_append (self->lists, ", \"%ELEMENTS\": ");
  if (array != NULL)
    {
      append_words (self->lists, value->strings);
      return;
    }
  kutip_json_append_strings (self->lists, value->strings);
  g_string_append_c (self->lists, '}');
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
      if (value->n_references > 0)
        append_number (self->out, "@", value->name, value->references[0]);
      break;
    case KUTIP_CAS_REFERENCES:
    case KUTIP_CAS_STRINGS:
      append_list (self, structure, value);
      break;
    case KUTIP_CAS_BOOLEAN:
    case KUTIP_CAS_NUMBER:
      g_string_append_printf (
          self->out, ", \"%s%s\": ", kutip_cas_is_json_word (value->string) ? "" : "#",
          value->name);
      append_word (self->out, value->string);
      break;
    case KUTIP_CAS_MADE:
      made = self->cas->make (structure, value, self->cas->make_data);
      append_member (self->out, value->name, made);
      break;
    case KUTIP_CAS_STRING:
    case KUTIP_CAS_UNKNOWN:
    default:
      append_member (self->out, value->name, value->string);
      break;
    }
}

static void
append_head (Writing *self, guint64 id, const char *type, guint64 sofa)
{
  g_string_append (self->out, self->any ? ",\n    {\"%ID\": " : "    {\"%ID\": ");
  self->any = TRUE;
  kutip_pour_append_number (self->out, id);
  append_member (self->out, "%TYPE", type);
  if (sofa != 0)
    append_number (self->out, "@", "sofa", sofa);
}

static void
append_place (Writing *self, guint64 begin, guint64 end)
{
  append_number (self->out, "", "begin", begin);
  append_number (self->out, "", "end", end);
}

static void
append_structure (const KutipCasStructure *structure, gpointer data)
{
  Writing *self = data;

  append_head (self, structure->id, structure->type, structure->sofa);
  if (structure->placed)
    append_place (self, structure->begin, structure->end);
  for (guint i = 0; i < structure->n_values; i++)
    append_value (self, structure, &structure->values[i]);
  g_string_append_c (self->out, '}');
  kutip_pour_check (self->pour);
}

static void
append_cut (const KutipCasSegment *segment, gpointer data)
{
  Writing *self = data;

  append_head (self, segment->id, segment->type, kutip_cas_find_sofa (self->cas)->id);
  append_place (self, segment->begin, segment->end);
  g_string_append_c (self->out, '}');
  kutip_pour_check (self->pour);
}

static void
append_id (guint64 id, gpointer data)
{
  Writing *self = data;

  if (self->any)
    g_string_append (self->out, ", ");
  self->any = TRUE;
  kutip_pour_append_number (self->out, id);
  kutip_pour_check (self->pour);
}

static void
append_view (Writing *self)
{
  guint64 sofa = kutip_cas_find_sofa (self->cas)->id;

  g_string_append_printf (self->out,
                          "  \"%%VIEWS\": {\n    \"" KUTIP_CAS_VIEW
                          "\": {\"%%SOFA\": %" G_GUINT64_FORMAT ", \"%%MEMBERS\": [",
                          sofa);
  self->any = FALSE;
  kutip_cas_foreach_member (self->cas, sofa, append_id, self);
  g_string_append (self->out, "]}\n  }\n}\n");
}

void
kutip_cas_json_write (KutipCas *cas, KutipPour *pour)
{
  g_autoptr (GString) lists = g_string_new (NULL);
  Writing self = { cas, pour, pour->buffer, lists, cas->last_id, FALSE };

  g_string_append (self.out, "{\n");
  append_types (cas, self.out);
  g_string_append (self.out, "  \"%FEATURE_STRUCTURES\": [\n");
  kutip_cas_foreach (cas, append_structure, append_cut, &self);
  g_string_append_len (self.out, lists->str, (gssize) lists->len);
  g_string_append (self.out, "\n  ],\n");
  append_view (&self);
}
