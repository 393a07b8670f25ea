/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include "ui/commands.h"
#include "ui/foreign-words.h"
#include "ui/open-documents.h"
#include "ui/plain-measure.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* Code points of an article's title: there are files of one line. */
#define MOST_TITLE_CHARS 300

enum
{
  PROP_PREFERENCES = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipWindow, kutip_window, ADW_TYPE_APPLICATION_WINDOW)

static KutipDocument *
get_document (KutipWindow *self)
{
  return self->annotator != NULL ? kutip_annotator_get_document (self->annotator) : NULL;
}

/* What the article is called: its title, else its file. NULL: none is open. */
static char *
dup_title (KutipWindow *self)
{
  KutipDocument *document = get_document (self);
  const KutipHeaderFields *header;
  g_autofree char *name = NULL;

  if (document == NULL && self->has_text)
    {
      name = g_file_get_basename (self->opening_file);
      return kutip_foreign_words (name, MOST_TITLE_CHARS);
    }
  if (document == NULL)
    return NULL;
  header = kutip_header_get_fields (
      kutip_layer_get_header (kutip_document_get_layer (document)));
  return kutip_foreign_words (
      header->title != NULL && *header->title != '\0'
          ? header->title
          : kutip_article_get_file (kutip_document_get_article (document)),
      MOST_TITLE_CHARS);
}

void
kutip_window_show_title (KutipWindow *self)
{
  g_autofree char *title = dup_title (self);
  g_autofree char *window_title = NULL;

  adw_window_title_set_title (self->title, title != NULL ? title : "");
  kutip_window_place_title (self);
  if (title == NULL)
    {
      gtk_window_set_title (GTK_WINDOW (self), _ ("Kutip"));
      return;
    }
  kutip_tooltip_set (GTK_WIDGET (self->title), title);
  kutip_tooltip_set (GTK_WIDGET (self->narrow_title), title);
  /* Translators: %s is an article's title; this is what the list of windows shows. */
  window_title = g_strdup_printf (_ ("%s – Kutip"), title);
  gtk_window_set_title (GTK_WINDOW (self), window_title);
}

/* The list knows at once what the sidecar will say in a moment. */
static void
show_status_in_list (KutipWindow *self)
{
  KutipEntry *entry;

  if (self->corpus == NULL || self->annotator == NULL)
    return;
  entry = kutip_corpus_lookup (self->corpus, self->article_file);
  if (entry != NULL)
    kutip_entry_set_status (
        entry, kutip_header_get_fields (kutip_layer_get_header (kutip_document_get_layer (
                                            get_document (self))))
                   ->status);
}

static void
on_changed (KutipWindow *self, KutipChange *change)
{
  if (kutip_change_has (change, KUTIP_EDIT_HEADER))
    {
      kutip_window_show_title (self);
      show_status_in_list (self);
    }
  kutip_window_end_undo_offer (self);
  kutip_window_update_actions (self);
}

static void
on_message (KutipWindow *self, const char *text, gboolean undoable)
{
  kutip_window_show_toast (self, text, undoable);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KutipWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *command = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (self->annotator == NULL)
    return GDK_EVENT_PROPAGATE;
  if (kutip_commands_is_writing (focus))
    {
      if (keyval != GDK_KEY_Escape ||
          gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
        return GDK_EVENT_PROPAGATE;
      kutip_window_focus_article (self);
      return GDK_EVENT_STOP;
    }

  /* From the card back to the text; only from there it is about the span. */
  if (keyval == GDK_KEY_Escape && focus != NULL &&
      gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar)) &&
      !kutip_annotator_is_linking (self->annotator))
    {
      kutip_window_focus_article (self);
      return GDK_EVENT_STOP;
    }

  command = kutip_commands_find (
      kutip_window_get_tagset (self),
      gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller)));
  if (command == NULL || !g_action_parse_detailed_name (command, &name, &target, NULL))
    return GDK_EVENT_PROPAGATE;

  /* All commands on plain keys are about annotations. */
  if (!g_action_group_get_action_enabled (G_ACTION_GROUP (self->annotation_actions),
                                          name + strlen ("annotation.")))
    {
      if (kutip_document_is_read_only (get_document (self)) &&
          g_strcmp0 (name, "annotation.accept") != 0)
        kutip_window_show_toast (
            self, _ ("This article is open read-only: nothing can be changed."), FALSE);
      return GDK_EVENT_PROPAGATE;
    }
  return gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

