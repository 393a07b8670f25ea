/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include "ui/foreign-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is to be done once everything is saved. */
typedef struct
{
  KutipWindow *window;
  KutipSaver *saver;
  char *proceed_label;  /* NULL: a failure is only told by the notice */
  KutipWindowFunc then; /* may be NULL */
  gpointer data;
  GDestroyNotify free_data;
} Errand;

static void
free_errand (Errand *errand)
{
  if (errand->free_data != NULL)
    errand->free_data (errand->data);
  g_free (errand->proceed_label);
  g_clear_object (&errand->saver);
  g_object_unref (errand->window);
  g_free (errand);
}

/* Its journal may be what is opened next. */
static void
proceed (Errand *errand)
{
  g_clear_object (&errand->saver);
  if (errand->then != NULL)
    errand->then (errand->window, errand->data);
  free_errand (errand);
}

static gboolean
proceed_later (gpointer data)
{
  proceed (data);
  return G_SOURCE_REMOVE;
}

static void start_errand (Errand *errand);

static void
on_failure_response (GtkWindow *dialog, const char *response, gpointer data)
{
  Errand *errand = data;

  if (g_strcmp0 (response, "again") == 0)
    start_errand (errand);
  else if (g_strcmp0 (response, "proceed") == 0)
    /* The dialog must be gone before its window goes. */
    g_idle_add (proceed_later, errand);
  else
    {
      if (g_strcmp0 (response, "elsewhere") == 0)
        kutip_window_save_elsewhere (errand->window);
      free_errand (errand);
    }
}

static void
ask_about_failure (Errand *errand, const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (errand->window),
                                              _ ("The Annotations Are Not Saved"), NULL);

  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s", error->message,
      _ ("What you have done is kept in a recovery file: it comes back when this article is "
         "opened again on this computer."));
  /* The last one is on top, and has the focus. */
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "proceed", errand->proceed_label, "elsewhere",
                                    _ ("_Save to Another Place…"), "again",
                                    _ ("_Try Again"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "proceed",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "again",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "again");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_failure_response), errand);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
flush_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;

  if (kutip_saver_flush_finish (KUTIP_SAVER (source), result, &error))
    proceed (errand);
  else if (errand->proceed_label != NULL)
    ask_about_failure (errand, error);
  else
    free_errand (errand);
}

static void
start_errand (Errand *errand)
{
  kutip_saver_flush_async (errand->saver, NULL, flush_done, errand);
}

/* What changes very many annotations is part of what is to be saved. */
typedef struct
{
  KutipWindow *window;
  KutipAnnotator *annotator;
  gulong handler;
  char *proceed_label;
  KutipWindowFunc then;
  gpointer data;
  GDestroyNotify free_data;
} Waiting;

static gboolean
save_at_last (gpointer data)
{
  Waiting *waiting = data;

  kutip_window_save_then (waiting->window, waiting->proceed_label, waiting->then,
                          waiting->data, waiting->free_data);
  g_object_unref (waiting->annotator);
  g_object_unref (waiting->window);
  g_free (waiting->proceed_label);
  g_free (waiting);
  return G_SOURCE_REMOVE;
}

/* It is taken over only after it has ceased to be under way. */
static void
on_idle (KutipAnnotator *annotator, GParamSpec *pspec, gpointer data)
{
  Waiting *waiting = data;

  if (kutip_annotator_is_busy (annotator))
    return;
  g_clear_signal_handler (&waiting->handler, annotator);
  g_idle_add (save_at_last, waiting);
}

static void
save_when_idle (KutipWindow *self,
                const char *proceed_label,
                KutipWindowFunc then,
                gpointer data,
                GDestroyNotify free_data)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->window = g_object_ref (self);
  waiting->annotator = g_object_ref (self->annotator);
  waiting->proceed_label = g_strdup (proceed_label);
  waiting->then = then;
  waiting->data = data;
  waiting->free_data = free_data;
  waiting->handler =
      g_signal_connect (self->annotator, "notify::busy", G_CALLBACK (on_idle), waiting);
}

void
kutip_window_save_then (KutipWindow *self,
                        const char *proceed_label,
                        KutipWindowFunc then,
                        gpointer data,
                        GDestroyNotify free_data)
{
  KutipSaver *saver;
  Errand *errand;

  if (self->annotator != NULL && kutip_annotator_is_busy (self->annotator))
    {
      save_when_idle (self, proceed_label, then, data, free_data);
      return;
    }
  kutip_sidebar_commit (kutip_window_get_sidebar (self));
  saver = self->annotator != NULL ? kutip_annotator_get_saver (self->annotator) : NULL;
  if (saver == NULL)
    {
      if (then != NULL)
        then (self, data);
      if (free_data != NULL)
        free_data (data);
      return;
    }

  errand = g_new0 (Errand, 1);
  errand->window = g_object_ref (self);
  errand->saver = g_object_ref (saver);
  errand->proceed_label = g_strdup (proceed_label);
  errand->then = then;
  errand->data = data;
  errand->free_data = free_data;
  start_errand (errand);
}

