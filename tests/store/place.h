/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/save.h"

G_BEGIN_DECLS

/* A folder to test in, and what is done there. */

/* g_test_init() with home folders of the program's own, and the C.UTF-8 locale. */
void place_init (int *argc, char ***argv);
/* The same where no real disk makes one wait, if there is such a place: for thousands of
 * writes. */
void place_init_in_memory (int *argc, char ***argv);

/* An empty folder; the path is owned, the folder removed by place_remove(), which frees
 * the path. */
char *place_new (void);
void place_remove (char *folder);

/* A file in the folder, with that content unless it is NULL. */
GFile *place_file (const char *folder, const char *name, const char *content);
void place_write (GFile *file, const char *content);
/* NULL when there is none. */
char *place_read (GFile *file);
gboolean place_exists (GFile *file);
/* How many names of the folder hold @part. */
guint place_count (const char *folder, const char *part);

/* Opens, and fails the test when that fails. */
KutipOpened *place_open (GFile *article);
KutipSpan *place_mark (KutipDocument *document,
                       const char *label,
                       guint start,
                       guint end);
/* Runs the main loop until all is on disk; NULL, or the error (owned). */
GError *place_flush (KutipSaver *saver);
/* Flushes, fails the test when that fails, and lets go of the saver. */
void place_close (KutipSaver *saver);
/* Runs the main loop for so long. */
void place_wait (guint milliseconds);

G_END_DECLS
