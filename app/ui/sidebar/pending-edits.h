/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

G_BEGIN_DECLS

/* What was written about a span, or a link, when it stopped being the current one. That
 * can happen in the middle of a change (undo makes another span current), where no other
 * change may begin: so it is applied a moment later, or when somebody asks for it. */
typedef struct _KutipPendingEdits KutipPendingEdits;

KutipPendingEdits *kutip_pending_edits_new (void);
/* Forgets what has not been applied. */
void kutip_pending_edits_free (KutipPendingEdits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipPendingEdits, kutip_pending_edits_free)

/* What makes @attributes of @base: only that is done to the attributes there are by then.
 * Both may be NULL, for none. */
void kutip_pending_edits_add_attributes (KutipPendingEdits *self,
                                         KutipAnnotator *annotator,
                                         const char *id,
                                         KutipAttributes *base,
                                         KutipAttributes *attributes);
void kutip_pending_edits_add_note (KutipPendingEdits *self,
                                   KutipAnnotator *annotator,
                                   const char *id,
                                   const char *note);
/* Now; not in the middle of a change. */
void kutip_pending_edits_apply (KutipPendingEdits *self);

G_END_DECLS
