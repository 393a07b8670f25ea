/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/clause.h"

#include <string.h>

/* A text in which "|" stands where parts begin, but for the beginning itself. */
static const struct
{
  const char *parts;
  const char *reason;
} rows[] = {
  { "Dikutip dari BBC, |Senin |(15/8/2022), |di surat itu, |Putin berkata.",
    "commas and brackets; a date is one" },
  { "Rp 18,6 miliar dan 12:30 WIB", "marks between digits are none" },
  { "Dia berkata: |\"Saya pergi,\" |katanya. |Lalu ia pergi.",
    "quotation marks, and the next sentence" },
  { "Harga – |kata dia – |naik; |upah tidak.", "dashes and a semicolon" },
  { "kea-kea dan anti-Jepang itu", "a hyphen inside a word" },
  { "他说，|我们走了。|好", "full-width marks need no space" },
  { "قال الرئيس، |في بيان، |إن القرار نهائي.", "Arabic commas" },
  { "Satu\n|Dua, |tiga", "a paragraph begins a part" },
  { "", "nothing" },
};

static void
test_next_and_previous (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) parts = g_strsplit (rows[i].parts, "|", -1);
      g_autofree char *whole = g_strjoinv (NULL, parts);
      g_autoptr (KutipText) text = kutip_text_new (whole);
      guint length = kutip_text_get_length (text);
      guint start = 0;

      for (guint k = 0; parts[k] != NULL; k++)
        {
          guint next = start + (guint) g_utf8_strlen (parts[k], -1);

          for (guint offset = start; offset < next; offset++)
            if (kutip_clause_next (text, offset) != next)
              g_error ("%s: from %u to %u, not %u", rows[i].reason, offset,
                       kutip_clause_next (text, offset), next);
          for (guint offset = start + 1; offset <= next; offset++)
            if (kutip_clause_previous (text, offset) != start)
              g_error ("%s: back from %u to %u, not %u", rows[i].reason, offset,
                       kutip_clause_previous (text, offset), start);
          start = next;
        }
      g_assert_cmpuint (kutip_clause_next (text, length), ==, length);
      g_assert_cmpuint (kutip_clause_previous (text, 0), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clause/next-and-previous", test_next_and_previous);
  return g_test_run ();
}
