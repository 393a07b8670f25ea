/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"

#include <glib/gstdio.h>
#include <string.h>

/* Writes an article of invented words, with a sidecar full of spans:
 *   make-articles article FILE N-BYTES N-SPANS latin|arabic|one-line SEED
 *   make-articles folder FOLDER N-ARTICLES
 * The same arguments give the same bytes, another seed gives other words.
 *
 * Of the spans 10 % overlap the one before them, 5 % lie inside it, 15 % have two pieces,
 * and each quote is linked to a source. */

typedef enum
{
  SHAPE_LATIN,
  SHAPE_ARABIC,
  SHAPE_ONE_LINE,
} Shape;

/* Code points. */
typedef struct
{
  guint start;
  guint end;
} Word;

typedef struct
{
  GRand *random;
  Shape shape;
  GString *text;
  guint length; /* of the text; code points */
  GArray *words;
} Writing;

static const char *const latin_syllables[] = {
  "ba",  "ka", "ra", "men", "di", "ter", "lu", "san", "to", "pe",
  "nya", "gi", "an", "wa",  "ku", "si",  "mo", "tan", "re", "le",
};
static const char *const arabic_syllables[] = {
  "با", "كا", "را", "من", "دي", "تر", "لو", "سا", "تو", "في",
  "نا", "جي", "ان", "وا", "كو", "سي", "مو", "طن", "ري", "لا",
};

static void
append (Writing *self, const char *utf8)
{
  g_string_append (self->text, utf8);
  self->length += (guint) g_utf8_strlen (utf8, -1);
}

static void
add_word (Writing *self)
{
  const char *const *syllables =
      self->shape == SHAPE_ARABIC ? arabic_syllables : latin_syllables;
  int n = g_rand_int_range (self->random, 1, 5);
  Word word = { self->length, 0 };

  while (n-- > 0)
    append (
        self,
        syllables[g_rand_int_range (self->random, 0, G_N_ELEMENTS (latin_syllables))]);
  word.end = self->length;
  g_array_append_val (self->words, word);
}

static void
add_sentence (Writing *self)
{
  int n = g_rand_int_range (self->random, 5, 22);

  for (int i = 0; i < n; i++)
    {
      if (i > 0)
        append (self, g_rand_int_range (self->random, 0, 9) == 0 ? ", " : " ");
      add_word (self);
    }
  append (self, ".");
}

/* Paragraphs of two to five sentences, as in the news. */
static void
write_text (Writing *self, gsize n_bytes)
{
  int left = 1;

  while (self->text->len < n_bytes)
    {
      add_sentence (self);
      if (--left > 0 || self->shape == SHAPE_ONE_LINE)
        {
          append (self, " ");
          continue;
        }
      append (self, "\n\n");
      left = g_rand_int_range (self->random, 2, 6);
    }
}

static void
writing_clear (Writing *self)
{
  g_rand_free (self->random);
  g_string_free (self->text, TRUE);
  g_array_unref (self->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writing, writing_clear)

/* Words first to last, both included. */
static KutipRange
make_range (Writing *self, guint first, guint last)
{
  last = MIN (last, self->words->len - 1);
  first = MIN (first, last);
  return (KutipRange){ g_array_index (self->words, Word, first).start,
                       g_array_index (self->words, Word, last).end };
}

/* The span's ranges, in the words from @first on, of which it has @n to itself. */
static guint
place_span (Writing *self, guint first, guint n, KutipRange *ranges)
{
  int chance = g_rand_int_range (self->random, 0, 100);
  guint size = (guint) g_rand_int_range (self->random, 1, (gint32) MAX (n - 1, 2));

  if (chance < 10 && first >= n)
    ranges[0] = make_range (self, first - n / 2, first + size);
  else if (chance < 15 && first >= n)
    ranges[0] = make_range (self, first - n + 1, first - n + 2);
  else if (chance < 30 && n >= 5)
    {
      ranges[0] = make_range (self, first, first + 1);
      ranges[1] = make_range (self, first + 3, first + n - 1);
      return 2;
    }
  else
    ranges[0] = make_range (self, first, first + size);
  return 1;
}

static const char *
choose_label (Writing *self)
{
  static const char *const labels[] = { "source", "quote", "claim", "quote",
                                        "cue",    "claim", "quote", "source" };

  return labels[g_rand_int_range (self->random, 0, G_N_ELEMENTS (labels))];
}

static KutipAttributes *
choose_attributes (const char *label)
{
  const char *name = "kind", *value = "person";
  KutipAttribute attribute = { .type = KUTIP_VALUE_STRING };

  if (g_str_equal (label, "quote"))
    name = "form", value = "indirect";
  else if (g_str_equal (label, "claim"))
    name = "type", value = "quantity";
  else if (g_str_equal (label, "cue"))
    name = "stance", value = "neutral";
  attribute.name = name;
  attribute.values = (const char *const[]){ value, NULL };
  return kutip_attributes_new (&attribute, 1);
}

static void
add_link (KutipLayer *layer, const char *from, const char *to)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autofree char *id = kutip_layer_make_id (layer, "r");
  g_autoptr (KutipRelation) relation = NULL;

  fields.id = id;
  fields.label = "attributed-to";
  fields.from = from;
  fields.to = to;
  fields.created = "2025-01-01T00:00:00Z";
  relation = kutip_relation_new (&fields);
  kutip_layer_add_relation (layer, relation);
}

