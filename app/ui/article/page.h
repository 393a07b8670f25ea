/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/segment.h"

G_BEGIN_DECLS

/* The stretch of an article that a text widget holds at a time, and the map between the
 * article's offsets and the widget's: the widget gets whole display lines, of which a
 * paragraph has one, or, when it is long, several with a line break put in between, at a
 * place that depends on the paragraph alone. Characters that a text widget would not
 * show, or would take for something else, are shown by stand-ins, one for one. Knows no
 * widget.
 *
 * "Offset" is always one of the article, "place" one of the widget; both count code
 * points. */
typedef struct _KutipPage KutipPage;

/* A paragraph of more code points than this is broken, … */
#define KUTIP_PAGE_LONG 3072
/* … at about every so many, since what a text widget does for a key takes longer the
 * longer the paragraph. */
#define KUTIP_PAGE_BLOCK 1024

KutipPage *kutip_page_new (KutipText *text);
void kutip_page_free (KutipPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipPage, kutip_page_free)

KutipText *kutip_page_get_text (KutipPage *self);
/* The offsets it holds. */
KutipRange kutip_page_get_range (KutipPage *self);
gboolean kutip_page_is_whole (KutipPage *self);
/* Characters in the widget. */
guint kutip_page_get_n_places (KutipPage *self);

/* Each of these says what the widget must do to follow. */

/* Makes the page about @size long, with @offset in the middle; the text to show. */
char *kutip_page_load (KutipPage *self, guint offset, guint size);
/* Adds at least @size, or what there is; the text to insert at that end, NULL when there
 * is none. */
char *kutip_page_grow_start (KutipPage *self, guint size);
char *kutip_page_grow_end (KutipPage *self, guint size);
/* Gives up at most @size, but never the line that holds @keep; how many characters to
 * delete. */
guint kutip_page_shrink_start (KutipPage *self, guint size, guint keep);
guint kutip_page_shrink_end (KutipPage *self, guint size, guint keep);

/* Offsets outside the page count as its nearest edge. An offset at an inserted break has
 * two places: the start of the next line, or, for what ends there, the end of the line.
 */
guint kutip_page_to_place (KutipPage *self, guint offset);
guint kutip_page_to_end_place (KutipPage *self, guint offset);
guint kutip_page_to_offset (KutipPage *self, guint place);

/* The inserted breaks in the page, as offsets, in order. */
const guint *kutip_page_get_breaks (KutipPage *self, guint *n_breaks);

G_END_DECLS
