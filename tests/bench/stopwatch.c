/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stopwatch.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define PATIENCE (30 * G_USEC_PER_SEC)
/* When what was pressed has not come by then, it does not come: the pointer was there. */
#define PAUSE (G_USEC_PER_SEC / 8)
/* When no frame is asked for so long after the event, there was nothing to paint. */
#define QUIET (G_USEC_PER_SEC / 25)
/* Without any work for so many milliseconds, what a press brings about is over. */
#define REST 6
/* Frames that follow one press, at most: what moves by itself paints on and on. */
#define MOST_FRAMES 6

struct _Stopwatch
{
  GListModel *windows;       /* all of the program's */
  GdkFrameClock *painted_in; /* whose frame was painted last; not owned */
  GSubprocess *presser;
  GOutputStream *commands;

  gboolean waiting;
  gint64 started; /* monotonic; 0 until the event is there, if one is waited for */
  guint n_frames; /* painted since */
  double work_before;
  GdkEventType awaited; /* what the press comes as */
  double x, y;          /* of the pointer, as told last: in its window's surface */
  double left, top;     /* of the main window's surface on the screen */
  StopwatchCondition shown;
  gpointer data;
  gint64 painted; /* 0 while it is waited for */
  double work_after;
};

/* A series; or when the first stopwatch began. */
static gint64 last_printed;

/* Milliseconds that this thread has worked. */
static double
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void
on_painted (GdkFrameClock *clock, gpointer data)
{
  Stopwatch *self = data;

  if (!self->waiting || self->started == 0 || self->painted != 0)
    return;
  self->painted_in = clock;
  self->n_frames++;
  if (self->shown != NULL && !self->shown (self->data))
    return;
  self->painted = g_get_monotonic_time ();
  self->work_after = get_work ();
}

static gboolean
is_modifier (GdkEvent *event)
{
  return gdk_event_get_event_type (event) == GDK_KEY_PRESS &&
         gdk_key_event_is_modifier (event);
}

/* A wheel is a button to the X server. */
static gboolean
is_awaited (Stopwatch *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  return !is_modifier (event) &&
         (type == self->awaited ||
          (type == GDK_SCROLL && self->awaited == GDK_BUTTON_PRESS));
}

/* Before any widget hears of it, also in a popover, which has a surface of its own. */
static gboolean
on_event (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  Stopwatch *self = data;
  GdkEvent *event = g_value_peek_pointer (&values[1]);

  if (gdk_event_get_event_type (event) == GDK_MOTION_NOTIFY)
    gdk_event_get_position (event, &self->x, &self->y);
  if (self->waiting && self->started == 0 && is_awaited (self, event))
    {
      self->started = g_get_monotonic_time ();
      self->work_before = get_work ();
    }
  return TRUE;
}

/* Each window has a clock of its own. */
static void
follow_frames (GtkWidget *window, gpointer data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (on_painted), data);
}

static void
follow_window (Stopwatch *self, GtkWidget *window)
{
  if (gtk_widget_get_realized (window))
    follow_frames (window, self);
  else
    g_signal_connect (window, "realize", G_CALLBACK (follow_frames), self);
}

static void
on_windows_changed (
    GListModel *windows, guint position, guint n_removed, guint n_added, gpointer data)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      follow_window (data, window);
    }
}

Stopwatch *
stopwatch_new (void)
{
  Stopwatch *self = g_new0 (Stopwatch, 1);
  g_autoptr (GError) error = NULL;

  last_printed = g_get_monotonic_time ();
  self->windows = gtk_window_get_toplevels ();
  g_signal_connect (self->windows, "items-changed", G_CALLBACK (on_windows_changed),
                    self);
  on_windows_changed (self->windows, 0, 0, g_list_model_get_n_items (self->windows),
                      self);
  g_signal_add_emission_hook (g_signal_lookup ("event", GDK_TYPE_SURFACE), 0, on_event,
                              self, NULL);
  self->presser =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "xdotool", "-", NULL);
  if (self->presser == NULL)
    g_error ("xdotool does not start: %s", error->message);
  self->commands = g_subprocess_get_stdin_pipe (self->presser);
  return self;
}

gboolean
stopwatch_is_painted (Stopwatch *self, GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_mapped (widget) &&
         gtk_widget_get_frame_clock (widget) == self->painted_in;
}

double
stopwatch_rest (Stopwatch *self, guint milliseconds)
{
  gint64 busy = g_get_monotonic_time ();
  gint64 end = busy + PATIENCE;
  double longest = 0;

  while (g_get_monotonic_time () < MIN (busy + milliseconds * 1000, end))
    {
      double before = get_work ();

      if (g_main_context_iteration (NULL, FALSE))
        {
          longest = fmax (longest, get_work () - before);
          busy = g_get_monotonic_time ();
        }
      else
        g_usleep (200);
    }
  return longest;
}

/* Lets the frames that are asked for be painted at once rather than 16 ms after the last
 * ones; FALSE: there are none. */
