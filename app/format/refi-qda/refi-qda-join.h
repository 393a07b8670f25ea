/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/fields.h"
#include "format/refi-qda/refi-qda.h"
#include "format/spill.h"

G_BEGIN_DECLS

/* What refers to what in a project. Ids may come before or behind what refers to them,
 * and there may be more of them than can be held: while the project is read the first
 * time all are told here, and go to the disk; then they are put together; and while it is
 * read the second time each source is told what belongs to it, in order. */

/* What a source asks for, in this order. */
typedef enum
{
  KUTIP_REFI_CODES, /* of a selection: only that they are there */
  KUTIP_REFI_NOTES_OF_SELECTION,
  KUTIP_REFI_LINKS, /* from a selection */
  KUTIP_REFI_NOTES_OF_SOURCE,
} KutipRefiWhat;

/* --- the first time: what has gone wrong is told at the end --- */

KutipRefiJoin *kutip_refi_join_new (KutipSpillFunc open);
void kutip_refi_join_free (KutipRefiJoin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipRefiJoin, kutip_refi_join_free)

/* Whether there is no place for any more. */
gboolean kutip_refi_join_failed (KutipRefiJoin *self);
/* An element that has an id of its own. */
void kutip_refi_join_add_element (KutipRefiJoin *self, const char *guid, guint line);
/* The @nth selection of a source, which are counted from 1. */
void kutip_refi_join_add_selection (
    KutipRefiJoin *self, const char *guid, guint line, guint source, guint nth);
void kutip_refi_join_add_note (KutipRefiJoin *self, const KutipRefiNote *note);
/* Something that a source refers to: @nth is that of the selection. */
void kutip_refi_join_add_reference (KutipRefiJoin *self,
                                    const char *guid,
                                    guint line,
                                    guint source,
                                    KutipRefiWhat what,
                                    guint nth);
/* @notes: guids, or NULL. */
void kutip_refi_join_add_link (KutipRefiJoin *self,
                               const KutipRefiLink *link,
                               GPtrArray *notes);
guint kutip_refi_join_get_n_links (KutipRefiJoin *self);

/* FALSE with @error when an id is there twice, or a source refers to what is not there.
 * @codes NULL: only the ids are looked at, as the project ends with an error. */
gboolean kutip_refi_join_finish (KutipRefiJoin *self,
                                 KutipRefiCodes *codes,
                                 GError **error);

/* --- the second time --- */

/* What comes next of the kind; FALSE when there is no more of it, or with @error. What
 * is asked for must be in the order of sources, of kinds and of selections, and may leave
 * some out. @fields stay until the next call, and are for one of the next two. */
gboolean kutip_refi_join_next (KutipRefiJoin *self,
                               guint source,
                               KutipRefiWhat what,
                               guint nth,
                               KutipFields *fields,
                               GError **error);
/* Of a link: the strings belong to @fields, which then has the link's notes. */
void kutip_refi_join_take_link (KutipFields *fields, KutipRefiLink *link);
/* The next note, but for its id; FALSE when there is no more, or with @error. The strings
 * stay until the next call. */
gboolean kutip_refi_join_take_note (KutipRefiJoin *self,
                                    KutipFields *fields,
                                    KutipRefiNote *note,
                                    GError **error);

G_END_DECLS
