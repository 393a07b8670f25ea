/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/fields.h"

#include <string.h>

/* How many bytes a number has, then the bytes, the highest first. */
void
kutip_fields_put_number (GString *out, guint64 number)
{
  char bytes[9];
  guint n = 0;

  for (guint64 rest = number; rest > 0; rest >>= 8)
    n++;
  bytes[0] = (char) n;
  for (guint i = 0; i < n; i++)
    bytes[1 + i] = (char) (number >> (8 * (n - 1 - i)));
  g_string_append_len (out, bytes, n + 1);
}

void
kutip_fields_put_string (GString *out, const char *string)
{
  if (string == NULL)
    string = "";
  g_string_append_len (out, string, (gssize) strlen (string) + 1);
}

guint64
kutip_fields_take_number (KutipFields *self)
{
  guint n = (guchar) *self->at++;
  guint64 number = 0;

  g_assert (n <= 8 && self->at + n <= self->end);
  for (; n > 0; n--)
    number = number << 8 | (guchar) *self->at++;
  return number;
}

const char *
kutip_fields_take_string (KutipFields *self)
{
  const char *string = self->at;

  g_assert (self->at < self->end);
  self->at += strlen (string) + 1;
  return string;
}
