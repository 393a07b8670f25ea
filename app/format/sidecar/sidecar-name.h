/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the files of an article are called; names without a folder. store/paths.h applies
 * the rule to a disk, the kutip format to what it writes. */

#define KUTIP_SIDECAR_SUFFIX ".annotations.json"

/* [A-Za-z0-9_-]{1,64} */
gboolean kutip_sidecar_name_is_annotator (const char *name);
/* "X.txt" -> "X.txt.annotations.json", or with an annotator
 * "X.txt.ANNOTATOR.annotations.json". */
char *kutip_sidecar_name_make (const char *article, const char *annotator);
/* Whether @name is a sidecar of @article; @annotator (owned) is NULL for the one without
 * a name. */
gboolean kutip_sidecar_name_parse (const char *name,
                                   const char *article,
                                   char **annotator);
gboolean kutip_sidecar_name_is_sidecar (const char *name);
/* Text by its suffix (.txt, .text, .md …), not hidden. */
gboolean kutip_sidecar_name_is_article (const char *name);
/* The suffixes of articles, NULL-terminated. */
extern const char *const kutip_sidecar_name_article_suffixes[];

/* @name with @tail behind it; where that is longer than 255 bytes, @name is cut between
 * two characters, and "~" with eight digits of its SHA-256 stands for the rest. */
char *kutip_sidecar_name_join (const char *name, const char *tail);
/* What all sidecars of @article begin with, as far as it is never cut. */
char *kutip_sidecar_name_get_prefix (const char *article);

G_END_DECLS
