/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/pour.h"

void
kutip_pour_init (KutipPour *self,
                 gboolean (*pour) (KutipPour *, const char *, gsize, GError **),
                 gpointer data)
{
  *self = (KutipPour){ .buffer = g_string_sized_new (2 * KUTIP_POUR_ENOUGH),
                       .pour = pour,
                       .data = data };
}

static gboolean
pour_into_sink (KutipPour *self, const char *bytes, gsize n, GError **error)
{
  return self->sink->append (self->sink, self->name, bytes, n, error);
}

void
kutip_pour_init_for_sink (KutipPour *self, KutipSink *sink, const char *name)
{
  kutip_pour_init (self, pour_into_sink, NULL);
  self->sink = sink;
  self->name = name;
}

void
kutip_pour_clear (KutipPour *self)
{
  g_string_free (self->buffer, TRUE);
  g_clear_error (&self->error);
}

void
kutip_pour_now (KutipPour *self)
{
  if (self->error == NULL && self->buffer->len > 0)
    self->pour (self, self->buffer->str, self->buffer->len, &self->error);
  g_string_truncate (self->buffer, 0);
}

gboolean
kutip_pour_finish (KutipPour *self, GError **error)
{
  kutip_pour_now (self);
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

void
kutip_pour_append_number (GString *out, guint64 number)
{
  char digits[20];
  guint at = sizeof digits;

  do
    {
      digits[--at] = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number > 0);
  g_string_append_len (out, digits + at, (gssize) (sizeof digits - at));
}
