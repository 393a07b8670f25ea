/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json.h"
#include "format/tagset/tagset-json.h"

#include "../text/random-text.h"

#include <math.h>
#include <string.h>

/* Every member, in the style in which it is written. */
static const char golden[] =
    "{\n"
    "  \"format\": 1,\n"
    "  \"x\": [1, 2],\n"
    "  \"name\": \"News\",\n"
    "  \"version\": \"2\",\n"
    "  \"guidelines\": \"guidelines.md\",\n"
    "  \"labels\": [\n"
    "    {\"name\": \"quote\", \"title\": \"Quote\", \"color\": \"#0072b2\", \"key\": "
    "\"\u00e9\", \"description\": \"\u2026\", \"guidelines\": \"# Quote\\n\\n*All* of it\", \"attributes\": [\"form\", \"sure\"], "
    "\"requires\": [\"attributed-to\", \"form\"]},\n"
    "    {\"name\": \"source\", \"shape\": {\"a\": null}, \"key\": \"3\"}\n"
    "  ],\n"
    "  \"attributes\": [\n"
    "    {\"name\": \"form\", \"title\": \"Form\", \"description\": \"d\", \"values\": "
    "[\"indirect\", \"direct\"], \"multiple\": true, \"default\": \"direct\"},\n"
    "    {\"name\": \"sure\", \"type\": \"flag\", \"default\": true, \"y\": 1},\n"
    "    {\"name\": \"off\", \"type\": \"flag\"},\n"
    "    {\"name\": \"free\", \"multiple\": true, \"default\": \"none\"},\n"
    "    {\"name\": \"day\", \"type\": \"date\", \"default\": \"2022-08-15\"}\n"
    "  ],\n"
    "  \"relations\": [\n"
    "    {\"name\": \"attributed-to\", \"title\": \"Attributed to\", \"key\": \"a\", "
    "\"description\": \"d\", \"from\": [\"quote\"], \"to\": [\"source\"], "
    "\"attributes\": [\"free\"], \"max\": 2, \"symmetric\": true, \"z\": 2},\n"
    "    {\"name\": \"any\"}\n"
    "  ],\n"
    "  \"article_attributes\": [\"free\", \"off\"]\n"
    "}\n";

static KutipTagset *
read_tagset (const char *json)
{
  g_autoptr (GError) error = NULL;
  KutipTagset *tagset = kutip_tagset_from_json (json, strlen (json), &error);

  g_assert_no_error (error);
  return tagset;
}

static void
test_golden (void)
{
  g_autoptr (KutipTagset) tagset = read_tagset (golden);
  g_autofree char *again = kutip_tagset_to_json (tagset);
  const KutipLabelType *quote = kutip_tagset_get_label (tagset, "quote");
  const KutipAttributeType *form = kutip_tagset_get_attribute (tagset, "form");
  const KutipAttributeType *sure = kutip_tagset_get_attribute (tagset, "sure");
  const KutipAttributeType *free_text = kutip_tagset_get_attribute (tagset, "free");
  const KutipRelationType *any = kutip_tagset_get_relation (tagset, "any");

  g_assert_cmpstr (again, ==, golden);
  g_assert_cmpstr (kutip_tagset_get_version (tagset), ==, "2");
  g_assert_cmpuint (quote->key, ==, 0xe9);
  g_assert_cmpstr (quote->requires[1], ==, "form");
  g_assert_cmpstr (kutip_tagset_get_label (tagset, "source")->title, ==, "source");
  g_assert_cmpint (form->kind, ==, KUTIP_ATTRIBUTE_CHOICE);
  g_assert_true (form->multiple);
  g_assert_cmpstr (form->default_value, ==, "direct");
  g_assert_cmpint (sure->kind, ==, KUTIP_ATTRIBUTE_FLAG);
  g_assert_cmpstr (sure->default_value, ==, "true");
  g_assert_cmpint (free_text->kind, ==, KUTIP_ATTRIBUTE_TEXT);
  g_assert_null (any->from[0]);
  g_assert_cmpuint (any->max, ==, 0);
  g_assert_cmpuint (kutip_tagset_get_relation (tagset, "attributed-to")->max, ==, 2);
  g_assert_cmpstr (quote->guidelines, ==, "# Quote\n\n*All* of it");
  g_assert_cmpint (kutip_tagset_get_attribute (tagset, "day")->kind, ==,
                   KUTIP_ATTRIBUTE_DATE);
  g_assert_true (kutip_tagset_allows (tagset, "any", "source", "quote"));
}

