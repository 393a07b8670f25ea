/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/block.h"

/* Sizes that malloc() makes no difference between are one class: 16 bytes apart, and as
 * it needs eight for itself, of eight bytes more. */
#define STEP 16
#define OFFSET 8
#define N_CLASSES 16
/* Blocks of one class that a thread keeps: less than a megabyte of all classes. */
#define MOST_KEPT 256

typedef struct _Block Block;
struct _Block
{
  Block *next;
};

typedef struct
{
  Block *first[N_CLASSES];
  guint n[N_CLASSES];
} Store;

static void free_store (gpointer data);

/* The store of this thread, or NULL; @ends frees it with the thread. */
static _Thread_local Store *own;
static GPrivate ends = G_PRIVATE_INIT (free_store);

static void
free_store (gpointer data)
{
  Store *store = data;

  own = NULL;
  for (guint i = 0; i < N_CLASSES; i++)
    while (store->first[i] != NULL)
      {
        Block *block = store->first[i];

        store->first[i] = block->next;
        g_free (block);
      }
  g_free (store);
}

static gsize
get_class (gsize size)
{
  return (size + STEP - OFFSET - 1) / STEP;
}

gpointer
kutip_block_take (gsize size)
{
  gsize class = get_class (size);
  Block *block;

  if (class >= N_CLASSES)
    return g_malloc (size);
  if (own == NULL || own->first[class] == NULL)
    return g_malloc (class * STEP + OFFSET);
  block = own->first[class];
  own->first[class] = block->next;
  own->n[class]--;
  return block;
}

/* Where mistakes are looked for, memory that was given back is to be out of reach. */
static gboolean
keeps (gsize class)
{
#ifdef __SANITIZE_ADDRESS__
  return FALSE;
#else
  return class < N_CLASSES && (own == NULL || own->n[class] < MOST_KEPT);
#endif
}

void
kutip_block_give (gpointer data, gsize size)
{
  gsize class = get_class (size);
  Block *block = data;

  if (!keeps (class))
    {
      g_free (data);
      return;
    }
  if (own == NULL)
    {
      own = g_new0 (Store, 1);
      g_private_set (&ends, own);
    }
  block->next = own->first[class];
  own->first[class] = block;
  own->n[class]++;
}
