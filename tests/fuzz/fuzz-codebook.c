/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda.h"

#include "checked-tagset.h"
#include "fuzz.h"

/* A REFI-QDA codebook. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  GError *error = NULL;
  KutipTagset *tagset = kutip_refi_read_codebook (bytes, NULL, &error);

  check_tagset (tagset, error);
  return 0;
}
