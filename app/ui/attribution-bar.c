/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/attribution-bar.h"

struct _KutipAttributionBar
{
  GtkWidget parent_instance;

  GSignalGroup *signals;
  GtkRevealer *revealer;
  GtkLabel *text;
  GtkWidget *join;
};

G_DEFINE_FINAL_TYPE (KutipAttributionBar, kutip_attribution_bar, GTK_TYPE_WIDGET)

static void
show_attribution (KutipAttributionBar *self)
{
  g_autoptr (KutipAnnotator) annotator = g_signal_group_dup_target (self->signals);
  g_autofree char *text = NULL;

  if (annotator != NULL && !kutip_annotator_is_linking (annotator))
    text = kutip_annotator_describe_attribution (annotator);
  if (text != NULL)
    {
      gtk_label_set_label (self->text, text);
      gtk_widget_set_visible (
          self->join,
          kutip_annotator_may_join (annotator, kutip_annotator_get_current (annotator)));
    }
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
  /* What is folded away is not there for the keyboard or a screen reader either. */
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

static void
kutip_attribution_bar_dispose (GObject *object)
{
  KutipAttributionBar *self = KUTIP_ATTRIBUTION_BAR (object);

  g_clear_object (&self->signals);
  g_clear_pointer ((GtkWidget **) &self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (kutip_attribution_bar_parent_class)->dispose (object);
}

static void
kutip_attribution_bar_class_init (KutipAttributionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kutip_attribution_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/attribution-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipAttributionBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, KutipAttributionBar, text);
  gtk_widget_class_bind_template_child (widget_class, KutipAttributionBar, join);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
kutip_attribution_bar_init (KutipAttributionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect_swapped (self->signals, "notify::attribution",
                                  G_CALLBACK (show_attribution), self);
  g_signal_group_connect_swapped (self->signals, "notify::current",
                                  G_CALLBACK (show_attribution), self);
  g_signal_group_connect_swapped (self->signals, "notify::linking",
                                  G_CALLBACK (show_attribution), self);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (show_attribution),
                                  self);
}

void
kutip_attribution_bar_set_annotator (KutipAttributionBar *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_ATTRIBUTION_BAR (self));

  g_signal_group_set_target (self->signals, annotator);
  show_attribution (self);
}
