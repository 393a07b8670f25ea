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

/* What formats lose of what they keep elsewhere, and what is odd about what was read. */
static const struct
{
  const char *words; /* of the report, with spaces between them */
  const char *title; /* a heading */
} others[] = {
  { "spans", N_ ("spans") },
  { "labels names", N_ ("names that the format says differently") },
  { "attribute-flags", N_ ("attributes without a value") },
  { "borders", N_ ("borders of spans that were moved") },
  { "empty-text empty-span", N_ ("spans that cover nothing") },
  { "note-lines", N_ ("lines of notes") },
  { "characters", N_ ("characters that the format cannot hold") },
  { "cells", N_ ("cells that were made safe for spreadsheets") },
  { "tagset-name tagset-names tagset-versions", N_ ("names and versions of tag sets") },
  { "tagset-labels", N_ ("labels of the tag set") },
  { "tagset-attributes", N_ ("attributes of the tag set") },
  { "tagset-relations", N_ ("relations of the tag set") },
  { "tagset-values", N_ ("values of attributes") },
  { "tagset-titles", N_ ("titles of labels, attributes and relations") },
  { "tagset-descriptions", N_ ("descriptions of labels, attributes and relations") },
  { "tagset-guidelines", N_ ("guidelines") },
  { "tagset-colors", N_ ("colors of labels") },
  { "tagset-keys", N_ ("keys of labels and relations") },
  { "tagset-types tagset-defaults tagset-multiple",
    N_ ("what values an attribute may have") },
  { "tagset-label-attributes tagset-relation-attributes tagset-article-attributes",
    N_ ("what has an attribute") },
  { "tagset-requires tagset-max", N_ ("what a finished annotation must have") },
  { "tagset-ends tagset-symmetric", N_ ("what a relation may link") },
  { "tagset-members", N_ ("what other programs keep in the tag set") },
  { "unknown-members", N_ ("what other programs keep beside the annotations") },
  { "annotator-name", N_ ("names of annotators that were changed") },
  { "file-name", N_ ("names of files that were changed") },
  { "empty-layers", N_ ("annotators who marked nothing") },
  { "context-spans context-relations", N_ ("what reaches beyond a record’s text") },
  { "trigger-attributes event-reference event-type numbered-role", N_ ("events") },
  { "other-format other-file other-part other-source other-view next-page no-layer",
    N_ ("files and parts that are left alone") },
  { "unknown-member unknown-line unknown-tag unknown-result "
    "unknown-structure columns other-link reply answer",
    N_ ("what is not read") },
  { "other-text", N_ ("quoted text that differs from the article’s") },
  { "no-place not-found no-text no-target no-span",
    N_ ("what has no place in the text") },
  { "approximate text-changed", N_ ("articles whose text has changed") },
  { "charset", N_ ("how characters are encoded") },
  { "offset-unit", N_ ("what offsets count") },
  { "circle", N_ ("links that go in a circle") },
  { "path-twice id-twice", N_ ("what is there more than once") },
  { "unordered-rows", N_ ("rows that are out of order") },
  { "not-annotated", N_ ("articles without annotations") },
  { "no-group", N_ ("articles that lack the field") },
  { "empty-split", N_ ("splits without an article") },
};

static gboolean
has_word (const char *words_of_one, const char *word)
{
  g_auto (GStrv) list = g_strsplit (words_of_one, " ", -1);

  return g_strv_contains ((const char *const *) list, word);
}

const char *
kutip_loss_words_get (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, word) == 0)
      return _ (words[i].title);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (has_word (others[i].words, word))
      return _ (others[i].title);
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
