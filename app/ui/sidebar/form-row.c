/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/form-row.h"

#include "ui/sidebar/mnemonic.h"
#include "ui/tooltip.h"

/* Titles longer than that are wrapped, so that they leave the fields some room. */
#define MAX_TITLE_CHARS 14

#define SPACING 9

struct _KutipFormRow
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  GtkWidget *content;
  GtkWidget *hint;
  GtkWidget *target;
  char *title;
};

G_DEFINE_FINAL_TYPE (KutipFormRow, kutip_form_row, GTK_TYPE_WIDGET)

/* A box would ask how wide a title must be to be as low as the row, and so give a long
 * title, that is to be wrapped, the whole row: here the title has the width that all
 * titles of the form share, the hint what it needs, and the content the rest. */
static void
get_widths (KutipFormRow *self, int *title, int *hint)
{
  int natural;

  gtk_widget_measure (self->title_label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, title,
                      NULL, NULL);
  *title += SPACING;
  *hint = 0;
  if (gtk_widget_get_visible (self->hint))
    {
      gtk_widget_measure (self->hint, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural,
                          NULL, NULL);
      *hint = natural + SPACING;
    }
}

static GtkSizeRequestMode
kutip_form_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kutip_form_row_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  KutipFormRow *self = KUTIP_FORM_ROW (widget);
  int title, hint, title_height, content_height;

  get_widths (self, &title, &hint);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->content, orientation, -1, minimum, natural, NULL, NULL);
      *minimum += title + hint;
      *natural += title + hint;
      return;
    }
  gtk_widget_measure (self->title_label, orientation, title - SPACING, NULL,
                      &title_height, NULL, NULL);
  gtk_widget_measure (self->content, orientation,
                      for_size >= 0 ? MAX (for_size - title - hint, 0) : -1, NULL,
                      &content_height, NULL, NULL);
  *minimum = *natural = MAX (title_height, content_height);
}

static void
place (GtkWidget *row, GtkWidget *child, int x, int width, int height)
{
  if (gtk_widget_get_direction (row) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (row) - x - width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
kutip_form_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KutipFormRow *self = KUTIP_FORM_ROW (widget);
  int title, hint, content;

  get_widths (self, &title, &hint);
  content = MAX (width - title - hint, 0);
  place (widget, self->title_label, 0, title - SPACING, height);
  place (widget, self->content, title, content, height);
  if (hint > 0)
    place (widget, self->hint, title + content + SPACING, hint - SPACING, height);
}

static void
kutip_form_row_dispose (GObject *object)
{
  KutipFormRow *self = KUTIP_FORM_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (kutip_form_row_parent_class)->dispose (object);
}

static void
kutip_form_row_class_init (KutipFormRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_form_row_dispose;
  widget_class->get_request_mode = kutip_form_row_get_request_mode;
  widget_class->measure = kutip_form_row_measure;
  widget_class->size_allocate = kutip_form_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "formrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kutip_form_row_init (KutipFormRow *self)
{
}

static void
add_title (KutipFormRow *self,
           GtkSizeGroup *titles,
           const char *title,
           const char *description)
{
  self->title = g_strdup (title);
  self->title_label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (self->title_label), 0);
  if (title != NULL && g_utf8_strlen (title, -1) > MAX_TITLE_CHARS)
    {
      gtk_label_set_wrap (GTK_LABEL (self->title_label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (self->title_label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_width_chars (GTK_LABEL (self->title_label), MAX_TITLE_CHARS);
      gtk_label_set_max_width_chars (GTK_LABEL (self->title_label), MAX_TITLE_CHARS);
    }
  kutip_tooltip_set (self->title_label, description);
  gtk_widget_add_css_class (self->title_label, "dim-label");
  gtk_widget_add_css_class (self->title_label, "form-title");
  gtk_widget_set_valign (self->title_label, GTK_ALIGN_START);
  gtk_size_group_add_widget (titles, self->title_label);
  gtk_widget_set_parent (self->title_label, GTK_WIDGET (self));
}

/* Buttons would be pressed: the title's mnemonic only leads to them. */
static gboolean
on_mnemonic_activate (GtkWidget *target, gboolean group_cycling, gpointer data)
{
  return gtk_widget_grab_focus (target);
}

/* The first of several buttons says what it stands for itself, behind the title of all.
 * The mnemonic's label has made itself its only name. */
static void
name_target (KutipFormRow *self)
{
  GtkWidget *own = NULL;

  if (GTK_IS_CHECK_BUTTON (self->target))
    own = gtk_check_button_get_child (GTK_CHECK_BUTTON (self->target));
  else if (GTK_IS_TOGGLE_BUTTON (self->target))
    own = gtk_button_get_child (GTK_BUTTON (self->target));
  if (own == NULL) /* it would end the list too early */
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->target),
                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    self->title_label, NULL, -1);
  else
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->target),
                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    self->title_label, own, NULL, -1);
}

GtkWidget *
kutip_form_row_new (GtkSizeGroup *titles,
                    const char *title,
                    const char *description,
                    GtkWidget *content,
                    GtkWidget *target)
{
  KutipFormRow *self = g_object_new (KUTIP_TYPE_FORM_ROW, NULL);

  add_title (self, titles, title, description);
  self->content = content;
  self->target = target;
  gtk_widget_set_valign (content, GTK_ALIGN_START);
  gtk_widget_set_parent (content, GTK_WIDGET (self));

  self->hint = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->hint, "warning");
  gtk_widget_add_css_class (self->hint, "form-hint");
  gtk_widget_set_valign (self->hint, GTK_ALIGN_START);
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_widget_set_parent (self->hint, GTK_WIDGET (self));

  gtk_label_set_mnemonic_widget (GTK_LABEL (self->title_label), target);
  if (title != NULL)
    {
      name_target (self);
      g_signal_connect (target, "mnemonic-activate", G_CALLBACK (on_mnemonic_activate),
                        NULL);
    }
  return GTK_WIDGET (self);
}

void
kutip_form_row_set_mnemonic (KutipFormRow *self, gunichar mnemonic)
{
  g_autofree char *marked = NULL;

  g_return_if_fail (KUTIP_IS_FORM_ROW (self));

  if (self->title == NULL)
    return;
  marked = kutip_mnemonic_mark (self->title, mnemonic);
  gtk_label_set_text_with_mnemonic (GTK_LABEL (self->title_label), marked);
}

const char *
kutip_form_row_get_title (KutipFormRow *self)
{
  g_return_val_if_fail (KUTIP_IS_FORM_ROW (self), NULL);

  return self->title;
}

GtkWidget *
kutip_form_row_get_target (KutipFormRow *self)
{
  g_return_val_if_fail (KUTIP_IS_FORM_ROW (self), NULL);

  return self->target;
}

void
kutip_form_row_set_hint (KutipFormRow *self, const char *hint)
{
  g_return_if_fail (KUTIP_IS_FORM_ROW (self));

  gtk_widget_set_visible (self->hint, hint != NULL);
  kutip_tooltip_set (self->hint, hint);
  if (hint != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->target),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->target),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}
