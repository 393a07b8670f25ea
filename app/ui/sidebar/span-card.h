/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_SPAN_CARD (kutip_span_card_get_type ())
G_DECLARE_FINAL_TYPE (KutipSpanCard, kutip_span_card, KUTIP, SPAN_CARD, GtkWidget)

/* The annotator's current span: its label, words, attributes, links, note. Each edit is a
 * change of the document, and what changes there is shown here.
 *
 * Property "annotator" (KutipAnnotator, nullable). */
GtkWidget *kutip_span_card_new (void);
void kutip_span_card_set_annotator (KutipSpanCard *self, KutipAnnotator *annotator);

/* Applies what has been written and not applied yet; before saving and closing. */
void kutip_span_card_commit (KutipSpanCard *self);

/* For keys. FALSE when there is no such field to go to. */
/* The form of the link at hand. */
gboolean kutip_span_card_focus_link (KutipSpanCard *self);
gboolean kutip_span_card_focus_note (KutipSpanCard *self);
/* From 0. */
gboolean kutip_span_card_focus_attribute (KutipSpanCard *self, guint nth);

G_END_DECLS
