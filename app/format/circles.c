/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/circles.h"

#include <string.h>

/* So many relations of a circle are named. */
#define MOST_NAMED 8

/* A relation from a span to another. */
typedef struct
{
  KutipRelation *relation;
  guint from, to;
  guint next; /* of those that leave the same span, index + 1, or 0 */
} Edge;

typedef struct
{
  guint first;  /* relation that leaves it, index + 1, or 0 */
  guint order;  /* in which it was met, from 1; 0: not yet */
  guint lowest; /* order that can be reached from it */
  guint circle; /* the number of its group, from 1; 0: none yet */
} Node;

/* The relations of one type in one layer. */
typedef struct
{
  KutipRelation *only; /* the first; what follows is made for the second */
  GHashTable *places;  /* id of a span -> index + 1, borrowed */
  GArray *nodes;       /* Node */
  GArray *edges;       /* Edge */
  GArray *path;        /* guint: nodes that are being looked at */
  GArray *met;         /* guint: nodes that belong to no group yet */
  guint n_met, n_circles;
} Type;

static Node *
get_node (Type *self, guint i)
{
  return &g_array_index (self->nodes, Node, i);
}

static void
free_type (gpointer data)
{
  Type *self = data;

  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->nodes, g_array_unref);
  g_clear_pointer (&self->edges, g_array_unref);
  g_clear_pointer (&self->path, g_array_unref);
  g_clear_pointer (&self->met, g_array_unref);
  g_free (self);
}

static void
make_lists (Type *self)
{
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->nodes = g_array_new (FALSE, TRUE, sizeof (Node));
  self->edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  self->path = g_array_new (FALSE, FALSE, sizeof (guint));
  self->met = g_array_new (FALSE, FALSE, sizeof (guint));
}

static guint
find_place (Type *self, const char *id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, id));

  if (place == 0)
    {
      g_array_set_size (self->nodes, self->nodes->len + 1);
      place = self->nodes->len;
      g_hash_table_insert (self->places, (gpointer) id, GUINT_TO_POINTER (place));
    }
  return place - 1;
}

static void
add_edge (Type *self, KutipRelation *relation)
{
  Edge edge = { .relation = relation,
                .from = find_place (self, kutip_relation_get_from (relation)),
                .to = find_place (self, kutip_relation_get_to (relation)) };
  Node *from = get_node (self, edge.from);

  edge.next = from->first;
  g_array_append_val (self->edges, edge);
  from->first = self->edges->len;
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
      make_lists (self);
      add_edge (self, self->only);
    }
  add_edge (self, relation);
}

/* --- groups of spans that can be reached from one another: Tarjan, Depth-first search
 * and linear graph algorithms, 1972 --- */

static void
meet (Type *self, guint i)
{
  Node *node = get_node (self, i);

  node->order = node->lowest = ++self->n_met;
  g_array_append_val (self->path, i);
  g_array_append_val (self->met, i);
}

/* Its last relation was followed. */
static void
leave (Type *self, guint i)
{
  Node *node = get_node (self, i);
  guint other;

  g_array_set_size (self->path, self->path->len - 1);
  if (self->path->len > 0)
    {
      Node *before =
          get_node (self, g_array_index (self->path, guint, self->path->len - 1));

      before->lowest = MIN (before->lowest, node->lowest);
    }
  if (node->lowest != node->order)
    return;
  self->n_circles++;
  do
    {
      other = g_array_index (self->met, guint, self->met->len - 1);
      g_array_set_size (self->met, self->met->len - 1);
      get_node (self, other)->circle = self->n_circles;
    }
  while (other != i);
}

/* Each relation is taken off its span's list as it is followed. */
static void
find_groups (Type *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      if (get_node (self, i)->order == 0)
        meet (self, i);
      while (self->path->len > 0)
        {
          guint at = g_array_index (self->path, guint, self->path->len - 1);
          Node *node = get_node (self, at);
          const Edge *edge;
          Node *to;

          if (node->first == 0)
            {
              leave (self, at);
              continue;
            }
          edge = &g_array_index (self->edges, Edge, node->first - 1);
          node->first = edge->next;
          to = get_node (self, edge->to);
          if (to->order == 0)
            meet (self, edge->to);
          else if (to->circle == 0)
            node->lowest = MIN (node->lowest, to->order);
        }
    }
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
  g_autofree GString **names = g_new0 (GString *, self->n_circles);
  g_autofree guint *n_named = g_new0 (guint, self->n_circles);
  g_autoptr (GPtrArray) firsts = g_ptr_array_new ();
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->edges->len; i++)
    {
      const Edge *edge = &g_array_index (self->edges, Edge, i);
      guint circle = get_node (self, edge->from)->circle - 1;

      if (edge->from == edge->to || get_node (self, edge->to)->circle - 1 != circle)
        continue;
      if (names[circle] == NULL)
        {
          names[circle] = g_string_new (NULL);
          g_array_append_val (order, circle);
          g_ptr_array_add (firsts, edge->relation);
        }
      name_relation (names[circle], path, edge->relation, n_named[circle]++);
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

static gboolean
gather (KutipRelation *relation, gpointer data)
{
  Gathering *self = data;
  const char *label = kutip_relation_get_label (relation);
  gpointer type;

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

          if (type->places == NULL)
            continue;
          find_groups (type);
          if (type->n_circles < type->nodes->len)
            tell (type, record->path, file, line, report);
        }
    }
  kutip_report_set_annotator (report, NULL);
}
