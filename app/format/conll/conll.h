/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Token columns (CoNLL-2003 and its kin), what reading and writing share.
 *
 * A document begins with -DOCSTART- and comment lines that only Kutip reads: "# doc = "
 * is its path, "# text = " the text as a JSON string, "# annotator = " begins a layer, "#
 * columns = " names the columns when there is one for each label. */
#define KUTIP_CONLL_START "-DOCSTART-"
#define KUTIP_CONLL_DOC "# doc = "
#define KUTIP_CONLL_TEXT "# text = "
#define KUTIP_CONLL_ANNOTATOR "# annotator = "
#define KUTIP_CONLL_COLUMNS "# columns = "

gboolean kutip_conll_read (KutipSource *source,
                           const KutipFormatOptions *options,
                           KutipRecordFunc emit,
                           gpointer data,
                           KutipReport *report,
                           GError **error);
/* See KutipFormat. */
gboolean kutip_conll_compare (KutipRecord *record,
                              const char *bytes,
                              gsize n_bytes,
                              GHashTable *excused,
                              KutipDifference *difference);
/* Whether @label can stand in a cell as it is. */
gboolean kutip_conll_is_word (const char *label);
/* What stands there otherwise. */
char *kutip_conll_make_word (const char *label);
gboolean kutip_conll_write (KutipRecord *record,
                            const KutipFormatOptions *options,
                            KutipSink *sink,
                            KutipReport *report,
                            GError **error);

G_END_DECLS
