/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/concordance-window.h"

#include "store/paths.h"
#include "ui/after-frame.h"
#include "ui/find/concordance-save.h"
#include "ui/find/first-rows.h"
#include "ui/find/found-words.h"
#include "ui/find/kwic.h"
#include "ui/label/label-look.h"
#include "ui/open-documents.h"
#include "ui/plain-measure.h"
#include "ui/tooltip.h"
#include "ui/wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KutipConcordanceWindow
{
  AdwWindow parent_instance;

  KutipConcordance *concordance;
  GFile *folder; /* NULL: the files */
  GPtrArray *files;
  KutipTagset *tagset; /* or NULL */
  char *annotator;
  GPtrArray *labels;     /* names as the drop-down has them; NULL first: texts */
  GPtrArray *attributes; /* "name\0value" as the drop-down has them; NULL first: any */
  gboolean is_filling;   /* the drop-downs are being filled by us */

  GtkEditable *entry;
  GtkToggleButton *case_button, *words_button, *accents_button, *regex_button;
  GtkEditable *annotator_entry;
  GtkWidget *save_button;
  GtkDropDown *label_choice, *attribute_choice, *order_choice;
  GtkWidget *options;
  GtkButton *search_button;
  GtkWidget *stop_button;
  GtkProgressBar *progress;
  GtkWidget *state_bar;
  GtkLabel *state;
  GtkStack *pages;
  AdwStatusPage *message;
  GtkColumnView *view;
  GtkColumnViewColumn *columns[4]; /* by KutipConcordanceColumn */
  gboolean asking;                 /* nothing is compared but … */
  guint asked;                     /* the first column that was asked, or NONE */
  GtkSortListModel *sorted;        /* all lines */
  GtkSingleSelection *selection;
  KutipAfterFrame *filling; /* until all of the window is shown */
};

#define NONE G_MAXUINT

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipConcordanceWindow, kutip_concordance_window, ADW_TYPE_WINDOW)

static gboolean
flag (GtkToggleButton *button)
{
  return gtk_toggle_button_get_active (button);
}

static const char *
get_choice (GPtrArray *names, GtkDropDown *choice)
{
  guint selected = gtk_drop_down_get_selected (choice);

  return selected < names->len ? g_ptr_array_index (names, selected) : NULL;
}

/* NULL: the sidecars without a name. */
static const char *
get_annotator (KutipConcordanceWindow *self)
{
  const char *name = gtk_editable_get_text (self->annotator_entry);

  return *name != '\0' ? name : NULL;
}

/* Borrows from the window. */
static void
fill_query (KutipConcordanceWindow *self, KutipSearchQuery *query)
{
  const char *attribute = get_choice (self->attributes, self->attribute_choice);
  const char *value = attribute != NULL ? attribute + strlen (attribute) + 1 : NULL;

  *query = (KutipSearchQuery){
    .pattern = gtk_editable_get_text (self->entry),
    .flags = (flag (self->case_button) ? KUTIP_FIND_CASE : 0) |
             (flag (self->words_button) ? KUTIP_FIND_WORDS : 0) |
             (flag (self->accents_button) ? KUTIP_FIND_DIACRITICS : 0) |
             (flag (self->regex_button) ? KUTIP_FIND_REGEX : 0),
    .label = get_choice (self->labels, self->label_choice),
    .attribute = attribute,
    .value = value != NULL && *value != '\0' ? value : NULL,
    .annotator = get_annotator (self),
  };
}

static void
show_error (KutipConcordanceWindow *self, const char *text)
{
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  if (text != NULL)
    gtk_label_set_text (self->state, text);
}

/* Nothing is said before the first search. */
static void
on_state_changed (KutipConcordanceWindow *self)
{
  gtk_widget_set_visible (self->state_bar, *gtk_label_get_label (self->state) != '\0');
}

static void
show_message (KutipConcordanceWindow *self, const char *title)
{
  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, NULL);
  gtk_stack_set_visible_child_name (self->pages, "message");
}

