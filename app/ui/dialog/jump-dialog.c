/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/dialog/jump-dialog.h"

#include "ui/jump.h"
#include "ui/kept-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define GO "go"
#define KEPT "kutip-jump-dialog"
#define QUESTION "kutip-question"

/* Hangs on the dialog. */
typedef struct
{
  KutipAnnotator *annotator; /* NULL while nothing is asked */
  AdwMessageDialog *dialog;  /* borrowed: it owns this */
  GtkEditable *entry;
  GtkLabel *answer;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->annotator);
  g_free (question);
}

static gboolean
find (Question *question, KutipJump *jump, char **answer)
{
  return kutip_jump_find (kutip_annotator_get_document (question->annotator),
                          gtk_editable_get_text (question->entry), jump, answer);
}

static void
show_answer (Question *question)
{
  g_autofree char *answer = NULL;
  KutipJump jump;
  gboolean found = find (question, &jump, &answer);
  gboolean empty = *gtk_editable_get_text (question->entry) == '\0';

  gtk_label_set_text (question->answer, answer);
  adw_message_dialog_set_response_enabled (question->dialog, GO, found);
  if (found || empty)
    gtk_widget_remove_css_class (GTK_WIDGET (question->entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (question->entry), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, answer, -1);
}

static void
on_changed (Question *question)
{
  if (question->annotator != NULL)
    show_answer (question);
}

static void
go (Question *question)
{
  g_autofree char *answer = NULL;
  KutipLayer *layer =
      kutip_document_get_layer (kutip_annotator_get_document (question->annotator));
  KutipJump jump;
  KutipSpan *span;

  if (!find (question, &jump, &answer))
    return;
  kutip_annotator_cancel_link (question->annotator);
  span = jump.span != NULL ? kutip_layer_get_span (layer, jump.span) : NULL;
  if (span != NULL)
    {
      kutip_annotator_set_current (question->annotator, span, TRUE);
      return;
    }
  kutip_annotator_set_selection (question->annotator, jump.range.start, jump.range.end,
                                 TRUE);
  g_signal_emit_by_name (question->annotator, "reveal", jump.range.start, jump.range.end);
}

/* At once: the default button is shown pressed for a quarter of a second first. */
static void
on_activate (Question *question)
{
  if (adw_message_dialog_get_response_enabled (question->dialog, GO))
    adw_message_dialog_response (question->dialog, GO);
}

static GtkWidget *
create_content (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *answer = gtk_label_new (NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Place in the article"), -1);
  gtk_label_set_wrap (GTK_LABEL (answer), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (answer), 40);
  gtk_label_set_xalign (GTK_LABEL (answer), 0);
  gtk_label_set_wrap_mode (GTK_LABEL (answer), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (answer, "dim-label");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), answer);
  question->entry = GTK_EDITABLE (entry);
  question->answer = GTK_LABEL (answer);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_changed), question);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_activate), question);
  return box;
}

static void
on_response (Question *question, const char *response)
{
  if (g_str_equal (response, GO))
    go (question);
  g_clear_object (&question->annotator);
  gtk_editable_set_text (question->entry, "");
  kutip_kept_window_keep (GTK_WINDOW (question->dialog), KEPT);
}

static GtkWindow *
create_dialog (GtkWindow *parent)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Go to a Place"), NULL);
  Question *question = g_new0 (Question, 1);

  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  g_object_set_data_full (G_OBJECT (dialog), QUESTION, question, free_question);
  adw_message_dialog_set_extra_child (question->dialog, create_content (question));
  adw_message_dialog_add_responses (question->dialog, "cancel", _ ("_Cancel"), GO,
                                    _ ("_Go"), NULL);
  adw_message_dialog_set_default_response (question->dialog, GO);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_response_appearance (question->dialog, GO,
                                              ADW_RESPONSE_SUGGESTED);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response), question);
  /* The response comes after that, or within it. */
  gtk_window_set_hide_on_close (GTK_WINDOW (dialog), TRUE);
  return GTK_WINDOW (dialog);
}

void
kutip_jump_dialog_present (GtkWindow *parent, KutipAnnotator *annotator)
{
  GtkWindow *dialog = kutip_kept_window_take (parent, KEPT);
  Question *question;

  if (dialog == NULL)
    dialog = create_dialog (parent);
  question = g_object_get_data (G_OBJECT (dialog), QUESTION);
  question->annotator = g_object_ref (annotator);
  show_answer (question);
  gtk_window_present (dialog);
  gtk_widget_grab_focus (GTK_WIDGET (question->entry));
}
