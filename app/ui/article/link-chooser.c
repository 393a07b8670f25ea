/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/link-chooser.h"

#include "ui/label/label-look.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

struct _KutipLinkChooser
{
  GtkPopover parent_instance;

  GtkWidget *box;
  KutipAnnotator *annotator; /* while it is shown */
};

G_DEFINE_FINAL_TYPE (KutipLinkChooser, kutip_link_chooser, GTK_TYPE_POPOVER)

static KutipTagset *
get_tagset (KutipLinkChooser *self)
{
  return kutip_document_get_tagset (kutip_annotator_get_document (self->annotator));
}

static void
choose (KutipLinkChooser *self, guint nth)
{
  g_autoptr (KutipAnnotator) annotator = NULL;

  if (self->annotator == NULL)
    return;
  annotator = g_object_ref (self->annotator);
  kutip_annotator_choose (annotator, nth);
}

static void
on_clicked (KutipLinkChooser *self, GtkButton *button)
{
  choose (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kutip-nth")));
}

static gboolean
is_key (gunichar key, GdkEvent *event)
{
  const GdkModifierType counting =
      GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK;
  gunichar typed = gdk_keyval_to_unicode (gdk_key_event_get_keyval (event));

  if (key == 0 || (gdk_event_get_modifier_state (event) & counting) != 0)
    return FALSE;
  if (g_unichar_tolower (typed) == key)
    return TRUE;
  if (g_unichar_isdigit (key) && g_unichar_isdigit (typed))
    return g_unichar_digit_value (key) == g_unichar_digit_value (typed);
  /* On another of the keyboard's layouts. */
  return gdk_key_event_matches (event, gdk_unicode_to_keyval (key), 0) !=
         GDK_KEY_MATCH_NONE;
}

static gboolean
on_key_pressed (GtkEventController *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KutipLinkChooser *self)
{
  GArray *choices =
      self->annotator != NULL ? kutip_annotator_get_choices (self->annotator) : NULL;
  GdkEvent *event = gtk_event_controller_get_current_event (controller);

  for (guint i = 0; choices != NULL && event != NULL && i < choices->len; i++)
    if (is_key (g_array_index (choices, KutipLinkChoice, i).key, event))
      {
        choose (self, i);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static GtkWidget *
create_key (gunichar key)
{
  char text[8] = { 0 };
  GtkWidget *label;

  g_unichar_to_utf8 (g_unichar_toupper (key), text);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static GtkWidget *
create_button (KutipLinkChooser *self, const KutipLinkChoice *choice, guint nth)
{
  KutipTagset *tagset = get_tagset (self);
  const char *title = kutip_label_look_get_relation_title (tagset, choice->type->name);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *label;
  g_autofree char *words = choice->reversed
                               /* Translators: %s is a kind of link, for example Denies;
                                  the link leads from the second to the first. */
                               ? g_strdup_printf (_ ("%s, the other way round"), title)
                               : g_strdup (title);

  label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (choice->key != 0)
    gtk_box_append (GTK_BOX (box), create_key (choice->key));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  kutip_tooltip_set (button,
                     kutip_label_look_describe (tagset, choice->type->description));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  g_object_set_data (G_OBJECT (button), "kutip-nth", GUINT_TO_POINTER (nth));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_heading (KutipLinkChooser *self)
{
  KutipSpan *from = kutip_annotator_get_choice_end (self->annotator, TRUE);
  KutipSpan *to = kutip_annotator_get_choice_end (self->annotator, FALSE);
  g_autofree char *words = NULL;
  GtkWidget *label;

  if (from != NULL && to != NULL)
    /* Translators: both are labels: Link from Quote to Claim. */
    words = g_strdup_printf (
        _ ("Link from %1$s to %2$s"),
        kutip_label_look_get (get_tagset (self), kutip_span_get_label (from))->title,
        kutip_label_look_get (get_tagset (self), kutip_span_get_label (to))->title);
  label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "link-chooser-title");
  return label;
}

static void
fill (KutipLinkChooser *self, GArray *choices)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  gtk_box_append (GTK_BOX (self->box), create_heading (self));
  for (guint i = 0; i < choices->len; i++)
    gtk_box_append (
        GTK_BOX (self->box),
        create_button (self, &g_array_index (choices, KutipLinkChoice, i), i));
}

static void
on_notify_choosing (KutipLinkChooser *self)
{
  if (self->annotator != NULL && kutip_annotator_get_choices (self->annotator) == NULL)
    gtk_popover_popdown (GTK_POPOVER (self));
}

static void
forget (KutipLinkChooser *self)
{
  if (self->annotator == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->annotator, on_notify_choosing, self);
  g_clear_object (&self->annotator);
}

static void
kutip_link_chooser_closed (GtkPopover *popover)
{
  KutipLinkChooser *self = KUTIP_LINK_CHOOSER (popover);
  g_autoptr (KutipAnnotator) annotator =
      self->annotator != NULL ? g_object_ref (self->annotator) : NULL;

  forget (self);
  if (annotator != NULL)
    kutip_annotator_cancel_choice (annotator);
}

static void
kutip_link_chooser_dispose (GObject *object)
{
  forget (KUTIP_LINK_CHOOSER (object));
  G_OBJECT_CLASS (kutip_link_chooser_parent_class)->dispose (object);
}

static void
kutip_link_chooser_class_init (KutipLinkChooserClass *class)
{
  G_OBJECT_CLASS (class)->dispose = kutip_link_chooser_dispose;
  GTK_POPOVER_CLASS (class)->closed = kutip_link_chooser_closed;
}

static void
kutip_link_chooser_init (KutipLinkChooser *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_popover_set_child (GTK_POPOVER (self), self->box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "link-chooser");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Kind of link"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
kutip_link_chooser_new (void)
{
  return g_object_new (KUTIP_TYPE_LINK_CHOOSER, NULL);
}

void
kutip_link_chooser_show (KutipLinkChooser *self,
                         KutipAnnotator *annotator,
                         const GdkRectangle *area)
{
  GArray *choices = kutip_annotator_get_choices (annotator);

  g_return_if_fail (KUTIP_IS_LINK_CHOOSER (self));
  g_return_if_fail (choices != NULL);

  forget (self);
  self->annotator = g_object_ref (annotator);
  g_signal_connect_object (annotator, "notify::choosing", G_CALLBACK (on_notify_choosing),
                           self, G_CONNECT_SWAPPED);
  fill (self, choices);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), area);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (
      gtk_widget_get_next_sibling (gtk_widget_get_first_child (self->box)));
}
