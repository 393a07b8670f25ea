/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

G_BEGIN_DECLS

/* What a person does to annotations: each builds one change, with a title for the undo
 * button, and sends it through kutip_document_apply(). Times are set here. NULL or FALSE
 * with @error when the document refuses. */

/* A new span over @ranges (normalised here), with the label's default attribute values
 * written out: so a later tag set with other defaults never changes what is already
 * marked. Returns the new span, borrowed from the layer. */
KutipSpan *kutip_annotate_mark (KutipDocument *document,
                                const char *label,
                                const KutipRange *ranges,
                                guint n_ranges,
                                GError **error);
/* The same, with a link from @from (or NULL) to the new span and from the new span to
 * each of @to, in one change; each of the first type that the tag set allows, and none
 * where it allows none. */
KutipSpan *kutip_annotate_mark_linked (KutipDocument *document,
                                       const char *label,
                                       const KutipRange *ranges,
                                       guint n_ranges,
                                       KutipSpan *from,
                                       KutipSpan *const *to,
                                       guint n_to,
                                       GError **error);
/* Removes the spans and every relation from and to them, as one change. */
gboolean kutip_annotate_remove_spans (KutipDocument *document,
                                      KutipSpan *const *spans,
                                      guint n_spans,
                                      GError **error);
/* Attributes that the new label does not have are kept. Relations that the tag set does
 * not allow any more are kept and found by kutip_check. */
gboolean kutip_annotate_set_label (KutipDocument *document,
                                   KutipSpan *span,
                                   const char *label,
                                   GError **error);
gboolean kutip_annotate_set_ranges (KutipDocument *document,
                                    KutipSpan *span,
                                    const KutipRange *ranges,
                                    guint n_ranges,
                                    GError **error);
/* NULL removes all. */
gboolean kutip_annotate_set_attributes (KutipDocument *document,
                                        KutipSpan *span,
                                        KutipAttributes *attributes,
                                        GError **error);
gboolean kutip_annotate_set_note (KutipDocument *document,
                                  KutipSpan *span,
                                  const char *note,
                                  GError **error);
gboolean kutip_annotate_set_unsure (KutipDocument *document,
                                    KutipSpan *span,
                                    gboolean unsure,
                                    GError **error);
/* @relation NULL: the first type that the tag set allows between them. Refused when it
 * allows none, when the two are one span, or when that link is there already. Borrowed.
 */
KutipRelation *kutip_annotate_link (KutipDocument *document,
                                    KutipSpan *from,
                                    KutipSpan *to,
                                    const char *relation,
                                    GError **error);
gboolean kutip_annotate_unlink (KutipDocument *document,
                                KutipRelation *relation,
                                GError **error);
gboolean kutip_annotate_set_status (KutipDocument *document,
                                    KutipStatus status,
                                    GError **error);
/* All of a header's fields at once (title, author, …), under @title. */
gboolean kutip_annotate_set_header (KutipDocument *document,
                                    const KutipHeaderFields *fields,
                                    const char *title,
                                    GError **error);

G_END_DECLS
