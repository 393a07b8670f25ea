/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Zip archives in memory (APPNOTE 6.3.10, without encryption, volumes and the extensions
 * for more than 4 GiB), for formats that are one. Nothing is ever unpacked onto a disk.
 */

/* --- reading --- */

/* Archives of strangers: entries are found by the directory at the end alone; a name that
 * is absolute or leads out by "..", a symbolic link, the same name twice, entries that
 * lie on one another, and one that grows to more than KUTIP_ZIP_MAX_BYTES, or, when it is
 * large, to more than KUTIP_ZIP_MAX_RATIO times its size, are errors. */
typedef struct _KutipZip KutipZip;

#define KUTIP_ZIP_MAX_BYTES ((gsize) 1 << 30)
#define KUTIP_ZIP_LARGE ((gsize) 16 << 20)
#define KUTIP_ZIP_MAX_RATIO 200 /* texts and XML come to 3 to 50 */
#define KUTIP_ZIP_MAX_TOTAL ((guint64) 4 << 30)

KutipZip *kutip_zip_open (GBytes *bytes, GError **error);
void kutip_zip_free (KutipZip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipZip, kutip_zip_free)
/* Whether bytes may begin an archive. */
gboolean kutip_zip_recognise (const char *bytes, gsize n_bytes);

guint kutip_zip_get_n_entries (KutipZip *self);
/* Folders end with "/". It stays until the next call. */
const char *kutip_zip_get_name (KutipZip *self, guint i);
/* The entry of that name, without regard to the case of ASCII letters; -1: none. */
int kutip_zip_find (KutipZip *self, const char *name);
GBytes *kutip_zip_read (KutipZip *self, guint i, GError **error);

/* The same part by part, in memory that does not grow with the entry; @self must stay. */
typedef struct _KutipZipStream KutipZipStream;
KutipZipStream *kutip_zip_stream_new (KutipZip *self, guint i);
void kutip_zip_stream_free (KutipZipStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipZipStream, kutip_zip_stream_free)
/* Up to @n bytes; 0 at the end, where all of it was what the directory said; -1 with
 * @error. */
gssize kutip_zip_stream_read (KutipZipStream *self,
                              char *buffer,
                              gsize n,
                              GError **error);

/* --- writing --- */

/* An archive is written front to back: entries, which may be made in different threads
 * and follow one another in one stream, each with its line of the directory; the
 * directory and its end. The same entries give the same bytes. */

/* Appends an entry to @out, and to @directory its line with the entry's length for a
 * place. */
void kutip_zip_append_entry (
    GString *out, GString *directory, const char *name, const char *bytes, gsize n_bytes);
/* The same for one that comes part by part. What is packed is appended to @packed, which
 * may be emptied at any time; its head, which comes before all of it, is known at the end
 * only. */
typedef struct _KutipZipEntry KutipZipEntry;
KutipZipEntry *kutip_zip_entry_new (GString *packed, const char *name);
void kutip_zip_entry_append (KutipZipEntry *self, const char *bytes, gsize n_bytes);
guint64 kutip_zip_entry_get_n_bytes (KutipZipEntry *self);
/* Appends the last of it to @packed, and its head and its line. Frees it. FALSE when it
 * became too large. */
gboolean kutip_zip_entry_end (KutipZipEntry *self,
                              GString *head,
                              GString *directory,
                              GError **error);
/* The directory and the end stand behind all entries. Lines come in the order of the
 * entries, in parts of any length, and go to @out as they will stand. */
typedef struct
{
  guint64 place; /* of the next entry */
  guint64 n_bytes;
  guint n_entries;
  GString *rest; /* the beginning of a line */
} KutipZipDirectory;
void kutip_zip_directory_init (KutipZipDirectory *self);
void kutip_zip_directory_append (KutipZipDirectory *self,
                                 const char *lines,
                                 gsize n,
                                 GString *out);
/* Clears it. FALSE when the archive becomes too large. */
gboolean kutip_zip_directory_end (KutipZipDirectory *self, GString *out, GError **error);
/* The same in one go. */
gboolean kutip_zip_append_end (GString *out, const GString *directory, GError **error);

G_END_DECLS
