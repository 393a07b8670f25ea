/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/finding-lists.h"

#include "model/id.h"

/* Lists that one finding may be in: of its kind, and those of several kinds. */
#define MAX_PLACES 3

/* A finding in the lists. What it is sorted by stays with it, so that a list is in order
 * at any time while a change is followed. */
typedef struct
{
  KutipFindingKind kind;
  guint rank; /* among those of its id */
  const char *name;
  KutipSpan *span;         /* owned, or NULL */
  KutipRelation *relation; /* owned, or NULL */
  GSequenceIter *places[MAX_PLACES];
} Entry;

struct _KutipFindingLists
{
  GSequence *lists[KUTIP_N_FINDING_LISTS]; /* of Entry, borrowed from: */
  GHashTable *entries;                     /* id -> GPtrArray of Entry */
  KutipFindingListFunc func;
  gpointer data;

  gboolean is_many;
  gboolean touched[KUTIP_N_FINDING_LISTS];
  guint before[KUTIP_N_FINDING_LISTS]; /* how many there were when many began */
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->span, kutip_span_unref);
  g_clear_pointer (&entry->relation, kutip_relation_unref);
  g_free (entry);
}

/* The lists that findings of a kind are in; returns how many. */
static guint
get_lists (KutipFindingKind kind, guint lists[MAX_PLACES])
{
  guint n = 0;

  lists[n++] = kind;
  if (kind != KUTIP_FINDING_MOVED)
    lists[n++] = KUTIP_FINDINGS_TO_DO;
  if (kind == KUTIP_FINDING_MOVED || kind == KUTIP_FINDING_APPROXIMATE ||
      kind == KUTIP_FINDING_ORPHAN)
    lists[n++] = KUTIP_FINDINGS_TO_REVIEW;
  return n;
}

static const char *
get_id (const Entry *entry)
{
  return entry->relation != NULL ? kutip_relation_get_id (entry->relation)
                                 : kutip_span_get_id (entry->span);
}

/* A relation stands behind the span it begins at; one that begins nowhere, at the end. */
static int
compare_places (const Entry *a, const Entry *b)
{
  int order = 0;

  if (a->span == NULL || b->span == NULL)
    order = (a->span == NULL) - (b->span == NULL);
  else if (a->span != b->span)
    order = kutip_span_compare (a->span, b->span);
  if (order == 0)
    order = (a->relation != NULL) - (b->relation != NULL);
  return order != 0 ? order : kutip_id_compare (get_id (a), get_id (b));
}

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer data)
{
  const Entry *x = a, *y = b;
  int order = compare_places (x, y);

  return order != 0 ? order : (x->rank > y->rank) - (x->rank < y->rank);
}

/* What needs a person most comes first; the kinds are numbered so. */
static int
compare_for_review (gconstpointer a, gconstpointer b, gpointer data)
{
  const Entry *x = a, *y = b;

  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return compare_entries (a, b, data);
}

static GCompareDataFunc
get_order (guint list)
{
  return list == KUTIP_FINDINGS_TO_REVIEW ? compare_for_review : compare_entries;
}

static void
tell (KutipFindingLists *self, guint list, guint position, guint removed, guint added)
{
  self->touched[list] = TRUE;
  if (!self->is_many && self->func != NULL)
    self->func (list, position, removed, added, self->data);
}

static void
insert (KutipFindingLists *self, Entry *entry)
{
  guint lists[MAX_PLACES];
  guint n = get_lists (entry->kind, lists);

  for (guint i = 0; i < n; i++)
    {
      GSequence *list = self->lists[lists[i]];
      GSequenceIter *end = g_sequence_get_end_iter (list);
      GSequenceIter *last = g_sequence_iter_prev (end);
      GCompareDataFunc order = get_order (lists[i]);

      /* A whole document comes in order. */
      if (last != end && order (g_sequence_get (last), entry, NULL) < 0)
        entry->places[i] = g_sequence_append (list, entry);
      else
        entry->places[i] = g_sequence_insert_sorted (list, entry, order, NULL);
      tell (self, lists[i], (guint) g_sequence_iter_get_position (entry->places[i]), 0,
            1);
    }
}

static void
take_out (KutipFindingLists *self, Entry *entry)
{
  guint lists[MAX_PLACES];
  guint n = get_lists (entry->kind, lists);

  for (guint i = 0; i < n; i++)
    {
      guint position = (guint) g_sequence_iter_get_position (entry->places[i]);

      g_sequence_remove (entry->places[i]);
      tell (self, lists[i], position, 1, 0);
    }
}

/* What stays where it is keeps its row. */
static void
refresh (KutipFindingLists *self, Entry *entry, KutipSpan *span, KutipRelation *relation)
{
  guint lists[MAX_PLACES];
  guint n = get_lists (entry->kind, lists);

  if (span != entry->span)
    {
      g_clear_pointer (&entry->span, kutip_span_unref);
      entry->span = span != NULL ? kutip_span_ref (span) : NULL;
    }
  if (relation != entry->relation)
    {
      g_clear_pointer (&entry->relation, kutip_relation_unref);
      entry->relation = relation != NULL ? kutip_relation_ref (relation) : NULL;
    }
  for (guint i = 0; i < n; i++)
    tell (self, lists[i], (guint) g_sequence_iter_get_position (entry->places[i]), 0, 0);
}

static gboolean
is_same (GPtrArray *entries,
         KutipSpan *span,
         KutipRelation *relation,
         const KutipFound *found,
         guint n_found)
{
  const Entry now = { .span = span, .relation = relation };

  if (entries == NULL || entries->len != n_found ||
      compare_places (g_ptr_array_index (entries, 0), &now) != 0)
    return FALSE;
  for (guint i = 0; i < n_found; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);

      if (entry->kind != found[i].kind || entry->name != found[i].name)
        return FALSE;
    }
  return TRUE;
}

