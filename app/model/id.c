/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/id.h"

#include <string.h>

/* Where the digits at the end begin. */
static const char *
find_digits (const char *id)
{
  const char *digits = id + strlen (id);

  while (digits > id && g_ascii_isdigit (digits[-1]))
    digits--;
  return digits;
}

static const char *
skip_zeros (const char *digits)
{
  while (*digits == '0')
    digits++;
  return digits;
}

int
kutip_id_compare (const char *a, const char *b)
{
  const char *digits_a = find_digits (a);
  const char *digits_b = find_digits (b);
  gsize n_a = (gsize) (digits_a - a);
  gsize n_b = (gsize) (digits_b - b);
  int order = memcmp (a, b, MIN (n_a, n_b));

  if (order != 0)
    return order;
  if (n_a != n_b)
    return n_a < n_b ? -1 : 1;

  digits_a = skip_zeros (digits_a);
  digits_b = skip_zeros (digits_b);
  n_a = strlen (digits_a);
  n_b = strlen (digits_b);
  if (n_a != n_b)
    return n_a < n_b ? -1 : 1;
  order = memcmp (digits_a, digits_b, n_a);
  return order != 0 ? order : strcmp (a, b);
}

guint
kutip_id_get_number (const char *id)
{
  const guint64 too_large = 1000000000;
  guint64 number = 0;

  for (; *id != '\0'; id++)
    number =
        !g_ascii_isdigit (*id) ? 0 : MIN (number * 10 + (guint) (*id - '0'), too_large);
  return number == too_large ? 0 : (guint) number;
}

static guint64
get_seed (void)
{
  static gsize seed;

  if (g_once_init_enter (&seed))
    {
      guint64 random = ((guint64) g_random_int () << 32) | g_random_int () | 1;

      g_once_init_leave (&seed, (gsize) random);
    }
  return seed;
}

/* The finalizer of MurmurHash3 (Appleby, public domain): every bit of the input reaches
 * every bit. */
static guint64
mix (guint64 x)
{
  x = (x ^ (x >> 33)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  x = (x ^ (x >> 33)) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return x ^ (x >> 33);
}

/* At most seven bytes and their number in one word. */
static guint64
load_rest (const char *id, gsize n_bytes)
{
  guint64 word = (guint64) n_bytes << 56;
  guint at = 0;

  if ((n_bytes & 4) != 0)
    {
      guint32 four;

      memcpy (&four, id, 4);
      word |= four;
      at = 4;
    }
  if ((n_bytes & 2) != 0)
    {
      guint16 two;

      memcpy (&two, id + at, 2);
      word |= (guint64) two << (8 * at);
      at += 2;
    }
  if ((n_bytes & 1) != 0)
    word |= (guint64) (guchar) id[at] << (8 * at);
  return word;
}

guint64
kutip_id_hash (const char *id, guint round)
{
  guint64 hash = get_seed () + round * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  gsize n_bytes = strlen (id);

  for (; n_bytes >= 8; id += 8, n_bytes -= 8)
    {
      guint64 word;

      memcpy (&word, id, 8);
      hash = mix (hash ^ word) + 0x9e3779b97f4a7c15;
    }
  return mix (hash ^ load_rest (id, n_bytes));
}
