/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "random-text.h"
#include "text/charset.h"

#include <string.h>

#define INDONESIAN                                                                       \
  "Presiden mengatakan \u201ckami sahabat\u201d kepada BBC \u2013 kata Putin. Pada "     \
  "suratnya, Putin mengatakan bahwa Rusia akan memperluas hubungan."
#define GERMAN                                                                           \
  "Der Pr\u00e4sident sagte, er k\u00f6nne \u201enicht \u00fcber die "                   \
  "Gr\u00f6\u00dfe\u201c des M\u00fcllproblems sprechen. F\u00fcr B\u00fcrger bleibt "   \
  "es sch\u00f6n."
#define POLISH                                                                           \
  "Prezydent powiedzia\u0142, \u017ce \u017ale si\u0119 dzieje w pa\u0144stwie "         \
  "du\u0144skim, i \u017ce nale\u017cy si\u0119 \u015bpieszy\u0107."
#define RUSSIAN                                                                          \
  "\u041f\u0440\u0435\u0437\u0438\u0434\u0435\u043d\u0442 "                              \
  "\u0437\u0430\u044f\u0432\u0438\u043b, \u0447\u0442\u043e "                            \
  "\u0420\u043e\u0441\u0441\u0438\u044f \u0431\u0443\u0434\u0435\u0442 "                 \
  "\u0440\u0430\u0441\u0448\u0438\u0440\u044f\u0442\u044c "                              \
  "\u043e\u0442\u043d\u043e\u0448\u0435\u043d\u0438\u044f."
#define HEBREW                                                                           \
  "\u05d4\u05e0\u05e9\u05d9\u05d0 \u05d0\u05de\u05e8 \u05db\u05d9 "                      \
  "\u05d4\u05de\u05d3\u05d9\u05e0\u05d4 \u05ea\u05e8\u05d7\u05d9\u05d1 \u05d0\u05ea "    \
  "\u05d4\u05d9\u05d7\u05e1\u05d9\u05dd \u05e2\u05dd "                                   \
  "\u05e7\u05d5\u05e8\u05d9\u05d0 \u05d1\u05e9\u05e0\u05d4 \u05d4\u05d1\u05d0\u05d4."
#define CHINESE                                                                          \
  "\u603b\u7edf\u8868\u793a\uff0c\u4fc4\u7f57\u65af\u5c06\u6269\u5927\u4e0e\u671d"       \
  "\u9c9c\u7684\u53cc\u8fb9\u5173\u7cfb\uff0c\u4e24\u56fd\u4eba\u6c11\u5c06\u4ece\u4e2d" \
  "\u53d7\u76ca\u3002"
#define JAPANESE                                                                         \
  "\u5927\u7d71\u9818\u306f\u3001\u30ed\u30b7\u30a2\u306f\u5317\u671d\u9bae\u3068\u306e" \
  "\u95a2\u4fc2\u3092\u62e1\u5927\u3059\u308b\u3068\u8ff0\u3079\u305f\u3002"
#define THAI                                                                             \
  "\u0e1b\u0e23\u0e30\u0e18\u0e32\u0e19\u0e32\u0e18\u0e34\u0e1a\u0e14\u0e35\u0e01\u0e25" \
  "\u0e48\u0e32\u0e27\u0e27\u0e48\u0e32\u0e1b\u0e23\u0e30\u0e40\u0e17\u0e28\u0e08\u0e30" \
  "\u0e02\u0e22\u0e32\u0e22\u0e04\u0e27\u0e32\u0e21\u0e2a\u0e31\u0e21\u0e1e\u0e31\u0e19" \
  "\u0e18\u0e4c\u0e01\u0e31\u0e1a\u0e40\u0e01\u0e32\u0e2b\u0e25\u0e35"

/* What @utf8 looks like on a disk in @charset, from another door than the one under test.
 */
static GBytes *
encode (const char *utf8, const char *charset)
{
  g_autoptr (GError) error = NULL;
  gsize n_bytes;
  char *bytes = g_convert (utf8, -1, charset, "UTF-8", NULL, &n_bytes, &error);

  g_assert_no_error (error);
  return g_bytes_new_take (bytes, n_bytes);
}

typedef struct
{
  const char *utf8;
  const char *encoded_in;
  const char *found;
  gboolean bom;
  gboolean guessed;
  const char *reason;
} FindCase;

