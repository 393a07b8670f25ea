/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/concordance.h"

G_BEGIN_DECLS

/* For KutipConcordance alone. @n_article counts the articles in the order of the walk;
 * @name is owned by the line afterwards. For any thread. */
KutipConcordanceLine *kutip_concordance_line_new (const KutipSearchHit *hit,
                                                  guint n_article,
                                                  char *name);

G_END_DECLS
