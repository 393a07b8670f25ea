/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/migrate/migrate-record.h"
#include "model/migration.h"
#include "store/tagset-file.h"

G_BEGIN_DECLS

/* The layers of a folder follow its tag set. All functions are for a thread of their own;
 * no window has an article of the folder open meanwhile, in this program; what another
 * program has open is left alone and told. */

/* A sidecar that stays as it is, and why. */
typedef struct
{
  char *path; /* below the folder; NULL: of the folder itself */
  char *reason;
} KutipMigrateProblem;

/* What came of it, or would. */
typedef struct
{
  guint n_sidecars; /* that were looked at */
  guint n_changed;  /* sidecars */
  guint n_articles; /* that have a changed sidecar */
  guint n_steps;
  guint *hits;         /* a step: how many spans, relations and headers have its term */
  guint *articles;     /* a step: in how many articles */
  GPtrArray *problems; /* of KutipMigrateProblem */
  GFile *record;       /* what can be taken back; NULL when nothing was written */
} KutipMigrateReport;

void kutip_migrate_report_free (KutipMigrateReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipMigrateReport, kutip_migrate_report_free)

/* In the thread that it all runs in; @total is 0 while it is not known. */
typedef void (*KutipMigrateProgress) (guint done, guint total, gpointer data);

/* Looks only. NULL when cancelled, or when the folder cannot be read. */
KutipMigrateReport *kutip_migrate_preview (GFile *folder,
                                           KutipMigration *migration,
                                           KutipMigrateProgress progress,
                                           gpointer data,
                                           GCancellable *cancellable,
                                           GError **error);

/* What is written. */
typedef struct
{
  KutipTagsetFile *file;  /* as it was read */
  KutipTagset *tagset;    /* as it shall be */
  const char *guidelines; /* or NULL: as they are */
  KutipMigration *migration;
} KutipMigrateJob;

/* Writes the tag set, then each sidecar that changes; all are kept in the report's record
 * as they were. A sidecar that cannot be changed (it is broken, of a newer format, open
 * elsewhere, not writable) is reported, and the others go on. The undo history of a
 * sidecar gets the migration as a step where its article is unchanged. NULL, and
 * everything as it was, when cancelled or when the tag set cannot be written. */
KutipMigrateReport *kutip_migrate_run (const KutipMigrateJob *job,
                                       KutipMigrateProgress progress,
                                       gpointer data,
                                       GCancellable *cancellable,
                                       GError **error);

/* Puts everything back that has not been changed since; that which has is reported, and
 * the record then stays. NULL when the record cannot be read. */
KutipMigrateReport *kutip_migrate_take_back (GFile *record,
                                             KutipMigrateProgress progress,
                                             gpointer data,
                                             GError **error);

G_END_DECLS
