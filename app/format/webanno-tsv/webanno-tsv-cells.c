/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/webanno-tsv/webanno-tsv-read-parts.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- annotations --- */

static char *
make_key (const char *type, const char *unit, guint64 id)
{
  return g_strdup_printf ("%s\t%s\t%" G_GUINT64_FORMAT, type, unit, id);
}

/* The first one of a name stays. */
static void
index_note (KutipWebannoReading *self,
            const KutipWebannoPlace *place,
            const KutipWebannoNote *note)
{
  const char *const types[] = { note->structure->type, "" };
  g_autofree char *unit = kutip_webanno_make_unit (place);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *key = make_key (types[i], unit, note->id);
      g_autofree char *any = g_strdup_printf ("%s\t%s\tany", types[i], unit);

      if (!g_hash_table_contains (self->places, key))
        g_hash_table_insert (self->places, g_steal_pointer (&key), note->structure);
      if (!g_hash_table_contains (self->places, any))
        g_hash_table_insert (self->places, g_steal_pointer (&any), note->structure);
    }
}

static void
index_place (KutipWebannoReading *self, KutipWebannoPlace *place)
{
  guint next = place->indexed ? 0 : place->first_note;

  place->indexed = TRUE;
  while (next != 0)
    {
      const KutipWebannoNote *note =
          &g_array_index (self->notes, KutipWebannoNote, next - 1);

      index_note (self, place, note);
      next = note->next;
    }
}

static void
note_place (KutipWebannoReading *self, KutipCasStructure *structure, guint64 id)
{
  KutipWebannoPlace *place = self->place;
  KutipWebannoNote note = { structure, id, 0 };

  g_array_append_val (self->notes, note);
  if (place->last_note == 0)
    place->first_note = self->notes->len;
  else
    g_array_index (self->notes, KutipWebannoNote, place->last_note - 1).next =
        self->notes->len;
  place->last_note = self->notes->len;
  if (place->indexed)
    index_note (self, place, &note);
}

