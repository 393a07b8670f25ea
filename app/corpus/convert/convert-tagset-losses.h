/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert-memory.h"
#include "corpus/tagset-gather.h"

G_BEGIN_DECLS

/* The tag sets of a conversion's articles: what the output does not say of each of them
 * is told of in the end, once. One that Kutip made up from annotations, as it does for
 * the copy of what comes from programs without one, says nothing that these do not say
 * themselves: if that is still so, nothing is lost with it, which is known when the last
 * article is there. */
typedef struct _KutipConvertTagsetLosses KutipConvertTagsetLosses;

/* @all: each loss is listed; else the first ones, and the rest is counted. */
KutipConvertTagsetLosses *kutip_convert_tagset_losses_new (gboolean all);
void kutip_convert_tagset_losses_free (KutipConvertTagsetLosses *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipConvertTagsetLosses, kutip_convert_tagset_losses_free)

/* What is annotated in it. From any thread. */
void kutip_convert_tagset_losses_gather (KutipConvertTagsetLosses *self,
                                         KutipRecord *record);
/* @path: of the article that has it, or NULL. In the writing thread. */
void kutip_convert_tagset_losses_add (KutipConvertTagsetLosses *self,
                                      KutipTagset *tagset,
                                      const char *path);
/* Counts in @report what the output does not say of them: it has @tagset, or what
 * @to has left in @sink, and goes to the file @output; these may be NULL. FALSE with
 * @error when that cannot be read from a spool. */
gboolean kutip_convert_tagset_losses_report (KutipConvertTagsetLosses *self,
                                             const KutipFormat *to,
                                             const char *output,
                                             KutipTagset *tagset,
                                             KutipMemorySink *sink,
                                             KutipReport *report,
                                             GError **error);

G_END_DECLS
