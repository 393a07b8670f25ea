/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/edit.h"

G_BEGIN_DECLS

/* What annotations are made of in the words of a tag set. */
typedef enum
{
  KUTIP_TERM_LABEL,
  KUTIP_TERM_ATTRIBUTE,
  KUTIP_TERM_VALUE, /* of an attribute */
  KUTIP_TERM_RELATION,
} KutipTerm;

/* What becomes of annotations whose term the new tag set does not have under that name.
 */
typedef enum
{
  KUTIP_FATE_KEEP,   /* they stay, and are unknown to the tag set */
  KUTIP_FATE_RENAME, /* they get another one that it has */
  KUTIP_FATE_DELETE,
} KutipFate;

typedef struct
{
  KutipTerm term;
  const char *attribute; /* of a value: its attribute, by the old name; else NULL */
  const char *from;      /* the old name */
  KutipFate fate;
  const char *to; /* with KUTIP_FATE_RENAME: the new name */
} KutipMigrationStep;

/* How layers made with one version of a tag set become those of another: one step for
 * each term that was renamed, merged or removed, all at once, so that two labels can
 * exchange their names. Strings are copied. Read-only once it is used, from any thread.
 */
typedef struct _KutipMigration KutipMigration;

/* The tag set that the layers are for afterwards. */
KutipMigration *kutip_migration_new (const char *tagset_name, const char *tagset_version);
void kutip_migration_free (KutipMigration *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipMigration, kutip_migration_free)

void kutip_migration_add (KutipMigration *self, const KutipMigrationStep *step);
guint kutip_migration_get_n_steps (KutipMigration *self);
const KutipMigrationStep *kutip_migration_get_nth_step (KutipMigration *self, guint i);
const char *kutip_migration_get_version (KutipMigration *self);

/* The change that migrates @layer; NULL when nothing in it is another afterwards.
 * @counts, one a step, is set to how many spans, relations and headers have the term,
 * also of those that stay. Times of modification stay: no annotator has changed his mind.
 */
KutipChange *kutip_migration_make_change (KutipMigration *self,
                                          KutipLayer *layer,
                                          guint *counts);

G_END_DECLS
