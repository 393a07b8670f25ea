/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include <gdk/x11/gdkx.h>

static void
note_end (GObject *process, GAsyncResult *result, gpointer data)
{
  gboolean *ended = data;
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_wait_check_finish (G_SUBPROCESS (process), result, &error))
    g_error ("xdotool: %s", error->message);
  *ended = TRUE;
}

static void G_GNUC_PRINTF (1, 2) xdotool (const char *format, ...)
{
  g_autofree char *words = NULL;
  g_autofree char *line = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ended = FALSE;
  va_list list;

  va_start (list, format);
  words = g_strdup_vprintf (format, list);
  va_end (list);
  line = g_strconcat ("xdotool ", words, NULL);
  g_shell_parse_argv (line, NULL, &arguments, &error);
  g_assert_no_error (error);
  process = g_subprocess_newv ((const char *const *) arguments, G_SUBPROCESS_FLAGS_NONE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, note_end, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  /* However slow the server: what xdotool sent has come before this is answered. */
  gdk_display_sync (gdk_display_get_default ());
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
rest (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

void
settle (GtkWidget *widget)
{
  rest (60);
  gtk_widget_queue_draw (widget);
  gtk_test_widget_wait_for_draw (widget);
}

static gboolean
has_active_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window))
        return TRUE;
    }
  return FALSE;
}

void
press_keys (const char *keys)
{
  /* The window manager gives it the keys some time after it came, and until then they are
   * lost. */
  while (!has_active_window ())
    g_main_context_iteration (NULL, TRUE);
  xdotool ("key --clearmodifiers %s", keys);
  rest (40);
}

/* In coordinates of the X window. */
static gulong
translate (GtkWidget *widget, double *x, double *y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  graphene_point_t place;
  double dx, dy;

  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (native),
                                           &GRAPHENE_POINT_INIT ((float) *x, (float) *y),
                                           &place));
  gtk_native_get_surface_transform (native, &dx, &dy);
  *x = place.x + dx;
  *y = place.y + dy;
  return gdk_x11_surface_get_xid (gtk_native_get_surface (native));
}

/* Both in milliseconds: how long the clicks of a double click may be apart, and the same
 * where the machine may be slow and they belong together. */
enum
{
  USUAL = 400,
  PATIENT = 60000
};

static void
set_double_click_time (int milliseconds)
{
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", milliseconds, NULL);
}

void
click_at (GtkWidget *widget, double x, double y, guint n_clicks)
{
  gulong window = translate (widget, &x, &y);

  /* Longer than a double click takes, so that what came before does not count. */
  rest (USUAL + 50);
  xdotool ("mousemove --window %lu %d %d", window, (int) x, (int) y);
  rest (20);
  /* One at a time: what a click brings up (the labels) must be there, or not, before the
   * next is pressed. Were it to come between a press and its release, GTK 4.8 would send
   * the release elsewhere. */
  for (guint i = 0; i < n_clicks; i++)
    {
      set_double_click_time (i > 0 ? PATIENT : USUAL);
      xdotool ("click 1");
      rest (50);
      gtk_test_widget_wait_for_draw (widget);
    }
  rest (60);
  set_double_click_time (USUAL);
}

void
sweep (
    GtkWidget *widget, double x1, double y1, double x2, double y2, const char *modifier)
{
  gulong window = translate (widget, &x1, &y1);

  translate (widget, &x2, &y2);
  rest (450);
  xdotool ("mousemove --window %lu %d %d mousedown 1", window, (int) x1, (int) y1);
  if (modifier != NULL)
    xdotool ("keydown %s", modifier);
  for (int i = 1; i <= 5; i++)
    {
      rest (20);
      xdotool ("mousemove --window %lu %d %d", window, (int) (x1 + (x2 - x1) * i / 5),
               (int) (y1 + (y2 - y1) * i / 5));
    }
  rest (30);
  xdotool ("mouseup 1");
  if (modifier != NULL)
    xdotool ("keyup %s", modifier);
  rest (60);
}

void
move_pointer (GtkWidget *widget, double x, double y)
{
  gulong window = translate (widget, &x, &y);

  xdotool ("mousemove --window %lu %d %d", window, (int) x, (int) y);
  rest (20);
}

void
press_button (GtkWidget *widget, double x, double y)
{
  move_pointer (widget, x, y);
  xdotool ("mousedown 1");
  rest (60);
}

void
release_button_unheard (void)
{
  const char *const words[] = { "xdotool", "mouseup", "1", NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                NULL, &error);
  g_assert_no_error (error);
}

void
turn_wheel (GtkWidget *widget, gboolean down, guint n)
{
  double x = gtk_widget_get_width (widget) / 2.0;
  double y = gtk_widget_get_height (widget) / 2.0;
  gulong window = translate (widget, &x, &y);

  xdotool ("mousemove --window %lu %d %d", window, (int) x, (int) y);
  rest (20);
  xdotool ("click --repeat %u --delay 5 %d", n, down ? 5 : 4);
  rest (60);
}
