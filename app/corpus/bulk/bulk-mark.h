/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/concordance/concordance-line.h"
#include "model/document.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_BULK_MARK (kutip_bulk_mark_get_type ())
G_DECLARE_FINAL_TYPE (KutipBulkMark, kutip_bulk_mark, KUTIP, BULK_MARK, GObject)

/* Marks places in many articles, one change for each article, and takes all of them back.
 * Articles that are open are changed by whoever has them open, one after the other; then
 * the others are opened, changed and saved in a thread, with their histories, so that
 * each can be undone there too. What cannot be changed (in use elsewhere, broken, of a
 * newer Kutip, with a text that has changed) is left as it is, and told.
 *
 * Properties (read-only, notify): "running", "n-done", "n-articles" (guint: of the action
 * under way, or the last one), "fraction" (double: how much of it is done). */
KutipBulkMark *kutip_bulk_mark_new (const char *label, const char *annotator);

/* Before it begins: what is marked is recorded for @folder, in the place of what was
 * marked there before, so that another run of the program can take it back. */
void kutip_bulk_mark_set_record (KutipBulkMark *self, GFile *folder);
/* What was last marked in @folder, all of it done, to be taken back; NULL when there is
 * nothing. What was stopped half-way is there as far as it went. */
KutipBulkMark *kutip_bulk_mark_load (GFile *folder);
/* The same in a thread: a record may be long. */
void kutip_bulk_mark_load_async (GFile *folder,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
KutipBulkMark *kutip_bulk_mark_load_finish (GAsyncResult *result);

/* The turn of an article that is open. */
typedef struct _KutipBulkTurn KutipBulkTurn;
struct _KutipBulkTurn
{
  const char *label; /* with which places are marked, or … */
  gboolean back;     /* … are not any more */
  guint n;           /* how many, about */
  /* Changes the article's document, or a fork of it, in whatever thread. */
  gboolean (*work) (KutipBulkTurn *turn, KutipDocument *document, GError **error);
  /* Then, in the main thread: it is done, and taken over, or (@error) nothing is. Frees
   * the turn. */
  void (*end) (KutipBulkTurn *turn, const GError *error);
};

/* Gives the article of @file its turn, when it is open; both may be called before this
 * returns. FALSE, and nothing is called: it is not open. */
typedef gboolean (*KutipBulkOpenFunc) (GFile *file, KutipBulkTurn *turn, gpointer data);

/* Begins to mark @lines (KutipConcordanceLine, those of an article together).
 * @change_open, with @data, which must stay while it is running, is for the articles that
 * are open; NULL: none is. Once only. */
void kutip_bulk_mark_start (KutipBulkMark *self,
                            GPtrArray *lines,
                            KutipBulkOpenFunc change_open,
                            gpointer data);
/* Begins to take back what was marked, wherever it still is as it was then. */
void kutip_bulk_mark_take_back (KutipBulkMark *self,
                                KutipBulkOpenFunc change_open,
                                gpointer data);
/* What is done stays, and can be taken back; of an open article all is done, or nothing.
 * Ends soon. */
void kutip_bulk_mark_cancel (KutipBulkMark *self);
gboolean kutip_bulk_mark_is_running (KutipBulkMark *self);

/* Of what is marked now: places, and the articles they are in. */
guint kutip_bulk_mark_get_n_marked (KutipBulkMark *self);
guint kutip_bulk_mark_get_n_articles (KutipBulkMark *self);
/* What the last action left alone: strings for people, an article and why; borrowed. */
GPtrArray *kutip_bulk_mark_get_failures (KutipBulkMark *self);

G_END_DECLS
