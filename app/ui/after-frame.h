/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Work on a widget that may wait until what the last key did stands on the screen: the
 * mark in the text is painted in one frame, the side pane follows in the next, so that
 * neither takes long. Whatever asks for it meanwhile, it is done once. */
typedef struct _KutipAfterFrame KutipAfterFrame;

typedef void (*KutipAfterFrameUpdate) (gpointer data);

/* @widget has to live as long as this. */
KutipAfterFrame *kutip_after_frame_new (GtkWidget *widget,
                                        KutipAfterFrameUpdate update,
                                        gpointer data);
/* What is still to be done is not done. */
void kutip_after_frame_free (KutipAfterFrame *self);

/* Has it done after the next frame; when the widget is in a window but not to be seen, as
 * soon as it is; at once when it is in no window. */
void kutip_after_frame_queue (KutipAfterFrame *self);
/* Does at once what is still to be done. */
void kutip_after_frame_flush (KutipAfterFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipAfterFrame, kutip_after_frame_free)

G_END_DECLS
