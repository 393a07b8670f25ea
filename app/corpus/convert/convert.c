/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert.h"

#include "corpus/convert/convert-beside.h"
#include "corpus/convert/convert-parts.h"
#include "corpus/convert/convert-spool.h"
#include "format/formats.h"
#include "text/numbers.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many jobs may wait for each thread, so that none is idle while a large one is
 * written. */
#define LOOK_AHEAD 4
/* Units are put together into jobs until they have so many bytes. */
#define MOST_BYTES ((gsize) 1 << 16)
/* So much of the records' paths is in the memory; the rest is on the disk. */
#define MOST_OF_PATHS ((gsize) 1 << 14)

void
kutip_conversion_result_clear (KutipConversionResult *self)
{
  g_clear_pointer (&self->report, kutip_report_free);
  g_clear_pointer (&self->listing, kutip_convert_listing_free);
  g_clear_pointer (&self->failures, g_ptr_array_unref);
}

/* Into a folder with a file for each annotator. */
static gboolean
is_by_annotator (const KutipConversion *self)
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
      !(is_by_annotator (self->conversion)
            ? kutip_staging_append_to_file (self->staging, file->name, bytes, n, error)
            : kutip_staging_add_file (self->staging, file->name, bytes, n, error)))
    return FALSE;
  kutip_memory_file_drop_view (file);
  self->progress.n_bytes += n;
  return TRUE;
}

static gboolean
store_files (KutipConvertRun *self, KutipMemorySink *sink, GError **error)
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

/* What the user or the map says that the output is for. */
static KutipTagset *
get_given_tagset (KutipConvertRun *self)
{
  if (self->conversion->options.tagset != NULL)
    return self->conversion->options.tagset;
  return self->conversion->renaming == NULL
             ? NULL
             : kutip_renaming_get_tagset (self->conversion->renaming);
}

static gboolean
begin_stream (KutipConvertRun *self, GError **error)
{
  const KutipFormat *to = self->conversion->to;
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();
  KutipTagset *given = get_given_tagset (self);

  self->has_begun = TRUE;
  if (to->begin == NULL || to->in_files)
    return TRUE;
  return to->begin (given != NULL ? given : self->tagset, &self->conversion->options,
                    &sink->sink, error) &&
         store_files (self, sink, error);
}

