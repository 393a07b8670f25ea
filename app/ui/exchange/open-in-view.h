/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Has a row's mnemonic scroll to it before its list opens: where the row is out of sight,
 * GTK 4.8 opens the list out of sight as well. */
void kutip_open_in_view (AdwComboRow *row);

G_END_DECLS
