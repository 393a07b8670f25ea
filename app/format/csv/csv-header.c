/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv/csv-table.h"
#include "format/csv/csv.h"

#include <string.h>

/* What other programs call the columns. */
static const struct
{
  const char *name;
  KutipCsvColumn column;
} aliases[] = {
  { "doc_id", KUTIP_CSV_PATH },      { "doc", KUTIP_CSV_PATH },
  { "document", KUTIP_CSV_PATH },    { "file", KUTIP_CSV_PATH },
  { "filename", KUTIP_CSV_PATH },    { "user", KUTIP_CSV_ANNOTATOR },
  { "coder", KUTIP_CSV_ANNOTATOR },  { "span_id", KUTIP_CSV_ID },
  { "tag", KUTIP_CSV_LABEL },        { "code", KUTIP_CSV_LABEL },
  { "begin", KUTIP_CSV_START },      { "start_offset", KUTIP_CSV_START },
  { "end_offset", KUTIP_CSV_END },   { "content", KUTIP_CSV_TEXT },
  { "quote", KUTIP_CSV_TEXT },       { "covered_text", KUTIP_CSV_TEXT },
  { "comment", KUTIP_CSV_NOTE },     { "relation", KUTIP_CSV_RELATION },
  { "target_id", KUTIP_CSV_TARGET }, { "target", KUTIP_CSV_TARGET },
};

int
kutip_csv_find_column (const char *name)
{
  for (guint i = 0; i < KUTIP_CSV_N_WRITTEN; i++)
    if (g_ascii_strcasecmp (name, kutip_csv_names[i]) == 0)
      return (int) i;
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_ascii_strcasecmp (name, aliases[i].name) == 0)
      return (int) aliases[i].column;
  return -1;
}

gboolean
kutip_csv_is_header (const char *head, gsize n_head, gboolean tabs)
{
  const char *end = n_head == 0 ? NULL : memchr (head, '\n', n_head);
  g_autofree char *line = end == NULL ? NULL : g_utf8_make_valid (head, end - head);
  g_autoptr (KutipCsvTable) table = kutip_csv_table_new ();
  KutipCsvCursor cursor;
  gboolean named[KUTIP_CSV_N_COLUMNS] = { FALSE };

  if (line == NULL || (strchr (line, '\t') != NULL) != tabs)
    return FALSE;
  kutip_csv_cursor_init (&cursor, line, strlen (line));
  while (!kutip_csv_cursor_is_at_end (&cursor))
    if (!kutip_csv_table_add (table, &cursor, NULL))
      return FALSE;
  if (kutip_csv_table_get_n_rows (table) != 1)
    return FALSE;
  for (guint i = 0; i < kutip_csv_table_get_n_cells (table, 0); i++)
    {
      int column = kutip_csv_find_column (kutip_csv_table_get (table, 0, i));

      if (column >= 0)
        named[column] = TRUE;
    }
  return named[KUTIP_CSV_LABEL] && (named[KUTIP_CSV_START] || named[KUTIP_CSV_TEXT]);
}
