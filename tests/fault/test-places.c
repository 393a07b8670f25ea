/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be wrong with the place where the annotations are: a row for each, and nothing
 * is lost. As root there are real file systems to be full or read-only; without, calls
 * fail as they would. */
#define _GNU_SOURCE
#include "../store/place.h"
#include "format/sidecar/sidecar.h"
#include "model/annotate.h"
#include "shim.h"
#include "store/paths.h"
#include "store/write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define TEXT                                                                             \
  "Kian mesra, Putin dan Kim.\nDikutip dari BBC, Putin mengatakan langkah ini baik.\n"

static gboolean can_mount;

/* An article that is open and has one span, which is saved. */
typedef struct
{
  char *folder;
  char *study; /* in the folder; the article is in it */
  GFile *article, *sidecar;
  KutipOpened *opened;
  KutipSaver *saver;
} Desk;

static void
open_desk (Desk *self)
{
  self->opened = place_open (self->article);
  self->saver = kutip_saver_new (self->opened);
}

static void
close_desk (Desk *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->saver));
  g_clear_pointer (&self->opened, kutip_opened_free);
}

/* Of the document, its number so far. */
static void
mark_next (Desk *self)
{
  guint n = kutip_layer_get_n_spans (kutip_document_get_layer (self->opened->document));

  place_mark (self->opened->document, "quote", 5 * n, 5 * n + 4);
}

static void
begin (Desk *self)
{
  g_autoptr (GError) error = NULL;

  *self = (Desk){ .folder = place_new () };
  self->study = g_build_filename (self->folder, "study", NULL);
  g_assert_cmpint (g_mkdir (self->study, 0700), ==, 0);
  self->article = place_file (self->study, "faulty.txt", TEXT);
  self->sidecar = kutip_paths_get_sidecar (self->article, NULL);
  open_desk (self);
  mark_next (self);
  error = place_flush (self->saver);
  g_assert_no_error (error);
}

static void
end (Desk *self)
{
  close_desk (self);
  g_object_unref (self->article);
  g_object_unref (self->sidecar);
  g_free (self->study);
  place_remove (self->folder);
}

/* What a reader finds in a sidecar. */
static guint
count_in (GFile *sidecar)
{
  g_autofree char *content = place_read (sidecar);
  g_autoptr (KutipText) text = kutip_text_new (TEXT);
  g_autoptr (KutipLayer) layer = NULL;
  g_autoptr (GError) error = NULL;
  KutipSidecarInfo info = { 0 };
  guint n;

  g_assert_nonnull (content);
  layer = kutip_sidecar_read (content, strlen (content), text, &info, &error);
  g_assert_no_error (error);
  n = kutip_layer_get_n_spans (layer);
  kutip_sidecar_info_clear (&info);
  return n;
}

static guint
count_open (Desk *self)
{
  return kutip_layer_get_n_spans (kutip_document_get_layer (self->opened->document));
}

/* It cannot be saved: that is told, with the file and @reason, what is there stays, and
 * what is open too. */
static void
assert_fails (Desk *self, const char *reason)
{
  g_autoptr (GError) error = NULL;

  mark_next (self);
  error = place_flush (self->saver);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "faulty.txt.annotations.json"));
  if (strstr (error->message, reason) == NULL)
    g_error ("“%s” is not in “%s”", reason, error->message);
  g_assert_cmpint (kutip_saver_get_state (self->saver), ==, KUTIP_SAVE_FAILED);
  g_assert_true (kutip_document_is_modified (self->opened->document));
}

static void
assert_saves (Desk *self)
{
  g_autoptr (GError) error = place_flush (self->saver);

  g_assert_no_error (error);
  g_assert_cmpint (kutip_saver_get_state (self->saver), ==, KUTIP_SAVE_SAVED);
  g_assert_cmpuint (count_in (self->sidecar), ==, count_open (self));
}

/* The program dies, and the journal is what is left. */
static void
assert_recovers (Desk *self)
{
  guint n = count_open (self);

  close_desk (self);
  open_desk (self);
  g_assert_no_error (self->opened->sidecar_error);
  g_assert_no_error (self->opened->journal_error);
  g_assert_cmpuint (count_open (self), ==, n);
}

/* --- the disk --- */

static void
fill_up (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "big", NULL);
  int fd = open (path, O_WRONLY | O_CREAT, 0600);
  char bytes[4096] = { 0 };

  while (write (fd, bytes, sizeof bytes) > 0)
    continue;
  close (fd);
}

