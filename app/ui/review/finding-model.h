/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/check.h"
#include "ui/review/finding-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_FINDING_MODEL (kutip_finding_model_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipFindingModel, kutip_finding_model, KUTIP, FINDING_MODEL, GObject)

/* One of the lists of findings that a KutipCheck keeps (model/finding-lists.h) as a
 * GListModel of KutipFindingItem, made when asked for: it holds no copy. */

KutipFindingModel *kutip_finding_model_new (guint list);
/* NULL: none, and the model is empty. */
void kutip_finding_model_set_check (KutipFindingModel *self, KutipCheck *check);
/* Whether somebody can see the rows. Of a list that nobody sees there are none, until
 * kutip_finding_model_reach(). */
void kutip_finding_model_set_seen (KutipFindingModel *self, gboolean seen);
/* After another check or list, or very many changes, the first rows come at once and the
 * others little by little, as making all that GtkListView wants takes several frames; so
 * those that were there go, which stand behind them meanwhile and stand for nothing.
 * This makes that one come, with those before it. */
void kutip_finding_model_reach (KutipFindingModel *self, guint position);
/* Whether something is listed there, rather than leaving. */
gboolean kutip_finding_model_is_listed (KutipFindingModel *self, guint position);
/* Whether the view is at the start of the list, as it is taken to be until this is told;
 * where it is not, all go at once. */
void kutip_finding_model_set_at_start (KutipFindingModel *self, gboolean at_start);
/* How many there are, shown yet or not. */
guint kutip_finding_model_count (KutipFindingModel *self);
void kutip_finding_model_set_list (KutipFindingModel *self, guint list);
guint kutip_finding_model_get_list (KutipFindingModel *self);
/* Where the first finding of that span or relation is; FALSE when it has none here. */
gboolean kutip_finding_model_find (KutipFindingModel *self,
                                   const char *id,
                                   guint *position);

G_END_DECLS
