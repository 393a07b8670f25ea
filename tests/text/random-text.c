/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-text.h"

static const gunichar mixed[] = {
  'a',      'B', 'z', ' ', ' ', '\n', '\r',   '.',
  ',',      '-', '"', '(', ')', '7',  0x00a0, /* no-break space */
  0x00e9,                                     /* e with acute */
  0x00df,                                     /* sharp s */
  0x0130,                                     /* capital i with dot */
  0x0301,                                     /* combining acute */
  0x0323,                                     /* combining dot below */
  0x05d0,                                     /* Hebrew */
  0x0627,                                     /* Arabic */
  0x0e01,                                     /* Thai */
  0x0e33,                                     /* Thai, a vowel that begins no cluster */
  0x1100,                                     /* Hangul, first consonant */
  0x1161,                                     /* Hangul, vowel */
  0x200d,                                     /* zero width joiner */
  0x201c,                                     /* quotation mark */
  0x201d,                                     /* quotation mark */
  0x2029,                                     /* paragraph separator */
  0x4e2d,                                     /* Chinese */
  0xac00,                                     /* Hangul syllable */
  0xfe0f,                                     /* variation selector */
  0xfffd,                                     /* replacement character */
  0x10400,                                    /* Deseret, with case */
  0x1f1ee,                                    /* regional indicator */
  0x1f468,                                    /* man */
  0x1f3fd,                                    /* skin tone */
  0x10ffff,
};

static const gunichar alphabet[] = {
  'a', 'a', 'a', 'b', 'b', 'c', 0xe1, 0x4e2d, 0x1f600
};

static gunichar
random_scalar (GRand *random)
{
  gunichar c;

  do
    c = (gunichar) g_rand_int_range (random, 1, 0x110000);
  while (c >= 0xd800 && c <= 0xdfff);
  return c;
}

static gunichar
random_char (GRand *random, RandomKind kind)
{
  static const char ascii[] = "etaoin shrdlu ETAOIN.,-!?'\"()\n\r\t0189";

  switch (kind)
    {
    case RANDOM_ASCII:
      return (guchar) ascii[g_rand_int_range (random, 0, sizeof ascii - 1)];
    case RANDOM_MIXED:
      return mixed[g_rand_int_range (random, 0, G_N_ELEMENTS (mixed))];
    case RANDOM_ALPHABET:
      return alphabet[g_rand_int_range (random, 0, G_N_ELEMENTS (alphabet))];
    case RANDOM_ANY:
    case N_RANDOM_KINDS:
    default:
      return random_scalar (random);
    }
}

char *
random_text (GRand *random, RandomKind kind, guint length)
{
  GString *text = g_string_sized_new (length * 2);

  for (guint i = 0; i < length; i++)
    g_string_append_unichar (text, random_char (random, kind));
  return g_string_free (text, FALSE);
}
