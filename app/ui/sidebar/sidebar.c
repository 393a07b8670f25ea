/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/sidebar.h"

#include "ui/line-metrics.h"

/* As wide as forms and rows want it: pixels, and in larger text average characters. */
#define WIDTH 300
#define WIDTH_CHARS 34
/* Pages with nothing visible on them while they are not shown. */
#define N_RESTING 3

struct _KutipSidebar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkStack *pages;
  KutipSpanList *list;
  KutipSpanCard *card;
  KutipPropertiesPane *properties;
  KutipToDoPane *to_do;
  KutipReviewPane *review;
  KutipGuidelinesPane *guidelines;

  KutipAnnotator *annotator;
  GSignalGroup *annotator_signals;
};

enum
{
  PROP_ANNOTATOR = 1,
  PROP_PAGE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipSidebar, kutip_sidebar, GTK_TYPE_WIDGET)

/* Where nothing is marked, the list tells how to begin: there is nothing to be shown
 * below. */
static void
show_card (KutipSidebar *self)
{
  gboolean has_spans =
      self->annotator != NULL && kutip_layer_get_n_spans (kutip_document_get_layer (
                                     kutip_annotator_get_document (self->annotator))) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->card), has_spans);
}

static int
get_wanted_width (GtkWidget *widget)
{
  KutipLineMetrics metrics =
      kutip_line_metrics_get (gtk_widget_get_pango_context (widget));

  return MAX (WIDTH, PANGO_PIXELS (metrics.char_width * WIDTH_CHARS));
}

/* What it would like to have does not hang on what it shows, which would make the text
 * beside it jump; it does with less, where the window is narrow. */
static void
kutip_sidebar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gtk_widget_measure (KUTIP_SIDEBAR (widget)->box, orientation, for_size, minimum,
                      natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, get_wanted_width (widget));
}

static void
kutip_sidebar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (KUTIP_SIDEBAR (widget)->box, width, height, baseline, NULL);
}

/* The review is not among them: no other page is wider. */
static void
list_resting (KutipSidebar *self, GtkWidget *panes[N_RESTING])
{
  panes[0] = GTK_WIDGET (self->to_do);
  panes[1] = GTK_WIDGET (self->properties);
  panes[2] = GTK_WIDGET (self->guidelines);
}

/* GTK styles all anew that is visible, seen or not, whenever the window gets or loses the
 * keyboard or fills the screen: so what is on a page is visible only while that is shown,
 * and until it has faded. */
static void
hide_unseen (KutipSidebar *self)
{
  GtkWidget *panes[N_RESTING];

  list_resting (self, panes);
  for (guint i = 0; i < N_RESTING; i++)
    {
      GtkWidget *page = gtk_widget_get_parent (panes[i]);

      gtk_widget_set_visible (panes[i],
                              page == gtk_stack_get_visible_child (self->pages) ||
                                  gtk_widget_get_mapped (page));
    }
}

