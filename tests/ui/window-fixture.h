/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sidebar/find-widget.h"
#include "ui/application.h"
#include "ui/window/window-private.h"

G_BEGIN_DECLS

/* A folder of its own, and a window in it. */
typedef struct
{
  char *folder;
  KutipWindow *window;
} Fixture;

/* The longest that anything may take; seconds. */
#define PATIENCE 20

/* Runs the main loop until @condition holds. */
#define WAIT_FOR(what, condition)                                                        \
  G_STMT_START                                                                           \
  {                                                                                      \
    guint patience =                                                                     \
        g_timeout_add_seconds (PATIENCE, on_patience_ended, (gpointer) (what));          \
    while (!(condition))                                                                 \
      g_main_context_iteration (NULL, TRUE);                                             \
    g_source_remove (patience);                                                          \
  }                                                                                      \
  G_STMT_END

/* A text with a title, in which Putin is [10, 15), step is [25, 29) and BBC is [39, 42).
 */
extern const char article[];

/* The program, started once in a process by main(). */
extern KutipApplication *application;
void start_application (int *argc, char ***argv);

gboolean on_patience_ended (gpointer what);
void set_up (Fixture *fixture, gconstpointer data);
/* Fails when something still holds the window. */
void tear_down (Fixture *fixture, gconstpointer data);

/* @name is below the folder. */
GFile *write_file (Fixture *fixture, const char *name, const char *content);
char *read_file (Fixture *fixture, const char *name);
char *build_path (Fixture *fixture, const char *name);

gboolean is_open (Fixture *fixture, GFile *file);
/* Opens it, and waits until it is open. */
void open_file (Fixture *fixture, GFile *file);
/* @action as a menu names it, with its target. */
void activate (Fixture *fixture, const char *action);
void mark (Fixture *fixture, guint start, guint end, const char *label);
KutipLayer *get_layer (Fixture *fixture);
KutipSaveState get_save_state (Fixture *fixture);
void wait_saved (Fixture *fixture);
/* NULL when there is none. */
KutipNotice *find_notice (Fixture *fixture, const char *id);
void assert_notice (Fixture *fixture, const char *id, const char *words);

G_END_DECLS
