/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "corpus/concordance/concordance-table.h"
#include "corpus/concordance/concordance.h"

#include "../store/place.h"
#include "model/annotate.h"

#include <stdlib.h>
#include <string.h>

static void
test_context (void)
{
  static const struct
  {
    const char *text;
    const char *words;
    guint reach;
    const char *expected; /* left|match|right */
    const char *reason;
  } rows[] = {
    { "one two three", "two", 80, "one |two| three", "all of it" },
    { "two", "two", 80, "|two|", "nothing around" },
    { "one two three", "two", 2, "e |two| t", "no more than asked for" },
    { "a\r\n\n\t b two\nc", "two", 80, "a b |two| c", "one space for each run" },
    { "x two\nthree y", "two\nthree", 80, "x |two three| y", "a break inside" },
    { "abe\xcc\x81 two", "two", 2, " |two|", "no accent without its letter" },
    { "two e\xcc\x81", "two", 2, "|two| ", "no letter without its accent" },
    { "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 two", "two", 2, " |two|",
      "half an emoji is none" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipText) text = kutip_text_new (rows[i].text);
      const char *at = strstr (rows[i].text, rows[i].words);
      guint start = (guint) g_utf8_strlen (rows[i].text, at - rows[i].text);
      KutipRange range = { start, start + (guint) g_utf8_strlen (rows[i].words, -1) };
      KutipContext context = { 0 };
      g_autofree char *got = NULL;

      kutip_context_take (&context, text, range, rows[i].reach);
      got = g_strjoin ("|", context.left, context.match, context.right, NULL);
      g_test_message ("%s", rows[i].reason);
      g_assert_cmpstr (got, ==, rows[i].expected);
      kutip_context_clear (&context);
    }
}

static void
test_cut (void)
{
  g_autoptr (KutipText) text = kutip_text_new ("abcde\xcc\x81 f");
  g_autofree char *whole = kutip_context_dup_range (text, (KutipRange){ 0, 4 }, 4);
  g_autofree char *cut = kutip_context_dup_range (text, (KutipRange){ 0, 8 }, 5);

  g_assert_cmpstr (whole, ==, "abcd");
  g_assert_cmpstr (cut, ==, "abcd…");
}

/* What was found, "start-end match" and perhaps a label, a line each. */
typedef struct
{
  GString *found;
  guint n, stop_after;
} Notes;

static gboolean
note (const KutipSearchHit *hit, gpointer data)
{
  Notes *notes = data;

  g_string_append_printf (notes->found, "%u-%u %s", hit->range.start, hit->range.end,
                          hit->context.match);
  if (hit->label != NULL)
    g_string_append_printf (notes->found, " [%s]", hit->label);
  g_string_append_c (notes->found, '\n');
  return ++notes->n != notes->stop_after;
}

static char *
search (const KutipSearchQuery *query, GFile *file, GError **error)
{
  Notes notes = { .found = g_string_new (NULL) };

  kutip_search_file (query, file, note, &notes, NULL, error);
  return g_string_free (notes.found, FALSE);
}

#define STORY "Putin said that Kim came. Kim said that putin left."

/* Kim (16-19) source, unsure attribute; "that putin left" (35-50) quote, indirect; Putin
 * and "came" as the pieces of a claim. */
static GFile *
make_annotated (const char *folder, const char *name)
{
  GFile *file = place_file (folder, name, STORY);
  KutipOpened *opened = place_open (file);
  KutipSaver *saver = kutip_saver_new (opened);
  KutipDocument *document = opened->document;
  const KutipRange pieces[] = { { 0, 5 }, { 20, 24 } };
  g_autoptr (KutipAttributes) direct =
      kutip_attributes_with_string (NULL, "form", "direct");
  g_autoptr (GError) error = NULL;
  KutipSpan *quote;

  place_mark (document, "source", 16, 19);
  quote = place_mark (document, "quote", 35, 50);
  g_assert_true (kutip_annotate_set_attributes (document, quote, direct, &error));
  g_assert_nonnull (kutip_annotate_mark (document, "claim", pieces, 2, &error));
  g_assert_no_error (error);
  place_close (saver);
  kutip_opened_free (opened);
  return file;
}

