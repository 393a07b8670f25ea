/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/note-view.h"

#include <string.h>

/* A pause as long as this is taken for the end of a thought. */
#define PAUSE_MSEC 1500

#define MIN_HEIGHT 64
#define MAX_HEIGHT 200

struct _KutipNoteView
{
  GtkWidget parent_instance;

  GtkWidget *frame;
  GtkWidget *view;
  GtkTextBuffer *buffer;
  char *note; /* as set last; never NULL */
  guint pause_source;
  gboolean is_showing;
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipNoteView, kutip_note_view, GTK_TYPE_WIDGET)

static char *
dup_text (KutipNoteView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

/* Replaces only the middle in which the texts differ, so that the caret and the selection
 * stay. */
static void
replace_text (KutipNoteView *self, const char *new_text)
{
  g_autofree char *old_text = dup_text (self);
  const char *a = old_text;
  const char *b = new_text;
  const char *a_end = old_text + strlen (old_text);
  const char *b_end = new_text + strlen (new_text);
  GtkTextIter start, end;
  glong prefix = 0;
  glong n_old;

  while (*a != '\0' && *b != '\0' && g_utf8_get_char (a) == g_utf8_get_char (b))
    {
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
      prefix++;
    }
  while (a_end > a && b_end > b &&
         g_utf8_get_char (g_utf8_prev_char (a_end)) ==
             g_utf8_get_char (g_utf8_prev_char (b_end)))
    {
      a_end = g_utf8_prev_char (a_end);
      b_end = g_utf8_prev_char (b_end);
    }
  n_old = g_utf8_pointer_to_offset (a, a_end);

  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) prefix);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) (prefix + n_old));
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, b, (int) (b_end - b));
  gtk_text_buffer_end_irreversible_action (self->buffer);
}

static void
on_pause (gpointer data)
{
  KutipNoteView *self = data;

  self->pause_source = 0;
  kutip_note_view_commit (self);
}

static void
on_buffer_changed (KutipNoteView *self)
{
  if (self->is_showing)
    return;

  g_clear_handle_id (&self->pause_source, g_source_remove);
  self->pause_source = g_timeout_add_once (PAUSE_MSEC, on_pause, self);
}

static void
kutip_note_view_dispose (GObject *object)
{
  KutipNoteView *self = KUTIP_NOTE_VIEW (object);

  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_clear_pointer (&self->frame, gtk_widget_unparent);
  G_OBJECT_CLASS (kutip_note_view_parent_class)->dispose (object);
}

static void
kutip_note_view_finalize (GObject *object)
{
  g_free (KUTIP_NOTE_VIEW (object)->note);
  G_OBJECT_CLASS (kutip_note_view_parent_class)->finalize (object);
}

static void
kutip_note_view_class_init (KutipNoteViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_note_view_dispose;
  object_class->finalize = kutip_note_view_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[EDITED] = g_signal_new ("edited", KUTIP_TYPE_NOTE_VIEW, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
build_view (KutipNoteView *self)
{
  GtkTextView *view;

  self->view = gtk_text_view_new ();
  view = GTK_TEXT_VIEW (self->view);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_left_margin (view, 9);
  gtk_text_view_set_right_margin (view, 9);
  gtk_text_view_set_top_margin (view, 6);
  gtk_text_view_set_bottom_margin (view, 6);
  self->buffer = gtk_text_view_get_buffer (view);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_buffer_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
kutip_note_view_init (KutipNoteView *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->note = g_strdup ("");
  build_view (self);
  g_signal_connect_object (focus, "leave", G_CALLBACK (kutip_note_view_commit), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->view, focus);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), MIN_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  gtk_widget_add_css_class (scrolled, "note-frame");
  self->frame = scrolled;
  gtk_widget_set_parent (self->frame, GTK_WIDGET (self));
}

GtkWidget *
kutip_note_view_new (void)
{
  return g_object_new (KUTIP_TYPE_NOTE_VIEW, NULL);
}

void
kutip_note_view_set_note (KutipNoteView *self, const char *note)
{
  g_return_if_fail (KUTIP_IS_NOTE_VIEW (self));

  if (note == NULL)
    note = "";
  if (g_strcmp0 (note, self->note) == 0)
    return;

  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_free (self->note);
  self->note = g_strdup (note);
  self->is_showing = TRUE;
  replace_text (self, self->note);
  self->is_showing = FALSE;
}

char *
kutip_note_view_dup_note (KutipNoteView *self)
{
  char *text;

  g_return_val_if_fail (KUTIP_IS_NOTE_VIEW (self), NULL);

  text = dup_text (self);
  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

void
kutip_note_view_commit (KutipNoteView *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (KUTIP_IS_NOTE_VIEW (self));

  g_clear_handle_id (&self->pause_source, g_source_remove);
  text = dup_text (self);
  if (g_strcmp0 (text, self->note) == 0)
    return;

  /* From here on it counts as set, so that setting the old note again would show it. */
  g_free (self->note);
  self->note = g_steal_pointer (&text);
  g_signal_emit (self, signals[EDITED], 0);
}

GtkWidget *
kutip_note_view_get_target (KutipNoteView *self)
{
  g_return_val_if_fail (KUTIP_IS_NOTE_VIEW (self), NULL);

  return self->view;
}
