/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/review-card.h"

#include "text/diff.h"
#include "ui/label/label-badge.h"
#include "ui/review/finding-words.h"

#include <glib/gi18n.h>

/* Nobody compares more than this at once; code points. */
#define MAX_CHARS 2000
#define PIECES_JOIN " … "

struct _KutipReviewCard
{
  GtkWidget parent_instance;

  KutipLabelBadge *badge;
  GtkLabel *title;
  GtkImage *icon;
  GtkLabel *kind;
  GtkWidget *was_title;
  GtkLabel *was;
  GtkWidget *now_title;
  GtkLabel *now;
  GtkLabel *advice;
  GtkWidget *confirm;
  GtkWidget *place;

  KutipAnnotator *annotator;
  GSignalGroup *item_signals;
};

G_DEFINE_FINAL_TYPE (KutipReviewCard, kutip_review_card, GTK_TYPE_WIDGET)

/* Takes @text. */
static char *
cut (char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_CHARS)
    return text;
  start = g_utf8_substring (text, 0, MAX_CHARS);
  g_free (text);
  return g_strconcat (start, "…", NULL);
}

static char *
join (const char *const *texts)
{
  return texts != NULL ? cut (g_strjoinv (PIECES_JOIN, (char **) texts)) : NULL;
}

static char *
join_ranges (KutipText *text, KutipSpan *span)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const KutipRange *ranges = kutip_span_get_ranges (span);

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    {
      KutipRange range = ranges[i];

      range.end = MIN (range.end, range.start + MAX_CHARS + 1);
      g_ptr_array_add (texts, kutip_text_dup_range (text, range));
    }
  g_ptr_array_add (texts, NULL);
  return join ((const char *const *) texts->pdata);
}

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static void
add_color (
    KutipReviewCard *self, PangoAttrList *list, const char *name, guint start, guint end)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                       name, &color))
    return;
  add_attribute (list,
                 pango_attr_foreground_new ((guint16) (color.red * 65535),
                                            (guint16) (color.green * 65535),
                                            (guint16) (color.blue * 65535)),
                 start, end);
}

/* What went is struck through, what came is underlined and bold: colour only helps. */
static void
add_marks (KutipReviewCard *self,
           PangoAttrList *list,
           KutipDiffKind kind,
           guint start,
           guint end)
{
  if (kind == KUTIP_DIFF_REMOVED)
    {
      add_attribute (list, pango_attr_strikethrough_new (TRUE), start, end);
      add_color (self, list, "error_color", start, end);
    }
  else
    {
      add_attribute (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
      add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
      add_color (self, list, "success_color", start, end);
    }
}

/* Marks what @kind says in @label, whose text is the old or the new one; a list of it for
 * a screen reader. */
static char *
mark_differences (KutipReviewCard *self,
                  GtkLabel *label,
                  GArray *parts,
                  KutipDiffKind kind)
{
  const char *text = gtk_label_get_text (label);
  PangoAttrList *list = pango_attr_list_new ();
  GString *spoken = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const KutipDiffPart *part = &g_array_index (parts, KutipDiffPart, i);

      if (part->kind != kind)
        continue;
      add_marks (self, list, kind, (guint) part->start,
                 (guint) (part->start + part->n_bytes));
      if (spoken->len > 0)
        g_string_append (spoken, ", ");
      g_string_append_len (spoken, text + part->start, (gssize) part->n_bytes);
    }
  gtk_label_set_attributes (label, list);
  pango_attr_list_unref (list);
  return g_string_free (spoken, FALSE);
}

static void
describe (GtkLabel *label, const char *spoken)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

static void
compare (KutipReviewCard *self, const char *was, const char *now)
{
  g_autoptr (GArray) parts = kutip_diff (was, now);
  g_autofree char *removed =
      mark_differences (self, self->was, parts, KUTIP_DIFF_REMOVED);
  g_autofree char *added = mark_differences (self, self->now, parts, KUTIP_DIFF_ADDED);
  /* Translators: %s is a list of words that a text no longer has. */
  g_autofree char *gone = g_strdup_printf (_ ("Removed: %s"), removed);
  /* Translators: %s is a list of words that a text has now. */
  g_autofree char *new = g_strdup_printf (_ ("Added: %s"), added);

  describe (self->was, *removed != '\0' ? gone : "");
  describe (self->now, *added != '\0' ? new : "");
}

