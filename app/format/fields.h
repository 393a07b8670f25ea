/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers and strings behind one another, as bytes that are in order, byte by byte, as
 * the first field is, then the second …: numbers by their size, strings as strcmp() has
 * them. */

void kutip_fields_put_number (GString *out, guint64 number);
/* NULL is the same as "". */
void kutip_fields_put_string (GString *out, const char *string);

/* What is left of fields that were put together; they must outlive it. */
typedef struct
{
  const char *at, *end;
} KutipFields;

guint64 kutip_fields_take_number (KutipFields *self);
const char *kutip_fields_take_string (KutipFields *self);

G_END_DECLS
