/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The ids of an .ann file's lines of one kind, and what they stand for; both borrowed.
 * While they count up (T1, T2, T5 …), as brat and most others write them, a number is
 * enough, and nothing is hashed. */
typedef struct
{
  GArray *numbered; /* Numbered, by number */
  GHashTable *any;  /* NULL while all are numbered; then it has them all */
} KutipBratIds;

void kutip_brat_ids_init (KutipBratIds *self);
void kutip_brat_ids_clear (KutipBratIds *self);
/* NULL for an unknown one. */
gpointer kutip_brat_ids_lookup (const KutipBratIds *self, const char *id);
/* @id is unknown, and @item not NULL. */
void kutip_brat_ids_add (KutipBratIds *self, const char *id, gpointer item);

G_END_DECLS
