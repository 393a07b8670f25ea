/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK 4.8 loses a click now and then. Where something was laid out, it makes up a motion
 * of the pointer after the next event, with the buttons as the display has them by then:
 * when that event is a press, and the button is up again already while its release still
 * waits to be read, each gesture takes the motion for the end of the press, and the
 * release comes to nothing. A tap on a touchpad can be as short as that, and so can each
 * click be where the machine is busy.
 *
 * Keeps such motions from all windows and popovers that come from now on. Once, after GTK
 * is initialized. */
void kutip_whole_clicks_keep (void);

G_END_DECLS
