/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert.h"

#include "corpus/convert-beside.h"
#include "corpus/convert-input.h"
#include "corpus/convert-prepare.h"
#include "corpus/convert-staging.h"
#include "corpus/tagset-gather.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many units may wait for each thread, so that none is idle while a large one is
 * written. */
#define LOOK_AHEAD 8
/* A unit of many records waits with its reading while so many bytes of it wait to be
 * written. */
#define MAX_WAITING ((gsize) 1 << 20)

/* One record on its way out, or what was told of the unit behind its last record. */
typedef struct
{
  KutipMemorySink *sink; /* NULL: only the report */
  KutipReport *report;
  KutipTagset *tagset; /* what the record said */
  gpointer about;      /* of the target's */
  GDestroyNotify free_about;
  gsize n_bytes;
  guint64 n_layers, n_spans, n_relations;
} Part;

typedef struct _Run Run;

/* One unit on its way through. */
typedef struct
{
  Run *run;
  KutipConvertUnit unit;
  KutipReport *reading; /* what the reader tells */
  /* Guarded by the run's lock. */
  GQueue parts;
  gsize n_waiting; /* bytes in the parts */
  gboolean finished;
  GError *error;
} Job;

struct _Run
{
  const KutipConversion *conversion;
  KutipConversionResult *result;
  GCancellable *cancellable;
  KutipConvertInput *input;
  KutipStaging *staging;
  KutipTagsetGather *gather;
  KutipTagset *tagset; /* of the first record that has one */
  gboolean has_begun;
  KutipMemorySink *kept; /* of a stream, for the end of it */
  KutipConversionProgress progress;
  GThreadPool *pool; /* NULL: everything in one thread */
  GQueue jobs;       /* in the order of the input */
  guint64 n_failed;
  GMutex lock;
  GCond changed;
  gboolean stopped; /* guarded: nobody wants more */
  gboolean broken;  /* the output cannot be written: there is nothing to pass over */
};

void
kutip_conversion_result_clear (KutipConversionResult *self)
{
  g_clear_pointer (&self->report, kutip_report_free);
  g_clear_pointer (&self->failures, g_ptr_array_unref);
}

static void
free_part (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->sink, kutip_memory_sink_free);
  kutip_report_free (part->report);
  g_clear_object (&part->tagset);
  if (part->about != NULL)
    part->free_about (part->about);
  g_free (part);
}

static void
free_job (gpointer data)
{
  Job *job = data;

  kutip_convert_unit_clear (&job->unit);
  kutip_report_free (job->reading);
  g_queue_clear_full (&job->parts, free_part);
  g_clear_error (&job->error);
  g_free (job);
}

/* --- in the threads: a unit is read, and its records written into memory --- */

static gboolean write_part (Run *self, Part *part, GError **error);

/* Hands a part over to the writing thread. FALSE when nobody wants it any more. */
static gboolean
deliver (Job *job, Part *part, GError **error)
{
  Run *run = job->run;
  gboolean written;

  if (run->pool == NULL)
    {
      written = write_part (run, part, error);
      run->broken = !written;
      free_part (part);
      return written;
    }
  g_mutex_lock (&run->lock);
  while (job->n_waiting > MAX_WAITING && !run->stopped)
    g_cond_wait (&run->changed, &run->lock);
  g_queue_push_tail (&job->parts, part);
  job->n_waiting += part->n_bytes;
  written = !run->stopped;
  g_cond_broadcast (&run->changed);
  g_mutex_unlock (&run->lock);
  if (!written)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped"));
  return written;
}

static void
count_annotations (Part *part, KutipRecord *record)
{
  part->n_layers = record->layers->len;
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = g_ptr_array_index (record->layers, i);

      part->n_spans += kutip_layer_get_n_spans (layer);
      part->n_relations += kutip_layer_get_n_relations (layer);
    }
}

static Part *
make_part (void)
{
  Part *part = g_new0 (Part, 1);

  part->report = kutip_report_new ();
  /* All of them, as the verification asks which spans are lost. */
  kutip_report_set_limit (part->report, G_MAXUINT);
  return part;
}

static gboolean
write_record (Job *job, KutipRecord *record, Part *part, GError **error)
{
  const KutipConversion *conversion = job->run->conversion;
  const KutipFormat *to = conversion->to;

  if (conversion->renaming == NULL)
    g_set_object (&part->tagset, record->tagset);
  kutip_tagset_gather_add (job->run->gather, record);
  count_annotations (part, record);
  kutip_format_report_losses (to, record, part->report);
  if (!to->write (record, &conversion->options, &part->sink->sink, part->report, error))
    return FALSE;
  return conversion->no_verify ||
         kutip_memory_sink_verify (part->sink, to, &conversion->options, record,
                                   part->report, error);
}

