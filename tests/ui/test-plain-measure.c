/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plain-measure.h"

#include <adwaita.h>

#define LONG                                                                                \
  "Presiden mengatakan langkah ini dilakukan demi kebaikan kedua negara, dan akan dibahas " \
  "lagi pada pertemuan berikutnya di Jakarta."

/* Says how often it is asked for its size, as a text would be that wraps. */
typedef struct
{
  GtkWidget parent_instance;
  guint n_heights;
  GHashTable *widths;
} Asked;
typedef GtkWidgetClass AskedClass;

GType asked_get_type (void);
G_DEFINE_TYPE (Asked, asked, GTK_TYPE_WIDGET)

static void
asked_measure (GtkWidget *widget,
               GtkOrientation orientation,
               int for_size,
               int *minimum,
               int *natural,
               int *minimum_baseline,
               int *natural_baseline)
{
  Asked *self = (Asked *) widget;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      self->n_heights += for_size >= 0;
      *minimum = 100;
      *natural = 400;
    }
  else
    {
      g_hash_table_add (self->widths, GINT_TO_POINTER (for_size));
      *minimum = *natural = for_size < 0 ? 400 : 40000 / MAX (for_size, 1);
    }
}

static GtkSizeRequestMode
asked_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
asked_finalize (GObject *object)
{
  g_hash_table_unref (((Asked *) object)->widths);
  G_OBJECT_CLASS (asked_parent_class)->finalize (object);
}

static void
asked_class_init (AskedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = asked_finalize;
  klass->measure = asked_measure;
  klass->get_request_mode = asked_get_request_mode;
}

static void
asked_init (Asked *self)
{
  self->widths = g_hash_table_new (NULL, NULL);
}

typedef AdwWindow Plain;
typedef AdwWindowClass PlainClass;

GType plain_get_type (void);
G_DEFINE_TYPE (Plain, plain, ADW_TYPE_WINDOW)

static void
plain_class_init (PlainClass *klass)
{
  kutip_plain_measure_init (GTK_WIDGET_CLASS (klass));
}

static void
plain_init (Plain *self)
{
}

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      g_usleep (2000);
    }
}

/* A window that is shown, with a text that wraps. */
static GtkWindow *
show_window (GType type, Asked **asked)
{
  GtkWindow *window =
      g_object_new (type, "default-width", 700, "default-height", 300, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (LONG);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  *asked = g_object_new (asked_get_type (), NULL);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*asked));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (window);
  while (!gtk_widget_get_mapped (label) || gtk_widget_get_width (label) == 0)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  return window;
}

/* The least width and what height that takes, and no other height is asked about. */
static void
test_few (void)
{
  Asked *asked;
  GtkWindow *window = show_window (plain_get_type (), &asked);

  g_assert_cmpuint (asked->n_heights, ==, 0);
  g_assert_cmpuint (g_hash_table_size (asked->widths), <=, 4);
  gtk_window_destroy (window);
}

/* It is as large as another, and as small as it may get. */
static void
test_same_size (void)
{
  Asked *ours, *others;
  GtkWindow *window = show_window (plain_get_type (), &ours);
  GtkWindow *other = show_window (ADW_TYPE_WINDOW, &others);
  int least[2], height[2];

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &least[0],
                      NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (other), GTK_ORIENTATION_HORIZONTAL, -1, &least[1], NULL,
                      NULL, NULL);
  g_assert_cmpint (least[0], ==, least[1]);
  for (int width = least[0]; width <= 900; width += 100)
    {
      gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, width,
                          &height[0], NULL, NULL, NULL);
      gtk_widget_measure (GTK_WIDGET (other), GTK_ORIENTATION_VERTICAL, width, &height[1],
                          NULL, NULL, NULL);
      g_assert_cmpint (height[0], ==, height[1]);
    }
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (ours)), ==,
                   gtk_widget_get_width (GTK_WIDGET (others)));
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (ours)), ==,
                   gtk_widget_get_height (GTK_WIDGET (others)));
  gtk_window_destroy (window);
  gtk_window_destroy (other);
}

/* The box with what @page says. */
static GtkWidget *
get_words (AdwStatusPage *page)
{
  GtkWidget *found = gtk_widget_get_first_child (GTK_WIDGET (page));

  found = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (found));
  found = gtk_viewport_get_child (GTK_VIEWPORT (found));
  return adw_clamp_get_child (ADW_CLAMP (gtk_widget_get_first_child (found)));
}

/* A window that is shown, with a page that also has what counts how it is asked. */
static GtkWindow *
show_page (gboolean plain, int height, Asked **asked, GtkWidget **words)
{
  GtkWindow *window = g_object_new (plain_get_type (), "default-width", 400,
                                    "default-height", height, NULL);
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), "Nothing");
  adw_status_page_set_description (ADW_STATUS_PAGE (page), LONG);
  if (plain)
    kutip_plain_measure_page (ADW_STATUS_PAGE (page));
  *words = get_words (ADW_STATUS_PAGE (page));
  *asked = g_object_new (asked_get_type (), NULL);
  gtk_box_append (GTK_BOX (*words), GTK_WIDGET (*asked));
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (window);
  while (!gtk_widget_get_mapped (*words) || gtk_widget_get_width (*words) == 0)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  return window;
}

/* All in it lies where it lies in another, whether there is much room or too little. */
static void
test_page (void)
{
  const int heights[] = { 250, 700 };

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      Asked *ours, *others;
      GtkWidget *words, *other_words;
      GtkWindow *window = show_page (TRUE, heights[i], &ours, &words);
      GtkWindow *other = show_page (FALSE, heights[i], &others, &other_words);
      GtkWidget *child = gtk_widget_get_first_child (words);
      GtkWidget *other_child = gtk_widget_get_first_child (other_words);
      guint n_shown = 0;

      g_assert_cmpuint (ours->n_heights, ==, 0);
      for (; child != NULL; child = gtk_widget_get_next_sibling (child))
        {
          graphene_rect_t bounds, expected;

          if (gtk_widget_get_mapped (child))
            {
              g_assert_true (
                  gtk_widget_compute_bounds (child, GTK_WIDGET (window), &bounds));
              g_assert_true (
                  gtk_widget_compute_bounds (other_child, GTK_WIDGET (other), &expected));
              g_assert_true (graphene_rect_equal (&bounds, &expected));
              n_shown++;
            }
          other_child = gtk_widget_get_next_sibling (other_child);
        }
      g_assert_cmpuint (n_shown, ==, 3);
      gtk_window_destroy (window);
      gtk_window_destroy (other);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/plain-measure/few", test_few);
  g_test_add_func ("/plain-measure/same-size", test_same_size);
  g_test_add_func ("/plain-measure/page", test_page);
  return g_test_run ();
}
