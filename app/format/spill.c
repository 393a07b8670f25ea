/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/spill.h"

#include <string.h>

typedef struct
{
  KutipSpill spill;
  GString *bytes;
} Held;

static gboolean
append (KutipSpill *spill, const char *bytes, gsize n, GError **error)
{
  g_string_append_len (((Held *) spill)->bytes, bytes, (gssize) n);
  return TRUE;
}

static gboolean
read_bytes (KutipSpill *spill, guint64 at, char *bytes, gsize n, GError **error)
{
  memcpy (bytes, ((Held *) spill)->bytes->str + at, n);
  return TRUE;
}

static void
free_held (KutipSpill *spill)
{
  g_string_free (((Held *) spill)->bytes, TRUE);
  g_free (spill);
}

KutipSpill *
kutip_spill_new_in_memory (GError **error)
{
  Held *self = g_new0 (Held, 1);

  self->spill = (KutipSpill){ .append = append, .read = read_bytes, .free = free_held };
  self->bytes = g_string_new (NULL);
  return &self->spill;
}

void
kutip_spill_free (KutipSpill *self)
{
  if (self != NULL)
    self->free (self);
}