/* @report: what was told before; taken. */
static gboolean
emit_piece (Job *job, KutipConversionPiece *piece, KutipReport *report, GError **error)
{
  Part *part = make_part ();

  part->sink = kutip_memory_sink_new ();
  part->about = g_steal_pointer (&piece->about);
  part->free_about = piece->free_about;
  kutip_report_take (part->report, report);
  if (!write_record (job, piece->record, part, error))
    {
      g_prefix_error (error, "%s: ", piece->record->path);
      free_part (part);
      return FALSE;
    }
  for (guint i = 0; i < part->sink->files->len; i++)
    part->n_bytes +=
        ((KutipMemoryFile *) g_ptr_array_index (part->sink->files, i))->bytes->len;
  return deliver (job, part, error);
}

static void
clear_piece (gpointer data)
{
  KutipConversionPiece *piece = data;

  kutip_record_free (piece->record);
  if (piece->about != NULL)
    piece->free_about (piece->about);
}

/* What the target makes of @record, one by one; without a target, the record itself. */
static gboolean
emit_pieces (Job *job, KutipRecord *record, KutipReport *report, GError **error)
{
  const KutipConversionTarget *target = job->run->conversion->target;
  KutipConversionPiece whole = { .record = record };
  g_autoptr (GArray) pieces = NULL;
  gboolean good;

  if (target == NULL)
    return emit_piece (job, &whole, report, error);
  pieces = g_array_new (FALSE, FALSE, sizeof (KutipConversionPiece));
  g_array_set_clear_func (pieces, clear_piece);
  good = target->select (record, pieces, report, target->data, error);
  for (guint i = 0; good && i < pieces->len; i++)
    good =
        emit_piece (job, &g_array_index (pieces, KutipConversionPiece, i), report, error);
  if (good && pieces->len == 0)
    {
      Part *part = make_part ();

      kutip_report_take (part->report, report);
      good = deliver (job, part, error);
    }
  return good;
}

/* FALSE when nothing is left of it. */
static gboolean
keep_layers_of (KutipRecord *record, const char *annotator)
{
  for (guint i = record->layers->len; annotator != NULL && i > 0; i--)
    {
      KutipLayer *layer = g_ptr_array_index (record->layers, i - 1);
      const char *name =
          kutip_header_get_fields (kutip_layer_get_header (layer))->annotator;

      if (g_strcmp0 (name != NULL ? name : "", annotator) != 0)
        g_ptr_array_remove_index (record->layers, i - 1);
    }
  return annotator == NULL || record->layers->len > 0;
}

static gboolean
emit (KutipRecord *record, gpointer data, GError **error)
{
  g_autoptr (KutipRecord) owned = record;
  Job *job = data;

  if (!keep_layers_of (record, job->run->conversion->annotator))
    return TRUE;
  return kutip_convert_prepare (record, &job->unit,
                                kutip_convert_input_get_files (job->run->input),
                                job->run->conversion->renaming, job->reading,
                                job->run->cancellable, error) &&
         emit_pieces (job, record, job->reading, error);
}

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  Run *run = job->run;
  g_autoptr (GError) error = NULL;
  KutipSource source = { .path = NULL };
  Part *rest;

  if (!g_cancellable_set_error_if_cancelled (run->cancellable, &error) &&
      kutip_convert_input_open (run->input, &job->unit, &source, &error))
    job->unit.format->read (&source, &run->conversion->options, emit, job, job->reading,
                            &error);
  kutip_convert_source_clear (&source);
  if (error != NULL)
    kutip_convert_unit_name_place (&job->unit, &error);
  else if (kutip_report_get_n (job->reading, KUTIP_REPORT_WARNING) +
               kutip_report_get_n (job->reading, KUTIP_REPORT_LOSS) >
           0)
    {
      rest = g_new0 (Part, 1);
      rest->report = g_steal_pointer (&job->reading);
      deliver (job, rest, &error);
    }
  g_mutex_lock (&run->lock);
  job->error = g_steal_pointer (&error);
  job->finished = TRUE;
  g_cond_broadcast (&run->changed);
  g_mutex_unlock (&run->lock);
}

/* --- in the writing thread --- */

/* Into a folder with a file for each annotator. */
static gboolean
is_by_annotator (const KutipConversion *self)
{
  return self->options.annotator_files && self->to->by_annotator;
}

