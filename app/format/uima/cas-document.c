/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas-document.h"

#include "format/json/json.h"
#include "format/uima/cas-foreign.h"
#include "format/uima/cas-ranges.h"

#include <string.h>

static const char *const members[] = { "document", "sofa" };

/* --- reading --- */

/* What UIMA makes of a feature that is not there. */
static gboolean
says_nothing (const KutipCasValue *value)
{
  const char *string = kutip_cas_value_get_string (value);

  if (string == NULL)
    return FALSE;
  return value->kind == KUTIP_CAS_NUMBER
             ? *string != '\0' && strspn (string, "-0.") == strlen (string)
             : value->kind == KUTIP_CAS_BOOLEAN && strcmp (string, "false") == 0;
}

/* Whether @string is @said, as XML can hold it or as it is. */
static gboolean
is_written (const char *string, const char *said)
{
  g_autofree char *clean = said == NULL ? NULL : kutip_cas_dup_clean (said);

  return said != NULL && (strcmp (string, said) == 0 || strcmp (string, clean) == 0);
}

/* Whether a header says it, or whoever writes a CAS. */
static gboolean
is_known (KutipCasReading *self, const char *name, const char *string)
{
  const KutipHeaderFields *fields =
      kutip_header_get_fields (kutip_layer_get_header (self->layer));
  g_autofree char *file = g_path_get_basename (self->path);

  if (strcmp (name, "language") == 0)
    return *string == '\0' || strcmp (string, "x-unspecified") == 0 ||
           is_written (string, fields->language);
  if (strcmp (name, "documentTitle") == 0 && is_written (string, fields->title))
    return TRUE;
  return (strcmp (name, "documentTitle") == 0 || strcmp (name, "documentId") == 0) &&
         is_written (string, file);
}

static gboolean
is_known_of_text (const char *name, const char *string)
{
  return strcmp (name, "sofaString") == 0 || strcmp (name, "sofaNum") == 0 ||
         (strcmp (name, "sofaID") == 0 && strcmp (string, KUTIP_CAS_VIEW) == 0) ||
         (strcmp (name, "mimeType") == 0 && strcmp (string, "text") == 0);
}

/* Whether the header says it, or whoever writes a CAS, or UIMA by itself. */
static gboolean
goes_without (KutipCasReading *self,
              const KutipCasStructure *structure,
              const KutipCasValue *value)
{
  const char *string = kutip_cas_value_get_string (value);

  if (structure == self->sofa)
    return strcmp (value->name, "sofaNum") == 0 ||
           (string != NULL && is_known_of_text (value->name, string));
  return says_nothing (value) || (string != NULL && is_known (self, value->name, string));
}

/* Whether it can be kept: what is made anew in any case cannot. */
static gboolean
is_kept (const KutipCasValue *value)
{
  return kutip_cas_value_get_string (value) != NULL && value->kind != KUTIP_CAS_NUMBER &&
         strcmp (value->name, "language") != 0 && strcmp (value->name, "sofaID") != 0 &&
         kutip_cas_is_name (value->name, FALSE);
}

static const KutipCasStructure *
find_document (KutipCasReading *self)
{
  const KutipCasStructure *document =
      kutip_cas_find_first (self->cas, KUTIP_CAS_METADATA);

  return document != NULL
             ? document
             : kutip_cas_find_first (self->cas, KUTIP_CAS_DOCUMENT_ANNOTATION);
}

gboolean
kutip_cas_document_has (KutipCasReading *self,
                        const KutipCasStructure *structure,
                        const KutipCasValue *value)
{
  return goes_without (self, structure, value) ||
         (is_kept (value) &&
          (structure == self->sofa || structure == find_document (self)));
}

/* Appends what @structure says besides that, as a member called @member. */
static void
append_object (KutipCasReading *self,
               GString *json,
               const char *member,
               const KutipCasStructure *structure)
{
  gboolean any = FALSE;

  for (guint i = 0; structure != NULL && i < structure->n_values; i++)
    {
      const KutipCasValue *value = &structure->values[i];

      if (goes_without (self, structure, value) || !is_kept (value))
        continue;
      g_string_append_printf (
          json, any ? ", \"%s\": " : ", \"%2$s\": {\"%1$s\": ", value->name, member);
      if (value->kind == KUTIP_CAS_BOOLEAN)
        g_string_append (json, "true");
      else
        kutip_json_append_string (json, kutip_cas_value_get_string (value));
      any = TRUE;
    }
  if (any)
    g_string_append_c (json, '}');
}

char *
kutip_cas_document_keep (KutipCasReading *self)
{
  GString *json = g_string_new (NULL);

  append_object (self, json, members[0], find_document (self));
  append_object (self, json, members[1], self->sofa);
  return g_string_free (json, json->len == 0);
}

/* --- writing --- */

void
kutip_cas_document_restore (KutipCas *cas,
                            KutipJsonTree *kept,
                            KutipCasStructure *structure,
                            const char *member)
{
  const KutipJsonNode *object =
      kept == NULL ? NULL : kutip_json_node_get (kutip_json_tree_get_root (kept), member);
  gboolean declared = g_str_has_prefix (structure->type, "uima.");
  static const char *const taken[] = { "sofa",   "begin",   "end",        "language",
                                       "sofaID", "sofaNum", "sofaString", NULL };

  if (object == NULL || !kutip_json_node_is_object (object))
    return;
  for (const KutipJsonNode *child = object->first; child != NULL; child = child->next)
    {
      gboolean truth = child->type == KUTIP_JSON_TRUE;

      if ((!truth && child->type != KUTIP_JSON_STRING) ||
          !kutip_cas_is_name (child->name, FALSE) ||
          g_strv_contains (taken, child->name) ||
          kutip_cas_get (structure, child->name) != NULL)
        continue;
      if (!declared)
        kutip_cas_declare_feature (cas, structure->type, child->name,
                                   truth ? KUTIP_CAS_BOOLEAN : KUTIP_CAS_STRING,
                                   truth ? "uima.cas.Boolean" : "uima.cas.String");
      kutip_cas_set_string (cas, structure, child->name,
                            truth ? KUTIP_CAS_BOOLEAN : KUTIP_CAS_STRING,
                            truth ? "true" : child->string);
    }
}

char **
kutip_cas_document_list (KutipForeign *foreign)
{
  g_autoptr (KutipJsonTree) tree = NULL;
  GPtrArray *names = g_ptr_array_new ();

  kutip_cas_ranges_find (foreign, &tree);
  for (guint i = 0; tree != NULL && i < G_N_ELEMENTS (members); i++)
    {
      const KutipJsonNode *object =
          kutip_json_node_get (kutip_json_tree_get_root (tree), members[i]);

      for (const KutipJsonNode *child = kutip_json_node_is_object (object) ? object->first
                                                                           : NULL;
           child != NULL; child = child->next)
        g_ptr_array_add (names, g_strdup_printf ("%s, %s", members[i], child->name));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}
