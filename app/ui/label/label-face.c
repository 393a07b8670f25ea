/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/label/label-face.h"

#include "ui/label/label-badge.h"

/* Pixels. */
#define SPACING 6
/* Of a title. */
#define MOST_CHARS 20

enum
{
  BADGE,
  TITLE,
  KEY,
  N_PARTS
};

struct _KutipLabelFace
{
  GtkWidget parent_instance;

  GtkWidget *parts[N_PARTS]; /* NULL for those that are not there */
};

G_DEFINE_FINAL_TYPE (KutipLabelFace, kutip_label_face, GTK_TYPE_WIDGET)

/* What the first @n_parts take, with what is between them. */
static int
measure_parts (KutipLabelFace *self, int n_parts)
{
  int sum = 0;

  for (int i = 0; i < n_parts; i++)
    {
      int natural;

      if (self->parts[i] == NULL)
        continue;
      gtk_widget_measure (self->parts[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural,
                          NULL, NULL);
      sum += natural + (i > 0 ? SPACING : 0);
    }
  return sum;
}

static void
kutip_label_face_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  KutipLabelFace *self = KUTIP_LABEL_FACE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = measure_parts (self, KEY);
      *natural = measure_parts (self, N_PARTS);
      return;
    }
  *minimum = 0;
  for (int i = 0; i < N_PARTS; i++)
    {
      int height;

      if (self->parts[i] == NULL)
        continue;
      gtk_widget_measure (self->parts[i], orientation, -1, &height, NULL, NULL, NULL);
      *minimum = MAX (*minimum, height);
    }
  *natural = *minimum;
}

static void
kutip_label_face_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KutipLabelFace *self = KUTIP_LABEL_FACE (widget);
  const gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int at = 0;

  if (self->parts[KEY] != NULL)
    gtk_widget_set_child_visible (self->parts[KEY],
                                  width >= measure_parts (self, N_PARTS));
  for (int i = 0; i < N_PARTS; i++)
    {
      GtkAllocation place = { 0 };

      if (self->parts[i] == NULL || !gtk_widget_get_child_visible (self->parts[i]))
        continue;
      gtk_widget_measure (self->parts[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL,
                          &place.width, NULL, NULL);
      gtk_widget_measure (self->parts[i], GTK_ORIENTATION_VERTICAL, place.width,
                          &place.height, NULL, NULL, NULL);
      at += i > 0 ? SPACING : 0;
      place.x = is_mirrored ? width - at - place.width : at;
      place.y = (height - place.height) / 2;
      gtk_widget_size_allocate (self->parts[i], &place, -1);
      at += place.width;
    }
}

static void
kutip_label_face_dispose (GObject *object)
{
  KutipLabelFace *self = KUTIP_LABEL_FACE (object);

  for (int i = 0; i < N_PARTS; i++)
    g_clear_pointer (&self->parts[i], gtk_widget_unparent);
  G_OBJECT_CLASS (kutip_label_face_parent_class)->dispose (object);
}

static void
kutip_label_face_class_init (KutipLabelFaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kutip_label_face_dispose;
  widget_class->measure = kutip_label_face_measure;
  widget_class->size_allocate = kutip_label_face_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kutip_label_face_init (KutipLabelFace *self)
{
}

static void
add_part (KutipLabelFace *self, int part, GtkWidget *widget)
{
  self->parts[part] = widget;
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
}

GtkWidget *
kutip_label_face_new (const KutipLabelLook *look, const char *title, const char *key)
{
  KutipLabelFace *self = g_object_new (KUTIP_TYPE_LABEL_FACE, NULL);
  GtkWidget *badge = kutip_label_badge_new ();

  kutip_label_badge_set_look (KUTIP_LABEL_BADGE (badge), look);
  add_part (self, BADGE, badge);
  if (title != NULL)
    {
      GtkWidget *label = gtk_label_new (title);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
      add_part (self, TITLE, label);
    }
  if (key != NULL)
    {
      GtkWidget *cap = gtk_label_new (key);

      gtk_widget_add_css_class (cap, "label-key");
      add_part (self, KEY, cap);
    }
  return GTK_WIDGET (self);
}
