/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_TEXT_PROVIDER (kutip_text_provider_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipTextProvider, kutip_text_provider, KUTIP, TEXT_PROVIDER, GdkContentProvider)

/* A stretch of a text for the clipboard, copied when somebody asks for it. */
GdkContentProvider *kutip_text_provider_new (KutipText *text, KutipRange range);
/* Another stretch of the same text from now on. */
void kutip_text_provider_set_range (KutipTextProvider *self, KutipRange range);

G_END_DECLS
