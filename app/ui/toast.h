/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A toast that says all of @text, no markup, in several lines where the window is narrow:
 * libadwaita's own would cut it. */
AdwToast *kutip_toast_new (const char *text);

G_END_DECLS
