/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"

#include "fuzz.h"

#include <string.h>

#define DIGEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static KutipArticle *
get_article (void)
{
  static KutipArticle *article;

  if (article == NULL)
    {
      g_autoptr (KutipText) text =
          kutip_text_new ("Putin mengatakan \u2026\n\U0001f600 BBC.\n");
      KutipCharset charset = { "UTF-8", FALSE, FALSE };

      article = kutip_article_new (text, "a.txt", DIGEST, &charset);
    }
  return article;
}

/* What is read can be written and read again, and then nothing changes any more. */
static void
check_round_trip (KutipArticle *article, KutipLayer *layer)
{
  KutipText *text = kutip_article_get_text (article);
  g_autoptr (GString) first = kutip_sidecar_write (article, layer);
  g_autoptr (GString) second = NULL;
  g_autoptr (KutipLayer) again = NULL;
  g_autoptr (KutipHeader) header = NULL;
  g_autoptr (GError) error = NULL;

  again = kutip_sidecar_read (first->str, first->len, text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_layer_get_n_spans (again), ==, kutip_layer_get_n_spans (layer));
  g_assert_cmpuint (kutip_layer_get_n_relations (again), ==,
                    kutip_layer_get_n_relations (layer));
  second = kutip_sidecar_write (article, again);
  g_assert_cmpstr (second->str, ==, first->str);
  header = kutip_sidecar_read_header (first->str, first->len, &error);
  g_assert_no_error (error);
}

/* The journal's way of keeping a header loses nothing. */
static void
check_header (KutipHeader *header)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (KutipJsonReader) reader = NULL;
  g_autoptr (KutipHeader) again = NULL;

  kutip_sidecar_append_header (line, header);
  g_assert_null (strpbrk (line->str, "\r\n"));
  reader = kutip_json_reader_new (line->str, line->len);
  again = kutip_sidecar_read_header_object (reader);
  g_assert_true (kutip_json_reader_finish (reader, NULL));
  g_assert_true (kutip_header_equal (again, header));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *bytes = (const char *) data;
  KutipArticle *article = get_article ();
  g_auto (KutipSidecarInfo) info = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipLayer) layer =
      kutip_sidecar_read (bytes, size, kutip_article_get_text (article), &info, &error);
  g_autoptr (KutipLayer) without_text =
      kutip_sidecar_read (bytes, size, NULL, NULL, NULL);
  g_autoptr (KutipHeader) header = kutip_sidecar_read_header (bytes, size, NULL);

  g_assert_true ((layer == NULL) == (error != NULL));
  if (layer == NULL)
    {
      g_assert_true (g_str_has_prefix (error->message, "line "));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (without_text);
      return 0;
    }
  g_assert_nonnull (header);
  check_header (kutip_layer_get_header (layer));
  if (info.format == KUTIP_SIDECAR_FORMAT)
    check_round_trip (article, layer);
  return 0;
}
