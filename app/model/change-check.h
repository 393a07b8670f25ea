/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/edit.h"

G_BEGIN_DECLS

/* Whether @change can be made to @layer, edit after edit, and leaves it whole: every
 * "before" is what the layer holds by then, ids are unique, ranges are in order and lie
 * within @length code points, and every relation's ends are there when all is done. Takes
 * time in proportion to the edits and the relations of removed spans. Errors are
 * KUTIP_DOCUMENT_ERROR. */
gboolean kutip_change_check (KutipChange *change,
                             KutipLayer *layer,
                             guint length,
                             GError **error);

G_END_DECLS
