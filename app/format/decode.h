/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* The text of a unit that people may have saved in any encoding. One that had to be
 * guessed is told in @report, as it may be wrong; with @must_be_utf8 it is an error, for
 * formats that know no other. The error names the line in the file. */
KutipText *kutip_source_decode (KutipSource *source,
                                gboolean must_be_utf8,
                                KutipReport *report,
                                GError **error);
/* The same for a table, which must be UTF-8, or have another encoding's byte order mark:
 * what is guessed wrong is no longer found in the text. Bytes without NUL behind them:
 * those of the source, if it is large and UTF-8, or else of the text at *@decoded, which
 * is to be unreferenced. */
const char *kutip_source_get_utf8 (KutipSource *source,
                                   KutipText **decoded,
                                   gsize *n_bytes,
                                   KutipReport *report,
                                   GError **error);

G_END_DECLS
