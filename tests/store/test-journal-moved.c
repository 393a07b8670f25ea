/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that was not saved follows its article to where that was moved, and no other. */
#include "other-disk.h"
#include "place.h"
#include "store/journal.h"
#include "store/paths.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
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
  g_assert_cmpuint (place_count (journals, ".place"), ==, n_places - 2);
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

/* Puts a copy of the study on the other disk, and moves the study out of the way. */
static void
begin_with_other_disk (Desk *self)
{
  begin (self);
  copy_file (self, "study/a.txt", "disk/a.txt");
  copy_file (self, "study/a.txt.annotations.json", "disk/a.txt.annotations.json");
  other_disk = g_build_filename (self->folder, "disk", NULL);
  move (self, "study", "away");
}

static void
end_with_other_disk (Desk *self)
{
  g_clear_pointer (&other_disk, g_free);
  other_inode = 0;
  end (self);
}

/* As the window does, which can tell where it comes from. */
static KutipOpened *
open_from_other_disks (Desk *self, const char *folder)
{
  KutipOpenOptions options = { .from_other_disks = TRUE };
  g_autofree char *place = g_build_filename (self->folder, folder, NULL);
  g_autoptr (GFile) article = place_file (place, "a.txt", NULL);
  g_autoptr (GError) error = NULL;
  KutipOpened *opened = kutip_open (article, &options, NULL, &error);

  g_assert_no_error (error);
  g_assert_no_error (opened->journal_error);
  return opened;
}

static guint
count_spans (KutipOpened *opened)
{
  return kutip_layer_get_n_spans (kutip_document_get_layer (opened->document));
}

/* Nobody who opened it here would know that it is not this one's. */
static void
assert_not_found (Desk *self)
{
  g_autoptr (KutipOpened) opened = open_from_other_disks (self, "disk");

  g_assert_false (opened->recovered);
  g_assert_null (opened->came_from);
  g_assert_cmpuint (count_spans (opened), ==, 1);
}

/* Each disk counts its files by itself: one number says nothing. */
static void
test_same_inode (void)
{
  Desk desk;
  g_autofree char *path = NULL;
  struct stat status;

  begin_with_other_disk (&desk);
  path = g_build_filename (desk.folder, "away", "a.txt", NULL);
  g_assert_no_errno (lstat (path, &status));
  other_inode = status.st_ino;
  g_assert_false (is_recovered (&desk, "disk", "a.txt"));
  move (&desk, "away", "study");
  g_assert_true (is_recovered (&desk, "study", "a.txt"));
  end_with_other_disk (&desk);
}

static void
test_other_disk (void)
{
  Desk desk;

  begin_with_other_disk (&desk);
  /* Whoever cannot tell it gets nothing. */
  g_assert_false (is_recovered (&desk, "disk", "a.txt"));
  {
    g_autoptr (KutipOpened) opened = open_from_other_disks (&desk, "disk");
    g_autofree char *path = g_file_get_path (desk.article);

    g_assert_true (opened->recovered);
    g_assert_cmpstr (opened->came_from, ==, path);
    g_assert_cmpuint (count_spans (opened), ==, 2);
    g_assert_true (kutip_document_undo (opened->document));
    g_assert_cmpuint (count_spans (opened), ==, 1);
  }
  /* Now it is this one's own, too; the undoing was not, of a document without a saver. */
  {
    g_autoptr (KutipOpened) opened = open_from_other_disks (&desk, "disk");

    g_assert_true (opened->recovered);
    g_assert_null (opened->came_from);
    place_close (kutip_saver_new (opened));
  }
  /* It was a copy: the other one has its work still. */
  move (&desk, "away", "study");
  g_assert_true (is_recovered (&desk, "study", "a.txt"));
  end_with_other_disk (&desk);
}

/* There is nothing more to find for a third. */
static void
test_other_disk_and_saved (void)
{
  Desk desk;

  begin_with_other_disk (&desk);
  {
    g_autoptr (KutipOpened) opened = open_from_other_disks (&desk, "disk");

    g_assert_nonnull (opened->came_from);
    place_close (kutip_saver_new (opened));
  }
  copy_file (&desk, "away/a.txt", "disk/third/a.txt");
  copy_file (&desk, "away/a.txt.annotations.json", "disk/third/a.txt.annotations.json");
  {
    g_autoptr (KutipOpened) opened = open_from_other_disks (&desk, "disk/third");

    g_assert_false (opened->recovered);
  }
  end_with_other_disk (&desk);
}

/* Not of one that is there still, or was saved, or is in use; not where the annotations,
 * or the text, are others; and nothing is set aside. */
static void
test_other_disk_and_none_of_it (void)
{
  Desk desk;
  g_autofree char *changed = NULL;

  begin_with_other_disk (&desk);
  move (&desk, "away", "study");
  assert_not_found (&desk);
  {
    g_autoptr (KutipOpened) first = place_open (desk.article);

    move (&desk, "study", "away");
    assert_not_found (&desk);
  }
  changed = g_build_filename (other_disk, "a.txt.annotations.json", NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *content = NULL;
      g_autofree char *more = NULL;

      g_assert_true (g_file_get_contents (changed, &content, NULL, NULL));
      more = g_strconcat (content, "\n", NULL);
      g_assert_true (g_file_set_contents (changed, more, -1, NULL));
      assert_not_found (&desk);
      g_free (changed);
      changed = g_build_filename (other_disk, "a.txt", NULL);
      copy_file (&desk, "away/a.txt.annotations.json", "disk/a.txt.annotations.json");
    }
  copy_file (&desk, "away/a.txt", "disk/a.txt");
  move (&desk, "away", "study");
  {
    g_autoptr (KutipOpened) opened = place_open (desk.article);

    g_assert_true (opened->recovered);
    place_close (kutip_saver_new (opened));
  }
  move (&desk, "study", "away");
  assert_not_found (&desk);
  g_free (changed);
  changed = NULL;
  end_with_other_disk (&desk);
}

/* On the same disk it can only be a copy: what is moved there keeps its inode. */
static void
test_copied_on_one_disk (void)
{
  Desk desk;

  begin_with_other_disk (&desk);
  g_clear_pointer (&other_disk, g_free);
  assert_not_found (&desk);
  move (&desk, "away", "study");
  g_assert_true (is_recovered (&desk, "study", "a.txt"));
  end_with_other_disk (&desk);
}

/* A file that says nothing, nonsense, or too much. */
static void
test_unknown_place (void)
{
  static const char *const places[] = { "",
                                        "a.txt.annotations.json",
                                        "/",
                                        "/\xff",
                                        "/a.txt.annotations.json\nmore",
                                        "1",
                                        "1 ",
                                        "1 a.txt",
                                        "-1 /",
                                        "1  /",
                                        "99999999999999999999999 /\xff" };
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
      kutip_opened_free (open_from_other_disks (&desk, "study-2"));
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
  g_test_add_func ("/journal-moved/same-inode", test_same_inode);
  g_test_add_func ("/journal-moved/other-disk", test_other_disk);
  g_test_add_func ("/journal-moved/other-disk-and-saved", test_other_disk_and_saved);
  g_test_add_func ("/journal-moved/other-disk-and-none-of-it",
                   test_other_disk_and_none_of_it);
  g_test_add_func ("/journal-moved/copied-on-one-disk", test_copied_on_one_disk);
  g_test_add_func ("/journal-moved/unknown-place", test_unknown_place);
  return g_test_run ();
}
