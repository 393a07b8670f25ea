/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cmark.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_MARKDOWN_VIEW (kutip_markdown_view_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipMarkdownView, kutip_markdown_view, KUTIP, MARKDOWN_VIEW, GtkWidget)

/* Markdown to read. Links open by a click, or Return with the caret on them, and only
 * those to the web or a mail address; nothing is ever fetched: of an image its words are
 * shown, and HTML is shown as it is written.
 *
 * Signal "link" (const char *url): a link that leads elsewhere was followed; TRUE when it
 * led somewhere. */
GtkWidget *kutip_markdown_view_new (void);
/* What a screen reader calls it; "Guidelines" otherwise. */
void kutip_markdown_view_set_label (KutipMarkdownView *self, const char *label);
/* A parsed text. Nodes whose user data is a string can be gone to by it. */
void kutip_markdown_view_show (KutipMarkdownView *self, cmark_node *document);
/* Scrolls so that the node of that name is at the top; FALSE when there is none. */
gboolean kutip_markdown_view_go_to (KutipMarkdownView *self, const char *name);
/* For tests. */
GtkTextBuffer *kutip_markdown_view_get_buffer (KutipMarkdownView *self);

G_END_DECLS
