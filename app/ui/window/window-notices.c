/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include "text/charset.h"
#include "ui/foreign-words.h"
#include "ui/toast.h"

#include <glib/gi18n.h>

static GtkWidget *
find_notice (KutipWindow *self, const char *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->notices));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (gtk_widget_get_name (child), id) == 0)
      return child;
  return NULL;
}

KutipNotice *
kutip_window_notify (KutipWindow *self,
                     const char *id,
                     GtkMessageType type,
                     const char *text)
{
  GtkWidget *notice = find_notice (self, id);

  if (notice != NULL)
    gtk_box_remove (self->notices, notice);
  if (text == NULL)
    return NULL;

  notice = kutip_notice_new (type, text);
  gtk_widget_set_name (notice, id);
  gtk_box_append (self->notices, notice);
  return KUTIP_NOTICE (notice);
}

void
kutip_window_clear_notices (KutipWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->notices))) != NULL)
    gtk_box_remove (self->notices, child);
}

char *
kutip_window_print_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display_name = g_filename_display_name (name);

  return kutip_foreign_words (display_name, 0);
}

/* Without the full stop that some reasons end with: they go into sentences. */
static char *
dup_reason (const GError *error)
{
  char *reason = g_strdup (error->message);

  if (g_str_has_suffix (reason, "."))
    reason[strlen (reason) - 1] = '\0';
  return reason;
}

static void
tell_broken_tagset (KutipWindow *self, KutipOpened *opened)
{
  g_autofree char *reason = dup_reason (opened->tagset_error);
  g_autofree char *text = NULL;

  /* Translators: %s is the reason, such as: “tagset.json”: line 3, column 7: … */
  text = g_strdup_printf (_ ("The built-in tag set is used, because that of the article "
                             "cannot be: %s."),
                          reason);
  kutip_window_notify (self, "tagset", GTK_MESSAGE_WARNING, text);
}

static void
tell_broken_sidecar (KutipWindow *self, KutipOpened *opened)
{
  g_autofree char *reason = dup_reason (opened->sidecar_error);
  g_autofree char *text = NULL;

  /* Translators: %s is the reason, such as: “a.annotations.json”: line 3, column 7: … */
  text = g_strdup_printf (
      _ ("The annotations of this article cannot be read: %s. Before new work is saved, the "
         "file is kept under another name."),
      reason);
  kutip_window_notify (self, "sidecar", GTK_MESSAGE_ERROR, text);
}

static void
tell_newer_format (KutipWindow *self, KutipOpened *opened)
{
  g_autofree char *name = kutip_window_print_name (opened->sidecar_file);
  g_autofree char *text = NULL;

  /* Translators: %s is a file name. */
  text = g_strdup_printf (_ ("“%s” was written by a newer version of Kutip. It is open "
                             "read-only, so that nothing in it is lost."),
                          name);
  kutip_window_notify (self, "format", GTK_MESSAGE_WARNING, text);
}

static void
tell_locked (KutipWindow *self)
{
  KutipNotice *notice = kutip_window_notify (
      self, "locked", GTK_MESSAGE_WARNING,
      _ ("This article is open in another window or program. It is read-only here, so that "
         "the two do not write over one another."));

  kutip_notice_add_button (notice, _ ("_Try Again"), "win.reload");
}

/* Takes @part. */
static void
append_count (GString *list, guint n, char *part)
{
  if (n > 0 && list->len > 0)
    /* Translators: stands between the parts of a list, such as "40 stayed, 2 moved". */
    g_string_append (list, _ (", "));
  if (n > 0)
    g_string_append (list, part);
  g_free (part);
}

/* Such as "40 spans stayed, 2 moved"; empty when the layer was. */
static char *
describe_anchoring (KutipOpened *opened)
{
  GString *list = g_string_new (NULL);
  guint n;

  n = opened->n_kept;
  append_count (list, n,
                g_strdup_printf (
                    /* Translators: spans of a text that has changed. */
                    ngettext ("%'u span stayed", "%'u spans stayed", n), n));
  n = opened->n_moved;
  append_count (list, n, g_strdup_printf (ngettext ("%'u moved", "%'u moved", n), n));
  n = opened->n_approximate;
  append_count (list, n,
                g_strdup_printf (ngettext ("%'u was found approximately",
                                           "%'u were found approximately", n),
                                 n));
  n = opened->n_orphans;
  append_count (
      list, n,
      g_strdup_printf (ngettext ("%'u was not found", "%'u were not found", n), n));
  return g_string_free (list, FALSE);
}

static void
tell_changed_text (KutipWindow *self, KutipOpened *opened)
{
  g_autofree char *list = describe_anchoring (opened);
  g_autofree char *text = NULL;
  KutipNotice *notice;

  if (*list == '\0')
    return;

  /* Translators: %s is a list such as "40 spans stayed, 2 moved". */
  text =
      g_strdup_printf (_ ("The article has changed since it was annotated: %s."), list);
  notice = kutip_window_notify (
      self, "text", opened->n_orphans > 0 ? GTK_MESSAGE_WARNING : GTK_MESSAGE_INFO, text);
  if (opened->outcomes->len > 0)
    kutip_notice_add_button (notice, _ ("_Review"), "win.review");
}