static gboolean
add_to_output (KutipConvertRun *self, KutipConvertPart *part, GError **error)
{
  const char *separator = self->conversion->to->separator;

  if (!self->has_begun && !begin_stream (self, error))
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
  return store_files (self, part->sink, error);
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

static gboolean
take_report (KutipConvertRun *self, KutipReport *report, GError **error)
{
  if (self->result->listing != NULL &&
      !kutip_convert_listing_add (self->result->listing, report, error))
    return FALSE;
  kutip_report_take (self->result->report, report);
  return TRUE;
}

/* What the user gives for an output with a tag set stands for those of all articles. */
static gboolean
is_told_of_each (KutipConvertRun *self)
{
  return get_given_tagset (self) == NULL || self->conversion->to->tagset_file == NULL;
}

gboolean
kutip_convert_write_part (KutipConvertRun *self, KutipConvertPart *part, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->tagset == NULL && part->tagset != NULL)
    self->tagset = g_object_ref (part->tagset);
  if (part->tagset != NULL && is_told_of_each (self))
    kutip_convert_tagset_losses_add (self->tagsets, part->tagset, part->path);
  if (!take_report (self, part->report, error))
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

static void
tell_progress (KutipConvertRun *self)
{
  const KutipConversion *conversion = self->conversion;

  self->progress.n_records = self->result->n_records;
  if (conversion->progress != NULL)
    conversion->progress (&self->progress, conversion->progress_data);
}

/* What has come of the job until now, all of it when it is finished. */
static GQueue
take_parts (KutipConvertRun *self, KutipConvertJob *job, gboolean *finished)
{
  GQueue parts;

  g_mutex_lock (&self->lock);
  while (!job->finished && job->n_waiting <= KUTIP_CONVERT_MAX_WAITING)
    g_cond_wait (&self->changed, &self->lock);
  parts = job->parts;
  g_queue_init (&job->parts);
  job->n_waiting = 0;
  *finished = job->finished;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return parts;
}

/* Writes what the first job brings until it is finished. */
static gboolean
write_job (KutipConvertRun *self, KutipConvertJob *job, GError **error)
{
  gboolean good = TRUE;
  gboolean finished = FALSE;

  while (good && !finished)
    {
      GQueue parts = take_parts (self, job, &finished);
      KutipConvertPart *part;

      while ((part = g_queue_pop_head (&parts)) != NULL)
        {
          good = good && kutip_convert_write_part (self, part, error);
          kutip_convert_part_free (part);
        }
    }
  self->progress.n_units += job->n_units;
  tell_progress (self);
  return good;
}

/* Puts the next unit behind those of the job; FALSE at the end, and behind what could not
 * be opened. */
static gboolean
add_unit (KutipConvertRun *self, KutipConvertJob *job)
{
  GError **failure = &job->failures[job->n_units];
  gboolean found =
      kutip_convert_input_next (self->input, &job->units[job->n_units], failure);

  if (found || *failure != NULL)
    job->n_units++;
  return found;
}

/* The next units, at most @most of them, as a job; NULL at the end. Waits for the first
 * alone. */
static KutipConvertJob *
next_job (KutipConvertRun *self, guint most)
{
  KutipConvertJob *job = kutip_convert_job_new (self);
  gsize n_bytes = 0;

  while (job->n_units < most && n_bytes < MOST_BYTES &&
         (job->n_units == 0 || !kutip_convert_input_waits (self->input)) &&
         add_unit (self, job))
    {
      GBytes *bytes = job->units[job->n_units - 1].bytes;

      n_bytes += bytes == NULL ? 0 : g_bytes_get_size (bytes);
    }
  self->progress.n_known += job->n_units;
  if (job->n_units > 0)
    return job;
  kutip_convert_job_free (job);
  return NULL;
}

/* Before a wait for input, which may be long, all that is done goes to whoever reads it.
 */
static gboolean
flush_before_wait (KutipConvertRun *self, GError **error)
{
  return self->staging == NULL || !kutip_convert_input_waits (self->input) ||
         kutip_staging_flush (self->staging, error);
}

static gboolean
convert_in_one_thread (KutipConvertRun *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  KutipConvertJob *job;

  while (local == NULL && flush_before_wait (self, &local) &&
         (job = next_job (self, 1)) != NULL)
    {
      kutip_convert_job_run (job, NULL);
      if (local == NULL)
        local = g_steal_pointer (&self->failure);
      self->progress.n_units++;
      tell_progress (self);
      kutip_convert_job_free (job);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Gives the threads enough to do, but waits for none of it while there is something to
 * write; FALSE at the end of the input or with @error. */
static gboolean
fill_queue (KutipConvertRun *self, guint n, GError **error)
{
  while (self->jobs.length < n &&
         (self->jobs.length == 0 || !kutip_convert_input_waits (self->input)))
    {
      KutipConvertJob *job;

      if (!flush_before_wait (self, error) ||
          (job = next_job (self, KUTIP_CONVERT_MOST_UNITS)) == NULL)
        return FALSE;
      g_queue_push_tail (&self->jobs, job);
      g_thread_pool_push (self->pool, job, NULL);
    }
  return TRUE;
}

static void
stop_threads (KutipConvertRun *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_queue_clear_full (&self->jobs, kutip_convert_job_free);
}

static gboolean
convert_in_threads (KutipConvertRun *self, guint n_threads, GError **error)
{
  gboolean more = TRUE, good = TRUE;
  g_autoptr (GError) local = NULL;
  KutipConvertJob *job;

  kutip_numbers_prepare ();
  self->pool =
      g_thread_pool_new (kutip_convert_job_run, NULL, (gint) n_threads, TRUE, error);
  if (self->pool == NULL)
    return FALSE;
  while (good)
    {
      more = more && fill_queue (self, LOOK_AHEAD * n_threads, &local);
      job = g_queue_peek_head (&self->jobs);
      if (job == NULL)
        break;
      good = local == NULL && write_job (self, job, &local);
      if (good)
        kutip_convert_job_free (g_queue_pop_head (&self->jobs));
    }
  stop_threads (self);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Annotators of one article who come apart are put together in a folder, where it is one
 * file; in a stream it is there more than once. Says so of each @path. */
static gboolean
warn_of_path (KutipConvertRun *self, const GString *path, GError **error)
{
  g_autoptr (KutipReport) report = kutip_report_new ();

  kutip_report_add (report, KUTIP_REPORT_WARNING, "path-twice", path->str, NULL, 0,
                    /* Translators: "--to kutip" is typed as it is */
                    _ ("the article is there more than once; “--to kutip” makes one of "
                       "what its annotators did"));
  return take_report (self, report, error);
}

static gboolean
check_paths (KutipConvertRun *self, GError **error)
{
  g_autoptr (GString) last = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  const char *path;
  gsize n;
  guint n_same = 0;

  if (self->paths == NULL)
    return TRUE;
  if (!kutip_sorter_begin (self->paths, error))
    return FALSE;
  while ((path = kutip_sorter_next (self->paths, &n, &local)) != NULL)
    {
      n_same = n_same > 0 && n == last->len && memcmp (path, last->str, n) == 0
                   ? n_same + 1
                   : 1;
      g_string_truncate (last, 0);
      g_string_append_len (last, path, (gssize) n);
      if (n_same == 2 && !warn_of_path (self, last, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* With --strict: what the readers told of. */
static gboolean
check_input (KutipConvertRun *self, GError **error)
{
  guint n_circles =
      kutip_report_count (self->result->report, KUTIP_REPORT_WARNING, "circle");
  guint n_left_out = kutip_report_get_n_left_out (self->result->report);

  if (n_left_out > 0)
    g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_LOSS,
                 ngettext ("%u thing of the input is left out; nothing was written",
                           "%u things of the input are left out; nothing was written",
                           n_left_out),
                 n_left_out);
  else if (n_circles > 0)
    g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_LOSS,
                 ngettext ("relations lead back to where they begin in %u circle; "
                           "nothing was written",
                           "relations lead back to where they begin in %u circles; "
                           "nothing was written",
                           n_circles),
                 n_circles);
  return n_left_out + n_circles == 0;
}

/* With --strict. */
static gboolean
check_losses (KutipConvertRun *self, GError **error)
{
  guint n_lost = kutip_report_get_n (self->result->report, KUTIP_REPORT_LOSS);

  if (!self->conversion->strict)
    return TRUE;
  if (n_lost == 0)
    return check_input (self, error);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_LOSS,
               ngettext ("%1$u thing would be lost in “%2$s”; nothing was written",
                         "%1$u things would be lost in “%2$s”; nothing was written",
                         n_lost),
               n_lost, self->conversion->to->name);
  return FALSE;
}

/* What is read is never changed. */
static gboolean
check_output (KutipConvertRun *self, GError **error)
{
  g_autofree char *shown = NULL;

  if (!kutip_convert_input_met_output (self->input))
    return TRUE;
  shown = g_filename_display_name (self->conversion->output);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               /* Translators: a file */
               _ ("“%s” is among what is read: give the output another name"), shown);
  return FALSE;
}

/* What is lost of the articles' tag sets: the output has @tagset or what is in @sink. */
static gboolean
tell_tagsets (KutipConvertRun *self,
              KutipTagset *tagset,
              KutipMemorySink *sink,
              GError **error)
{
  const KutipConversion *own = self->conversion;
  g_autoptr (KutipReport) lost = kutip_report_new ();

  if (!is_told_of_each (self))
    kutip_convert_tagset_losses_add (self->tagsets, get_given_tagset (self), NULL);
  return kutip_convert_tagset_losses_report (self->tagsets, own->to, own->output, tagset,
                                             sink, lost, error) &&
         take_report (self, lost, error) && check_losses (self, error);
}

static gboolean
finish_output (KutipConvertRun *self, KutipTagset *tagset, GError **error)
{
  const KutipConversion *conversion = self->conversion;
  const KutipFormat *to = conversion->to;
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();
  g_autoptr (KutipReport) lost = kutip_report_new ();

  sink->kept = self->kept;
  sink->most = KUTIP_MEMORY_MOST_KEPT;
  sink->sink.report = lost;
  if (!check_output (self, error) || (!self->has_begun && !begin_stream (self, error)))
    return FALSE;
  if (to->in_files && to->begin != NULL &&
      !to->begin (tagset, &conversion->options, &sink->sink, error))
    return FALSE;
  if (to->end != NULL && !to->end (tagset, &conversion->options, self->result->n_records,
                                   &sink->sink, error))
    return FALSE;
  return take_report (self, lost, error) && check_losses (self, error) &&
         (to->tagset_file == NULL || tell_tagsets (self, NULL, sink, error)) &&
         store_files (self, sink, error) &&
         !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         (kutip_staging_is_folder (self->staging) ||
          kutip_convert_store_beside (self->staging, sink, conversion->output, to->suffix,
                                      error)) &&
         kutip_staging_commit (self->staging, error);
}

/* What the output's tag set begins with: owned, or NULL. */
static KutipTagset *
find_base (KutipConvertRun *self)
{
  KutipTagset *given = get_given_tagset (self);
  KutipTagset *base = given != NULL ? given : self->tagset;

  if (base != NULL || self->conversion->renaming == NULL)
    return base == NULL ? NULL : g_object_ref (base);
  return kutip_renaming_rename_tagset (self->conversion->renaming,
                                       kutip_tagset_gather_get_shipped (self->gather),
                                       NULL, self->result->report);
}

/* brat tells events and equivalences from relations in its configuration. */
static void
mark_uses (KutipConvertRun *self, KutipTagset **tagset)
{
  g_autoptr (KutipTagset) unmarked = *tagset;

  *tagset = unmarked == NULL || self->conversion->to != &kutip_format_brat
                ? g_steal_pointer (&unmarked)
                : kutip_tagset_gather_mark_uses (self->gather, unmarked);
}

/* Whether other programs refuse annotations that its configuration does not define. */
static gboolean
defines_what_is_used (const KutipFormat *to)
{
  return to == &kutip_format_brat || to == &kutip_format_label_studio;
}

static gboolean
finish (KutipConvertRun *self, GError **error)
{
  const KutipConversion *conversion = self->conversion;
  g_autoptr (KutipTagset) base = NULL;
  g_autoptr (KutipTagset) tagset = NULL;

  if (!take_report (self, kutip_convert_input_get_report (self->input), error) ||
      !check_paths (self, error))
    return FALSE;
  base = find_base (self);
  tagset = conversion->options.tagset != NULL && !defines_what_is_used (conversion->to)
               ? g_object_ref (conversion->options.tagset)
               : kutip_tagset_gather_finish (self->gather, base);
  mark_uses (self, &tagset);
  if (!(conversion->target == NULL && conversion->to->tagset_file != NULL
            ? check_losses (self, error)
            : tell_tagsets (self, conversion->target != NULL ? tagset : NULL, NULL,
                            error)))
    return FALSE;
  return conversion->target != NULL
             ? conversion->target->finish (tagset, conversion->target->data, error)
             : finish_output (self, tagset, error);
}

static gboolean
is_one_file (const KutipConversion *self)
{
  return self->to->single && self->output != NULL &&
         g_str_has_suffix (self->output, self->to->suffix) &&
         !g_file_test (self->output, G_FILE_TEST_IS_DIR);
}

static KutipStaging *
open_staging (const KutipConversion *self, GError **error)
{
  const char *path = g_strcmp0 (self->output, "-") == 0 ? NULL : self->output;

  if ((!self->to->in_files && !is_by_annotator (self)) || is_one_file (self))
    return kutip_staging_new_for_stream (path, self->strict, error);
  if (path != NULL)
    return kutip_staging_new_for_folder (path, self->force, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               /* Translators: a format's name; "-o" is typed as it is */
               _ ("“%s” writes several files: name a folder with -o"), self->to->name);
  return NULL;
}

/* Nothing is wrong with what was read when it was stopped. */
static void
tell_stopped (GError **error)
{
  if (error == NULL || !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped"));
}

gboolean
kutip_conversion_run (const KutipConversion *self,
                      KutipConversionResult *result,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (KutipStaging) staging =
      self->target == NULL ? open_staging (self, error) : NULL;
  g_autoptr (KutipConvertInput) input = NULL;
  g_autoptr (KutipTagsetGather) gather = kutip_tagset_gather_new ();
  g_autoptr (KutipConvertTagsetLosses) tagsets =
      kutip_convert_tagset_losses_new (self->list_all);
  guint n_threads = self->n_jobs == 0 ? g_get_num_processors () : self->n_jobs;
  KutipConvertRun run = { .conversion = self,
                          .result = result,
                          .cancellable = cancellable };
  g_autoptr (KutipMemorySink) kept = kutip_memory_sink_new ();
  g_autoptr (KutipSorter) paths = NULL;
  gboolean done;

  if (!self->to->in_files && !is_by_annotator (self))
    run.paths = paths = kutip_sorter_new (kutip_spool_new_spill, MOST_OF_PATHS);
  run.kept = kept;
  kept->most = KUTIP_MEMORY_MOST_KEPT;
  result->report = kutip_report_new ();
  if (self->list_all)
    result->listing = kutip_convert_listing_new ();
  result->failures = g_ptr_array_new_with_free_func (g_free);
  if (staging == NULL && self->target == NULL)
    return FALSE;
  input = kutip_convert_input_new (self->inputs, self->from, cancellable);
  kutip_convert_input_set_base (input, self->below);
  kutip_convert_input_set_output (input, self->output);
  run.input = input;
  run.staging = staging;
  run.gather = gather;
  run.tagsets = tagsets;
  g_mutex_init (&run.lock);
  g_cond_init (&run.changed);
  g_queue_init (&run.jobs);
  done = (n_threads == 1 ? convert_in_one_thread (&run, error)
                         : convert_in_threads (&run, n_threads, error)) &&
         finish (&run, error);
  if (!done)
    tell_stopped (error);
  g_clear_object (&run.tagset);
  g_mutex_clear (&run.lock);
  g_cond_clear (&run.changed);
  return done;
}