static const FindCase finds[] = {
  { "", "UTF-8", "UTF-8", FALSE, FALSE, "an empty file is an empty text" },
  { "Putin", "UTF-8", "UTF-8", FALSE, FALSE, "ASCII is UTF-8" },
  { INDONESIAN, "UTF-8", "UTF-8", FALSE, FALSE, "valid UTF-8 needs no guess" },
  { "a\r\nb\fc\vd\r\u2028\u2029\x1a", "UTF-8", "UTF-8", FALSE, FALSE,
    "line ends and form feeds stay as they are" },
  { "\ufeffPutin \u201c", "UTF-8", "UTF-8", TRUE, FALSE,
    "a mark is not part of the text" },
  { "\ufeff", "UTF-8", "UTF-8", TRUE, FALSE, "nothing but a mark" },
  { "\ufeff\ufeffx", "UTF-8", "UTF-8", TRUE, FALSE, "only the first is a mark" },
  { "x\ufeffy", "UTF-8", "UTF-8", FALSE, FALSE, "inside the text it is a character" },
  { "\ufeff" CHINESE "\U0001f91d", "UTF-16LE", "UTF-16LE", TRUE, FALSE, "marked UTF-16" },
  { "\ufeff" CHINESE "\U0001f91d", "UTF-16BE", "UTF-16BE", TRUE, FALSE,
    "the other order" },
  { "\ufeff" CHINESE "\U0001f91d", "UTF-32LE", "UTF-32LE", TRUE, FALSE,
    "UTF-32 begins like UTF-16" },
  { "\ufeff" CHINESE "\U0001f91d", "UTF-32BE", "UTF-32BE", TRUE, FALSE,
    "the other order" },
  { "\ufeff" CHINESE, "GB18030", "GB18030", TRUE, FALSE, "GB18030 has a mark as well" },
  { INDONESIAN "\n", "UTF-16LE", "UTF-16LE", FALSE, TRUE,
    "its zeros tell unmarked UTF-16" },
  { INDONESIAN "\n", "UTF-16BE", "UTF-16BE", FALSE, TRUE, "the other order" },
  { CHINESE "\n", "UTF-16LE", "UTF-16LE", FALSE, TRUE, "one line end is enough" },
  { "ab", "UTF-16LE", "UTF-16LE", FALSE, TRUE, "four bytes are enough" },
  { INDONESIAN, "UTF-32LE", "UTF-32LE", FALSE, TRUE, "unmarked UTF-32" },
  { INDONESIAN, "UTF-32BE", "UTF-32BE", FALSE, TRUE, "the other order" },
  { INDONESIAN, "WINDOWS-1252", "WINDOWS-1252", FALSE, TRUE,
    "nothing but quotation marks and a dash is outside ASCII" },
  { "caf\u00e9", "WINDOWS-1252", "WINDOWS-1252", FALSE, TRUE,
    "one letter, the same in many: the common name" },
  { GERMAN, "WINDOWS-1252", "WINDOWS-1252", FALSE, TRUE, "German" },
  { "Gr\u00f6\u00dfe", "ISO-8859-1", "WINDOWS-1252", FALSE, TRUE,
    "the same bytes in both: the common name" },
  { "Het financi\u00eble beleid van Belgi\u00eb is \u00e9\u00e9n groot probleem.\n",
    "WINDOWS-1252", "WINDOWS-1252", FALSE, TRUE,
    "taken for a Macintosh's, but its lines do not end like one's" },
  { POLISH, "WINDOWS-1250", "WINDOWS-1250", FALSE, TRUE,
    "taken for ISO-8859-2, in which there would be control characters" },
  { RUSSIAN, "WINDOWS-1251", "WINDOWS-1251", FALSE, TRUE, "Russian" },
  { RUSSIAN, "KOI8-R", "KOI8-R", FALSE, TRUE, "Russian from Unix" },
  { RUSSIAN, "IBM866", "IBM866", FALSE, TRUE, "Russian from DOS" },
  { HEBREW, "WINDOWS-1255", "WINDOWS-1255", FALSE, TRUE, "Hebrew" },
  { CHINESE, "GB18030", "GB18030", FALSE, TRUE, "Chinese" },
  { JAPANESE, "WINDOWS-31J", "WINDOWS-31J", FALSE, TRUE, "Japanese" },
  { JAPANESE, "EUC-JP", "EUC-JP", FALSE, TRUE, "Japanese from Unix" },
  { JAPANESE, "ISO-2022-JP", "ISO-2022-JP", FALSE, TRUE, "Japanese mail, all ASCII" },
  { THAI, "TIS-620", "TIS-620", FALSE, TRUE, "Thai" },
};

