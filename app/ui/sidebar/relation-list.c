/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/relation-list.h"

#include "ui/after-frame.h"
#include "ui/label/label-look.h"
#include "ui/scroll-to.h"
#include "ui/sidebar/form-row.h"
#include "ui/sidebar/mnemonic.h"
#include "ui/sidebar/relation-details.h"
#include "ui/sidebar/relation-row.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* Rows of one kind: a source may be credited with thousands of quotes, and nobody reads
 * so many rows. */
#define MOST_ROWS 20

struct _KutipRelationList
{
  GtkWidget parent_instance;

  GtkSizeGroup *titles;
  GtkWidget *groups; /* box of KutipFormRows */
  GPtrArray *rows;   /* KutipRelationRow, borrowed */
  GPtrArray *ids;    /* of the relation in the row of the same index, owned */
  char *signature;   /* tells whether the rows still fit */
  gboolean is_read_only;

  KutipAnnotator *annotator; /* weak */
  KutipRelationDetails *details;
  KutipAfterFrame *scrolling; /* to the form of a link that was opened, or grew */
  const char *kind;           /* of the link whose form is shown, interned; or NULL */
  char *span;                 /* the id of the span whose links are shown */
  char *open;                 /* the id of the link whose form is shown, or NULL */
  GArray *taken;              /* gunichar: mnemonics used elsewhere in the form */
};

/* Rows of one kind; see collect_groups(). */
typedef struct
{
  const char *relation; /* interned; NULL: links from other spans, of any kind */
  gboolean missing;     /* the label requires one, and there is none */
  GPtrArray *relations; /* KutipRelation, borrowed; at most MOST_ROWS */
  guint n_more;         /* links that have no row */
} Group;

G_DEFINE_FINAL_TYPE (KutipRelationList, kutip_relation_list, GTK_TYPE_WIDGET)

static void
group_clear (gpointer data)
{
  g_clear_pointer (&((Group *) data)->relations, g_ptr_array_unref);
}

static KutipTagset *
get_tagset (KutipAnnotator *annotator)
{
  return kutip_document_get_tagset (kutip_annotator_get_document (annotator));
}

static gboolean
is_read_only (KutipAnnotator *annotator)
{
  return kutip_document_is_read_only (kutip_annotator_get_document (annotator));
}

static Group *
get_group (GArray *groups, const char *relation)
{
  Group group = { g_intern_string (relation), FALSE, NULL, 0 };

  for (guint i = 0; i < groups->len; i++)
    if (g_array_index (groups, Group, i).relation == group.relation)
      return &g_array_index (groups, Group, i);

  group.relations = g_ptr_array_new ();
  g_array_append_val (groups, group);
  return &g_array_index (groups, Group, groups->len - 1);
}

static gboolean
is_outgoing (KutipRelation *relation, KutipSpan *span)
{
  return g_strcmp0 (kutip_relation_get_from (relation), kutip_span_get_id (span)) == 0;
}

/* Under which title a link is listed: NULL for one from another span, unless its kind has
 * no direction. */
static const char *
get_group_name (KutipTagset *tagset, KutipRelation *relation, KutipSpan *span)
{
  const char *label = kutip_relation_get_label (relation);
  const KutipRelationType *type = kutip_tagset_get_relation (tagset, label);

  return is_outgoing (relation, span) || (type != NULL && type->symmetric) ? label : NULL;
}

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
  KutipTagset *tagset = data;
  const char *names[] = { ((const Group *) a)->relation, ((const Group *) b)->relation };
  guint places[] = { G_MAXUINT - 1, G_MAXUINT - 1 };

  for (guint side = 0; side < 2; side++)
    {
      if (names[side] == NULL)
        places[side] = G_MAXUINT;
      for (guint i = 0; i < kutip_tagset_get_n_relations (tagset); i++)
        if (g_strcmp0 (kutip_tagset_get_nth_relation (tagset, i)->name, names[side]) == 0)
          places[side] = i;
    }
  return places[0] < places[1] ? -1 : places[0] > places[1];
}

/* The link at hand has a row in any case. */
static void
add_to_group (Group *group, KutipRelation *relation, gboolean at_hand)
{
  if (group->relations->len < MOST_ROWS)
    {
      g_ptr_array_add (group->relations, relation);
      return;
    }
  if (at_hand)
    g_ptr_array_index (group->relations, MOST_ROWS - 1) = relation;
  group->n_more++;
}

