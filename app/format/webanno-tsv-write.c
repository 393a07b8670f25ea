/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tokens.h"
#include "format/webanno-tsv.h"

#include <string.h>

/* A token or a part of one, as a row. Offsets are UTF-16 units. */
typedef struct
{
  guint64 begin, end;
  char *name;           /* "1-2.1" */
  GPtrArray *marks;     /* Mark, in the order of the CAS */
  GPtrArray *relations; /* KutipCasStructure that end here */
} Unit;

/* An annotation as rows have it. */
typedef struct
{
  const KutipCasStructure *structure;
  const Unit *first;
  guint n_units;
  guint64 id;      /* 0: it needs none */
  gboolean needed; /* an id, as something refers to it by type alone */
  guint64 chain, link;
} Mark;

typedef struct
{
  KutipCas *cas;
  KutipReport *report;
  const char *path;
  KutipText *text;
  GArray *tokens;      /* KutipToken */
  GPtrArray **units;   /* Unit, of each token: itself, then its parts */
  GPtrArray *layers;   /* KutipWebannoLayer */
  GPtrArray *marks;    /* Mark */
  GHashTable *mark_of; /* KutipCasStructure -> Mark */
  GHashTable *chain_types, *relation_types, *span_types; /* sets of types */
  GPtrArray *order;                                      /* of types, borrowed */
} Writing;

static void
free_unit (gpointer data)
{
  Unit *unit = data;

  g_free (unit->name);
  g_ptr_array_unref (unit->marks);
  g_ptr_array_unref (unit->relations);
  g_free (unit);
}

static void
lose (Writing *self, const char *what, const KutipCasStructure *structure)
{
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, what, self->path, structure->origin,
                    0, NULL);
}

/* --- tokens --- */

/* White space before the first token can only be said as one, unless it is spaces. */
static void
cover_beginning (Writing *self)
{
  guint length = kutip_text_get_length (self->text);
  guint end = self->tokens->len == 0
                  ? length
                  : g_array_index (self->tokens, KutipToken, 0).range.start;
  KutipToken blank = { { 0, end }, 0, kutip_text_to_byte (self->text, end), TRUE };
  gboolean spaces = self->tokens->len > 0;

  for (guint i = 0; i < end; i++)
    spaces &= kutip_text_get_char (self->text, i) == ' ';
  if (end > 0 && !spaces)
    g_array_prepend_val (self->tokens, blank);
}

static Unit *
unit_new (Writing *self, KutipRange range)
{
  Unit *unit = g_new0 (Unit, 1);

  unit->begin = kutip_text_to_utf16 (self->text, range.start);
  unit->end = kutip_text_to_utf16 (self->text, range.end);
  unit->marks = g_ptr_array_new ();
  unit->relations = g_ptr_array_new ();
  return unit;
}

static void
make_units (Writing *self)
{
  self->units = g_new0 (GPtrArray *, self->tokens->len + 1);
  for (guint i = 0; i < self->tokens->len; i++)
    {
      self->units[i] = g_ptr_array_new_with_free_func (free_unit);
      g_ptr_array_add (
          self->units[i],
          unit_new (self, g_array_index (self->tokens, KutipToken, i).range));
    }
}

static Unit *
get_token_unit (Writing *self, guint token)
{
  return g_ptr_array_index (self->units[token], 0);
}

