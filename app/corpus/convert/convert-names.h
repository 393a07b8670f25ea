/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/rename.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The files that a conversion can be given for the names in its output. Errors name the
 * file, the place in it, and the reason. */

/* A tag set: tagset.json, or where @path ends so a REFI-QDA codebook (".qdc"), brat's
 * annotation.conf (".conf") or Label Studio's configuration (".xml"). What it says and a
 * tag set has no place for goes to @report. */
KutipTagset *kutip_convert_load_tagset (const char *path,
                                        KutipReport *report,
                                        GCancellable *cancellable,
                                        GError **error);
/* A map of names (rename.h). */
KutipRenaming *kutip_convert_load_map (const char *path,
                                       GCancellable *cancellable,
                                       GError **error);

G_END_DECLS
