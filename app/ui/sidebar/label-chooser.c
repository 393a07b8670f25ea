/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/label-chooser.h"

#include "ui/label/label-badge.h"
#include "ui/sidebar/drop-down-look.h"
#include "ui/tagset/codebook.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

struct _KutipLabelChooser
{
  GtkWidget parent_instance;

  GtkDropDown *drop_down;
  KutipTagset *tagset;
  char *label; /* shown */
  gboolean is_showing;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipLabelChooser, kutip_label_chooser, GTK_TYPE_WIDGET)

/* The items are GtkStringObjects that hold the labels' names. */
static const char *
get_name (GtkListItem *list_item)
{
  return gtk_string_object_get_string (gtk_list_item_get_item (list_item));
}

static GtkWidget *
create_row (gboolean ellipsize)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *title = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  if (ellipsize)
    gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), kutip_label_badge_new ());
  gtk_box_append (GTK_BOX (box), title);
  return box;
}

static void
show_row (KutipLabelChooser *self, GtkWidget *box, const char *name)
{
  const KutipLabelLook *look = kutip_label_look_get (self->tagset, name);
  GtkWidget *badge = gtk_widget_get_first_child (box);
  GtkWidget *title = gtk_widget_get_next_sibling (badge);

  kutip_label_badge_set_look (KUTIP_LABEL_BADGE (badge), look);
  if (look->index < 0)
    {
      /* Translators: %s is the name of a label, as it stands in a file. */
      g_autofree char *text =
          g_strdup_printf (_ ("%s (not in the tag set)"), look->title);

      gtk_label_set_text (GTK_LABEL (title), text);
    }
  else
    gtk_label_set_text (GTK_LABEL (title), look->title);
}

static void
on_chosen_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  gtk_list_item_set_child (list_item, create_row (TRUE));
}

static void
on_chosen_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  show_row (data, gtk_list_item_get_child (list_item), get_name (list_item));
}

/* In the open list: also the key, and a tick at the label shown. */
static void
on_listed_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *box = create_row (FALSE);
  GtkWidget *key = gtk_label_new (NULL);

  gtk_widget_add_css_class (key, "dim-label");
  gtk_box_append (GTK_BOX (box), key);
  gtk_box_append (GTK_BOX (box), kutip_drop_down_look_create_tick ());
  gtk_list_item_set_child (list_item, box);
}

static void
on_listed_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  KutipLabelChooser *self = data;
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *tick = gtk_widget_get_last_child (box);
  const KutipLabelType *type =
      kutip_tagset_get_label (self->tagset, get_name (list_item));
  g_autofree char *tip =
      type != NULL ? kutip_codebook_describe_label (self->tagset, type) : NULL;
  char key[8] = { 0 };

  show_row (self, box, get_name (list_item));
  if (type != NULL && type->key != 0)
    g_unichar_to_utf8 (type->key, key);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_prev_sibling (tick)), key);
  kutip_tooltip_set (box, tip);
  kutip_drop_down_look_bind_tick (tick, list_item, self->drop_down);
}

static void
on_listed_unbind (GtkSignalListItemFactory *factory,
                  GtkListItem *list_item,
                  gpointer data)
{
  KutipLabelChooser *self = data;

  kutip_drop_down_look_unbind_tick (
      gtk_widget_get_last_child (gtk_list_item_get_child (list_item)), self->drop_down);
}

static void
on_notify_selected (KutipLabelChooser *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->drop_down);
  const char *name = item != NULL ? gtk_string_object_get_string (item) : NULL;

  if (!self->is_showing && name != NULL && g_strcmp0 (name, self->label) != 0)
    g_signal_emit (self, signals[CHOSEN], 0, name);
}

static gboolean
kutip_label_chooser_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KUTIP_LABEL_CHOOSER (widget)->drop_down));
}

static void
kutip_label_chooser_dispose (GObject *object)
{
  KutipLabelChooser *self = KUTIP_LABEL_CHOOSER (object);

  if (self->drop_down != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->drop_down));
  self->drop_down = NULL;
  G_OBJECT_CLASS (kutip_label_chooser_parent_class)->dispose (object);
}

static void
kutip_label_chooser_finalize (GObject *object)
{
  KutipLabelChooser *self = KUTIP_LABEL_CHOOSER (object);

  g_clear_object (&self->tagset);
  g_free (self->label);
  G_OBJECT_CLASS (kutip_label_chooser_parent_class)->finalize (object);
}

static void
kutip_label_chooser_class_init (KutipLabelChooserClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_label_chooser_dispose;
  object_class->finalize = kutip_label_chooser_finalize;
  widget_class->grab_focus = kutip_label_chooser_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[CHOSEN] = g_signal_new ("chosen", KUTIP_TYPE_LABEL_CHOOSER, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kutip_label_chooser_init (KutipLabelChooser *self)
{
  g_autoptr (GtkListItemFactory) chosen = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) listed = gtk_signal_list_item_factory_new ();

  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  /* The factories belong to the drop-down, which dies with us. */
  g_signal_connect (chosen, "setup", G_CALLBACK (on_chosen_setup), NULL);
  g_signal_connect (chosen, "bind", G_CALLBACK (on_chosen_bind), self);
  g_signal_connect (listed, "setup", G_CALLBACK (on_listed_setup), NULL);
  g_signal_connect (listed, "bind", G_CALLBACK (on_listed_bind), self);
  g_signal_connect (listed, "unbind", G_CALLBACK (on_listed_unbind), self);
  gtk_drop_down_set_factory (self->drop_down, chosen);
  gtk_drop_down_set_list_factory (self->drop_down, listed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Label"), -1);
  g_signal_connect_object (self->drop_down, "notify::selected",
                           G_CALLBACK (on_notify_selected), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->drop_down), GTK_WIDGET (self));
}

GtkWidget *
kutip_label_chooser_new (void)
{
  return g_object_new (KUTIP_TYPE_LABEL_CHOOSER, NULL);
}

static void
list_labels (KutipLabelChooser *self, gboolean with_shown)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < kutip_tagset_get_n_labels (self->tagset); i++)
    g_ptr_array_add (names,
                     (gpointer) kutip_tagset_get_nth_label (self->tagset, i)->name);
  if (with_shown)
    g_ptr_array_add (names, self->label);
  g_ptr_array_add (names, NULL);
  kutip_drop_down_look_set_strings (self->drop_down, (const char *const *) names->pdata);
}

void
kutip_label_chooser_show (KutipLabelChooser *self, KutipTagset *tagset, const char *label)
{
  static const char *const none[] = { NULL };
  int index;

  g_return_if_fail (KUTIP_IS_LABEL_CHOOSER (self));
  g_return_if_fail (KUTIP_IS_TAGSET (tagset));
  g_return_if_fail (label != NULL);

  index = kutip_tagset_get_label_index (tagset, label);
  self->is_showing = TRUE;
  /* The same names can look different in another tag set: rows are bound anew. */
  if (g_set_object (&self->tagset, tagset))
    kutip_drop_down_look_set_strings (self->drop_down, none);
  if (g_strcmp0 (label, self->label) != 0)
    {
      g_free (self->label);
      self->label = g_strdup (label);
    }
  list_labels (self, index < 0);
  gtk_drop_down_set_selected (
      self->drop_down, index >= 0 ? (guint) index : kutip_tagset_get_n_labels (tagset));
  self->is_showing = FALSE;
}
