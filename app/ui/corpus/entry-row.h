/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ENTRY_ROW (kutip_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (KutipEntryRow, kutip_entry_row, KUTIP, ENTRY_ROW, GtkWidget)

/* An article of a corpus in the list: how far it is, and its name. Signal "clicked". */
GtkWidget *kutip_entry_row_new (void);
/* NULL while the row shows nothing. */
void kutip_entry_row_set_entry (KutipEntryRow *self, KutipEntry *entry);
KutipEntry *kutip_entry_row_get_entry (KutipEntryRow *self);
/* Whether it is the article that is open in the window. */
void kutip_entry_row_set_open (KutipEntryRow *self, gboolean open);

G_END_DECLS
