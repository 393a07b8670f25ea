/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/conll/conllu-layer.h"

#include "format/conll/conllu.h"

#include <glib/gi18n.h>
#include <string.h>

/* Names in MISC that hold tags of spans, also as others call them; a number behind is
 * another column of the same. */
static const char *const tag_names[] = { "Span", "NER", "NE", "ner", "ne", NULL };

/* A span of the layer, in pieces. */
typedef struct
{
  char *id, *label;
  GArray *ranges; /* KutipRange */
  guint64 line;
} Mark;

/* A column of tags. */
typedef struct
{
  char *name;
  guint mark;         /* 1 + the one that is open, or 0 */
  gboolean is_listed; /* among those that are open */
  gboolean is_met;    /* by the token that is read */
} Lane;

/* So many items of MISC are looked through. */
#define FEW 16

/* MISC of one token. */
typedef struct
{
  char *const *items;
  GHashTable *values; /* name -> the first item's of that name; NULL: there are few */
} Misc;

/* A link, until all that it may lead to is there. */
typedef struct
{
  guint from;  /* 1 + a mark */
  guint to;    /* the same, or 0: */
  char *to_id; /* or NULL */
  guint to_token;
  guint sentence; /* of to_token */
  char *label;
  guint64 line;
} Link;

static void
clear_mark (gpointer data)
{
  Mark *mark = data;

  g_free (mark->id);
  g_free (mark->label);
  g_array_unref (mark->ranges);
}

static void
clear_lane (gpointer data)
{
  g_free (((Lane *) data)->name);
}

static void
clear_link (gpointer data)
{
  g_free (((Link *) data)->to_id);
  g_free (((Link *) data)->label);
}

void
kutip_conllu_layer_free (gpointer data)
{
  KutipConlluLayer *layer = data;

  g_free (layer->annotator);
  g_array_unref (layer->marks);
  g_array_unref (layer->lanes);
  g_array_unref (layer->links);
  g_array_unref (layer->open);
  g_hash_table_unref (layer->lane_by_name);
  g_hash_table_unref (layer->ids);
  g_hash_table_unref (layer->starts);
  g_string_free (layer->text, TRUE);
  g_string_free (layer->pending, TRUE);
  g_free (layer);
}

KutipConlluLayer *
kutip_conllu_layer_new (void)
{
  KutipConlluLayer *layer = g_new0 (KutipConlluLayer, 1);

  layer->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_set_clear_func (layer->marks, clear_mark);
  layer->lanes = g_array_new (FALSE, FALSE, sizeof (Lane));
  g_array_set_clear_func (layer->lanes, clear_lane);
  layer->links = g_array_new (FALSE, FALSE, sizeof (Link));
  g_array_set_clear_func (layer->links, clear_link);
  layer->open = g_array_new (FALSE, FALSE, sizeof (guint));
  layer->lane_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  layer->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  layer->starts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  layer->sentence_start = G_MAXSIZE;
  layer->text = g_string_new (NULL);
  layer->pending = g_string_new (NULL);
  return layer;
}

gboolean
kutip_conllu_fail (guint64 line, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: a line of a file, and what is wrong there */
               _ ("line %1$lu: %2$s"), (gulong) line, reason);
  return FALSE;
}

/* --- MISC --- */

/* The value of @name among @items; borrowed, or NULL. */
const char *
kutip_conllu_find_item (char *const *items, const char *name)
{
  const gsize n = strlen (name);

  for (guint i = 0; items[i] != NULL; i++)
    if (strncmp (items[i], name, n) == 0 && items[i][n] == '=')
      return items[i] + n + 1;
  return NULL;
}

