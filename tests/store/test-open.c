/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/open.h"

#include "format/sidecar/sidecar.h"
#include "model/annotate.h"
#include "place.h"
#include "store/journal.h"
#include "store/paths.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT                                                                             \
  "Kian mesra, Putin dan Kim.\nDikutip dari BBC, Putin mengatakan langkah ini baik.\n"

/* Opens, marks one span, saves, closes. */
static void
make_annotated (GFile *article, guint start, guint end)
{
  g_autoptr (KutipOpened) opened = place_open (article);
  KutipSaver *saver = kutip_saver_new (opened);

  place_mark (opened->document, "source", start, end);
  place_close (saver);
}

static void
test_plain (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
  g_autoptr (GFile) sidecar = NULL;

  {
    g_autoptr (KutipOpened) opened = place_open (article);

    g_assert_false (kutip_document_is_modified (opened->document)); /* though guessed */
    g_assert_false (kutip_document_is_read_only (opened->document));
    g_assert_false (opened->sidecar_stamp.exists);
    g_assert_null (opened->tagset_file);
    g_assert_cmpstr (kutip_tagset_get_name (kutip_document_get_tagset (opened->document)),
                     ==, "News attribution");
    sidecar = g_object_ref (opened->sidecar_file);
  }
  make_annotated (article, 40, 43);
  g_assert_true (place_exists (sidecar));
  {
    g_autoptr (KutipOpened) opened = place_open (sidecar); /* the other way in */
    KutipLayer *layer = kutip_document_get_layer (opened->document);

    g_assert_true (g_file_equal (opened->article_file, article));
    g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 1);
    g_assert_false (opened->text_changed);
    g_assert_false (opened->recovered);
    g_assert_no_error (opened->journal_error);
    g_assert_true (kutip_document_undo (opened->document)); /* across the restart */
    g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 0);
  }
  place_remove (folder);
}

