/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the array, and frees it with all that is in it: at once where that is little,
 * else in steps while the main loop has nothing else to do. For the main thread, which
 * would be kept from a key for 0.05 s by 100,000 objects. */
void kutip_free_later (GPtrArray *objects);

G_END_DECLS
