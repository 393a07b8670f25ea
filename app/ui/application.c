/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/application.h"

#include "ui/commands.h"
#include "ui/dialog/about.h"
#include "ui/dialog/preferences-window.h"
#include "ui/dialog/shortcuts.h"
#include "ui/help/manual-window.h"
#include "ui/memory.h"
#include "ui/whole-clicks.h"
#include "ui/window/window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#define SMALLEST_TEXT 8
#define LARGEST_TEXT 48
#define NORMAL_TEXT 14

struct _KutipApplication
{
  AdwApplication parent_instance;

  KutipPreferences *preferences; /* from startup on */
};

G_DEFINE_FINAL_TYPE (KutipApplication, kutip_application, ADW_TYPE_APPLICATION)

static KutipWindow *
add_window (KutipApplication *self)
{
  return kutip_window_new (GTK_APPLICATION (self), self->preferences);
}

/* The window in front, or NULL. */
static KutipWindow *
get_window (KutipApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !KUTIP_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  return window != NULL ? KUTIP_WINDOW (window) : NULL;
}

static void
apply_color_scheme (KutipApplication *self)
{
  const AdwColorScheme schemes[] = {
    [KUTIP_COLOR_SCHEME_SYSTEM] = ADW_COLOR_SCHEME_DEFAULT,
    [KUTIP_COLOR_SCHEME_LIGHT] = ADW_COLOR_SCHEME_FORCE_LIGHT,
    [KUTIP_COLOR_SCHEME_DARK] = ADW_COLOR_SCHEME_FORCE_DARK,
  };

  adw_style_manager_set_color_scheme (
      adw_style_manager_get_default (),
      schemes[kutip_preferences_get_color_scheme (self->preferences)]);
}

static void
set_text_size (KutipApplication *self, int size)
{
  g_object_set (self->preferences, "text-size",
                (guint) CLAMP (size, SMALLEST_TEXT, LARGEST_TEXT), NULL);
}

static void
on_larger_text (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipApplication *self = data;

  set_text_size (self, (int) kutip_preferences_get_text_size (self->preferences) + 1);
}

static void
on_smaller_text (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipApplication *self = data;

  set_text_size (self, (int) kutip_preferences_get_text_size (self->preferences) - 1);
}

static void
on_normal_text (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_text_size (data, NORMAL_TEXT);
}

static void
on_new_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (add_window (data)));
}

/* Each window saves first, and may stay open when it cannot. The last to close ends the
 * program. */
static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows =
      g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *item = windows; item != NULL; item = item->next)
    if (KUTIP_IS_WINDOW (item->data))
      gtk_window_close (item->data);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipApplication *self = data;

  kutip_preferences_window_present (GTK_WINDOW (get_window (self)), self->preferences);
}

static void
on_help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *window = get_window (data);

  kutip_manual_window_present (window != NULL ? GTK_WINDOW (window) : NULL);
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *window = get_window (data);

  kutip_shortcuts_present (GTK_WINDOW (window),
                           window != NULL ? kutip_window_get_tagset (window) : NULL);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_about_present (GTK_WINDOW (get_window (data)));
}

/* In a window with nothing in it. */
static void
on_samples (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *window = get_window (data);

  if (window == NULL || !kutip_window_is_empty (window))
    window = add_window (data);
  gtk_window_present (GTK_WINDOW (window));
  g_action_group_activate_action (G_ACTION_GROUP (window), "open-samples", NULL);
}

static const GActionEntry entries[] = {
  { .name = "larger-text", .activate = on_larger_text },
  { .name = "smaller-text", .activate = on_smaller_text },
  { .name = "normal-text", .activate = on_normal_text },
  { .name = "new-window", .activate = on_new_window },
  { .name = "preferences", .activate = on_preferences },
  { .name = "help", .activate = on_help },
  { .name = "shortcuts", .activate = on_shortcuts },
  { .name = "about", .activate = on_about },
  { .name = "samples", .activate = on_samples },
  { .name = "quit", .activate = on_quit },
};

/* The session ends, or a terminal is closed: everything is saved first. A second signal
 * ends the program at once, as the first one would have. */
