/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Strings in the tail of the one block of memory that an immutable thing lives in:
 * measured first, then appended in the same order. NULL takes no room and stays NULL. */

static inline gsize
kutip_tail_measure (const char *string)
{
  return string != NULL ? strlen (string) + 1 : 0;
}

/* Moves *@tail behind the copy. */
static inline const char *
kutip_tail_append (char **tail, const char *string)
{
  char *copy = *tail;
  gsize n_bytes;

  if (string == NULL)
    return NULL;

  n_bytes = strlen (string) + 1;
  memcpy (copy, string, n_bytes);
  *tail += n_bytes;
  return copy;
}

G_END_DECLS