static void
test_annotator (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
  KutipOpenOptions options = { .annotator = "alice" };
  KutipOpenOptions bad = { .annotator = "../alice" };
  g_autoptr (KutipOpened) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  const KutipHeaderFields *fields;

  opened = kutip_open (article, &options, NULL, &error);
  g_assert_no_error (error);
  name = g_file_get_basename (opened->sidecar_file);
  g_assert_cmpstr (name, ==, "a.txt.alice.annotations.json");
  fields = kutip_header_get_fields (
      kutip_layer_get_header (kutip_document_get_layer (opened->document)));
  g_assert_cmpstr (fields->annotator, ==, "alice");
  g_assert_null (kutip_open (article, &bad, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  place_remove (folder);
}

static void
test_refused (void)
{
  char *folder = place_new ();
  static const struct
  {
    const char *name, *content;
    const char *part; /* of the message */
  } rows[] = {
    { "absent.txt", NULL, "does not exist" },
    { "image.txt", "\x89PNG\r\n\x1a\n\x01\x02", "image.txt" },
    { "none/a.txt", NULL, "does not exist" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GFile) file = place_file (folder, rows[i].name, rows[i].content);
      g_autoptr (GError) error = NULL;

      g_assert_null (kutip_open (file, NULL, NULL, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, rows[i].part));
    }
  {
    g_autoptr (GFile) dir = g_file_new_for_path (folder);
    g_autoptr (GFile) fifo = place_file (folder, "fifo.txt", NULL);
    g_autoptr (GFile) large = place_file (folder, "large.txt", "");
    g_autoptr (GFile) null = g_file_new_for_path ("/dev/null");
    GFile *files[] = { dir, fifo, large, null };

    g_assert_cmpint (mkfifo (g_file_peek_path (fifo), 0600), ==, 0);
    g_assert_cmpint (
        truncate (g_file_peek_path (large), (off_t) KUTIP_OPEN_MAX_BYTES + 1), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
      {
        g_autoptr (GError) error = NULL;

        g_assert_null (kutip_open (files[i], NULL, NULL, &error));
        g_assert_nonnull (error);
        g_test_message ("%s", error->message);
      }
  }
  place_remove (folder);
}

/* Whatever is wrong with the sidecar, the text is there to read, and the reason told. */
static void
test_bad_sidecar (void)
{
  static const struct
  {
    const char *content, *part, *why;
  } rows[] = {
    { "{\"format\": 1, ", "annotations.json", "cut off" },
    { "", "annotations.json", "empty" },
    { "not json", "annotations.json", "no JSON" },
    { "FIFO", "not a plain file", "a pipe" },
    { "FOLDER", "folder", "a folder" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char *folder = place_new ();
      g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
      g_autoptr (GFile) sidecar = kutip_paths_get_sidecar (article, NULL);
      g_autoptr (KutipOpened) opened = NULL;
      KutipSaver *saver;

      g_test_message ("%s", rows[i].why);
      if (strcmp (rows[i].content, "FIFO") == 0)
        g_assert_cmpint (mkfifo (g_file_peek_path (sidecar), 0600), ==, 0);
      else if (strcmp (rows[i].content, "FOLDER") == 0)
        g_assert_cmpint (g_mkdir (g_file_peek_path (sidecar), 0700), ==, 0);
      else
        place_write (sidecar, rows[i].content);
      opened = place_open (article);
      g_assert_nonnull (opened->sidecar_error);
      g_assert_nonnull (strstr (opened->sidecar_error->message, rows[i].part));
      saver = kutip_saver_new (opened);
      place_mark (opened->document, "source", 40, 43);
      place_close (saver);
      g_assert_cmpuint (place_count (folder, ".broken-1"), ==, 1);
      g_clear_pointer (&opened, kutip_opened_free);
      opened = place_open (article);
      g_assert_no_error (opened->sidecar_error);
      g_assert_cmpuint (
          kutip_layer_get_n_spans (kutip_document_get_layer (opened->document)), ==, 1);
      place_remove (folder);
    }
}

static void
test_newer_format (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
  g_autoptr (GFile) sidecar = kutip_paths_get_sidecar (article, NULL);
  g_autoptr (KutipOpened) opened = NULL;
  g_autofree char *content = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *after = NULL;
  GString *text;

  make_annotated (article, 40, 43);
  content = place_read (sidecar);
  text = g_string_new (content);
  g_assert_cmpuint (g_string_replace (text, "\"format\": 1", "\"format\": 99", 1), ==, 1);
  newer = g_string_free (text, FALSE);
  place_write (sidecar, newer);
  opened = place_open (article);
  g_assert_true (opened->newer_format);
  g_assert_true (kutip_document_is_read_only (opened->document));
  {
    KutipSaver *saver = kutip_saver_new (opened);

    place_close (saver);
  }
  after = place_read (sidecar);
  g_assert_cmpstr (after, ==, newer);
  place_remove (folder);
}

static void
test_tagset (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "sub/a.txt", TEXT);
  g_autoptr (GFile) tagset =
      place_file (folder, "tagset.json", "{\"format\": 1, \"name\": ");

  {
    g_autoptr (KutipOpened) opened = place_open (article);

    g_assert_nonnull (opened->tagset_error);
    g_assert_nonnull (strstr (opened->tagset_error->message, "tagset.json"));
    g_assert_true (g_file_equal (opened->tagset_file, tagset));
    g_assert_cmpstr (kutip_tagset_get_name (kutip_document_get_tagset (opened->document)),
                     ==, "News attribution");
  }
  place_write (tagset,
               "{\"format\": 1, \"name\": \"Mine\", \"version\": \"2\", \"labels\": "
               "[{\"name\": \"x\", \"title\": \"X\"}]}");
  {
    g_autoptr (KutipOpened) opened = place_open (article);

    g_assert_no_error (opened->tagset_error);
    g_assert_cmpstr (kutip_tagset_get_name (kutip_document_get_tagset (opened->document)),
                     ==, "Mine");
    g_assert_false (kutip_document_is_modified (opened->document));
  }
  place_remove (folder);
}

static KutipTagset *
dup_tagset_of (GFile *article)
{
  g_autoptr (KutipOpened) opened = place_open (article);

  return g_object_ref (kutip_document_get_tagset (opened->document));
}

#define ONE_LABEL(name)                                                                  \
  "{\"format\": 1, \"name\": \"" name "\", \"version\": \"1\", \"labels\": "             \
  "[{\"name\": \"x\", \"title\": \"X\"}]}"

/* The very object is the same, so that a window need not show it anew; but only as long
 * as the file says the same. */
static void
test_same_tagset (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) a = place_file (folder, "a.txt", TEXT);
  g_autoptr (GFile) b = place_file (folder, "b.txt", "Something else.");
  g_autoptr (KutipTagset) builtin = dup_tagset_of (a);
  g_autoptr (KutipTagset) builtin_too = dup_tagset_of (b);
  g_autoptr (GFile) file = place_file (folder, "tagset.json", ONE_LABEL ("First"));
  g_autoptr (KutipTagset) first = dup_tagset_of (a);
  g_autoptr (KutipTagset) second = NULL;
  g_autoptr (KutipTagset) again = NULL;

  g_assert_true (builtin == builtin_too);
  g_assert_cmpstr (kutip_tagset_get_name (first), ==, "First");
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *other = g_strdup_printf (ONE_LABEL ("Other %u"), i);
      g_autofree char *name = g_strdup_printf ("Other %u", i);
      g_autoptr (KutipTagset) tagset = NULL;

      place_write (file, other);
      tagset = dup_tagset_of (a);
      g_assert_cmpstr (kutip_tagset_get_name (tagset), ==, name);
      g_clear_object (&second);
      second = dup_tagset_of (b);
      g_assert_true (second == tagset);
    }
  place_write (file, ONE_LABEL ("First"));
  again = dup_tagset_of (b);
  g_assert_cmpstr (kutip_tagset_get_name (again), ==, "First");
  place_write (file, "{\"format\": 1, \"name\": ");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KutipOpened) opened = place_open (a);

      g_assert_nonnull (opened->tagset_error); /* the second time too */
    }
  place_remove (folder);
}

