/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "open-text.h"

#include "format/tagset/tagset-json.h"

#include <string.h>

KutipAnnotator *
open_text (const char *utf8, gssize n_bytes)
{
  const KutipCharset charset = { .name = "UTF-8" };
  gsize size = n_bytes < 0 ? strlen (utf8) : (gsize) n_bytes;
  g_autoptr (KutipText) text = kutip_text_new_take (g_strndup (utf8, size), size);
  g_autoptr (KutipArticle) article = kutip_article_new (
      text, "article.txt",
      "0000000000000000000000000000000000000000000000000000000000000000", &charset);
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin ("news-attribution");
  g_autoptr (KutipHeader) header = kutip_guess_header (text, "UTF-8");
  g_autoptr (KutipLayer) layer = kutip_layer_new (header);
  g_autoptr (KutipDocument) document = kutip_document_new (article, tagset, layer);
  KutipOpened opened = { .document = document };

  return kutip_annotator_new (&opened);
}

static gboolean
find (KutipText *text, const char *words, guint nth, guint from, KutipRange *range)
{
  gsize n_bytes;
  const char *base = kutip_text_get_utf8 (text, &n_bytes);
  const char *p = base + kutip_text_to_byte (text, from);
  const char *end;

  while ((p = strstr (p, words)) != NULL && nth-- > 0)
    p++;
  if (p == NULL)
    return FALSE;
  end = p + strlen (words);
  return kutip_text_from_byte (text, (gsize) (p - base), &range->start) &&
         kutip_text_from_byte (text, (gsize) (end - base), &range->end);
}

KutipSpan *
mark_words (KutipAnnotator *annotator, const char *label, const char *words, guint nth)
{
  KutipDocument *document = kutip_annotator_get_document (annotator);
  g_autoptr (GError) error = NULL;
  KutipRange range;
  KutipSpan *span;

  if (!find (kutip_document_get_text (document), words, nth, 0, &range))
    g_error ("“%s” is not in the text", words);
  span = kutip_annotate_mark (document, label, &range, 1, &error);
  g_assert_no_error (error);
  return span;
}

KutipSpan *
mark_pieces (KutipAnnotator *annotator, const char *label, const char *const *words)
{
  KutipDocument *document = kutip_annotator_get_document (annotator);
  g_autoptr (GError) error = NULL;
  KutipRange ranges[16];
  guint n = 0;
  guint from = 0;
  KutipSpan *span;

  for (; words[n] != NULL; n++)
    {
      g_assert (n < G_N_ELEMENTS (ranges));
      if (!find (kutip_document_get_text (document), words[n], 0, from, &ranges[n]))
        g_error ("“%s” is not in the text", words[n]);
      from = ranges[n].end;
    }
  span = kutip_annotate_mark (document, label, ranges, n, &error);
  g_assert_no_error (error);
  return span;
}

static guint
make_ranges (GRand *random, guint length, KutipRange *ranges)
{
  guint size = (guint) g_rand_int_range (random, 3, 200);
  guint start =
      (guint) g_rand_int_range (random, 0, (gint32) (length - MIN (length, 400)));
  guint n = 1;

  ranges[0] = (KutipRange){ start, MIN (start + size, length) };
  if (g_rand_int_range (random, 0, 100) < 15 && start + size + 120 < length)
    {
      ranges[1] = (KutipRange){ start + size + 20, start + size + 100 };
      n = 2;
    }
  return n;
}

void
mark_many (KutipAnnotator *annotator, guint n, guint32 seed)
{
  KutipDocument *document = kutip_annotator_get_document (annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  guint length = kutip_text_get_length (kutip_document_get_text (document));
  const char *const labels[] = { "claim", "quote", "source", "cue" };
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree char *source = NULL;

  for (guint i = 0; i < n; i++)
    {
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange ranges[2];
      g_autofree char *id = kutip_layer_make_id (layer, "s");
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = labels[g_rand_int_range (random, 0, G_N_ELEMENTS (labels))];
      fields.ranges = ranges;
      fields.n_ranges = make_ranges (random, length, ranges);
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
      if (g_str_equal (fields.label, "source"))
        {
          g_free (source);
          source = g_strdup (id);
        }
      else if (g_str_equal (fields.label, "quote") && source != NULL)
        {
          KutipRelationFields link = KUTIP_RELATION_FIELDS_INIT;
          g_autofree char *link_id = kutip_layer_make_id (layer, "r");
          g_autoptr (KutipRelation) relation = NULL;

          link.id = link_id;
          link.label = "attributed-to";
          link.from = id;
          link.to = source;
          relation = kutip_relation_new (&link);
          kutip_layer_add_relation (layer, relation);
        }
    }
}
