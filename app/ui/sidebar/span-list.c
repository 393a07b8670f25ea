/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-list.h"

#include "ui/label-badge.h"
#include "ui/sidebar/span-row.h"
#include "ui/sidebar/span-selection.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* More toggles than this have no room beside the heading. */
#define MAX_TOGGLES_BESIDE 5

struct _KutipSpanList
{
  GtkWidget parent_instance;

  GtkLabel *heading;
  GtkLabel *count;
  GtkFlowBox *labels_beside; /* the toggles, beside the heading or, when many, below it */
  GtkFlowBox *labels_below;
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
  GPtrArray
      *toggles; /* GtkToggleButton, borrowed: one a label, the last for unknown labels */
  guint scroll_source;   /* to scroll, when there are rows to scroll to */
  guint scrolled_source; /* to look what scrolling has brought near */
  gboolean building;     /* toggles go on and off, but not by hand */
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
show_count (KutipSpanList *self)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint n_spans = get_n_spans (self);
  g_autofree char *shown = g_strdup_printf ("%'u", n_shown);
  g_autofree char *all = g_strdup_printf ("%'u", n_spans);
  g_autofree char *both = NULL;

  if (kutip_span_model_is_filtered (self->model))
    {
      /* Translators: how many annotations pass the filter, of how many: 3 of 12. */
      both = g_strdup_printf (_ ("%1$s of %2$s"), shown, all);
      gtk_label_set_text (self->count, both);
    }
  else
    gtk_label_set_text (self->count, all);
}

static void
show_page (KutipSpanList *self)
{
  const char *page = "rows";

  if (get_n_spans (self) == 0)
    page = "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0 &&
           !kutip_span_model_is_filtering (self->model))
    page = "none";
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* Teaches with the first label that has a key. */
static void
show_advice (KutipSpanList *self)
{
  KutipTagset *tagset = get_tagset (self);
  g_autofree char *advice = NULL;
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset) && advice == NULL; i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);
      char key[8] = { 0 };

      if (label->key == 0)
        continue;
      g_unichar_to_utf8 (label->key, key);
      /* Translators: %1$s is a key, %2$s a label: press 1 to mark them as Claim. */
      advice =
          g_strdup_printf (_ ("Select some words and press %1$s to mark them as %2$s."),
                           key, kutip_label_look_get (tagset, label->name)->title);
    }
  if (advice == NULL)
    advice = g_strdup (_ ("Select some words and choose a label."));
  escaped = g_markup_escape_text (advice, -1);
  adw_status_page_set_description (self->empty, escaped);
}

/* With some labels chosen the others step back. */
static void
show_filtering (KutipSpanList *self, gboolean filtering)
{
  GtkFlowBox *const boxes[] = { self->labels_beside, self->labels_below };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    if (filtering)
      gtk_widget_add_css_class (GTK_WIDGET (boxes[i]), "filtering");
    else
      gtk_widget_remove_css_class (GTK_WIDGET (boxes[i]), "filtering");
}

static void
apply_filter (KutipSpanList *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  KutipTagset *unknown_to = NULL;

  if (self->building || self->annotator == NULL)
    return;

  for (guint i = 0; i < self->toggles->len; i++)
    {
      GtkToggleButton *toggle = g_ptr_array_index (self->toggles, i);

      if (!gtk_toggle_button_get_active (toggle))
        continue;
      if (i + 1 == self->toggles->len)
        unknown_to = get_tagset (self);
      else
        g_ptr_array_add (
            names, (gpointer) kutip_tagset_get_nth_label (get_tagset (self), i)->name);
    }
  g_ptr_array_add (names, NULL);
  show_filtering (self, names->len > 1 || unknown_to != NULL);
  kutip_span_model_set_filter (self->model, (const char *const *) names->pdata,
                               unknown_to, gtk_editable_get_text (self->search));
  show_count (self);
  show_page (self);
}

static void
add_toggle (KutipSpanList *self, const KutipLabelLook *look, const char *title)
{
  gboolean many = kutip_tagset_get_n_labels (get_tagset (self)) > MAX_TOGGLES_BESIDE;
  GtkFlowBox *box = many ? self->labels_below : self->labels_beside;
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *badge = kutip_label_badge_new ();
  GtkWidget *child;

  kutip_label_badge_set_look (KUTIP_LABEL_BADGE (badge), look);
  gtk_button_set_child (GTK_BUTTON (toggle), badge);
  gtk_widget_add_css_class (toggle, "flat");
  gtk_widget_add_css_class (toggle, "label-toggle");
  gtk_widget_set_tooltip_text (toggle, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (apply_filter), self,
                           G_CONNECT_SWAPPED);
  gtk_flow_box_insert (box, toggle, -1);
  child = gtk_widget_get_parent (toggle);
  gtk_widget_set_focusable (child, FALSE);
  g_ptr_array_add (self->toggles, toggle);
  gtk_widget_set_visible (GTK_WIDGET (box), TRUE);
}

