/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/status-bar.h"

#include "ui/after-frame.h"
#include "ui/foreign-words.h"
#include "ui/label/label-face.h"
#include "ui/label/label-row.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* Code points of a span's text that are named in a sentence. */
#define QUOTED_LENGTH 40
/* Of more labels the badge and the key have to do. */
#define MOST_TITLES 8
/* Around and between what the bar shows; pixels. */
#define MARGINS 24

enum
{
  PROP_ANNOTATOR = 1,
  PROP_NARROW,
  N_PROPS
};

struct _KutipStatusBar
{
  GtkWidget parent_instance;

  KutipAnnotator *annotator;
  GSignalGroup *annotator_signals;
  GSignalGroup *document_signals;
  KutipAfterFrame *counting; /* another number makes the whole bar anew */
  KutipTagset *tagset;       /* whose labels are shown */
  gboolean narrow;
  int width;    /* of the window, in pixels; 0: not known yet */
  char *counts; /* of spans and of what is left to do */
  char *left;   /* of the latter, or else of the former alone */

  GtkWidget *marking;
  KutipLabelRow *labels;
  GtkBox *linking;
  GtkLabel *link_text;
  GtkWidget *rest;
  GtkWidget *read_only;
  GtkWidget *findings;
  GtkLabel *findings_text;
  GtkCheckButton *done;
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipStatusBar, kutip_status_bar, GTK_TYPE_WIDGET)

static GtkWidget *
create_label_button (KutipTagset *tagset, const KutipLabelType *label)
{
  const KutipLabelLook *look = kutip_label_look_get (tagset, label->name);
  const gboolean is_named = kutip_tagset_get_n_labels (tagset) <= MOST_TITLES;
  GtkWidget *button = gtk_button_new ();
  /* Translators: %s is a label, for example Quote. */
  g_autofree char *name = g_strdup_printf (_ ("Mark as %s"), look->title);
  g_autofree char *tooltip = g_strdup (name);
  const char *description = kutip_label_look_describe (tagset, label->description);
  char key[8] = { 0 };

  if (label->key != 0)
    {
      g_unichar_to_utf8 (g_unichar_toupper (label->key), key);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                      GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
    }
  if (description != NULL)
    {
      g_free (tooltip);
      tooltip = g_strdup_printf ("%s\n%s", name, description);
    }

  gtk_button_set_child (GTK_BUTTON (button),
                        kutip_label_face_new (look, is_named ? look->title : NULL,
                                              *key != '\0' ? key : NULL));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "label-button");
  kutip_tooltip_set (button, tooltip);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "annotation.mark");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", label->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  return button;
}

/* What is left to do alone where there is no room for both numbers. */
static void
fit_counts (KutipStatusBar *self)
{
  int width;

  if (self->counts == NULL)
    return;
  gtk_label_set_label (self->findings_text, self->counts);
  gtk_widget_measure (self->rest, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL,
                      NULL);
  if (self->narrow && width + MARGINS > self->width)
    gtk_label_set_label (self->findings_text, self->left);
}

/* Two rows where all labels fit into one of their own, but not beside the rest. */
static void
fit_rows (KutipStatusBar *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  int labels, rest;
  gboolean in_rows;

  gtk_widget_measure (GTK_WIDGET (self->labels), GTK_ORIENTATION_HORIZONTAL, -1, &labels,
                      NULL, NULL, NULL);
  gtk_widget_measure (self->rest, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &rest, NULL,
                      NULL);
  in_rows = self->narrow ||
            (labels + MARGINS <= self->width && labels + rest + MARGINS > self->width);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  in_rows ? GTK_ORIENTATION_VERTICAL
                                          : GTK_ORIENTATION_HORIZONTAL);
  fit_counts (self);
}

static void
show_labels (KutipStatusBar *self)
{
  KutipTagset *tagset = NULL;

  if (self->annotator != NULL)
    tagset = kutip_document_get_tagset (kutip_annotator_get_document (self->annotator));
  if (!g_set_object (&self->tagset, tagset))
    return;

  kutip_label_row_clear (self->labels);
  for (guint i = 0; tagset != NULL && i < kutip_tagset_get_n_labels (tagset); i++)
    kutip_label_row_append (
        self->labels,
        create_label_button (tagset, kutip_tagset_get_nth_label (tagset, i)));
  fit_rows (self);
}