/* The first token that ends behind @at. */
static guint
find_token (Writing *self, guint64 at)
{
  guint low = 0, high = self->tokens->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_token_unit (self, middle)->end <= at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The row for the part of a token that an annotation covers. */
static Unit *
get_part (Writing *self, guint token, guint64 begin, guint64 end)
{
  GPtrArray *units = self->units[token];
  Unit *part;

  for (guint i = 0; i < units->len; i++)
    {
      Unit *unit = g_ptr_array_index (units, i);

      if (unit->begin == begin && unit->end == end)
        return unit;
    }
  part = g_new0 (Unit, 1);
  part->begin = begin;
  part->end = end;
  part->marks = g_ptr_array_new ();
  part->relations = g_ptr_array_new ();
  g_ptr_array_add (units, part);
  return part;
}

/* --- what types are --- */

static gboolean
is_relation (const KutipCasStructure *structure)
{
  return kutip_cas_get_reference (structure, "Governor") != 0;
}

static void
note_type (Writing *self, GHashTable *set, const char *type)
{
  if (g_hash_table_add (set, (gpointer) type))
    g_ptr_array_add (self->order, (gpointer) type);
}

static void
sort_types (Writing *self)
{
  GPtrArray *structures = self->cas->structures;

  for (guint i = 0; i < structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (structures, i);
      const KutipCasStructure *first =
          structure->placed
              ? NULL
              : kutip_cas_find (self->cas, kutip_cas_get_reference (structure, "first"));

      if (first != NULL)
        g_hash_table_add (self->chain_types, (gpointer) first->type);
    }
  for (guint i = 0; i < structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (structures, i);

      if (!structure->placed || strcmp (structure->type, KUTIP_CAS_METADATA) == 0)
        continue;
      if (is_relation (structure))
        note_type (self, self->relation_types, structure->type);
      else
        note_type (self, self->span_types, structure->type);
    }
}

/* The type that all targets have, or that of all annotations. */
static const char *
merge_type (const char *known, const char *type)
{
  return known == NULL || strcmp (known, type) == 0 ? type : KUTIP_CAS_ANNOTATION;
}

static const char *
find_target_type (Writing *self, const char *type, const char *feature)
{
  const char *found = NULL;

  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *host = g_ptr_array_index (self->cas->structures, i);
      const KutipCasValue *value =
          strcmp (host->type, type) == 0 ? kutip_cas_get (host, feature) : NULL;

      for (guint j = 0; value != NULL && j < value->n_references; j++)
        {
          const KutipCasStructure *link =
              kutip_cas_find (self->cas, value->references[j]);

          found = merge_type (
              found,
              kutip_cas_find (self->cas, kutip_cas_get_reference (link, "target"))->type);
        }
    }
  return found == NULL ? KUTIP_CAS_ANNOTATION : found;
}

static const char *
find_end_type (Writing *self, const char *type)
{
  static const char *const ends[] = { "Governor", "Dependent" };
  const char *found = NULL;

  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *relation = g_ptr_array_index (self->cas->structures, i);

      if (strcmp (relation->type, type) != 0 || !is_relation (relation))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (ends); j++)
        found = merge_type (
            found, kutip_cas_find (self->cas, kutip_cas_get_reference (relation, ends[j]))
                       ->type);
    }
  return found == NULL ? KUTIP_CAS_ANNOTATION : found;
}

/* --- layers --- */

static void
add_chain_layer (Writing *self, const char *type)
{
  KutipWebannoLayer *layer = kutip_webanno_layer_new (KUTIP_WEBANNO_LAYER_CHAINS, type);

  kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_FEATURE,
                                  "referenceRelation", NULL);
  kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_FEATURE, "referenceType",
                                  NULL);
  g_ptr_array_add (self->layers, layer);
}

static void
add_feature (Writing *self, KutipWebannoLayer *layer, const KutipCasFeature *feature)
{
  if (feature->kind == KUTIP_CAS_REFERENCES)
    {
      kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_ROLES, feature->name,
                                      feature->range);
      kutip_webanno_layer_add_column (
          layer, KUTIP_WEBANNO_COLUMN_TARGETS, feature->name,
          find_target_type (self, layer->type, feature->name));
    }
  else if (feature->kind != KUTIP_CAS_REFERENCE)
    kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_FEATURE, feature->name,
                                    NULL);
}

