/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

G_BEGIN_DECLS

/* Shared by annotator.c and annotator-*.c only. */
struct _KutipAnnotator
{
  GObject parent_instance;

  KutipDocument *document;
  KutipSaver *saver; /* NULL when nothing is to be written */
  KutipCheck *check;

  KutipRange selection; /* empty: a caret */
  KutipSpan *current;
  char *last_current; /* the id of the span that was current last, or NULL */
  char *marked;       /* the id of the one marked last, while the caret stays behind it */

  KutipSpan *draft; /* what current would be, while an edge is dragged; or NULL */

  /* The link being drawn: link_from is NULL when there is none. */
  KutipSpan *link_from;
  char *link_relation; /* NULL: what the tag set allows first */
  KutipSpan *link_candidate;

  /* The link at hand: an id, or NULL; it may have gone since (annotator-relation.c). */
  char *relation;
  /* The choice among kinds of links: choices is NULL when there is none. */
  GArray *choices;               /* KutipLinkChoice */
  char *choice_from, *choice_to; /* span ids */
  char *choice_relation;         /* NULL: for a new link */

  /* The attribution that is open: the id of its content, or NULL; and the ids of the
   * participants marked before it (annotator-attribution.c). */
  char *attribution;
  GPtrArray *waiting;

  struct _KutipBulk *bulk; /* under way, or NULL (annotator-bulk.c) */
  KutipChange *unshown;    /* an undo or redo that was taken over, or NULL */
};

/* What undo or redo has touched becomes current and is shown, where that was put off. */
void kutip_annotator_show_unshown (KutipAnnotator *self);

/* Undo or redo. */
void kutip_annotator_travel (KutipAnnotator *self, gboolean back);

/* What is left of the sentence from the caret on; empty when there are no words. */
KutipRange kutip_annotator_find_rest (KutipAnnotator *self);
/* The label's title for people, or its name when the tag set lacks it. */
const char *kutip_annotator_get_label_title (KutipAnnotator *self, const char *name);
void kutip_annotator_emit_message (KutipAnnotator *self,
                                   const char *text,
                                   gboolean undoable);
void kutip_annotator_emit_reveal (KutipAnnotator *self, KutipRange range);
/* The document has changed: what the link being drawn holds is what it has become. */
void kutip_annotator_link_follow (KutipAnnotator *self);
/* @target was picked while linking: makes the link, or says why not. */
void kutip_annotator_link_to (KutipAnnotator *self, KutipSpan *target);
/* Whether the tag set has a link from the span linked from to spans of that label. */
gboolean kutip_annotator_may_link_to_label (KutipAnnotator *self, const char *label);
/* Has the person choose among @choices. */
void kutip_annotator_offer_link (KutipAnnotator *self,
                                 KutipSpan *from,
                                 KutipSpan *to,
                                 GArray *choices);
/* The spans are held by the caller. */
void kutip_annotator_make_link (KutipAnnotator *self,
                                KutipSpan *from,
                                KutipSpan *to,
                                const KutipLinkChoice *choice);
/* A new span, linked into the attribution that is open, or opening one. */
KutipSpan *kutip_annotator_mark_in_attribution (KutipAnnotator *self,
                                                const char *label,
                                                KutipRange range,
                                                GError **error);
void kutip_annotator_attribution_follow (KutipAnnotator *self);
void kutip_annotator_notify_link (KutipAnnotator *self);
void kutip_annotator_notify_link_candidate (KutipAnnotator *self);

G_END_DECLS
