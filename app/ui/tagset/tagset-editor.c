/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/tagset-editor-private.h"

#include "format/tagset/tagset-json.h"
#include "ui/foreign-words.h"
#include "ui/kept-window.h"
#include "ui/plain-measure.h"
#include "ui/sidebar/mnemonic.h"
#include "ui/tagset/tagset-form.h"
#include "ui/tagset/tagset-problems.h"
#include "ui/tagset/tagset-rows.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* Code points of a title in a menu, which is as wide as the longest. */
#define MOST_TITLE_CHARS 60

G_DEFINE_FINAL_TYPE (KutipTagsetEditor, kutip_tagset_editor, ADW_TYPE_WINDOW)

GFile *
kutip_tagset_editor_dup_folder (KutipTagsetEditor *self)
{
  return g_file_get_parent (self->file->file);
}

const KutipDraftItem *
kutip_tagset_editor_get_item (KutipTagsetEditor *self)
{
  return kutip_tagset_draft_get (self->draft,
                                 kutip_tagset_list_get_selected (self->list));
}

static void
set_enabled (KutipTagsetEditor *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)),
      enabled);
}

void
kutip_tagset_editor_fill_at_once (KutipTagsetEditor *self)
{
  while (!self->is_filled)
    kutip_after_frame_flush (self->filling);
}

gboolean
kutip_tagset_editor_is_editing (KutipTagsetEditor *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stages), "edit") == 0;
}

static void
update_actions (KutipTagsetEditor *self)
{
  const KutipDraftItem *item = kutip_tagset_editor_get_item (self);
  gboolean editing = kutip_tagset_editor_is_editing (self);
  gboolean is_part = item != NULL && item->kind != KUTIP_DRAFT_TAGSET;
  guint n = item != NULL ? kutip_tagset_draft_get_n (self->draft, item->kind) : 0;

  set_enabled (self, "undo", editing && kutip_tagset_draft_can_undo (self->draft));
  set_enabled (self, "redo", editing && kutip_tagset_draft_can_redo (self->draft));
  set_enabled (self, "start-from", editing);
  set_enabled (self, "take-back", self->cancellable == NULL && self->has_record);
  set_enabled (self, "remove", editing && is_part);
  set_enabled (self, "merge", editing && is_part && n > 1);
  set_enabled (self, "move-up",
               editing && is_part &&
                   kutip_tagset_draft_get_nth (self->draft, item->kind, 0) != item);
  set_enabled (self, "move-down",
               editing && is_part &&
                   kutip_tagset_draft_get_nth (self->draft, item->kind, n - 1) != item);
  set_enabled (self, "save", self->cancellable == NULL);
  gtk_widget_set_visible (self->item_buttons, is_part);
  gtk_widget_set_sensitive (GTK_WIDGET (self->merge_button), is_part && n > 1);
}

/* On a narrow window the title needs their room: they are in the menu, too. */
static void
show_history_buttons (KutipTagsetEditor *self)
{
  const gboolean shown = gtk_widget_get_visible (self->menu_button) &&
                         !adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (self->undo_button, shown);
  gtk_widget_set_visible (self->redo_button, shown);
}

void
kutip_tagset_editor_show_stage (KutipTagsetEditor *self, const char *stage)
{
  gboolean editing = g_str_equal (stage, "edit");
  gboolean migrating = g_str_equal (stage, "migrate");
  g_autoptr (GFile) folder = kutip_tagset_editor_dup_folder (self);
  g_autoptr (GFile) record = kutip_migrate_record_find (folder);

  self->has_record = record != NULL;
  gtk_stack_set_visible_child_name (self->stages, stage);
  if (self->toast != NULL && !editing)
    adw_toast_dismiss (self->toast);
  gtk_button_set_label (GTK_BUTTON (self->save_button),
                        migrating ? _ ("_Save and Change Them") : _ ("_Save"));
  gtk_button_set_label (GTK_BUTTON (self->cancel_button),
                        migrating ? _ ("_Back") : _ ("_Cancel"));
  gtk_widget_set_visible (self->save_button, editing || migrating);
  gtk_widget_set_visible (self->cancel_button, editing || migrating);
  gtk_widget_set_visible (self->menu_button, editing);
  show_history_buttons (self);
  update_actions (self);
  if (migrating)
    gtk_widget_grab_focus (self->save_button);
}

