/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/inputs.h"

G_BEGIN_DECLS

/* What to do with each input: the slow part in any thread, the rest in order. */
typedef struct
{
  /* From any thread; what it returns goes to take(). */
  gpointer (*work) (const KutipInput *input, gpointer data);
  /* In the thread that asked, in the order of the inputs. */
  void (*take) (gpointer result, gpointer data);
  gpointer data;
  int n_jobs;        /* 0: as many as there are processors */
  gboolean is_shown; /* progress, on a terminal */
} KutipParallel;

/* FALSE after having said that there cannot be so many. */
gboolean kutip_parallel_check_jobs (int n_jobs);
/* All inputs of @paths; FALSE when some could not be read (inputs.h). Only a few results
 * wait at a time. */
gboolean kutip_parallel_run (const KutipParallel *self, char *const *paths);

G_END_DECLS
