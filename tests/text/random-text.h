/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the characters of a random text are mixed. */
typedef enum
{
  RANDOM_ASCII,    /* letters, spaces, punctuation and line ends */
  RANDOM_MIXED,    /* these, and two to four byte characters, combining marks, joiners */
  RANDOM_ANY,      /* any assigned or unassigned code point but U+0000 and surrogates */
  RANDOM_ALPHABET, /* a, b, and a few relatives: many repetitions and near misses */
  N_RANDOM_KINDS,
} RandomKind;

/* A valid UTF-8 string of @length code points, without U+0000; free with g_free(). */
char *random_text (GRand *random, RandomKind kind, guint length);

G_END_DECLS
