/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/watch.h"

#include "place.h"
#include "store/write.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  guint n;
  gboolean exists;
} Heard;

static void
on_changed (KutipWatch *watch, gboolean exists, Heard *heard)
{
  heard->n++;
  heard->exists = exists;
}

/* So long that two looks and the time between them have passed. */
#define LONG_ENOUGH 1500

static void
expect_content (KutipWatch *watch, const char *content)
{
  g_autofree char *digest =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);

  kutip_watch_expect (watch, digest);
}

static void
test_foreign (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a.json", "one");
  KutipWatch *watch = kutip_watch_new (file);
  Heard heard = { 0 };

  g_signal_connect (watch, "changed", G_CALLBACK (on_changed), &heard);
  expect_content (watch, "one");
  place_wait (LONG_ENOUGH);
  g_assert_cmpuint (heard.n, ==, 0);
  for (guint i = 0; i < 5; i++) /* a burst is told once */
    {
      place_write (file, i < 4 ? "more" : "two");
      place_wait (20);
    }
  place_wait (LONG_ENOUGH);
  g_assert_cmpuint (heard.n, ==, 1);
  g_assert_true (heard.exists);
  g_assert_cmpint (g_unlink (g_file_peek_path (file)), ==, 0);
  place_wait (LONG_ENOUGH);
  g_assert_cmpuint (heard.n, ==, 2);
  g_assert_false (heard.exists);
  place_write (file, "back");
  place_wait (LONG_ENOUGH);
  g_assert_cmpuint (heard.n, ==, 3);
  g_assert_true (heard.exists);
  g_assert_finalize_object (watch);
  place_remove (folder);
}

/* Our own writes, also when they are announced a little late, and what only touches the
 * file. */
static void
test_own (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a.json", "one");
  g_autoptr (KutipWatch) watch = kutip_watch_new (file);
  Heard heard = { 0 };

  g_signal_connect (watch, "changed", G_CALLBACK (on_changed), &heard);
  g_assert_true (kutip_watch_get_file (watch) == file);
  expect_content (watch, "one");
  g_assert_true (kutip_write_file (file, "two", 3, NULL));
  place_wait (250);
  expect_content (watch, "two");
  place_wait (LONG_ENOUGH);
  g_assert_cmpuint (heard.n, ==, 0);
  place_write (file, "two");
  place_wait (LONG_ENOUGH);
  g_assert_cmpuint (heard.n, ==, 0);
  place_remove (folder);
}

/* What it finds first is taken for granted where nothing was said; and what differs from
 * what was said is told, even if it happened before. */
static void
test_first (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a.json", "one");
  g_autoptr (GFile) absent = place_file (folder, "b.json", NULL);
  g_autoptr (KutipWatch) silent = kutip_watch_new (file);
  g_autoptr (KutipWatch) told = kutip_watch_new (file);
  g_autoptr (KutipWatch) none = kutip_watch_new (absent);
  Heard heard_silent = { 0 };
  Heard heard_told = { 0 };
  Heard heard_none = { 0 };

  g_signal_connect (silent, "changed", G_CALLBACK (on_changed), &heard_silent);
  g_signal_connect (told, "changed", G_CALLBACK (on_changed), &heard_told);
  g_signal_connect (none, "changed", G_CALLBACK (on_changed), &heard_none);
  expect_content (told, "zero");
  kutip_watch_expect (none, "");
  place_wait (LONG_ENOUGH);
  g_assert_cmpuint (heard_silent.n, ==, 0);
  g_assert_cmpuint (heard_told.n, ==, 1);
  g_assert_cmpuint (heard_none.n, ==, 0);
  place_remove (folder);
}

/* Before watching has begun, which takes a thread. */
static void
test_let_go (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "a.json", "one");
  KutipWatch *watches[40];
  Heard heard = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (watches); i++)
    {
      watches[i] = kutip_watch_new (file);
      g_signal_connect (watches[i], "changed", G_CALLBACK (on_changed), &heard);
      expect_content (watches[i], "zero");
      g_object_add_weak_pointer (G_OBJECT (watches[i]), (gpointer *) &watches[i]);
      g_object_unref (watches[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (watches); i++)
    while (watches[i] != NULL)
      g_main_context_iteration (NULL, TRUE);
  place_write (file, "two");
  place_wait (LONG_ENOUGH);
  g_assert_cmpuint (heard.n, ==, 0);
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/watch/foreign", test_foreign);
  g_test_add_func ("/watch/own", test_own);
  g_test_add_func ("/watch/first", test_first);
  g_test_add_func ("/watch/let-go", test_let_go);
  return g_test_run ();
}
