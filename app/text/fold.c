/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/fold.h"

#include <string.h>

/* Letters whose stroke or missing dot Unicode does not take apart, and signs of one
 * meaning in several shapes. */
static const struct
{
  gunichar from;
  gunichar to;
} look_alikes[] = {
  { 0x00a0, ' ' },  { 0x00d8, 'O' },  { 0x00f8, 'o' },  { 0x0110, 'D' }, { 0x0111, 'd' },
  { 0x0126, 'H' },  { 0x0127, 'h' },  { 0x0131, 'i' },  { 0x0141, 'L' }, { 0x0142, 'l' },
  { 0x0166, 'T' },  { 0x0167, 't' },  { 0x02bc, '\'' }, { 0x2010, '-' }, { 0x2011, '-' },
  { 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201c, '"' },  { 0x201d, '"' }, { 0x201e, '"' },
  { 0x202f, ' ' },  { 0x2032, '\'' }, { 0x2033, '"' },
};

static gunichar
find_look_alike (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (look_alikes); i++)
    if (look_alikes[i].from == c)
      return look_alikes[i].to;
  return c;
}

/* Accents, but not the marks that are the vowels of Thai and of India's scripts, nor the
 * marks that make other consonants of the Japanese ones. */
static gboolean
is_accent (gunichar c)
{
  if (c == 0x00ad || c == 0x200b || c == 0xfeff)
    return TRUE;
  if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK || c == 0x3099 || c == 0x309a)
    return FALSE;
  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_INHERITED:
    case G_UNICODE_SCRIPT_COMMON:
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Case folding makes up to three code points of one, and each may come apart again: "ǰ"
 * is a letter and an accent, and so is "İ" in lower case. */
static guint
append_decomposed (gunichar c, KutipFoldFlags flags, gunichar *folded, guint n)
{
  gunichar parts[KUTIP_FOLD_MAX];
  gsize n_parts = g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 0; i < MIN (n_parts, G_N_ELEMENTS (parts)) && n < KUTIP_FOLD_MAX; i++)
    if (!(flags & KUTIP_FOLD_DIACRITICS))
      folded[n++] = parts[i];
    else if (!is_accent (parts[i]))
      folded[n++] = find_look_alike (parts[i]);
  return n;
}

/* Whether case folding may change @c. From U+3000 on the simple mappings tell, but for
 * the ligatures; below, a few letters have none and yet fold. */
static gboolean
may_have_case (gunichar c)
{
  return c < 0x3000 || (c >= 0xfb00 && c <= 0xfb17) || g_unichar_tolower (c) != c ||
         g_unichar_toupper (c) != c;
}

guint
kutip_fold_char (gunichar c, KutipFoldFlags flags, gunichar folded[KUTIP_FOLD_MAX])
{
  guint n = 0;

  if (c < 0x80)
    {
      folded[0] = flags & KUTIP_FOLD_CASE ? (gunichar) g_ascii_tolower ((char) c) : c;
      return 1;
    }
  if (c >= 0x3400 && c <= 0x9fff)
    {
      folded[0] = c;
      return 1;
    }
  if (flags & KUTIP_FOLD_DIACRITICS)
    c = find_look_alike (c);
  if (flags & KUTIP_FOLD_CASE && may_have_case (c))
    {
      char utf8[6];
      g_autofree char *lower = g_utf8_casefold (utf8, g_unichar_to_utf8 (c, utf8));

      for (const char *p = lower; *p; p = g_utf8_next_char (p))
        n = append_decomposed (g_utf8_get_char (p), flags, folded, n);
      return n;
    }
  return append_decomposed (c, flags, folded, n);
}

gboolean
kutip_fold_continues (gunichar c)
{
  return c >= 0x300 && (g_unichar_ismark (c) || (c >= 0x1160 && c <= 0x11ff));
}

void
kutip_fold_order (gunichar *folded, guint *sources, guint n)
{
  /* More accents than this on one letter are nobody's writing; their order does not
   * matter. */
  guint first = n > 32 ? n - 32 : 1;

  for (guint i = n; i-- > first;)
    {
      int left = g_unichar_combining_class (folded[i - 1]);
      int right = g_unichar_combining_class (folded[i]);
      gunichar c = folded[i];
      guint source = sources[i];

      if (right == 0 || left <= right)
        break;
      folded[i] = folded[i - 1];
      folded[i - 1] = c;
      sources[i] = sources[i - 1];
      sources[i - 1] = source;
    }
}
