/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep.h"

#include "../rounds.h"

#include <errno.h>

#define MAX_CALLS 1000
/* The most that may be left out: as many as there are faults of any operation. */
#define MAX_DIVISOR 8

static const struct
{
  int code;
  FaultMode mode;
  const char *name;
} faults[] = {
  { ENOSPC, FAULT_ONCE, "ENOSPC" },
  { ENOSPC, FAULT_STICKY, "a full disk" },
  { EIO, FAULT_ONCE, "EIO" },
  { EIO, FAULT_STICKY, "a dying disk" },
  { EACCES, FAULT_ONCE, "EACCES" },
  { EDQUOT, FAULT_ONCE, "EDQUOT" },
  { EROFS, FAULT_STICKY, "read-only" },
  { EINTR, FAULT_ONCE, "EINTR" },
  { ENOSPC, FAULT_SHORT, "a short write" },
};

static guint n_injected;
static const char *planned = "", *planned_operation = "";
static int planned_code;

/* With a share of the cases, each call still fails, but not with each fault: with one of
 * them after the other. */
static gboolean
is_tried (gsize fault, guint number)
{
  return (number + fault) % MIN (rounds_divisor (), MAX_DIVISOR) == 0;
}

/* TRUE when there was such a call. */
static gboolean
try_one (SweepRun run,
         gpointer data,
         const char *part,
         const char *operation,
         gsize fault,
         guint number)
{
  g_autofree char *now =
      g_strdup_printf ("%s number %u: %s", operation, number, faults[fault].name);
  gboolean there;
  guint n_hit;

  planned = now;
  planned_operation = operation;
  planned_code = faults[fault].code;
  fault_plan (operation, number, faults[fault].code, faults[fault].mode, part);
  run (FALSE, data);
  n_hit = fault_get_n_faults ();
  there = fault_get_n_calls () >= number;
  fault_clear ();
  run (TRUE, data);
  n_injected += n_hit;
  planned = "";
  return there;
}

guint
sweep (SweepRun run, gpointer data, const char *part)
{
  guint before = n_injected;

  for (gsize i = 0; fault_operations[i] != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        if (faults[j].mode == FAULT_SHORT && !g_str_equal (fault_operations[i], "write"))
          continue;
        for (guint number = 1; number < MAX_CALLS; number++)
          if (is_tried (j, number) &&
              !try_one (run, data, part, fault_operations[i], j, number))
            break;
      }
  g_test_message ("%u faults, %u so far", n_injected - before, n_injected);
  return n_injected - before;
}

const char *
sweep_get_planned (void)
{
  return planned;
}

const char *
sweep_get_operation (void)
{
  return planned_operation;
}

const char *
sweep_get_reason (void)
{
  return g_strerror (planned_code);
}

guint
sweep_get_n_injected (void)
{
  return n_injected;
}
