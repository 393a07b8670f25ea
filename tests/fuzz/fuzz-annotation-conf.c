/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat.h"

#include "checked-tagset.h"
#include "fuzz.h"

#include <string.h>

/* brat's annotation.conf; what it says can be written as one again, but for names that
 * brat cannot define. */

static void
check_written (KutipTagset *tagset, KutipReport *report)
{
  g_autoptr (GString) conf = kutip_brat_write_conf (tagset);
  g_autoptr (KutipTagset) again = NULL;
  g_autoptr (GError) error = NULL;

  again = kutip_brat_read_conf (conf->str, conf->len, "annotation.conf", report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_tagset_get_n_labels (again), <=,
                    kutip_tagset_get_n_labels (tagset));
}

/* The same bytes as the files beside it: what is written of them is read as it is. */
static void
check_look (KutipTagset *tagset, const char *bytes, gsize n_bytes, KutipReport *report)
{
  g_autoptr (KutipTagset) shown =
      kutip_brat_add_visual (tagset, bytes, n_bytes, "visual.conf", report);
  g_autoptr (KutipTagset) both =
      kutip_brat_add_shortcuts (shown, bytes, n_bytes, "kb_shortcuts.conf", report);
  g_autoptr (GString) visual = kutip_brat_write_visual (both);
  g_autoptr (GString) shortcuts = kutip_brat_write_shortcuts (both);
  g_autoptr (KutipTagset) again = NULL;
  g_autoptr (GString) written = NULL;

  g_assert_cmpuint (kutip_tagset_get_n_labels (both), ==,
                    kutip_tagset_get_n_labels (tagset));
  if (visual == NULL)
    return;
  again = kutip_brat_add_visual (both, visual->str, visual->len, "visual.conf", report);
  written = kutip_brat_write_visual (again);
  g_assert_cmpstr (written == NULL ? "" : written->str, ==, visual->str);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KutipReport) report = kutip_report_new ();
  GError *error = NULL;
  KutipTagset *tagset =
      kutip_brat_read_conf ((const char *) data, size, "annotation.conf", report, &error);

  if (tagset != NULL)
    {
      check_written (tagset, report);
      check_look (tagset, (const char *) data, size, report);
    }
  check_tagset (tagset, error);
  return 0;
}