static void
show_state (KutipConcordanceWindow *self)
{
  gboolean running = kutip_concordance_is_running (self->concordance);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->concordance));
  guint n_searched, n_articles;
  g_autofree char *state = kutip_found_words_describe (self->concordance);

  g_object_get (self->concordance, "n-searched", &n_searched, "n-articles", &n_articles,
                NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_widget_set_visible (self->stop_button, running);
  if (n_articles > 0)
    gtk_progress_bar_set_fraction (self->progress, (double) n_searched / n_articles);
  else
    gtk_progress_bar_pulse (self->progress);
  gtk_label_set_text (self->state, state);
  gtk_widget_set_sensitive (self->save_button, n > 0 && !running);
  if (n > 0)
    gtk_stack_set_visible_child_name (self->pages, "list");
  else
    show_message (self, running ? _ ("Searching") : _ ("Nothing Found"));
}

static void
start_search (KutipConcordanceWindow *self)
{
  KutipSearchQuery query;
  g_autoptr (GError) error = NULL;

  if (self->is_filling)
    return;
  fill_query (self, &query);
  if (!kutip_search_query_check (&query, &error))
    {
      show_error (self, error->message);
      return;
    }
  if (query.annotator != NULL && !kutip_paths_is_annotator (query.annotator))
    {
      show_error (self, _ ("An annotator’s name has letters, digits, “-” and “_” only."));
      return;
    }
  show_error (self, NULL);
  /* What is open has the layers of whoever annotates now. */
  kutip_concordance_take_open (self->concordance,
                               g_strcmp0 (query.annotator, self->annotator) == 0 ||
                                       !kutip_search_query_is_for_spans (&query)
                                   ? kutip_open_documents_list ()
                                   : NULL);
  kutip_concordance_start (self->concordance, &query, self->folder, self->files);
}

/* Texts are nobody's. */
static void
show_whose (KutipConcordanceWindow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->annotator_entry),
                            get_choice (self->labels, self->label_choice) != NULL ||
                                get_choice (self->attributes, self->attribute_choice) !=
                                    NULL);
}

/* Another option means another search, once there was one. */
static void
on_option_changed (KutipConcordanceWindow *self)
{
  guint n_searched;

  if (self->concordance == NULL || self->is_filling)
    return;
  show_whose (self);
  g_object_get (self->concordance, "n-searched", &n_searched, NULL);
  if (n_searched > 0 || kutip_concordance_is_running (self->concordance))
    start_search (self);
}

static void
on_stop (KutipConcordanceWindow *self)
{
  kutip_concordance_stop (self->concordance);
}

static void
on_saved (const char *text, GObject *data)
{
  gtk_label_set_text (KUTIP_CONCORDANCE_WINDOW (data)->state, text);
}

static void
on_save (KutipConcordanceWindow *self)
{
  if (gtk_widget_is_sensitive (self->save_button))
    kutip_concordance_save_ask (GTK_WINDOW (self), G_LIST_MODEL (self->sorted), on_saved,
                                G_OBJECT (self));
}

static gboolean
on_save_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  on_save (KUTIP_CONCORDANCE_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
on_activate (KutipConcordanceWindow *self, guint position)
{
  g_autoptr (KutipConcordanceLine) line =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  g_signal_emit (self, signals[OPEN], 0, line);
}

/* Down from the words leads into what was found. */
static gboolean
on_entry_key (KutipConcordanceWindow *self,
              guint keyval,
              guint keycode,
              GdkModifierType state)
{
  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) ||
      g_list_model_get_n_items (G_LIST_MODEL (self->concordance)) == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

/* GTK 4.8 does not tell which column a click on a header has made the first to sort by:
 * it is the one that is asked first when two things, whatever they are, are compared. */
static guint
find_first_column (KutipConcordanceWindow *self, GtkSorter *sorter)
{
  self->asked = NONE;
  self->asking = TRUE;
  gtk_sorter_compare (sorter, self, self->view);
  self->asking = FALSE;
  return self->asked;
}

static void
on_sorter_changed (KutipConcordanceWindow *self,
                   GtkSorterChange change,
                   GtkSorter *sorter)
{
  guint column = find_first_column (self, sorter);

  if (column == NONE)
    return;
  self->is_filling = TRUE;
  gtk_drop_down_set_selected (self->order_choice, column);
  self->is_filling = FALSE;
}

/* The headers sort by mouse, this by keys too. */
static void
on_order_chosen (KutipConcordanceWindow *self)
{
  guint order = gtk_drop_down_get_selected (self->order_choice);

  if (!self->is_filling && order < G_N_ELEMENTS (self->columns))
    gtk_column_view_sort_by_column (self->view, self->columns[order], GTK_SORT_ASCENDING);
}

/* The columns stand as the text runs: what is before the words to the right of them when
 * it runs from right to left. The first place decides, before its row is made. */
static void
on_found (GListModel *found, guint position, guint removed, guint added, gpointer data)
{
  KutipConcordanceWindow *self = data;
  g_autoptr (KutipConcordanceLine) first = NULL;

  if (position > 0 || added == 0)
    return;
  first = g_list_model_get_item (found, 0);
  gtk_widget_set_direction (
      GTK_WIDGET (self->view),
      kutip_kwic_get_direction (kutip_concordance_line_get_context (first)));
}

/* The words next to what was found are seen, and both ends of an article's name. */
static const PangoEllipsizeMode ellipses[] = {
  [KUTIP_CONCORDANCE_ARTICLE] = PANGO_ELLIPSIZE_MIDDLE,
  [KUTIP_CONCORDANCE_LEFT] = PANGO_ELLIPSIZE_START,
  [KUTIP_CONCORDANCE_MATCH] = PANGO_ELLIPSIZE_END,
  [KUTIP_CONCORDANCE_RIGHT] = PANGO_ELLIPSIZE_END,
};

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  KutipConcordanceColumn column = GPOINTER_TO_UINT (data);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), column == KUTIP_CONCORDANCE_LEFT ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipses[column]);
  if (column == KUTIP_CONCORDANCE_MATCH)
    gtk_widget_add_css_class (label, "kwic-match");
  if (column == KUTIP_CONCORDANCE_ARTICLE)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_list_item_set_child (item, label);
}

