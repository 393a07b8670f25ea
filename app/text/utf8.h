/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As g_utf8_validate_len(), several times as fast: whether @bytes are UTF-8 without
 * U+0000. @invalid, which may be NULL, is set to the first byte that is not. */
gboolean kutip_utf8_validate (const char *bytes, gsize n_bytes, const char **invalid);

G_END_DECLS
