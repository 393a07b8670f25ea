/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/mark-all.h"

#include "corpus/occurrences.h"
#include "model/reshape.h"
#include "ui/after-frame.h"
#include "ui/find/bulk-window.h"
#include "ui/find/first-rows.h"
#include "ui/find/found-words.h"
#include "ui/find/occurrence-row.h"
#include "ui/kept-window.h"
#include "ui/label/label-look.h"
#include "ui/open-documents.h"
#include "ui/plain-measure.h"
#include "ui/sidebar/label-chooser.h"
#include "ui/sidebar/near-rows.h"
#include "ui/tooltip.h"
#include "ui/wrap-box.h"

#include <glib/gi18n.h>

#define KEPT "kutip-mark-all"
/* Code points on each side. */
#define REACH 60

struct _KutipMarkAll
{
  AdwWindow parent_instance;

  KutipAnnotator *annotator; /* NULL while nothing is asked, as all that follows */
  GFile *article;
  GFile *folder;    /* of all articles; NULL: the files */
  GPtrArray *files; /* NULL: there is only the article */
  char *annotator_name;
  KutipOccurrences *occurrences;
  GError *error; /* what is wrong with the words, or NULL */
  char *label;
  gboolean is_ready;   /* there is a window for what is found */
  gboolean is_showing; /* the check box for all is being set by us */

  GtkEditable *entry;
  GtkWidget *options;
  GtkToggleButton *article_button, *corpus_button;
  GtkToggleButton *case_button, *words_button, *accents_button, *regex_button;
  GtkWidget *mark_button;
  KutipLabelChooser *chooser;
  GtkCheckButton *all_button;
  GtkSpinner *spinner;
  GtkLabel *state;
  GtkStack *pages;
  GtkScrolledWindow *scrolled;
  GtkListView *list;
  GListModel *rows;           /* borrowed: the list's */
  KutipAfterFrame *beginning; /* until the window has been seen */
};

enum
{
  MARKING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipMarkAll, kutip_mark_all, ADW_TYPE_WINDOW)

static KutipDocument *
get_document (KutipMarkAll *self)
{
  return kutip_annotator_get_document (self->annotator);
}

static KutipFindFlags
get_flags (KutipMarkAll *self)
{
  return (gtk_toggle_button_get_active (self->case_button) ? KUTIP_FIND_CASE : 0) |
         (gtk_toggle_button_get_active (self->words_button) ? KUTIP_FIND_WORDS : 0) |
         (gtk_toggle_button_get_active (self->accents_button) ? KUTIP_FIND_DIACRITICS
                                                              : 0) |
         (gtk_toggle_button_get_active (self->regex_button) ? KUTIP_FIND_REGEX : 0);
}

static gboolean
is_everywhere (KutipMarkAll *self)
{
  return gtk_toggle_button_get_active (self->corpus_button);
}

static void show_state (KutipMarkAll *self);

static void
search (KutipMarkAll *self)
{
  KutipSearchQuery query = { .pattern = gtk_editable_get_text (self->entry),
                             .flags = get_flags (self),
                             .annotator = self->annotator_name,
                             .covering = self->label,
                             .reach = REACH };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (!self->is_ready)
    return;
  g_clear_error (&self->error);
  kutip_concordance_take_open (kutip_occurrences_get_places (self->occurrences),
                               kutip_open_documents_list ());
  g_ptr_array_add (files, g_object_ref (self->article));
  kutip_occurrences_search (self->occurrences, &query,
                            is_everywhere (self) ? self->folder : NULL,
                            is_everywhere (self) ? self->files : files, &self->error);
  show_state (self);
}

/* The window is there before its options and what is found: all in one frame would be a
 * late one. */
static void
begin (gpointer data)
{
  KutipMarkAll *self = data;

  gtk_widget_set_visible (self->options, TRUE);
  self->is_ready = TRUE;
  search (self);
}

static void
on_mapped (KutipMarkAll *self)
{
  if (!self->is_ready)
    kutip_after_frame_queue (self->beginning);
}