/* In the order of the tag set, links from other spans last. */
static GArray *
collect_groups (KutipAnnotator *annotator, KutipSpan *span)
{
  KutipTagset *tagset = get_tagset (annotator);
  KutipLayer *layer = kutip_document_get_layer (kutip_annotator_get_document (annotator));
  g_autoptr (GPtrArray) relations =
      kutip_layer_list_relations_of (layer, kutip_span_get_id (span));
  g_autoptr (GArray) findings = kutip_check_list_of (
      kutip_annotator_get_check (annotator), kutip_span_get_id (span));
  KutipRelation *at_hand = kutip_annotator_get_relation (annotator);
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));

  g_array_set_clear_func (groups, group_clear);
  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);
      const char *name = get_group_name (tagset, relation, span);

      add_to_group (get_group (groups, name), relation, relation == at_hand);
    }
  for (guint i = 0; i < findings->len; i++)
    if (g_array_index (findings, KutipFinding, i).kind == KUTIP_FINDING_MISSING_RELATION)
      get_group (groups, g_array_index (findings, KutipFinding, i).name)->missing = TRUE;
  g_array_sort_with_data (groups, compare_groups, tagset);
  return groups;
}

/* Whatever the widgets are built from: when it is the same, only their words can be
 * others. */
static char *
make_signature (KutipAnnotator *annotator, KutipSpan *span, GArray *groups)
{
  GString *signature = g_string_new (NULL);

  g_string_printf (signature, "%d %p %p %s %s", is_read_only (annotator),
                   (gpointer) annotator, (gpointer) get_tagset (annotator),
                   kutip_span_get_id (span), kutip_span_get_label (span));
  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = &g_array_index (groups, Group, i);

      g_string_append_printf (
          signature, "\n%s %d %u:", group->relation != NULL ? group->relation : "",
          group->missing, group->n_more);
      for (guint j = 0; j < group->relations->len; j++)
        g_string_append_printf (
            signature, " %s",
            kutip_relation_get_id (g_ptr_array_index (group->relations, j)));
    }
  return g_string_free (signature, FALSE);
}

static GtkWidget *
create_link_button (const char *relation, const char *title, const char *icon)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "annotation.link");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", relation);
  return button;
}

static GtkWidget *
create_missing_button (KutipTagset *tagset, const char *relation)
{
  const KutipRelationType *type = kutip_tagset_get_relation (tagset, relation);
  gboolean one_target =
      type != NULL && type->to != NULL && type->to[0] != NULL && type->to[1] == NULL;
  g_autofree char *title = NULL;
  GtkWidget *button;

  if (one_target)
    /* Translators: %s is the label that something is to be linked to: Link to Source… */
    title = g_strdup_printf (_ ("Link to %s…"),
                             kutip_label_look_get (tagset, type->to[0])->title);
  else
    title = g_strdup (_ ("Link…"));
  button = create_link_button (relation, title, "dialog-warning-symbolic");
  gtk_widget_add_css_class (button, "missing-link");
  kutip_tooltip_set (button, _ ("This link is still missing"));
  return button;
}

