/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/webanno-tsv.h"

#include <glib/gi18n.h>
#include <string.h>

/* A relation or a target of a slot before all annotations are known. */
typedef struct
{
  KutipCasStructure *structure;
  const char *feature; /* to be set */
  const char *type;    /* that the target has, or a type of all */
  char *unit;          /* "2-7", "2-7.1" */
  guint64 id;
  guint64 line;
} Pending;

typedef struct
{
  KutipCas *cas;
  KutipCasStructure *sofa;
  gboolean java; /* escapes in the text */
  guint64 line;
  GPtrArray *layers;  /* KutipWebannoLayer */
  GHashTable *known;  /* "LAYER\tID" -> KutipCasStructure over several rows */
  GHashTable *places; /* "TYPE\tUNIT\tID", and with no TYPE or "any" for ID -> the same */
  GHashTable *units;  /* "UNIT" -> KutipCasStructure of a token, not in the CAS */
  GHashTable *chains; /* number -> GHashTable: number -> KutipCasStructure */
  GArray *pending;    /* Pending */
  GString *text;
  gsize n_text;      /* UTF-16 units */
  GString *sentence; /* its "#Text" lines, until its first row; NULL: it has begun */
  gboolean any_row;
  /* The row that is read. */
  const char *unit;
  guint64 begin, end;
} Reading;

static gboolean fail (Reading *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
fail (Reading *self, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               _ ("line %1$lu: %2$s"), (gulong) self->line, reason);
  return FALSE;
}

static void
clear_pending (gpointer data)
{
  g_free (((Pending *) data)->unit);
}

static void
init_reading (Reading *self, KutipCas *cas)
{
  *self = (Reading){
    .cas = cas,
    .line = 1,
    .layers = g_ptr_array_new_with_free_func (kutip_webanno_layer_free),
    .known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .chains = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                     (GDestroyNotify) g_hash_table_unref),
    .pending = g_array_new (FALSE, TRUE, sizeof (Pending)),
    .text = g_string_new (NULL),
    .sentence = NULL,
  };
  self->sofa = kutip_cas_add (cas, 0, KUTIP_CAS_SOFA, NULL);
  g_array_set_clear_func (self->pending, clear_pending);
}

static void
clear_reading (Reading *self)
{
  g_ptr_array_unref (self->layers);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->units);
  g_hash_table_unref (self->chains);
  g_array_unref (self->pending);
  g_string_free (self->text, TRUE);
  if (self->sentence != NULL)
    g_string_free (self->sentence, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, clear_reading)

/* --- the text --- */

static gsize
count_utf16 (const char *utf8)
{
  gsize n = 0;

  for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p))
    n += g_utf8_get_char (p) > 0xffff ? 2 : 1;
  return n;
}

/* The sentence stands where its first row does; between sentences a new line and spaces
 * are all that can be told from the numbers. */
static gboolean
place_sentence (Reading *self, GError **error)
{
  if (self->n_text > self->begin)
    return fail (self, error,
                 _ ("a sentence begins before the end of the one before it"));
  if (self->begin - self->n_text > G_MAXINT)
    return fail (self, error, _ ("a sentence begins too far behind the one before it"));
  if (self->n_text < self->begin && self->any_row)
    {
      g_string_append_c (self->text, '\n');
      self->n_text++;
    }
  /* A gap larger than the whole file can only be a trick. */
  if (self->begin - self->n_text > 1000000)
    return fail (self, error, _ ("a sentence begins too far behind the one before it"));
  for (; self->n_text < self->begin; self->n_text++)
    g_string_append_c (self->text, ' ');
  g_string_append_len (self->text, self->sentence->str, (gssize) self->sentence->len);
  self->n_text += count_utf16 (self->sentence->str);
  g_string_free (self->sentence, TRUE);
  self->sentence = NULL;
  return TRUE;
}

