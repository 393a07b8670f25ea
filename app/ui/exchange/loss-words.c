/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/loss-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* In the order in which a person asks for them. */
static const struct
{
  KutipFeatures feature;
  const char *word;  /* of the report */
  const char *title; /* in a list, and as a heading */
} words[] = {
  { KUTIP_KEEPS_TEXT, "text", N_ ("the exact text") },
  { KUTIP_KEEPS_RELATIONS, "relations", N_ ("links between spans") },
  { KUTIP_KEEPS_PIECES, "pieces", N_ ("spans in pieces") },
  { KUTIP_KEEPS_OVERLAP, "overlaps", N_ ("overlapping spans") },
  { KUTIP_KEEPS_SUB_TOKEN, "sub-token", N_ ("borders inside words") },
  { KUTIP_KEEPS_ATTRIBUTES, "attributes", N_ ("attributes") },
  { KUTIP_KEEPS_LISTS, "attribute-lists", N_ ("attributes with several values") },
  { KUTIP_KEEPS_NOTES, "notes", N_ ("notes") },
  { KUTIP_KEEPS_UNSURE, "unsure", N_ ("marks of being unsure") },
  { KUTIP_KEEPS_LINKS, "links", N_ ("links into knowledge bases") },
  { KUTIP_KEEPS_RELATION_ATTRIBUTES, "relation-attributes",
    N_ ("attributes of links between spans") },
  { KUTIP_KEEPS_RELATION_NOTES, "relation-notes", N_ ("notes on links between spans") },
  { KUTIP_KEEPS_EVENTS, "events", N_ ("which links are one event") },
  { KUTIP_KEEPS_ANNOTATORS, "annotator", N_ ("the annotators’ names") },
  { KUTIP_KEEPS_METADATA, "metadata", N_ ("title, author and date") },
  { KUTIP_KEEPS_ARTICLE_ATTRIBUTES, "article-attributes",
    N_ ("attributes of the article") },
  { KUTIP_KEEPS_ARTICLE_NOTE, "article-note", N_ ("the note on the article") },
  { KUTIP_KEEPS_STATUS, "status", N_ ("what is done") },
  { KUTIP_KEEPS_ORPHANS, "orphans", N_ ("spans whose text was not found") },
  { KUTIP_KEEPS_REVIEWS, "reviews", N_ ("what to review after the text changed") },
  { KUTIP_KEEPS_ORIGIN, "origins", N_ ("who or what made a span") },
  { KUTIP_KEEPS_TIMES, "times", N_ ("times") },
  { KUTIP_KEEPS_IDS, "ids", N_ ("ids") },
  { KUTIP_KEEPS_TAGSET, "tagset", N_ ("the tag set") },
};

const char *
kutip_loss_words_get (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, word) == 0)
      return _ (words[i].title);
  return word;
}

char *
kutip_loss_words_describe (const KutipFormat *format)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if ((format->keeps & words[i].feature) != 0)
        continue;
      if (list->len > 0)
        /* Translators: between the things of a list; as in "notes, times, ids" */
        g_string_append (list, C_ ("list", ", "));
      g_string_append (list, _ (words[i].title));
    }
  if (list->len == 0)
    return g_strdup (_ ("Keeps everything"));
  /* Translators: %s is a list: "links between spans, notes, times" */
  return g_strdup_printf (_ ("Does not keep: %s"), list->str);
}
