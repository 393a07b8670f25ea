/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/finding-model.h"

#include "../article/open-text.h"

#define TEXT "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas.\n"

static void
on_changed (KutipFindingItem *item, guint *n)
{
  ++*n;
}

static void
on_items_changed (
    GListModel *model, guint position, guint removed, guint added, guint *n_items)
{
  *n_items += added - removed;
  g_assert_cmpuint (*n_items, ==, g_list_model_get_n_items (model));
}

static KutipAnnotator *
make_annotator (void)
{
  KutipAnnotator *annotator = open_text (TEXT, -1);
  const char *const words[] = { "dua", "empat", "enam" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    kutip_annotate_set_unsure (kutip_annotator_get_document (annotator),
                               mark_words (annotator, "source", words[i], 0), TRUE, NULL);
  return annotator;
}

/* As long as somebody holds an item, it stands for its finding. */
static void
test_items (void)
{
  g_autoptr (KutipAnnotator) annotator = make_annotator ();
  KutipDocument *document = kutip_annotator_get_document (annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  g_autoptr (KutipFindingModel) model = kutip_finding_model_new (KUTIP_FINDINGS_TO_DO);
  g_autoptr (KutipFindingItem) item = NULL;
  guint n_changed = 0, n_items = 0, position;

  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &n_items);
  kutip_finding_model_set_check (model, kutip_annotator_get_check (annotator));
  g_assert_cmpuint (n_items, ==, 3);
  item = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_signal_connect (item, "changed", G_CALLBACK (on_changed), &n_changed);
  g_assert_cmpstr (kutip_finding_item_get (item)->id, ==, "s2");
  {
    g_autoptr (KutipFindingItem) again = g_list_model_get_item (G_LIST_MODEL (model), 1);

    g_assert_true (again == item);
  }
  kutip_annotate_set_note (document, kutip_layer_get_span (layer, "s2"), "n", NULL);
  g_assert_cmpuint (n_changed, ==, 1);
  kutip_annotate_remove_spans (
      document, (KutipSpan *[]){ kutip_layer_get_span (layer, "s1") }, 1, NULL);
  g_assert_cmpuint (n_items, ==, 2);
  g_assert_true (kutip_finding_model_find (model, "s2", &position));
  g_assert_cmpuint (position, ==, 0);
  g_assert_false (kutip_finding_model_find (model, "s1", &position));
  kutip_annotate_remove_spans (
      document, (KutipSpan *[]){ kutip_layer_get_span (layer, "s2") }, 1, NULL);
  g_assert_cmpstr (kutip_finding_item_get (item)->id, ==, "s2");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 1));
}

static void
test_lists (void)
{
  g_autoptr (KutipAnnotator) annotator = make_annotator ();
  g_autoptr (KutipFindingModel) model = kutip_finding_model_new (KUTIP_FINDINGS_TO_DO);
  guint n_items = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &n_items);
  kutip_finding_model_set_check (model, kutip_annotator_get_check (annotator));
  mark_words (annotator, "quote", "delapan", 0);
  g_assert_cmpuint (n_items, ==, 4);
  kutip_finding_model_set_list (model, KUTIP_FINDING_MISSING_RELATION);
  g_assert_cmpuint (n_items, ==, 1);
  kutip_finding_model_set_list (model, KUTIP_FINDING_ORPHAN);
  g_assert_cmpuint (n_items, ==, 0);
  kutip_finding_model_set_list (model, KUTIP_FINDING_UNSURE);
  g_assert_cmpuint (n_items, ==, 3);
  kutip_finding_model_set_check (model, NULL);
  g_assert_cmpuint (n_items, ==, 0);
}

#define N_MANY 500
/* GtkListView makes so many rows, whatever there is. */
#define N_ROWS 200
/* What it has time for in one turn of the main loop. */
#define A_FEW 24

/* Half of them lack something; all others are only unsure. */
static KutipAnnotator *
make_many (void)
{
  g_autofree char *text = g_strnfill (3 * N_MANY, 'x');
  KutipAnnotator *annotator = open_text (text, -1);
  g_autoptr (KutipChange) change = kutip_change_new ("Many");

  for (guint i = 0; i < N_MANY; i++)
    {
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange range = { 3 * i, 3 * i + 2 };
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = i % 2 == 0 ? "source" : "nobody knows it";
      fields.unsure = i % 2 == 0;
      fields.ranges = &range;
      fields.n_ranges = 1;
      span = kutip_span_new (&fields);
      kutip_change_add_span (change, NULL, span);
    }
  kutip_document_apply (kutip_annotator_get_document (annotator), change, NULL);
  return annotator;
}

/* A view at the start of the list: what it holds, and how many of its rows have come and
 * gone in this turn. */
typedef struct
{
  GPtrArray *items;
  guint n_rows;
} View;

static guint
count_rows (guint position, guint n)
{
  return MIN (position + n, N_ROWS) - MIN (position, N_ROWS);
}

