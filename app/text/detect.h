/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Guesses at the charset of bytes that say nothing about it themselves. All names are
 * IANA names in upper case, interned; NULL where nothing speaks for any. */

/* For bytes among which there are NULs: "UTF-16LE", "UTF-16BE" or their 32 bit sisters.
 */
const char *kutip_detect_wide (const char *bytes, gsize n_bytes);
/* For bytes that are not UTF-8. */
const char *kutip_detect_legacy (const char *bytes, gsize n_bytes);
/* For ASCII with escape sequences: a member of the ISO-2022 family. */
const char *kutip_detect_escaped (const char *bytes, gsize n_bytes);
/* Whether the bytes were surely meant as UTF-8 although some of them are not. */
gboolean kutip_detect_broken_utf8 (const char *bytes, gsize n_bytes);
/* The charset, mostly a superset from Windows, that texts taken for @name are really in
 * when
 * @name does not fit. */
const char *kutip_detect_wider (const char *name);

G_END_DECLS
