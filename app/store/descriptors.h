/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first thing a program does: where it was started without standard input, output or
 * error, something that can neither be read nor written takes their places. Else the next
 * file that it opens would be one of them, and a message would be written into a person's
 * annotations. */
void kutip_descriptors_guard (void);

G_END_DECLS
