/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/first-rows.h"

#include "ui/after-frame.h"

#define FIRST 32
/* That come with each frame. */
#define STEP 8
/* That go at a time. */
#define STEP_AWAY 12
/* While the lines are put in order: those of which other lines are made with each step.
 */
#define SORTED 8
/* As many as a list makes at the most: beyond them all may come. */
#define MOST_ROWS 220

/* Hangs on the model. */
typedef struct
{
  GtkSliceListModel *rows; /* borrowed: it owns this */
  GListModel *lines;
  GtkSorter *sorter;         /* of the lines, if they are put in order in steps */
  gboolean is_sorting;       /* few stay until the lines have another order */
  GtkAdjustment *adjustment; /* the view's */
  GtkEventController *focus; /* weak: the view's, of ours */
  gboolean is_used;          /* it has had the focus: all come */
  KutipAfterFrame
      *growing; /* not while idle: a key's frame would wait for several steps */
  gboolean is_growing;
  guint leaving;        /* source */
  GSourceOnceFunc left; /* when no row is left; NULL while they are wanted */
  gpointer left_data;
} FirstRows;

static gboolean
has_more (FirstRows *self)
{
  return gtk_slice_list_model_get_size (self->rows) <
         g_list_model_get_n_items (self->lines);
}

/* Below what is seen. */
static gboolean
is_page_left (FirstRows *self)
{
  double page = gtk_adjustment_get_page_size (self->adjustment);
  double below = gtk_adjustment_get_upper (self->adjustment) -
                 gtk_adjustment_get_value (self->adjustment) - page;

  return below >= page;
}

static void
grow (gpointer data)
{
  FirstRows *self = data;
  guint size = gtk_slice_list_model_get_size (self->rows);

  if (!self->is_growing)
    return;
  /* Without the rows' layout nobody knows whether they fill the page: one step each. */
  self->is_growing = self->is_used && size != G_MAXUINT && size + STEP < MOST_ROWS;
  if (size != G_MAXUINT)
    gtk_slice_list_model_set_size (self->rows,
                                   size + STEP < MOST_ROWS ? size + STEP : G_MAXUINT);
  if (self->is_growing)
    kutip_after_frame_queue (self->growing);
}

static void
start_growing (FirstRows *self)
{
  if (self->is_growing || self->is_sorting || self->left != NULL || !has_more (self))
    return;
  self->is_growing = TRUE;
  kutip_after_frame_queue (self->growing);
}

static void
on_laid_out (FirstRows *self)
{
  if (gtk_adjustment_get_page_size (self->adjustment) > 0 && !is_page_left (self))
    start_growing (self);
}

/* What comes next is another list. */
static void
on_items_changed (
    GListModel *lines, guint position, guint removed, guint added, FirstRows *self)
{
  if (self->left != NULL)
    return;
  if (g_list_model_get_n_items (lines) > 0)
    {
      if (self->is_used)
        start_growing (self);
      else if (gtk_slice_list_model_get_size (self->rows) < FIRST)
        on_laid_out (self);
      return;
    }
  self->is_growing = FALSE;
  self->is_sorting = FALSE;
  self->is_used = FALSE;
  gtk_slice_list_model_set_size (self->rows, FIRST);
}

/* Each step of it makes all rows anew whose lines have moved, many times before it is
 * done. Where the list was used, its line stays chosen: that one would be lost. */
static void
on_order_changed (FirstRows *self)
{
  if (self->is_used || self->left != NULL ||
      g_list_model_get_n_items (self->lines) <= SORTED ||
      gtk_sort_list_model_get_pending (GTK_SORT_LIST_MODEL (self->lines)) == 0)
    return;
  self->is_sorting = TRUE;
  self->is_growing = FALSE;
  gtk_slice_list_model_set_size (self->rows, SORTED);
}

