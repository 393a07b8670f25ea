/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/tagset-rows.h"

#include <glib/gi18n.h>

/* What a row shows. */
typedef struct
{
  KutipTagsetDraft *draft;
  guint id;
  const char *field;
  gsize offset;
  guint member;
  void (*show) (gpointer object, gconstpointer value);
} Binding;

static void
free_binding (gpointer data)
{
  Binding *self = data;

  g_object_unref (self->draft);
  g_free (self);
}

static Binding *
bind (gpointer object,
      KutipTagsetDraft *draft,
      guint id,
      const char *field,
      gsize offset,
      guint member,
      void (*show) (gpointer object, gconstpointer value))
{
  Binding *self = g_new (Binding, 1);

  *self = (Binding){ g_object_ref (draft), id, field, offset, member, show };
  g_object_set_data_full (object, "kutip-binding", self, free_binding);
  return self;
}

static Binding *
get_binding (gpointer object)
{
  return g_object_get_data (object, "kutip-binding");
}

/* NULL when the item is gone meanwhile. */
static gconstpointer
peek (const Binding *self)
{
  const KutipDraftItem *item = kutip_tagset_draft_get (self->draft, self->id);

  return item != NULL ? G_STRUCT_MEMBER_P (item, self->offset) : NULL;
}

/* What is shown is no edit. */
static void
show (gpointer object)
{
  const Binding *self = get_binding (object);
  gconstpointer value = peek (self);

  if (value == NULL)
    return;
  g_signal_handlers_block_matched (object, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                   (gpointer) self);
  self->show (object, value);
  g_signal_handlers_unblock_matched (object, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                     (gpointer) self);
}

const char *
kutip_tagset_item_title (const KutipDraftItem *item)
{
  return *item->title != '\0' ? item->title : item->name;
}

static void
set_text (const Binding *binding, const char *text)
{
  const char *const *shown = peek (binding);
  KutipDraftItem *item;

  if (shown == NULL || g_str_equal (*shown, text))
    return;
  item = kutip_tagset_draft_begin (binding->draft, binding->id, binding->field);
  kutip_draft_item_set (G_STRUCT_MEMBER_P (item, binding->offset), text);
  kutip_tagset_draft_end (binding->draft);
}

static void
on_entry_changed (GtkEditable *row, gpointer data)
{
  set_text (data, gtk_editable_get_text (row));
}

static void
show_entry (gpointer row, gconstpointer value)
{
  const char *text = *(const char *const *) value;

  if (!g_str_equal (gtk_editable_get_text (row), text))
    gtk_editable_set_text (row, text);
}

GtkWidget *
kutip_tagset_row_entry (
    KutipTagsetDraft *draft, guint id, const char *field, gsize offset, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();
  Binding *binding = bind (row, draft, id, field, offset, 0, show_entry);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  show (row);
  /* For those who put the focus back after the form was made anew, and for tests. */
  gtk_widget_set_name (row, field);
  g_signal_connect (row, "changed", G_CALLBACK (on_entry_changed), binding);
  return row;
}

static char *
dup_buffer_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
on_buffer_changed (GtkTextBuffer *buffer, gpointer data)
{
  g_autofree char *text = dup_buffer_text (buffer);

  set_text (data, text);
}

static void
show_buffer (gpointer buffer, gconstpointer value)
{
  const char *text = *(const char *const *) value;
  g_autofree char *shown = dup_buffer_text (buffer);

  if (!g_str_equal (shown, text))
    gtk_text_buffer_set_text (buffer, text, -1);
}

GtkWidget *
kutip_tagset_row_text (KutipTagsetDraft *draft,
                       guint id,
                       const char *field,
                       gsize offset,
                       const char *name,
                       int height)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  Binding *binding = bind (buffer, draft, id, field, offset, 0, show_buffer);

  show (buffer);
  /* The editor's own undo goes by these steps. */
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 9);
  gtk_widget_set_name (view, field);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), height);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (scroller, "note-frame");
  g_signal_connect (buffer, "changed", G_CALLBACK (on_buffer_changed), binding);
  return scroller;
}

static void
on_switched (GtkSwitch *widget, GParamSpec *pspec, gpointer data)
{
  Binding *binding = data;
  const gboolean *shown = peek (binding);
  gboolean active = gtk_switch_get_active (widget);
  KutipDraftItem *item;

  if (shown == NULL || (*shown != FALSE) == (active != FALSE))
    return;
  item = kutip_tagset_draft_begin (binding->draft, binding->id, NULL);
  *(gboolean *) G_STRUCT_MEMBER_P (item, binding->offset) = active;
  kutip_tagset_draft_end (binding->draft);
}

static void
show_switch (gpointer widget, gconstpointer value)
{
  gtk_switch_set_active (widget, *(const gboolean *) value);
}

GtkWidget *
kutip_tagset_row_switch (KutipTagsetDraft *draft,
                         guint id,
                         gsize offset,
                         const char *title,
                         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *widget = gtk_switch_new ();
  Binding *binding = bind (widget, draft, id, NULL, offset, 0, show_switch);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  show (widget);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  g_signal_connect (widget, "notify::active", G_CALLBACK (on_switched), binding);
  return row;
}

static void
on_check_toggled (GtkCheckButton *button, gpointer data)
{
  Binding *binding = data;
  GArray *const *shown = peek (binding);
  gboolean active = gtk_check_button_get_active (button);
  KutipDraftItem *item;

  if (shown == NULL || kutip_draft_item_has (*shown, binding->member) == active)
    return;
  item = kutip_tagset_draft_begin (binding->draft, binding->id, NULL);
  kutip_draft_item_toggle (*(GArray **) G_STRUCT_MEMBER_P (item, binding->offset),
                           binding->member, active);
  kutip_tagset_draft_end (binding->draft);
}

static void
show_check (gpointer button, gconstpointer value)
{
  const Binding *binding = get_binding (button);

  gtk_check_button_set_active (
      button, kutip_draft_item_has (*(GArray *const *) value, binding->member));
}

GtkWidget *
kutip_tagset_check_button (KutipTagsetDraft *draft,
                           guint id,
                           gsize offset,
                           guint member,
                           const char *label,
                           const char *name)
{
  GtkWidget *button = gtk_check_button_new_with_label (label);
  Binding *binding = bind (button, draft, id, NULL, offset, member, show_check);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  show (button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_signal_connect (button, "toggled", G_CALLBACK (on_check_toggled), binding);
  return button;
}

GtkWidget *
kutip_tagset_row_check (
    KutipTagsetDraft *draft, guint id, gsize offset, guint member, const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = kutip_tagset_check_button (draft, id, offset, member, NULL, title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

/* What a widget shows: of a text view it is its buffer that is bound. */
static gpointer
get_bound (GtkWidget *widget)
{
  gpointer object = GTK_IS_TEXT_VIEW (widget)
                        ? (gpointer) gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget))
                        : (gpointer) widget;

  return get_binding (object) != NULL ? object : NULL;
}

void
kutip_tagset_row_show (GtkWidget *row)
{
  gpointer bound = get_bound (row);

  g_return_if_fail (bound != NULL);
  show (bound);
}

void
kutip_tagset_rows_move (GtkWidget *root, guint from, guint to)
{
  gpointer bound = get_bound (root);

  if (bound != NULL)
    {
      Binding *binding = get_binding (bound);

      if (binding->id == from)
        binding->id = to;
      show (bound);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    kutip_tagset_rows_move (child, from, to);
}
