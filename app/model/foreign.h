/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Members of a JSON object that this version does not know, kept as they were, to be
 * written back in place. Immutable and reference counted; NULL stands for none. */
typedef struct _KutipForeign KutipForeign;

typedef struct
{
  const char *after; /* the known member it stands behind; "" when it comes first */
  const char *name;  /* decoded */
  const char *json;  /* the value, raw, on one line */
} KutipForeignMember;

KutipForeign *kutip_foreign_ref (KutipForeign *self);
void kutip_foreign_unref (KutipForeign *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipForeign, kutip_foreign_unref)

KutipForeign *kutip_foreign_new (const KutipForeignMember *members, guint n);
guint kutip_foreign_get_n (KutipForeign *self);
KutipForeignMember kutip_foreign_get_nth (KutipForeign *self, guint i);
gboolean kutip_foreign_equal (KutipForeign *a, KutipForeign *b);

G_END_DECLS
