/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/export-window.h"

#include "ui/exchange/dataset-group.h"
#include "ui/exchange/exchange-form.h"
#include "ui/exchange/kept-rows.h"
#include "ui/exchange/loss-words.h"
#include "ui/exchange/open-in-view.h"
#include "ui/exchange/path-row.h"
#include "ui/plain-measure.h"
#include "ui/sidebar/drop-down-look.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KutipExportWindow
{
  AdwWindow parent_instance;

  GFile *article, *folder;
  GPtrArray *files; /* of all articles, where they are no folder */
  KutipPreferences *preferences;
  char *annotator;  /* whose layers are exported, as it was read last; NULL: all */
  GFile *suggested; /* the destination that we have put there */

  KutipExchangeForm form;
  AdwComboRow *what_row, *whose_row, *unit_row;
  AdwActionRow *loss_row;
  AdwEntryRow *annotator_row;
  KutipDatasetGroup *dataset_group;
  KutipPathRow *path_row;
  GtkSwitch *replace_switch, *spreadsheet_switch, *bioes_switch, *columns_switch;
  GtkSwitch *annotators_switch;
  GtkWidget *table_group, *token_group, *unit_group, *columns_row, *annotators_row;
};

G_DEFINE_FINAL_TYPE (KutipExportWindow, kutip_export_window, ADW_TYPE_WINDOW)

enum
{
  WHAT_ARTICLE,
  WHAT_ALL,
};

enum
{
  WHOSE_ALL,
  WHOSE_MINE,
  WHOSE_OTHERS,
};

/* As the rows in the .ui; doccano counts UTF-16 units by itself. */
static const char *const unit_words[] = { "utf-16", "code-points", "bytes", NULL };
static const KutipOffsetUnit units[] = { KUTIP_OFFSETS_AUTO, KUTIP_OFFSETS_CODE_POINTS,
                                         KUTIP_OFFSETS_BYTES };

/* What is kept. Cells are safe for spreadsheets the next time, whatever was asked for. */
static const KutipKeptRow rows[] = {
  { "bioes", G_STRUCT_OFFSET (KutipExportWindow, bioes_switch), NULL },
  { "column-per-label", G_STRUCT_OFFSET (KutipExportWindow, columns_switch), NULL },
  { "offset-unit", G_STRUCT_OFFSET (KutipExportWindow, unit_row), unit_words },
  { "annotator-files", G_STRUCT_OFFSET (KutipExportWindow, annotators_switch), NULL },
};

static const KutipFormat *
get_format (KutipExportWindow *self)
{
  return kutip_exchange_form_get_format (&self->form);
}

static gboolean
is_of_all (KutipExportWindow *self)
{
  return self->article == NULL || adw_combo_row_get_selected (self->what_row) == WHAT_ALL;
}

static gboolean
is_dataset (KutipExportWindow *self)
{
  return is_of_all (self) && kutip_dataset_group_is_active (self->dataset_group);
}

static gboolean
is_by_annotator (KutipExportWindow *self, const KutipFormat *format)
{
  return format->by_annotator && !is_dataset (self) &&
         gtk_switch_get_active (self->annotators_switch);
}

/* A format of several files can be one where there is one article. */
static gboolean
is_into_folder (KutipExportWindow *self, const KutipFormat *format)
{
  return is_dataset (self) || is_by_annotator (self, format) ||
         (format->in_files && !(format->single && !is_of_all (self)));
}

/* Beside what is exported: "X-brat" for a folder, "X-dataset", "X.jsonl" for a file; only
 * where a person has not written something else. */
static void
suggest_path (KutipExportWindow *self)
{
  const KutipFormat *format = get_format (self);
  GFile *from = is_of_all (self) ? self->folder : self->article;
  g_autoptr (GFile) present = kutip_path_row_dup_file (self->path_row);
  g_autoptr (GFile) parent = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (from == NULL && self->files != NULL && self->files->len > 0)
    from = g_ptr_array_index (self->files, 0);
  if (format == NULL || from == NULL ||
      (present != NULL &&
       (self->suggested == NULL || !g_file_equal (present, self->suggested))))
    return;
  parent = g_file_get_parent (from);
  base = g_file_get_basename (from);
  /* A folder among the articles would be taken for a part of them. */
  if (is_into_folder (self, format) && !is_of_all (self) && parent != NULL)
    {
      g_autoptr (GFile) above = g_file_get_parent (parent);

      if (above != NULL)
        g_set_object (&parent, above);
    }
  name =
      is_into_folder (self, format)
          ? g_strdup_printf ("%s-%s", base, is_dataset (self) ? "dataset" : format->name)
          : g_strconcat (base, format->suffix, NULL);
  g_clear_object (&self->suggested);
  self->suggested =
      parent != NULL ? g_file_get_child (parent, name) : g_file_get_child (from, name);
  kutip_path_row_set_file (self->path_row, self->suggested);
}

