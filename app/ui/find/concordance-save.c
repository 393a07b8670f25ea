/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/concordance-save.h"

#include "corpus/concordance/concordance-table.h"
#include "store/write.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHOICE "spreadsheet"

/* One request, from the question to the file. */
typedef struct
{
  GtkFileChooserNative *dialog;
  GPtrArray *lines; /* KutipConcordanceLine */
  GFile *file;
  gboolean spreadsheet;
  KutipConcordanceSaveFunc func;
  GObject *data;
} Saving;

static void
free_saving (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->dialog);
  g_ptr_array_unref (saving->lines);
  g_clear_object (&saving->file);
  g_object_unref (saving->data);
  g_free (saving);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Saving *saving = data;
  g_autofree char *name = g_file_get_basename (saving->file);
  GString *table = kutip_concordance_table_write (
      saving->lines, g_str_has_suffix (name, ".csv") ? ',' : '\t', saving->spreadsheet);
  GError *error = NULL;

  if (kutip_write_file (saving->file, table->str, table->len, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_string_free (table, TRUE);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_file_get_parse_name (saving->file);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    text = g_strdup_printf (
        /* Translators: %1$u is a number of lines, %2$s a file's name. */
        ngettext ("%1$u line written into %2$s", "%1$u lines written into %2$s",
                  saving->lines->len),
        saving->lines->len, name);
  saving->func (text != NULL ? text : error->message, saving->data);
}

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  Saving *saving = data;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_written, NULL);

  g_task_set_task_data (task, saving, free_saving);
  if (response != GTK_RESPONSE_ACCEPT)
    return;
  saving->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  saving->spreadsheet =
      g_strcmp0 (gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (dialog), CHOICE),
                 "true") == 0;
  g_task_run_in_thread (task, write_in_thread);
}

void
kutip_concordance_save_ask (GtkWindow *parent,
                            GListModel *lines,
                            KutipConcordanceSaveFunc func,
                            GObject *data)
{
  Saving *saving = g_new0 (Saving, 1);
  GtkFileChooser *chooser;

  saving->dialog = gtk_file_chooser_native_new (_ ("Save the Lines"), parent,
                                                GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"),
                                                _ ("_Cancel"));
  saving->func = func;
  saving->data = g_object_ref (data);
  saving->lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    g_ptr_array_add (saving->lines, g_list_model_get_item (lines, i));
  chooser = GTK_FILE_CHOOSER (saving->dialog);
  /* A .tsv opens everywhere alike; what is called .csv has commas. */
  gtk_file_chooser_set_current_name (chooser, _ ("concordance.tsv"));
  gtk_file_chooser_add_choice (chooser, CHOICE,
                               _ ("Safe for spreadsheets: an apostrophe before = + - @"),
                               NULL, NULL);
  gtk_file_chooser_set_choice (chooser, CHOICE, "true");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (saving->dialog), TRUE);
  g_signal_connect (saving->dialog, "response", G_CALLBACK (on_response), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (saving->dialog));
}
