/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cmark.h>
#include <glib.h>

G_BEGIN_DECLS

#define KUTIP_MANUAL_FIRST_PAGE "index.md"

/* The manual is part of the program: a page by its file's name, NULL when there is none.
 * Its headings can be gone to by what stands behind "#" in links to them. For
 * cmark_node_free(). */
cmark_node *kutip_manual_parse_page (const char *name);
/* The text of the page's first heading, owned. */
char *kutip_manual_dup_title (cmark_node *page);
/* Tables are no part of plain Markdown: as lists, each row as its first cell, emphasized,
 * and the others behind it. Remarks, a line that is “<!-- … -->”, are left out. */
char *kutip_manual_list_tables (const char *markdown);
/* "The tag set!" -> "the-tag-set", as in links to a heading. */
char *kutip_manual_make_anchor (const char *heading);

G_END_DECLS
