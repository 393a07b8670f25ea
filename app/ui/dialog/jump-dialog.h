/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for a place in the article (ui/jump.h), says what is there as one writes, and goes
 * there. */
void kutip_jump_dialog_present (GtkWindow *parent, KutipAnnotator *annotator);

G_END_DECLS
