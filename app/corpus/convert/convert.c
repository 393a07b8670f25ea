/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert.h"

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

gboolean
kutip_conversion_result_take (KutipConversionResult *self,
                              KutipReport *report,
                              GError **error)
{
  if (self->listing != NULL && !kutip_convert_listing_add (self->listing, report, error))
    return FALSE;
  kutip_report_take (self->report, report);
  return TRUE;
}

void
kutip_convert_tell_progress (KutipConvertRun *self)
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

static void
finish_job (KutipConvertRun *self, KutipConvertJob *job)
{
  self->progress.n_units += job->n_units;
  self->progress.share = job->share;
  kutip_convert_tell_progress (self);
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
      if (!finished)
        kutip_convert_tell_progress (self);
    }
  finish_job (self, job);
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
  job->share = kutip_convert_input_get_share (self->input);
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
      finish_job (self, job);
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

/* A page that is named by itself, not the folder that it is to be in. */
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

  if ((!self->to->in_files && !kutip_convert_is_by_annotator (self)) ||
      is_one_file (self))
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

  if (!self->to->in_files && !kutip_convert_is_by_annotator (self))
    run.paths = paths = kutip_sorter_new (kutip_spool_new_spill, MOST_OF_PATHS);
  run.kept = kept;
  kept->most = KUTIP_MEMORY_MOST_KEPT;
  result->report = kutip_report_new ();
  if (self->list_all)
    result->listing = kutip_convert_listing_new ();
  result->failures = g_ptr_array_new_with_free_func (g_free);
  if ((staging == NULL && self->target == NULL) ||
      (self->told != NULL && !kutip_conversion_result_take (result, self->told, error)))
    return FALSE;
  input = kutip_convert_input_new (self->inputs, self->from, cancellable);
  kutip_convert_input_set_base (input, self->below);
  kutip_convert_input_set_output (input, self->output);
  if (self->counts)
    kutip_convert_input_set_counting (input);
  run.input = input;
  run.staging = staging;
  run.gather = gather;
  run.tagsets = tagsets;
  g_mutex_init (&run.lock);
  g_cond_init (&run.changed);
  g_queue_init (&run.jobs);
  done = n_threads == 1 ? convert_in_one_thread (&run, error)
                        : convert_in_threads (&run, n_threads, error);
  run.progress.share = kutip_convert_input_get_share (input);
  kutip_convert_tell_progress (&run);
  done = done && kutip_convert_finish (&run, error);
  if (!done)
    tell_stopped (error);
  g_clear_object (&run.tagset);
  g_mutex_clear (&run.lock);
  g_cond_clear (&run.changed);
  return done;
}
