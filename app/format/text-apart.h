/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* The text of an article whose annotations are kept apart from it: the one that @name
 * leads to (a path, an IRI, a title), or with @is_only the only other input, whose place
 * then replaces *@path, an owned string, or NULL. NULL with @error. */
KutipText *kutip_text_apart_fetch (
    KutipSource *source, const char *name, gboolean is_only, char **path, GError **error);
/* Calls *@path, an owned string, as that only other input, if there is one. */
void kutip_text_apart_take_name (KutipSource *source, char **path);

G_END_DECLS
