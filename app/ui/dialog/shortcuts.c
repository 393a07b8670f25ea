/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/dialog/shortcuts.h"

#include "ui/after-frame.h"
#include "ui/article/article-view.h"
#include "ui/commands.h"
#include "ui/find/find-bar.h"
#include "ui/label/label-look.h"
#include "ui/plain-measure.h"
#include "ui/tooltip.h"
#include "ui/wrap-box.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* More ways than these are told in words, below what they do. */
#define MOST_KEYS 3
/* What a title has at least beside its keys. */
#define TITLE_CHARS 16
/* Rows that a frame adds: all of them take several, and the window takes one itself. */
#define MORE_ROWS 6

/* A window of its own kind, for what its class does. */
#define KUTIP_TYPE_SHORTCUTS_WINDOW (kutip_shortcuts_window_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipShortcutsWindow, kutip_shortcuts_window, KUTIP, SHORTCUTS_WINDOW, AdwWindow)

struct _KutipShortcutsWindow
{
  AdwWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (KutipShortcutsWindow, kutip_shortcuts_window, ADW_TYPE_WINDOW)

/* A row to be made. */
typedef struct
{
  char *group; /* its title */
  char *title;
  GPtrArray *keys; /* as in the table of commands */
} Shortcut;

/* What a window shows, or is to show. */
typedef struct
{
  GPtrArray *shortcuts; /* of Shortcut */
  guint n_made;
  GtkWidget *pages;
  AdwPreferencesPage *page;
  AdwPreferencesGroup *group; /* of the last row that was made */
  char *wanted;               /* what is searched for, folded */
  KutipAfterFrame *growing;   /* NULL: all are there at once */
} Keys;

static void
free_shortcut (gpointer data)
{
  Shortcut *shortcut = data;

  g_free (shortcut->group);
  g_free (shortcut->title);
  g_ptr_array_unref (shortcut->keys);
  g_free (shortcut);
}

static void
free_keys (gpointer data)
{
  Keys *self = data;

  g_ptr_array_unref (self->shortcuts);
  g_free (self->wanted);
  g_free (self);
}

/* What goes without saying: the number pad's keys, and "=" for "+", which needs Shift. */
static gboolean
is_alias (const char *key)
{
  return strstr (key, "KP_") != NULL || g_str_has_suffix (key, "equal");
}

/* @keys: as in the table of commands; NULL for none. */
static void
add_keys (GPtrArray *all, const char *keys)
{
  g_auto (GStrv) list = g_strsplit (keys != NULL ? keys : "", " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (!is_alias (list[i]))
      g_ptr_array_add (all, g_strdup (list[i]));
}

static char *
describe_key (const char *key)
{
  g_auto (GStrv) range = g_strsplit (key, "...", 2);
  g_autofree char *first = NULL;
  guint keyval;
  GdkModifierType modifiers;

  if (range[0] == NULL || !gtk_accelerator_parse (range[0], &keyval, &modifiers))
    return g_strdup (key);
  first = gtk_accelerator_get_label (keyval, modifiers);
  return range[1] != NULL ? g_strdup_printf ("%s–%s", first, range[1])
                          : g_steal_pointer (&first);
}

static char *
describe_keys (GPtrArray *keys)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (words, describe_key (g_ptr_array_index (keys, i)));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

/* One below the other, so that even a phone is wide enough. */
static GtkWidget *
create_key_labels (GPtrArray *keys)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  for (guint i = 0; i < keys->len; i++)
    {
      GtkWidget *label = gtk_shortcut_label_new (g_ptr_array_index (keys, i));

      gtk_widget_set_halign (label, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (box), label);
    }
  return box;
}

/* What a search looks at. */
static char *
fold (const char *title, const char *keys)
{
  g_autofree char *both = g_strconcat (title, "\n", keys, NULL);

  return g_utf8_casefold (both, -1);
}

/* The keys beside what they do, or below it, where that would have little room. */
static GtkWidget *
create_row (const char *title, GPtrArray *keys)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = g_object_new (KUTIP_TYPE_WRAP_BOX, "spacing", 6, NULL);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), TITLE_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_insert_before (label, box, NULL);
  gtk_widget_insert_before (create_key_labels (keys), box, NULL);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_size_request (row, -1, 50);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static GtkWidget *
