/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include "cli/output.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
kutip_command_parse (const KutipToolCommand *command,
                     const GOptionEntry *entries,
                     guint n_arguments,
                     char **argv,
                     char ***arguments)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ (command->arguments));
  g_autofree char *program = g_strconcat ("kutip-tool ", command->name, NULL);
  g_auto (GStrv) words = g_strdupv (argv);
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