/* A toast takes Escape for itself, so that what one is in would go on: it goes together
 * with that. */
static gboolean
on_toast_key_pressed (GtkEventControllerKey *controller,
                      guint keyval,
                      guint keycode,
                      GdkModifierType state,
                      KutipWindow *self)
{
  if (keyval != GDK_KEY_Escape || self->toast == NULL ||
      !on_key_pressed (controller, keyval, keycode, state, self))
    return GDK_EVENT_PROPAGATE;
  /* What was done may have sent it away. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  return GDK_EVENT_STOP;
}

static gboolean
on_drop (
    GtkDropTarget *target, const GValue *value, double x, double y, KutipWindow *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-here");
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  for (GSList *item = g_value_get_boxed (value); item != NULL; item = item->next)
    g_ptr_array_add (files, item->data);
  if (files->len == 0)
    return FALSE;
  kutip_window_open (self, (GFile *const *) files->pdata, files->len, NULL);
  return TRUE;
}

static GdkDragAction
on_drop_enter (GtkDropTarget *target, double x, double y, KutipWindow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "drop-here");
  return GDK_ACTION_COPY;
}

static void
on_drop_leave (GtkDropTarget *target, KutipWindow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-here");
}

static void
on_entry_open (KutipWindow *self, KutipEntry *entry)
{
  kutip_window_open_entry (self, entry);
}

static void
on_articles_folded (KutipWindow *self)
{
  kutip_window_restore_panes (self);
}

static void
on_annotations_folded (KutipWindow *self)
{
  kutip_window_restore_panes (self);
}

static void
on_pane_revealed (KutipWindow *self)
{
  kutip_window_update_actions (self);
}

static gboolean
leave_header (gpointer data)
{
  KutipWindow *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->annotator != NULL && focus != NULL &&
      gtk_widget_is_ancestor (focus, GTK_WIDGET (self->header)))
    kutip_window_focus_article (self);
  return G_SOURCE_REMOVE;
}

/* The keys for marking go on where they were, once GTK has put the focus back to the
 * button. */
static void
on_menu_closed (KutipWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, leave_header, g_object_ref (self),
                   g_object_unref);
}

/* What the name of the annotator is decides which sidecars are looked at. */
static void
on_annotator_renamed (KutipWindow *self)
{
  GFile *folder = self->corpus != NULL ? kutip_corpus_get_folder (self->corpus) : NULL;

  if (folder != NULL)
    {
      g_autoptr (KutipCorpus) corpus = kutip_corpus_new_for_folder (
          folder, kutip_preferences_get_annotator (self->preferences));

      kutip_window_set_corpus (self, corpus);
    }
  if (self->annotator != NULL)
    kutip_window_reload (self);
}

/* Tests wait for these lines; see tests/window. */
static void
on_after_paint (KutipWindow *self)
{
  static gboolean has_painted;

  if (!has_painted)
    g_printerr ("kutip: first frame\n");
  has_painted = TRUE;
  if (self->trace_name != NULL && !self->is_text_traced)
    g_printerr ("kutip: shows %s\n", self->trace_name);
  self->is_text_traced = TRUE;
  if (!self->is_settled)
    return;
  if (self->trace_name != NULL)
    g_printerr ("kutip: opened %s\n", self->trace_name);
  g_clear_pointer (&self->trace_name, g_free);
}

