/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/label-toggles.h"

#include "ui/label/label-badge.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* There are tag sets of hundreds of labels, which shall leave room for the spans: that
 * many are all seen at once, of more that many rows, and half of the next one, which
 * shows that there is more. */
#define MAX_UNSCROLLED 30
#define MAX_ROWS 4
#define COLUMNS_SCROLLED 8

struct _KutipLabelToggles
{
  GtkWidget parent_instance;

  GtkWidget *scroller; /* of many; NULL */
  GtkFlowBox *box;
  KutipTagset *tagset;
  GPtrArray
      *toggles; /* GtkToggleButton, borrowed: one a label, the last for unknown ones */
  gboolean wrap;
  gboolean is_quiet; /* buttons go up, but not by hand */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipLabelToggles, kutip_label_toggles, GTK_TYPE_WIDGET)

static gboolean
is_chosen (KutipLabelToggles *self, guint i)
{
  return gtk_toggle_button_get_active (g_ptr_array_index (self->toggles, i));
}

static void
show_chosen (KutipLabelToggles *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->toggles->len; i++)
    any = any || is_chosen (self, i);
  if (any)
    gtk_widget_add_css_class (GTK_WIDGET (self->box), "filtering");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->box), "filtering");
}

static void
on_toggled (KutipLabelToggles *self)
{
  show_chosen (self);
  if (!self->is_quiet)
    g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
get_place (KutipLabelToggles *self, guint i)
{
  return gtk_widget_get_parent (g_ptr_array_index (self->toggles, i));
}

/* As many columns as buttons where they do not wrap, so that they end where the line
 * ends. */
static void
arrange (KutipLabelToggles *self)
{
  guint n = 0;

  for (guint i = 0; i < self->toggles->len; i++)
    n += gtk_widget_get_visible (get_place (self, i)) != FALSE;
  n = MAX (n, 1);
  gtk_flow_box_set_max_children_per_line (self->box, n);
  gtk_flow_box_set_min_children_per_line (self->box, self->scroller != NULL
                                                         ? COLUMNS_SCROLLED
                                                     : self->wrap ? MIN (n, 6)
                                                                  : n);
  gtk_widget_set_halign (GTK_WIDGET (self), self->wrap ? GTK_ALIGN_START : GTK_ALIGN_END);
}

/* Many scroll; a few stand for themselves, as wide as they are. */
static void
set_scrolled (KutipLabelToggles *self, gboolean scrolled)
{
  if (scrolled == (self->scroller != NULL))
    return;

  if (!scrolled)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->box), "many");
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), NULL);
      g_clear_pointer (&self->scroller, gtk_widget_unparent);
      gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "many");
  gtk_widget_unparent (GTK_WIDGET (self->box));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller),
                                                    TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller),
                                                   TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller),
                                 GTK_WIDGET (self->box));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

static void
add_toggle (KutipLabelToggles *self, const KutipLabelLook *look, const char *title)
{
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *badge = kutip_label_badge_new ();

  kutip_label_badge_set_look (KUTIP_LABEL_BADGE (badge), look);
  gtk_button_set_child (GTK_BUTTON (toggle), badge);
  gtk_widget_add_css_class (toggle, "flat");
  gtk_widget_add_css_class (toggle, "label-toggle");
  kutip_tooltip_set (toggle, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
  gtk_flow_box_insert (self->box, toggle, -1);
  g_ptr_array_add (self->toggles, toggle);
  /* The button takes the focus, not its place in the box. */
  gtk_widget_set_focusable (gtk_widget_get_parent (toggle), FALSE);
}

static GtkWidget *
get_child (KutipLabelToggles *self)
{
  return self->scroller != NULL ? self->scroller : GTK_WIDGET (self->box);
}

/* Rows are as high as the text size and fingers need them. */
static int
measure_most_height (KutipLabelToggles *self)
{
  int spacing = (int) gtk_flow_box_get_row_spacing (self->box);
  int row;

  gtk_widget_measure (get_place (self, 0), GTK_ORIENTATION_VERTICAL, -1, NULL, &row, NULL,
                      NULL);
  return MAX_ROWS * (row + spacing) + row / 2;
}

static void
kutip_label_toggles_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  KutipLabelToggles *self = KUTIP_LABEL_TOGGLES (widget);

  gtk_widget_measure (get_child (self), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_VERTICAL && self->scroller != NULL)
    *natural = MAX (*minimum, MIN (*natural, measure_most_height (self)));
}

static void
kutip_label_toggles_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (get_child (KUTIP_LABEL_TOGGLES (widget)), width, height, baseline,
                       NULL);
}

