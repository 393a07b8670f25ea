/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/spill.h"

G_BEGIN_DECLS

/* What is too much for the memory, in a file without a name, which goes with it. */
typedef struct _KutipSpool KutipSpool;

/* NULL with @error when there is no place for one. */
KutipSpool *kutip_spool_new (GError **error);
void kutip_spool_free (KutipSpool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSpool, kutip_spool_free)

gboolean kutip_spool_append (KutipSpool *self,
                             const char *bytes,
                             gsize n,
                             GError **error);
gsize kutip_spool_get_n_bytes (KutipSpool *self);
/* Calls @each for all of it, part by part. */
gboolean kutip_spool_replay (KutipSpool *self,
                             void (*each) (const char *bytes, gsize n, gpointer data),
                             gpointer data,
                             GError **error);

/* One for what is read again from any place. A KutipSpillFunc. */
KutipSpill *kutip_spool_new_spill (GError **error);

/* All of it as one piece, for readers that want one: what they have looked at goes out of
 * the memory again, and comes back when they look once more. The spool may be added to,
 * but the view stays as it is. */
typedef struct _KutipSpoolView KutipSpoolView;

/* NULL with @error when there is no room for it. */
KutipSpoolView *kutip_spool_view_new (KutipSpool *spool, GError **error);
void kutip_spool_view_free (KutipSpoolView *self);
const char *kutip_spool_view_get (KutipSpoolView *self, gsize *n_bytes);
/* Lets what was looked at go at once, given the bytes of a view. */
void kutip_spool_view_let_go (const char *bytes, gsize n_bytes);

G_END_DECLS