static gboolean
hurry_frames (Stopwatch *self)
{
  gboolean are_there = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (self->windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (self->windows, i);
      GSource *frame = gtk_widget_get_realized (window)
                           ? g_main_context_find_source_by_user_data (
                                 NULL, gtk_widget_get_frame_clock (window))
                           : NULL;

      if (frame == NULL)
        continue;
      g_source_set_ready_time (frame, 0);
      are_there = TRUE;
    }
  return are_there;
}

static double
work_off (void)
{
  double before, longest = 0;
  gboolean was_busy;

  do
    {
      before = get_work ();
      was_busy = g_main_context_iteration (NULL, FALSE);
      longest = fmax (longest, get_work () - before);
    }
  while (was_busy);
  return longest;
}

double
stopwatch_settle (Stopwatch *self)
{
  double longest = work_off ();

  for (guint i = 0; i < MOST_FRAMES && hurry_frames (self); i++)
    longest = fmax (longest, work_off ());
  return fmax (longest, stopwatch_rest (self, REST));
}

double
stopwatch_work (Stopwatch *self, StopwatchStep step, gpointer data)
{
  double before = get_work ();

  step (data);
  return get_work () - before;
}

static gboolean
on_patience_ended (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Asleep meanwhile: looking again and again would count as work. Only the first frame is
 * hurried, as it would come at once for a person; what paints on and on, such as
 * progress, is to do so no more often than it does for one. */
static gboolean
wait_for_paint (Stopwatch *self, gint64 patience)
{
  gboolean ended = FALSE;
  guint timer = g_timeout_add ((guint) (patience / 1000), on_patience_ended, &ended);

  while (self->painted == 0 && !ended)
    {
      if (self->started != 0 && self->n_frames == 0)
        hurry_frames (self);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (timer);
  self->waiting = FALSE;
  return self->painted != 0;
}

static gboolean
wait_for_some_paint (Stopwatch *self, gint64 sent)
{
  gboolean is_over;

  do
    {
      gint64 now;

      if (wait_for_paint (self, QUIET / 2))
        return TRUE;
      self->waiting = TRUE;
      now = g_get_monotonic_time ();
      is_over = self->started != 0 ? now > self->started + QUIET && !hurry_frames (self)
                                   : now > sent + PAUSE;
    }
  while (!is_over);
  self->waiting = FALSE;
  return FALSE;
}

static void
insist_on_paint (Stopwatch *self, const char *what)
{
  if (wait_for_paint (self, PATIENCE))
    return;
  g_printerr ("Nothing was painted after “%s”.\n", what);
  exit (1);
}

static void
expect (Stopwatch *self, StopwatchCondition shown, gpointer data)
{
  self->shown = shown;
  self->data = data;
  self->painted = 0;
  self->started = 0;
  self->n_frames = 0;
  self->waiting = TRUE;
}

/* Where time goes that nobody works in: told beside what is measured. */
#define LONG 500

static Timing
finish (Stopwatch *self, gint64 sent, const char *what)
{
  if (self->painted - sent > LONG * 1000)
    g_printerr ("%.1f s until “%s” was painted\n",
                (double) (self->painted - sent) / G_USEC_PER_SEC, what);
  return (Timing){ .wall = (double) (self->painted - sent) / 1000,
                   .work = self->work_after - self->work_before };
}

static void
send (Stopwatch *self, const char *line)
{
  if (!g_output_stream_write_all (self->commands, line, strlen (line), NULL, NULL, NULL))
    g_error ("xdotool has ended");
}

void
stopwatch_point_at (Stopwatch *self, int x, int y)
{
  g_autofree char *line = g_strdup_printf ("mousemove %d %d\n", x, y);

  send (self, line);
  stopwatch_rest (self, 100);
}

void
stopwatch_find_window (Stopwatch *self, int x, int y)
{
  stopwatch_point_at (self, x - 10, y - 10);
  stopwatch_point_at (self, x, y);
  self->left = x - self->x;
  self->top = y - self->y;
}

char *
stopwatch_describe_place (
    Stopwatch *self, const char *command, GtkWidget *widget, double x, double y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  double native_x, native_y;

  gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), x, y, &x, &y);
  gtk_native_get_surface_transform (native, &native_x, &native_y);
  return g_strdup_printf ("%s %d %d", command, (int) (self->left + native_x + x),
                          (int) (self->top + native_y + y));
}

static const struct
{
  const char *word;
  GdkEventType type;
  gboolean pauses; /* xdotool, between pressing and letting go, unless told not to */
} verbs[] = {
  { "key ", GDK_KEY_PRESS, TRUE },
  { "click ", GDK_BUTTON_PRESS, TRUE },
  { "mousedown ", GDK_BUTTON_PRESS, FALSE },
  { "mouseup ", GDK_BUTTON_RELEASE, FALSE },
  { "mousemove ", GDK_MOTION_NOTIFY, FALSE },
};

