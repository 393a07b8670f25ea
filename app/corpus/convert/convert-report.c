/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-report.h"

#include "format/json/json.h"

static void
append_member (GString *out, const char *name, const char *value)
{
  g_autofree char *valid = NULL;

  if (value == NULL)
    return;
  valid = g_utf8_make_valid (value, -1);
  g_string_append_printf (out, ", \"%s\": ", name);
  kutip_json_append_string (out, valid);
}

static void
append_entry (GString *out, const KutipReportEntry *entry)
{
  g_string_append (out, "{\"kind\": ");
  kutip_json_append_string (out, entry->what);
  append_member (out, "path", entry->path);
  append_member (out, "id", entry->id);
  if (entry->line > 0)
    g_string_append_printf (out, ", \"line\": %" G_GUINT64_FORMAT, entry->line);
  append_member (out, "detail", entry->detail);
  g_string_append_c (out, '}');
}

static void
append_counts (GString *out, KutipReport *report, KutipReportKind kind)
{
  g_auto (GStrv) words = kutip_report_list_what (report, kind);

  g_string_append (out, "{");
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_string_append (out, i == 0 ? "" : ", ");
      kutip_json_append_string (out, words[i]);
      g_string_append_printf (out, ": %u", kutip_report_count (report, kind, words[i]));
    }
  g_string_append (out, "}");
}

static void
append_kind (GString *out, const char *name, KutipReport *report, KutipReportKind kind)
{
  gboolean any = FALSE;

  g_string_append_printf (out, "  \"%s\": {\n    \"count\": %u,\n    \"by_kind\": ", name,
                          kutip_report_get_n (report, kind));
  append_counts (out, report, kind);
  g_string_append (out, ",\n    \"list\": [");
  for (guint i = 0; i < kutip_report_get_n_entries (report); i++)
    {
      const KutipReportEntry *entry = kutip_report_get_nth (report, i);

      if (entry->kind != kind)
        continue;
      g_string_append (out, any ? ",\n      " : "\n      ");
      append_entry (out, entry);
      any = TRUE;
    }
  g_string_append (out, any ? "\n    ]\n  }" : "]\n  }");
}

GString *
kutip_convert_report_to_json (KutipReport *report)
{
  GString *out = g_string_new ("{\n");

  append_kind (out, "losses", report, KUTIP_REPORT_LOSS);
  g_string_append (out, ",\n");
  append_kind (out, "warnings", report, KUTIP_REPORT_WARNING);
  g_string_append (out, "\n}\n");
  return out;
}
