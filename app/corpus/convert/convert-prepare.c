/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-prepare.h"

#include "format/circles.h"
#include "store/anchor.h"

#include <string.h>

/* Which spans of a layer have to be looked for. */
typedef struct
{
  gboolean any;
  GHashTable *known; /* ids of those that were lost before; NULL for none */
} Orphans;

static gboolean
note_orphan (KutipSpan *span, gpointer data)
{
  Orphans *self = data;

  if (!kutip_span_is_orphan (span))
    return TRUE;
  self->any = TRUE;
  if (kutip_span_get_review (span) != KUTIP_REVIEW_ORPHAN)
    return TRUE;
  if (self->known == NULL)
    self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (self->known, g_strdup (kutip_span_get_id (span)));
  return TRUE;
}

/* That a quotation stands elsewhere than its position says is told by the reader, which
 * knows whether it said one. */
static void
report_outcome (const Orphans *orphans,
                const KutipAnchorOutcome *outcome,
                const char *path,
                KutipReport *report)
{
  if (outcome->result == KUTIP_ANCHOR_APPROXIMATE)
    kutip_report_add (report, KUTIP_REPORT_WARNING, "approximate", path, outcome->id, 0,
                      outcome->old_text);
  else if (outcome->result == KUTIP_ANCHOR_ORPHAN &&
           (orphans->known == NULL ||
            !g_hash_table_contains (orphans->known, outcome->id)))
    kutip_report_add (report, KUTIP_REPORT_WARNING, "not-found", path, outcome->id, 0,
                      outcome->old_text);
}

/* Spans whose text is not where it should be are looked for. */
static gboolean
find_orphans (KutipRecord *record,
              KutipLayer *layer,
              KutipReport *report,
              GCancellable *cancellable,
              GError **error)
{
  Orphans orphans = { FALSE, NULL };
  g_autoptr (GPtrArray) outcomes = NULL;

  kutip_layer_foreach_span (layer, note_orphan, &orphans);
  if (!orphans.any)
    return TRUE;
  outcomes = kutip_anchor_layer (layer, kutip_article_get_text (record->article),
                                 cancellable, error);
  for (guint i = 0; outcomes != NULL && i < outcomes->len; i++)
    report_outcome (&orphans, g_ptr_array_index (outcomes, i), record->path, report);
  g_clear_pointer (&orphans.known, g_hash_table_unref);
  return outcomes != NULL;
}

/* What annotators did in Kutip, or what was told of when it came in. */
static gboolean
is_own (const KutipFormat *format)
{
  return strcmp (format->name, "kutip") == 0 || strcmp (format->name, "jsonl") == 0;
}

gboolean
kutip_convert_prepare (KutipRecord *record,
                       const KutipConvertUnit *unit,
                       KutipConvertFiles *files,
                       KutipTagset *tagset,
                       KutipRenaming *renaming,
                       KutipReport *report,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < record->layers->len; i++)
    if (!find_orphans (record, g_ptr_array_index (record->layers, i), report, cancellable,
                       error))
      return FALSE;
  if (record->tagset == NULL && strcmp (unit->format->name, "kutip") == 0)
    record->tagset = kutip_convert_files_find_tagset (files, unit->path, &local);
  if (local != NULL)
    kutip_report_add (report, KUTIP_REPORT_WARNING, "tagset", record->path, NULL, 0,
                      local->message);
  if (!is_own (unit->format))
    kutip_circles_report (record, tagset, unit->name,
                          unit->format->next_unit == NULL ? 0 : unit->line, report);
  if (renaming != NULL)
    kutip_renaming_apply (renaming, record, report);
  return TRUE;
}