static const char *
get_words (KutipConcordanceLine *line, KutipConcordanceColumn column)
{
  const KutipContext *context = kutip_concordance_line_get_context (line);

  switch (column)
    {
    case KUTIP_CONCORDANCE_LEFT:
      return context->left;
    case KUTIP_CONCORDANCE_MATCH:
      return context->match;
    case KUTIP_CONCORDANCE_RIGHT:
      return context->right;
    case KUTIP_CONCORDANCE_ARTICLE:
    default:
      return kutip_concordance_line_get_name (line);
    }
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  KutipConcordanceColumn column = GPOINTER_TO_UINT (data);
  GtkWidget *label = gtk_list_item_get_child (item);
  KutipConcordanceLine *line = gtk_list_item_get_item (item);
  const char *words = get_words (line, column);

  gtk_widget_set_direction (
      label, gtk_widget_get_direction (g_object_get_data (G_OBJECT (factory), "view")));
  gtk_label_set_text (GTK_LABEL (label), words);
  if (column == KUTIP_CONCORDANCE_ARTICLE || column == KUTIP_CONCORDANCE_MATCH)
    kutip_tooltip_set (label, words);
}

/* What a column is sorted by; belongs to its sorter. */
typedef struct
{
  KutipConcordanceWindow *window; /* borrowed: it owns the column */
  KutipConcordanceColumn column;
} Order;

static int
compare_lines (gconstpointer a, gconstpointer b, gpointer data)
{
  Order *order = data;

  if (order->window->asking)
    {
      if (order->window->asked == NONE)
        order->window->asked = order->column;
      return 0;
    }
  return kutip_concordance_line_compare ((gpointer) a, (gpointer) b, order->column);
}

static void
add_column (KutipConcordanceWindow *self,
            KutipConcordanceColumn column,
            const char *title,
            gboolean expand)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  Order *order = g_memdup2 (&(Order){ self, column }, sizeof *order);
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (compare_lines, order, g_free));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (column));
  g_object_set_data (G_OBJECT (factory), "view", self->view);
  self->columns[column] = gtk_column_view_column_new (title, g_steal_pointer (&factory));
  gtk_column_view_column_set_sorter (self->columns[column], sorter);
  gtk_column_view_column_set_expand (self->columns[column], expand);
  gtk_column_view_column_set_resizable (self->columns[column], TRUE);
  /* Lives as long as the view. */
  gtk_column_view_append_column (self->view, self->columns[column]);
  g_object_unref (self->columns[column]);
}

