/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tag set in effect: its editor, its guidelines, and what happens when it changes. */
#include "ui/window/window-private.h"

#include "format/tagset/tagset-json.h"
#include "store/tagset-file.h"
#include "ui/foreign-words.h"
#include "ui/tagset/tagset-editor.h"

#include <glib/gi18n.h>

/* Code points of a tag set's name or version that are told. */
#define MOST_NAME_CHARS 60

/* The folder that a new tag set would be for. */
static GFile *
dup_folder (KutipWindow *self)
{
  GFile *corpus = self->corpus != NULL ? kutip_corpus_get_folder (self->corpus) : NULL;

  if (corpus != NULL &&
      (self->article_file == NULL || g_file_has_prefix (self->article_file, corpus)))
    return g_object_ref (corpus);
  return self->article_file != NULL ? g_file_get_parent (self->article_file) : NULL;
}

/* What is open below a folder while its tag set changes. */
typedef struct
{
  guint n_waiting;
  gboolean all_done;
  void (*then) (gboolean done, gpointer data);
  gpointer data;
} Pause;

typedef struct
{
  Pause *pause;
  gboolean done;
} Pausing;

static void
finish_pausing (gpointer data)
{
  Pausing *self = data;
  Pause *pause = self->pause;

  pause->all_done = pause->all_done && self->done;
  g_free (self);
  if (--pause->n_waiting > 0)
    return;
  pause->then (pause->all_done, pause->data);
  g_free (pause);
}

/* The same place of it is shown when it is opened again. */
static void
remember_place (KutipWindow *self)
{
  g_set_object (&self->wanted_file, self->article_file);
  self->wanted_place = kutip_annotator_get_selection (self->annotator);
}

static void
close_article (KutipWindow *self, gpointer data)
{
  Pausing *pausing = data;

  remember_place (self);
  g_set_object (&self->paused_file, self->article_file);
  kutip_window_set_annotator (self, NULL);
  pausing->done = TRUE;
}

static gboolean
has_article_in (GtkWindow *window, GFile *folder)
{
  return KUTIP_IS_WINDOW (window) && KUTIP_WINDOW (window)->annotator != NULL &&
         g_file_has_prefix (KUTIP_WINDOW (window)->article_file, folder);
}

static GList *
list_windows (void)
{
  return g_list_copy (
      gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ())));
}

static void
pause_articles (GFile *folder, void (*then) (gboolean done, gpointer data), gpointer data)
{
  g_autoptr (GList) windows = list_windows ();
  Pause *pause = g_new0 (Pause, 1);

  *pause = (Pause){ 1, TRUE, then, data };
  for (GList *item = windows; item != NULL; item = item->next)
    {
      Pausing *pausing;

      if (!has_article_in (item->data, folder))
        continue;
      pausing = g_new0 (Pausing, 1);
      pausing->pause = pause;
      pause->n_waiting++;
      kutip_window_save_then (item->data, _ ("_Go On Anyway"), close_article, pausing,
                              finish_pausing);
    }
  /* For this call itself, which keeps the pause meanwhile. */
  finish_pausing (g_memdup2 (&(Pausing){ pause, TRUE }, sizeof (Pausing)));
}

static void
resume_articles (GFile *folder)
{
  g_autoptr (GList) windows = list_windows ();

  for (GList *item = windows; item != NULL; item = item->next)
    {
      KutipWindow *self = KUTIP_IS_WINDOW (item->data) ? item->data : NULL;
      g_autoptr (GFile) file = NULL;

      if (self != NULL && self->annotator != NULL && has_article_in (item->data, folder))
        {
          remember_place (self);
          kutip_window_reload (self);
        }
      else if (self != NULL && (file = g_steal_pointer (&self->paused_file)) != NULL)
        kutip_window_open_article (self, file, NULL);
    }
}

static const KutipTagsetHost host = { pause_articles, resume_articles };

static void
on_edit_tagset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;
  g_autoptr (GFile) folder = dup_folder (self);
  g_autoptr (GFile) file = NULL;
  g_autoptr (KutipTagset) tagset = NULL;

  if (folder == NULL)
    return;
  tagset = kutip_open_tagset (folder, &file, NULL, NULL);
  if (self->annotator != NULL)
    g_set_object (&file, self->tagset_file);
  kutip_sidebar_commit (kutip_window_get_sidebar (self));
  kutip_tagset_editor_present (GTK_WINDOW (self), folder, file, tagset, &host);
}