static void
show_counts (gpointer data)
{
  KutipStatusBar *self = data;
  KutipDocument *document;
  g_autofree char *spans = NULL;
  g_autofree char *left = NULL;
  guint n_spans, n_left;

  if (self->annotator == NULL)
    return;

  document = kutip_annotator_get_document (self->annotator);
  n_spans = kutip_layer_get_n_spans (kutip_document_get_layer (document));
  n_left = kutip_check_get_n_findings (kutip_annotator_get_check (self->annotator));
  spans = g_strdup_printf (ngettext ("%'u span", "%'u spans", n_spans), n_spans);
  if (n_left > 0)
    left = g_strdup_printf (
        ngettext ("%'u thing left to do", "%'u things left to do", n_left), n_left);
  else
    left = g_strdup (_ ("nothing left to do"));
  /* Translators: %1$s is a number of spans, %2$s a number of things left to do. */
  g_free (self->counts);
  self->counts =
      n_spans > 0 ? g_strdup_printf (_ ("%1$s · %2$s"), spans, left) : g_strdup (spans);
  g_free (self->left);
  self->left = n_left > 0 ? g_steal_pointer (&left) : g_steal_pointer (&spans);

  fit_counts (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->findings),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->counts, -1);
  kutip_tooltip_set (self->findings,
                     n_left > 0 ? _ ("Go to the next thing left to do (F8)") : NULL);
}

static void
queue_counts (KutipStatusBar *self)
{
  kutip_after_frame_queue (self->counting);
}

static char *
quote_span (KutipDocument *document, KutipSpan *span)
{
  KutipText *text = kutip_document_get_text (document);
  KutipRange range = kutip_span_get_ranges (span)[0];
  gboolean cut;
  g_autofree char *words = NULL;
  g_autofree char *shown = NULL;

  if (kutip_span_is_orphan (span) || range.end > kutip_text_get_length (text))
    return g_strdup ("…");
  cut = range.end - range.start > QUOTED_LENGTH;
  if (cut)
    range.end = range.start + QUOTED_LENGTH;
  words = kutip_text_dup_range (text, range);
  shown = kutip_foreign_words (words, 0);
  return g_strconcat (shown, cut ? "…" : NULL, NULL);
}

/* Two lines, each as long as a phone is wide: the buttons below tell the rest. */
static char *
describe_in_lines (const char *from, const char *to)
{
  if (to == NULL)
    /* Translators: %s is the text of a span. Two short lines. */
    return g_strdup_printf (_ ("Link “%s”\nto: click on another span"), from);
  /* Translators: both are texts of spans. Two short lines. */
  return g_strdup_printf (_ ("Link “%1$s”\nto “%2$s”"), from, to);
}

static void
show_link (KutipStatusBar *self)
{
  KutipSpan *from =
      self->annotator != NULL ? kutip_annotator_get_link_from (self->annotator) : NULL;
  KutipSpan *to;
  KutipDocument *document;
  g_autofree char *from_words = NULL;
  g_autofree char *to_words = NULL;
  g_autofree char *text = NULL;
  g_autofree char *in_lines = NULL;

  gtk_widget_set_visible (self->marking, from == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->linking), from != NULL);
  gtk_widget_set_visible (self->rest, from == NULL);
  fit_rows (self);
  if (from == NULL)
    return;

  document = kutip_annotator_get_document (self->annotator);
  to = kutip_annotator_get_link_candidate (self->annotator);
  from_words = quote_span (document, from);
  if (to == NULL)
    text = g_strdup_printf (
        /* Translators: %s is the text of a span. */
        _ ("Link “%s” to: click on another span, or go to it with “.” and “,”"),
        from_words);
  else
    {
      to_words = quote_span (document, to);
      /* Translators: both are texts of spans. */
      text = g_strdup_printf (
          _ ("Link “%1$s” to “%2$s”: Enter. Another one: click, or “.” and “,”"),
          from_words, to_words);
    }
  if (self->narrow)
    in_lines = describe_in_lines (from_words, to_words);
  gtk_label_set_label (self->link_text, in_lines != NULL ? in_lines : text);
  kutip_tooltip_set (GTK_WIDGET (self->link_text), text);
}

static void
show_read_only (KutipStatusBar *self)
{
  gtk_widget_set_visible (
      self->read_only,
      self->annotator != NULL &&
          kutip_document_is_read_only (kutip_annotator_get_document (self->annotator)));
}

static void
show_everything (KutipStatusBar *self)
{
  show_labels (self);
  queue_counts (self);
  show_link (self);
  show_read_only (self);
}

