/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/webanno-tsv/webanno-tsv-write-parts.h"

#include <string.h>

GPtrArray *
kutip_webanno_get_parts (KutipWebannoWriting *self, const KutipWebannoUnit *unit)
{
  return g_hash_table_lookup (self->parts, unit);
}

GPtrArray *
kutip_webanno_get_relations (KutipWebannoWriting *self, const KutipWebannoUnit *unit)
{
  return g_hash_table_lookup (self->relations, unit);
}

KutipWebannoMark *
kutip_webanno_next_mark (KutipWebannoWriting *self,
                         const KutipWebannoUnit *unit,
                         guint *note)
{
  *note = *note == 0 ? unit->first_note
                     : g_array_index (self->notes, KutipWebannoNote, *note - 1).next;
  return *note == 0 ? NULL
                    : g_array_index (self->notes, KutipWebannoNote, *note - 1).mark;
}

void
kutip_webanno_unit_append_name (GString *out, const KutipWebannoUnit *self)
{
  kutip_pour_append_number (out, self->sentence);
  g_string_append_c (out, '-');
  kutip_pour_append_number (out, self->token);
  if (self->part == 0)
    return;
  g_string_append_c (out, '.');
  kutip_pour_append_number (out, self->part);
}

/* Adds to the list of @unit, which is made when there is something for it. */
static void
add_to_list (GHashTable *lists,
             const KutipWebannoUnit *unit,
             gpointer item,
             GDestroyNotify free_item)
{
  GPtrArray *list = g_hash_table_lookup (lists, unit);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (free_item);
      g_hash_table_insert (lists, (gpointer) unit, list);
    }
  g_ptr_array_add (list, item);
}

static void
note_mark (KutipWebannoWriting *self, KutipWebannoUnit *unit, KutipWebannoMark *mark)
{
  KutipWebannoNote note = { mark, 0 };

  g_array_append_val (self->notes, note);
  if (unit->last_note == 0)
    unit->first_note = self->notes->len;
  else
    g_array_index (self->notes, KutipWebannoNote, unit->last_note - 1).next =
        self->notes->len;
  unit->last_note = self->notes->len;
}

static void
lose (KutipWebannoWriting *self, const char *what, const KutipCasStructure *structure)
{
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, what, self->path, structure->origin,
                    0, NULL);
}

/* --- tokens --- */

/* White space before the first token can only be said as one, unless it is spaces. */
static gboolean
needs_beginning (KutipWebannoWriting *self, const KutipToken *first)
{
  guint end = first == NULL ? kutip_text_get_length (self->text) : first->range.start;
  gboolean spaces = first != NULL;

  for (guint i = 0; i < end; i++)
    spaces &= kutip_text_get_char (self->text, i) == ' ';
  return end > 0 && !spaces;
}

static void
add_unit (KutipWebannoWriting *self, KutipRange range, gboolean begins_sentence)
{
  KutipWebannoUnit *before = self->n_units == 0 ? NULL : &self->units[self->n_units - 1];
  KutipWebannoUnit *unit = &self->units[self->n_units++];

  unit->begin = (guint) kutip_text_to_utf16 (self->text, range.start);
  unit->end = (guint) kutip_text_to_utf16 (self->text, range.end);
  unit->sentence = (before == NULL ? 0 : before->sentence) + (begins_sentence ? 1 : 0);
  unit->token = begins_sentence ? 1 : before->token + 1;
}

/* A row for each token, with its number in its sentence. */
static void
make_units (KutipWebannoWriting *self)
{
  KutipTokenWalk walk;
  KutipToken token;
  guint n = 1;

  kutip_token_walk_init (&walk, self->text);
  while (kutip_token_walk_next (&walk, &token))
    n++;
  self->units = g_new0 (KutipWebannoUnit, n);
  kutip_token_walk_init (&walk, self->text);
  if (n == 1 && needs_beginning (self, NULL))
    add_unit (self, (KutipRange){ 0, kutip_text_get_length (self->text) }, TRUE);
  while (kutip_token_walk_next (&walk, &token))
    {
      if (self->n_units == 0 && needs_beginning (self, &token))
        add_unit (self, (KutipRange){ 0, token.range.start }, TRUE);
      add_unit (self, token.range, token.begins_sentence);
    }
}

/* The first token that ends behind @at. */
static guint
find_token (KutipWebannoWriting *self, guint64 at)
{
  guint low = 0, high = self->n_units;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->units[middle].end <= at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The row for the part of a token that an annotation covers. */
static KutipWebannoUnit *
get_part (KutipWebannoWriting *self, KutipWebannoUnit *token, guint64 begin, guint64 end)
{
  GPtrArray *parts;
  KutipWebannoUnit *part;

  if (token->begin == begin && token->end == end)
    return token;
  parts = kutip_webanno_get_parts (self, token);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      part = g_ptr_array_index (parts, i);
      if (part->begin == begin && part->end == end)
        return part;
    }
  part = g_new0 (KutipWebannoUnit, 1);
  part->begin = (guint) begin;
  part->end = (guint) end;
  part->sentence = token->sentence;
  part->token = token->token;
  add_to_list (self->parts, token, part, g_free);
  return part;
}

