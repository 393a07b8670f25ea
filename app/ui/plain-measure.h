/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Lets the windows of @klass, at the end of its class_init, tell their least width
 * whatever their height. GTK looks for the least size of the shape that a window has, and
 * asks for that for the width of all that is in it for one height after another, each
 * time something in it is laid out anew: each text that wraps is laid out at some forty
 * widths. Without, the least height is that of the least width. */
void kutip_plain_measure_init (GtkWidgetClass *klass);
/* The same for what is in a status page, which is centred, and for that is asked, each
 * time the page gets its size, how wide it has to be for that height. @page never gets a
 * child. Where it is made in another way than in libadwaita 1.2, nothing is spared, and
 * nothing is wrong. */
void kutip_plain_measure_page (AdwStatusPage *page);

G_END_DECLS