static GtkWidget *
create_more_label (guint n_more)
{
  g_autofree char *words = g_strdup_printf (
      /* Translators: %u is a number of links that are not listed. */
      ngettext ("and %u more: Shift+F goes through them",
                "and %u more: Shift+F goes through them", n_more),
      n_more);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void show_details (KutipRelationList *self);

static void
on_details (KutipRelationList *self, gboolean open, KutipRelationRow *row)
{
  guint position;

  if (!g_ptr_array_find (self->rows, row, &position))
    return;
  g_free (self->open);
  self->open = open ? g_strdup (g_ptr_array_index (self->ids, position)) : NULL;
  show_details (self);
}

static void
scroll_to_details (gpointer data)
{
  kutip_scroll_to (GTK_WIDGET (KUTIP_RELATION_LIST (data)->details));
}

static void
add_group (KutipRelationList *self, KutipTagset *tagset, Group *group, GArray *taken)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const KutipRelationType *type =
      group->relation != NULL ? kutip_tagset_get_relation (tagset, group->relation)
                              : NULL;
  const char *description = type != NULL ? type->description : NULL;
  const char *title;
  GtkWidget *target = NULL;
  GtkWidget *form_row;

  if (group->relation != NULL)
    title = kutip_label_look_get_relation_title (tagset, group->relation);
  else
    /* Translators: title of the list of annotations from which links lead to this one. */
    title = _ ("Linked from");

  for (guint i = 0; i < group->relations->len; i++)
    {
      GtkWidget *row = kutip_relation_row_new ();

      g_signal_connect_object (row, "details", G_CALLBACK (on_details), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (content), row);
      g_ptr_array_add (self->rows, row);
      g_ptr_array_add (self->ids, g_strdup (kutip_relation_get_id (
                                      g_ptr_array_index (group->relations, i))));
      if (target == NULL)
        target = kutip_relation_row_get_target (KUTIP_RELATION_ROW (row));
    }
  if (group->n_more > 0)
    gtk_box_append (GTK_BOX (content), create_more_label (group->n_more));
  if (group->missing)
    {
      /* A button's own sensitivity is its action's. */
      GtkWidget *target_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      target = create_missing_button (tagset, group->relation);
      gtk_widget_set_sensitive (target_box, !self->is_read_only);
      gtk_box_append (GTK_BOX (target_box), target);
      gtk_box_append (GTK_BOX (content), target_box);
    }

  form_row = kutip_form_row_new (self->titles, title,
                                 kutip_label_look_describe (tagset, description), content,
                                 target);
  kutip_form_row_set_mnemonic (KUTIP_FORM_ROW (form_row),
                               kutip_mnemonic_choose (title, taken));
  gtk_box_append (GTK_BOX (self->groups), form_row);
}

static gboolean
can_start (const KutipRelationType *type, const char *label)
{
  return type->from == NULL || type->from[0] == NULL ||
         g_strv_contains (type->from, label);
}

static void
add_to_menu (GMenu *menu, KutipTagset *tagset, const KutipRelationType *type)
{
  g_autoptr (GMenuItem) item =
      g_menu_item_new (kutip_label_look_get_relation_title (tagset, type->name), NULL);

  g_menu_item_set_action_and_target (item, "annotation.link", "s", type->name);
  g_menu_append_item (menu, item);
}

/* Made when it is opened: a menu costs a millisecond, and most are never opened. */
static void
create_popup (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GtkWidget) popup =
      g_object_ref_sink (gtk_popover_menu_new_from_model (G_MENU_MODEL (data)));

  gtk_menu_button_set_popover (button, popup);
}

static GtkWidget *
create_menu_button (GMenu *menu)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("_Add Link"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_popup,
                                         g_object_ref (menu), g_object_unref);
  return button;
}

/* The ways to link a span of that label to another: a button when there is one, a menu
 * when there are several. */
static void
add_adder (KutipRelationList *self, KutipTagset *tagset, const char *label)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *title = NULL;
  const char *only = NULL;
  GtkWidget *button;
  GtkWidget *row;

  for (guint i = 0; i < kutip_tagset_get_n_relations (tagset); i++)
    {
      const KutipRelationType *type = kutip_tagset_get_nth_relation (tagset, i);

      if (!can_start (type, label))
        continue;
      only = type->name;
      add_to_menu (menu, tagset, type);
    }
  if (only == NULL)
    return;

  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 1)
    {
      /* Translators: %s is a kind of link, for example Same as. */
      title = g_strdup_printf (_ ("Add Link: %s"),
                               kutip_label_look_get_relation_title (tagset, only));
      button = create_link_button (only, title, "list-add-symbolic");
    }
  else
    button = create_menu_button (menu);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "add-link");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  row = kutip_form_row_new (self->titles, NULL, NULL, button, button);
  gtk_widget_set_sensitive (row, !self->is_read_only);
  gtk_box_append (GTK_BOX (self->groups), row);
}

static void
clear (KutipRelationList *self)
{
  GtkWidget *child;

  if (gtk_widget_get_parent (GTK_WIDGET (self->details)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), GTK_WIDGET (self->details));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->ids, 0);
  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
}

/* The focus was in a row that is gone: to the one that has taken its place, or the last.
 */
static void
restore_focus (KutipRelationList *self, guint position)
{
  if (self->rows->len > 0)
    gtk_widget_grab_focus (kutip_relation_row_get_target (
        g_ptr_array_index (self->rows, MIN (position, self->rows->len - 1))));
  else
    gtk_widget_child_focus (self->groups, GTK_DIR_TAB_FORWARD);
}