/* What is on a page disappears once that has. */
static void
follow_pages (KutipSidebar *self)
{
  GtkWidget *panes[N_RESTING];

  list_resting (self, panes);
  for (guint i = 0; i < N_RESTING; i++)
    g_signal_connect_object (gtk_widget_get_parent (panes[i]), "unmap",
                             G_CALLBACK (hide_unseen), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  hide_unseen (self);
}

static void
on_page_changed (KutipSidebar *self)
{
  hide_unseen (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

static void
on_review_closed (KutipSidebar *self)
{
  kutip_sidebar_set_page (self, "annotations");
}

static void
kutip_sidebar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipSidebar *self = KUTIP_SIDEBAR (object);

  switch (id)
    {
    case PROP_ANNOTATOR:
      g_value_set_object (value, self->annotator);
      break;
    case PROP_PAGE:
      g_value_set_string (value, kutip_sidebar_get_page (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_sidebar_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  KutipSidebar *self = KUTIP_SIDEBAR (object);

  switch (id)
    {
    case PROP_ANNOTATOR:
      kutip_sidebar_set_annotator (self, g_value_get_object (value));
      break;
    case PROP_PAGE:
      kutip_sidebar_set_page (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_sidebar_dispose (GObject *object)
{
  KutipSidebar *self = KUTIP_SIDEBAR (object);
  GtkWidget *child;

  g_clear_object (&self->annotator_signals);
  g_clear_object (&self->annotator);
  gtk_widget_dispose_template (GTK_WIDGET (self), KUTIP_TYPE_SIDEBAR);
  /* Those of the template's children that no field names. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_sidebar_parent_class)->dispose (object);
}

static void
kutip_sidebar_class_init (KutipSidebarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = kutip_sidebar_get_property;
  object_class->set_property = kutip_sidebar_set_property;
  object_class->dispose = kutip_sidebar_dispose;
  widget_class->measure = kutip_sidebar_measure;
  widget_class->size_allocate = kutip_sidebar_size_allocate;

  properties[PROP_ANNOTATOR] =
      g_param_spec_object ("annotator", NULL, NULL, KUTIP_TYPE_ANNOTATOR, flags);
  properties[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, "annotations", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (KUTIP_TYPE_SPAN_LIST);
  g_type_ensure (KUTIP_TYPE_SPAN_CARD);
  g_type_ensure (KUTIP_TYPE_PROPERTIES_PANE);
  g_type_ensure (KUTIP_TYPE_TO_DO_PANE);
  g_type_ensure (KUTIP_TYPE_REVIEW_PANE);
  g_type_ensure (KUTIP_TYPE_GUIDELINES_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/sidebar/sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, KutipSidebar, pages);
  gtk_widget_class_bind_template_child (widget_class, KutipSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, KutipSidebar, card);
  gtk_widget_class_bind_template_child (widget_class, KutipSidebar, properties);
  gtk_widget_class_bind_template_child (widget_class, KutipSidebar, to_do);
  gtk_widget_class_bind_template_child (widget_class, KutipSidebar, review);
  gtk_widget_class_bind_template_child (widget_class, KutipSidebar, guidelines);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_review_closed);
}

static void
kutip_sidebar_init (KutipSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect_swapped (self->annotator_signals, "changed",
                                  G_CALLBACK (show_card), self);
  follow_pages (self);
}

GtkWidget *
kutip_sidebar_new (void)
{
  return g_object_new (KUTIP_TYPE_SIDEBAR, NULL);
}

void
kutip_sidebar_set_annotator (KutipSidebar *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_SIDEBAR (self));
  g_return_if_fail (annotator == NULL || KUTIP_IS_ANNOTATOR (annotator));

  if (!g_set_object (&self->annotator, annotator))
    return;

  kutip_span_list_set_annotator (self->list, annotator);
  kutip_span_card_set_annotator (self->card, annotator);
  kutip_properties_pane_set_annotator (self->properties, annotator);
  kutip_to_do_pane_set_annotator (self->to_do, annotator);
  kutip_review_pane_set_annotator (self->review, annotator);
  kutip_guidelines_pane_set_annotator (self->guidelines, annotator);
  if (g_strcmp0 (kutip_sidebar_get_page (self), "review") == 0 &&
      kutip_review_pane_get_n_left (self->review) == 0)
    kutip_sidebar_set_page (self, "annotations");
  g_signal_group_set_target (self->annotator_signals, annotator);
  show_card (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANNOTATOR]);
}

KutipAnnotator *
kutip_sidebar_get_annotator (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), NULL);

  return self->annotator;
}

void
kutip_sidebar_commit (KutipSidebar *self)
{
  g_return_if_fail (KUTIP_IS_SIDEBAR (self));

  kutip_span_card_commit (self->card);
  kutip_properties_pane_commit (self->properties);
}

void
kutip_sidebar_set_page (KutipSidebar *self, const char *page)
{
  g_return_if_fail (KUTIP_IS_SIDEBAR (self));
  g_return_if_fail (page != NULL);

  gtk_stack_set_visible_child_name (self->pages, page);
}

const char *
kutip_sidebar_get_page (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), NULL);

  return gtk_stack_get_visible_child_name (self->pages);
}

gboolean
kutip_sidebar_focus_list (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), FALSE);

  kutip_sidebar_set_page (self, "annotations");
  return kutip_span_list_focus_rows (self->list);
}

gboolean
kutip_sidebar_focus_filter (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), FALSE);

  kutip_sidebar_set_page (self, "annotations");
  return kutip_span_list_focus_filter (self->list);
}

gboolean
kutip_sidebar_focus_note (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), FALSE);

  kutip_sidebar_set_page (self, "annotations");
  return kutip_span_card_focus_note (self->card);
}

gboolean
kutip_sidebar_focus_link (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), FALSE);

  kutip_sidebar_set_page (self, "annotations");
  return kutip_span_card_focus_link (self->card);
}

gboolean
kutip_sidebar_focus_attribute (KutipSidebar *self, guint nth)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), FALSE);

  kutip_sidebar_set_page (self, "annotations");
  return kutip_span_card_focus_attribute (self->card, nth);
}

KutipSpanList *
kutip_sidebar_get_list (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), NULL);

  return self->list;
}

KutipSpanCard *
kutip_sidebar_get_card (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), NULL);

  return self->card;
}

KutipPropertiesPane *
kutip_sidebar_get_properties (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), NULL);

  return self->properties;
}

KutipToDoPane *
kutip_sidebar_get_to_do (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), NULL);

  return self->to_do;
}

KutipGuidelinesPane *
kutip_sidebar_get_guidelines (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), NULL);

  return self->guidelines;
}

KutipReviewPane *
kutip_sidebar_get_review (KutipSidebar *self)
{
  g_return_val_if_fail (KUTIP_IS_SIDEBAR (self), NULL);

  return self->review;
}
