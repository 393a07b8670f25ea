/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert-input.h"
#include "corpus/rename.h"

G_BEGIN_DECLS

/* A record that was read from @unit, as the output is to have it: its orphans are looked
 * for in the text, its tag set found (for Kutip's own articles, that of the folder), its
 * names changed by @renaming, which may be NULL; circles of relations are warned of
 * unless it is Kutip's own. @tagset: of the output, or NULL. From any thread. */
gboolean kutip_convert_prepare (KutipRecord *record,
                                const KutipConvertUnit *unit,
                                KutipConvertFiles *files,
                                KutipTagset *tagset,
                                KutipRenaming *renaming,
                                KutipReport *report,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
