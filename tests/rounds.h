/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* One in how many cases to try: 1, or what KUTIP_TEST_SHARE asks for where each takes
 * several times as long, and another run tries them all (tests/run --valgrind, .ci/run).
 */
static inline guint
rounds_divisor (void)
{
  const char *share = g_getenv ("KUTIP_TEST_SHARE");
  guint64 divisor = share != NULL ? g_ascii_strtoull (share, NULL, 10) : 1;

  return (guint) CLAMP (divisor, 1, G_MAXUINT);
}

/* How many of @n random cases to try. */
static inline guint
rounds (guint n)
{
  return MAX (n / rounds_divisor (), 1);
}