static void
add_columns (KutipConcordanceWindow *self)
{
  add_column (self, KUTIP_CONCORDANCE_ARTICLE, _ ("Article"), FALSE);
  gtk_column_view_column_set_fixed_width (self->columns[KUTIP_CONCORDANCE_ARTICLE], 150);
  add_column (self, KUTIP_CONCORDANCE_LEFT, _ ("Before"), TRUE);
  add_column (self, KUTIP_CONCORDANCE_MATCH, _ ("Found"), FALSE);
  add_column (self, KUTIP_CONCORDANCE_RIGHT, _ ("After"), TRUE);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_sorter_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->sorted =
      gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->concordance)),
                               g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_sort_list_model_set_incremental (self->sorted, TRUE);
  self->selection = gtk_single_selection_new (
      kutip_first_rows_new (G_LIST_MODEL (self->sorted), GTK_WIDGET (self->view)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

static void
set_strings (GtkDropDown *choice, GPtrArray *titles)
{
  g_autoptr (GtkStringList) list = NULL;

  g_ptr_array_add (titles, NULL);
  list = gtk_string_list_new ((const char *const *) titles->pdata);
  gtk_drop_down_set_model (choice, G_LIST_MODEL (list));
}

static void
fill_labels (KutipConcordanceWindow *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  g_ptr_array_set_size (self->labels, 0);
  g_ptr_array_add (self->labels, NULL);
  g_ptr_array_add (titles, (gpointer) _ ("All text"));
  for (guint i = 0; self->tagset != NULL && i < kutip_tagset_get_n_labels (self->tagset);
       i++)
    {
      const char *name = kutip_tagset_get_nth_label (self->tagset, i)->name;

      g_ptr_array_add (self->labels, g_strdup (name));
      g_ptr_array_add (titles,
                       (gpointer) kutip_label_look_get (self->tagset, name)->title);
    }
  set_strings (self->label_choice, titles);
}

static void
add_attribute (KutipConcordanceWindow *self,
               GPtrArray *titles,
               const KutipAttributeType *type,
               const char *value)
{
  const char *title = kutip_label_look_get_attribute_title (self->tagset, type->name);
  const char *shown = value != NULL ? value : "";
  char *both = g_strdup_printf ("%s%c%s", type->name, '\1', shown);

  /* Two strings in one piece of memory. */
  *strchr (both, '\1') = '\0';
  g_ptr_array_add (self->attributes, both);
  if (value == NULL)
    g_ptr_array_add (titles, g_strdup (title));
  else
    /* Translators: %1$s is the title of an attribute, %2$s one of its values. */
    g_ptr_array_add (titles,
                     g_strdup_printf (_ ("%1$s: %2$s"), title,
                                      kutip_label_look_translate (self->tagset, value)));
}

static void
fill_attributes (KutipConcordanceWindow *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  KutipTagsetFields fields = { 0 };

  if (self->tagset != NULL)
    kutip_tagset_get_fields (self->tagset, &fields);
  g_ptr_array_set_size (self->attributes, 0);
  g_ptr_array_add (self->attributes, NULL);
  g_ptr_array_add (titles, g_strdup (_ ("Any attribute")));
  for (guint i = 0; i < fields.n_attributes; i++)
    {
      const KutipAttributeType *type = &fields.attributes[i];

      if (type->values[0] == NULL)
        add_attribute (self, titles, type, NULL);
      for (guint j = 0; type->values[j] != NULL; j++)
        add_attribute (self, titles, type, type->values[j]);
    }
  set_strings (self->attribute_choice, titles);
}

static void
fill_choices (KutipConcordanceWindow *self)
{
  self->is_filling = TRUE;
  fill_labels (self);
  fill_attributes (self);
  self->is_filling = FALSE;
  show_whose (self);
}

/* All of it at once takes longer than a frame, the first time: the options come in the
 * next one, and what is below them in the one after it. */
static void
show_next (gpointer data)
{
  KutipConcordanceWindow *self = data;

  if (gtk_widget_get_visible (self->options))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->pages), TRUE);
      return;
    }
  fill_choices (self);
  gtk_widget_set_visible (self->options, TRUE);
  kutip_after_frame_queue (self->filling);
}

static void
on_mapped (KutipConcordanceWindow *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->pages)))
    kutip_after_frame_queue (self->filling);
}

static void
kutip_concordance_window_dispose (GObject *object)
{
  KutipConcordanceWindow *self = KUTIP_CONCORDANCE_WINDOW (object);

  g_clear_pointer (&self->filling, kutip_after_frame_free);
  if (self->concordance != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->concordance, self);
      kutip_concordance_stop (self->concordance);
    }
  if (self->view != NULL && self->selection != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->concordance);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->tagset);
  G_OBJECT_CLASS (kutip_concordance_window_parent_class)->dispose (object);
}

