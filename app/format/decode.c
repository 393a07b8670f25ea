/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/decode.h"

#include "text/charset.h"

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
      fail_utf8 (source, error);
      return NULL;
    }
  kutip_report_add (report, KUTIP_REPORT_WARNING, "charset", source->name, NULL,
                    source->line, charset.name);
  return g_steal_pointer (&text);
}
