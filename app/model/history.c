/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/history.h"

struct _KutipHistory
{
  GObject parent_instance;
  GPtrArray *changes;
  guint position; /* how many of them are done */
};

G_DEFINE_FINAL_TYPE (KutipHistory, kutip_history, G_TYPE_OBJECT)

static void
kutip_history_finalize (GObject *object)
{
  KutipHistory *self = KUTIP_HISTORY (object);

  g_ptr_array_unref (self->changes);
  G_OBJECT_CLASS (kutip_history_parent_class)->finalize (object);
}

static void
kutip_history_class_init (KutipHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kutip_history_finalize;
}

static void
kutip_history_init (KutipHistory *self)
{
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_change_unref);
}

KutipHistory *
kutip_history_new (void)
{
  return g_object_new (KUTIP_TYPE_HISTORY, NULL);
}

void
kutip_history_push (KutipHistory *self, KutipChange *change)
{
  g_ptr_array_set_size (self->changes, (int) self->position);
  g_ptr_array_add (self->changes, kutip_change_ref (change));
  self->position++;
}

KutipChange *
kutip_history_peek_undo (KutipHistory *self)
{
  return self->position > 0 ? g_ptr_array_index (self->changes, self->position - 1)
                            : NULL;
}

KutipChange *
kutip_history_peek_redo (KutipHistory *self)
{
  return self->position < self->changes->len
             ? g_ptr_array_index (self->changes, self->position)
             : NULL;
}

void
kutip_history_step_back (KutipHistory *self)
{
  g_return_if_fail (self->position > 0);
  self->position--;
}

void
kutip_history_step_forward (KutipHistory *self)
{
  g_return_if_fail (self->position < self->changes->len);
  self->position++;
}

guint
kutip_history_get_n_changes (KutipHistory *self)
{
  return self->changes->len;
}

guint
kutip_history_get_position (KutipHistory *self)
{
  return self->position;
}

KutipChange *
kutip_history_get_nth (KutipHistory *self, guint i)
{
  g_return_val_if_fail (i < self->changes->len, NULL);
  return g_ptr_array_index (self->changes, i);
}

GPtrArray *
kutip_history_list_undone (KutipHistory *self)
{
  GPtrArray *undone = NULL;

  for (guint i = self->position; i < self->changes->len; i++)
    {
      if (undone == NULL)
        undone = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_change_unref);
      g_ptr_array_add (undone, kutip_change_ref (g_ptr_array_index (self->changes, i)));
    }
  return undone;
}
