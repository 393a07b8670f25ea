/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a reader has been, as an editor keeps it: small steps move the last place along,
 * a jump leaves it behind and makes a new one. Going back leaves the way forward until
 * the next jump. */
typedef struct _KutipPlaces KutipPlaces;

KutipPlaces *kutip_places_new (void);
void kutip_places_free (KutipPlaces *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipPlaces, kutip_places_free)

/* The reader is at @offset (code points) of @file. */
void kutip_places_visit (KutipPlaces *self, GFile *file, guint offset);
/* The last place before, or after, where the reader is; @file is borrowed. FALSE when
 * there is none. */
gboolean kutip_places_step (KutipPlaces *self,
                            gboolean forward,
                            GFile **file,
                            guint *offset);
gboolean kutip_places_can_step (KutipPlaces *self, gboolean forward);

G_END_DECLS