/* "Span", "Span2": the tags of a column; @suffix is then "", "2". */
static gboolean
is_tag (const char *item, char **name, char **suffix)
{
  const char *equals = strchr (item, '=');
  gsize n_letters;

  if (equals == NULL || strchr ("BIESLU", equals[1]) == NULL || equals[1] == '\0' ||
      equals[2] != '-' || equals[3] == '\0')
    return FALSE;
  *name = g_strndup (item, (gsize) (equals - item));
  n_letters = strcspn (*name, "0123456789");
  *suffix = g_strdup (*name + n_letters);
  if (strspn (*suffix, "0123456789") == strlen (*suffix))
    {
      g_autofree char *letters = g_strndup (*name, n_letters);

      if (g_strv_contains (tag_names, letters))
        return TRUE;
    }
  g_clear_pointer (name, g_free);
  g_clear_pointer (suffix, g_free);
  return FALSE;
}

gboolean
kutip_conllu_is_tag (const char *item)
{
  g_autofree char *name = NULL;
  g_autofree char *suffix = NULL;

  return is_tag (item, &name, &suffix);
}

/* "O" is how others say that there is no span. */
static gboolean
is_no_tag (const char *item)
{
  const char *equals = strchr (item, '=');
  g_autofree char *letters = g_strndup (item, strcspn (item, "=0123456789"));

  return equals != NULL && g_strv_contains (tag_names, letters) &&
         (strcmp (equals, "=O") == 0 || strcmp (equals, "=_") == 0 || equals[1] == '\0');
}

const char *
kutip_conllu_find_unknown (char *const *items)
{
  static const char *const known[] = { "SpaceAfter", "SpacesAfter", "SpacesBefore",
                                       "start_char", "end_char",    "TokenRange",
                                       "",           NULL };
  const char *of_span = NULL;
  gboolean has_span = FALSE;

  for (guint i = 0; items[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (items[i], strcspn (items[i], "="));
      g_autofree char *letters = g_strndup (name, strcspn (name, "0123456789"));
      g_autofree char *tag = NULL;
      g_autofree char *suffix = NULL;

      if (strcmp (letters, "Id") == 0 || strcmp (letters, "Rel") == 0)
        of_span = items[i];
      else if (is_tag (items[i], &tag, &suffix))
        has_span = TRUE;
      else if (!g_strv_contains (known, name) && !is_no_tag (items[i]))
        return items[i];
    }
  return has_span ? NULL : of_span;
}

/* Met by the token that is read. */
static Lane *
meet_lane (KutipConlluLayer *layer, const char *name)
{
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (layer->lane_by_name, name));
  Lane *lane;

  if (at == 0)
    {
      Lane new = { .name = g_strdup (name) };

      g_array_append_val (layer->lanes, new);
      at = layer->lanes->len;
      g_hash_table_insert (layer->lane_by_name, new.name, GUINT_TO_POINTER (at));
    }
  at--;
  lane = &g_array_index (layer->lanes, Lane, at);
  lane->is_met = TRUE;
  if (!lane->is_listed)
    g_array_append_val (layer->open, at);
  lane->is_listed = TRUE;
  return lane;
}

/* Those that the token has not met are closed. */
static void
close_lanes (KutipConlluLayer *layer)
{
  guint n = 0;

  for (guint i = 0; i < layer->open->len; i++)
    {
      guint at = g_array_index (layer->open, guint, i);
      Lane *lane = &g_array_index (layer->lanes, Lane, at);

      if (!lane->is_met)
        lane->mark = 0;
      lane->is_met = FALSE;
      lane->is_listed = lane->mark != 0;
      if (lane->is_listed)
        g_array_index (layer->open, guint, n++) = at;
    }
  g_array_set_size (layer->open, n);
}

