/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/bulk/bulk-mark.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_BULK_WINDOW (kutip_bulk_window_get_type ())
G_DECLARE_FINAL_TYPE (KutipBulkWindow, kutip_bulk_window, KUTIP, BULK_WINDOW, AdwWindow)

/* Shows how far the marking of many articles is, or the taking back of it, which can be
 * stopped; then what came of it, what was left alone and why, and offers to take it back.
 */
KutipBulkWindow *kutip_bulk_window_new (GtkWindow *parent, KutipBulkMark *bulk);

G_END_DECLS