static void
read_text_line (Reading *self, const char *line)
{
  g_autofree char *text =
      kutip_webanno_unescape_text (line + strlen (KUTIP_WEBANNO_TEXT), self->java);

  if (self->sentence == NULL)
    self->sentence = g_string_new (text);
  else
    g_string_append_printf (self->sentence, "\n%s", text);
}

/* --- annotations --- */

static char *
make_key (const char *type, const char *unit, guint64 id)
{
  return g_strdup_printf ("%s\t%s\t%" G_GUINT64_FORMAT, type, unit, id);
}

static void
note_place (Reading *self, KutipCasStructure *structure, guint64 id)
{
  const char *const types[] = { structure->type, "" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *key = make_key (types[i], self->unit, id);
      g_autofree char *any = g_strdup_printf ("%s\t%s\tany", types[i], self->unit);

      if (!g_hash_table_contains (self->places, key))
        g_hash_table_insert (self->places, g_steal_pointer (&key), structure);
      if (!g_hash_table_contains (self->places, any))
        g_hash_table_insert (self->places, g_steal_pointer (&any), structure);
    }
}

static KutipCasStructure *
add_structure (Reading *self, const char *type)
{
  KutipCasStructure *structure = kutip_cas_add (self->cas, 0, type, NULL);

  structure->sofa = self->sofa->id;
  structure->placed = TRUE;
  structure->begin = self->begin;
  structure->end = self->end;
  structure->line = (guint) self->line;
  return structure;
}

/* The annotation of @key that an earlier row began, which now reaches to this one; else a
 * new one. @key NULL: of this row alone. */
static KutipCasStructure *
get_structure (
    Reading *self, const char *type, const char *key, guint64 id, gboolean *is_new)
{
  KutipCasStructure *structure =
      key == NULL ? NULL : g_hash_table_lookup (self->known, key);

  *is_new = structure == NULL;
  if (structure == NULL)
    {
      structure = add_structure (self, type);
      if (key != NULL)
        g_hash_table_insert (self->known, g_strdup (key), structure);
    }
  structure->begin = MIN (structure->begin, self->begin);
  structure->end = MAX (structure->end, self->end);
  note_place (self, structure, id);
  return structure;
}

static void
set_value (Reading *self,
           KutipCasStructure *structure,
           const KutipWebannoColumn *column,
           const KutipWebannoItem *item)
{
  g_autofree char *plain = NULL;

  if (item == NULL || item->value == NULL || *item->value == '\0')
    return;
  plain = kutip_webanno_unescape (item->value);
  kutip_cas_set_string (self->cas, structure, column->feature, KUTIP_CAS_STRING, plain);
}

/* --- cells of one layer in one row --- */

/* The items of a layer's columns: GArray of KutipWebannoItem for each. */
typedef struct
{
  const KutipWebannoLayer *layer;
  guint number; /* of the layer */
  GPtrArray *cells;
  guint n; /* annotations */
} Cells;

static const KutipWebannoItem *
get_item (const Cells *cells, guint column, guint i)
{
  GArray *items = g_ptr_array_index (cells->cells, column);

  return i < items->len ? &g_array_index (items, KutipWebannoItem, i) : NULL;
}

/* The id that a column of the annotation tells. */
static guint64
get_id (const Cells *cells, guint i)
{
  for (guint c = 0; c < cells->cells->len; c++)
    {
      const KutipWebannoColumn *column =
          &g_array_index (cells->layer->columns, KutipWebannoColumn, c);
      const KutipWebannoItem *item = get_item (cells, c, i);

      /* That of a target is the target's. */
      if (item != NULL && item->id != 0 && column->kind != KUTIP_WEBANNO_COLUMN_TARGETS)
        return item->id;
    }
  return 0;
}

