/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include "ui/dialog/open-dialog.h"
#include "ui/samples.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

static void
set_enabled (GActionMap *map, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (map, name);

  g_assert (action != NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (GActionMap *map, const char *name, gboolean state)
{
  GAction *action = g_action_map_lookup_action (map, name);

  g_assert (action != NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (state));
}

/* Where the file dialogs look first. */
static GFile *
get_folder (KutipWindow *self)
{
  if (self->article_file != NULL)
    return g_file_get_parent (self->article_file);
  if (self->corpus != NULL && kutip_corpus_get_folder (self->corpus) != NULL)
    return g_object_ref (kutip_corpus_get_folder (self->corpus));
  return NULL;
}

static void
open_chosen (GFile *const *files, guint n_files, const char *charset, gpointer data)
{
  kutip_window_open (data, files, n_files, charset);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) folder = get_folder (data);

  kutip_open_dialog_ask_articles (data, folder, open_chosen, data);
}

static void
on_open_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) folder = get_folder (data);

  kutip_open_dialog_ask_folder (data, folder, open_chosen, data);
}

static void
on_open_uri (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  kutip_window_open (data, &file, 1, NULL);
}

static void
on_open_samples (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_window_open_samples (data);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_window_save (data);
}

static void
on_save_elsewhere (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_window_save_elsewhere (data);
}

static void
on_show_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) folder = get_folder (data);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL)
    gtk_show_uri (data, uri, GDK_CURRENT_TIME);
}

static void
on_reload (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_window_reload (data);
}

static void
on_close (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_close (data);
}

/* From the one that is being opened, so that keys pressed in a row count. */
static void
go_to_article (KutipWindow *self, gboolean forward, gboolean unfinished)
{
  GFile *from = self->opening_file != NULL ? self->opening_file : self->article_file;
  KutipEntry *entry =
      kutip_corpus_pane_find_next (self->corpus_pane, from, forward, unfinished);

  if (entry != NULL)
    kutip_window_open_entry (self, entry);
  else if (unfinished)
    kutip_window_show_toast (self, _ ("All other articles are done."), FALSE);
  else
    kutip_window_show_toast (self,
                             forward ? _ ("This is the last article.")
                                     : _ ("This is the first article."),
                             FALSE);
}

static void
on_next_article (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  go_to_article (data, TRUE, FALSE);
}

static void
on_previous_article (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  go_to_article (data, FALSE, FALSE);
}

static void
on_next_unfinished (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  go_to_article (data, TRUE, TRUE);
}

static void
on_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;

  kutip_window_show_articles (self, TRUE);
  kutip_corpus_pane_focus_filter (self->corpus_pane);
}

static void
on_articles_pane (GSimpleAction *action, GVariant *state, gpointer data)
{
  kutip_window_show_articles (data, g_variant_get_boolean (state));
}

static void
on_annotations_pane (GSimpleAction *action, GVariant *state, gpointer data)
{
  kutip_window_show_annotations (data, g_variant_get_boolean (state));
}

static void
on_properties (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;
  GtkWidget *pane =
      GTK_WIDGET (kutip_sidebar_get_properties (kutip_window_get_sidebar (self)));
  GtkWidget *focus;

  kutip_window_show_annotations (self, TRUE);
  kutip_sidebar_set_page (kutip_window_get_sidebar (self), "properties");
  /* From another page the stack has taken it there already: no further then. */
  focus = gtk_root_get_focus (GTK_ROOT (self));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, pane))
    gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

static void
on_next_pane (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_window_step_pane (data, TRUE);
}

static void
on_previous_pane (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_window_step_pane (data, FALSE);
}

static void
on_wider_pane (GSimpleAction *action, GVariant *target, gpointer data)
{
  kutip_window_widen_pane (data, TRUE);
}

static void
on_narrower_pane (GSimpleAction *action, GVariant *target, gpointer data)
{
  kutip_window_widen_pane (data, FALSE);
}

static void
on_menu (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_menu_button_popup (KUTIP_WINDOW (data)->menu_button);
}

