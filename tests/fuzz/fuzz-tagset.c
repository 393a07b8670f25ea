/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-json.h"

#include "fuzz.h"

#include <string.h>

/* What is read can be written and read again, and then nothing changes any more. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_from_json ((const char *) data, size, &error);
  g_autoptr (KutipTagset) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true ((tagset == NULL) == (error != NULL));
  if (tagset == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  first = kutip_tagset_to_json (tagset);
  again = kutip_tagset_from_json (first, strlen (first), &error);
  g_assert_no_error (error);
  second = kutip_tagset_to_json (again);
  g_assert_cmpstr (second, ==, first);
  return 0;
}
