/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that was not saved follows its article to where that was moved, and no other. */
#include "place.h"
#include "store/journal.h"
#include "store/paths.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define TEXT "Kian mesra, Putin dan Kim.\nDikutip dari BBC, Putin mengatakan ini baik.\n"

/* A study with an article, one span of which is saved and one is not. */
typedef struct
{
  char *folder, *study;
  GFile *article;
} Desk;

/* Of each desk another text: what is left of one that is gone is nothing for the next,
 * whose files may get the same inodes. */
static void
begin (Desk *self)
{
  static guint n_desks;
  g_autofree char *text = g_strdup_printf ("%s %u", TEXT, n_desks++);
  g_autoptr (KutipOpened) opened = NULL;
  KutipSaver *saver;

  self->folder = place_new ();
  self->study = g_build_filename (self->folder, "study", NULL);
  self->article = place_file (self->study, "a.txt", text);
  opened = place_open (self->article);
  saver = kutip_saver_new (opened);
  place_mark (opened->document, "source", 12, 17);
  g_assert_null (place_flush (saver));
  place_mark (opened->document, "source", 22, 25);
  g_object_unref (saver); /* without saving */
}

static void
end (Desk *self)
{
  g_object_unref (self->article);
  g_free (self->study);
  place_remove (self->folder);
}

/* Whether the unsaved span is there, in an article of the name in a folder. */
static gboolean
is_recovered (Desk *self, const char *folder, const char *name)
{
  g_autofree char *place = g_build_filename (self->folder, folder, NULL);
  g_autoptr (GFile) article = place_file (place, name, NULL);
  g_autoptr (KutipOpened) opened = place_open (article);

  g_assert_no_error (opened->journal_error);
  g_assert_cmpuint (kutip_layer_get_n_spans (kutip_document_get_layer (opened->document)),
                    ==, opened->recovered ? 2 : 1);
  return opened->recovered;
}

static void
move (Desk *self, const char *from, const char *to)
{
  g_autofree char *old = g_build_filename (self->folder, from, NULL);
  g_autofree char *new = g_build_filename (self->folder, to, NULL);
  g_autofree char *above = g_path_get_dirname (new);

  g_assert_no_errno (g_mkdir_with_parents (above, 0700));
  g_assert_no_errno (g_rename (old, new));
}

static void
copy_file (Desk *self, const char *from, const char *to)
{
  g_autofree char *old = g_build_filename (self->folder, from, NULL);
  g_autofree char *new = g_build_filename (self->folder, to, NULL);
  g_autofree char *above = g_path_get_dirname (new);
  g_autofree char *content = NULL;

  g_assert_no_errno (g_mkdir_with_parents (above, 0700));
  g_assert_true (g_file_get_contents (old, &content, NULL, NULL));
  g_assert_true (g_file_set_contents (new, content, -1, NULL));
}

static void
test_renamed (void)
{
  static const char *const places[] = { "study-2", "else/where", "with\nline \xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      Desk desk;

      begin (&desk);
      move (&desk, "study", places[i]);
      g_assert_true (is_recovered (&desk, places[i], "a.txt"));
      /* Not saved yet: it goes on, there and at the next place. */
      g_assert_true (is_recovered (&desk, places[i], "a.txt"));
      move (&desk, places[i], "study-3");
      g_assert_true (is_recovered (&desk, "study-3", "a.txt"));
      end (&desk);
    }
}

/* The way back is as good as the way there. */
static void
test_back_again (void)
{
  Desk desk;

  begin (&desk);
  move (&desk, "study", "study-2");
  g_assert_true (is_recovered (&desk, "study-2", "a.txt"));
  move (&desk, "study-2", "study");
  g_assert_true (is_recovered (&desk, "study", "a.txt"));
  end (&desk);
}

static void
test_renamed_and_saved (void)
{
  Desk desk;
  g_autofree char *place = NULL;
  g_autofree char *journals =
      g_build_filename (g_get_user_state_dir (), "kutip", "journal", NULL);
  g_autoptr (GFile) article = NULL;
  guint n_places;

  begin (&desk);
  n_places = place_count (journals, ".place");
  move (&desk, "study", "study-2");
  place = g_build_filename (desk.folder, "study-2", NULL);
  article = place_file (place, "a.txt", NULL);
  {
    g_autoptr (KutipOpened) opened = place_open (article);

    g_assert_true (opened->recovered);
    place_close (kutip_saver_new (opened));
  }
  g_assert_cmpuint (place_count (journals, ".place"), ==, n_places - 1);
  {
    g_autoptr (KutipOpened) opened = place_open (article);

    g_assert_false (opened->recovered);
    g_assert_cmpuint (
        kutip_layer_get_n_spans (kutip_document_get_layer (opened->document)), ==, 2);
    /* Undo goes as far back as at the old place. */
    g_assert_true (kutip_document_undo (opened->document));
    g_assert_true (kutip_document_undo (opened->document));
    g_assert_false (kutip_document_undo (opened->document));
  }
  end (&desk);
}

