/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/save.h"

#include "format/sidecar/sidecar.h"
#include "model/annotate.h"
#include "place.h"
#include "store/paths.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT                                                                             \
  "Kian mesra, Putin dan Kim.\nDikutip dari BBC, Putin mengatakan langkah ini baik.\n"

/* An article that is open, with its saver. */
typedef struct
{
  char *folder;
  GFile *article;
  GFile *sidecar;
  KutipOpened *opened;
  KutipDocument *document;
  KutipSaver *saver;
} Desk;

static void
desk_open (Desk *desk)
{
  desk->opened = place_open (desk->article);
  desk->document = desk->opened->document;
  desk->saver = kutip_saver_new (desk->opened);
}

static void
desk_init (Desk *desk)
{
  desk->folder = place_new ();
  desk->article = place_file (desk->folder, "a.txt", TEXT);
  desk->sidecar = kutip_paths_get_sidecar (desk->article, NULL);
  desk_open (desk);
}

static void
desk_close (Desk *desk)
{
  place_close (desk->saver);
  g_clear_pointer (&desk->opened, kutip_opened_free);
}

static void
desk_clear (Desk *desk)
{
  if (desk->opened != NULL)
    desk_close (desk);
  g_object_unref (desk->article);
  g_object_unref (desk->sidecar);
  place_remove (desk->folder);
}

static guint
count_spans (GFile *sidecar)
{
  g_autofree char *content = place_read (sidecar);
  g_autoptr (KutipLayer) layer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (content);
  layer = kutip_sidecar_read (content, strlen (content), NULL, NULL, &error);
  g_assert_no_error (error);
  return kutip_layer_get_n_spans (layer);
}

/* Nothing marked, no file; marked and taken back before it was saved, no file either. */
static void
test_nothing (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;

  desk_init (&desk);
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_CLEAN);
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  g_assert_false (place_exists (desk.sidecar));
  place_mark (desk.document, "quote", 1, 5);
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_PENDING);
  kutip_document_undo (desk.document);
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_CLEAN);
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  g_assert_false (place_exists (desk.sidecar));
  desk_clear (&desk);
}

/* However long a busy machine takes. */
static void
wait_for_spans (GFile *sidecar, guint n)
{
  while (!place_exists (sidecar) || count_spans (sidecar) != n)
    place_wait (20);
}

static void
wait_until_saved (KutipSaver *saver)
{
  while (kutip_saver_get_state (saver) != KUTIP_SAVE_SAVED)
    place_wait (20);
}

static void
note_state (KutipSaver *saver, GParamSpec *pspec, GString *states)
{
  static const char letters[] = "cpwsfx";

  g_string_append_c (states, letters[kutip_saver_get_state (saver)]);
}

static void
test_autosave (void)
{
  Desk desk;
  GString *states = g_string_new (NULL);
  gint64 changed;

  desk_init (&desk);
  g_signal_connect (desk.saver, "notify::state", G_CALLBACK (note_state), states);
  place_mark (desk.document, "quote", 1, 5);
  g_usleep (300 * 1000); /* without the main loop: nothing can be saved meanwhile */
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_PENDING);
  changed = g_get_monotonic_time (); /* it is saved a second after the last change */
  place_mark (desk.document, "quote", 11, 15);
  wait_for_spans (desk.sidecar, 2);
  g_assert_cmpint (g_get_monotonic_time () - changed, >=, G_USEC_PER_SEC);
  wait_until_saved (desk.saver);
  g_assert_false (kutip_document_is_modified (desk.document));
  g_assert_cmpstr (states->str, ==, "pws");
  kutip_document_undo (desk.document);
  wait_for_spans (desk.sidecar, 1);
  wait_until_saved (desk.saver);
  g_assert_cmpstr (states->str, ==, "pwspws");
  desk_clear (&desk);
  g_string_free (states, TRUE);
}