static gboolean
is_empty (const Cells *cells)
{
  for (guint c = 0; c < cells->cells->len; c++)
    {
      GArray *items = g_ptr_array_index (cells->cells, c);
      const KutipWebannoItem *first = &g_array_index (items, KutipWebannoItem, 0);

      if (items->len != 1 || !first->blank || first->id != 0)
        return FALSE;
    }
  return TRUE;
}

static void
add_pending (Reading *self,
             KutipCasStructure *structure,
             const char *feature,
             const char *type,
             const char *unit,
             guint64 id)
{
  Pending pending = { structure, feature, type, g_strdup (unit), id, self->line };

  g_array_append_val (self->pending, pending);
}

/* "p1;p2" and "1-2[1];1-3": a link for each. The ids at the ends of the cell's items have
 * been taken off: that of the roles is the host's, that of the targets the last one's. */
static gboolean
read_slots (Reading *self,
            KutipCasStructure *host,
            const Cells *cells,
            guint c,
            guint i,
            GError **error)
{
  const KutipWebannoColumn *column =
      &g_array_index (cells->layer->columns, KutipWebannoColumn, c);
  const KutipWebannoColumn *target_column =
      &g_array_index (cells->layer->columns, KutipWebannoColumn, c + 1);
  const KutipWebannoItem *roles = get_item (cells, c, i);
  const KutipWebannoItem *targets = get_item (cells, c + 1, i);
  g_autoptr (GPtrArray) role_list = NULL;
  g_autoptr (GPtrArray) target_list = NULL;
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (guint64));

  if (targets == NULL || targets->value == NULL)
    return TRUE;
  target_list = kutip_webanno_split (targets->value, ';');
  role_list = kutip_webanno_split (
      roles == NULL || roles->value == NULL ? "*" : roles->value, ';');
  if (role_list->len != target_list->len && role_list->len != 1)
    return fail (self, error, _ ("there are %1$u roles for %2$u targets"), role_list->len,
                 target_list->len);
  for (guint t = 0; t < target_list->len; t++)
    {
      g_autoptr (GArray) target =
          kutip_webanno_parse_cell (g_ptr_array_index (target_list, t));
      const KutipWebannoItem *item = &g_array_index (target, KutipWebannoItem, 0);
      const char *role = t < role_list->len ? g_ptr_array_index (role_list, t) : "*";
      KutipCasStructure *link;

      if (item->value == NULL)
        continue;
      link = kutip_cas_add (self->cas, 0, column->type, NULL);
      link->line = (guint) self->line;
      if (strcmp (role, "*") != 0 && strcmp (role, "_") != 0)
        {
          g_autofree char *plain = kutip_webanno_unescape (role);

          kutip_cas_set_string (self->cas, link, "role", KUTIP_CAS_STRING, plain);
        }
      add_pending (self, link, "target", target_column->type, item->value,
                   t + 1 == target_list->len && item->id == 0 ? targets->id : item->id);
      g_array_append_val (links, link->id);
    }
  kutip_cas_set_references (self->cas, host, column->feature, KUTIP_CAS_REFERENCES,
                            (const guint64 *) (gpointer) links->data, links->len);
  return TRUE;
}

