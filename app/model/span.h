/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/attributes.h"
#include "model/foreign.h"
#include "text/range.h"

#include <math.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_SPAN (kutip_span_get_type ())

/* One marked stretch of text with a label: one range, or several (discontinuous).
 * Immutable; atomically reference counted, so that a layer can be written in another
 * thread; one block of memory. */
typedef struct _KutipSpan KutipSpan;

/* A link into a knowledge base. */
typedef struct
{
  const char *base; /* "wikidata" */
  const char *id;   /* "Q7747" */
  const char *title;
} KutipSpanLink;

/* What became of a span when the article's text changed, as long as no person has looked
 * at it since. */
typedef enum
{
  KUTIP_REVIEW_NONE,
  KUTIP_REVIEW_MOVED,       /* its words were found elsewhere */
  KUTIP_REVIEW_APPROXIMATE, /* other words were found where it should be */
  KUTIP_REVIEW_ORPHAN,      /* its words were not found, whatever stands where it was */
} KutipReview;

/* Everything a span says: what kutip_span_new() copies, and kutip_span_get_fields()
 * borrows. To change a span, take its fields, change some, make a new one. Zero or NULL
 * where absent. */
typedef struct
{
  const char *id;           /* unique in the layer, over spans and relations */
  const char *label;        /* a name in the tag set, or an unknown one */
  const KutipRange *ranges; /* sorted, not touching, none empty; at least one */
  guint n_ranges;
  KutipAttributes *attributes;
  const KutipSpanLink *links;
  guint n_links;
  const char *note;
  gboolean unsure;
  const char *origin_by; /* "rule:quotes", an importer, a model; NULL: a person */
  double origin_score;   /* NAN when there is none */
  const char *created, *modified; /* RFC 3339, UTC, as they stand in the file */
  /* An orphan: its text was not found in the article. It keeps what it said there, one
   * text a range (n_ranges of them), and what stood around it; its ranges tell where it
   * once was. */
  const char *const *texts;
  const char *prefix, *suffix;
  KutipReview review;
  const char *const *was; /* what it said before, where it was found approximately: a text
                             a range as it then was, NULL-terminated */
  KutipForeign *foreign;
} KutipSpanFields;

#define KUTIP_SPAN_FIELDS_INIT                                                           \
  {                                                                                      \
    .origin_score = NAN                                                                  \
  }

GType kutip_span_get_type (void) G_GNUC_CONST;
KutipSpan *kutip_span_ref (KutipSpan *self);
void kutip_span_unref (KutipSpan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSpan, kutip_span_unref)

KutipSpan *kutip_span_new (const KutipSpanFields *fields);
void kutip_span_get_fields (KutipSpan *self, KutipSpanFields *fields);
gboolean kutip_span_equal (KutipSpan *a, KutipSpan *b);
/* Document order: by first range, then by id with its number counted. */
int kutip_span_compare (KutipSpan *a, KutipSpan *b);

const char *kutip_span_get_id (KutipSpan *self);
/* Interned: labels of two spans are the same when the pointers are. */
const char *kutip_span_get_label (KutipSpan *self);
guint kutip_span_get_n_ranges (KutipSpan *self);
const KutipRange *kutip_span_get_ranges (KutipSpan *self);
/* From the start of the first range to the end of the last. */
KutipRange kutip_span_get_hull (KutipSpan *self);
gboolean kutip_span_is_orphan (KutipSpan *self);
gboolean kutip_span_is_unsure (KutipSpan *self);
KutipReview kutip_span_get_review (KutipSpan *self);
KutipAttributes *kutip_span_get_attributes (KutipSpan *self);
const char *kutip_span_get_note (KutipSpan *self);
/* Whether @offset lies in one of its ranges. */
gboolean kutip_span_covers (KutipSpan *self, guint offset);

/* Sorts, and joins ranges that touch or overlap, in place; returns how many remain. */
guint kutip_ranges_normalize (KutipRange *ranges, guint n);

G_END_DECLS
