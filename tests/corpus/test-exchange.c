/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/exchange.h"

#include "../store/place.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STORY "Putin said that Kim came."
/* More articles than are read ahead. */
#define N_BEFORE 500

static void
wait_exchange (KutipExchange *exchange)
{
  while (kutip_exchange_is_running (exchange))
    g_main_context_iteration (NULL, TRUE);
}

/* An article with one layer of "ani" and one without a name. */
static void
make_articles (const char *path, guint n)
{
  static const char *const annotators[] = { NULL, "ani" };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("in/%u.txt", i);
      g_autoptr (GFile) file = place_file (path, name, STORY);

      for (gsize j = 0; j < G_N_ELEMENTS (annotators); j++)
        {
          KutipOpenOptions options = { .annotator = annotators[j] };
          g_autoptr (KutipOpened) opened = kutip_open (file, &options, NULL, NULL);
          KutipSaver *saver = kutip_saver_new (opened);

          place_mark (opened->document, j == 0 ? "source" : "claim", 0, 5);
          place_close (saver);
        }
    }
}

static KutipExchange *
convert (const char *path, const char *format, const char *output, const char *annotator)
{
  g_autofree char *input = g_build_filename (path, "in", NULL);
  g_autofree char *out = g_build_filename (path, output, NULL);
  char *const inputs[] = { input, NULL };
  KutipConversion conversion = { .inputs = inputs,
                                 .to = kutip_format_find (format),
                                 .output = out,
                                 .annotator = annotator,
                                 .list_all = TRUE,
                                 .keep_going = TRUE };
  KutipExchange *exchange = kutip_exchange_new (&conversion);

  kutip_exchange_start (exchange);
  return exchange;
}

static void
assert_no_error (KutipExchange *exchange)
{
  const GError *error = kutip_exchange_get_error (exchange);

  g_assert_cmpstr (error != NULL ? error->message : NULL, ==, NULL);
}

static void
test_result (void)
{
  static const struct
  {
    const char *annotator;
    guint n_layers;
    const char *has, *lacks;
    const char *reason;
  } rows[] = {
    { NULL, 6, "claim", NULL, "everybody's" },
    { "ani", 3, "claim", "source", "only one annotator's" },
    { "", 3, "source", "claim", "only that without a name" },
    { "budi", 0, NULL, "claim", "nobody of that name" },
  };
  char *path = place_new ();

  make_articles (path, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("out%u.csv", (guint) i);
      g_autoptr (KutipExchange) exchange = convert (path, "csv", name, rows[i].annotator);
      const KutipConversionResult *result = kutip_exchange_get_result (exchange);
      g_autoptr (GFile) file = g_file_new_build_filename (path, name, NULL);
      g_autofree char *content = NULL;
      guint64 n_records;

      g_test_message ("%s", rows[i].reason);
      wait_exchange (exchange);
      assert_no_error (exchange);
      g_object_get (exchange, "n-records", &n_records, NULL);
      g_assert_cmpuint (n_records, ==, rows[i].n_layers > 0 ? 3 : 0);
      g_assert_cmpuint (result->n_layers, ==, rows[i].n_layers);
      g_assert_cmpuint (result->n_spans, ==, rows[i].n_layers);
      content = place_read (file);
      g_assert_nonnull (content);
      g_assert_true (rows[i].has == NULL || strstr (content, rows[i].has) != NULL);
      g_assert_true (rows[i].lacks == NULL || strstr (content, rows[i].lacks) == NULL);
    }
  place_remove (path);
}

/* As kutip_export_run() makes it, with options of one's own that may go at once. */
static void
test_dataset (void)
{
  static const char *const names[] = { "train.jsonl", "test.jsonl", "manifest.json" };
  char *path = place_new ();
  g_autofree char *input = g_build_filename (path, "in", NULL);
  g_autofree char *there = g_build_filename (path, "there", NULL);
  g_autofree char *here = g_build_filename (path, "here", NULL);
  char *const inputs[] = { input, NULL };
  KutipConversion conversion = { .inputs = inputs, .to = kutip_format_find ("jsonl") };
  KutipExportOptions options = { .shares = { 2, 1 },
                                 .n_shares = 2,
                                 .seed = 7,
                                 .group_by = g_strdup ("folder"),
                                 .layer = g_strdup ("ani"),
                                 .title = g_strdup ("A dataset"),
                                 .version = "1" };
  g_auto (KutipExportResult) expected = { 0 };
  g_autoptr (KutipExchange) exchange = NULL;
  g_autoptr (GError) error = NULL;
  const KutipExportResult *result;

  make_articles (path, 6);
  conversion.output = there;
  kutip_export_run (&conversion, &options, &expected, NULL, &error);
  g_assert_no_error (error);
  conversion.output = here;
  exchange = kutip_exchange_new (&conversion);
  g_assert_null (kutip_exchange_get_dataset (exchange));
  kutip_exchange_make_dataset (exchange, &options);
  g_free ((char *) options.group_by);
  g_free ((char *) options.layer);
  g_free ((char *) options.title);
  kutip_exchange_start (exchange);
  wait_exchange (exchange);
  assert_no_error (exchange);
  result = kutip_exchange_get_dataset (exchange);
  g_assert_cmpuint (result->n_splits, ==, 2);
  g_assert_cmpuint (result->conversion.n_spans, ==, 6);
  g_assert_cmpuint (place_count (here, ""), ==, place_count (there, ""));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) one = g_file_new_build_filename (there, names[i], NULL);
      g_autoptr (GFile) other = g_file_new_build_filename (here, names[i], NULL);
      g_autofree char *wanted = place_read (one);
      g_autofree char *made = place_read (other);

      g_assert_nonnull (wanted);
      g_assert_cmpstr (made, ==, wanted);
    }
  place_remove (path);
}