static void
test_one_article (void)
{
  static const struct
  {
    KutipSearchQuery query;
    const char *expected;
    const char *reason;
  } rows[] = {
    { { .pattern = "putin" }, "0-5 Putin\n40-45 putin\n", "text, whatever the case" },
    { { .pattern = "putin", .flags = KUTIP_FIND_CASE }, "40-45 putin\n", "case" },
    { { .pattern = "[KP]\\w+", .flags = KUTIP_FIND_REGEX | KUTIP_FIND_CASE },
      "0-5 Putin\n16-19 Kim\n26-29 Kim\n",
      "regular expression" },
    { { .pattern = "nobody" }, "", "nothing" },
    { { .pattern = "", .label = "source" },
      "16-19 Kim [source]\n",
      "all spans of a label" },
    { { .pattern = "putin", .label = "quote" },
      "35-50 that putin left [quote]\n",
      "spans whose text matches" },
    { { .pattern = "Kim", .label = "quote" }, "", "no span of that label says it" },
    { { .pattern = "^putin", .label = "quote", .flags = KUTIP_FIND_REGEX },
      "",
      "^ is the span's start" },
    { { .pattern = "^that", .label = "quote", .flags = KUTIP_FIND_REGEX },
      "35-50 that putin left [quote]\n",
      "^ is the span's start, and matches" },
    { { .pattern = "came", .label = "claim" },
      "0-24 Putin … came [claim]\n",
      "the second piece" },
    { { .pattern = "said", .label = "claim" },
      "",
      "what is between the pieces is not it" },
    { { .pattern = "", .attribute = "form", .value = "direct" },
      "35-50 that putin left [quote]\n",
      "an attribute's value, any label" },
    { { .pattern = "", .attribute = "form", .value = "indirect", .label = "quote" },
      "",
      "another value" },
    { { .pattern = "", .label = "nothing" }, "", "a label that nobody used" },
  };
  char *folder = place_new ();
  g_autoptr (GFile) file = make_annotated (folder, "a.txt");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *found = search (&rows[i].query, file, &error);

      g_test_message ("%s", rows[i].reason);
      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, rows[i].expected);
    }
  place_remove (folder);
}