static void
check_decoded (GBytes *bytes, const char *name, const FindCase *row)
{
  g_autoptr (GError) error = NULL;
  KutipCharset charset = { NULL, 2, 2 };
  g_autoptr (KutipText) text = kutip_charset_decode (bytes, name, &charset, &error);
  const char *expected = row->utf8 + (row->bom ? strlen ("\ufeff") : 0);

  g_assert_no_error (error);
  g_assert_cmpstr (kutip_text_get_utf8 (text, NULL), ==, expected);
  g_assert_cmpstr (charset.name, ==, row->found);
  g_assert_true (charset.name == g_intern_string (charset.name));
  g_assert_cmpint (charset.bom, ==, row->bom);
  g_assert_cmpint (charset.guessed, ==, name == NULL && row->guessed);
}

static void
test_find (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (finds); i++)
    {
      const FindCase *row = &finds[i];
      g_autoptr (GBytes) bytes = NULL;

      g_test_message ("%s: %s", row->found, row->reason);
      bytes = encode (row->utf8, row->encoded_in);
      check_decoded (bytes, NULL, row);
      /* What was found must read the same file in the same way when it is asked for. */
      check_decoded (bytes, row->found, row);
    }
}

typedef struct
{
  const char *bytes;
  gsize n_bytes;
  const char *name;
  KutipCharsetError code;
  const char *message;
  const char *reason;
} ErrorCase;

#define ERROR_CASE(bytes, name, code, message, reason)                                   \
  {                                                                                      \
    (bytes), sizeof (bytes) - 1, (name), KUTIP_CHARSET_ERROR_##code, (message), (reason) \
  }

