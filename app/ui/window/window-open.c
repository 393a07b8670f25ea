/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include "store/paths.h"
#include "ui/foreign-words.h"
#include "ui/memory.h"
#include "ui/samples.h"

#include <glib/gi18n.h>

/* What is opened sooner says nothing of it; milliseconds. */
#define SLOW 250
/* Where the first article that is not done is found sooner, a corpus begins with it; then
 * with what is known. Milliseconds. */
#define PATIENCE 500
#define POLL_INTERVAL 20
/* Reading more than this leaves much behind; code points. */
#define MUCH 200000

/* One article on its way into the window. */
typedef struct
{
  GFile *file;
  char *charset;  /* NULL: found */
  gboolean again; /* it is the open article: that must be let go of first */
  gboolean may_be_folder;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_object_unref (request->file);
  g_free (request->charset);
  g_free (request);
}

static Request *
new_request (GFile *file, const char *charset, gboolean again)
{
  Request *request = g_new0 (Request, 1);

  request->file = g_object_ref (file);
  request->charset = g_strdup (charset);
  request->again = again;
  return request;
}

static void
end_opening (KutipWindow *self)
{
  g_clear_object (&self->opening);
  g_clear_object (&self->opening_file);
  g_clear_handle_id (&self->opening_delay, g_source_remove);
  gtk_spinner_set_spinning (self->opening_spinner, FALSE);
}

static void
stop_opening (KutipWindow *self)
{
  g_cancellable_cancel (self->opening);
  end_opening (self);
  if (self->has_text)
    kutip_window_set_text (self, NULL);
}

static gboolean
tell_slow (gpointer data)
{
  KutipWindow *self = data;

  self->opening_delay = 0;
  if (self->has_text)
    adw_window_title_set_subtitle (self->title, _ ("Reading the annotations…"));
  else
    {
      gtk_stack_set_visible_child_name (self->pages, "opening");
      gtk_spinner_set_spinning (self->opening_spinner, TRUE);
    }
  return G_SOURCE_REMOVE;
}

/* Its annotations follow; meanwhile a person reads. */
static void
show_text (KutipArticle *article, gpointer data)
{
  KutipWindow *self = data;

  kutip_window_clear_notices (self);
  kutip_window_set_text (self, article);
  kutip_corpus_pane_set_open_article (self->corpus_pane, self->opening_file);
  kutip_window_focus_article (self);
}

static void
on_file_changed (KutipWindow *self, gboolean exists)
{
  g_autofree char *text = NULL;
  KutipNotice *notice;

  if (!exists)
    {
      kutip_window_notify (
          self, "disk", GTK_MESSAGE_WARNING,
          _ ("The article’s file was moved or deleted by another program. What you mark is "
             "still saved where the annotations were."));
      return;
    }
  notice = kutip_window_notify (self, "disk", GTK_MESSAGE_INFO,
                                _ ("The article was changed by another program."));
  kutip_notice_add_button (notice, _ ("_Read Again"), "win.reload");
}

static void
on_sidecar_changed (KutipWindow *self, gboolean exists)
{
  KutipNotice *notice;

  if (!exists)
    {
      notice =
          kutip_window_notify (self, "disk", GTK_MESSAGE_WARNING,
                               _ ("The annotations’ file was moved or deleted by another "
                                  "program. The annotations are still here."));
      kutip_notice_add_button (notice, _ ("_Save"), "win.save");
      return;
    }
  notice =
      kutip_window_notify (self, "disk", GTK_MESSAGE_WARNING,
                           _ ("The annotations were changed by another program. Reading "
                              "them again keeps what you have not saved in a file of its "
                              "own."));
  kutip_notice_add_button (notice, _ ("_Read Again"), "win.reload");
}

static void
watch_files (KutipWindow *self, KutipOpened *opened)
{
  g_clear_object (&self->article_watch);
  g_clear_object (&self->sidecar_watch);
  self->article_watch = kutip_watch_new (opened->article_file);
  kutip_watch_expect (self->article_watch, opened->article_stamp.sha256);
  g_signal_connect_object (self->article_watch, "changed", G_CALLBACK (on_file_changed),
                           self, G_CONNECT_SWAPPED);
  self->sidecar_watch = kutip_watch_new (opened->sidecar_file);
  kutip_watch_expect (self->sidecar_watch, opened->sidecar_stamp.sha256);
  g_signal_connect_object (self->sidecar_watch, "changed",
                           G_CALLBACK (on_sidecar_changed), self, G_CONNECT_SWAPPED);
}