static gboolean
read_spans (Reading *self, const Cells *cells, GError **error)
{
  for (guint i = 0; i < cells->n; i++)
    {
      guint64 id = get_id (cells, i);
      g_autofree char *key =
          id == 0 ? NULL : g_strdup_printf ("%u\t%" G_GUINT64_FORMAT, cells->number, id);
      gboolean is_new;
      KutipCasStructure *structure =
          get_structure (self, cells->layer->type, key, id, &is_new);

      for (guint c = 0; is_new && c < cells->cells->len; c++)
        {
          const KutipWebannoColumn *column =
              &g_array_index (cells->layer->columns, KutipWebannoColumn, c);

          if (column->kind == KUTIP_WEBANNO_COLUMN_FEATURE)
            set_value (self, structure, column, get_item (cells, c, i));
          else if (column->kind == KUTIP_WEBANNO_COLUMN_ROLES &&
                   !read_slots (self, structure, cells, c, i, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* "*->1-2" is the second link of the first chain. */
static gboolean
parse_chain (const KutipWebannoItem *item, char **value, guint64 *chain, guint64 *link)
{
  const char *arrow = NULL;
  char *end;

  for (const char *p = item == NULL || item->value == NULL ? "" : item->value; *p != '\0';
       p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
    else if (*p == '-' && p[1] == '>')
      arrow = p;
  if (arrow == NULL || !g_ascii_isdigit (arrow[2]))
    return FALSE;
  *chain = g_ascii_strtoull (arrow + 2, &end, 10);
  if (*end != '-' || !g_ascii_isdigit (end[1]))
    return FALSE;
  *link = g_ascii_strtoull (end + 1, &end, 10);
  *value = g_strndup (item->value, (gsize) (arrow - item->value));
  return *end == '\0';
}

static void
note_link (Reading *self, guint64 chain, guint64 number, KutipCasStructure *link)
{
  GHashTable *links = g_hash_table_lookup (self->chains, &chain);

  if (links == NULL)
    {
      links = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_hash_table_insert (self->chains, g_memdup2 (&chain, sizeof chain), links);
    }
  g_hash_table_insert (links, g_memdup2 (&number, sizeof number), link);
}

static gboolean
read_chain_link (Reading *self, const Cells *cells, guint i, GError **error)
{
  g_autofree char *relation = NULL;
  g_autofree char *key = NULL;
  guint64 chain = 0, number = 0;
  guint arrow = 0;
  gboolean is_new;
  KutipCasStructure *link;

  while (arrow < cells->cells->len &&
         !parse_chain (get_item (cells, arrow, i), &relation, &chain, &number))
    {
      g_clear_pointer (&relation, g_free);
      arrow++;
    }
  if (arrow == cells->cells->len)
    return fail (self, error, _ ("a link of a chain needs its place in it (“->1-2”)"));
  key = g_strdup_printf ("%u\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT, cells->number,
                         chain, number);
  link = get_structure (self, cells->layer->type, key, chain, &is_new);
  note_link (self, chain, number, link);
  for (guint c = 0; is_new && c < cells->cells->len; c++)
    {
      const KutipWebannoColumn *column =
          &g_array_index (cells->layer->columns, KutipWebannoColumn, c);
      KutipWebannoItem item = { relation, FALSE, 0 };

      if (c == arrow && (strcmp (relation, "*") == 0 || strcmp (relation, "_") == 0))
        continue;
      if (column->kind == KUTIP_WEBANNO_COLUMN_FEATURE)
        set_value (self, link, column, c == arrow ? &item : get_item (cells, c, i));
    }
  return TRUE;
}

/* "1-4[1_0]": the unit of the source, the ids of source and target. */
static gboolean
parse_source (const char *value, char **unit, guint64 *from, guint64 *to)
{
  const char *bracket = strchr (value, '[');
  char *end;

  *from = 0;
  *to = 0;
  *unit =
      bracket == NULL ? g_strdup (value) : g_strndup (value, (gsize) (bracket - value));
  if (bracket == NULL)
    return TRUE;
  *from = g_ascii_strtoull (bracket + 1, &end, 10);
  if (end == bracket + 1 || *end != '_')
    return FALSE;
  *to = g_ascii_strtoull (end + 1, &end, 10);
  return strcmp (end, "]") == 0;
}

static gboolean
read_relation (Reading *self, const Cells *cells, guint i, GError **error)
{
  guint last = cells->cells->len - 1;
  const KutipWebannoColumn *source =
      &g_array_index (cells->layer->columns, KutipWebannoColumn, last);
  const KutipWebannoItem *item = get_item (cells, last, i);
  g_autofree char *unit = NULL;
  guint64 from, to;
  KutipCasStructure *relation;

  if (item == NULL || item->value == NULL ||
      !parse_source (item->value, &unit, &from, &to))
    return fail (self, error, _ ("a relation needs where it comes from (“1-4[1_0]”)"));
  relation = add_structure (self, cells->layer->type);
  for (guint c = 0; c < last; c++)
    {
      const KutipWebannoColumn *column =
          &g_array_index (cells->layer->columns, KutipWebannoColumn, c);

      if (column->kind == KUTIP_WEBANNO_COLUMN_FEATURE)
        set_value (self, relation, column, get_item (cells, c, i));
    }
  add_pending (self, relation, "Governor", source->type, unit, from);
  add_pending (self, relation, "Dependent", source->type, self->unit, to);
  return TRUE;
}

static gboolean
read_layer (Reading *self, const Cells *cells, GError **error)
{
  if (is_empty (cells))
    return TRUE;
  if (cells->layer->kind == KUTIP_WEBANNO_LAYER_SPANS)
    return read_spans (self, cells, error);
  for (guint i = 0; i < cells->n; i++)
    if (cells->layer->kind == KUTIP_WEBANNO_LAYER_CHAINS
            ? !read_chain_link (self, cells, i, error)
            : !read_relation (self, cells, i, error))
      return FALSE;
  return TRUE;
}

/* --- rows --- */

/* "1-2" or "1-2.3" */
static gboolean
is_unit (const char *word)
{
  guint n_points = 0, n_lines = 0;

  for (const char *p = word; *p != '\0'; p++)
    {
      gboolean sign = *p == '-' || *p == '.';

      if (!g_ascii_isdigit (*p) &&
          (!sign || p == word || !g_ascii_isdigit (p[-1]) || !g_ascii_isdigit (p[1])))
        return FALSE;
      n_lines += *p == '-';
      n_points += *p == '.';
    }
  return n_lines == 1 && n_points <= 1;
}

static gboolean
parse_place (Reading *self, const char *word, GError **error)
{
  g_auto (GStrv) numbers = g_strsplit (word, "-", 2);

  if (g_strv_length (numbers) != 2 ||
      !kutip_cas_parse_number (numbers[0], &self->begin) ||
      !kutip_cas_parse_number (numbers[1], &self->end) || self->begin > self->end)
    return fail (self, error, _ ("“%s” is no place in the text"), word);
  return TRUE;
}

static gboolean
note_unit (Reading *self, GError **error)
{
  guint64 *place;

  if (g_hash_table_contains (self->units, self->unit))
    return fail (self, error, _ ("“%s” is there twice"), self->unit);
  place = g_new (guint64, 2);
  place[0] = self->begin;
  place[1] = self->end;
  g_hash_table_insert (self->units, g_strdup (self->unit), place);
  return TRUE;
}

static gboolean
read_cells (Reading *self, char **words, guint n_words, GError **error)
{
  guint at = 3;

  for (guint i = 0; i < self->layers->len; i++)
    {
      Cells cells = { g_ptr_array_index (self->layers, i), i, NULL, 0 };
      g_autoptr (GPtrArray) arrays =
          g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

      for (guint c = 0; c < cells.layer->columns->len; c++, at++)
        {
          GArray *items;

          if (at >= n_words)
            return fail (self, error, _ ("there are fewer columns than the layers have"));
          items = kutip_webanno_parse_cell (words[at]);
          g_ptr_array_add (arrays, items);
          cells.n = MAX (cells.n, items->len);
        }
      cells.cells = arrays;
      if (cells.layer->kind == KUTIP_WEBANNO_LAYER_RELATIONS)
        {
          /* Its last column has brackets of its own. */
          g_autoptr (GPtrArray) sources = kutip_webanno_split (words[at - 1], '|');
          GArray *items = g_ptr_array_index (arrays, arrays->len - 1);

          for (guint j = 0; j < items->len; j++)
            {
              KutipWebannoItem *item = &g_array_index (items, KutipWebannoItem, j);

              g_free (item->value);
              item->value =
                  item->blank ? NULL : g_strdup (g_ptr_array_index (sources, j));
            }
        }
      if (!read_layer (self, &cells, error))
        return FALSE;
    }
  return at >= n_words || *words[at] == '\0' ||
         fail (self, error, _ ("there are more columns than the layers have"));
}

static gboolean
read_row (Reading *self, const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, "\t", -1);
  guint n_words = g_strv_length (words);

  if (n_words < 3 || !is_unit (words[0]))
    return fail (self, error,
                 _ ("a row begins with its number, its place and its token"));
  self->unit = words[0];
  if (!parse_place (self, words[1], error) || !note_unit (self, error))
    return FALSE;
  if (self->sentence != NULL && !place_sentence (self, error))
    return FALSE;
  if (!self->any_row && self->text->len == 0 && self->begin != self->end)
    return fail (self, error, _ ("a sentence needs its “%s”"), KUTIP_WEBANNO_TEXT);
  self->any_row = TRUE;
  return read_cells (self, words, n_words, error);
}

static gboolean
read_format (Reading *self, const char *line, GError **error)
{
  const char *version = line + strlen (KUTIP_WEBANNO_MAGIC);

  if (g_str_has_prefix (line, KUTIP_WEBANNO_MAGIC) && g_str_has_prefix (version, "3.") &&
      version[2] >= '0' && version[2] <= '3' && version[3] == '\0')
    {
      self->java = version[2] < '2';
      return TRUE;
    }
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNSUPPORTED,
               _ ("line %1$lu: this is not WebAnno TSV 3.0 to 3.3, but “%2$.60s”"),
               (gulong) self->line, line);
  return FALSE;
}

static gboolean
read_line (Reading *self, const char *line, GError **error)
{
  if (self->line == 1)
    return read_format (self, line, error);
  if (*line == '\0')
    return TRUE;
  if (g_str_has_prefix (line, KUTIP_WEBANNO_TEXT))
    {
      read_text_line (self, line);
      return TRUE;
    }
  if (g_str_has_prefix (line, "#T_") && !self->any_row && self->sentence == NULL)
    {
      KutipWebannoLayer *layer = kutip_webanno_layer_parse (line, error);

      if (layer != NULL)
        g_ptr_array_add (self->layers, layer);
      else
        g_prefix_error (error, _ ("line %lu: "), (gulong) self->line);
      return layer != NULL;
    }
  /* "#Sentence.id=" and what else may come. */
  return *line == '#' || read_row (self, line, error);
}

/* --- what refers to others --- */

static KutipCasStructure *
find_place (Reading *self, const Pending *pending, gboolean with_type)
{
  const char *type = with_type ? pending->type : "";
  g_autofree char *key = make_key (type, pending->unit, pending->id);
  g_autofree char *any = g_strdup_printf ("%s\t%s\tany", type, pending->unit);
  KutipCasStructure *found = g_hash_table_lookup (self->places, key);

  return found != NULL || pending->id != 0 ? found
                                           : g_hash_table_lookup (self->places, any);
}

/* A token of its own where nothing is annotated, as dependencies may join tokens. */
static KutipCasStructure *
make_token (Reading *self, const Pending *pending)
{
  const guint64 *place = g_hash_table_lookup (self->units, pending->unit);
  KutipCasStructure *token;

  if (place == NULL || pending->id != 0 || strcmp (pending->type, KUTIP_CAS_TOKEN) != 0)
    return NULL;
  self->unit = pending->unit;
  self->begin = place[0];
  self->end = place[1];
  token = add_structure (self, KUTIP_CAS_TOKEN);
  note_place (self, token, 0);
  return token;
}

static gboolean
resolve (Reading *self, GError **error)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *pending = &g_array_index (self->pending, Pending, i);
      KutipCasStructure *found = find_place (self, pending, TRUE);

      if (found == NULL && strcmp (pending->type, KUTIP_CAS_TOKEN) != 0)
        found = find_place (self, pending, FALSE);
      if (found == NULL)
        found = make_token (self, pending);
      if (found == NULL)
        {
          self->line = pending->line;
          return fail (self, error,
                       _ ("there is no annotation %1$" G_GUINT64_FORMAT " at “%2$s”"),
                       pending->id, pending->unit);
        }
      kutip_cas_set_references (self->cas, pending->structure, pending->feature,
                                KUTIP_CAS_REFERENCE, &found->id, 1);
      if (strcmp (pending->feature, "Dependent") == 0)
        {
          pending->structure->begin = found->begin;
          pending->structure->end = found->end;
        }
    }
  return TRUE;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint64 left = **(const guint64 *const *) a;
  guint64 right = **(const guint64 *const *) b;

  return left < right ? -1 : left > right;
}

static GPtrArray *
sort_keys (GHashTable *table)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_numbers);
  return keys;
}

