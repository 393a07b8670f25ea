/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal.h"

#include "../model/fixture.h"
#include "../rounds.h"
#include "format/sidecar/sidecar.h"
#include "model/annotate.h"
#include "place.h"
#include "store/journal-line.h"

#include <glib/gstdio.h>
#include <string.h>

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define SHA_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

/* A document whose changes go to a journal, as a saver does it. */
typedef struct
{
  KutipDocument *document;
  KutipJournal *journal;
  GRand *random;
} Desk;

static void
on_changed (KutipDocument *document,
            KutipChange *change,
            KutipDirection direction,
            Desk *desk)
{
  kutip_journal_append_change (desk->journal, change, direction);
}

static void
desk_open (Desk *desk, const char *path, KutipDocument *document)
{
  g_autoptr (GError) error = NULL;

  desk->document = document;
  desk->journal = kutip_journal_open (path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (desk->journal);
}

static void
desk_record (Desk *desk)
{
  g_signal_connect (desk->document, "changed", G_CALLBACK (on_changed), desk);
}

static void
desk_close (Desk *desk)
{
  g_clear_pointer (&desk->journal, kutip_journal_close);
  g_clear_object (&desk->document);
}

/* One change of any kind. */
static void
change_something (Desk *desk)
{
  KutipLayer *layer = kutip_document_get_layer (desk->document);
  guint n = kutip_layer_get_n_spans (layer);
  guint what = (guint) g_rand_int_range (desk->random, 0, 12);
  guint length = kutip_article_get_length (kutip_document_get_article (desk->document));
  guint start = (guint) g_rand_int_range (desk->random, 0, (gint32) length - 10);
  KutipSpan *span =
      n > 0 ? kutip_layer_get_nth_span (
                  layer, (guint) g_rand_int_range (desk->random, 0, (gint32) n))
            : NULL;

  if (what == 0)
    kutip_document_undo (desk->document);
  else if (what == 1)
    kutip_document_redo (desk->document);
  else if (what == 2 && span != NULL)
    kutip_annotate_remove_spans (desk->document, &span, 1, NULL);
  else if (what == 3 && span != NULL)
    kutip_annotate_set_note (desk->document, span, "note \"1\"\n\xe2\x80\xa8", NULL);
  else if (what == 4 && n > 1)
    kutip_annotate_link (desk->document, span, kutip_layer_get_nth_span (layer, 0),
                         "same-as", NULL);
  else if (what == 5)
    kutip_annotate_set_status (desk->document,
                               (KutipStatus) g_rand_int_range (desk->random, 0, 3), NULL);
  else
    place_mark (desk->document, what % 2 ? "quote" : "source", start,
                start + 1 + what % 9);
}

static void
assert_same_layer (KutipDocument *a, KutipDocument *b)
{
  g_autofree char *one = fixture_describe (kutip_document_get_layer (a));
  g_autofree char *other = fixture_describe (kutip_document_get_layer (b));

  g_assert_cmpstr (one, ==, other);
}

/* Undo to the start and redo to the end agree in both. */
static void
assert_same_history (KutipDocument *a, KutipDocument *b)
{
  guint n = 0;

  while (kutip_document_undo (a))
    {
      g_assert_true (kutip_document_undo (b));
      n++;
    }
  g_assert_false (kutip_document_undo (b));
  assert_same_layer (a, b);
  while (kutip_document_redo (a))
    g_assert_true (kutip_document_redo (b));
  g_assert_false (kutip_document_redo (b));
  assert_same_layer (a, b);
  g_test_message ("%u changes undone and redone", n);
}

static void
test_lines (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  KutipText *text = kutip_document_get_text (document);
  g_autoptr (KutipSpan) span = fixture_span ("s1", "quote", 3, 9);
  g_autoptr (KutipSpan) orphan = fixture_orphan ("s2", "claim", 50, 70);
  g_autoptr (KutipRelation) relation = fixture_relation ("r3", "same-as", "s1", "s2");
  g_autoptr (KutipHeader) header = fixture_header (KUTIP_STATUS_DONE);
  g_autoptr (KutipChange) change = kutip_change_new ("Mark “Quote”\n");
  GString *out = g_string_new (NULL);
  g_autofree char *first = NULL;
  KutipLine lines[] = {
    { .kind = KUTIP_LINE_START, .sha256 = SHA_A, .article_sha256 = SHA_B },
    { .kind = KUTIP_LINE_DO },
    { .kind = KUTIP_LINE_PAST },
    { .kind = KUTIP_LINE_FUTURE },
    { .kind = KUTIP_LINE_UNDO },
    { .kind = KUTIP_LINE_REDO },
    { .kind = KUTIP_LINE_SAVING, .sha256 = SHA_C, .position = 7 },
    { .kind = KUTIP_LINE_SAVED, .sha256 = SHA_C, .position = 7 },
    { .kind = KUTIP_LINE_ELSEWHERE, .position = 9 },
  };

  kutip_change_add_span (change, NULL, span);
  kutip_change_add_span (change, orphan, NULL);
  kutip_change_add_relation (change, relation, NULL);
  kutip_change_add_header (change, header, header);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (KutipLine) read = { 0 };
      g_autoptr (GError) error = NULL;

      if (i >= 1 && i <= 3)
        lines[i].change = change;
      g_string_truncate (out, 0);
      kutip_line_append (out, &lines[i], text);
      g_assert_nonnull (strchr (out->str, '\n'));
      g_assert_true (strchr (out->str, '\n') == out->str + out->len - 1);
      kutip_line_parse (out->str, out->len - 1, text, &read, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read.kind, ==, lines[i].kind);
      g_assert_cmpstr (read.sha256, ==, lines[i].sha256);
      g_assert_cmpstr (read.article_sha256, ==, lines[i].article_sha256);
      g_assert_cmpuint (read.position, ==, lines[i].position);
      g_free (first);
      first = g_strdup (out->str);
      g_string_truncate (out, 0);
      kutip_line_append (out, &read, text);
      g_assert_cmpstr (out->str, ==, first);
      /* No beginning of a line is a line. */
      for (gsize n = 0; n + 1 < strlen (first); n++)
        {
          g_auto (KutipLine) torn = { 0 };

          g_assert_false (kutip_line_parse (first, n, text, &torn, NULL));
        }
    }
  g_string_free (out, TRUE);
}