/* The article is read again, and what was here meanwhile had to be saved beside it. */
static void
tell_kept (KutipWindow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  KutipNotice *notice;

  if (self->kept_file == NULL)
    return;
  name = kutip_window_print_name (self->kept_file);
  g_clear_object (&self->kept_file);
  /* Translators: %s is a file name. */
  text = g_strdup_printf (_ ("Your own version is in “%s” beside the article."), name);
  notice = kutip_window_notify (self, "kept", GTK_MESSAGE_INFO, text);
  kutip_notice_add_button (notice, _ ("Show _Folder"), "win.show-folder");
}

void
kutip_window_welcome (KutipWindow *self, KutipOpened *opened)
{
  kutip_corpus_pane_set_open_article (self->corpus_pane, self->article_file);
  kutip_window_tell_opened (self, opened);
  tell_kept (self);
  watch_files (self, opened);
  kutip_window_adopt_tagset (self, opened);
  if (kutip_text_get_length (
          kutip_article_get_text (kutip_document_get_article (opened->document))) > MUCH)
    kutip_memory_give_back_soon ();
  if (self->corpus == NULL)
    kutip_open_menu_remember (opened->article_file, FALSE);
}

/* What does not show in the article follows when it is painted. */
static void
adopt (KutipWindow *self, KutipOpened *opened)
{
  g_autoptr (KutipAnnotator) annotator = kutip_annotator_new (opened);

  g_set_object (&self->article_file, opened->article_file);
  g_set_object (&self->tagset_file, opened->tagset_file);
  g_free (self->trace_name);
  self->trace_name = g_file_get_basename (opened->article_file);
  self->is_text_traced = FALSE;
  kutip_window_clear_notices (self);
  kutip_window_swap_annotator (self, annotator);
  self->adopted = g_boxed_copy (KUTIP_TYPE_OPENED, opened);
  kutip_window_show_page (self);
  kutip_window_focus_article (self);
  kutip_window_show_wanted_place (self);
  gtk_widget_queue_draw (GTK_WIDGET (self->article_view));
}

static void
open_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KutipWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipOpened) opened = kutip_open_finish (result, &error);
  g_autoptr (GFile) file = NULL;

  /* Another article is on its way meanwhile, or the window is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  file = g_object_ref (self->opening_file);
  end_opening (self);
  if (opened != NULL)
    adopt (self, opened);
  else if (self->may_be_folder &&
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    kutip_window_open_folder (self, file);
  else
    {
      if (self->has_text)
        kutip_window_set_text (self, NULL);
      kutip_window_show_page (self);
      kutip_corpus_pane_set_open_article (self->corpus_pane, self->article_file);
      g_clear_object (&self->wanted_file);
      kutip_window_tell_failure (self, file, error);
    }
}

static void
start_opening (KutipWindow *self, gpointer data)
{
  Request *request = data;
  KutipOpenOptions options = {
    .charset = request->charset,
    .annotator = kutip_preferences_get_annotator (self->preferences),
    .from_other_disks = TRUE,
    .text_ready = show_text,
    .text_ready_data = self,
  };
  KutipSaver *saver = NULL;

  stop_opening (self);
  /* One document has one journal. What is shown stays until the new one is there; what
   * was shown before that is let go of. What could not be saved is let go of, too: it may
   * be this article, at the place where its folder is now. */
  kutip_window_settle (self);
  g_clear_object (&self->kept_file);
  if (self->annotator != NULL)
    saver = kutip_annotator_get_saver (self->annotator);
  if (request->again && saver != NULL)
    g_set_object (&self->kept_file, kutip_saver_get_conflict_file (saver));
  if (request->again ||
      (saver != NULL && kutip_saver_get_state (saver) == KUTIP_SAVE_FAILED))
    kutip_window_set_annotator (self, NULL);
  self->opening = g_cancellable_new ();
  self->opening_file = g_object_ref (request->file);
  self->may_be_folder = request->may_be_folder;
  self->opening_delay = g_timeout_add (SLOW, tell_slow, self);
  kutip_open_async (request->file, &options, self->opening, open_done,
                    g_object_ref (self));
}