static gboolean
store_files (Run *self, KutipMemorySink *sink, GError **error)
{
  for (guint i = 0; i < sink->files->len; i++)
    {
      KutipMemoryFile *file = g_ptr_array_index (sink->files, i);
      gboolean is_folder = kutip_staging_is_folder (self->staging);
      gboolean stored = TRUE;

      if (is_folder && is_by_annotator (self->conversion))
        stored = kutip_staging_append_to_file (self->staging, file->name,
                                               file->bytes->str, file->bytes->len, error);
      else if (is_folder)
        stored = kutip_staging_add_file (self->staging, file->name, file->bytes->str,
                                         file->bytes->len, error);
      else if (*file->name == '+')
        stored = self->kept->sink.append (&self->kept->sink, file->name, file->bytes->str,
                                          file->bytes->len, error);
      else if (*file->name == '\0' || self->conversion->to->single)
        stored = kutip_staging_append (self->staging, file->bytes->str, file->bytes->len,
                                       error);
      if (!stored)
        return FALSE;
      self->progress.n_bytes += file->bytes->len;
    }
  return TRUE;
}

/* What the user or the map says that the output is for. */
static KutipTagset *
get_given_tagset (Run *self)
{
  if (self->conversion->options.tagset != NULL)
    return self->conversion->options.tagset;
  return self->conversion->renaming == NULL
             ? NULL
             : kutip_renaming_get_tagset (self->conversion->renaming);
}

static gboolean
begin_stream (Run *self, GError **error)
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
add_to_output (Run *self, Part *part, GError **error)
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
add_to_target (Run *self, Part *part, GError **error)
{
  const KutipConversionTarget *target = self->conversion->target;

  self->progress.n_bytes += part->n_bytes;
  return target->add (g_steal_pointer (&part->about), part->sink, target->data, error);
}

static gboolean
write_part (Run *self, Part *part, GError **error)
{
  if (self->tagset == NULL && part->tagset != NULL)
    self->tagset = g_object_ref (part->tagset);
  kutip_report_take (self->result->report, part->report);
  if (part->sink == NULL)
    return TRUE;
  self->result->n_records++;
  self->result->n_layers += part->n_layers;
  self->result->n_spans += part->n_spans;
  self->result->n_relations += part->n_relations;
  return self->conversion->target != NULL ? add_to_target (self, part, error)
                                          : add_to_output (self, part, error);
}

static void
tell_progress (Run *self)
{
  const KutipConversion *conversion = self->conversion;

  self->progress.n_records = self->result->n_records;
  if (conversion->progress != NULL)
    conversion->progress (&self->progress, conversion->progress_data);
}

