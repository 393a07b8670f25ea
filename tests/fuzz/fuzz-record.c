/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/bulk/bulk-record.h"
#include "corpus/migrate/migrate-record.h"

#include "fuzz.h"

#include <string.h>

/* What was noted to be taken back, of marks in a whole folder and of a tag set's change,
 * as a crash or a stranger may have left it: what is read is written again the same way,
 * and leads out of no folder. */

static void
check_marks (const char *bytes, gsize n_bytes)
{
  g_autofree char *label = NULL;
  g_autofree char *annotator = NULL;
  g_autofree char *other_label = NULL;
  g_autofree char *other_annotator = NULL;
  g_autoptr (GPtrArray) lines =
      kutip_bulk_record_parse (bytes, n_bytes, &label, &annotator);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GString) first = NULL;
  g_autoptr (GString) second = NULL;

  if (lines == NULL)
    {
      g_assert_null (label);
      return;
    }
  first = kutip_bulk_record_print (label, annotator, lines);
  again =
      kutip_bulk_record_parse (first->str, first->len, &other_label, &other_annotator);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->len, ==, lines->len);
  g_assert_cmpstr (other_label, ==, label);
  g_assert_cmpstr (other_annotator, ==, annotator);
  second = kutip_bulk_record_print (other_label, other_annotator, again);
  g_assert_cmpstr (second->str, ==, first->str);
}

static void
check_log (const char *bytes, gsize n_bytes)
{
  g_autoptr (GPtrArray) lines = kutip_migrate_record_parse (bytes, n_bytes);

  for (guint i = 0; i < lines->len; i++)
    {
      const KutipMigrateLine *line = g_ptr_array_index (lines, i);
      g_auto (GStrv) parts = g_strsplit (line->path, "/", -1);

      g_assert_false (g_path_is_absolute (line->path));
      g_assert_false (g_strv_contains ((const char *const *) parts, ".."));
      g_assert_cmpuint (strlen (line->after), ==, 64);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  check_marks ((const char *) data, size);
  check_log ((const char *) data, size);
  return 0;
}
