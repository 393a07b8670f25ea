/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @text is a date of ISO 8601, as an article's date is kept: 2022, 2022-08,
 * 2022-08-15, or a day with a time (2022-08-15T09:30:00+07:00). @words, if not NULL, is
 * set to the date in the reader's own form; to NULL when that says no more than @text. */
gboolean kutip_iso_date_describe (const char *text, char **words);

/* Whether @text is a time of RFC 3339, as annotations keep when they were made; @time is
 * set to it, in microseconds since the start of 1970. */
gboolean kutip_iso_date_read_time (const char *text, gint64 *time);

/* Day, month, year, hour and minute, as people write them. */
char *kutip_iso_date_format_time (GDateTime *time);

G_END_DECLS