/* What people write by hand becomes the canonical style, and stays it. */
static void
test_free_style (void)
{
  static const char json[] =
      "{\"name\": \"n\", \"labels\": [{\"title\": \"a\", \"name\": \"a\", \"requires\": "
      "[]}],\n"
      "\"attributes\": [{\"name\": \"c\", \"type\": \"choice\", \"values\": [\"v\"]},\n"
      "{\"name\": \"t\", \"type\": \"text\", \"values\": []}, {\"name\": \"f\", "
      "\"type\": "
      "\"flag\", \"default\": \"true\", \"multiple\": false}], \"format\": 1}";
  static const char expected[] =
      "{\n"
      "  \"format\": 1,\n"
      "  \"name\": \"n\",\n"
      "  \"labels\": [\n"
      "    {\"name\": \"a\"}\n"
      "  ],\n"
      "  \"attributes\": [\n"
      "    {\"name\": \"c\", \"values\": [\"v\"]},\n"
      "    {\"name\": \"t\"},\n"
      "    {\"name\": \"f\", \"type\": \"flag\", \"default\": true}\n"
      "  ],\n"
      "  \"relations\": [],\n"
      "  \"article_attributes\": []\n"
      "}\n";
  g_autoptr (KutipTagset) tagset = read_tagset (json);
  g_autofree char *written = kutip_tagset_to_json (tagset);

  g_assert_cmpstr (written, ==, expected);
}

/* What stands around one label, attribute or relation, on line 2, column 1. */
#define LABEL(label) "{\"format\": 1, \"name\": \"n\", \"labels\": [\n" label "]}"
#define ATTRIBUTE(attribute)                                                             \
  "{\"format\": 1, \"name\": \"n\", \"attributes\": [\n" attribute "]}"
#define RELATION(relation)                                                               \
  "{\"format\": 1, \"name\": \"n\", \"labels\": [{\"name\": \"a\"}], \"relations\": "    \
  "[\n" relation "]}"

