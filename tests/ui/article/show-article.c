/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "open-text.h"

#include "ui/article/article-view.h"

#include <adwaita.h>
#include <locale.h>

/* Shows one article in the article view alone, for looking at it and for driving it:
 *   show-article [--dark] [--font=FAMILY] [--spans=N] [--mark=LABEL:WORDS …] [--link=N-M]
 * FILE Keys 1 to 4 mark, Delete deletes, l links, Escape stops linking, F5 shows all
 * links. */

static gboolean dark;
static char *font;
static int n_spans;
static int text_size = 12;
static char **marks;
static char **links;
static int width = 900;
static int height = 720;
static char **files;

static const GOptionEntry entries[] = {
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "In dark colours", NULL },
  { "font", 0, 0, G_OPTION_ARG_STRING, &font, "Font family", "FAMILY" },
  { "size", 0, 0, G_OPTION_ARG_INT, &text_size, "Text size", "POINTS" },
  { "spans", 0, 0, G_OPTION_ARG_INT, &n_spans, "Spans at random places", "N" },
  { "mark", 0, 0, G_OPTION_ARG_STRING_ARRAY, &marks, "Mark words; pieces parted by |",
    "LABEL:WORDS" },
  { "link", 0, 0, G_OPTION_ARG_STRING_ARRAY, &links, "Link two marks, counted from 0",
    "N-M" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Of the window", "PIXELS" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Of the window", "PIXELS" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
  G_OPTION_ENTRY_NULL
};

static void
on_mark (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
  kutip_annotator_mark (annotator, g_variant_get_string (parameter, NULL));
}

static void
on_set_label (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
  kutip_annotator_set_label (annotator, g_variant_get_string (parameter, NULL));
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
  kutip_annotator_remove_current (annotator);
}

static void
on_link (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
  kutip_annotator_start_link (annotator, NULL);
}

static void
on_next (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
  if (kutip_annotator_is_linking (annotator))
    kutip_annotator_step_link_candidate (annotator, TRUE);
  else
    kutip_annotator_go_to_next_span (annotator, TRUE);
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
  kutip_annotator_cancel_link (annotator);
}

static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint code,
        GdkModifierType state,
        gpointer view)
{
  const char *const actions[] = { "annotation.mark::claim", "annotation.mark::quote",
                                  "annotation.mark::source", "annotation.mark::cue" };
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  const char *action = NULL;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_4)
    action = actions[keyval - GDK_KEY_1];
  else if (keyval == GDK_KEY_l)
    action = "annotation.link";
  else if (keyval == GDK_KEY_period)
    action = "annotation.next";
  else if (keyval == GDK_KEY_Escape)
    action = "annotation.cancel";
  else if (keyval == GDK_KEY_F5)
    action = "article.show-all-links";
  if (action == NULL)
    return FALSE;
  g_action_parse_detailed_name (action, &name, &target, NULL);
  gtk_widget_activate_action_variant (view, name, target);
  return TRUE;
}

static KutipSpan *
mark (KutipAnnotator *annotator, const char *what)
{
  g_auto (GStrv) parts = g_strsplit (what, ":", 2);
  g_auto (GStrv) words = g_strsplit (parts[1], "|", -1);

  return mark_pieces (annotator, parts[0], (const char *const *) words);
}

static void
prepare (KutipAnnotator *annotator)
{
  g_autoptr (GPtrArray) spans = g_ptr_array_new ();

  for (guint i = 0; marks != NULL && marks[i] != NULL; i++)
    g_ptr_array_add (spans, mark (annotator, marks[i]));
  for (guint i = 0; links != NULL && links[i] != NULL; i++)
    {
      guint from, to;
      g_autoptr (GError) error = NULL;

      if (sscanf (links[i], "%u-%u", &from, &to) != 2 ||
          !kutip_annotate_link (kutip_annotator_get_document (annotator),
                                g_ptr_array_index (spans, from),
                                g_ptr_array_index (spans, to), NULL, &error))
        g_printerr ("No link %s: %s\n", links[i], error != NULL ? error->message : "");
    }
  if (n_spans > 0)
    mark_many (annotator, (guint) n_spans, 7);
}

static void
on_painted (GdkFrameClock *clock, gpointer data)
{
  gint64 *start = data;

  if (*start != 0)
    g_print ("painted after %.1f ms\n",
             (double) (g_get_monotonic_time () - *start) / 1000);
  *start = 0;
}

static GtkWidget *
create_window (KutipAnnotator *annotator)
{
  const GActionEntry actions[] = {
    { .name = "mark", .parameter_type = "s", .activate = on_mark },
    { .name = "set-label", .parameter_type = "s", .activate = on_set_label },
    { .name = "delete", .activate = on_delete },
    { .name = "link", .activate = on_link },
    { .name = "next", .activate = on_next },
    { .name = "cancel", .activate = on_cancel },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = kutip_article_view_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions),
                                   annotator);
  gtk_widget_insert_action_group (window, "annotation", G_ACTION_GROUP (group));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), view);
  gtk_widget_add_controller (window, keys);
  g_object_set (view, "annotator", annotator, "font", font, "text-size",
                (guint) text_size, NULL);
  gtk_window_set_title (GTK_WINDOW (window), "show-article");
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  kutip_article_view_grab_focus (KUTIP_ARTICLE_VIEW (view));
  return window;
}

int
main (int argc, char **argv)
{
  static gint64 start;
  g_autoptr (GOptionContext) options = g_option_context_new ("FILE");
  g_autoptr (KutipAnnotator) annotator = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  GtkWidget *window;
  gsize size;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || files == NULL ||
      !g_file_get_contents (files[0], &bytes, &size, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Which file?");
      return 2;
    }
  adw_init ();
  if (dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  annotator = open_text (bytes, (gssize) size);
  prepare (annotator);
  start = g_get_monotonic_time ();
  window = create_window (annotator);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (on_painted), &start);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
