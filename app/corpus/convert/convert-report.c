/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-report.h"

#include "corpus/convert/convert-memory.h"
#include "corpus/convert/convert-staging.h"
#include "format/json/json.h"
#include "store/stamp.h"

#include <string.h>

/* How the document begins, and each of its members. */
#define BEGIN "{\n"
#define MEMBER "  \"%s\": {\n"

/* The entries of each kind as they stand in the document, by names that may go to the
 * disk. */
struct _KutipConvertListing
{
  KutipMemorySink *sink;
  GString *buffer; /* of the one that is added */
};

static const struct
{
  KutipReportKind kind;
  const char *title, *name;
} kinds[] = {
  { KUTIP_REPORT_LOSS, "losses", "++losses" },
  { KUTIP_REPORT_WARNING, "warnings", "++warnings" },
};

KutipConvertListing *
kutip_convert_listing_new (void)
{
  KutipConvertListing *self = g_new0 (KutipConvertListing, 1);

  self->sink = kutip_memory_sink_new ();
  self->sink->most = KUTIP_MEMORY_MOST_KEPT;
  self->buffer = g_string_new (NULL);
  return self;
}

void
kutip_convert_listing_free (KutipConvertListing *self)
{
  if (self == NULL)
    return;
  kutip_memory_sink_free (self->sink);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

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
  append_member (out, "annotator", entry->annotator);
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

static gboolean
add_kind (KutipConvertListing *self, KutipReport *report, guint kind, GError **error)
{
  KutipSink *sink = &self->sink->sink;

  g_string_truncate (self->buffer, 0);
  for (guint i = 0; i < kutip_report_get_n_entries (report); i++)
    {
      const KutipReportEntry *entry = kutip_report_get_nth (report, i);

      if (entry->kind != kinds[kind].kind)
        continue;
      g_string_append (self->buffer, ",\n      ");
      append_entry (self->buffer, entry);
      if (self->buffer->len < KUTIP_MEMORY_MOST_KEPT)
        continue;
      if (!sink->append (sink, kinds[kind].name, self->buffer->str, self->buffer->len,
                         error))
        return FALSE;
      g_string_truncate (self->buffer, 0);
    }
  return self->buffer->len == 0 ||
         sink->append (sink, kinds[kind].name, self->buffer->str, self->buffer->len,
                       error);
}

gboolean
kutip_convert_listing_add (KutipConvertListing *self, KutipReport *report, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!add_kind (self, report, i, error))
      return FALSE;
  return TRUE;
}

typedef struct
{
  KutipStaging *staging;
  gsize to_skip; /* the comma before the first */
  GError *error;
} Writing;

static void
write_part (const char *bytes, gsize n, gpointer data)
{
  Writing *self = data;
  gsize n_skipped = MIN (n, self->to_skip);

  self->to_skip -= n_skipped;
  if (self->error == NULL && n > n_skipped)
    kutip_staging_append (self->staging, bytes + n_skipped, n - n_skipped, &self->error);
}

static gboolean
write_kind (KutipConvertListing *self,
            KutipReport *counts,
            guint kind,
            KutipStaging *staging,
            GError **error)
{
  KutipMemoryFile *file = kutip_memory_sink_find (self->sink, kinds[kind].name);
  g_autoptr (GString) around = g_string_new (NULL);
  Writing writing = { .staging = staging, .to_skip = 1 };

  g_string_append_printf (around, "%s" MEMBER "    \"count\": %u,\n    \"by_kind\": ",
                          kind == 0 ? BEGIN : ",\n", kinds[kind].title,
                          kutip_report_get_n (counts, kinds[kind].kind));
  append_counts (around, counts, kinds[kind].kind);
  g_string_append (around, ",\n    \"list\": [");
  if (!kutip_staging_append (staging, around->str, around->len, error) ||
      (file != NULL && !kutip_memory_file_foreach (file, write_part, &writing, error)))
    {
      g_clear_error (&writing.error);
      return FALSE;
    }
  if (writing.error != NULL)
    {
      g_propagate_error (error, writing.error);
      return FALSE;
    }
  g_string_assign (around, file != NULL ? "\n    ]\n  }" : "]\n  }");
  return kutip_staging_append (staging, around->str, around->len, error);
}

gboolean
kutip_convert_listing_save (KutipConvertListing *self,
                            KutipReport *counts,
                            const char *path,
                            GError **error)
{
  static const char end[] = "\n}\n";
  g_autoptr (KutipStaging) staging = kutip_staging_new_for_stream (path, FALSE, error);

  if (staging == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!write_kind (self, counts, i, staging, error))
      return FALSE;
  return kutip_staging_append (staging, end, sizeof end - 1, error) &&
         kutip_staging_commit (staging, error);
}

gboolean
kutip_convert_listing_may_replace (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *begin = g_strdup_printf (BEGIN MEMBER, kinds[0].title);
  g_autofree char *head = NULL;
  gsize n;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return !g_file_test (path, G_FILE_TEST_IS_DIR);
  head = kutip_stamp_read_head (file, strlen (begin), &n);
  return head != NULL && (n == 0 || strcmp (head, begin) == 0);
}
