/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/report.h"
#include "model/layer.h"

G_BEGIN_DECLS

/* Events with a trigger of their own into direct relations, and back: for
 * corpus/rename.h.
 */
typedef struct
{
  char *trigger; /* the trigger's label */
  char *from;    /* the part that the relations leave: its role in the event */
  char *at;      /* the relation whose target a new trigger stands on, or NULL */
  char *keep;    /* the relation to the trigger, which is a part itself, or NULL */
  GHashTable *relations; /* role -> relation (unfold), relation -> role (fold) */
  GHashTable *without;   /* role -> label of the trigger of an event that lacks it */
} KutipEventRule;

KutipEventRule *kutip_event_rule_new (void);
void kutip_event_rule_free (KutipEventRule *self);

/* What a rule makes of a layer, which stays as it is. */
typedef struct
{
  const char *path;
  KutipReport *report;
  GHashTable *gone;       /* ids of spans and relations that are no more */
  GHashTable *stands_for; /* id of a span that is gone -> id of the one in its place */
  GPtrArray *spans;       /* new KutipSpan */
  GPtrArray *relations;   /* new KutipRelation */
  guint last_id, last_event;
} KutipEventChange;

void kutip_event_change_init (KutipEventChange *self,
                              const char *path,
                              KutipReport *report);
void kutip_event_change_clear (KutipEventChange *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipEventChange, kutip_event_change_clear)

void kutip_event_change_unfold (KutipEventChange *self,
                                const KutipEventRule *rule,
                                KutipLayer *layer);
void kutip_event_change_fold (KutipEventChange *self,
                              const KutipEventRule *rule,
                              KutipLayer *layer);
const char *kutip_event_change_resolve (KutipEventChange *self, const char *id);

G_END_DECLS