static void
on_fullscreen (GSimpleAction *action, GVariant *state, gpointer data)
{
  if (g_variant_get_boolean (state))
    gtk_window_fullscreen (data);
  else
    gtk_window_unfullscreen (data);
}

static void
on_fullscreened (KutipWindow *self)
{
  set_state (G_ACTION_MAP (self), "fullscreen",
             gtk_window_is_fullscreen (GTK_WINDOW (self)));
}

static const GActionEntry window_entries[] = {
  { .name = "open", .activate = on_open },
  { .name = "open-folder", .activate = on_open_folder },
  { .name = "open-uri", .activate = on_open_uri, .parameter_type = "s" },
  { .name = "open-samples", .activate = on_open_samples },
  { .name = "save", .activate = on_save },
  { .name = "save-elsewhere", .activate = on_save_elsewhere },
  { .name = "show-folder", .activate = on_show_folder },
  { .name = "reload", .activate = on_reload },
  { .name = "close", .activate = on_close },
  { .name = "next-article", .activate = on_next_article },
  { .name = "previous-article", .activate = on_previous_article },
  { .name = "next-unfinished", .activate = on_next_unfinished },
  { .name = "filter", .activate = on_filter },
  { .name = "articles-pane", .state = "false", .change_state = on_articles_pane },
  { .name = "annotations-pane", .state = "false", .change_state = on_annotations_pane },
  { .name = "properties", .activate = on_properties },
  { .name = "next-pane", .activate = on_next_pane },
  { .name = "wider-pane", .activate = on_wider_pane },
  { .name = "narrower-pane", .activate = on_narrower_pane },
  { .name = "previous-pane", .activate = on_previous_pane },
  { .name = "menu", .activate = on_menu },
  { .name = "fullscreen", .state = "false", .change_state = on_fullscreen },
};

static void
on_mark (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_mark (KUTIP_WINDOW (data)->annotator,
                        g_variant_get_string (parameter, NULL));
}

static void
on_set_label (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_set_label (KUTIP_WINDOW (data)->annotator,
                             g_variant_get_string (parameter, NULL));
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_remove_current (KUTIP_WINDOW (data)->annotator);
}

static void
on_unsure (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;
  KutipSpan *current = kutip_annotator_get_current (self->annotator);
  g_autoptr (GError) error = NULL;

  if (current == NULL)
    kutip_window_show_toast (
        self, _ ("No span is selected: click on one, or move the caret into it."), FALSE);
  else if (!kutip_annotate_set_unsure (kutip_annotator_get_document (self->annotator),
                                       current, !kutip_span_is_unsure (current), &error))
    kutip_annotator_report (self->annotator, error);
}

static void
on_link (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *relation = g_variant_get_string (parameter, NULL);

  /* "": what the tag set allows first. */
  kutip_annotator_start_link (KUTIP_WINDOW (data)->annotator,
                              *relation != '\0' ? relation : NULL);
}

static void
on_note (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;

  if (kutip_annotator_get_current (self->annotator) == NULL)
    {
      kutip_window_show_toast (
          self, _ ("No span is selected: click on one, or move the caret into it."),
          FALSE);
      return;
    }
  kutip_window_show_annotations (self, TRUE);
  kutip_sidebar_focus_note (kutip_window_get_sidebar (self));
}

static void
on_accept (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipAnnotator *annotator = KUTIP_WINDOW (data)->annotator;

  if (kutip_annotator_is_linking (annotator))
    kutip_annotator_accept_link_candidate (annotator);
  else
    kutip_annotator_join_attribution (annotator);
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipAnnotator *annotator = KUTIP_WINDOW (data)->annotator;
  KutipRange selection = kutip_annotator_get_selection (annotator);

  if (kutip_annotator_is_busy (annotator))
    {
      kutip_annotator_stop (annotator);
      return;
    }
  if (kutip_annotator_is_linking (annotator))
    {
      kutip_annotator_cancel_link (annotator);
      return;
    }
  kutip_annotator_close_attribution (annotator);
  kutip_annotator_set_selection (annotator, selection.end, selection.end, FALSE);
  kutip_annotator_set_current (annotator, NULL, FALSE);
}

