/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_WATCH (kutip_watch_get_type ())
G_DECLARE_FINAL_TYPE (KutipWatch, kutip_watch, KUTIP, WATCH, GObject)

/* Tells when a file is changed, replaced, removed or brought back by somebody else. Our own writes are
 * announced with kutip_watch_expect(). Signal "changed" (gboolean exists), at most once in 200 ms. */
KutipWatch *kutip_watch_new (GFile *file);
/* The file's content is now this one, by our own hand. */
void kutip_watch_expect (KutipWatch *self, const char *sha256);

G_END_DECLS
