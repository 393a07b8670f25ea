/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A toast that says all of @text, no markup, in as many lines as @overlay makes it: GTK's
 * own would cut what does not fit into one. @button: what its button says, with an
 * underscore before the letter of its key; NULL for none. Add it to @overlay at once. */
AdwToast *kutip_toast_new (AdwToastOverlay *overlay,
                           const char *text,
                           const char *button);

G_END_DECLS
