/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

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
} KutipFindingKind;

typedef struct
{
  KutipFindingKind kind;
  const char *id;   /* of the span or relation; belongs to the layer */
  const char *name; /* the attribute, relation type, or label in question; interned */
} KutipFinding;

#define KUTIP_TYPE_CHECK (kutip_check_get_type ())
G_DECLARE_FINAL_TYPE (KutipCheck, kutip_check, KUTIP, CHECK, GObject)

/* Follows a document and knows at any time how much is left to do; each change costs only
 * what it touches. Property "n-findings" (guint, notifies). */
KutipCheck *kutip_check_new (KutipDocument *document);
guint kutip_check_get_n_findings (KutipCheck *self);
/* The findings of one span, or an empty array. */
GArray *kutip_check_list_of (KutipCheck *self, const char *span_id);
/* All findings in document order; O(n log n), for the list of things to do. */
GArray *kutip_check_list (KutipCheck *self);

G_END_DECLS