static gboolean
find_focus (KutipRelationList *self, guint *position)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  *position = 0;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_is_ancestor (focus, g_ptr_array_index (self->rows, i)))
      *position = i;
  return TRUE;
}

static void
build (KutipRelationList *self,
       KutipTagset *tagset,
       const char *label,
       GArray *groups,
       GArray *taken)
{
  g_autoptr (GArray) mnemonics = g_array_copy (taken);
  guint position;
  gboolean had_focus = find_focus (self, &position);

  clear (self);
  for (guint i = 0; i < groups->len; i++)
    add_group (self, tagset, &g_array_index (groups, Group, i), mnemonics);
  add_adder (self, tagset, label);
  if (had_focus)
    restore_focus (self, position);
}

static void
kutip_relation_list_dispose (GObject *object)
{
  KutipRelationList *self = KUTIP_RELATION_LIST (object);

  g_clear_pointer (&self->scrolling, kutip_after_frame_free);
  g_clear_pointer (&self->groups, gtk_widget_unparent);
  g_clear_object (&self->details);
  g_clear_weak_pointer (&self->annotator);
  g_clear_object (&self->titles);
  G_OBJECT_CLASS (kutip_relation_list_parent_class)->dispose (object);
}

static void
kutip_relation_list_finalize (GObject *object)
{
  KutipRelationList *self = KUTIP_RELATION_LIST (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_array_unref (self->taken);
  g_free (self->open);
  g_free (self->span);
  g_free (self->signature);
  G_OBJECT_CLASS (kutip_relation_list_parent_class)->finalize (object);
}

static void
kutip_relation_list_class_init (KutipRelationListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = kutip_relation_list_dispose;
  object_class->finalize = kutip_relation_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class),
                                            GTK_TYPE_BIN_LAYOUT);
}

static void
kutip_relation_list_init (KutipRelationList *self)
{
  self->rows = g_ptr_array_new ();
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->taken = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->details =
      KUTIP_RELATION_DETAILS (g_object_ref_sink (kutip_relation_details_new ()));
  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->groups, GTK_WIDGET (self));
  self->scrolling = kutip_after_frame_new (GTK_WIDGET (self), scroll_to_details, self);
}

GtkWidget *
kutip_relation_list_new (GtkSizeGroup *titles)
{
  KutipRelationList *self = g_object_new (KUTIP_TYPE_RELATION_LIST, NULL);

  self->titles = g_object_ref (titles);
  return GTK_WIDGET (self);
}

static KutipRelation *
get_relation (KutipRelationList *self, const char *id)
{
  return kutip_layer_get_relation (
      kutip_document_get_layer (kutip_annotator_get_document (self->annotator)), id);
}

/* The form below the group that the row is in. */
static void
place_details (KutipRelationList *self, GtkWidget *row)
{
  GtkWidget *group = row;
  GtkWidget *details = GTK_WIDGET (self->details);

  while (gtk_widget_get_parent (group) != self->groups)
    group = gtk_widget_get_parent (group);
  if (gtk_widget_get_parent (details) == NULL)
    gtk_box_insert_child_after (GTK_BOX (self->groups), details, group);
  else if (gtk_widget_get_prev_sibling (details) != group)
    gtk_box_reorder_child_after (GTK_BOX (self->groups), details, group);
}

static void
hide_details (KutipRelationList *self)
{
  self->kind = NULL;
  kutip_relation_details_show (self->details, self->annotator, NULL, self->taken);
  if (gtk_widget_get_parent (GTK_WIDGET (self->details)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), GTK_WIDGET (self->details));
}

