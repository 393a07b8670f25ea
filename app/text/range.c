/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/range.h"

gboolean
kutip_range_overlaps (KutipRange a, KutipRange b)
{
  return MAX (a.start, b.start) < MIN (a.end, b.end);
}

gboolean
kutip_range_touches (KutipRange a, KutipRange b)
{
  return a.start <= b.end && b.start <= a.end;
}

gboolean
kutip_range_contains (KutipRange outer, KutipRange inner)
{
  return outer.start <= inner.start && inner.end <= outer.end;
}

gboolean
kutip_range_contains_offset (KutipRange range, guint offset)
{
  return range.start <= offset && offset < range.end;
}

gboolean
kutip_range_equal (KutipRange a, KutipRange b)
{
  return a.start == b.start && a.end == b.end;
}

int
kutip_range_compare (KutipRange a, KutipRange b)
{
  if (a.start != b.start)
    return a.start < b.start ? -1 : 1;
  if (a.end != b.end)
    return a.end > b.end ? -1 : 1;
  return 0;
}
