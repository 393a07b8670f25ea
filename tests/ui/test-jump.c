/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "article/open-text.h"

#include "ui/jump.h"

/*                          0          1            2          3          4 */
/*                          0123456789 0123 4 567890123456789 01234567890 */
static const char words[] = "Ein Titel\nÄpfel\r\n\nBirnen und 😀.\rEnde.";

static void
test_find (void)
{
  static const struct
  {
    const char *words;
    gboolean found;
    guint start, end;
    const char *reason;
  } rows[] = {
    { "0", TRUE, 0, 0, "the beginning" },
    { "10", TRUE, 10, 10, "a code point, not a byte" },
    { "37", TRUE, 37, 37, "the end" },
    { "38", FALSE, 0, 0, "beyond the end" },
    { " 1 0 ", TRUE, 10, 10, "white space does not matter" },
    { "١٠", TRUE, 10, 10, "other digits" },
    { "10-15", TRUE, 10, 15, "a stretch" },
    { "10 – 15", TRUE, 10, 15, "a stretch, well typeset" },
    { "15-10", FALSE, 0, 0, "backwards" },
    { "10-", FALSE, 0, 0, "no end" },
    { "10-99", FALSE, 0, 0, "an end beyond the text" },
    { "99999999999999999999", FALSE, 0, 0, "more than any text has" },
    { "50%", TRUE, 18, 18, "half of it" },
    { "101%", FALSE, 0, 0, "more than all of it" },
    { ":1", TRUE, 0, 0, "the first line" },
    { ":2", TRUE, 10, 10, "the second" },
    { ":3", TRUE, 17, 17, "an empty one, behind CR LF" },
    { ":4", TRUE, 18, 18, "the one behind it" },
    { ":5", TRUE, 32, 32, "one behind a lone CR" },
    { ":6", FALSE, 0, 0, "there are five" },
    { ":0", FALSE, 0, 0, "lines count from one" },
    { ":x", FALSE, 0, 0, "no number" },
    { "s1", TRUE, 18, 24, "the id of a span" },
    { "r3", TRUE, 18, 24, "the id of a link: where it begins" },
    { "s9", FALSE, 0, 0, "no such id" },
    { "", FALSE, 0, 0, "nothing yet" },
    { "somewhere", FALSE, 0, 0, "no place" },
  };
  g_autoptr (KutipAnnotator) annotator = open_text (words, -1);
  KutipDocument *document = kutip_annotator_get_document (annotator);
  KutipSpan *quote = mark_words (annotator, "quote", "Birnen", 0);
  KutipSpan *source = mark_words (annotator, "source", "Ende", 0);

  g_assert_nonnull (kutip_annotate_link (document, quote, source, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *answer = NULL;
      KutipJump jump;

      if (kutip_jump_find (document, rows[i].words, &jump, &answer) != rows[i].found)
        g_error ("“%s”: %s: %s", rows[i].words, rows[i].reason, answer);
      g_assert_cmpstr (answer, !=, NULL);
      g_assert_cmpstr (answer, !=, "");
      if (rows[i].found &&
          (jump.range.start != rows[i].start || jump.range.end != rows[i].end))
        g_error ("“%s”: %s: %u-%u", rows[i].words, rows[i].reason, jump.range.start,
                 jump.range.end);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jump/find", test_find);
  return g_test_run ();
}
