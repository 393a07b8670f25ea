/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits an article at random, saving by itself, until it is killed. After each change it
 * writes to standard output what the layer is now: the time (monotonic, microseconds) and
 * a digest, a line each.
 *
 * edit-until-killed ARTICLE SEED */
#include "../model/fixture.h"
#include "model/annotate.h"
#include "store/save.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct
{
  KutipDocument *document;
  GRand *random;
} Editor;

static KutipSpan *
pick_span (Editor *self)
{
  KutipLayer *layer = kutip_document_get_layer (self->document);
  guint n = kutip_layer_get_n_spans (layer);

  return n > 0 ? kutip_layer_get_nth_span (
                     layer, (guint) g_rand_int_range (self->random, 0, (gint32) n))
               : NULL;
}

static void
mark_something (Editor *self)
{
  static const char *const labels[] = { "claim", "quote", "source", "cue" };
  guint length = kutip_article_get_length (kutip_document_get_article (self->document));
  guint start = (guint) g_rand_int_range (self->random, 0, (gint32) length - 20);
  KutipRange ranges[2] = { { start, start + 4 }, { start + 8, start + 15 } };

  kutip_annotate_mark (self->document, labels[start % 4], ranges,
                       (guint) g_rand_int_range (self->random, 1, 3), NULL);
}

static void
change_something (Editor *self)
{
  KutipSpan *span = pick_span (self);

  switch (g_rand_int_range (self->random, 0, 10))
    {
    case 0:
      kutip_document_undo (self->document);
      break;
    case 1:
      kutip_document_redo (self->document);
      break;
    case 2:
      if (span != NULL)
        kutip_annotate_remove_spans (self->document, &span, 1, NULL);
      break;
    case 3:
      if (span != NULL)
        kutip_annotate_set_note (self->document, span, "a \"note\"\nof two lines", NULL);
      break;
    case 4:
      if (span != NULL)
        kutip_annotate_link (self->document, span, pick_span (self), NULL, NULL);
      break;
    case 5:
      kutip_annotate_set_status (
          self->document, (KutipStatus) g_rand_int_range (self->random, 0, 3), NULL);
      break;
    default:
      mark_something (self);
    }
}

static void
report (Editor *self)
{
  g_autofree char *described =
      fixture_describe (kutip_document_get_layer (self->document));
  g_autofree char *digest =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, described, -1);

  printf ("%" G_GINT64_FORMAT " %s\n", g_get_monotonic_time (), digest);
  fflush (stdout);
}

static gboolean
edit (gpointer data)
{
  Editor *self = data;

  change_something (self);
  report (self);
  g_timeout_add ((guint) g_rand_int_range (self->random, 0, 4), edit, self);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) article = NULL;
  g_autoptr (KutipSaver) saver = NULL;
  KutipOpened *opened;
  Editor editor;

  setlocale (LC_ALL, "C.UTF-8");
  if (argc != 3)
    return 2;
  article = g_file_new_for_path (argv[1]);
  opened = kutip_open (article, NULL, NULL, &error);
  if (opened == NULL || kutip_document_is_read_only (opened->document))
    return 1;
  saver = kutip_saver_new (opened);
  kutip_saver_set_delays (saver, 5, 20);
  editor.document = opened->document;
  editor.random = g_rand_new_with_seed ((guint32) atoi (argv[2]));
  report (&editor);
  g_idle_add (edit, &editor);
  g_main_loop_run (loop);
  return 0;
}
