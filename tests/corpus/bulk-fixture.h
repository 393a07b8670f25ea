/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../store/place.h"
#include "corpus/bulk/bulk-mark.h"
#include "corpus/occurrences.h"

G_BEGIN_DECLS

/* Two articles to mark places in, and what came of it. */

#define STORY "Putin writes. Then putin called, and Putinism grew. Putin."

void bulk_search (KutipOccurrences *occurrences,
                  const char *pattern,
                  KutipFindFlags flags,
                  const char *label,
                  GFile *folder);
/* One article with a source marked at its start; another one without anything. */
void bulk_make_articles (const char *path);
void bulk_assert_marked (const char *path, const char *label, const char *expected);
void bulk_wait (KutipBulkMark *bulk);
void bulk_assert_result (KutipBulkMark *bulk,
                         guint n,
                         guint n_articles,
                         guint n_failures);
/* A KutipBulkOpenFunc: at once; @data: GFile -> KutipDocument, those that are open. */
gboolean bulk_change_open (GFile *file, KutipBulkTurn *turn, gpointer data);
KutipBulkMark *bulk_begin (const char *path,
                           const char *words,
                           const char *label,
                           GHashTable *open,
                           gboolean recorded);

G_END_DECLS
