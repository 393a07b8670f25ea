/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/uima/cas-foreign.h"
#include "format/uima/cas-ranges.h"

G_BEGIN_DECLS

/* A CAS while it is made of a layer: what cas-write.c and cas-write-relation.c share. */
typedef struct
{
  KutipCas *cas;
  KutipRecord *record;
  KutipLayer *layer;
  const KutipCasWriting *writing;
  KutipReport *report;
  KutipText *text;
  KutipCasStructure *sofa;
  GHashTable *structure_of;    /* a span's id -> its first KutipCasStructure */
  GHashTable *kinds;           /* "TYPE\tFEATURE" -> 1 + KutipCasKind */
  GHashTable *misfits;         /* those whose kept range cannot hold all attributes */
  KutipJsonTree *kept;         /* or NULL */
  const KutipJsonNode *ranges; /* in @kept; kutip_cas_ranges_find() */
} KutipCasBuilding;

void kutip_cas_building_lose (KutipCasBuilding *self, const char *what, const char *id);
/* What was kept for UIMA's own files, and is not written to others. */
void kutip_cas_building_lose_kept (KutipCasBuilding *self,
                                   const char *id,
                                   const char *detail);
/* @wanted, if it can be the type of an annotation. */
const char *kutip_cas_building_choose_type (KutipCasBuilding *self,
                                            const char *wanted,
                                            const char *otherwise);
KutipCasStructure *kutip_cas_building_add (KutipCasBuilding *self,
                                           const char *type,
                                           const char *super);
void kutip_cas_building_place (KutipCasBuilding *self,
                               KutipCasStructure *structure,
                               KutipRange range);
void kutip_cas_building_set_string (KutipCasBuilding *self,
                                    KutipCasStructure *structure,
                                    const char *feature,
                                    const char *string);
/* What JSON as in a sidecar is made of when it is written: part of the record. */
typedef enum
{
  KUTIP_CAS_OBJECT_HEADER,
  KUTIP_CAS_OBJECT_SPAN,
  KUTIP_CAS_OBJECT_RELATION,
} KutipCasObject;
void kutip_cas_building_set_json (KutipCasBuilding *self,
                                  KutipCasStructure *structure,
                                  const char *feature,
                                  KutipCasObject what,
                                  gpointer object);
/* Before the first of a type is written: of all its attributes. */
void kutip_cas_building_note_kinds (KutipCasBuilding *self,
                                    const char *type,
                                    KutipAttributes *attributes);
void kutip_cas_building_set_attributes (KutipCasBuilding *self,
                                        KutipCasStructure *structure,
                                        const char *label_feature,
                                        KutipAttributes *attributes,
                                        const char *id);
/* NULL: the type says it. */
const char *kutip_cas_building_get_label_feature (const KutipCasTrace *trace,
                                                  const char *label,
                                                  const char *type);
void kutip_cas_building_add_relations (KutipCasBuilding *self);

G_END_DECLS
