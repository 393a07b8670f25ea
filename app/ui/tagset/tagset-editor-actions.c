/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/tagset-editor-private.h"

#include "format/tagset/tagset-json.h"
#include "ui/tagset/tagset-rows.h"
#include "ui/toast.h"

#include <glib/gi18n.h>

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->list));
  kutip_tagset_list_focus (self->list);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;

  kutip_tagset_editor_hold_form (self, TRUE);
  kutip_tagset_draft_undo (self->draft);
  kutip_tagset_editor_hold_form (self, FALSE);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;

  kutip_tagset_editor_hold_form (self, TRUE);
  kutip_tagset_draft_redo (self->draft);
  kutip_tagset_editor_hold_form (self, FALSE);
}

/* What is chosen when the item is gone: the next of its kind, or the one before. */
static guint
find_neighbour (KutipTagsetEditor *self, const KutipDraftItem *item)
{
  guint before = 0;

  for (guint i = 0; i < kutip_tagset_draft_get_n (self->draft, item->kind); i++)
    {
      const KutipDraftItem *other =
          kutip_tagset_draft_get_nth (self->draft, item->kind, i);
      const KutipDraftItem *next =
          kutip_tagset_draft_get_nth (self->draft, item->kind, i + 1);

      if (other == item)
        return next != NULL ? next->id : before;
      before = other->id;
    }
  return 0;
}

static void
on_remove (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;
  const KutipDraftItem *item = kutip_tagset_editor_get_item (self);
  /* Translators: %s is the title of a label, attribute or relation. */
  g_autofree char *text =
      g_strdup_printf (_ ("“%s” was removed."), kutip_tagset_item_title (item));
  AdwToast *toast = kutip_toast_new (self->toasts, text, _ ("_Undo"));
  guint neighbour = find_neighbour (self, item);

  kutip_tagset_editor_hold_form (self, TRUE);
  kutip_tagset_draft_remove (self->draft, item->id);
  if (neighbour != 0)
    kutip_tagset_list_select (self->list, neighbour);
  kutip_tagset_editor_hold_form (self, FALSE);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_set_action_name (toast, "editor.undo");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_merge (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;
  guint into = g_variant_get_uint32 (parameter);

  kutip_tagset_editor_hold_form (self, TRUE);
  kutip_tagset_draft_merge (self->draft, kutip_tagset_editor_get_item (self)->id, into);
  kutip_tagset_list_select (self->list, into);
  kutip_tagset_editor_hold_form (self, FALSE);
}

static void
on_move_up (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;

  kutip_tagset_draft_move (self->draft, kutip_tagset_editor_get_item (self)->id, FALSE);
}

static void
on_move_down (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;

  kutip_tagset_draft_move (self->draft, kutip_tagset_editor_get_item (self)->id, TRUE);
}

/* The form comes once, for what is added. */
static void
add (KutipTagsetEditor *self, KutipDraftKind kind)
{
  kutip_tagset_editor_hold_form (self, TRUE);
  kutip_tagset_list_add (self->list, kind);
  kutip_tagset_editor_hold_form (self, FALSE);
}

static void
on_add (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;
  const KutipDraftItem *item;

  kutip_tagset_editor_fill_at_once (self);
  item = kutip_tagset_editor_get_item (self);
  add (self,
       item != NULL && item->kind != KUTIP_DRAFT_TAGSET ? item->kind : KUTIP_DRAFT_LABEL);
}

static void
on_add_kind (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_tagset_editor_fill_at_once (data);
  add (data, g_variant_get_uint32 (parameter));
}

static void
on_start_from (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_load_builtin (g_variant_get_string (parameter, NULL));
  const KutipDraftItem *root = kutip_tagset_draft_get_root (self->draft);
  g_autofree char *guidelines = g_strdup (root->guidelines);

  kutip_tagset_editor_fill_at_once (self);
  kutip_tagset_draft_replace (self->draft, tagset, guidelines);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipTagsetEditor *self = data;

  kutip_tagset_editor_fill_at_once (self);
  if (kutip_tagset_editor_is_editing (self))
    kutip_tagset_editor_save (self);
  else
    kutip_tagset_editor_migrate (self);
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_tagset_editor_stop (data);
}

static void
on_take_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_tagset_editor_take_back (data);
}

static const GActionEntry entries[] = {
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_redo },
  { .name = "remove", .activate = on_remove },
  { .name = "merge", .activate = on_merge, .parameter_type = "u" },
  { .name = "move-up", .activate = on_move_up },
  { .name = "move-down", .activate = on_move_down },
  { .name = "add", .activate = on_add },
  { .name = "add-kind", .activate = on_add_kind, .parameter_type = "u" },
  { .name = "start-from", .activate = on_start_from, .parameter_type = "s" },
  { .name = "save", .activate = on_save },
  { .name = "cancel", .activate = on_cancel },
  { .name = "take-back", .activate = on_take_back },
  { .name = "back", .activate = on_back },
};

void
kutip_tagset_editor_add_actions (KutipTagsetEditor *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "editor",
                                  G_ACTION_GROUP (self->actions));
}