static const struct
{
  const char *json;
  const char *says; /* a part of the message: the place, the member, what is wrong */
} invalid[] = {
  { "", "line 1, column 1: " },
  { "[]", "line 1, column 1: " },
  { "{\"format\": 1, \"name\": \"n\"", "line 1, column 26: the file ends too early" },
  { "{\"name\": \"n\"}", "line 1, column 1: this object lacks “format”" },
  { "{\"format\": 1}", "line 1, column 1: this object lacks “name”" },
  { "{\"format\": 2, \"name\": \"n\"}",
    "line 1, column 12: this tag set has the format 2" },
  { "{\"format\": 0, \"name\": \"n\"}",
    "line 1, column 12: this tag set has the format 0" },
  { "{\"format\": 1, \"name\": \"\"}", "no name" },
  { "{\"format\": 1, \"name\": 7}", "line 1, column 23: " },
  { "{\"format\": 1, \"name\": \"n\", \"name\": \"m\"}", "line 1, column 28: “name”" },
  { "{\"format\": 1, \"name\": \"n\", \"version\": 1}", "line 1, column 39: " },
  { "{\"format\": 1, \"name\": \"n\", \"labels\": {}}", "line 1, column 38: " },
  { "{\"format\": 1, \"name\": \"n\", \"article_attributes\": [\"x\"]}", "“x”" },
  { LABEL ("\"quote\""), "line 2, column 1: " },
  { LABEL ("{}"), "line 2, column 1: this object lacks “name”" },
  { LABEL ("{\"name\": \"\"}"), "labels[0] has no name" },
  { LABEL ("{\"name\": \"a\"}, {\"name\": \"a\"}"), "labels[1]" },
  { LABEL ("{\"name\": \"a\", \"key\": \"12\"}"),
    "line 2, column 22: a key is a single" },
  { LABEL ("{\"name\": \"a\", \"key\": \"\"}"), "line 2, column 22: a key is a single" },
  { LABEL ("{\"name\": \"a\", \"key\": 1}"), "line 2, column 22: " },
  { LABEL ("{\"name\": \"a\", \"key\": \"1\"}, {\"name\": \"b\", \"key\": \"1\"}"),
    "labels “b”" },
  { LABEL ("{\"name\": \"a\", \"color\": \"blue\"}"), "“blue” is no colour" },
  { LABEL ("{\"name\": \"a\", \"attributes\": [\"x\"]}"), "“x”" },
  { LABEL ("{\"name\": \"a\", \"attributes\": [1]}"), "line 2, column 30: " },
  { LABEL ("{\"name\": \"a\", \"requires\": [\"x\"]}"), "“x”" },
  { ATTRIBUTE ("{\"name\": \"a\", \"type\": \"number\"}"),
    "line 2, column 23: “choice”" },
  { ATTRIBUTE ("{\"name\": \"a\", \"type\": \"choice\"}"), "no values" },
  { ATTRIBUTE ("{\"name\": \"a\", \"type\": \"date\", \"default\": \"soon\"}"),
    "“soon”" },
  { ATTRIBUTE ("{\"name\": \"a\", \"type\": \"date\", \"values\": [\"x\"]}"), "“a”" },
  { ATTRIBUTE ("{\"name\": \"a\", \"values\": \"x\"}"), "line 2, column 25: " },
  { ATTRIBUTE ("{\"name\": \"a\", \"values\": [\"x\", \"x\"]}"), "“x” twice" },
  { ATTRIBUTE ("{\"name\": \"a\", \"values\": [\"x\"], \"default\": \"y\"}"), "“y”" },
  { ATTRIBUTE ("{\"name\": \"a\", \"type\": \"flag\", \"values\": [\"x\"]}"), "“a”" },
  { ATTRIBUTE ("{\"name\": \"a\", \"multiple\": \"yes\"}"), "line 2, column 27: " },
  { ATTRIBUTE ("{\"name\": \"a\", \"default\": false}"), "line 2, column 26: " },
  { RELATION ("{\"name\": \"r\", \"from\": [\"b\"]}"), "“b”" },
  { RELATION ("{\"name\": \"r\", \"to\": \"a\"}"), "line 2, column 21: " },
  { RELATION ("{\"name\": \"r\", \"max\": 0}"), "a number from 1 on" },
  { RELATION ("{\"name\": \"r\", \"max\": -1}"), "line 2, column 22: " },
  { RELATION ("{\"name\": \"r\", \"symmetric\": 1}"), "line 2, column 28: " },
};

static void
test_invalid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", invalid[i].json);
      g_assert_null (
          kutip_tagset_from_json (invalid[i].json, strlen (invalid[i].json), &error));
      g_assert_nonnull (error);
      if (strstr (error->message, invalid[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, invalid[i].says);
    }
}

static void
test_truncated (void)
{
  for (gsize n = 0; n < sizeof golden - 2; n++)
    {
      g_autofree char *bytes = g_memdup2 (golden, n);
      g_autoptr (GError) error = NULL;

      g_assert_null (kutip_tagset_from_json (bytes, n, &error));
      g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_TRUNCATED);
    }
}

static void
test_too_large (void)
{
  g_autofree char *bytes = g_strnfill (2 << 20, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (kutip_tagset_from_json (bytes, 2 << 20, &error));
  g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_SIZE);
}

static void
append_random_strings (GString *out, GRand *random, const char *member)
{
  if (g_rand_boolean (random))
    {
      g_autofree char *text =
          random_text (random, g_rand_int_range (random, 0, N_RANDOM_KINDS), 12);

      g_string_append_printf (out, ", \"%s\": ", member);
      kutip_json_append_string (out, text);
    }
  if (g_rand_int_range (random, 0, 4) == 0)
    g_string_append_printf (out, ", \"x-%s\": {\"a\":  [1e999, \"\\u00e9\"]}", member);
}

