/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Citron's attributions: a JSON file for each article, with its text and its quotes, each
 * with a cue, sources and contents (github.com/bbc/citron, docs/data_format.md). A quote
 * is a span of as many pieces as it has contents, linked to its sources and its cue;
 * spans that corefer are linked as the same. */

#define KUTIP_CITRON "citron"
#define KUTIP_CITRON_QUOTE "quote"
#define KUTIP_CITRON_SOURCE "source"
#define KUTIP_CITRON_CUE "cue"
#define KUTIP_CITRON_ATTRIBUTED_TO "attributed-to"
#define KUTIP_CITRON_INTRODUCED_BY "introduced-by"
#define KUTIP_CITRON_SAME_AS "same-as"

/* Members that are understood, of a file, of a quote, and of a source or cue. */
extern const char *const kutip_citron_members[];
extern const char *const kutip_citron_quote_members[];
extern const char *const kutip_citron_place_members[];

gboolean kutip_citron_read (KutipSource *source,
                            const KutipFormatOptions *options,
                            KutipRecordFunc emit,
                            gpointer data,
                            KutipReport *report,
                            GError **error);

G_END_DECLS