static void
remember_size (KutipWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_object_set (self->preferences, "window-maximized",
                gtk_window_is_maximized (GTK_WINDOW (self)), NULL);
  if (width > 0 && height > 0)
    g_object_set (self->preferences, "window-width", width, "window-height", height,
                  NULL);
}

static void
close_now (KutipWindow *self, gpointer data)
{
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
kutip_window_close_request (GtkWindow *window)
{
  KutipWindow *self = KUTIP_WINDOW (window);

  if (!self->closing && self->annotator != NULL)
    {
      kutip_window_save_then (self, _ ("Close _Anyway"), close_now, NULL, NULL);
      return GDK_EVENT_STOP;
    }
  remember_size (self);
  g_cancellable_cancel (self->opening);
  kutip_window_set_annotator (self, NULL);
  return GTK_WINDOW_CLASS (kutip_window_parent_class)->close_request (window);
}

static void
kutip_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (kutip_window_parent_class)
      ->size_allocate (widget, width, height, baseline);
  kutip_window_fit (KUTIP_WINDOW (widget), width);
}

static void
kutip_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kutip_window_parent_class)->realize (widget);
  if (g_getenv ("KUTIP_TRACE") != NULL)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                             G_CALLBACK (on_after_paint), widget, G_CONNECT_SWAPPED);
}

static void
bind_reading (KutipWindow *self)
{
  const char *const same[] = { "font", "text-size", "line-height", "measure" };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    g_object_bind_property (self->preferences, same[i], self->article_view, same[i],
                            G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->preferences, "show-links", self->article_view,
                          "show-all-links",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
kutip_window_constructed (GObject *object)
{
  KutipWindow *self = KUTIP_WINDOW (object);
  int width, height;
  gboolean maximized;

  G_OBJECT_CLASS (kutip_window_parent_class)->constructed (object);

  g_object_get (self->preferences, "window-width", &width, "window-height", &height,
                "window-maximized", &maximized, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  kutip_window_add_actions (self);
  bind_reading (self);
  g_signal_connect_object (self->preferences, "notify::annotator",
                           G_CALLBACK (on_annotator_renamed), self, G_CONNECT_SWAPPED);
  kutip_window_show_page (self);
  kutip_window_update_actions (self);
}

static void
kutip_window_dispose (GObject *object)
{
  KutipWindow *self = KUTIP_WINDOW (object);

  kutip_open_documents_set (self, NULL, NULL);
  g_clear_pointer (&self->settling, kutip_after_frame_free);
  g_clear_pointer (&self->adopted, kutip_opened_free);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_object (&self->opening_file);
  g_clear_object (&self->wanted_file);
  g_clear_object (&self->wanted_first);
  g_clear_weak_pointer (&self->concordance);
  g_clear_object (&self->bulk_mark);
  g_clear_object (&self->kept_file);
  g_clear_handle_id (&self->opening_delay, g_source_remove);
  g_clear_handle_id (&self->fitting, g_source_remove);
  g_clear_object (&self->annotator_signals);
  g_clear_handle_id (&self->bulk_source, g_source_remove);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->saver_signals);
  g_clear_object (&self->article_watch);
  g_clear_object (&self->sidecar_watch);
  g_clear_pointer (&self->tagset_watches, g_ptr_array_unref);
  g_clear_object (&self->guidelines_watch);
  g_clear_object (&self->tagset_file);
  g_clear_object (&self->paused_file);
  g_clear_object (&self->annotator);
  g_clear_object (&self->article_file);
  g_clear_object (&self->corpus);
  g_clear_object (&self->annotation_actions);
  g_clear_object (&self->preferences);
  g_clear_weak_pointer (&self->toast);
  G_OBJECT_CLASS (kutip_window_parent_class)->dispose (object);
}

static void
kutip_window_finalize (GObject *object)
{
  g_free (KUTIP_WINDOW (object)->trace_name);
  kutip_places_free (KUTIP_WINDOW (object)->places);
  G_OBJECT_CLASS (kutip_window_parent_class)->finalize (object);
}

static void
kutip_window_set_property (GObject *object,
                           guint id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  if (id == PROP_PREFERENCES)
    KUTIP_WINDOW (object)->preferences = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, header);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, title);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, narrow_title);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, articles_button);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, annotations_button);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, open_menu);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, history_buttons);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, narrow_section);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, drop_target);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, notices);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, articles_flap);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, annotations_flap);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, articles_side);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, annotations_side);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, corpus_pane);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, empty_page);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, choose_page);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, samples_button);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, opening_spinner);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, find_bar);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, article_view);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, attribution_bar);
  gtk_widget_class_bind_template_child (widget_class, KutipWindow, status_bar);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_annotations_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_articles_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
  gtk_widget_class_bind_template_callback (widget_class, on_drop_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_drop_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_open);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_toast_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_pane_revealed);
  gtk_widget_class_bind_template_callback (widget_class, kutip_window_focus_article);
  gtk_widget_class_bind_template_callback (widget_class, kutip_window_on_pane_dragged);
  gtk_widget_class_bind_template_callback (widget_class, kutip_window_on_pane_dropped);
  gtk_widget_class_bind_template_callback (widget_class, kutip_window_on_pane_reset);
}

