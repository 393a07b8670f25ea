/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/zip/zip.h"

#include "format/format.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zlib.h>

#define ENTRY_SIGNATURE 0x04034b50u
#define LINE_SIGNATURE 0x02014b50u
#define END_SIGNATURE 0x06054b50u
#define ENTRY_SIZE 30
#define LINE_SIZE 46
#define END_SIZE 22
#define MAX_COMMENT 65535
#define FLAG_ENCRYPTED 1u
#define STORED 0
#define DEFLATED 8
#define UNIX_LINK 0120000u
#define UNIX_KIND 0170000u

typedef struct
{
  char *name;
  guint method;
  guint32 crc, n_packed, n_bytes;
  gsize start; /* of the packed bytes */
} Entry;

struct _KutipZip
{
  GBytes *bytes;
  const guchar *data;
  gsize n;
  /* There may be many entries: what is known of one is read when it is asked for. */
  GArray *lines;   /* guint32: where each begins in the directory */
  GArray *names;   /* Named, sorted */
  char *name;      /* that was asked for last */
  guint64 n_total; /* bytes of all entries */
};

typedef struct
{
  guint32 hash; /* of its name in lower case */
  guint32 entry;
} Named;

static void
clear_entry (Entry *entry)
{
  g_clear_pointer (&entry->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, clear_entry)

static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: what is wrong with a zip archive */
               _ ("the archive is damaged or not to be trusted: %s"), message);
  return FALSE;
}

static guint
get_16 (const KutipZip *self, gsize at)
{
  return (guint) self->data[at] | (guint) self->data[at + 1] << 8;
}

static guint32
get_32 (const KutipZip *self, gsize at)
{
  return (guint32) get_16 (self, at) | (guint32) get_16 (self, at + 2) << 16;
}

gboolean
kutip_zip_recognise (const char *bytes, gsize n_bytes)
{
  return n_bytes >= 4 && memcmp (bytes, "PK\x03\x04", 4) == 0;
}

