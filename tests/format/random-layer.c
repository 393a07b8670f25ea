/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-layer.h"

#include "../text/random-text.h"

#include <string.h>

/* What one span, relation, header or tag set is made of; freed when it is made. */
typedef struct
{
  GRand *random;
  GStringChunk *strings;
  GPtrArray *blocks;
} Maker;

static void
maker_init (Maker *self, GRand *random)
{
  self->random = random;
  self->strings = g_string_chunk_new (4096);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
}

static void
maker_clear (Maker *self)
{
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->blocks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Maker, maker_clear)

static guint
pick (Maker *self, guint n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

static gboolean
once_in (Maker *self, guint n)
{
  return pick (self, n) == 0;
}

/* Any text, perhaps empty. */
static const char *
make_text (Maker *self)
{
  static const char *const hard[] = {
    "",
    "\"\\\"",
    "\\u0041 \\n",
    "\b\f\n\r\t",
    "\x01\x02\x1f\x7f",
    "\u2028\u2029\xc2\x85",
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\x8f\xe2\x80\xab",
    "\xef\xbb\xbf\xef\xbf\xbe\xef\xbf\xbf\xf4\x8f\xbf\xbf",
    "</script> & ' {\"a\": [1, 2]}",
    "line\r\nline",
  };
  g_autofree char *text = NULL;

  if (once_in (self, 2))
    return hard[pick (self, G_N_ELEMENTS (hard))];
  text = random_text (self->random, pick (self, N_RANDOM_KINDS), pick (self, 40));
  return g_string_chunk_insert (self->strings, text);
}

/* NULL most of the time. */
static const char *
maybe_text (Maker *self)
{
  return once_in (self, 3) ? make_text (self) : NULL;
}

/* A text that is not empty, and differs with @number. */
static const char *
make_name (Maker *self, guint number)
{
  g_autofree char *name = g_strdup_printf ("%s:%u", make_text (self), number);

  return g_string_chunk_insert (self->strings, name);
}

static gpointer
make_block (Maker *self, gsize size)
{
  gpointer block = g_malloc0 (size);

  g_ptr_array_add (self->blocks, block);
  return block;
}

static const char *const *
make_list (Maker *self, guint n)
{
  const char **list = make_block (self, (n + 1) * sizeof *list);

  for (guint i = 0; i < n; i++)
    list[i] = make_text (self);
  return list;
}

static KutipAttributes *
make_attributes (Maker *self)
{
  guint n = once_in (self, 2) ? pick (self, 4) : 0;
  KutipAttribute attributes[4];

  for (guint i = 0; i < n; i++)
    {
      KutipAttribute *attribute = &attributes[i];

      attribute->name = i == 0 && once_in (self, 9) ? "" : make_name (self, i);
      attribute->type = pick (self, 3);
      attribute->values =
          make_list (self, attribute->type == KUTIP_VALUE_FLAG     ? 0
                           : attribute->type == KUTIP_VALUE_STRING ? 1
                                                                   : pick (self, 4));
    }
  return kutip_attributes_new (attributes, n);
}

/* Unknown members at some of @places, which stand in the order of the file. */
static KutipForeign *
make_foreign (Maker *self, const char *const *places)
{
  static const char *const values[] = {
    "null",
    "-0",
    "1e999",
    "123456789012345678901234567890",
    "{\"id\":\t\"s1\",  \"spans\":[ [ ],{}]}",
    "\"\\u00e9\\/\\ud83d\\ude00\"",
    "[]",
    "false",
  };
  KutipForeignMember members[8];
  guint n = 0;

  if (!once_in (self, 4))
    return NULL;
  for (guint i = 0; places[i] != NULL; i++)
    if (once_in (self, 3) && n < G_N_ELEMENTS (members))
      {
        g_autofree char *name = g_strdup_printf ("%s:%u", make_text (self), i);

        members[n].after = places[i];
        members[n].name = g_string_chunk_insert (self->strings, name);
        members[n].json = values[pick (self, G_N_ELEMENTS (values))];
        n++;
      }
  return kutip_foreign_new (members, n);
}

static void
make_origin (Maker *self, const char **by, double *score)
{
  static const double scores[] = {
    0, 1, 0.1, 0.93, 1.0 / 3, 1e-300, 1.7976931348623157e308
  };

  if (!once_in (self, 3))
    return;
  *by = make_name (self, 0);
  if (once_in (self, 2))
    *score = once_in (self, 2) ? g_rand_double (self->random)
                               : scores[pick (self, G_N_ELEMENTS (scores))];
}

/* Ranges in order, within @length code points, which do not touch. */
static guint
make_ranges (Maker *self, guint length, KutipRange *ranges, guint max)
{
  guint n = 0;
  guint at = pick (self, length - 1);

  do
    {
      guint end = at + 1 + pick (self, MIN (20, length - at));

      ranges[n++] = (KutipRange){ at, end };
      at = end + 1 + pick (self, 10);
    }
  while (n < max && at + 1 < length && once_in (self, 3));
  return n;
}

static void
make_links (Maker *self, KutipSpanFields *fields)
{
  guint n = once_in (self, 4) ? pick (self, 3) : 0;
  KutipSpanLink *links = make_block (self, (n + 1) * sizeof *links);

  for (guint i = 0; i < n; i++)
    {
      links[i].base = make_text (self);
      links[i].id = make_text (self);
      links[i].title = maybe_text (self);
    }
  fields->links = links;
  fields->n_links = n;
}

/* Where unknown members of a span can stand, in the order of the file. */
static KutipForeign *
make_span_foreign (Maker *self, const KutipSpanFields *fields)
{
  const char *places[9] = { "", "id", "ranges", "text" };
  guint n = 4;

  if (fields->n_links > 0)
    {
      places[n++] = "links/0/";
      places[n++] = "links/0/id";
    }
  if (fields->n_links > 1)
    places[n++] = "links/1/base";
  if (fields->origin_by != NULL)
    places[n++] = "origin/by";
  return make_foreign (self, places);
}

/* What became of it when the text changed. */
static void
make_review (Maker *self, KutipSpanFields *fields)
{
  if (once_in (self, 8))
    fields->review = KUTIP_REVIEW_MOVED;
  else if (once_in (self, 8))
    {
      const char **was = (const char **) make_list (self, fields->n_ranges);

      was[0] = "other words \u2603";
      fields->review = KUTIP_REVIEW_APPROXIMATE;
      fields->was = was;
    }
}

static KutipSpan *
make_span (Maker *self, KutipText *text, const char *id)
{
  static const char *const labels[] = {
    "claim", "quote", "source", "cue", "\"", "\u2028"
  };
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  KutipRange ranges[5];
  guint length = kutip_text_get_length (text);
  gboolean is_orphan = once_in (self, 6);
  g_autoptr (KutipAttributes) attributes = make_attributes (self);
  g_autoptr (KutipForeign) foreign = NULL;

  fields.id = id;
  fields.label = labels[pick (self, G_N_ELEMENTS (labels))];
  fields.ranges = ranges;
  fields.n_ranges =
      make_ranges (self, is_orphan ? 2 * length : length, ranges, G_N_ELEMENTS (ranges));
  fields.attributes = attributes;
  make_links (self, &fields);
  fields.note = maybe_text (self);
  fields.unsure = once_in (self, 4);
  make_origin (self, &fields.origin_by, &fields.origin_score);
  fields.created = once_in (self, 2) ? "2026-11-22T09:30:00Z" : NULL;
  fields.modified = maybe_text (self);
  foreign = make_span_foreign (self, &fields);
  fields.foreign = foreign;
  if (is_orphan)
    {
      const char **texts = (const char **) make_list (self, fields.n_ranges);

      texts[0] = "this stands nowhere \u2603";
      fields.texts = texts;
      fields.prefix = once_in (self, 2) ? make_name (self, 1) : NULL;
      fields.suffix = once_in (self, 2) ? make_name (self, 2) : NULL;
    }
  else
    make_review (self, &fields);
  return kutip_span_new (&fields);
}

static KutipRelation *
make_relation (Maker *self, const char *id, const char *from, const char *to)
{
  static const char *const places[] = { "", "id", "label", "to", NULL };
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipAttributes) attributes = make_attributes (self);
  g_autoptr (KutipForeign) foreign = make_foreign (self, places);

  fields.id = id;
  fields.label = once_in (self, 2) ? "attributed-to" : make_name (self, 0);
  fields.from = from;
  fields.to = to;
  fields.event = maybe_text (self);
  fields.attributes = attributes;
  fields.note = maybe_text (self);
  fields.unsure = once_in (self, 4);
  make_origin (self, &fields.origin_by, &fields.origin_score);
  fields.created = once_in (self, 2) ? "2026-11-22T09:30:00Z" : NULL;
  fields.modified = maybe_text (self);
  fields.foreign = foreign;
  return kutip_relation_new (&fields);
}