static void
kutip_concordance_window_finalize (GObject *object)
{
  KutipConcordanceWindow *self = KUTIP_CONCORDANCE_WINDOW (object);

  g_free (self->annotator);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->attributes);
  G_OBJECT_CLASS (kutip_concordance_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (KUTIP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      class, "/org/kutip/Kutip/find/concordance-window.ui");
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, entry);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, case_button);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, words_button);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, accents_button);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, regex_button);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, annotator_entry);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, save_button);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, label_choice);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, attribute_choice);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, order_choice);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, search_button);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, options);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, stop_button);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, progress);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, state_bar);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, state);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, pages);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, message);
  gtk_widget_class_bind_template_child (class, KutipConcordanceWindow, view);
  gtk_widget_class_bind_template_callback (class, start_search);
  gtk_widget_class_bind_template_callback (class, on_entry_key);
  gtk_widget_class_bind_template_callback (class, on_option_changed);
  gtk_widget_class_bind_template_callback (class, on_order_chosen);
  gtk_widget_class_bind_template_callback (class, on_stop);
  gtk_widget_class_bind_template_callback (class, on_save);
  gtk_widget_class_bind_template_callback (class, on_state_changed);
  gtk_widget_class_bind_template_callback (class, on_activate);
}

static void
kutip_concordance_window_class_init (KutipConcordanceWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_concordance_window_dispose;
  object_class->finalize = kutip_concordance_window_finalize;
  signals[OPEN] =
      g_signal_new ("open", KUTIP_TYPE_CONCORDANCE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, KUTIP_TYPE_CONCORDANCE_LINE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, on_save_key,
                                NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  bind_template (widget_class);
  kutip_plain_measure_init (widget_class);
}

static void
kutip_concordance_window_init (KutipConcordanceWindow *self)
{
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->attributes = g_ptr_array_new_with_free_func (g_free);
  self->concordance = kutip_concordance_new ();
  /* Ahead of the list, which makes its rows when it hears of them. */
  g_signal_connect_object (self->concordance, "items-changed", G_CALLBACK (on_found),
                           self, G_CONNECT_DEFAULT);
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  self->is_filling = FALSE;
  g_signal_connect_object (self->concordance, "notify", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->concordance, "items-changed", G_CALLBACK (show_state),
                           self, G_CONNECT_SWAPPED);
  self->filling = kutip_after_frame_new (GTK_WIDGET (self), show_next, self);
  g_signal_connect (self, "map", G_CALLBACK (on_mapped), NULL);
}

KutipConcordanceWindow *
kutip_concordance_window_new (GtkWindow *parent)
{
  return g_object_new (KUTIP_TYPE_CONCORDANCE_WINDOW, "transient-for", parent, NULL);
}

static gboolean
is_same_place (KutipConcordanceWindow *self, GFile *folder)
{
  return self->files != NULL && self->folder != NULL && folder != NULL &&
         g_file_equal (self->folder, folder);
}

void
kutip_concordance_window_set_place (KutipConcordanceWindow *self,
                                    GFile *folder,
                                    GPtrArray *files,
                                    KutipTagset *tagset,
                                    const char *annotator)
{
  g_return_if_fail (KUTIP_IS_CONCORDANCE_WINDOW (self));
  g_return_if_fail (files != NULL);

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if (is_same_place (self, folder) && self->tagset == tagset &&
      g_strcmp0 (self->annotator, annotator) == 0)
    return;
  kutip_concordance_stop (self->concordance);
  g_set_object (&self->folder, folder);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = g_ptr_array_ref (files);
  g_free (self->annotator);
  self->annotator = g_strdup (annotator);
  gtk_editable_set_text (self->annotator_entry, annotator != NULL ? annotator : "");
  if (g_set_object (&self->tagset, tagset) && gtk_widget_get_visible (self->options))
    fill_choices (self);
}

KutipConcordance *
kutip_concordance_window_get_concordance (KutipConcordanceWindow *self)
{
  g_return_val_if_fail (KUTIP_IS_CONCORDANCE_WINDOW (self), NULL);
  return self->concordance;
}
