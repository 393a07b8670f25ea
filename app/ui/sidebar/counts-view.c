/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/counts-view.h"

#include "ui/label/label-badge.h"

#include <glib/gi18n.h>

struct _KutipCountsView
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  KutipAnnotator *annotator;
  GSignalGroup *annotator_signals;
  GSignalGroup *document_signals;
  GHashTable *relations; /* interned label -> number; NULL: to be counted */
  guint update_source;
};

G_DEFINE_FINAL_TYPE (KutipCountsView, kutip_counts_view, GTK_TYPE_WIDGET)

static void
count_relation (GHashTable *relations, KutipRelation *relation, int step)
{
  gpointer label = (gpointer) g_intern_string (kutip_relation_get_label (relation));
  int n = GPOINTER_TO_INT (g_hash_table_lookup (relations, label)) + step;

  if (n > 0)
    g_hash_table_insert (relations, label, GINT_TO_POINTER (n));
  else
    g_hash_table_remove (relations, label);
}

static gboolean
count_one (KutipRelation *relation, gpointer data)
{
  count_relation (data, relation, 1);
  return TRUE;
}

static void
add_row (KutipCountsView *self, int row, GtkWidget *picture, const char *title, guint n)
{
  g_autofree char *number = g_strdup_printf ("%'u", n);
  GtkWidget *title_label = gtk_label_new (title);
  GtkWidget *number_label = gtk_label_new (number);

  gtk_label_set_xalign (GTK_LABEL (title_label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title_label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title_label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (number_label), 1);
  gtk_widget_add_css_class (number_label, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (number_label),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, title_label, NULL,
                                  -1);
  gtk_grid_attach (GTK_GRID (self->grid), picture, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), title_label, 1, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), number_label, 2, row, 1, 1);
}

static void
add_label (KutipCountsView *self,
           int row,
           const KutipLabelLook *look,
           const char *title,
           guint n)
{
  GtkWidget *badge = kutip_label_badge_new ();

  kutip_label_badge_set_look (KUTIP_LABEL_BADGE (badge), look);
  add_row (self, row, badge, title, n);
}

/* All labels of the tag set, and one row for those that it lacks. */
static int
add_labels (KutipCountsView *self, KutipTagset *tagset, KutipLayer *layer)
{
  guint n_unknown = kutip_layer_get_n_spans (layer);
  int row = 0;

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);
      const KutipLabelLook *look = kutip_label_look_get (tagset, label->name);
      guint n = kutip_layer_count_label (layer, label->name);

      n_unknown -= n;
      add_label (self, row++, look, look->title, n);
    }
  if (n_unknown > 0)
    add_label (self, row++, kutip_label_look_get (tagset, ""), _ ("Not in the tag set"),
               n_unknown);
  return row;
}

/* Only the kinds of link that there are: a study may have many. */
static void
add_relations (KutipCountsView *self, KutipTagset *tagset, int row)
{
  g_autoptr (GList) names = g_hash_table_get_keys (self->relations);

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;

      add_row (self, row++, gtk_image_new_from_icon_name ("kutip-link-symbolic"),
               kutip_label_look_get_relation_title (tagset, name),
               GPOINTER_TO_UINT (g_hash_table_lookup (self->relations, name)));
    }
}

static void
clear (KutipCountsView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
}

static void
update (KutipCountsView *self)
{
  KutipDocument *document;
  KutipLayer *layer;

  clear (self);
  if (self->annotator == NULL)
    return;

  document = kutip_annotator_get_document (self->annotator);
  layer = kutip_document_get_layer (document);
  if (self->relations == NULL)
    {
      self->relations = g_hash_table_new (NULL, NULL);
      kutip_layer_foreach_relation (layer, count_one, self->relations);
    }
  add_relations (self, kutip_document_get_tagset (document),
                 add_labels (self, kutip_document_get_tagset (document), layer));
}

static void
on_idle_update (gpointer data)
{
  KutipCountsView *self = data;

  self->update_source = 0;
  update (self);
}

/* Several changes in a row are shown once. */
static void
queue_update (KutipCountsView *self)
{
  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_idle_add_once (on_idle_update, self);
}

static void
on_annotator_changed (KutipAnnotator *annotator, KutipChange *change, gpointer data)
{
  KutipCountsView *self = data;

  for (guint i = 0; self->relations != NULL && i < kutip_change_get_n_edits (change); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);

      if (edit->kind != KUTIP_EDIT_RELATION)
        continue;
      if (edit->before != NULL)
        count_relation (self->relations, edit->before, -1);
      if (edit->after != NULL)
        count_relation (self->relations, edit->after, 1);
    }
  queue_update (self);
}

static void
on_document_notify_tagset (KutipDocument *document, GParamSpec *pspec, gpointer data)
{
  queue_update (data);
}

static void
kutip_counts_view_map (GtkWidget *widget)
{
  update (KUTIP_COUNTS_VIEW (widget));
  GTK_WIDGET_CLASS (kutip_counts_view_parent_class)->map (widget);
}

static void
kutip_counts_view_dispose (GObject *object)
{
  KutipCountsView *self = KUTIP_COUNTS_VIEW (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->annotator_signals);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->annotator);
  g_clear_pointer (&self->relations, g_hash_table_unref);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (kutip_counts_view_parent_class)->dispose (object);
}

static void
kutip_counts_view_class_init (KutipCountsViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_counts_view_dispose;
  widget_class->map = kutip_counts_view_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
kutip_counts_view_init (KutipCountsView *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 9);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));

  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect (self->annotator_signals, "changed",
                          G_CALLBACK (on_annotator_changed), self);
  self->document_signals = g_signal_group_new (KUTIP_TYPE_DOCUMENT);
  g_signal_group_connect (self->document_signals, "notify::tagset",
                          G_CALLBACK (on_document_notify_tagset), self);
}

GtkWidget *
kutip_counts_view_new (void)
{
  return g_object_new (KUTIP_TYPE_COUNTS_VIEW, NULL);
}

void
kutip_counts_view_set_annotator (KutipCountsView *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_COUNTS_VIEW (self));

  if (!g_set_object (&self->annotator, annotator))
    return;

  g_clear_pointer (&self->relations, g_hash_table_unref);
  g_signal_group_set_target (self->annotator_signals, annotator);
  g_signal_group_set_target (self->document_signals,
                             annotator != NULL ? kutip_annotator_get_document (annotator)
                                               : NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}