static void
show_problems (KutipTagsetEditor *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint id = kutip_tagset_list_get_selected (self->list);
  gboolean is_error = FALSE;

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = kutip_tagset_problems_find (self->draft);
  kutip_tagset_list_show_problems (self->list, self->problems);
  for (guint i = 0; i < self->problems->len; i++)
    {
      const KutipDraftProblem *problem = g_ptr_array_index (self->problems, i);

      if (problem->id != id)
        continue;
      is_error = is_error || !problem->is_warning;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", problem->message);
    }
  gtk_label_set_label (self->problem_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text->len > 0);
  gtk_widget_remove_css_class (GTK_WIDGET (self->problem_label),
                               is_error ? "warning" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem_label),
                            is_error ? "error" : "warning");
}

static void
show_title (KutipTagsetEditor *self)
{
  const KutipDraftItem *root = kutip_tagset_draft_get_root (self->draft);
  g_autofree char *path = g_file_get_parse_name (self->file->file);

  adw_window_title_set_title (self->title, root->name);
  adw_window_title_set_subtitle (
      self->title, kutip_tagset_draft_is_modified (self->draft) ? _ ("Not saved") : "");
  kutip_tooltip_set (GTK_WIDGET (self->title), path);
}

static char *
dup_menu_title (const KutipDraftItem *item)
{
  const char *title = kutip_tagset_item_title (item);
  g_autofree char *words = kutip_foreign_words (
      *title != '\0' ? title : _ ("Without a name"), MOST_TITLE_CHARS);

  return kutip_mnemonic_mark (words, 0);
}

/* Of the same kind, but itself. It comes after the form, or when it is asked for. */
static void
fill_merge_menu (KutipTagsetEditor *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  const KutipDraftItem *item = kutip_tagset_editor_get_item (self);

  self->is_menu_stale = FALSE;

  for (guint i = 0;
       item != NULL && i < kutip_tagset_draft_get_n (self->draft, item->kind); i++)
    {
      const KutipDraftItem *other =
          kutip_tagset_draft_get_nth (self->draft, item->kind, i);
      g_autofree char *title = NULL;
      g_autoptr (GMenuItem) entry = NULL;

      if (other == item)
        continue;
      title = dup_menu_title (other);
      entry = g_menu_item_new (title, NULL);
      g_menu_item_set_action_and_target (entry, "editor.merge", "u", other->id);
      g_menu_append_item (menu, entry);
    }
  gtk_menu_button_set_menu_model (self->merge_button, G_MENU_MODEL (menu));
}

static void
on_merge_asked (GtkMenuButton *button, gpointer data)
{
  KutipTagsetEditor *self = data;

  if (self->is_menu_stale)
    fill_merge_menu (self);
}

/* The name of the field that is being written in, or NULL. */
static char *
get_focused_field (KutipTagsetEditor *self)
{
  static const char *const fields[] = { "title",      "name",    "key",     "description",
                                        "guidelines", "version", "default", "color" };
  GtkWidget *widget = gtk_window_get_focus (GTK_WINDOW (self));

  for (; widget != NULL && widget != GTK_WIDGET (self->form_bin);
       widget = gtk_widget_get_parent (widget))
    for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
      if (g_str_equal (gtk_widget_get_name (widget), fields[i]))
        return g_strdup (fields[i]);
  return NULL;
}

/* The other fields are in the first part of a form, if it has them. */
static gboolean
comes_later (const char *field)
{
  static const char *const fields[] = { "guidelines", "default", "color", NULL };

  return field != NULL && g_strv_contains (fields, field);
}

