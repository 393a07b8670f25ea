/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-guess.h"
#include "corpus/convert/convert-parts.h"
#include "corpus/convert/convert-prepare.h"
#include "format/formats.h"

#include <glib/gi18n.h>

void
kutip_convert_part_free (gpointer data)
{
  KutipConvertPart *part = data;

  g_clear_pointer (&part->sink, kutip_memory_sink_free);
  g_clear_error (&part->failure);
  kutip_report_free (part->report);
  g_free (part->path);
  g_clear_object (&part->tagset);
  if (part->about != NULL)
    part->free_about (part->about);
  g_free (part);
}

/* All of a unit or record is listed, as the verification asks which spans are lost. */
static KutipReport *
make_report (void)
{
  KutipReport *report = kutip_report_new ();

  kutip_report_set_limit (report, G_MAXUINT);
  return report;
}

KutipConvertJob *
kutip_convert_job_new (KutipConvertRun *run)
{
  KutipConvertJob *job = g_new0 (KutipConvertJob, 1);

  job->run = run;
  job->reading = make_report ();
  return job;
}

void
kutip_convert_job_free (gpointer data)
{
  KutipConvertJob *job = data;

  for (guint i = 0; i < job->n_units; i++)
    {
      kutip_convert_unit_clear (&job->units[i]);
      g_clear_error (&job->failures[i]);
    }
  kutip_report_free (job->reading);
  g_queue_clear_full (&job->parts, kutip_convert_part_free);
  g_free (job);
}

static gboolean
fail_stopped (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped"));
  return FALSE;
}

/* Hands a part over to the writing thread. FALSE when nobody wants it any more. */
static gboolean
deliver (KutipConvertJob *job, KutipConvertPart *part, GError **error)
{
  KutipConvertRun *run = job->run;
  gboolean written;

  if (run->pool == NULL)
    {
      written =
          run->failure == NULL && kutip_convert_write_part (run, part, &run->failure);
      kutip_convert_tell_progress (run);
      kutip_convert_part_free (part);
      return written || fail_stopped (error);
    }
  g_mutex_lock (&run->lock);
  while (job->n_waiting > KUTIP_CONVERT_MAX_WAITING && !run->stopped)
    g_cond_wait (&run->changed, &run->lock);
  g_queue_push_tail (&job->parts, part);
  job->n_waiting += part->n_bytes;
  written = !run->stopped;
  if (job->n_waiting > KUTIP_CONVERT_MAX_WAITING)
    g_cond_broadcast (&run->changed);
  g_mutex_unlock (&run->lock);
  return written || fail_stopped (error);
}

/* Whether anybody asks what labels there were. */
static gboolean
needs_tagset (const KutipConversion *self)
{
  return self->target != NULL || self->to->begin != NULL || self->to->end != NULL;
}

static void
count_annotations (KutipConvertPart *part, KutipRecord *record)
{
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = g_ptr_array_index (record->layers, i);

      part->n_layers += kutip_record_is_untouched_layer (layer) ? 0 : 1;
      part->n_spans += kutip_layer_get_n_spans (layer);
      part->n_relations += kutip_layer_get_n_relations (layer);
    }
}

static KutipConvertPart *
make_part (void)
{
  KutipConvertPart *part = g_new0 (KutipConvertPart, 1);

  part->report = make_report ();
  return part;
}

/* Whether the tag set of @self's articles is that of the output, too. */
static gboolean
keeps_tagset (const KutipConversion *self)
{
  return self->renaming == NULL || kutip_renaming_get_tagset (self->renaming) == NULL;
}

static gboolean
write_record (KutipConvertJob *job,
              KutipRecord *record,
              KutipConvertPart *part,
              GError **error)
{
  const KutipConversion *conversion = job->run->conversion;
  const KutipFormat *to = conversion->to;

  if (keeps_tagset (conversion))
    g_set_object (&part->tagset, record->tagset);
  if (needs_tagset (conversion))
    kutip_tagset_gather_add (job->run->gather, record,
                             job->unit->format == &kutip_format_kutip);
  count_annotations (part, record);
  part->path = g_strdup (record->path);
  kutip_format_report_losses (to, record, part->report);
  kutip_convert_tagset_losses_gather (job->run->tagsets, record);
  /* A target has a place of its own for what it is called. */
  if (conversion->target == NULL && keeps_tagset (conversion))
    kutip_format_report_tagset_names (to, record, part->report);
  if (!to->write (record, &conversion->options, &part->sink->sink, part->report, error))
    return FALSE;
  return conversion->no_verify ||
         kutip_memory_sink_verify (part->sink, to, &conversion->options, record,
                                   part->report, error);
}

