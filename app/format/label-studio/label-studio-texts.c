/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio-texts.h"

#include "format/elements.h"
#include "format/offsets.h"

#include <string.h>

gboolean
kutip_label_studio_is_region (const KutipJsonNode *result)
{
  const KutipJsonNode *value = kutip_json_node_get (result, "value");

  return g_strcmp0 (kutip_json_node_get_member (result, "type"), "labels") == 0 &&
         kutip_json_node_get (value, "start") != NULL &&
         kutip_json_node_get (value, "end") != NULL;
}

char *
kutip_label_studio_dup_covered (const KutipJsonNode *region)
{
  const char *covered =
      kutip_json_node_get_member (kutip_json_node_get (region, "value"), "text");
  g_auto (GStrv) lines = NULL;

  if (covered == NULL)
    return NULL;
  lines = g_strsplit (covered, "\\n", -1);
  return g_strjoinv ("\n", lines);
}

/* Another text of the task. */
typedef struct
{
  const char *key;
  KutipText *text;
} Other;

/* The regions that name one text. */
typedef struct
{
  const Other *named;      /* the other text that is called so, or NULL */
  guint n_quoted, n_named; /* that say what they cover, and cover it there */
  guint n_here, *n_there;  /* that cover it here, and in each of the others */
} Group;

struct _KutipLabelStudioTexts
{
  GArray *others;     /* Other */
  GHashTable *groups; /* what the text is called in results -> Group */
  GHashTable *ids;    /* of regions that are elsewhere */
};

static void
clear_other (gpointer data)
{
  kutip_text_unref (((Other *) data)->text);
}

static void
free_group (gpointer data)
{
  Group *group = data;

  g_free (group->n_there);
  g_free (group);
}

static const char *
get_name (const KutipJsonNode *result)
{
  const char *name = kutip_json_node_get_member (result, "to_name");

  return name == NULL ? "" : name;
}

static Group *
get_group (KutipLabelStudioTexts *self, const char *name)
{
  Group *group = g_hash_table_lookup (self->groups, name);

  if (group != NULL)
    return group;
  group = g_new0 (Group, 1);
  group->n_there = g_new0 (guint, self->others->len);
  for (guint i = 0; i < self->others->len; i++)
    if (strcmp (g_array_index (self->others, Other, i).key, name) == 0)
      group->named = &g_array_index (self->others, Other, i);
  g_hash_table_insert (self->groups, g_strdup (name), group);
  return group;
}

static gboolean
is_in (KutipText *text, guint start, guint end, const char *covered)
{
  static const KutipOffsetUnit units[] = { KUTIP_OFFSETS_CODE_POINTS,
                                           KUTIP_OFFSETS_UTF16 };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      KutipRange range;
      gsize n;
      const char *there;

      if (!kutip_offsets_convert (text, units[i], start, end, &range))
        continue;
      there = kutip_text_peek_range (text, range, &n);
      if (strlen (covered) == n && memcmp (covered, there, n) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
count_region (KutipLabelStudioTexts *self, const KutipJsonNode *region, KutipText *text)
{
  const KutipJsonNode *value = kutip_json_node_get (region, "value");
  g_autofree char *covered = kutip_label_studio_dup_covered (region);
  Group *group = get_group (self, get_name (region));
  guint start, end;

  if (covered == NULL ||
      !kutip_json_node_get_uint (kutip_json_node_get (value, "start"), &start) ||
      !kutip_json_node_get_uint (kutip_json_node_get (value, "end"), &end))
    return;
  group->n_quoted++;
  if (group->named != NULL && is_in (group->named->text, start, end, covered))
    group->n_named++;
  if (is_in (text, start, end, covered))
    group->n_here++;
  for (guint i = 0; i < self->others->len; i++)
    if (is_in (g_array_index (self->others, Other, i).text, start, end, covered))
      group->n_there[i]++;
}

/* What regions quote tells; where that says nothing, what their text is called. */
static gboolean
is_elsewhere (KutipLabelStudioTexts *self, const Group *group)
{
  if (group->named != NULL && group->n_named == group->n_quoted)
    return TRUE;
  for (guint i = 0; i < self->others->len; i++)
    if (group->n_there[i] > group->n_here)
      return TRUE;
  return FALSE;
}

static void
note_ids (KutipLabelStudioTexts *self, KutipJsonTree *tree, const KutipJsonNode *results)
{
  g_auto (KutipJsonElements) elements = { NULL };
  const KutipJsonNode *result;

  kutip_json_elements_init (&elements, tree, results);
  while ((result = kutip_json_elements_next (&elements)) != NULL)
    {
      const char *id = kutip_json_node_get_word (kutip_json_node_get (result, "id"));

      if (id != NULL && kutip_label_studio_is_region (result) &&
          g_hash_table_contains (self->groups, get_name (result)))
        g_hash_table_add (self->ids, g_strdup (id));
    }
}

static void
drop_groups_here (KutipLabelStudioTexts *self)
{
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    if (!is_elsewhere (self, group))
      g_hash_table_iter_remove (&iter);
}

KutipLabelStudioTexts *
kutip_label_studio_texts_new (KutipJsonTree *tree,
                              const KutipJsonNode *results,
                              const KutipJsonNode *data,
                              const char *key,
                              KutipText *text)
{
  KutipLabelStudioTexts *self = g_new0 (KutipLabelStudioTexts, 1);
  g_auto (KutipJsonElements) elements = { NULL };
  const KutipJsonNode *result;

  self->others = g_array_new (FALSE, FALSE, sizeof (Other));
  g_array_set_clear_func (self->others, clear_other);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_group);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const KutipJsonNode *child = kutip_json_node_is_object (data) ? data->first : NULL;
       child != NULL; child = child->next)
    if (child->type == KUTIP_JSON_STRING && g_strcmp0 (child->name, key) != 0)
      {
        Other other = { child->name, kutip_text_new (child->string) };

        g_array_append_val (self->others, other);
      }
  if (self->others->len == 0)
    return self;
  kutip_json_elements_init (&elements, tree, results);
  while ((result = kutip_json_elements_next (&elements)) != NULL)
    if (kutip_label_studio_is_region (result))
      count_region (self, result, text);
  drop_groups_here (self);
  if (g_hash_table_size (self->groups) > 0)
    note_ids (self, tree, results);
  return self;
}

void
kutip_label_studio_texts_free (KutipLabelStudioTexts *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->others);
  g_hash_table_unref (self->groups);
  g_hash_table_unref (self->ids);
  g_free (self);
}

gboolean
kutip_label_studio_texts_is_elsewhere (KutipLabelStudioTexts *self,
                                       const KutipJsonNode *result)
{
  static const char *const ends[] = { "from_id", "to_id" };

  if (g_hash_table_size (self->ids) == 0 && g_hash_table_size (self->groups) == 0)
    return FALSE;
  if (kutip_label_studio_is_region (result))
    return g_hash_table_contains (self->groups, get_name (result));
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const char *id = kutip_json_node_get_word (kutip_json_node_get (result, ends[i]));

      if (id != NULL && g_hash_table_contains (self->ids, id))
        return TRUE;
    }
  return FALSE;
}
