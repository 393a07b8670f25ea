/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/span-tree-private.h"
#include "text/scratch.h"

typedef KutipSpanTreeNode Node;
typedef KutipSpanTreeKey Key;

static int
compare (gconstpointer a, gconstpointer b)
{
  return kutip_span_tree_compare_keys (a, b);
}

/* The ranges behind the first of each span, in order. */
static GArray *
list_others (KutipSpan *const *spans, guint n_spans)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (Key));

  for (guint i = 0; i < n_spans; i++)
    for (guint piece = 1; piece < kutip_span_get_n_ranges (spans[i]); piece++)
      {
        Key key = { spans[i], kutip_span_get_ranges (spans[i])[piece], piece };

        g_array_append_val (keys, key);
      }
  g_array_sort (keys, compare);
  return keys;
}

/* All ranges in order. The first ones are, as the spans are, and the others are few:
 * nothing else has to be sorted. */
static void
list_keys (KutipSpan *const *spans, guint n_spans, GArray *others, Key *keys)
{
  const Key *other = (const Key *) (gpointer) others->data;
  const Key *end = other + others->len;

  for (guint i = 0; i < n_spans; i++)
    {
      Key key = { spans[i], kutip_span_get_ranges (spans[i])[0], 0 };

      while (other < end && compare (other, &key) < 0)
        *keys++ = *other++;
      *keys++ = key;
    }
  while (other < end)
    *keys++ = *other++;
}

/* Of keys[start] to keys[end - 1]. Both sides weigh the same, or almost. */
static Node *
build (const Key *keys, guint start, guint end)
{
  guint middle = start + (end - start) / 2;

  if (start == end)
    return NULL;
  return kutip_span_tree_create_node (&keys[middle], build (keys, start, middle),
                                      build (keys, middle + 1, end));
}

void
kutip_span_tree_fill (KutipSpanTree *self, KutipSpan *const *spans, guint n_spans)
{
  g_autoptr (GArray) others = list_others (spans, n_spans);
  guint n_keys = n_spans + others->len;
  gsize n_bytes = n_keys * sizeof (Key);
  Key *keys = kutip_scratch_new (n_bytes);

  list_keys (spans, n_spans, others, keys);
  self->root = build (keys, 0, n_keys);
  kutip_scratch_free (keys, n_bytes);
}
