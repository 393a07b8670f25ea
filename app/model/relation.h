/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/attributes.h"
#include "model/foreign.h"

#include <math.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_RELATION (kutip_relation_get_type ())

/* A labelled, directed link between two spans. Immutable, atomically reference counted,
 * one block of memory. */
typedef struct _KutipRelation KutipRelation;

/* As for spans (model/span.h). */
typedef struct
{
  const char *id;
  const char *label;
  const char *from, *to; /* span ids */
  const char *event;     /* relations of one n-ary event share it */
  KutipAttributes *attributes;
  const char *note;
  gboolean unsure;
  const char *origin_by;
  double origin_score; /* NAN when there is none */
  const char *created, *modified;
  KutipForeign *foreign;
} KutipRelationFields;

#define KUTIP_RELATION_FIELDS_INIT                                                       \
  {                                                                                      \
    .origin_score = NAN                                                                  \
  }

GType kutip_relation_get_type (void) G_GNUC_CONST;
KutipRelation *kutip_relation_ref (KutipRelation *self);
void kutip_relation_unref (KutipRelation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipRelation, kutip_relation_unref)

KutipRelation *kutip_relation_new (const KutipRelationFields *fields);
void kutip_relation_get_fields (KutipRelation *self, KutipRelationFields *fields);
gboolean kutip_relation_equal (KutipRelation *a, KutipRelation *b);

const char *kutip_relation_get_id (KutipRelation *self);
const char *kutip_relation_get_label (KutipRelation *self);
const char *kutip_relation_get_from (KutipRelation *self);
const char *kutip_relation_get_to (KutipRelation *self);

G_END_DECLS