static void show_guidelines (KutipWindow *self);

static void
on_guidelines_changed (KutipWindow *self)
{
  if (g_strcmp0 (kutip_sidebar_get_page (kutip_window_get_sidebar (self)),
                 "guidelines") == 0)
    show_guidelines (self);
}

static void
watch_guidelines (KutipWindow *self, KutipTagsetFile *file)
{
  GFile *watched = self->guidelines_watch != NULL
                       ? kutip_watch_get_file (self->guidelines_watch)
                       : NULL;

  if (watched == NULL || file->guidelines_file == NULL ||
      !g_file_equal (watched, file->guidelines_file))
    {
      g_clear_object (&self->guidelines_watch);
      if (file->guidelines_file == NULL)
        return;
      self->guidelines_watch = kutip_watch_new (file->guidelines_file);
      g_signal_connect_object (self->guidelines_watch, "changed",
                               G_CALLBACK (on_guidelines_changed), self,
                               G_CONNECT_SWAPPED);
    }
  kutip_watch_expect (self->guidelines_watch, file->guidelines_stamp.sha256);
}

static void
show_guidelines (KutipWindow *self)
{
  KutipGuidelinesPane *pane =
      kutip_sidebar_get_guidelines (kutip_window_get_sidebar (self));
  g_autoptr (KutipTagsetFile) file = NULL;

  if (self->tagset_file == NULL)
    {
      kutip_guidelines_pane_set_text (pane, NULL);
      return;
    }
  file = kutip_tagset_file_read (self->tagset_file, NULL);
  kutip_guidelines_pane_set_text (pane, file->guidelines);
  watch_guidelines (self, file);
}

static void
on_guidelines (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;

  if (g_strcmp0 (kutip_sidebar_get_page (kutip_window_get_sidebar (self)),
                 "guidelines") == 0 &&
      adw_flap_get_reveal_flap (self->annotations_flap))
    {
      kutip_sidebar_set_page (kutip_window_get_sidebar (self), "annotations");
      return;
    }
  show_guidelines (self);
  kutip_sidebar_set_page (kutip_window_get_sidebar (self), "guidelines");
  kutip_window_show_annotations (self, TRUE);
}

static gboolean
is_same_file (GFile *a, GFile *b)
{
  return a == b || (a != NULL && b != NULL && g_file_equal (a, b));
}

/* Somebody else has written the tag set's file, or a nearer one has come or gone. What it
 * says holds from then on, unless it cannot be used. */
static void
on_tagset_changed (KutipWindow *self, gboolean exists)
{
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (KutipTagset) tagset = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *now = NULL;
  g_autofree char *before = NULL;
  gboolean is_same;

  if (self->annotator == NULL)
    return;
  folder = g_file_get_parent (self->article_file);
  tagset = kutip_open_tagset (folder, &file, NULL, &error);
  if (error != NULL)
    {
      g_autofree char *text = NULL;

      /* Translators: %s is the reason, such as: “tagset.json”: line 3, column 7: … */
      text =
          g_strdup_printf (_ ("The tag set was changed, and cannot be used as it is now. "
                              "The one before stays in effect: %s"),
                           error->message);
      kutip_window_notify (self, "tagset", GTK_MESSAGE_WARNING, text);
      return;
    }
  now = kutip_tagset_to_json (tagset);
  before = kutip_tagset_to_json (
      kutip_document_get_tagset (kutip_annotator_get_document (self->annotator)));
  is_same = g_str_equal (now, before);
  if (is_same && is_same_file (file, self->tagset_file))
    return;
  remember_place (self);
  kutip_window_reload (self);
  if (!is_same)
    kutip_window_show_toast (self, _ ("The tag set has changed."), FALSE);
}

/* @sha256: what it was when it was read; NULL: whatever it is. */
static void
watch_tagset (KutipWindow *self, GFile *file, const char *sha256)
{
  g_autoptr (KutipWatch) watch = kutip_watch_new (file);

  if (sha256 != NULL)
    kutip_watch_expect (watch, sha256);
  g_signal_connect_object (watch, "changed", G_CALLBACK (on_tagset_changed), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->tagset_watches, g_steal_pointer (&watch));
}

