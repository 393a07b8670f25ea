/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/intern.h"

#include <string.h>

#define N_LATELY 32

const char *
kutip_intern (const char *string)
{
  static _Thread_local const char *lately[N_LATELY];
  guint first = (guchar) string[0];
  guint at = (first == 0 ? 0 : 5 * first + (guchar) string[1]) % N_LATELY;

  if (lately[at] == NULL || strcmp (lately[at], string) != 0)
    lately[at] = g_intern_string (string);
  return lately[at];
}
