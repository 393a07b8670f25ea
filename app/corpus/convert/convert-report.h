/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/report.h"

G_BEGIN_DECLS

/* All that reports of a conversion list, of which there may be more than the memory
 * holds, for a JSON document for programs:
 *
 *   {"losses": {"count": 2, "by_kind": {"notes": 2},
 *               "list": [{"kind": "notes", "path": "a.txt", "id": "s1"}, …]},
 *    "warnings": {…}}
 *
 * An entry has "path", "annotator", "id", "line" and "detail" where there is one. */
typedef struct _KutipConvertListing KutipConvertListing;

KutipConvertListing *kutip_convert_listing_new (void);
void kutip_convert_listing_free (KutipConvertListing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipConvertListing, kutip_convert_listing_free)

/* Puts what @report lists behind what is there. FALSE with @error when there is no place
 * for it. */
gboolean kutip_convert_listing_add (KutipConvertListing *self,
                                    KutipReport *report,
                                    GError **error);
/* Writes the document to the file @path, all or nothing, or for NULL to standard output;
 * @counts is the report that all of them were added up in. */
gboolean kutip_convert_listing_save (KutipConvertListing *self,
                                     KutipReport *counts,
                                     const char *path,
                                     GError **error);
/* Whether such a document can be written to @path without a loss: nothing is there, or
 * nothing in it, or it is a document of an earlier run, or no plain file but a pipe or
 * the like. */
gboolean kutip_convert_listing_may_replace (const char *path);

G_END_DECLS
