/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page-view.h"

/* A text that takes another's place is painted without the window being laid out: what
 * that costs is seen by nobody, but the text would come later. */

static const char *const texts[] = {
  "Satu.\n\nDua kata.\n",
  "A paragraph that is so long that it takes several lines, in each of which there are "
  "several words, so that it is higher than what was there before.\n\nAnd another one.\n",
  "Tiga.\n",
  "",
  "Right after nothing.\n",
};

typedef struct
{
  GtkWidget *window;
  KutipPageView *view;
  guint n_layouts;
  gboolean is_painted;
} Fixture;

static void
count_layout (Fixture *fixture)
{
  fixture->n_layouts++;
}

static void
note_paint (Fixture *fixture)
{
  fixture->is_painted = TRUE;
}

static void
paint (Fixture *fixture)
{
  fixture->is_painted = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (fixture->view));
  while (!fixture->is_painted)
    g_main_context_iteration (NULL, TRUE);
}

static void
fixture_init (Fixture *fixture, KutipText *text)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GdkSurface *surface;

  fixture->window = gtk_window_new ();
  fixture->view = KUTIP_PAGE_VIEW (kutip_page_view_new ());
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 GTK_WIDGET (fixture->view));
  gtk_window_set_child (GTK_WINDOW (fixture->window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 480);
  kutip_page_view_set_text (fixture->view, text, 0);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
  /* The last that the window manager does to a new window. */
  while (!gtk_window_is_active (GTK_WINDOW (fixture->window)))
    g_main_context_iteration (NULL, TRUE);
  surface = gtk_native_get_surface (GTK_NATIVE (fixture->window));
  g_signal_connect_swapped (surface, "layout", G_CALLBACK (count_layout), fixture);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (fixture->window), "after-paint",
                            G_CALLBACK (note_paint), fixture);
}

/* Of the buffer, from the layout that is painted. */
static int
get_height (KutipPageView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter end;
  int y, height;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (view), &end, &y, &height);
  return y + height;
}

static void
test_no_layout (void)
{
  g_autoptr (KutipText) first = kutip_text_new (texts[0]);
  Fixture fixture = { 0 };

  fixture_init (&fixture, first);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (KutipText) text = kutip_text_new (texts[i]);
      GtkAdjustment *adjustment =
          gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture.view));

      /* What is asked for before does not count. */
      paint (&fixture);
      paint (&fixture);
      fixture.n_layouts = 0;
      kutip_page_view_set_text (fixture.view, text, 0);
      paint (&fixture);
      g_assert_cmpuint (fixture.n_layouts, ==, 0);
      g_assert_cmpint (get_height (fixture.view), <=, 480);
      g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), 0, 1e-6);
      g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >=,
                         get_height (fixture.view));
    }
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

/* Whatever else changes the height of a line has the view laid out as ever. */
static void
test_restyled (void)
{
  g_autoptr (KutipText) text = kutip_text_new (texts[1]);
  Fixture fixture = { 0 };
  int before;

  fixture_init (&fixture, text);
  kutip_page_view_set_text (fixture.view, text, 0);
  paint (&fixture);
  paint (&fixture);
  before = get_height (fixture.view);
  fixture.n_layouts = 0;
  kutip_page_view_set_spacing (fixture.view, 12, 24);
  paint (&fixture);
  paint (&fixture);
  g_assert_cmpuint (fixture.n_layouts, >, 0);
  g_assert_cmpint (get_height (fixture.view), >, before);
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

/* The view may go while it looks for what it cannot find, and when it has found it. */
static void
test_gone (void)
{
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *view = g_object_ref_sink (kutip_page_view_new ());
      g_autoptr (KutipText) text = kutip_text_new (texts[1]);

      kutip_page_view_set_text (KUTIP_PAGE_VIEW (view), text, 0);
      g_assert_finalize_object (view);
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (KutipText) text = kutip_text_new (texts[1]);
      Fixture fixture = { 0 };

      fixture_init (&fixture, text);
      for (guint j = 0; j < i; j++)
        kutip_page_view_set_text (fixture.view, text, 0);
      gtk_window_destroy (GTK_WINDOW (fixture.window));
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-hush/no-layout", test_no_layout);
  g_test_add_func ("/page-hush/restyled", test_restyled);
  g_test_add_func ("/page-hush/gone", test_gone);
  return g_test_run ();
}