/* Somebody who never stops is saved all the same. */
static void
test_busy (void)
{
  Desk desk;
  guint n = 0;

  desk_init (&desk);
  kutip_saver_set_delays (desk.saver, 300, 1000);
  while (!place_exists (desk.sidecar) && n < 60)
    {
      place_mark (desk.document, "quote", n % 50, n % 50 + 3);
      place_wait (50);
      n++;
    }
  g_test_message ("saved after %u changes", n);
  g_assert_cmpuint (n, >=, 15);
  g_assert_cmpuint (n, <, 60);
  desk_clear (&desk);
}

/* The state is that of the write: what comes in meanwhile stays to be written. */
static void
test_change_while_writing (void)
{
  Desk desk;

  desk_init (&desk);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (GError) error = NULL;

      place_mark (desk.document, "quote", i, i + 3);
      kutip_saver_flush_async (desk.saver, NULL, NULL, NULL);
      g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_WRITING);
      place_mark (desk.document, "source", i, i + 4);
      g_assert_true (kutip_document_is_modified (desk.document));
      error = place_flush (desk.saver);
      g_assert_no_error (error);
      g_assert_false (kutip_document_is_modified (desk.document));
      g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_SAVED);
      g_assert_cmpuint (count_spans (desk.sidecar), ==, 2 * i + 2);
    }
  desk_clear (&desk);
}

static void (*finalize_layer) (GObject *layer);
static GThread *main_thread;
static int n_freed_here, n_freed_elsewhere;

static void
note_finalized (GObject *layer)
{
  g_atomic_int_inc (g_thread_self () == main_thread ? &n_freed_here : &n_freed_elsewhere);
  finalize_layer (layer);
}

/* What was saved may be all that is left of very many annotations that were changed
 * meanwhile: they are freed where they were written. */
static void
test_freed_in_thread (void)
{
  g_autoptr (GTypeClass) layers = g_type_class_ref (KUTIP_TYPE_LAYER);
  Desk desk;

  desk_init (&desk);
  finalize_layer = G_OBJECT_CLASS (layers)->finalize;
  main_thread = g_thread_self ();
  G_OBJECT_CLASS (layers)->finalize = note_finalized;
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (GError) error = NULL;

      place_mark (desk.document, "quote", i, i + 3);
      error = place_flush (desk.saver);
      g_assert_no_error (error);
    }
  g_assert_cmpint (n_freed_here, ==, 0);
  g_assert_cmpint (n_freed_elsewhere, ==, 30);
  G_OBJECT_CLASS (layers)->finalize = finalize_layer;
  desk_clear (&desk);
}

/* Somebody else was there first: both versions stay, and so it goes on. */
static void
test_conflict (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *there = NULL;
  GFile *conflict;

  desk_init (&desk);
  place_mark (desk.document, "quote", 1, 5);
  error = place_flush (desk.saver);
  theirs = place_read (desk.sidecar);
  theirs[strlen (theirs) - 1] = ' '; /* still the same annotations, but another file */
  place_write (desk.sidecar, theirs);
  place_mark (desk.document, "quote", 11, 15);
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_CONFLICT);
  conflict = kutip_saver_get_conflict_file (desk.saver);
  g_assert_nonnull (conflict);
  g_assert_true (g_str_has_suffix (g_file_peek_path (conflict),
                                   "/a.txt.conflict-1.annotations.json"));
  g_assert_cmpuint (count_spans (conflict), ==, 2);
  there = place_read (desk.sidecar);
  g_assert_cmpstr (there, ==, theirs);

  place_mark (desk.document, "quote", 21, 25); /* goes on there */
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_CONFLICT);
  g_assert_cmpuint (count_spans (conflict), ==, 3);
  g_assert_cmpuint (place_count (desk.folder, "conflict-"), ==, 1);
  desk_close (&desk);

  /* Nothing unsaved is left behind: at the next start their version is opened as it is.
   */
  desk_open (&desk);
  g_assert_no_error (desk.opened->journal_error);
  g_assert_false (desk.opened->recovered);
  g_assert_cmpuint (kutip_layer_get_n_spans (kutip_document_get_layer (desk.document)),
                    ==, 1);
  desk_clear (&desk);
}

