/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/format.h"

#include "../format/memory-files.h"
#include "fuzz.h"
#include "fuzzed.h"

/* One reader, that of fuzzed_format, at a file named fuzzed_file: what it reads is a
 * record that can be written in the same format and read again; what it refuses, it
 * refuses with a sentence. */

static guint
count_spans (GPtrArray *records)
{
  guint n = 0;

  for (guint i = 0; i < records->len; i++)
    {
      KutipRecord *record = g_ptr_array_index (records, i);

      for (guint j = 0; j < record->layers->len; j++)
        n += kutip_layer_get_n_spans (g_ptr_array_index (record->layers, j));
    }
  return n;
}

static void
put_text (MemoryFiles *files, const char *text)
{
  memory_files_put (files, "sample.txt", text);
}

/* What comes back of a format of many files. */
static guint
count_files (MemoryFiles *files, const KutipFormat *format, KutipReport *report)
{
  GHashTableIter iter;
  gpointer key, file;
  guint n = 0;

  g_hash_table_iter_init (&iter, files->files);
  while (g_hash_table_iter_next (&iter, &key, &file))
    {
      g_autoptr (GPtrArray) records = NULL;
      g_autoptr (GError) error = NULL;
      KutipFormatOptions options = { 0 };

      if (format->recognise (key, ((GString *) file)->str, ((GString *) file)->len) ==
          KUTIP_MATCH_NO)
        continue;
      records = memory_files_read (files, key, format, &options, report, &error);
      g_assert_no_error (error);
      n += count_spans (records);
    }
  return n;
}

/* Whatever is read can be saved: what no sidecar can say comes from no reader. */
static void
check_saved (KutipRecord *record)
{
  const KutipFormat *format = kutip_format_find ("jsonl");
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) original = g_ptr_array_new ();
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  KutipFormatOptions options = { 0 };

  g_assert_cmpuint (record->layers->len, >, 0);
  g_ptr_array_add (original, record);
  format->write (record, &options, &files->sink, report, &error);
  g_assert_no_error (error);
  again = memory_files_read (files, "", format, &options, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_spans (again), ==, count_spans (original));
}

/* Each record by itself, as a conversion verifies it. */
static void
check_record (const KutipFormat *format, KutipRecord *record)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) original = g_ptr_array_new ();
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  KutipFormatOptions options = { 0 };

  g_ptr_array_add (original, record);
  kutip_format_report_losses (format, record, report);
  if (format->begin != NULL)
    format->begin (NULL, &options, &files->sink, &error);
  format->write (record, &options, &files->sink, report, &error);
  if (format->end != NULL)
    format->end (NULL, &options, 1, &files->sink, &error);
  g_assert_no_error (error);
  put_text (files, kutip_text_get_utf8 (kutip_article_get_text (record->article), NULL));
  if (memory_files_get (files, "") == NULL)
    {
      guint n = count_files (files, format, report);

      /* More, when a line that brat's reader kept as it was says something now that the
       * span which had its id before has got another. */
      if (kutip_report_get_n (report, KUTIP_REPORT_LOSS) == 0)
        g_assert_cmpuint (n, >=, count_spans (original));
      return;
    }
  again = memory_files_read (files, "", format, &options, report, &error);
  g_assert_no_error (error);
  if (kutip_report_get_n (report, KUTIP_REPORT_LOSS) == 0)
    g_assert_cmpuint (count_spans (again), ==, count_spans (original));
}

static void
test_with (const char *text, const guint8 *data, gsize size)
{
  const KutipFormat *format = kutip_format_find (fuzzed_format);
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  KutipFormatOptions options = { 0 };

  put_text (files, text);
  files->sink.append (&files->sink, fuzzed_file, (const char *) data, size, NULL);
  records = memory_files_read (files, fuzzed_file, format, &options, report, &error);
  g_assert_true ((records == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  for (guint i = 0; records != NULL && i < records->len; i++)
    check_saved (g_ptr_array_index (records, i));
  for (guint i = 0; records != NULL && format->write != NULL && i < records->len; i++)
    check_record (format, g_ptr_array_index (records, i));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  test_with ("Putin berkata: \u201cKami sahabat \U0001f91d\u201d kata BBC.", data, size);
  /* Of which there are several ways to count. */
  if (kutip_format_find (fuzzed_format)->apart)
    test_with (
        "Putin\r\nberkata: \r\n\r\n\u201cKami\n\nsahabat \U0001f91d\u201d\r\n  BBC.",
        data, size);
  return 0;
}
