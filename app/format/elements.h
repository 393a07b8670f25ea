/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A JSON list read an element at a time, so that memory grows with the largest of them,
 * not with the list. A unit is an element with the bracket or comma before it, the last
 * one also with what ends the list; a file of one object is one unit. Only borders are
 * looked for here: what is no JSON gives units that the strict reader refuses. */

/* For KutipFormat.next_unit(). */
gsize kutip_elements_next_unit (const char *bytes, gsize n_bytes, gboolean at_end);
/* A unit as JSON by itself, of the same bytes but for the first and perhaps one more: a
 * list of one element or none, or the object; often @unit itself. NULL for white space.
 * Owned. */
GBytes *kutip_elements_complete (GBytes *unit);

G_END_DECLS
