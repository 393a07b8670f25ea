/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/concordance/concordance.h"

G_BEGIN_DECLS

/* What a search of many articles has come to, so far or in the end: how many places in
 * how many articles, of how many that were searched, and what could not be read. Free
 * with g_free(). */
char *kutip_found_words_describe (KutipConcordance *places);

G_END_DECLS
