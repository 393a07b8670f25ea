/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/bulk/bulk-record.h"

#include "corpus/write-all.h"
#include "store/paths.h"
#include "store/write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The first word of the file, with the version of what follows. */
#define HEAD "kutip-bulk-mark-1"
/* A line begins with a newline, so that what a torn one left behind is a line by itself,
 * and ends with a word, by which one can tell that it is whole. */
#define END "."
/* Of a record that somebody else has put there; bytes. */
#define MOST_BYTES ((gsize) 256 << 20)

static void
free_place (gpointer data)
{
  KutipBulkPlace *place = data;

  g_free (place->id);
  g_free (place);
}

static KutipBulkLine *
create_line (GFile *file, const char *name)
{
  KutipBulkLine *self = g_new0 (KutipBulkLine, 1);

  self->file = g_object_ref (file);
  self->name = g_strdup (name);
  self->places = g_ptr_array_new_with_free_func (free_place);
  return self;
}

static void
add_place (KutipBulkLine *self, const char *id, KutipRange range)
{
  KutipBulkPlace *place = g_new (KutipBulkPlace, 1);

  *place = (KutipBulkPlace){ g_strdup (id), range };
  g_ptr_array_add (self->places, place);
}

void
kutip_bulk_line_free (KutipBulkLine *self)
{
  g_object_unref (self->file);
  g_free (self->name);
  g_free (self->created);
  g_ptr_array_unref (self->places);
  g_free (self);
}

KutipBulkLine *
kutip_bulk_line_new (GFile *file, const char *name, KutipChange *change)
{
  KutipBulkLine *self = create_line (file, name);

  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);
      KutipSpanFields fields;

      if (edit->kind != KUTIP_EDIT_SPAN || edit->after == NULL)
        continue;
      kutip_span_get_fields (edit->after, &fields);
      if (self->created == NULL)
        self->created = g_strdup (fields.created);
      add_place (self, fields.id, fields.ranges[0]);
    }
  return self;
}

KutipBulkLine *
kutip_bulk_line_copy (const KutipBulkLine *self)
{
  KutipBulkLine *copy = create_line (self->file, self->name);

  copy->created = g_strdup (self->created);
  for (guint i = 0; i < self->places->len; i++)
    {
      const KutipBulkPlace *place = g_ptr_array_index (self->places, i);

      add_place (copy, place->id, place->range);
    }
  return copy;
}

/* Whatever a person does to a span is noted in it as its last change. */
static gboolean
is_as_marked (const KutipBulkLine *self,
              const KutipBulkPlace *place,
              KutipSpan *span,
              const char *label)
{
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  return fields.n_ranges == 1 && kutip_range_equal (fields.ranges[0], place->range) &&
         !kutip_span_is_orphan (span) && g_strcmp0 (fields.label, label) == 0 &&
         fields.modified == NULL && g_strcmp0 (fields.created, self->created) == 0;
}

KutipChange *
kutip_bulk_line_find (const KutipBulkLine *self,
                      KutipDocument *document,
                      const char *label,
                      GError **error)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  g_autoptr (KutipChange) change = kutip_change_new ("");
  guint n_gone = 0;
  guint n_other = 0;

  for (guint i = 0; i < self->places->len; i++)
    {
      const KutipBulkPlace *place = g_ptr_array_index (self->places, i);
      KutipSpan *span = kutip_layer_get_span (layer, place->id);

      if (span == NULL)
        n_gone++;
      else if (is_as_marked (self, place, span, label))
        kutip_change_add_span (change, NULL, span);
      else
        n_other++;
    }
  if (n_other > 0 || (n_gone > 0 && kutip_change_get_n_edits (change) > 0))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _ ("some of what was marked has been changed since"));
      return NULL;
    }
  return g_steal_pointer (&change);
}

GFile *
kutip_bulk_record_get_file (GFile *folder)
{
  g_autofree char *path = kutip_paths_get_marked (folder);

  return g_file_new_for_path (path);
}

static void
append_head (GString *bytes, const char *label, const char *annotator)
{
  g_autofree char *escaped_label = g_strescape (label, NULL);
  g_autofree char *escaped_name = g_strescape (annotator != NULL ? annotator : "", NULL);

  g_string_append_printf (bytes, HEAD "\t%s\t%s\t" END "\n", escaped_label, escaped_name);
}

static void
append_line (GString *bytes, const KutipBulkLine *line)
{
  g_autofree char *path = g_strescape (g_file_peek_path (line->file), NULL);
  g_autofree char *name = g_strescape (line->name, NULL);
  g_autofree char *created =
      g_strescape (line->created != NULL ? line->created : "", NULL);

  g_string_append_printf (bytes, "\n%s\t%s\t%s", path, name, created);
  for (guint i = 0; i < line->places->len; i++)
    {
      const KutipBulkPlace *place = g_ptr_array_index (line->places, i);
      g_autofree char *id = g_strescape (place->id, NULL);

      g_string_append_printf (bytes, "\t%s\t%u\t%u", id, place->range.start,
                              place->range.end);
    }
  g_string_append (bytes, "\t" END "\n");
}

