/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the C library keeps of what was freed. */

/* Before anything large is read. */
void kutip_memory_keep_small (void);
/* What lies between what is in use goes back to the system: after very much was freed.
 * From a thread, since it takes a few milliseconds. */
void kutip_memory_give_back (void);
/* The same from a thread of its own, once what was read is on the screen. */
void kutip_memory_give_back_soon (void);
/* What was freed since the last time, by any thread, is put in order, or the part of it
 * that takes less than a millisecond. Left alone, the next of the caller's allocations
 * does all of it: up to 0.03 s after a thread has freed 100,000 annotations. FALSE: next
 * to nothing was left to be done. */
gboolean kutip_memory_put_in_order (void);

G_END_DECLS
