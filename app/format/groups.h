/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/spill.h"

G_BEGIN_DECLS

/* Puts together what belongs together: records, which are bytes, of groups that are told
 * of by turns come back group by group. What is more than a little waits on the disk, so
 * memory grows with the largest record alone. */
typedef struct _KutipGroups KutipGroups;

KutipGroups *kutip_groups_new (KutipSpillFunc open);
void kutip_groups_free (KutipGroups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipGroups, kutip_groups_free)

/* @name: of the group; NULL is as good as "". @order: of the record in it, each another;
 * groups are in the order of their least. */
gboolean kutip_groups_add (KutipGroups *self,
                           const char *name,
                           guint64 order,
                           const char *bytes,
                           gsize n,
                           GError **error);
/* The same with the key of a name, as kutip_groups_put_key() makes it. */
gboolean kutip_groups_add_by_key (KutipGroups *self,
                                  const char *key,
                                  guint64 order,
                                  const char *bytes,
                                  gsize n,
                                  GError **error);
/* As a string of fields.h: the name, or a long one's digest, as a file may say a name
 * once that stands with very many records. Never empty. */
void kutip_groups_put_key (GString *out, const char *name);

/* After the last was added. */
gboolean kutip_groups_finish (KutipGroups *self, GError **error);
guint64 kutip_groups_get_n (KutipGroups *self);
/* To the next group, or the first; FALSE at the end, or with @error. What was not read of
 * the one before is passed over. */
gboolean kutip_groups_next (KutipGroups *self, GError **error);
/* The next record in it, which stays until the next call; NULL behind the last, or with
 * @error. */
const char *kutip_groups_next_record (KutipGroups *self, gsize *n, GError **error);

G_END_DECLS