static void
on_choice_changed (KutipExportWindow *self)
{
  const KutipFormat *format = get_format (self);
  g_autofree char *losses = NULL;

  if (format == NULL || self->path_row == NULL)
    return;
  losses = kutip_loss_words_describe (format);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->loss_row), losses);
  gtk_widget_set_visible (self->table_group, strcmp (format->name, "csv") == 0 ||
                                                 strcmp (format->name, "tsv") == 0);
  gtk_widget_set_visible (self->token_group, g_str_has_prefix (format->name, "conll"));
  gtk_widget_set_visible (self->columns_row, strcmp (format->name, "conll") == 0);
  gtk_widget_set_visible (self->unit_group, strcmp (format->name, "doccano") == 0);
  gtk_widget_set_visible (self->annotators_row,
                          format->by_annotator && !is_dataset (self));
  gtk_widget_set_visible (GTK_WIDGET (self->annotator_row),
                          adw_combo_row_get_selected (self->whose_row) == WHOSE_OTHERS);
  gtk_widget_set_visible (GTK_WIDGET (self->dataset_group), is_of_all (self));
  kutip_dataset_group_set_format (self->dataset_group, format);
  kutip_path_row_set_kind (self->path_row, is_into_folder (self, format)
                                               ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                                               : GTK_FILE_CHOOSER_ACTION_SAVE);
  suggest_path (self);
}

static void
refuse (KutipExportWindow *self, const char *reason, gpointer row)
{
  kutip_exchange_form_refuse (&self->form, reason, row);
}

static gboolean
is_something_there (KutipExportWindow *self, const char *path)
{
  g_autoptr (GDir) folder = NULL;

  if (!is_into_folder (self, get_format (self)))
    return g_file_test (path, G_FILE_TEST_EXISTS);
  folder = is_dataset (self) ? g_dir_open (path, 0, NULL) : NULL;
  return folder != NULL && g_dir_read_name (folder) != NULL;
}

/* NULL after having said why not. */
static char *
dup_output (KutipExportWindow *self)
{
  g_autoptr (GFile) file = kutip_path_row_dup_file (self->path_row);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    {
      refuse (self, _ ("Say where it shall be written."), self->path_row);
      return NULL;
    }
  if (is_something_there (self, path) && !gtk_switch_get_active (self->replace_switch))
    {
      refuse (self,
              is_dataset (self) ? _ ("There is something in this folder already.")
                                : _ ("There is a file of this name already."),
              self->path_row);
      return NULL;
    }
  return g_steal_pointer (&path);
}

/* FALSE after having said why not. */
static gboolean
read_annotator (KutipExportWindow *self)
{
  guint whose = adw_combo_row_get_selected (self->whose_row);
  const char *own = kutip_preferences_get_annotator (self->preferences);

  g_clear_pointer (&self->annotator, g_free);
  if (whose == WHOSE_MINE)
    self->annotator = g_strdup (own != NULL ? own : "");
  if (whose != WHOSE_OTHERS)
    return TRUE;
  self->annotator =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->annotator_row))));
  if (*self->annotator != '\0')
    return TRUE;
  refuse (self, _ ("Say whose annotations they shall be."), self->annotator_row);
  return FALSE;
}

static void
on_correct_changed (KutipExportWindow *self)
{
  if (kutip_dataset_group_is_correct (self->dataset_group))
    gtk_widget_set_visible (GTK_WIDGET (self->form.refusal), FALSE);
}

/* Of a dataset; FALSE after having said why not. */
static gboolean
read_options (KutipExportWindow *self, KutipExportOptions *options)
{
  const char *reason = kutip_dataset_group_read (self->dataset_group, options);
  g_autofree char *kept = NULL;

  if (reason != NULL)
    {
      refuse (self, reason, NULL);
      return FALSE;
    }
  kept = kutip_dataset_group_to_string (self->dataset_group);
  g_object_set (self->preferences, "dataset", kept, NULL);
  options->layer = self->annotator;
  return TRUE;
}

