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

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KutipReport) report = kutip_report_new ();
  GError *error = NULL;
  KutipTagset *tagset =
      kutip_brat_read_conf ((const char *) data, size, "annotation.conf", report, &error);

  if (tagset != NULL)
    check_written (tagset, report);
  check_tagset (tagset, error);
  return 0;
}
