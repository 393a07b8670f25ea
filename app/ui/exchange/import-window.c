/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/import-window.h"

#include "store/stamp.h"
#include "ui/exchange/exchange-view.h"
#include "ui/exchange/path-row.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a file, to guess its format; bytes. */
#define HEAD 4096

struct _KutipImportWindow
{
  AdwWindow parent_instance;

  GPtrArray *formats; /* KutipFormat as the choice has them; NULL first: guessed */
  GFile *suggested;   /* the destination that we have put there */
  KutipExchange *exchange;

  GtkStack *pages;
  KutipPathRow *from_row, *texts_row, *into_row;
  AdwComboRow *kind_row, *format_row, *map_row;
  GtkSwitch *keep_going_switch;
  GtkLabel *refusal;
  KutipExchangeView *view;
  GtkWidget *cancel_button, *import_button, *open_button;
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipImportWindow, kutip_import_window, ADW_TYPE_WINDOW)

static const KutipFormat *
get_format (KutipImportWindow *self)
{
  guint i = adw_combo_row_get_selected (self->format_row);

  return i < self->formats->len ? g_ptr_array_index (self->formats, i) : NULL;
}

/* "X-kutip" beside it, where a person has not written something else. */
static void
suggest_path (KutipImportWindow *self, GFile *from)
{
  g_autoptr (GFile) present = kutip_path_row_dup_file (self->into_row);
  g_autoptr (GFile) parent = from != NULL ? g_file_get_parent (from) : NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  char *dot;

  if (parent == NULL || (present != NULL && (self->suggested == NULL ||
                                             !g_file_equal (present, self->suggested))))
    return;
  base = g_file_get_basename (from);
  dot = strchr (base, '.');
  if (dot != NULL && dot > base)
    *dot = '\0';
  name = g_strconcat (base, "-kutip", NULL);
  g_clear_object (&self->suggested);
  self->suggested = g_file_get_child (parent, name);
  kutip_path_row_set_file (self->into_row, self->suggested);
}

/* NULL for a folder, whose files are looked at one by one, and for what nobody knows. */
static const KutipFormat *
guess_format (GFile *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *head = NULL;
  gsize n = 0;

  if (file == NULL || !g_file_is_native (file))
    return NULL;
  head = kutip_stamp_read_head (file, HEAD, &n);
  return head != NULL ? kutip_format_guess (name, head, n) : NULL;
}

static void
on_changed (KutipImportWindow *self)
{
  g_autoptr (GFile) from = NULL;
  const KutipFormat *format;
  const KutipFormat *guessed;
  g_autofree char *subtitle = NULL;

  if (self->into_row == NULL)
    return;
  from = kutip_path_row_dup_file (self->from_row);
  format = get_format (self);
  guessed = guess_format (from);
  if (format == NULL && guessed != NULL)
    /* Translators: %s is a format's title. */
    subtitle = g_strdup_printf (_ ("Looks like: %s"), _ (guessed->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->format_row),
                               subtitle != NULL ? subtitle : "");
  if (format == NULL)
    format = guessed;
  gtk_widget_set_visible (GTK_WIDGET (self->texts_row), format != NULL && format->apart);
  suggest_path (self, from);
}

