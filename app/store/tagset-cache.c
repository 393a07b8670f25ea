/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/tagset-cache.h"

#include "format/tagset/tagset-json.h"
#include "store/paths.h"
#include "store/stamp.h"

#define DEFAULT_TAGSET "news-attribution"
#define MAX_TAGSET_BYTES ((gsize) 16 << 20)

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

/* Errors are not remembered. */
static KutipTagset *
load (GBytes *bytes, const char *sha256, GError **error)
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

static KutipTagset *
load_builtin (const char *name)
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

KutipTagset *
kutip_tagset_cache_find (GFile *folder,
                         GFile **file,
                         char sha256[KUTIP_DIGEST_SIZE],
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GFile) found = NULL;
  g_autoptr (GBytes) bytes = NULL;
  KutipTagset *tagset = NULL;
  KutipStamp stamp = { 0 };

  if (folder != NULL)
    found = kutip_paths_find_tagset (folder, cancellable);
  if (found != NULL)
    bytes = kutip_stamp_read (found, MAX_TAGSET_BYTES, &stamp, cancellable, error);
  if (bytes != NULL)
    {
      tagset = load (bytes, stamp.sha256, error);
      if (tagset == NULL)
        g_prefix_error (error, "“%s”: ", g_file_peek_path (found));
    }
  g_strlcpy (sha256, bytes != NULL ? stamp.sha256 : "", KUTIP_DIGEST_SIZE);
  if (file != NULL)
    *file = g_steal_pointer (&found);
  return tagset != NULL ? tagset : load_builtin (DEFAULT_TAGSET);
}
