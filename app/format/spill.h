/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where something goes that is too much for the memory: bytes behind one another, which
 * are read again from any place. Formats never touch a disk: whoever calls them has a
 * place. */
typedef struct _KutipSpill KutipSpill;
struct _KutipSpill
{
  gboolean (*append) (KutipSpill *self, const char *bytes, gsize n, GError **error);
  /* Exactly @n bytes, which are there. */
  gboolean (*read) (KutipSpill *self, guint64 at, char *bytes, gsize n, GError **error);
  void (*free) (KutipSpill *self);
};

/* Makes one; NULL with @error when there is no place for it. */
typedef KutipSpill *(*KutipSpillFunc) (GError **error);

/* A KutipSpillFunc for what is small: it stays in the memory. */
KutipSpill *kutip_spill_new_in_memory (GError **error);

void kutip_spill_free (KutipSpill *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSpill, kutip_spill_free)

G_END_DECLS
