/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/zip.h"

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

static GString *
deflate_bytes (const char *bytes, gsize n_bytes)
{
  z_stream stream = { .next_in = (Bytef *) (gpointer) bytes };
  GString *packed = g_string_new (NULL);
  gsize left = n_bytes;
  int status = deflateInit2 (&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                             Z_DEFAULT_STRATEGY);

  g_assert (status == Z_OK);
  do
    {
      char buffer[16384];
      uInt n = (uInt) MIN (left, (gsize) 1 << 30);

      if (stream.avail_in == 0)
        {
          stream.avail_in = n;
          left -= n;
        }
      stream.next_out = (Bytef *) buffer;
      stream.avail_out = sizeof buffer;
      status = deflate (&stream, left == 0 ? Z_FINISH : Z_NO_FLUSH);
      g_string_append_len (packed, buffer, (gssize) (sizeof buffer - stream.avail_out));
    }
  while (status != Z_STREAM_END);
  deflateEnd (&stream);
  return packed;
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

void
kutip_zip_append_entry (
    GString *out, GString *directory, const char *name, const char *bytes, gsize n_bytes)
{
  g_autoptr (GString) packed = deflate_bytes (bytes, n_bytes);
  guint32 crc = (guint32) crc32_z (crc32_z (0, NULL, 0), (const Bytef *) bytes, n_bytes);
  gsize start = out->len;

  g_assert (n_bytes <= G_MAXUINT32 && packed->len <= G_MAXUINT32 &&
            strlen (name) <= G_MAXUINT16);
  append_32 (out, ENTRY_SIGNATURE);
  append_fields (out, crc, (guint32) packed->len, (guint32) n_bytes, name);
  g_string_append (out, name);
  g_string_append_len (out, packed->str, (gssize) packed->len);

  append_32 (directory, LINE_SIGNATURE);
  append_16 (directory, VERSION);
  append_fields (directory, crc, (guint32) packed->len, (guint32) n_bytes, name);
  append_16 (directory, 0); /* no comment */
  append_16 (directory, 0); /* the first volume */
  append_16 (directory, 0);
  append_32 (directory, 0);
  append_32 (directory, (guint32) (out->len - start));
  g_string_append (directory, name);
}

gboolean
kutip_zip_append_end (GString *out, GString *directory, GError **error)
{
  guint64 place = 0;
  guint n_entries = 0;

  for (gsize at = 0; at + LINE_SIZE <= directory->len;)
    {
      char *line = directory->str + at;
      guint32 n = peek_32 (line + LINE_OFFSET);
      g_autoptr (GString) patch = g_string_new (NULL);

      append_32 (patch, (guint32) place);
      memcpy (line + LINE_OFFSET, patch->str, 4);
      place += n;
      n_entries++;
      at += LINE_SIZE + (peek_32 (line + LINE_NAME) & 0xffff);
    }
  if (place + directory->len > G_MAXUINT32 || n_entries >= G_MAXUINT16)
    {
      g_set_error_literal (
          error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNSUPPORTED,
          _ ("this is too much for one archive: more than 4 GB, or 65,534 "
             "files"));
      return FALSE;
    }
  g_string_append_len (out, directory->str, (gssize) directory->len);
  append_32 (out, END_SIGNATURE);
  append_16 (out, 0);
  append_16 (out, 0);
  append_16 (out, n_entries);
  append_16 (out, n_entries);
  append_32 (out, (guint32) directory->len);
  append_32 (out, (guint32) place);
  append_16 (out, 0);
  return TRUE;
}
