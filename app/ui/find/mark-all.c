/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/mark-all.h"

#include "model/reshape.h"
#include "ui/find/kwic.h"
#include "ui/find/occurrences.h"
#include "ui/label-look.h"
#include "ui/sidebar/label-chooser.h"

#include <glib/gi18n.h>

struct _KutipMarkAll
{
  AdwWindow parent_instance;

  KutipAnnotator *annotator;
  KutipOccurrences *occurrences;
  char *label;
  gboolean is_showing; /* the check box for all is being set by us */

  GtkEditable *entry;
  GtkToggleButton *case_button, *words_button, *accents_button, *regex_button;
  GtkWidget *mark_button;
  KutipLabelChooser *chooser;
  GtkCheckButton *all_button;
  GtkSpinner *spinner;
  GtkLabel *state;
  GtkStack *pages;
  GtkListView *list;
};

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

static void
search (KutipMarkAll *self)
{
  if (self->occurrences != NULL)
    kutip_occurrences_search (self->occurrences, gtk_editable_get_text (self->entry),
                              get_flags (self), self->label);
}

static char *
describe_state (KutipMarkAll *self, guint n, guint n_marked)
{
  const GError *error = kutip_occurrences_get_error (self->occurrences);

  if (error != NULL)
    return g_strdup (error->message);
  if (n_marked == 0)
    /* Translators: %u is how often the words occur in the article. */
    return g_strdup_printf (ngettext ("%u place", "%u places", n), n);
  /* Translators: %1$u is how often the words occur, %2$u in how many of these places they
   * have the label already. */
  return g_strdup_printf (
      ngettext ("%1$u place, %2$u marked already", "%1$u places, %2$u marked already", n),
      n, n_marked);
}

