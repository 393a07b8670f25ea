/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_NOTICE (kutip_notice_get_type ())
G_DECLARE_FINAL_TYPE (KutipNotice, kutip_notice, KUTIP, NOTICE, GtkWidget)

/* A line across the window that says what has happened to a file and what can be done
 * about it; it stays until it is dismissed or no longer true. Screen readers announce it.
 */
GtkWidget *kutip_notice_new (GtkMessageType type, const char *text);
/* A button that activates @action (with its target). */
void kutip_notice_add_button (KutipNotice *self, const char *label, const char *action);
const char *kutip_notice_get_text (KutipNotice *self);

G_END_DECLS