static void
grow_form (gpointer data)
{
  KutipTagsetEditor *self = data;
  GtkWidget *form = adw_bin_get_child (self->form_bin);

  if (kutip_tagset_list_catch_up (self->list))
    {
      kutip_after_frame_queue (self->growing);
      return;
    }
  g_clear_object (&self->last_form);
  if (form != NULL && kutip_tagset_form_add_part (form))
    {
      kutip_after_frame_queue (self->growing);
      return;
    }
  gtk_widget_set_size_request (GTK_WIDGET (self->form_bin), -1, -1);
  if (self->is_menu_stale)
    fill_merge_menu (self);
}

/* The form that is there, if it can be. Another one is as high as the one before until it
 * is whole, so that it stays scrolled as it is. */
static GtkWidget *
obtain_form (KutipTagsetEditor *self)
{
  const KutipDraftItem *item = kutip_tagset_editor_get_item (self);
  GtkWidget *form = adw_bin_get_child (self->form_bin);
  GtkWidget *bin = GTK_WIDGET (self->form_bin);

  if (form != NULL && item != NULL && kutip_tagset_form_show (form, item->id))
    return form;
  gtk_widget_set_size_request (bin, -1, gtk_widget_get_height (bin));
  form = item != NULL ? kutip_tagset_form_new (self->draft, item->id) : NULL;
  g_set_object (&self->last_form, adw_bin_get_child (self->form_bin));
  adw_bin_set_child (self->form_bin, form);
  return form;
}

static void
show_form (KutipTagsetEditor *self)
{
  g_autofree char *field = get_focused_field (self);
  GtkWidget *bin = GTK_WIDGET (self->form_bin);
  GtkWidget *form;
  GtkWidget *widget = NULL;

  self->is_form_stale = self->holds_form;
  if (self->holds_form)
    return;
  form = obtain_form (self);
  if (field != NULL)
    widget = kutip_tagset_form_find_field (bin, field);
  while (widget == NULL && form != NULL && comes_later (field) &&
         kutip_tagset_form_add_part (form))
    widget = kutip_tagset_form_find_field (bin, field);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
  self->is_menu_stale = TRUE;
  kutip_after_frame_queue (self->growing);
}

/* What is said beside the form. */
static void
show_state (KutipTagsetEditor *self)
{
  self->is_state_stale = self->holds_form;
  if (self->holds_form)
    return;
  show_problems (self);
  update_actions (self);
}

void
kutip_tagset_editor_hold_form (KutipTagsetEditor *self, gboolean hold)
{
  self->holds_form = hold;
  if (hold)
    {
      kutip_tagset_list_hold (self->list);
      return;
    }
  if (self->is_form_stale)
    show_form (self);
  if (self->is_state_stale)
    show_state (self);
  kutip_after_frame_queue (self->growing);
}

static void
on_draft_changed (KutipTagsetDraft *draft, gboolean shape, KutipTagsetEditor *self)
{
  if (shape)
    show_form (self);
  show_title (self);
  show_state (self);
}

static void
on_selected (KutipTagsetEditor *self)
{
  if (!self->is_filled)
    return;
  show_form (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->form_scroller), 0);
  show_state (self);
}

static void
show_folded (gpointer data)
{
  KutipTagsetEditor *self = data;

  show_history_buttons (self);
  gtk_widget_set_visible (self->back_button, adw_leaflet_get_folded (self->leaflet) &&
                                                 adw_leaflet_get_visible_child (
                                                     self->leaflet) == self->form_page);
  gtk_widget_set_visible (self->cancel_button,
                          !gtk_widget_get_visible (self->back_button));
}

/* In the middle of laying out the window, when the header bar has its place already: what
 * it shows may change only after that. */
static void
on_folded (KutipTagsetEditor *self)
{
  if (self->folding != NULL)
    kutip_after_frame_queue (self->folding);
}

