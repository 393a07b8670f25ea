/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of JSON: strings and numbers, byte by byte. For json.c. */
typedef struct
{
  const char *position; /* moves behind what was scanned, or to where it is wrong */
  const char *end;
  const char *reason; /* translated; NULL when all that is wrong is that the input ends */
} KutipJsonScan;

/* At the opening quote. @escaped tells whether there is a backslash in it. */
gboolean kutip_json_scan_string (KutipJsonScan *scan, gboolean *escaped);
/* At a minus sign or a digit. */
gboolean kutip_json_scan_number (KutipJsonScan *scan);
/* Appends what stands between the quotes of a string that was scanned. */
void kutip_json_decode_string (GString *out, const char *content, const char *end);

G_END_DECLS
