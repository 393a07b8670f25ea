/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Files in memory, for formats to read from and write to; and a folder of the disk as a
 * source. */
typedef struct
{
  KutipSink sink;
  GHashTable *files; /* name -> GString */
} MemoryFiles;

MemoryFiles *memory_files_new (void);
void memory_files_free (MemoryFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoryFiles, memory_files_free)
void memory_files_put (MemoryFiles *self, const char *name, const char *content);
/* NULL when there is none. */
const char *memory_files_get (MemoryFiles *self, const char *name);
/* Copies a folder of the disk, not what is below it; FALSE when it is not there. */
gboolean memory_files_load (MemoryFiles *self, const char *folder);

/* Reads one file by @format; KutipRecords in order. */
GPtrArray *memory_files_read (MemoryFiles *self,
                              const char *name,
                              const KutipFormat *format,
                              const KutipFormatOptions *options,
                              KutipReport *report,
                              GError **error);

/* The same of a file that stands alone, by the name of its format. */
GPtrArray *memory_files_read_bytes (const char *format,
                                    const char *name,
                                    const char *bytes,
                                    gsize n,
                                    KutipReport *report,
                                    GError **error);

G_END_DECLS
