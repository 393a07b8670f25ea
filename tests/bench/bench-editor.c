/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "ui/tagset/tagset-editor-private.h"

/* The editor of the tag set, while an article is open whose spans would follow. */

static KutipTagsetEditor *
get_editor (Bench *bench)
{
  GtkWidget *window = bench_get_asking (bench);

  if (!KUTIP_IS_TAGSET_EDITOR (window))
    g_error ("the editor is not there");
  return KUTIP_TAGSET_EDITOR (window);
}

static gboolean
is_at (Bench *bench, const char *stage)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (get_editor (bench)->stages),
                    stage) == 0;
}

static gboolean
is_previewed (Bench *bench)
{
  return is_at (bench, "migrate");
}

static gboolean
has_popover (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (get_editor (data)));

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

static const KutipDraftItem *
get_nth_label (Bench *bench, guint i)
{
  return kutip_tagset_draft_get_nth (get_editor (bench)->draft, KUTIP_DRAFT_LABEL, i);
}

static guint
count_labels (Bench *bench)
{
  return kutip_tagset_draft_get_n (get_editor (bench)->draft, KUTIP_DRAFT_LABEL);
}

/* As it was when the editor was opened, with a label chosen. */
static void
begin (Bench *bench, guint nth)
{
  KutipTagsetEditor *editor = get_editor (bench);

  while (kutip_tagset_draft_undo (editor->draft))
    ;
  kutip_tagset_list_select (editor->list, get_nth_label (bench, nth)->id);
  kutip_tagset_list_focus (editor->list);
  stopwatch_settle (bench->watch);
}

static void
expect_labels (Bench *bench, guint n, const char *after)
{
  if (count_labels (bench) != n)
    g_error ("There are %u labels instead of %u after “%s”", count_labels (bench), n,
             after);
}

/* From the first label to the next, and back. */
static void
measure_choosing (Bench *bench)
{
  g_autoptr (GArray) chosen = stopwatch_new_series ();

  begin (bench, 0);
  for (guint i = 0; i < bench->n; i++)
    bench_press (bench, chosen, i % 2 == 0 ? "key Down" : "key Up");
  stopwatch_print_series ("tag set, choose a label", chosen);
}

static void
measure_adding (Bench *bench)
{
  g_autoptr (GArray) adds = stopwatch_new_series ();
  g_autoptr (GArray) letters = stopwatch_new_series ();
  g_autoptr (GArray) undos = stopwatch_new_series ();
  g_autoptr (GArray) redos = stopwatch_new_series ();
  g_autoptr (GArray) removes = stopwatch_new_series ();
  guint n = count_labels (bench);

  for (guint i = 0; i < bench->n; i++)
    {
      begin (bench, 0);
      bench_press (bench, adds, "key ctrl+n");
      expect_labels (bench, n + 1, "add");
      bench_press (bench, letters, "key a");
      stopwatch_press (bench->watch, "key ctrl+z", NULL, bench);
      stopwatch_settle (bench->watch);
      bench_press (bench, undos, "key ctrl+z");
      expect_labels (bench, n, "undo");
      bench_press (bench, redos, "key ctrl+shift+z");
      expect_labels (bench, n + 1, "redo");
      begin (bench, 1);
      bench_press (bench, removes, "key ctrl+Delete");
      expect_labels (bench, n - 1, "remove");
    }
  stopwatch_print_series ("tag set, add a label", adds);
  stopwatch_print_series ("tag set, each letter of a title", letters);
  stopwatch_print_series ("tag set, undo", undos);
  stopwatch_print_series ("tag set, redo", redos);
  stopwatch_print_series ("tag set, remove a label", removes);
}

static void
find_swatches (GtkWidget *widget, GPtrArray *swatches)
{
  if (gtk_widget_has_css_class (widget, "color-swatch"))
    g_ptr_array_add (swatches, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_swatches (child, swatches);
}

static void
measure_coloring (Bench *bench)
{
  g_autoptr (GArray) colors = stopwatch_new_series ();
  g_autoptr (GPtrArray) swatches = g_ptr_array_new ();

  begin (bench, 0);
  find_swatches (GTK_WIDGET (get_editor (bench)->form_bin), swatches);
  g_assert_cmpuint (swatches->len, >, 2);
  for (guint i = 0; i < 2 * bench->n && colors->len < bench->n; i++)
    {
      gtk_widget_grab_focus (g_ptr_array_index (swatches, i % swatches->len));
      stopwatch_settle (bench->watch);
      stopwatch_try_press (bench->watch, colors, "key space");
    }
  stopwatch_print_series ("tag set, another color", colors);
}

static void
save (gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (get_editor (data)), "editor.save", NULL);
}

/* What would change in the annotations is counted in another thread, and shown. */
static void
preview (Bench *bench, GArray *previews, GArray *leaves)
{
  bench_follow (bench, previews, save, bench, is_previewed);
  if (!is_previewed (bench))
    g_error ("nothing would change");
  bench_press (bench, leaves, "key Escape");
  g_assert_true (is_at (bench, "edit"));
}

static void
measure_renaming (Bench *bench)
{
  g_autoptr (GArray) letters = stopwatch_new_series ();
  g_autoptr (GArray) previews = stopwatch_new_series ();
  g_autoptr (GArray) leaves = stopwatch_new_series ();

  for (guint i = 0; i < bench->n; i++)
    {
      begin (bench, 1);
      stopwatch_press (bench->watch, "key Return", NULL, bench);
      stopwatch_press (bench->watch, "key Tab", NULL, bench);
      stopwatch_settle (bench->watch);
      bench_press (bench, letters, "key x");
      g_assert_cmpstr (get_nth_label (bench, 1)->name, !=, "quote");
      preview (bench, previews, leaves);
    }
  stopwatch_print_series ("tag set, each letter of a name", letters);
  stopwatch_print_series ("tag set, see what a new name changes", previews);
  stopwatch_print_series ("tag set, leave what a new name changes", leaves);
}

static void
measure_merging (Bench *bench)
{
  g_autoptr (GArray) asks = stopwatch_new_series ();
  g_autoptr (GArray) merges = stopwatch_new_series ();
  g_autoptr (GArray) previews = stopwatch_new_series ();
  g_autoptr (GArray) leaves = stopwatch_new_series ();
  guint n = count_labels (bench);

  for (guint i = 0; i < bench->n; i++)
    {
      begin (bench, 0);
      stopwatch_add_press (bench->watch, asks, "key alt+m", has_popover, bench);
      stopwatch_press (bench->watch, "key Down", NULL, bench);
      bench_press (bench, merges, "key Return");
      expect_labels (bench, n - 1, "merge");
      preview (bench, previews, leaves);
    }
  stopwatch_print_series ("tag set, what to merge into", asks);
  stopwatch_print_series ("tag set, merge", merges);
  stopwatch_print_series ("tag set, see what merging changes", previews);
  stopwatch_print_series ("tag set, leave what merging changes", leaves);
}

void
bench_measure_editor (Bench *bench)
{
  g_autoptr (GArray) aside = stopwatch_new_series ();

  bench_ask (bench, aside, "key shift+F4");
  kutip_tagset_editor_fill_at_once (get_editor (bench));
  stopwatch_rest (bench->watch, 100);
  measure_choosing (bench);
  measure_adding (bench);
  measure_coloring (bench);
  measure_renaming (bench);
  measure_merging (bench);
  begin (bench, 0);
  bench_answer (bench, aside, "key Escape");
}
