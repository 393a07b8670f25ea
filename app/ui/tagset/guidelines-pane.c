/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/guidelines-pane.h"

#include "ui/tagset/codebook.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

struct _KutipGuidelinesPane
{
  GtkWidget parent_instance;

  KutipMarkdownView *view;
  KutipAnnotator *annotator;
  char *text;
  KutipTagset *shown; /* NULL: what is shown is not what should be */
  char *shown_text;
};

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipGuidelinesPane, kutip_guidelines_pane, GTK_TYPE_WIDGET)

static void
go_to_current (KutipGuidelinesPane *self)
{
  KutipSpan *span =
      self->annotator != NULL ? kutip_annotator_get_current (self->annotator) : NULL;

  if (span != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    kutip_markdown_view_go_to (self->view, kutip_span_get_label (span));
}

/* Only when it is looked at: most of the time nobody does. */
static void
update (KutipGuidelinesPane *self)
{
  KutipTagset *tagset;
  cmark_node *document;

  if (self->annotator == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  tagset = kutip_document_get_tagset (kutip_annotator_get_document (self->annotator));
  if (tagset != self->shown || g_strcmp0 (self->text, self->shown_text) != 0)
    {
      document = kutip_codebook_new (tagset, self->text);
      kutip_markdown_view_show (self->view, document);
      cmark_node_free (document);
      g_set_object (&self->shown, tagset);
      g_free (self->shown_text);
      self->shown_text = g_strdup (self->text);
    }
  go_to_current (self);
}

static void
on_close_clicked (KutipGuidelinesPane *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
kutip_guidelines_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kutip_guidelines_pane_parent_class)->map (widget);
  update (KUTIP_GUIDELINES_PANE (widget));
}

static void
kutip_guidelines_pane_dispose (GObject *object)
{
  KutipGuidelinesPane *self = KUTIP_GUIDELINES_PANE (object);
  GtkWidget *child;

  kutip_guidelines_pane_set_annotator (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->shown_text, g_free);
  G_OBJECT_CLASS (kutip_guidelines_pane_parent_class)->dispose (object);
}

static void
kutip_guidelines_pane_class_init (KutipGuidelinesPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kutip_guidelines_pane_dispose;
  GTK_WIDGET_CLASS (klass)->map = kutip_guidelines_pane_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BOX_LAYOUT);
  signals[CLOSED] = g_signal_new ("closed", KUTIP_TYPE_GUIDELINES_PANE, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_button (const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  kutip_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  return button;
}

static void
kutip_guidelines_pane_init (KutipGuidelinesPane *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Guidelines"));
  GtkWidget *edit = new_button ("document-edit-symbolic", _ ("Edit the tag set"));
  GtkWidget *close = new_button ("window-close-symbolic", _ ("Close the guidelines"));

  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "win.edit-tagset");
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (on_close_clicked), self);
  gtk_box_append (GTK_BOX (bar), title);
  gtk_box_append (GTK_BOX (bar), edit);
  gtk_box_append (GTK_BOX (bar), close);
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 6);
  gtk_widget_set_parent (bar, GTK_WIDGET (self));
  self->view = KUTIP_MARKDOWN_VIEW (kutip_markdown_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
}

void
kutip_guidelines_pane_set_annotator (KutipGuidelinesPane *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_GUIDELINES_PANE (self));

  if (self->annotator != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->annotator, self);
      g_signal_handlers_disconnect_by_data (
          kutip_annotator_get_document (self->annotator), self);
    }
  g_set_object (&self->annotator, annotator);
  if (annotator == NULL)
    return;
  g_signal_connect_swapped (annotator, "notify::current", G_CALLBACK (go_to_current),
                            self);
  g_signal_connect_swapped (kutip_annotator_get_document (annotator), "notify::tagset",
                            G_CALLBACK (update), self);
  update (self);
}

void
kutip_guidelines_pane_set_text (KutipGuidelinesPane *self, const char *markdown)
{
  g_return_if_fail (KUTIP_IS_GUIDELINES_PANE (self));

  g_free (self->text);
  self->text = g_strdup (markdown);
  update (self);
}

KutipMarkdownView *
kutip_guidelines_pane_get_view (KutipGuidelinesPane *self)
{
  return self->view;
}