static void
on_activated (KutipTagsetEditor *self)
{
  GtkWidget *first;

  kutip_tagset_editor_hold_form (self, FALSE);
  first = kutip_tagset_form_find_field (GTK_WIDGET (self->form_bin), "title");
  if (first == NULL)
    first = kutip_tagset_form_find_field (GTK_WIDGET (self->form_bin), "name");
  adw_leaflet_set_visible_child (self->leaflet, self->form_page);
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

/* Keys of the editor; before the fields, whose own undo knows only what was written in
 * them. */
static const struct
{
  const char *trigger;
  const char *action;
} keys[] = {
  { "<Control>z", "editor.undo" }, { "<Control><Shift>z", "editor.redo" },
  { "<Control>y", "editor.redo" }, { "<Control>s", "editor.save" },
  { "<Control>n", "editor.add" },  { "<Control>Delete", "editor.remove" },
  { "<Alt>Up", "editor.move-up" }, { "<Alt>Down", "editor.move-down" },
  { "<Alt>Left", "editor.back" },  { "<Control>w", "editor.cancel" },
};

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KutipTagsetEditor *self)
{
  GdkEvent *event =
      gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  kutip_tagset_editor_fill_at_once (self);
  kutip_tagset_list_catch_up (self->list);
  if (keyval == GDK_KEY_F10 && gtk_widget_get_visible (self->menu_button))
    {
      gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu_button));
      return GDK_EVENT_STOP;
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GtkShortcutTrigger) trigger =
          gtk_shortcut_trigger_parse_string (keys[i].trigger);

      if (gtk_shortcut_trigger_trigger (trigger, event, FALSE) == GDK_KEY_MATCH_EXACT)
        {
          gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, NULL);
          return GDK_EVENT_STOP;
        }
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  kutip_tagset_editor_stop (KUTIP_TAGSET_EDITOR (widget));
  return GDK_EVENT_STOP;
}

static gboolean
close_later (gpointer data)
{
  gtk_window_close (data);
  return G_SOURCE_REMOVE;
}

static void
on_close_response (AdwMessageDialog *dialog,
                   const char *response,
                   KutipTagsetEditor *self)
{
  if (g_str_equal (response, "save"))
    kutip_tagset_editor_save (self);
  else if (g_str_equal (response, "discard"))
    {
      self->closing = TRUE;
      /* The dialog must be gone before its window goes. */
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_later, g_object_ref (self),
                       g_object_unref);
    }
}

static void
ask_to_close (KutipTagsetEditor *self)
{
  GtkWidget *dialog =
      adw_message_dialog_new (GTK_WINDOW (self), _ ("Save the Tag Set?"),
                              _ ("What you have changed is lost if you do not save it."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "discard", _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
kutip_tagset_editor_close_request (GtkWindow *window)
{
  KutipTagsetEditor *self = KUTIP_TAGSET_EDITOR (window);

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return GDK_EVENT_STOP;
    }
  if (!self->closing && kutip_tagset_draft_is_modified (self->draft))
    {
      kutip_tagset_editor_show_stage (self, "edit");
      ask_to_close (self);
      return GDK_EVENT_STOP;
    }
  kutip_kept_window_renew (window, KUTIP_TAGSET_EDITOR_NAME);
  return GDK_EVENT_STOP;
}

static void
kutip_tagset_editor_dispose (GObject *object)
{
  KutipTagsetEditor *self = KUTIP_TAGSET_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->filling, kutip_after_frame_free);
  g_clear_pointer (&self->folding, kutip_after_frame_free);
  g_clear_pointer (&self->growing, kutip_after_frame_free);
  g_clear_object (&self->last_form);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->draft);
  g_clear_object (&self->in_effect);
  g_clear_object (&self->built);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->migration, kutip_migration_free);
  g_clear_pointer (&self->report, kutip_migrate_report_free);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->file, kutip_tagset_file_free);
  G_OBJECT_CLASS (kutip_tagset_editor_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, toasts);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, stages);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, leaflet);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, list);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, form_page);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, form_scroller);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, form_clamp);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, form_bin);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, problem_label);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, item_buttons);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, merge_button);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, back_button);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, save_button);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, cancel_button);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, undo_button);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, redo_button);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, menu_button);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, title);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, busy_label);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, busy_bar);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, busy_cancel);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, migration_bin);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, done_page);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, done_problems);
  gtk_widget_class_bind_template_child (klass, KutipTagsetEditor, take_back_button);
}

