/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stopwatch.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define PATIENCE (60 * G_USEC_PER_SEC)
/* What is left to do after a press is over when the loop has rested so long;
 * milliseconds: longer than a frame, since the side pane follows in the next one. */
#define REST 25

struct _Stopwatch
{
  GtkWindow *window;
  GdkFrameClock *clock;
  gulong on_painted;
  GtkEventController *controller; /* belongs to the window */
  GSubprocess *presser;
  GOutputStream *commands;

  gboolean waiting;
  gint64 started; /* monotonic; 0 until the event is there, if one is waited for */
  double work_before;
  StopwatchCondition shown;
  gpointer data;
  gint64 painted; /* 0 while it is waited for */
  double work_after;
};

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

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer data)
{
  Stopwatch *self = data;
  GdkEventType type = gdk_event_get_event_type (event);

  if (self->waiting && self->started == 0 && !is_modifier (event) &&
      (type == GDK_KEY_PRESS || type == GDK_SCROLL || type == GDK_BUTTON_PRESS))
    {
      self->started = g_get_monotonic_time ();
      self->work_before = get_work ();
    }
  return GDK_EVENT_PROPAGATE;
}

Stopwatch *
stopwatch_new (GtkWindow *window)
{
  Stopwatch *self = g_new0 (Stopwatch, 1);
  g_autoptr (GError) error = NULL;

  self->window = window;
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (window)));
  self->on_painted =
      g_signal_connect (self->clock, "after-paint", G_CALLBACK (on_painted), self);
  self->controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (self->controller, GTK_PHASE_CAPTURE);
  g_signal_connect (self->controller, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (GTK_WIDGET (window), self->controller);
  self->presser =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "xdotool", "-", NULL);
  if (self->presser == NULL)
    g_error ("xdotool does not start: %s", error->message);
  self->commands = g_subprocess_get_stdin_pipe (self->presser);
  return self;
}

void
stopwatch_free (Stopwatch *self)
{
  g_signal_handler_disconnect (self->clock, self->on_painted);
  gtk_widget_remove_controller (GTK_WIDGET (self->window), self->controller);
  g_output_stream_close (self->commands, NULL, NULL);
  g_subprocess_wait (self->presser, NULL, NULL);
  g_object_unref (self->presser);
  g_object_unref (self->clock);
  g_free (self);
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

/* Asleep meanwhile: looking again and again would count as work. */
static gboolean
wait_for_paint (Stopwatch *self, gint64 patience)
{
  gboolean ended = FALSE;
  guint timer = g_timeout_add ((guint) (patience / 1000), on_patience_ended, &ended);

  while (self->painted == 0 && !ended)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  self->waiting = FALSE;
  return self->painted != 0;
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
  self->waiting = TRUE;
}

static Timing
finish (Stopwatch *self, gint64 sent)
{
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

static void
press (Stopwatch *self, const char *command)
{
  const char *words = strchr (command, ' ');
  /* Without xdotool's own pause between pressing and letting go. */
  g_autofree char *line =
      g_strdup_printf ("%.*s --delay 0%s\n", (int) (words - command), command, words);

  send (self, line);
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
  return finish (self, sent);
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
  return finish (self, sent);
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
  return finish (self, sent);
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

  timing.block = stopwatch_rest (self, REST);
  g_array_append_val (series, timing);
}

void
stopwatch_try_press (Stopwatch *self, GArray *series, const char *command)
{
  gint64 sent = g_get_monotonic_time ();
  Timing timing;

  expect (self, NULL, NULL);
  press (self, command);
  if (!wait_for_paint (self, G_USEC_PER_SEC / 4))
    return;
  timing = finish (self, sent);
  timing.block = stopwatch_rest (self, REST);
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

  timing.block = stopwatch_rest (self, REST);
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

void
stopwatch_print_series (const char *name, GArray *timings)
{
  g_autofree double *work = sort_part (timings, G_STRUCT_OFFSET (Timing, work));
  g_autofree double *wall = sort_part (timings, G_STRUCT_OFFSET (Timing, wall));
  g_autofree double *block = sort_part (timings, G_STRUCT_OFFSET (Timing, block));
  guint n = timings->len;
  guint middle = n / 2;
  guint high = n * 99 / 100;

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
