/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/whole-clicks.h"

#include "input.h"

/* A button that fills what it is in. */
typedef struct
{
  GtkWindow *window;
  GtkWidget *button;
  guint n_clicks;
} Fixture;

static void
count_click (Fixture *fixture)
{
  fixture->n_clicks++;
}

static GtkWidget *
create_button (Fixture *fixture)
{
  fixture->button = gtk_button_new_with_label ("Press");
  gtk_widget_set_size_request (fixture->button, 300, 200);
  g_signal_connect_swapped (fixture->button, "clicked", G_CALLBACK (count_click),
                            fixture);
  return fixture->button;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 600, 400);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
}

static void
show (Fixture *fixture)
{
  gtk_window_present (fixture->window);
  settle (GTK_WIDGET (fixture->window));
}

/* Where GTK laid something out, and an event came since, it asks where the pointer is. */
static void
make_up_motion (GtkNative *native)
{
  GdkFrameClock *clock = gdk_surface_get_frame_clock (gtk_native_get_surface (native));

  g_signal_emit_by_name (clock, "flush-events");
  g_signal_emit_by_name (clock, "resume-events");
}

/* Clicks, and lays out what the button is in while it is pressed. The release has come to
 * the X server, and not to the program, when GTK asks where the pointer is. */
static void
click_through_layout (Fixture *fixture)
{
  GtkNative *native = gtk_widget_get_native (fixture->button);

  press_button (fixture->button, 100, 100);
  g_assert_true (gtk_widget_get_state_flags (fixture->button) & GTK_STATE_FLAG_ACTIVE);
  gtk_widget_queue_resize (fixture->button);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (native));

  release_button_unheard ();
  make_up_motion (native);
  g_assert_true (gtk_widget_get_state_flags (fixture->button) & GTK_STATE_FLAG_ACTIVE);
  g_assert_cmpuint (fixture->n_clicks, ==, 0);

  settle (GTK_WIDGET (native));
  g_assert_false (gtk_widget_get_state_flags (fixture->button) & GTK_STATE_FLAG_ACTIVE);
  g_assert_cmpuint (fixture->n_clicks, ==, 1);
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_child (fixture->window, create_button (fixture));
  show (fixture);
  click_through_layout (fixture);
}

/* As menus are: it has the pointer for itself, and its window hears nothing of it. */
static void
test_popover (Fixture *fixture, gconstpointer data)
{
  GtkWidget *opener = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), create_button (fixture));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (opener), popover);
  gtk_widget_set_valign (opener, GTK_ALIGN_START);
  gtk_window_set_child (fixture->window, opener);
  show (fixture);
  gtk_popover_popup (GTK_POPOVER (popover));
  settle (popover);
  click_through_layout (fixture);
}

/* What GTK makes up while nothing is pressed is of use: a button that comes to lie under
 * the pointer lights up. */
static void
test_pointed_at (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new ("Above");

  gtk_widget_set_vexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_window_set_child (fixture->window, box);
  show (fixture);
  move_pointer (label, 100, 100);
  gtk_box_append (GTK_BOX (box), create_button (fixture));
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_set_vexpand (fixture->button, TRUE);
  gtk_test_widget_wait_for_draw (box);
  make_up_motion (GTK_NATIVE (fixture->window));
  g_assert_true (gtk_widget_get_state_flags (fixture->button) & GTK_STATE_FLAG_PRELIGHT);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  kutip_whole_clicks_keep ();
  g_test_add ("/ui/whole-clicks/window", Fixture, NULL, set_up, test_window, tear_down);
  g_test_add ("/ui/whole-clicks/popover", Fixture, NULL, set_up, test_popover, tear_down);
  g_test_add ("/ui/whole-clicks/pointed-at", Fixture, NULL, set_up, test_pointed_at,
              tear_down);
  return g_test_run ();
}
