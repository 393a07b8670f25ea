/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/zip/zip.h"

#include "format/format.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zlib.h>

#define ENTRY_SIGNATURE 0x04034b50u
#define LINE_SIGNATURE 0x02014b50u
#define END_SIGNATURE 0x06054b50u
#define LINE_SIZE 46   /* without the name */
#define LINE_OFFSET 42 /* of the entry's place in its line */
#define LINE_NAME 28
#define VERSION 20
#define FLAG_UTF8 (1u << 11)
#define DEFLATED 8
/* The first of January 1980, so that the same input gives the same bytes. */
#define DATE ((0u << 9) | (1u << 5) | 1u)

static void
append_16 (GString *out, guint value)
{
  g_string_append_c (out, (char) (value & 0xff));
  g_string_append_c (out, (char) (value >> 8 & 0xff));
}

static void
append_32 (GString *out, guint32 value)
{
  append_16 (out, value & 0xffff);
  append_16 (out, value >> 16);
}

static guint32
peek_32 (const char *bytes)
{
  const guchar *b = (const guchar *) bytes;

  return (guint32) b[0] | (guint32) b[1] << 8 | (guint32) b[2] << 16 |
         (guint32) b[3] << 24;
}

/* What an entry's head and its line of the directory share. */
static void
append_fields (
    GString *out, guint32 crc, guint32 n_packed, guint32 n_bytes, const char *name)
{
  append_16 (out, VERSION);
  append_16 (out, FLAG_UTF8);
  append_16 (out, DEFLATED);
  append_16 (out, 0); /* midnight */
  append_16 (out, DATE);
  append_32 (out, crc);
  append_32 (out, n_packed);
  append_32 (out, n_bytes);
  append_16 (out, (guint) strlen (name));
  append_16 (out, 0); /* no extra fields */
}

struct _KutipZipEntry
{
  GString *packed;
  char *name;
  guint64 n_packed, n_bytes;
  guint32 crc;
  z_stream stream;
};

KutipZipEntry *
kutip_zip_entry_new (GString *packed, const char *name)
{
  KutipZipEntry *self = g_new0 (KutipZipEntry, 1);
  int status;

  g_assert (strlen (name) <= G_MAXUINT16);
  self->packed = packed;
  self->name = g_strdup (name);
  self->crc = (guint32) crc32_z (0, NULL, 0);
  status = deflateInit2 (&self->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                         Z_DEFAULT_STRATEGY);
  g_assert (status == Z_OK);
  return self;
}

static void
pack (KutipZipEntry *self, int flush)
{
  do
    {
      char buffer[16384];

      self->stream.next_out = (Bytef *) buffer;
      self->stream.avail_out = sizeof buffer;
      deflate (&self->stream, flush);
      g_string_append_len (self->packed, buffer,
                           (gssize) (sizeof buffer - self->stream.avail_out));
      self->n_packed += sizeof buffer - self->stream.avail_out;
    }
  while (self->stream.avail_out == 0);
}

void
kutip_zip_entry_append (KutipZipEntry *self, const char *bytes, gsize n_bytes)
{
  self->crc = (guint32) crc32_z (self->crc, (const Bytef *) bytes, n_bytes);
  self->n_bytes += n_bytes;
  /* Too much is told at the end. */
  while (n_bytes > 0 && self->n_bytes <= G_MAXUINT32)
    {
      uInt n = (uInt) MIN (n_bytes, (gsize) 1 << 30);

      self->stream.next_in = (Bytef *) (gpointer) bytes;
      self->stream.avail_in = n;
      pack (self, Z_NO_FLUSH);
      bytes += n;
      n_bytes -= n;
    }
}

guint64
kutip_zip_entry_get_n_bytes (KutipZipEntry *self)
{
  return self->n_bytes;
}

static gboolean
fail_too_much (GError **error)
{
  g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNSUPPORTED,
                       _ ("this is too much for one archive: more than 4 GB, or 65,534 "
                          "files"));
  return FALSE;
}

