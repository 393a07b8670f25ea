/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/numbers.h"

void
kutip_numbers_prepare (void)
{
  g_ascii_strtoull ("0", NULL, 10);
}