static char **
list_inputs (KutipExportWindow *self)
{
  g_autoptr (GStrvBuilder) inputs = g_strv_builder_new ();
  GFile *one = is_of_all (self) ? self->folder : self->article;

  if (one != NULL)
    g_strv_builder_add (inputs, g_file_peek_path (one));
  for (guint i = 0; one == NULL && i < self->files->len; i++)
    g_strv_builder_add (inputs, g_file_peek_path (g_ptr_array_index (self->files, i)));
  return g_strv_builder_end (inputs);
}

/* A dataset that could not be made because of what was asked for: it can be asked again.
 * What was passed over or would be lost is listed, and belongs to the result. */
static gboolean
can_ask_again (KutipExportWindow *self)
{
  KutipExchange *exchange = self->form.exchange;
  const GError *error = kutip_exchange_get_error (exchange);

  return error != NULL && kutip_exchange_get_dataset (exchange) != NULL &&
         !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
         !g_error_matches (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_LOSS) &&
         kutip_exchange_get_result (exchange)->failures->len == 0;
}

static void
ask_again (KutipExportWindow *self)
{
  g_autoptr (KutipExchange) exchange = g_object_ref (self->form.exchange);
  const char *field = kutip_exchange_get_dataset (exchange)->unknown_field;

  kutip_exchange_form_return (&self->form);
  refuse (self, kutip_exchange_get_error (exchange)->message, NULL);
  if (field != NULL)
    kutip_dataset_group_blame_field (self->dataset_group, field);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->path_row));
}

static void
on_exchange_ended (KutipExportWindow *self)
{
  if (kutip_exchange_form_lacks_names (&self->form))
    return;
  if (can_ask_again (self))
    {
      ask_again (self);
      return;
    }
  if (!kutip_exchange_form_meets_another (&self->form, self->path_row))
    kutip_exchange_form_end (&self->form);
}

static void
on_back (KutipExportWindow *self)
{
  kutip_exchange_form_return (&self->form);
  gtk_widget_grab_focus (GTK_WIDGET (self->form.format_row));
}

/* What does not show does not count. */
static void
read_format_options (KutipExportWindow *self, KutipFormatOptions *options)
{
  options->spreadsheet = gtk_widget_get_visible (self->table_group) &&
                         gtk_switch_get_active (self->spreadsheet_switch);
  options->bioes = gtk_widget_get_visible (self->token_group) &&
                   gtk_switch_get_active (self->bioes_switch);
  options->column_per_label = gtk_widget_get_visible (self->columns_row) &&
                              gtk_switch_get_active (self->columns_switch);
  options->offset_unit = gtk_widget_get_visible (self->unit_group)
                             ? units[adw_combo_row_get_selected (self->unit_row)]
                             : KUTIP_OFFSETS_AUTO;
  options->annotator_files = is_by_annotator (self, get_format (self));
}

static void
keep_options (KutipExportWindow *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  kutip_kept_rows_append (rows, G_N_ELEMENTS (rows), self, lines);
  kutip_exchange_form_append (&self->form, lines);
  g_object_set (self->preferences, "export", lines->str, NULL);
}

/* Takes the renaming. */
static void
begin (KutipExportWindow *self,
       KutipConversion *conversion,
       KutipExportOptions *options,
       const char *output)
{
  g_auto (GStrv) inputs = list_inputs (self);
  g_autofree char *map = kutip_exchange_form_dup_map_name (&self->form);

  conversion->inputs = inputs;
  conversion->output = output;
  conversion->force = gtk_switch_get_active (self->replace_switch);
  conversion->list_all = TRUE;
  read_format_options (self, &conversion->options);
  /* A dataset picks its layers itself, and says so. */
  conversion->annotator = options != NULL ? NULL : self->annotator;
  if (options != NULL)
    options->map = map;
  keep_options (self);
  kutip_exchange_form_start (&self->form, conversion, options,
                             G_CALLBACK (on_exchange_ended), self);
}

static void
on_export (KutipExportWindow *self)
{
  g_autofree char *output = NULL;
  gboolean makes_dataset = is_dataset (self);
  KutipExportOptions options;
  KutipConversion conversion = { .from = kutip_format_find ("kutip"),
                                 .to = get_format (self) };

  if (!gtk_widget_get_visible (self->form.begin_button))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->form.refusal), FALSE);
  if (!read_annotator (self) || (makes_dataset && !read_options (self, &options)))
    return;
  output = dup_output (self);
  if (output != NULL && kutip_exchange_form_read (&self->form, &conversion))
    begin (self, &conversion, makes_dataset ? &options : NULL, output);
}

