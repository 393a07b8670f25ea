/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guess-language.h"

#include <string.h>

/* A language is clear when so many words are its small words, at least so many in a
 * hundred, and a third more than of any other language. */
#define MIN_HITS 4
#define MIN_PERCENT 8

/* Scripts that one language has (nearly) for itself. */
static const struct
{
  GUnicodeScript script;
  const char *language;
} scripts[] = {
  { G_UNICODE_SCRIPT_ARMENIAN, "hy" },   { G_UNICODE_SCRIPT_BENGALI, "bn" },
  { G_UNICODE_SCRIPT_GEORGIAN, "ka" },   { G_UNICODE_SCRIPT_GREEK, "el" },
  { G_UNICODE_SCRIPT_GUJARATI, "gu" },   { G_UNICODE_SCRIPT_GURMUKHI, "pa" },
  { G_UNICODE_SCRIPT_HANGUL, "ko" },     { G_UNICODE_SCRIPT_HEBREW, "he" },
  { G_UNICODE_SCRIPT_KANNADA, "kn" },    { G_UNICODE_SCRIPT_KHMER, "km" },
  { G_UNICODE_SCRIPT_LAO, "lo" },        { G_UNICODE_SCRIPT_MALAYALAM, "ml" },
  { G_UNICODE_SCRIPT_MYANMAR, "my" },    { G_UNICODE_SCRIPT_SINHALA, "si" },
  { G_UNICODE_SCRIPT_TAMIL, "ta" },      { G_UNICODE_SCRIPT_TELUGU, "te" },
  { G_UNICODE_SCRIPT_THAI, "th" },       { G_UNICODE_SCRIPT_HIRAGANA, "ja" },
  { G_UNICODE_SCRIPT_KATAKANA, "ja" },   { G_UNICODE_SCRIPT_HAN, "zh" },
  { G_UNICODE_SCRIPT_ARABIC, "ar" },     { G_UNICODE_SCRIPT_CYRILLIC, "ru" },
  { G_UNICODE_SCRIPT_DEVANAGARI, "hi" },
};

/* Small words, in lower case, with a space around each. Malay and Indonesian share
 * theirs; the lists behind them tell the two apart. */
static const struct
{
  const char *language;
  const char *words;
} small_words[] = {
  { "id", " yang dan di untuk dengan ini itu dari dalam pada akan tidak juga oleh ke "
          "sudah telah bisa "
          "bahwa karena saat namun mereka kami kita ada adalah sebagai lebih setelah "
          "tersebut kata "
          "hari para serta atau saya dia ia seorang tak pun masih belum bahawa kerana "
          "ialah iaitu "
          "beliau daripada kepada mengatakan " },
  { "en", " the of and to in that is was for on with as it at by from be are have has "
          "had not this "
          "but they his her which said were their an who will would " },
  { "de", " der die und das den von zu mit ist des im für auf dem nicht ein eine sich "
          "als auch es an "
          "werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über "
          "einen so zum "
          "war haben nur oder aber vor zur bis mehr durch man sagte " },
  { "nl", " de het een van en in is dat op te met voor zijn niet aan er ook als maar om "
          "door over bij "
          "naar uit worden werd heeft hebben deze dit nog wel geen zei ze hij " },
  { "fr", " le la les des et en un une du est que pour qui dans sur par au pas plus avec "
          "ce il sont ont "
          "été se cette aux mais ne nous elle ses leur était sa son ou comme après fait "
          "selon " },
  { "es", " el la de que y en los del se las por un para con una su al lo como más pero "
          "sus le ya fue "
          "este ha sí porque esta entre cuando muy sin sobre también hasta hay donde "
          "según dijo está "
          "son era desde " },
  { "pt", " o a os as de que e do da em um para com não uma se na no por mais dos como "
          "mas foi ao ele "
          "das tem à seu sua ou ser quando muito há nos já está também só pelo pela até "
          "isso disse são "
          "foram segundo " },
  { "it", " il di che la e un a per è una in sono con non del della le si da lo i ha al "
          "gli nel dei come "
          "più anche alla ma delle dal questo nella degli ai hanno stato suo era se "
          "secondo detto "
          "dopo " },
  { "sv", " och att det som en på är av för med den till inte om ett han men var sig så "
          "från vi när kan "
          "nu där har ska enligt sade hon också efter eller " },
  { "da", " og at det som en på er af for med den til ikke om et han men var sig så fra "
          "vi når kan nu "
          "der har skal ifølge sagde hun også efter eller blev " },
  { "nb", " og å det som en på er av for med den til ikke om et han men var seg så fra "
          "vi når kan nå "
          "der har skal ifølge sa hun også etter eller ble " },
  { "pl", " i w na z do się nie to że jest o od za po jak dla przez są był ale który "
          "która także tego "
          "było oraz tym czy już może ich lub powiedział " },
  { "tr", " ve bir bu da de için ile çok olarak olan daha gibi kadar sonra ne ama en var "
          "olduğunu her "
          "şu dedi ise göre değil o ki olduğu " },
  { "vi", " và của là có cho không được trong với các một những người này đã khi để từ "
          "cũng về đến ra "
          "theo như tại sau nhiều năm ông " },
};

