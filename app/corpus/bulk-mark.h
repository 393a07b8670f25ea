/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/concordance-line.h"
#include "model/document.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_BULK_MARK (kutip_bulk_mark_get_type ())
G_DECLARE_FINAL_TYPE (KutipBulkMark, kutip_bulk_mark, KUTIP, BULK_MARK, GObject)

/* Marks places in many articles, one change for each article, and takes all of them back.
 * Articles that are open are changed through their documents, at once; the others are
 * opened, changed and saved in a thread, with their histories, so that each can be undone
 * there too. What cannot be changed (in use elsewhere, broken, of a newer Kutip, with a
 * text that has changed) is left as it is, and told.
 *
 * Properties (read-only, notify): "running", "n-done", "n-articles" (guint: of the action
 * under way, or the last one). */
KutipBulkMark *kutip_bulk_mark_new (const char *label, const char *annotator);

/* Before it begins: what is marked is recorded for @folder, in the place of what was
 * marked there before, so that another run of the program can take it back. */
void kutip_bulk_mark_set_record (KutipBulkMark *self, GFile *folder);
/* What was last marked in @folder, all of it done, to be taken back; NULL when there is
 * nothing. What was stopped half-way is there as far as it went. */
KutipBulkMark *kutip_bulk_mark_load (GFile *folder);

/* Begins to mark @lines (KutipConcordanceLine, those of an article together). @documents:
 * GFile -> KutipDocument, those that are open; may be NULL. Once only. */
void kutip_bulk_mark_start (KutipBulkMark *self, GPtrArray *lines, GHashTable *documents);
/* Begins to take back what was marked, wherever it still is as it was then. */
void kutip_bulk_mark_take_back (KutipBulkMark *self, GHashTable *documents);
/* What is done stays, and can be taken back. Ends soon. */
void kutip_bulk_mark_cancel (KutipBulkMark *self);
gboolean kutip_bulk_mark_is_running (KutipBulkMark *self);

/* Of what is marked now: places, and the articles they are in. */
guint kutip_bulk_mark_get_n_marked (KutipBulkMark *self);
guint kutip_bulk_mark_get_n_articles (KutipBulkMark *self);
/* What the last action left alone: strings for people, an article and why; borrowed. */
GPtrArray *kutip_bulk_mark_get_failures (KutipBulkMark *self);

G_END_DECLS
