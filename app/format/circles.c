/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/circles.h"

#include "format/brat/brat-write-parts.h"
#include "format/brat/brat.h"

#include <string.h>

/* So many relations of a circle are named. */
#define MOST_NAMED 8

/* --- groups: Tarjan, Depth-first search and linear graph algorithms, 1972 --- */

typedef struct
{
  guint next;   /* link that was not followed yet, of those that begin here */
  guint order;  /* in which it was met, from 1; 0: not yet */
  guint lowest; /* order that can be reached from it */
} Node;

typedef struct
{
  Node *nodes;
  guint *firsts; /* where the links of each begin in @ends; one more at the end */
  guint *ends;
  guint *groups;
  guint *path; /* what is being looked at */
  guint *met;  /* what belongs to no group yet */
  guint n_path, n_met, n_orders, n_groups;
} Search;

static void
meet (Search *self, guint i)
{
  self->nodes[i].order = self->nodes[i].lowest = ++self->n_orders;
  self->path[self->n_path++] = i;
  self->met[self->n_met++] = i;
}

/* Its last link was followed. */
static void
leave (Search *self)
{
  guint i = self->path[--self->n_path];
  guint other;

  if (self->n_path > 0)
    {
      Node *before = &self->nodes[self->path[self->n_path - 1]];

      before->lowest = MIN (before->lowest, self->nodes[i].lowest);
    }
  if (self->nodes[i].lowest != self->nodes[i].order)
    return;
  self->n_groups++;
  do
    {
      other = self->met[--self->n_met];
      self->groups[other] = self->n_groups;
    }
  while (other != i);
}

static void
search_from (Search *self, guint start)
{
  meet (self, start);
  while (self->n_path > 0)
    {
      guint at = self->path[self->n_path - 1];
      Node *node = &self->nodes[at];
      guint to;

      if (node->next == self->firsts[at + 1])
        {
          leave (self);
          continue;
        }
      to = self->ends[node->next++];
      if (self->nodes[to].order == 0)
        meet (self, to);
      else if (self->groups[to] == 0)
        node->lowest = MIN (node->lowest, self->nodes[to].order);
    }
}

guint *
kutip_circles_find (guint n, const KutipCircleLink *links, guint n_links, guint *n_groups)
{
  g_autofree Node *nodes = g_new0 (Node, n);
  g_autofree guint *firsts = g_new0 (guint, (gsize) n + 2);
  g_autofree guint *ends = g_new (guint, n_links);
  g_autofree guint *path = g_new (guint, n);
  g_autofree guint *met = g_new (guint, n);
  Search self = { .nodes = nodes,
                  .firsts = firsts,
                  .ends = ends,
                  .groups = g_new0 (guint, n),
                  .path = path,
                  .met = met };

  /* By where they begin; each place is moved up as it is filled. */
  for (guint i = 0; i < n_links; i++)
    firsts[links[i].from + 2]++;
  for (guint i = 2; i <= n; i++)
    firsts[i] += firsts[i - 1];
  for (guint i = 0; i < n_links; i++)
    ends[firsts[links[i].from + 1]++] = links[i].to;
  for (guint i = 0; i < n; i++)
    nodes[i].next = firsts[i];
  for (guint i = 0; i < n; i++)
    if (nodes[i].order == 0)
      search_from (&self, i);
  *n_groups = self.n_groups;
  return self.groups;
}

/* --- the relations of one type in one layer --- */

typedef struct
{
  KutipRelation *only;  /* the first; what follows is made for the second */
  GHashTable *places;   /* id of a span -> index + 1, borrowed */
  GPtrArray *relations; /* KutipRelation */
  GArray *links;        /* KutipCircleLink of each */
} Type;

static void
free_type (gpointer data)
{
  Type *self = data;

  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->relations, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_array_unref);
  g_free (self);
}

static guint
find_place (Type *self, const char *id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, id));

  if (place == 0)
    {
      place = g_hash_table_size (self->places) + 1;
      g_hash_table_insert (self->places, (gpointer) id, GUINT_TO_POINTER (place));
    }
  return place - 1;
}

static void
add_link (Type *self, KutipRelation *relation)
{
  KutipCircleLink link = { find_place (self, kutip_relation_get_from (relation)),
                           find_place (self, kutip_relation_get_to (relation)) };

  g_ptr_array_add (self->relations, relation);
  g_array_append_val (self->links, link);
}

static void
add_relation (Type *self, KutipRelation *relation)
{
  if (self->only == NULL)
    {
      self->only = relation;
      return;
    }
  if (self->places == NULL)
    {
      self->places = g_hash_table_new (g_str_hash, g_str_equal);
      self->relations = g_ptr_array_new ();
      self->links = g_array_new (FALSE, FALSE, sizeof (KutipCircleLink));
      add_link (self, self->only);
    }
  add_link (self, relation);
}

