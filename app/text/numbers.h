/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* To be called before there are threads that read numbers. GLib makes its C locale at the
 * first number that it reads; a thread that waits meanwhile is left with an errno, and
 * g_ascii_string_to_unsigned() takes a number for none (GLib 2.74). */
void kutip_numbers_prepare (void);

G_END_DECLS
