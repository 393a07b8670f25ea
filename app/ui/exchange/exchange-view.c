/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/exchange-view.h"

#include "corpus/convert/convert-report.h"
#include "ui/exchange/loss-words.h"

#include <glib/gi18n.h>

/* So many things of a kind are listed; the saved report has more. */
#define MOST_LISTED 20

struct _KutipExchangeView
{
  AdwBin parent_instance;

  KutipExchange *exchange;

  GtkStack *pages;
  GtkLabel *progress_text;
  GtkProgressBar *progress;
  GtkLabel *title, *description;
  GtkWidget *done, *sign, *report_box, *saved, *save_button;
  GtkListView *report;
  GtkStringList *lines; /* that the report shows */
  gboolean is_stopping;
  GtkFileChooserNative *dialog; /* while it is open */
};

G_DEFINE_FINAL_TYPE (KutipExchangeView, kutip_exchange_view, ADW_TYPE_BIN)

static void
show_progress (KutipExchangeView *self)
{
  g_autofree char *text = NULL;
  guint64 n_records;
  double fraction;

  if (self->is_stopping)
    return;
  g_object_get (self->exchange, "n-records", &n_records, "fraction", &fraction, NULL);
  /* Translators: %lu is how many articles were written so far. */
  text = g_strdup_printf (ngettext ("%lu article", "%lu articles", (gulong) n_records),
                          (gulong) n_records);
  gtk_label_set_text (self->progress_text, text);
  /* Of a pipe, and of one file that is read at once, nobody knows: it only moves. */
  if (fraction > 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
}

static char *
describe_entry (const KutipReportEntry *entry)
{
  GString *line = g_string_new (entry->path != NULL ? entry->path : "");

  if (entry->line > 0)
    g_string_append_printf (line, ":%" G_GUINT64_FORMAT, entry->line);
  if (entry->annotator != NULL)
    g_string_append_printf (line, " (%s)", entry->annotator);
  if (entry->id != NULL)
    g_string_append_printf (line, "%s%s", line->len > 0 ? "  " : "", entry->id);
  if (entry->detail != NULL)
    g_string_append_printf (line, "%s%s", line->len > 0 ? ": " : "", entry->detail);
  return g_string_free (line, FALSE);
}

/* Rows know a heading by its first character. */
#define HEADING "\t"

static void
add_heading (GtkStringList *list, const char *text)
{
  gtk_string_list_take (list, g_strconcat (HEADING, text, NULL));
}

static char *
name_entries (KutipReportKind kind, const char *word, guint count)
{
  const char *title = kutip_loss_words_get (word);

  if (kind == KUTIP_REPORT_LOSS)
    /* Translators: %1$s is a kind of thing, such as "notes"; %2$u how many. */
    return g_strdup_printf (_ ("Lost: %1$s (%2$u)"), title, count);
  /* Translators: %1$s is a kind of oddity, such as "unknown-line"; %2$u how many. */
  return g_strdup_printf (_ ("Odd: %1$s (%2$u)"), title, count);
}

static void
add_entries (GtkStringList *list,
             KutipReport *report,
             KutipReportKind kind,
             const char *word)
{
  guint count = kutip_report_count (report, kind, word);
  g_autofree char *heading = name_entries (kind, word, count);
  guint n = 0;

  add_heading (list, heading);
  for (guint i = 0; i < kutip_report_get_n_entries (report) && n < MOST_LISTED; i++)
    {
      const KutipReportEntry *entry = kutip_report_get_nth (report, i);

      if (entry->kind != kind || !g_str_equal (entry->what, word))
        continue;
      gtk_string_list_take (list, describe_entry (entry));
      n++;
    }
  if (n < count)
    /* Translators: %u is how many more there are than the list shows. */
    gtk_string_list_take (list, g_strdup_printf (_ ("… and %u more"), count - n));
}

static GtkStringList *
list_report (const KutipConversionResult *result)
{
  static const KutipReportKind kinds[] = { KUTIP_REPORT_LOSS, KUTIP_REPORT_WARNING };
  GtkStringList *list = gtk_string_list_new (NULL);

  if (result->failures != NULL && result->failures->len > 0)
    {
      add_heading (list, _ ("Passed over"));
      for (guint i = 0; i < result->failures->len; i++)
        gtk_string_list_append (list, g_ptr_array_index (result->failures, i));
    }
  for (guint i = 0; result->report != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (GStrv) words = kutip_report_list_what (result->report, kinds[i]);

      for (guint j = 0; words[j] != NULL; j++)
        add_entries (list, result->report, kinds[i], words[j]);
    }
  return list;
}

static char *
describe_counts (guint64 n_articles, guint64 n_spans, guint64 n_relations)
{
  g_autofree char *articles = g_strdup_printf (
      /* Translators: %lu is how many articles were written. */
      ngettext ("%lu article", "%lu articles", (gulong) n_articles), (gulong) n_articles);
  g_autofree char *spans = g_strdup_printf (
      /* Translators: %lu is how many spans were written. */
      ngettext ("%lu span", "%lu spans", (gulong) n_spans), (gulong) n_spans);
  g_autofree char *relations = g_strdup_printf (
      /* Translators: %lu is how many relations were written. */
      ngettext ("%lu relation", "%lu relations", (gulong) n_relations),
      (gulong) n_relations);

  /* Translators: "24 articles", "310 spans", "120 relations" */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s"), articles, spans, relations);
}

/* A line for each split. */
static char *
describe_splits (const KutipExportResult *dataset)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < dataset->n_splits; i++)
    {
      const KutipExportSplit *split = &dataset->splits[i];
      g_autofree char *counts =
          describe_counts (split->n_articles, split->n_spans, split->n_relations);

      if (i > 0)
        g_string_append_c (lines, '\n');
      /* Translators: "train", and what is in it: "24 articles, 310 spans, 120 relations"
       */
      g_string_append_printf (lines, _ ("%1$s: %2$s"), split->name, counts);
    }
  return g_string_free (lines, FALSE);
}

