/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* What an article says of itself under a name: "language", "title", "author", "date" (the
 * day), "publisher", "url"; "annotator", "status"; "folder" (that it is in); or else an
 * attribute of the article. The first layer that says anything counts. NULL when none
 * does; owned. */
char *kutip_export_get_field (KutipRecord *record, const char *name);

/* A day, as "2023-07-01", from an ISO 8601 date of at least a year: what it lacks is
 * filled up with the first month or day. NULL when it is no date; owned. */
char *kutip_export_parse_day (const char *date);
/* Whether @date, as an article says it, is before @day; FALSE as the result when it
 * cannot be told, as @date is no date, or a year or month that @day lies in. */
gboolean kutip_export_compare_day (const char *date,
                                   const char *day,
                                   gboolean *is_before);

/* All that its layers say under that name, each value of a list for itself, sorted, each
 * once; NULL-terminated, owned. */
char **kutip_export_list_field (KutipRecord *record, const char *name);

G_END_DECLS
