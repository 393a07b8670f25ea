/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "find-widget.h"
#include "samples.h"
#include "ui/sidebar/sidebar.h"

G_BEGIN_DECLS

/* A window with the side pane alone, and what it sent to the window. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *elsewhere; /* something else that takes the focus */
  KutipSidebar *sidebar;
  KutipAnnotator *annotator;
  KutipDocument *document;
  char *linked;
  guint n_deleted;
  guint n_messages;
} PaneFixture;

/* Adds a test that gets such a fixture of a sample; afterwards all of it has to die. */
void pane_test_add (const char *path,
                    const char *sample,
                    void (*test) (PaneFixture *fixture, gconstpointer sample));
/* In place of g_test_init (). */
void pane_test_init (int *argc, char ***argv);

GtkWidget *get_list (PaneFixture *fixture);
GtkWidget *get_card (PaneFixture *fixture);
GtkSelectionModel *get_selection (PaneFixture *fixture);
guint get_n_rows (PaneFixture *fixture);
/* Makes the first span that begins with @words current, not by the pane; returns it. */
KutipSpan *select_span (PaneFixture *fixture, const char *words);
/* Undoes or does again, and lets the pane follow. */
void undo (PaneFixture *fixture);
void redo (PaneFixture *fixture);
/* The words of the row that the list shows as selected; "" for none. */
const char *get_selected_words (PaneFixture *fixture);
/* The first widget of @type in the card's form row of that title. */
GtkWidget *find_field (PaneFixture *fixture, const char *title, GType type);
/* Of the current span. */
const char *get_attribute (PaneFixture *fixture, const char *name);
guint get_n_changes (PaneFixture *fixture);
GtkTextBuffer *get_note_buffer (PaneFixture *fixture);
const KutipHeaderFields *get_header (PaneFixture *fixture);

G_END_DECLS
