/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/notice.h"

#include "ui/foreign-words.h"

struct _KutipNotice
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *text;
  GtkBox *buttons;
};

G_DEFINE_FINAL_TYPE (KutipNotice, kutip_notice, GTK_TYPE_WIDGET)

static void
on_dismiss (KutipNotice *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (GTK_IS_BOX (parent))
    gtk_box_remove (GTK_BOX (parent), GTK_WIDGET (self));
}

static void
kutip_notice_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_notice_parent_class)->dispose (object);
}

static void
kutip_notice_class_init (KutipNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kutip_notice_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/notice.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, KutipNotice, text);
  gtk_widget_class_bind_template_child (widget_class, KutipNotice, buttons);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss);
}

static void
kutip_notice_init (KutipNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kutip_notice_new (GtkMessageType type, const char *text)
{
  KutipNotice *self = g_object_new (KUTIP_TYPE_NOTICE, NULL);
  g_autofree char *safe = NULL;
  const char *icon = "dialog-information-symbolic";

  if (type == GTK_MESSAGE_WARNING)
    icon = "dialog-warning-symbolic";
  else if (type == GTK_MESSAGE_ERROR)
    icon = "dialog-error-symbolic";
  if (type != GTK_MESSAGE_INFO)
    gtk_widget_add_css_class (GTK_WIDGET (self),
                              type == GTK_MESSAGE_ERROR ? "error" : "warning");
  gtk_image_set_from_icon_name (self->icon, icon);
  safe = kutip_foreign_message (text);
  gtk_label_set_label (self->text, safe);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  safe, -1);
  return GTK_WIDGET (self);
}

void
kutip_notice_add_button (KutipNotice *self, const char *label, const char *action)
{
  GtkWidget *button;

  g_return_if_fail (KUTIP_IS_NOTICE (self));

  button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->buttons, button);
}

const char *
kutip_notice_get_text (KutipNotice *self)
{
  g_return_val_if_fail (KUTIP_IS_NOTICE (self), NULL);
  return gtk_label_get_label (self->text);
}
