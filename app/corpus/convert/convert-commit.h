/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts the files of a stage in their places, all or none. A stage is a folder: what is
 * new is in its "new"; what was there before is kept in it as "old-N" until all is done;
 * and its "plan" says, before anything is touched, what will be, so that the next run
 * can take back what one that was killed had begun. */

/* Moves what is in "new" to @output, a folder, and takes the files @dropped (names below
 * @output) away. What is there already is only replaced with @force. FALSE with @error:
 * all is as it was; but when not all of it could be put back, @pending is set, the stage
 * has to stay, and the error says so. */
gboolean kutip_convert_commit (const char *stage,
                               const char *output,
                               GPtrArray *dropped,
                               gboolean force,
                               gboolean *pending,
                               GError **error);
/* Takes back what a run that was killed had begun. FALSE when not all of it could be, or
 * somebody has changed what it left meanwhile: the stage has to stay. */
gboolean kutip_convert_commit_take_back (const char *stage, const char *output);
/* FALSE, with @error: @path is there already, and not to be replaced. */
gboolean kutip_convert_fail_existing (const char *path, GError **error);
/* What a stage has in it, by the name of one. */
gboolean kutip_convert_commit_is_part (const char *name);

G_END_DECLS
