/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"
#include "format/json/json.h"
#include "format/lines.h"
#include "format/sidecar/sidecar-parts.h"
#include "text/digest.h"

#include <glib/gi18n.h>
#include <string.h>

/* One article a line, with its text and all its layers:
 *
 *   {"path": "folder/name.txt", "text": "…", "layers": [SIDECAR, …]}
 *
 * where SIDECAR is what stands in a sidecar file (format/sidecar.h), on one line. */

/* About what a span takes, with the text around it. */
#define BYTES_PER_SPAN 256

static gsize
count_spans (KutipRecord *record)
{
  gsize n = 0;

  for (guint i = 0; i < record->layers->len; i++)
    n += kutip_layer_get_n_spans (g_ptr_array_index (record->layers, i));
  return n;
}

static gboolean
write_jsonl (KutipRecord *record,
             const KutipFormatOptions *options,
             KutipSink *sink,
             KutipReport *report,
             GError **error)
{
  gsize n_text;
  const char *text =
      kutip_text_get_utf8 (kutip_article_get_text (record->article), &n_text);
  g_autoptr (GString) line =
      g_string_sized_new (2 * n_text + BYTES_PER_SPAN * count_spans (record) + 1024);

  g_string_append (line, "{\"path\": ");
  kutip_json_append_string (line, record->path);
  g_string_append (line, ", \"text\": ");
  kutip_json_append_bytes (line, text, n_text);
  g_string_append (line, ", \"layers\": [");
  for (guint i = 0; i < record->layers->len; i++)
    {
      if (i > 0)
        g_string_append (line, ", ");
      kutip_sidecar_append_line (line, record->article,
                                 g_ptr_array_index (record->layers, i));
    }
  g_string_append (line, "]}\n");
  return kutip_sink_take (sink, "", g_steal_pointer (&line), error);
}

static gsize
next_line (const char *bytes, gsize n_bytes, gboolean at_end)
{
  const char *newline = memchr (bytes, '\n', n_bytes);

  if (newline != NULL)
    return (gsize) (newline - bytes) + 1;
  return at_end ? n_bytes : 0;
}

/* What a line says, before it is a record. */
typedef struct
{
  char *path;
  KutipText *text;
  char *sha256;      /* of the article's file, as the first layer says */
  GPtrArray *raw;    /* of char: JSON of layers that stand before the text */
  GPtrArray *layers; /* of KutipLayer */
  GPtrArray *others; /* of char: names of members that are not kept */
  gboolean newer;    /* one of them is of a format that this program does not know */
} Line;

static void
clear_line (Line *line)
{
  g_free (line->path);
  g_free (line->sha256);
  g_clear_pointer (&line->text, kutip_text_unref);
  g_ptr_array_unref (line->raw);
  g_ptr_array_unref (line->layers);
  g_ptr_array_unref (line->others);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, clear_line)

static void
add_layer (Line *line, KutipLayer *layer, const KutipSidecarInfo *info)
{
  g_ptr_array_add (line->layers, layer);
  line->newer = line->newer || info->format > KUTIP_SIDECAR_FORMAT;
  if (line->sha256 == NULL)
    line->sha256 = g_strdup (info->sha256);
}

static void
read_layers (KutipJsonReader *reader, Line *line)
{
  if (!kutip_json_reader_read_array (reader))
    return;
  while (kutip_json_reader_read_element (reader))
    if (line->text != NULL)
      {
        g_auto (KutipSidecarInfo) info = { 0 };
        KutipLayer *layer = kutip_sidecar_read_value (reader, line->text, &info);

        if (layer != NULL)
          add_layer (line, layer, &info);
      }
    else
      {
        char *raw = kutip_json_reader_read_raw (reader);

        if (raw != NULL)
          g_ptr_array_add (line->raw, raw);
      }
}

static void
read_text (KutipJsonReader *reader, Line *line)
{
  gsize n_bytes;
  const char *text = kutip_json_reader_read_string (reader);

  if (text == NULL)
    return;
  text = kutip_json_reader_get_string (reader, &n_bytes);
  /* The reader has checked that it is UTF-8. */
  line->text = kutip_text_new_take (g_strndup (text, n_bytes), n_bytes);
}

static void
read_members (KutipJsonReader *reader, Line *line)
{
  const char *name;

  if (!kutip_json_reader_read_object (reader))
    return;
  while ((name = kutip_json_reader_read_member (reader)) != NULL)
    {
      if (strcmp (name, "path") == 0)
        line->path = g_strdup (kutip_json_reader_read_string (reader));
      else if (strcmp (name, "text") == 0)
        read_text (reader, line);
      else if (strcmp (name, "layers") == 0)
        read_layers (reader, line);
      else
        {
          g_ptr_array_add (line->others, g_strdup (name));
          kutip_json_reader_skip (reader);
        }
    }
}

/* Reads the layers that stood before the text. */
static gboolean
read_raw_layers (Line *line, GError **error)
{
  for (guint i = 0; i < line->raw->len; i++)
    {
      g_auto (KutipSidecarInfo) info = { 0 };
      const char *json = g_ptr_array_index (line->raw, i);
      KutipLayer *layer =
          kutip_sidecar_read (json, strlen (json), line->text, &info, error);

      if (layer == NULL)
        return FALSE;
      add_layer (line, layer, &info);
    }
  return TRUE;
}

