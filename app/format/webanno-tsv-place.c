/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/webanno-tsv-write-parts.h"

#include <string.h>

static void
free_unit (gpointer data)
{
  KutipWebannoUnit *unit = data;

  g_free (unit->name);
  g_ptr_array_unref (unit->marks);
  g_ptr_array_unref (unit->relations);
  g_free (unit);
}

static void
lose (KutipWebannoWriting *self, const char *what, const KutipCasStructure *structure)
{
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, what, self->path, structure->origin,
                    0, NULL);
}

/* --- tokens --- */

/* White space before the first token can only be said as one, unless it is spaces. */
static void
cover_beginning (KutipWebannoWriting *self)
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

static KutipWebannoUnit *
unit_new (KutipWebannoWriting *self, KutipRange range)
{
  KutipWebannoUnit *unit = g_new0 (KutipWebannoUnit, 1);

  unit->begin = kutip_text_to_utf16 (self->text, range.start);
  unit->end = kutip_text_to_utf16 (self->text, range.end);
  unit->marks = g_ptr_array_new ();
  unit->relations = g_ptr_array_new ();
  return unit;
}

static void
make_units (KutipWebannoWriting *self)
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

static KutipWebannoUnit *
get_token_unit (KutipWebannoWriting *self, guint token)
{
  return g_ptr_array_index (self->units[token], 0);
}

/* The first token that ends behind @at. */
static guint
find_token (KutipWebannoWriting *self, guint64 at)
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
static KutipWebannoUnit *
get_part (KutipWebannoWriting *self, guint token, guint64 begin, guint64 end)
{
  GPtrArray *units = self->units[token];
  KutipWebannoUnit *part;

  for (guint i = 0; i < units->len; i++)
    {
      KutipWebannoUnit *unit = g_ptr_array_index (units, i);

      if (unit->begin == begin && unit->end == end)
        return unit;
    }
  part = g_new0 (KutipWebannoUnit, 1);
  part->begin = begin;
  part->end = end;
  part->marks = g_ptr_array_new ();
  part->relations = g_ptr_array_new ();
  g_ptr_array_add (units, part);
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
       i < self->tokens->len && get_token_unit (self, i)->begin < structure->end; i++)
    {
      const KutipWebannoUnit *token = get_token_unit (self, i);
      KutipWebannoUnit *unit = get_part (self, i, MAX (token->begin, structure->begin),
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
      g_ptr_array_add (((KutipWebannoUnit *) to->first)->relations, (gpointer) relation);
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
is_alone (const KutipWebannoUnit *unit, const KutipWebannoMark *mark)
{
  for (guint i = 0; i < unit->marks->len; i++)
    {
      const KutipWebannoMark *other = g_ptr_array_index (unit->marks, i);

      if (other != mark && strcmp (other->structure->type, mark->structure->type) == 0)
        return FALSE;
    }
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

/* The token first, then its parts in order. */
static void
sort_units (KutipWebannoWriting *self)
{
  for (guint i = 0; i < self->tokens->len; i++)
    {
      GPtrArray *units = self->units[i];

      if (units->len > 2)
        qsort (units->pdata + 1, units->len - 1, sizeof (gpointer), compare_units);
    }
}

static void
number_marks (KutipWebannoWriting *self)
{
  guint64 last = 0;

  for (guint i = 0; i < self->tokens->len; i++)
    for (guint j = 0; j < self->units[i]->len; j++)
      {
        KutipWebannoUnit *unit = g_ptr_array_index (self->units[i], j);

        for (guint k = 0; k < unit->marks->len; k++)
          {
            KutipWebannoMark *mark = g_ptr_array_index (unit->marks, k);

            if (mark->id == 0 &&
                (mark->needed || mark->n_units > 1 || !is_alone (unit, mark)))
              mark->id = ++last;
          }
      }
  for (guint i = 0; i < self->marks->len; i++)
    {
      KutipWebannoMark *mark = g_ptr_array_index (self->marks, i);

      if (mark->chain != 0)
        mark->id = mark->chain;
    }
}

/* --- all --- */

static void
name_units (KutipWebannoWriting *self)
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
          KutipWebannoUnit *unit = g_ptr_array_index (self->units[i], j);

          unit->name = j == 0 ? g_strdup_printf ("%u-%u", sentence, number)
                              : g_strdup_printf ("%u-%u.%u", sentence, number, j);
        }
    }
}

void
kutip_webanno_place (KutipWebannoWriting *self)
{
  cover_beginning (self);
  make_units (self);
  place_marks (self);
  place_relations (self);
  number_chains (self);
  sort_units (self);
  number_marks (self);
  name_units (self);
}