static void
kutip_tagset_editor_class_init (KutipTagsetEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kutip_tagset_editor_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = kutip_tagset_editor_close_request;
  g_type_ensure (KUTIP_TYPE_TAGSET_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kutip/Kutip/tagset/tagset-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, show_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  kutip_plain_measure_init (widget_class);
}

/* The shipped tag sets, to begin with one of them. */
static void
fill_start_menu (KutipTagsetEditor *self)
{
  const char *const *names = kutip_tagset_list_builtin ();
  GMenuModel *menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (self->menu_button));
  g_autoptr (GMenuModel) section =
      g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin (names[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (
          kutip_tagset_translate (tagset, kutip_tagset_get_name (tagset)), NULL);

      g_menu_item_set_action_and_target (item, "editor.start-from", "s", names[i]);
      g_menu_append_item (G_MENU (section), item);
    }
}

static void
kutip_tagset_editor_init (KutipTagsetEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kutip_tagset_editor_add_actions (self);
  fill_start_menu (self);
  gtk_menu_button_set_create_popup_func (self->merge_button, on_merge_asked, self, NULL);
  self->folding = kutip_after_frame_new (GTK_WIDGET (self), show_folded, self);
  self->growing = kutip_after_frame_new (GTK_WIDGET (self), grow_form, self);
}

static void
fill_form (KutipTagsetEditor *self)
{
  self->is_filled = TRUE;
  show_form (self);
  show_problems (self);
  update_actions (self);
  kutip_tagset_editor_tell_broken (self);
}

/* The window itself is much work: the list comes in the next frame, and in the one after
 * it the form of what is chosen there. */
static void
fill_next (gpointer data)
{
  KutipTagsetEditor *self = data;

  if (kutip_tagset_list_get_selected (self->list) != 0)
    {
      fill_form (self);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->stages), TRUE);
  kutip_tagset_list_set_draft (self->list, self->draft);
  kutip_tagset_list_focus (self->list);
  kutip_after_frame_queue (self->filling);
}

KutipTagsetEditor *
kutip_tagset_editor_present (GtkWindow *parent,
                             GFile *folder,
                             GFile *file,
                             KutipTagset *in_effect,
                             const KutipTagsetHost *host)
{
  KutipTagsetEditor *self = kutip_kept_window_obtain (parent, KUTIP_TAGSET_EDITOR_NAME,
                                                      KUTIP_TYPE_TAGSET_EDITOR);
  g_autoptr (GFile) own = file != NULL
                              ? g_object_ref (file)
                              : g_file_get_child (folder, KUTIP_TAGSET_FILE_NAME);

  self->host = host;
  self->file = kutip_tagset_file_read (own, NULL);
  self->in_effect =
      g_object_ref (self->file->tagset != NULL ? self->file->tagset : in_effect);
  self->draft = kutip_tagset_draft_new (self->in_effect, self->file->guidelines);
  g_signal_connect (self->draft, "changed", G_CALLBACK (on_draft_changed), self);
  show_title (self);
  kutip_tagset_editor_show_stage (self, "edit");
  gtk_window_present (GTK_WINDOW (self));
  self->filling = kutip_after_frame_new (GTK_WIDGET (self), fill_next, self);
  kutip_after_frame_queue (self->filling);
  return self;
}