/* What is written in a field is taken back there first. */
static gboolean
activate_in_field (KutipWindow *self, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean is_field =
      GTK_IS_EDITABLE (focus) ||
      (GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus)));

  return is_field && gtk_widget_activate_action (focus, action, NULL);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!activate_in_field (data, "text.undo"))
    kutip_annotator_undo (KUTIP_WINDOW (data)->annotator);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!activate_in_field (data, "text.redo"))
    kutip_annotator_redo (KUTIP_WINDOW (data)->annotator);
}

static void
on_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_go_to_next_span (KUTIP_WINDOW (data)->annotator, TRUE);
}

static void
on_previous (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_go_to_next_span (KUTIP_WINDOW (data)->annotator, FALSE);
}

static void
on_cycle (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_cycle_at_caret (KUTIP_WINDOW (data)->annotator);
}

static void
on_next_finding (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_go_to_next_finding (KUTIP_WINDOW (data)->annotator, TRUE);
}

static void
on_previous_finding (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_go_to_next_finding (KUTIP_WINDOW (data)->annotator, FALSE);
}

static void
on_done (GSimpleAction *action, GVariant *state, gpointer data)
{
  KutipWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (!kutip_annotate_set_status (
          kutip_annotator_get_document (self->annotator),
          g_variant_get_boolean (state) ? KUTIP_STATUS_DONE : KUTIP_STATUS_IN_PROGRESS,
          &error))
    kutip_annotator_report (self->annotator, error);
}

static const GActionEntry annotation_entries[] = {
  { .name = "mark", .activate = on_mark, .parameter_type = "s" },
  { .name = "set-label", .activate = on_set_label, .parameter_type = "s" },
  { .name = "delete", .activate = on_delete },
  { .name = "unsure", .activate = on_unsure },
  { .name = "note", .activate = on_note },
  { .name = "link", .activate = on_link, .parameter_type = "s" },
  { .name = "accept", .activate = on_accept },
  { .name = "cancel", .activate = on_cancel },
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_redo },
  { .name = "next", .activate = on_next },
  { .name = "previous", .activate = on_previous },
  { .name = "cycle", .activate = on_cycle },
  { .name = "next-finding", .activate = on_next_finding },
  { .name = "previous-finding", .activate = on_previous_finding },
  { .name = "done", .state = "false", .change_state = on_done },
};

void
kutip_window_add_actions (KutipWindow *self)
{
  g_autoptr (GPropertyAction) links =
      g_property_action_new ("show-links", self->preferences, "show-links");
  g_autoptr (GFile) samples = kutip_samples_find ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), window_entries,
                                   G_N_ELEMENTS (window_entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (links));
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (on_fullscreened), NULL);
  gtk_widget_set_visible (self->samples_button, samples != NULL);

  self->annotation_actions = kutip_annotation_actions_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->annotation_actions),
                                   annotation_entries, G_N_ELEMENTS (annotation_entries),
                                   self);
  kutip_window_add_find_actions (self);
  kutip_window_add_tagset_actions (self);
  kutip_window_add_exchange_actions (self);
  kutip_window_add_shape_actions (self);
  kutip_window_add_link_actions (self);
  kutip_window_add_review_actions (self);
  kutip_window_add_place_actions (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "annotation",
                                  G_ACTION_GROUP (self->annotation_actions));
}

