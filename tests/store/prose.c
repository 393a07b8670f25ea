/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prose.h"

#include <math.h>

void
prose_add_word (GString *text, GRand *random)
{
  static const char *const syllables[] = {
    "ka", "me", "ran", "di", "ber", "su",  "po", "ta",  "ngi", "la",
    "yu", "an", "se",  "ke", "ti",  "wan", "pe", "nga", "ri",  "ma",
    "tu", "bu", "kan", "i",  "lah", "as",  "ja", "ku",  "mo",
  };
  guint rank = (guint) pow (5000, g_rand_double (random));
  guint code = rank * 2654435761u;

  for (guint n = rank < 30 ? 1 : 2 + code % 3; n > 0; n--)
    {
      g_string_append (text, syllables[code % G_N_ELEMENTS (syllables)]);
      code /= G_N_ELEMENTS (syllables);
    }
}

char *
prose_new (GRand *random, guint length)
{
  GString *text = g_string_new (NULL);

  while (text->len < length)
    {
      prose_add_word (text, random);
      switch (g_rand_int_range (random, 0, 12))
        {
        case 0:
          g_string_append (text, ". ");
          break;
        case 1:
          g_string_append (text, ", ");
          break;
        case 2:
          g_string_append (text, g_rand_int_range (random, 0, 5) == 0 ? ".\n" : " – ");
          break;
        default:
          g_string_append_c (text, ' ');
        }
    }
  return g_string_free (text, FALSE);
}