/* It says which field it was, for a form to point at. */
static void
test_unknown_field (void)
{
  static const KutipExportOptions rows[] = {
    { .group_by = "city", .n_shares = 2, .shares = { 1, 1 }, .version = "1" },
    { .stratify_by = "city", .n_shares = 2, .shares = { 1, 1 }, .version = "1" },
    { .group_by = "folder",
      .stratify_by = "city",
      .n_shares = 2,
      .shares = { 1, 1 },
      .version = "1" },
  };
  char *path = place_new ();
  g_autofree char *input = g_build_filename (path, "in", NULL);
  g_autofree char *output = g_build_filename (path, "out", NULL);
  char *const inputs[] = { input, NULL };
  KutipConversion conversion = { .inputs = inputs,
                                 .to = kutip_format_find ("jsonl"),
                                 .output = output };

  make_articles (path, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipExchange) exchange = kutip_exchange_new (&conversion);

      kutip_exchange_make_dataset (exchange, &rows[i]);
      kutip_exchange_start (exchange);
      wait_exchange (exchange);
      g_assert_nonnull (kutip_exchange_get_error (exchange));
      g_assert_cmpstr (kutip_exchange_get_dataset (exchange)->unknown_field, ==, "city");
      g_assert_cmpuint (place_count (path, "out"), ==, 0);
    }
  place_remove (path);
}

static void
test_failed (void)
{
  char *path = place_new ();
  g_autoptr (KutipExchange) exchange = NULL;
  g_autoptr (GFile) file = g_file_new_build_filename (path, "no", "out.csv", NULL);

  make_articles (path, 1);
  exchange = convert (path, "csv", "no/out.csv", NULL);
  wait_exchange (exchange);
  g_assert_nonnull (kutip_exchange_get_error (exchange));
  g_assert_false (place_exists (file));
  place_remove (path);
}

/* Stopped in the middle, at an article that comes through a pipe which nobody ends
 * before: nothing is left, and the window can go at once. */
static void
test_stopped (void)
{
  char *path = place_new ();
  g_autoptr (GFile) output = g_file_new_build_filename (path, "out", NULL);
  g_autofree char *input = g_build_filename (path, "in", NULL);
  g_autofree char *pipe = g_build_filename (path, "pipe.txt", NULL);
  char *const inputs[] = { input, pipe, NULL };
  KutipConversion conversion = { .inputs = inputs,
                                 .from = kutip_format_find ("kutip"),
                                 .to = kutip_format_find ("brat"),
                                 .output = g_file_peek_path (output) };
  KutipExchange *exchange;
  guint64 n_done = 0;
  int writer;

  for (guint i = 0; i < N_BEFORE; i++)
    {
      g_autofree char *name = g_strdup_printf ("in/%u.txt", i);

      g_object_unref (place_file (path, name, STORY));
    }
  g_assert_no_errno (mkfifo (pipe, 0600));
  writer = g_open (pipe, O_RDWR, 0);
  g_assert_no_errno (writer);
  exchange = kutip_exchange_new (&conversion);
  kutip_exchange_start (exchange);
  while (n_done == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (exchange, "n-done", &n_done, NULL);
    }
  g_assert_true (kutip_exchange_is_running (exchange));
  kutip_exchange_cancel (exchange);
  g_assert_no_errno (close (writer));
  wait_exchange (exchange);
  g_assert_true (g_error_matches (kutip_exchange_get_error (exchange), G_IO_ERROR,
                                  G_IO_ERROR_CANCELLED));
  g_assert_false (place_exists (output));
  g_assert_cmpuint (place_count (path, "out"), ==, 0);
  /* Its thread may be the last to let go of it. */
  g_object_add_weak_pointer (G_OBJECT (exchange), (gpointer *) &exchange);
  g_object_unref (exchange);
  while (exchange != NULL)
    g_main_context_iteration (NULL, FALSE);
  place_remove (path);
}

/* A file of one's own for the names. */
typedef struct
{
  const char *name, *content;
  gboolean is_map;
  const char *error; /* NULL: it is good */
  const char *has;   /* in the output */
  const char *reason;
} NamesRow;

