/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Lets a drop-down of GtkStringObjects be narrower than its longest entry: what is chosen
 * is ellipsized, the open list shows all of it, with a tick beside what is chosen. */
void kutip_drop_down_look_apply_text (GtkDropDown *drop_down);

/* What is chosen in a row of GtkStringObjects keeps room for its words, if they are not
 * many: else GTK 4.8 leaves all of it to the explanation below the row's title. */
void kutip_drop_down_look_apply_row (AdwComboRow *row);

/* Makes @strings (NULL-terminated) its entries, changing only what differs. Never by
 * another model: this is called while the drop-down still tells of a choice, and would
 * pull the model away under it. */
void kutip_drop_down_look_set_strings (GtkDropDown *drop_down,
                                       const char *const *strings);

/* The tick, for drop-downs with rows of their own: to be made when a row of the open list
 * is set up, and bound and unbound with it. */
GtkWidget *kutip_drop_down_look_create_tick (void);
void kutip_drop_down_look_bind_tick (GtkWidget *tick,
                                     GtkListItem *list_item,
                                     GtkDropDown *drop_down);
void kutip_drop_down_look_unbind_tick (GtkWidget *tick, GtkDropDown *drop_down);

G_END_DECLS