create_wordy_row (const char *keys)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = g_markup_escape_text (keys, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
add_row (AdwPreferencesGroup *group, const char *title, GPtrArray *keys)
{
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *words = describe_keys (keys);
  GtkWidget *row =
      keys->len <= MOST_KEYS ? create_row (title, keys) : create_wordy_row (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  g_object_set_data_full (G_OBJECT (row), "words", fold (title, words), g_free);
  adw_preferences_group_add (group, row);
}

/* @first and @second: as in the table of commands; NULL for none. */
static void
add_shortcut (Keys *self,
              const char *group,
              const char *title,
              const char *first,
              const char *second)
{
  Shortcut *shortcut = g_new (Shortcut, 1);

  *shortcut = (Shortcut){ g_strdup (group), g_strdup (title),
                          g_ptr_array_new_with_free_func (g_free) };
  add_keys (shortcut->keys, first);
  add_keys (shortcut->keys, second);
  g_ptr_array_add (self->shortcuts, shortcut);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

/* "<Alt>1...4" when the labels' keys are a row of digits, else each of them. */
static char *
join_label_keys (KutipTagset *tagset, GdkModifierType modifiers)
{
  GString *joined = g_string_new (NULL);
  gunichar first = 0, last = 0;
  gboolean in_row = TRUE;

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      gunichar key = kutip_tagset_get_nth_label (tagset, i)->key;
      g_autofree char *name = NULL;

      if (key == 0)
        continue;
      in_row = in_row && g_unichar_isdigit (key) && (last == 0 || key == last + 1);
      first = first == 0 ? key : first;
      last = key;
      name = gtk_accelerator_name (gdk_unicode_to_keyval (key), modifiers);
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", name);
    }
  if (in_row && first != last)
    {
      g_autofree char *prefix = gtk_accelerator_name (0, modifiers);

      g_string_assign (joined, prefix);
      g_string_append_unichar (joined, first);
      g_string_append (joined, "...");
      g_string_append_unichar (joined, last);
    }
  return g_string_free (joined, FALSE);
}

static void
add_labels (Keys *self, KutipTagset *tagset)
{
  g_autofree char *plain = join_label_keys (tagset, 0);
  g_autofree char *others = join_label_keys (tagset, GDK_ALT_MASK);
  g_autofree char *rests = join_label_keys (tagset, GDK_SHIFT_MASK);
  g_autofree char *seconds = join_label_keys (tagset, GDK_ALT_MASK | GDK_SHIFT_MASK);
  const char *group = _ ("Labels");

  if (*others == '\0')
    return;

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);
      g_autofree char *key = NULL;
      g_autofree char *title = NULL;

      if (label->key == 0)
        continue;
      key = gtk_accelerator_name (gdk_unicode_to_keyval (label->key), 0);
      /* Translators: %s is a label, for example Quote. */
      title = g_strdup_printf (_ ("Mark as %s"),
                               kutip_label_look_get (tagset, label->name)->title);
      add_shortcut (self, group, title, key, NULL);
    }
  add_shortcut (self, group, _ ("Right after a mark: take in the next word"), plain,
                NULL);
  add_shortcut (self, group, _ ("Mark the rest of the sentence"), rests, NULL);
  add_shortcut (self, group, _ ("Give the span another label"), others, NULL);
  add_shortcut (self, group, _ ("Mark the same text with another label too"), seconds,
                NULL);
}

/* The plain keys first. */
static void
add_commands (Keys *self, KutipCommandGroup group)
{
  guint n;
  const KutipCommand *commands = kutip_commands_list (&n);

  for (guint i = 0; i < n; i++)
    if (commands[i].group == group)
      add_shortcut (self, kutip_commands_get_title (group), _ (commands[i].title),
                    commands[i].keys, commands[i].accels);
}

