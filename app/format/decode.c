/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/decode.h"

#include "text/charset.h"
#include "text/utf8.h"

#include <string.h>

/* So many bytes are not copied where they need not be. */
#define LARGE ((gsize) 1 << 20)

/* In parts, of which only one is in the memory. */
static gboolean
is_utf8 (KutipSource *source, const char *bytes, gsize n_bytes)
{
  while (n_bytes > 0)
    {
      gsize n = MIN (n_bytes, LARGE);
      const char *invalid = bytes + n;

      /* The last character of a part may be cut off. */
      if (!kutip_utf8_validate (bytes, n, &invalid) &&
          (n == n_bytes || invalid + 4 <= bytes + n))
        return FALSE;
      n_bytes -= (gsize) (invalid - bytes);
      bytes = invalid;
      kutip_source_let_go (source);
    }
  return TRUE;
}

/* Why @source cannot be UTF-8, by the lines of its file. */
static void
fail_utf8 (KutipSource *source, GError **error)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (source->bytes, &n_bytes);
  g_autoptr (GError) local = NULL;

  if (!kutip_charset_check_utf8 (bytes, n_bytes, source->line, &local))
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&local));
    }
}

KutipText *
kutip_source_decode (KutipSource *source,
                     gboolean must_be_utf8,
                     KutipReport *report,
                     GError **error)
{
  KutipCharset charset = { NULL };
  g_autoptr (KutipText) text =
      kutip_charset_decode (source->bytes, NULL, &charset, error);

  if (text == NULL)
    {
      fail_utf8 (source, error);
      return NULL;
    }
  if (!charset.guessed)
    return g_steal_pointer (&text);
  if (must_be_utf8)
    {
      /* Escapes of another charset are characters of this one. */
      g_clear_pointer (&text, kutip_text_unref);
      text = kutip_charset_decode (source->bytes, "UTF-8", NULL, error);
      if (text == NULL)
        fail_utf8 (source, error);
      return g_steal_pointer (&text);
    }
  kutip_report_add (report, KUTIP_REPORT_WARNING, "charset", source->name, NULL,
                    source->line, charset.name);
  return g_steal_pointer (&text);
}

const char *
kutip_source_get_utf8 (KutipSource *source,
                       KutipText **decoded,
                       gsize *n_bytes,
                       KutipReport *report,
                       GError **error)
{
  static const char mark[] = "\xef\xbb\xbf";
  const char *bytes = g_bytes_get_data (source->bytes, n_bytes);

  if (*n_bytes >= LARGE && is_utf8 (source, bytes, *n_bytes))
    {
      gsize n_mark = memcmp (bytes, mark, strlen (mark)) == 0 ? strlen (mark) : 0;

      *n_bytes -= n_mark;
      return bytes + n_mark;
    }
  *decoded = kutip_source_decode (source, TRUE, report, error);
  return *decoded == NULL ? NULL : kutip_text_get_utf8 (*decoded, n_bytes);
}