static void
show_texts (KutipReviewCard *self, const char *was, const char *now)
{
  gtk_widget_set_visible (self->was_title, was != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->was), was != NULL);
  gtk_widget_set_visible (self->now_title, was != NULL && now != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->now), now != NULL);
  gtk_label_set_attributes (self->was, NULL);
  gtk_label_set_attributes (self->now, NULL);
  gtk_label_set_text (self->was, was != NULL ? was : "");
  gtk_label_set_text (self->now, now != NULL ? now : "");
  if (was != NULL && now != NULL)
    compare (self, was, now);
}

static const char *
advise (KutipFindingKind kind)
{
  if (kind == KUTIP_FINDING_ORPHAN)
    return _ ("These words are not in the article any more, or in several places. Select "
              "where the span belongs now and put it there, or delete it.");
  if (kind == KUTIP_FINDING_MOVED)
    return _ ("The same words stand elsewhere now.");
  return _ ("The words have changed. If the span still holds, confirm it.");
}

static void
show_span (KutipReviewCard *self, KutipSpan *span, const KutipFinding *finding)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);
  const KutipLabelLook *look = kutip_label_look_get (kutip_document_get_tagset (document),
                                                     kutip_span_get_label (span));
  gboolean is_orphan = kutip_span_is_orphan (span);
  g_autofree char *was = NULL;
  g_autofree char *now = NULL;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  was = join (is_orphan && fields.was == NULL ? fields.texts : fields.was);
  if (!is_orphan)
    now = join_ranges (kutip_document_get_text (document), span);
  kutip_label_badge_set_look (self->badge, look);
  gtk_label_set_label (self->title, look->title);
  gtk_image_set_from_icon_name (self->icon, kutip_finding_words_get_icon (finding->kind));
  gtk_label_set_label (self->kind, kutip_finding_words_get_title (finding->kind));
  gtk_label_set_label (self->advice, advise (finding->kind));
  show_texts (self, was, now);
  /* What is most likely next stands out. */
  gtk_widget_set_visible (self->confirm, !is_orphan);
  if (is_orphan)
    gtk_widget_add_css_class (self->place, "suggested-action");
  else
    gtk_widget_remove_css_class (self->place, "suggested-action");
}

static void
show (KutipReviewCard *self)
{
  g_autoptr (KutipFindingItem) item = g_signal_group_dup_target (self->item_signals);
  KutipSpan *span = NULL;

  if (item != NULL && self->annotator != NULL)
    span = kutip_check_get_span (kutip_annotator_get_check (self->annotator),
                                 kutip_finding_item_get (item));
  gtk_widget_set_visible (GTK_WIDGET (self), span != NULL);
  if (span != NULL)
    show_span (self, span, kutip_finding_item_get (item));
}

static void
on_item_changed (KutipFindingItem *item, gpointer data)
{
  show (data);
}

/* The marks' colours are those of the style. */
static void
kutip_review_card_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kutip_review_card_parent_class)->css_changed (widget, change);
  if (gtk_widget_get_visible (widget))
    show (KUTIP_REVIEW_CARD (widget));
}

static void
kutip_review_card_dispose (GObject *object)
{
  KutipReviewCard *self = KUTIP_REVIEW_CARD (object);
  GtkWidget *child;

  g_clear_object (&self->item_signals);
  g_clear_object (&self->annotator);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_review_card_parent_class)->dispose (object);
}

static void
kutip_review_card_class_init (KutipReviewCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_review_card_dispose;
  widget_class->css_changed = kutip_review_card_css_changed;

  g_type_ensure (KUTIP_TYPE_LABEL_BADGE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/review/review-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, badge);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, title);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, icon);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, kind);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, was_title);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, was);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, now_title);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, now);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, advice);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, confirm);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewCard, place);
}

static void
kutip_review_card_init (KutipReviewCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (KUTIP_TYPE_FINDING_ITEM);
  g_signal_group_connect (self->item_signals, "changed", G_CALLBACK (on_item_changed),
                          self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kutip_review_card_new (void)
{
  return g_object_new (KUTIP_TYPE_REVIEW_CARD, NULL);
}

void
kutip_review_card_bind (KutipReviewCard *self,
                        KutipAnnotator *annotator,
                        KutipFindingItem *item)
{
  g_return_if_fail (KUTIP_IS_REVIEW_CARD (self));

  g_set_object (&self->annotator, annotator);
  g_signal_group_set_target (self->item_signals, annotator != NULL ? item : NULL);
  show (self);
}