/* @n_all: of the entry with its head. */
static void
append_line (KutipZipEntry *self, GString *directory, guint64 n_all)
{
  append_32 (directory, LINE_SIGNATURE);
  append_16 (directory, VERSION);
  append_fields (directory, self->crc, (guint32) self->n_packed, (guint32) self->n_bytes,
                 self->name);
  append_16 (directory, 0); /* no comment */
  append_16 (directory, 0); /* the first volume */
  append_16 (directory, 0);
  append_32 (directory, 0);
  append_32 (directory, (guint32) n_all);
  g_string_append (directory, self->name);
}

gboolean
kutip_zip_entry_end (KutipZipEntry *self,
                     GString *head,
                     GString *directory,
                     GError **error)
{
  gsize start = head->len;
  guint64 n_all;
  gboolean good;

  pack (self, Z_FINISH);
  deflateEnd (&self->stream);
  append_32 (head, ENTRY_SIGNATURE);
  append_fields (head, self->crc, (guint32) self->n_packed, (guint32) self->n_bytes,
                 self->name);
  g_string_append (head, self->name);
  n_all = head->len - start + self->n_packed;
  good = self->n_bytes <= G_MAXUINT32 && n_all <= G_MAXUINT32;
  append_line (self, directory, n_all);
  g_free (self->name);
  g_free (self);
  return good || fail_too_much (error);
}

void
kutip_zip_append_entry (
    GString *out, GString *directory, const char *name, const char *bytes, gsize n_bytes)
{
  g_autoptr (GString) packed = g_string_new (NULL);
  KutipZipEntry *entry = kutip_zip_entry_new (packed, name);

  g_assert (n_bytes <= G_MAXUINT32);
  kutip_zip_entry_append (entry, bytes, n_bytes);
  kutip_zip_entry_end (entry, out, directory, NULL);
  g_string_append_len (out, packed->str, (gssize) packed->len);
}

void
kutip_zip_directory_init (KutipZipDirectory *self)
{
  *self = (KutipZipDirectory){ .rest = g_string_new (NULL) };
}

void
kutip_zip_directory_append (KutipZipDirectory *self,
                            const char *lines,
                            gsize n,
                            GString *out)
{
  GString *rest = self->rest;
  gsize at = 0, n_line;

  g_string_append_len (rest, lines, (gssize) n);
  for (; at + LINE_SIZE <= rest->len; at += n_line)
    {
      char *line = rest->str + at;
      guint32 n_entry = peek_32 (line + LINE_OFFSET);
      g_autoptr (GString) patch = NULL;

      n_line = LINE_SIZE + (peek_32 (line + LINE_NAME) & 0xffff);
      if (at + n_line > rest->len)
        break;
      patch = g_string_new (NULL);
      append_32 (patch, (guint32) self->place);
      memcpy (line + LINE_OFFSET, patch->str, 4);
      self->place += n_entry;
      self->n_entries++;
      self->n_bytes += n_line;
    }
  g_string_append_len (out, rest->str, (gssize) at);
  g_string_erase (rest, 0, (gssize) at);
}

gboolean
kutip_zip_directory_end (KutipZipDirectory *self, GString *out, GError **error)
{
  g_string_free (self->rest, TRUE);
  if (self->place + self->n_bytes > G_MAXUINT32 || self->n_entries >= G_MAXUINT16)
    return fail_too_much (error);
  append_32 (out, END_SIGNATURE);
  append_16 (out, 0);
  append_16 (out, 0);
  append_16 (out, self->n_entries);
  append_16 (out, self->n_entries);
  append_32 (out, (guint32) self->n_bytes);
  append_32 (out, (guint32) self->place);
  append_16 (out, 0);
  return TRUE;
}

gboolean
kutip_zip_append_end (GString *out, const GString *directory, GError **error)
{
  KutipZipDirectory lines;

  kutip_zip_directory_init (&lines);
  kutip_zip_directory_append (&lines, directory->str, directory->len, out);
  return kutip_zip_directory_end (&lines, out, error);
}
