/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/stamp.h"

#include "place.h"

#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define MAX_BYTES ((gsize) 1 << 20)

static void
test_read (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a", "hello");
  g_autoptr (GFile) absent = place_file (folder, "b", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  KutipStamp stamp;

  bytes = kutip_stamp_read (file, MAX_BYTES, &stamp, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 5);
  g_assert_true (stamp.exists);
  g_assert_cmpuint (stamp.size, ==, 5);
  g_assert_cmpstr (stamp.sha256, ==,
                   "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  g_assert_true (kutip_stamp_matches (&stamp, file, &error));
  g_assert_no_error (error);

  g_assert_null (kutip_stamp_read (absent, MAX_BYTES, &stamp, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (stamp.exists);
  g_assert_true (kutip_stamp_matches (&stamp, absent, &error));
  g_assert_false (kutip_stamp_matches (&stamp, file, &error));
  g_assert_no_error (error);
  place_remove (folder);
}

/* What is no plain file is refused at once: nothing here may wait for a writer or read
 * for ever. */
static void
test_refused (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) fifo = place_file (folder, "fifo", NULL);
  g_autoptr (GFile) sock = place_file (folder, "socket", NULL);
  g_autoptr (GFile) dir = g_file_new_for_path (folder);
  g_autoptr (GFile) zero = g_file_new_for_path ("/dev/zero");
  g_autoptr (GFile) loop = place_file (folder, "loop", NULL);
  g_autoptr (GFile) large = place_file (folder, "large", NULL);
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://example.org/a");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);
  const struct
  {
    GFile *file;
    int code;
    const char *why;
  } rows[] = {
    { fifo, G_IO_ERROR_NOT_REGULAR_FILE, "a pipe" },
    { sock, G_IO_ERROR_NOT_REGULAR_FILE, "a socket" },
    { dir, G_IO_ERROR_IS_DIRECTORY, "a folder" },
    { zero, G_IO_ERROR_NOT_REGULAR_FILE, "a device" },
    { loop, G_IO_ERROR_TOO_MANY_LINKS, "a link to itself" },
    { large, G_IO_ERROR_NO_SPACE, "over the limit" },
    { remote, G_IO_ERROR_NOT_SUPPORTED, "on another computer" },
  };

  g_assert_cmpint (mkfifo (g_file_peek_path (fifo), 0600), ==, 0);
  g_assert_cmpint (symlink ("loop", g_file_peek_path (loop)), ==, 0);
  place_write (large, "");
  g_assert_cmpint (truncate (g_file_peek_path (large), MAX_BYTES + 1), ==, 0);
  g_strlcpy (address.sun_path, g_file_peek_path (sock), sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      KutipStamp stamp;

      g_test_message ("%s", rows[i].why);
      g_assert_null (kutip_stamp_read (rows[i].file, MAX_BYTES, &stamp, NULL, &error));
      if (error == NULL || error->domain != G_IO_ERROR || error->code != rows[i].code)
        g_error ("%s: %s", rows[i].why, error != NULL ? error->message : "no error");
      if (g_file_peek_path (rows[i].file) != NULL)
        g_assert_nonnull (strstr (error->message, g_file_peek_path (rows[i].file)));
    }
  close (fd);
  place_remove (folder);
}

/* A change that keeps size and times is seen while the times are fresh; one that only
 * touches is none. */
static void
test_changes (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a", "hello");
  g_autoptr (GFile) link = place_file (folder, "link", NULL);
  g_autoptr (GBytes) bytes = NULL;
  struct stat status;
  struct timespec times[2];
  KutipStamp stamp;
  int fd;

  bytes = kutip_stamp_read (file, MAX_BYTES, &stamp, NULL, NULL);
  g_assert_cmpint (stat (g_file_peek_path (file), &status), ==, 0);
  fd = open (g_file_peek_path (file), O_WRONLY);
  g_assert_cmpint ((int) pwrite (fd, "HELLO", 5, 0), ==, 5);
  times[0] = status.st_atim;
  times[1] = status.st_mtim;
  g_assert_cmpint (futimens (fd, times), ==, 0);
  close (fd);
  g_assert_false (kutip_stamp_matches (&stamp, file, NULL));

  place_write (file, "hello"); /* another inode, another time, the same content */
  g_assert_true (kutip_stamp_matches (&stamp, file, NULL));
  g_assert_cmpint (symlink ("a", g_file_peek_path (link)), ==, 0);
  g_assert_true (kutip_stamp_matches (&stamp, link, NULL));
  place_write (file, "hello!");
  g_assert_false (kutip_stamp_matches (&stamp, file, NULL));
  g_assert_cmpint (unlink (g_file_peek_path (file)), ==, 0);
  g_assert_false (kutip_stamp_matches (&stamp, file, NULL));
  place_remove (folder);
}

/* Of sizes at which another place is taken for it, and of one that is not known before:
 * all of it comes, with a NUL behind it. */
static void
test_sizes (void)
{
  const gsize sizes[] = { 0, 1, (1 << 18) - 3, (1 << 18) - 2, (1 << 18) - 1, 700001 };
  char *folder = place_new ();
  g_autoptr (GFile) unknown = g_file_new_for_path ("/proc/self/maps");
  g_autoptr (GBytes) maps = NULL;
  KutipStamp stamp;
  gsize n_bytes;
  const char *read;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *written = g_malloc (sizes[i] + 1);
      g_autoptr (GFile) file = NULL;
      g_autoptr (GBytes) bytes = NULL;

      for (gsize k = 0; k < sizes[i]; k++)
        written[k] = (char) ('a' + k % 26);
      written[sizes[i]] = '\0';
      file = place_file (folder, "a", written);
      bytes = kutip_stamp_read (file, MAX_BYTES, &stamp, NULL, NULL);
      read = g_bytes_get_data (bytes, &n_bytes);
      g_assert_cmpmem (read, n_bytes, written, sizes[i]);
      g_assert_cmpint (read[n_bytes], ==, '\0');
    }
  maps = kutip_stamp_read (unknown, MAX_BYTES, &stamp, NULL, NULL);
  read = g_bytes_get_data (maps, &n_bytes);
  g_assert_cmpuint (n_bytes, >, 0);
  g_assert_cmpuint (strlen (read), ==, n_bytes);
  place_remove (folder);
}

#ifdef __GLIBC__
/* What a large file is read into is no part of the heap, where it would leave a hole. */
static void
test_heap (void)
{
  char *folder = place_new ();
  g_autofree char *written = g_strnfill (MAX_BYTES, 'a');
  g_autoptr (GFile) file = place_file (folder, "a", written);
  g_autoptr (GBytes) bytes = NULL;
  struct mallinfo2 before;
  KutipStamp stamp;

  mallopt (M_MMAP_THRESHOLD, 8 * MAX_BYTES);
  before = mallinfo2 ();
  bytes = kutip_stamp_read (file, MAX_BYTES, &stamp, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, MAX_BYTES);
  g_assert_cmpuint (mallinfo2 ().uordblks, <, before.uordblks + MAX_BYTES / 2);
  place_remove (folder);
}
#endif

static void
test_cancel (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a", "hello");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  KutipStamp stamp;

  g_cancellable_cancel (cancellable);
  g_assert_null (kutip_stamp_read (file, MAX_BYTES, &stamp, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/stamp/read", test_read);
  g_test_add_func ("/stamp/refused", test_refused);
  g_test_add_func ("/stamp/changes", test_changes);
  g_test_add_func ("/stamp/sizes", test_sizes);
#ifdef __GLIBC__
  g_test_add_func ("/stamp/heap", test_heap);
#endif
  g_test_add_func ("/stamp/cancel", test_cancel);
  return g_test_run ();
}
