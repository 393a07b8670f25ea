/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A hidden folder beside a tag set, ".kutip-migration-N", that holds files as they were
 * before a migration, and a log of what each was replaced with: so that it can be taken
 * back. A file's copy and its line in the log are on the disk before the file is
 * replaced. */
typedef struct _KutipMigrateRecord KutipMigrateRecord;

/* A new one, with the first number that is free. */
KutipMigrateRecord *kutip_migrate_record_new (GFile *folder, GError **error);
void kutip_migrate_record_free (KutipMigrateRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipMigrateRecord, kutip_migrate_record_free)
GFile *kutip_migrate_record_get_folder (KutipMigrateRecord *self);

/* The file at @path (below the tag set's folder) holds @before (NULL: there is none), and
 * is about to hold what has the digest @after. */
gboolean kutip_migrate_record_add (KutipMigrateRecord *self,
                                   const char *path,
                                   GBytes *before,
                                   const char *after,
                                   GError **error);

/* The record of the last migration in @folder that was not taken back, or NULL. */
GFile *kutip_migrate_record_find (GFile *folder);

/* A line of the log. */
typedef struct
{
  char *path;
  char *after;     /* digest */
  gboolean is_new; /* there was no such file before */
} KutipMigrateLine;

void kutip_migrate_line_free (KutipMigrateLine *self);
/* Of KutipMigrateLine, in the order in which they were added. */
GPtrArray *kutip_migrate_record_read (GFile *record, GError **error);
/* Of a log's bytes. */
GPtrArray *kutip_migrate_record_parse (const char *bytes, gsize n_bytes);
/* Where the copy of @path is. */
GFile *kutip_migrate_record_get_copy (GFile *record, const char *path);
/* All of it is taken back. */
void kutip_migrate_record_remove (GFile *record);

G_END_DECLS
