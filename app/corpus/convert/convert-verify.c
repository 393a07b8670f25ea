/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-memory.h"

#include <glib/gi18n.h>
#include <string.h>

/* Reading back what was written. */

typedef struct
{
  KutipMemorySink *sink;
  const KutipFormat *format;
  const KutipFormatOptions *options;
  KutipRecord *record; /* what was written */
  GHashTable *excused; /* ids of spans that need not come back, or NULL */
  /* Where the format keeps the text as it is: ranges tell all. */
  GArray *written, *met; /* of Place */
  GPtrArray *records;    /* that were read back, and whose spans those are */
  /* Else what a span covers, as a string -> how many more of them. */
  GHashTable *expected;
  KutipReport *report; /* of the reading; nobody asks */
  gboolean other;      /* something came back that was never written */
} Verification;

/* Where a span is. */
typedef struct
{
  KutipSpan *span;
  const KutipRange *ranges;
  guint n_ranges;
} Place;

/* Losses after which a span need not come back as it was. */
static const char *const excuses[] = { "orphans", "pieces",     "overlaps", "sub-token",
                                       "borders", "empty-text", "spans",    NULL };

static void
append_without_blanks (GString *key, const char *bytes, const char *end)
{
  for (const char *p = bytes; p < end; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_len (key, p, g_utf8_next_char (p) - p);
}

static gboolean
is_exact (Verification *self)
{
  return (self->format->keeps & KUTIP_KEEPS_TEXT) != 0;
}

/* What a span covers. */
static char *
describe (KutipRecord *record, KutipSpan *span)
{
  KutipText *text = kutip_article_get_text (record->article);
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    {
      gsize n;
      const char *bytes =
          kutip_text_peek_range (text, kutip_span_get_ranges (span)[i], &n);

      append_without_blanks (key, bytes, bytes + n);
      g_string_append_c (key, '\x1f');
    }
  return g_string_free (key, FALSE);
}

/* @message, translated, has a %s for @what unless that is NULL. */
static gboolean
fail (GError **error, const char *message, const char *what)
{
  g_autoptr (GString) whole = g_string_new (message);

  if (what != NULL)
    g_string_replace (whole, "%s", what, 1);
  g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_VERIFY, whole->str);
  return FALSE;
}

static gboolean
fail_span (KutipRecord *record, KutipSpan *span, GError **error)
{
  g_autofree char *covered =
      kutip_span_is_orphan (span)
          ? g_strdup (kutip_span_get_id (span))
          : kutip_text_dup_range (kutip_article_get_text (record->article),
                                  kutip_span_get_ranges (span)[0]);

  return fail (error,
               /* Translators: a span's text */
               _ ("read back, the span “%s” is not there"), covered);
}

static void
add_place (GArray *places, KutipSpan *span)
{
  Place place = { span, kutip_span_get_ranges (span), kutip_span_get_n_ranges (span) };

  g_array_append_val (places, place);
}

static gboolean
expect (KutipSpan *span, gpointer data)
{
  Verification *self = data;
  char *key;
  guint n;

  if (kutip_span_is_orphan (span) ||
      (self->excused != NULL &&
       g_hash_table_contains (self->excused, kutip_span_get_id (span))))
    return TRUE;
  if (is_exact (self))
    {
      add_place (self->written, span);
      return TRUE;
    }
  key = describe (self->record, span);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->expected, key));
  g_hash_table_replace (self->expected, key, GUINT_TO_POINTER (n + 1));
  return TRUE;
}

/* Where @span stands in @record that was read back. */
typedef struct
{
  Verification *verification;
  KutipRecord *record;
} Meeting;

static gboolean
meet (KutipSpan *span, gpointer data)
{
  Meeting *meeting = data;
  Verification *self = meeting->verification;
  g_autofree char *key = NULL;
  guint n;

  if (kutip_span_is_orphan (span))
    return TRUE;
  if (is_exact (self))
    {
      add_place (self->met, span);
      return TRUE;
    }
  key = describe (meeting->record, span);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->expected, key));
  if (n > 1)
    g_hash_table_replace (self->expected, g_steal_pointer (&key),
                          GUINT_TO_POINTER (n - 1));
  else if (n == 1)
    g_hash_table_remove (self->expected, key);
  else if (self->excused == NULL)
    self->other = TRUE;
  return TRUE;
}

static gboolean
texts_equal (KutipRecord *a, KutipRecord *b)
{
  return strcmp (kutip_text_get_utf8 (kutip_article_get_text (a->article), NULL),
                 kutip_text_get_utf8 (kutip_article_get_text (b->article), NULL)) == 0;
}

static gboolean
take_record (KutipRecord *record, gpointer data, GError **error)
{
  Verification *self = data;
  Meeting meeting = { self, record };
  gboolean same = !is_exact (self) || texts_equal (record, self->record);

  if (same)
    for (guint i = 0; i < record->layers->len; i++)
      kutip_layer_foreach_span (g_ptr_array_index (record->layers, i), meet, &meeting);
  else
    fail (error, _ ("read back, the text is another one than was written"), NULL);
  g_ptr_array_add (self->records, record);
  return same;
}

