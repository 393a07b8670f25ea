/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "ui/article/article-view-private.h"

#include <adwaita.h>
#include <string.h>

/* What may be pressed is at least as large as WCAG 2.2 (2.5.8) says, pixels. */
#define LEAST 24
/* … where a finger has touched the article. */
#define LEAST_TOUCHED 34

/* Parts of a widget that is pressed as a whole, or where any place will do. */
static gboolean
is_part (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (GTK_IS_BUTTON (parent) || GTK_IS_MENU_BUTTON (parent) ||
        GTK_IS_SCROLLBAR (parent) || GTK_IS_DROP_DOWN (parent) ||
        (GTK_IS_TEXT (widget) && GTK_IS_EDITABLE (parent)) ||
        (ADW_IS_ACTION_ROW (parent) && !GTK_IS_BUTTON (widget)))
      return TRUE;
  return FALSE;
}

static gboolean
is_pressed (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         GTK_IS_SWITCH (widget) || GTK_IS_EDITABLE (widget) ||
         GTK_IS_DROP_DOWN (widget) || GTK_IS_LIST_BOX_ROW (widget) ||
         GTK_IS_MENU_BUTTON (widget) || GTK_IS_EXPANDER (widget) ||
         g_str_equal (gtk_widget_get_css_name (widget), "modelbutton") ||
         (g_str_equal (gtk_widget_get_css_name (widget), "row") &&
          gtk_widget_get_can_target (widget));
}

/* What a frame adds has its place in the next. */
static gboolean
is_laid_out (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return TRUE;
  if (is_pressed (widget) && !is_part (widget) && gtk_widget_get_width (widget) <= 0)
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!is_laid_out (child))
      return FALSE;
  return TRUE;
}

static guint
count_all (GtkWidget *widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_all (child);
  return n;
}

/* A form comes in parts, a frame each. */
static void
come_to_rest (GtkWidget *window)
{
  guint n;

  do
    {
      n = count_all (window);
      settle (window);
    }
  while (count_all (window) != n);
}

static guint
check_sizes (GtkWidget *widget, const char *where, int least)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return 0;
  if (is_pressed (widget) && !is_part (widget))
    {
      graphene_rect_t bounds;
      int width, height;

      n++;
      /* With padding and border, which gtk_widget_get_width() leaves out. */
      g_assert_true (gtk_widget_compute_bounds (widget, widget, &bounds));
      width = (int) bounds.size.width;
      height = (int) bounds.size.height;
      if (width < least || height < least)
        {
          g_test_message ("%s: %s “%s” is %d × %d", where, G_OBJECT_TYPE_NAME (widget),
                          gtk_widget_get_tooltip_text (widget), width, height);
          g_test_fail ();
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += check_sizes (child, where, least);
  return n;
}

typedef struct
{
  GtkWidget *window;
  GdkRectangle area;
  GdkTexture *texture;
} Picture;

/* Between two frames something may have no place yet. */
static void
on_painted (GdkFrameClock *clock, Picture *picture)
{
  GtkWidget *window = picture->window;
  const GdkRectangle *area = &picture->area;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  g_autoptr (GskRenderNode) node = NULL;

  if (picture->texture != NULL)
    return;
  GTK_WIDGET_GET_CLASS (window)->snapshot (window, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  picture->texture = gsk_renderer_render_texture (
      renderer, node,
      &GRAPHENE_RECT_INIT ((float) area->x, (float) area->y, (float) area->width,
                           (float) area->height));
}

/* What is in @area of the window as it is painted next. */
static GdkTexture *
take_picture (GtkWidget *window, const GdkRectangle *area)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  Picture picture = { window, *area, NULL };
  gulong handler =
      g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &picture);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  WAIT_FOR ("a frame", picture.texture != NULL);
  g_signal_handler_disconnect (clock, handler);
  return picture.texture;
}

/* Of pictures of the same size. */
static gboolean
differ (GdkTexture *one, GdkTexture *other)
{
  gsize stride = 4 * (gsize) gdk_texture_get_width (one);
  gsize n = stride * (gsize) gdk_texture_get_height (one);
  g_autofree guchar *a = g_malloc (n);
  g_autofree guchar *b = g_malloc (n);

  gdk_texture_download (one, a, stride);
  gdk_texture_download (other, b, stride);
  return memcmp (a, b, n) != 0;
}

/* Where a ring around it may be. */
static GdkRectangle
get_surroundings (GtkWidget *window, GtkWidget *widget)
{
  const GdkRectangle all = { 0, 0, gtk_widget_get_width (window),
                             gtk_widget_get_height (window) };
  graphene_rect_t bounds;
  GdkRectangle around;

  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  graphene_rect_inset (&bounds, -8, -8);
  around = (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                           (int) bounds.size.width, (int) bounds.size.height };
  gdk_rectangle_intersect (&around, &all, &around);
  return around;
}

