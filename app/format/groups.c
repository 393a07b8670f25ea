/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/groups.h"

#include "format/fields.h"
#include "format/sorter.h"
#include "text/digest.h"

#include <string.h>

/* A longer name stands by its digest. */
#define MOST_NAME 200u

struct _KutipGroups
{
  KutipSpillFunc open;
  KutipSorter *by_name;  /* key, order, the bytes */
  KutipSorter *by_order; /* least order of the group, order, the bytes */
  GString *record;       /* that is put together */
  guint64 n_groups;
  /* What is read. */
  guint64 group; /* its least order */
  gboolean in_group;
  KutipFields next; /* bytes that wait until they are asked for */
  gboolean has_next;
  guint64 next_group;
};

KutipGroups *
kutip_groups_new (KutipSpillFunc open)
{
  KutipGroups *self = g_new0 (KutipGroups, 1);

  self->open = open;
  self->by_name = kutip_sorter_new (open, KUTIP_SORTER_MOST);
  self->record = g_string_new (NULL);
  return self;
}

void
kutip_groups_free (KutipGroups *self)
{
  if (self == NULL)
    return;
  kutip_sorter_free (self->by_name);
  kutip_sorter_free (self->by_order);
  g_string_free (self->record, TRUE);
  g_free (self);
}

/* --- in --- */

void
kutip_groups_put_key (GString *out, const char *name)
{
  gsize n = name == NULL ? 0 : strlen (name);
  char digest[KUTIP_DIGEST_SIZE];

  g_string_append_c (out, n > MOST_NAME ? '#' : '=');
  if (n > MOST_NAME)
    kutip_digest (name, n, digest);
  kutip_fields_put_string (out, n > MOST_NAME ? digest : name);
}

/* Behind the key. */
static gboolean
end_record (KutipGroups *self, guint64 order, const char *bytes, gsize n, GError **error)
{
  kutip_fields_put_number (self->record, order);
  g_string_append_len (self->record, bytes, (gssize) n);
  return kutip_sorter_add (self->by_name, self->record->str, self->record->len, error);
}

gboolean
kutip_groups_add (KutipGroups *self,
                  const char *name,
                  guint64 order,
                  const char *bytes,
                  gsize n,
                  GError **error)
{
  g_string_truncate (self->record, 0);
  kutip_groups_put_key (self->record, name);
  return end_record (self, order, bytes, n, error);
}

gboolean
kutip_groups_add_by_key (KutipGroups *self,
                         const char *key,
                         guint64 order,
                         const char *bytes,
                         gsize n,
                         GError **error)
{
  g_string_truncate (self->record, 0);
  kutip_fields_put_string (self->record, key);
  return end_record (self, order, bytes, n, error);
}

/* From the order of names to that of what came first. */
static gboolean
order_groups (KutipGroups *self, GError **error)
{
  g_autoptr (GString) last = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  guint64 least = 0;
  const char *bytes;
  gsize n;

  while ((bytes = kutip_sorter_next (self->by_name, &n, &local)) != NULL)
    {
      KutipFields fields = { bytes, bytes + n };
      const char *key = kutip_fields_take_string (&fields);
      KutipFields rest = fields;

      if (strcmp (last->str, key) != 0)
        {
          g_string_assign (last, key);
          least = kutip_fields_take_number (&fields);
          self->n_groups++;
        }
      g_string_truncate (self->record, 0);
      kutip_fields_put_number (self->record, least);
      g_string_append_len (self->record, rest.at, rest.end - rest.at);
      if (!kutip_sorter_add (self->by_order, self->record->str, self->record->len, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
kutip_groups_finish (KutipGroups *self, GError **error)
{
  if (!kutip_sorter_begin (self->by_name, error))
    return FALSE;
  self->by_order = kutip_sorter_new (self->open, KUTIP_SORTER_MOST);
  if (!order_groups (self, error))
    return FALSE;
  g_clear_pointer (&self->by_name, kutip_sorter_free);
  return kutip_sorter_begin (self->by_order, error);
}

guint64
kutip_groups_get_n (KutipGroups *self)
{
  return self->n_groups;
}

/* --- out --- */

static gboolean
look_ahead (KutipGroups *self, GError **error)
{
  gsize n;
  const char *bytes;

  if (self->has_next)
    return TRUE;
  bytes = kutip_sorter_next (self->by_order, &n, error);
  if (bytes == NULL)
    return FALSE;
  self->next = (KutipFields){ bytes, bytes + n };
  self->next_group = kutip_fields_take_number (&self->next);
  kutip_fields_take_number (&self->next);
  self->has_next = TRUE;
  return TRUE;
}

gboolean
kutip_groups_next (KutipGroups *self, GError **error)
{
  while (look_ahead (self, error))
    {
      if (!self->in_group || self->next_group != self->group)
        {
          self->group = self->next_group;
          self->in_group = TRUE;
          return TRUE;
        }
      self->has_next = FALSE;
    }
  return FALSE;
}

const char *
kutip_groups_next_record (KutipGroups *self, gsize *n, GError **error)
{
  if (!look_ahead (self, error) || self->next_group != self->group)
    return NULL;
  self->has_next = FALSE;
  *n = (gsize) (self->next.end - self->next.at);
  return self->next.at;
}
