/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* What a word of a report ("relation-notes") means to people, as a heading; the word
 * itself where there is none. */
const char *kutip_loss_words_get (const char *word);
/* A sentence about what a format cannot keep, or that it keeps everything; owned. */
char *kutip_loss_words_describe (const KutipFormat *format);

G_END_DECLS
