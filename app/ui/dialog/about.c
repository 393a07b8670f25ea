/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/dialog/about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
kutip_about_present (GtkWindow *parent)
{
  adw_show_about_window (
      parent, "application-name", _ ("Kutip"), "application-icon", KUTIP_APPLICATION_ID,
      "version", KUTIP_VERSION, "developer-name", _ ("The Kutip developers"),
      "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("Mark claims, quotes and sources in articles, say who said what, and hand the "
         "result on as a labelled dataset. Nothing leaves your computer."),
      /* Translators: put your names here, one a line; they are shown as credits.
       */
      "translator-credits", _ ("translator-credits"), NULL);
}
