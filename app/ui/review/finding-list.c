/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/finding-list.h"

#include "ui/review/finding-chips.h"
#include "ui/review/finding-model.h"
#include "ui/review/finding-row.h"
#include "ui/sidebar/near-rows.h"

struct _KutipFindingList
{
  GtkWidget parent_instance;

  KutipFindingChips *chips;
  GtkWidget *scrolled;
  GtkListView *rows;
  KutipFindingModel *model;
  GtkSingleSelection *selection;

  KutipAnnotator *annotator;
  gboolean is_selecting; /* not a person, but we */
};

enum
{
  CHOSEN,
  ACTIVATE,
  CLICKED,
  ITEMS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipFindingList, kutip_finding_list, GTK_TYPE_WIDGET)

static void
on_selected (KutipFindingList *self)
{
  KutipFindingItem *item = kutip_finding_list_get_selected_item (self);

  if (!self->is_selecting && item != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, item);
}

static void
on_rows_activate (KutipFindingList *self, guint position)
{
  g_autoptr (KutipFindingItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    g_signal_emit (self, signals[ACTIVATE], 0, item);
}

static void
on_row_clicked (KutipFindingRow *row, GtkListItem *list_item)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (row), KUTIP_TYPE_FINDING_LIST);
  KutipFindingItem *current = gtk_list_item_get_item (list_item);
  g_autoptr (KutipFindingItem) item = current != NULL ? g_object_ref (current) : NULL;

  if (item != NULL && list != NULL)
    g_signal_emit (list, signals[CLICKED], 0, item);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *row = kutip_finding_row_new ();

  g_signal_connect_object (row, "clicked", G_CALLBACK (on_row_clicked), list_item,
                           G_CONNECT_DEFAULT);
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  kutip_finding_row_bind (KUTIP_FINDING_ROW (gtk_list_item_get_child (list_item)),
                          KUTIP_FINDING_LIST (data)->annotator,
                          gtk_list_item_get_item (list_item));
}

static void
on_chips_changed (KutipFindingList *self)
{
  self->is_selecting = TRUE;
  kutip_finding_model_set_list (self->model, kutip_finding_chips_get_list (self->chips));
  self->is_selecting = FALSE;
}

static void
on_scrolled (KutipFindingList *self, GtkAdjustment *adjustment)
{
  kutip_finding_model_set_at_start (self->model,
                                    gtk_adjustment_get_value (adjustment) <=
                                        gtk_adjustment_get_page_size (adjustment));
}

static void
on_items_changed (KutipFindingList *self)
{
  g_signal_emit (self, signals[ITEMS_CHANGED], 0);
}

static void
kutip_finding_list_map (GtkWidget *widget)
{
  kutip_finding_model_set_seen (KUTIP_FINDING_LIST (widget)->model, TRUE);
  GTK_WIDGET_CLASS (kutip_finding_list_parent_class)->map (widget);
}

static void
kutip_finding_list_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kutip_finding_list_parent_class)->unmap (widget);
  if (KUTIP_FINDING_LIST (widget)->model != NULL)
    kutip_finding_model_set_seen (KUTIP_FINDING_LIST (widget)->model, FALSE);
}

static void
kutip_finding_list_dispose (GObject *object)
{
  KutipFindingList *self = KUTIP_FINDING_LIST (object);
  GtkWidget *child;

  g_clear_object (&self->annotator);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (kutip_finding_list_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, guint n_arguments)
{
  return g_signal_new (name, KUTIP_TYPE_FINDING_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_NONE, n_arguments, KUTIP_TYPE_FINDING_ITEM);
}

static void
kutip_finding_list_class_init (KutipFindingListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_finding_list_dispose;
  widget_class->map = kutip_finding_list_map;
  widget_class->unmap = kutip_finding_list_unmap;
  signals[CHOSEN] = add_signal ("chosen", 1);
  signals[ACTIVATE] = add_signal ("activate", 1);
  signals[CLICKED] = add_signal ("clicked", 1);
  signals[ITEMS_CHANGED] = add_signal ("items-changed", 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
set_up_rows (KutipFindingList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self,
                           G_CONNECT_DEFAULT);
  self->rows = GTK_LIST_VIEW (gtk_list_view_new (
      g_object_ref (GTK_SELECTION_MODEL (self->selection)), g_object_ref (factory)));
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "navigation-sidebar");
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "span-list");
  g_signal_connect_object (self->rows, "activate", G_CALLBACK (on_rows_activate), self,
                           G_CONNECT_SWAPPED);
}

static void
kutip_finding_list_init (KutipFindingList *self)
{
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
}

