/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The BCP 47 tag of the language that a stretch of text is written in, by its script and
 * its most frequent small words; NULL where that does not tell. Static. */
const char *kutip_guess_language (const char *utf8);

G_END_DECLS