static char *
describe_places (guint n, guint n_marked, gboolean is_cut)
{
  if (is_cut)
    /* Translators: %u is how many places are listed, of more. */
    return g_strdup_printf (_ ("The first %u places"), n);
  if (n_marked == 0)
    /* Translators: %u is how often the words occur in the article. */
    return g_strdup_printf (ngettext ("%u place", "%u places", n), n);
  /* Translators: %1$u is how often the words occur, %2$u in how many of these places they
   * have the label already. */
  return g_strdup_printf (
      ngettext ("%1$u place, %2$u marked already", "%1$u places, %2$u marked already", n),
      n, n_marked);
}

static char *
describe_everywhere (KutipConcordance *places, guint n_marked)
{
  g_autofree char *found = kutip_found_words_describe (places);

  if (n_marked == 0)
    return g_steal_pointer (&found);
  /* Translators: %1$s is "12 places in 3 articles, of 40 searched", %2$u how many of
   * these places have the label already. */
  return g_strdup_printf (
      ngettext ("%1$s; %2$u marked already", "%1$s; %2$u marked already", n_marked),
      found, n_marked);
}

/* Nothing is wrong with having no words yet. */
static char *
describe_state (KutipMarkAll *self, guint n, guint n_marked)
{
  KutipConcordance *places = kutip_occurrences_get_places (self->occurrences);
  gboolean is_cut;

  if (self->error != NULL)
    return g_strdup (*gtk_editable_get_text (self->entry) != '\0' ? self->error->message
                                                                  : "");
  if (is_everywhere (self))
    return describe_everywhere (places, n_marked);
  g_object_get (places, "is-cut", &is_cut, NULL);
  return describe_places (n, n_marked, is_cut);
}

static void
show_mark_button (KutipMarkAll *self, guint n_chosen, gboolean busy)
{
  /* Translators: %u is how many places will be marked; the underscore is before the
   * button's key. */
  g_autofree char *action =
      g_strdup_printf (ngettext ("_Mark %u", "_Mark %u", n_chosen), n_chosen);
  gboolean can_edit =
      is_everywhere (self) || !kutip_document_is_read_only (get_document (self));

  gtk_button_set_label (GTK_BUTTON (self->mark_button), action);
  gtk_widget_set_sensitive (self->mark_button, !busy && n_chosen > 0 && can_edit);
}

static void
show_state (KutipMarkAll *self)
{
  KutipConcordance *places = kutip_occurrences_get_places (self->occurrences);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (places));
  guint n_chosen, n_marked;
  gboolean busy = kutip_concordance_is_running (places);
  g_autofree char *state = NULL;

  g_object_get (self->occurrences, "n-chosen", &n_chosen, "n-marked", &n_marked, NULL);
  gtk_spinner_set_spinning (self->spinner, busy);
  state = describe_state (self, n, n_marked);
  gtk_label_set_text (self->state, state);
  kutip_tooltip_set (GTK_WIDGET (self->state), state);
  if (n > 0 || !busy)
    gtk_stack_set_visible_child_name (self->pages, n > 0 ? "list" : "none");
  show_mark_button (self, n_chosen, busy);
  self->is_showing = TRUE;
  gtk_check_button_set_active (self->all_button, n > 0 && n_chosen == n - n_marked);
  gtk_check_button_set_inconsistent (self->all_button,
                                     n_chosen > 0 && n_chosen < n - n_marked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->all_button), n > n_marked);
  self->is_showing = FALSE;
}

static void
on_all_toggled (KutipMarkAll *self)
{
  if (!self->is_showing)
    kutip_occurrences_choose_all (self->occurrences,
                                  gtk_check_button_get_active (self->all_button));
}

static void
on_label_chosen (KutipMarkAll *self, const char *label)
{
  g_autofree char *chosen = g_strdup (label);

  g_free (self->label);
  self->label = g_steal_pointer (&chosen);
  kutip_label_chooser_show (self->chooser,
                            kutip_document_get_tagset (get_document (self)), self->label);
  search (self);
}

/* The places of one article, being marked. */
typedef struct
{
  char *label;
  GArray *ranges; /* KutipRange */
  guint n_marked;
} Marking;

static gboolean
mark_places (KutipDocument *document, gpointer data, GError **error)
{
  Marking *marking = data;

  return kutip_reshape_mark_all (document, marking->label,
                                 (const KutipRange *) (gpointer) marking->ranges->data,
                                 marking->ranges->len, &marking->n_marked, error);
}

