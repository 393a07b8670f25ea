/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/found-words.h"

#include <glib/gi18n.h>

typedef struct
{
  guint n_searched, n_hit, n_failed;
} Counts;

static char *
describe_articles (const char *found, const Counts *counts)
{
  if (counts->n_hit == 0 && counts->n_searched == 0)
    return g_strdup ("");
  if (counts->n_hit == 0)
    /* Translators: %u is how many articles were searched. */
    return g_strdup_printf (
        ngettext ("Nothing in %u article", "Nothing in %u articles", counts->n_searched),
        counts->n_searched);
  /* The one under way does not count as searched yet. */
  if (counts->n_hit >= counts->n_searched)
    /* Translators: %1$s is "12 places", %2$u in how many articles they are. */
    return g_strdup_printf (
        ngettext ("%1$s in %2$u article", "%1$s in %2$u articles", counts->n_hit), found,
        counts->n_hit);
  /* Translators: %1$s is "12 places", %2$u in how many articles they are, %3$u how many
   * articles were searched. */
  return g_strdup_printf (ngettext ("%1$s in %2$u article, of %3$u searched",
                                    "%1$s in %2$u articles, of %3$u searched",
                                    counts->n_hit),
                          found, counts->n_hit, counts->n_searched);
}

static char *
describe_places (KutipConcordance *places)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (places));
  gboolean is_cut;

  g_object_get (places, "is-cut", &is_cut, NULL);
  if (is_cut)
    /* Translators: %u is how many places are listed, of more. */
    return g_strdup_printf (_ ("The first %u places"), n);
  /* Translators: %u is how many places were found. */
  return g_strdup_printf (ngettext ("%u place", "%u places", n), n);
}

char *
kutip_found_words_describe (KutipConcordance *places)
{
  g_autofree char *found = describe_places (places);
  const GError *error = kutip_concordance_get_error (places);
  g_autofree char *articles = NULL;
  Counts counts;

  g_object_get (places, "n-searched", &counts.n_searched, "n-hit", &counts.n_hit,
                "n-failed", &counts.n_failed, NULL);
  articles = describe_articles (found, &counts);
  if (counts.n_failed == 0 || error == NULL)
    return g_steal_pointer (&articles);
  /* Translators: %1$s is "12 places in 3 articles, of 40 searched", %2$u how many
   * articles could not be read, %3$s why one of them could not. */
  return g_strdup_printf (ngettext ("%1$s; %2$u could not be read: %3$s",
                                    "%1$s; %2$u could not be read: %3$s",
                                    counts.n_failed),
                          articles, counts.n_failed, error->message);
}
