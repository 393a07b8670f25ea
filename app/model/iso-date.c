/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/iso-date.h"

/* Reads exactly @n_digits digits. */
static gboolean
read_number (const char **p, guint n_digits, int *number)
{
  *number = 0;
  for (guint i = 0; i < n_digits; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      *number = *number * 10 + g_ascii_digit_value (**p);
    }
  return TRUE;
}

static gboolean
read_part (const char **p, int *number)
{
  if (**p != '-')
    return FALSE;
  (*p)++;
  return read_number (p, 2, number);
}

static gboolean
describe_time (const char *text, char **words)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);

  if (time == NULL)
    return FALSE;
  if (words != NULL)
    *words = g_date_time_format (time, "%x %X");
  return TRUE;
}

gboolean
kutip_iso_date_describe (const char *text, char **words)
{
  const char *p = text;
  int year;
  int month = 1;
  int day = 1;
  const char *format = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (words != NULL)
    *words = NULL;
  if (!read_number (&p, 4, &year))
    return FALSE;
  if (*p != '\0')
    {
      if (!read_part (&p, &month))
        return FALSE;
      format = "%B %Y";
    }
  if (*p != '\0')
    {
      if (!read_part (&p, &day))
        return FALSE;
      format = "%x";
    }

  /* Knows how long the months are, and refuses the year 0. */
  date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (date == NULL)
    return FALSE;
  if (*p != '\0')
    return describe_time (text, words);
  if (words != NULL && format != NULL)
    *words = g_date_time_format (date, format);
  return TRUE;
}
