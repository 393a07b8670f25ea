/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The files around those that are read: what formats ask a KutipSource for. Safe to use
 * in several threads at a time. */
typedef struct _KutipConvertFiles KutipConvertFiles;

/* @inputs: what the user named; @folders and @texts: the folders and articles among them,
 * borrowed strings. */
KutipConvertFiles *kutip_convert_files_new (char *const *inputs,
                                            GPtrArray *folders,
                                            GPtrArray *texts,
                                            GCancellable *cancellable);
void kutip_convert_files_free (KutipConvertFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipConvertFiles, kutip_convert_files_free)

/* A folder, borrowed, below which names are places; NULL: there is none. */
void kutip_convert_files_set_base (KutipConvertFiles *self, const char *folder);
/* The place of what is at @path, or @name where it is not below the base. Owned. */
char *kutip_convert_files_make_name (KutipConvertFiles *self,
                                     const char *path,
                                     const char *name);

/* Whether a text that the user named stands for brat's annotations beside it: it has no
 * sidecars. */
gboolean kutip_convert_files_has_brat (KutipConvertFiles *self, const char *path);

/* Whether a sidecar of the file at @path lies beside it, so that it is an article
 * whatever it is called. */
gboolean kutip_convert_files_has_sidecar (KutipConvertFiles *self, const char *path);

/* Whether the article of the sidecar at @path is not beside it. */
gboolean kutip_convert_files_is_orphan (KutipConvertFiles *self, const char *path);

/* Where the article at @path can go whose place in the corpus is @place, if it may not
 * have that name in the output with ".txt" behind it as another article beside it is
 * called so: owned. NULL when none is. @named: the user named it itself. */
char *kutip_convert_files_dup_apart (KutipConvertFiles *self,
                                     const char *path,
                                     gboolean named,
                                     const char *place);

/* Gives @source its functions; path and name must be set. */
void kutip_convert_files_attach (KutipConvertFiles *self, KutipSource *source);

/* Moves what there is to tell of tag sets of other tools to @report. */
void kutip_convert_files_tell (KutipConvertFiles *self, KutipReport *report);

/* The tag set for what is at @path: tagset.json there or above; NULL when there is none,
 * or with @error when it is broken. */
KutipTagset *kutip_convert_files_find_tagset (KutipConvertFiles *self,
                                              const char *path,
                                              GError **error);

G_END_DECLS
