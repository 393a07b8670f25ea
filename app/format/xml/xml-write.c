/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/xml/xml.h"

/* XML 1.0, section 2.2. */
static gboolean
is_forbidden (gunichar c)
{
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff;
}

gboolean
kutip_xml_is_clean (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_forbidden (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static const char *
find_reference (char c, gboolean in_attribute)
{
  switch (c)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\r':
      return "&#13;";
    case '"':
      return in_attribute ? "&quot;" : NULL;
    case '\t':
      return in_attribute ? "&#9;" : NULL;
    case '\n':
      return in_attribute ? "&#10;" : NULL;
    default:
      return NULL;
    }
}

static gboolean
append (GString *out, const char *text, gboolean in_attribute)
{
  const char *start = text;
  gboolean changed = FALSE;
  const char *p = text;

  while (*p != '\0')
    {
      gboolean forbidden = is_forbidden (g_utf8_get_char (p));
      const char *reference = forbidden ? " " : find_reference (*p, in_attribute);
      const char *next = g_utf8_next_char (p);

      if (reference != NULL)
        {
          g_string_append_len (out, start, p - start);
          g_string_append (out, reference);
          start = next;
        }
      changed |= forbidden;
      p = next;
    }
  g_string_append_len (out, start, p - start);
  return changed;
}

gboolean
kutip_xml_append_text (GString *out, const char *text)
{
  return append (out, text, FALSE);
}

gboolean
kutip_xml_append_attribute (GString *out, const char *name, const char *value)
{
  gboolean changed;

  g_string_append_printf (out, " %s=\"", name);
  changed = append (out, value, TRUE);
  g_string_append_c (out, '"');
  return changed;
}

void
kutip_xml_append_note (GString *out, const char *note)
{
  g_string_append_printf (out, "<!--" KUTIP_XML_NOTE "%s -->\n", note);
}
