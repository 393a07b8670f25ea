/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "marked-row.h"

void
marked_row_init (MarkedRow *row, const char *marked)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  guint offset = 0;

  *row = (MarkedRow){ NULL, 0, { 0, 0 }, { 0, 0 } };
  for (const char *p = marked; *p; p = g_utf8_next_char (p))
    switch (*p)
      {
      case '|':
        row->caret = offset;
        break;
      case '{':
        row->given.start = offset;
        break;
      case '}':
        row->given.end = offset;
        break;
      case '<':
        row->wanted.start = offset;
        break;
      case '>':
        row->wanted.end = offset;
        break;
      default:
        g_string_append_unichar (plain, g_utf8_get_char (p));
        offset++;
      }
  row->text = kutip_text_new (plain->str);
}

void
marked_row_clear (MarkedRow *row)
{
  g_clear_pointer (&row->text, kutip_text_unref);
}

void
marked_row_check (MarkedRow *row,
                  KutipRange found,
                  const char *marked,
                  const char *reason)
{
  g_autofree char *text = kutip_text_dup_range (row->text, found);

  if (!kutip_range_equal (found, row->wanted))
    {
      g_test_message ("%s: %s: found %u..%u “%s”", reason, marked, found.start, found.end,
                      text);
      g_test_fail ();
    }
}