static void
test_bad_lines (void)
{
  static const char *const rows[] = {
    "",
    "{}",
    "[]",
    "null",
    "{\"undo\": 1}",
    "{\"undo\": true, \"more\": 1}",
    "{\"undo\": true} {\"undo\": true}",
    "{\"unknown\": true}",
    "{\"journal\": 2, \"article\": \"\", \"sidecar\": \"\"}",
    "{\"saved\": \"abc\", \"at\": 1}",
    "{\"saved\": \"" SHA_A "\", \"at\": -1}",
    "{\"do\": \"x\", \"edits\": [{\"span\": [null, null]}]}",
    "{\"do\": \"x\", \"edits\": [{\"header\": [null, {}]}]}",
    "{\"do\": \"x\", \"edits\": [{\"other\": [null, {}]}]}",
    "{\"do\": \"x\", \"edits\": [{\"span\": [null, {\"id\": 7}]}]}",
    "{\"do\": \"x\", \"edits\": [{\"relation\": [null, null, null]}]}",
    "{\"do\": \"x\", \"edits\": [{}]}",
    "{\"do\": \"x\", \"edits\": {}}",
  };
  g_autoptr (KutipText) text = kutip_text_new ("text");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean is_newer = g_str_has_prefix (rows[i], "{\"journal\": 2");
      g_auto (KutipLine) line = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i]);
      g_assert_false (kutip_line_parse (rows[i], strlen (rows[i]), text, &line, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (kutip_line_is_newer (rows[i], strlen (rows[i])), ==, is_newer);
    }
}

/* Random editing, with saves now and then; then as after a crash: from what was saved
 * last, everything that came behind is done again, and the whole history is there. */
