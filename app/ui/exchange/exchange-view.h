/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/exchange.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_EXCHANGE_VIEW (kutip_exchange_view_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipExchangeView, kutip_exchange_view, KUTIP, EXCHANGE_VIEW, AdwBin)

/* How far an import or export is; then what came of it: what was lost, odd, or passed
 * over, in a list that can be saved and copied. */
void kutip_exchange_view_show (KutipExchangeView *self, KutipExchange *exchange);
/* Until another one is shown. */
void kutip_exchange_view_forget (KutipExchangeView *self);
/* What is under way was told to stop. */
void kutip_exchange_view_show_stopping (KutipExchangeView *self);

G_END_DECLS
