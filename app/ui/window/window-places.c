/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include "ui/dialog/jump-dialog.h"

/* The buttons of a mouse that go back and forward, as X numbers them. */
#define BUTTON_BACK 8
#define BUTTON_FORWARD 9

static void
step (KutipWindow *self, gboolean forward)
{
  g_autoptr (GFile) held = NULL;
  GFile *file;
  guint offset;

  if (!kutip_places_step (self->places, forward, &file, &offset))
    return;
  held = g_object_ref (file);
  kutip_window_open_place (self, held, (KutipRange){ offset, offset });
  kutip_window_update_place_actions (self);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (data, FALSE);
}

static void
on_forward (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (data, TRUE);
}

static void
on_jump (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_jump_dialog_present (data, KUTIP_WINDOW (data)->annotator);
}

static void
on_next_alike (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_go_to_next_alike (KUTIP_WINDOW (data)->annotator, TRUE);
}

static void
on_previous_alike (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_go_to_next_alike (KUTIP_WINDOW (data)->annotator, FALSE);
}

static void
on_button (GtkGestureClick *click, int n_press, double x, double y, KutipWindow *self)
{
  guint button = gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (click));

  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  step (self, button == BUTTON_FORWARD);
}

static void
add_button (KutipWindow *self, guint button)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_button), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static const GActionEntry window_entries[] = {
  { .name = "back", .activate = on_back },
  { .name = "forward", .activate = on_forward },
};

static const GActionEntry annotation_entries[] = {
  { .name = "jump", .activate = on_jump },
  { .name = "next-alike", .activate = on_next_alike },
  { .name = "previous-alike", .activate = on_previous_alike },
};

void
kutip_window_add_place_actions (KutipWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), window_entries,
                                   G_N_ELEMENTS (window_entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self->annotation_actions),
                                   annotation_entries, G_N_ELEMENTS (annotation_entries),
                                   self);
  add_button (self, BUTTON_BACK);
  add_button (self, BUTTON_FORWARD);
}

void
kutip_window_note_place (KutipWindow *self)
{
  /* On the way to another article: where it opens is no place that was gone to. */
  if (self->annotator == NULL || self->article_file == NULL || self->wanted_file != NULL)
    return;
  kutip_places_visit (self->places, self->article_file,
                      kutip_annotator_get_selection (self->annotator).start);
  kutip_window_update_place_actions (self);
}

static void
set_enabled (GActionMap *map, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)),
                               enabled);
}

void
kutip_window_update_place_actions (KutipWindow *self)
{
  GActionMap *annotation = G_ACTION_MAP (self->annotation_actions);
  gboolean has_article = self->annotator != NULL;
  gboolean has_spans =
      has_article && kutip_layer_get_n_spans (kutip_document_get_layer (
                         kutip_annotator_get_document (self->annotator))) > 0;

  set_enabled (G_ACTION_MAP (self), "back", kutip_places_can_step (self->places, FALSE));
  set_enabled (G_ACTION_MAP (self), "forward",
               kutip_places_can_step (self->places, TRUE));
  set_enabled (annotation, "jump", has_article);
  set_enabled (annotation, "next-alike", has_spans);
  set_enabled (annotation, "previous-alike", has_spans);
}
