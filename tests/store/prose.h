/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words as unlike in frequency as those of a language are: the n-th about 1/n times as
 * frequent as the first, of five thousand. */
void prose_add_word (GString *text, GRand *random);
/* Sentences and paragraphs of them, of about @length bytes. */
char *prose_new (GRand *random, guint length);

G_END_DECLS
