/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What libFuzzer and replay.c call with each input; anything but returning 0 is a
 * finding. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
