/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "memory-files.h"

#include "format/formats.h"

#include <malloc.h>
#include <string.h>

/* What readers hold while they hand out the articles of one file: it may grow with the
 * largest of them, and by little for each of the others. Counted are the bytes that are
 * allocated, which are the same in each run. */

#define N_SPANS 50u
/* Of each article that is not the one at hand: its name and its spans' ids. */
#define MOST_FOR_SPAN 128u

static KutipRecord *
make_record (guint nth)
{
  g_autofree char *path = g_strdup_printf ("folder/%u.txt", nth);
  g_autoptr (GString) content = g_string_new (NULL);
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipArticle) article = NULL;
  g_autoptr (KutipHeader) header = kutip_header_new (&(KutipHeaderFields){ 0 });
  KutipLayer *layer = kutip_layer_new (header);
  KutipRecord *record;

  for (guint i = 0; i < N_SPANS; i++)
    g_string_append_printf (content, "%6u of %u says what it says at some length. ", i,
                            nth);
  text = kutip_text_new (content->str);
  article = kutip_record_make_article (path, text);
  record = kutip_record_new (path, article);
  g_ptr_array_add (record->layers, layer);
  for (guint i = 0; i < N_SPANS; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange range = { i * 30, i * 30 + 40 };
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = "quote";
      fields.ranges = &range;
      fields.n_ranges = 1;
      fields.created = "2026-11-22T09:30:00Z";
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
    }
  return record;
}

static GBytes *
write_project (guint n_articles)
{
  const KutipFormat *format = &kutip_format_refi_qda;
  KutipFormatOptions options = { 0 };
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  GString *project;

  for (guint i = 0; i < n_articles; i++)
    {
      g_autoptr (KutipRecord) record = make_record (i);

      format->write (record, &options, &files->sink, report, &error);
      g_assert_no_error (error);
    }
  format->end (NULL, &options, n_articles, &files->sink, &error);
  g_assert_no_error (error);
  project = g_hash_table_lookup (files->files, "");
  return g_bytes_new (project->str, project->len);
}

typedef struct
{
  gsize before, most;
  guint n_records, n_spans;
} Held;

static gboolean
take (KutipRecord *record, gpointer data, GError **error)
{
  g_autoptr (KutipRecord) owned = record;
  Held *self = data;
  gsize now = mallinfo2 ().uordblks;

  self->most = MAX (self->most, now < self->before ? 0 : now - self->before);
  self->n_records++;
  self->n_spans += kutip_layer_get_n_spans (g_ptr_array_index (record->layers, 0));
  return TRUE;
}

/* The most that was held while a project of @n_articles was read. */
static gsize
measure (guint n_articles)
{
  const KutipFormat *format = &kutip_format_refi_qda;
  g_autoptr (GBytes) bytes = write_project (n_articles);
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  KutipFormatOptions options = { 0 };
  KutipSource source = { .path = "a.qdpx", .name = "a.qdpx", .bytes = bytes, .line = 1 };
  Held held = { .before = mallinfo2 ().uordblks };

  format->read (&source, &options, take, &held, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (held.n_records, ==, n_articles);
  g_assert_cmpuint (held.n_spans, ==, n_articles * N_SPANS);
  return held.most;
}

static void
test_project (void)
{
  const guint n_more = rounds (360);
  gsize few, many;

  /* What is only made once is there. */
  measure (2);
  few = measure (40);
  many = measure (40 + n_more);
  g_test_message ("%" G_GSIZE_FORMAT " bytes, then %" G_GSIZE_FORMAT, few, many);
  g_assert_cmpuint (many, <, few + n_more * N_SPANS * MOST_FOR_SPAN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/held/refi-qda-project", test_project);
  return g_test_run ();
}
