/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include <string.h>

/* Actions on an annotation's extent and on the attribution it belongs to. */

static void
on_attribution (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_open_attribution (KUTIP_WINDOW (data)->annotator);
}

static void
on_close_attribution (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_close_attribution (KUTIP_WINDOW (data)->annotator);
}

/* "end+word", "start-character": which edge, where to, by what. */
static void
on_edge (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *how = g_variant_get_string (parameter, NULL);
  gboolean end_edge = g_str_has_prefix (how, "end");
  const char *direction = how + strcspn (how, "+-");
  KutipUnit unit = KUTIP_UNIT_WORD;

  if (strcmp (direction + 1, "character") == 0)
    unit = KUTIP_UNIT_CHARACTER;
  else if (strcmp (direction + 1, "sentence") == 0)
    unit = KUTIP_UNIT_SENTENCE;
  kutip_annotator_move_edge (KUTIP_WINDOW (data)->annotator, end_edge, unit,
                             *direction == '+');
}

static void
on_add_piece (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_add_piece (KUTIP_WINDOW (data)->annotator);
}

static void
on_remove_piece (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_remove_piece (KUTIP_WINDOW (data)->annotator);
}

static void
on_split (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_split (KUTIP_WINDOW (data)->annotator);
}

static void
on_merge (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_merge (KUTIP_WINDOW (data)->annotator);
}

static void
on_duplicate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_duplicate (KUTIP_WINDOW (data)->annotator,
                             g_variant_get_string (parameter, NULL));
}

static void
on_mark_on (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_mark_on (KUTIP_WINDOW (data)->annotator,
                           g_variant_get_string (parameter, NULL));
}

static void
on_mark_rest (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_mark_rest (KUTIP_WINDOW (data)->annotator,
                             g_variant_get_string (parameter, NULL));
}

static const GActionEntry entries[] = {
  { .name = "mark-on", .activate = on_mark_on, .parameter_type = "s" },
  { .name = "mark-rest", .activate = on_mark_rest, .parameter_type = "s" },
  { .name = "attribution", .activate = on_attribution },
  { .name = "close-attribution", .activate = on_close_attribution },
  { .name = "edge", .activate = on_edge, .parameter_type = "s" },
  { .name = "add-piece", .activate = on_add_piece },
  { .name = "remove-piece", .activate = on_remove_piece },
  { .name = "split", .activate = on_split },
  { .name = "merge", .activate = on_merge },
  { .name = "duplicate", .activate = on_duplicate, .parameter_type = "s" },
};

void
kutip_window_add_shape_actions (KutipWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->annotation_actions), entries,
                                   G_N_ELEMENTS (entries), self);
}

void
kutip_window_update_shape_actions (KutipWindow *self, gboolean can_edit)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GAction *action = g_action_map_lookup_action (
          G_ACTION_MAP (self->annotation_actions), entries[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), can_edit);
    }
}