static KutipCasStructure *
add_structure (KutipWebannoReading *self, const char *type)
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
get_structure (KutipWebannoReading *self,
               const char *type,
               const char *key,
               guint64 id,
               gboolean *is_new)
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
set_value (KutipWebannoReading *self,
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

/* Whether the rows of one annotation agree; else there are two of one id. */
static gboolean
has_value (const KutipCasStructure *structure,
           const KutipWebannoColumn *column,
           const KutipWebannoItem *item)
{
  const char *said = kutip_cas_get_string (structure, column->feature);
  g_autofree char *plain = NULL;

  if (item == NULL || item->value == NULL || *item->value == '\0')
    return said == NULL;
  plain = kutip_webanno_unescape (item->value);
  return g_strcmp0 (said, plain) == 0;
}

/* --- cells of one layer in one row --- */

static const KutipWebannoItem *
get_item (const KutipWebannoCells *cells, guint column, guint i)
{
  GArray *items = g_ptr_array_index (cells->cells, column);

  return i < items->len ? &g_array_index (items, KutipWebannoItem, i) : NULL;
}

/* The id that a column of the annotation tells. */
static guint64
get_id (const KutipWebannoCells *cells, guint i)
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
is_empty (const KutipWebannoCells *cells)
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
add_pending (KutipWebannoReading *self,
             KutipCasStructure *structure,
             const char *feature,
             const char *type,
             const char *unit,
             guint64 id)
{
  KutipWebannoPending pending = { structure,       feature, type,
                                  g_strdup (unit), id,      self->line };

  g_array_append_val (self->pending, pending);
}

/* "p1;p2" and "1-2[1];1-3": a link for each. The ids at the ends of the cell's items have
 * been taken off: that of the roles is the host's, that of the targets the last one's. */
static gboolean
read_slots (KutipWebannoReading *self,
            KutipCasStructure *host,
            const KutipWebannoCells *cells,
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
    {
      if (roles != NULL && roles->value != NULL)
        kutip_report_add_left_out (self->report, "unknown-member", self->name, NULL,
                                   self->line, roles->value);
      return TRUE;
    }
  target_list = kutip_webanno_split (targets->value, ';');
  role_list = kutip_webanno_split (
      roles == NULL || roles->value == NULL ? "*" : roles->value, ';');
  if (role_list->len != target_list->len && role_list->len != 1)
    return kutip_webanno_fail (self, error, _ ("there are %1$u roles for %2$u targets"),
                               role_list->len, target_list->len);
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
read_spans (KutipWebannoReading *self, const KutipWebannoCells *cells, GError **error)
{
  for (guint i = 0; i < cells->n; i++)
    {
      guint64 id = get_id (cells, i);
      g_autofree char *key =
          id == 0 ? NULL : g_strdup_printf ("%u\t%" G_GUINT64_FORMAT, cells->number, id);
      gboolean is_new;
      KutipCasStructure *structure =
          get_structure (self, cells->layer->type, key, id, &is_new);

      for (guint c = 0; c < cells->cells->len; c++)
        {
          const KutipWebannoColumn *column =
              &g_array_index (cells->layer->columns, KutipWebannoColumn, c);
          gboolean is_feature = column->kind == KUTIP_WEBANNO_COLUMN_FEATURE;

          if (is_feature && is_new)
            set_value (self, structure, column, get_item (cells, c, i));
          else if (is_feature && !has_value (structure, column, get_item (cells, c, i)))
            return kutip_webanno_fail (self, error, _ ("the id %lu is there twice"),
                                       (gulong) id);
          else if (is_new && column->kind == KUTIP_WEBANNO_COLUMN_ROLES &&
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
note_link (KutipWebannoReading *self,
           guint64 chain,
           guint64 number,
           KutipCasStructure *link)
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
read_chain_link (KutipWebannoReading *self,
                 const KutipWebannoCells *cells,
                 guint i,
                 GError **error)
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
    return kutip_webanno_fail (self, error,
                               _ ("a link of a chain needs its place in it (“->1-2”)"));
  key = g_strdup_printf ("%u\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT, cells->number,
                         chain, number);
  link = get_structure (self, cells->layer->type, key, chain, &is_new);
  note_link (self, chain, number, link);
  for (guint c = 0; c < cells->cells->len; c++)
    {
      const KutipWebannoColumn *column =
          &g_array_index (cells->layer->columns, KutipWebannoColumn, c);
      gboolean is_blank = strcmp (relation, "*") == 0 || strcmp (relation, "_") == 0;
      KutipWebannoItem own = { is_blank ? NULL : relation, FALSE, 0 };
      const KutipWebannoItem *item = c == arrow ? &own : get_item (cells, c, i);

      if (column->kind != KUTIP_WEBANNO_COLUMN_FEATURE)
        continue;
      if (is_new)
        set_value (self, link, column, item);
      else if (!has_value (link, column, item))
        return kutip_webanno_fail (self, error, _ ("“%s” is there twice"),
                                   get_item (cells, arrow, i)->value);
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
read_relation (KutipWebannoReading *self,
               const KutipWebannoCells *cells,
               guint i,
               GError **error)
{
  guint last = cells->cells->len - 1;
  const KutipWebannoColumn *source =
      &g_array_index (cells->layer->columns, KutipWebannoColumn, last);
  const KutipWebannoItem *item = get_item (cells, last, i);
  g_autofree char *unit = NULL;
  g_autofree char *own = NULL;
  guint64 from, to;
  KutipCasStructure *relation;

  if (item == NULL || item->value == NULL ||
      !parse_source (item->value, &unit, &from, &to))
    return kutip_webanno_fail (self, error,
                               _ ("a relation needs where it comes from (“1-4[1_0]”)"));
  relation = add_structure (self, cells->layer->type);
  for (guint c = 0; c < last; c++)
    {
      const KutipWebannoColumn *column =
          &g_array_index (cells->layer->columns, KutipWebannoColumn, c);

      if (column->kind == KUTIP_WEBANNO_COLUMN_FEATURE)
        set_value (self, relation, column, get_item (cells, c, i));
    }
  add_pending (self, relation, "Governor", source->type, unit, from);
  own = kutip_webanno_make_unit (self->place);
  add_pending (self, relation, "Dependent", source->type, own, to);
  return TRUE;
}

gboolean
kutip_webanno_read_cells (KutipWebannoReading *self,
                          const KutipWebannoCells *cells,
                          GError **error)
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

/* --- what refers to others --- */

static KutipWebannoPlace *
find_unit (KutipWebannoReading *self, const KutipWebannoPending *pending)
{
  KutipWebannoPlace name;

  return kutip_webanno_parse_unit (pending->unit, &name)
             ? kutip_webanno_find_unit (self, &name)
             : NULL;
}

static KutipCasStructure *
find_place (KutipWebannoReading *self,
            const KutipWebannoPending *pending,
            gboolean with_type)
{
  const char *type = with_type ? pending->type : "";
  KutipWebannoPlace *place = find_unit (self, pending);
  g_autofree char *unit = NULL;
  g_autofree char *key = NULL;
  g_autofree char *any = NULL;
  KutipCasStructure *found;

  if (place == NULL)
    return NULL;
  index_place (self, place);
  unit = kutip_webanno_make_unit (place);
  key = make_key (type, unit, pending->id);
  any = g_strdup_printf ("%s\t%s\tany", type, unit);
  found = g_hash_table_lookup (self->places, key);
  return found != NULL || pending->id != 0 ? found
                                           : g_hash_table_lookup (self->places, any);
}

/* A token of its own where nothing is annotated, as dependencies may join tokens. */
static KutipCasStructure *
make_token (KutipWebannoReading *self, const KutipWebannoPending *pending)
{
  KutipWebannoPlace *place = find_unit (self, pending);
  KutipCasStructure *token;

  if (place == NULL || pending->id != 0 || strcmp (pending->type, KUTIP_CAS_TOKEN) != 0)
    return NULL;
  self->place = place;
  self->begin = place->begin;
  self->end = place->end;
  token = add_structure (self, KUTIP_CAS_TOKEN);
  note_place (self, token, 0);
  return token;
}

gboolean
kutip_webanno_resolve (KutipWebannoReading *self, GError **error)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const KutipWebannoPending *pending =
          &g_array_index (self->pending, KutipWebannoPending, i);
      KutipCasStructure *found = find_place (self, pending, TRUE);

      if (found == NULL && strcmp (pending->type, KUTIP_CAS_TOKEN) != 0)
        found = find_place (self, pending, FALSE);
      if (found == NULL)
        found = make_token (self, pending);
      if (found == NULL)
        {
          self->line = pending->line;
          return kutip_webanno_fail (self, error,
                                     _ ("there is no annotation %1$lu at “%2$s”"),
                                     (gulong) pending->id, pending->unit);
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
set_reference (KutipWebannoReading *self,
               KutipCasStructure *from,
               const char *feature,
               const KutipCasStructure *to)
{
  kutip_cas_set_references (self->cas, from, feature, KUTIP_CAS_REFERENCE, &to->id, 1);
}

static void
build_chain (KutipWebannoReading *self, GHashTable *links)
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

void
kutip_webanno_build_chains (KutipWebannoReading *self)
{
  g_autoptr (GPtrArray) numbers = sort_keys (self->chains);

  for (guint i = 0; i < numbers->len; i++)
    build_chain (self,
                 g_hash_table_lookup (self->chains, g_ptr_array_index (numbers, i)));
}