static const ErrorCase errors[] = {
  ERROR_CASE (
      "%PDF-1.7\n1 0 obj", NULL, NOT_TEXT, "PDF", "all ASCII, and yet no article"),
  ERROR_CASE (
      "%PDF-1.7\n", "UTF-8", NOT_TEXT, "PDF", "refused also when it is asked for"),
  ERROR_CASE ("%!PS-Adobe-3.0\n", NULL, NOT_TEXT, "PostScript", "a program that draws"),
  ERROR_CASE ("{\\rtf1\\ansi Putin}", NULL, NOT_TEXT, "RTF", "codes among the text"),
  ERROR_CASE ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", NULL, NOT_TEXT, "Office", "DOC"),
  ERROR_CASE ("\x89PNG\r\n\x1a\n\0\0\0\r", NULL, NOT_TEXT, "image", "PNG"),
  ERROR_CASE ("\xff\xd8\xff\xe0\0\x10JFIF", NULL, NOT_TEXT, "image", "JPEG"),
  ERROR_CASE ("GIF89a\1\0\1\0", NULL, NOT_TEXT, "image", "GIF"),
  ERROR_CASE ("RIFF\x24\0\0\0WEBPVP8 ", NULL, NOT_TEXT, "image", "WebP"),
  ERROR_CASE ("BM\x36\0\0\0", NULL, NOT_TEXT, "image", "a weak sign, with NUL bytes"),
  ERROR_CASE ("\x1f\x8b\x08\0\0\0\0\0", NULL, NOT_TEXT, "archive", "gzip"),
  ERROR_CASE ("\xfd"
              "7zXZ\0\0",
              NULL,
              NOT_TEXT,
              "archive",
              "xz"),
  ERROR_CASE ("\x7f"
              "ELF\2\1\1\0",
              NULL,
              NOT_TEXT,
              "program",
              "ELF"),
  ERROR_CASE ("PK\3\4\x14\0a.txt", NULL, NOT_TEXT, "archive", "any ZIP"),
  ERROR_CASE ("PK\3\4\x14\0[Content_Types].xml\0PK\3\4word/document.xml",
              NULL,
              NOT_TEXT,
              "DOCX",
              "told from any ZIP by a name in it"),
  ERROR_CASE ("PK\3\4\n\0mimetypeapplication/vnd.oasis.opendocument.textPK",
              NULL,
              NOT_TEXT,
              "ODT",
              "the same"),
  ERROR_CASE ("PK\3\4\n\0mimetypeapplication/epub+zipPK", NULL, NOT_TEXT, "EPUB", "same"),
  ERROR_CASE ("ID3\4\0\0\0", NULL, NOT_TEXT, "sound", "a weak sign, with NUL bytes"),
  ERROR_CASE ("SQLite format 3\0", NULL, NOT_TEXT, "database", "SQLite"),
  ERROR_CASE ("Puti\0n", NULL, NOT_TEXT, "offset 4", "a NUL, and too few for UTF-16"),
  ERROR_CASE ("Putin \xe9\0", NULL, NOT_TEXT, "offset 7", "a NUL at the end"),
  ERROR_CASE ("Putin\0", "UTF-8", NOT_TEXT, "offset 5", "a NUL is UTF-8, but no text"),
  ERROR_CASE ("Putin\0", "WINDOWS-1252", NOT_TEXT, "offset 5", "the same"),
  ERROR_CASE ("\0\1\2\3\4\5\6\7", NULL, NOT_TEXT, "offset 0", "data"),
  ERROR_CASE ("\xff\xfe"
              "a\0\0\0b\0",
              NULL,
              NOT_TEXT,
              "NUL",
              "a NUL character in UTF-16"),
  ERROR_CASE ("+AAA-", "UTF-7", NOT_TEXT, "NUL", "a NUL that no byte shows"),
  ERROR_CASE ("abc\xff", "UTF-8", INVALID, "offset 3 (0xFF)", "a byte never in UTF-8"),
  ERROR_CASE ("abc\xc0\xaf", "UTF-8", INVALID, "offset 3", "longer than needed"),
  ERROR_CASE ("abc\xed\xa0\x80", "UTF-8", INVALID, "offset 3", "a surrogate"),
  ERROR_CASE ("abc\xf4\x90\x80\x80", "UTF-8", INVALID, "offset 3", "beyond Unicode"),
  ERROR_CASE ("abc\xe2\x80", "UTF-8", INVALID, "ends in the middle", "cut off"),
  ERROR_CASE ("\xef\xbb\xbf"
              "abc\xff",
              NULL,
              INVALID,
              "offset 6",
              "a mark is no guess"),
  ERROR_CASE ("Gr\xc3\xb6\xc3\x9f"
              "e f\xc3\xbcr \xe9 B\xc3\xbcrger",
              NULL,
              INVALID,
              "offset 13 (0xE9)",
              "plainly meant as UTF-8"),
  ERROR_CASE ("Gr\xc3\xb6\xc3\x9f"
              "e f\xc3\xbcr B\xc3\xbcrger\xe2\x80",
              NULL,
              INVALID,
              "ends in the middle",
              "UTF-8, cut off while it was fetched"),
  ERROR_CASE ("\xff\xfe"
              "a\0b",
              NULL,
              INVALID,
              "ends in the middle",
              "half a unit at the end"),
  ERROR_CASE ("\xff\xfe"
              "a\0\0\xdc"
              "b\0",
              NULL,
              INVALID,
              "offset 4",
              "half a surrogate pair"),
  ERROR_CASE (
      "a\0\0\xd8", "UTF-16LE", INVALID, "ends in the middle", "half a pair at the end"),
  ERROR_CASE ("abc\x81",
              "WINDOWS-1252",
              INVALID,
              "line 1, the byte at offset 3 (0x81)",
              "no such character"),
  ERROR_CASE ("a\nb\nc\xe9", "US-ASCII", INVALID, "in line 3,", "lines are counted"),
  ERROR_CASE ("abc\xe9", "US-ASCII", INVALID, "offset 3 (0xE9)", "not ASCII"),
  ERROR_CASE ("\x82\xa0\x82", "SHIFT_JIS", INVALID, "ends in the middle", "half a pair"),
  ERROR_CASE ("abc", "KLINGON", UNKNOWN, "KLINGON", "no such charset"),
  ERROR_CASE ("", "KLINGON", UNKNOWN, "KLINGON", "no such charset for no bytes either"),
  ERROR_CASE ("abc", "", UNKNOWN, "not known", "the empty name is not the locale's"),
  ERROR_CASE ("abc\xe9", "UTF-8//IGNORE", UNKNOWN, "//IGNORE", "nothing is ever dropped"),
  ERROR_CASE ("abc\xe9", "ASCII//TRANSLIT", UNKNOWN, "//TRANSLIT", "nothing is changed"),
  ERROR_CASE ("abc", "UTF\xff", UNKNOWN, "UTF", "a name that is not UTF-8 itself"),
  ERROR_CASE ("\x9d\x01\x81\x02\xfe\x03\xff\x04\x8d\x05\x90\x06",
              NULL,
              UNKNOWN,
              "encoding",
              "data without NUL bytes"),
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      const ErrorCase *row = &errors[i];
      g_autoptr (GBytes) bytes = g_bytes_new_static (row->bytes, row->n_bytes);
      g_autoptr (GError) error = NULL;
      KutipText *text;

      g_test_message ("%s (%s)", row->reason, row->message);
      text = kutip_charset_decode (bytes, row->name, NULL, &error);
      g_assert_null (text);
      g_assert_error (error, KUTIP_CHARSET_ERROR, (int) row->code);
      g_assert_nonnull (strstr (error->message, row->message));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* Texts that only begin like something else. */
static void
test_innocent (void)
{
  static const char *const texts[] = {
    "BMKG mencatat gempa", "MZ",          "ID3 is a tag format", "BZh",
    "GIF adalah format",   "PKB dan PKS", "Pada ftyp",           "AT&TFORM",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (KutipText) text = kutip_charset_decode (bytes, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (kutip_text_get_utf8 (text, NULL), ==, texts[i]);
    }
}

static const struct
{
  const char *asked;
  const char *bytes;
  const char *name;
  const char *utf8;
} names[] = {
  { "utf8", "\xc3\xa9", "UTF-8", "\u00e9" },
  { " Utf-8 ", "\xef\xbb\xbfx", "UTF-8", "x" },
  { "windows-1252", "\x80", "WINDOWS-1252", "\u20ac" },
  { "cp1252", "\x80", "WINDOWS-1252", "\u20ac" },
  { "latin1", "\xe9", "ISO-8859-1", "\u00e9" },
  { "iso-8859-15", "\xa4", "ISO-8859-15", "\u20ac" },
  { "shift_jis", "\\\x82\xa0", "WINDOWS-31J", "\\\u3042" },
  { "WINDOWS-1252", "\xef\xbb\xbf", "WINDOWS-1252", "\u00ef\u00bb\u00bf" },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (names[i].bytes, strlen (names[i].bytes));
      g_autoptr (GError) error = NULL;
      KutipCharset charset;
      g_autoptr (KutipText) text =
          kutip_charset_decode (bytes, names[i].asked, &charset, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (charset.name, ==, names[i].name);
      g_assert_cmpstr (kutip_text_get_utf8 (text, NULL), ==, names[i].utf8);
    }
}

/* "UTF-16" alone leaves the order of the bytes open. */
static void
test_byte_order (void)
{
  static const char *const orders[] = { "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" };
  static const char *const starts[] = { "", "\ufeff" };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (starts); k++)
      {
        g_autofree char *utf8 = g_strconcat (starts[k], INDONESIAN, NULL);
        g_autofree char *name = g_strndup (orders[i], strlen ("UTF-16"));
        g_autoptr (GBytes) bytes = encode (utf8, orders[i]);
        const FindCase row = { utf8, orders[i], orders[i], k == 1, FALSE, "" };

        check_decoded (bytes, name, &row);
      }
}

static void
test_list (void)
{
  const char *const *list = kutip_charset_list ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpstr (list[0], ==, "UTF-8");
  for (; *list; list++)
    {
      g_autoptr (GBytes) bytes = encode ("Putin", *list);
      const FindCase row = { "Putin", *list, *list, FALSE, FALSE, "offered" };

      g_assert_true (g_hash_table_add (seen, (gpointer) *list));
      check_decoded (bytes, *list, &row);
    }
}

/* Any text survives in each of the encodings that can hold it, whatever is in it. */
static void
test_round_trip (void)
{
  static const char *const charsets[] = { "UTF-8",    "UTF-16LE", "UTF-16BE",
                                          "UTF-32LE", "UTF-32BE", "GB18030" };
  g_autoptr (GRand) random = g_rand_new_with_seed (1999);

  for (guint round = 0; round < rounds (300); round++)
    {
      RandomKind kind = round % 2 ? RANDOM_MIXED : RANDOM_ASCII;
      g_autofree char *utf8 =
          random_text (random, kind, (guint) g_rand_int_range (random, 0, 200));
      const char *charset = charsets[round % G_N_ELEMENTS (charsets)];
      g_autofree char *marked = g_strconcat ("\ufeff", utf8, NULL);
      g_autoptr (GBytes) bytes = encode (marked, charset);
      const FindCase row = { marked, charset, charset, TRUE, FALSE, "random" };

      check_decoded (bytes, NULL, &row);
      check_decoded (bytes, charset, &row);
    }
}

/* Random bytes give a text or an error, never a text that holds a NUL or is not UTF-8. */
static void
test_hostile (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);

  for (guint round = 0; round < rounds (2000); round++)
    {
      gsize n_bytes = (gsize) g_rand_int_range (random, 0, 80);
      guint8 *data = g_malloc (n_bytes + 1);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (KutipText) text = NULL;
      const char *const *list = kutip_charset_list ();
      const char *name = round % 3 ? list[round % 35] : NULL;

      for (gsize i = 0; i < n_bytes; i++)
        data[i] = (guint8) g_rand_int_range (random, round % 2, 256);
      bytes = g_bytes_new_take (data, n_bytes);
      text = kutip_charset_decode (bytes, name, NULL, &error);
      g_assert_true ((text == NULL) == (error != NULL));
      if (text)
        {
          gsize n_utf8;
          const char *utf8 = kutip_text_get_utf8 (text, &n_utf8);

          g_assert_true (g_utf8_validate_len (utf8, n_utf8, NULL));
        }
    }
}

