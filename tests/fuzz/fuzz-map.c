/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/rename.h"

#include "../format/memory-files.h"
#include "fuzz.h"

/* A map of other names: what is read renames a record that can be written. */

static const char *const annotation = "T1\tSource 0 5\tPutin\n"
                                      "T2\tCue 6 13\tberkata\n"
                                      "T3\tContent 16 20;21 28\tKami sahabat\n"
                                      "E1\tCue:T2 Source:T1 Content:T3\n"
                                      "A1\tCertainty T3 high\n"
                                      "R1\tsaid_by Arg1:T3 Arg2:T1\n";

static void
rename_record (KutipRenaming *renaming)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  KutipFormatOptions options = { 0 };

  memory_files_put (files, "a.txt", "Putin berkata: \u201cKami sahabat\u201d kata BBC.");
  memory_files_put (files, "a.ann", annotation);
  records = memory_files_read (files, "a.ann", kutip_format_find ("brat"), &options,
                               report, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      kutip_renaming_apply (renaming, g_ptr_array_index (records, i), report);
      kutip_format_find ("jsonl")->write (g_ptr_array_index (records, i), &options,
                                          &files->sink, report, &error);
      g_assert_no_error (error);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipRenaming) renaming =
      kutip_renaming_new_from_json ((const char *) data, size, &error);

  g_assert_true ((renaming == NULL) == (error != NULL));
  if (renaming != NULL)
    rename_record (renaming);
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
