/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-list.h"

#include "ui/after-frame.h"
#include "ui/plain-measure.h"
#include "ui/sidebar/label-toggles.h"
#include "ui/sidebar/near-rows.h"
#include "ui/sidebar/span-advice.h"
#include "ui/sidebar/span-row.h"
#include "ui/sidebar/span-selection.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* More toggles than this have no room beside the heading. */
#define MAX_TOGGLES_BESIDE 5

struct _KutipSpanList
{
  GtkWidget parent_instance;

  GtkLabel *count;
  GtkBox *labels_beside; /* one of the two holds the toggles */
  GtkBox *labels_below;
  KutipLabelToggles *toggles;
  GtkToggleButton *search_toggle;
  GtkEditable *search;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkListView *rows;
  AdwStatusPage *empty;

  KutipSpanModel *model;
  KutipSpanSelection *selection;
  KutipAnnotator *annotator;
  GSignalGroup *annotator_signals;
  GSignalGroup *document_signals;
  KutipAfterFrame *counting;  /* another number can make the pane anew */
  KutipAfterFrame *scrolling; /* to the row of the current span */
  guint scroll_source;        /* to scroll, when there are rows to scroll to */
  gboolean wants_first;       /* to go to the first that passes, once that is known */
};

enum
{
  PROP_ANNOTATOR = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipSpanList, kutip_span_list, GTK_TYPE_WIDGET)

static KutipTagset *
get_tagset (KutipSpanList *self)
{
  return kutip_document_get_tagset (kutip_annotator_get_document (self->annotator));
}

static guint
get_n_spans (KutipSpanList *self)
{
  if (self->annotator == NULL)
    return 0;
  return kutip_layer_get_n_spans (
      kutip_document_get_layer (kutip_annotator_get_document (self->annotator)));
}

static guint
count_unknown (KutipSpanList *self)
{
  KutipLayer *layer =
      kutip_document_get_layer (kutip_annotator_get_document (self->annotator));
  guint n = kutip_layer_get_n_spans (layer);

  for (guint i = 0; i < kutip_tagset_get_n_labels (get_tagset (self)); i++)
    n -= kutip_layer_count_label (
        layer, kutip_tagset_get_nth_label (get_tagset (self), i)->name);
  return n;
}

static void
show_count (gpointer data)
{
  KutipSpanList *self = data;
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint n_spans = get_n_spans (self);
  g_autofree char *count = NULL;

  if (kutip_span_model_is_filtered (self->model))
    {
      g_autofree char *shown = g_strdup_printf ("%'u", n_shown);
      g_autofree char *all = g_strdup_printf ("%'u", n_spans);

      /* Translators: how many annotations pass the filter, of how many: 3 of 12. */
      count = g_strdup_printf (_ ("%1$s of %2$s"), shown, all);
    }
  else if (self->annotator != NULL)
    count = g_strdup_printf (ngettext ("%'u span", "%'u spans", n_spans), n_spans);
  gtk_label_set_text (self->count, count != NULL ? count : "");
}

/* What passes the filter is not known, or not all shown yet. */
static gboolean
is_under_way (KutipSpanList *self)
{
  return kutip_span_model_is_filtering (self->model) ||
         kutip_span_model_is_catching_up (self->model);
}

static void
show_page (KutipSpanList *self)
{
  const char *page = "rows";

  /* While annotations are still being read, nothing is said of them. */
  if (self->annotator != NULL && get_n_spans (self) == 0)
    page = "empty";
  else if (self->annotator != NULL &&
           g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0 &&
           !is_under_way (self))
    page = "none";
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
show_advice (KutipSpanList *self)
{
  kutip_span_advice_show (self->empty, kutip_annotator_get_document (self->annotator));
}

static void
apply_filter (KutipSpanList *self)
{
  g_autofree const char **names = NULL;
  gboolean unknown;

  if (self->annotator == NULL)
    return;

  names = kutip_label_toggles_list_chosen (self->toggles);
  unknown = kutip_label_toggles_is_unknown_chosen (self->toggles);
  kutip_span_model_set_filter (self->model, names, unknown ? get_tagset (self) : NULL,
                               gtk_editable_get_text (self->search));
  show_count (self);
  show_page (self);
}

/* The toggles of the tag set's labels, all up: the filter lets every label pass. */
static void
build_toggles (KutipSpanList *self)
{
  KutipTagset *tagset = self->annotator != NULL ? get_tagset (self) : NULL;
  gboolean many =
      tagset != NULL && kutip_tagset_get_n_labels (tagset) > MAX_TOGGLES_BESIDE;
  GtkBox *place = many ? self->labels_below : self->labels_beside;
  GtkWidget *toggles = GTK_WIDGET (self->toggles);

  if (gtk_widget_get_parent (toggles) != GTK_WIDGET (place))
    {
      g_object_ref (toggles);
      if (gtk_widget_get_parent (toggles) != NULL)
        gtk_box_remove (GTK_BOX (gtk_widget_get_parent (toggles)), toggles);
      gtk_box_append (place, toggles);
      g_object_unref (toggles);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->labels_below), many);
  kutip_label_toggles_set_tagset (self->toggles, tagset);
  kutip_label_toggles_set_wrap (self->toggles, many);
  if (tagset != NULL)
    kutip_label_toggles_show_unknown (self->toggles, count_unknown (self) > 0);
}

