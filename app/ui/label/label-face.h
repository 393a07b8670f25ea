/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/label/label-look.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_LABEL_FACE (kutip_label_face_get_type ())
G_DECLARE_FINAL_TYPE (KutipLabelFace, kutip_label_face, KUTIP, LABEL_FACE, GtkWidget)

/* What stands on a label's button: its badge, its title and its key. The key goes where
 * there is no room for it, before anything of the title is cut off. NULL for @title: the
 * badge has to do; NULL for @key: it has none. Presentation only: the button is named. */
GtkWidget *kutip_label_face_new (const KutipLabelLook *look,
                                 const char *title,
                                 const char *key);

G_END_DECLS
