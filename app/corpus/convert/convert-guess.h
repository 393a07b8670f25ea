/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert-stream.h"

G_BEGIN_DECLS

/* What @path is in, by its name and its first kilobytes; NULL: nothing that is known, or
 * with @error when it cannot be read. */
const KutipFormat *kutip_convert_guess_stream (KutipConvertStream *stream,
                                               const char *path,
                                               GError **error);

/* The same of a file; NULL too when it cannot be read. */
const KutipFormat *kutip_convert_guess_file (const char *path, GCancellable *cancellable);

/* The format of a folder: that of the first file whose name is sure, or whose content is
 * while none is called as a sidecar, else of the first that may be one; NULL with @error.
 */
const KutipFormat *kutip_convert_guess_folder (const char *folder,
                                               GCancellable *cancellable,
                                               GError **error);

/* Whether @name ends like files of @format. */
gboolean kutip_convert_guess_has_suffix (const KutipFormat *format, const char *name);

/* Whether files of that name are read when the folder is that they are in. */
gboolean kutip_convert_guess_is_walked (const KutipFormat *format, const char *name);

/* @path has nothing in it to read; is in no format that is known. */
void kutip_convert_guess_set_empty (GError **error, const char *path);
void kutip_convert_guess_set_unknown (GError **error, const char *path);

G_END_DECLS