/* The charset that was chosen is in the sidecar, and is used again. */
static void
test_charset (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt",
                                          "\"Gr\xfc\xdf"
                                          "e\", sagte er.");
  KutipOpenOptions options = { .charset = "ISO-8859-15" };
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (KutipOpened) opened = kutip_open (article, &options, NULL, &error);
    KutipSaver *saver;

    g_assert_no_error (error);
    saver = kutip_saver_new (opened);
    place_mark (opened->document, "quote", 0, 7);
    place_close (saver);
  }
  {
    g_autoptr (KutipOpened) opened = place_open (article);
    KutipArticle *read = kutip_document_get_article (opened->document);

    g_assert_cmpstr (kutip_article_get_charset (read)->name, ==, "ISO-8859-15");
    g_assert_false (opened->text_changed);
  }
  /* Somebody has made UTF-8 of it since: that shows. */
  place_write (article, "\"Grüße\", sagte er.");
  {
    g_autoptr (KutipOpened) opened = place_open (article);
    KutipArticle *read = kutip_document_get_article (opened->document);

    g_assert_cmpstr (kutip_article_get_charset (read)->name, ==, "UTF-8");
    g_assert_true (opened->text_changed);
    g_assert_cmpuint (opened->n_kept, ==, 1);
    g_assert_cmpuint (opened->n_orphans, ==, 0);
  }
  place_remove (folder);
}

static void
test_changed_text (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
  g_autoptr (KutipOpened) opened = NULL;
  const KutipRange *range;
  KutipSpan *span;

  make_annotated (article, 40, 43);
  place_write (article, "Baru: " TEXT);
  opened = place_open (article);
  g_assert_true (opened->text_changed);
  g_assert_cmpuint (opened->n_moved, ==, 1);
  g_assert_cmpuint (opened->outcomes->len, ==, 1);
  g_assert_false (kutip_document_is_modified (opened->document));
  span = kutip_layer_get_nth_span (kutip_document_get_layer (opened->document), 0);
  range = kutip_span_get_ranges (span);
  g_assert_cmpuint (range->start, ==, 46);
  g_assert_cmpuint (range->end, ==, 49);
  place_remove (folder);
}