static void
tell_marked (KutipAnnotator *annotator, const GError *error, gpointer data)
{
  Marking *marking = data;
  KutipTagset *tagset =
      kutip_document_get_tagset (kutip_annotator_get_document (annotator));
  guint n = marking->n_marked;
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      kutip_annotator_report (annotator, error);
      return;
    }
  /* Translators: %1$u is a number, %2$s a label, for example Quote. */
  text = g_strdup_printf (
      ngettext ("%1$u place marked as %2$s", "%1$u places marked as %2$s", n), n,
      kutip_label_look_get (tagset, marking->label)->title);
  g_signal_emit_by_name (annotator, "message", text, TRUE);
}

static void
free_marking (gpointer data)
{
  Marking *marking = data;

  g_array_unref (marking->ranges);
  g_free (marking->label);
  g_free (marking);
}

static void
mark_article (KutipMarkAll *self, GPtrArray *lines)
{
  KutipTagset *tagset = kutip_document_get_tagset (get_document (self));
  Marking *marking = g_new0 (Marking, 1);
  g_autofree char *title = NULL;

  marking->label = g_strdup (self->label);
  marking->ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  for (guint i = 0; i < lines->len; i++)
    {
      KutipRange range = kutip_concordance_line_get_range (g_ptr_array_index (lines, i));

      g_array_append_val (marking->ranges, range);
    }
  /* Translators: %s is a label's title, such as Quote. */
  title = g_strdup_printf (_ ("Mark All as %s"),
                           kutip_label_look_get (tagset, self->label)->title);
  kutip_annotator_run (self->annotator, title, marking->ranges->len, mark_places,
                       tell_marked, marking, free_marking);
  gtk_window_close (GTK_WINDOW (self));
}

static void
mark_everywhere (KutipMarkAll *self, GPtrArray *lines)
{
  g_autoptr (KutipBulkMark) bulk =
      kutip_bulk_mark_new (self->label, self->annotator_name);
  GFile *folder = self->folder;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (folder != NULL)
    kutip_bulk_mark_set_record (bulk, folder);
  kutip_bulk_mark_start (bulk, lines, kutip_open_documents_change, NULL);
  g_signal_emit (self, signals[MARKING], 0, bulk);
  gtk_window_present (GTK_WINDOW (kutip_bulk_window_new (parent, bulk)));
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_mark (KutipMarkAll *self)
{
  g_autoptr (GPtrArray) lines = NULL;

  if (!gtk_widget_is_sensitive (self->mark_button))
    return;
  lines = kutip_occurrences_list_chosen (self->occurrences);
  if (is_everywhere (self))
    mark_everywhere (self, lines);
  else
    mark_article (self, lines);
}

static void
show_chosen (KutipMarkAll *self, KutipOccurrenceRow *row)
{
  KutipConcordanceLine *line = kutip_occurrence_row_get_line (row);

  if (line != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (row),
                                 kutip_occurrences_is_chosen (self->occurrences, line));
}

static void
on_chosen (KutipMarkAll *self)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (KUTIP_IS_OCCURRENCE_ROW (row))
        show_chosen (self, KUTIP_OCCURRENCE_ROW (row));
    }
}

static void
on_row_toggled (KutipOccurrenceRow *row, KutipMarkAll *self)
{
  KutipConcordanceLine *line = kutip_occurrence_row_get_line (row);

  if (line != NULL)
    kutip_occurrences_choose (self->occurrences, line,
                              gtk_check_button_get_active (GTK_CHECK_BUTTON (row)));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = kutip_occurrence_row_new ();

  g_signal_connect (row, "toggled", G_CALLBACK (on_row_toggled), data);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  KutipMarkAll *self = data;
  KutipOccurrenceRow *row = KUTIP_OCCURRENCE_ROW (gtk_list_item_get_child (item));

  kutip_occurrence_row_set_line (row, gtk_list_item_get_item (item),
                                 is_everywhere (self));
  show_chosen (self, row);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  kutip_occurrence_row_set_line (KUTIP_OCCURRENCE_ROW (gtk_list_item_get_child (item)),
                                 NULL, FALSE);
}

