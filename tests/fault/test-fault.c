/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../model/fixture.h"
#include "../rounds.h"
#include "../store/place.h"
#include "format/sidecar/sidecar.h"
#include "model/annotate.h"
#include "store/journal.h"
#include "store/paths.h"
#include "store/save.h"
#include "store/write.h"
#include "sweep.h"

#include <string.h>

#define TEXT                                                                             \
  "Kian mesra, Putin dan Kim.\nDikutip dari BBC, Putin mengatakan langkah ini baik.\n"
#define OLD "the old file, whole\n"

/* A write over a file, or to a new one. */
typedef struct
{
  char *folder;
  GFile *file;
  const char *old; /* NULL: none */
  char *new;
  KutipStamp stamp;
} Writing;

static void
prepare_writing (Writing *self)
{
  place_remove (self->folder);
  self->folder = place_new ();
  g_clear_object (&self->file);
  self->file = place_file (self->folder, "faulty.json", self->old);
  memset (&self->stamp, 0, sizeof self->stamp);
  if (self->old != NULL)
    {
      g_autoptr (GBytes) bytes =
          kutip_stamp_read (self->file, 1 << 20, &self->stamp, NULL, NULL);

      g_assert_nonnull (bytes);
    }
}

/* During the fault: old or new, whole, and the truth is told. After it: the next write
 * succeeds, by what the failed one left in the stamp. */
static void
run_writing (gboolean clean, gpointer data)
{
  Writing *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gboolean done;

  done = kutip_write_file_over (self->file, self->new, strlen (self->new), &self->stamp,
                                &error);
  if (!clean)
    fault_clear ();
  content = place_read (self->file);
  if (clean && !done)
    g_error ("after %s: %s", sweep_get_planned (), error->message);
  g_assert_cmpint (done, ==, error == NULL);
  if (done)
    g_assert_cmpstr (content, ==, self->new);
  else
    {
      g_assert_nonnull (strstr (error->message, "faulty.json"));
      g_assert_nonnull (strstr (error->message, sweep_get_reason ()));
      if (g_strcmp0 (content, self->old) != 0)
        g_assert_cmpstr (content, ==, self->new);
    }
  /* What cannot be unlinked stays, until it is old enough to be known for stale. */
  if (!g_str_equal (sweep_get_operation (), "unlink"))
    g_assert_cmpuint (place_count (self->folder, ".kutip-"), ==, 0);
  if (clean)
    {
      g_assert_true (kutip_stamp_matches (&self->stamp, self->file, NULL));
      prepare_writing (self);
    }
}

static void
run_all_writings (const char *old)
{
  Writing self = { .old = old, .folder = place_new () };

  self.new = g_strnfill (300000, 'n');
  prepare_writing (&self);
  g_assert_cmpuint (sweep (run_writing, &self, "kutip-test-"), >, rounds (50));
  g_object_unref (self.file);
  g_free (self.new);
  place_remove (self.folder);
}

static void
test_write_over (void)
{
  run_all_writings (OLD);
}

static void
test_write_new (void)
{
  run_all_writings (NULL);
}

/* Where names cannot be exchanged, and where there are no links either. */
static void
test_write_without_exchange (void)
{
  fault_forbid_exchange (TRUE, FALSE);
  run_all_writings (OLD);
  run_all_writings (NULL);
  fault_forbid_exchange (TRUE, TRUE);
  run_all_writings (OLD);
  run_all_writings (NULL);
  fault_forbid_exchange (FALSE, FALSE);
}

/* An article that is open while the disk fails. */
typedef struct
{
  char *folder;
  GFile *article;
  guint n;
} Session;

static guint
count_spans (KutipOpened *opened)
{
  return kutip_layer_get_n_spans (kutip_document_get_layer (opened->document));
}

/* Opens, marks, saves and closes while something fails. Whatever happens, what was marked
 * is there the next time if the saver said so, and what was there before is there in any
 * case. */
static void
run_session (gboolean clean, gpointer data)
{
  Session *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipOpened) opened = kutip_open (self->article, NULL, NULL, &error);
  KutipSaver *saver;
  gboolean done;

  if (opened == NULL)
    {
      g_assert_false (clean);
      g_assert_nonnull (strstr (error->message, "faulty.txt"));
      return;
    }
  if (clean)
    {
      g_assert_no_error (opened->sidecar_error);
      if (count_spans (opened) != self->n)
        g_error ("after %s: %u spans of %u", sweep_get_planned (), count_spans (opened),
                 self->n);
      return;
    }
  if (opened->sidecar_error != NULL || kutip_document_is_read_only (opened->document))
    return; /* told; a person would look */
  if (count_spans (opened) != self->n)
    g_error ("with %s: %u spans of %u", sweep_get_planned (), count_spans (opened),
             self->n);
  saver = kutip_saver_new (opened);
  place_mark (opened->document, "quote", self->n % 40, self->n % 40 + 3);
  error = place_flush (saver);
  done = error == NULL;
  g_assert_cmpint (kutip_document_is_modified (opened->document), ==, !done);
  g_assert_cmpint (kutip_saver_get_state (saver), ==,
                   done ? KUTIP_SAVE_SAVED : KUTIP_SAVE_FAILED);
  if (!done) /* and when the disk is well again, it goes on */
    {
      g_autoptr (GError) second = NULL;

      fault_clear ();
      second = place_flush (saver);
      g_assert_no_error (second);
      g_assert_cmpint (kutip_saver_get_state (saver), ==, KUTIP_SAVE_SAVED);
    }
  self->n++;
  g_assert_finalize_object (saver);
}

