/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert-spool.h"
#include "format/format.h"

G_BEGIN_DECLS

/* One record, written by a format into memory. */

typedef struct
{
  char *name;        /* "": the main stream */
  GHashTable *words; /* of a name with one "+": those that are there; else NULL */
  GString *bytes;
  KutipSpool *spool; /* what came before them, or NULL */
  KutipSpoolView *view;
} KutipMemoryFile;

/* With what is in the spool. */
gsize kutip_memory_file_get_n_bytes (KutipMemoryFile *self);
/* All of it part by part. */
gboolean kutip_memory_file_foreach (KutipMemoryFile *self,
                                    void (*each) (const char *bytes,
                                                  gsize n,
                                                  gpointer data),
                                    gpointer data,
                                    GError **error);
/* All of it, until more is appended or the view dropped. NULL with @error when it cannot
 * be read from the spool. */
const char *kutip_memory_file_view (KutipMemoryFile *self,
                                    gsize *n_bytes,
                                    GError **error);
void kutip_memory_file_drop_view (KutipMemoryFile *self);

typedef struct _KutipMemorySink KutipMemorySink;
struct _KutipMemorySink
{
  KutipSink sink;
  GPtrArray *files; /* KutipMemoryFile, in the order in which they were begun */
  /* So many bytes of a name may be in the memory; all that is beyond it goes out, unless
   * the name begins with "+", and not with "++": peek() has that as a whole. 0: all
   * stays. */
  gsize most;
  KutipMemorySink *kept; /* borrowed: where peek() looks; NULL: in this one */
};

/* For @most. */
#define KUTIP_MEMORY_MOST_KEPT ((gsize) 1 << 18)
#define KUTIP_MEMORY_MOST_OF_RECORD ((gsize) 1 << 20)

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
