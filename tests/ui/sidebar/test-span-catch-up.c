/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../model/fixture.h"
#include "ui/sidebar/span-catch-up.h"

#include <string.h>

/* A list that is exchanged in pieces: what a view that follows them has in the end, and
 * what each of them costs it. */

#define LENGTH 100000

/* As many rows as GtkListView has, and where they stand in the list: around one that they
 * follow. */
#define N_ROWS 205

typedef struct
{
  GPtrArray *list; /* ids, as told */
  guint anchor;
  GHashTable *rows; /* the ids in the list around the anchor */
  guint most_made;  /* rows that one piece brought */
} View;

static void
fill_rows (View *view, GHashTable *rows)
{
  guint start = view->anchor > N_ROWS / 2 ? view->anchor - N_ROWS / 2 : 0;

  for (guint i = start; i < MIN (start + N_ROWS, view->list->len); i++)
    g_hash_table_add (rows, g_ptr_array_index (view->list, i));
}

/* The ids belong to spans of layers that outlive the view. */
static void
view_init (View *view, KutipLayer *layer, guint anchor)
{
  *view = (View){ .list = g_ptr_array_new (), .anchor = anchor };
  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    g_ptr_array_add (view->list,
                     (gpointer) kutip_span_get_id (kutip_layer_get_nth_span (layer, i)));
  view->rows = g_hash_table_new (g_str_hash, g_str_equal);
  fill_rows (view, view->rows);
}

static void
view_clear (View *view)
{
  g_ptr_array_unref (view->list);
  g_hash_table_unref (view->rows);
}

static void
count_made (View *view)
{
  GHashTable *rows = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;
  guint n = 0;

  fill_rows (view, rows);
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    n += !g_hash_table_contains (view->rows, id);
  view->most_made = MAX (view->most_made, n);
  g_hash_table_unref (view->rows);
  view->rows = rows;
}

static void
view_follow (View *view, const KutipSpanPiece *piece, KutipSpanCatchUp *catch_up)
{
  g_assert_cmpuint (piece->position + piece->n_removed, <=, view->list->len);
  g_assert_true ((piece->n_removed == 0) != (piece->n_added == 0));
  if (piece->n_removed > 0)
    g_ptr_array_remove_range (view->list, piece->position, piece->n_removed);
  for (guint i = 0; i < piece->n_added; i++)
    {
      KutipSpan *span = kutip_span_catch_up_get_nth (catch_up, piece->position + i);

      g_ptr_array_insert (view->list, (int) (piece->position + i),
                          (gpointer) kutip_span_get_id (span));
    }
  if (view->anchor >= piece->position + piece->n_removed)
    view->anchor += piece->n_added - piece->n_removed;
  else if (view->anchor >= piece->position)
    view->anchor = piece->position;
  count_made (view);
}

/* All of the list, as it can be asked for, is what the pieces have made of it. */
static void
check_list (View *view, KutipSpanCatchUp *catch_up)
{
  for (guint i = 0; i < view->list->len; i++)
    {
      KutipSpan *span = kutip_span_catch_up_get_nth (catch_up, i);
      const char *id = g_ptr_array_index (view->list, i);
      guint position;

      g_assert_nonnull (span);
      g_assert_cmpstr (kutip_span_get_id (span), ==, id);
      g_assert_true (kutip_span_catch_up_find (catch_up, id, &position));
      /* What moves can be at its old place still, or at both. */
      g_assert_cmpstr (g_ptr_array_index (view->list, position), ==, id);
    }
  g_assert_null (kutip_span_catch_up_get_nth (catch_up, view->list->len));
}

static void
assert_is (View *view, KutipLayer *layer)
{
  g_assert_cmpuint (view->list->len, ==, kutip_layer_get_n_spans (layer));
  for (guint i = 0; i < view->list->len; i++)
    g_assert_cmpstr (g_ptr_array_index (view->list, i), ==,
                     kutip_span_get_id (kutip_layer_get_nth_span (layer, i)));
}

static void
add_span (KutipLayer *layer, const char *prefix, guint number, guint start)
{
  g_autofree char *id = g_strdup_printf ("%s%u", prefix, number);
  g_autoptr (KutipSpan) span = fixture_span (id, "claim", start, start + 5);

  kutip_layer_add_span (layer, span);
}

static void
move_span (KutipLayer *layer, KutipSpan *span, guint start)
{
  g_autofree char *id = g_strdup (kutip_span_get_id (span));
  g_autoptr (KutipSpan) moved = fixture_span (id, "quote", start, start + 5);

  kutip_layer_remove_span (layer, span);
  kutip_layer_add_span (layer, moved);
}

/* @n spans all over the text. */
static KutipLayer *
create_layer (guint n)
{
  KutipLayer *layer = fixture_layer ();

  for (guint i = 0; i < n; i++)
    add_span (layer, "s", i, i * (LENGTH / n));
  return layer;
}

/* Of all that is there about so much in a hundred each. */
static void
change_some (KutipLayer *layer, guint removed, guint moved, guint added, GRand *random)
{
  guint n = kutip_layer_get_n_spans (layer);

  for (guint i = n; i > 0; i--)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i - 1);
      guint dice = (guint) g_rand_int_range (random, 0, 100);

      if (dice < removed)
        kutip_layer_remove_span (layer, span);
      else if (dice < removed + moved)
        move_span (layer, span, (guint) g_rand_int_range (random, 0, LENGTH));
    }
  for (guint i = 0; i < n * added / 100; i++)
    add_span (layer, "new", i, (guint) g_rand_int_range (random, 0, LENGTH));
}

