/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/walk.h"

#include "../store/place.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the walk came by, a line each; "+" for those with a sidecar. */
typedef struct
{
  GString *seen;
  guint n;
  guint stop_after;
  GCancellable *cancellable;
} Notes;

static gboolean
note (const char *path, gboolean has_sidecar, gpointer data)
{
  Notes *notes = data;

  g_string_append_printf (notes->seen, "%s%s\n", path, has_sidecar ? " +" : "");
  notes->n++;
  if (notes->cancellable != NULL)
    g_cancellable_cancel (notes->cancellable);
  return notes->n != notes->stop_after;
}

static char *
walk (const char *folder, const char *annotator, GError **error)
{
  g_autoptr (GFile) root = g_file_new_for_path (folder);
  Notes notes = { .seen = g_string_new (NULL) };

  kutip_walk (root, annotator, note, &notes, NULL, error);
  return g_string_free (notes.seen, FALSE);
}

static void
make (const char *folder, const char *name)
{
  g_autoptr (GFile) file = place_file (folder, name, "x");

  g_assert_true (place_exists (file));
}

static void
test_order (void)
{
  char *folder = place_new ();
  static const char *const names[] = {
    "a10.txt", "a2.txt", "a1.txt", "b/c.txt", "b/a.md", "a2/x.txt", "Z.txt", "z.txt",
  };
  g_autofree char *seen = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    make (folder, names[i]);
  seen = walk (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen, ==,
                   "Z.txt\na1.txt\na2/x.txt\na2.txt\na10.txt\nb/a.md\nb/c.txt\nz.txt\n");
  place_remove (folder);
}

/* Hidden things, backups, sidecars and what is no text are left out; sidecars are noted.
 */
static void
test_what_counts (void)
{
  char *folder = place_new ();
  static const char *const names[] = {
    "a.txt",
    "a.txt.annotations.json",
    "b.txt",
    "b.txt.alice.annotations.json",
    "c.png",
    ".hidden.txt",
    ".git/x.txt",
    "d.txt~",
    "tagset.json",
    "sub/e.TXT",
    "sub/e.TXT.annotations.json",
    "x.annotations.json",
  };
  g_autofree char *fifo = g_build_filename (folder, "fifo.txt", NULL);
  g_autofree char *alone = NULL;
  g_autofree char *alice = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    make (folder, names[i]);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  alone = walk (folder, NULL, NULL);
  g_assert_cmpstr (alone, ==, "a.txt +\nb.txt\nsub/e.TXT +\n");
  alice = walk (folder, "alice", NULL);
  g_assert_cmpstr (alice, ==, "a.txt\nb.txt +\nsub/e.TXT\n");
  place_remove (folder);
}

static void
test_links (void)
{
  char *folder = place_new ();
  g_autofree char *loop = g_build_filename (folder, "sub", "loop", NULL);
  g_autofree char *twice = g_build_filename (folder, "twice", NULL);
  g_autofree char *file = g_build_filename (folder, "linked.txt", NULL);
  g_autofree char *dangling = g_build_filename (folder, "dangling.txt", NULL);
  g_autofree char *seen = NULL;
  g_autoptr (GError) error = NULL;

  make (folder, "sub/a.txt");
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  g_assert_cmpint (symlink ("sub", twice), ==, 0);
  g_assert_cmpint (symlink ("sub/a.txt", file), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  seen = walk (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen, ==, "linked.txt\nsub/a.txt\n");
  place_remove (folder);
}

static void
test_names (void)
{
  char *folder = place_new ();
  GString *longest = g_string_new ("n");
  g_autofree char *expected = NULL;
  g_autofree char *seen = NULL;

  while (longest->len < 246)
    g_string_append_c (longest, 'n');
  g_string_append (longest, ".txt");
  make (folder, "a\nb.txt");
  make (folder, "a\"c'.txt");
  make (folder, "\xff\xfe.txt");
  make (folder, longest->str);
  seen = walk (folder, NULL, NULL);
  g_assert_nonnull (strstr (seen, "a\nb.txt\n"));
  g_assert_nonnull (strstr (seen, "a\"c'.txt\n"));
  g_assert_nonnull (strstr (seen, "\xff\xfe.txt\n"));
  g_assert_nonnull (strstr (seen, longest->str));
  g_string_free (longest, TRUE);
  place_remove (folder);
}

/* What cannot be read is told, and does not keep from the rest. */
static void
test_errors (void)
{
  char *folder = place_new ();
  g_autofree char *nowhere = g_build_filename (folder, "none", NULL);
  g_autofree char *seen = NULL;
  g_autofree char *deep = NULL;
  GString *name = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  seen = walk (nowhere, NULL, &error);
  g_assert_cmpstr (seen, ==, "");
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, nowhere));
  g_clear_error (&error);
  g_clear_pointer (&seen, g_free);

  make (folder, "a.txt");
  make (folder, "z.txt");
  deep = g_build_filename (folder, "locked", NULL);
  g_assert_cmpint (g_mkdir (deep, 0000), ==, 0);
  seen = walk (folder, NULL, &error);
  g_assert_cmpstr (seen, ==, "a.txt\nz.txt\n");
  if (geteuid () != 0) /* nothing is locked for root */
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_string_free (name, TRUE);
  place_remove (folder);
}

static void
test_stop (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) root = g_file_new_for_path (folder);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Notes notes = { .seen = g_string_new (NULL), .stop_after = 2 };

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.txt", i);

      make (folder, name);
    }
  g_assert_true (kutip_walk (root, NULL, note, &notes, NULL, &error));
  g_assert_cmpuint (notes.n, ==, 2);
  notes.n = 0;
  notes.stop_after = 0;
  notes.cancellable = cancellable;
  g_assert_false (kutip_walk (root, NULL, note, &notes, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (notes.n, ==, 1);
  g_string_free (notes.seen, TRUE);
  place_remove (folder);
}

/* Files named by hand stand as they would in a walk. */
static void
test_sort (void)
{
  char *folder = place_new ();
  static const char *const names[] = { "b10.txt",   "b9/a.txt", "a.txt", "b9.txt",
                                       "b/x/y.txt", "b/x.txt",  "B.txt", "b/10.txt" };
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autofree char *seen = NULL;
  GString *sorted = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      make (folder, names[i]);
      g_ptr_array_add (paths, (gpointer) names[i]);
    }
  kutip_walk_sort (paths);
  for (guint i = 0; i < paths->len; i++)
    g_string_append_printf (sorted, "%s\n", (char *) g_ptr_array_index (paths, i));
  seen = walk (folder, NULL, NULL);
  g_assert_cmpstr (sorted->str, ==, seen);
  g_string_free (sorted, TRUE);
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/walk/order", test_order);
  g_test_add_func ("/walk/what-counts", test_what_counts);
  g_test_add_func ("/walk/links", test_links);
  g_test_add_func ("/walk/names", test_names);
  g_test_add_func ("/walk/errors", test_errors);
  g_test_add_func ("/walk/stop", test_stop);
  g_test_add_func ("/walk/sort", test_sort);
  return g_test_run ();
}
