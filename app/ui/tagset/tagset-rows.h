/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Rows of a form that show one member of a draft's item, and change it. What
 * changes the item in any other way has them show it anew, or makes others. @field is the
 * member's name, by which it is a step to undo; @offset is its place in KutipDraftItem.
 */

GtkWidget *kutip_tagset_row_entry (KutipTagsetDraft *draft,
                                   guint id,
                                   const char *field,
                                   gsize offset,
                                   const char *title);
/* A few lines of Markdown, without a frame of their own. */
GtkWidget *kutip_tagset_row_text (KutipTagsetDraft *draft,
                                  guint id,
                                  const char *field,
                                  gsize offset,
                                  const char *name,
                                  int height);
/* @offset is that of a gboolean. */
GtkWidget *kutip_tagset_row_switch (KutipTagsetDraft *draft,
                                    guint id,
                                    gsize offset,
                                    const char *title,
                                    const char *subtitle);
/* Whether the item's list of ids at @offset has @member. The box is a prefix, so that the
 * row has room for another behind. */
GtkWidget *kutip_tagset_row_check (
    KutipTagsetDraft *draft, guint id, gsize offset, guint member, const char *title);
/* The same as a button, for the end of a row. */
GtkWidget *kutip_tagset_check_button (KutipTagsetDraft *draft,
                                      guint id,
                                      gsize offset,
                                      guint member,
                                      const char *label,
                                      const char *name);

/* Shows what the item says now. */
void kutip_tagset_row_show (GtkWidget *row);
/* Has the rows in @root that show @from show @to, an item of the same kind, instead. */
void kutip_tagset_rows_move (GtkWidget *root, guint from, guint to);

/* "Quote", or the name when it has no title. */
const char *kutip_tagset_item_title (const KutipDraftItem *item);

#define KUTIP_ITEM(member) G_STRUCT_OFFSET (KutipDraftItem, member)

G_END_DECLS
