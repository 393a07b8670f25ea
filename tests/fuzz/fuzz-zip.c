/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/zip/zip.h"

#include "fuzz.h"

#include <string.h>

/* An archive of a stranger: no name leads out of it, an entry is the same in one piece
 * and part by part, and what is read can be packed again. */

#define STEP 61

static void
check_name (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_false (g_path_is_absolute (name));
  g_assert_false (g_strv_contains ((const char *const *) parts, ".."));
}

/* NULL when it cannot be read. */
static GString *
read_parts (KutipZip *zip, guint i)
{
  g_autoptr (KutipZipStream) stream = kutip_zip_stream_new (zip, i);
  g_autoptr (GError) error = NULL;
  GString *bytes = g_string_new (NULL);
  char buffer[STEP];
  gssize n;

  while ((n = kutip_zip_stream_read (stream, buffer, sizeof buffer, &error)) > 0)
    g_string_append_len (bytes, buffer, n);
  g_assert_true ((n < 0) == (error != NULL));
  if (n == 0)
    return bytes;
  g_string_free (bytes, TRUE);
  return NULL;
}

static void
check_entry (KutipZip *zip, guint i, GString *out, GString *directory)
{
  const char *name = kutip_zip_get_name (zip, i);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = kutip_zip_read (zip, i, &error);
  GString *parts = read_parts (zip, i);

  check_name (name);
  g_assert_true ((bytes == NULL) == (error != NULL));
  g_assert_true ((bytes == NULL) == (parts == NULL));
  if (bytes == NULL)
    return;
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), parts->str,
                   parts->len);
  kutip_zip_append_entry (out, directory, name, parts->str, parts->len);
  g_string_free (parts, TRUE);
}

static void
check_packed_again (GString *out, GString *directory, guint n_entries)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KutipZip) again = NULL;

  g_assert_true (kutip_zip_append_end (out, directory, &error));
  bytes = g_bytes_new_static (out->str, out->len);
  again = kutip_zip_open (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_zip_get_n_entries (again), <=, n_entries);
  for (guint i = 0; i < kutip_zip_get_n_entries (again); i++)
    {
      g_autoptr (GBytes) entry = kutip_zip_read (again, i, &error);

      g_assert_no_error (error);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipZip) zip = kutip_zip_open (bytes, &error);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) directory = g_string_new (NULL);

  g_assert_true ((zip == NULL) == (error != NULL));
  if (zip == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  for (guint i = 0; i < kutip_zip_get_n_entries (zip); i++)
    check_entry (zip, i, out, directory);
  check_packed_again (out, directory, kutip_zip_get_n_entries (zip));
  return 0;
}
