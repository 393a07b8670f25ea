/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/range.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_TEXT (kutip_text_get_type ())

/* An immutable Unicode text, with tables that convert between its three units: code
 * points, UTF-8 bytes and UTF-16 units, in O(log n). Offsets are code points unless a
 * name says otherwise. Reference counted, safe to share between threads. May hold U+0000
 * nowhere, and any other code point; CR LF is two. */
typedef struct _KutipText KutipText;

GType kutip_text_get_type (void) G_GNUC_CONST;

/* Takes ownership of @utf8, which is valid UTF-8, @n_bytes long and NUL-terminated. */
KutipText *kutip_text_new_take (char *utf8, gsize n_bytes);
KutipText *kutip_text_new (const char *utf8);
KutipText *kutip_text_ref (KutipText *self);
void kutip_text_unref (KutipText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipText, kutip_text_unref)

/* The whole text, NUL-terminated; belongs to @self. @n_bytes may be NULL. */
const char *kutip_text_get_utf8 (KutipText *self, gsize *n_bytes);
/* Code points. */
guint kutip_text_get_length (KutipText *self);
gsize kutip_text_get_n_utf16 (KutipText *self);

/* @offset may be the length (the end). */
gsize kutip_text_to_byte (KutipText *self, guint offset);
gsize kutip_text_to_utf16 (KutipText *self, guint offset);
/* FALSE when the position lies outside the text or inside a character (a surrogate pair,
 * a UTF-8 sequence): such an offset is never rounded. */
gboolean kutip_text_from_byte (KutipText *self, gsize byte, guint *offset);
gboolean kutip_text_from_utf16 (KutipText *self, gsize unit, guint *offset);

/* The bytes of a range; the pointer belongs to @self and is not NUL-terminated. */
const char *kutip_text_peek_range (KutipText *self, KutipRange range, gsize *n_bytes);
/* The place @n characters behind @at, or before it when @n is negative; @at, which is in
 * the text, stays within it. For short ways: faster than to ask for the offset's byte. */
const char *kutip_text_walk (KutipText *self, const char *at, int n);
char *kutip_text_dup_range (KutipText *self, KutipRange range);
gunichar kutip_text_get_char (KutipText *self, guint offset);

G_END_DECLS