/* What depends on which findings they are. */
static void
set_up (KutipFindingList *self, guint whole, const char *name)
{
  GtkWidget *chips = kutip_finding_chips_new (whole);

  self->chips = KUTIP_FINDING_CHIPS (chips);
  gtk_widget_set_margin_start (chips, 12);
  gtk_widget_set_margin_end (chips, 12);
  g_signal_connect_object (chips, "changed", G_CALLBACK (on_chips_changed), self,
                           G_CONNECT_SWAPPED);
  self->model = kutip_finding_model_new (whole);
  kutip_finding_model_set_seen (self->model, FALSE);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  /* Not "notify::selected", which also tells that others have come or gone before it. */
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  set_up_rows (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled),
                                 GTK_WIDGET (self->rows));
  kutip_near_rows_follow (self->rows, GTK_SCROLLED_WINDOW (self->scrolled));
  g_signal_connect_object (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)),
      "value-changed", G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (chips, GTK_WIDGET (self));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
kutip_finding_list_new (guint whole, const char *name)
{
  KutipFindingList *self = g_object_new (KUTIP_TYPE_FINDING_LIST, NULL);

  set_up (self, whole, name);
  return GTK_WIDGET (self);
}

void
kutip_finding_list_set_annotator (KutipFindingList *self, KutipAnnotator *annotator)
{
  KutipCheck *check;

  g_return_if_fail (KUTIP_IS_FINDING_LIST (self));

  if (annotator == self->annotator)
    return;
  check = annotator != NULL ? kutip_annotator_get_check (annotator) : NULL;
  self->is_selecting = TRUE;
  /* Rows are bound to the annotator they have: the list is emptied before it goes. */
  kutip_finding_model_set_check (self->model, NULL);
  g_set_object (&self->annotator, annotator);
  kutip_finding_chips_set_check (self->chips, check);
  kutip_finding_model_set_check (self->model, check);
  self->is_selecting = FALSE;
}

guint
kutip_finding_list_get_n_rows (KutipFindingList *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDING_LIST (self), 0);

  return kutip_finding_model_count (self->model);
}

guint
kutip_finding_list_get_selected (KutipFindingList *self)
{
  guint position;

  g_return_val_if_fail (KUTIP_IS_FINDING_LIST (self), GTK_INVALID_LIST_POSITION);

  position = gtk_single_selection_get_selected (self->selection);
  return kutip_finding_model_is_listed (self->model, position)
             ? position
             : GTK_INVALID_LIST_POSITION;
}

KutipFindingItem *
kutip_finding_list_get_selected_item (KutipFindingList *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDING_LIST (self), NULL);

  return kutip_finding_list_get_selected (self) != GTK_INVALID_LIST_POSITION
             ? gtk_single_selection_get_selected_item (self->selection)
             : NULL;
}

static gboolean
has_focus (KutipFindingList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->rows));
}

/* So that the arrow keys go on from there. GTK 4.8 has no function for it. */
static gboolean
focus_selected (KutipFindingList *self)
{
  KutipFindingItem *item = kutip_finding_list_get_selected_item (self);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows));
       row != NULL && item != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (KUTIP_IS_FINDING_ROW (child) &&
          kutip_finding_row_is_of (KUTIP_FINDING_ROW (child), item))
        return gtk_widget_grab_focus (row);
    }
  return FALSE;
}

void
kutip_finding_list_select (KutipFindingList *self, guint position)
{
  g_return_if_fail (KUTIP_IS_FINDING_LIST (self));

  self->is_selecting = TRUE;
  if (position != GTK_INVALID_LIST_POSITION)
    kutip_finding_model_reach (self->model, position);
  gtk_single_selection_set_selected (self->selection, position);
  self->is_selecting = FALSE;
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self->rows), "list.scroll-to-item", "u",
                              position);
  if (has_focus (self))
    focus_selected (self);
}

gboolean
kutip_finding_list_select_id (KutipFindingList *self, const char *id, gboolean unfiltered)
{
  guint position;

  g_return_val_if_fail (KUTIP_IS_FINDING_LIST (self), FALSE);

  if (!kutip_finding_model_find (self->model, id, &position))
    {
      if (!unfiltered)
        return FALSE;
      kutip_finding_chips_clear (self->chips);
      if (!kutip_finding_model_find (self->model, id, &position))
        return FALSE;
    }
  kutip_finding_list_select (self, position);
  return TRUE;
}

gboolean
kutip_finding_list_focus (KutipFindingList *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDING_LIST (self), FALSE);

  /* The page may be about to be shown. */
  kutip_finding_model_reach (self->model, 0);
  return focus_selected (self) || gtk_widget_grab_focus (GTK_WIDGET (self->rows));
}
