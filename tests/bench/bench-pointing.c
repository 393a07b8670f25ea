/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "ui/article/article-view-private.h"

/* Pixels of the page view around which nothing is pressed: its margin, and the bars. */
#define MARGIN 90
/* Pixels between the places at which something to press is looked for. */
#define STEP 3
/* Motions of one drag. */
#define N_MOTIONS 2

typedef gboolean (*IsThere) (KutipArticleView *view, double x, double y);

static GtkWidget *
get_page (Bench *bench)
{
  return GTK_WIDGET (bench->window->article_view->page_view);
}

static void
get_some_place (Bench *bench, double *x, double *y)
{
  *x = g_rand_double_range (bench->random, MARGIN,
                            gtk_widget_get_width (get_page (bench)) - MARGIN);
  *y = g_rand_double_range (bench->random, MARGIN,
                            gtk_widget_get_height (get_page (bench)) - MARGIN);
}

/* One of the places where it is so; FALSE when there is none in view. */
static gboolean
find_place (Bench *bench, IsThere is_there, double *found_x, double *found_y)
{
  guint n = 0;

  for (double y = 0; y < gtk_widget_get_height (get_page (bench)); y += STEP)
    for (double x = 0; x < gtk_widget_get_width (get_page (bench)); x += STEP)
      if (is_there (bench->window->article_view, x, y) &&
          g_rand_int_range (bench->random, 0, (gint32) ++n) == 0)
        {
          *found_x = x;
          *found_y = y;
        }
  return n > 0;
}

static gboolean
is_badge (KutipArticleView *view, double x, double y)
{
  return kutip_article_view_is_on_handle (view, x, y) &&
         !kutip_article_view_is_on_grip (view, x, y);
}

static void
point_at (Bench *bench, GArray *series, double x, double y)
{
  g_autofree char *command =
      stopwatch_describe_place (bench->watch, "mousemove", get_page (bench), x, y);

  stopwatch_try_press (bench->watch, series, command);
}

/* From there on over some lines. */
static void
drag (Bench *bench, double x, double y, GArray *motions, GArray *ends)
{
  g_autoptr (GArray) aside = stopwatch_new_series ();
  double dx = g_rand_double_range (bench->random, 30, 70);
  double dy = g_rand_double_range (bench->random, -25, 35);

  point_at (bench, aside, x, y);
  stopwatch_try_press (bench->watch, aside, "mousedown 1");
  for (guint i = 1; i <= N_MOTIONS; i++)
    point_at (bench, motions, x + dx * i, y + dy * i);
  stopwatch_try_press (bench->watch, ends, "mouseup 1");
}

static void
close_menus (Bench *bench)
{
  stopwatch_press (bench->watch, "key Escape", NULL, bench);
  stopwatch_settle (bench->watch);
}

static void
measure_selecting (Bench *bench)
{
  g_autoptr (GArray) motions = stopwatch_new_series ();
  g_autoptr (GArray) ends = stopwatch_new_series ();
  double x, y;

  for (guint i = 0; i < 2 * bench->n && ends->len < bench->n; i++)
    {
      bench_go_anywhere (bench);
      get_some_place (bench, &x, &y);
      drag (bench, x, y, motions, ends);
    }
  stopwatch_print_series ("drag to select, each motion", motions);
  stopwatch_print_series ("drag to select, let go", ends);
}

static void
measure_edges (Bench *bench)
{
  g_autoptr (GArray) motions = stopwatch_new_series ();
  g_autoptr (GArray) ends = stopwatch_new_series ();
  double x, y;

  for (guint i = 0; i < 2 * bench->n && ends->len < bench->n; i++)
    {
      bench_go_anywhere (bench);
      stopwatch_press (bench->watch, "key 2", NULL, bench);
      stopwatch_settle (bench->watch);
      if (find_place (bench, kutip_article_view_is_on_grip, &x, &y))
        drag (bench, x, y, motions, ends);
    }
  stopwatch_print_series ("drag an edge, each motion", motions);
  stopwatch_print_series ("drag an edge, let go", ends);
}

static void
measure_clicks (Bench *bench)
{
  g_autoptr (GArray) aside = stopwatch_new_series ();
  g_autoptr (GArray) clicks = stopwatch_new_series ();
  g_autoptr (GArray) badges = stopwatch_new_series ();
  g_autoptr (GArray) menus = stopwatch_new_series ();
  double x, y;

  for (guint i = 0; i < 2 * bench->n && badges->len < bench->n; i++)
    {
      bench_go_anywhere (bench);
      get_some_place (bench, &x, &y);
      point_at (bench, aside, x, y);
      stopwatch_try_press (bench->watch, clicks, "click 1");
      stopwatch_try_press (bench->watch, menus, "click 3");
      close_menus (bench);
      if (!find_place (bench, is_badge, &x, &y))
        continue;
      point_at (bench, aside, x, y);
      stopwatch_try_press (bench->watch, badges, "click 1");
    }
  stopwatch_print_series ("click into the text", clicks);
  stopwatch_print_series ("click on a badge", badges);
  stopwatch_print_series ("menu of a place", menus);
}

void
bench_measure_pointing (Bench *bench)
{
  kutip_window_focus_article (bench->window);
  stopwatch_find_window (bench->watch, 560, 400);
  measure_clicks (bench);
  measure_selecting (bench);
  measure_edges (bench);
}