static void
clear_filter (KutipSpanList *self)
{
  kutip_label_toggles_clear (self->toggles);
  gtk_editable_set_text (self->search, "");
  gtk_toggle_button_set_active (self->search_toggle, FALSE);
  apply_filter (self);
}

static void
scroll_to_current (gpointer data)
{
  KutipSpanList *self = data;
  guint position;

  if (kutip_span_selection_get_selected (self->selection, &position))
    gtk_widget_activate_action (GTK_WIDGET (self->rows), "list.scroll-to-item", "u",
                                position);
}

static void
on_selection_changed (GtkSelectionModel *selection,
                      guint position,
                      guint n_items,
                      gpointer data)
{
  kutip_after_frame_queue (KUTIP_SPAN_LIST (data)->scrolling);
}

static void
go_to_first (KutipSpanList *self)
{
  KutipSpan *span = kutip_span_model_get_nth_span (self->model, 0);

  self->wants_first = FALSE;
  if (span != NULL)
    kutip_annotator_set_current (self->annotator, span, TRUE);
}

static void
on_model_notify (KutipSpanModel *model, GParamSpec *pspec, gpointer data)
{
  KutipSpanList *self = data;

  kutip_after_frame_queue (self->counting);
  show_page (self);
  if (self->wants_first && !is_under_way (self))
    go_to_first (self);
}

static void
on_annotator_changed (KutipAnnotator *annotator, KutipChange *change, gpointer data)
{
  KutipSpanList *self = data;

  kutip_label_toggles_show_unknown (self->toggles, count_unknown (self) > 0);
  kutip_after_frame_queue (self->counting);
  show_page (self);
}

static void
on_document_notify_tagset (KutipDocument *document, GParamSpec *pspec, gpointer data)
{
  KutipSpanList *self = data;

  build_toggles (self);
  show_advice (self);
  apply_filter (self);
}

/* A filter that cannot be seen does not filter. */
static void
on_search_toggled (KutipSpanList *self)
{
  if (gtk_toggle_button_get_active (self->search_toggle))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->search));
      return;
    }
  gtk_editable_set_text (self->search, "");
  apply_filter (self);
}

static void
on_search_changed (KutipSpanList *self)
{
  apply_filter (self);
}

/* Enter in the filter goes to the first hit, also of what has only just been written. */
static void
on_search_activate (KutipSpanList *self)
{
  apply_filter (self);
  if (is_under_way (self))
    self->wants_first = TRUE;
  else
    go_to_first (self);
}

static void
on_search_next (KutipSpanList *self)
{
  kutip_span_list_focus_rows (self);
}

static void
on_search_stop (KutipSpanList *self)
{
  gtk_toggle_button_set_active (self->search_toggle, FALSE);
  kutip_span_list_focus_rows (self);
}

static gboolean
on_search_down (GtkWidget *widget, GVariant *args, gpointer data)
{
  return kutip_span_list_focus_rows (data);
}

static void
on_clear_filter_clicked (KutipSpanList *self)
{
  clear_filter (self);
  kutip_span_list_focus_rows (self);
}

static void
on_rows_activate (KutipSpanList *self, guint position)
{
  KutipSpan *span = kutip_span_model_get_nth_span (self->model, position);

  if (span != NULL)
    kutip_annotator_set_current (self->annotator, span, TRUE);
}

static void
on_factory_setup (GtkSignalListItemFactory *factory,
                  GtkListItem *list_item,
                  gpointer data)
{
  gtk_list_item_set_child (list_item, kutip_span_row_new ());
}

static void
on_factory_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  KutipSpanList *self = data;

  kutip_span_row_bind (KUTIP_SPAN_ROW (gtk_list_item_get_child (list_item)),
                       self->annotator, gtk_list_item_get_item (list_item));
}

static void
set_up_rows (KutipSpanList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_factory_setup), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_factory_bind), self,
                           G_CONNECT_DEFAULT);
  kutip_near_rows_follow (self->rows, self->scrolled);
  gtk_list_view_set_factory (self->rows, factory);
  gtk_list_view_set_model (self->rows, GTK_SELECTION_MODEL (self->selection));
}

static void
add_shortcut (GtkWidget *widget, const char *trigger, GtkShortcutAction *action)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), action));
  gtk_widget_add_controller (widget, controller);
}

static void
set_up_shortcuts (KutipSpanList *self)
{
  add_shortcut (GTK_WIDGET (self->rows), "Delete|KP_Delete",
                gtk_named_action_new ("annotation.delete"));
  add_shortcut (GTK_WIDGET (self->search), "Down|KP_Down",
                gtk_callback_action_new (on_search_down, self, NULL));
}

/* Rows have no place before the first layout, so that there is nothing to scroll to yet.
 */
static void
on_idle_scroll (gpointer data)
{
  KutipSpanList *self = data;

  self->scroll_source = 0;
  scroll_to_current (self);
}

