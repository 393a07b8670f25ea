/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/relation.h"
#include "model/span.h"

G_BEGIN_DECLS

/* What is missing or wrong in a document: things left to do. */
typedef enum
{
  KUTIP_FINDING_MISSING_RELATION,  /* the label requires one of this type */
  KUTIP_FINDING_MISSING_ATTRIBUTE, /* the label requires it, and it has no default */
  KUTIP_FINDING_UNSURE,
  KUTIP_FINDING_ORPHAN,
  KUTIP_FINDING_UNKNOWN_LABEL,
  KUTIP_FINDING_UNKNOWN_VALUE, /* an attribute value that the tag set does not list */
  KUTIP_FINDING_FORBIDDEN_RELATION, /* the tag set does not allow it between these labels
                                     */
  KUTIP_FINDING_TOO_MANY_RELATIONS, /* more of this type from one span than the tag set
                                       allows */
  KUTIP_FINDING_APPROXIMATE, /* the article has changed, and other words were found;
                                nobody has looked at it since */
  KUTIP_FINDING_MOVED, /* the same, with its words found elsewhere: for who wants to look
                          at all, but nothing left to do */
  KUTIP_N_FINDING_KINDS
} KutipFindingKind;

typedef struct
{
  KutipFindingKind kind;
  const char *id;   /* of the span or relation; valid until the next change */
  const char *name; /* the attribute, relation type, or label in question; interned */
} KutipFinding;

/* Findings are kept in lists, in document order: one for each kind, which the kind is the
 * number of, and two of several kinds. */
enum
{
  KUTIP_FINDINGS_TO_DO = KUTIP_N_FINDING_KINDS, /* all kinds but moved */
  KUTIP_FINDINGS_TO_REVIEW, /* all orphans, then all approximate, then all moved */
  KUTIP_N_FINDING_LISTS
};

/* The lists, for model/check.c. Finding by position and by place, adding and removing
 * take O(log n). */
typedef struct _KutipFindingLists KutipFindingLists;

/* As GListModel's "items-changed", for one of the lists. With nothing removed and nothing
 * added the finding at @position is still the same, but its span or relation changed. */
typedef void (*KutipFindingListFunc) (
    guint list, guint position, guint removed, guint added, gpointer data);

/* A finding of one span or relation, before it is in the lists. */
typedef struct
{
  KutipFindingKind kind;
  const char *name; /* interned */
} KutipFound;

KutipFindingLists *kutip_finding_lists_new (KutipFindingListFunc func, gpointer data);
/* In O(1); the copy may be read and changed in another thread. */
KutipFindingLists *kutip_finding_lists_copy (KutipFindingLists *self,
                                             KutipFindingListFunc func,
                                             gpointer data);
/* The lists become what @copy of them is by now, and @copy what they were; told as one
 * change of each list that has changed in the copy. O(1). */
void kutip_finding_lists_exchange (KutipFindingLists *self, KutipFindingLists *copy);
void kutip_finding_lists_free (KutipFindingLists *self);

/* Puts @found in the place of what was found at @id before. @span is where it stands:
 * that of the id, or the one that @relation (NULL: it is no relation's) begins at; NULL
 * when there is none. Takes references. */
void kutip_finding_lists_set (KutipFindingLists *self,
                              const char *id,
                              KutipSpan *span,
                              KutipRelation *relation,
                              const KutipFound *found,
                              guint n_found);
/* Between these many changes are told as one of each list. */
void kutip_finding_lists_begin_many (KutipFindingLists *self);
void kutip_finding_lists_end_many (KutipFindingLists *self);
void kutip_finding_lists_clear (KutipFindingLists *self);

guint kutip_finding_lists_count (KutipFindingLists *self, guint list);
/* FALSE past the end. */
gboolean kutip_finding_lists_get_nth (KutipFindingLists *self,
                                      guint list,
                                      guint position,
                                      KutipFinding *finding);
/* The first one of @id. */
gboolean kutip_finding_lists_find (KutipFindingLists *self,
                                   guint list,
                                   const char *id,
                                   guint *position);
/* How many stand before @span in the document; not of those to review. */
guint kutip_finding_lists_count_before (KutipFindingLists *self,
                                        guint list,
                                        KutipSpan *span);
/* Appends all of a list, or all of an id. */
void kutip_finding_lists_append (KutipFindingLists *self, guint list, GArray *findings);
void kutip_finding_lists_append_of (KutipFindingLists *self,
                                    const char *id,
                                    GArray *findings);

G_END_DECLS
