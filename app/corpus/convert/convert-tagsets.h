/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Other tools' tag sets in files beside articles, each read once. Safe to use in several
 * threads at a time. */
typedef struct _KutipConvertTagsets KutipConvertTagsets;

KutipConvertTagsets *kutip_convert_tagsets_new (void);
void kutip_convert_tagsets_free (KutipConvertTagsets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipConvertTagsets, kutip_convert_tagsets_free)

/* What @read makes of the file at @path: owned; NULL when that is not there or no tag
 * set. With it goes what is beside it of @more, which may be NULL. @exists: whether it is
 * there. */
KutipTagset *kutip_convert_tagsets_fetch (KutipConvertTagsets *self,
                                          const char *path,
                                          KutipTagsetReadFunc read,
                                          const KutipTagsetMore *more,
                                          gboolean *exists);
/* Moves what there is to tell of the files to @report, in the order of their paths. */
void kutip_convert_tagsets_tell (KutipConvertTagsets *self, KutipReport *report);

G_END_DECLS
