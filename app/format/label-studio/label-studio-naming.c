/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio-naming.h"

#include "format/draft.h"
#include "format/label-studio/label-studio.h"

#include <string.h>

typedef struct
{
  char *type, *from, *to;
  const char *form; /* NULL: a list */
  gboolean of_article;
} Control;

struct _KutipLabelStudioNaming
{
  char *labels, *text;
  GTree *controls;  /* attribute -> Control */
  GHashTable *keys; /* of the results that were taken */
  GString *extras;  /* or NULL */
};

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

static void
free_control (gpointer data)
{
  Control *control = data;

  g_free (control->type);
  g_free (control->from);
  g_free (control->to);
  g_free (control);
}

KutipLabelStudioNaming *
kutip_label_studio_naming_new (void)
{
  KutipLabelStudioNaming *self = g_new0 (KutipLabelStudioNaming, 1);

  self->controls = g_tree_new_full (compare_names, NULL, g_free, free_control);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
free_json (GString *json)
{
  if (json != NULL)
    g_string_free (json, TRUE);
}

void
kutip_label_studio_naming_free (KutipLabelStudioNaming *self)
{
  if (self == NULL)
    return;
  g_free (self->labels);
  g_free (self->text);
  g_tree_unref (self->controls);
  g_hash_table_unref (self->keys);
  free_json (self->extras);
  g_free (self);
}

char *
kutip_label_studio_make_key (const char *id, const char *attribute)
{
  return g_strconcat (id == NULL ? "" : id, "\n", attribute, NULL);
}

static void
keep_string (GString **unknown, const char *name, const char *value)
{
  g_autoptr (GString) json = g_string_new (NULL);

  kutip_json_append_string (json, value);
  kutip_draft_keep_json (unknown, name, json->str);
}

/* Takes @object. */
static void
keep_object (GString **unknown, const char *name, GString *object)
{
  if (object == NULL)
    return;
  g_string_append_c (object, '}');
  kutip_draft_keep_json (unknown, name, object->str);
  g_string_free (object, TRUE);
}

/* What @object has beside @known, as a member of that name. */
static void
keep_others (GString **unknown,
             const char *name,
             const KutipJsonNode *object,
             const char *const *known)
{
  GString *kept = NULL;

  for (const KutipJsonNode *child = kutip_json_node_is_object (object) ? object->first
                                                                       : NULL;
       child != NULL; child = child->next)
    if (!g_strv_contains (known, child->name))
      kutip_draft_keep_unknown (&kept, child);
  keep_object (unknown, name, kept);
}

static void
keep_origin (GString **unknown, const KutipJsonNode *result)
{
  const KutipJsonNode *origin = kutip_json_node_get (result, "origin");

  if (origin != NULL && g_strcmp0 (kutip_json_node_get_string (origin), "manual") != 0)
    kutip_draft_keep_unknown (unknown, origin);
}

/* --- regions --- */

static const char *
get_name (const KutipJsonNode *result, const char *member, const char *usual)
{
  const char *name = kutip_json_node_get_member (result, member);

  return name == NULL ? usual : name;
}

void
kutip_label_studio_naming_take_region (KutipLabelStudioNaming *self,
                                       const KutipJsonNode *region,
                                       GString **unknown)
{
  static const char *const known[] = { "start", "end", "text", "labels", NULL };
  const char *from = get_name (region, "from_name", KUTIP_LABEL_STUDIO_LABELS);
  const char *to = get_name (region, "to_name", KUTIP_LABEL_STUDIO_TEXT);

  if (self->labels == NULL)
    self->labels = g_strdup (from);
  if (self->text == NULL)
    self->text = g_strdup (to);
  if (strcmp (from, self->labels) != 0)
    keep_string (unknown, "from_name", from);
  if (strcmp (to, self->text) != 0)
    keep_string (unknown, "to_name", to);
  keep_origin (unknown, region);
  keep_others (unknown, "value", kutip_json_node_get (region, "value"), known);
}

/* --- attributes --- */

/* As Kutip calls and writes it, and as it will call it again. */
static gboolean
is_own (const KutipJsonNode *result, const Control *control)
{
  const char *attribute = kutip_json_node_get_member (result, "attribute");
  gboolean is_choice = strcmp (control->type, "choices") == 0;
  g_autofree char *name = NULL;

  if (attribute == NULL || (!is_choice && strcmp (control->type, "textarea") != 0))
    return FALSE;
  name = kutip_label_studio_make_control (attribute, is_choice, control->of_article);
  return strcmp (control->from, name) == 0 && control->form == NULL;
}

static gboolean
is_same (const Control *a, const Control *b)
{
  return strcmp (a->type, b->type) == 0 && strcmp (a->from, b->from) == 0 &&
         strcmp (a->to, b->to) == 0 && a->form == b->form &&
         a->of_article == b->of_article;
}

static const char *
find_form (const KutipJsonNode *value)
{
  return kutip_json_node_is_array (value)   ? NULL
         : value->type == KUTIP_JSON_NUMBER ? "number"
                                            : "string";
}

/* A control of the configuration that has a value by itself. */
static gboolean
is_type (const char *type)
{
  static const char *const types[] = { "choices", "textarea", "rating",
                                       "number",  "datetime", NULL };

  return type != NULL && g_strv_contains (types, type);
}

static void
keep_extras (KutipLabelStudioNaming *self,
             const KutipJsonNode *result,
             const Control *control,
             const char *key,
             gboolean has_own_id)
{
  static const char *const members[] = { "id",   "from_name", "to_name",
                                         "type", "origin",    "value",
                                         "kind", "attribute", NULL };
  const char *const known[] = { "start", "end", "text",
                                strcmp (control->type, "textarea") == 0 ? "text"
                                                                        : control->type,
                                NULL };
  GString *extras = NULL;

  if (!has_own_id && kutip_json_node_get (result, "id") != NULL)
    kutip_draft_keep_unknown (&extras, kutip_json_node_get (result, "id"));
  keep_origin (&extras, result);
  keep_others (&extras, "value", kutip_json_node_get (result, "value"), known);
  for (const KutipJsonNode *child = result->first; child != NULL; child = child->next)
    if (!g_strv_contains (members, child->name))
      kutip_draft_keep_unknown (&extras, child);
  keep_object (&self->extras, key, extras);
}

gboolean
kutip_label_studio_naming_take_attribute (KutipLabelStudioNaming *self,
                                          const KutipJsonNode *result,
                                          const char *attribute,
                                          const char *id)
{
  const char *type = kutip_json_node_get_member (result, "type");
  const KutipJsonNode *value;
  g_autofree char *key = kutip_label_studio_make_key (id, attribute);
  Control control = { .of_article = id == NULL };
  const Control *known = g_tree_lookup (self->controls, attribute);
  gboolean own;

  if (!is_type (type) || g_hash_table_contains (self->keys, key))
    return FALSE;
  value = kutip_json_node_get (kutip_json_node_get (result, "value"),
                               strcmp (type, "textarea") == 0 ? "text" : type);
  if (self->text == NULL)
    self->text = g_strdup (get_name (result, "to_name", KUTIP_LABEL_STUDIO_TEXT));
  control.type = (char *) type;
  control.from = (char *) get_name (result, "from_name", attribute);
  control.to = (char *) get_name (result, "to_name", self->text);
  control.form = find_form (value);
  own = is_own (result, &control) && strcmp (control.to, self->text) == 0;
  if (known != NULL && !is_same (known, &control))
    return FALSE;
  if (!own && known == NULL)
    {
      Control *kept = g_memdup2 (&control, sizeof control);

      kept->type = g_strdup (control.type);
      kept->from = g_strdup (control.from);
      kept->to = g_strdup (control.to);
      g_tree_insert (self->controls, g_strdup (attribute), kept);
    }
  keep_extras (self, result, &control, key, id != NULL || own);
  g_hash_table_add (self->keys, g_steal_pointer (&key));
  return TRUE;
}

/* --- what is kept --- */

static GString *
describe_control (KutipLabelStudioNaming *self,
                  const char *attribute,
                  const Control *control)
{
  GString *json = NULL;

  keep_string (&json, "type", control->type);
  if (strcmp (control->from, attribute) != 0)
    keep_string (&json, "from_name", control->from);
  if (strcmp (control->to, self->text) != 0)
    keep_string (&json, "to_name", control->to);
  if (control->form != NULL)
    keep_string (&json, "form", control->form);
  if (control->of_article)
    kutip_draft_keep_json (&json, "article", "true");
  return json;
}

void
kutip_label_studio_naming_keep (KutipLabelStudioNaming *self, GString **unknown)
{
  GString *names = NULL;
  GString *controls = NULL;

  if (self->labels != NULL && strcmp (self->labels, KUTIP_LABEL_STUDIO_LABELS) != 0)
    keep_string (&names, "labels", self->labels);
  if (self->text != NULL && strcmp (self->text, KUTIP_LABEL_STUDIO_TEXT) != 0)
    keep_string (&names, "text", self->text);
  keep_object (unknown, "names", names);
  for (GTreeNode *node = g_tree_node_first (self->controls); node != NULL;
       node = g_tree_node_next (node))
    keep_object (
        &controls, g_tree_node_key (node),
        describe_control (self, g_tree_node_key (node), g_tree_node_value (node)));
  keep_object (unknown, "controls", controls);
  keep_object (unknown, "extras", g_steal_pointer (&self->extras));
}

/* --- people --- */

char *
kutip_label_studio_dup_annotator (const KutipJsonNode *annotation)
{
  static const char *const names[] = { "email", "username", "id" };
  const KutipJsonNode *by = kutip_json_node_get (annotation, "completed_by");
  const char *model = kutip_json_node_get_member (annotation, "model_version");

  for (guint i = 0; kutip_json_node_is_object (by) && i < G_N_ELEMENTS (names); i++)
    {
      const char *word = kutip_json_node_get_word (kutip_json_node_get (by, names[i]));

      if (word != NULL)
        return g_strdup (word);
    }
  return g_strdup (kutip_json_node_get_word (by) != NULL ? kutip_json_node_get_word (by)
                                                         : model);
}

void
kutip_label_studio_keep_person (const KutipJsonNode *annotation, GString **unknown)
{
  const KutipJsonNode *by = kutip_json_node_get (annotation, "completed_by");
  gboolean is_plain = kutip_json_node_is_object (by)
                          ? by->n_children == 1 && strcmp (by->first->name, "email") == 0
                          : by != NULL && by->type == KUTIP_JSON_NUMBER;

  if (by != NULL && by->type != KUTIP_JSON_NULL && !is_plain)
    kutip_draft_keep_unknown (unknown, by);
}
