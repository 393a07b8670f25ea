/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert.h"

#include "cli/command.h"
#include "cli/conversion.h"
#include "cli/interrupt.h"
#include "format/formats.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static char *to_name, *output;
static gboolean force, annotator_files;

static const GOptionEntry entries[] = {
  { "to", 't', 0, G_OPTION_ARG_STRING, &to_name,
    N_ ("The format to write; without it, that of OUT’s name"), N_ ("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
    N_ ("A file, or a folder for formats of several files; standard output without it"),
    N_ ("OUT") },
  { "force", 0, 0, G_OPTION_ARG_NONE, &force,
    N_ ("Replace files that are in the output folder already"), NULL },
  { "annotator-files", 0, 0, G_OPTION_ARG_NONE, &annotator_files,
    N_ ("doccano: a folder with one file for each annotator"), NULL },
  { NULL },
};

/* What is written goes where people look at it. */
static gboolean
goes_to_terminal (void)
{
  return (output == NULL || strcmp (output, "-") == 0) && isatty (STDOUT_FILENO);
}

/* The longest suffix that @name has is the one that says most; of formats with the same,
 * the one that is called so, else the first. */
static const KutipFormat *
find_format_of_name (const char *name)
{
  const KutipFormat *const *formats = kutip_format_list ();
  const KutipFormat *best = NULL;
  gsize most = 0;

  for (guint i = 0; formats[i] != NULL; i++)
    {
      const char *suffix = formats[i]->suffix;
      gsize n = 2 * strlen (suffix) + (strcmp (suffix + 1, formats[i]->name) == 0);

      if (formats[i]->write == NULL || (formats[i]->in_files && !formats[i]->single) ||
          !g_str_has_suffix (name, suffix) || n <= most)
        continue;
      best = formats[i];
      most = n;
    }
  return best;
}

/* The format to write; by the output's suffix when nobody says. */
static gboolean
choose_formats (KutipConversion *conversion)
{
  if (!kutip_conversion_find_format (to_name, &conversion->to))
    return FALSE;
  if (conversion->to == NULL && output != NULL)
    conversion->to = find_format_of_name (output);
  if (!kutip_conversion_check_formats (conversion) ||
      !kutip_conversion_check_option ("--annotator-files", annotator_files,
                                      conversion->to->by_annotator, conversion->to))
    return FALSE;
  if (conversion->to == &kutip_format_refi_qda && goes_to_terminal ())
    {
      kutip_output_failure (_ ("“%s” is nothing to read on a terminal: name a file with "
                               "-o."),
                            conversion->to->name);
      return FALSE;
    }
  conversion->options.annotator_files = annotator_files;
  if (!(conversion->to->in_files || annotator_files) ||
      (output != NULL && strcmp (output, "-") != 0))
    return TRUE;
  kutip_output_failure (_ ("“%s” writes several files: name a folder with -o."),
                        conversion->to->name);
  return FALSE;
}

static void
print_summary (const KutipConversionResult *result)
{
  KutipJsonOutput out = { 0 };

  kutip_json_output_open (&out, NULL, '{');
  kutip_conversion_print_members (&out, result);
  kutip_json_output_close (&out, '}');
}

static int
convert (KutipConversion *conversion)
{
  g_autoptr (GError) error = NULL;
  g_auto (KutipConversionResult) result = { 0 };
  gboolean good;

  if (kutip_conversion_load (conversion, &error))
    kutip_conversion_run (conversion, &result, kutip_interrupt_watch (), &error);
  good = kutip_conversion_tell (conversion, &result, error);
  if (kutip_conversion_is_json ())
    print_summary (&result);
  kutip_interrupt_finish ();
  return good ? KUTIP_EXIT_SUCCESS : KUTIP_EXIT_FINDINGS;
}

static int
run_convert (int argc, char **argv)
{
  g_autofree GOptionEntry *all = kutip_conversion_join_entries (entries);
  g_auto (GStrv) inputs = NULL;
  KutipConversion conversion = { .inputs = NULL };

  if (!kutip_command_parse (&kutip_command_convert, all, 1, argv, &inputs) ||
      !kutip_conversion_take_options (&conversion) || !choose_formats (&conversion) ||
      !kutip_conversion_check_places (output, TRUE))
    return KUTIP_EXIT_USAGE;
  /* Or it would stand between the lines. */
  if (goes_to_terminal ())
    conversion.progress = NULL;
  conversion.inputs = inputs;
  conversion.output = output;
  conversion.force = force;
  return convert (&conversion);
}

const KutipToolCommand kutip_command_convert = {
  .name = "convert",
  .arguments = N_ ("INPUT…"),
  .summary = N_ ("Turn annotated articles of one format into another"),
  .run = run_convert,
};
