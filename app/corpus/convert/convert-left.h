/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/report.h"

G_BEGIN_DECLS

/* Files that are passed over in a folder, as they are surely in another format than the
 * one that was found for the folder: whoever named the folder is told. */
typedef struct _KutipConvertLeft KutipConvertLeft;

KutipConvertLeft *kutip_convert_left_new (void);
void kutip_convert_left_free (KutipConvertLeft *self);

/* Counts @path, which is not read, if its name or its content is surely another format's;
 * only a plain file is looked into. */
void kutip_convert_left_note (KutipConvertLeft *self,
                              const KutipFormat *read,
                              const char *path,
                              gboolean is_plain);
/* A warning for each format and folder, at its first file; forgets them. */
void kutip_convert_left_tell (KutipConvertLeft *self,
                              const KutipFormat *read,
                              KutipReport *report);

G_END_DECLS
