/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda.h"
#include "format/sorter.h"

#include <string.h>

struct _KutipRefiPaths
{
  KutipSorter *sorter; /* of all, while they are told */
  GHashTable *twice;   /* that more than one source is called */
  GHashTable *taken;   /* of those that are called like these */
};

KutipRefiPaths *
kutip_refi_paths_new (KutipSpillFunc open)
{
  KutipRefiPaths *self = g_new0 (KutipRefiPaths, 1);

  self->sorter = kutip_sorter_new (open, KUTIP_SORTER_MOST);
  self->twice = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kutip_refi_paths_free (KutipRefiPaths *self)
{
  if (self == NULL)
    return;
  kutip_sorter_free (self->sorter);
  g_hash_table_unref (self->twice);
  g_hash_table_unref (self->taken);
  g_free (self);
}

/* Without ".txt". */
static char *
make_stem (const KutipRefiSource *source)
{
  g_auto (GStrv) parts = g_strsplit (source->name == NULL ? "" : source->name, "/", -1);
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      for (char *c = parts[i]; *c != '\0'; c++)
        if (g_ascii_iscntrl (*c) || *c == '\\')
          *c = '_';
      if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0 ||
          strcmp (parts[i], "..") == 0)
        continue;
      g_string_append_printf (path, "%s%s", path->len == 0 ? "" : "/", parts[i]);
    }
  if (path->len == 0)
    g_string_append (path, source->guid);
  if (g_str_has_suffix (path->str, ".txt"))
    g_string_truncate (path, path->len - 4);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

gboolean
kutip_refi_paths_add (KutipRefiPaths *self, const KutipRefiSource *source, GError **error)
{
  g_autofree char *stem = make_stem (source);

  return kutip_sorter_add (self->sorter, stem, strlen (stem) + 1, error);
}

gboolean
kutip_refi_paths_finish (KutipRefiPaths *self, GError **error)
{
  g_autoptr (GString) last = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  const char *stem;
  gsize n;

  if (!kutip_sorter_begin (self->sorter, error))
    return FALSE;
  for (gboolean is_first = TRUE;
       (stem = kutip_sorter_next (self->sorter, &n, &local)) != NULL; is_first = FALSE)
    {
      if (!is_first && strcmp (last->str, stem) == 0 &&
          !g_hash_table_contains (self->twice, stem))
        g_hash_table_add (self->twice, g_strdup (stem));
      g_string_assign (last, stem);
    }
  g_clear_pointer (&self->sorter, kutip_sorter_free);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Cuts off a number that may have been put behind it. */
static gboolean
cut_number (char *stem)
{
  gsize n = strlen (stem), end = n;

  while (n > 0 && g_ascii_isdigit (stem[n - 1]))
    n--;
  if (n == end || n < 2 || stem[n - 1] != '-')
    return FALSE;
  stem[n - 1] = '\0';
  return TRUE;
}

/* Whether another could be called the same: it is called like one that is there twice,
 * or like what becomes of such a one. */
static gboolean
may_be_twice (KutipRefiPaths *self, const char *stem)
{
  g_autofree char *cut = NULL;
  gboolean found = g_hash_table_contains (self->twice, stem);

  if (g_hash_table_size (self->twice) == 0)
    return FALSE;
  cut = g_strdup (stem);
  while (!found && cut_number (cut))
    found = g_hash_table_contains (self->twice, cut);
  return found;
}

char *
kutip_refi_paths_make (KutipRefiPaths *self, const KutipRefiSource *source)
{
  g_autofree char *stem = make_stem (source);
  g_autoptr (GString) path = g_string_new (stem);

  g_string_append (path, ".txt");
  if (may_be_twice (self, stem))
    for (guint n = 2; !g_hash_table_add (self->taken, g_strdup (path->str)); n++)
      g_string_printf (path, "%s-%u.txt", stem, n);
  return g_string_free (g_steal_pointer (&path), FALSE);
}
