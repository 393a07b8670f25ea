/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/finding-lists.h"

#include "model/id-map.h"
#include "model/id.h"
#include "model/order-tree.h"

/* Lists that one finding may be in: of its kind, and those of several kinds. */
#define MAX_PLACES 3

typedef struct _Group Group;

/* A finding in the lists. */
typedef struct
{
  Group *group;
  KutipFindingKind kind;
  guint rank; /* among those of its id */
  const char *name;
} Entry;

/* What was found at one id. What it is sorted by stays with it, so that a list is in
 * order at any time while a change is followed. Never changed: copies of the lists share
 * it. */
struct _Group
{
  gatomicrefcount ref_count;
  KutipSpan *span;         /* owned, or NULL */
  KutipRelation *relation; /* owned, or NULL */
  guint n_entries;
  Entry entries[];
};

struct _KutipFindingLists
{
  KutipOrderTree lists[KUTIP_N_FINDING_LISTS]; /* of Entry, each holding its group */
  KutipIdMap groups;
  KutipFindingListFunc func;
  gpointer data;

  gboolean is_many;
  gboolean touched[KUTIP_N_FINDING_LISTS];
  guint before[KUTIP_N_FINDING_LISTS]; /* how many there were when many began */
  /* What is put into lists that were empty when many began is sorted at the end: Entry,
   * borrowed; NULL else. */
  GPtrArray *gathered[KUTIP_N_FINDING_LISTS];
};

static const char *
get_group_id (gpointer item)
{
  const Group *group = item;

  return group->relation != NULL ? kutip_relation_get_id (group->relation)
                                 : kutip_span_get_id (group->span);
}

static gpointer
ref_group (gpointer item)
{
  g_atomic_ref_count_inc (&((Group *) item)->ref_count);
  return item;
}

static void
unref_group (gpointer item)
{
  Group *group = item;

  if (!g_atomic_ref_count_dec (&group->ref_count))
    return;
  g_clear_pointer (&group->span, kutip_span_unref);
  g_clear_pointer (&group->relation, kutip_relation_unref);
  g_free (group);
}

static const KutipIdMapClass group_class = {
  .get_id = get_group_id,
  .ref = ref_group,
  .unref = unref_group,
  .hash = kutip_id_hash,
};

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

/* A relation stands behind the span it begins at; one that begins nowhere, at the end. */
static int
compare_groups (const Group *a, const Group *b)
{
  int order = 0;

  if (a->span == NULL || b->span == NULL)
    order = (a->span == NULL) - (b->span == NULL);
  else if (a->span != b->span)
    order = kutip_span_compare (a->span, b->span);
  if (order == 0)
    order = (a->relation != NULL) - (b->relation != NULL);
  return order != 0 ? order
                    : kutip_id_compare (get_group_id ((gpointer) a),
                                        get_group_id ((gpointer) b));
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;
  int order = x->group != y->group ? compare_groups (x->group, y->group) : 0;

  return order != 0 ? order : (x->rank > y->rank) - (x->rank < y->rank);
}

/* What needs a person most comes first; the kinds are numbered so. */
static int
compare_for_review (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return compare_entries (a, b);
}

static void
ref_entry (gpointer item)
{
  ref_group (((Entry *) item)->group);
}

static void
unref_entry (gpointer item)
{
  unref_group (((Entry *) item)->group);
}

static const KutipOrderTreeClass list_class = { compare_entries, ref_entry, unref_entry };
static const KutipOrderTreeClass review_class = { compare_for_review, ref_entry,
                                                  unref_entry };

static void
tell (KutipFindingLists *self, guint list, guint position, guint removed, guint added)
{
  self->touched[list] = TRUE;
  if (!self->is_many && self->func != NULL)
    self->func (list, position, removed, added, self->data);
}

/* Nobody asks for it when many are told as one. */
static guint
find_position (KutipFindingLists *self, guint list, const Entry *entry)
{
  return self->is_many ? 0 : kutip_order_tree_get_position (&self->lists[list], entry);
}

