/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulk-fixture.h"

#include "model/annotate.h"

/* Marking in all articles while one of them or both are open: they have unsaved work, and
 * are changed in a fork of their document, in another thread, as a window does it. */

typedef enum
{
  NOTHING,
  STOP_BEFORE, /* it begins */
  STOP_WITHIN, /* when the changes are made, and are told in the fork */
  STOP_AFTER,  /* before it is taken over */
  REFUSE,      /* a change that comes in between */
} Event;

typedef struct _Open Open;
struct _Open
{
  char *path;
  GFile *file;
  KutipOpened *opened;
  KutipBulkMark *bulk;
  Event event;
  KutipProgress progress;
  KutipDocument *fork;
  KutipBulkTurn *turn;
  GError *error;
  double fraction; /* as it was told within */
  Open *other;     /* the other one that is open, or NULL */
};

static void
open_one (Open *self)
{
  *self = (Open){ .path = place_new () };
  bulk_make_articles (self->path);
  self->file = g_file_new_build_filename (self->path, "1.txt", NULL);
  self->opened = place_open (self->file);
  place_mark (self->opened->document, "claim", 6, 12);
}

static void
close_one (Open *self)
{
  g_clear_object (&self->bulk);
  kutip_opened_free (self->opened);
  g_object_unref (self->file);
  place_remove (self->path);
}

static guint
count_spans (Open *self)
{
  return kutip_layer_get_n_spans (kutip_document_get_layer (self->opened->document));
}

static void
on_changed (Open *self)
{
  if (self->event == STOP_WITHIN)
    kutip_bulk_mark_cancel (self->bulk);
  g_object_get (self->bulk, "fraction", &self->fraction, NULL);
}

static gpointer
work (gpointer data)
{
  Open *self = data;

  self->turn->work (self->turn, self->fork, &self->error);
  return NULL;
}

static void
take_over (Open *self)
{
  if (self->error == NULL && kutip_progress_is_cancelled (&self->progress))
    g_set_error_literal (&self->error, KUTIP_DOCUMENT_ERROR,
                         KUTIP_DOCUMENT_ERROR_CANCELLED, "stopped");
  if (self->error == NULL)
    kutip_document_join (self->opened->document, self->fork, &self->error);
}

static gboolean
run_turn (gpointer data)
{
  Open *self = data;
  KutipBulkTurn *turn = self->turn;

  self->progress = (KutipProgress){ 0 };
  self->fork = kutip_document_fork (self->opened->document, &self->progress);
  g_signal_connect_swapped (self->fork, "changed", G_CALLBACK (on_changed), self);
  if (self->event == STOP_BEFORE)
    kutip_bulk_mark_cancel (self->bulk);
  g_thread_join (g_thread_new ("turn", work, self));
  if (self->event == STOP_AFTER)
    kutip_bulk_mark_cancel (self->bulk);
  if (self->event == REFUSE)
    place_mark (self->opened->document, "cue", 0, 3);
  take_over (self);
  turn->end (turn, self->error);
  g_clear_object (&self->fork);
  g_clear_error (&self->error);
  return G_SOURCE_REMOVE;
}

static gboolean
change_open (GFile *file, KutipBulkTurn *turn, gpointer data)
{
  Open *self = data;

  if (!g_file_equal (file, self->file))
    return self->other != NULL && change_open (file, turn, self->other);
  self->turn = turn;
  g_idle_add (run_turn, self);
  return TRUE;
}

static void
begin (Open *self, Event event)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->path);
  g_autoptr (KutipOccurrences) occurrences = kutip_occurrences_new ();
  g_autoptr (GPtrArray) lines = NULL;

  bulk_search (occurrences, "putin", KUTIP_FIND_WORDS, "quote", folder);
  lines = kutip_occurrences_list_chosen (occurrences);
  self->event = event;
  self->bulk = kutip_bulk_mark_new ("quote", NULL);
  kutip_bulk_mark_set_record (self->bulk, folder);
  kutip_bulk_mark_start (self->bulk, lines, change_open, self);
}

static void
take_back (Open *self, Event event)
{
  self->event = event;
  kutip_bulk_mark_take_back (self->bulk, change_open, self);
  bulk_wait (self->bulk);
}

static KutipBulkMark *
load (Open *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->path);

  return kutip_bulk_mark_load (folder);
}

/* What another run of the program finds that it can take back. */
static void
assert_recorded (Open *self, guint n, guint n_articles)
{
  g_autoptr (KutipBulkMark) loaded = load (self);

  if (n == 0)
    {
      g_assert_null (loaded);
      return;
    }
  g_assert_nonnull (loaded);
  g_assert_cmpuint (kutip_bulk_mark_get_n_marked (loaded), ==, n);
  g_assert_cmpuint (kutip_bulk_mark_get_n_articles (loaded), ==, n_articles);
}

/* One step in its history, after the work that is not saved yet, which stays. */
static void
test_marked (void)
{
  Open open;
  KutipDocument *document;

  open_one (&open);
  document = open.opened->document;
  begin (&open, NOTHING);
  g_assert_cmpuint (count_spans (&open), ==, 2);
  bulk_wait (open.bulk);
  bulk_assert_result (open.bulk, 4, 2, 0);
  g_assert_cmpuint (count_spans (&open), ==, 5);
  /* The open one is the first of two, and was all but done when its changes were told. */
  g_assert_cmpfloat_with_epsilon (open.fraction, 0.25, 1e-9);
  bulk_assert_marked (open.path, "quote", "sub/2.txt 11-16\n");
  assert_recorded (&open, 4, 2);

  g_assert_true (kutip_document_undo (document));
  g_assert_cmpuint (count_spans (&open), ==, 2);
  g_assert_true (kutip_document_redo (document));
  g_assert_cmpuint (count_spans (&open), ==, 5);

  take_back (&open, NOTHING);
  bulk_assert_result (open.bulk, 0, 0, 0);
  g_assert_cmpuint (count_spans (&open), ==, 2);
  g_assert_true (kutip_document_undo (document));
  g_assert_cmpuint (count_spans (&open), ==, 1);
  assert_recorded (&open, 0, 0);
  close_one (&open);
}

