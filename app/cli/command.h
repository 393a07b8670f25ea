/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/exit-status.h"

#include <glib.h>

G_BEGIN_DECLS

/* One command of kutip-tool: one file, one line in the table of main.c. */
typedef struct
{
  const char *name;
  const char *arguments; /* what stands behind the name, for people; marked with N_() */
  const char *summary;   /* one sentence without a full stop; marked with N_() */
  /* @argv[0] is the command's name. Returns the exit status. */
  int (*run) (int argc, char **argv);
} KutipToolCommand;

extern const KutipToolCommand kutip_command_convert;
extern const KutipToolCommand kutip_command_export;
extern const KutipToolCommand kutip_command_formats;
extern const KutipToolCommand kutip_command_search;
extern const KutipToolCommand kutip_command_stats;
extern const KutipToolCommand kutip_command_validate;

/* Takes the options in @entries (for which "--help" is made) out of @argv; what is left
 * are the arguments, NULL-terminated. At least @n_arguments of them must be there. FALSE
 * after having said what is wrong: then the command ends with KUTIP_EXIT_USAGE. */
gboolean kutip_command_parse (const KutipToolCommand *command,
                              const GOptionEntry *entries,
                              guint n_arguments,
                              char **argv,
                              char ***arguments);

G_END_DECLS
