/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-write-parts.h"
#include "format/brat/brat.h"
#include "format/json/json.h"

#include <string.h>

/* A tag set says which relations a label may have, not which of them make events: that is
 * seen in the annotations, and marked as it is in one that annotation.conf was read into.
 */

typedef struct
{
  const KutipBratUses *uses;
  GArray *labels, *relations;
  GPtrArray *foreign; /* KutipForeign */
  GPtrArray *lists;   /* GPtrArray of borrowed strings, NULL-terminated */
  GHashTable *from;   /* relation -> GPtrArray of labels that have it as a role */
} Marking;

/* @old with the member @name, instead of one that is called so. */
static KutipForeign *
with_member (Marking *self,
             KutipForeign *old,
             const char *after,
             const char *name,
             const char *json)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (KutipForeignMember));
  KutipForeignMember own = { after, name, json };
  KutipForeign *foreign;

  for (guint i = 0; i < kutip_foreign_get_n (old); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (old, i);

      if (strcmp (member.name, name) != 0)
        g_array_append_val (members, member);
    }
  g_array_append_val (members, own);
  foreign = kutip_foreign_new ((const KutipForeignMember *) (gpointer) members->data,
                               members->len);
  g_ptr_array_add (self->foreign, foreign);
  return foreign;
}

static void
append_word (GString *json, const char *word)
{
  if (json->len > 1)
    g_string_append (json, ", ");
  kutip_json_append_string (json, word);
}

/* What was kept of its roles, and behind that others that occur: any number of times. */
static void
mark_label (Marking *self, KutipLabelType *label)
{
  GTree *names = g_tree_lookup (self->uses->roles, label->name);
  g_autoptr (GPtrArray) kept = kutip_brat_list_kept (label->foreign, KUTIP_BRAT_ROLES);
  g_autoptr (GHashTable) known =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) json = g_string_new ("[");

  if (names == NULL)
    return;
  for (guint i = 0; i < kept->len; i++)
    {
      const char *word = g_ptr_array_index (kept, i);

      append_word (json, word);
      g_hash_table_add (known, g_strndup (word, strcspn (word, "?*+{")));
    }
  for (GTreeNode *node = g_tree_node_first (names); node != NULL;
       node = g_tree_node_next (node))
    {
      const char *name = g_tree_node_key (node);
      g_autofree char *word = g_strconcat (name, "*", NULL);
      GPtrArray *from = g_hash_table_lookup (self->from, name);

      if (from == NULL)
        {
          from = g_ptr_array_new ();
          g_hash_table_insert (self->from, (gpointer) name, from);
        }
      g_ptr_array_add (from, (gpointer) label->name);
      if (!g_hash_table_contains (known, name))
        append_word (json, word);
    }
  g_string_append_c (json, ']');
  label->foreign =
      with_member (self, label->foreign, "requires", KUTIP_BRAT_ROLES, json->str);
}

static void
add_new (GPtrArray *names, const char *const *others)
{
  for (guint i = 0; others[i] != NULL; i++)
    {
      gboolean known = FALSE;

      for (guint j = 0; j < names->len && !known; j++)
        known = strcmp (g_ptr_array_index (names, j), others[i]) == 0;
      if (!known)
        g_ptr_array_add (names, (gpointer) others[i]);
    }
}

/* Each of an equivalence is one end as well as the other. */
static void
join_ends (Marking *self, KutipRelationType *type)
{
  GPtrArray *both;

  if (type->from == NULL || type->to == NULL || type->from[0] == NULL ||
      type->to[0] == NULL)
    return;
  both = g_ptr_array_new ();
  g_ptr_array_add (self->lists, both);
  add_new (both, type->from);
  add_new (both, type->to);
  g_ptr_array_add (both, NULL);
  type->from = type->to = (const char *const *) both->pdata;
}

/* How its lines are written, as far as the tag set does not say. */
static void
mark_lines (Marking *self, KutipRelationType *type)
{
  const char *arguments = g_tree_lookup (self->uses->arguments, type->name);
  g_autofree char *known = kutip_brat_dup_kept (type->foreign, KUTIP_BRAT_ARGUMENTS);

  if (arguments != NULL && known == NULL)
    type->foreign =
        with_member (self, type->foreign, "symmetric", KUTIP_BRAT_ARGUMENTS, arguments);
  if (g_tree_lookup_node (self->uses->equivalences, type->name) == NULL)
    return;
  type->symmetric = TRUE;
  join_ends (self, type);
  type->foreign = with_member (self, type->foreign, "symmetric", KUTIP_BRAT_RELATION_TYPE,
                               "\"symmetric-transitive\"");
}

/* A role leaves the labels that have it, whatever the tag set allows. */
static void
mark_relation (Marking *self, KutipRelationType *type)
{
  GPtrArray *added = g_hash_table_lookup (self->from, type->name);
  gboolean is_any = type->from == NULL || type->from[0] == NULL;
  GPtrArray *from;

  if (added == NULL)
    return;
  if (g_tree_lookup_node (self->uses->plain, type->name) != NULL)
    type->foreign =
        with_member (self, type->foreign, "symmetric", KUTIP_BRAT_RELATION, "true");
  if (is_any)
    return;
  from = g_ptr_array_new ();
  g_ptr_array_add (self->lists, from);
  for (guint i = 0; type->from[i] != NULL; i++)
    g_ptr_array_add (from, (gpointer) type->from[i]);
  for (guint i = 0; i < added->len; i++)
    if (!g_strv_contains (type->from, g_ptr_array_index (added, i)))
      g_ptr_array_add (from, g_ptr_array_index (added, i));
  g_ptr_array_add (from, NULL);
  type->from = (const char *const *) from->pdata;
}

KutipTagset *
kutip_brat_mark_uses (KutipTagset *tagset, const KutipBratUses *uses)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (KutipLabelType));
  g_autoptr (GArray) relations = g_array_new (FALSE, FALSE, sizeof (KutipRelationType));
  g_autoptr (GPtrArray) foreign =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_foreign_unref);
  g_autoptr (GPtrArray) lists =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) from = g_hash_table_new_full (
      g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  Marking self = { uses, labels, relations, foreign, lists, from };
  KutipTagsetFields fields;
  KutipTagset *marked;

  if (g_tree_nnodes (uses->roles) + g_tree_nnodes (uses->equivalences) +
          g_tree_nnodes (uses->arguments) ==
      0)
    return g_object_ref (tagset);
  kutip_tagset_get_fields (tagset, &fields);
  g_array_append_vals (labels, fields.labels, fields.n_labels);
  g_array_append_vals (relations, fields.relations, fields.n_relations);
  for (guint i = 0; i < labels->len; i++)
    mark_label (&self, &g_array_index (labels, KutipLabelType, i));
  for (guint i = 0; i < relations->len; i++)
    {
      mark_relation (&self, &g_array_index (relations, KutipRelationType, i));
      mark_lines (&self, &g_array_index (relations, KutipRelationType, i));
    }
  fields.labels = (const KutipLabelType *) (gpointer) labels->data;
  fields.relations = (const KutipRelationType *) (gpointer) relations->data;
  marked = kutip_tagset_new (&fields, NULL);
  return marked == NULL ? g_object_ref (tagset) : marked;
}