/* A sidecar that came into being meanwhile is as good as a changed one; one that went
 * away is not. */
static void
test_appeared_and_removed (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *there = NULL;

  desk_init (&desk);
  place_mark (desk.document, "quote", 1, 5);
  place_write (desk.sidecar, "theirs");
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  there = place_read (desk.sidecar);
  g_assert_cmpstr (there, ==, "theirs");
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_CONFLICT);
  desk_clear (&desk);

  desk_init (&desk);
  place_mark (desk.document, "quote", 1, 5);
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (g_file_peek_path (desk.sidecar)), ==, 0);
  place_mark (desk.document, "quote", 11, 15);
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_SAVED);
  g_assert_cmpuint (count_spans (desk.sidecar), ==, 2);
  desk_clear (&desk);
}

/* Touched, or written again with the same content, it has not changed. */
static void
test_touched (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  desk_init (&desk);
  place_mark (desk.document, "quote", 1, 5);
  error = place_flush (desk.saver);
  content = place_read (desk.sidecar);
  place_write (desk.sidecar, content);
  place_mark (desk.document, "quote", 11, 15);
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_SAVED);
  g_assert_cmpuint (count_spans (desk.sidecar), ==, 2);
  desk_clear (&desk);
}

/* The folder went away: the reason is told, nothing is lost, and another place helps. */
static void
test_failure_and_other_place (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *away = NULL;
  g_autofree char *elsewhere = NULL;
  g_autoptr (GFile) other = NULL;

  desk_init (&desk);
  place_mark (desk.document, "quote", 1, 5);
  away = g_strconcat (desk.folder, "-away", NULL);
  g_assert_cmpint (g_rename (desk.folder, away), ==, 0);
  error = place_flush (desk.saver);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, g_file_peek_path (desk.sidecar)));
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_FAILED);
  g_assert_nonnull (kutip_saver_get_error (desk.saver));
  g_assert_true (kutip_document_is_modified (desk.document));
  g_clear_error (&error);

  elsewhere = place_new ();
  other =
      place_file (elsewhere, "mine.annotations.json", "in the way, and chosen by hand");
  kutip_saver_set_sidecar (desk.saver, other);
  error = place_flush (desk.saver);
  g_assert_no_error (error);
  g_assert_null (kutip_saver_get_error (desk.saver));
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_SAVED);
  g_assert_cmpuint (count_spans (other), ==, 1);
  g_assert_cmpint (g_rename (away, desk.folder), ==, 0);
  desk_close (&desk);

  /* The place by the article is what is opened again, and the work is there too. */
  desk_open (&desk);
  g_assert_true (desk.opened->recovered);
  g_assert_cmpuint (kutip_layer_get_n_spans (kutip_document_get_layer (desk.document)),
                    ==, 1);
  desk_clear (&desk);
  place_remove (g_steal_pointer (&elsewhere));
}

static void
test_failure_and_next_change (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *away = NULL;

  desk_init (&desk);
  kutip_saver_set_delays (desk.saver, 100, 1000);
  place_mark (desk.document, "quote", 1, 5);
  away = g_strconcat (desk.folder, "-away", NULL);
  g_assert_cmpint (g_rename (desk.folder, away), ==, 0);
  error = place_flush (desk.saver);
  g_assert_nonnull (error);
  g_assert_cmpint (g_rename (away, desk.folder), ==, 0);
  place_mark (desk.document, "quote", 11, 15);
  wait_until_saved (desk.saver);
  g_assert_null (kutip_saver_get_error (desk.saver));
  g_assert_cmpuint (count_spans (desk.sidecar), ==, 2);
  desk_clear (&desk);
}

