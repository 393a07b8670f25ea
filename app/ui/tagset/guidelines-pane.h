/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"
#include "ui/tagset/markdown-view.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_GUIDELINES_PANE (kutip_guidelines_pane_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipGuidelinesPane, kutip_guidelines_pane, KUTIP, GUIDELINES_PANE, GtkWidget)

/* A page of the side pane: how the open article's tag set is to be used. It goes to the
 * label of the current span. Signal "closed": the reader wants another page. */
void kutip_guidelines_pane_set_annotator (KutipGuidelinesPane *self,
                                          KutipAnnotator *annotator);
/* The guidelines of the annotator's tag set, Markdown; NULL: it has none. */
void kutip_guidelines_pane_set_text (KutipGuidelinesPane *self, const char *markdown);
KutipMarkdownView *kutip_guidelines_pane_get_view (KutipGuidelinesPane *self);

G_END_DECLS