/* A copy of the study is not the study: the work stays with the one that it was done in.
 */
static void
test_copied (void)
{
  Desk desk;

  begin (&desk);
  copy_file (&desk, "study/a.txt", "copy/a.txt");
  copy_file (&desk, "study/a.txt.annotations.json", "copy/a.txt.annotations.json");
  g_assert_false (is_recovered (&desk, "copy", "a.txt"));
  g_assert_true (is_recovered (&desk, "study", "a.txt"));
  end (&desk);
}

/* Nor is it the study when that is out of reach for now. */
static void
test_copied_and_away (void)
{
  Desk desk;

  begin (&desk);
  copy_file (&desk, "study/a.txt", "copy/a.txt");
  copy_file (&desk, "study/a.txt.annotations.json", "copy/a.txt.annotations.json");
  move (&desk, "study", "away");
  g_assert_false (is_recovered (&desk, "copy", "a.txt"));
  move (&desk, "away", "study");
  g_assert_true (is_recovered (&desk, "study", "a.txt"));
  end (&desk);
}

/* The same file under two names has two sidecars. */
static void
test_hard_link (void)
{
  Desk desk;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  begin (&desk);
  copy_file (&desk, "study/a.txt.annotations.json", "twin/a.txt.annotations.json");
  old = g_build_filename (desk.study, "a.txt", NULL);
  new = g_build_filename (desk.folder, "twin", "a.txt", NULL);
  g_assert_no_errno (link (old, new));
  g_assert_false (is_recovered (&desk, "twin", "a.txt"));
  g_assert_true (is_recovered (&desk, "study", "a.txt"));
  end (&desk);
}

/* The window is still open while the article is opened at its new place. */
static void
test_still_open (void)
{
  Desk desk;

  begin (&desk);
  {
    g_autoptr (KutipOpened) first = place_open (desk.article);

    g_assert_true (first->recovered);
    move (&desk, "study", "study-2");
    g_assert_false (is_recovered (&desk, "study-2", "a.txt"));
  }
  g_assert_true (is_recovered (&desk, "study-2", "a.txt"));
  end (&desk);
}

/* Somebody has written the annotations anew meanwhile: told, and kept. */
static void
test_changed_meanwhile (void)
{
  Desk desk;
  g_autoptr (KutipOpened) opened = NULL;
  g_autoptr (GFile) article = NULL;
  g_autoptr (GFile) sidecar = NULL;
  g_autofree char *place = NULL;
  g_autofree char *content = NULL;
  g_autofree char *changed = NULL;

  begin (&desk);
  move (&desk, "study", "study-2");
  place = g_build_filename (desk.folder, "study-2", NULL);
  article = place_file (place, "a.txt", NULL);
  sidecar = kutip_paths_get_sidecar (article, NULL);
  content = place_read (sidecar);
  changed = g_strconcat (content, "\n", NULL);
  place_write (sidecar, changed);
  opened = place_open (article);
  g_assert_false (opened->recovered);
  g_assert_error (opened->journal_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (opened->journal_error->message, ".aside-1"));
  end (&desk);
}

/* A file that says nothing, nonsense, or too much. */
static void
test_unknown_place (void)
{
  static const char *const places[] = { "", "a.txt.annotations.json", "/", "/\xff",
                                        "/a.txt.annotations.json\nmore" };
  g_autofree char *journals =
      g_build_filename (g_get_user_state_dir (), "kutip", "journal", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      Desk desk;
      GDir *dir;
      const char *name;

      begin (&desk);
      dir = g_dir_open (journals, 0, NULL);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (journals, name, NULL);

          if (g_str_has_suffix (name, ".place"))
            g_assert_true (g_file_set_contents (path, places[i], -1, NULL));
        }
      g_dir_close (dir);
      move (&desk, "study", "study-2");
      g_assert_false (is_recovered (&desk, "study-2", "a.txt"));
      move (&desk, "study-2", "study");
      g_assert_true (is_recovered (&desk, "study", "a.txt"));
      end (&desk);
    }
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/journal-moved/renamed", test_renamed);
  g_test_add_func ("/journal-moved/back-again", test_back_again);
  g_test_add_func ("/journal-moved/renamed-and-saved", test_renamed_and_saved);
  g_test_add_func ("/journal-moved/copied", test_copied);
  g_test_add_func ("/journal-moved/copied-and-away", test_copied_and_away);
  g_test_add_func ("/journal-moved/hard-link", test_hard_link);
  g_test_add_func ("/journal-moved/still-open", test_still_open);
  g_test_add_func ("/journal-moved/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/journal-moved/unknown-place", test_unknown_place);
  return g_test_run ();
}
