/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is left to do, and the review after the article has changed: pages of the side
 * pane, and the commands for them. */

static KutipReviewPane *
get_review (gpointer window)
{
  return kutip_sidebar_get_review (KUTIP_WINDOW (window)->sidebar);
}

static void
show_page (KutipWindow *self, const char *page)
{
  kutip_window_show_annotations (self, TRUE);
  kutip_sidebar_set_page (kutip_window_get_sidebar (self), page);
}

/* Over the text the pane would hide what is reviewed: there it comes when asked for. */
static void
show_review_beside (KutipWindow *self)
{
  kutip_sidebar_set_page (kutip_window_get_sidebar (self), "review");
  if (adw_flap_get_folded (self->annotations_flap))
    return;
  kutip_window_show_annotations (self, TRUE);
  /* What it offers is there. */
  kutip_window_notify (self, "text", GTK_MESSAGE_INFO, NULL);
}

static void
on_to_do (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;

  show_page (self, "to-do");
  kutip_to_do_pane_focus (kutip_sidebar_get_to_do (kutip_window_get_sidebar (self)));
}

static void
on_review (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;

  show_page (self, "review");
  kutip_review_pane_go_to (get_review (self), NULL);
  kutip_review_pane_focus (get_review (self));
  kutip_window_notify (self, "text", GTK_MESSAGE_INFO, NULL);
}

static void
on_next_review (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_review_beside (data);
  kutip_review_pane_step (get_review (data), TRUE);
}

static void
on_previous_review (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_review_beside (data);
  kutip_review_pane_step (get_review (data), FALSE);
}

static void
on_confirm (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_review_pane_confirm (get_review (data));
}

static void
on_place (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_review_pane_place (get_review (data));
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_review_pane_delete (get_review (data));
}

static void
on_moved (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_review_pane_confirm_moved (get_review (data));
}

static const GActionEntry window_entries[] = {
  { .name = "to-do", .activate = on_to_do },
  { .name = "review", .activate = on_review },
};

static const GActionEntry review_entries[] = {
  { .name = "next-review", .activate = on_next_review },
  { .name = "previous-review", .activate = on_previous_review },
  { .name = "review-confirm", .activate = on_confirm },
  { .name = "review-place", .activate = on_place },
  { .name = "review-delete", .activate = on_delete },
  { .name = "review-moved", .activate = on_moved },
};

/* The place of an attribute in the form of the card: that of the label. */
static guint
find_attribute (KutipWindow *self, KutipSpan *span, const char *name)
{
  const KutipLabelType *label = kutip_tagset_get_label (kutip_window_get_tagset (self),
                                                        kutip_span_get_label (span));

  for (guint i = 0; label != NULL && label->attributes[i] != NULL; i++)
    if (strcmp (label->attributes[i], name) == 0)
      return i;
  return 0;
}

/* A quote's source may have to be marked yet, which its open attribution takes in; other
 * links are drawn. */
static void
complete_link (KutipWindow *self, KutipSpan *span, const char *relation)
{
  KutipSpan *content;

  kutip_window_focus_article (self);
  kutip_annotator_open_attribution (self->annotator);
  content = kutip_annotator_get_attribution (self->annotator);
  if (content == NULL ||
      strcmp (kutip_span_get_id (content), kutip_span_get_id (span)) != 0)
    kutip_annotator_start_link (self->annotator, relation);
}

static void
show_card (KutipWindow *self)
{
  show_page (self, "annotations");
  gtk_widget_child_focus (
      GTK_WIDGET (kutip_sidebar_get_card (kutip_window_get_sidebar (self))),
      GTK_DIR_TAB_FORWARD);
}

/* The span is current already. */
static void
fix (KutipWindow *self, KutipFindingItem *item)
{
  const KutipFinding *finding = kutip_finding_item_get (item);
  KutipSpan *span =
      kutip_check_get_span (kutip_annotator_get_check (self->annotator), finding);

  if (span == NULL)
    return;
  switch (finding->kind)
    {
    case KUTIP_FINDING_MISSING_RELATION:
      complete_link (self, span, finding->name);
      break;
    case KUTIP_FINDING_MISSING_ATTRIBUTE:
    case KUTIP_FINDING_UNKNOWN_VALUE:
      kutip_window_show_annotations (self, TRUE);
      kutip_sidebar_focus_attribute (kutip_window_get_sidebar (self),
                                     find_attribute (self, span, finding->name));
      break;
    case KUTIP_FINDING_ORPHAN:
    case KUTIP_FINDING_APPROXIMATE:
    case KUTIP_FINDING_MOVED:
      show_page (self, "review");
      kutip_review_pane_go_to (get_review (self), finding->id);
      kutip_window_focus_article (self);
      break;
    case KUTIP_FINDING_UNKNOWN_LABEL:
    case KUTIP_FINDING_FORBIDDEN_RELATION:
    case KUTIP_FINDING_TOO_MANY_RELATIONS:
      show_card (self);
      break;
    case KUTIP_FINDING_UNSURE:
    case KUTIP_N_FINDING_KINDS:
    default:
      kutip_window_focus_article (self);
    }
}

static void
on_review_chosen (KutipWindow *self, gboolean enter)
{
  if (enter)
    kutip_window_focus_article (self);
}

static void
on_review_closed (KutipWindow *self)
{
  kutip_window_focus_article (self);
}

void
kutip_window_add_review_actions (KutipWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), window_entries,
                                   G_N_ELEMENTS (window_entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self->annotation_actions),
                                   review_entries, G_N_ELEMENTS (review_entries), self);
  g_signal_connect_object (kutip_sidebar_get_to_do (kutip_window_get_sidebar (self)),
                           "fix", G_CALLBACK (fix), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_review (self), "chosen", G_CALLBACK (on_review_chosen),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_review (self), "closed", G_CALLBACK (on_review_closed),
                           self, G_CONNECT_SWAPPED);
}

static void
set_enabled (gpointer map, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (map), name)), enabled);
}

void
kutip_window_update_review_actions (KutipWindow *self, gboolean can_edit)
{
  KutipCheck *check =
      self->annotator != NULL ? kutip_annotator_get_check (self->annotator) : NULL;
  gboolean has_any =
      check != NULL && kutip_check_count (check, KUTIP_FINDINGS_TO_REVIEW) > 0;
  gboolean has_moved =
      check != NULL && kutip_check_count (check, KUTIP_FINDING_MOVED) > 0;

  set_enabled (self, "to-do", check != NULL);
  set_enabled (self, "review", check != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (review_entries); i++)
    set_enabled (self->annotation_actions, review_entries[i].name,
                 has_any &&
                     (can_edit || g_str_has_suffix (review_entries[i].name, "-review")));
  set_enabled (self->annotation_actions, "review-moved", has_moved && can_edit);
}