static void
show_details (KutipRelationList *self)
{
  KutipRelation *at_hand = kutip_annotator_get_relation (self->annotator);
  KutipRelation *wanted = self->open != NULL ? get_relation (self, self->open) : NULL;
  GtkWidget *open = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *id = g_ptr_array_index (self->ids, i);
      KutipRelationRow *row = g_ptr_array_index (self->rows, i);

      kutip_relation_row_set_open (row, g_strcmp0 (id, self->open) == 0);
      kutip_relation_row_set_at_hand (
          row, self->rows->len > 1 && at_hand != NULL &&
                   g_strcmp0 (id, kutip_relation_get_id (at_hand)) == 0);
      if (wanted != NULL && g_strcmp0 (id, self->open) == 0)
        open = GTK_WIDGET (row);
    }
  if (open == NULL)
    {
      hide_details (self);
      return;
    }
  kutip_relation_details_show (self->details, self->annotator, wanted, self->taken);
  place_details (self, open);
  if (self->kind != kutip_relation_get_label (wanted))
    kutip_after_frame_queue (self->scrolling);
  self->kind = kutip_relation_get_label (wanted);
  /* The buttons of the form are about the link at hand. */
  kutip_annotator_set_relation (self->annotator, wanted);
}

static void show_again (KutipRelationList *self);

static void
on_notify_relation (KutipRelationList *self)
{
  KutipRelation *relation = kutip_annotator_get_relation (self->annotator);
  guint position;

  /* The rows may be of the span that was current until now: they follow in a moment. */
  if (relation == NULL)
    return;
  if (!g_ptr_array_find_with_equal_func (self->ids, kutip_relation_get_id (relation),
                                         g_str_equal, &position))
    {
      show_again (self);
      return;
    }
  if (self->open != NULL && !g_str_equal (self->open, kutip_relation_get_id (relation)))
    {
      g_free (self->open);
      self->open = g_strdup (kutip_relation_get_id (relation));
    }
  show_details (self);
}

static void
watch (KutipRelationList *self, KutipAnnotator *annotator)
{
  if (self->annotator == annotator)
    return;
  if (self->annotator != NULL)
    g_signal_handlers_disconnect_by_func (self->annotator, on_notify_relation, self);
  g_set_weak_pointer (&self->annotator, annotator);
  g_signal_connect_object (annotator, "notify::relation", G_CALLBACK (on_notify_relation),
                           self, G_CONNECT_SWAPPED);
}

void
kutip_relation_list_show (KutipRelationList *self,
                          KutipAnnotator *annotator,
                          KutipSpan *span,
                          GArray *taken)
{
  g_autoptr (GArray) groups = NULL;
  g_autofree char *signature = NULL;
  KutipLayer *layer;

  g_return_if_fail (KUTIP_IS_RELATION_LIST (self));

  watch (self, annotator);
  g_array_set_size (self->taken, 0);
  g_array_append_vals (self->taken, taken->data, taken->len);
  g_free (self->span);
  self->span = g_strdup (kutip_span_get_id (span));
  groups = collect_groups (annotator, span);
  signature = make_signature (annotator, span, groups);
  if (g_strcmp0 (signature, self->signature) != 0)
    {
      g_free (self->signature);
      self->signature = g_steal_pointer (&signature);
      self->is_read_only = is_read_only (annotator);
      build (self, get_tagset (annotator), kutip_span_get_label (span), groups, taken);
    }
  layer = kutip_document_get_layer (kutip_annotator_get_document (annotator));
  for (guint i = 0; i < self->ids->len; i++)
    kutip_relation_row_show (
        g_ptr_array_index (self->rows, i), annotator,
        kutip_layer_get_relation (layer, g_ptr_array_index (self->ids, i)), span);
  show_details (self);
}

/* The link at hand may be one that has had no row. */
static void
show_again (KutipRelationList *self)
{
  KutipSpan *current = kutip_annotator_get_current (self->annotator);
  g_autoptr (GArray) taken = NULL;

  if (current == NULL || g_strcmp0 (kutip_span_get_id (current), self->span) != 0)
    return;
  taken = g_array_copy (self->taken);
  kutip_relation_list_show (self, self->annotator, current, taken);
}

gboolean
kutip_relation_list_open (KutipRelationList *self)
{
  KutipRelation *relation;

  g_return_val_if_fail (KUTIP_IS_RELATION_LIST (self), FALSE);

  relation =
      self->annotator != NULL ? kutip_annotator_get_relation (self->annotator) : NULL;
  if (relation == NULL)
    return FALSE;
  g_free (self->open);
  self->open = g_strdup (kutip_relation_get_id (relation));
  show_details (self);
  kutip_relation_details_focus (self->details);
  return TRUE;
}

void
kutip_relation_list_commit (KutipRelationList *self)
{
  g_return_if_fail (KUTIP_IS_RELATION_LIST (self));

  kutip_relation_details_commit (self->details);
}