static void
test_replay (void)
{
  char *folder = place_new ();
  guint n_recovered = 0;

  for (guint32 seed = 1; seed <= rounds (60); seed++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.jsonl", folder, seed);
      Desk desk = { .random = g_rand_new_with_seed (seed) };
      Desk after = { 0 };
      g_autoptr (KutipLayer) saved = NULL;
      g_autofree char *digest = g_strdup ("");
      g_autoptr (GError) error = NULL;
      gboolean recovered;
      guint n = (guint) g_rand_int_range (desk.random, 1, 120);

      desk_open (&desk, path, fixture_document (300));
      g_assert_true (kutip_journal_replay (desk.journal, desk.document, "", FALSE,
                                           &recovered, &error));
      desk_record (&desk);
      saved = kutip_layer_snapshot (kutip_document_get_layer (desk.document));
      for (guint i = 0; i < n; i++)
        {
          change_something (&desk);
          if (g_rand_int_range (desk.random, 0, 15) > 0)
            continue;
          g_free (digest);
          digest = g_strdup_printf ("%064u", i);
          g_clear_object (&saved);
          saved = kutip_layer_snapshot (kutip_document_get_layer (desk.document));
          kutip_journal_append_saving (desk.journal, digest,
                                       kutip_journal_get_position (desk.journal));
          if (g_rand_boolean (
                  desk.random)) /* else: the crash came right after the write */
            kutip_journal_append_saved (desk.journal, digest,
                                        kutip_journal_get_position (desk.journal));
        }
      g_assert_true (kutip_journal_flush (desk.journal, &error));
      g_clear_pointer (&desk.journal, kutip_journal_close);
      g_signal_handlers_disconnect_by_data (desk.document, &desk);

      desk_open (&after, path,
                 kutip_document_new (kutip_document_get_article (desk.document),
                                     kutip_document_get_tagset (desk.document), saved));
      kutip_journal_replay (after.journal, after.document, digest, FALSE, &recovered,
                            &error);
      g_assert_no_error (error);
      assert_same_layer (desk.document, after.document);
      n_recovered += recovered;
      assert_same_history (desk.document, after.document);
      desk_close (&desk);
      desk_close (&after);
      g_rand_free (desk.random);
    }
  g_test_message ("%u of %u had unsaved work", n_recovered, rounds (60));
  g_assert_cmpuint (n_recovered, >=, rounds (60) / 2);
  place_remove (folder);
}

/* Three changes, the second saved as B, and what comes of it with each sidecar on disk.
 */
static void
make_journal (const char *path)
{
  Desk desk = { 0 };
  gboolean recovered;

  desk_open (&desk, path, fixture_document (300));
  kutip_journal_replay (desk.journal, desk.document, SHA_A, FALSE, &recovered, NULL);
  desk_record (&desk);
  place_mark (desk.document, "quote", 1, 5);
  place_mark (desk.document, "quote", 11, 15);
  kutip_journal_append_saving (desk.journal, SHA_B, 2);
  kutip_journal_append_saved (desk.journal, SHA_B, 2);
  place_mark (desk.document, "quote", 21, 25);
  g_assert_true (kutip_journal_flush (desk.journal, NULL));
  desk_close (&desk);
}

