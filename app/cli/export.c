/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export.h"

#include "cli/command.h"
#include "cli/conversion.h"
#include "cli/interrupt.h"
#include "corpus/export/export-field.h"
#include "corpus/split.h"

#include <glib/gi18n.h>
#include <string.h>

static char *to_name, *output, *shares, *seed, *group_by, *stratify_by, *dates;
static char *layer, *context, *title, *license;
static gboolean done_only, force;
/* What --split-by-date says. */
static char *days[KUTIP_EXPORT_MAX_SPLITS - 1];

static const GOptionEntry entries[] = {
  { "to", 't', 0, G_OPTION_ARG_STRING, &to_name, N_ ("The format of the dataset"),
    N_ ("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The folder of the dataset"),
    N_ ("OUT") },
  { "split", 's', 0, G_OPTION_ARG_STRING, &shares,
    N_ ("Share articles out among train, validation and test, or train and test, such as "
        "80/10/10"),
    N_ ("SHARES") },
  { "seed", 0, 0, G_OPTION_ARG_STRING, &seed,
    N_ ("A whole number that decides which article goes where; 0 without it"), N_ ("N") },
  { "group-by", 0, 0, G_OPTION_ARG_STRING, &group_by,
    N_ ("Keep articles together that have the same publisher, date, folder or other "
        "field"),
    N_ ("FIELD") },
  { "stratify-by", 0, 0, G_OPTION_ARG_STRING, &stratify_by,
    N_ ("Share out labels evenly (“label”), or the values of a field"), N_ ("FIELD") },
  { "split-by-date", 0, 0, G_OPTION_ARG_STRING, &dates,
    N_ ("Instead of --split: the days on which validation and test begin, or test alone"),
    N_ ("DATES") },
  { "layer", 0, 0, G_OPTION_ARG_STRING, &layer, N_ ("Only what this annotator marked"),
    N_ ("NAME") },
  { "done-only", 0, 0, G_OPTION_ARG_NONE, &done_only,
    N_ ("Only layers that are marked as done"), NULL },
  { "context", 0, 0, G_OPTION_ARG_STRING, &context,
    N_ ("What a record is: article, or a paragraph or sentence that has a span"),
    N_ ("UNIT") },
  { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_ ("What the dataset is called"),
    N_ ("TITLE") },
  { "license", 0, 0, G_OPTION_ARG_STRING, &license,
    N_ ("The licence of the dataset, such as cc-by-4.0"), N_ ("ID") },
  { "force", 0, 0, G_OPTION_ARG_NONE, &force,
    N_ ("Replace an earlier dataset in the folder"), NULL },
  { NULL },
};

static gboolean
refuse (const char *reason)
{
  kutip_output_failure ("%s", reason);
  return FALSE;
}

static gboolean
take_shares (KutipExportOptions *options)
{
  if (shares != NULL &&
      !kutip_split_parse_shares (shares, options->shares, &options->n_shares))
    return refuse (
        _ ("Shares are two or three whole numbers above 0, such as 80/10/10."));
  if (seed != NULL &&
      !g_ascii_string_to_unsigned (seed, 10, 0, G_MAXUINT64, &options->seed, NULL))
    return refuse (_ ("The seed is a whole number from 0 on."));
  if (seed != NULL && shares == NULL)
    return refuse (_ ("A seed needs shares to split into."));
  return TRUE;
}