/* One after the other; stopped in the second, the first one stays done. */
static void
test_both_open (void)
{
  Open open;
  Open second = { 0 };

  open_one (&open);
  open.other = &second;
  second.file = g_file_new_build_filename (open.path, "sub", "2.txt", NULL);
  second.opened = place_open (second.file);
  place_mark (second.opened->document, "cue", 0, 6);
  begin (&open, NOTHING);
  second.bulk = open.bulk;
  bulk_wait (open.bulk);
  bulk_assert_result (open.bulk, 4, 2, 0);
  g_assert_cmpuint (count_spans (&open), ==, 5);
  g_assert_cmpuint (count_spans (&second), ==, 2);
  g_assert_cmpfloat_with_epsilon (second.fraction, 0.75, 1e-9);

  second.event = STOP_WITHIN;
  take_back (&open, NOTHING);
  bulk_assert_result (open.bulk, 1, 1, 0);
  g_assert_cmpuint (count_spans (&open), ==, 2);
  g_assert_cmpuint (count_spans (&second), ==, 2);
  assert_recorded (&open, 1, 1);
  g_clear_object (&open.bulk);

  /* As another run of the program does it. */
  open.bulk = second.bulk = load (&open);
  second.event = NOTHING;
  take_back (&open, NOTHING);
  bulk_assert_result (open.bulk, 0, 0, 0);
  g_assert_cmpuint (count_spans (&second), ==, 1);
  assert_recorded (&open, 0, 0);
  kutip_opened_free (second.opened);
  g_object_unref (second.file);
  close_one (&open);
}

/* After other work in the open article it is taken back by a change of its own. */
static void
test_taken_back_later (void)
{
  Open open;

  open_one (&open);
  begin (&open, NOTHING);
  bulk_wait (open.bulk);
  place_mark (open.opened->document, "cue", 0, 3);
  take_back (&open, NOTHING);
  bulk_assert_result (open.bulk, 0, 0, 0);
  g_assert_cmpuint (count_spans (&open), ==, 3);
  g_assert_true (kutip_document_undo (open.opened->document));
  g_assert_cmpuint (count_spans (&open), ==, 6);
  close_one (&open);
}

/* Nothing is done then: not in the document, nor in the record; and the closed ones are
 * left alone. */
static void
test_stopped (void)
{
  static const struct
  {
    Event event;
    const char *when;
  } rows[] = {
    { STOP_BEFORE, "before it begins" },
    { STOP_WITHIN, "while it is being done" },
    { STOP_AFTER, "when it is done and recorded, but not taken over" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Open open;
      guint64 state;

      g_test_message ("marking, %s", rows[i].when);
      open_one (&open);
      state = kutip_document_get_state (open.opened->document);
      begin (&open, rows[i].event);
      bulk_wait (open.bulk);
      bulk_assert_result (open.bulk, 0, 0, 0);
      g_assert_cmpuint (kutip_document_get_state (open.opened->document), ==, state);
      bulk_assert_marked (open.path, "quote", "");
      assert_recorded (&open, 0, 0);
      close_one (&open);
    }
}

static void
test_taking_back_stopped (void)
{
  static const Event events[] = { STOP_BEFORE, STOP_WITHIN, STOP_AFTER };

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    {
      Open open;
      guint64 state;

      open_one (&open);
      begin (&open, NOTHING);
      bulk_wait (open.bulk);
      state = kutip_document_get_state (open.opened->document);
      take_back (&open, events[i]);
      bulk_assert_result (open.bulk, 4, 2, 0);
      g_assert_cmpuint (kutip_document_get_state (open.opened->document), ==, state);
      assert_recorded (&open, 4, 2);
      take_back (&open, NOTHING);
      bulk_assert_result (open.bulk, 0, 0, 0);
      g_assert_cmpuint (count_spans (&open), ==, 2);
      close_one (&open);
    }
}

/* It is told, and the others are marked all the same. */
static void
test_refused (void)
{
  Open open;

  open_one (&open);
  begin (&open, REFUSE);
  bulk_wait (open.bulk);
  bulk_assert_result (open.bulk, 1, 1, 1);
  g_assert_cmpuint (count_spans (&open), ==, 3);
  bulk_assert_marked (open.path, "quote", "sub/2.txt 11-16\n");
  assert_recorded (&open, 1, 1);
  close_one (&open);

  open_one (&open);
  kutip_document_set_read_only (open.opened->document, TRUE);
  begin (&open, NOTHING);
  bulk_wait (open.bulk);
  bulk_assert_result (open.bulk, 1, 1, 1);
  g_assert_cmpuint (count_spans (&open), ==, 2);
  close_one (&open);
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/bulk-open/marked", test_marked);
  g_test_add_func ("/bulk-open/both", test_both_open);
  g_test_add_func ("/bulk-open/taken-back-later", test_taken_back_later);
  g_test_add_func ("/bulk-open/stopped", test_stopped);
  g_test_add_func ("/bulk-open/taking-back-stopped", test_taking_back_stopped);
  g_test_add_func ("/bulk-open/refused", test_refused);
  return g_test_run ();
}
