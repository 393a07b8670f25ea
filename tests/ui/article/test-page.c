/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page.h"

#include <string.h>

/* What a text widget would hold, kept by the page's instructions alone. */
typedef struct
{
  KutipText *text;
  KutipPage *page;
  GString *shown;
} Fixture;

static void
fixture_init (Fixture *fixture, const char *utf8)
{
  fixture->text = kutip_text_new (utf8);
  fixture->page = kutip_page_new (fixture->text);
  fixture->shown = g_string_new (NULL);
}

static void
fixture_clear (Fixture *fixture)
{
  g_string_free (fixture->shown, TRUE);
  kutip_page_free (fixture->page);
  kutip_text_unref (fixture->text);
}

static void
load (Fixture *fixture, guint offset, guint size)
{
  g_autofree char *text = kutip_page_load (fixture->page, offset, size);

  g_string_assign (fixture->shown, text);
}

static gboolean
grow (Fixture *fixture, gboolean at_start, guint size)
{
  g_autofree char *text = at_start ? kutip_page_grow_start (fixture->page, size)
                                   : kutip_page_grow_end (fixture->page, size);

  if (text == NULL)
    return FALSE;
  g_string_insert (fixture->shown, at_start ? 0 : -1, text);
  return TRUE;
}

static guint
shrink (Fixture *fixture, gboolean at_start, guint size, guint keep)
{
  guint n = at_start ? kutip_page_shrink_start (fixture->page, size, keep)
                     : kutip_page_shrink_end (fixture->page, size, keep);
  const char *cut;

  if (at_start)
    {
      cut = g_utf8_offset_to_pointer (fixture->shown->str, n);
      g_string_erase (fixture->shown, 0, cut - fixture->shown->str);
    }
  else
    {
      cut = g_utf8_offset_to_pointer (fixture->shown->str,
                                      g_utf8_strlen (fixture->shown->str, -1) - n);
      g_string_truncate (fixture->shown, (gsize) (cut - fixture->shown->str));
    }
  return n;
}

static gboolean
is_stand_in (gunichar shown, gunichar c)
{
  return (shown >= 0x2400 && shown <= 0x2424 && (c < 0x20 || c == 0x7f || c == 0x85)) ||
         (shown == 0xfffd && ((c > 0x7f && c < 0xa0) || c == 0xfffc));
}

/* Every place of the page against its offset, one after the other: each shows the
 * article's character or its stand-in, and the others are the inserted breaks. */
static void
check_map (Fixture *fixture)
{
  KutipPage *page = fixture->page;
  KutipRange range = kutip_page_get_range (page);
  guint n_breaks;
  const guint *breaks = kutip_page_get_breaks (page, &n_breaks);
  const char *p = fixture->shown->str;
  guint place = 0;
  guint seen = 0;

  g_assert_cmpint (g_utf8_strlen (p, -1), ==, kutip_page_get_n_places (page));
  for (guint offset = range.start; offset < range.end; offset++)
    {
      gunichar c = kutip_text_get_char (fixture->text, offset);

      if (seen < n_breaks && breaks[seen] == offset)
        {
          g_assert_cmpuint (g_utf8_get_char (p), ==, '\n');
          g_assert_cmpuint (kutip_page_to_end_place (page, offset), ==, place);
          g_assert_cmpuint (kutip_page_to_offset (page, place), ==, offset);
          p = g_utf8_next_char (p);
          place++;
          seen++;
        }
      else
        g_assert_cmpuint (kutip_page_to_end_place (page, offset), ==, place);
      g_assert_cmpuint (kutip_page_to_place (page, offset), ==, place);
      g_assert_cmpuint (kutip_page_to_offset (page, place), ==, offset);
      g_assert_true (g_utf8_get_char (p) == c || is_stand_in (g_utf8_get_char (p), c));
      p = g_utf8_next_char (p);
      place++;
    }
  g_assert_cmpuint (seen, ==, n_breaks);
  g_assert_cmpuint (kutip_page_to_place (page, range.end), ==, place);
  g_assert_cmpuint (kutip_page_to_offset (page, place), ==, range.end);
  g_assert_cmpuint (kutip_page_to_place (page, 0), ==, 0);
  g_assert_cmpuint (kutip_page_to_place (page, G_MAXUINT), ==, place);
  g_assert_cmpuint (kutip_page_to_offset (page, G_MAXUINT), ==, range.end);
}

/* The page starts and ends where a line does: of the whole article's. */
static void
check_edges (Fixture *fixture, GArray *lines)
{
  KutipRange range = kutip_page_get_range (fixture->page);
  gboolean starts = range.start == 0;
  gboolean ends = range.end == kutip_text_get_length (fixture->text);

  for (guint i = 0; i < lines->len; i++)
    {
      starts = starts || g_array_index (lines, guint, i) == range.start;
      ends = ends || g_array_index (lines, guint, i) == range.end;
    }
  g_assert_true (starts);
  g_assert_true (ends);
}

