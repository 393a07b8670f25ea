/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* CoNLL-U (https://universaldependencies.org/format.html). Spans stand in MISC: "Span",
 * and "Span2" … for what overlaps, by token as B-LABEL and I-LABEL (or BIOES), with "Id"
 * where they begin, so that pieces of one are known; "Rel" at the beginning of a span
 * links it: "10:LABEL" to what begins at token 10 of the sentence, "@ID:LABEL" to a span.
 * SpaceAfter, SpacesAfter and SpacesBefore (as UDPipe has them) restore the text exactly;
 * values have "\s" and so on for what MISC has no room for. */

#define KUTIP_CONLLU_DOC "# newdoc id = "
#define KUTIP_CONLLU_ANNOTATOR "# annotator = "
/* Of a text without any word. */
#define KUTIP_CONLLU_SPACES "# spaces = "
#define KUTIP_CONLLU_N_COLUMNS 10u
#define KUTIP_CONLLU_MISC 9

/* A value of MISC. */
void kutip_conllu_append_value (GString *out, const char *value);
/* NULL when there is a backslash that escapes nothing. Owned. */
char *kutip_conllu_dup_value (const char *escaped);

gboolean kutip_conllu_read (KutipSource *source,
                            const KutipFormatOptions *options,
                            KutipRecordFunc emit,
                            gpointer data,
                            KutipReport *report,
                            GError **error);
gboolean kutip_conllu_write (KutipRecord *record,
                             const KutipFormatOptions *options,
                             KutipSink *sink,
                             KutipReport *report,
                             GError **error);

G_END_DECLS
