/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Paths (strings, below @folder) of all sidecars that the tag set of @folder is in effect
 * for, of all annotators, those of one article together: folders with a tag set of their
 * own are left out, hidden ones too; links to folders are followed once. NULL when
 * cancelled, or when @folder cannot be read; what cannot be read below it goes, as a
 * sentence, into @problems. */
GPtrArray *kutip_sidecars_list (GFile *folder,
                                GPtrArray *problems,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
