/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/entry.h"

G_BEGIN_DECLS

/* The threads behind a corpus: one finds the articles, one reads the heads of their
 * sidecars, and of the articles that somebody asks for. What they find is handed over in
 * the main context of the thread that started them, in small batches. */
typedef struct _KutipLoader KutipLoader;

/* What the head of a sidecar says, or that of the article where there is none. */
typedef struct
{
  KutipEntry *entry;
  char *title; /* owned, may be NULL; a receiver that takes it sets it to NULL */
  KutipStatus status;
} KutipHead;

typedef struct
{
  /* In the corpus' order; the entries are owned by the receiver. */
  void (*found) (KutipEntry **entries, guint n, gpointer data);
  void (*read) (KutipHead *heads, guint n, gpointer data);
  /* All articles were found; @error (may be NULL) is what could not be read. Heads may
   * follow. */
  void (*finished) (const GError *error, gpointer data);
} KutipLoaderFuncs;

/* All articles below @root; or with @paths (strings below @root) those alone. */
KutipLoader *kutip_loader_start (GFile *root,
                                 GPtrArray *paths,
                                 const char *annotator,
                                 const KutipLoaderFuncs *funcs,
                                 gpointer data);
/* Reads this entry's files before the others, at any time. */
void kutip_loader_want (KutipLoader *self, KutipEntry *entry);
/* Nothing is handed over any more; the threads end soon. */
void kutip_loader_stop (KutipLoader *self);

G_END_DECLS