static void
set_reference (Reading *self,
               KutipCasStructure *from,
               const char *feature,
               const KutipCasStructure *to)
{
  kutip_cas_set_references (self->cas, from, feature, KUTIP_CAS_REFERENCE, &to->id, 1);
}

static void
build_chain (Reading *self, GHashTable *links)
{
  g_autoptr (GPtrArray) numbers = sort_keys (links);
  KutipCasStructure *first = g_hash_table_lookup (links, g_ptr_array_index (numbers, 0));
  g_autofree char *stem = g_str_has_suffix (first->type, "Link")
                              ? g_strndup (first->type, strlen (first->type) - 4)
                              : g_strdup (first->type);
  g_autofree char *type = g_strconcat (stem, "Chain", NULL);
  KutipCasStructure *chain = kutip_cas_add (self->cas, 0, type, NULL);
  KutipCasStructure *before = NULL;

  chain->sofa = self->sofa->id;
  set_reference (self, chain, "first", first);
  for (guint i = 0; i < numbers->len; i++)
    {
      KutipCasStructure *link =
          g_hash_table_lookup (links, g_ptr_array_index (numbers, i));

      if (before != NULL)
        set_reference (self, before, "next", link);
      before = link;
    }
}

static void
build_chains (Reading *self)
{
  g_autoptr (GPtrArray) numbers = sort_keys (self->chains);

  for (guint i = 0; i < numbers->len; i++)
    build_chain (self,
                 g_hash_table_lookup (self->chains, g_ptr_array_index (numbers, i)));
}