static gboolean
kutip_export_window_close_request (GtkWindow *window)
{
  return kutip_exchange_form_holds (&KUTIP_EXPORT_WINDOW (window)->form);
}

static gboolean
can_write (const KutipFormat *format)
{
  return format->write != NULL;
}

static void
kutip_export_window_dispose (GObject *object)
{
  KutipExportWindow *self = KUTIP_EXPORT_WINDOW (object);

  g_clear_object (&self->article);
  g_clear_object (&self->folder);
  g_clear_object (&self->suggested);
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  kutip_exchange_form_clear (&self->form);
  G_OBJECT_CLASS (kutip_export_window_parent_class)->dispose (object);
}

static void
kutip_export_window_finalize (GObject *object)
{
  KutipExportWindow *self = KUTIP_EXPORT_WINDOW (object);

  g_free (self->annotator);
  G_OBJECT_CLASS (kutip_export_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (KUTIP_TYPE_PATH_ROW);
  g_type_ensure (KUTIP_TYPE_DATASET_GROUP);
  gtk_widget_class_set_template_from_resource (
      class, "/org/kutip/Kutip/exchange/export-window.ui");
  kutip_exchange_form_bind (class, G_STRUCT_OFFSET (KutipExportWindow, form),
                            "export_button");
  gtk_widget_class_bind_template_child (class, KutipExportWindow, what_row);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, loss_row);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, whose_row);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, annotator_row);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, dataset_group);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, unit_row);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, path_row);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, replace_switch);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, spreadsheet_switch);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, bioes_switch);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, columns_switch);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, table_group);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, token_group);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, columns_row);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, unit_group);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, annotators_row);
  gtk_widget_class_bind_template_child (class, KutipExportWindow, annotators_switch);
  gtk_widget_class_bind_template_callback (class, on_choice_changed);
  gtk_widget_class_bind_template_callback (class, on_correct_changed);
  gtk_widget_class_bind_template_callback (class, on_export);
  gtk_widget_class_bind_template_callback (class, on_back);
}

static void
kutip_export_window_class_init (KutipExportWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_export_window_dispose;
  G_OBJECT_CLASS (class)->finalize = kutip_export_window_finalize;
  GTK_WINDOW_CLASS (class)->close_request = kutip_export_window_close_request;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  bind_template (widget_class);
  kutip_plain_measure_init (widget_class);
}

static void
kutip_export_window_init (KutipExportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kutip_exchange_form_init (&self->form, can_write, NULL);
  kutip_open_in_view (self->what_row);
  kutip_open_in_view (self->whose_row);
  kutip_open_in_view (self->unit_row);
  kutip_drop_down_look_apply_row (self->unit_row);
}

KutipExportWindow *
kutip_export_window_new (GtkWindow *parent, KutipPreferences *preferences)
{
  KutipExportWindow *self =
      g_object_new (KUTIP_TYPE_EXPORT_WINDOW, "transient-for", parent, NULL);
  g_autofree char *dataset = NULL;
  g_autofree char *kept = NULL;

  self->preferences = g_object_ref (preferences);
  g_object_get (preferences, "dataset", &dataset, "export", &kept, NULL);
  kutip_kept_rows_set (rows, G_N_ELEMENTS (rows), self, kept);
  kutip_exchange_form_set (&self->form, kept);
  kutip_dataset_group_set_from_string (self->dataset_group, dataset);
  kutip_exchange_form_fit (GTK_WINDOW (self), parent);
  gtk_widget_grab_focus (GTK_WIDGET (self->form.format_row));
  return self;
}

void
kutip_export_window_set_place (KutipExportWindow *self,
                               GFile *article,
                               GFile *folder,
                               GPtrArray *files)
{
  g_return_if_fail (KUTIP_IS_EXPORT_WINDOW (self));

  g_set_object (&self->article, article);
  g_set_object (&self->folder, folder);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files != NULL ? g_ptr_array_ref (files)
                              : g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->what_row), article != NULL);
  adw_combo_row_set_selected (self->what_row,
                              self->files->len > 1 ? WHAT_ALL : WHAT_ARTICLE);
  on_choice_changed (self);
}
