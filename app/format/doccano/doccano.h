/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* doccano's JSON Lines. Read: "label" (or "labels") as lists, "entities" and "relations",
 * "annotations" of old exports. Written: one line for each annotator's layer, with both
 * "label", which a project of sequence labelling imports, and "entities" with
 * "relations", which one of relation extraction does. doccano counts UTF-16 units in its
 * window; "offset_unit" says what was written. */

/* What a project shows as metadata; and the members by which it is read. */
typedef struct
{
  const char *name;
  gsize offset; /* in KutipHeaderFields */
} KutipDoccanoMember;

#define KUTIP_DOCCANO_N_METADATA 6
extern const KutipDoccanoMember kutip_doccano_metadata[KUTIP_DOCCANO_N_METADATA];

gboolean kutip_doccano_read (KutipSource *source,
                             const KutipFormatOptions *options,
                             KutipRecordFunc emit,
                             gpointer data,
                             KutipReport *report,
                             GError **error);

G_END_DECLS
