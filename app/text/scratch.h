/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room for what is let go of as soon as something else has been made of it: a file's
 * bytes, a table. Where it is large it comes from the system and goes back to it; in the
 * heap it would leave a hole of its size, below what was made of it. */

/* All zeros; never NULL. */
gpointer kutip_scratch_new (gsize n_bytes);
/* @n_bytes: as many as it was made with. */
void kutip_scratch_free (gpointer scratch, gsize n_bytes);

G_END_DECLS
