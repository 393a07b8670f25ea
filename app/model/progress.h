/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far something in another thread has come, and whether it is to stop. */
typedef struct
{
  int n_done; /* atomic, as all of them */
  int n_all;  /* 0: not known yet */
  int is_cancelled;
} KutipProgress;

static inline void
kutip_progress_begin (KutipProgress *self, guint n_all)
{
  if (self != NULL)
    g_atomic_int_set (&self->n_all, (int) n_all);
}

/* One more is done. FALSE when it is to stop; never without @self. */
static inline gboolean
kutip_progress_step (KutipProgress *self)
{
  if (self == NULL)
    return TRUE;
  g_atomic_int_inc (&self->n_done);
  return g_atomic_int_get (&self->is_cancelled) == 0;
}

static inline gboolean
kutip_progress_is_cancelled (KutipProgress *self)
{
  return self != NULL && g_atomic_int_get (&self->is_cancelled) != 0;
}

/* From 0 to 1. */
static inline double
kutip_progress_get_fraction (KutipProgress *self)
{
  int n_all = g_atomic_int_get (&self->n_all);
  double fraction = n_all > 0 ? (double) g_atomic_int_get (&self->n_done) / n_all : 0;

  return CLAMP (fraction, 0, 1);
}

G_END_DECLS