KutipWindow *
kutip_window_find (GtkApplication *application, GFile *file)
{
  g_autoptr (GFile) article = kutip_paths_get_article (file, NULL);

  for (GList *item = gtk_application_get_windows (application); item != NULL;
       item = item->next)
    {
      KutipWindow *window = KUTIP_IS_WINDOW (item->data) ? item->data : NULL;

      if (window != NULL && window->article_file != NULL &&
          g_file_equal (window->article_file, article != NULL ? article : file))
        return window;
    }
  return NULL;
}

static void
open_article (KutipWindow *self, GFile *file, const char *charset, gboolean may_be_folder)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  KutipWindow *window;
  Request *request;

  /* Closed while its folder was being listed. */
  if (application == NULL)
    return;
  window = kutip_window_find (application, file);
  if (window != NULL && (window != self || charset == NULL))
    {
      stop_opening (self);
      kutip_window_show_page (self);
      gtk_window_present (GTK_WINDOW (window));
      kutip_window_focus_article (window);
      return;
    }
  request = new_request (file, charset, window == self);
  request->may_be_folder = may_be_folder;
  kutip_window_save_then (self, _ ("_Open Anyway"), start_opening, request, free_request);
}

void
kutip_window_open_article (KutipWindow *self, GFile *file, const char *charset)
{
  open_article (self, file, charset, FALSE);
}

void
kutip_window_reload (KutipWindow *self)
{
  const KutipCharset *charset;

  if (self->article_file == NULL)
    return;
  charset = kutip_article_get_charset (
      kutip_document_get_article (kutip_annotator_get_document (self->annotator)));
  kutip_window_save_then (
      self, _ ("_Read Again Anyway"), start_opening,
      new_request (self->article_file, charset->guessed ? NULL : charset->name, TRUE),
      free_request);
}

void
kutip_window_open_entry (KutipWindow *self, KutipEntry *entry)
{
  self->wants_first = FALSE;
  kutip_window_open_article (self, kutip_entry_get_file (entry), NULL);
  if (adw_flap_get_folded (self->articles_flap))
    adw_flap_set_reveal_flap (self->articles_flap, FALSE);
}

/* The first entry that is not done, or whose status is not known yet, which @is_known
 * says; the first of all when all are done. */
static KutipEntry *
find_first (KutipCorpus *corpus, gboolean *is_known)
{
  GListModel *entries = G_LIST_MODEL (corpus);
  guint n = g_list_model_get_n_items (entries);

  *is_known = TRUE;
  for (guint i = 0; i < n; i++)
    {
      /* The corpus keeps it. */
      g_autoptr (KutipEntry) entry = g_list_model_get_item (entries, i);
      KutipStatus status = kutip_entry_get_status (entry);

      *is_known = !kutip_entry_is_unread (entry);
      if (!*is_known || status != KUTIP_STATUS_DONE)
        return entry;
    }
  *is_known = !kutip_corpus_is_loading (corpus);
  if (n > 0)
    {
      g_autoptr (KutipEntry) entry = g_list_model_get_item (entries, 0);

      return entry;
    }
  return NULL;
}

static gboolean
open_first (gpointer data)
{
  KutipWindow *self = data;
  KutipEntry *entry;
  gboolean is_known;

  if (!self->wants_first || self->corpus == NULL)
    return G_SOURCE_REMOVE;
  entry = self->wanted_first == NULL
              ? NULL
              : kutip_corpus_lookup (self->corpus, self->wanted_first);
  if (entry != NULL)
    {
      kutip_window_open_entry (self, entry);
      return G_SOURCE_REMOVE;
    }
  entry = find_first (self->corpus, &is_known);
  if (!is_known && g_get_monotonic_time () < self->first_deadline)
    return G_SOURCE_CONTINUE;
  if (entry == NULL)
    return kutip_corpus_is_loading (self->corpus) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
  kutip_window_open_entry (self, entry);
  return G_SOURCE_REMOVE;
}

void
kutip_window_show_page (KutipWindow *self)
{
  gboolean has_article = self->annotator != NULL || self->has_text;
  const char *page = "article";

  if (!has_article)
    page = self->corpus != NULL ? "choose" : "empty";
  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_spinner_set_spinning (self->opening_spinner, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->status_bar), has_article);
  gtk_widget_set_visible (self->history_buttons, has_article && !self->narrow);
  gtk_widget_set_visible (self->annotations_button, has_article);
  gtk_widget_set_visible (self->articles_button, has_article || self->corpus != NULL);
  kutip_window_restore_panes (self);
}

