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
  g_test_add_func ("/finding-model/dies", test_dies);
  return g_test_run ();
}
