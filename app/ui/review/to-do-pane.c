/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/to-do-pane.h"

#include "ui/after-frame.h"
#include "ui/review/finding-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _KutipToDoPane
{
  GtkWidget parent_instance;

  GtkLabel *count;
  GtkStack *stack;
  GtkBox *rows;
  KutipFindingList *list;

  KutipAnnotator *annotator;
  GSignalGroup *annotator_signals;
  KutipAfterFrame *following; /* of what is current: no work while nobody sees the rows */
};

enum
{
  FIX,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipToDoPane, kutip_to_do_pane, GTK_TYPE_WIDGET)

static void
show_count (KutipToDoPane *self)
{
  guint n = self->annotator != NULL
                ? kutip_check_get_n_findings (kutip_annotator_get_check (self->annotator))
                : 0;
  g_autofree char *text = n > 0 ? g_strdup_printf ("%'u", n) : NULL;

  gtk_label_set_label (self->count, text != NULL ? text : "");
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "rows" : "empty");
}

/* What is current by other means has its row selected here, too, and nothing when nothing
 * is, so that every row can be chosen. */
static void
follow_current (gpointer data)
{
  KutipToDoPane *self = data;
  KutipFindingItem *selected = kutip_finding_list_get_selected_item (self->list);
  KutipSpan *current;

  if (self->annotator == NULL)
    return;
  current = kutip_annotator_get_current (self->annotator);
  if (current == NULL)
    {
      kutip_finding_list_select (self->list, GTK_INVALID_LIST_POSITION);
      return;
    }
  if (selected != NULL &&
      kutip_check_get_span (kutip_annotator_get_check (self->annotator),
                            kutip_finding_item_get (selected)) == current)
    return;
  kutip_finding_list_select_id (self->list, kutip_span_get_id (current), FALSE);
}

static void
on_chosen (KutipToDoPane *self, KutipFindingItem *item)
{
  KutipSpan *span = kutip_check_get_span (kutip_annotator_get_check (self->annotator),
                                          kutip_finding_item_get (item));

  if (span == NULL)
    return;
  kutip_annotator_cancel_link (self->annotator);
  kutip_annotator_set_current (self->annotator, span, TRUE);
}

static void
on_fix (KutipToDoPane *self, KutipFindingItem *item)
{
  on_chosen (self, item);
  g_signal_emit (self, signals[FIX], 0, item);
}

static void
kutip_to_do_pane_dispose (GObject *object)
{
  KutipToDoPane *self = KUTIP_TO_DO_PANE (object);
  GtkWidget *child;

  g_clear_object (&self->annotator_signals);
  g_clear_pointer (&self->following, kutip_after_frame_free);
  g_clear_object (&self->annotator);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_to_do_pane_parent_class)->dispose (object);
}

static void
kutip_to_do_pane_class_init (KutipToDoPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_to_do_pane_dispose;
  signals[FIX] = g_signal_new ("fix", KUTIP_TYPE_TO_DO_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, KUTIP_TYPE_FINDING_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/review/to-do-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipToDoPane, count);
  gtk_widget_class_bind_template_child (widget_class, KutipToDoPane, stack);
  gtk_widget_class_bind_template_child (widget_class, KutipToDoPane, rows);
}

static void
kutip_to_do_pane_init (KutipToDoPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = KUTIP_FINDING_LIST (
      kutip_finding_list_new (KUTIP_FINDINGS_TO_DO, _ ("Left to do")));
  gtk_box_append (self->rows, GTK_WIDGET (self->list));
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "clicked", G_CALLBACK (on_fix), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (on_fix), self,
                           G_CONNECT_SWAPPED);
  self->following = kutip_after_frame_new (GTK_WIDGET (self), follow_current, self);
  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect_swapped (self->annotator_signals, "notify::n-findings",
                                  G_CALLBACK (show_count), self);
  g_signal_group_connect_swapped (self->annotator_signals, "notify::current",
                                  G_CALLBACK (kutip_after_frame_queue), self->following);
  show_count (self);
}

GtkWidget *
kutip_to_do_pane_new (void)
{
  return g_object_new (KUTIP_TYPE_TO_DO_PANE, NULL);
}

void
kutip_to_do_pane_set_annotator (KutipToDoPane *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_TO_DO_PANE (self));

  if (!g_set_object (&self->annotator, annotator))
    return;
  kutip_finding_list_set_annotator (self->list, annotator);
  g_signal_group_set_target (self->annotator_signals, annotator);
  show_count (self);
}

gboolean
kutip_to_do_pane_focus (KutipToDoPane *self)
{
  g_return_val_if_fail (KUTIP_IS_TO_DO_PANE (self), FALSE);

  if (kutip_finding_list_get_n_rows (self->list) == 0)
    return FALSE;
  kutip_after_frame_flush (self->following);
  return kutip_finding_list_focus (self->list);
}
