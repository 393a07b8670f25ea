/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert-prepare.h"

#include "store/anchor.h"

#include <string.h>

static gboolean
note_orphan (KutipSpan *span, gpointer found)
{
  *(gboolean *) found = kutip_span_is_orphan (span);
  return !*(gboolean *) found;
}

static gboolean
has_orphans (KutipLayer *layer)
{
  gboolean found = FALSE;

  kutip_layer_foreach_span (layer, note_orphan, &found);
  return found;
}

/* Spans whose text is not where it should be are looked for. */
static gboolean
find_orphans (KutipRecord *record, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < record->layers->len; i++)
    {
      g_autoptr (GPtrArray) outcomes = NULL;

      if (!has_orphans (g_ptr_array_index (record->layers, i)))
        continue;
      outcomes = kutip_anchor_layer (g_ptr_array_index (record->layers, i),
                                     kutip_article_get_text (record->article),
                                     cancellable, error);
      if (outcomes == NULL)
        return FALSE;
    }
  return TRUE;
}

gboolean
kutip_convert_prepare (KutipRecord *record,
                       const KutipConvertUnit *unit,
                       KutipConvertFiles *files,
                       KutipRenaming *renaming,
                       KutipReport *report,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!find_orphans (record, cancellable, error))
    return FALSE;
  if (record->tagset == NULL && strcmp (unit->format->name, "kutip") == 0)
    record->tagset = kutip_convert_files_find_tagset (files, unit->path, &local);
  if (local != NULL)
    kutip_report_add (report, KUTIP_REPORT_WARNING, "tagset", record->path, NULL, 0,
                      local->message);
  if (renaming != NULL)
    kutip_renaming_apply (renaming, record, report);
  return TRUE;
}
