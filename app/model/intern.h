/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* g_intern_string(), without its lock and hash table for what this thread has lately
 * asked for: of many spans and relations most have one of a few labels. */
const char *kutip_intern (const char *string);

G_END_DECLS