static void
kutip_status_bar_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  KutipStatusBar *self = KUTIP_STATUS_BAR (object);

  switch (id)
    {
    case PROP_ANNOTATOR:
      g_value_set_object (value, self->annotator);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_narrow (KutipStatusBar *self, gboolean narrow)
{
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->linking),
                                  narrow ? GTK_ORIENTATION_VERTICAL
                                         : GTK_ORIENTATION_HORIZONTAL);
  show_link (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
}

static void
kutip_status_bar_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  KutipStatusBar *self = KUTIP_STATUS_BAR (object);

  switch (id)
    {
    case PROP_ANNOTATOR:
      kutip_status_bar_set_annotator (self, g_value_get_object (value));
      break;
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_status_bar_dispose (GObject *object)
{
  KutipStatusBar *self = KUTIP_STATUS_BAR (object);
  GtkWidget *child;

  g_clear_object (&self->annotator_signals);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->annotator);
  g_clear_object (&self->tagset);
  g_clear_pointer (&self->counting, kutip_after_frame_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_status_bar_parent_class)->dispose (object);
}

static void
kutip_status_bar_finalize (GObject *object)
{
  KutipStatusBar *self = KUTIP_STATUS_BAR (object);

  g_free (self->counts);
  g_free (self->left);
  G_OBJECT_CLASS (kutip_status_bar_parent_class)->finalize (object);
}

static void
kutip_status_bar_class_init (KutipStatusBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = kutip_status_bar_dispose;
  object_class->finalize = kutip_status_bar_finalize;
  object_class->get_property = kutip_status_bar_get_property;
  object_class->set_property = kutip_status_bar_set_property;
  props[PROP_ANNOTATOR] =
      g_param_spec_object ("annotator", NULL, NULL, KUTIP_TYPE_ANNOTATOR, flags);
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  g_type_ensure (KUTIP_TYPE_LABEL_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipStatusBar, marking);
  gtk_widget_class_bind_template_child (widget_class, KutipStatusBar, labels);
  gtk_widget_class_bind_template_child (widget_class, KutipStatusBar, linking);
  gtk_widget_class_bind_template_child (widget_class, KutipStatusBar, link_text);
  gtk_widget_class_bind_template_child (widget_class, KutipStatusBar, rest);
  gtk_widget_class_bind_template_child (widget_class, KutipStatusBar, read_only);
  gtk_widget_class_bind_template_child (widget_class, KutipStatusBar, findings);
  gtk_widget_class_bind_template_child (widget_class, KutipStatusBar, findings_text);
  gtk_widget_class_bind_template_child (widget_class, KutipStatusBar, done);
}

static void
connect_swapped (GSignalGroup *group,
                 const char *signal,
                 GCallback callback,
                 gpointer self)
{
  g_signal_group_connect_swapped (group, signal, callback, self);
}

static void
kutip_status_bar_init (KutipStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->counting = kutip_after_frame_new (GTK_WIDGET (self), show_counts, self);

  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  connect_swapped (self->annotator_signals, "changed", G_CALLBACK (queue_counts), self);
  connect_swapped (self->annotator_signals, "notify::n-findings",
                   G_CALLBACK (queue_counts), self);
  connect_swapped (self->annotator_signals, "notify::linking", G_CALLBACK (show_link),
                   self);
  connect_swapped (self->annotator_signals, "notify::link-candidate",
                   G_CALLBACK (show_link), self);
  self->document_signals = g_signal_group_new (KUTIP_TYPE_DOCUMENT);
  connect_swapped (self->document_signals, "notify::tagset", G_CALLBACK (show_labels),
                   self);
  connect_swapped (self->document_signals, "notify::read-only",
                   G_CALLBACK (show_read_only), self);
}

GtkWidget *
kutip_status_bar_new (void)
{
  return g_object_new (KUTIP_TYPE_STATUS_BAR, NULL);
}

void
kutip_status_bar_set_annotator (KutipStatusBar *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_STATUS_BAR (self));

  if (!g_set_object (&self->annotator, annotator))
    return;
  g_signal_group_set_target (self->annotator_signals, annotator);
  g_signal_group_set_target (self->document_signals,
                             annotator != NULL ? kutip_annotator_get_document (annotator)
                                               : NULL);
  show_everything (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ANNOTATOR]);
}

void
kutip_status_bar_fit (KutipStatusBar *self, int width)
{
  g_return_if_fail (KUTIP_IS_STATUS_BAR (self));

  self->width = width;
  fit_rows (self);
}
