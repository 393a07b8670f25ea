/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/huggingface/huggingface.h"
#include "format/json/json.h"

#include <string.h>

/* A column of format/huggingface.c, or a member of one that is a list, and what
 * "datasets" calls its type. */
typedef struct
{
  guint depth;
  const char *name, *type;
} Feature;

#define TEXT "dtype: string"
#define WHOLE "dtype: int64"
#define NUMBER "dtype: float64"
#define FLAG "dtype: bool"
#define TEXTS "list: string"
#define STRUCTS "list:" /* of those that are deeper */
#define ATTRIBUTES(depth)                                                                \
  { (depth), "attributes", STRUCTS }, { (depth) + 1, "name", TEXT },                     \
      { (depth) + 1, "type", TEXT },                                                     \
  {                                                                                      \
    (depth) + 1, "values", TEXTS                                                         \
  }
/* What spans and relations end with. */
#define ENDING(depth)                                                                    \
  { depth, "note", TEXT }, { depth, "unsure", FLAG }, { depth, "origin", TEXT },         \
      { depth, "score", NUMBER }, { depth, "created", TEXT },                            \
  {                                                                                      \
    depth, "modified", TEXT                                                              \
  }

static const Feature features[] = {
  { 0, "id", TEXT },
  { 0, "annotator", TEXT },
  { 0, "status", TEXT },
  { 0, "language", TEXT },
  { 0, "title", TEXT },
  { 0, "author", TEXT },
  { 0, "date", TEXT },
  { 0, "publisher", TEXT },
  { 0, "url", TEXT },
  { 0, "note", TEXT },
  ATTRIBUTES (0),
  { 0, "text", TEXT },
  { 0, "spans", STRUCTS },
  { 1, "id", TEXT },
  { 1, "label", TEXT },
  { 1, "start", WHOLE },
  { 1, "end", WHOLE },
  { 1, "ranges", STRUCTS },
  { 2, "start", WHOLE },
  { 2, "end", WHOLE },
  { 1, "text", TEXT },
  ATTRIBUTES (1),
  { 1, "links", STRUCTS },
  { 2, "base", TEXT },
  { 2, "id", TEXT },
  { 2, "title", TEXT },
  ENDING (1),
  { 0, "relations", STRUCTS },
  { 1, "id", TEXT },
  { 1, "label", TEXT },
  { 1, "from", TEXT },
  { 1, "to", TEXT },
  { 1, "event", TEXT },
  ATTRIBUTES (1),
  ENDING (1),
};

static void
append_features (GString *out)
{
  g_string_append (out, "  features:\n");
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    {
      int indent = 2 + 2 * (int) features[i].depth;

      g_string_append_printf (out, "%*s- name: %s\n%*s%s\n", indent, "", features[i].name,
                              indent + 2, "", features[i].type);
    }
}

static const char about_rows[] =
    "## Rows\n"
    "\n"
    "A row is what one annotator marked in one article, or in one sentence or paragraph of "
    "it: `id`\n"
    "says which. Offsets (`start`, `end`, `ranges`) count Unicode code points of `text` "
    "from 0, the end\n"
    "exclusive, so that in Python `text[start:end]` is the span. A span in several pieces "
    "has several\n"
    "`ranges`; `start` and `end` are those of the whole stretch, and its `text` is the "
    "pieces joined by\n"
    "spaces. Relations name the ids of the spans that they lead `from` and `to`. "
    "Attributes are lists of\n"
    "`name`, `type` (string, list or flag) and `values`. Every row has every column: "
    "empty strings and\n"
    "lists stand for what is absent.\n"
    "\n";

/* A JSON string is a YAML string, too. */
static void
append_scalar (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "%s: ", name);
  kutip_json_append_string (out, value);
  g_string_append_c (out, '\n');
}

static guint64
count_rows (const KutipHuggingfaceCard *card)
{
  guint64 n = 0;

  for (guint i = 0; i < card->n_splits; i++)
    n += card->splits[i].n_rows;
  return n;
}