static void
add_layer (Writing *self, const char *type, KutipWebannoKind kind)
{
  const KutipCasType *declared = g_hash_table_lookup (self->cas->type_by_name, type);
  KutipWebannoLayer *layer = kutip_webanno_layer_new (kind, type);

  for (guint i = 0; declared != NULL && i < declared->features->len; i++)
    add_feature (self, layer, &g_array_index (declared->features, KutipCasFeature, i));
  if (kind == KUTIP_WEBANNO_LAYER_RELATIONS)
    kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_SOURCE, NULL,
                                    find_end_type (self, type));
  else if (layer->columns->len == 0)
    kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_MARK, NULL, NULL);
  g_ptr_array_add (self->layers, layer);
}

static void
add_layers (Writing *self)
{
  static const KutipWebannoKind kinds[] = { KUTIP_WEBANNO_LAYER_SPANS,
                                            KUTIP_WEBANNO_LAYER_CHAINS,
                                            KUTIP_WEBANNO_LAYER_RELATIONS };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < self->order->len; i++)
      {
        const char *type = g_ptr_array_index (self->order, i);
        gboolean chain = g_hash_table_contains (self->chain_types, type);

        if (kinds[k] == KUTIP_WEBANNO_LAYER_RELATIONS
                ? g_hash_table_contains (self->relation_types, type)
                : kinds[k] == KUTIP_WEBANNO_LAYER_SPANS && !chain &&
                      g_hash_table_contains (self->span_types, type))
          add_layer (self, type, kinds[k]);
        else if (kinds[k] == KUTIP_WEBANNO_LAYER_CHAINS && chain)
          add_chain_layer (self, type);
      }
}

/* --- annotations on rows --- */

static void
place_mark (Writing *self, const KutipCasStructure *structure)
{
  Mark *mark = g_new0 (Mark, 1);
  guint64 end = 0;

  mark->structure = structure;
  for (guint i = find_token (self, structure->begin);
       i < self->tokens->len && get_token_unit (self, i)->begin < structure->end; i++)
    {
      const Unit *token = get_token_unit (self, i);
      Unit *unit = get_part (self, i, MAX (token->begin, structure->begin),
                             MIN (token->end, structure->end));

      g_ptr_array_add (unit->marks, mark);
      mark->first = mark->first == NULL ? unit : mark->first;
      mark->n_units++;
      end = unit->end;
    }
  g_ptr_array_add (self->marks, mark);
  if (mark->first == NULL)
    {
      lose (self, "empty-text", structure);
      return;
    }
  g_hash_table_insert (self->mark_of, (gpointer) structure, mark);
  if (mark->first->begin != structure->begin || end != structure->end)
    lose (self, "borders", structure);
}

static void
place_marks (Writing *self)
{
  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (self->cas->structures, i);

      if (structure->placed && !is_relation (structure) &&
          strcmp (structure->type, KUTIP_CAS_METADATA) != 0)
        place_mark (self, structure);
    }
}

static Mark *
find_mark (Writing *self, const KutipCasStructure *structure, const char *feature)
{
  return g_hash_table_lookup (
      self->mark_of,
      kutip_cas_find (self->cas, kutip_cas_get_reference (structure, feature)));
}

/* Relations stand on the first row of their target. */
static void
place_relations (Writing *self)
{
  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *relation = g_ptr_array_index (self->cas->structures, i);
      Mark *from, *to;

      if (!is_relation (relation))
        continue;
      from = find_mark (self, relation, "Governor");
      to = find_mark (self, relation, "Dependent");
      if (from == NULL || to == NULL)
        {
          lose (self, "relations", relation);
          continue;
        }
      g_ptr_array_add (((Unit *) to->first)->relations, (gpointer) relation);
      if (strcmp (find_end_type (self, relation->type), KUTIP_CAS_ANNOTATION) == 0)
        from->needed = to->needed = TRUE;
    }
}

/* --- chains --- */

