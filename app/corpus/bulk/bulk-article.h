/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/bulk/bulk-record.h"
#include "corpus/concordance/concordance-line.h"

G_BEGIN_DECLS

/* One of the articles in which places are marked (bulk-mark.h). */
typedef struct
{
  GFile *file;
  char *name;          /* for people */
  GPtrArray *lines;    /* KutipConcordanceLine, to be marked; or NULL */
  KutipChange *change; /* what was done, or NULL: nothing, or it was taken back */
  KutipBulkLine *line; /* the same, as another run of the program has recorded it */
  char *failure;       /* of the last action, or NULL */
} KutipBulkArticle;

void kutip_bulk_article_free (KutipBulkArticle *article);
gboolean kutip_bulk_article_is_marked (const KutipBulkArticle *article);
/* How many places are to be marked, or are marked. */
guint kutip_bulk_article_count (const KutipBulkArticle *article);

/* FALSE, with that for people to read. */
gboolean kutip_bulk_refuse (GError **error, const char *reason);

/* What is done in all of them; one thread at a time. */
typedef struct
{
  char *label;
  char *annotator;
  GFile *record;       /* where it is recorded, or NULL */
  gboolean has_record; /* it was begun */
  gboolean back;       /* taking back */
} KutipBulkAction;

/* Marks the places of the article in its document or a fork of it, and records them; or
 * takes them back: by its own undo where it is the last that was done there; else, unless
 * something was done to these very spans, by a change of its own. What was marked is in
 * the article then; what was taken back is until the caller knows that it stays so. */
gboolean kutip_bulk_action_run (KutipBulkAction *action,
                                KutipBulkArticle *article,
                                KutipDocument *document,
                                GError **error);
/* The record is only of what is still marked in @articles (KutipBulkArticle). */
void kutip_bulk_action_record_rest (KutipBulkAction *action, GPtrArray *articles);

G_END_DECLS