/* As the Hub calls them. */
static const char *
name_size (guint64 n_rows)
{
  static const struct
  {
    guint64 below;
    const char *name;
  } sizes[] = {
    { G_GUINT64_CONSTANT (1000), "n<1K" },
    { G_GUINT64_CONSTANT (10000), "1K<n<10K" },
    { G_GUINT64_CONSTANT (100000), "10K<n<100K" },
    { G_GUINT64_CONSTANT (1000000), "100K<n<1M" },
    { G_GUINT64_CONSTANT (10000000), "1M<n<10M" },
    { G_GUINT64_CONSTANT (100000000), "10M<n<100M" },
    { G_GUINT64_CONSTANT (1000000000), "100M<n<1B" },
    { G_GUINT64_CONSTANT (10000000000), "1B<n<10B" },
    { G_GUINT64_CONSTANT (100000000000), "10B<n<100B" },
    { G_GUINT64_CONSTANT (1000000000000), "100B<n<1T" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (n_rows < sizes[i].below)
      return sizes[i].name;
  return "n>1T";
}

/* What the Hub filters by: the language without region and script. */
static void
append_languages (GString *out, const char *const *languages)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; languages != NULL && languages[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (languages[i], "-", 2);

      if (parts[0] == NULL || *parts[0] == '\0' ||
          g_ptr_array_find_with_equal_func (seen, parts[0], g_str_equal, NULL))
        continue;
      g_string_append (out, seen->len == 0 ? "language:\n- " : "- ");
      kutip_json_append_string (out, parts[0]);
      g_string_append_c (out, '\n');
      g_ptr_array_add (seen, g_strdup (parts[0]));
    }
}

static void
append_yaml (GString *out, const KutipHuggingfaceCard *card)
{
  guint64 n_bytes = 0;

  g_string_append (out, "---\n");
  if (card->title != NULL)
    append_scalar (out, "pretty_name", card->title);
  append_scalar (out, "license", card->license == NULL ? "unknown" : card->license);
  append_languages (out, card->languages);
  g_string_append (out, "task_categories:\n- token-classification\n");
  g_string_append_printf (out, "size_categories:\n- %s\n", name_size (count_rows (card)));
  g_string_append (out, "configs:\n- config_name: default\n  data_files:\n");
  for (guint i = 0; i < card->n_splits; i++)
    g_string_append_printf (out, "  - split: %s\n    path: %s\n", card->splits[i].name,
                            card->splits[i].path);
  g_string_append (out, "dataset_info:\n  config_name: default\n");
  append_features (out);
  g_string_append (out, "  splits:\n");
  for (guint i = 0; i < card->n_splits; i++)
    {
      g_string_append_printf (out,
                              "  - name: %s\n"
                              "    num_bytes: %" G_GUINT64_FORMAT "\n"
                              "    num_examples: %" G_GUINT64_FORMAT "\n",
                              card->splits[i].name, card->splits[i].n_bytes,
                              card->splits[i].n_rows);
      n_bytes += card->splits[i].n_bytes;
    }
  g_string_append_printf (out,
                          "  download_size: %" G_GUINT64_FORMAT "\n"
                          "  dataset_size: %" G_GUINT64_FORMAT "\n---\n\n",
                          n_bytes, n_bytes);
}

/* In a cell of a table, or a heading. */
static void
append_plain (GString *out, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '|' || *c == '\\' || *c == '`' || *c == '*' || *c == '_' || *c == '<')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *c == '\n' || *c == '\r' || *c == '\t' ? ' ' : *c);
    }
}

static void
append_splits (GString *out, const KutipHuggingfaceCard *card)
{
  g_string_append (out, "## Splits\n\n");
  if (card->how != NULL)
    g_string_append_printf (out, "%s\n\n", card->how);
  g_string_append (out, "| split | articles | rows | spans | relations |\n"
                        "| --- | ---: | ---: | ---: | ---: |\n");
  for (guint i = 0; i < card->n_splits; i++)
    g_string_append_printf (out,
                            "| %s | %" G_GUINT64_FORMAT " | %" G_GUINT64_FORMAT
                            " | %" G_GUINT64_FORMAT " | %" G_GUINT64_FORMAT " |\n",
                            card->splits[i].name, card->splits[i].n_articles,
                            card->splits[i].n_rows, card->splits[i].n_spans,
                            card->splits[i].n_relations);
  g_string_append_c (out, '\n');
}