static void
kutip_span_list_map (GtkWidget *widget)
{
  KutipSpanList *self = KUTIP_SPAN_LIST (widget);

  GTK_WIDGET_CLASS (kutip_span_list_parent_class)->map (widget);
  if (self->scroll_source == 0)
    self->scroll_source = g_idle_add_once (on_idle_scroll, self);
}

static void
kutip_span_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ANNOTATOR:
      g_value_set_object (value, KUTIP_SPAN_LIST (object)->annotator);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_span_list_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ANNOTATOR:
      kutip_span_list_set_annotator (KUTIP_SPAN_LIST (object),
                                     g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_span_list_dispose (GObject *object)
{
  KutipSpanList *self = KUTIP_SPAN_LIST (object);
  GtkWidget *child;

  g_clear_handle_id (&self->scroll_source, g_source_remove);
  g_clear_object (&self->annotator_signals);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->annotator);
  g_clear_pointer (&self->counting, kutip_after_frame_free);
  g_clear_pointer (&self->scrolling, kutip_after_frame_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), KUTIP_TYPE_SPAN_LIST);
  /* Those of the template's children that no field names. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (kutip_span_list_parent_class)->dispose (object);
}

static void
kutip_span_list_class_init (KutipSpanListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = kutip_span_list_get_property;
  object_class->set_property = kutip_span_list_set_property;
  object_class->dispose = kutip_span_list_dispose;
  widget_class->map = kutip_span_list_map;

  properties[PROP_ANNOTATOR] = g_param_spec_object (
      "annotator", NULL, NULL, KUTIP_TYPE_ANNOTATOR,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/sidebar/span-list.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, count);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, labels_beside);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, labels_below);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, search_toggle);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, search);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, stack);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, rows);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_search_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_next);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_filter_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_rows_activate);
}

static void
set_up_signals (KutipSpanList *self)
{
  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect (self->annotator_signals, "changed",
                          G_CALLBACK (on_annotator_changed), self);
  self->document_signals = g_signal_group_new (KUTIP_TYPE_DOCUMENT);
  g_signal_group_connect (self->document_signals, "notify::tagset",
                          G_CALLBACK (on_document_notify_tagset), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::read-only",
                                  G_CALLBACK (show_advice), self);
  g_signal_connect_object (self->model, "notify", G_CALLBACK (on_model_notify), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (on_selection_changed), self, G_CONNECT_AFTER);
}

static void
kutip_span_list_init (KutipSpanList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kutip_plain_measure_page (self->empty);
  self->toggles = KUTIP_LABEL_TOGGLES (kutip_label_toggles_new ());
  gtk_box_append (self->labels_beside, GTK_WIDGET (self->toggles));
  g_signal_connect_object (self->toggles, "changed", G_CALLBACK (apply_filter), self,
                           G_CONNECT_SWAPPED);
  self->counting = kutip_after_frame_new (GTK_WIDGET (self), show_count, self);
  self->scrolling = kutip_after_frame_new (GTK_WIDGET (self), scroll_to_current, self);
  self->model = kutip_span_model_new ();
  self->selection = kutip_span_selection_new (self->model);
  set_up_signals (self);
  set_up_rows (self);
  set_up_shortcuts (self);
  show_count (self);
  show_page (self);
}

GtkWidget *
kutip_span_list_new (void)
{
  return g_object_new (KUTIP_TYPE_SPAN_LIST, NULL);
}

void
kutip_span_list_set_annotator (KutipSpanList *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_SPAN_LIST (self));
  g_return_if_fail (annotator == NULL || KUTIP_IS_ANNOTATOR (annotator));

  if (self->annotator == annotator)
    return;

  /* Rows are bound to the annotator they have: the list is emptied before it goes. */
  kutip_span_selection_set_annotator (self->selection, NULL);
  g_set_object (&self->annotator, annotator);
  build_toggles (self);
  clear_filter (self);
  kutip_span_model_set_filter (self->model, NULL, NULL, NULL);
  kutip_span_selection_set_annotator (self->selection, annotator);
  g_signal_group_set_target (self->annotator_signals, annotator);
  g_signal_group_set_target (self->document_signals,
                             annotator != NULL ? kutip_annotator_get_document (annotator)
                                               : NULL);
  if (annotator != NULL)
    show_advice (self);
  show_count (self);
  show_page (self);
  scroll_to_current (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANNOTATOR]);
}

KutipAnnotator *
kutip_span_list_get_annotator (KutipSpanList *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_LIST (self), NULL);

  return self->annotator;
}

KutipSpanModel *
kutip_span_list_get_model (KutipSpanList *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_LIST (self), NULL);

  return self->model;
}

gboolean
kutip_span_list_focus_filter (KutipSpanList *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_LIST (self), FALSE);

  gtk_toggle_button_set_active (self->search_toggle, TRUE);
  return gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

gboolean
kutip_span_list_focus_rows (KutipSpanList *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_LIST (self), FALSE);

  return gtk_widget_grab_focus (GTK_WIDGET (self->rows));
}
