/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-ids.h"

typedef struct
{
  const char *id;
  guint number;
  gpointer item;
} Numbered;

static const Numbered *
get_nth (const KutipBratIds *self, guint i)
{
  return &g_array_index (self->numbered, Numbered, i);
}

/* That of a letter and a number as it is printed; 0 for other ids. */
static guint
get_number (const char *id)
{
  guint number = 0;
  guint n = 1;

  if (!g_ascii_isalpha (id[0]) || id[1] == '0')
    return 0;
  for (; g_ascii_isdigit (id[n]) && n < 10; n++)
    number = number * 10 + (guint) (id[n] - '0');
  return id[n] == '\0' ? number : 0;
}

void
kutip_brat_ids_init (KutipBratIds *self)
{
  self->numbered = g_array_sized_new (FALSE, FALSE, sizeof (Numbered), 32);
  self->any = NULL;
}

void
kutip_brat_ids_clear (KutipBratIds *self)
{
  g_array_unref (self->numbered);
  g_clear_pointer (&self->any, g_hash_table_unref);
}

static gpointer
lookup_number (const KutipBratIds *self, guint number)
{
  guint low = 0, high = self->numbered->len;
  /* Where it stands when none is left out. */
  guint likely = number - get_nth (self, 0)->number;

  if (likely < high && get_nth (self, likely)->number == number)
    return get_nth (self, likely)->item;
  if (number > get_nth (self, high - 1)->number)
    return NULL;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_nth (self, middle)->number < number)
        low = middle + 1;
      else
        high = middle;
    }
  return get_nth (self, low)->number == number ? get_nth (self, low)->item : NULL;
}

gpointer
kutip_brat_ids_lookup (const KutipBratIds *self, const char *id)
{
  guint number;

  if (self->any != NULL)
    return g_hash_table_lookup (self->any, id);
  if (self->numbered->len == 0 || get_nth (self, 0)->id[0] != id[0])
    return NULL;
  number = get_number (id);
  return number == 0 ? NULL : lookup_number (self, number);
}

void
kutip_brat_ids_add (KutipBratIds *self, const char *id, gpointer item)
{
  guint n = self->numbered->len;
  Numbered new = { id, get_number (id), item };

  if (self->any == NULL && new.number > 0 &&
      (n == 0 ||
       (get_nth (self, 0)->id[0] == id[0] && get_nth (self, n - 1)->number < new.number)))
    {
      g_array_append_val (self->numbered, new);
      return;
    }
  if (self->any == NULL)
    {
      self->any = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < n; i++)
        g_hash_table_insert (self->any, (gpointer) get_nth (self, i)->id,
                             get_nth (self, i)->item);
    }
  g_hash_table_insert (self->any, (gpointer) id, item);
}
