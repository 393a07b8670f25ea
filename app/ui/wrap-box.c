/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/wrap-box.h"

struct _KutipWrapBox
{
  GtkWidget parent_instance;

  int spacing;
};

enum
{
  PROP_SPACING = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipWrapBox, kutip_wrap_box, GTK_TYPE_WIDGET)

/* Children of one row. */
typedef struct
{
  GtkWidget *first, *end; /* end: the first one of the next row, or NULL */
  int width;              /* of what is in it, without what expands */
  int n_expanding;
} Row;

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
get_first (GtkWidget *widget)
{
  return skip_hidden (gtk_widget_get_first_child (widget));
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

static gboolean
expands (GtkWidget *child)
{
  return gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
}

static int
get_width (GtkWidget *child, int most)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                      NULL);
  return expands (child) ? minimum : MAX (minimum, MIN (natural, most));
}

static Row
gather_row (KutipWrapBox *self, GtkWidget *first, int most)
{
  Row row = { first, first, -self->spacing, 0 };

  while (row.end != NULL)
    {
      int width = row.width + self->spacing + get_width (row.end, most);

      if (width > most && row.end != first)
        break;
      row.width = width;
      row.n_expanding += expands (row.end);
      row.end = get_next (row.end);
    }
  return row;
}

/* The width of @child, whose row is @total wide. What is left is given to those that
 * expand, in equal parts; the last one of them has the odd pixels. */
static int
share_width (const Row *row, GtkWidget *child, int total, int *left, int *n_expanding)
{
  int width = get_width (child, total);
  int more;

  if (row->n_expanding == 0 || !expands (child))
    return width;
  more = *left / (*n_expanding)--;
  *left -= more;
  return width + more;
}

static int
measure_row (const Row *row, int total)
{
  int left = MAX (total - row->width, 0), n_expanding = row->n_expanding;
  int height = 0;

  for (GtkWidget *child = row->first; child != row->end; child = get_next (child))
    {
      int width = share_width (row, child, total, &left, &n_expanding);
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL,
                          NULL);
      height = MAX (height, natural);
    }
  return height;
}

static void
place_row (KutipWrapBox *self, const Row *row, const GdkRectangle *place)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int left = MAX (place->width - row->width, 0), n_expanding = row->n_expanding;
  int x = 0;

  for (GtkWidget *child = row->first; child != row->end; child = get_next (child))
    {
      int width = share_width (row, child, place->width, &left, &n_expanding);
      GtkAllocation allocation = { mirrored ? place->width - x - width : x, place->y,
                                   width, place->height };

      gtk_widget_size_allocate (child, &allocation, -1);
      x += width + self->spacing;
    }
}

static void
measure_width (KutipWrapBox *self, int *minimum, int *natural)
{
  *minimum = 0;
  *natural = 0;
  for (GtkWidget *child = get_first (GTK_WIDGET (self)); child != NULL;
       child = get_next (child))
    {
      int least, likes;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &likes, NULL,
                          NULL);
      *minimum = MAX (*minimum, least);
      *natural += likes + (*natural > 0 ? self->spacing : 0);
    }
}

static int
measure_height (KutipWrapBox *self, int width)
{
  int height = 0;

  for (GtkWidget *child = get_first (GTK_WIDGET (self)); child != NULL;)
    {
      Row row = gather_row (self, child, width);

      height += measure_row (&row, width) + (height > 0 ? self->spacing : 0);
      child = row.end;
    }
  return height;
}

static GtkSizeRequestMode
kutip_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kutip_wrap_box_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  KutipWrapBox *self = KUTIP_WRAP_BOX (widget);
  int least, likes;

  measure_width (self, &least, &likes);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = likes;
      return;
    }
  *minimum = *natural =
      measure_height (self, for_size < 0 ? likes : MAX (for_size, least));
}

static void
kutip_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KutipWrapBox *self = KUTIP_WRAP_BOX (widget);
  GdkRectangle place = { 0, 0, width, 0 };

  for (GtkWidget *child = get_first (widget); child != NULL;)
    {
      Row row = gather_row (self, child, width);

      place.height = measure_row (&row, width);
      place_row (self, &row, &place);
      place.y += place.height + self->spacing;
      child = row.end;
    }
}

static void
kutip_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_wrap_box_parent_class)->dispose (object);
}

static void
kutip_wrap_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SPACING)
    g_value_set_int (value, KUTIP_WRAP_BOX (object)->spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_wrap_box_set_property (GObject *object,
                             guint id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  KutipWrapBox *self = KUTIP_WRAP_BOX (object);

  if (id != PROP_SPACING)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (self->spacing == g_value_get_int (value))
    return;
  self->spacing = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
kutip_wrap_box_class_init (KutipWrapBoxClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_wrap_box_dispose;
  object_class->get_property = kutip_wrap_box_get_property;
  object_class->set_property = kutip_wrap_box_set_property;
  widget_class->get_request_mode = kutip_wrap_box_get_request_mode;
  widget_class->measure = kutip_wrap_box_measure;
  widget_class->size_allocate = kutip_wrap_box_size_allocate;
  props[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                              G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kutip_wrap_box_init (KutipWrapBox *self)
{
}