void
kutip_window_save (KutipWindow *self)
{
  kutip_window_save_then (self, NULL, NULL, NULL, NULL);
}

static void
on_place_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  KutipWindow *self = data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && self->annotator != NULL)
    {
      kutip_saver_set_sidecar (kutip_annotator_get_saver (self->annotator), file);
      kutip_window_save (self);
    }
  g_object_unref (dialog);
  g_object_unref (self);
}

void
kutip_window_save_elsewhere (KutipWindow *self)
{
  KutipSaver *saver =
      self->annotator != NULL ? kutip_annotator_get_saver (self->annotator) : NULL;
  GtkFileChooserNative *dialog;
  g_autofree char *name = NULL;

  if (saver == NULL)
    return;

  name = g_file_get_basename (kutip_saver_get_sidecar (saver));
  dialog = gtk_file_chooser_native_new (_ ("Save the Annotations to Another Place"),
                                        GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (on_place_chosen),
                    g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static const char *
describe_state (KutipSaveState state, gboolean read_only)
{
  if (read_only)
    return _ ("read-only");
  switch (state)
    {
    case KUTIP_SAVE_PENDING:
    case KUTIP_SAVE_WRITING:
      return _ ("saving…");
    case KUTIP_SAVE_SAVED:
      return _ ("saved");
    case KUTIP_SAVE_FAILED:
      return _ ("not saved");
    case KUTIP_SAVE_CONFLICT:
      return _ ("saved beside another version");
    case KUTIP_SAVE_CLEAN:
    default:
      return NULL;
    }
}

static void
show_failure (KutipWindow *self, const GError *error)
{
  g_autofree char *text = NULL;
  KutipNotice *notice;

  /* Translators: %s is the reason. */
  text = g_strdup_printf (_ ("The annotations are not saved: %s"), error->message);
  notice = kutip_window_notify (self, "save", GTK_MESSAGE_ERROR, text);
  kutip_notice_add_button (notice, _ ("_Try Again"), "win.save");
  kutip_notice_add_button (notice, _ ("_Save to Another Place…"), "win.save-elsewhere");
}

static void
show_conflict (KutipWindow *self, GFile *conflict_file)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  KutipNotice *notice;

  name = conflict_file != NULL ? kutip_window_print_name (conflict_file) : g_strdup ("");
  text = g_strdup_printf (
      /* Translators: %s is a file name. */
      _ ("Somebody else has changed the annotations of this article meanwhile. Their version "
         "was left as it is; yours is in “%s” beside it."),
      name);
  kutip_window_notify (self, "disk", GTK_MESSAGE_INFO, NULL);
  notice = kutip_window_notify (self, "save", GTK_MESSAGE_WARNING, text);
  kutip_notice_add_button (notice, _ ("Show _Folder"), "win.show-folder");
  kutip_notice_add_button (notice, _ ("_Read Theirs"), "win.reload");
}

void
kutip_window_show_save_state (KutipWindow *self)
{
  KutipSaver *saver =
      self->annotator != NULL ? kutip_annotator_get_saver (self->annotator) : NULL;
  KutipSaveState state;
  const char *words;
  g_autofree char *subtitle = NULL;
  g_autofree char *name = NULL;

  if (saver == NULL)
    {
      adw_window_title_set_subtitle (self->title, "");
      return;
    }

  state = kutip_saver_get_state (saver);
  words = describe_state (state, kutip_document_is_read_only (
                                     kutip_annotator_get_document (self->annotator)));
  name = kutip_foreign_words (kutip_article_get_file (kutip_document_get_article (
                                  kutip_annotator_get_document (self->annotator))),
                              0);
  if (strcmp (name, adw_window_title_get_title (self->title)) == 0)
    subtitle = g_strdup (words != NULL ? words : "");
  else
    subtitle = words != NULL ? g_strdup_printf ("%s · %s", name, words) : g_strdup (name);
  adw_window_title_set_subtitle (self->title, subtitle);

  if (state == KUTIP_SAVE_FAILED && kutip_saver_get_error (saver) != NULL)
    show_failure (self, kutip_saver_get_error (saver));
  else if (state == KUTIP_SAVE_CONFLICT)
    show_conflict (self, kutip_saver_get_conflict_file (saver));
  else if (state == KUTIP_SAVE_SAVED || state == KUTIP_SAVE_CLEAN)
    kutip_window_notify (self, "save", GTK_MESSAGE_INFO, NULL);
  if (self->sidecar_watch != NULL && state != KUTIP_SAVE_WRITING)
    kutip_watch_expect (self->sidecar_watch, kutip_saver_get_stamp (saver)->sha256);
}
