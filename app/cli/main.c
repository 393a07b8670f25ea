/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/output.h"
#include "store/descriptors.h"
#include "text/numbers.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

static const KutipToolCommand *const commands[] = {
  &kutip_command_convert, &kutip_command_export, &kutip_command_formats,
  &kutip_command_search,  &kutip_command_stats,  &kutip_command_validate,
};

/* KUTIP_LOCALE_DIR in the environment: catalogs of a program that runs without being
 * installed. */
static void
set_up_language (void)
{
  const char *folder = g_getenv ("KUTIP_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE,
                  folder != NULL && *folder != '\0' ? folder : KUTIP_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static void
print_help (void)
{
  kutip_output_line (_ ("Usage: kutip-tool COMMAND [OPTION…] [ARGUMENT…]"));
  kutip_output_line ("\n%s", _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    kutip_output_line ("  %-12s %s", commands[i]->name, _ (commands[i]->summary));
  kutip_output_line ("\n%s", _ ("“kutip-tool COMMAND --help” shows a command’s options; "
                                "“kutip-tool --version” prints the version."));
}

static const KutipToolCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

static int
run (int argc, char **argv)
{
  const KutipToolCommand *command;

  if (argc < 2)
    {
      kutip_output_failure (_ ("Which command? Try “kutip-tool --help”."));
      return KUTIP_EXIT_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      print_help ();
      return KUTIP_EXIT_SUCCESS;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      kutip_output_line ("kutip-tool %s", KUTIP_VERSION);
      return KUTIP_EXIT_SUCCESS;
    }
  command = find_command (argv[1]);
  if (command == NULL)
    {
      kutip_output_failure (_ ("There is no command “%s”. Try “kutip-tool --help”."),
                            argv[1]);
      return KUTIP_EXIT_USAGE;
    }
  return command->run (argc - 1, argv + 1);
}

int
main (int argc, char **argv)
{
  kutip_descriptors_guard ();
  kutip_numbers_prepare ();
  kutip_output_begin ();
  set_up_language ();
  return kutip_output_finish (run (argc, argv));
}