static void
test_full_disk (void)
{
  Desk desk;
  g_autofree char *big = NULL;

  begin (&desk);
  big = g_build_filename (desk.study, "big", NULL);
  if (can_mount)
    {
      close_desk (&desk);
      g_assert_cmpint (mount ("tmpfs", desk.study, "tmpfs", 0, "size=128k"), ==, 0);
      place_write (desk.article, TEXT);
      open_desk (&desk);
      mark_next (&desk);
      assert_saves (&desk);
      fill_up (desk.study);
    }
  else
    fault_plan ("write", 1, ENOSPC, FAULT_STICKY, desk.study);
  for (guint i = 0; i < 3; i++)
    {
      assert_fails (&desk, g_strerror (ENOSPC));
      g_assert_cmpuint (count_in (desk.sidecar), ==, 1);
      g_assert_cmpuint (place_count (desk.study, ".kutip-"), ==, 0);
    }
  assert_recovers (&desk);
  fault_clear ();
  g_unlink (big);
  assert_saves (&desk);
  g_assert_cmpuint (count_in (desk.sidecar), ==, 4);
  close_desk (&desk);
  if (can_mount)
    g_assert_cmpint (umount2 (desk.study, MNT_DETACH), ==, 0);
  else
    place_remove (g_strdup (desk.study));
  place_write (desk.article, TEXT);
  open_desk (&desk);
  end (&desk);
}

static void
set_read_only (Desk *desk, gboolean read_only)
{
  if (can_mount && read_only)
    {
      g_assert_cmpint (mount (desk->study, desk->study, NULL, MS_BIND, NULL), ==, 0);
      g_assert_cmpint (
          mount (NULL, desk->study, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL), ==, 0);
    }
  else if (can_mount)
    g_assert_cmpint (umount2 (desk->study, MNT_DETACH), ==, 0);
  else
    g_assert_cmpint (g_chmod (desk->study, read_only ? 0500 : 0700), ==, 0);
}

static void
test_read_only_folder (void)
{
  Desk desk;

  begin (&desk);
  set_read_only (&desk, TRUE);
  assert_fails (&desk, g_strerror (can_mount ? EROFS : EACCES));
  assert_recovers (&desk);
  g_assert_cmpuint (count_in (desk.sidecar), ==, 1);
  set_read_only (&desk, FALSE);
  assert_saves (&desk);
  end (&desk);
}

/* Renamed, and the new place is not guessed: but when it is back, all is there. */
static void
test_folder_renamed (void)
{
  Desk desk;
  g_autofree char *away = NULL;

  begin (&desk);
  away = g_strconcat (desk.study, "-away", NULL);
  g_assert_cmpint (g_rename (desk.study, away), ==, 0);
  assert_fails (&desk, g_strerror (ENOENT));
  g_assert_false (g_file_test (desk.study, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rename (away, desk.study), ==, 0);
  assert_recovers (&desk);
  assert_saves (&desk);
  end (&desk);
}

/* Removed for good: what is open can go elsewhere, and when the article comes back
 * without annotations, the journal has them. */
static void
test_folder_removed (void)
{
  Desk desk;
  g_autoptr (GFile) other = NULL;
  g_autoptr (GError) error = NULL;

  begin (&desk);
  place_remove (g_strdup (desk.study));
  assert_fails (&desk, g_strerror (ENOENT));
  other = place_file (desk.folder, "elsewhere.json", NULL);
  kutip_saver_set_sidecar (desk.saver, other);
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  g_assert_cmpuint (count_in (other), ==, 2);
  end (&desk);
}

/* --- somebody else --- */

static void
replace_file (GFile *file, const char *content)
{
  g_autofree char *path = g_strconcat (g_file_peek_path (file), ".new", NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  g_assert_cmpint (g_rename (path, g_file_peek_path (file)), ==, 0);
}

/* The annotations go on being those of the text that is shown, and are found again in the
 * new one when it is opened. */
static void
test_article_replaced (void)
{
  Desk desk;

  begin (&desk);
  replace_file (desk.article, "Baru.\n" TEXT);
  mark_next (&desk);
  assert_saves (&desk);
  close_desk (&desk);
  open_desk (&desk);
  g_assert_true (desk.opened->text_changed);
  g_assert_cmpuint (count_open (&desk), ==, 2);
  end (&desk);
}

/* Removed under one's hands: the annotations are saved all the same. */
static void
test_article_removed (void)
{
  Desk desk;

  begin (&desk);
  g_assert_cmpint (g_unlink (g_file_peek_path (desk.article)), ==, 0);
  mark_next (&desk);
  assert_saves (&desk);
  place_write (desk.article, TEXT);
  close_desk (&desk);
  open_desk (&desk);
  g_assert_cmpuint (count_open (&desk), ==, 2);
  end (&desk);
}

/* Another program has the article open, and works on it all the time. */
static GSubprocess *
start_other (GFile *article)
{
  g_autofree char *program =
      g_test_build_filename (G_TEST_BUILT, "edit-until-killed", NULL);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", g_get_user_state_dir (),
                                TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program,
                                         g_file_peek_path (article), "7", NULL);
  g_assert_no_error (error);
  stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  /* Nobody ends it by closing the pipe. */
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (stream), FALSE);
  line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);
  g_assert_nonnull (line); /* it is up */
  return process;
}

