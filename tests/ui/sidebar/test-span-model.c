/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../article/open-text.h"
#include "samples.h"
#include "ui/sidebar/passed-spans.h"
#include "ui/sidebar/span-model.h"

#include <string.h>

/* A copy of the model that is kept by its signals alone. At each signal the whole model
 * has to be what the copy has become: a view may ask for anything in the middle of a
 * change. */
typedef struct
{
  KutipSpanModel *model;
  GPtrArray *ids;
  guint n_signals;
  guint n_removed;
  guint n_added;
  guint every; /* signal so many all is compared; 0: each */
} Mirror;

static char *
dup_nth_id (KutipSpanModel *model, guint i)
{
  g_autoptr (KutipSpanItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

  g_assert_nonnull (item);
  return g_strdup (kutip_span_get_id (kutip_span_item_get_span (item)));
}

static void
check_mirror (Mirror *mirror)
{
  guint found;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror->model)), ==,
                    mirror->ids->len);
  for (guint i = 0; i < mirror->ids->len; i++)
    {
      g_autofree char *id = dup_nth_id (mirror->model, i);

      g_assert_cmpstr (id, ==, g_ptr_array_index (mirror->ids, i));
      /* A span that moves can be at its old place still, or at both. */
      if (kutip_span_model_find (mirror->model, id, &found))
        g_assert_cmpstr (id, ==, g_ptr_array_index (mirror->ids, found));
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (mirror->model), mirror->ids->len));
}

static void
on_items_changed (
    GListModel *model, guint position, guint n_removed, guint n_added, gpointer data)
{
  Mirror *mirror = data;

  mirror->n_signals++;
  mirror->n_removed += n_removed;
  mirror->n_added += n_added;
  g_assert_cmpuint (position + n_removed, <=, mirror->ids->len);
  if (n_removed > 0)
    g_ptr_array_remove_range (mirror->ids, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (mirror->ids, (int) (position + i),
                        dup_nth_id (mirror->model, position + i));
  if (mirror->every == 0 || mirror->n_signals % mirror->every == 0)
    check_mirror (mirror);
}

static void
mirror_init (Mirror *mirror, KutipSpanModel *model)
{
  *mirror = (Mirror){ .model = model, .ids = g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    g_ptr_array_add (mirror->ids, dup_nth_id (model, i));
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), mirror);
}

static void
mirror_clear (Mirror *mirror)
{
  g_signal_handlers_disconnect_by_data (mirror->model, mirror);
  g_ptr_array_unref (mirror->ids);
}

static void
mirror_reset_counts (Mirror *mirror)
{
  mirror->n_signals = mirror->n_removed = mirror->n_added = 0;
}

/* What the model is to show, found the slow way. */
static void
check_against_layer (KutipSpanModel *model, KutipSpanFilter *filter)
{
  KutipDocument *document = kutip_span_model_get_document (model);
  KutipLayer *layer = kutip_document_get_layer (document);
  guint position = 0;

  while (kutip_span_model_is_filtering (model) || kutip_span_model_is_catching_up (model))
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);
      gboolean shown =
          filter == NULL ||
          kutip_span_filter_matches (filter, kutip_document_get_text (document), span);
      guint found;

      g_assert_cmpint (kutip_span_model_find (model, kutip_span_get_id (span), &found),
                       ==, shown);
      if (!shown)
        continue;
      g_assert_cmpuint (found, ==, position);
      g_assert_true (kutip_span_model_get_nth_span (model, position) == span);
      position++;
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, position);
}

static const char *const labels[] = { "claim", "quote", "source", "cue", "unheard-of" };

static KutipSpan *
pick_span (KutipLayer *layer, GRand *rand)
{
  guint n = kutip_layer_get_n_spans (layer);

  return n > 0 ? kutip_layer_get_nth_span (layer,
                                           (guint) g_rand_int_range (rand, 0, (gint32) n))
               : NULL;
}

static KutipRange
pick_range (KutipDocument *document, GRand *rand)
{
  guint length = kutip_text_get_length (kutip_document_get_text (document));
  guint start = (guint) g_rand_int_range (rand, 0, (gint32) length - 1);

  return (KutipRange){ start, start + 1 +
                                  (guint) g_rand_int_range (
                                      rand, 0, (gint32) MIN (length - start, 40)) };
}

/* One change with many edits: spans added, moved, given another label and removed, some
 * of them twice. */
