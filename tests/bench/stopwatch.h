/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Presses real keys into a window, through the X server, and times what comes of it. */
typedef struct _Stopwatch Stopwatch;

/* Milliseconds. */
typedef struct
{
  double wall;  /* from the press to the end of the frame that shows its effect */
  double work;  /* of the main thread, from the event to the end of that frame */
  double block; /* the longest that the main loop worked on end afterwards */
} Timing;

/* Whether the frame that was just painted shows what is waited for. */
typedef gboolean (*StopwatchCondition) (gpointer data);
typedef void (*StopwatchStep) (gpointer data);

/* Follows the windows there are and those that come, as long as the program runs; one is
 * on the screen and has the focus. */
Stopwatch *stopwatch_new (void);
/* Whether the frame that was just painted is of the window in which @widget (or NULL) is
 * shown; for a StopwatchCondition. */
gboolean stopwatch_is_painted (Stopwatch *self, GtkWidget *widget);

/* Moves the pointer there, on the screen. */
void stopwatch_point_at (Stopwatch *self, int x, int y);
/* Learns where the main window lies, by pointing into it at that place on the screen. */
void stopwatch_find_window (Stopwatch *self, int x, int y);
/* "mousemove X Y" for a place in a widget of the main window; owned by the caller. */
char *stopwatch_describe_place (
    Stopwatch *self, const char *command, GtkWidget *widget, double x, double y);
/* Runs the main loop until it had nothing to do for so long; the longest that it worked
 * on end. */
double stopwatch_rest (Stopwatch *self, guint milliseconds);
/* Has the frames painted at once that follow what was done, such as that in which the
 * panes come after the text, instead of waiting for each; then rests for a moment. The
 * longest that the main loop worked on end. */
double stopwatch_settle (Stopwatch *self);
/* Does the step at once; how long this thread worked on it. */
double stopwatch_work (Stopwatch *self, StopwatchStep step, gpointer data);
/* xdotool's "key …", "click …", "mousedown …", "mouseup …" or "mousemove X Y", such as
 * "key ctrl+End" or "click 5". @shown NULL: the
 * next frame. Ends the program when nothing is painted in time, since then there is
 * nothing to measure. Returns right after the frame, with no block. */
Timing stopwatch_press (Stopwatch *self,
                        const char *command,
                        StopwatchCondition shown,
                        gpointer data);
/* Presses each second anew until it is shown, for at most a minute, as a person does
 * where a press may get lost; the work is that of the last press. */
Timing stopwatch_press_until (Stopwatch *self,
                              const char *command,
                              StopwatchCondition shown,
                              gpointer data);
/* The same for a call instead of a press. */
Timing stopwatch_call (Stopwatch *self,
                       StopwatchStep step,
                       StopwatchCondition shown,
                       gpointer data);

/* One measure, taken many times: an array of Timing. */
GArray *stopwatch_new_series (void);
/* Presses, rests, and adds the timing to the series. */
void stopwatch_add_press (Stopwatch *self,
                          GArray *series,
                          const char *command,
                          StopwatchCondition shown,
                          gpointer data);
/* The same for a press after which there may be nothing to paint: then nothing is added.
 */
void stopwatch_try_press (Stopwatch *self, GArray *series, const char *command);
void stopwatch_add_call (Stopwatch *self,
                         GArray *series,
                         StopwatchStep step,
                         StopwatchCondition shown,
                         gpointer data);
void stopwatch_print_series (const char *name, GArray *timings);
void stopwatch_print_value (const char *name, double value);
/* Megabytes: all that is resident, and what of it is no file. */
void stopwatch_print_memory (const char *name);

G_END_DECLS