static void
end_other (GSubprocess *process)
{
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, NULL);
}

/* The second one is told, has no journal, and can look; when the first is gone, it is
 * opened as ever, with all that the first had done. */
static void
test_two_programs (void)
{
  Desk desk;
  g_autoptr (GSubprocess) other = NULL;

  begin (&desk);
  close_desk (&desk);
  other = start_other (desk.article);
  desk.opened = place_open (desk.article);
  g_assert_true (desk.opened->locked_elsewhere);
  g_assert_null (desk.opened->journal);
  g_assert_true (kutip_document_is_read_only (desk.opened->document));
  g_clear_pointer (&desk.opened, kutip_opened_free);
  end_other (other);
  open_desk (&desk);
  g_assert_false (desk.opened->locked_elsewhere);
  g_assert_no_error (desk.opened->sidecar_error);
  g_assert_no_error (desk.opened->journal_error);
  g_assert_cmpuint (place_count (desk.study, "conflict"), ==, 0);
  end (&desk);
}

static void
set_back (GFile *file, gint64 seconds)
{
  struct timespec times[2] = { { .tv_nsec = UTIME_OMIT } };
  struct stat status;

  g_assert_cmpint (stat (g_file_peek_path (file), &status), ==, 0);
  times[1] = status.st_mtim;
  times[1].tv_sec -= seconds;
  g_assert_cmpint (utimensat (AT_FDCWD, g_file_peek_path (file), times, 0), ==, 0);
}

/* Theirs stays, ours stands beside it; whatever the times of the files say, and although
 * theirs is as long. */
static void
test_sidecar_replaced (void)
{
  static const struct
  {
    gboolean in_place;
    gint64 seconds;
    const char *reason;
  } rows[] = {
    { FALSE, 0, "another file" },
    { TRUE, 0, "the same file, written again" },
    { FALSE, 86400, "with a clock that was set back" },
    { TRUE, 86400, "both" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Desk desk;
      g_autofree char *content = NULL;
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].reason);
      begin (&desk);
      content = place_read (desk.sidecar);
      memcpy (strstr (content, "quote"), "claim", 5);
      if (rows[i].in_place)
        g_assert_true (g_file_set_contents_full (g_file_peek_path (desk.sidecar), content,
                                                 -1, G_FILE_SET_CONTENTS_NONE, 0600,
                                                 NULL));
      else
        replace_file (desk.sidecar, content);
      set_back (desk.sidecar, rows[i].seconds);
      mark_next (&desk);
      error = place_flush (desk.saver);
      g_assert_no_error (error);
      g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_CONFLICT);
      after = place_read (desk.sidecar);
      g_assert_cmpstr (after, ==, content);
      g_assert_cmpuint (count_in (kutip_saver_get_conflict_file (desk.saver)), ==, 2);
      end (&desk);
    }
}

/* Set back and set forward while an article is open: it is saved, nobody is taken for
 * somebody else, nothing is taken for stale. */
static void
test_clock (void)
{
  /* The last ones are in 1972, when a battery is empty, and beyond 2100. */
  static const gint64 clocks[] = {
    0, -86400, 86400, -3600, 0, -1712000000, 2500000000, 0
  };
  Desk desk;

  begin (&desk);
  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      fault_set_clock (clocks[i]);
      mark_next (&desk);
      assert_saves (&desk);
      assert_recovers (&desk);
      set_back (desk.sidecar, i % 2 ? 86400 : -86400);
    }
  g_assert_cmpuint (count_open (&desk), ==, 1 + G_N_ELEMENTS (clocks));
  g_assert_cmpuint (place_count (desk.study, "conflict"), ==, 0);
  end (&desk);
  fault_set_clock (0);
}

/* --- what is no plain file --- */

static char *
make_elsewhere (Desk *desk)
{
  char *elsewhere = g_build_filename (desk->folder, "elsewhere", NULL);

  g_assert_cmpint (g_mkdir (elsewhere, 0700), ==, 0);
  if (can_mount)
    g_assert_cmpint (mount ("tmpfs", elsewhere, "tmpfs", 0, "size=1m"), ==, 0);
  return elsewhere;
}

/* A link stays a link, and what it leads to is what is saved: nearby, in another folder
 * and, where there can be one, on another disk; also where nothing is yet. */