static void
apply_mixture (KutipDocument *document, GRand *rand, guint n_edits)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  g_autoptr (KutipChange) change = kutip_change_new ("Mixture");
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_edits; i++)
    {
      KutipSpan *span = pick_span (layer, rand);
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange range = pick_range (document, rand);
      g_autofree char *id = g_strdup_printf ("m%u-%u", g_rand_int (rand), i);
      g_autoptr (KutipSpan) after = NULL;
      g_autoptr (GPtrArray) relations = NULL;

      if (g_rand_boolean (rand) || span == NULL ||
          !g_hash_table_add (used, (gpointer) kutip_span_get_id (span)))
        {
          fields.id = id;
          fields.label = labels[g_rand_int_range (rand, 0, G_N_ELEMENTS (labels))];
          fields.ranges = &range;
          fields.n_ranges = 1;
          after = kutip_span_new (&fields);
          kutip_change_add_span (change, NULL, after);
          continue;
        }

      relations = kutip_layer_list_relations_of (layer, kutip_span_get_id (span));
      if (relations->len == 0 && g_rand_boolean (rand))
        {
          kutip_change_add_span (change, span, NULL);
          continue;
        }
      kutip_span_get_fields (span, &fields);
      fields.texts = NULL;
      if (g_rand_boolean (rand))
        {
          fields.ranges = &range;
          fields.n_ranges = 1;
        }
      else
        fields.label = labels[g_rand_int_range (rand, 0, G_N_ELEMENTS (labels))];
      after = kutip_span_new (&fields);
      kutip_change_add_span (change, span, after);
    }
  if (!kutip_document_apply (document, change, &error))
    g_test_message ("refused: %s", error->message);
}

static void
set_random_filter (KutipSpanModel *model, GRand *rand, KutipSpanFilter **filter)
{
  const char *const one[] = { labels[g_rand_int_range (rand, 0, G_N_ELEMENTS (labels))],
                              NULL };
  const char *const *names = g_rand_boolean (rand) ? one : NULL;
  static const char *const texts[] = { NULL, "a", "KOREA", "negara", "yang k" };
  const char *text = texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))];
  KutipTagset *unknown_to =
      g_rand_int_range (rand, 0, 4) == 0
          ? kutip_document_get_tagset (kutip_span_model_get_document (model))
          : NULL;

  g_clear_pointer (filter, kutip_span_filter_free);
  *filter = kutip_span_filter_new (names, unknown_to, text);
  kutip_span_model_set_filter (model, names, unknown_to, text);
  g_assert_cmpint (kutip_span_model_is_filtered (model), ==, *filter != NULL);
}

static void
do_something (KutipDocument *document, GRand *rand)
{
  KutipSpan *span = pick_span (kutip_document_get_layer (document), rand);
  KutipSpan *other = pick_span (kutip_document_get_layer (document), rand);
  KutipRange range = pick_range (document, rand);
  const char *label = labels[g_rand_int_range (rand, 0, G_N_ELEMENTS (labels))];

  switch (span != NULL ? g_rand_int_range (rand, 0, 12) : 0)
    {
    case 0:
    case 1:
    case 2:
      kutip_annotate_mark (document, labels[g_rand_int_range (rand, 0, 4)], &range, 1,
                           NULL);
      break;
    case 3:
      kutip_annotate_remove_spans (document, &span, 1, NULL);
      break;
    case 4:
      kutip_annotate_set_label (document, span, label, NULL);
      break;
    case 5:
      kutip_annotate_set_ranges (document, span, &range, 1, NULL);
      break;
    case 6:
      kutip_annotate_set_note (document, span, g_rand_boolean (rand) ? "negara" : NULL,
                               NULL);
      break;
    case 7:
      kutip_annotate_link (document, span, other, NULL, NULL);
      break;
    case 8:
      apply_mixture (document, rand, (guint) g_rand_int_range (rand, 1, 12));
      break;
    case 9:
      kutip_document_redo (document);
      break;
    default:
      kutip_document_undo (document);
      break;
    }
}

/* After each of many changes the model shows what the layer holds, and its signals told
 * no more and no less. */
