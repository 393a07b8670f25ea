/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The form for one item of a draft: all that can be said of it, of which only the first
 * part is there. */
GtkWidget *kutip_tagset_form_new (KutipTagsetDraft *draft, guint id);
/* Has the form show item @id as it is now, in the rows and parts that are there: to make
 * them anew takes most of a frame. FALSE: it needs another form, as it is of another
 * kind, or what the rows are about has changed. */
gboolean kutip_tagset_form_show (GtkWidget *form, guint id);
/* Adds the next part; FALSE: all are there. A whole form takes longer than a frame. */
gboolean kutip_tagset_form_add_part (GtkWidget *form);
/* The field of that name in @root, a form or what it lies in; NULL: not there, or not
 * yet. */
GtkWidget *kutip_tagset_form_find_field (GtkWidget *root, const char *name);

/* A part of it, at the end of @box. */
void kutip_tagset_form_add_attribute (GtkBox *box, KutipTagsetDraft *draft, guint id);

/* A group with a title, at the end of @box. */
AdwPreferencesGroup *kutip_tagset_form_add_group (GtkBox *box, const char *title);
/* One check row for each item of @kind: whether @id's list at @offset has it. */
void kutip_tagset_form_add_checks (AdwPreferencesGroup *group,
                                   KutipTagsetDraft *draft,
                                   guint id,
                                   gsize offset,
                                   KutipDraftKind kind);

G_END_DECLS
