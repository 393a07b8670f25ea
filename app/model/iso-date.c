/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/iso-date.h"

#include <glib/gi18n.h>

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

/* The month as a word: of 02/03/25 nobody knows which is the day. */
char *
kutip_iso_date_format_time (GDateTime *time)
{
  /* Translators: a day and a time, as in "15 Aug 2022, 09:30"; see "man 3 strftime".
   * xgettext:no-c-format */
  return g_date_time_format (time, _ ("%-d %b %Y, %H:%M"));
}

static gboolean
describe_time (const char *text, char **words)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);

  if (time == NULL)
    return FALSE;
  if (words != NULL)
    *words = kutip_iso_date_format_time (time);
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
      /* Translators: a day, as in "15 Aug 2022"; see "man 3 strftime".
       * xgettext:no-c-format */
      format = _ ("%-d %b %Y");
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

gboolean
kutip_iso_date_read_time (const char *text, gint64 *time)
{
  static const char shape[] = "0000-00-00T00:00:00";
  g_autoptr (GDateTime) read = NULL;

  /* Days by their week and times without a colon are of ISO 8601, but not of this. */
  for (guint i = 0; shape[i] != '\0'; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit (text[i])
                        : g_ascii_toupper (text[i]) != shape[i])
      return FALSE;
  read = g_date_time_new_from_iso8601 (text, NULL);
  if (read != NULL)
    *time =
        g_date_time_to_unix (read) * G_USEC_PER_SEC + g_date_time_get_microsecond (read);
  return read != NULL;
}
