/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-lines.h"

#include <string.h>

static gboolean
convert_offset (
    KutipText *text, const guint *crlf, guint n_crlf, KutipBratCount count, guint *offset)
{
  guint low = 0, high = n_crlf;

  switch (count)
    {
    case KUTIP_BRAT_COUNT_UTF16:
      return kutip_text_from_utf16 (text, *offset, offset);
    case KUTIP_BRAT_COUNT_CRLF_AS_ONE:
      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (crlf[middle] - middle < *offset)
            low = middle + 1;
          else
            high = middle;
        }
      if (*offset > G_MAXUINT - low)
        return FALSE;
      *offset += low;
      break;
    case KUTIP_BRAT_COUNT_BOM:
      /* What begins with the mark begins with the text. */
      *offset -= MIN (*offset, 1);
      break;
    case KUTIP_BRAT_COUNT_CODE_POINTS:
    case KUTIP_BRAT_N_COUNTS:
    default:
      break;
    }
  return *offset <= kutip_text_get_length (text);
}

gboolean
kutip_brat_convert_ranges (KutipBratReader *self,
                           GArray *crlf,
                           KutipBratCount count,
                           const KutipBratMark *mark,
                           GArray *out)
{
  const guint *offsets = (const guint *) (gpointer) crlf->data;

  g_array_set_size (out, mark->n_ranges);
  for (guint i = 0; i < mark->n_ranges; i++)
    {
      KutipRange *range = &g_array_index (out, KutipRange, i);

      *range = self->ranges[mark->first_range + i];
      if (!convert_offset (self->text, offsets, crlf->len, count, &range->start) ||
          !convert_offset (self->text, offsets, crlf->len, count, &range->end))
        return FALSE;
    }
  return TRUE;
}

/* Whether the text column is what the ranges cover; white space, which brat changes, does
 * not count. */
gboolean
kutip_brat_covers (KutipText *text, const GArray *ranges, const char *covered)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      gsize n;
      const char *p =
          kutip_text_peek_range (text, g_array_index (ranges, KutipRange, i), &n);

      /* Most are the same to the byte. */
      if (strncmp (covered, p, n) == 0)
        {
          covered += n;
          continue;
        }
      for (gsize j = 0; j < n; j++)
        {
          if (g_ascii_isspace (p[j]))
            continue;
          while (g_ascii_isspace (*covered))
            covered++;
          if (*covered++ != p[j])
            return FALSE;
        }
    }
  while (g_ascii_isspace (*covered))
    covered++;
  return *covered == '\0';
}

GArray *
kutip_brat_list_crlf (KutipText *text)
{
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize n_bytes;
  const char *utf8 = kutip_text_get_utf8 (text, &n_bytes);
  const char *end = utf8 + n_bytes;

  for (const char *p = utf8; (p = memchr (p, '\r', (gsize) (end - p))) != NULL; p++)
    if (p + 1 < end && p[1] == '\n')
      {
        guint offset;

        kutip_text_from_byte (text, (gsize) (p - utf8), &offset);
        g_array_append_val (offsets, offset);
      }
  return offsets;
}

/* The way of counting under which most spans cover what they say; the standard one wins a
 * tie. */
KutipBratCount
kutip_brat_find_count (KutipBratReader *self, GArray *crlf)
{
  static const char *const warnings[KUTIP_BRAT_N_COUNTS] = {
    [KUTIP_BRAT_COUNT_CRLF_AS_ONE] = "crlf-as-one",
    [KUTIP_BRAT_COUNT_UTF16] = "utf16-offsets",
    [KUTIP_BRAT_COUNT_BOM] = "bom-counted",
  };
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  guint n_fits[KUTIP_BRAT_N_COUNTS] = { 0 };
  KutipBratCount best = KUTIP_BRAT_COUNT_CODE_POINTS;

  for (KutipBratCount count = 0; count < KUTIP_BRAT_N_COUNTS; count++)
    {
      if (count == KUTIP_BRAT_COUNT_BOM && !self->bom)
        continue;
      for (guint i = 0; i < self->marks->len; i++)
        {
          KutipBratMark *mark = g_ptr_array_index (self->marks, i);

          n_fits[count] += kutip_brat_convert_ranges (self, crlf, count, mark, ranges) &&
                           kutip_brat_covers (self->text, ranges, mark->covered);
        }
      if (n_fits[count] > n_fits[best])
        best = count;
      if (n_fits[KUTIP_BRAT_COUNT_CODE_POINTS] == self->marks->len)
        break;
    }
  self->all_fit = n_fits[best] == self->marks->len;
  if (best != KUTIP_BRAT_COUNT_CODE_POINTS)
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, warnings[best], self->path,
                      NULL, 0, NULL);
  return best;
}
