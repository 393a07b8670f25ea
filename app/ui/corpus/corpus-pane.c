/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/corpus/corpus-pane.h"

#include "ui/corpus/entry-row.h"

#include <glib/gi18n.h>

/* While titles arrive, the filter looks at them so often; milliseconds. */
#define REFILTER_DELAY 250

/* Rows that go or come in one turn of the main loop when the corpus is another, and how
 * many GtkListView makes at the most. */
#define STEP 12
#define MOST_ROWS 220
/* Of which so many are drawn; and how long a frame takes: milliseconds. */
#define DRAWN_ROWS 48
#define A_FRAME 16

enum
{
  OPEN,
  N_SIGNALS
};

struct _KutipCorpusPane
{
  GtkWidget parent_instance;

  KutipCorpus *corpus; /* NULL: none is open */
  GSignalGroup *corpus_signals;
  GFile *open_article;

  GtkSearchEntry *search;
  GtkFilter *filter;
  GtkStringFilter *names;
  GtkStringFilter *titles;
  GtkFilterListModel *filtered; /* the corpus's articles */
  GtkSliceListModel *rows;      /* of these, or still of those of the corpus before */
  guint exchange;               /* source, until they are these, and all */
  GtkSingleSelection *selection;
  GtkListView *list;
  GtkStack *pages;
  GtkLabel *nothing;
  GtkLabel *summary;
  GtkSpinner *spinner;
  guint refilter; /* timeout, while titles arrive */
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipCorpusPane, kutip_corpus_pane, GTK_TYPE_WIDGET)

static gboolean
is_open_article (KutipCorpusPane *self, KutipEntry *entry)
{
  return entry != NULL && self->open_article != NULL &&
         g_file_equal (kutip_entry_get_file (entry), self->open_article);
}

static KutipEntry *
get_nth (KutipCorpusPane *self, guint i)
{
  g_autoptr (KutipEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->filtered), i);

  return entry; /* the corpus keeps it */
}

/* G_MAXUINT when it is not in the list. Linear, but only over pointers. */
static guint
find_position (KutipCorpusPane *self, GFile *article)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  KutipEntry *wanted;

  if (self->corpus == NULL || article == NULL)
    return G_MAXUINT;
  wanted = kutip_corpus_lookup (self->corpus, article);
  if (wanted == NULL)
    return G_MAXUINT;
  for (guint i = 0; i < n; i++)
    if (get_nth (self, i) == wanted)
      return i;
  return G_MAXUINT;
}

/* Whether the list is still of the corpus before. */
static gboolean
are_rows_leaving (KutipCorpusPane *self)
{
  return gtk_slice_list_model_get_model (self->rows) != G_LIST_MODEL (self->filtered);
}

static void
select_open_article (KutipCorpusPane *self)
{
  guint position = find_position (self, self->open_article);
  gboolean is_there = !are_rows_leaving (self) &&
                      position < g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  gtk_single_selection_set_selected (self->selection,
                                     is_there ? position : GTK_INVALID_LIST_POSITION);
  if (is_there)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                position);
}

static void
show_pages (KutipCorpusPane *self)
{
  gboolean has_any = !are_rows_leaving (self) &&
                     g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0;
  gboolean is_empty = are_rows_leaving (self) || self->corpus == NULL ||
                      g_list_model_get_n_items (G_LIST_MODEL (self->corpus)) == 0;

  gtk_stack_set_visible_child_name (self->pages, has_any ? "list" : "nothing");
  /* Why there are none at all is told where the article would be. */
  gtk_label_set_label (self->nothing,
                       is_empty ? "" : _ ("No article has this in its name or title."));
}

static void
show_summary (KutipCorpusPane *self)
{
  g_autofree char *text = NULL;
  guint n, n_done;

  if (self->corpus == NULL)
    return;

  n = g_list_model_get_n_items (G_LIST_MODEL (self->corpus));
  n_done = kutip_corpus_get_n_done (self->corpus);
  /* Translators: how many articles of a folder are done. The plural follows the second
   * number, how many there are. */
  text = g_strdup_printf (ngettext ("%1$'u of %2$'u done", "%1$'u of %2$'u done", n),
                          n_done, n);
  gtk_label_set_label (self->summary, n > 0 ? text : "");
  gtk_spinner_set_spinning (self->spinner, kutip_corpus_is_loading (self->corpus));
}

static void
show_state (KutipCorpusPane *self)
{
  show_pages (self);
  show_summary (self);
}

static void
on_items_changed (KutipCorpusPane *self)
{
  show_pages (self);
  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    select_open_article (self);
}

/* The articles of the corpus there is now, filtered, to be listed when the rows of those
 * before have gone. */
