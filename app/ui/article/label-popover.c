/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/label-popover.h"

#include "ui/label/label-badge.h"
#include "ui/tagset/codebook.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* Labels side by side: as many as there are, up to this. */
#define MOST_COLUMNS 5
/* Around them, with the popover's own shadow; pixels. */
#define MARGINS 48
/* Of a label's title: the rest is left to the tip of the status bar. */
#define MOST_TITLE_CHARS 24

struct _KutipLabelPopover
{
  GtkPopover parent_instance;

  GtkFlowBox *labels;
  KutipTagset *tagset; /* whose labels are shown */
};

G_DEFINE_FINAL_TYPE (KutipLabelPopover, kutip_label_popover, GTK_TYPE_POPOVER)

static GtkWidget *
create_key (gunichar key)
{
  char text[8] = { 0 };
  GtkWidget *label;

  g_unichar_to_utf8 (key, text);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static GtkWidget *
create_button (KutipTagset *tagset, const KutipLabelType *type)
{
  const KutipLabelLook *look = kutip_label_look_get (tagset, type->name);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *tip = kutip_codebook_describe_label (tagset, type);
  GtkWidget *badge = kutip_label_badge_new ();
  GtkWidget *title = gtk_label_new (look->title);

  kutip_label_badge_set_look (KUTIP_LABEL_BADGE (badge), look);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (title), MOST_TITLE_CHARS);
  gtk_box_append (GTK_BOX (box), title);
  if (type->key != 0)
    gtk_box_append (GTK_BOX (box), create_key (type->key));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_can_focus (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  kutip_tooltip_set (button, tip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "annotation.mark");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", type->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  look->title, -1);
  return button;
}

static void
fill (KutipLabelPopover *self)
{
  guint n = kutip_tagset_get_n_labels (self->tagset);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->labels))) != NULL)
    gtk_flow_box_remove (self->labels, child);
  for (guint i = 0; i < n; i++)
    {
      gtk_flow_box_append (
          self->labels,
          create_button (self->tagset, kutip_tagset_get_nth_label (self->tagset, i)));
      gtk_widget_set_can_focus (gtk_widget_get_last_child (GTK_WIDGET (self->labels)),
                                FALSE);
    }
}

/* As many as the window has room for, in rows that are alike: 2 and 2 rather than 3 and
 * 1. */
static guint
count_columns (KutipLabelPopover *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int room = gtk_widget_get_width (GTK_WIDGET (root)) - MARGINS;
  int n = (int) kutip_tagset_get_n_labels (self->tagset);
  int widest = 1;
  int columns, rows;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->labels));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int width;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL,
                          NULL);
      widest = MAX (widest, width);
    }
  columns = CLAMP (room / widest, 1, MIN (n, MOST_COLUMNS));
  rows = (n + columns - 1) / columns;
  return (guint) ((n + rows - 1) / rows);
}

static void
fit (KutipLabelPopover *self)
{
  guint n = count_columns (self);

  if (gtk_flow_box_get_max_children_per_line (self->labels) == n)
    return;
  gtk_flow_box_set_min_children_per_line (self->labels, 1);
  gtk_flow_box_set_max_children_per_line (self->labels, n);
  gtk_flow_box_set_min_children_per_line (self->labels, n);
}

static void
dispose (GObject *object)
{
  KutipLabelPopover *self = KUTIP_LABEL_POPOVER (object);

  g_clear_object (&self->tagset);
  G_OBJECT_CLASS (kutip_label_popover_parent_class)->dispose (object);
}

static void
kutip_label_popover_class_init (KutipLabelPopoverClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kutip/Kutip/article/label-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipLabelPopover, labels);
}

static void
kutip_label_popover_init (KutipLabelPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kutip_label_popover_new (void)
{
  return g_object_new (KUTIP_TYPE_LABEL_POPOVER, NULL);
}

void
kutip_label_popover_show (KutipLabelPopover *self,
                          KutipTagset *tagset,
                          const GdkRectangle *area)
{
  g_return_if_fail (KUTIP_IS_LABEL_POPOVER (self));

  if (kutip_tagset_get_n_labels (tagset) == 0)
    return;
  if (g_set_object (&self->tagset, tagset))
    fill (self);
  fit (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), area);
  gtk_popover_popup (GTK_POPOVER (self));
}

void
kutip_label_popover_hide (KutipLabelPopover *self)
{
  if (kutip_label_popover_is_shown (self))
    gtk_popover_popdown (GTK_POPOVER (self));
}

gboolean
kutip_label_popover_is_shown (KutipLabelPopover *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self));
}
