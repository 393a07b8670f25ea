/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/tagset-cache.h"

#include "format/tagset-json.h"

/* Studies that are looked at by turns; small beside one article. */
#define SIZE 4

typedef struct
{
  char *key;
  KutipTagset *tagset;
} Entry;

/* The last used comes first. */
static Entry entries[SIZE];
static GMutex mutex;

/* Owned, or NULL. Under the mutex. */
static KutipTagset *
look_up (const char *key)
{
  for (guint i = 0; i < SIZE; i++)
    {
      Entry found = entries[i];

      if (found.key == NULL || !g_str_equal (found.key, key))
        continue;
      for (; i > 0; i--)
        entries[i] = entries[i - 1];
      entries[0] = found;
      return g_object_ref (found.tagset);
    }
  return NULL;
}

/* Under the mutex. */
static void
remember (const char *key, KutipTagset *tagset)
{
  g_free (entries[SIZE - 1].key);
  g_clear_object (&entries[SIZE - 1].tagset);
  for (guint i = SIZE - 1; i > 0; i--)
    entries[i] = entries[i - 1];
  entries[0] = (Entry){ .key = g_strdup (key), .tagset = g_object_ref (tagset) };
}

KutipTagset *
kutip_tagset_cache_load (GBytes *bytes, const char *sha256, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  KutipTagset *tagset = look_up (sha256);
  gsize n_bytes;
  const char *data;

  if (tagset != NULL)
    return tagset;
  data = g_bytes_get_data (bytes, &n_bytes);
  tagset = kutip_tagset_from_json (data, n_bytes, error);
  if (tagset != NULL)
    remember (sha256, tagset);
  return tagset;
}

KutipTagset *
kutip_tagset_cache_load_builtin (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  KutipTagset *tagset = look_up (name);

  if (tagset == NULL)
    {
      tagset = kutip_tagset_load_builtin (name);
      remember (name, tagset);
    }
  return tagset;
}
