/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Prodigy's JSON Lines: text, tokens, spans and relations, one task a line. Offsets are
 * code points, a span's last token is inclusive, and a relation's ends are the last
 * tokens of its spans. Prodigy keeps members that it does not know: what it cannot say of
 * a span stands in such, and the pieces of a span are spans that share a "group". */

#define KUTIP_PRODIGY "prodigy"
/* A line begins so, with the view of where it comes from or this one, up to its
 * annotator.
 */
#define KUTIP_PRODIGY_START "{\"_view_id\": "
#define KUTIP_PRODIGY_VIEW "relations"
#define KUTIP_PRODIGY_PATH ", \"path\": "
#define KUTIP_PRODIGY_ANNOTATOR ", \"_annotator_id\": "

/* What a layer keeps of its task under the names of members that are understood: in
 * "tokens" how the text was cut, as kutip_token_cover_dup_lengths() has it; in
 * "relations" those between tokens that are no spans; in "meta" what is an attribute of
 * the article, as it stood. */

/* Members that are understood, of a task, a span and a relation. */
extern const char *const kutip_prodigy_task_members[];
extern const char *const kutip_prodigy_span_members[];
extern const char *const kutip_prodigy_relation_members[];

gboolean kutip_prodigy_read (KutipSource *source,
                             const KutipFormatOptions *options,
                             KutipRecordFunc emit,
                             gpointer data,
                             KutipReport *report,
                             GError **error);
/* KutipFormat.compare. */
gboolean kutip_prodigy_compare (KutipRecord *record,
                                const char *bytes,
                                gsize n_bytes,
                                GHashTable *excused,
                                KutipDifference *difference);

G_END_DECLS