/* @report: what was told before; taken. */
static gboolean
emit_piece (KutipConvertJob *job,
            KutipConversionPiece *piece,
            KutipReport *report,
            GError **error)
{
  KutipConvertPart *part = make_part ();

  part->sink = kutip_memory_sink_new ();
  part->sink->most = KUTIP_MEMORY_MOST_OF_RECORD;
  part->about = g_steal_pointer (&piece->about);
  part->free_about = piece->free_about;
  kutip_report_take (part->report, report);
  if (!write_record (job, piece->record, part, error))
    {
      g_prefix_error (error, "%s: ", piece->record->path);
      kutip_convert_part_free (part);
      return FALSE;
    }
  for (guint i = 0; i < part->sink->files->len; i++)
    part->n_bytes +=
        kutip_memory_file_get_n_bytes (g_ptr_array_index (part->sink->files, i));
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
emit_pieces (KutipConvertJob *job,
             KutipRecord *record,
             KutipReport *report,
             GError **error)
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
      KutipConvertPart *part = make_part ();

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

      if (!kutip_record_names_annotator (name, annotator))
        g_ptr_array_remove_index (record->layers, i - 1);
    }
  return annotator == NULL || record->layers->len > 0;
}

/* No output can hold what is no UTF-8 in a file's name. */
static void
make_path_valid (KutipRecord *record, KutipReport *report)
{
  char *path;

  if (g_utf8_validate (record->path, -1, NULL))
    return;
  path = g_utf8_make_valid (record->path, -1);
  g_free (record->path);
  record->path = path;
  kutip_report_add (report, KUTIP_REPORT_LOSS, "file-name", path, NULL, 0, NULL);
}

/* Into a folder of files "b.html" comes as "b.html.txt", which may be there as well. */
static void
keep_apart (KutipConvertJob *job, KutipRecord *record)
{
  const KutipConvertUnit *unit = job->unit;
  const KutipFormat *to = job->run->conversion->to;
  char *place;

  if (!to->in_files || to == &kutip_format_html || unit->format != &kutip_format_kutip ||
      (to == &kutip_format_kutip && kutip_convert_guess_has_suffix (to, record->path)))
    return;
  place = kutip_convert_files_dup_apart (kutip_convert_input_get_files (job->run->input),
                                         unit->path, unit->named, record->path);
  if (place == NULL)
    return;
  kutip_report_add (job->reading, KUTIP_REPORT_LOSS, "file-name", record->path, NULL, 0,
                    place);
  g_free (record->path);
  record->path = place;
}

static gboolean
emit (KutipRecord *record, gpointer data, GError **error)
{
  g_autoptr (KutipRecord) owned = record;
  KutipConvertJob *job = data;

  make_path_valid (record, job->reading);
  keep_apart (job, record);
  if (!keep_layers_of (record, job->run->conversion->annotator))
    return TRUE;
  return kutip_convert_prepare (
             record, job->unit, kutip_convert_input_get_files (job->run->input),
             job->run->conversion->options.tagset, job->run->conversion->renaming,
             job->reading, job->run->cancellable, error) &&
         emit_pieces (job, record, job->reading, error);
}

/* What was told behind the last record of the unit. */
static gboolean
deliver_rest (KutipConvertJob *job)
{
  KutipConvertPart *rest;

  if (kutip_report_get_n (job->reading, KUTIP_REPORT_WARNING) +
          kutip_report_get_n (job->reading, KUTIP_REPORT_LOSS) ==
      0)
    return TRUE;
  rest = make_part ();
  kutip_report_take (rest->report, job->reading);
  return deliver (job, rest, NULL);
}

static gboolean
deliver_failure (KutipConvertJob *job, GError *failure)
{
  KutipConvertPart *part = make_part ();

  part->failure = failure;
  kutip_report_free (job->reading);
  job->reading = make_report ();
  return deliver (job, part, NULL);
}

/* FALSE when no more is wanted. */
static gboolean
read_unit (KutipConvertJob *job, const KutipConvertUnit *unit)
{
  KutipConvertRun *run = job->run;
  KutipSource source = { .path = NULL };
  GError *failure = NULL;
  gboolean is_open = FALSE;

  job->unit = unit;
  if (!g_cancellable_set_error_if_cancelled (run->cancellable, &failure))
    is_open = kutip_convert_input_open (run->input, unit, &source, &failure);
  if (is_open)
    unit->format->read (&source, &run->conversion->options, emit, job, job->reading,
                        &failure);
  kutip_convert_source_clear (&source);
  if (failure == NULL)
    return deliver_rest (job);
  /* What could not be opened is named already. */
  if (is_open)
    kutip_convert_unit_name_place (unit, &failure);
  return deliver_failure (job, failure);
}

void
kutip_convert_job_run (gpointer data, gpointer user_data)
{
  KutipConvertJob *job = data;
  KutipConvertRun *run = job->run;
  gboolean wanted = TRUE;

  for (guint i = 0; i < job->n_units && wanted; i++)
    wanted = job->failures[i] != NULL
                 ? deliver_failure (job, g_steal_pointer (&job->failures[i]))
                 : read_unit (job, &job->units[i]);
  if (run->pool == NULL)
    return;
  g_mutex_lock (&run->lock);
  job->finished = TRUE;
  g_cond_broadcast (&run->changed);
  g_mutex_unlock (&run->lock);
}