/* @highest: the highest number in an id. */
static KutipHeader *
make_header (Maker *self, guint highest)
{
  static const char *const places[] = {
    "", "format", "article", "offsets", "status", "spans", "relations", NULL,
  };
  static const char *const article_places[] = { "", "file", "sha256", "length", NULL };
  static const char *const tagset_places[] = { "", "name", NULL };
  g_autoptr (KutipAttributes) attributes = make_attributes (self);
  g_autoptr (KutipForeign) foreign = make_foreign (self, places);
  g_autoptr (KutipForeign) article_foreign = make_foreign (self, article_places);
  g_autoptr (KutipForeign) tagset_foreign = make_foreign (self, tagset_places);
  KutipHeaderFields fields = {
    .language = maybe_text (self),
    .title = maybe_text (self),
    .author = maybe_text (self),
    .date = maybe_text (self),
    .publisher = maybe_text (self),
    .url = maybe_text (self),
    .encoding = maybe_text (self),
    .tagset_name = tagset_foreign != NULL ? "x" : maybe_text (self),
    .tagset_version = maybe_text (self),
    .annotator = maybe_text (self),
    .status = pick (self, 3),
    .attributes = attributes,
    .note = maybe_text (self),
    .last_id = once_in (self, 2) ? highest + 1 + pick (self, 100) : 0,
    .foreign = foreign,
    .article_foreign = article_foreign,
    .tagset_foreign = tagset_foreign,
  };

  return kutip_header_new (&fields);
}