static GtkSizeRequestMode
kutip_label_toggles_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (get_child (KUTIP_LABEL_TOGGLES (widget)));
}

static void
kutip_label_toggles_dispose (GObject *object)
{
  KutipLabelToggles *self = KUTIP_LABEL_TOGGLES (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  if (self->box != NULL && gtk_widget_get_parent (GTK_WIDGET (self->box)) != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  g_clear_object (&self->box);
  g_clear_object (&self->tagset);
  G_OBJECT_CLASS (kutip_label_toggles_parent_class)->dispose (object);
}

static void
kutip_label_toggles_finalize (GObject *object)
{
  g_ptr_array_unref (KUTIP_LABEL_TOGGLES (object)->toggles);
  G_OBJECT_CLASS (kutip_label_toggles_parent_class)->finalize (object);
}

static void
kutip_label_toggles_class_init (KutipLabelTogglesClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_label_toggles_dispose;
  object_class->finalize = kutip_label_toggles_finalize;
  widget_class->measure = kutip_label_toggles_measure;
  widget_class->size_allocate = kutip_label_toggles_size_allocate;
  widget_class->get_request_mode = kutip_label_toggles_get_request_mode;

  signals[CHANGED] = g_signal_new ("changed", KUTIP_TYPE_LABEL_TOGGLES, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_label_toggles_init (KutipLabelToggles *self)
{
  self->toggles = g_ptr_array_new ();
  self->box = g_object_ref_sink (GTK_FLOW_BOX (gtk_flow_box_new ()));
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (self->box, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "label-toggles");
  gtk_widget_set_valign (GTK_WIDGET (self->box), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Labels shown"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

GtkWidget *
kutip_label_toggles_new (void)
{
  return g_object_new (KUTIP_TYPE_LABEL_TOGGLES, NULL);
}

void
kutip_label_toggles_set_tagset (KutipLabelToggles *self, KutipTagset *tagset)
{
  GtkWidget *child;

  g_return_if_fail (KUTIP_IS_LABEL_TOGGLES (self));

  g_set_object (&self->tagset, tagset);
  g_ptr_array_set_size (self->toggles, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_flow_box_remove (self->box, child);
  set_scrolled (self,
                tagset != NULL && kutip_tagset_get_n_labels (tagset) > MAX_UNSCROLLED);
  if (tagset != NULL)
    {
      for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
        {
          const KutipLabelLook *look =
              kutip_label_look_get (tagset, kutip_tagset_get_nth_label (tagset, i)->name);

          add_toggle (self, look, look->title);
        }
      add_toggle (self, kutip_label_look_get (tagset, ""),
                  _ ("Labels that the tag set lacks"));
    }
  show_chosen (self);
  arrange (self);
}

void
kutip_label_toggles_show_unknown (KutipLabelToggles *self, gboolean show)
{
  guint last;

  g_return_if_fail (KUTIP_IS_LABEL_TOGGLES (self));

  if (self->toggles->len == 0)
    return;
  last = self->toggles->len - 1;
  gtk_widget_set_visible (get_place (self, last), show);
  arrange (self);
  /* What cannot be seen does not filter. */
  if (!show)
    gtk_toggle_button_set_active (g_ptr_array_index (self->toggles, last), FALSE);
}

void
kutip_label_toggles_set_wrap (KutipLabelToggles *self, gboolean wrap)
{
  g_return_if_fail (KUTIP_IS_LABEL_TOGGLES (self));

  self->wrap = wrap;
  arrange (self);
}

const char **
kutip_label_toggles_list_chosen (KutipLabelToggles *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_return_val_if_fail (KUTIP_IS_LABEL_TOGGLES (self), NULL);

  for (guint i = 0; i + 1 < self->toggles->len; i++)
    if (is_chosen (self, i))
      g_ptr_array_add (names,
                       (gpointer) kutip_tagset_get_nth_label (self->tagset, i)->name);
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

gboolean
kutip_label_toggles_is_unknown_chosen (KutipLabelToggles *self)
{
  g_return_val_if_fail (KUTIP_IS_LABEL_TOGGLES (self), FALSE);

  return self->toggles->len > 0 && is_chosen (self, self->toggles->len - 1);
}

void
kutip_label_toggles_clear (KutipLabelToggles *self)
{
  g_return_if_fail (KUTIP_IS_LABEL_TOGGLES (self));

  self->is_quiet = TRUE;
  for (guint i = 0; i < self->toggles->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->toggles, i), FALSE);
  self->is_quiet = FALSE;
}