/* The end of the directory, which only a comment may follow. */
static gboolean
find_end (const KutipZip *self, gsize *end)
{
  gsize first = self->n < END_SIZE + MAX_COMMENT ? 0 : self->n - END_SIZE - MAX_COMMENT;

  if (self->n < END_SIZE)
    return FALSE;
  for (gsize at = self->n - END_SIZE + 1; at-- > first;)
    if (get_32 (self, at) == END_SIGNATURE &&
        at + END_SIZE + get_16 (self, at + 20) == self->n)
      {
        *end = at;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_safe_name (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  return *name != '\0' && *name != '/' &&
         !(g_ascii_isalpha (name[0]) && name[1] == ':') &&
         !g_strv_contains ((const char *const *) parts, "..");
}

/* Names are UTF-8, or, by old programs, in a charset that nobody tells; between folders
 * some of these write a backslash, which is allowed nowhere. */
static char *
make_name (const KutipZip *self, gsize at, gsize n)
{
  g_autofree char *raw = g_strndup ((const char *) self->data + at, n);

  if (strlen (raw) != n)
    return g_strdup ("");
  return g_utf8_make_valid (g_strdelimit (raw, "\\", '/'), -1);
}

/* The entry's own head must lie where the directory says, and not beyond @limit. */
static gboolean
locate (KutipZip *self, Entry *entry, gsize at, gsize limit, GError **error)
{
  guint64 start;

  if (at + ENTRY_SIZE > limit || get_32 (self, at) != ENTRY_SIGNATURE)
    return fail (error, _ ("“%s” is not where it should be"), entry->name);
  start = (guint64) at + ENTRY_SIZE + get_16 (self, at + 26) + get_16 (self, at + 28);
  if (start + entry->n_packed > limit)
    return fail (error, _ ("“%s” is cut off"), entry->name);
  entry->start = (gsize) start;
  return TRUE;
}

static gboolean
check_entry (KutipZip *self, const Entry *entry, gsize line, GError **error)
{
  guint creator = get_16 (self, line + 4) >> 8;
  guint mode = get_32 (self, line + 38) >> 16;

  if (!is_safe_name (entry->name))
    return fail (error, _ ("“%s” is no name of a file in it"), entry->name);
  if ((get_16 (self, line + 8) & FLAG_ENCRYPTED) != 0)
    return fail (error, _ ("“%s” is encrypted"), entry->name);
  if (creator == 3 && (mode & UNIX_KIND) == UNIX_LINK)
    return fail (error, _ ("“%s” is a symbolic link"), entry->name);
  if (entry->method != STORED && entry->method != DEFLATED)
    return fail (error, _ ("“%s” is packed in a way that cannot be read"), entry->name);
  if (entry->n_bytes > KUTIP_ZIP_MAX_BYTES)
    return fail (error, _ ("“%s” is too large"), entry->name);
  if (entry->method == STORED
          ? entry->n_bytes != entry->n_packed
          : entry->n_bytes > KUTIP_ZIP_LARGE &&
                entry->n_bytes / KUTIP_ZIP_MAX_RATIO > entry->n_packed)
    return fail (error, _ ("“%s” would grow too much"), entry->name);
  return TRUE;
}

/* What the line of the directory says; but for where the entry is. */
static void
read_entry (const KutipZip *self, gsize line, Entry *entry)
{
  *entry = (Entry){
    .name = make_name (self, line + LINE_SIZE, get_16 (self, line + 28)),
    .method = get_16 (self, line + 10),
    .crc = get_32 (self, line + 16),
    .n_packed = get_32 (self, line + 20),
    .n_bytes = get_32 (self, line + 24),
  };
}

/* Of one that was found to be good. */
static void
load_entry (const KutipZip *self, guint i, Entry *entry)
{
  gsize line = g_array_index (self->lines, guint32, i);
  gsize at = get_32 (self, line + 42);

  read_entry (self, line, entry);
  entry->start = at + ENTRY_SIZE + get_16 (self, at + 26) + get_16 (self, at + 28);
}

static guint32
hash_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_hash (lower);
}

/* Where the bytes of an entry are. */
typedef struct
{
  gsize start, end;
  guint entry;
} Extent;

/* Reads one line of the directory at *@at, and moves behind it. */
static gboolean
read_line (KutipZip *self,
           gsize *at,
           gsize directory,
           gsize end,
           GArray *extents,
           GError **error)
{
  g_auto (Entry) entry = { NULL };
  guint32 line = (guint32) *at;
  Named named = { 0, self->lines->len };
  Extent extent = { 0, 0, self->lines->len };

  if (*at + LINE_SIZE > end || get_32 (self, line) != LINE_SIGNATURE)
    return fail (error, _ ("its directory is broken"));
  *at = (gsize) line + LINE_SIZE + get_16 (self, line + 28) + get_16 (self, line + 30) +
        get_16 (self, line + 32);
  if (*at > end)
    return fail (error, _ ("its directory is broken"));
  read_entry (self, line, &entry);
  if (!check_entry (self, &entry, line, error) ||
      !locate (self, &entry, get_32 (self, line + 42), directory, error))
    return FALSE;
  named.hash = hash_name (entry.name);
  extent.start = entry.start;
  extent.end = entry.start + entry.n_packed;
  self->n_total += entry.n_bytes;
  g_array_append_val (self->lines, line);
  g_array_append_val (self->names, named);
  g_array_append_val (extents, extent);
  return TRUE;
}

static int
compare_name (const KutipZip *self, const Named *named, guint32 hash, const char *name)
{
  g_auto (Entry) entry = { NULL };

  if (named->hash != hash)
    return named->hash < hash ? -1 : 1;
  load_entry (self, named->entry, &entry);
  return g_ascii_strcasecmp (entry.name, name);
}

static int
compare_named (gconstpointer a, gconstpointer b, gpointer data)
{
  const Named *x = a, *y = b;
  g_auto (Entry) entry = { NULL };

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  load_entry (data, y->entry, &entry);
  return compare_name (data, x, y->hash, entry.name);
}

/* As a file system that knows no case would have it. */
static gboolean
check_names (KutipZip *self, GError **error)
{
  g_array_sort_with_data (self->names, compare_named, self);
  for (guint i = 1; i < self->names->len; i++)
    {
      const Named *named = &g_array_index (self->names, Named, i);
      g_auto (Entry) entry = { NULL };

      if (compare_named (named - 1, named, self) != 0)
        continue;
      load_entry (self, named->entry, &entry);
      return fail (error, _ ("“%s” is in it twice"), entry.name);
    }
  return TRUE;
}

static int
compare_extents (gconstpointer a, gconstpointer b)
{
  const Extent *left = a, *right = b;

  return left->start < right->start ? -1 : left->start > right->start;
}

/* Entries that share bytes make small archives that unpack to petabytes. */
static gboolean
check_overlaps (KutipZip *self, GArray *extents, GError **error)
{
  if (self->n_total > KUTIP_ZIP_MAX_TOTAL)
    return fail (error, _ ("what it holds is too large"));
  g_array_sort (extents, compare_extents);
  for (guint i = 1; i < extents->len; i++)
    {
      const Extent *before = &g_array_index (extents, Extent, i - 1);
      const Extent *extent = &g_array_index (extents, Extent, i);
      g_auto (Entry) first = { NULL };
      g_auto (Entry) second = { NULL };

      if (before->end + ENTRY_SIZE <= extent->start)
        continue;
      load_entry (self, before->entry, &first);
      load_entry (self, extent->entry, &second);
      return fail (error, _ ("“%1$s” and “%2$s” lie on one another"), first.name,
                   second.name);
    }
  return TRUE;
}

static gboolean
read_directory (KutipZip *self, GError **error)
{
  g_autoptr (GArray) extents = g_array_new (FALSE, FALSE, sizeof (Extent));
  gsize end, at, directory, n_entries;

  if (!find_end (self, &end))
    return fail (error, _ ("its end is missing"));
  n_entries = get_16 (self, end + 10);
  directory = get_32 (self, end + 16);
  if (get_16 (self, end + 4) != 0 || get_16 (self, end + 8) != n_entries ||
      (guint64) directory + get_32 (self, end + 12) > end || directory == G_MAXUINT32)
    return fail (error, _ ("its directory is broken"));
  at = directory;
  for (gsize i = 0; i < n_entries; i++)
    if (!read_line (self, &at, directory, end, extents, error))
      return FALSE;
  return check_names (self, error) && check_overlaps (self, extents, error);
}

KutipZip *
kutip_zip_open (GBytes *bytes, GError **error)
{
  g_autoptr (KutipZip) self = g_new0 (KutipZip, 1);

  self->bytes = g_bytes_ref (bytes);
  self->data = g_bytes_get_data (bytes, &self->n);
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->names = g_array_new (FALSE, FALSE, sizeof (Named));
  return read_directory (self, error) ? g_steal_pointer (&self) : NULL;
}

void
kutip_zip_free (KutipZip *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_array_unref (self->lines);
  g_array_unref (self->names);
  g_free (self->name);
  g_free (self);
}

guint
kutip_zip_get_n_entries (KutipZip *self)
{
  return self->lines->len;
}

const char *
kutip_zip_get_name (KutipZip *self, guint i)
{
  Entry entry;

  load_entry (self, i, &entry);
  g_free (self->name);
  self->name = entry.name;
  return self->name;
}

int
kutip_zip_find (KutipZip *self, const char *name)
{
  guint32 hash = hash_name (name);
  guint low = 0, high = self->names->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Named *named = &g_array_index (self->names, Named, middle);
      int order = compare_name (self, named, hash, name);

      if (order == 0)
        return (int) named->entry;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return -1;
}

/* Unpacks into exactly @entry->n_bytes. */
static gboolean
inflate_entry (const KutipZip *self, const Entry *entry, guchar *out)
{
  z_stream stream = {
    .next_in = (Bytef *) (gpointer) (self->data + entry->start),
    .avail_in = entry->n_packed,
    .next_out = out,
    .avail_out = entry->n_bytes,
  };
  guchar beyond;
  int status;

  if (inflateInit2 (&stream, -MAX_WBITS) != Z_OK)
    return FALSE;
  status = inflate (&stream, Z_FINISH);
  /* The last bytes may be out while the end of the stream is still to be read. */
  if (status == Z_BUF_ERROR && stream.avail_out == 0)
    {
      stream.next_out = &beyond;
      stream.avail_out = 1;
      status = inflate (&stream, Z_FINISH);
    }
  inflateEnd (&stream);
  return status == Z_STREAM_END && stream.total_out == entry->n_bytes;
}

GBytes *
kutip_zip_read (KutipZip *self, guint i, GError **error)
{
  g_auto (Entry) entry = { NULL };
  g_autoptr (GBytes) bytes = NULL;
  const guchar *data;

  load_entry (self, i, &entry);
  if (entry.method == STORED)
    bytes = g_bytes_new_from_bytes (self->bytes, entry.start, entry.n_bytes);
  else
    {
      guchar *out = g_try_malloc (MAX (entry.n_bytes, 1u));

      if (out == NULL || !inflate_entry (self, &entry, out))
        {
          g_free (out);
          fail (error, _ ("“%s” cannot be unpacked"), entry.name);
          return NULL;
        }
      bytes = g_bytes_new_take (out, entry.n_bytes);
    }
  data = g_bytes_get_data (bytes, NULL);
  if ((guint32) crc32_z (crc32_z (0, NULL, 0), data, entry.n_bytes) != entry.crc)
    {
      fail (error, _ ("the checksum of “%s” is wrong"), entry.name);
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

/* --- part by part --- */

struct _KutipZipStream
{
  KutipZip *zip;
  Entry entry;
  z_stream stream;
  gsize n_out;
  guint32 crc;
  gboolean at_end; /* of the packed bytes */
};

KutipZipStream *
kutip_zip_stream_new (KutipZip *self, guint i)
{
  KutipZipStream *stream = g_new0 (KutipZipStream, 1);

  stream->zip = self;
  load_entry (self, i, &stream->entry);
  stream->crc = (guint32) crc32_z (0, NULL, 0);
  stream->stream.next_in = (Bytef *) (gpointer) (self->data + stream->entry.start);
  stream->stream.avail_in = stream->entry.n_packed;
  if (inflateInit2 (&stream->stream, -MAX_WBITS) != Z_OK)
    g_error ("No memory to unpack");
  return stream;
}

void
kutip_zip_stream_free (KutipZipStream *self)
{
  if (self == NULL)
    return;
  inflateEnd (&self->stream);
  clear_entry (&self->entry);
  g_free (self);
}

static gssize
copy_stored (KutipZipStream *self, char *buffer, gsize n)
{
  n = MIN (n, self->entry.n_bytes - self->n_out);
  if (n > 0)
    memcpy (buffer, self->zip->data + self->entry.start + self->n_out, n);
  return (gssize) n;
}

/* -1: it is damaged. */
static gssize
inflate_some (KutipZipStream *self, char *buffer, gsize n)
{
  int status = Z_OK;

  n = MIN (n, (gsize) 1 << 30);
  self->stream.next_out = (Bytef *) buffer;
  self->stream.avail_out = (uInt) n;
  while (!self->at_end && self->stream.avail_out > 0 && status == Z_OK)
    {
      status = inflate (&self->stream, Z_NO_FLUSH);
      self->at_end = status == Z_STREAM_END;
    }
  n -= self->stream.avail_out;
  /* More than the directory says would be a bomb. */
  return (status == Z_OK || status == Z_STREAM_END) &&
                 self->n_out + n <= self->entry.n_bytes
             ? (gssize) n
             : -1;
}

gssize
kutip_zip_stream_read (KutipZipStream *self, char *buffer, gsize n, GError **error)
{
  gssize n_read = self->entry.method == STORED ? copy_stored (self, buffer, n)
                                               : inflate_some (self, buffer, n);

  if (n_read < 0 || (n_read == 0 && self->n_out != self->entry.n_bytes))
    {
      fail (error, _ ("“%s” cannot be unpacked"), self->entry.name);
      return -1;
    }
  self->n_out += (gsize) n_read;
  self->crc = (guint32) crc32_z (self->crc, (const Bytef *) buffer, (gsize) n_read);
  if (n_read == 0 && self->crc != self->entry.crc)
    {
      fail (error, _ ("the checksum of “%s” is wrong"), self->entry.name);
      return -1;
    }
  return n_read;
}