/* The ids of those of the view's rows that somebody holds. */
static GPtrArray *
list_held (View *view, guint share, GRand *random)
{
  GPtrArray *held = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, view->rows);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if ((guint) g_rand_int_range (random, 0, 100) < share)
      g_ptr_array_add (held, id);
  return held;
}

/* In the middle of it another change of the layer must not show. */
static void
change_meanwhile (KutipLayer *layer, guint n_pieces)
{
  if (n_pieces == 3)
    add_span (layer, "late", 0, LENGTH / 2);
}

typedef struct
{
  const char *name;
  guint n, anchor;
  guint removed, moved, added; /* of a hundred each; added may be more */
  guint share;                 /* of a hundred rows that are held */
} Case;

static const Case cases[] = {
  { "nothing", 0, 0, 0, 0, 0, 100 },
  { "no-change", 3000, 1500, 0, 0, 0, 100 },
  { "few", 7, 3, 30, 30, 100, 100 },
  { "marks", 1000, 500, 0, 0, 300, 100 },
  { "marks-at-the-top", 1000, 0, 0, 0, 300, 100 },
  { "marks-at-the-end", 1000, 999, 0, 0, 300, 100 },
  { "undo-of-marks", 4000, 2000, 75, 0, 0, 100 },
  { "undo-at-the-end", 4000, 3999, 75, 0, 0, 100 },
  { "all-go", 3000, 1500, 100, 0, 0, 100 },
  { "all-others", 3000, 1500, 100, 0, 100, 100 },
  { "all-move", 2000, 700, 0, 100, 0, 100 },
  { "mixture", 2000, 1900, 30, 20, 60, 100 },
  { "mixture-half-held", 2000, 40, 30, 20, 60, 50 },
  { "nothing-held", 2000, 1000, 30, 20, 60, 0 },
};

static KutipSpanCatchUp *
start (KutipLayer *before, KutipLayer *after, GPtrArray *held)
{
  return kutip_span_catch_up_new (
      kutip_span_sequence_new_layer (g_object_ref (before)),
      kutip_span_sequence_new_layer (kutip_layer_snapshot (after)), held);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GRand) random = fixture_random (7);
  g_autoptr (KutipLayer) before = row->n > 0 ? create_layer (row->n) : fixture_layer ();
  g_autoptr (KutipLayer) after = kutip_layer_snapshot (before);
  g_autoptr (KutipLayer) target = NULL;
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (KutipSpanCatchUp) catch_up = NULL;
  KutipSpanPiece piece;
  guint n_pieces = 0;
  View view;

  change_some (after, row->removed, row->moved, row->added, random);
  target = kutip_layer_snapshot (after);
  view_init (&view, before, row->anchor);
  held = list_held (&view, row->share, random);
  catch_up = start (before, after, held);
  while (kutip_span_catch_up_step (catch_up, &piece))
    {
      view_follow (&view, &piece, catch_up);
      if (n_pieces % 16 == 0)
        check_list (&view, catch_up);
      change_meanwhile (after, n_pieces++);
    }
  check_list (&view, catch_up);
  assert_is (&view, target);
  g_test_message ("%u pieces, at the most %u rows new", n_pieces, view.most_made);
  /* With all rows held; a piece that adds what is out of reach of the stop above can be
   * within that of the one below. */
  if (row->share == 100)
    g_assert_cmpuint (view.most_made, <=, N_ROWS / 2 + 1);
  view_clear (&view);
}

/* What is held and stays where it was is not taken out and put in again: a row of it
 * would lose the focus. */
static void
test_held_stay (void)
{
  g_autoptr (GRand) random = fixture_random (11);
  g_autoptr (KutipLayer) before = create_layer (2000);
  g_autoptr (KutipLayer) after = kutip_layer_snapshot (before);
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (KutipSpanCatchUp) catch_up = NULL;
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  KutipSpanPiece piece;
  guint n_kept = 0;
  View view;

  change_some (after, 40, 0, 200, random);
  view_init (&view, before, 900);
  held = list_held (&view, 100, random);
  catch_up = start (before, after, held);
  while (kutip_span_catch_up_step (catch_up, &piece))
    {
      for (guint i = 0; i < piece.n_removed; i++)
        g_hash_table_add (gone, g_ptr_array_index (view.list, piece.position + i));
      view_follow (&view, &piece, catch_up);
    }
  for (guint i = 0; i < held->len; i++)
    {
      const char *id = g_ptr_array_index (held, i);

      g_assert_cmpint (g_hash_table_contains (gone, id), ==,
                       kutip_layer_get_span (after, id) == NULL);
      n_kept += !g_hash_table_contains (gone, id);
    }
  g_assert_cmpuint (n_kept, >, 50);
  view_clear (&view);
}

/* What it was is held until it is done, also by nobody else: 5,000 spans are then freed
 * in a thread. */
static void
test_ownership (void)
{
  KutipLayer *before = create_layer (5000);
  g_autoptr (KutipLayer) after = fixture_layer ();
  g_autoptr (GPtrArray) held = g_ptr_array_new ();
  KutipSpanCatchUp *catch_up = start (before, after, held);
  GWeakRef left;

  g_weak_ref_init (&left, before);
  g_object_unref (before);
  g_assert_cmpstr (kutip_span_get_id (kutip_span_catch_up_get_nth (catch_up, 4999)), ==,
                   "s4999");
  kutip_span_catch_up_free (catch_up);
  while (TRUE)
    {
      g_autoptr (KutipLayer) still = g_weak_ref_get (&left);

      if (still == NULL)
        break;
      g_usleep (1000);
    }
  g_weak_ref_clear (&left);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/span-catch-up/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/span-catch-up/held-stay", test_held_stay);
  g_test_add_func ("/span-catch-up/ownership", test_ownership);
  return g_test_run ();
}