static const char *const indonesian_only =
    " bahwa karena bisa saat namun uang kantor mobil sepeda ";
static const char *const malay_only =
    " bahawa kerana ialah iaitu beliau mahu wang pejabat kereta manakala turut ";

static gboolean
contains_letter_of (const char *utf8, const char *letters, guint n_wanted)
{
  guint n = 0;

  for (const char *p = utf8; *p != '\0' && n < n_wanted; p = g_utf8_next_char (p))
    n += g_utf8_strchr (letters, -1, g_utf8_get_char (p)) != NULL;
  return n >= n_wanted;
}

/* Most letters decide; one kana in twenty makes Han Japanese. */
static GUnicodeScript
find_script (const char *utf8)
{
  guint counts[G_UNICODE_SCRIPT_MATH + 1] = { 0 };
  GUnicodeScript most = G_UNICODE_SCRIPT_COMMON;
  guint n_letters = 0;
  guint n_kana;

  for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p);
      GUnicodeScript script = G_UNICODE_SCRIPT_LATIN;

      if (c < 0x80 ? !g_ascii_isalpha (c) : !g_unichar_isalpha (c))
        continue;
      if (c >= 0x80)
        script = g_unichar_get_script (c);
      if (script <= G_UNICODE_SCRIPT_INHERITED || script > G_UNICODE_SCRIPT_MATH)
        continue;
      n_letters++;
      if (++counts[script] > counts[most])
        most = script;
    }

  n_kana = counts[G_UNICODE_SCRIPT_HIRAGANA] + counts[G_UNICODE_SCRIPT_KATAKANA];
  if (most == G_UNICODE_SCRIPT_HAN && n_kana * 20 > n_letters)
    return G_UNICODE_SCRIPT_HIRAGANA;
  return counts[most] * 2 > n_letters ? most : G_UNICODE_SCRIPT_COMMON;
}

/* Scripts of several languages: by letters or words that only one of them has. */
static const char *
refine (const char *language, const char *utf8)
{
  if (strcmp (language, "ar") == 0)
    {
      if (contains_letter_of (utf8, "ٹڈڑے", 3))
        return "ur";
      return contains_letter_of (utf8, "پچژگ", 3) ? "fa" : "ar";
    }
  if (strcmp (language, "ru") == 0)
    {
      if (contains_letter_of (utf8, "іїєґ", 3))
        return "uk";
      return contains_letter_of (utf8, "ыэ", 2) ? "ru" : NULL;
    }
  if (strcmp (language, "hi") == 0)
    return strstr (utf8, "है") != NULL ? "hi" : NULL;
  return language;
}

/* One bit for each language of small_words, then these. */
#define INDONESIAN_BIT G_N_ELEMENTS (small_words)
#define MALAY_BIT (INDONESIAN_BIT + 1)

