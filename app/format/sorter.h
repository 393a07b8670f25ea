/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/spill.h"

G_BEGIN_DECLS

/* Puts records, which are bytes, in the order of their bytes, however many there are:
 * what is more than a little waits, sorted, in a spill, and is merged on its way back.
 * Memory grows with the largest record alone. Records of the same bytes all come. */
typedef struct _KutipSorter KutipSorter;

/* So many bytes may be in the memory while records are added, and about as many while
 * they are read. */
#define KUTIP_SORTER_MOST ((gsize) 1 << 18)

/* @most is for tests; others give KUTIP_SORTER_MOST. */
KutipSorter *kutip_sorter_new (KutipSpillFunc open, gsize most);
void kutip_sorter_free (KutipSorter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSorter, kutip_sorter_free)

gboolean kutip_sorter_add (KutipSorter *self, const char *bytes, gsize n, GError **error);
guint64 kutip_sorter_get_n (KutipSorter *self);
/* After the last record, before the first is read; and once more to read them from the
 * first again. */
gboolean kutip_sorter_begin (KutipSorter *self, GError **error);
/* The next in order, which stays until the next call; NULL at the end, or with @error. */
const char *kutip_sorter_next (KutipSorter *self, gsize *n, GError **error);

G_END_DECLS