static void
add_keys_of_view (Keys *self, const char *title, const KutipArticleKey *keys)
{
  for (const KutipArticleKey *key = keys; key->action != NULL; key++)
    add_shortcut (self, title, _ (key->title), key->keys, NULL);
}

static Keys *
list_keys (KutipTagset *tagset)
{
  Keys *self = g_new0 (Keys, 1);

  self->shortcuts = g_ptr_array_new_with_free_func (free_shortcut);
  if (tagset != NULL)
    add_labels (self, tagset);
  add_commands (self, KUTIP_COMMANDS_MARKING);
  add_keys_of_view (self, _ ("Selecting"), kutip_article_view_list_keys ());
  add_commands (self, KUTIP_COMMANDS_LINKS);
  add_commands (self, KUTIP_COMMANDS_SHAPING);
  add_commands (self, KUTIP_COMMANDS_MOVING);
  add_commands (self, KUTIP_COMMANDS_FINDING);
  add_keys_of_view (self, _ ("In the search"), kutip_find_bar_list_keys ());
  add_commands (self, KUTIP_COMMANDS_REVIEWING);
  add_commands (self, KUTIP_COMMANDS_READING);
  add_commands (self, KUTIP_COMMANDS_ARTICLES);
  add_commands (self, KUTIP_COMMANDS_WINDOW);
  return self;
}

/* The next @n rows, in their groups. */
static void
make_rows (Keys *self, guint n)
{
  for (; n > 0 && self->n_made < self->shortcuts->len; n--, self->n_made++)
    {
      const Shortcut *shortcut = g_ptr_array_index (self->shortcuts, self->n_made);
      const Shortcut *last =
          self->n_made > 0 ? g_ptr_array_index (self->shortcuts, self->n_made - 1) : NULL;

      if (last == NULL || !g_str_equal (last->group, shortcut->group))
        self->group = add_group (self->page, shortcut->group);
      add_row (self->group, shortcut->title, shortcut->keys);
    }
}

/* Shows those rows below @widget that say @wanted, and the groups they are in. */
static gboolean
filter (GtkWidget *widget, const char *wanted)
{
  const char *words = g_object_get_data (G_OBJECT (widget), "words");
  gboolean is_found = FALSE;

  if (words != NULL)
    {
      is_found = strstr (words, wanted) != NULL;
      gtk_widget_set_visible (widget, is_found);
      return is_found;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (filter (child, wanted))
      is_found = TRUE;
  if (ADW_IS_PREFERENCES_GROUP (widget))
    gtk_widget_set_visible (widget, is_found);
  return is_found;
}

static void
show_found (Keys *self)
{
  gboolean is_found =
      filter (GTK_WIDGET (self->page), self->wanted) || *self->wanted == '\0';

  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), is_found ? "keys" : "none");
}

static void
on_search_changed (GtkEditable *entry, Keys *self)
{
  const char *text = gtk_editable_get_text (entry);

  if (self->wanted == NULL && *text == '\0')
    return;
  g_free (self->wanted);
  self->wanted = g_utf8_casefold (text, -1);
  show_found (self);
}

/* What is searched for meanwhile is searched for in what comes, too. */
static void
grow (gpointer data)
{
  Keys *self = data;
  gboolean is_first = self->n_made == 0;

  make_rows (self, MORE_ROWS);
  if (is_first && self->wanted == NULL)
    gtk_widget_child_focus (self->pages, GTK_DIR_TAB_FORWARD);
  if (self->wanted != NULL && *self->wanted != '\0')
    show_found (self);
  if (self->n_made < self->shortcuts->len)
    kutip_after_frame_queue (self->growing);
}

static gboolean
on_find (GtkWidget *widget, GVariant *arguments, gpointer bar)
{
  gtk_search_bar_set_search_mode (bar, TRUE);
  return GDK_EVENT_STOP;
}

static GtkWidget *
create_pages (Keys *self)
{
  GtkWidget *nothing = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (nothing), "edit-find-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (nothing), _ ("Nothing Found"));
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  self->pages = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->pages), GTK_WIDGET (self->page), "keys");
  gtk_stack_add_named (GTK_STACK (self->pages), nothing, "none");
  gtk_widget_set_vexpand (self->pages, TRUE);
  return self->pages;
}