static void
kutip_window_class_init (KutipWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kutip_window_constructed;
  object_class->dispose = kutip_window_dispose;
  object_class->finalize = kutip_window_finalize;
  object_class->set_property = kutip_window_set_property;
  widget_class->realize = kutip_window_realize;
  widget_class->size_allocate = kutip_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = kutip_window_close_request;

  props[PROP_PREFERENCES] = g_param_spec_object (
      "preferences", NULL, NULL, KUTIP_TYPE_PREFERENCES,
      G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (KUTIP_TYPE_ARTICLE_VIEW);
  g_type_ensure (KUTIP_TYPE_CORPUS_PANE);
  g_type_ensure (KUTIP_TYPE_FIND_BAR);
  g_type_ensure (KUTIP_TYPE_OPEN_MENU);
  g_type_ensure (KUTIP_TYPE_SIDEBAR);
  g_type_ensure (KUTIP_TYPE_SIDE_PANE);
  g_type_ensure (KUTIP_TYPE_ATTRIBUTION_BAR);
  g_type_ensure (KUTIP_TYPE_STATUS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/window/window.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  kutip_plain_measure_init (widget_class);
}

static void
connect_annotator (KutipWindow *self)
{
  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect_swapped (self->annotator_signals, "changed",
                                  G_CALLBACK (on_changed), self);
  g_signal_group_connect_swapped (self->annotator_signals, "message",
                                  G_CALLBACK (on_message), self);
  g_signal_group_connect_swapped (self->annotator_signals, "notify::busy",
                                  G_CALLBACK (kutip_window_show_bulk), self);
  g_signal_group_connect_swapped (self->annotator_signals, "notify::selection-start",
                                  G_CALLBACK (kutip_window_note_place), self);
  g_signal_group_connect_swapped (self->annotator_signals, "notify",
                                  G_CALLBACK (kutip_window_update_actions), self);
  self->document_signals = g_signal_group_new (KUTIP_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "notify",
                                  G_CALLBACK (kutip_window_update_actions), self);
  self->saver_signals = g_signal_group_new (KUTIP_TYPE_SAVER);
  g_signal_group_connect_swapped (self->saver_signals, "notify",
                                  G_CALLBACK (kutip_window_show_save_state), self);
}

/* libadwaita 1.2 tells screen readers nothing of the arrow beside the button but what it
 * is made of: a menu button with a toggle button inside. */
static void
name_open_arrow (AdwSplitButton *button)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (button)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      {
        const char *name = adw_split_button_get_dropdown_tooltip (button);

        gtk_accessible_update_property (GTK_ACCESSIBLE (child),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
        gtk_accessible_update_property (
            GTK_ACCESSIBLE (gtk_widget_get_first_child (child)),
            GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      }
}

static void
kutip_window_init (KutipWindow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->places = kutip_places_new ();
  kutip_window_let_shrink (self);
  name_open_arrow (self->open_button);
  g_signal_connect_object (self->open_menu, "closed", G_CALLBACK (on_menu_closed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_menu_button_get_popover (self->menu_button), "closed",
                           G_CALLBACK (on_menu_closed), self, G_CONNECT_SWAPPED);
  gtk_drop_target_set_gtypes (self->drop_target, types, G_N_ELEMENTS (types));
  connect_annotator (self);
  kutip_window_set_up_settling (self);
}

/* The text first: the view would be emptied in between. */
void
kutip_window_set_text (KutipWindow *self, KutipArticle *article)
{
  kutip_article_view_set_article (self->article_view, article);
  self->has_text = article != NULL;
  if (article != NULL)
    kutip_window_swap_annotator (self, NULL);
  else
    kutip_window_set_annotator (self, NULL);
  kutip_window_show_page (self);
  kutip_window_update_actions (self);
}

static void
ignore (KutipWindow *self, KutipWatch *watch)
{
  if (watch != NULL)
    g_signal_handlers_disconnect_by_data (watch, self);
}

/* Nobody listens to what befalls the files of the article before; files are watched anew
 * when the panes have settled. */
static void
stop_listening (KutipWindow *self)
{
  ignore (self, self->article_watch);
  ignore (self, self->sidecar_watch);
  ignore (self, self->guidelines_watch);
  for (guint i = 0; self->tagset_watches != NULL && i < self->tagset_watches->len; i++)
    ignore (self, g_ptr_array_index (self->tagset_watches, i));
}

void
kutip_window_swap_annotator (KutipWindow *self, KutipAnnotator *annotator)
{
  if (!g_set_object (&self->annotator, annotator))
    return;

  if (annotator != NULL)
    self->has_text = FALSE;
  kutip_annotation_actions_set_live (self->annotation_actions, annotator != NULL);
  g_signal_group_set_target (self->annotator_signals, annotator);
  g_signal_group_set_target (self->document_signals, get_document (self));
  g_signal_group_set_target (self->saver_signals,
                             annotator != NULL ? kutip_annotator_get_saver (annotator)
                                               : NULL);
  kutip_article_view_set_annotator (self->article_view, annotator);
  stop_listening (self);
  if (annotator == NULL)
    {
      g_clear_object (&self->article_file);
      g_clear_object (&self->tagset_file);
    }
  kutip_open_documents_set (self, self->article_file, annotator);
  show_status_in_list (self);
  kutip_window_show_bulk (self);
  kutip_window_settle_later (self);
  kutip_window_update_actions (self);
}

void
kutip_window_set_annotator (KutipWindow *self, KutipAnnotator *annotator)
{
  kutip_window_swap_annotator (self, annotator);
  kutip_window_settle (self);
}

void
kutip_window_focus_article (KutipWindow *self)
{
  kutip_article_view_grab_focus (self->article_view);
}

KutipWindow *
kutip_window_new (GtkApplication *application, KutipPreferences *preferences)
{
  return g_object_new (KUTIP_TYPE_WINDOW, "application", application, "preferences",
                       preferences, NULL);
}

gboolean
kutip_window_is_empty (KutipWindow *self)
{
  g_return_val_if_fail (KUTIP_IS_WINDOW (self), FALSE);
  return self->annotator == NULL && self->corpus == NULL && self->opening == NULL;
}

KutipTagset *
kutip_window_get_tagset (KutipWindow *self)
{
  KutipDocument *document;

  g_return_val_if_fail (KUTIP_IS_WINDOW (self), NULL);

  document = get_document (self);
  return document != NULL ? kutip_document_get_tagset (document) : NULL;
}

GFile *
kutip_window_get_article_file (KutipWindow *self)
{
  g_return_val_if_fail (KUTIP_IS_WINDOW (self), NULL);
  return self->article_file;
}
