/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-memory.h"

#include <string.h>

static void
free_file (gpointer data)
{
  KutipMemoryFile *file = data;

  g_free (file->name);
  g_clear_pointer (&file->words, g_hash_table_unref);
  g_string_free (file->bytes, TRUE);
  kutip_spool_view_free (file->view);
  kutip_spool_free (file->spool);
  g_free (file);
}

KutipMemoryFile *
kutip_memory_sink_find (KutipMemorySink *self, const char *name)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      KutipMemoryFile *file = g_ptr_array_index (self->files, i);

      if (strcmp (file->name, name) == 0)
        return file;
    }
  return NULL;
}

static gboolean
put_on_disk (KutipMemoryFile *file, const char *bytes, gsize n, GError **error)
{
  if (file->spool == NULL)
    file->spool = kutip_spool_new (error);
  return file->spool != NULL && kutip_spool_append (file->spool, bytes, n, error);
}

static gboolean
unload (KutipMemoryFile *file, GError **error)
{
  if (!put_on_disk (file, file->bytes->str, file->bytes->len, error))
    return FALSE;
  g_string_truncate (file->bytes, 0);
  return TRUE;
}

gsize
kutip_memory_file_get_n_bytes (KutipMemoryFile *self)
{
  return self->bytes->len +
         (self->spool == NULL ? 0 : kutip_spool_get_n_bytes (self->spool));
}

const char *
kutip_memory_file_view (KutipMemoryFile *self, gsize *n_bytes, GError **error)
{
  if (self->spool == NULL)
    {
      *n_bytes = self->bytes->len;
      return self->bytes->str;
    }
  if (self->bytes->len > 0)
    {
      kutip_memory_file_drop_view (self);
      if (!unload (self, error))
        return NULL;
    }
  if (self->view == NULL)
    self->view = kutip_spool_view_new (self->spool, error);
  return self->view == NULL ? NULL : kutip_spool_view_get (self->view, n_bytes);
}

void
kutip_memory_file_drop_view (KutipMemoryFile *self)
{
  g_clear_pointer (&self->view, kutip_spool_view_free);
}

gboolean
kutip_memory_file_foreach (KutipMemoryFile *self,
                           void (*each) (const char *bytes, gsize n, gpointer data),
                           gpointer data,
                           GError **error)
{
  if (self->spool != NULL && !kutip_spool_replay (self->spool, each, data, error))
    return FALSE;
  each (self->bytes->str, self->bytes->len, data);
  return TRUE;
}

static gboolean
has_words (const char *name)
{
  return name[0] == '+' && name[1] != '+';
}

/* Whether @n bytes of it are too many to be held. */
static gboolean
is_unloaded (KutipMemorySink *self, KutipMemoryFile *file, gsize n)
{
  return self->most > 0 && n >= self->most && !has_words (file->name);
}

static KutipMemoryFile *
add_file (KutipMemorySink *self, const char *name)
{
  KutipMemoryFile *file = g_new0 (KutipMemoryFile, 1);

  file->name = g_strdup (name);
  g_ptr_array_add (self->files, file);
  return file;
}

/* Those that are new. */
static void
append_words (KutipMemoryFile *file, const char *words, gsize n)
{
  gsize n_word;

  if (file->words == NULL)
    file->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_return_if_fail (n == 0 || words[n - 1] == '\0');
  for (const char *end = words + n; words < end; words += n_word)
    {
      n_word = strlen (words) + 1;
      if (g_hash_table_contains (file->words, words))
        continue;
      g_hash_table_add (file->words, g_strdup (words));
      g_string_append_len (file->bytes, words, (gssize) n_word);
    }
}

static gboolean
append (KutipSink *sink, const char *name, const char *bytes, gsize n, GError **error)
{
  KutipMemorySink *self = sink->data;
  KutipMemoryFile *file = kutip_memory_sink_find (self, name);

  if (file == NULL)
    {
      file = add_file (self, name);
      file->bytes = g_string_sized_new (is_unloaded (self, file, n) ? 0 : n + 1);
    }
  if (has_words (name))
    {
      append_words (file, bytes, n);
      return TRUE;
    }
  if (is_unloaded (self, file, n))
    return (file->bytes->len == 0 || unload (file, error)) &&
           put_on_disk (file, bytes, n, error);
  g_string_append_len (file->bytes, bytes, (gssize) n);
  return !is_unloaded (self, file, file->bytes->len) || unload (file, error);
}

/* What waits to be written is counted by its length, so that not much more room may come
 * with it. */
static gboolean
take (KutipSink *sink, const char *name, GString *bytes, GError **error)
{
  KutipMemorySink *self = sink->data;
  gboolean written;

  if (kutip_memory_sink_find (self, name) == NULL && !has_words (name) &&
      (self->most == 0 || bytes->len < self->most) &&
      bytes->allocated_len / 2 <= bytes->len)
    {
      add_file (self, name)->bytes = bytes;
      return TRUE;
    }
  written = append (sink, name, bytes->str, bytes->len, error);
  g_string_free (bytes, TRUE);
  return written;
}

static gboolean
replay (KutipSink *sink,
        const char *name,
        void (*each) (const char *bytes, gsize n, gpointer data),
        gpointer each_data,
        GError **error)
{
  KutipMemorySink *self = sink->data;
  KutipMemoryFile *file = kutip_memory_sink_find (self, name);

  if (file == NULL && self->kept != NULL)
    file = kutip_memory_sink_find (self->kept, name);
  return file == NULL || kutip_memory_file_foreach (file, each, each_data, error);
}

static const GString *
peek (KutipSink *sink, const char *name)
{
  KutipMemorySink *self = sink->data;
  KutipMemoryFile *file =
      kutip_memory_sink_find (self->kept != NULL ? self->kept : self, name);

  return file == NULL ? NULL : file->bytes;
}

KutipMemorySink *
kutip_memory_sink_new (void)
{
  KutipMemorySink *self = g_new0 (KutipMemorySink, 1);

  self->files = g_ptr_array_new_with_free_func (free_file);
  self->sink = (KutipSink){
    .append = append, .take = take, .peek = peek, .replay = replay, .data = self
  };
  return self;
}

void
kutip_memory_sink_free (KutipMemorySink *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->files);
  g_free (self);
}