static gboolean
on_signal (gpointer data)
{
  GApplication *application = g_application_get_default ();

  if (application != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
kutip_application_startup (GApplication *application)
{
  static const int signals[] = { SIGTERM, SIGHUP, SIGINT };

  KutipApplication *self = KUTIP_APPLICATION (application);

  kutip_memory_keep_small ();
  G_APPLICATION_CLASS (kutip_application_parent_class)->startup (application);
  kutip_whole_clicks_keep ();

  gtk_window_set_default_icon_name (KUTIP_APPLICATION_ID);
  self->preferences = kutip_preferences_new ();
  if (!kutip_preferences_are_kept (self->preferences))
    g_printerr ("kutip: %s\n",
                _ ("the settings schema org.kutip.Kutip is not installed, so preferences "
                   "last for this run only"));
  g_signal_connect_object (self->preferences, "notify::color-scheme",
                           G_CALLBACK (apply_color_scheme), self, G_CONNECT_SWAPPED);
  apply_color_scheme (self);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries),
                                   self);
  kutip_commands_set_accels (GTK_APPLICATION (self));
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_unix_signal_add (signals[i], on_signal, NULL);
}

static void
kutip_application_activate (GApplication *application)
{
  KutipApplication *self = KUTIP_APPLICATION (application);
  KutipWindow *window = get_window (self);

  gtk_window_present (GTK_WINDOW (window != NULL ? window : add_window (self)));
}

/* The window that has it; else the window in front if nothing is open in that; else a new
 * one. */
static void
kutip_application_open (GApplication *application,
                        GFile **files,
                        int n_files,
                        const char *hint)
{
  KutipApplication *self = KUTIP_APPLICATION (application);
  KutipWindow *window = NULL;

  if (n_files == 1)
    window = kutip_window_find (GTK_APPLICATION (self), files[0]);
  if (window != NULL)
    {
      gtk_window_present (GTK_WINDOW (window));
      return;
    }

  window = get_window (self);
  if (window == NULL || !kutip_window_is_empty (window))
    window = add_window (self);
  gtk_window_present (GTK_WINDOW (window));
  kutip_window_open (window, files, (guint) n_files, NULL);
}

static int
kutip_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("kutip %s\n", KUTIP_VERSION);
      return 0;
    }
  if (!g_variant_dict_contains (options, "samples"))
    return -1;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("kutip: %s\n", error->message);
      return 1;
    }
  g_action_group_activate_action (G_ACTION_GROUP (application), "samples", NULL);
  return g_application_get_is_remote (application) ? 0 : -1;
}

static void
kutip_application_finalize (GObject *object)
{
  g_clear_object (&KUTIP_APPLICATION (object)->preferences);
  G_OBJECT_CLASS (kutip_application_parent_class)->finalize (object);
}

static void
kutip_application_class_init (KutipApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = kutip_application_finalize;
  application_class->startup = kutip_application_startup;
  application_class->activate = kutip_application_activate;
  application_class->open = kutip_application_open;
  application_class->handle_local_options = kutip_application_handle_local_options;
}

static void
kutip_application_init (KutipApplication *self)
{
  GApplication *application = G_APPLICATION (self);
  const GOptionEntry options[] = {
    { "samples", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Open the samples, in a folder of your own"), NULL },
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and end"),
      NULL },
    { NULL },
  };

  g_set_prgname ("kutip");
  g_set_application_name (_ ("Kutip"));
  g_application_add_main_option_entries (application, options);
  /* Translators: what may follow the program's name on the command line. */
  g_application_set_option_context_parameter_string (application,
                                                     _ ("[FILE or FOLDER …]"));
  g_application_set_option_context_summary (
      application, _ ("Mark claims, quotes and sources in articles, and keep the "
                      "annotations as JSON beside the text."));
}

KutipApplication *
kutip_application_new (void)
{
  return g_object_new (KUTIP_TYPE_APPLICATION, "application-id", KUTIP_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}

KutipPreferences *
kutip_application_get_preferences (KutipApplication *self)
{
  g_return_val_if_fail (KUTIP_IS_APPLICATION (self), NULL);
  return self->preferences;
}
