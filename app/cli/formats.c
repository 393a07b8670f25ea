/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/output.h"
#include "format/format.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a line, and of what stands before the titles. */
#define COLUMNS 80
#define INDENT 21

static gboolean as_json;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print one JSON document"), NULL },
  { NULL },
};

/* A word for each thing that a format may keep: those of the loss report. */
static const struct
{
  KutipFeatures feature;
  const char *word;
} features[] = {
  { KUTIP_KEEPS_TEXT, "text" },
  { KUTIP_KEEPS_OVERLAP, "overlaps" },
  { KUTIP_KEEPS_PIECES, "pieces" },
  { KUTIP_KEEPS_SUB_TOKEN, "sub-token" },
  { KUTIP_KEEPS_IDS, "ids" },
  { KUTIP_KEEPS_ATTRIBUTES, "attributes" },
  { KUTIP_KEEPS_LISTS, "attribute-lists" },
  { KUTIP_KEEPS_NOTES, "notes" },
  { KUTIP_KEEPS_LINKS, "links" },
  { KUTIP_KEEPS_UNSURE, "unsure" },
  { KUTIP_KEEPS_ORIGIN, "origins" },
  { KUTIP_KEEPS_TIMES, "times" },
  { KUTIP_KEEPS_RELATIONS, "relations" },
  { KUTIP_KEEPS_EVENTS, "events" },
  { KUTIP_KEEPS_RELATION_ATTRIBUTES, "relation-attributes" },
  { KUTIP_KEEPS_RELATION_NOTES, "relation-notes" },
  { KUTIP_KEEPS_METADATA, "metadata" },
  { KUTIP_KEEPS_STATUS, "status" },
  { KUTIP_KEEPS_ARTICLE_ATTRIBUTES, "article-attributes" },
  { KUTIP_KEEPS_ARTICLE_NOTE, "article-note" },
  { KUTIP_KEEPS_ANNOTATORS, "annotator" },
  { KUTIP_KEEPS_TAGSET, "tagset" },
  { KUTIP_KEEPS_ORPHANS, "orphans" },
  { KUTIP_KEEPS_REVIEWS, "reviews" },
};

static void
print_json_format (KutipJsonOutput *out, const KutipFormat *format)
{
  kutip_json_output_open (out, NULL, '{');
  kutip_json_output_string (out, "name", format->name);
  kutip_json_output_string (out, "title", _ (format->title));
  kutip_json_output_string (out, "suffix", format->suffix);
  kutip_json_output_boolean (out, "reads", format->read != NULL);
  kutip_json_output_boolean (out, "writes", format->write != NULL);
  kutip_json_output_boolean (out, "text_apart", format->apart);
  kutip_json_output_boolean (out, "writes_files", format->in_files);
  kutip_json_output_open (out, "keeps", '[');
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    if ((format->keeps & features[i].feature) != 0)
      kutip_json_output_string (out, NULL, features[i].word);
  kutip_json_output_close (out, ']');
  kutip_json_output_close (out, '}');
}

static void
print_json (void)
{
  const KutipFormat *const *formats = kutip_format_list ();
  KutipJsonOutput out = { 0 };

  kutip_json_output_open (&out, NULL, '{');
  kutip_json_output_open (&out, "formats", '[');
  for (guint i = 0; formats[i] != NULL; i++)
    print_json_format (&out, formats[i]);
  kutip_json_output_close (&out, ']');
  kutip_json_output_close (&out, '}');
}

/* Prints what has been gathered of a list, below the titles. */
static void
print_words (GString *words)
{
  kutip_output_line ("%*s%s", INDENT, "", words->str);
  g_string_truncate (words, 0);
}

static void
print_format (const KutipFormat *format)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean more = FALSE;

  kutip_output_line ("%-16s %s%s  %s", format->name, format->read != NULL ? "r" : "-",
                     format->write != NULL ? "w" : "-", _ (format->title));
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    {
      const char *word = features[i].word;

      if ((format->keeps & features[i].feature) != 0)
        continue;
      if (!more)
        /* Translators: a list of English words follows, as the loss report has them */
        g_string_append (words, _ ("loses:"));
      else
        g_string_append_c (words, ',');
      more = TRUE;
      /* A comma follows. */
      if (INDENT + g_utf8_strlen (words->str, -1) + 1 + (glong) strlen (word) + 1 >
          COLUMNS)
        print_words (words);
      g_string_append_printf (words, "%s%s", words->len == 0 ? "" : " ", word);
    }
  if (more)
    print_words (words);
}

static int
run_formats (int argc, char **argv)
{
  const KutipFormat *const *formats = kutip_format_list ();
  g_auto (GStrv) arguments = NULL;

  if (!kutip_command_parse (&kutip_command_formats, entries, 0, argv, &arguments))
    return KUTIP_EXIT_USAGE;
  if (*arguments != NULL)
    {
      kutip_output_failure (_ ("“formats” is about all formats: it takes no names."));
      return KUTIP_EXIT_USAGE;
    }
  if (as_json)
    print_json ();
  else
    for (guint i = 0; formats[i] != NULL; i++)
      print_format (formats[i]);
  return KUTIP_EXIT_SUCCESS;
}

const KutipToolCommand kutip_command_formats = {
  .name = "formats",
  .arguments = "",
  .summary = N_ ("List the formats, and what each of them keeps"),
  .run = run_formats,
};