static void
on_kind_changed (KutipImportWindow *self)
{
  if (self->from_row != NULL)
    kutip_path_row_set_kind (self->from_row,
                             adw_combo_row_get_selected (self->kind_row) == 0
                                 ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                                 : GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
refuse (KutipImportWindow *self, KutipPathRow *row, const char *reason)
{
  gtk_label_set_text (self->refusal, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Owned; NULL while nothing is named. */
static char *
dup_path (KutipPathRow *row)
{
  g_autoptr (GFile) file = kutip_path_row_dup_file (row);

  return file != NULL ? g_file_get_path (file) : NULL;
}

static void
on_exchange_ended (KutipImportWindow *self)
{
  gboolean done = kutip_exchange_get_error (self->exchange) == NULL;

  gtk_button_set_label (GTK_BUTTON (self->cancel_button), _ ("_Close"));
  gtk_widget_set_visible (self->open_button, done);
  gtk_window_set_default_widget (GTK_WINDOW (self),
                                 done ? self->open_button : self->cancel_button);
  gtk_widget_grab_focus (done ? self->open_button : self->cancel_button);
}

static void
run (KutipImportWindow *self, const char *from, const char *texts, const char *into)
{
  const char *const inputs[] = { from, texts, NULL };
  const char *const *maps = kutip_renaming_list_builtin ();
  guint map = adw_combo_row_get_selected (self->map_row);
  KutipConversion conversion = {
    .inputs = (char *const *) inputs,
    .from = get_format (self),
    .to = kutip_format_find ("kutip"),
    .output = into,
    .keep_going = gtk_switch_get_active (self->keep_going_switch),
    .list_all = TRUE,
  };

  if (map > 0)
    conversion.renaming = kutip_renaming_load_builtin (maps[map - 1]);
  self->exchange = kutip_exchange_new (&conversion);
  gtk_widget_set_visible (self->import_button, FALSE);
  gtk_stack_set_visible_child_name (self->pages, "result");
  kutip_exchange_start (self->exchange);
  kutip_exchange_view_show (self->view, self->exchange);
  g_signal_connect_object (self->exchange, "notify::running",
                           G_CALLBACK (on_exchange_ended), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (self->cancel_button);
}

static void
on_import (KutipImportWindow *self)
{
  g_autofree char *from = dup_path (self->from_row);
  g_autofree char *texts = dup_path (self->texts_row);
  g_autofree char *into = dup_path (self->into_row);

  if (!gtk_widget_get_visible (self->import_button))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), FALSE);
  if (from == NULL)
    refuse (self, self->from_row, _ ("Say which file or folder it is in."));
  else if (into == NULL)
    refuse (self, self->into_row, _ ("Say where the articles shall be written."));
  else
    run (self, from, gtk_widget_get_visible (GTK_WIDGET (self->texts_row)) ? texts : NULL,
         into);
}

static void
on_open (KutipImportWindow *self)
{
  g_autoptr (GFile) folder =
      g_file_new_for_path (kutip_exchange_get_output (self->exchange));

  g_signal_emit (self, signals[OPEN], 0, folder);
  gtk_window_close (GTK_WINDOW (self));
}

/* What is under way is stopped first; its end is then shown. */
static gboolean
on_close_request (GtkWindow *window)
{
  KutipImportWindow *self = KUTIP_IMPORT_WINDOW (window);

  if (self->exchange == NULL || !kutip_exchange_is_running (self->exchange))
    return FALSE;
  kutip_exchange_cancel (self->exchange);
  return TRUE;
}

static void
fill_formats (KutipImportWindow *self)
{
  const KutipFormat *const *formats = kutip_format_list ();
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  g_ptr_array_add (self->formats, NULL);
  gtk_string_list_append (titles, _ ("Find out"));
  for (guint i = 0; formats[i] != NULL; i++)
    if (formats[i]->read != NULL)
      {
        g_ptr_array_add (self->formats, (gpointer) formats[i]);
        gtk_string_list_append (titles, _ (formats[i]->title));
      }
  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (titles));
}

static void
fill_maps (KutipImportWindow *self)
{
  const char *const *maps = kutip_renaming_list_builtin ();
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _ ("Keep the names"));
  for (guint i = 0; maps[i] != NULL; i++)
    gtk_string_list_append (titles, maps[i]);
  adw_combo_row_set_model (self->map_row, G_LIST_MODEL (titles));
}

static void
kutip_import_window_dispose (GObject *object)
{
  KutipImportWindow *self = KUTIP_IMPORT_WINDOW (object);

  g_clear_object (&self->suggested);
  if (self->exchange != NULL)
    kutip_exchange_cancel (self->exchange);
  g_clear_object (&self->exchange);
  G_OBJECT_CLASS (kutip_import_window_parent_class)->dispose (object);
}

static void
kutip_import_window_finalize (GObject *object)
{
  g_ptr_array_unref (KUTIP_IMPORT_WINDOW (object)->formats);
  G_OBJECT_CLASS (kutip_import_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (KUTIP_TYPE_PATH_ROW);
  g_type_ensure (KUTIP_TYPE_EXCHANGE_VIEW);
  gtk_widget_class_set_template_from_resource (
      class, "/org/kutip/Kutip/exchange/import-window.ui");
  gtk_widget_class_bind_template_child (class, KutipImportWindow, pages);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, from_row);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, texts_row);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, into_row);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, kind_row);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, format_row);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, map_row);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, keep_going_switch);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, refusal);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, view);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, cancel_button);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, import_button);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, open_button);
  gtk_widget_class_bind_template_callback (class, on_changed);
  gtk_widget_class_bind_template_callback (class, on_kind_changed);
  gtk_widget_class_bind_template_callback (class, on_import);
  gtk_widget_class_bind_template_callback (class, on_open);
}

static void
kutip_import_window_class_init (KutipImportWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_import_window_dispose;
  G_OBJECT_CLASS (class)->finalize = kutip_import_window_finalize;
  GTK_WINDOW_CLASS (class)->close_request = on_close_request;
  signals[OPEN] = g_signal_new ("open", KUTIP_TYPE_IMPORT_WINDOW, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  bind_template (widget_class);
}

static void
kutip_import_window_init (KutipImportWindow *self)
{
  self->formats = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_formats (self);
  fill_maps (self);
  on_kind_changed (self);
  kutip_path_row_set_kind (self->into_row, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
  on_changed (self);
}

KutipImportWindow *
kutip_import_window_new (GtkWindow *parent)
{
  KutipImportWindow *self =
      g_object_new (KUTIP_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);

  gtk_widget_grab_focus (GTK_WIDGET (self->from_row));
  return self;
}
