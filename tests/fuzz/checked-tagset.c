/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checked-tagset.h"

#include "format/tagset/tagset-json.h"

#include <string.h>

void
check_tagset (KutipTagset *tagset, GError *error)
{
  g_autoptr (KutipTagset) again = NULL;
  g_autoptr (GError) own_error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true ((tagset == NULL) == (error != NULL));
  if (tagset == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_error_free (error);
      return;
    }
  first = kutip_tagset_to_json (tagset);
  again = kutip_tagset_from_json (first, strlen (first), &own_error);
  g_assert_no_error (own_error);
  second = kutip_tagset_to_json (again);
  g_assert_cmpstr (second, ==, first);
  g_object_unref (tagset);
}
