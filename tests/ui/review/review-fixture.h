/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../sidebar/find-widget.h"
#include "ui/annotator/annotator.h"

G_BEGIN_DECLS

/* A window with one pane and an annotated text: */
#define REVIEW_TEXT                                                                      \
  "Dikutip dari BBC, langkah itu dilakukan demi kebaikan dua negara. Semua telah "       \
  "diperiksa oleh pihak lain.\n"

typedef struct
{
  GtkWidget *window;
  GtkWidget *pane;
  KutipAnnotator *annotator;
  KutipDocument *document;
  char *message; /* the last one */
} ReviewFixture;

/* In place of g_test_init (). */
void review_test_init (int *argc, char ***argv);
/* @pane: a new pane, which is given the annotator by the test. */
void review_set_up (ReviewFixture *fixture, GtkWidget *pane);
/* Afterwards all has to die. */
void review_tear_down (ReviewFixture *fixture);

/* Adds s1 … s5: two sources that moved, a quote that was found approximately, a claim
 * that was not, and one that stayed. */
void review_add_spans (ReviewFixture *fixture);
/* @n quotes, each unsure and without a source. */
void review_mark_many (ReviewFixture *fixture, guint n);
KutipSpan *review_get (ReviewFixture *fixture, const char *id);
/* Selects the words in the article. */
void review_select (ReviewFixture *fixture, const char *words);
/* The words of the rows, a line each. */
char *review_list_rows (ReviewFixture *fixture);
/* Whether a label that is to be seen says so. */
gboolean review_says (ReviewFixture *fixture, const char *text);

G_END_DECLS
