/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/digest.h"

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/* Which version of a file was seen: device, inode, size, time in nanoseconds and digest.
 */
typedef struct
{
  gboolean exists;
  guint64 device, inode, size;
  gint64 mtime_ns, ctime_ns;
  gint64 seen_ns; /* when it was looked at: times close to it do not prove that nothing
                     was written */
  char sha256[KUTIP_DIGEST_SIZE]; /* of the content; "" when unknown */
} KutipStamp;

/* A plain file's content and stamp, taken from one open file descriptor. Devices, FIFOs
 * and folders are refused, and files of more than @max_bytes. A file that does not exist:
 * NULL without an error, and a stamp that says so. The digest is left to
 * kutip_stamp_digest(). */
GBytes *kutip_stamp_read_undigested (GFile *file,
                                     gsize max_bytes,
                                     KutipStamp *stamp,
                                     GCancellable *cancellable,
                                     GError **error);
/* The same, with the digest. */
GBytes *kutip_stamp_read (GFile *file,
                          gsize max_bytes,
                          KutipStamp *stamp,
                          GCancellable *cancellable,
                          GError **error);
/* The content alone, for those who only look at it once. */
GBytes *kutip_stamp_read_content (GFile *file,
                                  gsize max_bytes,
                                  GCancellable *cancellable,
                                  GError **error);
/* The file's first @n_wanted bytes, or all there are, with a NUL behind; NULL when it is
 * no plain file that can be read. */
char *kutip_stamp_read_head (GFile *file, gsize n_wanted, gsize *n_bytes);
/* Whether the file is still that version. Cheap when the times say so; else by digest. */
gboolean kutip_stamp_matches (const KutipStamp *stamp, GFile *file, GError **error);

/* For those who have the file open: all but the digest, and the digest alone. */
void kutip_stamp_fill (KutipStamp *stamp, const struct stat *status);
void kutip_stamp_digest (KutipStamp *stamp, const char *bytes, gsize n_bytes);

G_END_DECLS
