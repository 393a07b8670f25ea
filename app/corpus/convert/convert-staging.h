/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a conversion leaves what it makes until all of it is there. Dropping it without
 * having committed it leaves everything as it was. */
typedef struct _KutipStaging KutipStaging;

/* One stream, into a file that it replaces, or with @path NULL to standard output: as it
 * comes, or when @spool at the end. */
KutipStaging *kutip_staging_new_for_stream (const char *path,
                                            gboolean spool,
                                            GError **error);
/* Files in a folder; one that is there already is added to, and its files are only
 * replaced with @force. */
KutipStaging *kutip_staging_new_for_folder (const char *path,
                                            gboolean force,
                                            GError **error);
void kutip_staging_free (KutipStaging *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipStaging, kutip_staging_free)

gboolean kutip_staging_is_folder (KutipStaging *self);
/* What goes into a pipe, and need not wait for the end, is on its way after this. */
gboolean kutip_staging_flush (KutipStaging *self, GError **error);
gboolean kutip_staging_append (KutipStaging *self,
                               const char *bytes,
                               gsize n,
                               GError **error);
/* A whole file; @name may hold "/", but nothing that leads out of the folder, and must be
 * new, or there already with the same bytes: the article of several annotators whose
 * annotations come one by one. */
gboolean kutip_staging_add_file (
    KutipStaging *self, const char *name, const char *bytes, gsize n, GError **error);
/* The same for files that come in parts by turns. */
gboolean kutip_staging_append_to_file (
    KutipStaging *self, const char *name, const char *bytes, gsize n, GError **error);
/* For one that comes in parts, with kutip_staging_append() between them; one
 * at a time. */
gboolean kutip_staging_begin_file (KutipStaging *self, const char *name, GError **error);
gboolean kutip_staging_end_file (KutipStaging *self, GError **error);
/* A file beside a stream that goes into a file: they come together. */
gboolean kutip_staging_add_beside (
    KutipStaging *self, const char *name, const char *bytes, gsize n, GError **error);
/* Whether it was added. */
gboolean kutip_staging_has_file (KutipStaging *self, const char *name);
/* A file without a name, in the file system of the output, for what is put in order
 * later; the caller closes it. -1 with @error. */
int kutip_staging_open_spool (KutipStaging *self, GError **error);
/* A file of the folder, if it is there, goes when everything is put in its place. */
void kutip_staging_drop_file (KutipStaging *self, const char *name);
/* Puts everything in its place, or nothing. */
gboolean kutip_staging_commit (KutipStaging *self, GError **error);

G_END_DECLS
