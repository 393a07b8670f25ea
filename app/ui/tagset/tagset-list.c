/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/tagset-list.h"

#include "ui/label/ink.h"
#include "ui/label/label-badge.h"
#include "ui/tagset/tagset-rows.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

struct _KutipTagsetList
{
  GtkWidget parent_instance;

  GtkListBox *rows;
  KutipTagsetDraft *draft;
  KutipTagset *built;  /* NULL while it cannot be built */
  GPtrArray *problems; /* of KutipDraftProblem; NULL before they are known */
  guint selected;
  gboolean filling;
  gboolean is_held, is_stale; /* what is to be shown later; that there is something */
};

enum
{
  PROP_SELECTED = 1,
  N_PROPS
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipTagsetList, kutip_tagset_list, GTK_TYPE_WIDGET)

/* What a row consists of. */
typedef struct
{
  guint id;
  KutipLabelBadge *badge; /* NULL for what is no label */
  GtkLabel *title;
  GtkLabel *key;
  GtkWidget *warning;
} Row;

static Row *
get_row (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "kutip-row") : NULL;
}

/* As long as the draft is no tag set, two labels may have one letter. */
static KutipLabelLook
guess_look (const KutipDraftItem *item)
{
  KutipLabelLook look = { .color = { 0.47f, 0.47f, 0.47f, 1.0f } };
  const char *title = kutip_tagset_item_title (item);
  gunichar letter = *title != '\0' ? g_utf8_get_char (title) : '?';

  gdk_rgba_parse (&look.color, item->color);
  look.color.alpha = 1;
  look.ink = kutip_ink_on (&look.color);
  look.letter[g_unichar_to_utf8 (g_unichar_toupper (letter), look.letter)] = '\0';
  return look;
}

static void
show_badge (KutipTagsetList *self, KutipLabelBadge *badge, const KutipDraftItem *item)
{
  KutipLabelLook look = self->built != NULL
                            ? *kutip_label_look_get (self->built, item->name)
                            : guess_look (item);

  kutip_label_badge_set_look (badge, &look);
}

static void
build (KutipTagsetList *self)
{
  g_clear_object (&self->built);
  self->built = kutip_tagset_draft_build (self->draft, NULL, NULL);
}

static void
show_item (KutipTagsetList *self, GtkListBoxRow *row)
{
  Row *parts = get_row (row);
  const KutipDraftItem *item =
      parts != NULL ? kutip_tagset_draft_get (self->draft, parts->id) : NULL;
  const char *title;

  if (item == NULL)
    return;
  title = kutip_tagset_item_title (item);
  if (*title == '\0')
    title = _ ("Without a name");
  gtk_label_set_label (parts->title, title);
  gtk_label_set_label (parts->key, item->key);
  gtk_widget_set_visible (GTK_WIDGET (parts->key), *item->key != '\0');
  if (parts->badge != NULL)
    show_badge (self, parts->badge, item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

static GtkListBoxRow *
new_row (KutipTagsetList *self, const KutipDraftItem *item)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  Row *parts = g_new0 (Row, 1);

  parts->id = item->id;
  if (item->kind == KUTIP_DRAFT_LABEL)
    {
      parts->badge = KUTIP_LABEL_BADGE (kutip_label_badge_new ());
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->badge));
    }
  parts->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (parts->title, 0);
  gtk_label_set_ellipsize (parts->title, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (parts->title), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->title));
  parts->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_set_visible (parts->warning, FALSE);
  gtk_widget_add_css_class (parts->warning, "warning");
  gtk_box_append (GTK_BOX (box), parts->warning);
  parts->key = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (parts->key), "label-key");
  gtk_widget_set_valign (GTK_WIDGET (parts->key), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->key));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "kutip-row", parts, g_free);
  show_item (self, GTK_LIST_BOX_ROW (row));
  return GTK_LIST_BOX_ROW (row);
}