/* The starts of all display lines of a text, from a page that holds it all. */
static GArray *
list_lines (KutipText *text)
{
  g_autoptr (KutipPage) page = kutip_page_new (text);
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (guint));
  guint length = kutip_text_get_length (text);
  g_autofree char *shown = kutip_page_load (page, 0, length + 1);
  guint n_breaks;
  const guint *breaks = kutip_page_get_breaks (page, &n_breaks);

  for (guint offset = 0; offset < length; offset++)
    {
      gunichar c = kutip_text_get_char (text, offset);
      guint next = offset + 1;

      if (c == '\n' || c == 0x2029 ||
          (c == '\r' && (next == length || kutip_text_get_char (text, next) != '\n')))
        g_array_append_val (lines, next);
    }
  g_array_append_vals (lines, breaks, n_breaks);
  return lines;
}

typedef struct
{
  const char *name;
  const char *unit; /* repeated */
  guint n;
  const char *why;
} Sample;

static const Sample samples[] = {
  { "empty", "", 0, "nothing to show" },
  { "short", "Putin mengatakan.\n", 3, "fits into any page" },
  { "no-newline-at-end", "satu dua", 1, "the last line has no end" },
  { "lines", "Putin mengatakan langkah ini dilakukan demi kebaikan.\n", 2000,
    "many paragraphs" },
  { "crlf", "satu\r\ndua\r\n\r\n", 3000,
    "two code points end a line, and are never parted" },
  { "cr", "satu\rdua\r", 3000, "old line ends" },
  { "separators", "satu\u2029dua\u2028tiga\u2029", 2000,
    "U+2029 ends a paragraph, U+2028 does not" },
  { "empty-lines", "\n", 20000, "as many lines as characters" },
  { "long-spaces", "kata ", 20000, "one paragraph, broken at spaces" },
  { "long-sentences", "Ini kalimat. ", 10000, "one paragraph, broken after sentences" },
  { "no-spaces", "abcdefghij", 10000, "one paragraph, broken anywhere" },
  { "cjk", "他说这一步是为了两国的利益。", 4000, "sentences with no spaces between" },
  { "combining", "e\u0301\u0302", 10000, "clusters of three code points" },
  { "flags", "🇮🇩", 10000, "clusters of two, which only counting from a border finds" },
  { "family", "👨‍👩‍👧‍👦", 4000, "clusters held together by joiners" },
  { "monster", "\u0301", 30000, "one cluster that is far too long" },
  { "controls",
    "a\f\v\x1b\x7f\xc2\x85\ufffc\xc2\x9f"
    "b\t\n",
    2000, "stand-ins, one for one" },
  { "just-too-long", "abcdefgh", KUTIP_PAGE_BLOCK / 8 + KUTIP_PAGE_BLOCK / 32,
    "at the threshold" },
};

static char *
repeat (const Sample *sample)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sample->n; i++)
    g_string_append (text, sample->unit);
  return g_string_free (text, FALSE);
}

static void
step (Fixture *fixture, GRand *random, guint length)
{
  KutipRange range = kutip_page_get_range (fixture->page);
  guint size = (guint) g_rand_int_range (random, 1, 9000);
  guint keep =
      range.start +
      (range.end > range.start
           ? (guint) g_rand_int_range (random, 0, (gint32) (range.end - range.start + 1))
           : 0);

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      load (fixture, (guint) g_rand_int_range (random, 0, (gint32) length + 1), size);
      break;
    case 1:
      g_assert_cmpint (grow (fixture, TRUE, size), ==, range.start > 0);
      g_assert_cmpuint (kutip_page_get_range (fixture->page).start +
                            MIN (size, range.start),
                        <=, range.start);
      break;
    case 2:
      g_assert_cmpint (grow (fixture, FALSE, size), ==, range.end < length);
      g_assert_cmpuint (kutip_page_get_range (fixture->page).end, >=,
                        MIN (range.end + size, length));
      break;
    case 3:
      shrink (fixture, TRUE, size, keep);
      g_assert_cmpuint (kutip_page_get_range (fixture->page).start, <=,
                        MIN (range.start + size, keep));
      break;
    default:
      shrink (fixture, FALSE, size, keep);
      g_assert_cmpuint (kutip_page_get_range (fixture->page).end + size, >=, range.end);
      g_assert_cmpuint (kutip_page_get_range (fixture->page).end, >=,
                        MIN (keep, range.end));
      break;
    }
}

