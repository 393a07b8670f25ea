/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The names in a folder, in the order of their bytes, with what else is to be known of
 * each behind it. There may be a million: what is more than a little lies on the disk.
 * Names are added by one; found and read they may be by several threads at a time. */
typedef struct _KutipNames KutipNames;

KutipNames *kutip_names_new (void);
KutipNames *kutip_names_ref (KutipNames *self);
void kutip_names_unref (KutipNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipNames, kutip_names_unref)

/* @n: with its NUL, and with what is behind that. */
gboolean kutip_names_add (KutipNames *self, const char *name, gsize n, GError **error);
/* After the last of them. */
gboolean kutip_names_sort (KutipNames *self, GError **error);
gboolean kutip_names_is_empty (KutipNames *self);

/* One that goes through them. */
typedef struct
{
  KutipNames *names; /* a reference */
  guint block;       /* the next that is to be read */
  GString *read;     /* what was read of the one before, if that is on the disk */
  const char *at, *end;
} KutipNamesCursor;

/* Begins with the first name that is not before @from, or "" for all. */
gboolean kutip_names_find (KutipNames *self,
                           const char *from,
                           KutipNamesCursor *cursor,
                           GError **error);
/* The next name, with its NUL and what is behind that; it stays until the next call. NULL
 * at the end, or with @error. */
const char *kutip_names_next (KutipNamesCursor *cursor, gsize *n, GError **error);
void kutip_names_cursor_clear (KutipNamesCursor *cursor);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipNamesCursor, kutip_names_cursor_clear)

G_END_DECLS
