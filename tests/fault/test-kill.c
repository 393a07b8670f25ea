/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../model/fixture.h"
#include "../store/place.h"
#include "store/journal.h"

#include <signal.h>
#include <string.h>

#define TEXT                                                                             \
  "Kian mesra, Putin dan Kim.\nDikutip dari BBC, Putin mengatakan langkah ini baik.\n"   \
  "Pada suratnya, Kim menyebut langkah itu dilakukan demi kebaikan kedua negara.\n"
/* Microseconds before the kill up to which everything must be there again. */
#define GRACE G_USEC_PER_SEC

/* What was found over all kills. */
static guint n_kills, n_recovered, n_with_unsaved;
static guint most_lost;
static gint64 longest_lag;

/* What the killed program said, up to its end. */
static GPtrArray *
run_until_killed (
    const char *program, GFile *article, guint seed, guint milliseconds, gint64 *killed)
{
  g_autofree char *number = g_strdup_printf ("%u", seed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) stream = NULL;
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  char *line;

  /* The home folders of this test are not in its environment. */
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", g_get_user_state_dir (),
                                TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program,
                                         g_file_peek_path (article), number, NULL);
  g_assert_no_error (error);
  stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);
  g_assert_nonnull (line); /* it is up */
  g_ptr_array_add (lines, line);
  g_usleep (milliseconds * 1000);
  *killed = g_get_monotonic_time ();
  g_subprocess_send_signal (process, SIGKILL);
  while ((line = g_data_input_stream_read_line (stream, NULL, NULL, NULL)) != NULL)
    g_ptr_array_add (lines, line);
  g_subprocess_wait (process, NULL, NULL);
  return lines;
}

static char *
make_digest (KutipOpened *opened)
{
  g_autofree char *described =
      fixture_describe (kutip_document_get_layer (opened->document));

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, described, -1);
}

/* Whether the last line tells of this layer. */
static gboolean
is_last (KutipOpened *opened, GPtrArray *lines)
{
  g_autofree char *digest = make_digest (opened);

  return strstr (g_ptr_array_index (lines, lines->len - 1), digest) != NULL;
}

/* There was no time to tell of the last change: a step from what was told last, in either
 * direction. */
static void
check_untold (KutipOpened *opened, GPtrArray *lines)
{
  if (kutip_document_undo (opened->document))
    {
      if (is_last (opened, lines))
        return;
      kutip_document_redo (opened->document);
    }
  g_assert_true (kutip_document_redo (opened->document));
  g_assert_true (is_last (opened, lines));
}

/* The layer is one that the program had, and none that it had left behind a second
 * before. */
static void
check (GFile *article, GPtrArray *lines, gint64 killed)
{
  g_autoptr (KutipOpened) opened = place_open (article);
  g_autofree char *digest = make_digest (opened);
  guint found = lines->len;

  g_assert_no_error (opened->sidecar_error);
  g_assert_no_error (opened->journal_error);
  for (guint i = lines->len; i > 0 && found == lines->len; i--)
    {
      if (strstr (g_ptr_array_index (lines, i - 1), digest) != NULL)
        found = i - 1;
    }
  n_kills++;
  n_recovered += opened->recovered;
  if (found == lines->len)
    check_untold (opened, lines);
  else if (found + 1 < lines->len)
    {
      gint64 next = g_ascii_strtoll (g_ptr_array_index (lines, found + 1), NULL, 10);

      n_with_unsaved++;
      most_lost = MAX (most_lost, lines->len - 1 - found);
      longest_lag = MAX (longest_lag, killed - next);
      g_assert_cmpint (killed - next, <, GRACE);
    }
}

/* One article is edited and killed again and again, so that histories and leftovers add
 * up. */
static void
test_kill (void)
{
  g_autofree char *program =
      g_test_build_filename (G_TEST_BUILT, "edit-until-killed", NULL);
  g_autoptr (GRand) random = fixture_random (20221118);
  guint n_wanted = g_test_thorough () ? 1000 : 60;
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);

  for (guint i = 0; i < n_wanted; i++)
    {
      g_autoptr (GPtrArray) lines = NULL;
      gint64 killed;

      if (i % 50 == 49) /* and begin anew now and then */
        {
          place_remove (folder);
          folder = place_new ();
          g_clear_object (&article);
          article = place_file (folder, "a.txt", TEXT);
        }
      lines = run_until_killed (program, article, i,
                                (guint) g_rand_int_range (random, 0, 60), &killed);
      check (article, lines, killed);
    }
  g_test_message (
      "%u kills, %u with work put back from the journal, %u with changes lost (at "
      "most %u, %.1f ms before the kill)",
      n_kills, n_recovered, n_with_unsaved, most_lost, longest_lag / 1e3);
  g_assert_cmpuint (n_recovered, >, n_kills / 4);
  g_assert_cmpuint (place_count (folder, "broken"), ==, 0);
  g_assert_cmpuint (place_count (folder, "conflict"), ==, 0);
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/fault/kill", test_kill);
  return g_test_run ();
}
