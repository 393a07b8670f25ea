/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/report.h"
#include "model/tagset.h"

G_BEGIN_DECLS

/* Counts in @report what @tagset says and @output does not, part by part: "tagset-titles"
 * with the name of the label, attribute or relation as the id. That something has no part
 * is nothing that could be lost, and neither are titles that are names. @output is NULL
 * for no tag set at all: it is told of as one thing, by its name. @path is of the first
 * article that it belongs to, or NULL. How much is lost. */
guint kutip_tagset_report_losses (KutipTagset *tagset,
                                  KutipTagset *output,
                                  const char *path,
                                  KutipReport *report);

G_END_DECLS