static void
test_random_walk (gconstpointer data)
{
  const Sample *sample = data;
  g_autofree char *utf8 = repeat (sample);
  g_autoptr (GRand) random = g_rand_new_with_seed (20221115);
  g_autoptr (GArray) lines = NULL;
  Fixture fixture;

  g_test_message ("%s", sample->why);
  fixture_init (&fixture, utf8);
  lines = list_lines (fixture.text);
  load (&fixture, 0, 1000);
  for (guint i = 0; i < 60; i++)
    {
      step (&fixture, random, kutip_text_get_length (fixture.text));
      check_map (&fixture);
      check_edges (&fixture, lines);
    }
  fixture_clear (&fixture);
}

/* No display line is much longer than a block, and breaks do not cut what belongs
 * together. */
static void
test_breaks (gconstpointer data)
{
  const Sample *sample = data;
  g_autofree char *utf8 = repeat (sample);
  Fixture fixture;
  guint n_breaks;
  const guint *breaks;
  guint previous = 0;

  fixture_init (&fixture, utf8);
  load (&fixture, 0, kutip_text_get_length (fixture.text) + 1);
  g_assert_true (kutip_page_is_whole (fixture.page));
  check_map (&fixture);
  breaks = kutip_page_get_breaks (fixture.page, &n_breaks);
  for (guint i = 0; i < n_breaks; i++)
    {
      KutipRange across = { breaks[i] - 1, breaks[i] + 1 };
      KutipRange cluster = kutip_segment_whole_characters (
          fixture.text, (KutipRange){ breaks[i], breaks[i] + 1 });

      g_assert_cmpuint (breaks[i], >, previous);
      g_assert_cmpuint (breaks[i] - previous, <=, KUTIP_PAGE_LONG + 512);
      g_assert_cmpuint (across.end, <=, kutip_text_get_length (fixture.text));
      if (!g_str_equal (sample->name, "monster"))
        g_assert_cmpuint (cluster.start, ==, breaks[i]);
      if (g_str_equal (sample->name, "long-spaces") ||
          g_str_equal (sample->name, "long-sentences"))
        g_assert_cmpuint (kutip_text_get_char (fixture.text, breaks[i] - 1), ==, ' ');
      if (g_str_equal (sample->name, "long-sentences"))
        g_assert_cmpuint (kutip_text_get_char (fixture.text, breaks[i] - 2), ==, '.');
      if (g_str_equal (sample->name, "cjk"))
        g_assert_cmpuint (kutip_text_get_char (fixture.text, breaks[i] - 1), ==, 0x3002);
      previous = breaks[i];
    }
  fixture_clear (&fixture);
}

/* A paragraph is left whole until it is really long. */
static void
test_threshold (void)
{
  g_autofree char *fits = g_strnfill (KUTIP_PAGE_LONG, 'x');
  g_autofree char *too_long = g_strnfill (KUTIP_PAGE_LONG + 1, 'x');
  Fixture fixture;
  guint n_breaks;

  fixture_init (&fixture, fits);
  load (&fixture, 0, 100000);
  kutip_page_get_breaks (fixture.page, &n_breaks);
  g_assert_cmpuint (n_breaks, ==, 0);
  fixture_clear (&fixture);
  fixture_init (&fixture, too_long);
  load (&fixture, 0, 100000);
  kutip_page_get_breaks (fixture.page, &n_breaks);
  g_assert_cmpuint (n_breaks, ==, KUTIP_PAGE_LONG / KUTIP_PAGE_BLOCK - 1);
  fixture_clear (&fixture);
}

/* In a line of many megabytes, each step looks at what it needs. */
static void
test_enormous_line (void)
{
  g_autofree char *utf8 = g_strnfill (20 * 1000 * 1000, 'x');
  Fixture fixture;
  gint64 start;
  double seconds;

  fixture_init (&fixture, utf8);
  start = g_get_monotonic_time ();
  load (&fixture, 20 * 1000 * 1000, 10000);
  for (guint i = 0; i < 100; i++)
    g_assert_true (grow (&fixture, TRUE, 4096));
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_test_message ("%.1f ms", seconds * 1000);
  check_map (&fixture);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *walk = g_strconcat ("/page/random-walk/", samples[i].name, NULL);
      g_autofree char *breaks = g_strconcat ("/page/breaks/", samples[i].name, NULL);

      g_test_add_data_func (walk, &samples[i], test_random_walk);
      g_test_add_data_func (breaks, &samples[i], test_breaks);
    }
  g_test_add_func ("/page/threshold", test_threshold);
  g_test_add_func ("/page/enormous-line", test_enormous_line);
  return g_test_run ();
}
