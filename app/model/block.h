/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory for small things of which thousands come and go together, such as the spans of
 * one article after the other in a conversion: each thread keeps some of what was given
 * back for those that come next. Large blocks, and more of them than that, are malloc's.
 */
gpointer kutip_block_take (gsize size);
/* In any thread; @size as it was taken. */
void kutip_block_give (gpointer block, gsize size);

G_END_DECLS
