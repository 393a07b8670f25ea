/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/split-join.h"

#include "format/fields.h"
#include "format/sorter.h"

#include <string.h>

struct _KutipSplitJoin
{
  KutipSorter *keys, *digests; /* each with the number of its article */
  GString *record;
  guint n_articles;
};

KutipSplitJoin *
kutip_split_join_new (KutipSpillFunc open)
{
  KutipSplitJoin *self = g_new0 (KutipSplitJoin, 1);

  self->keys = kutip_sorter_new (open, KUTIP_SORTER_MOST);
  self->digests = kutip_sorter_new (open, KUTIP_SORTER_MOST);
  self->record = g_string_new (NULL);
  return self;
}

void
kutip_split_join_free (KutipSplitJoin *self)
{
  if (self == NULL)
    return;
  kutip_sorter_free (self->keys);
  kutip_sorter_free (self->digests);
  g_string_free (self->record, TRUE);
  g_free (self);
}

static gboolean
add (KutipSplitJoin *self, KutipSorter *sorter, const char *name, GError **error)
{
  if (name == NULL)
    return TRUE;
  g_string_truncate (self->record, 0);
  kutip_fields_put_string (self->record, name);
  kutip_fields_put_number (self->record, self->n_articles);
  return kutip_sorter_add (sorter, self->record->str, self->record->len, error);
}

gboolean
kutip_split_join_add (KutipSplitJoin *self,
                      const char *const *keys,
                      const char *digest,
                      GError **error)
{
  gboolean good = add (self, self->digests, digest, error);

  for (guint i = 0; good && keys != NULL && keys[i] != NULL; i++)
    good = add (self, self->keys, keys[i], error);
  self->n_articles++;
  return good;
}

/* The first article of the group that @article belongs to so far. */
static guint
find_root (guint *parents, guint article)
{
  while (parents[article] != article)
    {
      parents[article] = parents[parents[article]];
      article = parents[article];
    }
  return article;
}

static void
join (guint *parents, guint a, guint b)
{
  a = find_root (parents, a);
  b = find_root (parents, b);
  parents[MAX (a, b)] = MIN (a, b);
}

static gboolean
join_equal (KutipSplitJoin *self, KutipSorter *sorter, guint *parents, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *bytes;
  gboolean is_first = TRUE;
  guint last = 0;
  gsize n;

  if (!kutip_sorter_begin (sorter, error))
    return FALSE;
  g_string_truncate (self->record, 0);
  while ((bytes = kutip_sorter_next (sorter, &n, &local)) != NULL)
    {
      KutipFields fields = { bytes, bytes + n };
      const char *name = kutip_fields_take_string (&fields);
      guint article = (guint) kutip_fields_take_number (&fields);

      if (!is_first && strcmp (self->record->str, name) == 0)
        join (parents, last, article);
      else
        g_string_assign (self->record, name);
      is_first = FALSE;
      last = article;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

guint *
kutip_split_join_finish (KutipSplitJoin *self, guint *n_groups, GError **error)
{
  g_autofree guint *groups = g_new (guint, (gsize) self->n_articles + 1);

  *n_groups = 0;
  for (guint i = 0; i < self->n_articles; i++)
    groups[i] = i;
  if (!join_equal (self, self->keys, groups, error) ||
      !join_equal (self, self->digests, groups, error))
    return NULL;
  /* All point to one that is before them, which has its number already. */
  for (guint i = 0; i < self->n_articles; i++)
    groups[i] = groups[i] == i ? (*n_groups)++ : groups[groups[i]];
  return g_steal_pointer (&groups);
}
