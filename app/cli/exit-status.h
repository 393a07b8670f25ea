/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the program ends with. */
enum
{
  KUTIP_EXIT_SUCCESS = 0,
  KUTIP_EXIT_FINDINGS = 1, /* something is wrong, or failed; standard error says what */
  KUTIP_EXIT_USAGE = 2,
};