static void
test_random_changes (gconstpointer data)
{
  guint32 seed = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (KutipAnnotator) annotator = sample_news ();
  KutipDocument *document = kutip_annotator_get_document (annotator);
  g_autoptr (KutipSpanModel) model = kutip_span_model_new ();
  KutipSpanFilter *filter = NULL;
  Mirror mirror;

  g_test_message ("seed %u", seed);
  kutip_span_model_set_document (model, document);
  mirror_init (&mirror, model);
  for (guint i = 0; i < 600; i++)
    {
      do_something (document, rand);
      if (g_rand_int_range (rand, 0, 25) == 0)
        set_random_filter (model, rand, &filter);
      check_mirror (&mirror);
      check_against_layer (model, filter);
    }
  while (kutip_document_undo (document))
    check_mirror (&mirror);
  check_against_layer (model, filter);
  while (kutip_document_redo (document))
    check_mirror (&mirror);
  check_against_layer (model, filter);
  mirror_clear (&mirror);
  g_clear_pointer (&filter, kutip_span_filter_free);
  g_assert_finalize_object (g_steal_pointer (&model));
}

/* Each single edit is told as what it is. */
static void
test_minimal_signals (void)
{
  g_autoptr (KutipAnnotator) annotator = sample_news ();
  KutipDocument *document = kutip_annotator_get_document (annotator);
  g_autoptr (KutipSpanModel) model = kutip_span_model_new ();
  KutipRange range = { 0, 10 };
  Mirror mirror;

  kutip_span_model_set_document (model, document);
  mirror_init (&mirror, model);

  kutip_annotate_set_note (document, sample_find (annotator, "BBC"), "x", NULL);
  g_assert_cmpuint (mirror.n_signals, ==, 1);
  g_assert_cmpuint (mirror.n_removed, ==, 1);
  g_assert_cmpuint (mirror.n_added, ==, 1);

  mirror_reset_counts (&mirror);
  kutip_annotate_mark (document, "claim", &range, 1, NULL);
  g_assert_cmpuint (mirror.n_signals, ==, 1);
  g_assert_cmpuint (mirror.n_removed, ==, 0);
  g_assert_cmpuint (mirror.n_added, ==, 1);

  /* From the middle to the top: gone there, come here. */
  mirror_reset_counts (&mirror);
  kutip_annotate_set_ranges (document, sample_find (annotator, "BBC"), &range, 1, NULL);
  g_assert_cmpuint (mirror.n_signals, ==, 2);
  g_assert_cmpuint (mirror.n_removed, ==, 1);
  g_assert_cmpuint (mirror.n_added, ==, 1);

  /* Links are no spans. */
  mirror_reset_counts (&mirror);
  kutip_annotate_link (document, sample_find (annotator, "persahabatan"),
                       sample_find (annotator, "Kim"), NULL, NULL);
  g_assert_cmpuint (mirror.n_signals, ==, 0);

  /* Many at once are told as one. */
  mirror_reset_counts (&mirror);
  {
    g_autoptr (GRand) rand = g_rand_new_with_seed (7);

    apply_mixture (document, rand, 250);
  }
  g_assert_cmpuint (mirror.n_signals, ==, 1);
  check_against_layer (model, NULL);
  mirror_clear (&mirror);
}

static void
count_signal (GObject *object, gpointer data)
{
  (*(guint *) data)++;
}

/* An item stays the same for its span while somebody holds it, and says when what it
 * shows has changed. */
static void
test_items (void)
{
  g_autoptr (KutipAnnotator) annotator = sample_news ();
  KutipDocument *document = kutip_annotator_get_document (annotator);
  g_autoptr (KutipSpanModel) model = kutip_span_model_new ();
  g_autoptr (KutipSpanItem) item = NULL;
  g_autoptr (KutipSpanItem) again = NULL;
  g_autoptr (KutipTagset) tagset = sample_study_tagset ();
  KutipRange range = { 0, 10 };
  guint n_changes = 0;
  guint position;
  g_autofree char *id = g_strdup (kutip_span_get_id (sample_find (annotator, "BBC")));

  kutip_span_model_set_document (model, document);
  g_assert_true (kutip_span_model_find (model, id, &position));
  item = g_list_model_get_item (G_LIST_MODEL (model), position);
  g_signal_connect (item, "changed", G_CALLBACK (count_signal), &n_changes);

  kutip_annotate_set_ranges (document, kutip_span_item_get_span (item), &range, 1, NULL);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (kutip_span_model_find (model, id, &position));
  again = g_list_model_get_item (G_LIST_MODEL (model), position);
  g_assert_true (item == again);
  g_assert_cmpuint (kutip_span_get_ranges (kutip_span_item_get_span (item))->start, ==,
                    0);

  /* A link from another span is shown here too. */
  kutip_annotate_link (document, sample_find (annotator, "persahabatan"),
                       kutip_span_item_get_span (item), "attributed-to", NULL);
  g_assert_cmpuint (n_changes, ==, 2);
  kutip_annotate_set_note (document, sample_find (annotator, "Kim"), "x", NULL);
  g_assert_cmpuint (n_changes, ==, 2);
  kutip_document_set_tagset (document, tagset);
  g_assert_cmpuint (n_changes, ==, 3);

  /* Gone and come back, it still is the same. */
  {
    KutipSpan *span = kutip_span_item_get_span (item);

    kutip_annotate_remove_spans (document, &span, 1, NULL);
  }
  g_assert_false (kutip_span_model_find (model, id, &position));
  kutip_document_undo (document);
  g_assert_true (kutip_span_model_find (model, id, &position));
  g_clear_object (&again);
  again = g_list_model_get_item (G_LIST_MODEL (model), position);
  g_assert_true (item == again);

  /* Another document: the item is nobody's, and the model outlives both. */
  kutip_span_model_set_document (model, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&model));
}