static void
number_chains (Writing *self)
{
  guint64 n_chains = 0;

  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *chain = g_ptr_array_index (self->cas->structures, i);
      guint64 id = chain->placed ? 0 : kutip_cas_get_reference (chain, "first");
      guint64 link = 0;

      n_chains += id != 0;
      while (id != 0)
        {
          const KutipCasStructure *structure = kutip_cas_find (self->cas, id);
          Mark *mark = g_hash_table_lookup (self->mark_of, structure);

          if (mark != NULL)
            {
              mark->chain = n_chains;
              mark->link = ++link;
            }
          id = kutip_cas_get_reference (structure, "next");
        }
    }
  /* What is in no chain is one by itself. */
  for (guint i = 0; i < self->marks->len; i++)
    {
      Mark *mark = g_ptr_array_index (self->marks, i);

      if (mark->chain != 0 ||
          !g_hash_table_contains (self->chain_types, mark->structure->type))
        continue;
      mark->chain = ++n_chains;
      mark->link = 1;
    }
}

/* --- ids --- */

static gboolean
is_alone (const Unit *unit, const Mark *mark)
{
  for (guint i = 0; i < unit->marks->len; i++)
    {
      const Mark *other = g_ptr_array_index (unit->marks, i);

      if (other != mark && strcmp (other->structure->type, mark->structure->type) == 0)
        return FALSE;
    }
  return TRUE;
}

static int
compare_units (gconstpointer a, gconstpointer b)
{
  const Unit *left = *(const Unit *const *) a;
  const Unit *right = *(const Unit *const *) b;

  if (left->begin != right->begin)
    return left->begin < right->begin ? -1 : 1;
  return left->end < right->end ? -1 : left->end > right->end;
}

/* The token first, then its parts in order. */
static void
sort_units (Writing *self)
{
  for (guint i = 0; i < self->tokens->len; i++)
    {
      GPtrArray *units = self->units[i];

      if (units->len > 2)
        qsort (units->pdata + 1, units->len - 1, sizeof (gpointer), compare_units);
    }
}

static void
number_marks (Writing *self)
{
  guint64 last = 0;

  for (guint i = 0; i < self->tokens->len; i++)
    for (guint j = 0; j < self->units[i]->len; j++)
      {
        Unit *unit = g_ptr_array_index (self->units[i], j);

        for (guint k = 0; k < unit->marks->len; k++)
          {
            Mark *mark = g_ptr_array_index (unit->marks, k);

            if (mark->id == 0 &&
                (mark->needed || mark->n_units > 1 || !is_alone (unit, mark)))
              mark->id = ++last;
          }
      }
  for (guint i = 0; i < self->marks->len; i++)
    {
      Mark *mark = g_ptr_array_index (self->marks, i);

      if (mark->chain != 0)
        mark->id = mark->chain;
    }
}

/* --- cells --- */

static void
append_id (GString *out, guint64 id)
{
  if (id != 0)
    g_string_append_printf (out, "[%" G_GUINT64_FORMAT "]", id);
}

static void
append_value (GString *out, const KutipCasStructure *structure, const char *feature)
{
  const KutipCasValue *value =
      feature == NULL ? NULL : kutip_cas_get (structure, feature);

  if (value == NULL || value->string == NULL || *value->string == '\0')
    g_string_append_c (out, '*');
  else
    kutip_webanno_append_escaped (out, value->string);
}

/* The type of a link stands in "referenceType", or in "label", where Kutip keeps it. */
static void
append_chain_value (GString *out, const Mark *mark, const char *feature)
{
  gboolean relation = strcmp (feature, "referenceRelation") == 0;
  const char *other =
      kutip_cas_get (mark->structure, feature) == NULL && !relation ? "label" : feature;

  append_value (out, mark->structure, other);
  if (relation)
    g_string_append_printf (out, "->%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT,
                            mark->chain, mark->link);
  else
    append_id (out, mark->chain);
}

static void
append_slots (
    Writing *self, GString *out, const Mark *mark, const char *feature, gboolean roles)
{
  const KutipCasValue *value = kutip_cas_get (mark->structure, feature);
  gboolean any = FALSE;

  for (guint i = 0; value != NULL && i < value->n_references; i++)
    {
      const KutipCasStructure *link = kutip_cas_find (self->cas, value->references[i]);
      const Mark *target = find_mark (self, link, "target");

      if (target == NULL)
        continue;
      g_string_append (out, any ? ";" : "");
      any = TRUE;
      if (roles)
        append_value (out, link, "role");
      else
        {
          g_string_append (out, target->first->name);
          append_id (out, target->id);
        }
    }
  if (!any)
    g_string_append_c (out, roles ? '_' : '*');
  if (roles)
    append_id (out, mark->id);
}