static Entry *
create_entry (KutipSpan *span,
              KutipRelation *relation,
              const KutipFound *found,
              guint rank)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->kind = found->kind;
  entry->rank = rank;
  entry->name = found->name;
  entry->span = span != NULL ? kutip_span_ref (span) : NULL;
  entry->relation = relation != NULL ? kutip_relation_ref (relation) : NULL;
  return entry;
}

KutipFindingLists *
kutip_finding_lists_new (KutipFindingListFunc func, gpointer data)
{
  KutipFindingLists *self = g_new0 (KutipFindingLists, 1);

  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    self->lists[i] = g_sequence_new (NULL);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_ptr_array_unref);
  self->func = func;
  self->data = data;
  return self;
}

void
kutip_finding_lists_free (KutipFindingLists *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    g_sequence_free (self->lists[i]);
  g_hash_table_unref (self->entries);
  g_free (self);
}

void
kutip_finding_lists_set (KutipFindingLists *self,
                         const char *id,
                         KutipSpan *span,
                         KutipRelation *relation,
                         const KutipFound *found,
                         guint n_found)
{
  GPtrArray *old = g_hash_table_lookup (self->entries, id);
  GPtrArray *entries;

  if (n_found > 0 && is_same (old, span, relation, found, n_found))
    {
      for (guint i = 0; i < old->len; i++)
        refresh (self, g_ptr_array_index (old, i), span, relation);
      return;
    }
  for (guint i = 0; old != NULL && i < old->len; i++)
    take_out (self, g_ptr_array_index (old, i));
  g_hash_table_remove (self->entries, id);
  if (n_found == 0)
    return;
  entries = g_ptr_array_new_full (n_found, free_entry);
  g_hash_table_insert (self->entries, g_strdup (id), entries);
  for (guint i = 0; i < n_found; i++)
    {
      g_ptr_array_add (entries, create_entry (span, relation, &found[i], i));
      insert (self, g_ptr_array_index (entries, i));
    }
}

void
kutip_finding_lists_begin_many (KutipFindingLists *self)
{
  self->is_many = TRUE;
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    {
      self->touched[i] = FALSE;
      self->before[i] = kutip_finding_lists_count (self, i);
    }
}

void
kutip_finding_lists_end_many (KutipFindingLists *self)
{
  self->is_many = FALSE;
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    if (self->touched[i])
      tell (self, i, 0, self->before[i], kutip_finding_lists_count (self, i));
}

void
kutip_finding_lists_clear (KutipFindingLists *self)
{
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    {
      guint n = kutip_finding_lists_count (self, i);

      g_sequence_remove_range (g_sequence_get_begin_iter (self->lists[i]),
                               g_sequence_get_end_iter (self->lists[i]));
      if (n > 0)
        tell (self, i, 0, n, 0);
    }
  g_hash_table_remove_all (self->entries);
}

guint
kutip_finding_lists_count (KutipFindingLists *self, guint list)
{
  g_return_val_if_fail (list < KUTIP_N_FINDING_LISTS, 0);

  return (guint) g_sequence_get_length (self->lists[list]);
}

static KutipFinding
to_finding (const Entry *entry)
{
  return (KutipFinding){ entry->kind, get_id (entry), entry->name };
}

gboolean
kutip_finding_lists_get_nth (KutipFindingLists *self,
                             guint list,
                             guint position,
                             KutipFinding *finding)
{
  if (position >= kutip_finding_lists_count (self, list))
    return FALSE;
  *finding = to_finding (
      g_sequence_get (g_sequence_get_iter_at_pos (self->lists[list], (int) position)));
  return TRUE;
}

gboolean
kutip_finding_lists_find (KutipFindingLists *self,
                          guint list,
                          const char *id,
                          guint *position)
{
  GPtrArray *entries = g_hash_table_lookup (self->entries, id);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      guint lists[MAX_PLACES];
      guint n = get_lists (entry->kind, lists);

      for (guint j = 0; j < n; j++)
        if (lists[j] == list)
          {
            *position = (guint) g_sequence_iter_get_position (entry->places[j]);
            return TRUE;
          }
    }
  return FALSE;
}

/* Orders the span itself, which is the second, before its findings. */
static int
compare_with_span (gconstpointer a, gconstpointer b, gpointer span)
{
  gboolean is_first = b == NULL;
  const Entry *entry = is_first ? a : b;
  int order = entry->span != NULL ? kutip_span_compare (entry->span, span) : 1;

  if (order == 0)
    order = 1;
  return is_first ? order : -order;
}

guint
kutip_finding_lists_count_before (KutipFindingLists *self, guint list, KutipSpan *span)
{
  g_return_val_if_fail (list < KUTIP_N_FINDING_LISTS, 0);

  return (guint) g_sequence_iter_get_position (
      g_sequence_search (self->lists[list], NULL, compare_with_span, span));
}

void
kutip_finding_lists_append (KutipFindingLists *self, guint list, GArray *findings)
{
  GSequenceIter *at = g_sequence_get_begin_iter (self->lists[list]);

  for (; !g_sequence_iter_is_end (at); at = g_sequence_iter_next (at))
    {
      KutipFinding finding = to_finding (g_sequence_get (at));

      g_array_append_val (findings, finding);
    }
}

void
kutip_finding_lists_append_of (KutipFindingLists *self, const char *id, GArray *findings)
{
  GPtrArray *entries = g_hash_table_lookup (self->entries, id);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      KutipFinding finding = to_finding (g_ptr_array_index (entries, i));

      g_array_append_val (findings, finding);
    }
}
