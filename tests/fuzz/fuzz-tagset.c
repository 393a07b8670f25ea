/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-json.h"

#include "checked-tagset.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  GError *error = NULL;
  KutipTagset *tagset = kutip_tagset_from_json ((const char *) data, size, &error);

  check_tagset (tagset, error);
  return 0;
}