static void
create_filtered (KutipCorpusPane *self)
{
  GListModel *corpus = G_LIST_MODEL (self->corpus);

  g_clear_object (&self->filtered);
  self->filtered = gtk_filter_list_model_new (
      corpus != NULL ? g_object_ref (corpus) : NULL, g_object_ref (self->filter));
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
}

static gboolean exchange_some (gpointer data);

/* Rows that are drawn come with a frame each time; those that go, and what lies beyond,
 * as soon as there is time. */
static void
go_on_exchanging (KutipCorpusPane *self)
{
  gboolean is_drawn = !are_rows_leaving (self) &&
                      gtk_slice_list_model_get_size (self->rows) < DRAWN_ROWS &&
                      gtk_widget_get_mapped (GTK_WIDGET (self->list));

  if (self->exchange == 0)
    self->exchange = is_drawn ? g_timeout_add (A_FRAME, exchange_some, self)
                              : g_idle_add (exchange_some, self);
}

/* What has been found of the folder until now may be fewer. */
static gboolean
is_full (KutipCorpusPane *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows)) ==
         gtk_slice_list_model_get_size (self->rows);
}

static void
let_rows_go (KutipCorpusPane *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  if (n > 0)
    {
      gtk_slice_list_model_set_size (self->rows, n - MIN (n, STEP));
      return;
    }
  gtk_slice_list_model_set_size (self->rows, STEP);
  gtk_slice_list_model_set_model (self->rows, G_LIST_MODEL (self->filtered));
  on_items_changed (self);
}

static void
let_rows_come (KutipCorpusPane *self)
{
  guint size = gtk_slice_list_model_get_size (self->rows) + STEP;

  gtk_slice_list_model_set_size (self->rows, size < MOST_ROWS ? size : G_MAXUINT);
  if (size >= MOST_ROWS)
    on_items_changed (self);
}

static gboolean
exchange_some (gpointer data)
{
  KutipCorpusPane *self = data;

  self->exchange = 0;
  if (are_rows_leaving (self))
    let_rows_go (self);
  else
    let_rows_come (self);
  if (are_rows_leaving (self) || is_full (self))
    go_on_exchanging (self);
  return G_SOURCE_REMOVE;
}

/* As many have been found as there are to be. */
static void
on_rows_changed (KutipCorpusPane *self)
{
  on_items_changed (self);
  if (!are_rows_leaving (self) && is_full (self))
    go_on_exchanging (self);
}

/* GTK takes a frame to free two hundred rows, and two to make them: so they go and come a
 * few at a time, from the end, where nobody has scrolled away from the start. */
static void
exchange_rows (KutipCorpusPane *self)
{
  GtkAdjustment *adjustment =
      gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));

  create_filtered (self);
  gtk_slice_list_model_set_size (self->rows,
                                 gtk_adjustment_get_value (adjustment) <=
                                         gtk_adjustment_get_page_size (adjustment)
                                     ? MOST_ROWS
                                     : 0);
  go_on_exchanging (self);
}

static void
open_entry (KutipCorpusPane *self, KutipEntry *entry)
{
  g_signal_emit (self, signals[OPEN], 0, entry);
}

static void
on_activate (KutipCorpusPane *self, guint position)
{
  KutipEntry *entry = are_rows_leaving (self) ? NULL : get_nth (self, position);

  if (entry != NULL)
    open_entry (self, entry);
}

static void
on_row_clicked (KutipCorpusPane *self, KutipEntryRow *row)
{
  KutipEntry *entry = kutip_entry_row_get_entry (row);

  if (entry != NULL)
    open_entry (self, entry);
}

static void
on_search_changed (KutipCorpusPane *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  gtk_string_filter_set_search (self->names, words);
  gtk_string_filter_set_search (self->titles, words);
  show_pages (self);
}

static gboolean
filter_again (gpointer data)
{
  KutipCorpusPane *self = data;

  self->refilter = 0;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_pages (self);
  return G_SOURCE_REMOVE;
}

