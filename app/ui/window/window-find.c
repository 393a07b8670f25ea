/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include "ui/find/bulk-window.h"
#include "ui/find/concordance-window.h"
#include "ui/find/mark-all.h"

#include <glib/gi18n.h>

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_find_bar_open (KUTIP_WINDOW (data)->find_bar);
}

static void
on_find_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_find_bar_step (KUTIP_WINDOW (data)->find_bar, TRUE);
}

static void
on_find_previous (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_find_bar_step (KUTIP_WINDOW (data)->find_bar, FALSE);
}

/* What is searched for, while one is in the search; else what is selected, or what the
 * current span says. */
static char *
dup_words (KutipWindow *self, KutipFindFlags *flags)
{
  KutipText *text =
      kutip_document_get_text (kutip_annotator_get_document (self->annotator));
  KutipRange range = kutip_annotator_get_selection (self->annotator);
  KutipSpan *current = kutip_annotator_get_current (self->annotator);

  if (kutip_find_bar_is_open (self->find_bar) &&
      gtk_widget_get_focus_child (GTK_WIDGET (self->find_bar)) != NULL)
    return g_strdup (kutip_find_bar_get_pattern (self->find_bar, flags));
  *flags = KUTIP_FIND_WORDS;
  if (range.start == range.end && current != NULL && !kutip_span_is_orphan (current))
    range = kutip_span_get_ranges (current)[0];
  return kutip_text_dup_range (text, range);
}

GPtrArray *
kutip_window_list_articles (KutipWindow *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *entries = G_LIST_MODEL (self->corpus);

  for (guint i = 0; self->corpus != NULL && i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (KutipEntry) entry = g_list_model_get_item (entries, i);

      g_ptr_array_add (files, g_object_ref (kutip_entry_get_file (entry)));
    }
  return files;
}

/* What "all articles" are: those of the folder that is open, or of the article's. */
static GFile *
find_folder (KutipWindow *self)
{
  if (self->corpus != NULL && kutip_corpus_get_folder (self->corpus) != NULL)
    return g_object_ref (kutip_corpus_get_folder (self->corpus));
  if (self->corpus == NULL && self->article_file != NULL)
    return g_file_get_parent (self->article_file);
  return NULL;
}

/* Those of no folder: a folder is looked through when it comes to that. */
static GPtrArray *
list_articles (KutipWindow *self, GFile *folder)
{
  return folder == NULL ? kutip_window_list_articles (self)
                        : g_ptr_array_new_with_free_func (g_object_unref);
}

static void
on_marking (KutipWindow *self, KutipBulkMark *bulk)
{
  g_set_object (&self->bulk_mark, bulk);
}

static void
ask_what_to_mark (KutipWindow *self, gboolean everywhere)
{
  KutipFindFlags flags = 0;
  g_autofree char *words = dup_words (self, &flags);
  g_autoptr (GFile) folder = find_folder (self);
  g_autoptr (GPtrArray) files = list_articles (self, folder);
  KutipMarkAll *asking;

  if (*words == '\0')
    {
      kutip_window_show_toast (self, _ ("Select the words first, or search for them."),
                               FALSE);
      return;
    }
  asking = kutip_mark_all_ask (GTK_WINDOW (self), self->annotator, self->article_file,
                               words, flags);
  kutip_mark_all_set_corpus (asking, folder, files,
                             kutip_preferences_get_annotator (self->preferences));
  if (everywhere)
    kutip_mark_all_choose_corpus (asking);
  g_signal_handlers_disconnect_by_func (asking, on_marking, self);
  g_signal_connect_object (asking, "marking", G_CALLBACK (on_marking), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (asking));
}

static void
on_mark_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_what_to_mark (data, FALSE);
}

static void
on_mark_everywhere (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_what_to_mark (data, TRUE);
}

/* The window tells what was marked, and takes it back when asked to. */
static void
show_bulk_mark (KutipWindow *self)
{
  if (self->bulk_mark == NULL || kutip_bulk_mark_get_n_marked (self->bulk_mark) == 0)
    kutip_window_show_toast (
        self, _ ("Nothing that was marked in all articles can be taken back."), FALSE);
  else
    gtk_window_present (
        GTK_WINDOW (kutip_bulk_window_new (GTK_WINDOW (self), self->bulk_mark)));
}

/* Something is marked, or can be taken back, without a look at what is recorded. */
static gboolean
has_bulk_mark (KutipWindow *self)
{
  return self->bulk_mark != NULL && (kutip_bulk_mark_is_running (self->bulk_mark) ||
                                     kutip_bulk_mark_get_n_marked (self->bulk_mark) > 0);
}