static void
append_item (Writing *self,
             GString *out,
             const KutipWebannoLayer *layer,
             const KutipWebannoColumn *column,
             const Mark *mark)
{
  if (layer->kind == KUTIP_WEBANNO_LAYER_CHAINS)
    append_chain_value (out, mark, column->feature);
  else if (column->kind == KUTIP_WEBANNO_COLUMN_ROLES ||
           column->kind == KUTIP_WEBANNO_COLUMN_TARGETS)
    append_slots (self, out, mark, column->feature,
                  column->kind == KUTIP_WEBANNO_COLUMN_ROLES);
  else
    {
      append_value (out, mark->structure, column->feature);
      append_id (out, mark->id);
    }
}

static void
append_source (Writing *self, GString *out, const KutipCasStructure *relation)
{
  const Mark *from = find_mark (self, relation, "Governor");
  const Mark *to = find_mark (self, relation, "Dependent");

  g_string_append (out, from->first->name);
  if (from->id != 0 || to->id != 0)
    g_string_append_printf (out, "[%" G_GUINT64_FORMAT "_%" G_GUINT64_FORMAT "]",
                            from->id, to->id);
}

static void
append_cell (Writing *self,
             GString *out,
             const Unit *unit,
             const KutipWebannoLayer *layer,
             const KutipWebannoColumn *column)
{
  gboolean relations = layer->kind == KUTIP_WEBANNO_LAYER_RELATIONS;
  GPtrArray *list = relations ? unit->relations : unit->marks;
  gboolean any = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const KutipCasStructure *structure =
          relations ? g_ptr_array_index (list, i)
                    : ((Mark *) g_ptr_array_index (list, i))->structure;

      if (strcmp (structure->type, layer->type) != 0)
        continue;
      g_string_append (out, any ? "|" : "");
      any = TRUE;
      if (!relations)
        append_item (self, out, layer, column, g_ptr_array_index (list, i));
      else if (column->kind == KUTIP_WEBANNO_COLUMN_SOURCE)
        append_source (self, out, structure);
      else
        append_value (out, structure, column->feature);
    }
  g_string_append (out, any ? "\t" : "_\t");
}

/* --- rows --- */

/* Nobody reads it; but it must not break the row. */
static void
append_form (Writing *self, GString *out, const Unit *unit)
{
  guint start, end;
  gsize n;
  const char *bytes;

  kutip_text_from_utf16 (self->text, unit->begin, &start);
  kutip_text_from_utf16 (self->text, unit->end, &end);
  bytes = kutip_text_peek_range (self->text, (KutipRange){ start, end }, &n);
  for (gsize i = 0; i < n; i++)
    g_string_append_c (out, (guchar) bytes[i] < 0x20 ? ' ' : bytes[i]);
}

static void
append_row (Writing *self, GString *out, const Unit *unit)
{
  g_string_append_printf (out, "%s\t%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "\t",
                          unit->name, unit->begin, unit->end);
  append_form (self, out, unit);
  g_string_append_c (out, '\t');
  for (guint i = 0; i < self->layers->len; i++)
    {
      const KutipWebannoLayer *layer = g_ptr_array_index (self->layers, i);

      for (guint j = 0; j < layer->columns->len; j++)
        append_cell (self, out, unit, layer,
                     &g_array_index (layer->columns, KutipWebannoColumn, j));
    }
  g_string_append_c (out, '\n');
}