static void
test_stop (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a.txt", "a a a a");
  KutipSearchQuery query = { .pattern = "a" };
  Notes notes = { .found = g_string_new (NULL), .stop_after = 2 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kutip_search_file (&query, file, note, &notes, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (notes.n, ==, 2);
  g_cancellable_cancel (cancellable);
  g_assert_false (kutip_search_file (&query, file, note, &notes, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (notes.n, ==, 2);
  g_string_free (notes.found, TRUE);
  place_remove (folder);
}

/* What no search can be made of, and files that are no articles. */
static void
test_refused (void)
{
  static const KutipSearchQuery bad[] = {
    { .pattern = "" },
    { .pattern = "(", .flags = KUTIP_FIND_REGEX },
    { .pattern = "(", .flags = KUTIP_FIND_REGEX, .label = "quote" },
  };
  static const KutipSearchQuery good[] = {
    { .pattern = "(" },
    { .pattern = "", .label = "quote" },
    { .pattern = "a+", .flags = KUTIP_FIND_REGEX },
  };
  char *folder = place_new ();
  g_autoptr (GFile) none = g_file_new_build_filename (folder, "none.txt", NULL);
  g_autoptr (GFile) broken = place_file (folder, "a.txt", STORY);
  g_autoptr (GFile) sidecar = place_file (folder, "a.txt.annotations.json", "{\"a\":");
  KutipSearchQuery spans = { .pattern = "", .label = "quote" };
  KutipSearchQuery words = { .pattern = "Kim" };
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (kutip_search_query_check (&bad[i], &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (kutip_search_query_check (&good[i], &error));
      g_assert_no_error (error);
    }
  g_assert_false (kutip_search_file (&words, none, note, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (kutip_search_file (&spans, broken, note, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  found = search (&words, broken, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "16-19 Kim\n26-29 Kim\n");
  place_remove (folder);
}

/* An article that is not UTF-8 is read as when it is opened. */
static void
test_charset (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a.txt",
                                       "\xff\xfe"
                                       "K\0i\0m\0 \0c\0a\0m\0e\0");
  g_autofree char *path = g_file_get_path (file);
  KutipSearchQuery query = { .pattern = "came" };
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  g_assert_true (g_file_set_contents (path,
                                      "\xff\xfe"
                                      "K\0i\0m\0 \0c\0a\0m\0e\0",
                                      18, &error));
  found = search (&query, file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "4-8 came\n");
  place_remove (folder);
}

static void
run (KutipConcordance *concordance)
{
  const char *patience = g_getenv ("KUTIP_TEST_PATIENCE");
  gint64 end = g_get_monotonic_time () +
               60 * G_TIME_SPAN_SECOND * (patience != NULL ? atoi (patience) : 1);

  while (kutip_concordance_is_running (concordance))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

static char *
describe (KutipConcordance *concordance, KutipConcordanceColumn column)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = G_LIST_MODEL (concordance);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      KutipConcordanceLine *line = g_list_model_get_item (model, i);
      guint at = lines->len;

      while (at > 0 && kutip_concordance_line_compare (g_ptr_array_index (lines, at - 1),
                                                       line, column) > 0)
        at--;
      g_ptr_array_insert (lines, (int) at, line);
    }
  for (guint i = 0; i < lines->len; i++)
    {
      KutipConcordanceLine *line = g_ptr_array_index (lines, i);
      const KutipContext *context = kutip_concordance_line_get_context (line);

      g_string_append_printf (all, "%s: %s|%s|%s\n",
                              kutip_concordance_line_get_name (line), context->left,
                              context->match, context->right);
    }
  return g_string_free (all, FALSE);
}

static void
test_concordance (void)
{
  static const struct
  {
    KutipConcordanceColumn column;
    const char *expected;
  } rows[] = {
    { KUTIP_CONCORDANCE_ARTICLE, "a2.txt: b c |x| z X y\na2.txt: b c x z |X| y\n"
                                 "a10.txt: a c |X| a\nsub/b.txt: c b |x|, b\n" },
    { KUTIP_CONCORDANCE_LEFT, "sub/b.txt: c b |x|, b\na10.txt: a c |X| a\n"
                              "a2.txt: b c |x| z X y\na2.txt: b c x z |X| y\n" },
    { KUTIP_CONCORDANCE_RIGHT, "a10.txt: a c |X| a\nsub/b.txt: c b |x|, b\n"
                               "a2.txt: b c x z |X| y\na2.txt: b c |x| z X y\n" },
  };
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipConcordance) concordance = kutip_concordance_new ();
  KutipSearchQuery query = { .pattern = "x" };
  guint n_searched, n_articles, n_hit;

  g_object_unref (place_file (path, "a2.txt", "b c x z X y"));
  g_object_unref (place_file (path, "a10.txt", "a c X a"));
  g_object_unref (place_file (path, "sub/b.txt", "c b x, b"));
  g_object_unref (place_file (path, "none.txt", "nothing of it"));
  kutip_concordance_start (concordance, &query, folder, NULL);
  run (concordance);
  g_object_get (concordance, "n-searched", &n_searched, "n-articles", &n_articles,
                "n-hit", &n_hit, NULL);
  g_assert_cmpuint (n_hit, ==, 3);
  g_assert_cmpuint (n_searched, ==, 4);
  g_assert_cmpuint (n_articles, ==, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = describe (concordance, rows[i].column);

      g_assert_cmpstr (found, ==, rows[i].expected);
    }

  /* Once more, elsewhere: nothing of before is left. */
  g_object_unref (folder);
  folder = g_file_new_build_filename (path, "sub", NULL);
  kutip_concordance_start (concordance, &query, folder, NULL);
  run (concordance);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (concordance)), ==, 1);
  place_remove (path);
}

/* As a spreadsheet reads it: quoted where it must be, formulas made harmless. */
static void
test_table (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipConcordance) concordance = kutip_concordance_new ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  KutipSearchQuery query = { .pattern = "=x" };
  GString *table;

  g_object_unref (place_file (path, "a.txt", "say \"=x\", he\nsaid\t=x"));
  kutip_concordance_start (concordance, &query, folder, NULL);
  run (concordance);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (lines, g_list_model_get_item (G_LIST_MODEL (concordance), i));
  table = kutip_concordance_table_write (lines, ',', TRUE);
  g_assert_cmpstr (table->str, ==,
                   "article,start,end,label,left,match,right\r\n"
                   "a.txt,5,7,,\"say \"\"\",'=x,\"\"\", he said =x\"\r\n"
                   "a.txt,18,20,,\"say \"\"=x\"\", he said \",'=x,\r\n");
  g_string_free (table, TRUE);
  table = kutip_concordance_table_write (lines, '\t', FALSE);
  g_assert_true (g_str_has_prefix (strstr (table->str, "\r\n") + 2, "a.txt\t5\t7\t\t"));
  g_assert_nonnull (strstr (table->str, "\t=x\t"));
  g_string_free (table, TRUE);
  place_remove (path);
}

static void
test_files_and_failures (void)
{
  char *path = place_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KutipConcordance) concordance = kutip_concordance_new ();
  KutipSearchQuery query = { .pattern = "x" };
  guint n_failed;

  g_ptr_array_add (files, place_file (path, "b.txt", "x"));
  g_ptr_array_add (files, g_file_new_build_filename (path, "none.txt", NULL));
  g_ptr_array_add (files, place_file (path, "a.txt", "x x"));
  kutip_concordance_start (concordance, &query, NULL, files);
  run (concordance);
  g_object_get (concordance, "n-failed", &n_failed, NULL);
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_error (kutip_concordance_get_error (concordance), G_IO_ERROR,
                  G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (concordance)), ==, 3);
  place_remove (path);
}

typedef struct
{
  guint n_batches, largest;
} Batches;

static void
count_batch (
    GListModel *model, guint position, guint removed, guint added, Batches *batches)
{
  batches->n_batches++;
  batches->largest = MAX (batches->largest, added);
}

/* Many hits come in pieces, stop at the limit, and stop at once when told to. */
static void
test_streaming (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipConcordance) concordance = kutip_concordance_new ();
  KutipSearchQuery query = { .pattern = "e" };
  GString *text = g_string_new (NULL);
  Batches batches = { 0 };
  gboolean is_cut;
  guint n;

  for (guint i = 0; i < 30000; i++)
    g_string_append (text, "e ");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.txt", i);

      g_object_unref (place_file (path, name, text->str));
    }
  g_signal_connect (concordance, "items-changed", G_CALLBACK (count_batch), &batches);
  kutip_concordance_start (concordance, &query, folder, NULL);
  run (concordance);
  g_object_get (concordance, "is-cut", &is_cut, NULL);
  g_assert_true (is_cut);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (concordance)), ==,
                    KUTIP_CONCORDANCE_MOST);
  g_assert_cmpuint (batches.largest, <=, 200);

  kutip_concordance_start (concordance, &query, folder, NULL);
  while (g_list_model_get_n_items (G_LIST_MODEL (concordance)) == 0)
    g_main_context_iteration (NULL, TRUE);
  kutip_concordance_stop (concordance);
  n = g_list_model_get_n_items (G_LIST_MODEL (concordance));
  g_assert_cmpuint (n, <, KUTIP_CONCORDANCE_MOST);
  place_wait (200);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (concordance)), ==, n);
  g_assert_false (kutip_concordance_is_running (concordance));
  kutip_concordance_join_all ();
  g_string_free (text, TRUE);
  place_remove (path);
}