static void
test_session (void)
{
  Session self = { .folder = place_new () };

  self.article = place_file (self.folder, "faulty.txt", TEXT);
  sweep (run_session, &self, "faulty.txt");
  sweep (run_session, &self, "kutip/journal");
  g_test_message ("%u spans", self.n);
  g_assert_cmpuint (self.n, >, rounds (100));
  g_assert_cmpuint (place_count (self.folder, "conflict"), ==, 0);
  g_assert_cmpuint (place_count (self.folder, "broken"), ==, 0);
  g_object_unref (self.article);
  place_remove (self.folder);
}

/* The journal fails, and the program dies before the sidecar is written. */
typedef struct
{
  char *folder;
  GFile *article;
  guint n_lost, n_kept;
} Crash;

static void
run_crash (gboolean clean, gpointer data)
{
  Crash *self = data;
  g_autoptr (KutipOpened) opened = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;
  gboolean done;

  if (clean)
    return;
  place_remove (self->folder);
  self->folder = place_new ();
  g_clear_object (&self->article);
  self->article = place_file (self->folder, "faulty.txt", TEXT);
  opened = place_open (self->article);
  if (opened->journal == NULL)
    {
      g_assert_true (opened->journal_error != NULL || opened->locked_elsewhere);
      fault_clear ();
      return;
    }
  for (; n < 5; n++)
    {
      g_autoptr (KutipChange) change = kutip_change_new ("Mark");
      g_autofree char *id = g_strdup_printf ("s%u", n + 1);
      g_autoptr (KutipSpan) span = fixture_span (id, "quote", n, n + 3);

      kutip_change_add_span (change, NULL, span);
      g_assert_true (kutip_document_apply (opened->document, change, NULL));
      kutip_journal_append_change (opened->journal, change, KUTIP_DIRECTION_DO);
      if (n == 2)
        kutip_journal_flush (opened->journal, NULL);
    }
  done = kutip_journal_flush (opened->journal, &error);
  g_assert_cmpint (done, ==, error == NULL);
  if (!done)
    {
      fault_clear (); /* what could not be written was kept, and is written now */
      g_clear_error (&error);
      self->n_kept++;
      done = kutip_journal_flush (opened->journal, &error);
      g_assert_no_error (error);
    }
  fault_clear ();
  g_clear_pointer (&opened, kutip_opened_free);
  opened = place_open (self->article);
  g_assert_true (opened->recovered);
  g_assert_no_error (opened->journal_error);
  g_assert_cmpuint (count_spans (opened), ==, 5);
}

static void
test_journal (void)
{
  Crash self = { .folder = place_new () };

  sweep (run_crash, &self, ".jsonl");
  g_test_message ("%u journals kept waiting", self.n_kept);
  g_assert_cmpuint (self.n_kept, >, rounds (10));
  g_assert_cmpuint (sweep_get_n_injected (), >, rounds (1000));
  g_clear_object (&self.article);
  place_remove (self.folder);
}

/* A program has died with work in its journal, and what comes then fails. */
typedef struct
{
  char *folder;
  GFile *article;
  gboolean told;
  guint n_aside;
} Recovery;

static void
prepare_recovery (Recovery *self)
{
  g_autoptr (KutipOpened) opened = NULL;

  place_remove (self->folder);
  self->folder = place_new ();
  g_clear_object (&self->article);
  self->article = place_file (self->folder, "faulty.txt", TEXT);
  opened = place_open (self->article);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (KutipChange) change = kutip_change_new ("Mark");
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);
      g_autoptr (KutipSpan) span = fixture_span (id, "quote", i, i + 3);

      kutip_change_add_span (change, NULL, span);
      g_assert_true (kutip_document_apply (opened->document, change, NULL));
      kutip_journal_append_change (opened->journal, change, KUTIP_DIRECTION_DO);
    }
  g_assert_true (kutip_journal_flush (opened->journal, NULL));
}

static guint
count_aside (void)
{
  g_autofree char *folder =
      g_build_filename (g_get_user_state_dir (), "kutip", "journal", NULL);

  return place_count (folder, ".aside-");
}

/* It is put back; or it is told that it was not, and it is there the next time, or kept
 * under another name. */
static void
run_recovery (gboolean clean, gpointer data)
{
  Recovery *self = data;
  g_autoptr (KutipOpened) opened = place_open (self->article);

  fault_clear ();
  if (!clean)
    {
      self->told = opened->journal == NULL || opened->journal_error != NULL;
      if (!self->told && count_spans (opened) != 5)
        g_error ("with %s: nothing is told, and there are %u spans of 5",
                 sweep_get_planned (), count_spans (opened));
      return;
    }
  if (count_aside () > self->n_aside)
    g_assert_true (self->told);
  else if (count_spans (opened) != 5)
    g_error ("after %s: %u spans of 5", sweep_get_planned (), count_spans (opened));
  self->n_aside = count_aside ();
  g_clear_pointer (&opened, kutip_opened_free);
  prepare_recovery (self);
}

static void
test_recovery (void)
{
  Recovery self = { .folder = place_new (), .n_aside = count_aside () };

  prepare_recovery (&self);
  g_assert_cmpuint (sweep (run_recovery, &self, "kutip/journal"), >, rounds (50));
  g_test_message ("%u journals kept under another name", self.n_aside);
  g_clear_object (&self.article);
  place_remove (self.folder);
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/fault/write-over", test_write_over);
  g_test_add_func ("/fault/write-new", test_write_new);
  g_test_add_func ("/fault/write-without-exchange", test_write_without_exchange);
  g_test_add_func ("/fault/session", test_session);
  g_test_add_func ("/fault/journal", test_journal);
  g_test_add_func ("/fault/recovery", test_recovery);
  return g_test_run ();
}