static void
test_links (void)
{
  static const struct
  {
    const char *target, *content;
    const char *reason;
  } rows[] = {
    { "real.json", NULL, "relative, to nothing yet" },
    { "../study/real.json", NULL, "by another way" },
    { "/elsewhere/real.json", NULL, "absolute, another disk" },
    { "../elsewhere/real.json", NULL, "relative, another disk" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Desk desk;
      g_autofree char *elsewhere = NULL;
      g_autofree char *target = NULL;
      g_autofree char *real = NULL;
      g_autoptr (GFile) file = NULL;

      g_test_message ("%s", rows[i].reason);
      begin (&desk);
      elsewhere = make_elsewhere (&desk);
      target = *rows[i].target == '/' ? g_strconcat (desk.folder, rows[i].target, NULL)
                                      : g_strdup (rows[i].target);
      real = g_path_is_absolute (target) ? g_strdup (target)
                                         : g_build_filename (desk.study, target, NULL);
      file = g_file_new_for_path (real);
      close_desk (&desk);
      g_assert_cmpint (g_unlink (g_file_peek_path (desk.sidecar)), ==, 0);
      g_assert_cmpint (symlink (target, g_file_peek_path (desk.sidecar)), ==, 0);
      open_desk (&desk);
      for (guint j = 0; j < 2; j++)
        {
          mark_next (&desk);
          assert_saves (&desk);
          g_assert_cmpuint (count_in (file), ==, count_open (&desk));
          g_assert_true (
              g_file_test (g_file_peek_path (desk.sidecar), G_FILE_TEST_IS_SYMLINK));
        }
      g_assert_cmpuint (place_count (elsewhere, ".kutip-"), ==, 0);
      if (can_mount)
        g_assert_cmpint (umount2 (elsewhere, MNT_DETACH), ==, 0);
      end (&desk);
    }
}

/* What cannot be read for a sidecar is told, kept under another name, and never read from
 * for ever; a link that leads nowhere at all is refused, and the work is kept. */
static void
test_no_plain_file (void)
{
  static const struct
  {
    mode_t mode; /* 0: a link to @target */
    const char *target;
    gboolean saves;
    const char *reason;
  } rows[] = {
    { S_IFIFO, NULL, TRUE, "a pipe that nobody writes into" },
    { S_IFSOCK, NULL, TRUE, "a socket" },
    { S_IFCHR, NULL, TRUE, "a device without an end" },
    { 0, "/dev/zero", TRUE, "a link to one" },
    { 0, "faulty.txt.annotations.json", TRUE, "a link to itself" },
    { 0, "nowhere/at/all.json", FALSE, "a link into a folder that is not there" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Desk desk;
      const char *path;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].reason);
      begin (&desk);
      close_desk (&desk);
      path = g_file_peek_path (desk.sidecar);
      g_assert_cmpint (g_unlink (path), ==, 0);
      if (rows[i].target != NULL)
        g_assert_cmpint (symlink (rows[i].target, path), ==, 0);
      else if (mknod (path, rows[i].mode | 0600, makedev (1, 5)) != 0)
        g_assert_cmpint (symlink ("/dev/zero", path), ==,
                         0); /* only root makes devices */
      open_desk (&desk);
      mark_next (&desk);
      error = place_flush (desk.saver);
      if (rows[i].saves)
        {
          g_assert_no_error (error);
          g_assert_nonnull (desk.opened->sidecar_error);
          g_assert_cmpuint (place_count (desk.study, ".broken-1"), ==, 1);
          g_assert_cmpuint (count_in (desk.sidecar), ==, count_open (&desk));
        }
      else
        {
          g_assert_nonnull (error);
          g_assert_nonnull (strstr (error->message, "faulty.txt"));
          assert_recovers (&desk);
          g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
          g_assert_cmpint (g_unlink (path), ==, 0);
          assert_saves (&desk);
        }
      end (&desk);
    }
}

/* Mounts of its own, where that is allowed; nobody else sees them. */
static void
try_to_mount (void)
{
  can_mount = geteuid () == 0 && unshare (CLONE_NEWNS) == 0 &&
              mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

int
main (int argc, char **argv)
{
  try_to_mount ();
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/places/full-disk", test_full_disk);
  g_test_add_func ("/places/read-only-folder", test_read_only_folder);
  g_test_add_func ("/places/folder-renamed", test_folder_renamed);
  g_test_add_func ("/places/folder-removed", test_folder_removed);
  g_test_add_func ("/places/article-replaced", test_article_replaced);
  g_test_add_func ("/places/article-removed", test_article_removed);
  g_test_add_func ("/places/sidecar-replaced", test_sidecar_replaced);
  g_test_add_func ("/places/two-programs", test_two_programs);
  g_test_add_func ("/places/clock", test_clock);
  g_test_add_func ("/places/links", test_links);
  g_test_add_func ("/places/no-plain-file", test_no_plain_file);
  return g_test_run ();
}
