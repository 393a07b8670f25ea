/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/span-tree-private.h"

typedef KutipSpanTreeNode Node;
typedef KutipSpanTreeKey Key;

/* The spans at a place by their length: no order of the tree's, so that what lies in a
 * subtree is told by the shortest and the longest of it. */

static guint
get_length (const Node *node)
{
  return node->range.end - node->range.start;
}

/* What is hit by a place, by length. */
typedef struct
{
  KutipRange range;
  guint length;
  const Key *after; /* NULL: from the first on */
  const Node *found;
  guint n_looked_at;
} LengthQuery;

static gboolean
may_hit (const Node *node, KutipRange query)
{
  return query.start == query.end ? node->max_end >= query.start
                                  : node->max_end > query.start;
}

static gboolean
starts_behind (const Node *node, KutipRange query)
{
  return query.start == query.end ? node->range.start > query.end
                                  : node->range.start >= query.end;
}

/* The first of that length behind @after. */
static void
find_as_long (const Node *node, LengthQuery *query)
{
  gboolean is_behind;

  if (node == NULL || query->found != NULL)
    return;
  query->n_looked_at++;
  if (query->length < node->min_length || query->length > node->max_length ||
      !may_hit (node, query->range))
    return;
  is_behind = query->after == NULL || kutip_span_tree_compare (query->after, node) < 0;
  if (is_behind)
    find_as_long (node->left, query);
  if (query->found != NULL || starts_behind (node, query->range))
    return;
  if (is_behind && !node->orphan && get_length (node) == query->length &&
      kutip_span_tree_hits (node->range, query->range))
    query->found = node;
  find_as_long (node->right, query);
}

/* One of the shortest of those that are longer. */
static void
find_longer (const Node *node, LengthQuery *query)
{
  const Node *first, *second;

  if (node == NULL)
    return;
  query->n_looked_at++;
  if (node->max_length <= query->length || !may_hit (node, query->range) ||
      (query->found != NULL && node->min_length >= get_length (query->found)))
    return;
  if (!node->orphan && get_length (node) > query->length &&
      kutip_span_tree_hits (node->range, query->range) &&
      (query->found == NULL || get_length (node) < get_length (query->found)))
    query->found = node;
  first = node->left;
  second = starts_behind (node, query->range) ? NULL : node->right;
  if (first != NULL && second != NULL && second->min_length < first->min_length)
    {
      const Node *other = first;

      first = second;
      second = other;
    }
  find_longer (first, query);
  find_longer (second, query);
}

/* Of @span's pieces the one that is hit. */
static gboolean
find_hit (KutipSpan *span, KutipRange query, Key *key)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);

  for (guint i = 0; !kutip_span_is_orphan (span) && i < kutip_span_get_n_ranges (span);
       i++)
    if (kutip_span_tree_hits (ranges[i], query))
      {
        *key = (Key){ span, ranges[i], i };
        return TRUE;
      }
  return FALSE;
}

KutipSpan *
kutip_span_tree_get_longer (const KutipSpanTree *self,
                            KutipRange range,
                            KutipSpan *after,
                            guint *n_looked_at)
{
  LengthQuery query = { .range = range };
  Key key;

  if (after != NULL && find_hit (after, range, &key))
    {
      query.length = key.range.end - key.range.start;
      query.after = &key;
      find_as_long (self->root, &query);
    }
  if (query.found == NULL)
    {
      find_longer (self->root, &query);
      if (query.found != NULL)
        {
          query.length = get_length (query.found);
          query.after = NULL;
          query.found = NULL;
          find_as_long (self->root, &query);
        }
    }
  if (n_looked_at != NULL)
    *n_looked_at = query.n_looked_at;
  return query.found != NULL ? query.found->span : NULL;
}