static gboolean
fail (GFile *record, int code, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               /* Translators: a file name, and the reason that the system gives */
               _ ("“%1$s” cannot be written: %2$s"), g_file_peek_path (record),
               g_strerror (code));
  return FALSE;
}

static gboolean
write_record (GFile *record, GString *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (g_file_peek_path (record));

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (record, errno, error);
  return kutip_write_file (record, bytes->str, bytes->len, error);
}

gboolean
kutip_bulk_record_begin (GFile *record,
                         const char *label,
                         const char *annotator,
                         GError **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  append_head (bytes, label, annotator);
  return write_record (record, bytes, error);
}

gboolean
kutip_bulk_record_append (GFile *record, const KutipBulkLine *line, GError **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  int fd = g_open (g_file_peek_path (record), O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  gboolean done;
  int code;

  if (fd < 0)
    return fail (record, errno, error);
  append_line (bytes, line);
  done = kutip_write_all (fd, bytes->str, bytes->len) && fsync (fd) == 0;
  code = errno;
  close (fd);
  return done || fail (record, code, error);
}

static gboolean
is_whole (char **words, guint least)
{
  guint n = g_strv_length (words);

  return n > least && strcmp (words[n - 1], END) == 0;
}

static gboolean
parse_offset (const char *word, guint *offset)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (word, 10, 0, G_MAXUINT, &value, NULL))
    return FALSE;
  *offset = (guint) value;
  return TRUE;
}

/* NULL when nothing is said. */
static char *
parse_optional (const char *word)
{
  char *said = g_strcompress (word);

  if (*said == '\0')
    g_clear_pointer (&said, g_free);
  return said;
}

static KutipBulkLine *
parse_line (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, "\t", -1);
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) file = NULL;
  KutipBulkLine *line;

  if (!is_whole (words, 3) || (g_strv_length (words) - 4) % 3 != 0)
    return NULL;
  path = g_strcompress (words[0]);
  if (!g_path_is_absolute (path))
    return NULL;
  name = g_strcompress (words[1]);
  file = g_file_new_for_path (path);
  line = create_line (file, name);
  line->created = parse_optional (words[2]);
  for (char **word = words + 3; word[1] != NULL; word += 3)
    {
      g_autofree char *id = g_strcompress (word[0]);
      KutipRange range;

      if (!parse_offset (word[1], &range.start) || !parse_offset (word[2], &range.end))
        {
          kutip_bulk_line_free (line);
          return NULL;
        }
      add_place (line, id, range);
    }
  return line;
}

GPtrArray *
kutip_bulk_record_parse (const char *bytes, gsize n_bytes, char **label, char **annotator)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_bulk_line_free);
  g_autofree char *text = g_strndup (n_bytes > 0 ? bytes : "", n_bytes);
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
  g_auto (GStrv) head = NULL;

  if (rows[0] == NULL)
    return NULL;
  head = g_strsplit (rows[0], "\t", -1);
  if (g_strv_length (head) != 4 || strcmp (head[0], HEAD) != 0 || !is_whole (head, 3))
    return NULL;
  for (guint i = 1; rows[i] != NULL; i++)
    {
      KutipBulkLine *line = parse_line (rows[i]);

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }
  *label = g_strcompress (head[1]);
  *annotator = parse_optional (head[2]);
  return g_steal_pointer (&lines);
}

GPtrArray *
kutip_bulk_record_read (GFile *record, char **label, char **annotator)
{
  KutipStamp stamp = { 0 };
  g_autoptr (GBytes) bytes = kutip_stamp_read (record, MOST_BYTES, &stamp, NULL, NULL);

  return bytes == NULL
             ? NULL
             : kutip_bulk_record_parse (g_bytes_get_data (bytes, NULL),
                                        g_bytes_get_size (bytes), label, annotator);
}

GString *
kutip_bulk_record_print (const char *label, const char *annotator, GPtrArray *lines)
{
  GString *bytes = g_string_new (NULL);

  append_head (bytes, label, annotator);
  for (guint i = 0; i < lines->len; i++)
    append_line (bytes, g_ptr_array_index (lines, i));
  return bytes;
}

gboolean
kutip_bulk_record_replace (GFile *record,
                           const char *label,
                           const char *annotator,
                           GPtrArray *lines,
                           GError **error)
{
  g_autoptr (GString) bytes = NULL;

  if (lines->len == 0)
    return g_unlink (g_file_peek_path (record)) == 0 || errno == ENOENT ||
           fail (record, errno, error);
  bytes = kutip_bulk_record_print (label, annotator, lines);
  return write_record (record, bytes, error);
}
