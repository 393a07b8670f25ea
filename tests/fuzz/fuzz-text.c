/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/charset.h"
#include "text/segment.h"

#include "fuzz.h"

#include <string.h>

/* Bytes that may be a text: the first byte picks a charset, or leaves it to be found.
 * What is decoded is valid, its offsets convert without loss, and its words and sentences
 * lie one behind the other. */

static void
check_offset (KutipText *text, guint offset)
{
  guint back;

  g_assert_true (kutip_text_from_byte (text, kutip_text_to_byte (text, offset), &back));
  g_assert_cmpuint (back, ==, offset);
  g_assert_true (kutip_text_from_utf16 (text, kutip_text_to_utf16 (text, offset), &back));
  g_assert_cmpuint (back, ==, offset);
}

static void
check_unit (KutipText *text, KutipUnit unit, guint offset)
{
  guint length = kutip_text_get_length (text);
  KutipRange range = kutip_segment_at (text, unit, offset);
  KutipRange snapped = kutip_segment_snap (text, range);
  KutipRange again = kutip_segment_snap (text, snapped);
  guint next = kutip_segment_next (text, unit, offset);

  g_assert_cmpuint (range.start, <=, range.end);
  g_assert_cmpuint (range.end, <=, length);
  g_assert_true (next == length || next > offset);
  g_assert_true (offset == 0 || kutip_segment_previous (text, unit, offset) < offset);
  g_assert_true (kutip_segment_next_end (text, unit, offset) > offset ||
                 offset == length);
  g_assert_cmpuint (again.start, ==, snapped.start);
  g_assert_cmpuint (again.end, ==, snapped.end);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *const *names = kutip_charset_list ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KutipText) text = NULL;
  g_autoptr (GError) error = NULL;
  KutipCharset charset = { 0 };
  guint length, step;
  gsize n_utf8;

  if (size == 0)
    return 0;
  bytes = g_bytes_new (data + 1, size - 1);
  text = kutip_charset_decode (
      bytes, data[0] == '?' ? NULL : names[data[0] % g_strv_length ((char **) names)],
      &charset, &error);
  g_assert_true ((text == NULL) == (error != NULL));
  if (text == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_nonnull (charset.name);
  g_assert_true (g_utf8_validate (kutip_text_get_utf8 (text, &n_utf8), -1, NULL));
  g_assert_cmpuint (strlen (kutip_text_get_utf8 (text, NULL)), ==, n_utf8);
  length = kutip_text_get_length (text);
  step = length / 6 + 1;
  for (guint offset = 0; offset <= length; offset += step)
    {
      check_offset (text, offset);
      for (guint unit = KUTIP_UNIT_CHARACTER; unit <= KUTIP_UNIT_PARAGRAPH; unit++)
        check_unit (text, (KutipUnit) unit, offset);
    }
  check_offset (text, length);
  return 0;
}
