/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/review.h"

#include "model/annotate.h"
#include "place.h"

#include <string.h>

/* What is to be reviewed after the text has changed survives saving and closing, and what
 * was reviewed can be taken back after that, too. */

#define BEFORE                                                                           \
  "Kian mesra, Putin dan Kim.\n"                                                         \
  "Dikutip dari BBC, Putin mengatakan langkah ini dilakukan demi kebaikan kedua "        \
  "negara, dan Kim setuju dengan hal itu.\n"                                             \
  "Laporan itu tidak dapat diperiksa oleh pihak lain di luar Pyongyang.\n"
/* A line more, a word less and another one in the quote, and a claim that is gone. */
#define AFTER                                                                            \
  "Diperbarui Senin.\n"                                                                  \
  "Kian mesra, Putin dan Kim.\n"                                                         \
  "Dikutip dari BBC, Putin mengatakan langkah itu dilakukan demi kebaikan dua "          \
  "negara, dan Kim setuju dengan hal itu.\n"                                             \
  "Tamat.\n"

static guint
find (const char *words)
{
  const char *at = strstr (BEFORE, words);

  g_assert_nonnull (at);
  return (guint) g_utf8_strlen (BEFORE, at - BEFORE);
}

static void
mark (KutipDocument *document, const char *label, const char *words)
{
  guint start = find (words);

  place_mark (document, label, start, start + (guint) strlen (words));
}

/* s1 a source, s2 a quote, s3 a claim. */
static GFile *
make_changed (char *folder)
{
  GFile *article = place_file (folder, "a.txt", BEFORE);
  g_autoptr (KutipOpened) opened = place_open (article);
  KutipSaver *saver = kutip_saver_new (opened);

  mark (opened->document, "source", "BBC");
  mark (opened->document, "quote", "langkah ini dilakukan demi kebaikan kedua negara");
  mark (opened->document, "claim", "tidak dapat diperiksa oleh pihak lain");
  place_close (saver);
  place_write (article, AFTER);
  return article;
}

static KutipSpan *
get (KutipOpened *opened, const char *id)
{
  return kutip_layer_get_span (kutip_document_get_layer (opened->document), id);
}

static char *
get_words (KutipOpened *opened, const char *id)
{
  return kutip_text_dup_range (kutip_document_get_text (opened->document),
                               kutip_span_get_ranges (get (opened, id))[0]);
}

static void
assert_to_review (KutipOpened *opened)
{
  g_autofree char *source = get_words (opened, "s1");
  g_autofree char *quote = get_words (opened, "s2");
  KutipSpanFields fields;

  g_assert_cmpint (kutip_span_get_review (get (opened, "s1")), ==, KUTIP_REVIEW_MOVED);
  g_assert_cmpstr (source, ==, "BBC");
  kutip_span_get_fields (get (opened, "s2"), &fields);
  g_assert_cmpint (fields.review, ==, KUTIP_REVIEW_APPROXIMATE);
  g_assert_cmpstr (fields.was[0], ==, "langkah ini dilakukan demi kebaikan kedua negara");
  g_assert_null (fields.was[1]);
  g_assert_cmpstr (quote, ==, "langkah itu dilakukan demi kebaikan dua negara");
  kutip_span_get_fields (get (opened, "s3"), &fields);
  g_assert_cmpint (fields.review, ==, KUTIP_REVIEW_ORPHAN);
  g_assert_true (kutip_span_is_orphan (get (opened, "s3")));
  g_assert_cmpstr (fields.texts[0], ==, "tidak dapat diperiksa oleh pihak lain");
}

static void
touch (KutipOpened *opened)
{
  KutipSaver *saver = kutip_saver_new (opened);

  kutip_annotate_set_status (opened->document, KUTIP_STATUS_DONE, NULL);
  place_close (saver);
}

/* Opened again without a change it is the same; and so it is once it is saved, when the
 * digest in the file is that of the new text. */
static void
test_survives (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = make_changed (folder);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KutipOpened) opened = place_open (article);

      g_assert_true (opened->text_changed);
      g_assert_cmpuint (opened->outcomes->len, ==, 3);
      g_assert_false (kutip_document_is_modified (opened->document));
      assert_to_review (opened);
      if (i == 1)
        touch (opened);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KutipOpened) opened = place_open (article);

      g_assert_false (opened->text_changed);
      assert_to_review (opened);
    }
  place_remove (folder);
}

static void
review_all (KutipOpened *opened)
{
  KutipSaver *saver = kutip_saver_new (opened);
  KutipSpan *moved = get (opened, "s1");
  KutipRange place = { 18, 29 };

  g_assert_true (kutip_review_confirm (opened->document, &moved, 1, NULL));
  g_assert_true (kutip_review_place (opened->document, get (opened, "s2"), place, NULL));
  g_assert_true (kutip_annotate_remove_spans (
      opened->document, (KutipSpan *[]){ get (opened, "s3") }, 1, NULL));
  place_close (saver);
}