static char *
describe_result (KutipExchange *exchange)
{
  const KutipConversionResult *result = kutip_exchange_get_result (exchange);
  const KutipExportResult *dataset = kutip_exchange_get_dataset (exchange);
  g_autofree char *output =
      g_filename_display_name (kutip_exchange_get_output (exchange));
  g_autofree char *counts =
      dataset != NULL
          ? describe_splits (dataset)
          : describe_counts (result->n_records, result->n_spans, result->n_relations);
  GString *text = g_string_new (NULL);

  /* Translators: "24 articles, 310 spans, 120 relations", of a dataset on a line for each
   * split; and the file or folder that they are in now, on a line of its own. */
  g_string_append_printf (text, _ ("%1$s in\n%2$s"), counts, output);
  if (dataset != NULL && dataset->n_left_out > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (
          text,
          /* Translators: %lu is how many articles did not go into the dataset. */
          ngettext ("%lu article was left out.", "%lu articles were left out.",
                    (gulong) dataset->n_left_out),
          (gulong) dataset->n_left_out);
    }
  return g_string_free (text, FALSE);
}

static void
show_result (KutipExchangeView *self)
{
  const KutipConversionResult *result = kutip_exchange_get_result (self->exchange);
  const GError *error = kutip_exchange_get_error (self->exchange);
  g_autoptr (GtkStringList) list = list_report (result);
  g_autoptr (GtkNoSelection) selection =
      gtk_no_selection_new (g_object_ref (G_LIST_MODEL (list)));
  gboolean has_report = g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;
  g_autofree char *counts = describe_result (self->exchange);

  if (error != NULL)
    {
      gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      gtk_label_set_text (self->title,
                          stopped ? _ ("Stopped") : _ ("Nothing was written"));
      gtk_label_set_text (self->description,
                          stopped ? _ ("Nothing was written.") : error->message);
    }
  else
    {
      gtk_label_set_text (self->title, has_report ? _ ("Done, with losses") : _ ("Done"));
      if (has_report && kutip_report_get_n (result->report, KUTIP_REPORT_LOSS) == 0)
        gtk_label_set_text (self->title, _ ("Done, with remarks"));
      gtk_label_set_text (self->description, counts);
    }
  gtk_list_view_set_model (self->report, GTK_SELECTION_MODEL (selection));
  g_set_object (&self->lines, list);
  gtk_widget_set_visible (self->sign, error == NULL && !has_report);
  gtk_widget_set_visible (self->report_box, has_report);
  gtk_widget_set_visible (self->save_button,
                          result->report != NULL &&
                              kutip_report_get_n_entries (result->report) > 0);
  gtk_widget_set_valign (self->done, has_report ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
}

static void
show (KutipExchangeView *self)
{
  gboolean running = kutip_exchange_is_running (self->exchange);

  gtk_stack_set_visible_child_name (self->pages, running ? "running" : "done");
  if (running)
    show_progress (self);
  else
    show_result (self);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_start (label, 9);
  gtk_widget_set_margin_end (label, 9);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *line = gtk_string_object_get_string (gtk_list_item_get_item (item));
  gboolean is_heading = g_str_has_prefix (line, HEADING);

  gtk_label_set_text (GTK_LABEL (label), is_heading ? line + 1 : line);
  gtk_widget_set_margin_top (label, is_heading ? 9 : 0);
  if (is_heading)
    gtk_widget_add_css_class (label, "heading");
  else
    gtk_widget_remove_css_class (label, "heading");
}

/* --- what can be done with the report --- */

static void
save_report (KutipExchangeView *self, GFile *file)
{
  const KutipConversionResult *result = kutip_exchange_get_result (self->exchange);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _ ("“%s” is not on this computer. Copy it here first."), name);
  else if (kutip_convert_listing_save (result->listing, result->report, path, &error))
    /* Translators: %s is a file's name. */
    said = g_strdup_printf (_ ("The report is in %s."), name);
  gtk_label_set_text (GTK_LABEL (self->saved), said != NULL ? said : error->message);
  gtk_widget_set_visible (self->saved, TRUE);
}

