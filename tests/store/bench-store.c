/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long opening, saving and finding again take. bench-store [CODE-POINTS [SPANS]] */
#include "../model/fixture.h"
#include "model/annotate.h"
#include "place.h"
#include "prose.h"
#include "store/save.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static gint64 started;

static void
start (void)
{
  started = g_get_monotonic_time ();
}

static void
stop (const char *what)
{
  printf ("%-44s %9.1f ms\n", what, (g_get_monotonic_time () - started) / 1e3);
}

/* A tenth overlapping, 15 % in two pieces. */
static void
add_spans (KutipLayer *layer, GRand *random, guint length, guint n_spans)
{
  for (guint i = 0; i < n_spans; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);
      guint step = length / (n_spans + 1);
      guint start_of =
          i * step + (guint) g_rand_int_range (random, 0, (gint32) MAX (step, 2) / 2);
      guint n = 10 + (guint) g_rand_int_range (random, 0, i % 10 == 0 ? 300 : 60);
      KutipRange ranges[2] = { { start_of, start_of + n },
                               { start_of + n + 5, start_of + n + 20 } };
      g_autoptr (KutipSpan) span = NULL;

      if (ranges[1].end > length)
        break;
      span = fixture_pieces (id, i % 3 == 0 ? "quote" : "source", ranges,
                             i % 7 == 0 ? 2 : 1);
      kutip_layer_add_span (layer, span);
    }
}

static void
bench_changed_text (GFile *article, GString *text, guint n_changes, GRand *random)
{
  g_autoptr (KutipOpened) opened = NULL;
  g_autofree char *what =
      g_strdup_printf ("open after %u changes of the text", n_changes);

  for (guint i = 0; i < n_changes; i++)
    {
      char *at = text->str + g_rand_int_range (random, 0, (gint32) text->len);

      if (g_ascii_isalpha (*at))
        *at = 'x';
    }
  g_string_prepend (text, "A new beginning. ");
  place_write (article, text->str);
  start ();
  opened = place_open (article);
  stop (what);
  printf ("  kept %u, moved %u, approximate %u, orphans %u\n", opened->n_kept,
          opened->n_moved, opened->n_approximate, opened->n_orphans);
}

int
main (int argc, char **argv)
{
  guint length = argc > 1 ? (guint) atoi (argv[1]) : 10000000;
  guint n_spans = argc > 2 ? (guint) atoi (argv[2]) : 100000;
  int no_arguments = 1;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GFile) article = NULL;
  g_autofree char *content = NULL;
  GString *text;
  KutipOpened *opened;
  KutipLayer *layer;
  KutipSaver *saver;
  char *folder;

  place_init (&no_arguments, &argv);
  folder = place_new ();
  content = prose_new (random, length);
  article = place_file (folder, "a.txt", content);
  start ();
  opened = place_open (article);
  stop ("open without a sidecar");
  layer = kutip_document_get_layer (opened->document);
  add_spans (layer, random, (guint) g_utf8_strlen (content, -1), n_spans);
  saver = kutip_saver_new (opened);
  place_mark (opened->document, "quote", 5, 10);
  start ();
  g_object_unref (kutip_layer_snapshot (layer));
  stop ("snapshot");
  start ();
  g_clear_error (&(GError *){ place_flush (saver) });
  stop ("save");
  place_mark (opened->document, "quote", 15, 20);
  start ();
  kutip_saver_flush_async (saver, NULL, NULL, NULL);
  stop ("save: on the main thread");
  g_clear_error (&(GError *){ place_flush (saver) });
  stop ("save: till the end");
  g_object_unref (saver);
  kutip_opened_free (opened);

  start ();
  opened = place_open (article);
  stop ("open with the sidecar");
  kutip_opened_free (opened);
  text = g_string_new (content);
  bench_changed_text (article, text, 0, random);
  bench_changed_text (article, text, length / 10000, random);
  bench_changed_text (article, text, length / 100, random);
  bench_changed_text (article, text, length / 10, random);
  g_string_free (text, TRUE);
  place_remove (folder);
  return 0;
}