static KutipLayer *
make_layer (Writing *self, guint n_spans, KutipStatus status)
{
  const KutipHeaderFields header_fields = { .title = "Bench",
                                            .tagset_name = "News attribution",
                                            .tagset_version = "1",
                                            .status = status };
  g_autoptr (KutipHeader) header = kutip_header_new (&header_fields);
  KutipLayer *layer = kutip_layer_new (header);
  g_autofree char *source = NULL;

  for (guint i = 0; i < n_spans; i++)
    {
      guint first = (guint) ((guint64) self->words->len * i / n_spans);
      guint next = (guint) ((guint64) self->words->len * (i + 1) / n_spans);
      const char *label = i == 0 ? "source" : choose_label (self);
      g_autofree char *id = kutip_layer_make_id (layer, "s");
      g_autoptr (KutipAttributes) attributes = choose_attributes (label);
      g_autoptr (KutipSpan) span = NULL;
      KutipRange ranges[2];
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;

      fields.id = id;
      fields.label = label;
      fields.ranges = ranges;
      fields.n_ranges = place_span (self, first, next - first, ranges);
      fields.attributes = attributes;
      fields.created = "2025-01-01T00:00:00Z";
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
      if (g_str_equal (label, "quote"))
        add_link (layer, id, source);
      else if (g_str_equal (label, "source"))
        {
          g_free (source);
          source = g_steal_pointer (&id);
        }
    }
  return layer;
}

static gboolean
write_article (const char *path,
               gsize n_bytes,
               guint n_spans,
               Shape shape,
               guint seed,
               GError **error)
{
  g_auto (Writing)
      writing = { g_rand_new_with_seed (seed), shape, g_string_sized_new (n_bytes + 512),
                  0, g_array_new (FALSE, FALSE, sizeof (Word)) };
  const KutipCharset charset = { .name = "UTF-8" };
  g_autofree char *sha256 = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *sidecar_path = g_strconcat (path, ".annotations.json", NULL);
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipArticle) article = NULL;
  g_autoptr (KutipLayer) layer = NULL;
  GString *sidecar;
  gboolean done;

  write_text (&writing, n_bytes);
  if (!g_file_set_contents (path, writing.text->str, (gssize) writing.text->len, error))
    return FALSE;
  if (n_spans == 0)
    return TRUE;
  sha256 = g_compute_checksum_for_data (
      G_CHECKSUM_SHA256, (const guchar *) writing.text->str, writing.text->len);
  text = kutip_text_new_take (g_strndup (writing.text->str, writing.text->len),
                              writing.text->len);
  article = kutip_article_new (text, name, sha256, &charset);
  layer = make_layer (&writing, n_spans,
                      seed % 2 == 0 ? KUTIP_STATUS_DONE : KUTIP_STATUS_IN_PROGRESS);
  sidecar = kutip_sidecar_write (article, layer);
  done = g_file_set_contents (sidecar_path, sidecar->str, (gssize) sidecar->len, error);
  g_string_free (sidecar, TRUE);
  return done;
}

/* Every third article is annotated, of these every other done; 100 articles a folder. */
static gboolean
write_folder (const char *path, guint n_articles, GError **error)
{
  for (guint i = 0; i < n_articles; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/part-%u", path, i / 100);
      g_autofree char *article = g_strdup_printf ("%s/article-%u.txt", folder, i);

      if (i % 100 == 0 && g_mkdir_with_parents (folder, 0755) != 0)
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                       "The folder “%s” could not be made", folder);
          return FALSE;
        }
      if (!write_article (article, 600, i % 3 == 0 ? 8 : 0, SHAPE_LATIN, i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_shape (const char *word, Shape *shape)
{
  static const char *const words[] = { "latin", "arabic", "one-line" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i]))
      {
        *shape = (Shape) i;
        return TRUE;
      }
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  Shape shape;

  if (argc == 7 && g_str_equal (argv[1], "article") && parse_shape (argv[5], &shape))
    done = write_article (argv[2], g_ascii_strtoull (argv[3], NULL, 10),
                          (guint) g_ascii_strtoull (argv[4], NULL, 10), shape,
                          (guint) g_ascii_strtoull (argv[6], NULL, 10), &error);
  else if (argc == 4 && g_str_equal (argv[1], "folder"))
    done = write_folder (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10), &error);
  else
    g_printerr ("make-articles article FILE N-BYTES N-SPANS latin|arabic|one-line SEED\n"
                "make-articles folder FOLDER N-ARTICLES\n");
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  return done ? 0 : 1;
}