/* A failure that is passed over, or that ends it all. */
static gboolean
pass_over (Run *self, GError *failure, GError **error)
{
  if (self->conversion->keep_going && !self->broken &&
      !g_cancellable_is_cancelled (self->cancellable))
    {
      g_ptr_array_add (self->result->failures, g_strdup (failure->message));
      g_error_free (failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

/* Writes what the first job brings until it is finished. */
static gboolean
write_job (Run *self, Job *job, GError **error)
{
  gboolean good = TRUE;
  gboolean finished = FALSE;

  while (good && !finished)
    {
      Part *part;

      g_mutex_lock (&self->lock);
      while (g_queue_is_empty (&job->parts) && !job->finished)
        g_cond_wait (&self->changed, &self->lock);
      part = g_queue_pop_head (&job->parts);
      if (part != NULL)
        job->n_waiting -= part->n_bytes;
      finished = part == NULL;
      g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->lock);
      if (part != NULL)
        {
          good = write_part (self, part, error);
          free_part (part);
        }
    }
  if (good && job->error != NULL)
    good = pass_over (self, g_steal_pointer (&job->error), error);
  self->progress.n_units++;
  tell_progress (self);
  return good;
}

static Job *
make_job (Run *self, const KutipConvertUnit *unit)
{
  Job *job = g_new0 (Job, 1);

  job->run = self;
  job->unit = *unit;
  job->reading = kutip_report_new ();
  kutip_report_set_limit (job->reading, G_MAXUINT);
  g_queue_init (&job->parts);
  self->progress.n_known++;
  return job;
}

/* The next unit as a job; NULL at the end or with @error. What cannot be opened is passed
 * over when it may. */
static Job *
next_job (Run *self, GError **error)
{
  KutipConvertUnit unit;

  while (TRUE)
    {
      GError *failure = NULL;

      if (kutip_convert_input_next (self->input, &unit, &failure))
        return make_job (self, &unit);
      if (failure == NULL || !pass_over (self, failure, error))
        return NULL;
    }
}

static gboolean
convert_in_one_thread (Run *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  Job *job;

  while (local == NULL && (job = next_job (self, &local)) != NULL)
    {
      run_job (job, NULL);
      write_job (self, job, &local);
      free_job (job);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Gives the threads enough to do; FALSE at the end of the input or with @error. */
static gboolean
fill_queue (Run *self, guint n, GError **error)
{
  while (self->jobs.length < n)
    {
      Job *job = next_job (self, error);

      if (job == NULL)
        return FALSE;
      g_queue_push_tail (&self->jobs, job);
      g_thread_pool_push (self->pool, job, NULL);
    }
  return TRUE;
}

static void
stop_threads (Run *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_queue_clear_full (&self->jobs, free_job);
}

static gboolean
convert_in_threads (Run *self, guint n_threads, GError **error)
{
  /* At the end of the input; told after what came before it was written. */
  g_autoptr (GError) at_end = NULL;
  gboolean more = TRUE, good = TRUE;
  Job *job;

  self->pool = g_thread_pool_new (run_job, NULL, (gint) n_threads, TRUE, error);
  if (self->pool == NULL)
    return FALSE;
  while (good)
    {
      more = more && fill_queue (self, LOOK_AHEAD * n_threads, &at_end);
      job = g_queue_peek_head (&self->jobs);
      if (job == NULL)
        break;
      good = write_job (self, job, error);
      if (good)
        free_job (g_queue_pop_head (&self->jobs));
    }
  stop_threads (self);
  if (good && at_end != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&at_end));
      return FALSE;
    }
  return good;
}

/* With --strict. */
static gboolean
check_losses (Run *self, GError **error)
{
  guint n_lost = kutip_report_get_n (self->result->report, KUTIP_REPORT_LOSS);

  if (!self->conversion->strict || n_lost == 0)
    return TRUE;
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_LOSS,
               ngettext ("%1$u thing would be lost in “%2$s”; nothing was written",
                         "%1$u things would be lost in “%2$s”; nothing was written",
                         n_lost),
               n_lost, self->conversion->to->name);
  return FALSE;
}

static gboolean
finish_output (Run *self, KutipTagset *tagset, GError **error)
{
  const KutipConversion *conversion = self->conversion;
  const KutipFormat *to = conversion->to;
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();

  sink->kept = self->kept;
  if (!self->has_begun && !begin_stream (self, error))
    return FALSE;
  if (to->in_files && to->begin != NULL &&
      !to->begin (tagset, &conversion->options, &sink->sink, error))
    return FALSE;
  if (to->end != NULL && !to->end (tagset, &conversion->options, self->result->n_records,
                                   &sink->sink, error))
    return FALSE;
  return store_files (self, sink, error) &&
         !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         (kutip_staging_is_folder (self->staging) ||
          kutip_convert_store_beside (self->staging, sink, conversion->output, to->suffix,
                                      error)) &&
         kutip_staging_commit (self->staging, error);
}

static gboolean
finish (Run *self, GError **error)
{
  const KutipConversion *conversion = self->conversion;
  KutipTagset *given = get_given_tagset (self);
  g_autoptr (KutipTagset) tagset = NULL;

  if (!check_losses (self, error))
    return FALSE;
  tagset = conversion->options.tagset != NULL
               ? g_object_ref (conversion->options.tagset)
               : kutip_tagset_gather_finish (self->gather,
                                             given != NULL ? given : self->tagset);
  return conversion->target != NULL
             ? conversion->target->finish (tagset, conversion->target->data, error)
             : finish_output (self, tagset, error);
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

  if ((!self->to->in_files && !is_by_annotator (self)) || is_one_file (self))
    return kutip_staging_new_for_stream (path, self->strict, error);
  if (path != NULL)
    return kutip_staging_new_for_folder (path, self->force, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               /* Translators: a format's name; "-o" is typed as it is */
               _ ("“%s” writes several files: name a folder with -o"), self->to->name);
  return NULL;
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
  guint n_threads = self->n_jobs == 0 ? g_get_num_processors () : self->n_jobs;
  Run run = { .conversion = self, .result = result, .cancellable = cancellable };
  g_autoptr (KutipMemorySink) kept = kutip_memory_sink_new ();
  gboolean done;

  run.kept = kept;
  result->report = kutip_report_new ();
  if (self->list_all)
    kutip_report_set_limit (result->report, G_MAXUINT);
  result->failures = g_ptr_array_new_with_free_func (g_free);
  if (staging == NULL && self->target == NULL)
    return FALSE;
  input = kutip_convert_input_new (self->inputs, self->from, cancellable);
  kutip_convert_input_set_base (input, self->below);
  run.input = input;
  run.staging = staging;
  run.gather = gather;
  g_mutex_init (&run.lock);
  g_cond_init (&run.changed);
  g_queue_init (&run.jobs);
  done = (n_threads == 1 ? convert_in_one_thread (&run, error)
                         : convert_in_threads (&run, n_threads, error)) &&
         finish (&run, error);
  g_clear_object (&run.tagset);
  g_mutex_clear (&run.lock);
  g_cond_clear (&run.changed);
  return done;
}
