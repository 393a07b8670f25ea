/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_WATCH (kutip_watch_get_type ())
G_DECLARE_FINAL_TYPE (KutipWatch, kutip_watch, KUTIP, WATCH, GObject)

/* Tells when a file is changed, replaced, removed or brought back by somebody else; a
 * file that was only touched or written again with the same content has not changed.
 * Signal "changed" (gboolean exists), in the main context, at most once in half a
 * second. */
KutipWatch *kutip_watch_new (GFile *file);
/* The file's content is this one: as it was read when it was opened, or by our own hand.
 * "" when there is no file. Without it, what is found first is taken for granted. */
void kutip_watch_expect (KutipWatch *self, const char *sha256);
GFile *kutip_watch_get_file (KutipWatch *self);

G_END_DECLS