/* A folder whose record is being read. */
typedef struct
{
  KutipWindow *window;
  GFile *folder;
} Asking;

static void
on_bulk_mark_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (KutipWindow) self = asking->window;
  g_autoptr (GFile) folder = asking->folder;
  g_autoptr (GFile) now = find_folder (self);
  g_autoptr (KutipBulkMark) bulk = kutip_bulk_mark_load_finish (result);

  g_free (asking);
  /* The window may have been closed meanwhile, or be about another folder. */
  if (!gtk_widget_get_realized (GTK_WIDGET (self)) || now == NULL ||
      !g_file_equal (now, folder))
    return;
  if (!has_bulk_mark (self))
    g_set_object (&self->bulk_mark, bulk);
  show_bulk_mark (self);
}

static void
on_bulk_marked (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;
  g_autoptr (GFile) folder = find_folder (self);
  Asking *asking;

  if (folder == NULL || has_bulk_mark (self))
    {
      show_bulk_mark (self);
      return;
    }
  asking = g_new0 (Asking, 1);
  asking->window = g_object_ref (self);
  asking->folder = g_steal_pointer (&folder);
  kutip_bulk_mark_load_async (asking->folder, on_bulk_mark_loaded, asking);
}

static void
show_place (KutipWindow *self, KutipRange range)
{
  kutip_annotator_set_selection (self->annotator, range.start, range.end, TRUE);
  g_signal_emit_by_name (self->annotator, "reveal", range.start, range.end);
}

void
kutip_window_open_place (KutipWindow *self, GFile *file, KutipRange range)
{
  g_return_if_fail (KUTIP_IS_WINDOW (self));

  g_set_object (&self->wanted_file, file);
  self->wanted_place = range;
  if (self->article_file == NULL || !g_file_equal (self->article_file, file))
    kutip_window_open_article (self, file, NULL);
  else
    kutip_window_show_wanted_place (self);
}

void
kutip_window_show_wanted_place (KutipWindow *self)
{
  g_autoptr (GFile) wanted = g_steal_pointer (&self->wanted_file);
  guint length;

  if (wanted == NULL || self->annotator == NULL ||
      !g_file_equal (wanted, self->article_file))
    {
      kutip_window_note_place (self);
      return;
    }
  length = kutip_article_get_length (
      kutip_document_get_article (kutip_annotator_get_document (self->annotator)));
  /* The article may be another one by now than when it was searched. */
  show_place (self, (KutipRange){ MIN (self->wanted_place.start, length),
                                  MIN (self->wanted_place.end, length) });
  kutip_window_focus_article (self);
}

static void
on_place_chosen (KutipWindow *self, KutipConcordanceLine *line)
{
  kutip_window_open_place (self, kutip_concordance_line_get_file (line),
                           kutip_concordance_line_get_range (line));
  gtk_window_present (GTK_WINDOW (self));
}

static void
on_search_corpus (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;
  g_autoptr (GFile) folder = find_folder (self);
  g_autoptr (GPtrArray) files = list_articles (self, folder);

  if (self->concordance == NULL)
    {
      g_set_weak_pointer (&self->concordance,
                          kutip_concordance_window_new (GTK_WINDOW (self)));
      g_signal_connect_object (self->concordance, "open", G_CALLBACK (on_place_chosen),
                               self, G_CONNECT_SWAPPED);
    }
  kutip_concordance_window_set_place (
      self->concordance, folder, files, kutip_window_get_tagset (self),
      kutip_preferences_get_annotator (self->preferences));
  gtk_window_present (GTK_WINDOW (self->concordance));
}

static const GActionEntry window_entries[] = {
  { .name = "find", .activate = on_find },
  { .name = "find-next", .activate = on_find_next },
  { .name = "find-previous", .activate = on_find_previous },
  { .name = "search-corpus", .activate = on_search_corpus },
  { .name = "bulk-marked", .activate = on_bulk_marked },
};

static const GActionEntry annotation_entries[] = {
  { .name = "mark-all", .activate = on_mark_all },
  { .name = "mark-everywhere", .activate = on_mark_everywhere },
};

void
kutip_window_add_find_actions (KutipWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), window_entries,
                                   G_N_ELEMENTS (window_entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self->annotation_actions),
                                   annotation_entries, G_N_ELEMENTS (annotation_entries),
                                   self);
}