/* A sidecar through a link is saved where it is; a dangling one is filled. */
static void
test_links (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) target = NULL;

  desk_init (&desk);
  target = place_file (desk.folder, "real.json", NULL);
  g_assert_cmpint (symlink ("real.json", g_file_peek_path (desk.sidecar)), ==, 0);
  desk_close (&desk);
  desk_open (&desk);
  for (guint i = 0; i < 2; i++)
    {
      place_mark (desk.document, "quote", 10 * i + 1, 10 * i + 5);
      error = place_flush (desk.saver);
      g_assert_no_error (error);
      g_assert_true (
          g_file_test (g_file_peek_path (desk.sidecar), G_FILE_TEST_IS_SYMLINK));
      g_assert_cmpuint (count_spans (target), ==, i + 1);
    }
  desk_clear (&desk);
}

static void
test_sync (void)
{
  Desk desk;
  KutipStamp stamp = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  KutipArticle *article;
  KutipLayer *layer;

  desk_init (&desk);
  article = kutip_document_get_article (desk.document);
  layer = kutip_document_get_layer (desk.document);
  place_mark (desk.document, "quote", 1, 5);
  g_assert_true (kutip_save_layer (article, layer, desk.sidecar, &stamp, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (kutip_save_layer (article, layer, desk.sidecar, &stamp, NULL, &error));
  memset (&stamp, 0, sizeof stamp);
  g_assert_false (kutip_save_layer (article, layer, desk.sidecar, &stamp, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      kutip_save_layer (article, layer, desk.sidecar, &stamp, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  desk_clear (&desk);
}

/* Two programs on one article where there are no locks (another computer on a network
 * drive): whoever comes second finds a conflict, and each has all of their own work. */
static void
test_two_savers (void)
{
  Desk desk;
  KutipOpenOptions options = { .no_journal = TRUE };
  g_autoptr (KutipOpened) other = NULL;
  g_autoptr (GError) error = NULL;
  KutipSaver *second;

  desk_init (&desk);
  other = kutip_open (desk.article, &options, NULL, &error);
  g_assert_no_error (error);
  second = kutip_saver_new (other);
  for (guint i = 0; i < 5; i++)
    {
      place_mark (desk.document, "quote", 10 * i, 10 * i + 3);
      place_mark (other->document, "source", 10 * i, 10 * i + 4);
      place_mark (other->document, "source", 10 * i, 10 * i + 5);
      error = place_flush (i % 2 ? desk.saver : second);
      g_assert_no_error (error);
      error = place_flush (i % 2 ? second : desk.saver);
      g_assert_no_error (error);
    }
  g_assert_cmpint (kutip_saver_get_state (second), ==, KUTIP_SAVE_SAVED);
  g_assert_cmpint (kutip_saver_get_state (desk.saver), ==, KUTIP_SAVE_CONFLICT);
  g_assert_cmpuint (count_spans (desk.sidecar), ==, 10);
  g_assert_cmpuint (count_spans (kutip_saver_get_conflict_file (desk.saver)), ==, 5);
  place_close (second);
  g_clear_pointer (&other, kutip_opened_free);
  desk_clear (&desk);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/save/nothing", test_nothing);
  g_test_add_func ("/save/autosave", test_autosave);
  g_test_add_func ("/save/busy", test_busy);
  g_test_add_func ("/save/change-while-writing", test_change_while_writing);
  g_test_add_func ("/save/freed-in-thread", test_freed_in_thread);
  g_test_add_func ("/save/conflict", test_conflict);
  g_test_add_func ("/save/appeared-and-removed", test_appeared_and_removed);
  g_test_add_func ("/save/touched", test_touched);
  g_test_add_func ("/save/failure-and-other-place", test_failure_and_other_place);
  g_test_add_func ("/save/failure-and-next-change", test_failure_and_next_change);
  g_test_add_func ("/save/links", test_links);
  g_test_add_func ("/save/sync", test_sync);
  g_test_add_func ("/save/two-savers", test_two_savers);
  return g_test_run ();
}
