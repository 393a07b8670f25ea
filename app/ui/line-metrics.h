/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* Of a line in some font; Pango units. */
typedef struct
{
  int height;
  int char_width; /* about */
} KutipLineMetrics;

/* What pango_context_get_metrics() tells of the context's own font, without its cost:
 * that shapes a sample of text, each time, and a list asks for each of its two hundred
 * rows. Of the main thread. */
KutipLineMetrics kutip_line_metrics_get (PangoContext *context);

G_END_DECLS
