/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guess.h"

#include "fixture.h"

/* What a header should say, in the order of the fields. */
typedef struct
{
  const char *source; /* a sample's file name, or the text itself */
  const char *language;
  const char *title;
  const char *author;
  const char *date;
  const char *publisher;
} GuessCase;

static const GuessCase samples[] = {
  { "id-turbin-air.txt", "id",
    "Turbin Air Kembali Berputar, Tiga Desa Sepakat Berbagi Listrik", "Sekar Anindita",
    "2025-02-03", "Kabar Bukit" },
  { "id-pasar-pindah.txt", "id",
    "Pasar Lama Pindah Bulan Depan, Pedagang Masih Menunggu Kunci Kios", "Yosef Lado",
    "2024-08-21", "Warta Pesisir" },
  { "en-harbour-seals.txt", "en",
    "Seals Return to Old Harbour, and the Fishers Are Counting", "Moira Tennant",
    "2024-05-09", "The Firth Courier" },
  { "de-nachtbus.txt", "de",
    "Nachtbus fährt vorerst weiter: Stadtrat vertagt die Entscheidung", "Jonas Althoff",
    "2024-11-14", NULL },
  { "zh-yeshi-canju.txt", "zh", "夜市禁用一次性餐具满月 摊主称成本上升一成", "林若溪",
    "2024-06-18", "河湾日报" },
};

/* Small words enough for the language to be clear. */
#define INDONESIAN                                                                       \
  "Ia mengatakan bahwa desa itu tidak akan pindah karena mereka sudah lama di sana.\n"
#define ENGLISH                                                                          \
  "She said that the village would not be moved, and they are with her on it.\n"

static const GuessCase texts[] = {
  { "Kian Mesra, Dua Presiden Saling Kirim Surat\n"
    "Kompas dunia | 15 Agustus 2022, 13:39 WIBPYONGYANG, KOMPAS.TV - Hubungan "
    "keduanya.\n" //
    INDONESIAN "Penulis : Haryo Jati Editor : Purwanto\nSumber : BBC",
    "id", "Kian Mesra, Dua Presiden Saling Kirim Surat", "Haryo Jati", "2022-08-15",
    "BBC" },
  { "Kian Mesra\nKompas dunia | 15 Agustus 2022, 13:39 WIBPYONGYANG, KOMPAS.TV - "
    "Hubungan.\n" //
    INDONESIAN,
    "id", "Kian Mesra", NULL, "2022-08-15", "KOMPAS.TV" },
  { "Kian Mesra\nKompas dunia | 15 Agustus 2022\n" INDONESIAN, "id", "Kian Mesra", NULL,
    "2022-08-15", "Kompas dunia" },
  { "# A Heading\r\n\r\nBy Moira Tennant\r\nAugust 5, 2022\r\n" ENGLISH, "en",
    "A Heading", "Moira Tennant", "2022-08-05", NULL },
  { "Title: A Heading\nAuthor: Moira Tennant\nSource: "
    "https://example.org/a\n" ENGLISH,
    "en", "A Heading", "Moira Tennant", NULL, NULL },
  { "A Heading\nOn 5 August 2022 the village was moved, they said, in a single long "
    "day that "
    "nobody there will ever forget.\n" ENGLISH,
    "en", "A Heading", NULL, NULL, NULL },
  { "A Heading\nDate: 5 August 2022\nLink: https://example.org/a\n" ENGLISH, "en",
    "A Heading", NULL, "2022-08-05", NULL },
  { "A Heading\n5 August 2022, 9:05 in the village of the seals, where nobody knew what "
    "would come of a long day on which they had met.\n" ENGLISH,
    "en", "A Heading", NULL, "2022-08-05", NULL },
  { "A Heading\nBirmingham, 5 August 2022\n" ENGLISH, "en", "A Heading", NULL,
    "2022-08-05", NULL },
  { ENGLISH ENGLISH, "en", NULL, NULL, NULL, NULL },
  { "A Heading, and nothing else", NULL, NULL, NULL, NULL, NULL },
  { "2022-08-05\n" ENGLISH, "en", NULL, NULL, NULL, NULL },
  { "12345\n67890\n", NULL, NULL, NULL, NULL, NULL },
  { "", NULL, NULL, NULL, NULL, NULL },
  { "\n\n\n", NULL, NULL, NULL, NULL, NULL },
};

