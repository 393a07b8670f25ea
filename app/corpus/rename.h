/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Other names for labels, attributes, values and relations, and n-ary events turned into
 * direct relations or back. Read from JSON; all members but "format" may be absent:
 *
 *   {"format": 1,
 *    "labels": {"Source": "source", "Content": "quote"},
 *    "attributes": {"Certainty": "certainty"},
 *    "values": {"certainty": {"high": "sure"}},
 *    "relations": {"said_by": "attributed-to"},
 *    "unfold": {"trigger": "Attribution", "from": "Content",
 *               "relations": {"Source": "attributed-to", "Cue": "introduced-by"}},
 *    "fold": {"trigger": "Attribution", "at": "introduced-by", "from": "Content",
 *             "relations": {"attributed-to": "Source", "introduced-by": "Cue"}},
 *    "tagset": "news-attribution"}
 *
 * "values" goes by the new names of attributes. "unfold" takes away spans labelled
 * "trigger" from which relations go to an event's parts, and links its part "from"
 * directly with the others; a trigger whose place no part has is reported as lost.
 * "fold" makes such triggers, where the part "at" stands. Attributes of one span that get
 * one name become a list; a flag beside values is reported as lost.
 * "tagset" names a shipped tag set that the result is for. */
typedef struct _KutipRenaming KutipRenaming;

KutipRenaming *kutip_renaming_new_from_json (const char *bytes,
                                             gsize n_bytes,
                                             GError **error);
/* One that is shipped: "polnear-to-kutip", "kutip-to-polnear". NULL for another name. */
KutipRenaming *kutip_renaming_load_builtin (const char *name);
const char *const *kutip_renaming_list_builtin (void);
void kutip_renaming_free (KutipRenaming *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipRenaming, kutip_renaming_free)

/* Borrowed; NULL when the map does not say. */
KutipTagset *kutip_renaming_get_tagset (KutipRenaming *self);
/* @tagset under the new names, unless the map says what tag set the result is for; it is
 * @tagset itself, with a warning of @path, when that would contradict itself. NULL for
 * NULL; owned. May be called in several threads at a time. */
KutipTagset *kutip_renaming_rename_tagset (KutipRenaming *self,
                                           KutipTagset *tagset,
                                           const char *path,
                                           KutipReport *report);
/* Puts new layers and the renamed tag set into @record. May be called in several threads
 * at a time. */
void kutip_renaming_apply (KutipRenaming *self, KutipRecord *record, KutipReport *report);

G_END_DECLS
