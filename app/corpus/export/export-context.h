/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "text/segment.h"

G_BEGIN_DECLS

/* Cuts an article into records of one sentence or paragraph (@unit) each, those that have
 * a span, in the order of the text; all layers of the article are in each. What a record
 * is called says where it was, in code points: "a.txt" gives "a.395-538.txt".
 *
 * A span that crosses a border is cut: each record has its part of it, under the same id.
 * That is a loss ("context-spans"), and so is a relation whose ends are never in one
 * record ("context-relations"). Orphans have no place, and are lost ("orphans").
 *
 * Returns records, owned. */
GPtrArray *kutip_export_cut (KutipRecord *record, KutipUnit unit, KutipReport *report);

G_END_DECLS
