/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/edit.h"

struct _KutipChange
{
  gatomicrefcount ref_count;
  char *title;
  GArray *edits;
  gboolean has[KUTIP_N_EDIT_KINDS];
  gboolean alters[KUTIP_N_EDIT_KINDS];
};

G_DEFINE_BOXED_TYPE (KutipChange, kutip_change, kutip_change_ref, kutip_change_unref)

static gpointer
ref_thing (KutipEditKind kind, gpointer thing)
{
  if (thing == NULL)
    return NULL;
  switch (kind)
    {
    case KUTIP_EDIT_SPAN:
      return kutip_span_ref (thing);
    case KUTIP_EDIT_RELATION:
      return kutip_relation_ref (thing);
    case KUTIP_EDIT_HEADER:
      return kutip_header_ref (thing);
    default:
      g_assert_not_reached ();
    }
}

static void
unref_thing (KutipEditKind kind, gpointer thing)
{
  if (thing == NULL)
    return;
  switch (kind)
    {
    case KUTIP_EDIT_SPAN:
      kutip_span_unref (thing);
      break;
    case KUTIP_EDIT_RELATION:
      kutip_relation_unref (thing);
      break;
    case KUTIP_EDIT_HEADER:
      kutip_header_unref (thing);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
clear_edit (gpointer data)
{
  KutipEdit *edit = data;

  unref_thing (edit->kind, edit->before);
  unref_thing (edit->kind, edit->after);
}

static void
append_edit (KutipChange *self, KutipEditKind kind, gpointer before, gpointer after)
{
  KutipEdit edit = { kind, ref_thing (kind, before), ref_thing (kind, after) };

  g_array_append_val (self->edits, edit);
  self->has[kind] = TRUE;
  self->alters[kind] = self->alters[kind] || (before != NULL && after != NULL);
}

KutipChange *
kutip_change_new (const char *title)
{
  KutipChange *self = g_new0 (KutipChange, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->title = g_strdup (title);
  self->edits = g_array_new (FALSE, FALSE, sizeof (KutipEdit));
  g_array_set_clear_func (self->edits, clear_edit);
  return self;
}

KutipChange *
kutip_change_ref (KutipChange *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kutip_change_unref (KutipChange *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->edits);
  g_free (self->title);
  g_free (self);
}

void
kutip_change_add_span (KutipChange *self, KutipSpan *before, KutipSpan *after)
{
  g_return_if_fail (before != NULL || after != NULL);
  append_edit (self, KUTIP_EDIT_SPAN, before, after);
}

void
kutip_change_add_relation (KutipChange *self, KutipRelation *before, KutipRelation *after)
{
  g_return_if_fail (before != NULL || after != NULL);
  append_edit (self, KUTIP_EDIT_RELATION, before, after);
}

void
kutip_change_add_header (KutipChange *self, KutipHeader *before, KutipHeader *after)
{
  g_return_if_fail (before != NULL && after != NULL);
  append_edit (self, KUTIP_EDIT_HEADER, before, after);
}

const char *
kutip_change_get_title (KutipChange *self)
{
  return self->title;
}

guint
kutip_change_get_n_edits (KutipChange *self)
{
  return self->edits->len;
}

const KutipEdit *
kutip_change_get_nth_edit (KutipChange *self, guint i)
{
  g_return_val_if_fail (i < self->edits->len, NULL);
  return &g_array_index (self->edits, KutipEdit, i);
}

gboolean
kutip_change_has (KutipChange *self, KutipEditKind kind)
{
  g_return_val_if_fail (kind < KUTIP_N_EDIT_KINDS, FALSE);
  return self->has[kind];
}

gboolean
kutip_change_alters (KutipChange *self, KutipEditKind kind)
{
  g_return_val_if_fail (kind < KUTIP_N_EDIT_KINDS, FALSE);
  return self->alters[kind];
}

KutipChange *
kutip_change_invert (KutipChange *self)
{
  KutipChange *inverse = kutip_change_new (self->title);

  for (guint i = self->edits->len; i > 0; i--)
    {
      const KutipEdit *edit = &g_array_index (self->edits, KutipEdit, i - 1);

      append_edit (inverse, edit->kind, edit->after, edit->before);
    }
  return inverse;
}