static GtkWidget *
new_heading (KutipDraftKind kind)
{
  const char *const titles[] = { NULL, _ ("Labels"), _ ("Attributes"), _ ("Relations") };
  const char *const hints[] = { NULL, _ ("Add a label"), _ ("Add an attribute"),
                                _ ("Add a relation") };
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (titles[kind]);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (box), title);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  kutip_tooltip_set (button, hints[kind]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  hints[kind], -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", kind);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "editor.add-kind");
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_margin_top (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static GtkListBoxRow *
find_row (KutipTagsetList *self, guint id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (get_row (row) != NULL && get_row (row)->id == id)
      return row;
  return NULL;
}

static void
remove_gone (KutipTagsetList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL;)
    if (get_row (row) != NULL &&
        kutip_tagset_draft_get (self->draft, get_row (row)->id) == NULL)
      gtk_list_box_remove (self->rows, GTK_WIDGET (row));
    else
      i++;
}

static void
place_item (KutipTagsetList *self, const KutipDraftItem *item, int place)
{
  GtkListBoxRow *there = gtk_list_box_get_row_at_index (self->rows, place);
  g_autoptr (GtkListBoxRow) row = find_row (self, item->id);

  if (row == NULL)
    {
      gtk_list_box_insert (self->rows, GTK_WIDGET (new_row (self, item)), place);
      return;
    }
  g_object_ref (row);
  if (row != there)
    {
      gtk_list_box_remove (self->rows, GTK_WIDGET (row));
      gtk_list_box_insert (self->rows, GTK_WIDGET (row), place);
    }
  show_item (self, row);
}

/* The rows of what is still there stay: to make them all takes a frame. */
static void
fill (KutipTagsetList *self)
{
  int place = 0;

  self->filling = TRUE;
  remove_gone (self);
  place_item (self, kutip_tagset_draft_get_root (self->draft), place++);
  for (KutipDraftKind kind = KUTIP_DRAFT_LABEL; kind <= KUTIP_DRAFT_RELATION; kind++)
    {
      if (gtk_list_box_get_row_at_index (self->rows, place) == NULL)
        gtk_list_box_insert (self->rows, new_heading (kind), place);
      place++;
      for (guint i = 0; i < kutip_tagset_draft_get_n (self->draft, kind); i++)
        place_item (self, kutip_tagset_draft_get_nth (self->draft, kind, i), place++);
    }
  self->filling = FALSE;
  gtk_list_box_select_row (self->rows, find_row (self, self->selected));
}

static void
set_selected (KutipTagsetList *self, guint id)
{
  if (self->selected == id)
    return;
  self->selected = id;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static void
on_draft_changed (KutipTagsetDraft *draft, gboolean shape, KutipTagsetList *self)
{
  guint selected = kutip_tagset_draft_get (draft, self->selected) != NULL
                       ? self->selected
                       : kutip_tagset_draft_get_root (draft)->id;

  if (self->is_held)
    {
      self->is_stale = TRUE;
      set_selected (self, selected);
      return;
    }
  build (self);
  if (shape)
    {
      gboolean is_another = self->selected != selected;

      self->selected = selected;
      fill (self);
      if (is_another)
        g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
      return;
    }
  for (int i = 0; gtk_list_box_get_row_at_index (self->rows, i) != NULL; i++)
    show_item (self, gtk_list_box_get_row_at_index (self->rows, i));
}

static void
on_row_selected (GtkListBox *box, GtkListBoxRow *row, KutipTagsetList *self)
{
  const Row *parts = get_row (row);

  /* What is gone may still stand there for a frame. */
  if (!self->filling && parts != NULL &&
      kutip_tagset_draft_get (self->draft, parts->id) != NULL)
    set_selected (self, parts->id);
}

static void
on_row_activated (GtkListBox *box, GtkListBoxRow *row, KutipTagsetList *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
kutip_tagset_list_dispose (GObject *object)
{
  KutipTagsetList *self = KUTIP_TAGSET_LIST (object);
  GtkWidget *child;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->built);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (kutip_tagset_list_parent_class)->dispose (object);
}

static void
kutip_tagset_list_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_SELECTED)
    g_value_set_uint (value, KUTIP_TAGSET_LIST (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_tagset_list_class_init (KutipTagsetListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kutip_tagset_list_dispose;
  object_class->get_property = kutip_tagset_list_get_property;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
  props[PROP_SELECTED] = g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[ACTIVATED] =
      g_signal_new ("activated", KUTIP_TYPE_TAGSET_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
}

static void
kutip_tagset_list_init (KutipTagsetList *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Parts of the tag set"), -1);
  g_signal_connect (self->rows, "row-selected", G_CALLBACK (on_row_selected), self);
  g_signal_connect (self->rows, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->rows));
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
}

void
kutip_tagset_list_set_draft (KutipTagsetList *self, KutipTagsetDraft *draft)
{
  g_return_if_fail (KUTIP_IS_TAGSET_LIST (self));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  self->selected = kutip_tagset_draft_get_root (draft)->id;
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), self, 0);
  build (self);
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

guint
kutip_tagset_list_get_selected (KutipTagsetList *self)
{
  return self->selected;
}

void
kutip_tagset_list_focus (KutipTagsetList *self)
{
  GtkListBoxRow *row;

  kutip_tagset_list_catch_up (self);
  row = find_row (self, self->selected);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
kutip_tagset_list_select (KutipTagsetList *self, guint id)
{
  GtkListBoxRow *row;

  if (self->is_held)
    {
      self->is_stale = TRUE;
      if (kutip_tagset_draft_get (self->draft, id) != NULL)
        set_selected (self, id);
      return;
    }
  row = find_row (self, id);
  if (row != NULL)
    gtk_list_box_select_row (self->rows, row);
}

static void
mark_problems (KutipTagsetList *self)
{
  const GPtrArray *problems = self->problems;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      const Row *parts = get_row (row);
      const char *message = NULL;

      if (parts == NULL)
        continue;
      for (guint j = 0; j < problems->len && message == NULL; j++)
        {
          const KutipDraftProblem *problem = g_ptr_array_index (problems, j);

          if (problem->id == parts->id)
            message = problem->message;
        }
      gtk_widget_set_visible (parts->warning, message != NULL);
      kutip_tooltip_set (GTK_WIDGET (row), message);
    }
}

void
kutip_tagset_list_show_problems (KutipTagsetList *self, GPtrArray *problems)
{
  g_ptr_array_ref (problems);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = problems;
  if (self->is_held)
    self->is_stale = TRUE;
  else
    mark_problems (self);
}

void
kutip_tagset_list_hold (KutipTagsetList *self)
{
  self->is_held = self->draft != NULL;
}

gboolean
kutip_tagset_list_catch_up (KutipTagsetList *self)
{
  self->is_held = FALSE;
  if (!self->is_stale)
    return FALSE;
  self->is_stale = FALSE;
  build (self);
  fill (self);
  if (self->problems != NULL)
    mark_problems (self);
  return TRUE;
}

void
kutip_tagset_list_add (KutipTagsetList *self, KutipDraftKind kind)
{
  guint id;

  g_return_if_fail (KUTIP_IS_TAGSET_LIST (self));

  id = kutip_tagset_draft_add (self->draft, kind);
  kutip_tagset_list_select (self, id);
  g_signal_emit (self, signals[ACTIVATED], 0);
}
