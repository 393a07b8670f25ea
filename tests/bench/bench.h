/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "stopwatch.h"
#include "ui/window-private.h"

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

/* Takes a step and follows the main loop until it is done and at rest; @is_done may be
 * NULL. The work is the longest that the loop was kept from answering a key, at any time;
 * the wall time is until all is done. */
void bench_follow (Bench *bench,
                   GArray *series,
                   StopwatchStep step,
                   gpointer data,
                   BenchCondition is_done);
void bench_activate (Bench *bench, const char *action);

/* bench-shaping.c: each command on spans, links and places, @bench->n times. */
void bench_measure_shaping (Bench *bench);
/* bench-finding.c: typing in find, and marking all places of a word at once. */
void bench_measure_finding (Bench *bench);
/* bench-bulk.c: what changes very many annotations at once. */
void bench_measure_bulk (Bench *bench);
/* bench-panes.c: the lists of what is left to do and to review. */
void bench_measure_panes (Bench *bench);
/* bench-folder.c: a folder of very many articles; @bench->article is the folder. */
void bench_measure_folder (Bench *bench);

G_END_DECLS
