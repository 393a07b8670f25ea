/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One article that a command works on. Paths begin with what the user named. */
typedef struct
{
  const char *article;
  gboolean exists;     /* FALSE: sidecars that have lost their article */
  GPtrArray *sidecars; /* paths, sorted; none when nobody has annotated it */
} KutipInput;

typedef void (*KutipInputFunc) (const KutipInput *input, gpointer data);

/* Comes by each article that @paths name, in this order: for an article with all its
 * sidecars, for a sidecar with that one alone, for a folder each article in it and then
 * in the folders below, sorted by the bytes of the names, so that the order is the same
 * everywhere. Hidden files and folders are left out, links to folders followed once. What
 * cannot be read is told on standard error, and FALSE returned after all else was
 * visited. */
gboolean kutip_inputs_foreach (char *const *paths, KutipInputFunc func, gpointer data);

G_END_DECLS