/* As many edits as are taken over from a fork. */
static void
join_mixture (KutipDocument *document, GRand *rand, guint n_edits)
{
  g_autoptr (KutipDocument) fork = kutip_document_fork (document, NULL);
  g_autoptr (GError) error = NULL;

  apply_mixture (fork, rand, n_edits);
  g_assert_true (kutip_document_join (document, fork, &error));
  g_assert_no_error (error);
}

static void
finish_catching_up (KutipSpanModel *model)
{
  while (kutip_span_model_is_catching_up (model))
    g_main_context_iteration (NULL, TRUE);
}

/* What somebody holds, here and there. */
static GPtrArray *
hold_some (KutipSpanModel *model)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

  for (guint i = 0; i < n; i += 1 + n / 40)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (model), i));
  return items;
}

static void
check_items (GPtrArray *items, KutipLayer *layer)
{
  for (guint i = 0; i < items->len; i++)
    {
      KutipSpan *held = kutip_span_item_get_span (g_ptr_array_index (items, i));
      KutipSpan *span = kutip_layer_get_span (layer, kutip_span_get_id (held));

      g_assert_true (span == NULL || span == held);
    }
}

/* What may happen while it is still catching up: nothing, another change, another one of
 * very many, a filter. */
static void
disturb (KutipSpanModel *model, GRand *rand, guint what, const char *const *names)
{
  KutipDocument *document = kutip_span_model_get_document (model);

  switch (what)
    {
    case 1:
      do_something (document, rand);
      break;
    case 2:
      join_mixture (document, rand, 210);
      break;
    case 3:
      kutip_span_model_set_filter (model, NULL, NULL, "negara");
      kutip_span_model_set_filter (model, names, NULL, NULL);
      break;
    case 4:
      apply_mixture (document, rand, 250);
      break;
    case 5:
      /* Once it is on its way to what has passed. */
      while (kutip_span_model_is_filtering (model))
        g_main_context_iteration (NULL, TRUE);
      do_something (document, rand);
      break;
    case 6:
      for (guint i = 0; i < 5; i++)
        do_something (document, rand);
      join_mixture (document, rand, 210);
      join_mixture (document, rand, 210);
      do_something (document, rand);
      break;
    default:
      break;
    }
}

static const char *const claims_and_sources[] = { "claim", "source", NULL };

/* A change that was made in a fork is told in slices, with a filter and without: the
 * model and what it told are one at any time, and in the end it shows what the layer
 * holds. */
static void
test_fork (gconstpointer names)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  g_autoptr (KutipSpanFilter) filter = kutip_span_filter_new (names, NULL, NULL);
  g_autoptr (KutipAnnotator) annotator = sample_news ();
  KutipDocument *document = kutip_annotator_get_document (annotator);
  g_autoptr (KutipSpanModel) model = kutip_span_model_new ();
  Mirror mirror;

  kutip_span_model_set_document (model, document);
  kutip_span_model_set_filter (model, names, NULL, NULL);
  mirror_init (&mirror, model);
  mirror.every = 17;
  for (guint i = 0; i < 21; i++)
    {
      g_autoptr (GPtrArray) items = hold_some (model);

      join_mixture (document, rand, 210);
      g_assert_true (kutip_span_model_is_catching_up (model));
      g_assert_true (kutip_span_model_is_in_step (model));
      check_mirror (&mirror);
      disturb (model, rand, i % 7, names);
      finish_catching_up (model);
      check_mirror (&mirror);
      check_against_layer (model, filter);
      check_items (items, kutip_document_get_layer (document));
    }
  join_mixture (document, rand, 210);
  g_assert_true (kutip_span_model_is_catching_up (model));
  kutip_span_model_set_document (model, NULL);
  g_assert_false (kutip_span_model_is_catching_up (model));
  check_mirror (&mirror);
  mirror_clear (&mirror);
  g_clear_pointer (&filter, kutip_span_filter_free);
  g_assert_finalize_object (g_steal_pointer (&model));
}

