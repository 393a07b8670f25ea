/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

G_BEGIN_DECLS

/* Does something to the document as a person or an importer would, at random: marks,
 * moves, relabels, notes, links, deletes, sets the header, or several of these as one
 * change. Some of it is refused. Returns whether the document has changed. */
gboolean random_edit (KutipDocument *document, GRand *random);

G_END_DECLS
