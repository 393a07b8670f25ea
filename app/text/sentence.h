/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the rules of Unicode end a sentence too early. */

/* Whether a sentence runs on across @border, although UAX #29 ends one there: after a
 * title, an initial, a closing quotation mark, or inside an address. @chars are the
 * @n_chars around it. */
gboolean kutip_sentence_runs_on (const gunichar *chars, guint n_chars, guint border);

/* Whether the full stop at @stop is part of the abbreviation before it ("Tbk.", "M.Si."),
 * and not the end of a sentence alone. */
gboolean kutip_sentence_abbreviates (const gunichar *chars, guint stop);

/* White space in every script, and the characters without width that go with it. */
gboolean kutip_sentence_is_blank (gunichar c);
/* What ends a paragraph: line feed, carriage return, paragraph separator. */
gboolean kutip_sentence_is_separator (gunichar c);

G_END_DECLS