static guint64
look_up (GTree *counts, const char *name)
{
  const guint64 *n = counts == NULL ? NULL : g_tree_lookup (counts, name);

  return n == NULL ? 0 : *n;
}

static gboolean
collect_name (gpointer name, gpointer count, gpointer names)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, name);
  return FALSE;
}

static const char *
describe (KutipTagset *tagset, const char *name, gboolean is_relation)
{
  const KutipLabelType *label;
  const KutipRelationType *relation;

  if (tagset == NULL)
    return NULL;
  if (is_relation)
    {
      relation = kutip_tagset_get_relation (tagset, name);
      return relation == NULL ? NULL : relation->description;
    }
  label = kutip_tagset_get_label (tagset, name);
  return label == NULL ? NULL : label->description;
}

/* A table of all labels, or relations, that occur or that the tag set has. */
static void
append_table (GString *out, const KutipHuggingfaceCard *card, gboolean relations)
{
  KutipTagset *tagset = card->tagset;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint n = 0;

  if (tagset != NULL)
    n = relations ? kutip_tagset_get_n_relations (tagset)
                  : kutip_tagset_get_n_labels (tagset);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (
        names, (gpointer) (relations ? kutip_tagset_get_nth_relation (tagset, i)->name
                                     : kutip_tagset_get_nth_label (tagset, i)->name));
  for (guint i = 0; i < card->n_splits; i++)
    g_tree_foreach (relations ? card->splits[i].relations_by_label
                              : card->splits[i].spans_by_label,
                    collect_name, names);
  if (names->len == 0)
    return;
  g_string_append (out, relations ? "| relation |" : "| label |");
  for (guint i = 0; i < card->n_splits; i++)
    g_string_append_printf (out, " %s |", card->splits[i].name);
  g_string_append (out, " meaning |\n| --- |");
  for (guint i = 0; i < card->n_splits; i++)
    g_string_append (out, " ---: |");
  g_string_append (out, " --- |\n");
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const char *meaning = describe (tagset, name, relations);

      g_string_append (out, "| ");
      append_plain (out, name);
      g_string_append (out, " |");
      for (guint j = 0; j < card->n_splits; j++)
        g_string_append_printf (out, " %" G_GUINT64_FORMAT " |",
                                look_up (relations ? card->splits[j].relations_by_label
                                                   : card->splits[j].spans_by_label,
                                         name));
      g_string_append_c (out, ' ');
      append_plain (out, meaning == NULL ? "" : meaning);
      g_string_append (out, " |\n");
    }
  g_string_append_c (out, '\n');
}

static void
append_tagset (GString *out, const KutipHuggingfaceCard *card)
{
  g_string_append (out, "## Tag set\n\n");
  if (card->tagset != NULL)
    {
      append_plain (out, kutip_tagset_get_name (card->tagset));
      if (kutip_tagset_get_version (card->tagset) != NULL &&
          *kutip_tagset_get_version (card->tagset) != '\0')
        {
          g_string_append (out, ", version ");
          append_plain (out, kutip_tagset_get_version (card->tagset));
        }
      g_string_append (out, ": all of it is in `tagset.json`.\n\n");
    }
  append_table (out, card, FALSE);
  append_table (out, card, TRUE);
}

GString *
kutip_huggingface_make_card (const KutipHuggingfaceCard *card)
{
  GString *out = g_string_new (NULL);

  append_yaml (out, card);
  g_string_append (out, "# ");
  append_plain (out, card->title == NULL ? "Annotated articles" : card->title);
  g_string_append (out, "\n\n");
  append_splits (out, card);
  append_tagset (out, card);
  g_string_append (out, about_rows);
  g_string_append (out, "## Licence\n\n");
  append_plain (out, card->license == NULL
                         ? "Not stated; the articles are their publishers’."
                         : card->license);
  g_string_append_printf (out,
                          "\n\n## Making of\n\nMade by %s. `manifest.json` has all "
                          "options, the split of each article, and the\nSHA-256 of each "
                          "file; the same articles, options and seed give the same "
                          "bytes.\n",
                          card->generator);
  return out;
}
