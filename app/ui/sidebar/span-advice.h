/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the list says of an article in which nothing is marked: how to begin, with the
 * keys of its tag set's labels, or why there is nothing to begin with. */
void kutip_span_advice_show (AdwStatusPage *page, KutipDocument *document);

G_END_DECLS
