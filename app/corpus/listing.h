/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/entry.h"

G_BEGIN_DECLS

/* Where a list of entries became another one: at @position, in the list that is changed
 * step by step, @n_removed went and @n_added came. */
typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} KutipListingChange;

/* What is in a folder. Nobody holds 100,000 entries once more for it: those that were
 * known before are those of @known. */
typedef struct
{
  GPtrArray *entries; /* KutipEntry in order, not owned */
  GPtrArray *added;   /* those of them that were not known, owned */
  GPtrArray *folders; /* strings below the root; "" for itself */
  GArray *changes;    /* KutipListingChange, from what was known to the entries */
} KutipListing;

void kutip_listing_free (KutipListing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipListing, kutip_listing_free)

/* Looks into a folder again, in a thread; @known are the entries (KutipEntry) that it had
 * before. They stay, and the array does not change, until the callback is called. */
void kutip_listing_make_async (GFile *root,
                               const char *annotator,
                               GPtrArray *known,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
/* NULL when it was cancelled, and only then, however far it had come. @error can be set
 * beside a listing: what could not be read. */
KutipListing *kutip_listing_make_finish (GAsyncResult *result, GError **error);

/* What makes @after of @before. Both hold pointers, in one order, none twice. */
GArray *kutip_listing_compare (GPtrArray *before, GPtrArray *after);

G_END_DECLS
