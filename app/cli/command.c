/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include "cli/output.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
takes_value (const GOptionEntry *entry)
{
  return entry->arg != G_OPTION_ARG_NONE &&
         !(entry->arg == G_OPTION_ARG_CALLBACK && (entry->flags & G_OPTION_FLAG_NO_ARG));
}

static const GOptionEntry *
find_letter (const GOptionEntry *entries, char letter)
{
  for (; entries->long_name != NULL; entries++)
    if (entries->short_name == letter)
      return entries;
  return NULL;
}

/* Where the value begins that follows a letter in one word ("-j4", "-qj4"); 0: there is
 * none. GLib wants it in a word of its own. */
static gsize
find_value (const GOptionEntry *entries, const char *word)
{
  if (word[0] != '-' || word[1] == '-')
    return 0;
  for (gsize i = 1; word[i] != '\0'; i++)
    {
      const GOptionEntry *entry = find_letter (entries, word[i]);

      if (entry == NULL)
        return 0;
      if (takes_value (entry))
        return word[i + 1] == '\0' ? 0 : i + 1;
    }
  return 0;
}

/* Whether the next word is the value of the option that ends @word. */
static gboolean
wants_next (const GOptionEntry *entries, const char *word)
{
  const GOptionEntry *entry = NULL;

  if (word[0] != '-' || word[1] == '\0')
    return FALSE;
  if (word[1] != '-')
    entry = find_value (entries, word) > 0
                ? NULL
                : find_letter (entries, word[strlen (word) - 1]);
  else
    for (const GOptionEntry *e = entries; entry == NULL && e->long_name != NULL; e++)
      if (strcmp (e->long_name, word + 2) == 0)
        entry = e;
  return entry != NULL && takes_value (entry);
}

/* The words of the command line, with each value that follows a letter as one of its own;
 * those behind "--", and those that are values, stay as they are. */
static char **
part_values (const GOptionEntry *entries, char **argv)
{
  GPtrArray *words = g_ptr_array_new ();
  gboolean is_value = FALSE, ended = FALSE;

  for (guint i = 0; argv[i] != NULL; i++)
    {
      gsize at = i == 0 || is_value || ended ? 0 : find_value (entries, argv[i]);

      ended = ended || (!is_value && strcmp (argv[i], "--") == 0);
      is_value = i > 0 && !is_value && !ended && wants_next (entries, argv[i]);
      g_ptr_array_add (words, at == 0 ? g_strdup (argv[i]) : g_strndup (argv[i], at));
      if (at > 0)
        g_ptr_array_add (words, g_strdup (argv[i] + at));
    }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

gboolean
kutip_command_parse (const KutipToolCommand *command,
                     const GOptionEntry *entries,
                     guint n_arguments,
                     char **argv,
                     char ***arguments)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ (command->arguments));
  g_autofree char *program = g_strconcat ("kutip-tool ", command->name, NULL);
  g_auto (GStrv) words = part_values (entries, argv);
  g_autoptr (GError) error = NULL;

  g_set_prgname (program);
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &words, &error))
    {
      kutip_output_failure ("%s", error->message);
      return FALSE;
    }

  /* "--" only ends the options. */
  *arguments =
      g_strdupv (words + (words[1] != NULL && strcmp (words[1], "--") == 0 ? 2 : 1));
  if (g_strv_length (*arguments) >= n_arguments)
    return TRUE;
  g_clear_pointer (arguments, g_strfreev);
  kutip_output_failure (_ ("Something to work on is missing. Try “%s --help”."), program);
  return FALSE;
}
