/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

/* Nothing comes of a search any more when nothing came for so many milliseconds: 10 MB
 * are searched in less, by another thread. */
#define SEARCHED 40

static gboolean
has_hit (gpointer data)
{
  Bench *bench = data;
  KutipRange selection = kutip_annotator_get_selection (bench->window->annotator);
  KutipRange visible = kutip_article_view_get_visible (bench->window->article_view);

  return selection.end > selection.start && selection.start >= visible.start &&
         selection.start <= visible.end;
}

/* Two letters that stand together somewhere in the text. */
static void
choose_letters (Bench *bench, gunichar letters[2])
{
  KutipText *text =
      kutip_document_get_text (kutip_annotator_get_document (bench->window->annotator));
  guint i = 0;

  while (!g_unichar_isalpha (kutip_text_get_char (text, i)) ||
         !g_unichar_isalpha (kutip_text_get_char (text, i + 1)))
    i++;
  letters[0] = kutip_text_get_char (text, i);
  letters[1] = kutip_text_get_char (text, i + 1);
  if (letters[0] < 0x80)
    {
      letters[0] = 'a';
      letters[1] = 'n';
    }
}

static void
insert_letter (gpointer data)
{
  Bench *bench = data;
  GtkEditable *entry = GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (bench->window)));
  char utf8[7] = { 0 };
  int position;

  g_unichar_to_utf8 (bench->letter, utf8);
  gtk_editable_delete_selection (entry);
  position = gtk_editable_get_position (entry);
  gtk_editable_insert_text (entry, utf8, -1, &position);
  gtk_editable_set_position (entry, position);
}

/* By a key, where the keyboard has one. */
static Timing
type_letter (Bench *bench, gunichar letter, StopwatchCondition shown)
{
  g_autofree char *command = g_strdup_printf ("key %c", (char) letter);
  Timing timing;

  bench->letter = letter;
  timing = letter < 0x80 ? stopwatch_press (bench->watch, command, shown, bench)
                         : stopwatch_call (bench->watch, insert_letter, shown, bench);
  timing.block = stopwatch_rest (bench->watch, SEARCHED);
  return timing;
}

/* A word is typed letter by letter, from the start of the text; then the hits are gone
 * through. */
static void
measure_typing (Bench *bench)
{
  g_autoptr (GArray) first = stopwatch_new_series ();
  g_autoptr (GArray) letters = stopwatch_new_series ();
  g_autoptr (GArray) next = stopwatch_new_series ();
  g_autoptr (GArray) previous = stopwatch_new_series ();
  gunichar word[2];

  choose_letters (bench, word);
  for (guint i = 0; i < bench->n; i++)
    {
      Timing timing;

      kutip_annotator_set_selection (bench->window->annotator, 0, 0, FALSE);
      stopwatch_settle (bench->watch);
      stopwatch_press (bench->watch, "key ctrl+f", NULL, bench);
      /* What was searched for before is searched for again. */
      stopwatch_rest (bench->watch, SEARCHED);
      gtk_editable_select_region (
          GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (bench->window))), 0, -1);
      stopwatch_settle (bench->watch);
      timing = type_letter (bench, word[0], has_hit);
      g_array_append_val (first, timing);
      timing = type_letter (bench, word[1], NULL);
      g_array_append_val (letters, timing);
      bench_press (bench, letters, "key BackSpace");
      stopwatch_rest (bench->watch, SEARCHED);
      bench_press (bench, next, "key Return");
      bench_press (bench, previous, "key shift+Return");
      stopwatch_press (bench->watch, "key Escape", NULL, bench);
      stopwatch_settle (bench->watch);
    }
  stopwatch_print_series ("find, first hit", first);
  stopwatch_print_series ("find, each letter", letters);
  stopwatch_print_series ("find, next", next);
  stopwatch_print_series ("find, previous", previous);
}

void
bench_measure_finding (Bench *bench)
{
  measure_typing (bench);
}
