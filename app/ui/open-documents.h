/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What @owner, a window, has open now; @document NULL: nothing. */
void kutip_open_documents_set (gpointer owner, GFile *file, KutipDocument *document);
/* What the windows of this program have open: GFile of the article -> KutipDocument. For
 * those who look at or change many articles: an open one is as its document says, not as
 * the disk does. Owned. */
GHashTable *kutip_open_documents_list (void);

G_END_DECLS
