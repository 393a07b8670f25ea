/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <cmark.h>

G_BEGIN_DECLS

/* All that annotators should know of a tag set, as one text: its guidelines (Markdown, or
 * NULL), and behind them what each label, attribute and relation is for. A label's
 * heading has the label's name for user data. */
cmark_node *kutip_codebook_new (KutipTagset *tagset, const char *guidelines);

/* What a tip says of a label: its description, and the beginning of its own guidelines
 * without the signs of Markdown. NULL: nothing is said of it. */
char *kutip_codebook_describe_label (KutipTagset *tagset, const KutipLabelType *label);

G_END_DECLS
