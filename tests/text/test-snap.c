/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "marked-row.h"
#include "random-text.h"
#include "text/segment.h"
#include "text/sentence.h"

static const struct
{
  const char *marked;
  const char *reason;
} snaps[] = {
  { "kata {<Putin>}, dia", "what is right stays" },
  { "kata {<Putin>,} dia", "a comma" },
  { "kata{ <Putin>} dia", "a space before" },
  { "kata {<Putin> }dia", "a space after" },
  { "kata{ <Putin>, }dia", "all at once" },
  { "kata {<Putin>: }\u201cya\u201d", "a colon" },
  { "kata {<Putin> \u2013 }ya", "a dash" },
  { "ya{ \u2014 <kata Putin>} ", "a dash before" },
  { "<Hubu{ngan kian mes}ra>.", "words in part are made whole" },
  { "kata {<Putin> }mengatakan", "a word beside is not taken in" },
  { "<Pu{t}in>", "one letter of it" },
  { "Kim <Jong-{un}> kian", "the other half beyond a hyphen" },
  { "<anti{-}Jepang>", "the hyphen itself" },
  { "<Ju{m}'at>", "beyond an apostrophe" },
  { "{<Kami sahabat dunia>.}", "the full stop of a sentence" },
  { "{<Benarkah>?}", "and its question mark" },
  { "{<\u201cKami sahabat dunia.\u201d>}", "but not inside quotation marks" },
  { "{<\u201cKami sahabat dunia\u201d>.}", "after them it is stray" },
  { "kata {<\u201cKami sahabat\u201d>,} ya", "marks that enclose it" },
  { "\u201c{<Kami sahabat>\u201d} ya", "a mark whose partner is outside" },
  { "kata {\u201c<Kami>} sahabat\u201d", "the same before" },
  { "kata {\u201c<Kami \u201csahabat\u201d>} dunia\u201d",
    "of two that open, one is closed" },
  { "{<kata \u201cKami sahabat\u201d>}", "a mark at one edge, its partner inside" },
  { "{<\u201cKami\u201d dan \u201ckita\u201d>}", "two pairs" },
  { "\u201cya{\u201d <dan> \u201c}kita\u201d", "closing before and opening after" },
  { "kata {<\"Kami sahabat\">,} ya", "straight marks" },
  { "\"{<Kami sahabat>\"} ya", "half of straight marks" },
  { "kata {\"<Kami>} sahabat\"", "the other half" },
  { "\"ya{\" <dan> \"}kita\"", "straight, closing before and opening after" },
  { "{<'Kami sahabat'>}", "single" },
  { "kata {'<Jum'at>} ya'", "an apostrophe is no partner" },
  { "{<\u2018don\u2019t\u2019>}", "an apostrophe among them" },
  { "{<\u201eKami\u201c>}", "German" },
  { "\u201eja{\u201c <sagte er>, \u201e}nein\u201c", "German, closing before" },
  { "{<\u00abKami\u00bb>}", "guillemets" },
  { "{<\u00ab\u00a0Kami\u00a0\u00bb>}", "French, with spaces in them" },
  { "{<\u00bbKami\u00ab>}", "the other way, as in German books" },
  { "\u00abya{\u00bb <dia> \u00ab}kita\u00bb", "guillemets, closing before" },
  { "{<\u201dKami\u201d>}", "Swedish" },
  { "{<\u300c\u6211\u4eec\u300d>\u3002}", "Chinese" },
  { "{<\u603b\u7edf>\uff0c}\u4fc4", "Chinese, a comma; words stay as they were swept" },
  { "{<Senin (15/8/2022)>,} di", "brackets" },
  { "{<Senin> (}15/8/2022)", "an open one" },
  { "(BBC{) <Senin>} x", "a closed one" },
  { "{<(BBC)>}", "brackets that enclose it" },
  { "{<((a) b)>}", "nested ones" },
  { "({<(a) b>)}", "nested, the outer one open" },
  { "{... <ya> ...}", "ellipses" },
  { "{\u2026<ya>\u2026}", "in one character" },
  { "{<PT Astra Tbk.>}", "an abbreviation keeps its full stop" },
  { "{<Budi, M.Si.>}", "as does a degree" },
  { "{<U.S.>}", "and an acronym" },
  { "{<KOMPAS.TV>.}", "but not any name with a point in it" },
  { "{<tahun 2022>.}", "nor a number" },
  { "suhu {<-5 derajat>}", "a minus is part of a number" },
  { "2020{-<2021>}", "a dash between two is not" },
  { "{<50%>,}", "a per cent sign" },
  { "{<#pemilu>,}", "a hash sign" },
  { "{<C++>,}", "signs that are no punctuation" },
  { "{<\U0001f600>,}", "a picture" },
  { "{<\U0001f468\u200d\U0001f469>}", "one of several" },
  { "<\U0001f468{\u200d}\U0001f469>", "cut in its middle" },
  { "{<*\ufe0f\u20e3>}", "a keycap is no punctuation" },
  { "<caf{e}\u0301> x", "an accent on its own code point" },
  { "{\u2022 <satu>}", "a bullet" },
  { "x{\r\n<satu>\r}\n", "line ends" },
  { "{<satu>.\n}", "a line end after a full stop" },
  { "x <>{  } y", "blank" },
  { "x {<>}y", "empty" },
  { "x {<\u2014>} y", "only punctuation: then it is meant" },
  { "x{ <...> }y", "the same with spaces around it" },
  { "{<\u05e9\u05dc\u05d5\u05dd>,} x", "Hebrew" },
  { "<\u05e6{\u05d4}\"\u05dc> x", "a Hebrew abbreviation" },
  { "{<\u0642\u0627\u0644>\u060c} \u0639", "Arabic, with its comma" },
  { "<\u0642{\u0627}\u0644>\u061f", "Arabic, in part" },
  { "\u0e1b\u0e23\u0e30\u0e18\u0e32\u0e19\u0e32\u0e18\u0e34\u0e1a\u0e14\u0e35<\u0e01{"
    "\u0e25"
    "\u0e48}\u0e32\u0e27>\u0e27\u0e48\u0e32",
    "Thai: a word in part, by dictionary" },
};