/* A mark that begins at the token of @id; with an id that is there, another piece. */
static gboolean
begin_mark (KutipConlluLayer *layer,
            Lane *lane,
            const char *label,
            const char *id,
            const KutipConlluToken *token,
            GError **error)
{
  guint known = id == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (layer->ids, id));
  g_autofree char *start = g_strdup_printf ("%u %u", token->sentence, token->token);

  if (known == 0)
    {
      Mark mark = { g_strdup (id), g_strdup (label),
                    g_array_new (FALSE, FALSE, sizeof (KutipRange)), token->line };

      g_array_append_val (layer->marks, mark);
      known = layer->marks->len;
      if (id != NULL)
        g_hash_table_insert (layer->ids, g_strdup (id), GUINT_TO_POINTER (known));
    }
  else if (strcmp (g_array_index (layer->marks, Mark, known - 1).label, label) != 0)
    return kutip_conllu_fail (token->line, error, _ ("the id “%s” occurs twice"), id);
  lane->mark = known;
  if (!g_hash_table_contains (layer->starts, start))
    g_hash_table_insert (layer->starts, g_steal_pointer (&start),
                         GUINT_TO_POINTER (known));
  return TRUE;
}

/* "10:LABEL,@ID:LABEL" */
static gboolean
read_links (KutipConlluLayer *layer,
            const char *value,
            guint from,
            const KutipConlluToken *token,
            GError **error)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');
      Link link = { .from = from, .sentence = token->sentence, .line = token->line };
      guint64 number = 0;

      if (colon == NULL)
        return kutip_conllu_fail (token->line, error, _ ("“%s” is no link"), parts[i]);
      *colon = '\0';
      if (*parts[i] != '@' &&
          !g_ascii_string_to_unsigned (parts[i], 10, 1, G_MAXUINT, &number, NULL))
        return kutip_conllu_fail (token->line, error, _ ("“%s” is no token"), parts[i]);
      link.to_token = (guint) number;
      link.to_id = *parts[i] == '@' ? g_uri_unescape_string (parts[i] + 1, NULL) : NULL;
      link.label = g_uri_unescape_string (colon + 1, NULL);
      if (link.label == NULL || *link.label == '\0' ||
          (*parts[i] == '@' && link.to_id == NULL))
        {
          clear_link (&link);
          return kutip_conllu_fail (token->line, error, _ ("“%s” is no link"), value);
        }
      g_array_append_val (layer->links, link);
    }
  return TRUE;
}

static GHashTable *
index_items (char *const *items)
{
  GHashTable *values;

  if (g_strv_length ((char **) items) <= FEW)
    return NULL;
  values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; items[i] != NULL; i++)
    {
      const char *equals = strchr (items[i], '=');
      g_autofree char *name =
          equals == NULL ? NULL : g_strndup (items[i], (gsize) (equals - items[i]));

      if (name != NULL && !g_hash_table_contains (values, name))
        g_hash_table_insert (values, g_steal_pointer (&name), (gpointer) (equals + 1));
    }
  return values;
}

static char *
dup_item (const Misc *misc, const char *name, const char *suffix)
{
  g_autofree char *full = g_strconcat (name, suffix, NULL);
  const char *value = misc->values == NULL ? kutip_conllu_find_item (misc->items, full)
                                           : g_hash_table_lookup (misc->values, full);

  return value == NULL ? NULL : kutip_conllu_dup_value (value);
}

/* One tag of the token at @range. */
static gboolean
read_tag (KutipConlluLayer *layer,
          const Misc *misc,
          const char *item,
          const KutipConlluToken *token,
          GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *suffix = NULL;
  g_autofree char *label = NULL;
  g_autofree char *id = NULL;
  g_autofree char *links = NULL;
  const char *tag;
  gboolean continues;
  GArray *ranges;
  Lane *lane;

  if (!is_tag (item, &name, &suffix))
    return TRUE;
  tag = strchr (item, '=') + 1;
  label = kutip_conllu_dup_value (tag + 2);
  if (label == NULL)
    return kutip_conllu_fail (token->line, error,
                              _ ("“%s” has a backslash that means nothing"), item);
  lane = meet_lane (layer, name);
  continues =
      strchr ("IEL", *tag) != NULL && lane->mark != 0 &&
      strcmp (g_array_index (layer->marks, Mark, lane->mark - 1).label, label) == 0;
  id = dup_item (misc, "Id", suffix);
  if (!continues && !begin_mark (layer, lane, label, id, token, error))
    return FALSE;
  ranges = g_array_index (layer->marks, Mark, lane->mark - 1).ranges;
  if (continues)
    g_array_index (ranges, KutipRange, ranges->len - 1).end = token->range.end;
  else
    g_array_append_val (ranges, token->range);
  links = dup_item (misc, "Rel", suffix);
  if (!continues && links != NULL && !read_links (layer, links, lane->mark, token, error))
    return FALSE;
  if (strchr ("ESLU", *tag) != NULL)
    lane->mark = 0;
  return TRUE;
}

