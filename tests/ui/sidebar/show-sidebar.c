/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the side pane alone, to look at: show-sidebar [--sample news] [--select N] … */
#include "samples.h"
#include "ui/sidebar/sidebar.h"

#include <adwaita.h>
#include <locale.h>

typedef struct
{
  char *sample;
  char *page;
  char *screenshot;
  int select;
  int width;
  double text_scale;
  int height;
  gboolean dark;
  gboolean rtl;
  gboolean read_only;
} Options;

static void
on_message (KutipAnnotator *annotator, const char *text, gboolean undoable, gpointer data)
{
  g_print ("message: %s\n", text);
}

static void
on_link (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
  kutip_annotator_start_link (annotator, g_variant_get_string (parameter, NULL));
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
  kutip_annotator_remove_current (annotator);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
  kutip_annotator_undo (annotator);
}

static void
on_reopen (GSimpleAction *action, GVariant *parameter, gpointer annotator)
{
}

static void
add_actions (GtkWidget *window, KutipAnnotator *annotator)
{
  static const GActionEntry annotation_actions[] = {
    { .name = "link", .activate = on_link, .parameter_type = "s" },
    { .name = "delete", .activate = on_delete },
    { .name = "undo", .activate = on_undo },
  };
  static const GActionEntry window_actions[] = {
    { .name = "reopen-with-encoding", .activate = on_reopen },
  };
  g_autoptr (GSimpleActionGroup) annotation = g_simple_action_group_new ();
  g_autoptr (GSimpleActionGroup) win = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (annotation), annotation_actions,
                                   G_N_ELEMENTS (annotation_actions), annotator);
  g_action_map_add_action_entries (G_ACTION_MAP (win), window_actions,
                                   G_N_ELEMENTS (window_actions), annotator);
  gtk_widget_insert_action_group (window, "annotation", G_ACTION_GROUP (annotation));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (win));
}

static gboolean
save_screenshot (gpointer data)
{
  const char *path = g_object_get_data (data, "screenshot");
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (data);
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_renderer_realize (renderer, NULL, NULL);
  texture = gsk_renderer_render_texture (
      renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gdk_texture_save_to_png (texture, path);
  gsk_renderer_unrealize (renderer);
  g_application_quit (g_application_get_default ());
  return G_SOURCE_REMOVE;
}

static void
on_activate (GtkApplication *application, gpointer data)
{
  Options *options = data;
  g_autoptr (KutipAnnotator) annotator = sample_by_name (options->sample);
  GtkWidget *window;
  GtkWidget *sidebar;
  KutipLayer *layer;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi",
                (int) (96 * 1024 * options->text_scale), NULL);
  if (options->rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      options->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);
  window = adw_application_window_new (application);
  sidebar = kutip_sidebar_new ();

  if (annotator == NULL)
    g_error ("no sample of that name: %s", options->sample);
  layer = kutip_document_get_layer (kutip_annotator_get_document (annotator));
  g_signal_connect (annotator, "message", G_CALLBACK (on_message), NULL);
  g_object_set_data_full (G_OBJECT (window), "annotator", g_object_ref (annotator),
                          g_object_unref);
  add_actions (window, annotator);
  kutip_document_set_read_only (kutip_annotator_get_document (annotator),
                                options->read_only);

  kutip_sidebar_set_annotator (KUTIP_SIDEBAR (sidebar), annotator);
  kutip_annotator_set_current (
      annotator,
      options->select >= 0 ? kutip_layer_get_nth_span (layer, (guint) options->select)
                           : NULL,
      TRUE);
  kutip_sidebar_set_page (KUTIP_SIDEBAR (sidebar), options->page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), sidebar);
  gtk_window_set_default_size (GTK_WINDOW (window), options->width, options->height);
  gtk_window_present (GTK_WINDOW (window));
  if (options->screenshot != NULL)
    {
      g_object_set_data (G_OBJECT (window), "screenshot", options->screenshot);
      g_timeout_add (700, save_screenshot, window);
    }
}

int
main (int argc, char **argv)
{
  Options options = { .sample = g_strdup ("news"),
                      .page = g_strdup ("annotations"),
                      .select = -1,
                      .width = 320,
                      .text_scale = 1,
                      .height = 800 };
  const GOptionEntry entries[] = {
    { "sample", 0, 0, G_OPTION_ARG_STRING, &options.sample, "news, arabic, study …",
      NULL },
    { "page", 0, 0, G_OPTION_ARG_STRING, &options.page, "annotations or properties",
      NULL },
    { "select", 0, 0, G_OPTION_ARG_INT, &options.select, "the span to show", NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &options.width, "pixels", NULL },
    { "height", 0, 0, G_OPTION_ARG_INT, &options.height, "pixels", NULL },
    { "text-scale", 0, 0, G_OPTION_ARG_DOUBLE, &options.text_scale, "1.5 is large",
      NULL },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &options.dark, "dark colours", NULL },
    { "rtl", 0, 0, G_OPTION_ARG_NONE, &options.rtl, "from right to left", NULL },
    { "read-only", 0, 0, G_OPTION_ARG_NONE, &options.read_only, "nothing can be changed",
      NULL },
    { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, &options.screenshot, "a PNG, and quit",
      NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AdwApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);

  application = adw_application_new ("org.kutip.Kutip", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &options);
  status = g_application_run (G_APPLICATION (application), 1, argv);
  g_free (options.sample);
  g_free (options.page);
  g_free (options.screenshot);
  return status;
}