/* It may go away in the middle. */
static void
test_dropped (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  KutipConcordance *concordance = kutip_concordance_new ();
  KutipSearchQuery query = { .pattern = "x" };

  g_object_unref (place_file (path, "a.txt", "x x x"));
  kutip_concordance_start (concordance, &query, folder, NULL);
  g_assert_finalize_object (concordance);
  /* Nobody comes for the thread any more: what it reads may go when it has ended. */
  kutip_concordance_join_all ();
  place_remove (path);
}

static void
test_ten_thousand (void)
{
  char *path = place_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipConcordance) concordance = kutip_concordance_new ();
  KutipSearchQuery query = { .pattern = "Putin", .flags = KUTIP_FIND_WORDS };
  const guint n = rounds (10000);
  gint64 longest = 0;
  gint64 start;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u/%u.txt", i / 500, i);

      g_object_unref (place_file (path, name, STORY));
    }
  start = g_get_monotonic_time ();
  kutip_concordance_start (concordance, &query, folder, NULL);
  while (kutip_concordance_is_running (concordance))
    {
      gint64 before = g_get_monotonic_time ();

      if (g_main_context_iteration (NULL, FALSE))
        longest = MAX (longest, g_get_monotonic_time () - before);
      else
        g_usleep (200);
    }
  g_test_message ("%u articles in %.2f s; the main thread away for at most %.1f ms", n,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                  (double) longest / 1000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (concordance)), ==, 2 * n);
  place_remove (path);
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/search/context", test_context);
  g_test_add_func ("/search/cut", test_cut);
  g_test_add_func ("/search/one-article", test_one_article);
  g_test_add_func ("/search/stop", test_stop);
  g_test_add_func ("/search/refused", test_refused);
  g_test_add_func ("/search/charset", test_charset);
  g_test_add_func ("/concordance/sorted", test_concordance);
  g_test_add_func ("/concordance/table", test_table);
  g_test_add_func ("/concordance/files-and-failures", test_files_and_failures);
  g_test_add_func ("/concordance/streaming", test_streaming);
  g_test_add_func ("/concordance/dropped", test_dropped);
  g_test_add_func ("/concordance/ten-thousand", test_ten_thousand);
  return g_test_run ();
}