/* A tag set by a program that writes members in any order and leaves out what it likes.
 */
static char *
make_random_json (GRand *random)
{
  GString *out = g_string_new ("{\"name\": \"n\"");
  int n_labels = g_rand_int_range (random, 0, 6);

  append_random_strings (out, random, "version");
  g_string_append (out, ", \"format\": 1, \"labels\": [");
  for (int i = 0; i < n_labels; i++)
    {
      g_string_append_printf (out, "%s{\"name\": \"l%d\"", i == 0 ? "" : ", ", i);
      append_random_strings (out, random, "description");
      append_random_strings (out, random, "title");
      if (g_rand_boolean (random))
        g_string_append_printf (out, ", \"key\": \"%d\", \"attributes\": [\"a%d\"]", i,
                                i);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "], \"attributes\": [");
  for (int i = 0; i < 6; i++)
    {
      g_string_append_printf (out, "%s{\"name\": \"a%d\"", i == 0 ? "" : ", ", i);
      append_random_strings (out, random, "title");
      if (g_rand_boolean (random))
        g_string_append (out, ", \"default\": \"v\", \"values\": [\"u\", \"v\"]");
      append_random_strings (out, random, "description");
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]");
  append_random_strings (out, random, "guidelines");
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static void
test_round_trip (void)
{
  for (guint32 seed = 1; seed <= 500; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autofree char *json = make_random_json (random);
      g_autoptr (KutipTagset) tagset = NULL;
      g_autoptr (KutipTagset) again = NULL;
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      g_test_message ("seed %u", seed);
      tagset = read_tagset (json);
      first = kutip_tagset_to_json (tagset);
      again = read_tagset (first);
      second = kutip_tagset_to_json (again);
      g_assert_cmpstr (second, ==, first);
    }
}

/* Each that is shipped is valid, and in the style in which it would be written. */
static void
test_builtin (void)
{
  const char *const *names = kutip_tagset_list_builtin ();

  g_assert_cmpstr (names[0], ==, "news-attribution");
  g_assert_cmpuint (g_strv_length ((char **) names), ==, 4);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin (names[i]);
      g_autoptr (GBytes) shipped = kutip_tagset_get_builtin_json (names[i]);
      g_autofree char *written = kutip_tagset_to_json (tagset);

      g_assert_cmpmem (g_bytes_get_data (shipped, NULL), g_bytes_get_size (shipped),
                       written, strlen (written));
    }
  g_assert_null (kutip_tagset_get_builtin_json ("../passwd"));
}

/* What the default tag set must be. */
static void
test_news_labels (void)
{
  static const struct
  {
    const char *label;
    gunichar key;
    const char *attributes[3];
  } labels[] = {
    { "claim", '1', { "type", "checkworthy" } },
    { "quote", '2', { "form", "mode" } },
    { "source", '3', { "kind", "naming" } },
    { "cue", '4', { "stance" } },
  };
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin ("news-attribution");
  const KutipLabelType *quote = kutip_tagset_get_label (tagset, "quote");

  g_assert_cmpuint (kutip_tagset_get_n_labels (tagset), ==, G_N_ELEMENTS (labels));
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);

      g_assert_cmpstr (label->name, ==, labels[i].label);
      g_assert_cmpuint (label->key, ==, labels[i].key);
      g_assert_cmpstrv (label->attributes, labels[i].attributes);
      g_assert_nonnull (label->description);
    }
  g_assert_cmpstr (quote->requires[0], ==, "attributed-to");
  g_assert_null (quote->requires[1]);
}