/* Where the tag set is, and each folder nearer to the article, where another one would
 * take its place; without one, all folders above it. */
static void
watch_tagsets (KutipWindow *self, KutipOpened *opened)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->article_file);

  g_clear_pointer (&self->tagset_watches, g_ptr_array_unref);
  self->tagset_watches = g_ptr_array_new_with_free_func (g_object_unref);
  while (folder != NULL)
    {
      g_autoptr (GFile) file = g_file_get_child (folder, KUTIP_TAGSET_FILE_NAME);
      GFile *above = g_file_get_parent (folder);

      if (is_same_file (file, self->tagset_file))
        {
          watch_tagset (self, file, opened->tagset_sha256);
          g_clear_object (&above);
        }
      else
        watch_tagset (self, file, opened->tagset_error == NULL ? "" : NULL);
      g_object_unref (folder);
      folder = above;
    }
}

void
kutip_window_adopt_tagset (KutipWindow *self, KutipOpened *opened)
{
  g_set_object (&self->tagset_file, opened->tagset_file);
  watch_tagsets (self, opened);
  if (g_strcmp0 (kutip_sidebar_get_page (kutip_window_get_sidebar (self)),
                 "guidelines") == 0)
    show_guidelines (self);
}

static char *
describe_other_version (KutipOpened *opened)
{
  KutipTagset *tagset = kutip_document_get_tagset (opened->document);
  g_autofree char *name =
      kutip_foreign_words (kutip_tagset_get_name (tagset), MOST_NAME_CHARS);
  g_autofree char *version =
      kutip_foreign_words (kutip_tagset_get_version (tagset), MOST_NAME_CHARS);
  g_autofree char *old_name =
      kutip_foreign_words (opened->made_with_name, MOST_NAME_CHARS);
  g_autofree char *old_version =
      kutip_foreign_words (opened->made_with_version, MOST_NAME_CHARS);

  if (g_strcmp0 (opened->made_with_name, kutip_tagset_get_name (tagset)) == 0)
    return g_strdup_printf (
        /* Translators: %1$s and %3$s are versions of the tag set %2$s. */
        _ ("This was annotated with version %1$s of the tag set “%2$s”; version %3$s is in "
           "effect now."),
        old_version, name, version);
  return g_strdup_printf (
      /* Translators: both are names of tag sets. */
      _ ("This was annotated with the tag set “%1$s”; “%2$s” is in effect now."),
      old_name, name);
}

/* Only what the version has to do with counts: a quote without its source is no reason to
 * doubt it. */
static gboolean
has_misfits (KutipOpened *opened)
{
  g_autoptr (GArray) findings = kutip_check_list (opened->check);

  for (guint i = 0; i < findings->len; i++)
    {
      KutipFindingKind kind = g_array_index (findings, KutipFinding, i).kind;

      if (kind == KUTIP_FINDING_UNKNOWN_LABEL || kind == KUTIP_FINDING_UNKNOWN_VALUE ||
          kind == KUTIP_FINDING_FORBIDDEN_RELATION)
        return TRUE;
    }
  return FALSE;
}

void
kutip_window_tell_tagset_version (KutipWindow *self, KutipOpened *opened)
{
  g_autofree char *what = NULL;
  g_autofree char *text = NULL;
  KutipNotice *notice;
  gboolean misfits;

  if (opened->made_with_name == NULL)
    return;
  misfits = opened->check != NULL && has_misfits (opened);
  what = describe_other_version (opened);
  text = g_strconcat (what, " ",
                      misfits ? _ ("Some of the annotations do not fit it.")
                              : _ ("All annotations fit it."),
                      NULL);
  notice = kutip_window_notify (self, "version",
                                misfits ? GTK_MESSAGE_WARNING : GTK_MESSAGE_INFO, text);
  if (misfits)
    kutip_notice_add_button (notice, _ ("_Look at Them"), "win.to-do");
  kutip_notice_add_button (notice, _ ("_Guidelines"), "win.guidelines");
}

static const GActionEntry entries[] = {
  { .name = "edit-tagset", .activate = on_edit_tagset },
  { .name = "guidelines", .activate = on_guidelines },
};

void
kutip_window_add_tagset_actions (KutipWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries),
                                   self);
}