static void
show_state (KutipMarkAll *self)
{
  GListModel *model = G_LIST_MODEL (self->occurrences);
  guint n = g_list_model_get_n_items (model);
  guint n_chosen, n_marked;
  gboolean busy;
  g_autofree char *state = NULL;
  g_autofree char *action = NULL;

  g_object_get (self->occurrences, "busy", &busy, "n-chosen", &n_chosen, "n-marked",
                &n_marked, NULL);
  gtk_spinner_set_spinning (self->spinner, busy);
  if (busy)
    return;
  state = describe_state (self, n, n_marked);
  gtk_label_set_text (self->state, state);
  gtk_stack_set_visible_child_name (self->pages, n > 0 ? "list" : "none");
  /* Translators: %u is how many places will be marked; the underscore is before the
   * button's key. */
  action = g_strdup_printf (ngettext ("_Mark %u", "_Mark %u", n_chosen), n_chosen);
  gtk_button_set_label (GTK_BUTTON (self->mark_button), action);
  gtk_widget_set_sensitive (self->mark_button,
                            n_chosen > 0 &&
                                !kutip_document_is_read_only (get_document (self)));
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

static void
on_mark (KutipMarkAll *self)
{
  g_autoptr (GArray) ranges = kutip_occurrences_list_chosen (self->occurrences);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (!gtk_widget_is_sensitive (self->mark_button))
    return;
  if (!kutip_reshape_mark_all (get_document (self), self->label,
                               (const KutipRange *) (gpointer) ranges->data, ranges->len,
                               &n, &error))
    {
      gtk_label_set_text (self->state, error->message);
      return;
    }
  /* Translators: %1$u is a number, %2$s a label, for example Quote. */
  text = g_strdup_printf (
      ngettext ("%1$u place marked as %2$s", "%1$u places marked as %2$s", n), n,
      kutip_label_look_get (kutip_document_get_tagset (get_document (self)), self->label)
          ->title);
  g_signal_emit_by_name (self->annotator, "message", text, TRUE);
  gtk_window_close (GTK_WINDOW (self));
}

/* A row is a check box and the words. */
static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *kwic = kutip_kwic_new ();

  gtk_widget_set_hexpand (kwic, TRUE);
  gtk_box_append (GTK_BOX (row), gtk_check_button_new ());
  gtk_box_append (GTK_BOX (row), kwic);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *check = gtk_widget_get_first_child (row);
  KutipOccurrence *occurrence = gtk_list_item_get_item (item);
  const KutipContext *context = kutip_occurrence_get_context (occurrence);
  gboolean marked = kutip_occurrence_is_marked (occurrence);
  g_autofree char *words =
      g_strconcat (context->left, context->match, context->right, NULL);

  kutip_kwic_show (gtk_widget_get_last_child (row), context);
  g_object_set_data (
      G_OBJECT (item), "chosen",
      g_object_bind_property (occurrence, "chosen", check, "active",
                              G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE));
  gtk_widget_set_sensitive (row, !marked);
  gtk_widget_set_tooltip_text (row, marked ? _ ("Marked already") : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_binding_unbind (g_object_steal_data (G_OBJECT (item), "chosen"));
}

static void
on_activate (KutipMarkAll *self, guint position)
{
  g_autoptr (KutipOccurrence) occurrence =
      g_list_model_get_item (G_LIST_MODEL (self->occurrences), position);
  gboolean chosen;

  g_object_get (occurrence, "chosen", &chosen, NULL);
  g_object_set (occurrence, "chosen", !chosen, NULL);
}

/* Space on a row does what it does on the check box in it. */
static gboolean
on_key_pressed (KutipMarkAll *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  GtkWidget *check = row != NULL ? gtk_widget_get_first_child (row) : NULL;

  if (keyval != GDK_KEY_space || !GTK_IS_CHECK_BUTTON (check) ||
      !gtk_widget_is_sensitive (check))
    return GDK_EVENT_PROPAGATE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               !gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  return GDK_EVENT_STOP;
}

static void
kutip_mark_all_dispose (GObject *object)
{
  KutipMarkAll *self = KUTIP_MARK_ALL (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  if (self->occurrences != NULL)
    g_signal_handlers_disconnect_by_data (self->occurrences, self);
  g_clear_object (&self->occurrences);
  g_clear_object (&self->annotator);
  G_OBJECT_CLASS (kutip_mark_all_parent_class)->dispose (object);
}

static void
kutip_mark_all_finalize (GObject *object)
{
  g_free (KUTIP_MARK_ALL (object)->label);
  G_OBJECT_CLASS (kutip_mark_all_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (KUTIP_TYPE_LABEL_CHOOSER);
  gtk_widget_class_set_template_from_resource (class,
                                               "/org/kutip/Kutip/find/mark-all.ui");
  gtk_widget_class_bind_template_child (class, KutipMarkAll, entry);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, case_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, words_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, accents_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, regex_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, mark_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, chooser);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, all_button);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, spinner);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, state);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, pages);
  gtk_widget_class_bind_template_child (class, KutipMarkAll, list);
  gtk_widget_class_bind_template_callback (class, search);
  gtk_widget_class_bind_template_callback (class, on_all_toggled);
  gtk_widget_class_bind_template_callback (class, on_label_chosen);
  gtk_widget_class_bind_template_callback (class, on_mark);
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
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  bind_template (widget_class);
}

static void
kutip_mark_all_init (KutipMarkAll *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

KutipMarkAll *
kutip_mark_all_new (GtkWindow *parent,
                    KutipAnnotator *annotator,
                    const char *words,
                    KutipFindFlags flags)
{
  KutipMarkAll *self = g_object_new (KUTIP_TYPE_MARK_ALL, "transient-for", parent, NULL);
  g_autoptr (GtkNoSelection) selection = NULL;

  self->annotator = g_object_ref (annotator);
  gtk_editable_set_text (self->entry, words);
  show_flags (self, flags);
  self->label = dup_likely_label (self);
  kutip_label_chooser_show (self->chooser,
                            kutip_document_get_tagset (get_document (self)), self->label);
  self->occurrences = kutip_occurrences_new (get_document (self));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->occurrences)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->occurrences, "notify", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  search (self);
  return self;
}