/* From when it was open before. */
static void
tell_unreviewed (KutipWindow *self, guint n)
{
  g_autofree char *text = NULL;
  KutipNotice *notice;

  text = g_strdup_printf (
      ngettext ("The article changed after it was annotated: %'u span is still to be "
                "reviewed.",
                "The article changed after it was annotated: %'u spans are still to be "
                "reviewed.",
                n),
      n);
  notice = kutip_window_notify (self, "text", GTK_MESSAGE_INFO, text);
  kutip_notice_add_button (notice, _ ("_Review"), "win.review");
}

static void
tell_review (KutipWindow *self, KutipOpened *opened)
{
  KutipReviewPane *review = kutip_sidebar_get_review (kutip_window_get_sidebar (self));

  if (opened->text_changed)
    {
      tell_changed_text (self, opened);
      kutip_review_pane_set_n_kept (review, opened->n_kept);
    }
  else if (kutip_review_pane_get_n_left (review) > 0)
    tell_unreviewed (self, kutip_review_pane_get_n_left (review));
}

static void
tell_no_journal (KutipWindow *self, KutipOpened *opened)
{
  g_autofree char *reason = dup_reason (opened->journal_error);
  g_autofree char *text = NULL;

  /* What an earlier one held was set aside; and there is one again. */
  if (g_error_matches (opened->journal_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    text = g_strdup (opened->journal_error->message);
  else
    /* Translators: %s is the reason. */
    text =
        g_strdup_printf (_ ("There is no recovery file for this article: %s."), reason);
  kutip_window_notify (self, "journal", GTK_MESSAGE_WARNING, text);
}

/* It may be a copy of the one that the work was done to: nobody may be left to wonder. */
static void
tell_other_disk (KutipWindow *self, KutipOpened *opened)
{
  g_autofree char *display_name = g_filename_display_name (opened->came_from);
  g_autofree char *name = kutip_foreign_words (display_name, 0);
  /* Translators: %s is the path of an article. */
  g_autofree char *text = g_strdup_printf (
      _ ("Unsaved work was restored that was done on another disk, in “%s”. If it does "
         "not belong here, Undo takes it back."),
      name);

  kutip_window_notify (self, "came-from", GTK_MESSAGE_INFO, text);
}

void
kutip_window_tell_opened (KutipWindow *self, KutipOpened *opened)
{
  kutip_window_clear_notices (self);
  if (opened->tagset_error != NULL)
    tell_broken_tagset (self, opened);
  if (opened->sidecar_error != NULL)
    tell_broken_sidecar (self, opened);
  kutip_window_tell_tagset_version (self, opened);
  if (opened->newer_format)
    tell_newer_format (self, opened);
  if (opened->locked_elsewhere)
    tell_locked (self);
  tell_review (self, opened);
  if (opened->journal_error != NULL && !opened->locked_elsewhere)
    tell_no_journal (self, opened);
  if (opened->came_from != NULL)
    tell_other_disk (self, opened);
  else if (opened->recovered)
    kutip_window_show_toast (self, _ ("Unsaved work was restored."), FALSE);
}

void
kutip_window_show_toast (KutipWindow *self, const char *text, gboolean undoable)
{
  g_autofree char *safe = kutip_foreign_message (text);
  AdwToast *toast = kutip_toast_new (self->toasts, safe, undoable ? _ ("_Undo") : NULL);

  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  self->is_toast_undoable = undoable;
  if (undoable)
    adw_toast_set_action_name (toast, "annotation.undo");
  adw_toast_set_timeout (toast, 4);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
kutip_window_end_undo_offer (KutipWindow *self)
{
  if (self->toast != NULL && self->is_toast_undoable)
    adw_toast_dismiss (self->toast);
}

static const char *
advise (const GError *error)
{
  if (g_error_matches (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_NOT_TEXT))
    return _ (
        "Kutip opens plain text. Save the article as text in the program it comes from, "
        "then open that.");
  if (error->domain == KUTIP_CHARSET_ERROR)
    return _ ("If you know the encoding of the file, choose it in the open dialog.");
  return NULL;
}

void
kutip_window_tell_failure (KutipWindow *self, GFile *file, const GError *error)
{
  g_autofree char *name = kutip_window_print_name (file);
  g_autofree char *heading = NULL;
  g_autofree char *reason = kutip_foreign_message (error->message);
  const char *advice = advise (error);
  GtkWidget *dialog;

  /* Translators: %s is a file name. */
  heading = g_strdup_printf (_ ("“%s” Cannot Be Opened"), name);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, NULL);
  if (advice != NULL)
    adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s", reason,
                                    advice);
  else
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), reason);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}
