/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file, or standard input, cut into a format's units while it is read. Holds little
 * more than one unit. */
typedef struct _KutipConvertStream KutipConvertStream;

/* @path "-": standard input. */
KutipConvertStream *kutip_convert_stream_new (const char *path,
                                              GCancellable *cancellable,
                                              GError **error);
void kutip_convert_stream_free (KutipConvertStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipConvertStream, kutip_convert_stream_free)

/* The first kilobytes; borrowed until the next call. NULL with @error. */
const char *kutip_convert_stream_peek (KutipConvertStream *self,
                                       gsize *n_bytes,
                                       GError **error);
/* The next unit and the number of its first line; NULL at the end, or with @error. */
GBytes *kutip_convert_stream_next (KutipConvertStream *self,
                                   const KutipFormat *format,
                                   guint64 *line,
                                   GError **error);
/* How the first unit began, up to a few kilobytes of it; borrowed. NULL when only that
 * was handed out. */
GBytes *kutip_convert_stream_get_head (KutipConvertStream *self);
/* How much of a plain file was handed out, from 0 to 1; 0 of what else there is, as
 * nobody knows how long that is. */
double kutip_convert_stream_get_share (KutipConvertStream *self);
/* Whether the last unit lies in a view of a spool. */
gboolean kutip_convert_stream_is_on_disk (KutipConvertStream *self);

/* Whether the next unit is not here and cannot be read without waiting for it. */
gboolean kutip_convert_stream_waits (KutipConvertStream *self, const KutipFormat *format);

/* The whole of a file that was named; NULL with @error, or without one when there is
 * none. A pipe is waited for until @cancellable says no. */
GBytes *kutip_convert_stream_load (const char *path,
                                   GCancellable *cancellable,
                                   GError **error);
/* The same for a file that was found: pipes, sockets and devices are an error. */
GBytes *kutip_convert_stream_load_plain (const char *path, GError **error);
/* That @path is none to be found in a folder. */
void kutip_convert_stream_fail_kind (const char *path, GError **error);

/* What people read of @path: its name, or of "-" that it is standard input. */
char *kutip_convert_stream_dup_shown (const char *path);

G_END_DECLS