/* Why no article is open, where there is none to choose. */
static void
explain_choice (KutipWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *escaped = NULL;
  const char *words = "";

  if (self->corpus == NULL)
    return;
  g_object_get (self->corpus, "error", &error, NULL);
  if (error != NULL)
    words = error->message;
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->corpus)) > 0)
    words = _ ("Choose one in the list, or open another folder.");
  else if (!kutip_corpus_is_loading (self->corpus))
    words = _ ("There are no articles in this folder. Articles are "
               "text files: .txt, .text, .md");
  escaped = g_markup_escape_text (words, -1);
  adw_status_page_set_description (self->choose_page, escaped);
}

static void
follow_corpus (KutipWindow *self)
{
  const char *const signals[] = { "items-changed", "notify::loading", "notify::error" };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->corpus, signals[i], G_CALLBACK (explain_choice), self,
                             G_CONNECT_SWAPPED);
  explain_choice (self);
}

void
kutip_window_set_corpus (KutipWindow *self, KutipCorpus *corpus)
{
  if (g_set_object (&self->corpus, corpus) && corpus != NULL)
    follow_corpus (self);
  kutip_corpus_pane_set_corpus (self->corpus_pane, corpus);
  kutip_corpus_pane_set_open_article (self->corpus_pane, self->article_file);
  kutip_window_show_page (self);
  kutip_window_update_actions (self);
  if (corpus != NULL)
    kutip_corpus_load (corpus);
}

/* A corpus on its way into the window. */
typedef struct
{
  KutipCorpus *corpus;
  GFile *first; /* the article to begin with; NULL: the first with work left */
} Showing;

static Showing *
new_showing (KutipCorpus *corpus, GFile *first)
{
  Showing *showing = g_new0 (Showing, 1);

  showing->corpus = corpus;
  g_set_object (&showing->first, first);
  return showing;
}

static void
free_showing (gpointer data)
{
  Showing *showing = data;

  g_object_unref (showing->corpus);
  g_clear_object (&showing->first);
  g_free (showing);
}

/* The corpus takes the place of what is open. */
static void
show_corpus (KutipWindow *self, gpointer data)
{
  Showing *showing = data;

  stop_opening (self);
  kutip_window_set_annotator (self, NULL);
  kutip_window_clear_notices (self);
  self->wants_first = TRUE;
  g_set_object (&self->wanted_first, showing->first);
  kutip_window_set_corpus (self, showing->corpus);
  self->first_deadline = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_MILLISECOND;
  g_timeout_add_full (G_PRIORITY_DEFAULT, POLL_INTERVAL, open_first, g_object_ref (self),
                      g_object_unref);
}

/* Begins with @first, when it is in it. */
static void
open_folder (KutipWindow *self, GFile *folder, GFile *first)
{
  KutipCorpus *corpus = kutip_corpus_new_for_folder (
      folder, kutip_preferences_get_annotator (self->preferences));

  kutip_open_menu_remember (folder, TRUE);
  kutip_window_save_then (self, _ ("_Open Anyway"), show_corpus,
                          new_showing (corpus, first), free_showing);
}

void
kutip_window_open_folder (KutipWindow *self, GFile *folder)
{
  open_folder (self, folder, NULL);
}

/* The articles of @files, sidecars among them. */
static KutipCorpus *
create_corpus (KutipWindow *self, GPtrArray *files)
{
  g_autoptr (GPtrArray) articles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = g_ptr_array_index (files, i);
      GFile *article = kutip_paths_get_article (file, NULL);

      g_ptr_array_add (articles, article != NULL ? article : g_object_ref (file));
    }
  return kutip_corpus_new_for_files ((GFile *const *) articles->pdata, articles->len,
                                     kutip_preferences_get_annotator (self->preferences));
}

