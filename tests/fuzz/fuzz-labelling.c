/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio.h"

#include "checked-tagset.h"
#include "fuzz.h"

/* Label Studio's labelling configuration; what it says can be written as one again. */

static void
check_written (KutipTagset *tagset, KutipReport *report)
{
  g_autoptr (GTree) uses = g_tree_new ((GCompareFunc) g_strcmp0);
  g_autoptr (GString) config = kutip_label_studio_write_config (tagset, uses);
  g_autoptr (KutipTagset) again = NULL;
  g_autoptr (GError) error = NULL;

  again = kutip_label_studio_read_config (config->str, config->len, "config.xml", report,
                                          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_tagset_get_n_labels (again), <=,
                    kutip_tagset_get_n_labels (tagset));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KutipReport) report = kutip_report_new ();
  GError *error = NULL;
  KutipTagset *tagset = kutip_label_studio_read_config ((const char *) data, size,
                                                        "config.xml", report, &error);

  if (tagset != NULL)
    check_written (tagset, report);
  check_tagset (tagset, error);
  return 0;
}
