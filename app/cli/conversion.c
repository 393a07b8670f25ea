/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/conversion.h"

#include "corpus/convert/convert-names.h"
#include "format/formats.h"
#include "format/tagset/tagset-json.h"
#include "store/paths.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* So many losses of a kind are listed, on a terminal as in a job's log; --losses lists
 * all. */
#define N_LISTED 10
/* Characters of what is quoted of a line. */
#define MOST_DETAIL 160

static char *from_name, *below, *tagset_path, *map_path, *losses_path;
static char *offset_unit;
static gboolean strict, no_verify, keep_going, spreadsheet, bioes;
static gboolean column_per_label, quiet, as_json;
static int n_jobs = 1;
/* What the options name, once it is loaded. */
static KutipTagset *tagset;
static KutipReport *told; /* when it was read */
static KutipRenaming *renaming;

static const GOptionEntry entries[] = {
  { "from", 'f', 0, G_OPTION_ARG_STRING, &from_name,
    N_ ("The format to read; without it, it is guessed"), N_ ("FORMAT") },
  { "below", 0, 0, G_OPTION_ARG_FILENAME, &below,
    N_ ("Name articles by their place below FOLDER, not below each input"),
    N_ ("FOLDER") },
  { "tagset", 0, 0, G_OPTION_ARG_FILENAME, &tagset_path,
    N_ ("The tag set of the output: a file, or a name such as “parc”"), N_ ("FILE") },
  { "map", 0, 0, G_OPTION_ARG_FILENAME, &map_path,
    N_ ("Rename labels, attributes and relations: a file, or a name such as "
        "“polnear-to-kutip”"),
    N_ ("FILE") },
  { "losses", 0, 0, G_OPTION_ARG_FILENAME, &losses_path,
    N_ ("Write what was lost into a JSON file, or with “-” to standard output"),
    N_ ("FILE") },
  { "strict", 0, 0, G_OPTION_ARG_NONE, &strict,
    N_ ("Write nothing when something would be lost or left out"), NULL },
  { "no-verify", 0, 0, G_OPTION_ARG_NONE, &no_verify,
    N_ ("Do not read back what was written"), NULL },
  { "keep-going", 'k', 0, G_OPTION_ARG_NONE, &keep_going,
    N_ ("Pass over what cannot be read"), NULL },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &n_jobs,
    N_ ("Convert several articles at a time; 0: as many as there are processors"),
    N_ ("N") },
  { "offset-unit", 0, 0, G_OPTION_ARG_STRING, &offset_unit,
    N_ ("How offsets are counted, where a format leaves it open: code-points, utf-16, "
        "bytes"),
    N_ ("UNIT") },
  { "spreadsheet", 0, 0, G_OPTION_ARG_NONE, &spreadsheet,
    N_ ("csv, tsv: make cells harmless that a spreadsheet would run"), NULL },
  { "bioes", 0, 0, G_OPTION_ARG_NONE, &bioes, N_ ("conll, conllu: BIOES instead of BIO"),
    NULL },
  { "column-per-label", 0, 0, G_OPTION_ARG_NONE, &column_per_label,
    N_ ("conll: one column for each label"), NULL },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, N_ ("Print failures only"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json,
    N_ ("Print what was done as one JSON document"), NULL },
  { NULL },
};

GOptionEntry *
kutip_conversion_join_entries (const GOptionEntry *own)
{
  GArray *joined = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  while (own->long_name != NULL)
    g_array_append_vals (joined, own++, 1);
  g_array_append_vals (joined, entries, G_N_ELEMENTS (entries) - 1);
  return (GOptionEntry *) (gpointer) g_array_free (joined, FALSE);
}

char *
kutip_conversion_dup_map_name (void)
{
  g_autofree char *base = map_path == NULL ? NULL : g_path_get_basename (map_path);

  return base == NULL ? NULL : g_filename_display_name (base);
}

gboolean
kutip_conversion_is_json (void)
{
  return as_json;
}

gboolean
kutip_conversion_is_quiet (void)
{
  return quiet;
}

gboolean
kutip_conversion_prints_losses (void)
{
  return g_strcmp0 (losses_path, "-") == 0;
}

