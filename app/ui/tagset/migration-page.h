/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/migrate/migrate.h"
#include "model/tagset-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What saving would do to the annotations of the folder: a row for each term that
 * changes, with how many annotations it concerns, and for those that were removed a
 * choice of what becomes of them, which goes into @draft. */
GtkWidget *kutip_migration_page_new (KutipTagsetDraft *draft,
                                     KutipMigration *migration,
                                     const KutipMigrateReport *report);

/* Sidecars that were or would be left as they are; NULL when there are none. */
GtkWidget *kutip_migration_problems_new (const KutipMigrateReport *report);

G_END_DECLS
