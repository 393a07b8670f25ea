/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-splices.h"

static void
splice_clear (gpointer data)
{
  KutipSplice *splice = data;

  g_clear_pointer (&splice->removed, g_ptr_array_unref);
}

/* How many of the layer's spans stand before @span, which need not be in the layer. */
static guint
get_rank (KutipLayer *layer, KutipSpan *span)
{
  guint low = 0;
  guint high = kutip_layer_get_n_spans (layer);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (kutip_span_compare (kutip_layer_get_nth_span (layer, middle), span) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* What one change did to one span, however many edits it took. */
typedef struct
{
  KutipSpan *before; /* borrowed from the change, NULL: was not there */
  KutipSpan *after;  /* NULL: is not there now */
} Outcome;

static const char *
get_edit_id (const KutipEdit *edit)
{
  return kutip_span_get_id (edit->before != NULL ? edit->before : edit->after);
}

static GHashTable *
collect_outcomes (KutipChange *change)
{
  GHashTable *outcomes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);
      Outcome *outcome;

      if (edit->kind != KUTIP_EDIT_SPAN)
        continue;
      outcome = g_hash_table_lookup (outcomes, get_edit_id (edit));
      if (outcome == NULL)
        {
          outcome = g_new0 (Outcome, 1);
          outcome->before = edit->before;
          g_hash_table_insert (outcomes, (gpointer) get_edit_id (edit), outcome);
        }
      outcome->after = edit->after;
    }
  return outcomes;
}

/* One span that went or came: halves of outcomes, sorted in document order, those that
 * went first. */
typedef struct
{
  KutipSpan *span;
  gboolean added;
  guint rank; /* spans of the layer, as it is now, before it */
} Half;

static int
compare_halves (gconstpointer a, gconstpointer b)
{
  const Half *one = a;
  const Half *other = b;
  int order = kutip_span_compare (one->span, other->span);

  return order != 0 ? order : one->added - other->added;
}

static GArray *
sort_halves (KutipLayer *layer, GHashTable *outcomes)
{
  GArray *halves = g_array_new (FALSE, FALSE, sizeof (Half));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, outcomes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Outcome *outcome = value;

      if (outcome->before != NULL)
        {
          Half half = { outcome->before, FALSE, get_rank (layer, outcome->before) };
          g_array_append_val (halves, half);
        }
      if (outcome->after != NULL)
        {
          Half half = { outcome->after, TRUE, get_rank (layer, outcome->after) };
          g_array_append_val (halves, half);
        }
    }
  g_array_sort (halves, compare_halves);
  return halves;
}

/* Joins what went and came side by side into splices. */
static GArray *
make_splices (GArray *halves)
{
  GArray *splices = g_array_new (FALSE, FALSE, sizeof (KutipSplice));

  g_array_set_clear_func (splices, splice_clear);
  for (guint i = 0; i < halves->len; i++)
    {
      Half *half = &g_array_index (halves, Half, i);
      KutipSplice *last = splices->len > 0
                              ? &g_array_index (splices, KutipSplice, splices->len - 1)
                              : NULL;

      if (last == NULL || half->rank > last->position + last->n_added)
        {
          KutipSplice splice = {
            half->rank,
            0,
            g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_span_unref),
          };

          g_array_append_val (splices, splice);
          last = &g_array_index (splices, KutipSplice, splices->len - 1);
        }
      if (half->added)
        last->n_added++;
      else
        g_ptr_array_add (last->removed, kutip_span_ref (half->span));
    }
  return splices;
}

GArray *
kutip_span_splices_new (KutipLayer *layer, KutipChange *change)
{
  g_autoptr (GHashTable) outcomes = collect_outcomes (change);
  g_autoptr (GArray) halves = sort_halves (layer, outcomes);

  return make_splices (halves);
}