/* Unsaved work, and then the text is edited as well: both are there. */
static void
test_changed_text_and_crash (void)
{
  for (guint saved = 0; saved < 2; saved++)
    {
      char *folder = place_new ();
      g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
      g_autoptr (KutipOpened) opened = NULL;
      KutipLayer *layer;
      KutipSpan *span;

      if (saved)
        make_annotated (article, 40, 43);
      {
        g_autoptr (KutipOpened) before = place_open (article);
        KutipSaver *saver = kutip_saver_new (before);

        place_mark (before->document, "quote", 56, 76);
        place_mark (before->document, "source", 12, 17);
        g_object_unref (saver); /* no flush: as a crash leaves it */
      }
      place_write (article, "Baru: " TEXT);
      opened = place_open (article);
      layer = kutip_document_get_layer (opened->document);
      g_assert_no_error (opened->journal_error);
      g_assert_true (opened->recovered);
      g_assert_true (kutip_document_is_modified (opened->document));
      g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 2 + saved);
      span = kutip_layer_get_nth_span (layer, 0);
      g_assert_cmpuint (kutip_span_get_ranges (span)->start, ==, 18);
      /* A crash right now loses nothing either. */
      g_clear_pointer (&opened, kutip_opened_free);
      opened = place_open (article);
      g_assert_true (opened->recovered);
      g_assert_cmpuint (
          kutip_layer_get_n_spans (kutip_document_get_layer (opened->document)), ==,
          2 + saved);
      place_remove (folder);
    }
}

/* The text is edited, and then what was found in it again is changed, and then comes the
 * crash: the sidecar still tells of the old text, the journal of the new one. */
static void
test_changed_text_then_crash (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
  g_autoptr (KutipOpened) opened = NULL;
  KutipLayer *layer;
  KutipSpan *span;

  make_annotated (article, 40, 43);
  place_write (article, "Baru: " TEXT);
  for (guint i = 0; i < 3; i++) /* and again, and again */
    {
      KutipSaver *saver;

      opened = place_open (article);
      g_assert_no_error (opened->journal_error);
      g_assert_true (opened->text_changed);
      g_assert_cmpint (opened->recovered, ==, i > 0);
      layer = kutip_document_get_layer (opened->document);
      g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 1 + i);
      span = kutip_layer_get_nth_span (layer, i);
      g_assert_cmpuint (kutip_span_get_ranges (span)->start, ==, 46);
      g_assert_cmpint (g_strcmp0 (kutip_span_get_note (span), "mine") == 0, ==, i > 0);
      saver = kutip_saver_new (opened);
      g_assert_true (kutip_annotate_set_note (opened->document, span, "mine", NULL));
      place_mark (opened->document, "quote", 1 + i, 5 + i);
      g_object_unref (saver);
      g_clear_pointer (&opened, kutip_opened_free);
    }
  place_remove (folder);
}

static void
test_recovered (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
  g_autoptr (GFile) sidecar = kutip_paths_get_sidecar (article, NULL);
  g_autoptr (KutipOpened) opened = NULL;
  KutipSaver *saver;

  {
    g_autoptr (KutipOpened) before = place_open (article);

    saver = kutip_saver_new (before);
    place_mark (before->document, "source", 40, 43);
    place_mark (before->document, "quote", 56, 76);
    kutip_document_undo (before->document);
    g_object_unref (saver);
  }
  g_assert_false (place_exists (sidecar));
  opened = place_open (article);
  g_assert_true (opened->recovered);
  g_assert_true (kutip_document_is_modified (opened->document));
  g_assert_cmpuint (kutip_layer_get_n_spans (kutip_document_get_layer (opened->document)),
                    ==, 1);
  g_assert_true (kutip_document_redo (opened->document));
  g_assert_true (kutip_document_undo (opened->document));
  saver = kutip_saver_new (opened);
  g_assert_cmpint (kutip_saver_get_state (saver), ==, KUTIP_SAVE_PENDING);
  place_close (saver);
  g_assert_true (place_exists (sidecar));
  place_remove (folder);
}