static void
on_titles_changed (KutipCorpusPane *self)
{
  if (self->refilter == 0 && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    self->refilter = g_timeout_add (REFILTER_DELAY, filter_again, self);
}

static void
on_search_activate (KutipCorpusPane *self)
{
  on_activate (self, 0);
}

static void
on_search_stopped (KutipCorpusPane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_setup (KutipCorpusPane *self, GtkListItem *item)
{
  GtkWidget *row = kutip_entry_row_new ();

  g_signal_connect_object (row, "clicked", G_CALLBACK (on_row_clicked), self,
                           G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (KutipCorpusPane *self, GtkListItem *item)
{
  KutipEntryRow *row = KUTIP_ENTRY_ROW (gtk_list_item_get_child (item));
  KutipEntry *entry = gtk_list_item_get_item (item);

  kutip_entry_row_set_entry (row, entry);
  kutip_entry_row_set_open (row, is_open_article (self, entry));
}

static void
on_unbind (KutipCorpusPane *self, GtkListItem *item)
{
  kutip_entry_row_set_entry (KUTIP_ENTRY_ROW (gtk_list_item_get_child (item)), NULL);
}

/* Rows that are bound already do not hear of another open article. */
static void
update_rows (KutipCorpusPane *self, GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (KUTIP_IS_ENTRY_ROW (child))
        kutip_entry_row_set_open (
            KUTIP_ENTRY_ROW (child),
            is_open_article (self, kutip_entry_row_get_entry (KUTIP_ENTRY_ROW (child))));
      else
        update_rows (self, child);
    }
}

static void
kutip_corpus_pane_dispose (GObject *object)
{
  KutipCorpusPane *self = KUTIP_CORPUS_PANE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->refilter, g_source_remove);
  g_clear_handle_id (&self->exchange, g_source_remove);
  g_clear_object (&self->corpus_signals);
  g_clear_object (&self->corpus);
  g_clear_object (&self->open_article);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->rows);
  g_clear_object (&self->filtered);
  G_OBJECT_CLASS (kutip_corpus_pane_parent_class)->dispose (object);
}

static gboolean
kutip_corpus_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KUTIP_CORPUS_PANE (widget)->list));
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/corpus/corpus-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, search);
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, filter);
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, names);
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, titles);
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, selection);
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, list);
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, pages);
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, nothing);
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, summary);
  gtk_widget_class_bind_template_child (widget_class, KutipCorpusPane, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
}

static void
kutip_corpus_pane_class_init (KutipCorpusPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kutip_corpus_pane_dispose;
  widget_class->grab_focus = kutip_corpus_pane_grab_focus;
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, KUTIP_TYPE_ENTRY);
  g_type_ensure (KUTIP_TYPE_ENTRY);
  bind_template (widget_class);
}

static void
kutip_corpus_pane_init (KutipCorpusPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, NULL);

  self->corpus_signals = g_signal_group_new (KUTIP_TYPE_CORPUS);
  g_signal_group_connect_swapped (self->corpus_signals, "items-changed",
                                  G_CALLBACK (show_summary), self);
  g_signal_group_connect_swapped (self->corpus_signals, "notify", G_CALLBACK (show_state),
                                  self);
  g_signal_group_connect_swapped (self->corpus_signals, "titles-changed",
                                  G_CALLBACK (on_titles_changed), self);
  create_filtered (self);
  self->rows = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (self->filtered)), 0,
                                         G_MAXUINT);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->rows));
  /* When the list has heard of them. */
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (on_rows_changed),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

GtkWidget *
kutip_corpus_pane_new (void)
{
  return g_object_new (KUTIP_TYPE_CORPUS_PANE, NULL);
}

void
kutip_corpus_pane_set_corpus (KutipCorpusPane *self, KutipCorpus *corpus)
{
  g_return_if_fail (KUTIP_IS_CORPUS_PANE (self));

  if (!g_set_object (&self->corpus, corpus))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_signal_group_set_target (self->corpus_signals, corpus);
  exchange_rows (self);
  show_state (self);
}

void
kutip_corpus_pane_set_open_article (KutipCorpusPane *self, GFile *article)
{
  g_return_if_fail (KUTIP_IS_CORPUS_PANE (self));

  g_set_object (&self->open_article, article);
  select_open_article (self);
  update_rows (self, GTK_WIDGET (self->list));
}

KutipEntry *
kutip_corpus_pane_find_next (KutipCorpusPane *self,
                             GFile *article,
                             gboolean forward,
                             gboolean unfinished)
{
  guint n, from;

  g_return_val_if_fail (KUTIP_IS_CORPUS_PANE (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  from = find_position (self, article);
  if (n == 0)
    return NULL;
  if (from == G_MAXUINT)
    from = forward ? n - 1 : 0;
  else if (!unfinished && from == (forward ? n - 1 : 0))
    return NULL;

  for (guint step = 1; step <= n; step++)
    {
      KutipEntry *entry = get_nth (self, (from + (forward ? step : n - step)) % n);

      if (!unfinished)
        return entry;
      if (kutip_entry_get_status (entry) != KUTIP_STATUS_DONE &&
          !(article != NULL && g_file_equal (kutip_entry_get_file (entry), article)))
        return entry;
    }
  return NULL;
}

void
kutip_corpus_pane_focus_filter (KutipCorpusPane *self)
{
  g_return_if_fail (KUTIP_IS_CORPUS_PANE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
