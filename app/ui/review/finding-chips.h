/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/check.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_FINDING_CHIPS (kutip_finding_chips_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipFindingChips, kutip_finding_chips, KUTIP, FINDING_CHIPS, GtkWidget)

/* A toggle for each kind of finding that there is, with how many there are; one of them
 * may be down, and is the filter. Signal "changed": another one is, or none. */

/* @whole: KUTIP_FINDINGS_TO_DO or KUTIP_FINDINGS_TO_REVIEW, whose kinds they are. */
GtkWidget *kutip_finding_chips_new (guint whole);
void kutip_finding_chips_set_check (KutipFindingChips *self, KutipCheck *check);
/* The list of the kind that is chosen, or the whole. */
guint kutip_finding_chips_get_list (KutipFindingChips *self);
/* Lets all kinds pass again. */
void kutip_finding_chips_clear (KutipFindingChips *self);

G_END_DECLS