static void
insert (KutipFindingLists *self, Entry *entry)
{
  guint lists[MAX_PLACES];
  guint n = get_lists (entry->kind, lists);

  for (guint i = 0; i < n; i++)
    {
      if (self->gathered[lists[i]] != NULL)
        g_ptr_array_add (self->gathered[lists[i]], entry);
      else
        kutip_order_tree_add (&self->lists[lists[i]], entry);
      tell (self, lists[i], find_position (self, lists[i], entry), 0, 1);
    }
}

static void
take_out (KutipFindingLists *self, const Entry *entry)
{
  guint lists[MAX_PLACES];
  guint n = get_lists (entry->kind, lists);

  for (guint i = 0; i < n; i++)
    {
      guint position = find_position (self, lists[i], entry);

      kutip_order_tree_remove (&self->lists[lists[i]], entry);
      tell (self, lists[i], position, 1, 0);
    }
}

/* What stays where it is keeps its row. */
static void
refresh (KutipFindingLists *self, Entry *entry)
{
  guint lists[MAX_PLACES];
  guint n = get_lists (entry->kind, lists);

  for (guint i = 0; i < n; i++)
    {
      kutip_order_tree_replace (&self->lists[lists[i]], entry);
      tell (self, lists[i], find_position (self, lists[i], entry), 0, 0);
    }
}

static gboolean
is_same (const Group *old, const Group *group)
{
  if (old->n_entries != group->n_entries || compare_groups (old, group) != 0)
    return FALSE;
  for (guint i = 0; i < group->n_entries; i++)
    if (old->entries[i].kind != group->entries[i].kind ||
        old->entries[i].name != group->entries[i].name)
      return FALSE;
  return TRUE;
}

static Group *
create_group (KutipSpan *span,
              KutipRelation *relation,
              const KutipFound *found,
              guint n_found)
{
  Group *group = g_malloc0 (sizeof *group + n_found * sizeof (Entry));

  g_atomic_ref_count_init (&group->ref_count);
  group->span = span != NULL ? kutip_span_ref (span) : NULL;
  group->relation = relation != NULL ? kutip_relation_ref (relation) : NULL;
  group->n_entries = n_found;
  for (guint i = 0; i < n_found; i++)
    group->entries[i] = (Entry){ group, found[i].kind, i, found[i].name };
  return group;
}

KutipFindingLists *
kutip_finding_lists_new (KutipFindingListFunc func, gpointer data)
{
  KutipFindingLists *self = g_new0 (KutipFindingLists, 1);

  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    kutip_order_tree_init (&self->lists[i],
                           i == KUTIP_FINDINGS_TO_REVIEW ? &review_class : &list_class);
  kutip_id_map_init (&self->groups, &group_class);
  self->func = func;
  self->data = data;
  return self;
}

KutipFindingLists *
kutip_finding_lists_copy (KutipFindingLists *self,
                          KutipFindingListFunc func,
                          gpointer data)
{
  KutipFindingLists *copy = g_new0 (KutipFindingLists, 1);

  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    kutip_order_tree_init_copy (&copy->lists[i], &self->lists[i]);
  kutip_id_map_init_copy (&copy->groups, &self->groups);
  copy->func = func;
  copy->data = data;
  return copy;
}

void
kutip_finding_lists_free (KutipFindingLists *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    {
      kutip_order_tree_clear (&self->lists[i]);
      g_clear_pointer (&self->gathered[i], g_ptr_array_unref);
    }
  kutip_id_map_clear (&self->groups);
  g_free (self);
}

void
kutip_finding_lists_exchange (KutipFindingLists *self, KutipFindingLists *copy)
{
  KutipIdMap groups = self->groups;

  kutip_finding_lists_begin_many (self);
  self->groups = copy->groups;
  copy->groups = groups;
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    {
      KutipOrderTree list = self->lists[i];

      self->lists[i] = copy->lists[i];
      copy->lists[i] = list;
      self->touched[i] = copy->touched[i];
    }
  kutip_finding_lists_end_many (self);
}

