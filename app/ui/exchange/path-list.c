/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/path-list.h"

#include "ui/exchange/path-row.h"

#include <glib/gi18n.h>

struct _KutipPathList
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* KutipPathRow; the last one is empty */
  GtkFileChooserAction kind;
  gboolean is_filling; /* changes are told once, at the end */
};

enum
{
  CHANGED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipPathList, kutip_path_list, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_empty (KutipPathRow *row)
{
  g_autoptr (GFile) file = kutip_path_row_dup_file (row);

  return file == NULL;
}

static KutipPathRow *
get_last (KutipPathList *self)
{
  return g_ptr_array_index (self->rows, self->rows->len - 1);
}

static void add_row (KutipPathList *self);

static void
on_row_changed (KutipPathList *self)
{
  if (!is_empty (get_last (self)))
    add_row (self);
  if (!self->is_filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_row_activated (KutipPathList *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_more_chosen (KutipPathList *self, GListModel *files)
{
  kutip_path_list_add_files (self, files);
}

/* A row that was emptied goes when it is left, unless it is the last: not before, as one
 * may be about to write another name. */
static void
on_focus_left (GtkEventControllerFocus *focus, gpointer data)
{
  KutipPathList *self = data;
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus));

  if (KUTIP_PATH_ROW (row) == get_last (self) || !is_empty (KUTIP_PATH_ROW (row)))
    return;
  g_ptr_array_remove (self->rows, row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
  adw_preferences_row_set_title (g_ptr_array_index (self->rows, 0), _ ("_From"));
}

static void
add_row (KutipPathList *self)
{
  GtkWidget *row = g_object_new (KUTIP_TYPE_PATH_ROW, "use-underline", TRUE, "multiple",
                                 TRUE, "kind", (int) self->kind, NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 self->rows->len == 0 ? _ ("_From") : _ ("And from"));
  g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "more-chosen", G_CALLBACK (on_more_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self,
                           G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, focus);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static gboolean
on_drop (KutipPathList *self, const GValue *value)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_list_store_append (files, l->data);
  kutip_path_list_add_files (self, G_LIST_MODEL (files));
  return TRUE;
}

static gboolean
kutip_path_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (g_ptr_array_index (KUTIP_PATH_LIST (widget)->rows, 0));
}

static void
kutip_path_list_finalize (GObject *object)
{
  g_ptr_array_unref (KUTIP_PATH_LIST (object)->rows);
  G_OBJECT_CLASS (kutip_path_list_parent_class)->finalize (object);
}

static void
kutip_path_list_class_init (KutipPathListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = kutip_path_list_finalize;
  GTK_WIDGET_CLASS (class)->grab_focus = kutip_path_list_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", KUTIP_TYPE_PATH_LIST, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", KUTIP_TYPE_PATH_LIST, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_path_list_init (KutipPathList *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->rows = g_ptr_array_new ();
  self->kind = GTK_FILE_CHOOSER_ACTION_OPEN;
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  /* Before the rows, which would take the files' names as text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target),
                                              GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  add_row (self);
}

void
kutip_path_list_set_kind (KutipPathList *self, GtkFileChooserAction kind)
{
  g_return_if_fail (KUTIP_IS_PATH_LIST (self));

  self->kind = kind;
  for (guint i = 0; i < self->rows->len; i++)
    kutip_path_row_set_kind (g_ptr_array_index (self->rows, i), kind);
}

GPtrArray *
kutip_path_list_list_files (KutipPathList *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (KUTIP_IS_PATH_LIST (self), files);

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (GFile) file =
          kutip_path_row_dup_file (g_ptr_array_index (self->rows, i));

      if (file != NULL && !g_ptr_array_find_with_equal_func (
                              files, file, (GEqualFunc) g_file_equal, NULL))
        g_ptr_array_add (files, g_steal_pointer (&file));
    }
  return files;
}

void
kutip_path_list_add_files (KutipPathList *self, GListModel *files)
{
  g_return_if_fail (KUTIP_IS_PATH_LIST (self));

  self->is_filling = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      kutip_path_row_set_file (get_last (self), file);
    }
  self->is_filling = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}