gboolean
kutip_webanno_is_relation (const KutipCasStructure *structure)
{
  return kutip_cas_get_reference (structure, "Governor") != 0;
}

/* --- annotations on rows --- */

static void
place_mark (KutipWebannoWriting *self, const KutipCasStructure *structure)
{
  KutipWebannoMark *mark = g_new0 (KutipWebannoMark, 1);
  guint64 end = 0;

  mark->structure = structure;
  for (guint i = find_token (self, structure->begin);
       i < self->n_units && self->units[i].begin < structure->end; i++)
    {
      KutipWebannoUnit *token = &self->units[i];
      KutipWebannoUnit *unit =
          get_part (self, token, MAX (token->begin, structure->begin),
                    MIN (token->end, structure->end));

      note_mark (self, unit, mark);
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
place_marks (KutipWebannoWriting *self)
{
  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (self->cas->structures, i);

      if (structure->placed && !kutip_webanno_is_relation (structure) &&
          strcmp (structure->type, KUTIP_CAS_METADATA) != 0)
        place_mark (self, structure);
    }
}

KutipWebannoMark *
kutip_webanno_find_mark (KutipWebannoWriting *self,
                         const KutipCasStructure *structure,
                         const char *feature)
{
  return g_hash_table_lookup (
      self->mark_of,
      kutip_cas_find (self->cas, kutip_cas_get_reference (structure, feature)));
}

/* Relations stand on the first row of their target. */
static void
place_relations (KutipWebannoWriting *self)
{
  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *relation = g_ptr_array_index (self->cas->structures, i);
      KutipWebannoMark *from, *to;

      if (!kutip_webanno_is_relation (relation))
        continue;
      from = kutip_webanno_find_mark (self, relation, "Governor");
      to = kutip_webanno_find_mark (self, relation, "Dependent");
      if (from == NULL || to == NULL)
        {
          lose (self, "relations", relation);
          continue;
        }
      add_to_list (self->relations, to->first, (gpointer) relation, NULL);
      if (strcmp (kutip_webanno_find_end_type (self, relation->type),
                  KUTIP_CAS_ANNOTATION) == 0)
        from->needed = to->needed = TRUE;
    }
}

/* --- chains --- */

static void
number_chains (KutipWebannoWriting *self)
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
          KutipWebannoMark *mark = g_hash_table_lookup (self->mark_of, structure);

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
      KutipWebannoMark *mark = g_ptr_array_index (self->marks, i);

      if (mark->chain != 0 ||
          !g_hash_table_contains (self->chain_types, mark->structure->type))
        continue;
      mark->chain = ++n_chains;
      mark->link = 1;
    }
}

/* --- ids --- */

static gboolean
is_alone (KutipWebannoWriting *self,
          const KutipWebannoUnit *unit,
          const KutipWebannoMark *mark)
{
  const KutipWebannoMark *other;
  guint note = 0;

  while ((other = kutip_webanno_next_mark (self, unit, &note)) != NULL)
    if (other != mark && strcmp (other->structure->type, mark->structure->type) == 0)
      return FALSE;
  return TRUE;
}

static int
compare_units (gconstpointer a, gconstpointer b)
{
  const KutipWebannoUnit *left = *(const KutipWebannoUnit *const *) a;
  const KutipWebannoUnit *right = *(const KutipWebannoUnit *const *) b;

  if (left->begin != right->begin)
    return left->begin < right->begin ? -1 : 1;
  return left->end < right->end ? -1 : left->end > right->end;
}

/* The parts of each token in order, with their numbers. */
static void
sort_parts (KutipWebannoWriting *self)
{
  GHashTableIter iter;
  gpointer parts;

  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, NULL, &parts))
    {
      GPtrArray *list = parts;

      g_ptr_array_sort (list, compare_units);
      for (guint j = 0; j < list->len; j++)
        ((KutipWebannoUnit *) g_ptr_array_index (list, j))->part = j + 1;
    }
}

static void
number_unit (KutipWebannoWriting *self, const KutipWebannoUnit *unit, guint64 *last)
{
  KutipWebannoMark *mark;
  guint note = 0;

  while ((mark = kutip_webanno_next_mark (self, unit, &note)) != NULL)
    if (mark->id == 0 &&
        (mark->needed || mark->n_units > 1 || !is_alone (self, unit, mark)))
      mark->id = ++*last;
}

static void
number_marks (KutipWebannoWriting *self)
{
  guint64 last = 0;

  for (guint i = 0; i < self->n_units; i++)
    {
      const KutipWebannoUnit *unit = &self->units[i];
      GPtrArray *parts = kutip_webanno_get_parts (self, unit);

      number_unit (self, unit, &last);
      for (guint j = 0; parts != NULL && j < parts->len; j++)
        number_unit (self, g_ptr_array_index (parts, j), &last);
    }
  for (guint i = 0; i < self->marks->len; i++)
    {
      KutipWebannoMark *mark = g_ptr_array_index (self->marks, i);

      if (mark->chain != 0)
        mark->id = mark->chain;
    }
}

/* --- all --- */

void
kutip_webanno_place (KutipWebannoWriting *self)
{
  make_units (self);
  place_marks (self);
  place_relations (self);
  number_chains (self);
  sort_parts (self);
  number_marks (self);
}