static KutipRecord *
build_record (Line *line, GError **error)
{
  const KutipCharset utf8 = { .name = "UTF-8" };
  g_autoptr (KutipArticle) article = NULL;
  g_autofree char *file = g_path_get_basename (line->path);
  KutipRecord *record;

  if (!read_raw_layers (line, error))
    return NULL;
  if (line->newer)
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   _ ("“%s” was written by a newer version of Kutip"), line->path);
      return NULL;
    }
  if (line->sha256 == NULL)
    {
      gsize n_bytes;
      const char *text = kutip_text_get_utf8 (line->text, &n_bytes);

      line->sha256 = kutip_digest_dup (text, n_bytes);
    }
  article = kutip_article_new (line->text, file, line->sha256, &utf8);
  record = kutip_record_new (line->path, article);
  g_ptr_array_extend_and_steal (record->layers, g_steal_pointer (&line->layers));
  line->layers = g_ptr_array_new ();
  /* An article always has one. */
  if (record->layers->len == 0)
    {
      g_autoptr (KutipHeader) header = kutip_header_new (&(KutipHeaderFields){ 0 });

      g_ptr_array_add (record->layers, kutip_layer_new (header));
    }
  return record;
}

static void
report_moved (KutipSource *source, KutipRecord *record, KutipReport *report)
{
  for (guint i = 0; i < record->layers->len; i++)
    kutip_sidecar_report_moved (g_ptr_array_index (record->layers, i), source->name,
                                source->line, report);
}

static gboolean
is_blank (const char *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    if (!g_ascii_isspace (bytes[i]))
      return FALSE;
  return TRUE;
}

static gboolean
read_jsonl (KutipSource *source,
            const KutipFormatOptions *options,
            KutipRecordFunc emit,
            gpointer data,
            KutipReport *report,
            GError **error)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (source->bytes, &n_bytes);
  g_autoptr (KutipJsonReader) reader = NULL;
  g_auto (Line) line = {
    .raw = g_ptr_array_new_with_free_func (g_free),
    .layers = g_ptr_array_new_with_free_func (g_object_unref),
    .others = g_ptr_array_new_with_free_func (g_free),
  };
  KutipRecord *record;

  if (is_blank (bytes, n_bytes))
    return TRUE;
  reader = kutip_json_reader_new (bytes, n_bytes);
  kutip_json_reader_set_first_line (reader, source->line);
  read_members (reader, &line);
  if (!kutip_json_reader_failed (reader) &&
      (line.path == NULL || *line.path == '\0' || line.text == NULL))
    /* Translators: "path" and "text" are names in a file and stay as they are. */
    kutip_json_reader_fail (reader, _ ("an article needs a “path” and a “text”"));
  if (!kutip_json_reader_finish (reader, error))
    return FALSE;
  record = build_record (&line, error);
  if (record == NULL)
    return FALSE;
  report_moved (source, record, report);
  for (guint i = 0; i < line.others->len; i++)
    kutip_report_add_left_out (report, "unknown-member", source->name,
                               g_ptr_array_index (line.others, i), source->line, NULL);
  return emit (record, data, error);
}

/* --- what was written, beside what it was written from --- */

/* FALSE when there are fewer. */
static gboolean
compare_layers (KutipJsonCursor *cursor, KutipRecord *record, KutipDifference *difference)
{
  KutipText *text = kutip_article_get_text (record->article);
  guint n = 0;

  kutip_json_cursor_open (cursor, '[');
  while (kutip_json_cursor_next_element (cursor))
    if (n < record->layers->len)
      kutip_sidecar_compare (cursor, text, g_ptr_array_index (record->layers, n++),
                             difference);
    else
      {
        difference->more = TRUE;
        kutip_json_cursor_skip (cursor);
      }
  return n == record->layers->len;
}

static gboolean
is_name (const char *name, gsize n_bytes, const char *expected)
{
  return n_bytes == strlen (expected) && memcmp (name, expected, n_bytes) == 0;
}

static gboolean
compare_jsonl (KutipRecord *record,
               const char *bytes,
               gsize n_bytes,
               GHashTable *excused,
               KutipDifference *difference)
{
  g_auto (KutipJsonCursor) cursor;
  gsize n_text, n_name;
  const char *text =
      kutip_text_get_utf8 (kutip_article_get_text (record->article), &n_text);
  gboolean same_text = FALSE, all_layers = FALSE;
  const char *name;

  kutip_json_cursor_init (&cursor, bytes, n_bytes);
  kutip_json_cursor_open (&cursor, '{');
  while (kutip_json_cursor_next_member (&cursor, &name, &n_name))
    if (is_name (name, n_name, "text"))
      same_text = kutip_json_cursor_is_string (&cursor, text, n_text);
    else if (is_name (name, n_name, "layers"))
      all_layers = compare_layers (&cursor, record, difference);
    else
      kutip_json_cursor_skip (&cursor);
  kutip_json_cursor_end (&cursor);
  difference->text |= !same_text || !all_layers;
  return !cursor.is_broken;
}

static KutipMatch
recognise_jsonl (const char *name, const char *head, gsize n_head)
{
  static const char start[] = "{\"path\": ";
  const char *line_end = n_head == 0 ? head : kutip_lines_find_end (head, head + n_head);

  if (n_head < sizeof start - 1 || memcmp (head, start, sizeof start - 1) != 0)
    return g_str_has_suffix (name, ".kutip.jsonl") ? KUTIP_MATCH_MAYBE : KUTIP_MATCH_NO;
  /* Lines of other formats begin so, too. */
  return g_strstr_len (head, line_end - head, "\"layers\"") != NULL ? KUTIP_MATCH_YES
                                                                    : KUTIP_MATCH_MAYBE;
}

const KutipFormat kutip_format_jsonl = {
  .name = "jsonl",
  .title = N_ ("JSON Lines, one article a line"),
  .suffix = ".jsonl",
  .keeps = KUTIP_KEEPS_ALL & ~KUTIP_KEEPS_TAGSET,
  .names_tagset = TRUE,
  .recognise = recognise_jsonl,
  .next_unit = next_line,
  .read = read_jsonl,
  .write = write_jsonl,
  .compare = compare_jsonl,
};
