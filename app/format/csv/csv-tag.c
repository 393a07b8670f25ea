/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv/csv-tag.h"

#include <string.h>

gboolean
kutip_csv_is_other_tag (KutipSpan *known, const KutipSpanFields *fields)
{
  KutipSpanFields other;

  kutip_span_get_fields (known, &other);
  if (other.n_ranges != fields->n_ranges || strcmp (other.label, fields->label) == 0 ||
      (other.texts == NULL) != (fields->texts == NULL))
    return FALSE;
  for (guint i = 0; i < other.n_ranges; i++)
    if (!kutip_range_equal (other.ranges[i], fields->ranges[i]) ||
        (other.texts != NULL && strcmp (other.texts[i], fields->texts[i]) != 0))
      return FALSE;
  return TRUE;
}
