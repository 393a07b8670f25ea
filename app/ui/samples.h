/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The articles that come with Kutip stand where nobody may write; they are annotated in a
 * folder of the person's own. */

/* The folder they come in, that of KUTIP_SAMPLES_DIR in the environment sooner; NULL when
 * there is none. */
GFile *kutip_samples_find (void);

/* Copies those of @shipped that are not there yet, with their annotations, into a folder
 * "Kutip Samples" among the person's documents, or where that cannot be written among the
 * program's data. Nothing that is there is touched. In a thread; @shipped is the source
 * object. */
void kutip_samples_copy_async (GFile *shipped,
                               GAsyncReadyCallback callback,
                               gpointer data);
/* The folder. The error names the file and the reason. */
GFile *kutip_samples_copy_finish (GAsyncResult *result, GError **error);

/* Which of @folder to begin with: one in the first of @languages ("id_ID", "id", …; NULL
 * behind the last) that there is one in, else in English; one with annotations sooner.
 * NULL when there is none. */
GFile *kutip_samples_choose (GFile *folder, const char *const *languages);

G_END_DECLS
