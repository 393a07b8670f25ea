/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/import-window.h"

#include "corpus/convert/convert-guess.h"
#include "store/stamp.h"
#include "ui/exchange/exchange-form.h"
#include "ui/exchange/path-list.h"
#include "ui/exchange/path-row.h"
#include "ui/plain-measure.h"
#include "ui/sidebar/drop-down-look.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a file, to guess its format; bytes. */
#define HEAD 4096

struct _KutipImportWindow
{
  AdwWindow parent_instance;

  KutipPreferences *preferences;
  GFile *suggested;           /* the destination that we have put there */
  GCancellable *looking;      /* into what is named */
  const KutipFormat *guessed; /* of all that is named; NULL: several, or nobody knows */

  KutipExchangeForm form; /* no format: each file's is guessed */
  KutipPathList *from_list;
  KutipPathRow *texts_row, *into_row;
  AdwComboRow *kind_row;
  GtkSwitch *replace_switch;
  GtkWidget *open_button;
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipImportWindow, kutip_import_window, ADW_TYPE_WINDOW)

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

/* NULL for what nobody knows. */
static const KutipFormat *
guess_format (const char *path, GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *head = NULL;
  gsize n = 0;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return kutip_convert_guess_folder (path, cancellable, NULL);
  head = kutip_stamp_read_head (file, HEAD, &n);
  return head != NULL ? kutip_format_guess (path, head, n) : NULL;
}

/* Of all of them the same, else NULL. In a thread: they may be anywhere, and many. */
static void
guess_common_format (GTask *task, gpointer source, gpointer data, GCancellable *looking)
{
  GPtrArray *paths = data;
  const KutipFormat *common = NULL;

  for (guint i = 0; i < paths->len; i++)
    {
      const KutipFormat *format = guess_format (g_ptr_array_index (paths, i), looking);

      if (format == NULL || (common != NULL && format != common))
        {
          common = NULL;
          break;
        }
      common = format;
    }
  g_task_return_pointer (task, (gpointer) common, NULL);
}

/* Texts are asked for where the format keeps them apart. */
static void
show_format (KutipImportWindow *self)
{
  const KutipFormat *chosen = kutip_exchange_form_get_format (&self->form);
  const KutipFormat *format = chosen != NULL ? chosen : self->guessed;
  g_autofree char *subtitle = NULL;

  if (chosen == NULL && self->guessed != NULL)
    /* Translators: %s is a format's title. */
    subtitle = g_strdup_printf (_ ("Looks like: %s"), _ (self->guessed->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->form.format_row),
                               subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->texts_row), format != NULL && format->apart);
}

static void
on_guessed (GObject *source, GAsyncResult *result, gpointer data)
{
  KutipImportWindow *self = KUTIP_IMPORT_WINDOW (source);
  g_autoptr (GError) error = NULL;
  const KutipFormat *format = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL) /* something else is named now, or the window is gone */
    return;
  self->guessed = format;
  show_format (self);
}

static void
stop_looking (KutipImportWindow *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
look_into (KutipImportWindow *self, GPtrArray *files)
{
  g_autoptr (GTask) task = NULL;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < files->len; i++)
    {
      char *path = g_file_get_path (g_ptr_array_index (files, i));

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  stop_looking (self);
  self->looking = g_cancellable_new ();
  task = g_task_new (self, self->looking, on_guessed, NULL);
  g_task_set_source_tag (task, look_into);
  g_task_set_task_data (task, paths, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, guess_common_format);
}

static void
on_format_chosen (KutipImportWindow *self)
{
  if (self->into_row != NULL)
    show_format (self);
}

static void
on_changed (KutipImportWindow *self)
{
  g_autoptr (GPtrArray) from = NULL;

  if (self->into_row == NULL)
    return;
  from = kutip_path_list_list_files (self->from_list);
  self->guessed = NULL;
  show_format (self);
  look_into (self, from);
  suggest_path (self, from->len > 0 ? g_ptr_array_index (from, 0) : NULL);
}

static void
on_kind_changed (KutipImportWindow *self)
{
  GtkFileChooserAction kind = adw_combo_row_get_selected (self->kind_row) == 0
                                  ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                                  : GTK_FILE_CHOOSER_ACTION_OPEN;

  if (self->from_list == NULL)
    return;
  kutip_path_list_set_kind (self->from_list, kind);
  kutip_path_row_set_kind (self->texts_row, kind);
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
  gboolean done;

  if (kutip_exchange_form_lacks_names (&self->form) ||
      kutip_exchange_form_meets_another (&self->form, self->into_row))
    return;
  done = kutip_exchange_form_end (&self->form);
  gtk_widget_set_visible (self->open_button, done);
  gtk_window_set_default_widget (GTK_WINDOW (self),
                                 done ? self->open_button : self->form.back_button);
  if (done)
    gtk_widget_grab_focus (self->open_button);
}

static void
on_back (KutipImportWindow *self)
{
  kutip_exchange_form_return (&self->form);
  gtk_widget_grab_focus (GTK_WIDGET (self->from_list));
}

/* Whether texts are named, and asked for. */
static gboolean
has_texts (KutipImportWindow *self)
{
  g_autofree char *texts = dup_path (self->texts_row);

  return texts != NULL && gtk_widget_get_visible (GTK_WIDGET (self->texts_row));
}

static void
run (KutipImportWindow *self, char **inputs, const char *into)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  KutipConversion conversion = {
    .inputs = inputs,
    .from = kutip_exchange_form_get_format (&self->form),
    .to = kutip_format_find ("kutip"),
    .output = into,
    .force = gtk_switch_get_active (self->replace_switch),
    .list_all = TRUE,
  };

  if (!kutip_exchange_form_read (&self->form, &conversion))
    return;
  /* A folder of texts by itself looks like articles that nobody has annotated. */
  if (conversion.from == NULL && has_texts (self))
    conversion.from = self->guessed;
  kutip_exchange_form_append (&self->form, lines);
  g_object_set (self->preferences, "import", lines->str, NULL);
  kutip_exchange_form_start (&self->form, &conversion, NULL,
                             G_CALLBACK (on_exchange_ended), self);
}