static void
on_save_response (KutipExchangeView *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT && self->exchange != NULL)
    {
      g_autoptr (GFile) file =
          gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->dialog));

      save_report (self, file);
    }
  g_clear_object (&self->dialog);
}

static void
on_save (KutipExchangeView *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (self->dialog != NULL)
    return;
  self->dialog = gtk_file_chooser_native_new (_ ("Save the Report"), window,
                                              GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"),
                                              _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->dialog), "report.json");
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (on_save_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

/* As it is listed. */
static void
on_copy (KutipExchangeView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const char *line = gtk_string_list_get_string (self->lines, i);
      gboolean is_heading = g_str_has_prefix (line, HEADING);

      g_string_append_printf (text, "%s%s\n", is_heading && i > 0 ? "\n" : "",
                              is_heading ? line + 1 : line);
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
  gtk_label_set_text (GTK_LABEL (self->saved), _ ("Copied."));
  gtk_widget_set_visible (self->saved, TRUE);
}

static void
let_go (KutipExchangeView *self)
{
  if (self->exchange != NULL)
    g_signal_handlers_disconnect_by_data (self->exchange, self);
  g_clear_object (&self->exchange);
}

static void
kutip_exchange_view_dispose (GObject *object)
{
  KutipExchangeView *self = KUTIP_EXCHANGE_VIEW (object);

  let_go (self);
  g_clear_object (&self->lines);
  g_clear_object (&self->dialog);
  G_OBJECT_CLASS (kutip_exchange_view_parent_class)->dispose (object);
}

static void
kutip_exchange_view_class_init (KutipExchangeViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_exchange_view_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kutip/Kutip/exchange/exchange-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, pages);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, progress_text);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, progress);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, done);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, title);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, description);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, sign);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, report_box);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, report);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, saved);
  gtk_widget_class_bind_template_child (widget_class, KutipExchangeView, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
}

static void
kutip_exchange_view_init (KutipExchangeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kutip_exchange_view_show (KutipExchangeView *self, KutipExchange *exchange)
{
  g_return_if_fail (KUTIP_IS_EXCHANGE_VIEW (self));
  g_return_if_fail (self->exchange == NULL);

  self->exchange = g_object_ref (exchange);
  self->is_stopping = FALSE;
  g_signal_connect_object (exchange, "notify", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  show (self);
}

void
kutip_exchange_view_forget (KutipExchangeView *self)
{
  g_return_if_fail (KUTIP_IS_EXCHANGE_VIEW (self));

  let_go (self);
  gtk_label_set_text (self->title, "");
  gtk_label_set_text (self->description, "");
  gtk_list_view_set_model (self->report, NULL);
}

void
kutip_exchange_view_show_stopping (KutipExchangeView *self)
{
  g_return_if_fail (KUTIP_IS_EXCHANGE_VIEW (self));

  self->is_stopping = TRUE;
  gtk_label_set_text (self->progress_text, _ ("Stopping…"));
}
