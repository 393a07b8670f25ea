/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

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
/* Calls @each for all of it, part by part. */
gboolean kutip_spool_replay (KutipSpool *self,
                             void (*each) (const char *bytes, gsize n, gpointer data),
                             gpointer data,
                             GError **error);

G_END_DECLS
