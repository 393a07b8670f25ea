/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/edit.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_HISTORY (kutip_history_get_type ())
G_DECLARE_FINAL_TYPE (KutipHistory, kutip_history, KUTIP, HISTORY, GObject)

/* What was done, and what was undone and can be done again: a list of changes and a
 * position in it. Pushing forgets what was undone. */
KutipHistory *kutip_history_new (void);
void kutip_history_push (KutipHistory *self, KutipChange *change);
/* The change to take back or to do again, or NULL; borrowed. Moving is separate. */
KutipChange *kutip_history_peek_undo (KutipHistory *self);
KutipChange *kutip_history_peek_redo (KutipHistory *self);
void kutip_history_step_back (KutipHistory *self);
void kutip_history_step_forward (KutipHistory *self);
guint kutip_history_get_n_changes (KutipHistory *self);
/* Changes done, counted from the start: 0 to n_changes. */
guint kutip_history_get_position (KutipHistory *self);
KutipChange *kutip_history_get_nth (KutipHistory *self, guint i);
/* What can be done again, and is forgotten with the next change: owned by the caller,
 * with references; NULL where there is nothing. */
GPtrArray *kutip_history_list_undone (KutipHistory *self);

G_END_DECLS
