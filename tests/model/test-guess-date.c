/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guess-date.h"

typedef struct
{
  const char *line;
  const char *iso; /* NULL: none */
  const char *match;
  const char *reason;
} DateCase;

static const DateCase cases[] = {
  { "15 Agustus 2022", "2022-08-15", "15 Agustus 2022", "Indonesian" },
  { "Kompas | 15 Agustus 2022, 13:39 WIB", "2022-08-15", "15 Agustus 2022", "inside" },
  { "3 Ogos 2021", "2021-08-03", "3 Ogos 2021", "Malay" },
  { "August 15, 2022", "2022-08-15", "August 15, 2022", "American" },
  { "15 August 2022", "2022-08-15", "15 August 2022", "British" },
  { "the 15th of August, 2022", "2022-08-15", "15th of August, 2022", "in full" },
  { "Aug. 5, 2022", "2022-08-05", "Aug. 5, 2022", "short" },
  { "AUGUST 15, 2022", "2022-08-15", "AUGUST 15, 2022", "in capitals" },
  { "15. August 2022", "2022-08-15", "15. August 2022", "German" },
  { "3. März 2020", "2020-03-03", "3. März 2020", "German, with an umlaut" },
  { "15 augustus 2022", "2022-08-15", "15 augustus 2022", "Dutch" },
  { "le 1er août 2022", "2022-08-01", "1er août 2022", "French, the first" },
  { "15 de agosto de 2022", "2022-08-15", "15 de agosto de 2022", "Spanish" },
  { "2 de março de 2022", "2022-03-02", "2 de março de 2022", "Portuguese" },
  { "15 agosto 2022", "2022-08-15", "15 agosto 2022", "Italian" },
  { "15 августа 2022", "2022-08-15", "15 августа 2022", "Russian" },
  { "15 أغسطس 2022", "2022-08-15", "15 أغسطس 2022", "Arabic" },
  { "١٥ أغسطس ٢٠٢٢", "2022-08-15", "١٥ أغسطس ٢٠٢٢", "Arabic digits" },
  { "5 במאי 2024", "2024-05-05", "5 במאי 2024", "Hebrew: in May" },
  { "7 มีนาคม 2567", "2024-03-07", "7 มีนาคม 2567", "Thai: the year 2567" },
  { "2022年8月15日", "2022-08-15", "2022年8月15日", "Chinese and Japanese" },
  { "2022年8月15日星期一", "2022-08-15", "2022年8月15日", "with the day of the week" },
  { "2022년 8월 15일", "2022-08-15", "2022년 8월 15일", "Korean" },
  { "2022-08-15", "2022-08-15", "2022-08-15", "ISO" },
  { "2022-08-15T09:30:00Z", "2022-08-15", "2022-08-15", "ISO with a time" },
  { "29 February 2024", "2024-02-29", "29 February 2024", "a leap day" },
  { "29 February 2023", NULL, NULL, "no leap year" },
  { "31 April 2022", NULL, NULL, "April has thirty" },
  { "2022-13-01", NULL, NULL, "no such month" },
  { "15/8/2022", NULL, NULL, "could be read in two ways" },
  { "08-15-2022", NULL, NULL, "so could this" },
  { "August 2022", NULL, NULL, "no day" },
  { "15 August", NULL, NULL, "no year" },
  { "15 August 22", NULL, NULL, "no century" },
  { "2022 August 15", NULL, NULL, "in an order that nobody uses" },
  { "15 people in 2022", NULL, NULL, "no month" },
  { "115 August 2022", NULL, NULL, "no such day" },
  { "15 August 3022", NULL, NULL, "a year to come" },
  { "15 Augusta 2022", NULL, NULL, "nearly a month" },
  { "call 999999999999999999999 August 2022", NULL, NULL, "a number that overflows" },
  { "", NULL, NULL, "nothing" },
  { "  12  ", NULL, NULL, "a number" },
  { "31 April 2022, 1 May 2022", "2022-05-01", "1 May 2022", "the first that is one" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KutipDateMatch match;
      g_autofree char *matched = NULL;

      g_test_message ("%s: %s", cases[i].reason, cases[i].line);
      g_assert_cmpint (kutip_guess_date (cases[i].line, &match), ==,
                       cases[i].iso != NULL);
      if (cases[i].iso == NULL)
        continue;
      g_assert_cmpstr (match.iso, ==, cases[i].iso);
      matched = g_strndup (cases[i].line + match.start, match.end - match.start);
      g_assert_cmpstr (matched, ==, cases[i].match);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guess-date/cases", test_cases);
  return g_test_run ();
}
