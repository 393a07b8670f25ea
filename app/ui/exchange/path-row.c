/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/path-row.h"

#include <glib/gi18n.h>

struct _KutipPathRow
{
  AdwEntryRow parent_instance;

  GtkFileChooserAction kind;
  gboolean is_multiple;
  GtkFileChooserNative *dialog; /* while it is open */
};

enum
{
  PROP_KIND = 1,
  PROP_MULTIPLE,
  N_PROPS
};

enum
{
  MORE_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipPathRow, kutip_path_row, ADW_TYPE_ENTRY_ROW)

static void
take_chosen (KutipPathRow *self)
{
  g_autoptr (GListModel) files =
      gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->dialog));
  g_autoptr (GFile) first = g_list_model_get_item (files, 0);
  guint n = g_list_model_get_n_items (files);
  g_autoptr (GtkSliceListModel) others = NULL;

  kutip_path_row_set_file (self, first);
  if (n <= 1)
    return;
  others = gtk_slice_list_model_new (g_object_ref (files), 1, n - 1);
  g_signal_emit (self, signals[MORE_CHOSEN], 0, others);
}

static void
on_response (KutipPathRow *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    take_chosen (self);
  g_clear_object (&self->dialog);
}

static void
point_dialog (KutipPathRow *self)
{
  g_autoptr (GFile) file = kutip_path_row_dup_file (self);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->dialog), folder, NULL);
  if (shown != NULL && self->kind == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->dialog), shown);
}

static void
on_choose (KutipPathRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_auto (GStrv) words = NULL;
  g_autofree char *title = NULL;

  if (self->dialog != NULL)
    return;
  /* A window's title has no mnemonic. */
  words =
      g_strsplit (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), "_", -1);
  title = g_strjoinv ("", words);
  self->dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (root), self->kind,
                                              _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->dialog),
                                        self->is_multiple &&
                                            self->kind != GTK_FILE_CHOOSER_ACTION_SAVE);
  point_dialog (self);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (on_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

static void
kutip_path_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KIND)
    g_value_set_int (value, (int) KUTIP_PATH_ROW (object)->kind);
  else if (id == PROP_MULTIPLE)
    g_value_set_boolean (value, KUTIP_PATH_ROW (object)->is_multiple);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_path_row_set_property (GObject *object,
                             guint id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  if (id == PROP_KIND)
    kutip_path_row_set_kind (KUTIP_PATH_ROW (object),
                             (GtkFileChooserAction) g_value_get_int (value));
  else if (id == PROP_MULTIPLE)
    KUTIP_PATH_ROW (object)->is_multiple = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_path_row_dispose (GObject *object)
{
  g_clear_object (&KUTIP_PATH_ROW (object)->dialog);
  G_OBJECT_CLASS (kutip_path_row_parent_class)->dispose (object);
}

static void
kutip_path_row_class_init (KutipPathRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = kutip_path_row_get_property;
  object_class->set_property = kutip_path_row_set_property;
  object_class->dispose = kutip_path_row_dispose;
  props[PROP_KIND] =
      g_param_spec_int ("kind", NULL, NULL, 0, G_MAXINT, GTK_FILE_CHOOSER_ACTION_OPEN,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_MULTIPLE] = g_param_spec_boolean (
      "multiple", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[MORE_CHOSEN] =
      g_signal_new ("more-chosen", KUTIP_TYPE_PATH_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);
}

static void
kutip_path_row_init (KutipPathRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Choose…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a file or folder"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_choose), self,
                           G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);
}

void
kutip_path_row_set_kind (KutipPathRow *self, GtkFileChooserAction kind)
{
  g_return_if_fail (KUTIP_IS_PATH_ROW (self));
  self->kind = kind;
}

GFile *
kutip_path_row_dup_file (KutipPathRow *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (KUTIP_IS_PATH_ROW (self), NULL);

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
  return *text != '\0' ? g_file_parse_name (text) : NULL;
}

void
kutip_path_row_set_file (KutipPathRow *self, GFile *file)
{
  g_autofree char *text = NULL;

  g_return_if_fail (KUTIP_IS_PATH_ROW (self));

  text = file != NULL ? g_file_get_parse_name (file) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (self), text != NULL ? text : "");
}