static GBytes *
view (KutipMemoryFile *file, GError **error)
{
  gsize n;
  const char *bytes = kutip_memory_file_view (file, &n, error);

  return bytes == NULL ? NULL : g_bytes_new_static (bytes, n);
}

static GBytes *
fetch (KutipSource *source, const char *relative, GError **error)
{
  Verification *self = source->data;
  g_autofree char *folder = g_path_get_dirname (source->name);
  g_autofree char *joined = g_build_filename ("/", folder, relative, NULL);
  g_autofree char *path = g_canonicalize_filename (joined, "/");
  KutipMemoryFile *file = kutip_memory_sink_find (self->sink, path + 1);

  return file == NULL ? NULL : view (file, error);
}

static GBytes *
fetch_text (KutipSource *source, const char *name, GError **error)
{
  Verification *self = source->data;
  gsize n;
  const char *utf8 =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), &n);

  return g_bytes_new_static (utf8, n);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char **
list (KutipSource *source, const char *prefix)
{
  Verification *self = source->data;
  g_autofree char *folder = g_path_get_dirname (source->name);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->sink->files->len; i++)
    {
      KutipMemoryFile *file = g_ptr_array_index (self->sink->files, i);
      g_autofree char *own = g_path_get_dirname (file->name);
      g_autofree char *base = g_path_get_basename (file->name);

      if (strcmp (own, folder) == 0 && g_str_has_prefix (base, prefix))
        g_ptr_array_add (names, g_steal_pointer (&base));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static gboolean
read_file (Verification *self, const char *name, KutipMemoryFile *file, GError **error)
{
  gsize n;
  const char *bytes = kutip_memory_file_view (file, &n, error);
  KutipSource source = {
    .path = name,
    .name = name,
    .line = 1,
    .fetch = fetch,
    .list = list,
    .fetch_text = fetch_text,
    .data = self,
  };
  gsize at = 0;

  if (bytes == NULL)
    return FALSE;
  do
    {
      gsize unit = self->format->next_unit == NULL
                       ? n
                       : self->format->next_unit (bytes + at, n - at, TRUE);
      g_autoptr (GBytes) part = g_bytes_new_static (bytes + at, unit);

      source.bytes = part;
      if (!self->format->read (&source, self->options, take_record, self, self->report,
                               error))
        return FALSE;
      at += unit;
    }
  while (at < n);
  return TRUE;
}

/* Behind what is in the stream of @sink. */
static gboolean
copy (KutipMemoryFile *file, KutipMemorySink *sink, GError **error)
{
  gsize n;
  const char *bytes = kutip_memory_file_view (file, &n, error);

  return bytes != NULL && sink->sink.append (&sink->sink, "", bytes, n, error);
}

/* The stream as it would be with this record alone. */
static gboolean
read_stream (Verification *self, GError **error)
{
  KutipMemoryFile *own = kutip_memory_sink_find (self->sink, "");
  g_autoptr (KutipMemorySink) whole = kutip_memory_sink_new ();
  g_autofree char *name = g_strconcat (self->record->path, self->format->suffix, NULL);
  KutipMemoryFile *all;

  whole->kept = self->sink;
  whole->most = self->sink->most;
  /* What stands alone need not be put together. */
  if (own != NULL && self->format->begin == NULL && self->format->end == NULL)
    return read_file (self, name, own, error);
  if (self->format->begin != NULL &&
      !self->format->begin (self->options->tagset, self->options, &whole->sink, error))
    return FALSE;
  if (own != NULL && !copy (own, whole, error))
    return FALSE;
  if (self->format->end != NULL &&
      !self->format->end (self->options->tagset, self->options, 1, &whole->sink, error))
    return FALSE;
  all = kutip_memory_sink_find (whole, "");
  if (all != NULL)
    return read_file (self, name, all, error);
  whole->sink.append (&whole->sink, "", "", 0, NULL);
  return read_file (self, name, kutip_memory_sink_find (whole, ""), error);
}

static gboolean
read_files (Verification *self, GError **error)
{
  for (guint i = 0; i < self->sink->files->len; i++)
    {
      KutipMemoryFile *file = g_ptr_array_index (self->sink->files, i);
      gsize n;
      const char *bytes = kutip_memory_file_view (file, &n, error);

      if (bytes == NULL)
        return FALSE;
      if (self->format->recognise (file->name, bytes, n) != KUTIP_MATCH_NO &&
          !read_file (self, file->name, file, error))
        return FALSE;
    }
  return TRUE;
}

/* The ids of spans that need not come back, as a set of borrowed strings; NULL when there
 * are none. */
static GHashTable *
gather_excused (KutipReport *report)
{
  GHashTable *excused = NULL;

  for (guint i = 0; i < kutip_report_get_n_entries (report); i++)
    {
      const KutipReportEntry *entry = kutip_report_get_nth (report, i);

      if (entry->kind != KUTIP_REPORT_LOSS || entry->id == NULL ||
          !g_strv_contains (excuses, entry->what))
        continue;
      if (excused == NULL)
        excused = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_add (excused, (gpointer) entry->id);
    }
  return excused;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  for (guint i = 0; i < x->n_ranges && i < y->n_ranges; i++)
    {
      int order = kutip_range_compare (x->ranges[i], y->ranges[i]);

      if (order != 0)
        return order;
    }
  return (x->n_ranges > y->n_ranges) - (x->n_ranges < y->n_ranges);
}

/* The first that was written and not met, or NULL. Both lists are nearly in this order
 * already. */
static KutipSpan *
compare_lists (Verification *self)
{
  guint j = 0;

  g_array_sort (self->written, compare_places);
  g_array_sort (self->met, compare_places);
  for (guint i = 0; i < self->written->len; i++)
    {
      const Place *written = &g_array_index (self->written, Place, i);

      while (j < self->met->len &&
             compare_places (&g_array_index (self->met, Place, j), written) < 0)
        j++;
      if (j == self->met->len ||
          compare_places (&g_array_index (self->met, Place, j), written) != 0)
        return written->span;
      j++;
    }
  self->other = self->met->len > self->written->len && self->excused == NULL;
  return NULL;
}

static gboolean
conclude (Verification *self, GError **error)
{
  KutipSpan *missing = is_exact (self) ? compare_lists (self) : NULL;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->expected);
  if (missing != NULL)
    return fail_span (self->record, missing, error);
  if (g_hash_table_iter_next (&iter, &key, NULL))
    return fail (error, _ ("read back, the span “%s” is not there"), key);
  return !self->other ||
         fail (error, _ ("read back, there is a span that was not written"), NULL);
}