static gboolean
read_lines (Reading *self, const char *utf8, GError **error)
{
  for (const char *p = utf8; *p != '\0'; self->line++)
    {
      gsize n = strcspn (p, "\n");
      g_autofree char *line = g_strndup (p, n > 0 && p[n - 1] == '\r' ? n - 1 : n);

      if (!read_line (self, line, error))
        return FALSE;
      p += n + (p[n] == '\n');
    }
  if (self->line == 1)
    return read_format (self, "", error);
  if (self->sentence != NULL)
    return fail (self, error, _ ("a sentence has no tokens"));
  return TRUE;
}

gboolean
kutip_webanno_read (KutipCas *cas, GBytes *bytes, GError **error)
{
  g_autoptr (KutipText) whole = kutip_charset_decode (bytes, "UTF-8", NULL, error);
  g_auto (Reading) self;

  init_reading (&self, cas);
  if (whole == NULL || !read_lines (&self, kutip_text_get_utf8 (whole, NULL), error) ||
      !resolve (&self, error))
    return FALSE;
  build_chains (&self);
  kutip_cas_set_string (cas, self.sofa, "sofaID", KUTIP_CAS_STRING, KUTIP_CAS_VIEW);
  kutip_cas_set_string (cas, self.sofa, "sofaString", KUTIP_CAS_STRING, self.text->str);
  return TRUE;
}
