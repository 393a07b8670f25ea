/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* The text of an article whose annotations are kept apart from it: the one that @name
 * leads to (a path, an IRI, a title), or with @is_only the only other input. NULL with
 * @error. */
KutipText *kutip_text_apart_fetch (KutipSource *source,
                                   const char *name,
                                   gboolean is_only,
                                   GError **error);

/* A record of @text with a layer for each of @parts, which @read makes one; NULL with
 * @error when one cannot be made. */
typedef KutipLayer *(*KutipTextApartRead) (gpointer part,
                                           KutipText *text,
                                           gpointer data,
                                           GError **error);
KutipRecord *kutip_text_apart_make_record (const char *path,
                                           KutipText *text,
                                           GPtrArray *parts,
                                           KutipTextApartRead read,
                                           gpointer data,
                                           GError **error);

G_END_DECLS
