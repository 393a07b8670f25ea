/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-parts.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
kutip_convert_is_by_annotator (const KutipConversion *self)
{
  return self->options.annotator_files && self->to->by_annotator;
}

/* A file on its way into the one that is written, or to what is kept of it. */
typedef struct
{
  KutipConvertRun *run;
  KutipMemoryFile *file;
  GError *failure;
} Passing;

static void
pass_part (const char *bytes, gsize n, gpointer data)
{
  Passing *self = data;
  KutipSink *kept = &self->run->kept->sink;

  if (self->failure != NULL)
    return;
  if (*self->file->name == '+')
    kept->append (kept, self->file->name, bytes, n, &self->failure);
  else
    kutip_staging_append (self->run->staging, bytes, n, &self->failure);
}

/* Into the stream, part by part. */
static gboolean
store_in_stream (KutipConvertRun *self, KutipMemoryFile *file, GError **error)
{
  Passing passing = { self, file, NULL };

  if (*file->name != '+' && *file->name != '\0' && !self->conversion->to->single)
    return TRUE;
  if (!kutip_memory_file_foreach (file, pass_part, &passing, error))
    return FALSE;
  self->progress.n_bytes += kutip_memory_file_get_n_bytes (file);
  if (passing.failure == NULL)
    return TRUE;
  g_propagate_error (error, passing.failure);
  return FALSE;
}

static gboolean
store_in_folder (KutipConvertRun *self, KutipMemoryFile *file, GError **error)
{
  gsize n;
  const char *bytes = kutip_memory_file_view (file, &n, error);

  if (bytes == NULL ||
      !(kutip_convert_is_by_annotator (self->conversion)
            ? kutip_staging_append_to_file (self->staging, file->name, bytes, n, error)
            : kutip_staging_add_file (self->staging, file->name, bytes, n, error)))
    return FALSE;
  kutip_memory_file_drop_view (file);
  self->progress.n_bytes += n;
  return TRUE;
}

gboolean
kutip_convert_store_files (KutipConvertRun *self, KutipMemorySink *sink, GError **error)
{
  gboolean is_folder = kutip_staging_is_folder (self->staging);

  for (guint i = 0; i < sink->files->len; i++)
    {
      KutipMemoryFile *file = g_ptr_array_index (sink->files, i);

      /* What only the end asked for is not kept for another. */
      if (*file->name == '+' && sink->kept != NULL)
        continue;
      if (!(is_folder ? store_in_folder (self, file, error)
                      : store_in_stream (self, file, error)))
        return FALSE;
    }
  return TRUE;
}

KutipTagset *
kutip_convert_get_given_tagset (KutipConvertRun *self)
{
  if (self->conversion->options.tagset != NULL)
    return self->conversion->options.tagset;
  return self->conversion->renaming == NULL
             ? NULL
             : kutip_renaming_get_tagset (self->conversion->renaming);
}

gboolean
kutip_convert_begin_stream (KutipConvertRun *self, GError **error)
{
  const KutipFormat *to = self->conversion->to;
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();
  KutipTagset *given = kutip_convert_get_given_tagset (self);

  self->has_begun = TRUE;
  if (to->begin == NULL || to->in_files)
    return TRUE;
  return to->begin (given != NULL ? given : self->tagset, &self->conversion->options,
                    &sink->sink, error) &&
         kutip_convert_store_files (self, sink, error);
}

static gboolean
add_to_output (KutipConvertRun *self, KutipConvertPart *part, GError **error)
{
  const char *separator = self->conversion->to->separator;

  if (!self->has_begun && !kutip_convert_begin_stream (self, error))
    return FALSE;
  if (self->result->n_records > 1 && self->conversion->to->single &&
      !kutip_staging_is_folder (self->staging))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   /* Translators: a format's name; "-o" is typed as it is */
                   _ ("there are several articles, and “%s” is one file for each: name a "
                      "folder with -o"),
                   self->conversion->to->name);
      return FALSE;
    }
  if (separator != NULL && self->result->n_records > 1 &&
      !kutip_staging_append (self->staging, separator, strlen (separator), error))
    return FALSE;
  return kutip_convert_store_files (self, part->sink, error);
}

static gboolean
add_to_target (KutipConvertRun *self, KutipConvertPart *part, GError **error)
{
  const KutipConversionTarget *target = self->conversion->target;

  self->progress.n_bytes += part->n_bytes;
  return target->add (g_steal_pointer (&part->about), part->sink, target->data, error);
}

/* A failure that is passed over, or that ends it all. */
static gboolean
pass_over (KutipConvertRun *self, GError *failure, GError **error)
{
  if (self->conversion->keep_going && !g_cancellable_is_cancelled (self->cancellable))
    {
      g_ptr_array_add (self->result->failures, g_strdup (failure->message));
      g_error_free (failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
kutip_convert_tells_of_each (KutipConvertRun *self)
{
  return kutip_convert_get_given_tagset (self) == NULL ||
         self->conversion->to->tagset_file == NULL;
}

gboolean
kutip_convert_write_part (KutipConvertRun *self, KutipConvertPart *part, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->tagset == NULL && part->tagset != NULL)
    self->tagset = g_object_ref (part->tagset);
  if (part->tagset != NULL && kutip_convert_tells_of_each (self))
    kutip_convert_tagset_losses_add (self->tagsets, part->tagset, part->path);
  if (!kutip_conversion_result_take (self->result, part->report, error))
    return FALSE;
  if (part->failure != NULL)
    return pass_over (self, g_steal_pointer (&part->failure), error);
  if (part->sink == NULL)
    return TRUE;
  if (self->paths != NULL &&
      !kutip_sorter_add (self->paths, part->path, strlen (part->path), error))
    return FALSE;
  self->result->n_records++;
  if (!(self->conversion->target != NULL ? add_to_target (self, part, &local)
                                         : add_to_output (self, part, &local)))
    {
      self->result->n_records--;
      /* Its name does not go; on the disk nothing is wrong. */
      if (self->conversion->target == NULL &&
          g_error_matches (local, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID))
        return pass_over (self, g_steal_pointer (&local), error);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->result->n_layers += part->n_layers;
  self->result->n_spans += part->n_spans;
  self->result->n_relations += part->n_relations;
  return TRUE;
}