void
kutip_finding_lists_set (KutipFindingLists *self,
                         const char *id,
                         KutipSpan *span,
                         KutipRelation *relation,
                         const KutipFound *found,
                         guint n_found)
{
  Group *present = kutip_id_map_lookup (&self->groups, id);
  Group *old = present != NULL ? ref_group (present) : NULL;
  Group *group = n_found > 0 ? create_group (span, relation, found, n_found) : NULL;

  if (group != NULL)
    kutip_id_map_set (&self->groups, group);
  else if (old != NULL)
    kutip_id_map_remove (&self->groups, id);

  if (old != NULL && group != NULL && is_same (old, group))
    for (guint i = 0; i < n_found; i++)
      refresh (self, &group->entries[i]);
  else
    {
      for (guint i = 0; old != NULL && i < old->n_entries; i++)
        take_out (self, &old->entries[i]);
      for (guint i = 0; i < n_found; i++)
        insert (self, &group->entries[i]);
    }
  g_clear_pointer (&group, unref_group);
  g_clear_pointer (&old, unref_group);
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
    if (self->gathered[i] != NULL)
      {
        kutip_order_tree_fill (&self->lists[i], self->gathered[i]);
        g_clear_pointer (&self->gathered[i], g_ptr_array_unref);
      }
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    if (self->touched[i])
      tell (self, i, 0, self->before[i], kutip_finding_lists_count (self, i));
}

void
kutip_finding_lists_clear (KutipFindingLists *self)
{
  kutip_id_map_clear (&self->groups);
  kutip_id_map_init (&self->groups, &group_class);
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    {
      guint n = kutip_finding_lists_count (self, i);

      kutip_order_tree_clear (&self->lists[i]);
      if (n > 0)
        tell (self, i, 0, n, 0);
      if (self->is_many && self->gathered[i] == NULL)
        self->gathered[i] = g_ptr_array_new ();
    }
}

guint
kutip_finding_lists_count (KutipFindingLists *self, guint list)
{
  g_return_val_if_fail (list < KUTIP_N_FINDING_LISTS, 0);

  return kutip_order_tree_get_n (&self->lists[list]);
}

static KutipFinding
to_finding (const Entry *entry)
{
  return (KutipFinding){ entry->kind, get_group_id (entry->group), entry->name };
}

gboolean
kutip_finding_lists_get_nth (KutipFindingLists *self,
                             guint list,
                             guint position,
                             KutipFinding *finding)
{
  const Entry *entry = kutip_order_tree_get_nth (&self->lists[list], position);

  if (entry == NULL)
    return FALSE;
  *finding = to_finding (entry);
  return TRUE;
}

gboolean
kutip_finding_lists_find (KutipFindingLists *self,
                          guint list,
                          const char *id,
                          guint *position)
{
  const Group *group = kutip_id_map_lookup (&self->groups, id);

  for (guint i = 0; group != NULL && i < group->n_entries; i++)
    {
      const Entry *entry = &group->entries[i];
      guint lists[MAX_PLACES];
      guint n = get_lists (entry->kind, lists);

      for (guint j = 0; j < n; j++)
        if (lists[j] == list)
          {
            *position = kutip_order_tree_get_position (&self->lists[list], entry);
            return TRUE;
          }
    }
  return FALSE;
}

/* The span itself stands before its findings. */
static gboolean
is_before (gconstpointer item, gconstpointer span)
{
  KutipSpan *own = ((const Entry *) item)->group->span;

  return own != NULL && kutip_span_compare (own, (KutipSpan *) span) < 0;
}

guint
kutip_finding_lists_count_before (KutipFindingLists *self, guint list, KutipSpan *span)
{
  g_return_val_if_fail (list < KUTIP_N_FINDING_LISTS, 0);

  return kutip_order_tree_count_before (&self->lists[list], is_before, span);
}

static void
append_finding (gpointer entry, gpointer findings)
{
  KutipFinding finding = to_finding (entry);

  g_array_append_val (findings, finding);
}

void
kutip_finding_lists_append (KutipFindingLists *self, guint list, GArray *findings)
{
  kutip_order_tree_foreach (&self->lists[list], append_finding, findings);
}

void
kutip_finding_lists_append_of (KutipFindingLists *self, const char *id, GArray *findings)
{
  Group *group = kutip_id_map_lookup (&self->groups, id);

  for (guint i = 0; group != NULL && i < group->n_entries; i++)
    append_finding (&group->entries[i], findings);
}