/* What was confirmed, put elsewhere and deleted in one run is taken back in the next. */
static void
test_undo_later (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = make_changed (folder);

  {
    g_autoptr (KutipOpened) opened = place_open (article);

    review_all (opened);
  }
  {
    g_autoptr (KutipOpened) opened = place_open (article);
    KutipSaver *saver;

    g_assert_false (opened->text_changed);
    g_assert_cmpint (kutip_span_get_review (get (opened, "s1")), ==, KUTIP_REVIEW_NONE);
    g_assert_cmpint (kutip_span_get_review (get (opened, "s2")), ==, KUTIP_REVIEW_NONE);
    g_assert_null (get (opened, "s3"));
    saver = kutip_saver_new (opened);
    for (guint i = 0; i < 3; i++)
      g_assert_true (kutip_document_undo (opened->document));
    g_assert_false (kutip_document_undo (opened->document));
    assert_to_review (opened);
    place_close (saver);
  }
  {
    g_autoptr (KutipOpened) opened = place_open (article);

    assert_to_review (opened);
  }
  place_remove (folder);
}

/* A crash before anything was saved: the spans are found again and the changes done
 * again. */
static void
test_crash (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = make_changed (folder);

  {
    g_autoptr (KutipOpened) opened = place_open (article);
    KutipSaver *saver = kutip_saver_new (opened);
    KutipSpan *both[] = { get (opened, "s1"), get (opened, "s2") };

    kutip_saver_set_delays (saver, 100000, 100000);
    g_assert_true (kutip_review_confirm (opened->document, both, 2, NULL));
    g_object_unref (saver);
  }
  {
    g_autoptr (KutipOpened) opened = place_open (article);

    g_assert_true (opened->recovered);
    g_assert_cmpint (kutip_span_get_review (get (opened, "s2")), ==, KUTIP_REVIEW_NONE);
    g_assert_cmpint (kutip_span_get_review (get (opened, "s3")), ==, KUTIP_REVIEW_ORPHAN);
    g_assert_true (kutip_document_undo (opened->document));
    assert_to_review (opened);
  }
  place_remove (folder);
}

/* The text changes once more before anybody has looked: what was marked in the first
 * place is what the words are compared with. */
static void
test_changed_twice (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = make_changed (folder);
  KutipSpanFields fields;

  {
    g_autoptr (KutipOpened) opened = place_open (article);

    touch (opened);
  }
  place_write (article, "Sekali lagi.\n" AFTER);
  {
    g_autoptr (KutipOpened) opened = place_open (article);

    g_assert_true (opened->text_changed);
    assert_to_review (opened);
    touch (opened);
  }
  /* And what was lost comes back: somebody should see that, too. */
  place_write (article, "Sekali lagi.\n" BEFORE);
  {
    g_autoptr (KutipOpened) opened = place_open (article);
    g_autofree char *quote = get_words (opened, "s2");
    g_autofree char *claim = get_words (opened, "s3");

    kutip_span_get_fields (get (opened, "s2"), &fields);
    g_assert_cmpstr (quote, ==, "langkah ini dilakukan demi kebaikan kedua negara");
    g_assert_cmpint (fields.review, ==, KUTIP_REVIEW_APPROXIMATE);
    g_assert_cmpstr (claim, ==, "tidak dapat diperiksa oleh pihak lain");
    g_assert_cmpint (kutip_span_get_review (get (opened, "s3")), ==, KUTIP_REVIEW_MOVED);
  }
  place_remove (folder);
}

/* Two places are as good as each other, and one of them is where it was by its number:
 * saved and opened again, it is not put there in silence. */
static void
test_stays_lost (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article =
      place_file (folder, "a.txt", "Some words here. The same sentence, twice. Others.");

  {
    g_autoptr (KutipOpened) opened = place_open (article);
    KutipSaver *saver = kutip_saver_new (opened);

    place_mark (opened->document, "claim", 26, 34);
    place_close (saver);
  }
  place_write (article, "Xxsame sentence, aa.\nsame sentence, aa.\nsame sentence, aa.\n");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (KutipOpened) opened = place_open (article);

      g_assert_true (kutip_span_is_orphan (get (opened, "s1")));
      g_assert_cmpuint (kutip_span_get_ranges (get (opened, "s1"))[0].start, ==, 26);
      if (i == 0)
        {
          g_autofree char *there = get_words (opened, "s1");

          g_assert_cmpstr (there, ==, "sentence");
          touch (opened);
        }
    }
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/review/survives", test_survives);
  g_test_add_func ("/review/undo-later", test_undo_later);
  g_test_add_func ("/review/crash", test_crash);
  g_test_add_func ("/review/changed-twice", test_changed_twice);
  g_test_add_func ("/review/stays-lost", test_stays_lost);
  return g_test_run ();
}
