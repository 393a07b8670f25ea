/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Bytes on their way out: a writer appends to @buffer and calls kutip_pour_check() now
 * and then, and they go on as soon as there are enough of them, so that what is long is
 * never held as a whole. */
typedef struct _KutipPour KutipPour;
struct _KutipPour
{
  GString *buffer;
  gboolean (*pour) (KutipPour *self, const char *bytes, gsize n, GError **error);
  gpointer data;
  GError *error; /* of the first failure; nothing goes on behind it */
  /* Of one into a sink. */
  KutipSink *sink;
  const char *name;
};

/* Into the file @name of @sink; @name must stay. */
void kutip_pour_init_for_sink (KutipPour *self, KutipSink *sink, const char *name);
void kutip_pour_init (KutipPour *self,
                      gboolean (*pour) (KutipPour *, const char *, gsize, GError **),
                      gpointer data);
void kutip_pour_clear (KutipPour *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipPour, kutip_pour_clear)

#define KUTIP_POUR_ENOUGH ((gsize) 1 << 16)
void kutip_pour_now (KutipPour *self);
static inline void
kutip_pour_check (KutipPour *self)
{
  if (self->buffer->len >= KUTIP_POUR_ENOUGH)
    kutip_pour_now (self);
}
/* In decimal digits. */
void kutip_pour_append_number (GString *out, guint64 number);
/* The rest; FALSE with @error if anything failed. */
gboolean kutip_pour_finish (KutipPour *self, GError **error);

G_END_DECLS
