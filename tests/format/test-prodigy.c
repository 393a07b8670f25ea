/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-files.h"

/* Tokens of "ab \U0001f91d c", and at which of them it is told that they are of another
 * text. */
static const struct
{
  const char *tokens;
  const char *told; /* or NULL; "": that there are no tokens to keep */
  const char *reason;
} token_lists[] = {
  { "[]", NULL, "none" },
  { "null", NULL, "none, said aloud" },
  { "[{\"text\": \"ab\", \"start\": 0, \"end\": 2, \"id\": 0, \"ws\": true}, {\"text\": "
    "\"\\ud83e\\udd1d\", \"start\": 3, \"end\": 4, \"id\": 1, \"ws\": true}, {\"text\": "
    "\"c\", \"start\": 5, \"end\": 6, \"id\": 2, \"ws\": false}]",
    NULL, "as Prodigy has them" },
  { "[{\"text\": \"ab\"}, {\"start\": 0, \"end\": 2}, {\"id\": 2}, 3, [], null]", "",
    "that say too little to be kept" },
  { "[{\"text\": \"ab\", \"start\": 0, \"end\": 2, \"id\": 0}, {\"text\": "
    "\"\\ud83e\\udd1d\", \"start\": 3, \"end\": 5, \"id\": 1}, {\"text\": \"c\", "
    "\"start\": 6, \"end\": 7, \"id\": 2}]",
    "1", "counted in UTF-16, told once" },
  { "[{\"text\": \"aB\", \"start\": 0, \"end\": 2, \"id\": 0}]", "0", "another word" },
  { "[{\"text\": \"a\", \"start\": 0, \"end\": 2, \"id\": 0}]", "0", "less of a word" },
  { "[{\"text\": \"c\", \"start\": 6, \"end\": 7, \"id\": 9}]", "9", "behind the text" },
  { "[{\"text\": \"c\", \"start\": 6, \"end\": 5, \"id\": 9}]", "9",
    "an end before its start" },
  { "[{\"text\": \"c\", \"start\": 4294967295, \"end\": 4294967295, \"id\": 1}]", "1",
    "far out" },
};

static void
test_tokens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (token_lists); i++)
    {
      g_autoptr (MemoryFiles) files = memory_files_new ();
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;
      g_autofree char *content = g_strdup_printf (
          "{\"text\": \"ab \\ud83e\\udd1d c\", \"tokens\": %s, \"spans\": [{\"start\": "
          "3, \"end\": 4, \"label\": \"x\"}]}",
          token_lists[i].tokens);
      KutipFormatOptions options = { 0 };
      KutipRecord *record;

      g_test_message ("%s", token_lists[i].reason);
      memory_files_put (files, "x.jsonl", content);
      records = memory_files_read (files, "x.jsonl", kutip_format_find ("prodigy"),
                                   &options, report, &error);
      g_assert_no_error (error);
      record = g_ptr_array_index (records, 0);
      g_assert_cmpuint (kutip_layer_get_n_spans (g_ptr_array_index (record->layers, 0)),
                        ==, 1);
      g_assert_cmpuint (kutip_report_get_n (report, KUTIP_REPORT_WARNING), ==,
                        token_lists[i].told == NULL ? 0 : 1);
      if (token_lists[i].told == NULL)
        continue;
      g_assert_cmpstr (kutip_report_get_nth (report, 0)->what, ==,
                       *token_lists[i].told == '\0' ? "unknown-member" : "other-text");
      if (*token_lists[i].told != '\0')
        g_assert_cmpstr (kutip_report_get_nth (report, 0)->id, ==, token_lists[i].told);
      g_assert_cmpuint (kutip_report_get_nth (report, 0)->line, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prodigy/tokens", test_tokens);
  return g_test_run ();
}