static void
open_files (KutipWindow *self, GPtrArray *files, const char *charset)
{
  GFile *first = g_ptr_array_index (files, 0);

  if (files->len == 1)
    {
      /* An article of the folder that is open stays in it. */
      if (self->corpus != NULL && kutip_corpus_lookup (self->corpus, first) == NULL)
        kutip_window_set_corpus (self, NULL);
      kutip_window_open_article (self, first, charset);
    }
  else
    kutip_window_save_then (self, _ ("_Open Anyway"), show_corpus,
                            new_showing (create_corpus (self, files), NULL),
                            free_showing);
}

/* What a person named, until it is known which of it are folders. */
typedef struct
{
  KutipWindow *window;
  GPtrArray *files;
  GPtrArray *folders;
  char *charset;
  guint n_waiting;
} Sorting;

static void
finish_sorting (Sorting *sorting)
{
  KutipWindow *self = sorting->window;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (sorting->files->len > 0)
    open_files (self, sorting->files, sorting->charset);
  for (guint i = 0; i < sorting->folders->len; i++)
    {
      KutipWindow *window = self;

      if (i > 0 || sorting->files->len > 0)
        {
          window = kutip_window_new (application, self->preferences);
          gtk_window_present (GTK_WINDOW (window));
        }
      kutip_window_open_folder (window, g_ptr_array_index (sorting->folders, i));
    }
  g_ptr_array_unref (sorting->files);
  g_ptr_array_unref (sorting->folders);
  g_free (sorting->charset);
  g_object_unref (sorting->window);
  g_free (sorting);
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  g_autofree char *x = g_file_get_uri (*(GFile *const *) a);
  g_autofree char *y = g_file_get_uri (*(GFile *const *) b);

  return g_strcmp0 (x, y);
}

static void
query_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Sorting *sorting = data;
  GFile *file = G_FILE (source);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (file, result, NULL);

  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    g_ptr_array_add (sorting->folders, g_object_ref (file));
  else
    g_ptr_array_add (sorting->files, g_object_ref (file));
  if (--sorting->n_waiting > 0)
    return;
  /* The answers come in any order. */
  g_ptr_array_sort (sorting->files, compare_files);
  g_ptr_array_sort (sorting->folders, compare_files);
  finish_sorting (sorting);
}

/* One thing, such as most people open, that changes nothing of the list: whether it is a
 * folder shows when it is read, which saves the wait for a thread that asks. */
static gboolean
is_likely_article (KutipWindow *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return self->corpus == NULL && (name == NULL || !kutip_paths_is_sidecar_name (name));
}

void
kutip_window_open (KutipWindow *self,
                   GFile *const *files,
                   guint n_files,
                   const char *charset)
{
  Sorting *sorting;

  g_return_if_fail (KUTIP_IS_WINDOW (self));
  g_return_if_fail (n_files > 0);

  if (n_files == 1 && is_likely_article (self, files[0]))
    {
      open_article (self, files[0], charset, TRUE);
      return;
    }
  sorting = g_new0 (Sorting, 1);
  sorting->window = g_object_ref (self);
  sorting->files = g_ptr_array_new_with_free_func (g_object_unref);
  sorting->folders = g_ptr_array_new_with_free_func (g_object_unref);
  sorting->charset = g_strdup (charset);
  sorting->n_waiting = n_files;
  for (guint i = 0; i < n_files; i++)
    g_file_query_info_async (files[i], G_FILE_ATTRIBUTE_STANDARD_TYPE,
                             G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, query_done,
                             sorting);
}

static void
samples_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KutipWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = kutip_samples_copy_finish (result, &error);
  g_autoptr (GFile) first = NULL;
  g_autofree char *path = NULL;
  g_autofree char *shown_path = NULL;
  g_autofree char *text = NULL;

  if (folder == NULL)
    {
      kutip_window_tell_failure (self, G_FILE (source), error);
      return;
    }
  path = g_filename_display_name (g_file_peek_path (folder));
  shown_path = kutip_foreign_words (path, 0);
  /* Translators: %s is the path of a folder. */
  text = g_strdup_printf (_ ("The samples are yours to annotate, in %s"), shown_path);
  kutip_window_show_toast (self, text, FALSE);
  first = kutip_samples_choose (folder, g_get_language_names ());
  open_folder (self, folder, first);
}

void
kutip_window_open_samples (KutipWindow *self)
{
  g_autoptr (GFile) shipped = kutip_samples_find ();

  if (shipped != NULL)
    kutip_samples_copy_async (shipped, samples_copied, g_object_ref (self));
}
