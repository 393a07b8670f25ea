/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* What formats share that have one JSON value a line, and one line for each annotator of
 * an article, which follow one another. */

/* The end of the line at @bytes, behind its line feed. */
const char *kutip_lines_find_end (const char *bytes, const char *end);
gboolean kutip_lines_is_blank (const char *bytes, const char *end);
/* A file may hold one object over many lines instead. */
gboolean kutip_lines_is_spread (const char *bytes, const char *end);
/* For KutipFormat.next_unit(): a line, and those behind it that begin as it does, up to
 * and with @until. What begins with other than @start stands alone. */
gsize kutip_lines_next_unit (const char *bytes,
                             gsize n_bytes,
                             gboolean at_end,
                             const char *start,
                             const char *until);
/* @source's name without what stands behind its last dot, in the folder that it is in.
 * Owned. */
char *kutip_lines_dup_stem (KutipSource *source);
/* The name of an article that has none: @source's, and its id there or the line. */
char *kutip_lines_make_path (KutipSource *source, const char *id, guint64 line);

G_END_DECLS
