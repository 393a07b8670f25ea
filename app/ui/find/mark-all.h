/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/bulk/bulk-mark.h"
#include "text/find.h"
#include "ui/annotator/annotator.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_MARK_ALL (kutip_mark_all_get_type ())
G_DECLARE_FINAL_TYPE (KutipMarkAll, kutip_mark_all, KUTIP, MARK_ALL, AdwWindow)

/* Asks which of the places where some words occur are to be marked, and with which label;
 * then marks them: in the article as one change; in all articles as one change for each,
 * of which a KutipBulkWindow tells. Signal "marking" (KutipBulkMark *): that has begun.
 * The window that asked before, or a new one; to be presented by the caller. */
KutipMarkAll *kutip_mark_all_ask (GtkWindow *parent,
                                  KutipAnnotator *annotator,
                                  GFile *article,
                                  const char *words,
                                  KutipFindFlags flags);
/* What "all articles" are: those below @folder, or with NULL those in @files (GFile); and
 * whose layers. */
void kutip_mark_all_set_corpus (KutipMarkAll *self,
                                GFile *folder,
                                GPtrArray *files,
                                const char *annotator);
/* Chooses them, not the article. */
void kutip_mark_all_choose_corpus (KutipMarkAll *self);

G_END_DECLS