static void
assert_names (const NamesRow *row, KutipExchange *exchange, const char *names)
{
  const GError *error = kutip_exchange_get_error (exchange);
  KutipExchangeNames wrong = row->is_map ? KUTIP_EXCHANGE_MAP : KUTIP_EXCHANGE_TAGSET;
  g_autoptr (GFile) output = g_file_new_for_path (kutip_exchange_get_output (exchange));
  g_autoptr (GFile) conf = g_file_get_child (output, "annotation.conf");
  g_autofree char *content = NULL;

  g_assert_cmpint (kutip_exchange_get_blamed (exchange), ==,
                   row->error == NULL ? KUTIP_EXCHANGE_NO_NAMES : wrong);
  if (row->error != NULL)
    {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, names));
      g_assert_nonnull (strstr (error->message, row->error));
      g_assert_false (place_exists (output));
      return;
    }
  assert_no_error (exchange);
  content = place_read (conf);
  g_assert_nonnull (strstr (content, row->has));
}

/* What they say is done, and what is wrong with one is told with its place, before
 * anything is begun. */
static void
test_names (void)
{
  static const NamesRow rows[] = {
    { "map.json", "{\"labels\": {\"claim\": \"Behauptung\"}}", TRUE, NULL, "Behauptung",
      "a map" },
    { "map.json", "{\"labels\":\n {\"claim\"}}", TRUE, "line 2", NULL, "no map" },
    { "map.json", "", TRUE, "map.json: ", NULL, "an empty file" },
    { "map.json", NULL, TRUE, "map.json", NULL, "no such file" },
    { "set.json",
      "{\"format\": 1, \"name\": \"Mine\", \"labels\": [{\"name\": \"mine\"}]}", FALSE,
      NULL, "mine", "a tag set" },
    { "set.json", "{\"format\": 1,\n \"labels\": 7}", FALSE, "set.json: ", NULL,
      "no tag set" },
    { "set.qdc", "<CodeBook", FALSE, "set.qdc: ", NULL, "no codebook" },
    { "set.json", "", FALSE, "set.json: ", NULL, "an empty file for a tag set" },
    { "set.json", NULL, FALSE, "set.json", NULL, "no such file for a tag set" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char *path = place_new ();
      g_autofree char *input = g_build_filename (path, "in", NULL);
      g_autofree char *names = g_build_filename (path, rows[i].name, NULL);
      g_autofree char *output = g_build_filename (path, "out", NULL);
      char *const inputs[] = { input, NULL };
      KutipConversion conversion = { .inputs = inputs,
                                     .to = kutip_format_find ("brat"),
                                     .output = output };
      g_autoptr (KutipExchange) exchange = kutip_exchange_new (&conversion);

      g_test_message ("%s", rows[i].reason);
      make_articles (path, 2);
      if (rows[i].content != NULL)
        g_object_unref (place_file (path, rows[i].name, rows[i].content));
      kutip_exchange_read_names (exchange, rows[i].is_map ? NULL : names,
                                 rows[i].is_map ? names : NULL);
      kutip_exchange_start (exchange);
      wait_exchange (exchange);
      assert_names (&rows[i], exchange, names);
      place_remove (path);
    }
}

/* At a pipe that nobody writes into: as an article, and as a file of names. */
static void
test_stopped_at_pipe (void)
{
  static const struct
  {
    const char *pipe;
    gboolean is_map;
  } rows[] = { { "a.txt", FALSE }, { "map.json", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char *path = place_new ();
      g_autofree char *input = g_build_filename (path, "in", NULL);
      g_autofree char *pipe = g_build_filename (path, rows[i].pipe, NULL);
      g_autoptr (GFile) output = g_file_new_build_filename (path, "out", NULL);
      char *const inputs[] = { input, rows[i].is_map ? NULL : pipe, NULL };
      KutipConversion conversion = { .inputs = inputs,
                                     .from = kutip_format_find ("kutip"),
                                     .to = kutip_format_find ("brat"),
                                     .output = g_file_peek_path (output),
                                     .keep_going = TRUE };
      g_autoptr (KutipExchange) exchange = kutip_exchange_new (&conversion);

      make_articles (path, 2);
      g_assert_no_errno (mkfifo (pipe, 0600));
      if (rows[i].is_map)
        kutip_exchange_read_names (exchange, NULL, pipe);
      kutip_exchange_start (exchange);
      g_assert_true (kutip_exchange_is_running (exchange));
      kutip_exchange_cancel (exchange);
      wait_exchange (exchange);
      g_assert_true (g_error_matches (kutip_exchange_get_error (exchange), G_IO_ERROR,
                                      G_IO_ERROR_CANCELLED));
      g_assert_false (place_exists (output));
      place_remove (path);
    }
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/exchange/result", test_result);
  g_test_add_func ("/exchange/dataset", test_dataset);
  g_test_add_func ("/exchange/unknown-field", test_unknown_field);
  g_test_add_func ("/exchange/failed", test_failed);
  g_test_add_func ("/exchange/stopped", test_stopped);
  g_test_add_func ("/exchange/names", test_names);
  g_test_add_func ("/exchange/stopped-at-pipe", test_stopped_at_pipe);
  return g_test_run ();
}