gboolean
kutip_conversion_find_format (const char *name, const KutipFormat **format)
{
  if (name == NULL)
    return TRUE;
  *format = kutip_format_find (name);
  if (*format == NULL)
    /* Translators: what was typed as the name of a format */
    kutip_output_failure (_ ("There is no format “%s”. “kutip-tool formats” lists them."),
                          name);
  return *format != NULL;
}

gboolean
kutip_conversion_check_option (const char *option,
                               gboolean given,
                               gboolean belongs,
                               const KutipFormat *to)
{
  if (!given || belongs)
    return TRUE;
  /* Translators: an option such as "--bioes", and a format's name */
  kutip_output_failure (_ ("%1$s does not go with “%2$s”."), option, to->name);
  return FALSE;
}

/* Whether options for the layout are for this format. */
static gboolean
check_layout (const KutipFormat *to)
{
  gboolean is_conll = to == &kutip_format_conll;

  return kutip_conversion_check_option (
             "--spreadsheet", spreadsheet,
             to == &kutip_format_csv || to == &kutip_format_tsv, to) &&
         kutip_conversion_check_option ("--bioes", bioes,
                                        is_conll || to == &kutip_format_conllu, to) &&
         kutip_conversion_check_option ("--column-per-label", column_per_label, is_conll,
                                        to);
}

gboolean
kutip_conversion_check_formats (const KutipConversion *conversion)
{
  if (conversion->to == NULL)
    kutip_output_failure (_ ("Which format shall it become? Say it with --to."));
  else if (conversion->to->write == NULL)
    kutip_output_failure (_ ("“%s” can only be read."), conversion->to->name);
  else if (conversion->from != NULL && conversion->from->read == NULL)
    kutip_output_failure (_ ("“%s” can only be written."), conversion->from->name);
  else
    return check_layout (conversion->to);
  return FALSE;
}

static gboolean
choose_unit (KutipFormatOptions *options)
{
  static const char *const names[] = { "auto", "code-points", "utf-16", "bytes" };

  for (guint i = 0; offset_unit != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (offset_unit, names[i]) == 0)
      {
        options->offset_unit = (KutipOffsetUnit) i;
        return TRUE;
      }
  if (offset_unit != NULL)
    kutip_output_failure (_ ("Offsets are counted in code-points, utf-16 or bytes, "
                             "not in “%s”."),
                          offset_unit);
  return offset_unit == NULL;
}

static void
show_progress (const KutipConversionProgress *progress, gpointer data)
{
  kutip_output_progress (ngettext ("%1$lu article, %2$lu MB", "%1$lu articles, %2$lu MB",
                                   (gulong) progress->n_records),
                         (gulong) progress->n_records,
                         (gulong) (progress->n_bytes / 1000000));
}

gboolean
kutip_conversion_take_options (KutipConversion *conversion)
{
  if (!kutip_conversion_find_format (from_name, &conversion->from) ||
      !choose_unit (&conversion->options))
    return FALSE;
  if (n_jobs < 0 || n_jobs > 1024)
    {
      kutip_output_failure (_ ("The number of jobs is from 0 to 1024."));
      return FALSE;
    }
  conversion->below = below;
  conversion->strict = strict;
  conversion->no_verify = no_verify;
  conversion->keep_going = keep_going;
  conversion->list_all = losses_path != NULL;
  conversion->n_jobs = (guint) n_jobs;
  conversion->options.spreadsheet = spreadsheet;
  conversion->options.bioes = bioes;
  conversion->options.column_per_label = column_per_label;
  if (!quiet && isatty (STDERR_FILENO))
    conversion->progress = show_progress;
  return TRUE;
}

static KutipTagset *
load_tagset (GError **error)
{
  if (g_strv_contains (kutip_tagset_list_builtin (), tagset_path) &&
      !g_file_test (tagset_path, G_FILE_TEST_EXISTS))
    return kutip_tagset_load_builtin (tagset_path);
  return kutip_convert_load_tagset (tagset_path, told, NULL, error);
}

static KutipRenaming *
load_map (GError **error)
{
  KutipRenaming *shipped = g_file_test (map_path, G_FILE_TEST_EXISTS)
                               ? NULL
                               : kutip_renaming_load_builtin (map_path);

  return shipped != NULL ? shipped : kutip_convert_load_map (map_path, NULL, error);
}

