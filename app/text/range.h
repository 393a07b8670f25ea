/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A half-open range [start, end) of code points in an article's text. Empty (start ==
 * end) only where a function says so: a caret, or a foreign format's zero-width mark. */
typedef struct
{
  guint start;
  guint end;
} KutipRange;

/* Whether the two share a code point. */
gboolean kutip_range_overlaps (KutipRange a, KutipRange b);
/* Whether they share a code point or stand side by side. */
gboolean kutip_range_touches (KutipRange a, KutipRange b);
gboolean kutip_range_contains (KutipRange outer, KutipRange inner);
gboolean kutip_range_contains_offset (KutipRange range, guint offset);
gboolean kutip_range_equal (KutipRange a, KutipRange b);
/* Document order: by start, and the longer first where the starts are the same. */
int kutip_range_compare (KutipRange a, KutipRange b);

G_END_DECLS