static void
test_fit (void)
{
  static const struct
  {
    const char *sidecar;
    guint n_before, n_after;
    gboolean fits;
    const char *why;
  } rows[] = {
    { SHA_B, 2, 3, TRUE, "the last one saved: what came behind is done again" },
    { SHA_A, 0, 0, FALSE, "an older one, which somebody put back" },
    { SHA_C, 0, 0, FALSE, "one that is not ours" },
    { "", 0, 0, FALSE, "the sidecar is gone" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char *folder = place_new ();
      g_autofree char *path = g_build_filename (folder, "j.jsonl", NULL);
      Desk desk = { 0 };
      g_autoptr (GError) error = NULL;
      gboolean recovered;

      g_test_message ("%s", rows[i].why);
      make_journal (path);
      desk_open (&desk, path, fixture_document (300));
      if (rows[i].n_before > 0)
        {
          /* The layer as it was saved: the same two spans. */
          g_autofree char *content = NULL;
          g_auto (GStrv) lines = NULL;
          g_auto (KutipLine) one = { 0 };
          g_auto (KutipLine) two = { 0 };
          KutipText *text = kutip_document_get_text (desk.document);
          KutipLayer *layer = kutip_document_get_layer (desk.document);

          g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
          lines = g_strsplit (content, "\n", -1);
          g_assert_true (
              kutip_line_parse (lines[1], strlen (lines[1]), text, &one, NULL));
          g_assert_true (
              kutip_line_parse (lines[2], strlen (lines[2]), text, &two, NULL));
          kutip_layer_add_span (layer, kutip_change_get_nth_edit (one.change, 0)->after);
          kutip_layer_add_span (layer, kutip_change_get_nth_edit (two.change, 0)->after);
        }
      kutip_journal_replay (desk.journal, desk.document, rows[i].sidecar, FALSE,
                            &recovered, &error);
      g_assert_cmpint (recovered, ==, rows[i].fits);
      g_assert_cmpint (error == NULL, ==, rows[i].fits);
      g_assert_cmpuint (
          kutip_layer_get_n_spans (kutip_document_get_layer (desk.document)), ==,
          rows[i].n_after);
      g_assert_cmpuint (place_count (folder, ".aside-1"), ==, rows[i].fits ? 0 : 1);
      /* And it goes on. */
      desk_record (&desk);
      place_mark (desk.document, "claim", 31, 35);
      g_assert_true (kutip_journal_flush (desk.journal, NULL));
      desk_close (&desk);
      place_remove (folder);
    }
}

/* Cut off at any byte: what is whole is used, the rest kept aside, and recording goes on.
 */
static void
test_torn (void)
{
  char *folder = place_new ();
  g_autofree char *path = g_build_filename (folder, "j.jsonl", NULL);
  g_autofree char *content = NULL;
  gsize n_bytes;
  Desk first = { 0 };
  gboolean recovered;

  desk_open (&first, path, fixture_document (300));
  kutip_journal_replay (first.journal, first.document, "", FALSE, &recovered, NULL);
  desk_record (&first);
  for (guint i = 0; i < 4; i++)
    place_mark (first.document, "quote", 10 * i + 1, 10 * i + 5);
  desk_close (&first);
  g_assert_true (g_file_get_contents (path, &content, &n_bytes, NULL));
  for (gsize n = 0; n <= n_bytes; n += 29)
    {
      Desk desk = { 0 };
      guint n_lines = 0;
      g_autofree char *again = NULL;

      for (gsize i = 0; i < n; i++)
        n_lines += content[i] == '\n';
      g_assert_true (g_file_set_contents (path, content, (gssize) n, NULL));
      desk_open (&desk, path, fixture_document (300));
      kutip_journal_replay (desk.journal, desk.document, "", FALSE, &recovered, NULL);
      g_assert_cmpuint (
          kutip_layer_get_n_spans (kutip_document_get_layer (desk.document)), ==,
          n_lines > 0 ? n_lines - 1 : 0);
      desk_record (&desk);
      place_mark (desk.document, "claim", 101, 105);
      desk_close (&desk);
      g_assert_true (g_file_get_contents (path, &again, NULL, NULL));
      g_assert_true (g_str_has_suffix (again, "}\n"));
    }
  g_assert_cmpuint (place_count (folder, ".torn-"), >, 20);
  place_remove (folder);
}

/* A line in the middle that is no line: what stands before it is used, a copy of all kept
 * aside. */
static void
test_damaged (void)
{
  char *folder = place_new ();
  g_autofree char *path = g_build_filename (folder, "j.jsonl", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  char *second;
  Desk desk = { 0 };
  gboolean recovered;

  make_journal (path);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  second = strchr (strchr (content, '\n') + 1, '\n') + 1;
  second[3] = '\x01';
  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  desk_open (&desk, path, fixture_document (300));
  g_assert_false (kutip_journal_replay (desk.journal, desk.document, SHA_A, FALSE,
                                        &recovered, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, ".aside-1"));
  g_assert_true (recovered);
  g_assert_cmpuint (kutip_layer_get_n_spans (kutip_document_get_layer (desk.document)),
                    ==, 1);
  g_assert_cmpuint (place_count (folder, ".aside-1"), ==, 1);
  desk_close (&desk);
  place_remove (folder);
}

/* A change that the document refuses ends what is done again, with the rest kept aside.
 */
static void
test_refused_change (void)
{
  char *folder = place_new ();
  g_autofree char *path = g_build_filename (folder, "j.jsonl", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  GString *twice;
  Desk desk = { 0 };
  gboolean recovered;
  const char *first, *second;

  make_journal (path);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  first = strchr (content, '\n') + 1;
  second = strchr (first, '\n') + 1;
  twice = g_string_new_len (content, second - content);
  g_string_append_len (twice, first, second - first); /* the same id once more */
  g_assert_true (g_file_set_contents (path, twice->str, -1, NULL));
  desk_open (&desk, path, fixture_document (300));
  g_assert_false (kutip_journal_replay (desk.journal, desk.document, SHA_A, FALSE,
                                        &recovered, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (kutip_layer_get_n_spans (kutip_document_get_layer (desk.document)),
                    ==, 1);
  desk_close (&desk);

  g_clear_error (&error);
  desk_open (&desk, path, fixture_document (300)); /* what is left is good */
  g_assert_true (kutip_journal_replay (desk.journal, desk.document, SHA_A, FALSE,
                                       &recovered, &error));
  g_assert_true (recovered);
  desk_close (&desk);
  g_string_free (twice, TRUE);
  place_remove (folder);
}

static void
test_lock (void)
{
  char *folder = place_new ();
  g_autofree char *path = g_build_filename (folder, "j.jsonl", NULL);
  g_autoptr (GError) error = NULL;
  KutipJournal *one = kutip_journal_open (path, &error);

  g_assert_no_error (error);
  g_assert_null (kutip_journal_open (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  kutip_journal_close (one);
  one = kutip_journal_open (path, &error);
  g_assert_no_error (error);
  kutip_journal_close (one);
  g_assert_cmpuint (place_count (folder, "j.jsonl"), ==,
                    0); /* nothing said, nothing left */
  place_remove (folder);
}

/* A very long history is shortened to its latest part, and can be undone as far. */
static void
test_shorten (void)
{
  char *folder = place_new ();
  g_autofree char *path = g_build_filename (folder, "j.jsonl", NULL);
  g_autoptr (KutipLayer) saved = NULL;
  GStatBuf before, after;
  Desk desk = { 0 };
  Desk again = { 0 };
  KutipHistory *history;
  gboolean recovered;
  guint n_undone = 0;

  desk_open (&desk, path, fixture_document (300));
  kutip_journal_replay (desk.journal, desk.document, "", FALSE, &recovered, NULL);
  desk_record (&desk);
  for (guint i = 0; i < 13000; i++)
    kutip_annotate_set_status (desk.document, (KutipStatus) (i % 3), NULL);
  kutip_document_undo (desk.document);
  kutip_journal_append_saving (desk.journal, SHA_A,
                               kutip_journal_get_position (desk.journal));
  saved = kutip_layer_snapshot (kutip_document_get_layer (desk.document));
  g_clear_pointer (&desk.journal, kutip_journal_close);
  g_assert_cmpint (g_stat (path, &before), ==, 0);

  desk_open (&again, path,
             kutip_document_new (kutip_document_get_article (desk.document),
                                 kutip_document_get_tagset (desk.document), saved));
  g_assert_true (kutip_journal_replay (again.journal, again.document, SHA_A, FALSE,
                                       &recovered, NULL));
  desk_close (&again);
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpint (after.st_size, <, before.st_size);

  desk_open (&again, path,
             kutip_document_new (kutip_document_get_article (desk.document),
                                 kutip_document_get_tagset (desk.document), saved));
  g_assert_true (kutip_journal_replay (again.journal, again.document, SHA_A, FALSE,
                                       &recovered, NULL));
  g_assert_false (recovered);
  history = kutip_document_get_history (again.document);
  g_assert_cmpuint (kutip_history_get_n_changes (history), ==, 10000);
  g_assert_true (kutip_document_redo (again.document));
  while (kutip_document_undo (again.document))
    n_undone++;
  g_assert_cmpuint (n_undone, ==, 10000);
  desk_close (&again);
  g_signal_handlers_disconnect_by_data (desk.document, &desk);
  desk_close (&desk);
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/journal/lines", test_lines);
  g_test_add_func ("/journal/bad-lines", test_bad_lines);
  g_test_add_func ("/journal/replay", test_replay);
  g_test_add_func ("/journal/fit", test_fit);
  g_test_add_func ("/journal/torn", test_torn);
  g_test_add_func ("/journal/damaged", test_damaged);
  g_test_add_func ("/journal/refused-change", test_refused_change);
  g_test_add_func ("/journal/lock", test_lock);
  g_test_add_func ("/journal/shorten", test_shorten);
  return g_test_run ();
}
