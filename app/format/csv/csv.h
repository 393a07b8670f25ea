/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* What reading and writing of tables share: the columns, in the order in which they are
 * written. A row is a span or a relation ("kind"). "start" and "end" are those of the
 * whole span, "ranges" its pieces ("15-31;40-45") when there are several, "text" the
 * pieces with " [...] " between them. "attributes" is an object, "links" a list, as in a
 * sidecar. */
typedef enum
{
  KUTIP_CSV_PATH,
  KUTIP_CSV_ANNOTATOR,
  KUTIP_CSV_KIND,
  KUTIP_CSV_ID,
  KUTIP_CSV_LABEL,
  KUTIP_CSV_START,
  KUTIP_CSV_END,
  KUTIP_CSV_UNIT,
  KUTIP_CSV_TEXT,
  KUTIP_CSV_RANGES,
  KUTIP_CSV_FROM,
  KUTIP_CSV_TO,
  KUTIP_CSV_EVENT,
  KUTIP_CSV_NOTE,
  KUTIP_CSV_UNSURE,
  KUTIP_CSV_ORIGIN,
  KUTIP_CSV_SCORE,
  KUTIP_CSV_CREATED,
  KUTIP_CSV_MODIFIED,
  KUTIP_CSV_LINKS,
  KUTIP_CSV_ATTRIBUTES,
  KUTIP_CSV_N_WRITTEN,
  /* Other programs': a relation on the row of the span that it leaves. */
  KUTIP_CSV_RELATION = KUTIP_CSV_N_WRITTEN,
  KUTIP_CSV_TARGET,
  KUTIP_CSV_N_COLUMNS,
} KutipCsvColumn;

#define KUTIP_CSV_PIECES " [...] "

extern const char *const kutip_csv_names[KUTIP_CSV_N_WRITTEN];

/* The column of that name, which may be another program's; -1: none. */
int kutip_csv_find_column (const char *name);
/* Whether the first line names what reading needs; @tabs: with TABs between the names,
 * else with commas or semicolons. */
gboolean kutip_csv_is_header (const char *head, gsize n_head, gboolean tabs);
gboolean kutip_csv_read (KutipSource *source,
                         const KutipFormatOptions *options,
                         KutipRecordFunc emit,
                         gpointer data,
                         KutipReport *report,
                         GError **error);
void kutip_csv_append_header (GString *out, char delimiter);
void kutip_csv_append_record (GString *out,
                              KutipRecord *record,
                              const KutipFormatOptions *options,
                              char delimiter,
                              KutipReport *report);

G_END_DECLS
