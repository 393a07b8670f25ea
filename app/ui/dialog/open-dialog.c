/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/dialog/open-dialog.h"

#include "text/charset.h"

#include <glib/gi18n.h>

#define CHOICE "encoding"
#define FOUND "found"

/* One open dialog, until it is answered. */
typedef struct
{
  GtkFileChooserNative *dialog;
  KutipOpenDialogFunc func;
  GObject *data;
} Question;

static void
free_question (Question *question)
{
  g_object_unref (question->dialog);
  g_object_unref (question->data);
  g_free (question);
}

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  Question *question = data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (chooser);
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
      const char *charset = gtk_file_chooser_get_choice (chooser, CHOICE);

      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        g_ptr_array_add (files, g_list_model_get_item (chosen, i));
      if (g_strcmp0 (charset, FOUND) == 0)
        charset = NULL;
      if (files->len > 0)
        question->func ((GFile *const *) files->pdata, files->len, charset,
                        question->data);
    }
  free_question (question);
}

static void
add_encodings (GtkFileChooser *chooser)
{
  const char *const *names = kutip_charset_list ();
  guint n = g_strv_length ((char **) names);
  g_autofree const char **ids = g_new0 (const char *, n + 2);
  g_autofree const char **labels = g_new0 (const char *, n + 2);

  ids[0] = FOUND;
  labels[0] = _ ("Find automatically");
  for (guint i = 0; i < n; i++)
    ids[i + 1] = labels[i + 1] = names[i];
  gtk_file_chooser_add_choice (chooser, CHOICE, _ ("Encoding"), ids, labels);
  gtk_file_chooser_set_choice (chooser, CHOICE, FOUND);
}

static void
add_filters (GtkFileChooser *chooser)
{
  const char *const suffixes[] = { "txt", "text", "md", "markdown", "json" };
  g_autoptr (GtkFileFilter) articles = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (articles, _ ("Articles and annotations"));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (articles, suffixes[i]);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, articles);
  gtk_file_chooser_add_filter (chooser, all);
}

static Question *
new_question (GtkFileChooserNative *dialog,
              GFile *folder,
              KutipOpenDialogFunc func,
              GObject *data)
{
  Question *question = g_new0 (Question, 1);

  question->dialog = dialog;
  question->func = func;
  question->data = g_object_ref (data);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), question);
  return question;
}

void
kutip_open_dialog_ask_articles (GtkWindow *parent,
                                GFile *folder,
                                KutipOpenDialogFunc func,
                                GObject *data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Open Articles"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
      _ ("_Cancel"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  add_filters (GTK_FILE_CHOOSER (dialog));
  add_encodings (GTK_FILE_CHOOSER (dialog));
  new_question (dialog, folder, func, data);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
kutip_open_dialog_ask_folder (GtkWindow *parent,
                              GFile *folder,
                              KutipOpenDialogFunc func,
                              GObject *data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Open a Folder of Articles"), parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
      _ ("_Open"), _ ("_Cancel"));

  new_question (dialog, folder, func, data);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