G_STATIC_ASSERT (MALAY_BIT < 32);

static void
add_words (GHashTable *table, const char *list, gsize bit)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (table, words[i])) | 1u << bit;

      if (*words[i] != '\0')
        g_hash_table_insert (table, g_strdup (words[i]), GUINT_TO_POINTER (bits));
    }
}

/* Each small word, with the bits of the lists it is in: an article is asked for all its
 * words whenever it is opened. */
static GHashTable *
get_table (void)
{
  static GHashTable *made;

  if (g_once_init_enter (&made))
    {
      GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint i = 0; i < G_N_ELEMENTS (small_words); i++)
        add_words (table, small_words[i].words, i);
      add_words (table, indonesian_only, INDONESIAN_BIT);
      add_words (table, malay_only, MALAY_BIT);
      g_once_init_leave (&made, table);
    }
  return made;
}

typedef struct
{
  guint n_words;
  guint hits[MALAY_BIT + 1];
} Count;

/* Bytes; no small word is as long. */
#define MAX_WORD_BYTES 32

/* In lower case, into @buffer of MAX_WORD_BYTES; FALSE: too long for a small word. */
static gboolean
lower_word (const char *word, gsize n_bytes, char *buffer)
{
  g_autofree char *lower = NULL;
  gsize n;

  if (n_bytes >= MAX_WORD_BYTES)
    return FALSE;
  for (n = 0; n < n_bytes && (guchar) word[n] < 0x80; n++)
    buffer[n] = g_ascii_tolower (word[n]);
  buffer[n] = '\0';
  if (n == n_bytes)
    return TRUE;
  lower = g_utf8_strdown (word, (gssize) n_bytes);
  return g_strlcpy (buffer, lower, MAX_WORD_BYTES) < MAX_WORD_BYTES;
}

static void
count_word (Count *count, GHashTable *table, const char *word, gsize n_bytes)
{
  char lower[MAX_WORD_BYTES];
  guint bits = 0;

  count->n_words++;
  if (lower_word (word, n_bytes, lower))
    bits = GPOINTER_TO_UINT (g_hash_table_lookup (table, lower));
  for (guint bit = 0; bits >> bit != 0; bit++)
    count->hits[bit] += bits >> bit & 1;
}

static gboolean
is_of_word (gunichar c)
{
  return c < 0x80 ? g_ascii_isalpha (c) : g_unichar_isalpha (c) || g_unichar_ismark (c);
}

static Count
count_words (const char *utf8)
{
  Count count = { 0 };
  GHashTable *table = get_table ();
  const char *word = NULL;

  for (const char *p = utf8;; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p);

      if (is_of_word (c))
        {
          word = word != NULL ? word : p;
          continue;
        }
      if (word != NULL)
        count_word (&count, table, word, (gsize) (p - word));
      word = NULL;
      if (c == 0)
        return count;
    }
}

static const char *
find_by_words (const char *utf8)
{
  Count count = count_words (utf8);
  guint best = 0;
  guint second = 0;

  for (guint i = 1; i < G_N_ELEMENTS (small_words); i++)
    if (count.hits[i] > count.hits[best])
      best = i;
  for (guint i = 0; i < G_N_ELEMENTS (small_words); i++)
    if (i != best)
      second = MAX (second, count.hits[i]);

  if (count.hits[best] < MIN_HITS ||
      count.hits[best] * 100 < count.n_words * MIN_PERCENT ||
      count.hits[best] * 3 < second * 4)
    return NULL;
  if (best == 0 && count.hits[MALAY_BIT] > count.hits[INDONESIAN_BIT])
    return "ms";
  return small_words[best].language;
}

const char *
kutip_guess_language (const char *utf8)
{
  GUnicodeScript script = find_script (utf8);

  if (script == G_UNICODE_SCRIPT_LATIN)
    return find_by_words (utf8);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (scripts[i].script == script)
      return refine (scripts[i].language, utf8);
  return NULL;
}
