/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_RELATION_DETAILS (kutip_relation_details_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipRelationDetails, kutip_relation_details, KUTIP, RELATION_DETAILS, GtkWidget)

/* The form of one link: its kind and direction, its attributes, its note. Edits of a link
 * that stops being shown are applied a moment later, as of spans
 * (ui/sidebar/pending-edits.h). */
GtkWidget *kutip_relation_details_new (void);
/* Shows what the link is now. @relation NULL: none. @taken: mnemonics used elsewhere in
 * the form. */
void kutip_relation_details_show (KutipRelationDetails *self,
                                  KutipAnnotator *annotator,
                                  KutipRelation *relation,
                                  GArray *taken);
/* The id of the link shown, or NULL. */
const char *kutip_relation_details_get_id (KutipRelationDetails *self);
/* Applies what has been written and not applied yet; not in the middle of a change. */
void kutip_relation_details_commit (KutipRelationDetails *self);
/* The first attribute, or the note. */
void kutip_relation_details_focus (KutipRelationDetails *self);

/* What a link says besides its kind, on one line; NULL when nothing. */
char *kutip_relation_details_summarize (KutipTagset *tagset, KutipRelation *relation);

G_END_DECLS
