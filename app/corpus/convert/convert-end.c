/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-beside.h"
#include "corpus/convert/convert-parts.h"
#include "format/formats.h"

#include <glib/gi18n.h>
#include <string.h>

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
  return kutip_conversion_result_take (self->result, report, error);
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

/* Where all was passed over, an empty file or folder would look like a result. */
static gboolean
check_any (KutipConvertRun *self, GError **error)
{
  if (self->result->n_records > 0 || self->result->failures->len == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("None of it could be read."));
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

  if (!kutip_convert_tells_of_each (self))
    kutip_convert_tagset_losses_add (self->tagsets, kutip_convert_get_given_tagset (self),
                                     NULL);
  return kutip_convert_tagset_losses_report (self->tagsets, own->to, own->output, tagset,
                                             sink, lost, error) &&
         kutip_conversion_result_take (self->result, lost, error) &&
         check_losses (self, error);
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
  if (!check_output (self, error))
    return FALSE;
  if (!self->has_begun && !kutip_convert_begin_stream (self, error))
    return FALSE;
  if (to->in_files && to->begin != NULL &&
      !to->begin (tagset, &conversion->options, &sink->sink, error))
    return FALSE;
  if (to->end != NULL && !to->end (tagset, &conversion->options, self->result->n_records,
                                   &sink->sink, error))
    return FALSE;
  return kutip_conversion_result_take (self->result, lost, error) &&
         check_losses (self, error) &&
         (to->tagset_file == NULL || tell_tagsets (self, NULL, sink, error)) &&
         kutip_convert_store_files (self, sink, error) &&
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
  KutipTagset *given = kutip_convert_get_given_tagset (self);
  KutipTagset *base = given != NULL ? given : self->tagset;

  if (base != NULL || self->conversion->renaming == NULL)
    return base == NULL ? NULL : g_object_ref (base);
  return kutip_renaming_rename_tagset (self->conversion->renaming,
                                       kutip_tagset_gather_get_shipped (self->gather),
                                       NULL, self->result->report);
}

/* brat tells events and equivalences from relations in its configuration, alone or in a
 * dataset. */
static void
mark_uses (KutipConvertRun *self, KutipTagset **tagset)
{
  g_autoptr (KutipTagset) unmarked = NULL;

  if (*tagset == NULL || self->conversion->to != &kutip_format_brat)
    return;
  unmarked = *tagset;
  *tagset = kutip_tagset_gather_mark_uses (self->gather, unmarked);
}

/* Whether other programs refuse annotations of the output that its configuration does not
 * define. */
static gboolean
defines_what_is_used (const KutipFormat *to)
{
  return to == &kutip_format_brat || to == &kutip_format_label_studio;
}

gboolean
kutip_convert_finish (KutipConvertRun *self, GError **error)
{
  const KutipConversion *conversion = self->conversion;
  g_autoptr (KutipTagset) base = NULL;
  g_autoptr (KutipTagset) tagset = NULL;

  if (!kutip_conversion_result_take (
          self->result, kutip_convert_input_get_report (self->input), error) ||
      !check_any (self, error) || !check_paths (self, error))
    return FALSE;
  base = find_base (self);
  tagset = conversion->options.tagset != NULL && !defines_what_is_used (conversion->to)
               ? g_object_ref (conversion->options.tagset)
               : kutip_tagset_gather_finish (self->gather, base);
  mark_uses (self, &tagset);
  if (conversion->target != NULL)
    return tell_tagsets (self, tagset, NULL, error) &&
           conversion->target->finish (tagset, conversion->target->data, error) &&
           check_losses (self, error);
  /* With a file for it, what that says is known when it is written. */
  return (conversion->to->tagset_file != NULL ? check_losses (self, error)
                                              : tell_tagsets (self, NULL, NULL, error)) &&
         finish_output (self, tagset, error);
}
