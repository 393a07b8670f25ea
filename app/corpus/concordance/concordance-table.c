/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/concordance/concordance-table.h"

#include "format/csv/csv-table.h"

typedef struct
{
  GString *out;
  char delimiter;
  gboolean spreadsheet;
} Table;

static void
append (Table *self, const char *cell, gboolean is_first)
{
  g_autofree char *harmless = NULL;

  if (self->spreadsheet && cell != NULL && kutip_csv_is_formula (cell))
    harmless = g_strconcat ("'", cell, NULL);
  kutip_csv_append_cell (self->out, harmless != NULL ? harmless : cell, self->delimiter,
                         is_first);
}

static void
append_number (Table *self, guint number)
{
  char digits[16];

  g_snprintf (digits, sizeof digits, "%u", number);
  append (self, digits, FALSE);
}

static void
append_line (Table *self, KutipConcordanceLine *line)
{
  const KutipContext *context = kutip_concordance_line_get_context (line);
  KutipRange range = kutip_concordance_line_get_range (line);

  append (self, kutip_concordance_line_get_name (line), TRUE);
  append_number (self, range.start);
  append_number (self, range.end);
  append (self, kutip_concordance_line_get_label (line), FALSE);
  append (self, context->left, FALSE);
  append (self, context->match, FALSE);
  append (self, context->right, FALSE);
  g_string_append (self->out, "\r\n");
}

GString *
kutip_concordance_table_write (GPtrArray *lines, char delimiter, gboolean spreadsheet)
{
  static const char *const names[] = { "article", "start", "end",  "label",
                                       "left",    "match", "right" };
  Table table = { g_string_new (NULL), delimiter, spreadsheet };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    append (&table, names[i], i == 0);
  g_string_append (table.out, "\r\n");
  for (guint i = 0; i < lines->len; i++)
    append_line (&table, g_ptr_array_index (lines, i));
  return table.out;
}
