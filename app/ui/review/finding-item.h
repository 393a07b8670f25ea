/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/finding-lists.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_FINDING_ITEM (kutip_finding_item_get_type ())
G_DECLARE_FINAL_TYPE (KutipFindingItem, kutip_finding_item, KUTIP, FINDING_ITEM, GObject)

/* A finding in a KutipFindingModel. As long as anybody holds it, the model gives the same
 * item for the same finding, through every change of what it is about, so that a row
 * keeps its focus.
 *
 * Signal "changed": what it is about is not what it was. */

KutipFindingItem *kutip_finding_item_new (const KutipFinding *finding);
/* Whatever becomes of the layer, the id in it is valid as long as the item. */
const KutipFinding *kutip_finding_item_get (KutipFindingItem *self);

/* For the model. */
void kutip_finding_item_update (KutipFindingItem *self);

G_END_DECLS
