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
  guint n; /* presses of each kind */
} Bench;

/* Selects a few words somewhere, brings them into view, and rests. */
void bench_go_anywhere (Bench *bench);
/* Presses, as stopwatch_press() takes it, and adds the time until the next frame. */
void bench_press (Bench *bench, GArray *series, const char *command);

/* bench-shaping.c: each command on spans, links and places, @bench->n times. */
void bench_measure_shaping (Bench *bench);
/* bench-finding.c: typing in find, and marking all places of a word at once. */
void bench_measure_finding (Bench *bench);
/* bench-bulk.c: what changes or shows very many annotations at once. */
void bench_measure_bulk (Bench *bench);

G_END_DECLS
