/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* From now on Ctrl+C (SIGINT), SIGTERM and SIGHUP cancel this instead of ending the
 * program, so that nothing half-written stays. Borrowed. To be called once, before there
 * are threads. */
GCancellable *kutip_interrupt_watch (void);
/* When there was such a signal: ends the program by it, as whoever sent it expects. */
void kutip_interrupt_finish (void);

G_END_DECLS