static gboolean
is_standard_output (const char *path)
{
  return path == NULL || strcmp (path, "-") == 0;
}

/* Whether @path is @folder, or anything below it. */
static gboolean
is_at_or_below (const char *path, const char *folder)
{
  g_autofree char *to = g_canonicalize_filename (path, NULL);
  g_autofree char *from = g_canonicalize_filename (folder, NULL);
  gsize n = strlen (from);

  return strncmp (to, from, n) == 0 && (to[n] == '\0' || to[n] == '/');
}

/* Says so unless what --losses names can be written, and is nothing else. */
static gboolean
check_losses (const char *output)
{
  g_autofree char *above = g_path_get_dirname (losses_path);

  if (!kutip_convert_listing_may_replace (losses_path) ||
      (output != NULL && is_at_or_below (output, losses_path)))
    kutip_output_failure (
        /* Translators: a file; "--losses" is typed as it is */
        _ ("“%s” is something else: name another file for --losses."), losses_path);
  else if (!g_file_test (above, G_FILE_TEST_IS_DIR) &&
           (output == NULL || !is_at_or_below (above, output)))
    kutip_output_failure (
        /* Translators: a file or folder, and the one that it should be in */
        _ ("“%1$s” cannot be written: there is no folder “%2$s”"), losses_path, above);
  else
    return TRUE;
  return FALSE;
}

gboolean
kutip_conversion_check_places (const char *output, gboolean prints_result)
{
  gboolean goes_there = prints_result && is_standard_output (output);
  int n_printed = goes_there + as_json + kutip_conversion_prints_losses ();

  if (n_printed > 1)
    {
      kutip_output_failure (_ ("Only one of these can go to standard output: the result, "
                               "--losses, --json."));
      return FALSE;
    }
  if (below != NULL && !g_file_test (below, G_FILE_TEST_IS_DIR))
    {
      /* Translators: a folder that was named */
      kutip_output_failure (_ ("There is no folder “%s”."), below);
      return FALSE;
    }
  return losses_path == NULL || kutip_conversion_prints_losses () ||
         check_losses (is_standard_output (output) ? NULL : output);
}

gboolean
kutip_conversion_load (KutipConversion *conversion, GError **error)
{
  conversion->told = told = kutip_report_new ();
  if (tagset_path != NULL)
    conversion->options.tagset = tagset = load_tagset (error);
  if (tagset_path != NULL && tagset == NULL)
    return FALSE;
  if (map_path != NULL)
    conversion->renaming = renaming = load_map (error);
  return map_path == NULL || renaming != NULL;
}

/* As much of a foreign line as is worth reading; owned. */
static char *
dup_detail (const char *detail)
{
  g_autofree char *start = NULL;

  if (detail == NULL || g_utf8_strlen (detail, -1) <= MOST_DETAIL)
    return g_strdup (detail);
  start = g_utf8_substring (detail, 0, MOST_DETAIL);
  return g_strconcat (start, "…", NULL);
}

/* The first entries of one kind and word, a line each; then how many there are. FALSE
 * when that are not all. */
static gboolean
list_entries (KutipReport *report, KutipReportKind kind, const char *word)
{
  guint count = kutip_report_count (report, kind, word);
  guint n_listed = 0;

  for (guint i = 0; i < kutip_report_get_n_entries (report) && n_listed < N_LISTED; i++)
    {
      const KutipReportEntry *entry = kutip_report_get_nth (report, i);
      g_autoptr (GString) place = g_string_new (entry->path == NULL ? "" : entry->path);
      g_autofree char *detail = dup_detail (entry->detail);

      if (entry->kind != kind || strcmp (entry->what, word) != 0)
        continue;
      if (entry->line > 0)
        g_string_append_printf (place, ":%" G_GUINT64_FORMAT, entry->line);
      if (entry->annotator != NULL)
        g_string_append_printf (place, " (%s)", entry->annotator);
      kutip_output_finding ("%s: %s: %s%s%s%s%s", place->str,
                            kind == KUTIP_REPORT_LOSS ? _ ("lost") : _ ("warning"), word,
                            entry->id != NULL ? ": " : "",
                            entry->id != NULL ? entry->id : "",
                            detail != NULL ? ": " : "", detail != NULL ? detail : "");
      n_listed++;
    }
  if (count > n_listed)
    /* Translators: a number, and an English word of the report such as "notes" */
    kutip_output_finding (_ ("… and %1$u more: %2$s"), count - n_listed, word);
  return count == n_listed;
}

