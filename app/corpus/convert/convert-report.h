/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/report.h"

G_BEGIN_DECLS

/* A report as a JSON document, for programs:
 *
 *   {"losses": {"count": 2, "by_kind": {"notes": 2},
 *               "list": [{"kind": "notes", "path": "a.txt", "id": "s1"}, …]},
 *    "warnings": {…}}
 *
 * An entry has "path", "id", "line" and "detail" where there is one. Owned. */
GString *kutip_convert_report_to_json (KutipReport *report);

G_END_DECLS
