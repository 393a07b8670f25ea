/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/uima/cas.h"

G_BEGIN_DECLS

/* What a span or relation that came from a CAS remembers of it, as the unknown member
 * KUTIP_CAS_FOREIGN; NULL where it is what Kutip writes anyway. */
typedef struct
{
  char *type;    /* of the structure; of a slot: that of its links */
  char *label;   /* the feature that the label stood in; "": in none, it was the type */
  char *feature; /* a relation: the feature of the first span that led to the second */
  gboolean slot; /* by a link with a role */
  char *chain;   /* the type of the chain that it is a part of */
} KutipCasTrace;

void kutip_cas_trace_clear (KutipCasTrace *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipCasTrace, kutip_cas_trace_clear)

void kutip_cas_trace_read (KutipCasTrace *self, KutipForeign *foreign);
/* @foreign with the trace, in place of one that is there; NULL when there is nothing at
 * all. */
KutipForeign *kutip_cas_trace_add_to (const KutipCasTrace *self,
                                      KutipForeign *foreign,
                                      const char *after);

/* The name of an attribute's feature: letters, digits and "_", not a digit first, and
 * none that has a meaning of its own. */
char *kutip_cas_make_feature_name (const char *attribute);
/* Whether a feature's name begins as what means something else in TSV's header. */
gboolean kutip_cas_is_column_word (const char *name);
/* @text as XML can hold it: every other character is a space. */
char *kutip_cas_dup_clean (const char *text);

/* Features that Kutip writes beside those of the tag set. */
#define KUTIP_CAS_FEATURE_LABEL "label"
#define KUTIP_CAS_FEATURE_NOTE "note"
#define KUTIP_CAS_FEATURE_JSON "kutip" /* a span, relation or header as in a sidecar */
#define KUTIP_CAS_FEATURE_PATH "path"
#define KUTIP_CAS_FEATURE_LAYERS "layers"
#define KUTIP_CAS_FEATURE_CHARACTERS "characters"

/* Whether a foreign name can be one of a type (with points) or feature. */
gboolean kutip_cas_is_name (const char *name, gboolean with_points);

G_END_DECLS