gboolean
kutip_conllu_layer_take_tags (KutipConlluLayer *self,
                              char *const *items,
                              const KutipConlluToken *token,
                              GError **error)
{
  g_autoptr (GHashTable) values = index_items (items);
  const Misc misc = { items, values };

  for (guint i = 0; items[i] != NULL; i++)
    if (!read_tag (self, &misc, items[i], token, error))
      return FALSE;
  close_lanes (self);
  return TRUE;
}

void
kutip_conllu_layer_end_sentence (KutipConlluLayer *self)
{
  /* No token has met any. */
  close_lanes (self);
}

/* --- the layer --- */

static gboolean
add_spans (KutipConlluLayer *layer, KutipLayer *built, GError **error)
{
  for (guint i = 0; i < layer->marks->len; i++)
    {
      Mark *mark = &g_array_index (layer->marks, Mark, i);
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autoptr (KutipSpan) span = NULL;

      if (mark->id == NULL || *mark->id == '\0')
        {
          g_free (mark->id);
          mark->id = kutip_layer_make_id (built, "s");
        }
      fields.id = mark->id;
      fields.label = mark->label;
      fields.ranges = (const KutipRange *) (gpointer) mark->ranges->data;
      fields.n_ranges = kutip_ranges_normalize (
          (KutipRange *) (gpointer) mark->ranges->data, mark->ranges->len);
      span = kutip_span_new (&fields);
      if (!kutip_layer_add_span (built, span))
        return kutip_conllu_fail (mark->line, error, _ ("the id “%s” occurs twice"),
                                  mark->id);
    }
  return TRUE;
}

static guint
find_target (const KutipConlluLayer *layer, const Link *link)
{
  g_autofree char *start = g_strdup_printf ("%u %u", link->sentence, link->to_token);

  return GPOINTER_TO_UINT (link->to_id != NULL
                               ? g_hash_table_lookup (layer->ids, link->to_id)
                               : g_hash_table_lookup (layer->starts, start));
}

static gboolean
add_relations (KutipConlluLayer *layer, KutipLayer *built, GError **error)
{
  for (guint i = 0; i < layer->links->len; i++)
    {
      const Link *link = &g_array_index (layer->links, Link, i);
      KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
      g_autoptr (KutipRelation) relation = NULL;
      g_autofree char *id = kutip_layer_make_id (built, "r");
      guint to = find_target (layer, link);

      if (to == 0)
        {
          if (link->to_id != NULL)
            return kutip_conllu_fail (link->line, error, _ ("there is no span “%s”"),
                                      link->to_id);
          return kutip_conllu_fail (link->line, error, _ ("no span begins at token %u"),
                                    link->to_token);
        }
      fields.id = id;
      fields.label = link->label;
      fields.from = g_array_index (layer->marks, Mark, link->from - 1).id;
      fields.to = g_array_index (layer->marks, Mark, to - 1).id;
      relation = kutip_relation_new (&fields);
      kutip_layer_add_relation (built, relation);
    }
  return TRUE;
}

KutipLayer *
kutip_conllu_layer_build (KutipConlluLayer *layer, GError **error)
{
  KutipHeaderFields fields = { .annotator = layer->annotator,
                               .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&fields);
  g_autoptr (KutipLayer) built = kutip_layer_new (header);

  if (!add_spans (layer, built, error) || !add_relations (layer, built, error))
    return NULL;
  return g_steal_pointer (&built);
}
