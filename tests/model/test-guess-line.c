/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guess-line.h"

#include <string.h>

static void
append_part (KutipLineField field, const char *value, gpointer out)
{
  static const char *const names[] = {
    [KUTIP_LINE_TITLE] = "title", [KUTIP_LINE_AUTHOR] = "author",
    [KUTIP_LINE_DATE] = "date",   [KUTIP_LINE_PUBLISHER] = "publisher",
    [KUTIP_LINE_URL] = "url",     [KUTIP_LINE_OTHER] = "other",
  };

  g_string_append_printf (out, "%s=%s;", names[field], value);
}

static void
test_labelled (void)
{
  static const struct
  {
    const char *line;
    const char *parts; /* NULL: no such line */
    const char *reason;
  } rows[] = {
    { "Penulis : Haryo Jati Editor : Purwanto", "author=Haryo Jati;other=Purwanto;",
      "two" },
    { "Sumber : BBC", "publisher=BBC;", "a space before the colon" },
    { "Sumber: BBC", "publisher=BBC;", "none" },
    { "PENULIS: Haryo Jati", "author=Haryo Jati;", "in capitals" },
    { "作者：林若溪", "author=林若溪;", "a colon of full width" },
    { "كتبت: ليلى منصور", "author=ليلى منصور;", "Arabic" },
    { "Author: A. B. | Date: 2022-08-15", "author=A. B.;date=2022-08-15;", "with a bar" },
    { "Written by: Moira Tennant", "author=Moira Tennant;", "two words" },
    { "Sumber :", "", "nothing behind it" },
    { "Editor : P", "other=P;", "an editor is no author" },
    { "Link: https://example.org/a", "url=https://example.org/a;", "an address" },
    { "Sumber daya alam melimpah", NULL, "a word of that name, no colon" },
    { "Resource: water", NULL, "it only ends like one" },
    { "He said: By the way", NULL, "it does not begin with one" },
    { "", NULL, "nothing" },
    { ":", NULL, "a colon" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) parts = g_string_new (NULL);

      g_test_message ("%s: %s", rows[i].reason, rows[i].line);
      g_assert_cmpint (kutip_guess_labelled_line (rows[i].line, append_part, parts), ==,
                       rows[i].parts != NULL);
      g_assert_cmpstr (parts->str, ==, rows[i].parts != NULL ? rows[i].parts : "");
    }
}

/* A long value is a sentence that happens to begin like that. */
static void
test_long_value (void)
{
  g_autofree char *value = g_strnfill (500, 'x');
  g_autofree char *line = g_strconcat ("Source: ", value, NULL);
  g_autoptr (GString) parts = g_string_new (NULL);

  g_assert_true (kutip_guess_labelled_line (line, append_part, parts));
  g_assert_cmpstr (parts->str, ==, "");
}

static void
test_byline (void)
{
  static const struct
  {
    const char *line;
    const char *language;
    const char *name;
    const char *reason;
  } rows[] = {
    { "By Moira Tennant", "en", "Moira Tennant", "English" },
    { "BY MOIRA TENNANT", "en", "MOIRA TENNANT", "in capitals" },
    { "Von Jonas Althoff", "de", "Jonas Althoff", "German" },
    { "By Ludwig van Beethoven and Clara Schumann", "en",
      "Ludwig van Beethoven and Clara Schumann", "two, with a particle" },
    { "Oleh Haryo Jati", "id", "Haryo Jati", "Indonesian" },
    { "מאת נועה ברק", "he", "נועה ברק", "a script without capitals" },
    { "Von Jonas Althoff", "en", NULL, "not in this language" },
    { "Von Jonas Althoff", NULL, NULL, "nor in an unknown one" },
    { "By the river they met", "en", NULL, "no name" },
    { "By Monday, the water had gone.", "en", NULL, "a sentence" },
    { "By", "en", NULL, "nothing behind it" },
    { "By ", "en", NULL, "a space behind it" },
    { "Byron Smith", "en", NULL, "only the beginning of a word" },
    { "By One Two Three Four Five Six Seven Eight", "en", NULL, "too many words" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = kutip_guess_byline (rows[i].line, rows[i].language);

      g_test_message ("%s: %s", rows[i].reason, rows[i].line);
      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

static void
test_dateline (void)
{
  static const struct
  {
    const char *line;
    const char *publisher;
    const char *reason;
  } rows[] = {
    { "PYONGYANG, KOMPAS.TV - Hubungan", "KOMPAS.TV", "Indonesian" },
    { "LONDON (Reuters) - The", "Reuters", "an agency" },
    { "TANJUNG SERAYA, WARTA PESISIR – Sebanyak", "WARTA PESISIR", "a longer dash" },
    { "London, Reuters - The", NULL, "a place is in capitals" },
    { "LONDON - The", NULL, "no publisher" },
    { "LONDON, UK, REUTERS - The", NULL, "which of them?" },
    { "LONDON (see page 3) - The", NULL, "no name" },
    { "LONDON () - The", NULL, "nothing in it" },
    { "A sentence (with brackets) - and a dash", NULL, "prose" },
    { "", NULL, "nothing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *publisher = kutip_guess_dateline (rows[i].line);

      g_test_message ("%s: %s", rows[i].reason, rows[i].line);
      g_assert_cmpstr (publisher, ==, rows[i].publisher);
    }
}

static void
test_tidy (void)
{
  static const char *const rows[][2] = {
    { "  # A title ", "A title" }, { "A title\t", "A title" }, { "", "" }, { "## ", "" },
    { "** Bold", "Bold" },         { "\u00a0A", "A" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *tidy = kutip_guess_tidy_line (rows[i][0]);

      g_assert_cmpstr (tidy, ==, rows[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guess-line/labelled", test_labelled);
  g_test_add_func ("/guess-line/long-value", test_long_value);
  g_test_add_func ("/guess-line/byline", test_byline);
  g_test_add_func ("/guess-line/dateline", test_dateline);
  g_test_add_func ("/guess-line/tidy", test_tidy);
  return g_test_run ();
}