static void
show_unknown_toggle (KutipSpanList *self)
{
  GtkToggleButton *toggle = g_ptr_array_index (self->toggles, self->toggles->len - 1);
  gboolean any = count_unknown (self) > 0;
  guint columns;

  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (toggle)), any);
  /* As many columns as toggles, so that they end where the list ends. */
  columns = MAX (self->toggles->len - !any, 1);
  gtk_flow_box_set_max_children_per_line (self->labels_beside, columns);
  gtk_flow_box_set_min_children_per_line (self->labels_beside, columns);
  if (!any)
    gtk_toggle_button_set_active (toggle, FALSE);
}

static void
clear_toggles (KutipSpanList *self)
{
  GtkFlowBox *const boxes[] = { self->labels_beside, self->labels_below };
  GtkWidget *child;

  g_ptr_array_set_size (self->toggles, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->labels_below), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    while ((child = gtk_widget_get_first_child (GTK_WIDGET (boxes[i]))) != NULL)
      gtk_flow_box_remove (boxes[i], child);
}

/* The toggles of the tag set's labels, all off: the filter lets every label pass. */
static void
build_toggles (KutipSpanList *self)
{
  KutipTagset *tagset;

  self->building = TRUE;
  clear_toggles (self);
  if (self->annotator != NULL)
    {
      tagset = get_tagset (self);
      for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
        {
          const KutipLabelLook *look =
              kutip_label_look_get (tagset, kutip_tagset_get_nth_label (tagset, i)->name);

          add_toggle (self, look, look->title);
        }
      add_toggle (self, kutip_label_look_get (tagset, ""),
                  _ ("Labels that the tag set lacks"));
      show_unknown_toggle (self);
    }
  self->building = FALSE;
}

static void
clear_filter (KutipSpanList *self)
{
  self->building = TRUE;
  for (guint i = 0; i < self->toggles->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->toggles, i), FALSE);
  gtk_editable_set_text (self->search, "");
  gtk_toggle_button_set_active (self->search_toggle, FALSE);
  self->building = FALSE;
  apply_filter (self);
}

static void
scroll_to_current (KutipSpanList *self)
{
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
  scroll_to_current (data);
}

static void
on_model_notify (KutipSpanModel *model, GParamSpec *pspec, gpointer data)
{
  show_count (data);
  show_page (data);
}

static void
on_annotator_changed (KutipAnnotator *annotator, KutipChange *change, gpointer data)
{
  show_unknown_toggle (data);
  show_count (data);
  show_page (data);
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

/* Enter in the filter goes to the first hit. */
static void
on_search_activate (KutipSpanList *self)
{
  KutipSpan *span = kutip_span_model_get_nth_span (self->model, 0);

  if (span != NULL)
    kutip_annotator_set_current (self->annotator, span, TRUE);
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
on_factory_unbind (GtkSignalListItemFactory *factory,
                   GtkListItem *list_item,
                   gpointer data)
{
  kutip_span_row_bind (KUTIP_SPAN_ROW (gtk_list_item_get_child (list_item)), NULL, NULL);
}

/* The rows that scrolling brought near, after the layout that places them. */
static gboolean
on_idle_scrolled (gpointer data)
{
  KutipSpanList *self = data;

  self->scrolled_source = 0;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (KUTIP_IS_SPAN_ROW (child))
        kutip_span_row_come_near (KUTIP_SPAN_ROW (child));
    }
  return G_SOURCE_REMOVE;
}

static void
on_adjustment_changed (KutipSpanList *self)
{
  if (self->scrolled_source == 0)
    self->scrolled_source =
        g_idle_add_full (GDK_PRIORITY_REDRAW + 1, on_idle_scrolled, self, NULL);
}

static void
set_up_rows (KutipSpanList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_factory_setup), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_factory_bind), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_factory_unbind), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (adjustment, "value-changed",
                           G_CALLBACK (on_adjustment_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_adjustment_changed),
                           self, G_CONNECT_SWAPPED);
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
  g_clear_handle_id (&self->scrolled_source, g_source_remove);
  g_clear_object (&self->annotator_signals);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->annotator);
  gtk_widget_dispose_template (GTK_WIDGET (self), KUTIP_TYPE_SPAN_LIST);
  /* Those of the template's children that no field names. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->toggles, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, KutipSpanList, heading);
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
  g_signal_connect_object (self->model, "notify", G_CALLBACK (on_model_notify), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (on_selection_changed), self, G_CONNECT_AFTER);
}

static void
kutip_span_list_init (KutipSpanList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->toggles = g_ptr_array_new ();
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
