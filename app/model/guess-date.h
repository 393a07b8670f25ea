/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A date found in a line. */
typedef struct
{
  char iso[11]; /* "2022-08-15" */
  gsize start;  /* bytes in the line */
  gsize end;
} KutipDateMatch;

/* The first date of @line that says day, month and year in no doubt: with the month's
 * name in one of many languages, as 2022年8月15日, or in ISO 8601. Years of the Thai
 * calendar are converted. 15/8/2022 and its like are left alone: 5/8 is another day for
 * other readers. */
gboolean kutip_guess_date (const char *line, KutipDateMatch *match);

G_END_DECLS
