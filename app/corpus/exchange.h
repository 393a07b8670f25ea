/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/export/export.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_EXCHANGE (kutip_exchange_get_type ())
G_DECLARE_FINAL_TYPE (KutipExchange, kutip_exchange, KUTIP, EXCHANGE, GObject)

/* A conversion (convert.h) in a thread of its own, for a window: with progress, to be
 * cancelled, with its result afterwards.
 *
 * Properties (read-only, notify): "running", "n-records" (guint64: articles written),
 * "n-done" (guint64: files, or parts of them, that are done), "fraction" (double: of all
 * that is read, from 0 to 1; 0 where nobody knows). */

typedef enum
{
  KUTIP_EXCHANGE_NO_NAMES,
  KUTIP_EXCHANGE_TAGSET,
  KUTIP_EXCHANGE_MAP,
} KutipExchangeNames;

/* Copies what @conversion says, but takes its renaming; its progress and target are not
 * used. */
KutipExchange *kutip_exchange_new (const KutipConversion *conversion);
/* Before the start: what is read becomes a dataset (export.h). Copies @options, which
 * make sense together. */
void kutip_exchange_make_dataset (KutipExchange *self, const KutipExportOptions *options);
/* Before the start: the files of the tag set of the output and of the map of names, which
 * are then read first (convert-names.h), instead of what @conversion says. Either may be
 * NULL. */
void kutip_exchange_read_names (KutipExchange *self, const char *tagset, const char *map);
/* Once only. */
void kutip_exchange_start (KutipExchange *self);
/* Nothing is left of it. Ends soon. */
void kutip_exchange_cancel (KutipExchange *self);
gboolean kutip_exchange_is_running (KutipExchange *self);

/* After the end; borrowed. Why nothing was written, or NULL. */
const GError *kutip_exchange_get_error (KutipExchange *self);
/* Which of the files of names could not be read, so that nothing was begun. */
KutipExchangeNames kutip_exchange_get_blamed (KutipExchange *self);
const KutipConversionResult *kutip_exchange_get_result (KutipExchange *self);
/* NULL when no dataset was asked for. */
const KutipExportResult *kutip_exchange_get_dataset (KutipExchange *self);
const char *kutip_exchange_get_output (KutipExchange *self);
const KutipFormat *kutip_exchange_get_format (KutipExchange *self);

G_END_DECLS