/* The main stream beside the record, for a format that can. */
static gboolean
compare_stream (KutipMemorySink *self,
                const KutipFormat *format,
                KutipRecord *record,
                GHashTable *excused,
                GError **error)
{
  KutipMemoryFile *file = kutip_memory_sink_find (self, "");
  KutipDifference difference = { 0 };
  gsize n = 0;
  const char *bytes = file == NULL ? "" : kutip_memory_file_view (file, &n, error);
  gboolean readable =
      bytes != NULL && format->compare (record, bytes, n, excused, &difference);

  if (bytes == NULL)
    return FALSE;
  if (difference.text)
    return fail (error, _ ("read back, the text is another one than was written"), NULL);
  if (difference.span != NULL)
    return fail_span (record, difference.span, error);
  if (difference.relation != NULL)
    return fail (error,
                 /* Translators: a relation's id */
                 _ ("read back, the relation “%s” is not there"),
                 kutip_relation_get_id (difference.relation));
  if (difference.more)
    return fail (error, _ ("read back, there is a span that was not written"), NULL);
  return readable || fail (error, _ ("what was written cannot be read back"), NULL);
}

static gboolean
writes_files (const KutipFormat *format, const KutipFormatOptions *options)
{
  return format->in_files || (format->by_annotator && options->annotator_files);
}

/* Reads it as any input is read. */
static gboolean
read_again (KutipMemorySink *self,
            const KutipFormat *format,
            const KutipFormatOptions *options,
            KutipRecord *record,
            GHashTable *excused,
            GError **error)
{
  g_autoptr (GHashTable) expected =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) written = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) met = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_record_free);
  g_autoptr (KutipReport) reading = kutip_report_new ();
  Verification verification = {
    .sink = self,
    .format = format,
    .options = options,
    .record = record,
    .excused = excused,
    .written = written,
    .met = met,
    .records = records,
    .expected = expected,
    .report = reading,
  };

  for (guint i = 0; i < record->layers->len; i++)
    kutip_layer_foreach_span (g_ptr_array_index (record->layers, i), expect,
                              &verification);
  if (!(writes_files (format, options) ? read_files (&verification, error)
                                       : read_stream (&verification, error)))
    return FALSE;
  return conclude (&verification, error);
}

gboolean
kutip_memory_sink_verify (KutipMemorySink *self,
                          const KutipFormat *format,
                          const KutipFormatOptions *options,
                          KutipRecord *record,
                          KutipReport *report,
                          GError **error)
{
  g_autoptr (GHashTable) excused = NULL;
  gboolean same;

  if (format->read == NULL)
    return TRUE;
  excused = gather_excused (report);
  same = format->compare != NULL && !writes_files (format, options)
             ? compare_stream (self, format, record, excused, error)
             : read_again (self, format, options, record, excused, error);
  for (guint i = 0; i < self->files->len; i++)
    kutip_memory_file_drop_view (g_ptr_array_index (self->files, i));
  return same;
}