static void
on_activate (KutipMarkAll *self, guint position)
{
  GListModel *places = G_LIST_MODEL (kutip_occurrences_get_places (self->occurrences));
  g_autoptr (KutipConcordanceLine) line = g_list_model_get_item (places, position);

  kutip_occurrences_choose (self->occurrences, line,
                            !kutip_occurrences_is_chosen (self->occurrences, line));
}

/* Space on a row does what it does on the check box in it. */
static gboolean
on_key_pressed (KutipMarkAll *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (keyval != GDK_KEY_space || !KUTIP_IS_OCCURRENCE_ROW (row) ||
      !gtk_widget_is_sensitive (row))
    return GDK_EVENT_PROPAGATE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (row),
                               !gtk_check_button_get_active (GTK_CHECK_BUTTON (row)));
  return GDK_EVENT_STOP;
}

/* What was asked. */
static void
forget (KutipMarkAll *self)
{
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  if (self->occurrences != NULL)
    {
      KutipConcordance *places = kutip_occurrences_get_places (self->occurrences);

      kutip_concordance_stop (places);
      g_signal_handlers_disconnect_by_data (places, self);
      g_signal_handlers_disconnect_by_data (self->occurrences, self);
    }
  self->rows = NULL;
  g_clear_object (&self->occurrences);
  g_clear_object (&self->annotator);
  g_clear_object (&self->article);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_error (&self->error);
}

/* As it was made, so that what was asked before is not to be seen. */
static void
clear (KutipMarkAll *self)
{
  self->is_ready = FALSE;
  gtk_editable_set_text (self->entry, "");
  gtk_toggle_button_set_active (self->article_button, TRUE);
  gtk_button_set_label (GTK_BUTTON (self->mark_button), _ ("_Mark"));
  gtk_widget_set_sensitive (self->mark_button, FALSE);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_label_set_text (self->state, "");
  kutip_tooltip_set (GTK_WIDGET (self->state), NULL);
  self->is_showing = TRUE;
  gtk_check_button_set_active (self->all_button, FALSE);
  gtk_check_button_set_inconsistent (self->all_button, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->all_button), FALSE);
  self->is_showing = FALSE;
  gtk_stack_set_visible_child_name (self->pages, "list");
}

static void
on_rows_left (gpointer data)
{
  KutipMarkAll *self = data;

  forget (self);
  clear (self);
  kutip_kept_window_keep (GTK_WINDOW (self), KEPT);
}

