/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/finding-chips.h"

#include "ui/review/finding-words.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* What a narrow pane has room for on a line. */
#define MAX_BESIDE 5

struct _KutipFindingChips
{
  GtkWidget parent_instance;

  GtkWidget *flow;
  GtkWidget *chips[KUTIP_N_FINDING_KINDS]; /* NULL where a kind is none of ours */
  GtkLabel *counts[KUTIP_N_FINDING_KINDS];
  guint shown[KUTIP_N_FINDING_KINDS]; /* the counts as they are shown */

  KutipCheck *check;
  gulong handler;
  guint whole;
  guint list;
  gboolean is_changing; /* the toggles follow one another */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipFindingChips, kutip_finding_chips, GTK_TYPE_WIDGET)

static gboolean
has_kind (guint whole, KutipFindingKind kind)
{
  if (whole == KUTIP_FINDINGS_TO_DO)
    return kind != KUTIP_FINDING_MOVED;
  return kind == KUTIP_FINDING_ORPHAN || kind == KUTIP_FINDING_APPROXIMATE ||
         kind == KUTIP_FINDING_MOVED;
}

static void
choose (KutipFindingChips *self, guint list)
{
  if (list == self->list)
    return;
  self->list = list;
  self->is_changing = TRUE;
  for (guint i = 0; i < KUTIP_N_FINDING_KINDS; i++)
    if (self->chips[i] != NULL)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->chips[i]), i == list);
  self->is_changing = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_toggled (GtkToggleButton *chip, gpointer data)
{
  KutipFindingChips *self = data;

  if (self->is_changing)
    return;
  for (guint i = 0; i < KUTIP_N_FINDING_KINDS; i++)
    if (self->chips[i] == GTK_WIDGET (chip))
      choose (self, gtk_toggle_button_get_active (chip) ? i : self->whole);
}

static void
show_count (KutipFindingChips *self, guint kind)
{
  guint n = self->check != NULL ? kutip_check_count (self->check, kind) : 0;
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;

  if (n == self->shown[kind])
    return;
  self->shown[kind] = n;
  number = g_strdup_printf ("%'u", n);
  /* Translators: a kind of things left to do, and how many there are. */
  name = g_strdup_printf (_ ("%1$s: %2$s"), kutip_finding_words_get_title (kind), number);
  gtk_label_set_label (self->counts[kind], number);
  kutip_tooltip_set (self->chips[kind], name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips[kind]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (gtk_widget_get_parent (self->chips[kind]), n > 0);
  /* What is done cannot be the filter. */
  if (n == 0 && self->list == kind)
    choose (self, self->whole);
}

static void
show_counts (KutipFindingChips *self)
{
  guint n_kinds = 0;

  for (guint i = 0; i < KUTIP_N_FINDING_KINDS; i++)
    if (self->chips[i] != NULL)
      {
        show_count (self, i);
        n_kinds += self->shown[i] > 0;
      }
  if (n_kinds > 0)
    {
      gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), n_kinds);
      gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->flow),
                                              MIN (n_kinds, MAX_BESIDE));
    }
  /* Of one kind there is nothing to filter. */
  gtk_widget_set_visible (GTK_WIDGET (self), n_kinds > 1 || self->list != self->whole);
}

static void
on_items_changed (
    KutipFindingChips *self, guint list, guint at, guint removed, guint added)
{
  if (removed != added)
    show_counts (self);
}

static void
add_chip (KutipFindingChips *self, guint kind)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *chip = gtk_toggle_button_new ();
  GtkWidget *count = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (box),
                  gtk_image_new_from_icon_name (kutip_finding_words_get_icon (kind)));
  gtk_box_append (GTK_BOX (box), count);
  gtk_widget_add_css_class (count, "numeric");
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "flat");
  gtk_widget_add_css_class (chip, "finding-chip");
  g_signal_connect_object (chip, "toggled", G_CALLBACK (on_toggled), self,
                           G_CONNECT_DEFAULT);
  gtk_flow_box_insert (GTK_FLOW_BOX (self->flow), chip, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  gtk_widget_set_visible (gtk_widget_get_parent (chip), FALSE);
  self->chips[kind] = chip;
  self->counts[kind] = GTK_LABEL (count);
}

static void
kutip_finding_chips_dispose (GObject *object)
{
  KutipFindingChips *self = KUTIP_FINDING_CHIPS (object);

  if (self->check != NULL)
    g_clear_signal_handler (&self->handler, self->check);
  g_clear_object (&self->check);
  g_clear_pointer (&self->flow, gtk_widget_unparent);
  G_OBJECT_CLASS (kutip_finding_chips_parent_class)->dispose (object);
}

static void
kutip_finding_chips_class_init (KutipFindingChipsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_finding_chips_dispose;
  signals[CHANGED] = g_signal_new ("changed", KUTIP_TYPE_FINDING_CHIPS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
kutip_finding_chips_init (KutipFindingChips *self)
{
  GtkFlowBox *flow = GTK_FLOW_BOX (gtk_flow_box_new ());

  gtk_flow_box_set_selection_mode (flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (flow, TRUE);
  gtk_flow_box_set_column_spacing (flow, 2);
  gtk_flow_box_set_row_spacing (flow, 2);
  self->flow = GTK_WIDGET (flow);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_add_css_class (self->flow, "label-toggles");
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show only"), -1);
}

GtkWidget *
kutip_finding_chips_new (guint whole)
{
  KutipFindingChips *self = g_object_new (KUTIP_TYPE_FINDING_CHIPS, NULL);

  self->whole = self->list = whole;
  for (guint i = 0; i < KUTIP_N_FINDING_KINDS; i++)
    if (has_kind (whole, i))
      add_chip (self, i);
  return GTK_WIDGET (self);
}

void
kutip_finding_chips_set_check (KutipFindingChips *self, KutipCheck *check)
{
  g_return_if_fail (KUTIP_IS_FINDING_CHIPS (self));

  if (check == self->check)
    return;
  if (self->check != NULL)
    g_clear_signal_handler (&self->handler, self->check);
  g_set_object (&self->check, check);
  if (check != NULL)
    self->handler = g_signal_connect_swapped (check, "items-changed",
                                              G_CALLBACK (on_items_changed), self);
  kutip_finding_chips_clear (self);
  show_counts (self);
}

guint
kutip_finding_chips_get_list (KutipFindingChips *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDING_CHIPS (self), 0);

  return self->list;
}

void
kutip_finding_chips_clear (KutipFindingChips *self)
{
  g_return_if_fail (KUTIP_IS_FINDING_CHIPS (self));

  choose (self, self->whole);
}
