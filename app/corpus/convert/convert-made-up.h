/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/tagset-gather.h"

G_BEGIN_DECLS

/* A tag set that Kutip made up from annotations, as it does for the copy of what comes
 * from programs without one, says nothing that these do not say themselves. A format that
 * keeps no tag set loses nothing with it, if that is still so: which is known when the
 * last article is there. */
typedef struct _KutipConvertMadeUp KutipConvertMadeUp;

/* @all: each loss is listed in the end; else the first ones, and the rest is counted. */
KutipConvertMadeUp *kutip_convert_made_up_new (gboolean all);
void kutip_convert_made_up_free (KutipConvertMadeUp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipConvertMadeUp, kutip_convert_made_up_free)

/* Whether it has to wait what is told of the record's tag set. From any thread. */
gboolean kutip_convert_made_up_add (KutipConvertMadeUp *self, KutipRecord *record);
/* What is told of @tagset if it says more; what was in @losses is taken. In the writing
 * thread. */
void kutip_convert_made_up_wait (KutipConvertMadeUp *self,
                                 KutipTagset *tagset,
                                 KutipReport *losses);
/* All that waited, borrowed, or NULL when nothing is lost. */
KutipReport *kutip_convert_made_up_finish (KutipConvertMadeUp *self);

G_END_DECLS
