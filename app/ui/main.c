/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/concordance/concordance.h"
#include "store/descriptors.h"
#include "text/numbers.h"
#include "ui/application.h"

#include <glib/gi18n.h>
#include <locale.h>

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

int
main (int argc, char **argv)
{
  g_autoptr (KutipApplication) application = NULL;
  int status;

  kutip_descriptors_guard ();
  kutip_numbers_prepare ();
  set_up_language ();
  application = kutip_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  /* No thread outlives main: what it uses goes away then. */
  kutip_concordance_join_all ();
  return status;
}
