/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/side-pane.h"

/* Of the edge, in pixels: within a pane at the end, where its margin is, but outside one
 * at the start, in the text's margin, so that it lies over no scroll bar. */
#define EDGE 8

struct _KutipSidePane
{
  GtkWidget parent_instance;

  GtkWidget *child;
  GtkWidget *edge;
  gboolean at_end;
  int wanted; /* pixels; 0: as the child would like */

  /* When the edge was taken hold of: where, in the window, and how wide the pane was. */
  double drag_x;
  int drag_width;
  gboolean is_dragged; /* since then */
};

enum
{
  PROP_CHILD = 1,
  PROP_AT_END,
  N_PROPS
};

enum
{
  DRAGGED,
  DROPPED,
  RESET,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipSidePane, kutip_side_pane, GTK_TYPE_WIDGET)

static gboolean
is_on_the_right (KutipSidePane *self)
{
  return self->at_end ==
         (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL);
}

static void
kutip_side_pane_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  KutipSidePane *self = KUTIP_SIDE_PANE (widget);

  *minimum = *natural = 0;
  if (self->child == NULL)
    return;
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  /* AdwFlap 1.2 gives a pane beside the text what it needs, and no more. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL && self->wanted > 0)
    *minimum = *natural = MAX (*minimum, self->wanted);
}

static void
kutip_side_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KutipSidePane *self = KUTIP_SIDE_PANE (widget);
  GtkAllocation edge = { .width = EDGE, .height = height };

  if (self->child != NULL)
    gtk_widget_allocate (self->child, width, height, baseline, NULL);
  if (is_on_the_right (self))
    edge.x = self->at_end ? 0 : -EDGE;
  else
    edge.x = self->at_end ? width - EDGE : width;
  /* Measured, as GTK wants of all that it allocates. */
  gtk_widget_measure (self->edge, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->edge, &edge, -1);
}

static double
get_pointer_x (KutipSidePane *self, double x)
{
  double x_in_window = x, y;

  gtk_widget_translate_coordinates (
      self->edge, GTK_WIDGET (gtk_widget_get_root (self->edge)), x, 0, &x_in_window, &y);
  return x_in_window;
}

static void
on_drag_begin (KutipSidePane *self, double x, double y, GtkGesture *drag)
{
  gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
  self->drag_x = get_pointer_x (self, x);
  self->drag_width = gtk_widget_get_width (GTK_WIDGET (self));
  self->is_dragged = FALSE;
}

/* The edge moves below the pointer, so only places in the window can be compared. */
static void
on_drag_update (KutipSidePane *self, double dx, double dy, GtkGestureDrag *drag)
{
  double x, y, moved;

  if (!gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  moved = get_pointer_x (self, x + dx) - self->drag_x;
  if (is_on_the_right (self))
    moved = -moved;
  self->is_dragged = TRUE;
  g_signal_emit (self, signals[DRAGGED], 0, MAX (1, self->drag_width + (int) moved));
}

static void
on_drag_end (KutipSidePane *self, double dx, double dy)
{
  if (!self->is_dragged)
    return;
  self->is_dragged = FALSE;
  g_signal_emit (self, signals[DROPPED], 0);
}

static void
on_pressed (KutipSidePane *self, int n_press)
{
  if (n_press == 2)
    g_signal_emit (self, signals[RESET], 0);
}

static void
kutip_side_pane_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  KutipSidePane *self = KUTIP_SIDE_PANE (object);

  switch (id)
    {
    case PROP_CHILD:
      g_assert (self->child == NULL);
      self->child = g_value_get_object (value);
      if (self->child != NULL) /* below the edge */
        gtk_widget_insert_before (self->child, GTK_WIDGET (self), self->edge);
      break;
    case PROP_AT_END:
      self->at_end = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_side_pane_dispose (GObject *object)
{
  KutipSidePane *self = KUTIP_SIDE_PANE (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_pointer (&self->edge, gtk_widget_unparent);
  G_OBJECT_CLASS (kutip_side_pane_parent_class)->dispose (object);
}

static void
kutip_side_pane_class_init (KutipSidePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = kutip_side_pane_set_property;
  object_class->dispose = kutip_side_pane_dispose;
  widget_class->measure = kutip_side_pane_measure;
  widget_class->size_allocate = kutip_side_pane_size_allocate;

  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_AT_END] =
      g_param_spec_boolean ("at-end", NULL, NULL, FALSE, flags | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[DRAGGED] = g_signal_new ("dragged", KUTIP_TYPE_SIDE_PANE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[DROPPED] = g_signal_new ("dropped", KUTIP_TYPE_SIDE_PANE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESET] = g_signal_new ("reset", KUTIP_TYPE_SIDE_PANE, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_side_pane_init (KutipSidePane *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->edge = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_cursor_from_name (self->edge, "col-resize");
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_gesture_group (drag, click);
  gtk_widget_add_controller (self->edge, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (self->edge, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_parent (self->edge, GTK_WIDGET (self));
}

void
kutip_side_pane_set_wanted_width (KutipSidePane *self, int width)
{
  g_return_if_fail (KUTIP_IS_SIDE_PANE (self));

  if (width == self->wanted)
    return;
  self->wanted = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

int
kutip_side_pane_get_wanted_width (KutipSidePane *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDE_PANE (self), 0);

  return self->wanted;
}

GtkWidget *
kutip_side_pane_get_child (KutipSidePane *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDE_PANE (self), NULL);

  return self->child;
}