static gboolean
take_dates (KutipExportOptions *options)
{
  g_auto (GStrv) parts = dates == NULL ? NULL : g_strsplit (dates, ",", -1);

  if (dates == NULL)
    return TRUE;
  options->n_dates = g_strv_length (parts);
  if (options->n_dates < 1 || options->n_dates > G_N_ELEMENTS (options->dates))
    return refuse (_ ("--split-by-date takes one or two dates, such as "
                      "2023-07-01,2023-10-01."));
  for (guint i = 0; i < options->n_dates; i++)
    {
      days[i] = kutip_export_parse_day (parts[i]);
      options->dates[i] = days[i];
      if (days[i] == NULL)
        {
          kutip_output_failure (_ ("“%s” is no date such as 2023-07-01."), parts[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
take_context (KutipExportOptions *options)
{
  static const char *const names[] = { "article", "paragraph", "sentence" };

  for (guint i = 0; context != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], context) == 0)
      {
        options->context = (KutipExportContext) i;
        return TRUE;
      }
  if (context != NULL)
    kutip_output_failure (_ ("A record is an article, paragraph or sentence, not “%s”."),
                          context);
  return context == NULL;
}

static gboolean
take_options (KutipConversion *conversion, KutipExportOptions *options)
{
  const char *reason;

  if (!kutip_conversion_take_options (conversion) ||
      !kutip_conversion_find_format (to_name, &conversion->to) ||
      !kutip_conversion_check_formats (conversion) || !take_shares (options) ||
      !take_dates (options) || !take_context (options))
    return FALSE;
  options->group_by = group_by;
  options->stratify_by = stratify_by;
  options->layer = layer;
  options->done_only = done_only;
  options->title = title;
  options->license = license;
  options->version = KUTIP_VERSION;
  reason = kutip_export_check (options);
  if (reason != NULL)
    return refuse (reason);
  if (output == NULL || strcmp (output, "-") == 0)
    return refuse (_ ("A dataset is a folder: name it with -o."));
  return kutip_conversion_check_places (output, FALSE);
}

static void
print_json (const KutipExportResult *result)
{
  KutipJsonOutput out = { 0 };

  kutip_json_output_open (&out, NULL, '{');
  kutip_json_output_number (&out, "left_out", result->n_left_out);
  kutip_json_output_open (&out, "splits", '[');
  for (guint i = 0; i < result->n_splits; i++)
    {
      const KutipExportSplit *split = &result->splits[i];

      kutip_json_output_open (&out, NULL, '{');
      kutip_json_output_string (&out, "name", split->name);
      kutip_json_output_number (&out, "groups", split->n_groups);
      kutip_json_output_number (&out, "articles", split->n_articles);
      kutip_json_output_number (&out, "records", split->n_records);
      kutip_json_output_number (&out, "layers", split->n_layers);
      kutip_json_output_number (&out, "spans", split->n_spans);
      kutip_json_output_number (&out, "relations", split->n_relations);
      kutip_json_output_close (&out, '}');
    }
  kutip_json_output_close (&out, ']');
  kutip_conversion_print_members (&out, &result->conversion);
  kutip_json_output_close (&out, '}');
}

static void
print_table (const KutipExportResult *result)
{
  for (guint i = 0; i < result->n_splits; i++)
    {
      const KutipExportSplit *split = &result->splits[i];

      kutip_output_line ("%s", split->name);
      kutip_output_number (1, _ ("Articles"), split->n_articles);
      kutip_output_number (1, _ ("Records"), split->n_records);
      kutip_output_number (1, _ ("Spans"), split->n_spans);
      kutip_output_number (1, _ ("Relations"), split->n_relations);
    }
  if (result->n_left_out > 0)
    kutip_output_number (0, _ ("Articles left out"), result->n_left_out);
}

static int export(KutipConversion *conversion, const KutipExportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_auto (KutipExportResult) result = { 0 };
  gboolean done, good;

  done =
      kutip_conversion_load (conversion, &error) &&
      kutip_export_run (conversion, options, &result, kutip_interrupt_watch (), &error);
  good = kutip_conversion_tell (conversion, &result.conversion, error);
  if (kutip_conversion_is_json ())
    print_json (&result);
  else if (!kutip_conversion_is_quiet () && !kutip_conversion_prints_losses () && done)
    print_table (&result);
  kutip_interrupt_finish ();
  return good ? KUTIP_EXIT_SUCCESS : KUTIP_EXIT_FINDINGS;
}

static int
run_export (int argc, char **argv)
{
  g_autofree char *map = NULL;
  g_autofree GOptionEntry *all = kutip_conversion_join_entries (entries);
  g_auto (GStrv) inputs = NULL;
  KutipConversion conversion = { .inputs = NULL };
  KutipExportOptions options = { .n_shares = 0 };

  if (!kutip_command_parse (&kutip_command_export, all, 1, argv, &inputs) ||
      !take_options (&conversion, &options))
    return KUTIP_EXIT_USAGE;
  map = kutip_conversion_dup_map_name ();
  options.map = map;
  conversion.inputs = inputs;
  conversion.output = output;
  conversion.force = force;
  return export(&conversion, &options);
}

const KutipToolCommand kutip_command_export = {
  .name = "export",
  .arguments = N_ ("INPUT…"),
  .summary = N_ ("Make a dataset with splits out of annotated articles"),
  .run = run_export,
};
