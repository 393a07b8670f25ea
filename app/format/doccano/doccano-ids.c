/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/doccano/doccano-ids.h"

#include "format/json/json-tree.h"

#include <string.h>

struct _KutipDoccanoIds
{
  GHashTable *json_of; /* an id, borrowed -> JSON, or NULL: one that is to be made up */
  GHashTable *taken;   /* what is in it, without quotes */
  guint last;          /* number that was made up */
  const char *member;  /* that annotations keep theirs in */
};

/* As doccano had it; NULL: it had none. Owned. */
static char *
dup_kept (KutipForeign *foreign, const char *name)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);
      g_autoptr (KutipJsonTree) tree = NULL;
      const KutipJsonNode *id;
      GString *json;

      if (strcmp (member.name, name) != 0)
        continue;
      tree = kutip_json_tree_new (member.json, strlen (member.json), 1, NULL);
      id = tree == NULL ? NULL
                        : kutip_json_node_get (kutip_json_tree_get_root (tree), "id");
      if (kutip_json_node_get_word (id) == NULL)
        continue;
      json = g_string_new (NULL);
      kutip_json_node_append (json, id);
      return g_string_free (json, FALSE);
    }
  return NULL;
}

/* The number in "s7" or "r7", or NULL; borrowed. */
static const char *
get_number (const char *id, char prefix)
{
  gsize n = strlen (id);

  return *id == prefix && n > 1 && n < 11 && id[1] != '0' &&
                 strspn (id + 1, "0123456789") == n - 1
             ? id + 1
             : NULL;
}

/* The same word as a number and as a string is one id. Takes @json. */
static void
add (KutipDoccanoIds *self, const char *id, char *json)
{
  gsize n = json == NULL ? 0 : strlen (json);
  char *word = n > 1 && *json == '"' ? g_strndup (json + 1, n - 2) : g_strdup (json);

  if (word != NULL && !g_hash_table_contains (self->taken, word))
    g_hash_table_add (self->taken, word);
  else
    {
      g_free (word);
      g_clear_pointer (&json, g_free);
    }
  g_hash_table_insert (self->json_of, (gpointer) id, json);
}

static void
note (KutipDoccanoIds *self, const char *id, char prefix, KutipForeign *foreign)
{
  char *kept = dup_kept (foreign, self->member);

  add (self, id, kept != NULL ? kept : g_strdup (get_number (id, prefix)));
}

static gboolean
note_span (KutipSpan *span, gpointer data)
{
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  if (fields.texts == NULL)
    note (data, fields.id, 's', fields.foreign);
  return TRUE;
}

static gboolean
note_relation (KutipRelation *relation, gpointer data)
{
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  note (data, fields.id, 'r', fields.foreign);
  return TRUE;
}

static KutipDoccanoIds *
new_ids (const char *member)
{
  KutipDoccanoIds *self = g_new0 (KutipDoccanoIds, 1);

  self->member = member;
  self->json_of = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

KutipDoccanoIds *
kutip_doccano_ids_new_of_spans (KutipLayer *layer, const char *member)
{
  KutipDoccanoIds *self = new_ids (member);

  kutip_layer_foreach_span (layer, note_span, self);
  return self;
}

KutipDoccanoIds *
kutip_doccano_ids_new_of_relations (KutipLayer *layer, const char *member)
{
  KutipDoccanoIds *self = new_ids (member);

  kutip_layer_foreach_relation (layer, note_relation, self);
  return self;
}

void
kutip_doccano_ids_free (KutipDoccanoIds *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->json_of);
  g_hash_table_unref (self->taken);
  g_free (self);
}

gboolean
kutip_doccano_ids_has (KutipDoccanoIds *self, const char *id)
{
  return g_hash_table_contains (self->json_of, id);
}

static char *
make_up (KutipDoccanoIds *self)
{
  while (TRUE)
    {
      g_autofree char *number = g_strdup_printf ("%u", ++self->last);

      if (!g_hash_table_contains (self->taken, number))
        return g_steal_pointer (&number);
    }
}

void
kutip_doccano_ids_append (KutipDoccanoIds *self, const char *id, GString *out)
{
  const char *json = id == NULL ? NULL : g_hash_table_lookup (self->json_of, id);
  g_autofree char *made = json == NULL ? make_up (self) : NULL;

  g_string_append (out, made != NULL ? made : json);
  if (made != NULL && id != NULL)
    g_hash_table_insert (self->json_of, (gpointer) id, g_steal_pointer (&made));
}