KutipArticle *
random_article (GRand *random, guint length)
{
  static const char digest[] =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  char *utf8 = random_text (
      random, (RandomKind) g_rand_int_range (random, 0, N_RANDOM_KINDS), length);
  g_autoptr (KutipText) text = kutip_text_new_take (utf8, strlen (utf8));
  KutipCharset charset = { "UTF-8", FALSE, FALSE };

  return kutip_article_new (text, "\u00e9 \"article\".txt", digest, &charset);
}

static void
add_relations (Maker *self, KutipLayer *layer, guint n, guint first_id)
{
  guint n_spans = kutip_layer_get_n_spans (layer);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", first_id + i);
      KutipSpan *from = kutip_layer_get_nth_span (layer, pick (self, n_spans));
      KutipSpan *to = kutip_layer_get_nth_span (layer, pick (self, n_spans));
      g_autoptr (KutipRelation) relation =
          make_relation (self, id, kutip_span_get_id (from), kutip_span_get_id (to));

      g_assert_true (kutip_layer_add_relation (layer, relation));
    }
}

KutipLayer *
random_layer (GRand *random, KutipArticle *article, guint n_spans)
{
  g_auto (Maker) maker;
  g_autoptr (KutipHeader) header = NULL;
  KutipLayer *layer;
  guint n_relations = n_spans / 2;

  maker_init (&maker, random);
  header = make_header (&maker, n_spans + n_relations);
  layer = kutip_layer_new (header);
  for (guint i = 0; i < n_spans; i++)
    {
      const char *id = make_name (&maker, i + 1);
      g_autoptr (KutipSpan) span =
          make_span (&maker, kutip_article_get_text (article), id);

      g_assert_true (kutip_layer_add_span (layer, span));
    }
  add_relations (&maker, layer, n_relations, n_spans + 1);
  return layer;
}
