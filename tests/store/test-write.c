/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/write.h"

#include "place.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static gboolean
write_text (GFile *file, const char *text, GError **error)
{
  return kutip_write_file (file, text, strlen (text), error);
}

static void
assert_content (GFile *file, const char *content)
{
  g_autofree char *there = place_read (file);

  g_assert_cmpstr (there, ==, content);
}

static void
test_new_and_old (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a", NULL);
  g_autoptr (GError) error = NULL;

  write_text (file, "one", &error);
  g_assert_no_error (error);
  assert_content (file, "one");
  write_text (file, "", &error);
  g_assert_no_error (error);
  assert_content (file, "");
  g_assert_cmpuint (place_count (folder, ".kutip-"), ==, 0);
  place_remove (folder);
}

/* As new files are made, and as the old one was. */
static void
test_permissions (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a", NULL);
  const char *path = g_file_peek_path (file);
  struct stat status;
  char value[8] = "";
  mode_t mask = umask (027);

  g_assert_true (write_text (file, "one", NULL));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  g_assert_cmpint (g_chmod (path, 0604), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (chown (path, 1234, 2345), ==, 0);
  setxattr (path, "user.note", "mine", 4, 0);
  g_assert_true (write_text (file, "two", NULL));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0604);
  g_assert_cmpuint (status.st_uid, ==, geteuid () == 0 ? 1234 : geteuid ());
  if (getxattr (path, "user.note", value, sizeof value) >= 0) /* where there are such */
    g_assert_cmpstr (value, ==, "mine");
  umask (mask);
  place_remove (folder);
}