/* The first byte outside ASCII may come late, and the guess must be from there. */
static void
test_late (void)
{
  g_autoptr (GString) utf8 = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  FindCase row = { NULL, "KOI8-R", "KOI8-R", FALSE, TRUE, "late" };

  while (utf8->len < 3 * 1024 * 1024)
    g_string_append (utf8, "Pada suratnya, dia mengatakan itu. ");
  g_string_append (utf8, RUSSIAN);
  bytes = encode (utf8->str, "KOI8-R");
  row.utf8 = utf8->str;
  check_decoded (bytes, NULL, &row);
}

/* Run with -m perf. */
static void
test_speed (void)
{
  static const struct
  {
    const char *unit;
    const char *charset;
  } rows[] = { { "The quick brown fox. ", "UTF-8" },
               { CHINESE, "UTF-8" },
               { GERMAN, "WINDOWS-1252" },
               { RUSSIAN, "KOI8-R" },
               { CHINESE, "GB18030" },
               { "\ufeffPutin ", "UTF-16LE" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) utf8 = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (KutipText) text = NULL;
      double seconds;

      while (utf8->len < 10 * 1000 * 1000)
        g_string_append (utf8, rows[i].unit);
      bytes = encode (utf8->str, rows[i].charset);
      g_test_timer_start ();
      text = kutip_charset_decode (bytes, NULL, NULL, NULL);
      seconds = g_test_timer_elapsed ();
      g_assert_nonnull (text);
      g_test_message ("%s: %.0f ms, %.0f MB/s", rows[i].charset, seconds * 1e3,
                      (double) g_bytes_get_size (bytes) / 1e6 / seconds);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charset/find", test_find);
  g_test_add_func ("/charset/errors", test_errors);
  g_test_add_func ("/charset/innocent", test_innocent);
  g_test_add_func ("/charset/names", test_names);
  g_test_add_func ("/charset/byte-order", test_byte_order);
  g_test_add_func ("/charset/list", test_list);
  g_test_add_func ("/charset/round-trip", test_round_trip);
  g_test_add_func ("/charset/hostile", test_hostile);
  g_test_add_func ("/charset/late", test_late);
  if (g_test_perf ())
    g_test_add_func ("/charset/speed", test_speed);
  return g_test_run ();
}