static void
assert_guess (KutipText *text, const GuessCase *expected)
{
  g_autoptr (KutipHeader) header = kutip_guess_header (text, "UTF-8");
  const KutipHeaderFields *fields = kutip_header_get_fields (header);

  g_test_message ("%.40s", expected->source);
  g_assert_cmpstr (fields->language, ==, expected->language);
  g_assert_cmpstr (fields->title, ==, expected->title);
  g_assert_cmpstr (fields->author, ==, expected->author);
  g_assert_cmpstr (fields->date, ==, expected->date);
  g_assert_cmpstr (fields->publisher, ==, expected->publisher);
  g_assert_null (fields->encoding);
  g_assert_cmpint (fields->status, ==, KUTIP_STATUS_NEW);
}

static void
test_samples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_build_filename (SAMPLES, samples[i].source, NULL);
      g_autoptr (KutipText) text = NULL;
      g_autoptr (GError) error = NULL;
      char *content;
      gsize n_bytes;

      g_file_get_contents (path, &content, &n_bytes, &error);
      g_assert_no_error (error);
      text = kutip_text_new_take (content, n_bytes);
      assert_guess (text, &samples[i]);
    }
}

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (KutipText) text = kutip_text_new (texts[i].source);

      assert_guess (text, &texts[i]);
    }
}

static void
test_url_and_encoding (void)
{
  g_autoptr (KutipText) text =
      kutip_text_new ("A\n" ENGLISH "Link: https://example.org/b\n"
                      "Source: https://example.org/a\nSource: BBC\n");
  g_autoptr (KutipHeader) header = kutip_guess_header (text, "WINDOWS-1252");

  g_assert_cmpstr (kutip_header_get_fields (header)->url, ==, "https://example.org/b");
  g_assert_cmpstr (kutip_header_get_fields (header)->publisher, ==, "BBC");
  g_assert_cmpstr (kutip_header_get_fields (header)->encoding, ==, "WINDOWS-1252");
}

/* A text of one line of ten million characters is looked at as a short one is. */
static void
test_bounded (void)
{
  g_autofree char *line = g_strnfill (10000000, 'x');
  g_autoptr (KutipText) text = kutip_text_new (line);
  g_autoptr (KutipHeader) header = NULL;

  header = kutip_guess_header (text, NULL);
  g_assert_null (kutip_header_get_fields (header)->title);
}

/* Any text at all: labels, dates and brackets in pieces, in any order. */
static void
test_random (void)
{
  static const char *const parts[] = {
    "Penulis", " : ", ":",    "：",     "By ", "15 ",       "Agustus ", "2022", ", ",
    "年8月",   "\n",  "\n\n", "(",      ")",   " - ",       "|",        "《",   "》",
    "WIB",     "é",   "\r",   "KOMPAS", ".",   "Sumber : ", "12:3",
  };
  g_autoptr (GRand) random = fixture_random (20260401);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) string = g_string_new (NULL);
      g_autoptr (KutipText) text = NULL;
      g_autoptr (KutipHeader) header = NULL;
      const KutipHeaderFields *fields;

      for (gint32 j = g_rand_int_range (random, 0, 40); j > 0; j--)
        g_string_append (string,
                         parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
      text = kutip_text_new (string->str);
      header = kutip_guess_header (text, NULL);
      fields = kutip_header_get_fields (header);
      g_assert_true (fields->author == NULL || *fields->author != '\0');
      g_assert_true (fields->publisher == NULL || *fields->publisher != '\0');
      g_assert_true (fields->title == NULL || strchr (fields->title, '\n') == NULL);
      g_assert_true (fields->publisher == NULL ||
                     g_utf8_validate (fields->publisher, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guess/samples", test_samples);
  g_test_add_func ("/guess/texts", test_texts);
  g_test_add_func ("/guess/url-and-encoding", test_url_and_encoding);
  g_test_add_func ("/guess/bounded", test_bounded);
  g_test_add_func ("/guess/random", test_random);
  return g_test_run ();
}