static void
check_ring (GtkWidget *window, GtkWidget *widget, const char *where)
{
  g_autoptr (GdkTexture) with = NULL;
  g_autoptr (GdkTexture) without = NULL;
  GdkRectangle area;

  come_to_rest (window);
  area = get_surroundings (window, widget);
  if (area.width <= 0 || area.height <= 0)
    return;
  with = take_picture (window, &area);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  settle (window);
  without = take_picture (window, &area);
  gtk_window_set_focus (GTK_WINDOW (window), widget);
  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
  if (!differ (with, without))
    {
      g_test_message ("%s: %s “%s” looks the same with the focus and without", where,
                      G_OBJECT_TYPE_NAME (widget), gtk_widget_get_tooltip_text (widget));
      g_test_fail ();
    }
}

/* As Tab goes, until it comes back to where it has been. */
static guint
check_rings (GtkWidget *window, const char *where)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  WAIT_FOR ("the focus", gtk_window_is_active (GTK_WINDOW (window)));
  for (;;)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
      gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      if (focus == NULL || !g_hash_table_add (seen, focus))
        return g_hash_table_size (seen);
      check_ring (window, focus, where);
    }
}

/* @n_rings: at least so many places for the focus, so that nothing is not taken for
 * enough. */
static void
check_window (GtkWidget *window, const char *where, guint n_pressed, guint n_rings)
{
  come_to_rest (window);
  WAIT_FOR (where, is_laid_out (window));
  g_assert_cmpuint (check_sizes (window, where, LEAST), >=, n_pressed);
  g_assert_cmpuint (check_rings (window, where), >=, n_rings);
}

static void
open_article (Fixture *fixture)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);

  open_file (fixture, file);
  mark (fixture, 25, 29, "quote");
  mark (fixture, 10, 15, "source");
  settle (GTK_WIDGET (fixture->window));
}

/* What brings the parts of the window up. */
static const char *const panes[] = {
  "annotation.previous", "win.to-do", "win.properties",
  "win.guidelines",      "win.find",  "annotation.link::",
  "annotation.cancel"
};

static void
test_panes (Fixture *fixture, gconstpointer data)
{
  open_article (fixture);
  check_window (GTK_WIDGET (fixture->window), "the window", 20, 10);
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      activate (fixture, panes[i]);
      check_window (GTK_WIDGET (fixture->window), panes[i], 20, 10);
    }
  wait_saved (fixture);
}

/* Before there is anything to read. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  check_window (GTK_WIDGET (fixture->window), "the empty window", 5, 3);
}

/* The newest window but that one. */
static GtkWidget *
find_dialog (Fixture *fixture)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWidget) one = g_list_model_get_item (windows, i - 1);

      if (one != GTK_WIDGET (fixture->window) && gtk_widget_get_mapped (one))
        return one; /* GTK keeps it */
    }
  return NULL;
}

static const char *const dialogs[] = { "app.preferences",   "win.edit-tagset",
                                       "win.search-corpus", "annotation.jump",
                                       "win.export",        "win.import",
                                       "app.help",          "app.shortcuts" };

static void
test_dialogs (Fixture *fixture, gconstpointer data)
{
  open_article (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      GtkWidget *dialog;

      activate (fixture, dialogs[i]);
      WAIT_FOR (dialogs[i], find_dialog (fixture) != NULL);
      dialog = find_dialog (fixture);
      check_window (dialog, dialogs[i], 2, 1);
      gtk_window_close (GTK_WINDOW (dialog));
      WAIT_FOR ("the dialog to go", find_dialog (fixture) == NULL);
    }
  wait_saved (fixture);
}

/* All that is pressed grows once a finger has touched the article. */
static void
test_touched (Fixture *fixture, gconstpointer data)
{
  open_article (fixture);
  kutip_article_view_note_touch (fixture->window->article_view, GDK_TOUCH_BEGIN);
  kutip_article_view_note_touch (fixture->window->article_view, GDK_TOUCH_END);
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      activate (fixture, panes[i]);
      settle (GTK_WIDGET (fixture->window));
      settle (GTK_WIDGET (fixture->window));
      check_sizes (GTK_WIDGET (fixture->window), panes[i], LEAST_TOUCHED);
    }
  wait_saved (fixture);
}

int
main (int argc, char **argv)
{
  int status;

  start_application (&argc, &argv);
#define ADD(name, test)                                                                  \
  g_test_add ("/window-targets/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("empty", test_empty);
  ADD ("panes", test_panes);
  ADD ("dialogs", test_dialogs);
  ADD ("touched", test_touched);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
