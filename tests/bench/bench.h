/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "stopwatch.h"
#include "ui/window/window-private.h"

G_BEGIN_DECLS

/* A window at work. */
typedef struct
{
  Stopwatch *watch;
  KutipWindow *window;
  GRand *random;
  GFile *article;
  GFile *other;
  GFile *opening;
  guint n;             /* presses of each kind */
  gunichar letter;     /* to be typed next */
  const char *words;   /* to be searched for */
  KutipCorpus *before; /* what was open; not owned */
} Bench;

/* Selects a few words somewhere, brings them into view, and rests. */
void bench_go_anywhere (Bench *bench);
/* Presses, as stopwatch_press() takes it, and adds the time until the next frame. */
void bench_press (Bench *bench, GArray *series, const char *command);

typedef gboolean (*BenchCondition) (Bench *bench);

/* A key, and what comes of it. */
typedef struct
{
  const char *name;    /* of the series; NULL: it is not measured */
  const char *command; /* as stopwatch_press() takes it */
  StopwatchCondition
      shown;            /* given the bench; NULL: in the next frame, if there is one */
  BenchCondition is_so; /* or NULL: what must be so then */
} BenchStep;

/* bench-steps.c: prepares and takes all steps, again and again, until each that is
 * measured has painted something @bench->n times. */
void bench_measure_steps (Bench *bench,
                          void (*prepare) (Bench *bench),
                          const BenchStep *steps,
                          guint n_steps);

/* Takes a step and follows the main loop until it is done and at rest; @is_done may be
 * NULL. The work is the longest that the loop was kept from answering a key, at any time;
 * the wall time is until all is done. */
void bench_follow (Bench *bench,
                   GArray *series,
                   StopwatchStep step,
                   gpointer data,
                   BenchCondition is_done);
void bench_activate (Bench *bench, const char *action);

/* bench-moving.c: from place to place, and from span to span. */
void bench_measure_moving (Bench *bench);
/* bench-shaping.c: what changes a span. */
void bench_measure_shaping (Bench *bench);
/* bench-links.c: what is done to links. */
void bench_measure_links (Bench *bench);
/* bench-card.c: attributes and notes, of a span and of the article. */
void bench_measure_card (Bench *bench);
/* bench-asking.c: what asks for a place to go to; what lists the places of a word; other
 * windows; how the window shows what it shows. */
void bench_measure_jumping (Bench *bench);
void bench_measure_marking_all (Bench *bench);
void bench_measure_windows (Bench *bench);
void bench_measure_view (Bench *bench);
/* What asks something: a window that is not the main one, or NULL. */
GtkWidget *bench_get_asking (Bench *bench);
/* Presses what opens such a window, until its first frame is painted; what is still to be
 * done then may take no longer. */
void bench_ask (Bench *bench, GArray *series, const char *command);
/* What closes it. */
void bench_answer (Bench *bench, GArray *series, const char *command);
/* bench-editor.c: the tag set. */
void bench_measure_editor (Bench *bench);
/* bench-pointing.c: what is done with the mouse. */
void bench_measure_pointing (Bench *bench);
/* bench-finding.c: typing in find, and marking all places of a word at once. */
void bench_measure_finding (Bench *bench);
/* bench-bulk.c: what changes very many annotations at once. */
void bench_measure_bulk (Bench *bench);
/* The same while the list of spans shows those of one label. */
void bench_measure_filtered (Bench *bench);
/* bench-panes.c: the lists of what is left to do and to review. */
void bench_measure_panes (Bench *bench);
/* All that moved, at once. */
void bench_measure_confirming (Bench *bench);
/* bench-folder.c: a folder of very many articles; @bench->article is the folder. */
void bench_measure_folder (Bench *bench);

G_END_DECLS
