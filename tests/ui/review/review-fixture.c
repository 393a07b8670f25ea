/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review-fixture.h"

#include "../article/open-text.h"
#include "ui/review/finding-row.h"

#include <adwaita.h>
#include <string.h>

static void
on_message (KutipAnnotator *annotator, const char *text, gboolean undoable, gpointer data)
{
  ReviewFixture *fixture = data;

  g_free (fixture->message);
  fixture->message = g_strdup (text);
}

void
review_test_init (int *argc, char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  gtk_icon_theme_add_resource_path (
      gtk_icon_theme_get_for_display (gdk_display_get_default ()),
      "/org/kutip/Kutip/icons");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
}

void
review_set_up (ReviewFixture *fixture, GtkWidget *pane)
{
  fixture->annotator = open_text (REVIEW_TEXT, -1);
  fixture->document = kutip_annotator_get_document (fixture->annotator);
  fixture->window = gtk_window_new ();
  fixture->pane = pane;
  gtk_window_set_child (GTK_WINDOW (fixture->window), pane);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 320, 760);
  g_signal_connect (fixture->annotator, "message", G_CALLBACK (on_message), fixture);
}

void
review_tear_down (ReviewFixture *fixture)
{
  GtkWidget *pane = g_object_ref (fixture->pane);

  g_signal_handlers_disconnect_by_data (fixture->annotator, fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (pane);
  g_assert_finalize_object (fixture->annotator);
  g_clear_pointer (&fixture->message, g_free);
}

static KutipRange
find (const char *words)
{
  const char *at = strstr (REVIEW_TEXT, words);
  guint start;

  g_assert_nonnull (at);
  start = (guint) g_utf8_strlen (REVIEW_TEXT, at - REVIEW_TEXT);
  return (KutipRange){ start, start + (guint) g_utf8_strlen (words, -1) };
}

static void
add (KutipChange *change,
     const char *id,
     const char *label,
     const char *words,
     KutipReview review,
     const char *was)
{
  const char *const texts[] = { was, NULL };
  KutipRange range = find (words);
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autoptr (KutipSpan) span = NULL;

  fields.id = id;
  fields.label = label;
  fields.ranges = &range;
  fields.n_ranges = 1;
  fields.review = review;
  if (review == KUTIP_REVIEW_ORPHAN)
    fields.texts = texts;
  else if (was != NULL)
    fields.was = texts;
  span = kutip_span_new (&fields);
  kutip_change_add_span (change, NULL, span);
}

void
review_add_spans (ReviewFixture *fixture)
{
  g_autoptr (KutipChange) change = kutip_change_new ("Test");

  add (change, "s1", "source", "BBC", KUTIP_REVIEW_MOVED, NULL);
  add (change, "s2", "claim", "langkah itu dilakukan demi kebaikan dua negara",
       KUTIP_REVIEW_APPROXIMATE, "langkah ini dilakukan demi kebaikan kedua negara");
  add (change, "s3", "claim", "Dikutip", KUTIP_REVIEW_ORPHAN, "belum pernah diperiksa");
  add (change, "s4", "source", "pihak lain", KUTIP_REVIEW_MOVED, NULL);
  add (change, "s5", "cue", "Dikutip dari", KUTIP_REVIEW_NONE, NULL);
  g_assert_true (kutip_document_apply (fixture->document, change, NULL));
}

void
review_mark_many (ReviewFixture *fixture, guint n)
{
  g_autoptr (KutipChange) change = kutip_change_new ("Test");

  for (guint i = 0; i < n; i++)
    {
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange range = { i % 40, i % 40 + 1 + i % 30 };
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = "quote";
      fields.ranges = &range;
      fields.n_ranges = 1;
      fields.unsure = TRUE;
      span = kutip_span_new (&fields);
      kutip_change_add_span (change, NULL, span);
    }
  g_assert_true (kutip_document_apply (fixture->document, change, NULL));
}

KutipSpan *
review_get (ReviewFixture *fixture, const char *id)
{
  return kutip_layer_get_span (kutip_document_get_layer (fixture->document), id);
}

void
review_select (ReviewFixture *fixture, const char *words)
{
  KutipRange range = find (words);

  kutip_annotator_set_selection (fixture->annotator, range.start, range.end, TRUE);
}

char *
review_list_rows (ReviewFixture *fixture)
{
  GString *rows = g_string_new (NULL);
  GtkWidget *row;

  settle (fixture->window);
  for (guint i = 0;
       (row = find_widget (fixture->pane, KUTIP_TYPE_FINDING_ROW, i)) != NULL; i++)
    g_string_append_printf (rows, "%s | %s\n",
                            kutip_drawn_row_get_words (KUTIP_DRAWN_ROW (row)),
                            kutip_drawn_row_get_title (KUTIP_DRAWN_ROW (row)));
  return g_string_free (rows, FALSE);
}

gboolean
review_says (ReviewFixture *fixture, const char *text)
{
  settle (fixture->window);
  return find_saying (fixture->pane, GTK_TYPE_LABEL, text) != NULL;
}