static void
test_locked (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
  KutipOpenOptions options = { .no_journal = TRUE };
  g_autoptr (KutipOpened) one = place_open (article);
  g_autoptr (KutipOpened) two = place_open (article);
  g_autoptr (KutipOpened) three = kutip_open (article, &options, NULL, NULL);

  g_assert_false (one->locked_elsewhere);
  g_assert_true (two->locked_elsewhere);
  g_assert_true (kutip_document_is_read_only (two->document));
  g_assert_no_error (two->journal_error);
  g_assert_false (three->locked_elsewhere);
  g_clear_pointer (&one, kutip_opened_free);
  g_clear_pointer (&two, kutip_opened_free);
  two = place_open (article);
  g_assert_false (two->locked_elsewhere);
  place_remove (folder);
}

static void
test_names (void)
{
  g_autofree char *long_name = g_strconcat ("very-", NULL);
  GString *name = g_string_new (long_name);
  const char *rows[] = { "a\nb.txt",     "it's \"quoted\".txt",
                         "\xff\xfe.txt", "<b>&amp;.txt",
                         "%s%n.txt",     "-rf.txt" };

  while (name->len < 246)
    g_string_append_c (name, 'x');
  g_string_append (name, ".txt");
  for (gsize i = 0; i <= G_N_ELEMENTS (rows); i++)
    {
      char *folder = place_new ();
      g_autoptr (GFile) article =
          place_file (folder, i < G_N_ELEMENTS (rows) ? rows[i] : name->str, TEXT);
      g_autoptr (KutipOpened) opened = NULL;

      make_annotated (article, 40, 43);
      opened = place_open (article);
      g_assert_no_error (opened->sidecar_error);
      g_assert_cmpuint (
          kutip_layer_get_n_spans (kutip_document_get_layer (opened->document)), ==, 1);
      {
        g_autoptr (GFile) sidecar = g_object_ref (opened->sidecar_file);
        g_autoptr (KutipOpened) by_sidecar = NULL;

        g_clear_pointer (&opened, kutip_opened_free);
        by_sidecar = place_open (sidecar);
        g_assert_true (g_file_equal (by_sidecar->article_file, article));
      }
      place_remove (folder);
    }
  g_string_free (name, TRUE);
}

/* The digest of a large sidecar is made meanwhile; what is wrong with it is told, too. */
static void
test_large_sidecar (void)
{
  char *folder = place_new ();
  g_autofree char *note = g_strnfill (1200000, 'y');
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *content = g_strdup_printf (
          "{\"format\": 1, \"article\": {\"file\": \"a.txt\", \"sha256\": "
          "\"%064d\", \"length\": 1}, \"offsets\": \"unicode code points\", "
          "\"note\": \"%s\", \"spans\": [], \"relations\": []%s\n",
          0, note, i == 0 ? "}" : "");
      g_autofree char *digest = kutip_digest_dup (content, strlen (content));
      g_autoptr (GFile) sidecar = place_file (folder, "a.txt.annotations.json", content);
      KutipOpened *opened = place_open (article);

      g_assert_cmpstr (opened->sidecar_stamp.sha256, ==, digest);
      g_assert_true ((opened->sidecar_error == NULL) == (i == 0));
      kutip_opened_free (opened);
    }
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/open/plain", test_plain);
  g_test_add_func ("/open/annotator", test_annotator);
  g_test_add_func ("/open/refused", test_refused);
  g_test_add_func ("/open/bad-sidecar", test_bad_sidecar);
  g_test_add_func ("/open/newer-format", test_newer_format);
  g_test_add_func ("/open/tagset", test_tagset);
  g_test_add_func ("/open/same-tagset", test_same_tagset);
  g_test_add_func ("/open/charset", test_charset);
  g_test_add_func ("/open/changed-text", test_changed_text);
  g_test_add_func ("/open/changed-text-and-crash", test_changed_text_and_crash);
  g_test_add_func ("/open/changed-text-then-crash", test_changed_text_then_crash);
  g_test_add_func ("/open/recovered", test_recovered);
  g_test_add_func ("/open/locked", test_locked);
  g_test_add_func ("/open/names", test_names);
  g_test_add_func ("/open/large-sidecar", test_large_sidecar);
  return g_test_run ();
}
