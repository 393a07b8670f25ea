/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-commit.h"
#include "corpus/convert/convert-stale.h"

#include "fuzz.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A plan of what a conversion that was killed had begun to put in its place, as a crash
 * or a stranger may have left it: taking it back leads out of no folder and loses no file
 * that was there before, also when the stage goes after it.
 *
 * The first byte tells which of the stage's files are there that were kept, the others
 * are the plan: "@a", "@b" and "@c" in it are which files those of the output are. */

#define STAGE "output/.kutip-stage-aaaaaa"
#define N_KEPT 3

static const char *const output_names[] = { "a.txt", "sub/b.txt", "c.txt" };

/* @root: the folder that all of it is in. */
static char *
at (const char *root, const char *name)
{
  return g_build_filename (root, name, NULL);
}

static void
make_folder (const char *root, const char *name)
{
  g_autofree char *path = at (root, name);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_file (const char *root, const char *name, const char *bytes, gsize n)
{
  g_autofree char *path = at (root, name);
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, n, file), ==, n);
  g_assert_cmpint (fclose (file), ==, 0);
}

static char *
get_output_name (guint i)
{
  return g_build_filename ("output", output_names[i], NULL);
}

static char *
get_kept_name (guint i)
{
  return g_strdup_printf (STAGE "/old-%u", i);
}

/* What is in a file is its first name. */
static void
make_files (const char *root, guint kept)
{
  static const char *const folders[] = { "outside", "output",     "output/sub",
                                         STAGE,     STAGE "/new", STAGE "/new/sub" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    make_folder (root, folders[i]);
  make_file (root, "outside/a.txt", "outside", strlen ("outside"));
  for (guint i = 0; i < G_N_ELEMENTS (output_names); i++)
    {
      g_autofree char *name = get_output_name (i);

      make_file (root, name, output_names[i], strlen (output_names[i]));
    }
  for (guint i = 0; i < N_KEPT; i++)
    {
      g_autofree char *name = get_kept_name (i);
      g_autofree char *path = at (root, name);
      g_autofree char *other = at (root, "output/c.txt");

      /* The last is a second name of what is there. */
      if ((kept & 1u << i) != 0 && i == N_KEPT - 1)
        g_assert_cmpint (link (other, path), ==, 0);
      else if ((kept & 1u << i) != 0)
        make_file (root, name, name, strlen (name));
    }
}

/* With "@a" and its like replaced. */
static void
make_plan (const char *root, const char *bytes, gsize n)
{
  g_autoptr (GString) plan = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    if (bytes[i] == '@' && i + 1 < n && bytes[i + 1] >= 'a' && bytes[i + 1] <= 'c')
      {
        g_autofree char *name = get_output_name ((guint) (bytes[++i] - 'a'));
        g_autofree char *path = at (root, name);
        GStatBuf status;

        g_assert_cmpint (g_stat (path, &status), ==, 0);
        g_string_append_printf (
            plan, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT,
            (guint64) status.st_ino, (guint64) status.st_size,
            (gint64) status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) +
                status.st_mtim.tv_nsec);
      }
    else
      g_string_append_c (plan, bytes[i]);
  make_file (root, STAGE "/plan", plan->str, plan->len);
}

/* What is in the files below @path. */
static void
find_contents (const char *path, GHashTable *found)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *bytes = NULL;
  const char *name;

  if (dir == NULL && g_file_get_contents (path, &bytes, NULL, NULL))
    g_hash_table_add (found, g_steal_pointer (&bytes));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      find_contents (child, found);
    }
}

static void
check_files (const char *root, guint kept, const char *bytes, gsize n)
{
  g_autofree char *output = at (root, "output");
  g_autofree char *outside = at (root, "outside/a.txt");
  g_autofree char *there = NULL;
  g_autoptr (GHashTable) found =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  guint n_there = 0;

  while (g_dir_read_name (dir) != NULL)
    n_there++;
  g_assert_cmpuint (n_there, ==, 2);
  g_assert_true (g_file_get_contents (outside, &there, NULL, NULL));
  g_assert_cmpstr (there, ==, "outside");
  find_contents (output, found);
  for (guint i = 0; i < G_N_ELEMENTS (output_names); i++)
    {
      char word[] = { '@', (char) ('a' + i), '\0' };

      /* What the plan says that the conversion made may go. */
      g_assert_true (g_hash_table_contains (found, output_names[i]) ||
                     g_strstr_len (bytes, (gssize) n, word) != NULL);
    }
  for (guint i = 0; i + 1 < N_KEPT; i++)
    {
      g_autofree char *name = get_kept_name (i);

      g_assert_true (g_hash_table_contains (found, name) || (kept & 1u << i) == 0);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *root = g_dir_make_tmp ("kutip-plan-XXXXXX", NULL);
  g_autofree char *output = at (root, "output");
  g_autofree char *stage = at (root, STAGE);
  guint kept = size == 0 ? 0 : data[0] % (1u << N_KEPT);
  const char *bytes = size == 0 ? "" : (const char *) data + 1;
  gsize n = size == 0 ? 0 : size - 1;

  make_files (root, kept);
  make_plan (root, bytes, n);
  /* What cannot be taken back stays as it is, and so does what was. */
  for (guint i = 0; i < 2; i++)
    {
      gboolean done = kutip_convert_commit_take_back (stage, output);

      check_files (root, kept, bytes, n);
      if (!done)
        continue;
      kutip_stale_remove_tree (stage);
      check_files (root, kept, bytes, n);
    }
  kutip_stale_remove_tree (root);
  return 0;
}