static void
name_units (Writing *self)
{
  guint sentence = 0, number = 0;

  for (guint i = 0; i < self->tokens->len; i++)
    {
      if (g_array_index (self->tokens, KutipToken, i).begins_sentence)
        {
          sentence++;
          number = 0;
        }
      number++;
      for (guint j = 0; j < self->units[i]->len; j++)
        {
          Unit *unit = g_ptr_array_index (self->units[i], j);

          unit->name = j == 0 ? g_strdup_printf ("%u-%u", sentence, number)
                              : g_strdup_printf ("%u-%u.%u", sentence, number, j);
        }
    }
}

/* Where the text of a sentence ends: behind it come at most a new line and spaces, which
 * the numbers tell. */
static guint
find_sentence_end (Writing *self, guint first, guint next)
{
  guint length = kutip_text_get_length (self->text);
  guint end = g_array_index (self->tokens, KutipToken, next - 1).range.end;
  guint limit = next == self->tokens->len
                    ? length
                    : g_array_index (self->tokens, KutipToken, next).range.start;
  guint at = end;

  if (next == self->tokens->len || end == limit ||
      kutip_text_get_char (self->text, at) != '\n')
    return limit;
  for (at++; at < limit; at++)
    if (kutip_text_get_char (self->text, at) != ' ')
      return limit;
  return end;
}

static void
append_sentence (Writing *self, GString *out, guint first, guint next)
{
  KutipRange range = { g_array_index (self->tokens, KutipToken, first).range.start,
                       find_sentence_end (self, first, next) };
  gsize n;
  const char *bytes = kutip_text_peek_range (self->text, range, &n);

  g_string_append (out, "\n" KUTIP_WEBANNO_TEXT);
  kutip_webanno_append_text (out, bytes, n);
  g_string_append_c (out, '\n');
  for (guint i = first; i < next; i++)
    for (guint j = 0; j < self->units[i]->len; j++)
      append_row (self, out, g_ptr_array_index (self->units[i], j));
}

static GString *
append_all (Writing *self)
{
  GString *out = g_string_new (KUTIP_WEBANNO_MAGIC "3.3\n");
  guint first = 0;

  for (guint i = 0; i < self->layers->len; i++)
    kutip_webanno_layer_append (out, g_ptr_array_index (self->layers, i));
  g_string_append_c (out, '\n');
  for (guint i = 1; i <= self->tokens->len; i++)
    if (i == self->tokens->len ||
        g_array_index (self->tokens, KutipToken, i).begins_sentence)
      {
        append_sentence (self, out, first, i);
        first = i;
      }
  return out;
}

static void
clear_writing (Writing *self)
{
  for (guint i = 0; i < self->tokens->len; i++)
    g_ptr_array_unref (self->units[i]);
  g_free (self->units);
  g_array_unref (self->tokens);
  g_ptr_array_unref (self->layers);
  g_ptr_array_unref (self->marks);
  g_hash_table_unref (self->mark_of);
  g_hash_table_unref (self->chain_types);
  g_hash_table_unref (self->relation_types);
  g_hash_table_unref (self->span_types);
  g_ptr_array_unref (self->order);
}

GString *
kutip_webanno_write (KutipCas *cas,
                     KutipText *text,
                     const char *path,
                     KutipReport *report)
{
  Writing self = {
    .cas = cas,
    .report = report,
    .path = path,
    .text = text,
    .tokens = kutip_tokens_new (text),
    .layers = g_ptr_array_new_with_free_func (kutip_webanno_layer_free),
    .marks = g_ptr_array_new_with_free_func (g_free),
    .mark_of = g_hash_table_new (NULL, NULL),
    .chain_types = g_hash_table_new (g_str_hash, g_str_equal),
    .relation_types = g_hash_table_new (g_str_hash, g_str_equal),
    .span_types = g_hash_table_new (g_str_hash, g_str_equal),
    .order = g_ptr_array_new (),
  };
  GString *out;

  cover_beginning (&self);
  make_units (&self);
  sort_types (&self);
  add_layers (&self);
  place_marks (&self);
  place_relations (&self);
  number_chains (&self);
  sort_units (&self);
  number_marks (&self);
  name_units (&self);
  out = append_all (&self);
  clear_writing (&self);
  return out;
}