static void
follow (GListModel *model, guint position, guint removed, guint added, View *view)
{
  view->n_rows += count_rows (position, removed) + count_rows (position, added);
  if (removed > 0)
    g_ptr_array_remove_range (view->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (view->items, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (view->items->len, ==, g_list_model_get_n_items (model));
}

/* Turn by turn until all is there: the same as what the check has, in its order. */
static void
settle (KutipFindingModel *model, View *view, KutipCheck *check, guint list)
{
  guint n = kutip_check_count (check, list);

  while (view->items->len != n ||
         (n > 0 && !kutip_finding_model_is_listed (model, n - 1)))
    {
      g_assert_cmpuint (view->n_rows, <=, A_FEW);
      view->n_rows = 0;
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (view->n_rows, <=, A_FEW);
  for (guint i = 0; i < n; i++)
    {
      KutipFinding expected;

      g_assert_true (kutip_check_get_nth (check, list, i, &expected));
      g_assert_cmpstr (kutip_finding_item_get (g_ptr_array_index (view->items, i))->id,
                       ==, expected.id);
      g_assert_true (kutip_finding_model_is_listed (model, i));
    }
  g_assert_false (kutip_finding_model_is_listed (model, n));
}

/* Of the rows of a long list only a few come and go in each turn, whatever becomes of it.
 */
static void
test_few_at_a_time (void)
{
  g_autoptr (KutipAnnotator) annotator = make_many ();
  KutipDocument *document = kutip_annotator_get_document (annotator);
  KutipCheck *check = kutip_annotator_get_check (annotator);
  g_autoptr (KutipFindingModel) model = kutip_finding_model_new (KUTIP_FINDINGS_TO_DO);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  View view = { items, 0 };
  const guint lists[] = { KUTIP_FINDING_UNSURE, KUTIP_FINDINGS_TO_DO,
                          KUTIP_FINDING_ORPHAN, KUTIP_FINDING_UNKNOWN_LABEL };

  g_signal_connect (model, "items-changed", G_CALLBACK (follow), &view);
  kutip_finding_model_set_check (model, check);
  settle (model, &view, check, KUTIP_FINDINGS_TO_DO);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      kutip_finding_model_set_list (model, lists[i]);
      settle (model, &view, check, lists[i]);
    }
  /* Nobody sees it any more. */
  kutip_finding_model_set_seen (model, FALSE);
  kutip_document_undo (document);
  settle (model, &view, check, KUTIP_FINDING_UNKNOWN_LABEL);
  kutip_finding_model_set_seen (model, TRUE);
  kutip_document_redo (document);
  settle (model, &view, check, KUTIP_FINDING_UNKNOWN_LABEL);
}

/* Another list, and a change of a few, before all of the one before has gone: what is
 * leaving stands behind what is listed, and for nothing. */
static void
test_leaving (void)
{
  g_autoptr (KutipAnnotator) annotator = make_many ();
  KutipDocument *document = kutip_annotator_get_document (annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  KutipCheck *check = kutip_annotator_get_check (annotator);
  g_autoptr (KutipFindingModel) model = kutip_finding_model_new (KUTIP_FINDINGS_TO_DO);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  View view = { items, 0 };
  KutipFinding finding;

  g_signal_connect (model, "items-changed", G_CALLBACK (follow), &view);
  kutip_finding_model_set_check (model, check);
  settle (model, &view, check, KUTIP_FINDINGS_TO_DO);
  kutip_finding_model_set_list (model, KUTIP_FINDING_UNSURE);
  g_assert_true (kutip_finding_model_is_listed (model, 0));
  g_assert_false (kutip_finding_model_is_listed (model, 100));
  g_assert_cmpuint (items->len, >, 100);
  {
    g_autoptr (KutipFindingItem) item = g_list_model_get_item (G_LIST_MODEL (model), 100);

    finding = *kutip_finding_item_get (item);
    g_assert_null (kutip_check_get_span (check, &finding));
  }
  kutip_annotate_remove_spans (
      document, (KutipSpan *[]){ kutip_layer_get_span (layer, "s3") }, 1, NULL);
  kutip_finding_model_reach (model, 40);
  g_assert_true (kutip_finding_model_is_listed (model, 40));
  view.n_rows = 0;
  settle (model, &view, check, KUTIP_FINDING_UNSURE);
  kutip_finding_model_set_list (model, KUTIP_FINDINGS_TO_DO);
  kutip_finding_model_set_list (model, KUTIP_FINDING_UNKNOWN_LABEL);
  view.n_rows = 0;
  settle (model, &view, check, KUTIP_FINDING_UNKNOWN_LABEL);
  /* Somewhere else than at the start, the rows are others than the first ones. */
  kutip_finding_model_set_at_start (model, FALSE);
  kutip_finding_model_set_list (model, KUTIP_FINDING_ORPHAN);
  g_assert_cmpuint (items->len, ==, 0);
}

/* An item may live longer than the model. */
static void
test_dies (void)
{
  g_autoptr (KutipAnnotator) annotator = make_annotator ();
  KutipFindingModel *model = kutip_finding_model_new (KUTIP_FINDINGS_TO_DO);
  KutipFindingItem *item;

  kutip_finding_model_set_check (model, kutip_annotator_get_check (annotator));
  item = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_finalize_object (model);
  kutip_annotator_undo (annotator);
  g_assert_finalize_object (item);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finding-model/items", test_items);
  g_test_add_func ("/finding-model/lists", test_lists);
  g_test_add_func ("/finding-model/few-at-a-time", test_few_at_a_time);
  g_test_add_func ("/finding-model/leaving", test_leaving);
  g_test_add_func ("/finding-model/dies", test_dies);
  return g_test_run ();
}
