/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shim.h"

G_BEGIN_DECLS

/* Something that is tried while calls fail. It is called twice for each fault: while it
 * is planned, and (@clean) when all is well again. */
typedef void (*SweepRun) (gboolean clean, gpointer data);

/* For every operation, every fault, and every call of that operation about a path with
 * @part in it, until there is none left. Returns how many faults were injected, and says
 * it. */
guint sweep (SweepRun run, gpointer data, const char *part);
/* What fails now, for messages. */
const char *sweep_get_planned (void);
const char *sweep_get_operation (void);
/* What the system says of it, in words. */
const char *sweep_get_reason (void);
/* Since the program began. */
guint sweep_get_n_injected (void);

G_END_DECLS
