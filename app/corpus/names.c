/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/names.h"

#include "corpus/convert/convert-spool.h"
#include "format/sorter.h"

#include <string.h>

/* Names are read from the disk by so many bytes, of which the first name is known. */
#define BLOCK ((gsize) 1 << 10)
/* So many stay in the memory. */
#define MOST_HELD ((gsize) 1 << 16)
#define LENGTH sizeof (guint16)

/* Where a block begins, and its first name in the chunk. */
typedef struct
{
  guint64 start;
  const char *first;
} Block;

struct _KutipNames
{
  gatomicrefcount ref_count;
  KutipSorter *sorter; /* until they are sorted */
  GString *held;       /* all of them, or those that go to the disk next */
  KutipSpill *spill;   /* or NULL: they are few */
  guint64 n_bytes;
  GArray *blocks; /* Block */
  GStringChunk *chunk;
};

KutipNames *
kutip_names_new (void)
{
  KutipNames *self = g_new0 (KutipNames, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->sorter = kutip_sorter_new (kutip_spool_new_spill, KUTIP_SORTER_MOST);
  self->held = g_string_new (NULL);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  self->chunk = g_string_chunk_new (64);
  return self;
}

KutipNames *
kutip_names_ref (KutipNames *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kutip_names_unref (KutipNames *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  kutip_sorter_free (self->sorter);
  kutip_spill_free (self->spill);
  g_string_free (self->held, TRUE);
  g_array_unref (self->blocks);
  g_string_chunk_free (self->chunk);
  g_free (self);
}

/* --- in --- */

gboolean
kutip_names_add (KutipNames *self, const char *name, gsize n, GError **error)
{
  g_return_val_if_fail (n <= G_MAXUINT16 && memchr (name, '\0', n) != NULL, FALSE);

  return kutip_sorter_add (self->sorter, name, n, error);
}

static gboolean
unload (KutipNames *self, GError **error)
{
  if (self->spill == NULL)
    self->spill = kutip_spool_new_spill (error);
  if (self->spill == NULL ||
      !self->spill->append (self->spill, self->held->str, self->held->len, error))
    return FALSE;
  g_string_truncate (self->held, 0);
  return TRUE;
}

static gboolean
put (KutipNames *self, const char *name, gsize n, GError **error)
{
  guint16 length = (guint16) n;
  const Block *last = self->blocks->len == 0
                          ? NULL
                          : &g_array_index (self->blocks, Block, self->blocks->len - 1);

  if (last == NULL || self->n_bytes - last->start + LENGTH + n > BLOCK)
    {
      Block block = { self->n_bytes, g_string_chunk_insert (self->chunk, name) };

      if (self->held->len + BLOCK > MOST_HELD && !unload (self, error))
        return FALSE;
      g_array_append_val (self->blocks, block);
    }
  g_string_append_len (self->held, (const char *) &length, LENGTH);
  g_string_append_len (self->held, name, (gssize) n);
  self->n_bytes += LENGTH + n;
  return TRUE;
}

gboolean
kutip_names_sort (KutipNames *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *name;
  char first;
  gsize n;

  if (!kutip_sorter_begin (self->sorter, error))
    return FALSE;
  while ((name = kutip_sorter_next (self->sorter, &n, &local)) != NULL &&
         put (self, name, n, &local))
    continue;
  g_clear_pointer (&self->sorter, kutip_sorter_free);
  /* What is read once is on the disk: from now on several threads may read. */
  if (local == NULL && self->spill != NULL && unload (self, &local))
    self->spill->read (self->spill, 0, &first, 1, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
kutip_names_is_empty (KutipNames *self)
{
  return self->n_bytes == 0;
}

/* --- out --- */

static gboolean
read_block (KutipNamesCursor *cursor, GError **error)
{
  KutipNames *names = cursor->names;
  const Block *block = &g_array_index (names->blocks, Block, cursor->block);
  guint64 end = ++cursor->block == names->blocks->len ? names->n_bytes : block[1].start;
  gsize n = (gsize) (end - block->start);

  if (names->spill == NULL)
    cursor->at = names->held->str + block->start;
  else
    {
      if (cursor->read == NULL)
        cursor->read = g_string_sized_new (n + 1);
      g_string_set_size (cursor->read, n);
      if (!names->spill->read (names->spill, block->start, cursor->read->str, n, error))
        return FALSE;
      cursor->at = cursor->read->str;
    }
  cursor->end = cursor->at + n;
  return TRUE;
}

const char *
kutip_names_next (KutipNamesCursor *cursor, gsize *n, GError **error)
{
  guint16 length;
  const char *name;

  if (cursor->at == cursor->end &&
      (cursor->block == cursor->names->blocks->len || !read_block (cursor, error)))
    return NULL;
  memcpy (&length, cursor->at, LENGTH);
  name = cursor->at + LENGTH;
  cursor->at = name + length;
  *n = length;
  return name;
}

/* The last block that begins before @from, or the first. */
static guint
find_block (KutipNames *self, const char *from)
{
  guint low = 0, high = self->blocks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (g_array_index (self->blocks, Block, middle).first, from) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low == 0 ? 0 : low - 1;
}

gboolean
kutip_names_find (KutipNames *self,
                  const char *from,
                  KutipNamesCursor *cursor,
                  GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *name;
  gsize n;

  *cursor = (KutipNamesCursor){ .names = kutip_names_ref (self) };
  cursor->block = find_block (self, from);
  while ((name = kutip_names_next (cursor, &n, &local)) != NULL &&
         strcmp (name, from) < 0)
    continue;
  if (name != NULL)
    cursor->at = name - LENGTH;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

void
kutip_names_cursor_clear (KutipNamesCursor *cursor)
{
  if (cursor->read != NULL)
    g_string_free (cursor->read, TRUE);
  g_clear_pointer (&cursor->names, kutip_names_unref);
  *cursor = (KutipNamesCursor){ .names = NULL };
}