static gboolean
on_close_request (KutipMarkAll *self)
{
  if (self->occurrences == NULL)
    return GDK_EVENT_STOP;
  kutip_concordance_stop (kutip_occurrences_get_places (self->occurrences));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  /* Else GTK looks for another place for it once the window is shown again, as the row
   * that has it goes. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  kutip_first_rows_take_away (self->rows, on_rows_left, self);
  return GDK_EVENT_STOP;
}

static void
kutip_mark_all_dispose (GObject *object)
{
  KutipMarkAll *self = KUTIP_MARK_ALL (object);

  g_clear_pointer (&self->beginning, kutip_after_frame_free);
  forget (self);
  G_OBJECT_CLASS (kutip_mark_all_parent_class)->dispose (object);
}

static void
kutip_mark_all_finalize (GObject *object)
{
  KutipMarkAll *self = KUTIP_MARK_ALL (object);

  g_free (self->label);
  g_free (self->annotator_name);
  G_OBJECT_CLASS (kutip_mark_all_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (KUTIP_TYPE_LABEL_CHOOSER);
  g_type_ensure (KUTIP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (class,
                                               "/org/kutip/Kutip/find/mark-all.ui");
  gtk_widget_class_bind_template_child (class, KutipMarkAll, entry);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, options);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, case_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, words_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, accents_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, regex_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, article_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, corpus_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, mark_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, chooser);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, all_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, spinner);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, state);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, pages);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, scrolled);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, list);
  gtk_widget_class_bind_template_callback (class, search);
  gtk_widget_class_bind_template_callback (class, on_all_toggled);
  gtk_widget_class_bind_template_callback (class, on_label_chosen);
  gtk_widget_class_bind_template_callback (class, on_mark);
  gtk_widget_class_bind_template_callback (class, on_close_request);
  gtk_widget_class_bind_template_callback (class, on_setup);
  gtk_widget_class_bind_template_callback (class, on_bind);
  gtk_widget_class_bind_template_callback (class, on_unbind);
  gtk_widget_class_bind_template_callback (class, on_activate);
  gtk_widget_class_bind_template_callback (class, on_key_pressed);
}

static void
kutip_mark_all_class_init (KutipMarkAllClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_mark_all_dispose;
  object_class->finalize = kutip_mark_all_finalize;
  signals[MARKING] =
      g_signal_new ("marking", KUTIP_TYPE_MARK_ALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, KUTIP_TYPE_BULK_MARK);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  bind_template (widget_class);
  kutip_plain_measure_init (widget_class);
}

/* Two long words side by side are wider than a phone where text is large. */
static void
let_wrap (GtkToggleButton *button)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

static void
kutip_mark_all_init (KutipMarkAll *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  let_wrap (self->article_button);
  let_wrap (self->corpus_button);
  gtk_stack_set_visible_child_name (self->pages, "list");
  kutip_near_rows_follow (self->list, self->scrolled);
  self->beginning = kutip_after_frame_new (GTK_WIDGET (self), begin, self);
  g_signal_connect (self, "map", G_CALLBACK (on_mapped), NULL);
}

static void
show_flags (KutipMarkAll *self, KutipFindFlags flags)
{
  gtk_toggle_button_set_active (self->case_button, (flags & KUTIP_FIND_CASE) != 0);
  gtk_toggle_button_set_active (self->words_button, (flags & KUTIP_FIND_WORDS) != 0);
  gtk_toggle_button_set_active (self->accents_button,
                                (flags & KUTIP_FIND_DIACRITICS) != 0);
  gtk_toggle_button_set_active (self->regex_button, (flags & KUTIP_FIND_REGEX) != 0);
}

/* That of the current span; else the first. */
static char *
dup_likely_label (KutipMarkAll *self)
{
  KutipTagset *tagset = kutip_document_get_tagset (get_document (self));
  KutipSpan *current = kutip_annotator_get_current (self->annotator);

  if (current != NULL &&
      kutip_tagset_get_label (tagset, kutip_span_get_label (current)) != NULL)
    return g_strdup (kutip_span_get_label (current));
  return g_strdup (kutip_tagset_get_nth_label (tagset, 0)->name);
}

static void
connect_occurrences (KutipMarkAll *self)
{
  KutipConcordance *places;
  g_autoptr (GtkNoSelection) selection = NULL;

  self->occurrences = kutip_occurrences_new ();
  places = kutip_occurrences_get_places (self->occurrences);
  self->rows = kutip_first_rows_new (G_LIST_MODEL (places), GTK_WIDGET (self->list));
  selection = gtk_no_selection_new (self->rows);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->occurrences, "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->occurrences, "notify", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (places, "notify", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
}

KutipMarkAll *
kutip_mark_all_ask (GtkWindow *parent,
                    KutipAnnotator *annotator,
                    GFile *article,
                    const char *words,
                    KutipFindFlags flags)
{
  KutipMarkAll *self = kutip_kept_window_obtain (parent, KEPT, KUTIP_TYPE_MARK_ALL);

  self->annotator = g_object_ref (annotator);
  self->article = g_object_ref (article);
  connect_occurrences (self);
  gtk_editable_set_text (self->entry, words);
  show_flags (self, flags);
  g_free (self->label);
  self->label = dup_likely_label (self);
  kutip_label_chooser_show (self->chooser,
                            kutip_document_get_tagset (get_document (self)), self->label);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return self;
}

void
kutip_mark_all_set_corpus (KutipMarkAll *self,
                           GFile *folder,
                           GPtrArray *files,
                           const char *annotator)
{
  g_return_if_fail (KUTIP_IS_MARK_ALL (self));

  g_set_object (&self->folder, folder);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = g_ptr_array_ref (files);
  g_free (self->annotator_name);
  self->annotator_name = g_strdup (annotator);
}

void
kutip_mark_all_choose_corpus (KutipMarkAll *self)
{
  g_return_if_fail (KUTIP_IS_MARK_ALL (self));

  gtk_toggle_button_set_active (self->corpus_button, TRUE);
}