/* --- what is told --- */

static void
name_relation (GString *names, const char *path, KutipRelation *relation, guint nth)
{
  if (nth == 0)
    g_string_append_printf (names, "%s: %s: ", path, kutip_relation_get_label (relation));
  if (nth > MOST_NAMED)
    return;
  g_string_append (names, nth == 0 ? "" : ", ");
  g_string_append (names, nth == MOST_NAMED ? "…" : kutip_relation_get_id (relation));
}

/* A relation within a group is on a circle, and each group of several spans has one. */
static void
tell (Type *self, const char *path, const char *file, guint64 line, KutipReport *report)
{
  guint n_groups;
  g_autofree guint *groups =
      kutip_circles_find (g_hash_table_size (self->places),
                          (const KutipCircleLink *) (gpointer) self->links->data,
                          self->links->len, &n_groups);
  g_autofree GString **names = g_new0 (GString *, (gsize) n_groups + 1);
  g_autofree guint *n_named = g_new0 (guint, (gsize) n_groups + 1);
  g_autoptr (GPtrArray) firsts = g_ptr_array_new ();
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->links->len; i++)
    {
      const KutipCircleLink *link = &g_array_index (self->links, KutipCircleLink, i);
      KutipRelation *relation = g_ptr_array_index (self->relations, i);
      guint group = groups[link->from];

      if (link->from == link->to || groups[link->to] != group)
        continue;
      if (names[group] == NULL)
        {
          names[group] = g_string_new (NULL);
          g_array_append_val (order, group);
          g_ptr_array_add (firsts, relation);
        }
      name_relation (names[group], path, relation, n_named[group]++);
    }
  for (guint i = 0; i < order->len; i++)
    {
      GString *detail = names[g_array_index (order, guint, i)];

      kutip_report_add (report, KUTIP_REPORT_WARNING, "circle", file,
                        kutip_relation_get_id (g_ptr_array_index (firsts, i)), line,
                        detail->str);
      g_string_free (detail, TRUE);
    }
}

/* --- the layer --- */

typedef struct
{
  KutipTagset *tagsets[2]; /* or NULL */
  GHashTable *by_label;    /* -> Type, or NULL for a symmetric one */
  GPtrArray *types;        /* Type, as they come */
} Gathering;

static gboolean
is_symmetric (const Gathering *self, const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->tagsets); i++)
    {
      const KutipRelationType *type =
          self->tagsets[i] == NULL ? NULL
                                   : kutip_tagset_get_relation (self->tagsets[i], label);

      if (type != NULL && type->symmetric)
        return TRUE;
    }
  return FALSE;
}

/* Whether it leads no further: brat says that the argument is what another event stands
 * on, and not that event. */
static gboolean
ends_at_trigger (KutipRelation *relation)
{
  KutipRelationFields fields;
  g_autofree char *end = NULL;

  kutip_relation_get_fields (relation, &fields);
  if (fields.event == NULL || fields.foreign == NULL)
    return FALSE;
  end = kutip_brat_dup_kept (fields.foreign, KUTIP_BRAT_TO);
  return g_strcmp0 (end, fields.to) == 0;
}

static gboolean
gather (KutipRelation *relation, gpointer data)
{
  Gathering *self = data;
  const char *label = kutip_relation_get_label (relation);
  gpointer type;

  if (ends_at_trigger (relation))
    return TRUE;

  if (!g_hash_table_lookup_extended (self->by_label, label, NULL, &type))
    {
      type = is_symmetric (self, label) ? NULL : g_new0 (Type, 1);
      if (type != NULL)
        g_ptr_array_add (self->types, type);
      g_hash_table_insert (self->by_label, (gpointer) label, type);
    }
  if (type != NULL)
    add_relation (type, relation);
  return TRUE;
}

void
kutip_circles_report (KutipRecord *record,
                      KutipTagset *tagset,
                      const char *file,
                      guint64 line,
                      KutipReport *report)
{
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = kutip_record_begin_layer (record, i, report);
      g_autoptr (GHashTable) by_label = NULL;
      g_autoptr (GPtrArray) types = NULL;
      Gathering gathering = { .tagsets = { record->tagset, tagset } };

      if (kutip_layer_get_n_relations (layer) < 2)
        continue;
      gathering.by_label = by_label = g_hash_table_new (g_str_hash, g_str_equal);
      gathering.types = types = g_ptr_array_new_with_free_func (free_type);
      kutip_layer_foreach_relation (layer, gather, &gathering);
      for (guint t = 0; t < types->len; t++)
        {
          Type *type = g_ptr_array_index (types, t);

          if (type->places != NULL)
            tell (type, record->path, file, line, report);
        }
    }
  kutip_report_set_annotator (report, NULL);
}
