/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"

#include <string.h>

/* How fast a sidecar of 100,000 spans is checked, read and written, beside a text of 10
 * MB. Prints the median of each, in MB (10^6 bytes) a second. */

#define N_SPANS 100000
#define N_RUNS 7

static KutipArticle *
make_article (void)
{
  static const char digest[] =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  static const char sentence[] = "Pada suratnya, Putin mengatakan bahwa Rusia akan "
                                 "memperluas hubungan bilateral kedua "
                                 "negara yang komprehensif.\n";
  g_autoptr (GString) utf8 = g_string_new (NULL);
  g_autoptr (KutipText) text = NULL;
  KutipCharset charset = { "UTF-8", FALSE, FALSE };

  for (guint i = 0; i < N_SPANS; i++)
    g_string_append (utf8, sentence);
  text = kutip_text_new (utf8->str);
  return kutip_article_new (text, "a.txt", digest, &charset);
}

static KutipLayer *
make_layer (KutipArticle *article)
{
  KutipHeaderFields header_fields = { .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&header_fields);
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_with_string (NULL, "form", "indirect");
  KutipLayer *layer = kutip_layer_new (header);
  guint stride = kutip_article_get_length (article) / N_SPANS;

  for (guint i = 0; i < N_SPANS; i++)
    {
      KutipRange range = { i * stride + 15, i * stride + 20 };
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = i % 2 == 0 ? "source" : "quote";
      fields.ranges = &range;
      fields.n_ranges = 1;
      fields.attributes = attributes;
      fields.created = "2026-11-22T09:30:00Z";
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
    }
  return layer;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static void
report (const char *what, gint64 *microseconds, gsize n_bytes)
{
  qsort (microseconds, N_RUNS, sizeof *microseconds, compare_times);
  g_print ("%-8s %4.0f MB/s  (%.1f MB in %.0f ms)\n", what,
           (double) n_bytes / (double) microseconds[N_RUNS / 2], (double) n_bytes / 1e6,
           (double) microseconds[N_RUNS / 2] / 1e3);
}

int
main (void)
{
  g_autoptr (KutipArticle) article = make_article ();
  g_autoptr (KutipLayer) layer = make_layer (article);
  g_autoptr (GString) json = kutip_sidecar_write (article, layer);
  gint64 check[N_RUNS], read[N_RUNS], header[N_RUNS], write[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (KutipLayer) again = NULL;
      g_autoptr (KutipHeader) head = NULL;
      GString *written;

      g_assert_true (kutip_json_check (json->str, json->len, NULL));
      check[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      again = kutip_sidecar_read (json->str, json->len, kutip_article_get_text (article),
                                  NULL, NULL);
      g_assert_nonnull (again);
      read[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      head = kutip_sidecar_read_header (json->str, json->len, NULL);
      g_assert_nonnull (head);
      header[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      written = kutip_sidecar_write (article, layer);
      write[i] = g_get_monotonic_time () - start;
      g_assert_true (g_string_equal (written, json));
      g_string_free (written, TRUE);
    }
  report ("check", check, json->len);
  report ("read", read, json->len);
  report ("write", write, json->len);
  g_print ("header   %.3f ms\n", (double) header[0] / 1e3);
  return 0;
}