static void
test_snap (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (snaps); i++)
    {
      g_auto (MarkedRow) row = { 0 };
      KutipRange found;

      marked_row_init (&row, snaps[i].marked);
      found = kutip_segment_snap (row.text, row.given);
      marked_row_check (&row, found, snaps[i].marked, snaps[i].reason);
      /* What was snapped stays where it is. */
      marked_row_check (&row, kutip_segment_snap (row.text, found), snaps[i].marked,
                        "again");
    }
}

static const struct
{
  const char *marked;
  const char *reason;
} trims[] = {
  { "a{ \t<b c>\r\n}d", "white space" },
  { "{\u00a0\u3000<b>\u2003\u200b\ufeff}", "of all kinds" },
  { "{<.b,>}", "not punctuation" },
  { "a{<>  }b", "nothing else" },
  { "{<\u00a0\u0301b>}", "not a space that carries an accent" },
};

static void
test_trim (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (trims); i++)
    {
      g_auto (MarkedRow) row = { 0 };

      marked_row_init (&row, trims[i].marked);
      marked_row_check (&row, kutip_segment_trim (row.text, row.given), trims[i].marked,
                        trims[i].reason);
    }
}

static const struct
{
  const char *marked;
  const char *reason;
} wholes[] = {
  { "a{<b>}c", "whole already" },
  { "<e{\u0301>}x", "an accent at the start" },
  { "{<e}\u0301>x", "an accent at the end" },
  { "<\r{\n>}x", "CR LF" },
  { "<>e{}\u0301", "an empty range moves, and stays empty" },
  { "<\U0001f1ee{\U0001f1e9>}x", "half a flag" },
};

static void
test_whole_characters (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wholes); i++)
    {
      g_auto (MarkedRow) row = { 0 };

      marked_row_init (&row, wholes[i].marked);
      marked_row_check (&row, kutip_segment_whole_characters (row.text, row.given),
                        wholes[i].marked, wholes[i].reason);
    }
}

/* Whatever the text and the range: no character is cut, no word is left in part, no white
 * space is left at an edge, and a second time changes nothing. */
static void
test_properties (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2022);

  for (guint round = 0; round < rounds (4000); round++)
    {
      g_autofree char *utf8 = random_text (random, round % N_RANDOM_KINDS,
                                           (guint) g_rand_int_range (random, 0, 40));
      g_autoptr (KutipText) text = kutip_text_new (utf8);
      gint32 length = (gint32) kutip_text_get_length (text);
      guint a = (guint) g_rand_int_range (random, 0, length + 1);
      guint b = (guint) g_rand_int_range (random, 0, length + 1);
      KutipRange given = { MIN (a, b), MAX (a, b) };
      KutipRange found = kutip_segment_snap (text, given);

      g_assert_cmpuint (found.start, <=, found.end);
      g_assert_cmpuint (found.end, <=, (guint) length);
      g_assert_true (kutip_range_touches (found, given));
      if (found.start == found.end)
        continue;
      g_assert_true (
          kutip_range_equal (kutip_segment_whole_characters (text, found), found));
      g_assert_true (kutip_range_equal (kutip_segment_trim (text, found), found));
      g_assert_true (kutip_range_equal (kutip_segment_snap (text, found), found));
    }
}

/* Run with -m perf. */
static void
test_speed (void)
{
  g_autoptr (GString) utf8 = g_string_new (NULL);
  g_autoptr (KutipText) text = NULL;
  guint length;

  while (utf8->len < 10 * 1000 * 1000)
    g_string_append (utf8, "(Pada \u201csuratnya, Putin\u201d mengatakan) bahwa Rusia. ");
  text = kutip_text_new (utf8->str);
  length = kutip_text_get_length (text);
  g_test_timer_start ();
  for (guint i = 0; i < 500; i++)
    kutip_segment_snap (text, (KutipRange){ length / 500 * i, length / 500 * i + 200 });
  g_test_message ("%.0f µs for 200 characters", g_test_timer_elapsed () * 1e6 / 500);
  g_test_timer_start ();
  kutip_segment_snap (text, (KutipRange){ 0, length });
  g_test_message ("%.1f ms for 10 MB", g_test_timer_elapsed () * 1e3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snap/snap", test_snap);
  g_test_add_func ("/snap/trim", test_trim);
  g_test_add_func ("/snap/whole-characters", test_whole_characters);
  g_test_add_func ("/snap/properties", test_properties);
  if (g_test_perf ())
    g_test_add_func ("/snap/speed", test_speed);
  return g_test_run ();
}