/* The paths to be read, those of the texts behind them; NULL when one is on no disk. */
static char **
list_inputs (KutipImportWindow *self, GPtrArray *files)
{
  g_autoptr (GStrvBuilder) inputs = g_strv_builder_new ();
  g_autofree char *texts = dup_path (self->texts_row);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_file_get_path (g_ptr_array_index (files, i));

      if (path == NULL)
        return NULL;
      g_strv_builder_add (inputs, path);
    }
  if (has_texts (self))
    g_strv_builder_add (inputs, texts);
  return files->len > 0 ? g_strv_builder_end (inputs) : NULL;
}

static void
on_import (KutipImportWindow *self)
{
  g_autoptr (GPtrArray) files = kutip_path_list_list_files (self->from_list);
  g_auto (GStrv) inputs = list_inputs (self, files);
  g_autofree char *into = dup_path (self->into_row);

  if (!gtk_widget_get_visible (self->form.begin_button))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->form.refusal), FALSE);
  if (inputs == NULL)
    kutip_exchange_form_refuse (&self->form, _ ("Say which file or folder it is in."),
                                self->from_list);
  else if (into == NULL)
    kutip_exchange_form_refuse (
        &self->form, _ ("Say where the articles shall be written."), self->into_row);
  else
    run (self, inputs, into);
}

static void
on_open (KutipImportWindow *self)
{
  g_autoptr (GFile) folder =
      g_file_new_for_path (kutip_exchange_get_output (self->form.exchange));

  g_signal_emit (self, signals[OPEN], 0, folder);
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
kutip_import_window_close_request (GtkWindow *window)
{
  return kutip_exchange_form_holds (&KUTIP_IMPORT_WINDOW (window)->form);
}

static gboolean
can_read (const KutipFormat *format)
{
  return format->read != NULL;
}

static void
kutip_import_window_dispose (GObject *object)
{
  KutipImportWindow *self = KUTIP_IMPORT_WINDOW (object);

  stop_looking (self);
  g_clear_object (&self->suggested);
  g_clear_object (&self->preferences);
  kutip_exchange_form_clear (&self->form);
  G_OBJECT_CLASS (kutip_import_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (KUTIP_TYPE_PATH_ROW);
  g_type_ensure (KUTIP_TYPE_PATH_LIST);
  gtk_widget_class_set_template_from_resource (
      class, "/org/kutip/Kutip/exchange/import-window.ui");
  kutip_exchange_form_bind (class, G_STRUCT_OFFSET (KutipImportWindow, form),
                            "import_button");
  gtk_widget_class_bind_template_child (class, KutipImportWindow, from_list);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, texts_row);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, into_row);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, kind_row);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, replace_switch);
  gtk_widget_class_bind_template_child (class, KutipImportWindow, open_button);
  gtk_widget_class_bind_template_callback (class, on_changed);
  gtk_widget_class_bind_template_callback (class, on_format_chosen);
  gtk_widget_class_bind_template_callback (class, on_kind_changed);
  gtk_widget_class_bind_template_callback (class, on_import);
  gtk_widget_class_bind_template_callback (class, on_open);
  gtk_widget_class_bind_template_callback (class, on_back);
}

static void
kutip_import_window_class_init (KutipImportWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_import_window_dispose;
  GTK_WINDOW_CLASS (class)->close_request = kutip_import_window_close_request;
  signals[OPEN] = g_signal_new ("open", KUTIP_TYPE_IMPORT_WINDOW, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  bind_template (widget_class);
  kutip_plain_measure_init (widget_class);
}

static void
kutip_import_window_init (KutipImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kutip_exchange_form_init (&self->form, can_read, _ ("Find out"));
  kutip_drop_down_look_apply_row (self->form.format_row);
  on_kind_changed (self);
  kutip_path_row_set_kind (self->into_row, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
  on_changed (self);
}

KutipImportWindow *
kutip_import_window_new (GtkWindow *parent, KutipPreferences *preferences)
{
  KutipImportWindow *self =
      g_object_new (KUTIP_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  g_autofree char *kept = NULL;

  self->preferences = g_object_ref (preferences);
  g_object_get (preferences, "import", &kept, NULL);
  kutip_exchange_form_set (&self->form, kept);
  kutip_exchange_form_fit (GTK_WINDOW (self), parent);
  gtk_widget_grab_focus (GTK_WIDGET (self->from_list));
  return self;
}
