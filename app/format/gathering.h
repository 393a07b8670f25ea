/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/attributes.h"

G_BEGIN_DECLS

/* Attributes that a file tells one by one, and a list's values one by one. As they are
 * immutable, each would copy all before it: few are, but a file may have any number, and
 * many are gathered here until the end. */
typedef struct _KutipGathering KutipGathering;

KutipGathering *kutip_gathering_new (void);
void kutip_gathering_free (KutipGathering *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipGathering, kutip_gathering_free)

/* Sets one of the attributes at @place, which stays where it is until
 * kutip_gathering_finish(); before that it may not yet have all of them. */
void kutip_gathering_set (KutipGathering *self,
                          KutipAttributes **place,
                          const KutipAttribute *attribute);
/* Adds a value to the attribute @name at @place, or none when @value is NULL. With values
 * before it they are a list; else the attribute is of type @alone. */
void kutip_gathering_add (KutipGathering *self,
                          KutipAttributes **place,
                          const char *name,
                          const char *value,
                          KutipValueType alone);
/* Puts what was gathered in its places. */
void kutip_gathering_finish (KutipGathering *self);

G_END_DECLS