static GtkWidget *
create_search_bar (GtkWidget *window, Keys *keys)
{
  GtkWidget *bar = gtk_search_bar_new ();
  GtkWidget *entry = gtk_search_entry_new ();
  const char *label = _ ("Find a shortcut");

  gtk_widget_set_hexpand (entry, TRUE);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (entry), 0);
  g_object_set (entry, "placeholder-text", label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect (entry, "search-changed", G_CALLBACK (on_search_changed), keys);
  gtk_search_bar_set_child (GTK_SEARCH_BAR (bar), entry);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (bar), GTK_EDITABLE (entry));
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (bar), window);
  return bar;
}

static GtkWidget *
create_header (GtkWidget *bar)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), "edit-find-symbolic");
  kutip_tooltip_set (button, _ ("Find a shortcut (Ctrl+F)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a shortcut"), -1);
  g_object_bind_property (button, "active", bar, "search-mode-enabled",
                          G_BINDING_BIDIRECTIONAL);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), button);
  return header;
}

/* Escape closes the search first, which keeps the key to itself. */
static void
add_window_keys (GtkWidget *window, GtkWidget *bar)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_f, GDK_CONTROL_MASK),
                        gtk_callback_action_new (on_find, bar, NULL)));
  gtk_widget_add_controller (window, keys);
}

static gboolean
destroy_later (gpointer window)
{
  gtk_window_destroy (window);
  return G_SOURCE_REMOVE;
}

/* All that is in it takes a while to drop: that is not to be waited for. */
static gboolean
kutip_shortcuts_window_close_request (GtkWindow *window)
{
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, destroy_later, g_object_ref (window),
                   g_object_unref);
  return GDK_EVENT_STOP;
}

static void
kutip_shortcuts_window_class_init (KutipShortcutsWindowClass *klass)
{
  GTK_WINDOW_CLASS (klass)->close_request = kutip_shortcuts_window_close_request;
  kutip_plain_measure_init (GTK_WIDGET_CLASS (klass));
}

static void
kutip_shortcuts_window_init (KutipShortcutsWindow *self)
{
}

/* The frames that are waited for are the window's. */
static void
on_destroy (GtkWidget *window, Keys *keys)
{
  g_clear_pointer (&keys->growing, kutip_after_frame_free);
}

static GtkWidget *
create_window (KutipTagset *tagset, Keys **keys)
{
  GtkWidget *window =
      g_object_new (KUTIP_TYPE_SHORTCUTS_WINDOW, "title", _ ("Keyboard Shortcuts"),
                    "modal", TRUE, "default-width", 620, "default-height", 720, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *pages, *bar;

  *keys = list_keys (tagset);
  g_object_set_data_full (G_OBJECT (window), "keys", *keys, free_keys);
  g_signal_connect (window, "destroy", G_CALLBACK (on_destroy), *keys);
  pages = create_pages (*keys);
  bar = create_search_bar (window, *keys);
  gtk_box_append (GTK_BOX (box), create_header (bar));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), pages);
  adw_window_set_content (ADW_WINDOW (window), box);
  add_window_keys (window, bar);
  return window;
}

GtkWidget *
kutip_shortcuts_new (KutipTagset *tagset)
{
  Keys *keys;
  GtkWidget *window = create_window (tagset, &keys);

  make_rows (keys, G_MAXUINT);
  gtk_widget_child_focus (keys->pages, GTK_DIR_TAB_FORWARD);
  return window;
}

void
kutip_shortcuts_present (GtkWindow *parent, KutipTagset *tagset)
{
  Keys *keys;
  GtkWindow *window = GTK_WINDOW (create_window (tagset, &keys));

  if (parent != NULL)
    {
      gtk_window_set_transient_for (window, parent);
      gtk_window_set_application (window, gtk_window_get_application (parent));
    }
  gtk_window_present (window);
  keys->growing = kutip_after_frame_new (GTK_WIDGET (window), grow, keys);
  kutip_after_frame_queue (keys->growing);
}
