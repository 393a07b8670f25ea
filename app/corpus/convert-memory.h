/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert-spool.h"
#include "format/format.h"

G_BEGIN_DECLS

/* One record, written by a format into memory. */

typedef struct
{
  char *name; /* "": the main stream */
  GString *bytes;
  KutipSpool *spool; /* what came before them, or NULL */
} KutipMemoryFile;

typedef struct _KutipMemorySink KutipMemorySink;
struct _KutipMemorySink
{
  KutipSink sink;
  GPtrArray *files; /* KutipMemoryFile, in the order in which they were begun */
  gboolean unloads; /* what begins with "++" goes out of the memory when it is much */
  KutipMemorySink *kept; /* borrowed: where peek() looks; NULL: in this one */
};

KutipMemorySink *kutip_memory_sink_new (void);
void kutip_memory_sink_free (KutipMemorySink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipMemorySink, kutip_memory_sink_free)
/* NULL when there is none. */
KutipMemoryFile *kutip_memory_sink_find (KutipMemorySink *self, const char *name);

/* Reads back what @format wrote of @record, and compares the text of every span; those
 * that @report lists as lost may be missing. */
gboolean kutip_memory_sink_verify (KutipMemorySink *self,
                                   const KutipFormat *format,
                                   const KutipFormatOptions *options,
                                   KutipRecord *record,
                                   KutipReport *report,
                                   GError **error);

G_END_DECLS
