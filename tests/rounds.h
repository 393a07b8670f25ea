/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How many of @n random cases to try: all, or the share that KUTIP_TEST_SHARE asks for
 * where each takes fifty times as long (tests/run --valgrind). */
static inline guint
rounds (guint n)
{
  const char *share = g_getenv ("KUTIP_TEST_SHARE");
  guint64 divisor = share != NULL ? g_ascii_strtoull (share, NULL, 10) : 1;

  return divisor > 1 ? MAX (n / (guint) divisor, 1) : n;
}
