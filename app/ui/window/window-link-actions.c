/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include <glib/gi18n.h>

/* Actions on the links that are there. */

static void
on_follow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_follow_relation (KUTIP_WINDOW (data)->annotator);
}

static void
on_next_link (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_step_relation (KUTIP_WINDOW (data)->annotator);
}

static void
on_link_type (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_start_choice (KUTIP_WINDOW (data)->annotator);
}

static void
on_reverse_link (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_reverse_relation (KUTIP_WINDOW (data)->annotator);
}

static void
on_remove_link (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_remove_relation (KUTIP_WINDOW (data)->annotator);
}

static void
on_link_details (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;

  if (kutip_annotator_get_relation (self->annotator) == NULL)
    {
      kutip_window_show_toast (self, _ ("No span with a link is selected."), FALSE);
      return;
    }
  kutip_window_show_annotations (self, TRUE);
  kutip_sidebar_focus_link (kutip_window_get_sidebar (self));
}

/* What changes nothing works in a read-only article too. */
static const GActionEntry moves[] = {
  { .name = "follow", .activate = on_follow },
  { .name = "next-link", .activate = on_next_link },
  { .name = "link-details", .activate = on_link_details },
};

static const GActionEntry edits[] = {
  { .name = "link-type", .activate = on_link_type },
  { .name = "reverse-link", .activate = on_reverse_link },
  { .name = "remove-link", .activate = on_remove_link },
};

void
kutip_window_add_link_actions (KutipWindow *self)
{
  GActionMap *map = G_ACTION_MAP (self->annotation_actions);

  g_action_map_add_action_entries (map, moves, G_N_ELEMENTS (moves), self);
  g_action_map_add_action_entries (map, edits, G_N_ELEMENTS (edits), self);
}

static void
set_enabled (KutipWindow *self, const GActionEntry *entries, guint n, gboolean enabled)
{
  for (guint i = 0; i < n; i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (
            G_ACTION_MAP (self->annotation_actions), entries[i].name)),
        enabled);
}

void
kutip_window_update_link_actions (KutipWindow *self,
                                  gboolean has_spans,
                                  gboolean can_edit)
{
  set_enabled (self, moves, G_N_ELEMENTS (moves), has_spans);
  set_enabled (self, edits, G_N_ELEMENTS (edits), has_spans && can_edit);
}
