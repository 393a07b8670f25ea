/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"
#include "format/tagset/tagset-json.h"
#include "store/journal-line.h"

#include "fuzz.h"

#include <string.h>

/* Lines of a journal, as a crash or a stranger may have left them: what is read is
 * written again the same way, a change that is refused leaves the layer as it was, and
 * undoing all of them brings back the layer of the beginning. */

#define DIGEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void
check_round_trip (const KutipLine *line, KutipText *text)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_auto (KutipLine) again = { 0 };

  kutip_line_append (first, line, text);
  g_assert_cmpint (first->str[first->len - 1], ==, '\n');
  g_assert_true (kutip_line_parse (first->str, first->len - 1, text, &again, &error));
  g_assert_no_error (error);
  kutip_line_append (second, &again, text);
  g_assert_cmpstr (second->str, ==, first->str);
}

static char *
write_layer (KutipDocument *document)
{
  GString *bytes = kutip_sidecar_write (kutip_document_get_article (document),
                                        kutip_document_get_layer (document));

  return g_string_free (bytes, FALSE);
}

static void
do_change (KutipDocument *document, KutipChange *change)
{
  g_autofree char *before = write_layer (document);
  g_autoptr (GError) error = NULL;

  if (!kutip_document_apply (document, change, &error))
    {
      g_autofree char *after = write_layer (document);

      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpstr (after, ==, before);
    }
}

static void
run_line (KutipDocument *document, const char *bytes, gsize n_bytes)
{
  KutipText *text = kutip_document_get_text (document);
  g_autoptr (GError) error = NULL;
  g_auto (KutipLine) line = { 0 };

  if (!kutip_line_parse (bytes, n_bytes, text, &line, &error))
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  check_round_trip (&line, text);
  if (line.kind == KUTIP_LINE_DO)
    do_change (document, line.change);
  else if (line.kind == KUTIP_LINE_UNDO)
    kutip_document_undo (document);
  else if (line.kind == KUTIP_LINE_REDO)
    kutip_document_redo (document);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KutipText) text =
      kutip_text_new ("Putin mengatakan \u2026\n\U0001f600 BBC.\n");
  KutipCharset charset = { "UTF-8", FALSE, FALSE };
  g_autoptr (KutipArticle) article = kutip_article_new (text, "a.txt", DIGEST, &charset);
  g_autoptr (KutipHeader) header = kutip_header_new (&(KutipHeaderFields){ 0 });
  g_autoptr (KutipLayer) layer = kutip_layer_new (header);
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin ("news-attribution");
  g_autoptr (KutipDocument) document = kutip_document_new (article, tagset, layer);
  g_autofree char *original = write_layer (document);
  g_autofree char *undone = NULL;
  const char *bytes = (const char *) data;
  const char *end = bytes + size;

  while (bytes < end)
    {
      const char *newline = memchr (bytes, '\n', (gsize) (end - bytes));
      const char *stop = newline != NULL ? newline : end;

      run_line (document, bytes, (gsize) (stop - bytes));
      bytes = newline != NULL ? newline + 1 : end;
    }
  while (kutip_document_undo (document))
    ;
  undone = write_layer (document);
  g_assert_cmpstr (undone, ==, original);
  return 0;
}
