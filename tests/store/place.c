/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place.h"

#include "model/annotate.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

static void
remove_tree (const char *path)
{
  GDir *dir;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) &&
      !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_chmod (path, 0700);
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
      g_clear_pointer (&dir, g_dir_close);
    }
  g_remove (path);
}

/* Where each program's home is; it goes with the program. */
static char *home;

static void
remove_home (void)
{
  remove_tree (home);
  g_clear_pointer (&home, g_free);
}

/* G_TEST_OPTION_ISOLATE_DIRS makes GLib forget a set of folders with each test, which
 * looks like a leak to the sanitizers and to valgrind. */
static void
move_into_home (void)
{
  const char *places[] = { "HOME",          "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
                           "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR" };

  home = g_dir_make_tmp ("kutip-home-XXXXXX", NULL);
  g_assert_nonnull (home);
  atexit (remove_home);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *folder = g_build_filename (home, places[i], NULL);

      g_assert_no_errno (g_mkdir (folder, 0700));
      g_setenv (places[i], folder, TRUE);
    }
}

void
place_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  move_into_home ();
  g_test_init (argc, argv, NULL);
}

void
place_init_in_memory (int *argc, char ***argv)
{
  if (g_access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  place_init (argc, argv);
}

char *
place_new (void)
{
  static guint n_places;
  g_autoptr (GError) error = NULL;
  /* GLib's random part comes again after a thousand folders, and with it the path that a
   * journal belongs to. */
  g_autofree char *name = g_strdup_printf ("kutip-test-%u-XXXXXX", n_places++);
  char *folder = g_dir_make_tmp (name, &error);

  g_assert_no_error (error);
  return folder;
}

void
place_remove (char *folder)
{
  remove_tree (folder);
  g_free (folder);
}

GFile *
place_file (const char *folder, const char *name, const char *content)
{
  GFile *file = g_file_new_build_filename (folder, name, NULL);

  if (content != NULL)
    place_write (file, content);
  return file;
}

void
place_write (GFile *file, const char *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  gboolean in_place = strlen (name) > 240; /* no room for a temporary name */

  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  g_file_set_contents_full (
      g_file_peek_path (file), content, -1,
      in_place ? G_FILE_SET_CONTENTS_NONE : G_FILE_SET_CONTENTS_CONSISTENT, 0666, &error);
  g_assert_no_error (error);
}

char *
place_read (GFile *file)
{
  char *content = NULL;

  g_file_get_contents (g_file_peek_path (file), &content, NULL, NULL);
  return content;
}

gboolean
place_exists (GFile *file)
{
  return g_file_test (g_file_peek_path (file), G_FILE_TEST_EXISTS);
}

guint
place_count (const char *folder, const char *part)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, part) != NULL;
  g_dir_close (dir);
  return n;
}

KutipOpened *
place_open (GFile *article)
{
  g_autoptr (GError) error = NULL;
  KutipOpened *opened = kutip_open (article, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (opened);
  return opened;
}

KutipSpan *
place_mark (KutipDocument *document, const char *label, guint start, guint end)
{
  g_autoptr (GError) error = NULL;
  KutipRange range = { start, end };
  KutipSpan *span = kutip_annotate_mark (document, label, &range, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (span);
  return span;
}

typedef struct
{
  gboolean done;
  GError *error;
} Flushing;

static void
flush_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Flushing *flushing = data;

  kutip_saver_flush_finish (KUTIP_SAVER (source), result, &flushing->error);
  flushing->done = TRUE;
}

GError *
place_flush (KutipSaver *saver)
{
  Flushing flushing = { 0 };

  kutip_saver_flush_async (saver, NULL, flush_done, &flushing);
  while (!flushing.done)
    g_main_context_iteration (NULL, TRUE);
  return flushing.error;
}

void
place_close (KutipSaver *saver)
{
  g_autoptr (GError) error = place_flush (saver);

  g_assert_no_error (error);
  g_assert_finalize_object (saver);
}

static gboolean
stop (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
place_wait (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, stop, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
