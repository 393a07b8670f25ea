/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/counts-view.h"

#include "ui/label/label-badge.h"

#include <glib/gi18n.h>

struct _KutipCountsView
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GArray *rows; /* of Row: what the grid shows */
  KutipAnnotator *annotator;
  GSignalGroup *annotator_signals;
  GSignalGroup *document_signals;
  guint update_source;
};

G_DEFINE_FINAL_TYPE (KutipCountsView, kutip_counts_view, GTK_TYPE_WIDGET)

/* What one row shows. */
typedef struct
{
  const KutipLabelLook *look; /* the tag set's; NULL: a kind of link */
  char *title;
  guint n;
  GtkLabel *number; /* borrowed; NULL until it is shown */
} Row;

static void
clear_row (gpointer row)
{
  g_free (((Row *) row)->title);
}

static GArray *
create_rows (void)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, clear_row);
  return rows;
}

static void
append_row (GArray *rows, const KutipLabelLook *look, const char *title, guint n)
{
  Row row = { .look = look, .title = g_strdup (title), .n = n };

  g_array_append_val (rows, row);
}

/* All labels of the tag set, and one row for those that it lacks. */
static void
append_labels (GArray *rows, KutipTagset *tagset, KutipLayer *layer)
{
  guint n_unknown = kutip_layer_get_n_spans (layer);

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);
      const KutipLabelLook *look = kutip_label_look_get (tagset, label->name);
      guint n = kutip_layer_count_label (layer, label->name);

      n_unknown -= n;
      append_row (rows, look, look->title, n);
    }
  if (n_unknown > 0)
    append_row (rows, kutip_label_look_get (tagset, ""), _ ("Not in the tag set"),
                n_unknown);
}

typedef struct
{
  GArray *rows;
  KutipTagset *tagset;
} Counting;

static void
append_relation (const char *label, guint n, gpointer data)
{
  Counting *counting = data;

  append_row (counting->rows, NULL,
              kutip_label_look_get_relation_title (counting->tagset, label), n);
}

/* Only the kinds of link that there are: a study may have many. */
static GArray *
collect_rows (KutipDocument *document)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  Counting counting = { create_rows (), kutip_document_get_tagset (document) };

  append_labels (counting.rows, counting.tagset, layer);
  kutip_layer_foreach_relation_label (layer, append_relation, &counting);
  return counting.rows;
}

static GtkWidget *
create_picture (const KutipLabelLook *look)
{
  GtkWidget *badge;

  if (look == NULL)
    return gtk_image_new_from_icon_name ("kutip-link-symbolic");
  badge = kutip_label_badge_new ();
  kutip_label_badge_set_look (KUTIP_LABEL_BADGE (badge), look);
  return badge;
}

static void
show_number (Row *row)
{
  g_autofree char *number = g_strdup_printf ("%'u", row->n);

  gtk_label_set_text (row->number, number);
}

static void
attach_row (KutipCountsView *self, int position, Row *row)
{
  GtkWidget *title = gtk_label_new (row->title);
  GtkWidget *number = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_widget_add_css_class (number, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (number),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->grid), create_picture (row->look), 0, position, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), title, 1, position, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), number, 2, position, 1, 1);
  row->number = GTK_LABEL (number);
  show_number (row);
}

static void
clear (KutipCountsView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  g_array_set_size (self->rows, 0);
}

/* Whether only the numbers may be others. */
static gboolean
are_of_same_kinds (GArray *rows, GArray *others)
{
  if (rows->len != others->len)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      const Row *other = &g_array_index (others, Row, i);

      if (row->look != other->look || !g_str_equal (row->title, other->title))
        return FALSE;
    }
  return TRUE;
}

static void
show_numbers (KutipCountsView *self, GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);

      if (row->n == g_array_index (rows, Row, i).n)
        continue;
      row->n = g_array_index (rows, Row, i).n;
      show_number (row);
    }
}

/* Making the rows anew would take a good part of a frame. */
static void
update (KutipCountsView *self)
{
  g_autoptr (GArray) rows = NULL;

  if (self->annotator == NULL)
    {
      clear (self);
      return;
    }
  rows = collect_rows (kutip_annotator_get_document (self->annotator));
  if (are_of_same_kinds (self->rows, rows))
    {
      show_numbers (self, rows);
      return;
    }
  clear (self);
  g_array_unref (self->rows);
  self->rows = g_steal_pointer (&rows);
  for (guint i = 0; i < self->rows->len; i++)
    attach_row (self, (int) i, &g_array_index (self->rows, Row, i));
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
on_document_notify_tagset (KutipDocument *document, GParamSpec *pspec, gpointer data)
{
  /* The looks have gone with the tag set. */
  clear (data);
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
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_array_unref);
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
  self->rows = create_rows ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 9);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));

  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect_swapped (self->annotator_signals, "changed",
                                  G_CALLBACK (queue_update), self);
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

  clear (self);
  g_signal_group_set_target (self->annotator_signals, annotator);
  g_signal_group_set_target (self->document_signals,
                             annotator != NULL ? kutip_annotator_get_document (annotator)
                                               : NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}