/* Nothing is told of very many changes before the loop runs: it is done in slices. */
static void
test_fork_tells_later (gconstpointer names)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (KutipAnnotator) annotator = sample_news ();
  KutipDocument *document = kutip_annotator_get_document (annotator);
  g_autoptr (KutipSpanModel) model = kutip_span_model_new ();
  Mirror mirror;

  kutip_span_model_set_document (model, document);
  kutip_span_model_set_filter (model, names, NULL, NULL);
  finish_catching_up (model);
  mirror_init (&mirror, model);
  join_mixture (document, rand, 600);
  do_something (document, rand);
  g_assert_cmpuint (mirror.n_signals, ==, 0);
  finish_catching_up (model);
  g_assert_cmpuint (mirror.n_signals, >, 0);
  check_mirror (&mirror);
  mirror_clear (&mirror);
}

/* What has passed, kept by the splices that are told alone. */
static void
on_passed (guint position, guint n_removed, guint n_added, gpointer data)
{
  gint *n = data;

  g_assert_cmpint ((gint) (position + n_removed), <=, *n);
  *n += (gint) n_added - (gint) n_removed;
}

/* While a filter is still on its way down the layer, changes happen above, below and at
 * the place it has come to; in the end nothing is missing and nothing is there twice. */
static void
test_change_while_filtering (gconstpointer data)
{
  guint32 seed = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (KutipAnnotator) annotator = sample_news ();
  KutipDocument *document = kutip_annotator_get_document (annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  KutipText *text = kutip_document_get_text (document);
  const char *const names[] = { "claim", "source", NULL };
  g_autoptr (KutipSpanFilter) filter = kutip_span_filter_new (names, NULL, NULL);
  KutipPassedSpans *passed;
  gboolean more = TRUE;
  guint n_shown = 0;

  g_test_message ("seed %u", seed);
  apply_mixture (document, rand, 900);
  passed = kutip_passed_spans_new (filter, text, layer);
  while (more)
    {
      g_autoptr (GArray) splices = NULL;
      gint n = (gint) kutip_passed_spans_get_n (passed);

      apply_mixture (document, rand, (guint) g_rand_int_range (rand, 1, 30));
      splices = kutip_span_splices_new (
          layer, kutip_history_peek_undo (kutip_document_get_history (document)));
      kutip_passed_spans_splice (passed, splices, on_passed, &n);
      g_assert_cmpint (n, ==, (gint) kutip_passed_spans_get_n (passed));
      more = kutip_passed_spans_look (passed, 0);
    }

  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);

      if (kutip_span_filter_matches (filter, text, span))
        g_assert_true (kutip_passed_spans_get_nth (passed, n_shown++) == span);
    }
  g_assert_cmpuint (n_shown, ==, kutip_passed_spans_get_n (passed));
  kutip_passed_spans_free (passed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint seed = 1; seed <= 4; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/span-model/random/%u", seed);
      g_autofree char *filtering =
          g_strdup_printf ("/span-model/while-filtering/%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_random_changes);
      g_test_add_data_func (filtering, GUINT_TO_POINTER (seed),
                            test_change_while_filtering);
    }
  g_test_add_func ("/span-model/minimal-signals", test_minimal_signals);
  g_test_add_func ("/span-model/items", test_items);
  g_test_add_data_func ("/span-model/fork", NULL, test_fork);
  g_test_add_data_func ("/span-model/fork-filtered", claims_and_sources, test_fork);
  g_test_add_data_func ("/span-model/fork-tells-later", NULL, test_fork_tells_later);
  g_test_add_data_func ("/span-model/fork-tells-later-filtered", claims_and_sources,
                        test_fork_tells_later);
  return g_test_run ();
}