static void
test_news_attributes (void)
{
  static const struct
  {
    const char *attribute, *values; /* the first is the default */
  } attributes[] = {
    { "type", "quantity cause law prediction experience other" },
    { "checkworthy", "yes unimportant no" },
    { "form", "indirect direct mixed free-indirect" },
    { "mode", "speech writing thought" },
    { "kind", "person group organisation media document data social-media unknown" },
    { "naming", "named unnamed collective pronoun" },
    { "stance", "neutral endorsing distancing" },
  };
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin ("news-attribution");

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      const KutipAttributeType *attribute =
          kutip_tagset_get_attribute (tagset, attributes[i].attribute);
      g_autofree char *values = g_strjoinv (" ", (char **) attribute->values);

      g_assert_cmpstr (values, ==, attributes[i].values);
      g_assert_cmpstr (attribute->default_value, ==, attribute->values[0]);
    }
}

static void
test_news_relations (void)
{
  static const struct
  {
    const char *relation, *from, *to;
    gboolean allowed;
  } relations[] = {
    { "attributed-to", "quote", "source", TRUE },
    { "attributed-to", "claim", "source", TRUE },
    { "attributed-to", "cue", "source", FALSE },
    { "introduced-by", "quote", "cue", TRUE },
    { "introduced-by", "claim", "cue", TRUE },
    { "states", "quote", "claim", TRUE },
    { "states", "claim", "quote", FALSE },
    { "supports", "claim", "quote", TRUE },
    { "denies", "quote", "claim", TRUE },
    { "queries", "claim", "claim", TRUE },
    { "same-as", "source", "source", TRUE },
    { "same-as", "quote", "quote", FALSE },
  };
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin ("news-attribution");

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    g_assert_cmpint (kutip_tagset_allows (tagset, relations[i].relation,
                                          relations[i].from, relations[i].to),
                     ==, relations[i].allowed);
}

/* The relative luminance of "#rrggbb" (WCAG 2.1). */
static double
get_luminance (const char *color)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0;

  for (guint i = 0; i < 3; i++)
    {
      double value = (g_ascii_xdigit_value (color[1 + 2 * i]) * 16 +
                      g_ascii_xdigit_value (color[2 + 2 * i])) /
                     255.0;

      value = value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
      luminance += weights[i] * value;
    }
  return luminance;
}

static double
get_contrast (const char *a, const char *b)
{
  double first = get_luminance (a);
  double second = get_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

/* The lines under spans can be seen on the light and on the dark text background: 3 to 1
 * is what WCAG 2.1 asks of graphics. */
static void
test_colors (void)
{
  const char *const *names = kutip_tagset_list_builtin ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin (names[i]);

      for (guint j = 0; j < kutip_tagset_get_n_labels (tagset); j++)
        {
          const char *color = kutip_tagset_get_nth_label (tagset, j)->color;

          g_assert_cmpfloat (get_contrast (color, "#ffffff"), >=, 3);
          g_assert_cmpfloat (get_contrast (color, "#1e1e1e"), >=, 3);
        }
    }
}

static gpointer
load_builtin (gpointer data)
{
  g_usleep (1000); /* so that all are there when the first begins */
  return kutip_tagset_load_builtin ("news-attribution");
}

/* Before anything else has touched what is built in. */
static void
test_builtin_in_threads (void)
{
  GThread *threads[16];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("load", load_builtin, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (KutipTagset) tagset = g_thread_join (threads[i]);

      g_assert_nonnull (tagset);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tagset/builtin-in-threads", test_builtin_in_threads);
  g_test_add_func ("/tagset-json/golden", test_golden);
  g_test_add_func ("/tagset-json/free-style", test_free_style);
  g_test_add_func ("/tagset-json/invalid", test_invalid);
  g_test_add_func ("/tagset-json/truncated", test_truncated);
  g_test_add_func ("/tagset-json/too-large", test_too_large);
  g_test_add_func ("/tagset-json/round-trip", test_round_trip);
  g_test_add_func ("/tagset-json/builtin", test_builtin);
  g_test_add_func ("/tagset-json/news-labels", test_news_labels);
  g_test_add_func ("/tagset-json/news-attributes", test_news_attributes);
  g_test_add_func ("/tagset-json/news-relations", test_news_relations);
  g_test_add_func ("/tagset-json/colors", test_colors);
  return g_test_run ();
}
