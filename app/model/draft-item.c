/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/draft-item.h"

static void
free_value (gpointer data)
{
  KutipDraftValue *value = data;

  g_free (value->text);
  g_free (value->origin);
  g_free (value);
}

static GArray *
new_ids (void)
{
  return g_array_new (FALSE, FALSE, sizeof (guint));
}

KutipDraftItem *
kutip_draft_item_new (KutipDraftKind kind, guint id)
{
  KutipDraftItem *self = g_new0 (KutipDraftItem, 1);

  self->kind = kind;
  self->id = id;
  self->name = g_strdup ("");
  self->title = g_strdup ("");
  self->description = g_strdup ("");
  self->guidelines = g_strdup ("");
  self->version = g_strdup ("");
  self->color = g_strdup ("");
  self->key = g_strdup ("");
  self->default_value = g_strdup ("");
  self->attributes = new_ids ();
  self->requires = new_ids ();
  self->from = new_ids ();
  self->to = new_ids ();
  self->values = g_ptr_array_new_with_free_func (free_value);
  return self;
}

KutipDraftItem *
kutip_draft_item_copy (const KutipDraftItem *self)
{
  KutipDraftItem *copy = g_memdup2 (self, sizeof *self);

  copy->origin = g_strdup (self->origin);
  copy->name = g_strdup (self->name);
  copy->title = g_strdup (self->title);
  copy->description = g_strdup (self->description);
  copy->guidelines = g_strdup (self->guidelines);
  copy->version = g_strdup (self->version);
  copy->color = g_strdup (self->color);
  copy->key = g_strdup (self->key);
  copy->default_value = g_strdup (self->default_value);
  copy->attributes = g_array_copy (self->attributes);
  copy->requires = g_array_copy (self->requires);
  copy->from = g_array_copy (self->from);
  copy->to = g_array_copy (self->to);
  copy->values = g_ptr_array_new_with_free_func (free_value);
  for (guint i = 0; i < self->values->len; i++)
    {
      const KutipDraftValue *value = g_ptr_array_index (self->values, i);

      kutip_draft_item_add_value (copy, value->text, value->origin);
    }
  copy->foreign = kutip_foreign_ref (self->foreign);
  return copy;
}

void
kutip_draft_item_free (KutipDraftItem *self)
{
  g_free (self->origin);
  g_free (self->name);
  g_free (self->title);
  g_free (self->description);
  g_free (self->guidelines);
  g_free (self->version);
  g_free (self->color);
  g_free (self->key);
  g_free (self->default_value);
  g_array_unref (self->attributes);
  g_array_unref (self->requires);
  g_array_unref (self->from);
  g_array_unref (self->to);
  g_ptr_array_unref (self->values);
  kutip_foreign_unref (self->foreign);
  g_free (self);
}

void
kutip_draft_item_set (char **member, const char *text)
{
  g_autofree char *old = *member;

  *member = g_strdup (text != NULL ? text : "");
}

static gboolean
find (const GArray *ids, guint id, guint *at)
{
  for (*at = 0; *at < ids->len; ++*at)
    if (g_array_index (ids, guint, *at) == id)
      return TRUE;
  return FALSE;
}

gboolean
kutip_draft_item_has (const GArray *ids, guint id)
{
  guint at;

  return find (ids, id, &at);
}

void
kutip_draft_item_toggle (GArray *ids, guint id, gboolean on)
{
  guint at;
  gboolean there = find (ids, id, &at);

  if (on && !there)
    g_array_append_val (ids, id);
  else if (!on && there)
    g_array_remove_index (ids, at);
}

void
kutip_draft_item_add_value (KutipDraftItem *self, const char *text, const char *origin)
{
  KutipDraftValue *value = g_new (KutipDraftValue, 1);

  value->text = g_strdup (text);
  value->origin = g_strdup (origin);
  g_ptr_array_add (self->values, value);
}

void
kutip_draft_item_rename_value (KutipDraftItem *self, guint i, const char *text)
{
  KutipDraftValue *value = g_ptr_array_index (self->values, i);

  /* No default is not one that is written yet. */
  if (*value->text != '\0' && g_str_equal (self->default_value, value->text))
    kutip_draft_item_set (&self->default_value, text);
  kutip_draft_item_set (&value->text, text);
}

void
kutip_draft_item_remove_value (KutipDraftItem *self, guint i)
{
  KutipDraftValue *value = g_ptr_array_index (self->values, i);

  if (g_str_equal (self->default_value, value->text))
    kutip_draft_item_set (&self->default_value, "");
  g_ptr_array_remove_index (self->values, i);
}

gboolean
kutip_draft_item_has_value (const KutipDraftItem *self, const char *text)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const KutipDraftValue *value = g_ptr_array_index (self->values, i);

      if (g_str_equal (value->text, text))
        return TRUE;
    }
  return FALSE;
}
