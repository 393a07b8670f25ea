/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/dialog/preferences-window.h"

#include "store/paths.h"
#include "ui/after-frame.h"
#include "ui/kept-window.h"
#include "ui/plain-measure.h"

#include <glib/gi18n.h>

/* As which it is kept (ui/kept-window.h). */
#define NAME "kutip-preferences-window"

struct _KutipPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  KutipPreferences *preferences;
  KutipAfterFrame *growing; /* a group in each frame after the first */

  GtkWidget *reading_group;
  GtkWidget *appearance_group;
  GtkEditable *annotator_row;
  GtkLabel *annotator_hint;
  GtkFontChooser *font_button;
  GtkAdjustment *size;
  GtkAdjustment *height;
  GtkAdjustment *measure;
  GtkSwitch *links_switch;
  AdwComboRow *scheme_row;
};

G_DEFINE_FINAL_TYPE (KutipPreferencesWindow,
                     kutip_preferences_window,
                     ADW_TYPE_PREFERENCES_WINDOW)

static gboolean
is_allowed_name (const char *name)
{
  return *name == '\0' || kutip_paths_is_annotator (name);
}

static void
on_annotator_changed (KutipPreferencesWindow *self)
{
  const char *name = gtk_editable_get_text (self->annotator_row);
  gboolean allowed = is_allowed_name (name);
  g_autofree char *hint = NULL;

  if (!allowed)
    hint = g_strdup (
        _ ("Use up to 64 of the letters A to Z, digits, “-” and “_”, so that the "
           "file names are good on every computer."));
  else if (*name == '\0')
    /* Translators: NAME stands for an article's file name. */
    hint = g_strdup (
        _ ("Annotations are in NAME.annotations.json, beside the article NAME."));
  else
    /* Translators: NAME stands for an article's file name, %s is the annotator's. */
    hint = g_strdup_printf (_ ("Annotations are in NAME.%s.annotations.json, beside the "
                               "article NAME."),
                            name);
  gtk_label_set_label (self->annotator_hint, hint);

  if (allowed)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->annotator_row), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->annotator_hint), "dim-label");
      gtk_widget_remove_css_class (GTK_WIDGET (self->annotator_hint), "error");
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->annotator_row), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->annotator_hint), "dim-label");
      gtk_widget_add_css_class (GTK_WIDGET (self->annotator_hint), "error");
    }
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->annotator_row), GTK_ACCESSIBLE_STATE_INVALID,
      allowed ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
on_annotator_apply (KutipPreferencesWindow *self)
{
  const char *name = gtk_editable_get_text (self->annotator_row);
  g_autofree char *old = NULL;

  if (is_allowed_name (name))
    {
      g_object_set (self->preferences, "annotator", name, NULL);
      return;
    }
  g_object_get (self->preferences, "annotator", &old, NULL);
  gtk_editable_set_text (self->annotator_row, old);
}

static void
on_font_set (KutipPreferencesWindow *self)
{
  PangoFontFamily *family = gtk_font_chooser_get_font_family (self->font_button);

  if (family != NULL)
    g_object_set (self->preferences, "font", pango_font_family_get_name (family), NULL);
}

static void
bind_preferences (KutipPreferencesWindow *self)
{
  const GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_object_bind_property (self->preferences, "text-size", self->size, "value", both);
  g_object_bind_property (self->preferences, "line-height", self->height, "value", both);
  g_object_bind_property (self->preferences, "measure", self->measure, "value", both);
  g_object_bind_property (self->preferences, "show-links", self->links_switch, "active",
                          both);
  g_object_bind_property (self->preferences, "color-scheme", self->scheme_row, "selected",
                          both);
}

static void
show_preferences (KutipPreferencesWindow *self)
{
  g_autofree char *annotator = NULL;
  g_autofree char *font = NULL;

  g_object_get (self->preferences, "annotator", &annotator, "font", &font, NULL);
  gtk_editable_set_text (self->annotator_row, annotator);
  gtk_font_chooser_set_font (self->font_button, font);
  on_annotator_changed (self);
}

/* All of it takes several frames to be laid out the first time. */
static void
grow (gpointer data)
{
  KutipPreferencesWindow *self = data;

  if (gtk_widget_get_visible (self->reading_group))
    {
      gtk_widget_set_visible (self->appearance_group, TRUE);
      return;
    }
  gtk_widget_set_visible (self->reading_group, TRUE);
  kutip_after_frame_queue (self->growing);
}

static gboolean
kutip_preferences_window_close_request (GtkWindow *window)
{
  kutip_kept_window_keep (window, NAME);
  return GDK_EVENT_STOP;
}

static void
kutip_preferences_window_dispose (GObject *object)
{
  KutipPreferencesWindow *self = KUTIP_PREFERENCES_WINDOW (object);

  g_clear_pointer (&self->growing, kutip_after_frame_free);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (kutip_preferences_window_parent_class)->dispose (object);
}

static void
kutip_preferences_window_class_init (KutipPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kutip_preferences_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = kutip_preferences_window_close_request;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kutip/Kutip/dialog/preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow,
                                        reading_group);
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow,
                                        appearance_group);
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow,
                                        annotator_row);
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow,
                                        annotator_hint);
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow,
                                        font_button);
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow, size);
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow, height);
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow, measure);
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow,
                                        links_switch);
  gtk_widget_class_bind_template_child (widget_class, KutipPreferencesWindow, scheme_row);
  gtk_widget_class_bind_template_callback (widget_class, on_annotator_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_annotator_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_font_set);
  kutip_plain_measure_init (widget_class);
}

static void
kutip_preferences_window_init (KutipPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->growing = kutip_after_frame_new (GTK_WIDGET (self), grow, self);
}

void
kutip_preferences_window_present (GtkWindow *parent, KutipPreferences *preferences)
{
  KutipPreferencesWindow *self =
      kutip_kept_window_obtain (parent, NAME, KUTIP_TYPE_PREFERENCES_WINDOW);

  if (self->preferences == NULL)
    {
      self->preferences = g_object_ref (preferences);
      bind_preferences (self);
    }
  show_preferences (self);
  gtk_widget_set_visible (self->reading_group, FALSE);
  gtk_widget_set_visible (self->appearance_group, FALSE);
  gtk_window_present (GTK_WINDOW (self));
  kutip_after_frame_queue (self->growing);
}