static void
on_sorted (FirstRows *self)
{
  if (!self->is_sorting ||
      gtk_sort_list_model_get_pending (GTK_SORT_LIST_MODEL (self->lines)) > 0)
    return;
  self->is_sorting = FALSE;
  if (self->is_used)
    start_growing (self);
  else
    on_laid_out (self);
}

/* Behind the lines, which begin to be sorted when they hear of it. */
static void
follow_order (FirstRows *self)
{
  GtkSorter *sorter;

  if (!GTK_IS_SORT_LIST_MODEL (self->lines))
    return;
  sorter = gtk_sort_list_model_get_sorter (GTK_SORT_LIST_MODEL (self->lines));
  if (sorter == NULL)
    return;
  self->sorter = g_object_ref (sorter);
  g_signal_connect_data (sorter, "changed", G_CALLBACK (on_order_changed), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (self->lines, "notify::pending", G_CALLBACK (on_sorted), self);
}

static void
on_list_entered (GObject *rows)
{
  FirstRows *self = g_object_get_data (rows, "kutip-first-rows");

  self->is_used = TRUE;
  start_growing (self);
}

static void
free_first_rows (gpointer data)
{
  FirstRows *self = data;

  g_signal_handlers_disconnect_by_data (self->lines, self);
  g_object_unref (self->lines);
  if (self->sorter != NULL)
    g_signal_handlers_disconnect_by_data (self->sorter, self);
  g_clear_object (&self->sorter);
  g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_object_unref (self->adjustment);
  if (self->focus != NULL)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (self->focus),
                                  self->focus);
  g_clear_weak_pointer (&self->focus);
  kutip_after_frame_free (self->growing);
  g_clear_handle_id (&self->leaving, g_source_remove);
  g_free (self);
}

GListModel *
kutip_first_rows_new (GListModel *lines, GtkWidget *view)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  FirstRows *self = g_new0 (FirstRows, 1);

  self->rows = gtk_slice_list_model_new (g_object_ref (lines), 0, FIRST);
  self->lines = g_object_ref (lines);
  self->growing = kutip_after_frame_new (view, grow, self);
  self->adjustment =
      g_object_ref (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)));
  g_object_set_data_full (G_OBJECT (self->rows), "kutip-first-rows", self,
                          free_first_rows);
  g_signal_connect (lines, "items-changed", G_CALLBACK (on_items_changed), self);
  follow_order (self);
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (on_laid_out),
                            self);
  g_signal_connect_swapped (self->adjustment, "changed", G_CALLBACK (on_laid_out), self);
  g_signal_connect_object (focus, "enter", G_CALLBACK (on_list_entered), self->rows,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, focus);
  g_set_weak_pointer (&self->focus, focus);
  return G_LIST_MODEL (self->rows);
}

/* Whether the rows that there are stand at the start of the list. */
static gboolean
is_near_start (FirstRows *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  double upper = gtk_adjustment_get_upper (self->adjustment);
  double seen = gtk_adjustment_get_value (self->adjustment) +
                gtk_adjustment_get_page_size (self->adjustment);

  return seen * n <= upper * MOST_ROWS / 2;
}

static gboolean
take_some_away (gpointer data)
{
  FirstRows *self = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  if (n > 0)
    {
      gtk_slice_list_model_set_size (self->rows, MIN (n - MIN (n, STEP_AWAY), MOST_ROWS));
      return G_SOURCE_CONTINUE;
    }
  self->leaving = 0;
  self->left (self->left_data);
  return G_SOURCE_REMOVE;
}

void
kutip_first_rows_take_away (GListModel *rows, GSourceOnceFunc done, gpointer data)
{
  FirstRows *self = g_object_get_data (G_OBJECT (rows), "kutip-first-rows");

  g_return_if_fail (self != NULL);

  if (self->left != NULL)
    return;
  self->left = done;
  self->left_data = data;
  self->is_growing = FALSE;
  /* From elsewhere, others would be made while these go. */
  if (!is_near_start (self))
    gtk_slice_list_model_set_size (self->rows, 0);
  self->leaving = g_idle_add (take_some_away, self);
}