static void
list_report (KutipReport *report, const KutipFormat *to)
{
  static const KutipReportKind kinds[] = { KUTIP_REPORT_WARNING, KUTIP_REPORT_LOSS };
  guint n_lost = kutip_report_get_n (report, KUTIP_REPORT_LOSS);
  gboolean all = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (GStrv) words = kutip_report_list_what (report, kinds[i]);

      for (guint j = 0; words[j] != NULL; j++)
        all &= list_entries (report, kinds[i], words[j]);
    }
  if (!all && losses_path == NULL)
    /* Translators: "--losses" is typed as it is */
    kutip_output_finding (_ ("“--losses FILE” lists all of them."));
  if (n_lost > 0)
    kutip_output_failure (ngettext ("%1$u thing cannot be kept in “%2$s”.",
                                    "%1$u things cannot be kept in “%2$s”.", n_lost),
                          n_lost, to->name);
}

static gboolean
save_losses (const KutipConversionResult *result)
{
  g_autoptr (GError) error = NULL;

  if (kutip_convert_listing_save (result->listing, result->report,
                                  kutip_conversion_prints_losses () ? NULL : losses_path,
                                  &error))
    return TRUE;
  kutip_output_failure ("%s", error->message);
  return FALSE;
}

/* The option that would help: the core, which the window shares, knows of none. */
static void
tell_option (const KutipConversion *conversion, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) && !conversion->force)
    /* Translators: "--force" is typed as it is */
    kutip_output_finding (_ ("“--force” replaces what an earlier run has made."));
  if (g_error_matches (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNKNOWN))
    /* Translators: "--from" and "kutip-tool formats" are typed as they are */
    kutip_output_finding (_ ("“--from” names the format; “kutip-tool formats” lists "
                             "them."));
}

gboolean
kutip_conversion_tell (const KutipConversion *conversion,
                       KutipConversionResult *result,
                       const GError *error)
{
  gboolean good;

  /* Where it failed before anything was read. */
  if (result->report == NULL)
    result->report = kutip_report_new ();
  if (result->failures == NULL)
    result->failures = g_ptr_array_new_with_free_func (g_free);
  good = error == NULL && result->failures->len == 0;
  kutip_output_progress (NULL);
  if (!quiet)
    list_report (result->report, conversion->to);
  for (guint i = 0; i < result->failures->len; i++)
    kutip_output_failure ("%s", (const char *) g_ptr_array_index (result->failures, i));
  if (error != NULL)
    {
      kutip_output_failure ("%s", error->message);
      if (!quiet)
        tell_option (conversion, error);
      g_ptr_array_add (result->failures, g_strdup (error->message));
    }
  if (result->listing != NULL && !save_losses (result))
    good = FALSE;
  return good;
}

void
kutip_conversion_print_members (KutipJsonOutput *out, const KutipConversionResult *result)
{
  static const struct
  {
    const char *name;
    KutipReportKind kind;
  } kinds[] = { { "losses", KUTIP_REPORT_LOSS }, { "warnings", KUTIP_REPORT_WARNING } };

  kutip_json_output_number (out, "articles", result->n_records);
  kutip_json_output_number (out, "layers", result->n_layers);
  kutip_json_output_number (out, "spans", result->n_spans);
  kutip_json_output_number (out, "relations", result->n_relations);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (GStrv) words = kutip_report_list_what (result->report, kinds[i].kind);

      kutip_json_output_open (out, kinds[i].name, '{');
      for (guint j = 0; words[j] != NULL; j++)
        kutip_json_output_number (
            out, words[j], kutip_report_count (result->report, kinds[i].kind, words[j]));
      kutip_json_output_close (out, '}');
    }
  kutip_json_output_open (out, "failures", '[');
  for (guint i = 0; i < result->failures->len; i++)
    kutip_json_output_string (out, NULL, g_ptr_array_index (result->failures, i));
  kutip_json_output_close (out, ']');
}