static void
press (Stopwatch *self, const char *command)
{
  const char *words = strchr (command, ' ');

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_has_prefix (command, verbs[i].word))
      {
        g_autofree char *line =
            g_strdup_printf ("%.*s%s%s\n", (int) (words - command), command,
                             verbs[i].pauses ? " --delay 0" : "", words);

        self->awaited = verbs[i].type;
        send (self, line);
        return;
      }
  g_error ("“%s” is no command", command);
}

Timing
stopwatch_press (Stopwatch *self,
                 const char *command,
                 StopwatchCondition shown,
                 gpointer data)
{
  gint64 sent = g_get_monotonic_time ();

  expect (self, shown, data);
  press (self, command);
  insist_on_paint (self, command);
  return finish (self, sent, command);
}

Timing
stopwatch_press_until (Stopwatch *self,
                       const char *command,
                       StopwatchCondition shown,
                       gpointer data)
{
  gint64 sent = g_get_monotonic_time ();
  gint64 end = sent + PATIENCE;

  do
    {
      expect (self, shown, data);
      press (self, command);
    }
  while (!wait_for_paint (self, G_USEC_PER_SEC) && g_get_monotonic_time () < end);
  if (self->painted == 0)
    self->painted = end;
  return finish (self, sent, command);
}

Timing
stopwatch_call (Stopwatch *self,
                StopwatchStep step,
                StopwatchCondition shown,
                gpointer data)
{
  gint64 sent = g_get_monotonic_time ();

  expect (self, shown, data);
  self->started = sent;
  self->work_before = get_work ();
  step (data);
  insist_on_paint (self, "a call");
  return finish (self, sent, "a call");
}

GArray *
stopwatch_new_series (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Timing));
}

void
stopwatch_add_press (Stopwatch *self,
                     GArray *series,
                     const char *command,
                     StopwatchCondition shown,
                     gpointer data)
{
  Timing timing = stopwatch_press (self, command, shown, data);

  timing.block = stopwatch_settle (self);
  g_array_append_val (series, timing);
}

void
stopwatch_try_press (Stopwatch *self, GArray *series, const char *command)
{
  gint64 sent = g_get_monotonic_time ();
  Timing timing;

  expect (self, NULL, NULL);
  press (self, command);
  if (!wait_for_some_paint (self, sent))
    return;
  timing = finish (self, sent, command);
  timing.block = stopwatch_settle (self);
  g_array_append_val (series, timing);
}

void
stopwatch_add_call (Stopwatch *self,
                    GArray *series,
                    StopwatchStep step,
                    StopwatchCondition shown,
                    gpointer data)
{
  Timing timing = stopwatch_call (self, step, shown, data);

  timing.block = stopwatch_settle (self);
  g_array_append_val (series, timing);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double *
sort_part (GArray *timings, gsize part)
{
  double *values = g_new (double, timings->len);

  for (guint i = 0; i < timings->len; i++)
    values[i] = G_STRUCT_MEMBER (double, &g_array_index (timings, Timing, i), part);
  qsort (values, timings->len, sizeof *values, compare_doubles);
  return values;
}

/* Where the time of a measurement goes: what passed since another was printed. */
static void
print_seconds (const char *name)
{
  gint64 now = g_get_monotonic_time ();

  g_print ("seconds\t%s\t%.2f\n", name, (double) (now - last_printed) / G_USEC_PER_SEC);
  last_printed = now;
}

void
stopwatch_print_series (const char *name, GArray *timings)
{
  g_autofree double *work = sort_part (timings, G_STRUCT_OFFSET (Timing, work));
  g_autofree double *wall = sort_part (timings, G_STRUCT_OFFSET (Timing, wall));
  g_autofree double *block = sort_part (timings, G_STRUCT_OFFSET (Timing, block));
  guint n = timings->len;
  guint middle = n / 2;
  /* So many of a hundred take at most that. */
  guint high = n > 0 ? (n * 99 + 99) / 100 - 1 : 0;

  print_seconds (name);
  if (n == 0)
    {
      g_print ("series\t%s\t0\t0\t0\t0\t0\t0\t0\n", name);
      return;
    }

  g_print ("series\t%s\t%u\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\n", name, n, work[middle],
           work[high], work[n - 1], wall[middle], block[middle], block[n - 1]);
}

void
stopwatch_print_value (const char *name, double value)
{
  g_print ("value\t%s\t%.2f\n", name, value);
}

void
stopwatch_print_memory (const char *name)
{
  const char *const parts[] = { "VmRSS:", "RssAnon:" };
  g_autofree char *status = NULL;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  for (guint i = 0; status != NULL && i < G_N_ELEMENTS (parts); i++)
    {
      const char *line = strstr (status, parts[i]);
      g_autofree char *full = g_strconcat (name, i == 0 ? "" : ", heap", NULL);

      if (line != NULL)
        stopwatch_print_value (
            full,
            (double) g_ascii_strtoull (line + strlen (parts[i]), NULL, 10) / 1024.0);
    }
}
