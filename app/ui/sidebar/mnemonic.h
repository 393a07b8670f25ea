/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Mnemonics for titles that are data, so that no translator could choose them. */

/* A letter or digit of @title, in lower case, that is not in @taken (of gunichar),
 * preferring those that begin a word; it is added to @taken. 0 when none is left. */
gunichar kutip_mnemonic_choose (const char *title, GArray *taken);
/* Adds the letter that a translator has marked with "_" in @marked to @taken. */
void kutip_mnemonic_take (const char *marked, GArray *taken);
/* @title with "_" before that letter, at the beginning of a word if it can be, and its
 * own "_" doubled, as gtk_label_set_text_with_mnemonic() takes it. @mnemonic 0: none. */
char *kutip_mnemonic_mark (const char *title, gunichar mnemonic);

G_END_DECLS