/* A link stays a link, also one to where nothing is yet. */
static void
test_links (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) target = place_file (folder, "sub/target", "old");
  g_autoptr (GFile) link = place_file (folder, "link", NULL);
  g_autoptr (GFile) second = place_file (folder, "second", NULL);
  g_autoptr (GFile) dangling = place_file (folder, "dangling", NULL);
  g_autoptr (GFile) nowhere = place_file (folder, "sub/new", NULL);
  g_autoptr (GFile) loop = place_file (folder, "loop", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("sub/target", g_file_peek_path (link)), ==, 0);
  g_assert_cmpint (symlink (g_file_peek_path (link), g_file_peek_path (second)), ==, 0);
  g_assert_cmpint (symlink ("sub/new", g_file_peek_path (dangling)), ==, 0);
  g_assert_cmpint (symlink ("loop", g_file_peek_path (loop)), ==, 0);
  g_assert_true (write_text (second, "new", NULL));
  assert_content (target, "new");
  g_assert_true (g_file_test (g_file_peek_path (second), G_FILE_TEST_IS_SYMLINK));
  g_assert_true (write_text (dangling, "first", NULL));
  assert_content (nowhere, "first");
  g_assert_false (write_text (loop, "x", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  place_remove (folder);
}

/* Only over the version that is told. */
static void
test_over (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a", NULL);
  g_autoptr (GError) error = NULL;
  KutipStamp stamp = { 0 };
  KutipStamp old;

  g_assert_true (kutip_write_file_over (file, "one", 3, &stamp, &error));
  g_assert_true (stamp.exists);
  g_assert_true (kutip_stamp_matches (&stamp, file, NULL));
  g_assert_true (kutip_write_file_over (file, "two", 3, &stamp, &error));
  g_assert_no_error (error);
  old = stamp;
  place_write (file, "theirs");
  g_assert_false (kutip_write_file_over (file, "three", 5, &stamp, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_assert_cmpstr (stamp.sha256, ==, old.sha256);
  assert_content (file, "theirs");
  g_clear_error (&error);

  memset (&stamp, 0, sizeof stamp);
  g_assert_false (kutip_write_file_over (file, "four", 4, &stamp, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (g_file_peek_path (file)), ==, 0);
  g_assert_false (kutip_write_file_over (file, "five", 4, &old, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_assert_false (place_exists (file));
  g_assert_cmpuint (place_count (folder, ".kutip-"), ==, 0);
  place_remove (folder);
}

/* One of several writers at work on one file. */
typedef struct
{
  GFile *file;
  guint number;
  guint n_tries;
  GPtrArray *replaced; /* the version that each of its own versions took the place of */
} Writer;

static gpointer
write_on (gpointer data)
{
  Writer *self = data;

  for (guint i = 0; i < self->n_tries; i++)
    {
      g_autofree char *text =
          g_strdup_printf ("version %u of writer %u", i, self->number);
      g_autoptr (GBytes) there = NULL;
      KutipStamp stamp;

      there = kutip_stamp_read (self->file, 1 << 20, &stamp, NULL, NULL);
      if (there == NULL)
        continue;
      if (kutip_write_file_over (self->file, text, strlen (text), &stamp, NULL))
        g_ptr_array_add (self->replaced, g_strndup (g_bytes_get_data (there, NULL),
                                                    g_bytes_get_size (there)));
    }
  return NULL;
}

/* Three writers that each replace only what they have read: so the versions are a chain,
 * and no version is replaced by two. With a check before a plain rename, some are. */
static void
test_race (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a", "first");
  g_autoptr (GHashTable) replaced = g_hash_table_new (g_str_hash, g_str_equal);
  GThread *threads[3];
  Writer writers[3];

  for (guint i = 0; i < 3; i++)
    {
      writers[i] = (Writer){ .file = file, .number = i, .n_tries = 200 };
      writers[i].replaced = g_ptr_array_new_with_free_func (g_free);
      threads[i] = g_thread_new ("writer", write_on, &writers[i]);
    }
  for (guint i = 0; i < 3; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < 3; i++)
    {
      g_test_message ("writer %u: %u of 200 written", i, writers[i].replaced->len);
      g_assert_cmpuint (writers[i].replaced->len, >, 0);
      for (guint j = 0; j < writers[i].replaced->len; j++)
        g_assert_true (
            g_hash_table_add (replaced, g_ptr_array_index (writers[i].replaced, j)));
    }
  g_assert_cmpuint (place_count (folder, ".kutip-"), ==, 0);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_unref (writers[i].replaced);
  place_remove (folder);
}

static void
test_refused (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) nowhere = place_file (folder, "none/a", NULL);
  g_autoptr (GFile) fifo = place_file (folder, "fifo", NULL);
  g_autoptr (GFile) dir = place_file (folder, "dir", NULL);
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://example.org/a");
  GFile *files[] = { nowhere, fifo, dir };

  g_assert_cmpint (mkfifo (g_file_peek_path (fifo), 0600), ==, 0);
  g_assert_cmpint (g_mkdir (g_file_peek_path (dir), 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (write_text (files[i], "x", &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, g_file_peek_path (files[i])));
    }
  g_assert_false (write_text (remote, "x", NULL));
  g_assert_cmpuint (place_count (folder, ".kutip-"), ==, 0);
  place_remove (folder);
}

/* A file that its owner protected is not replaced just because the folder would let us.
 */
static void
test_protected (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a", "old");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0400), ==, 0);
  if (geteuid () == 0)
    g_assert_true (write_text (file, "new", &error)); /* nothing is protected from root */
  else
    {
      g_assert_false (write_text (file, "new", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      assert_content (file, "old");
    }
  place_remove (folder);
}

static void
test_long_name (void)
{
  char *folder = place_new ();
  g_autofree char *name = g_strnfill (255, 'n');
  g_autoptr (GFile) file = place_file (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (write_text (file, "one", &error));
  g_assert_no_error (error);
  g_assert_true (write_text (file, "two", &error));
  assert_content (file, "two");
  place_remove (folder);
}

/* Only our own, only of this file, only old ones, only when nobody is writing them. */
static void
test_remove_stale (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a.json", "x");
  g_autoptr (GFile) stale = place_file (folder, ".a.json.kutip-AbCd12", "torn");
  g_autoptr (GFile) fresh = NULL;
  g_autoptr (GFile) held = place_file (folder, ".a.json.kutip-AbCd13", "torn");
  g_autoptr (GFile) other = place_file (folder, ".b.json.kutip-AbCd12", "torn");
  g_autoptr (GFile) longer = place_file (folder, ".a.json.kutip-AbCd123", "mine");
  int fd = open (g_file_peek_path (held), O_RDWR);

  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  g_assert_cmpuint (kutip_write_remove_stale (file), ==, 0); /* not so soon */
  g_usleep (6200000);
  fresh = place_file (folder, ".a.json.kutip-AbCd14", "torn");
  g_assert_cmpuint (kutip_write_remove_stale (file), ==, 1);
  g_assert_false (place_exists (stale));
  g_assert_true (place_exists (fresh));
  g_assert_true (place_exists (held));
  g_assert_true (place_exists (other));
  g_assert_true (place_exists (longer));
  g_assert_true (place_exists (file));
  close (fd);
  place_remove (folder);
}

static void
test_set_aside (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a", "one");
  g_autoptr (GFile) first = NULL;
  g_autoptr (GFile) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fifo = g_build_filename (folder, "a", NULL);

  first = kutip_write_set_aside (file, "broken", &error);
  g_assert_no_error (error);
  assert_content (first, "one");
  g_assert_true (g_str_has_suffix (g_file_peek_path (first), "/a.broken-1"));
  g_assert_null (kutip_write_set_aside (file, "broken", &error));
  g_assert_no_error (error);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  second = kutip_write_set_aside (file, "broken", &error);
  g_assert_true (g_str_has_suffix (g_file_peek_path (second), "/a.broken-2"));
  assert_content (first, "one");
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/write/new-and-old", test_new_and_old);
  g_test_add_func ("/write/permissions", test_permissions);
  g_test_add_func ("/write/links", test_links);
  g_test_add_func ("/write/over", test_over);
  g_test_add_func ("/write/race", test_race);
  g_test_add_func ("/write/refused", test_refused);
  g_test_add_func ("/write/protected", test_protected);
  g_test_add_func ("/write/long-name", test_long_name);
  g_test_add_func ("/write/remove-stale", test_remove_stale);
  g_test_add_func ("/write/set-aside", test_set_aside);
  return g_test_run ();
}
