/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_NOTE_VIEW (kutip_note_view_get_type ())
G_DECLARE_FINAL_TYPE (KutipNoteView, kutip_note_view, KUTIP, NOTE_VIEW, GtkWidget)

/* A few lines of free text that belong to something.
 *
 * Signal "edited": the text is another one than was set, and the writer has paused or
 * left. */
GtkWidget *kutip_note_view_new (void);
/* NULL and "" are the same. What is being written stays, unless @note is another one than
 * was set last; then the caret stays where the texts are alike. */
void kutip_note_view_set_note (KutipNoteView *self, const char *note);
/* NULL when empty. */
char *kutip_note_view_dup_note (KutipNoteView *self);
/* Applies what has been written and not applied yet. */
void kutip_note_view_commit (KutipNoteView *self);
/* What takes the focus. */
GtkWidget *kutip_note_view_get_target (KutipNoteView *self);

G_END_DECLS