static void
update_annotation_actions (KutipWindow *self)
{
  GActionMap *map = G_ACTION_MAP (self->annotation_actions);
  KutipDocument *document =
      self->annotator != NULL ? kutip_annotator_get_document (self->annotator) : NULL;
  gboolean can_edit = document != NULL && !kutip_document_is_read_only (document);
  KutipLayer *layer = document != NULL ? kutip_document_get_layer (document) : NULL;
  gboolean has_spans = layer != NULL && kutip_layer_get_n_spans (layer) > 0;
  const char *const edits[] = { "mark", "set-label", "delete", "unsure", "link", "done" };
  const char *const moves[] = { "next", "previous", "cycle" };
  gboolean can_undo = FALSE, can_redo = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    set_enabled (map, edits[i], can_edit);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    set_enabled (map, moves[i], has_spans);
  kutip_window_update_shape_actions (self, can_edit);
  kutip_window_update_link_actions (self, has_spans, can_edit);
  kutip_window_update_review_actions (self, can_edit);
  if (document != NULL)
    g_object_get (document, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  set_enabled (map, "undo", can_undo && can_edit);
  set_enabled (map, "redo", can_redo && can_edit);
  set_enabled (map, "note", document != NULL);
  set_enabled (map, "mark-all", can_edit);
  set_enabled (map, "cancel", document != NULL);
  set_enabled (map, "accept",
               self->annotator != NULL &&
                   (kutip_annotator_get_link_candidate (self->annotator) != NULL ||
                    kutip_annotator_get_attribution (self->annotator) != NULL));
  /* Where nothing is left they say so. */
  set_enabled (map, "next-finding", document != NULL);
  set_enabled (map, "previous-finding", document != NULL);
  set_state (map, "done",
             layer != NULL &&
                 kutip_header_get_fields (kutip_layer_get_header (layer))->status ==
                     KUTIP_STATUS_DONE);
}

static void
show_undo_titles (KutipWindow *self)
{
  g_autofree char *undo_title = NULL;
  g_autofree char *redo_title = NULL;
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;

  if (self->annotator != NULL)
    g_object_get (kutip_annotator_get_document (self->annotator), "undo-title",
                  &undo_title, "redo-title", &redo_title, NULL);
  if (undo_title != NULL)
    /* Translators: %s is what would be undone ("Mark Quote"). */
    undo = g_strdup_printf (_ ("Undo “%s” (Ctrl+Z)"), undo_title);
  if (redo_title != NULL)
    /* Translators: %s is what would be done again ("Mark Quote"). */
    redo = g_strdup_printf (_ ("Redo “%s” (Ctrl+Shift+Z)"), redo_title);
  kutip_tooltip_set (self->undo_button, undo != NULL ? undo : _ ("Undo"));
  kutip_tooltip_set (self->redo_button, redo != NULL ? redo : _ ("Redo"));
}

void
kutip_window_update_actions (KutipWindow *self)
{
  GActionMap *map = G_ACTION_MAP (self);
  gboolean has_article = self->annotator != NULL;
  const char *const for_article[] = { "save", "save-elsewhere", "show-folder", "reload",
                                      "properties" };
  const char *const for_corpus[] = { "next-article", "previous-article",
                                     "next-unfinished" };

  for (guint i = 0; i < G_N_ELEMENTS (for_article); i++)
    set_enabled (map, for_article[i], has_article);
  set_enabled (map, "annotations-pane", has_article || self->has_text);
  for (guint i = 0; i < G_N_ELEMENTS (for_corpus); i++)
    set_enabled (map, for_corpus[i], self->corpus != NULL);
  set_enabled (map, "articles-pane",
               has_article || self->has_text || self->corpus != NULL);
  set_enabled (map, "filter", has_article || self->corpus != NULL);
  set_enabled (map, "edit-tagset", has_article || self->corpus != NULL);
  set_enabled (map, "guidelines", has_article);
  set_enabled (map, "find", has_article);
  set_enabled (map, "find-next", has_article);
  set_enabled (map, "find-previous", has_article);
  kutip_window_update_place_actions (self);
  set_enabled (map, "search-corpus", has_article || self->corpus != NULL);
  set_state (map, "articles-pane", adw_flap_get_reveal_flap (self->articles_flap));
  set_state (map, "annotations-pane", adw_flap_get_reveal_flap (self->annotations_flap));
  /* Else it follows then: where a text comes before its annotations, all that is there to
   * mark it would be painted grey for a frame. */
  if (!self->is_settled)
    return;
  update_annotation_actions (self);
  show_undo_titles (self);
}
