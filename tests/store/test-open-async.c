/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place.h"
#include "store/open.h"

#include <string.h>

#define TEXT "Kian mesra, Putin dan Kim.\n"

typedef struct
{
  KutipOpened *opened;
  GError *error;
  gboolean done;
  KutipArticle *article; /* as it came first; only compared */
  guint n_texts;
} Answer;

static void
take_text (KutipArticle *article, gpointer data)
{
  Answer *answer = data;

  g_assert_false (answer->done);
  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  answer->article = article;
  answer->n_texts++;
}

static void
open_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->opened = kutip_open_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
test_plain (void)
{
  char *folder = place_new ();
  g_autoptr (GFile) article = place_file (folder, "a.txt", TEXT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { 0 };
  Answer cancelled = { 0 };
  KutipOpenOptions options = { .text_ready = take_text, .text_ready_data = &answer };

  kutip_open_async (article, &options, NULL, open_done, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.n_texts, ==, 0); /* it is short: all came at once */
  g_assert_cmpuint (
      kutip_article_get_length (kutip_document_get_article (answer.opened->document)), ==,
      strlen (TEXT));
  g_assert_nonnull (answer.opened->check);
  g_assert_cmpuint (kutip_check_get_n_findings (answer.opened->check), ==, 0);
  kutip_opened_free (answer.opened);
  g_cancellable_cancel (cancellable);
  kutip_open_async (article, NULL, cancellable, open_done, &cancelled);
  while (!cancelled.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&cancelled.error);
  place_remove (folder);
}

/* Where there is much to read, the text comes first; how much is how the article is, and
 * how its sidecar is. */
static void
test_text_first (void)
{
  char *folder = place_new ();
  g_autofree char *long_text = g_strnfill (300000, 'x');
  g_autofree char *note = g_strnfill (70000, 'y');
  g_autofree char *long_sidecar = g_strdup_printf (
      "{\"format\": 1, \"article\": {\"file\": \"b.txt\", \"sha256\": \"\", \"length\": "
      "1}, \"offsets\": \"unicode code points\", \"note\": \"%s\", \"spans\": [], "
      "\"relations\": []}\n",
      note);
  GFile *articles[] = { place_file (folder, "a.txt", long_text),
                        place_file (folder, "b.txt", TEXT) };
  g_autoptr (GFile) sidecar = place_file (folder, "b.txt.annotations.json", long_sidecar);

  for (guint i = 0; i < G_N_ELEMENTS (articles); i++)
    {
      Answer answer = { 0 };
      KutipOpenOptions options = { .text_ready = take_text, .text_ready_data = &answer };

      kutip_open_async (articles[i], &options, NULL, open_done, &answer);
      while (!answer.done)
        g_main_context_iteration (NULL, TRUE);
      g_assert_no_error (answer.error);
      g_assert_cmpuint (answer.n_texts, ==, 1);
      g_assert_true (answer.article ==
                     kutip_document_get_article (answer.opened->document));
      kutip_opened_free (answer.opened);
      g_object_unref (articles[i]);
    }
  place_remove (folder);
}

typedef struct
{
  Answer answer;
  GCancellable *cancellable;
} Busy;

static gboolean
paint_on (gpointer data)
{
  return ((Answer *) data)->done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
paint_on_and_on (KutipArticle *article, gpointer data)
{
  Busy *busy = data;

  take_text (article, &busy->answer);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, paint_on, &busy->answer, NULL);
}

static void
cancel (KutipArticle *article, gpointer data)
{
  Busy *busy = data;

  take_text (article, &busy->answer);
  g_cancellable_cancel (busy->cancellable);
}

/* The annotations wait until the text is shown: not for ever where something else is
 * painted all the time, and not to be opened when nobody wants them any more. */
static void
test_busy (void)
{
  const KutipOpenTextFunc takers[] = { paint_on_and_on, cancel };
  char *folder = place_new ();
  g_autofree char *text = g_strnfill (300000, 'x');
  g_autoptr (GFile) article = place_file (folder, "a.txt", text);

  for (guint i = 0; i < G_N_ELEMENTS (takers); i++)
    {
      Busy busy = { .cancellable = g_cancellable_new () };
      KutipOpenOptions options = { .text_ready = takers[i], .text_ready_data = &busy };

      kutip_open_async (article, &options, busy.cancellable, open_done, &busy.answer);
      while (!busy.answer.done)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (busy.answer.n_texts, ==, 1);
      g_assert_true ((busy.answer.opened != NULL) == (takers[i] == paint_on_and_on));
      if (takers[i] == cancel)
        g_assert_error (busy.answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_pointer (&busy.answer.opened, kutip_opened_free);
      g_clear_error (&busy.answer.error);
      g_object_unref (busy.cancellable);
    }
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/open-async/plain", test_plain);
  g_test_add_func ("/open-async/text-first", test_text_first);
  g_test_add_func ("/open-async/busy", test_busy);
  return g_test_run ();
}
