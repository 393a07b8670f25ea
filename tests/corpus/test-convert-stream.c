/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-stream.h"

#include <glib/gstdio.h>

/* Units of very different lengths come out as they stand in the file, whether they were
 * copied out of the buffer or took it with them. */

/* In bytes, with the newline. */
static const guint lengths[] = {
  1, 3000000, 20, 300000, 300000, 262144, 262143, 1, 1, 2000000, 700000, 5, 1048576, 2,
};

/* Line @i is of one letter. */
static GString *
make_lines (void)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      for (guint j = 1; j < lengths[i]; j++)
        g_string_append_c (all, (char) ('a' + i));
      g_string_append_c (all, '\n');
    }
  return all;
}

static void
test_units (void)
{
  g_autoptr (GString) all = make_lines ();
  g_autofree char *folder = g_dir_make_tmp ("kutip-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lines", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipConvertStream) stream = NULL;
  const KutipFormat *format = kutip_format_find ("jsonl");
  gsize at = 0, n_head;

  g_file_set_contents (path, all->str, (gssize) all->len, &error);
  g_assert_no_error (error);
  stream = kutip_convert_stream_new (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (kutip_convert_stream_peek (stream, &n_head, &error));
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      guint64 line = 0;
      g_autoptr (GBytes) unit = kutip_convert_stream_next (stream, format, &line, &error);
      gsize n;
      const char *bytes = g_bytes_get_data (unit, &n);

      g_assert_no_error (error);
      g_assert_cmpmem (bytes, n, all->str + at, lengths[i]);
      g_assert_cmpuint (line, ==, i + 1);
      at += n;
    }
  {
    guint64 line;

    g_assert_null (kutip_convert_stream_next (stream, format, &line, &error));
    g_assert_no_error (error);
  }
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/convert-stream/units", test_units);
  return g_test_run ();
}
