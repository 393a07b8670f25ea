/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/foreign.h"

#include "model/tail.h"

struct _KutipForeign
{
  gatomicrefcount ref_count;
  guint n;
  KutipForeignMember members[]; /* and behind them their strings */
};

KutipForeign *
kutip_foreign_ref (KutipForeign *self)
{
  if (self != NULL)
    g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kutip_foreign_unref (KutipForeign *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

KutipForeign *
kutip_foreign_new (const KutipForeignMember *members, guint n)
{
  KutipForeign *self;
  gsize size = sizeof *self + n * sizeof *members;
  char *tail;

  if (n == 0)
    return NULL;
  for (guint i = 0; i < n; i++)
    size += kutip_tail_measure (members[i].after) + kutip_tail_measure (members[i].name) +
            kutip_tail_measure (members[i].json);

  self = g_malloc (size);
  g_atomic_ref_count_init (&self->ref_count);
  self->n = n;
  tail = (char *) (self->members + n);
  for (guint i = 0; i < n; i++)
    {
      self->members[i].after = kutip_tail_append (&tail, members[i].after);
      self->members[i].name = kutip_tail_append (&tail, members[i].name);
      self->members[i].json = kutip_tail_append (&tail, members[i].json);
    }
  return self;
}

guint
kutip_foreign_get_n (KutipForeign *self)
{
  return self != NULL ? self->n : 0;
}

KutipForeignMember
kutip_foreign_get_nth (KutipForeign *self, guint i)
{
  g_assert (self != NULL && i < self->n);
  return self->members[i];
}

gboolean
kutip_foreign_equal (KutipForeign *a, KutipForeign *b)
{
  if (a == b)
    return TRUE;
  if (kutip_foreign_get_n (a) != kutip_foreign_get_n (b))
    return FALSE;
  for (guint i = 0; i < kutip_foreign_get_n (a); i++)
    if (g_strcmp0 (a->members[i].after, b->members[i].after) != 0 ||
        g_strcmp0 (a->members[i].name, b->members[i].name) != 0 ||
        g_strcmp0 (a->members[i].json, b->members[i].json) != 0)
      return FALSE;
  return TRUE;
}
