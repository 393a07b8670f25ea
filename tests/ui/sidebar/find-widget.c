/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "find-widget.h"

#include "ui/tooltip.h"

typedef gboolean (*Fits) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
search (GtkWidget *root, GType type, Fits fits, gconstpointer data, guint *nth)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (fits == NULL || fits (root, data)) &&
      (*nth)-- == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = search (child, type, fits, data, nth);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
says_itself (GtkWidget *label, gconstpointer text)
{
  return g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) == 0;
}

static gboolean
says (GtkWidget *widget, gconstpointer text)
{
  guint first = 0;

  return search (widget, GTK_TYPE_LABEL, says_itself, text, &first) != NULL;
}

static gboolean
has_tooltip (GtkWidget *widget, gconstpointer text)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0 ||
         g_strcmp0 (kutip_tooltip_get (widget), text) == 0;
}

GtkWidget *
find_widget (GtkWidget *root, GType type, guint nth)
{
  return search (root, type, NULL, NULL, &nth);
}

GtkWidget *
find_saying (GtkWidget *root, GType type, const char *text)
{
  guint first = 0;

  return search (root, type, says, text, &first);
}

GtkWidget *
find_tooltip (GtkWidget *root, const char *tooltip)
{
  guint first = 0;

  return search (root, GTK_TYPE_BUTTON, has_tooltip, tooltip, &first);
}

guint
count_widgets (GtkWidget *root, GType type)
{
  guint n = 0;

  while (find_widget (root, type, n) != NULL)
    n++;
  return n;
}

void
settle (GtkWidget *widget)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (gtk_widget_get_mapped (widget))
    {
      gtk_widget_queue_draw (widget);
      gtk_test_widget_wait_for_draw (widget);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
