/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/concordance/concordance-line.h"

#include <string.h>

/* A whole paragraph that is marked makes a line no longer than this; code points. */
#define MOST_OF_MATCH 400

struct _KutipConcordanceLine
{
  GObject parent_instance;

  GFile *file;
  char *name; /* GRefString: of all lines of an article */
  guint n_article;
  KutipRange range;
  KutipContext context;
  const char *label; /* interned */
  gboolean covered;
  /* As strcmp() sorts them: made when they are first asked for. */
  char *left_key, *match_key, *right_key;
};

G_DEFINE_FINAL_TYPE (KutipConcordanceLine, kutip_concordance_line, G_TYPE_OBJECT)

static void
kutip_concordance_line_finalize (GObject *object)
{
  KutipConcordanceLine *self = KUTIP_CONCORDANCE_LINE (object);

  g_object_unref (self->file);
  g_ref_string_release (self->name);
  kutip_context_clear (&self->context);
  g_free (self->left_key);
  g_free (self->match_key);
  g_free (self->right_key);
  G_OBJECT_CLASS (kutip_concordance_line_parent_class)->finalize (object);
}

static void
kutip_concordance_line_class_init (KutipConcordanceLineClass *class)
{
  G_OBJECT_CLASS (class)->finalize = kutip_concordance_line_finalize;
}

static void
kutip_concordance_line_init (KutipConcordanceLine *self)
{
}

/* Punctuation does not count, as it says nothing of the words. */
static char *
make_key (const char *words)
{
  g_autofree char *folded = g_utf8_casefold (words, -1);
  const char *p = folded;

  while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return g_utf8_collate_key (p, -1);
}

/* "said that the" is sorted as "the that said". */
static char *
make_left_key (const char *words)
{
  g_autoptr (GString) turned = g_string_sized_new (strlen (words));
  const char *end = words + strlen (words);

  for (const char *p = end; p >= words; p--)
    if (p == words || p[-1] == ' ')
      {
        g_string_append_len (turned, p, end - p);
        g_string_append_c (turned, ' ');
        end = p > words ? p - 1 : p;
      }
  return make_key (turned->str);
}

static char *
shorten (const char *match)
{
  const char *end;

  if (g_utf8_strlen (match, -1) <= MOST_OF_MATCH)
    return g_strdup (match);
  end = g_utf8_offset_to_pointer (match, MOST_OF_MATCH);
  return g_strdup_printf ("%.*s…", (int) (end - match), match);
}

char *
kutip_concordance_line_dup_match (KutipText *text, KutipRange range)
{
  g_autofree char *words = kutip_context_dup_range (text, range, G_MAXUINT);

  return shorten (words);
}

KutipConcordanceLine *
kutip_concordance_line_new (const KutipSearchHit *hit, guint n_article, char *name)
{
  KutipConcordanceLine *self = g_object_new (KUTIP_TYPE_CONCORDANCE_LINE, NULL);

  self->file = g_object_ref (hit->file);
  self->name = g_ref_string_acquire (name);
  self->n_article = n_article;
  self->range = hit->range;
  self->label = hit->label;
  self->covered = hit->covered;
  self->context.left = g_strdup (hit->context.left);
  self->context.match = shorten (hit->context.match);
  self->context.right = g_strdup (hit->context.right);
  return self;
}

GFile *
kutip_concordance_line_get_file (KutipConcordanceLine *self)
{
  return self->file;
}

const char *
kutip_concordance_line_get_name (KutipConcordanceLine *self)
{
  return self->name;
}

gboolean
kutip_concordance_line_is_in_same (KutipConcordanceLine *self,
                                   KutipConcordanceLine *other)
{
  return self->n_article == other->n_article;
}

KutipRange
kutip_concordance_line_get_range (KutipConcordanceLine *self)
{
  return self->range;
}

const KutipContext *
kutip_concordance_line_get_context (KutipConcordanceLine *self)
{
  return &self->context;
}

const char *
kutip_concordance_line_get_label (KutipConcordanceLine *self)
{
  return self->label;
}

static int
compare_places (KutipConcordanceLine *a, KutipConcordanceLine *b)
{
  if (a->n_article != b->n_article)
    return a->n_article < b->n_article ? -1 : 1;
  return kutip_range_compare (a->range, b->range);
}

static const char *
get_key (KutipConcordanceLine *self, KutipConcordanceColumn column)
{
  switch (column)
    {
    case KUTIP_CONCORDANCE_LEFT:
      if (self->left_key == NULL)
        self->left_key = make_left_key (self->context.left);
      return self->left_key;
    case KUTIP_CONCORDANCE_MATCH:
      if (self->match_key == NULL)
        self->match_key = make_key (self->context.match);
      return self->match_key;
    case KUTIP_CONCORDANCE_RIGHT:
      if (self->right_key == NULL)
        self->right_key = make_key (self->context.right);
      return self->right_key;
    case KUTIP_CONCORDANCE_ARTICLE:
    default:
      return "";
    }
}

int
kutip_concordance_line_compare (KutipConcordanceLine *a,
                                KutipConcordanceLine *b,
                                KutipConcordanceColumn column)
{
  int order = strcmp (get_key (a, column), get_key (b, column));

  return order != 0 ? order : compare_places (a, b);
}

gboolean
kutip_concordance_line_is_covered (KutipConcordanceLine *self)
{
  return self->covered;
}

guint
kutip_concordance_line_hash (gconstpointer line)
{
  const KutipConcordanceLine *self = line;

  return g_file_hash (self->file) ^ (self->range.start * 31u + self->range.end);
}

gboolean
kutip_concordance_line_equal (gconstpointer a, gconstpointer b)
{
  const KutipConcordanceLine *one = a;
  const KutipConcordanceLine *other = b;

  return one->range.start == other->range.start && one->range.end == other->range.end &&
         g_file_equal (one->file, other->file);
}
