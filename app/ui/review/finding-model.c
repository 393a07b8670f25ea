/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/finding-model.h"

#define MANY 32

/* Rows that come and go at once, and then with each step; and how many GtkListView makes
 * at the most, so that beyond them all may come and go. */
#define STEP 12
#define MOST_ROWS 220
/* Those that a pane draws, seen or about to be, come with a frame each time; what lies
 * beyond as soon as there is time. Milliseconds. */
#define DRAWN_ROWS 48
#define A_FRAME 16

struct _KutipFindingModel
{
  GObject parent_instance;

  KutipCheck *check;
  guint list;
  gulong handler;
  guint n_items;   /* as the listeners know it: all, or up to the limit */
  guint n_leaving; /* that they know behind these: of what was listed before */
  guint limit;
  guint growing; /* source: raises the limit, and takes away what is leaving */
  gboolean is_at_start;
  gboolean is_seen;
  GHashTable *items; /* key -> KutipFindingItem, not owned: an item leaves when it dies */
};

static void kutip_finding_model_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
    KutipFindingModel,
    kutip_finding_model,
    G_TYPE_OBJECT,
    G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kutip_finding_model_list_model_init))

/* A span may lack two links of different types: the name is part of what a finding is. */
static char *
make_key (const KutipFinding *finding)
{
  return g_strdup_printf ("%u %s %s", finding->kind, finding->id, finding->name);
}

static void
on_item_died (gpointer data, GObject *item)
{
  KutipFindingModel *self = data;
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (other == item)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

/* Only items that a view holds are known: some two hundred. */
static void
forget_items (KutipFindingModel *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (item, on_item_died, self);
  g_hash_table_remove_all (self->items);
}

static void
update_items (KutipFindingModel *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_ptr_array_add (items, g_object_ref (item));
  for (guint i = 0; i < items->len; i++)
    kutip_finding_item_update (g_ptr_array_index (items, i));
}

static guint
count (KutipFindingModel *self)
{
  return self->check != NULL ? kutip_check_count (self->check, self->list) : 0;
}

static guint
count_shown (KutipFindingModel *self)
{
  return MIN (count (self), self->limit);
}

/* Where many are exchanged for many, GtkSingleSelection would ask for each to find the
 * selected one among them: so they go first. */
static void
tell (KutipFindingModel *self, guint position, guint removed, guint added)
{
  if (removed > MANY && added > MANY)
    {
      self->n_items -= removed;
      g_list_model_items_changed (G_LIST_MODEL (self), position, removed, 0);
      removed = 0;
    }
  self->n_items += added - removed;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* What the limit lets through now, and did not before, in the place of what is leaving.
 */
static void
show_more (KutipFindingModel *self, guint limit)
{
  guint n = self->n_items;
  guint n_gone = MIN (self->n_leaving, STEP);

  self->limit = limit;
  self->n_leaving -= n_gone;
  /* As above. */
  if (n_gone > 0 && count_shown (self) > n + MANY)
    {
      g_list_model_items_changed (G_LIST_MODEL (self), n, n_gone, 0);
      n_gone = 0;
    }
  self->n_items = MAX (n, count_shown (self));
  if (self->n_items > n || n_gone > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n, n_gone, self->n_items - n);
}

static gboolean grow (gpointer data);

static void
go_on_growing (KutipFindingModel *self)
{
  self->growing = self->is_seen && self->limit < DRAWN_ROWS
                      ? g_timeout_add (A_FRAME, grow, self)
                      : g_idle_add (grow, self);
}

static gboolean
grow (gpointer data)
{
  KutipFindingModel *self = data;
  gboolean is_all =
      !self->is_seen || self->limit >= MOST_ROWS - STEP || self->limit >= count (self);
  guint limit = is_all ? G_MAXUINT : self->limit + STEP;
  gboolean is_last = is_all && self->n_leaving <= STEP;

  self->growing = 0;
  /* What nobody sees does not come, but goes. */
  show_more (self, self->is_seen ? limit : self->limit);
  if (!is_last && self->growing == 0)
    go_on_growing (self);
  return G_SOURCE_REMOVE;
}

static void
start_growing (KutipFindingModel *self)
{
  g_clear_handle_id (&self->growing, g_source_remove);
  self->limit = self->is_seen ? STEP : 0;
  if (self->is_seen || self->n_leaving > 0)
    go_on_growing (self);
}

/* What is leaving still goes at once, and apart: an item may be among what is listed,
 * too, and GtkListView knows none twice. */
static void
drop_leaving (KutipFindingModel *self)
{
  guint n = self->n_leaving;

  self->n_leaving = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), self->n_items, n, 0);
}

/* What is listed has rows, which go a few at a time as others come; what has none goes at
 * once. GTK takes a quarter of a frame to free two hundred rows. */
static void
let_leave (KutipFindingModel *self)
{
  guint n = self->n_items;

  self->n_items = 0;
  self->n_leaving = MIN (n, MOST_ROWS);
  if (n > self->n_leaving)
    g_list_model_items_changed (G_LIST_MODEL (self), self->n_leaving, n - self->n_leaving,
                                0);
}

static void
reset_at_once (KutipFindingModel *self)
{
  guint removed;

  drop_leaving (self);
  removed = self->n_items;
  start_growing (self);
  if (removed > 0 || count_shown (self) > 0)
    tell (self, 0, removed, count_shown (self));
}

static void
reset (KutipFindingModel *self)
{
  if (!self->is_at_start || self->n_items <= MANY)
    {
      reset_at_once (self);
      return;
    }
  drop_leaving (self);
  let_leave (self);
  start_growing (self);
  show_more (self, self->limit);
}

/* While not all is shown. */
static void
tell_within_limit (KutipFindingModel *self, guint position)
{
  guint n = self->n_items;

  if (position < n || n < count_shown (self))
    tell (self, MIN (position, n), n - MIN (position, n),
          count_shown (self) - MIN (position, n));
}

static void
on_items_changed (KutipCheck *check,
                  guint list,
                  guint position,
                  guint removed,
                  guint added,
                  KutipFindingModel *self)
{
  KutipFinding finding;
  g_autofree char *key = NULL;
  KutipFindingItem *item;

  if (list != self->list)
    return;
  /* Many changes at once, and which is not told. */
  if (removed > MANY || added > MANY)
    {
      reset (self);
      update_items (self);
      return;
    }
  if (removed > 0 || added > 0)
    {
      if (self->limit == G_MAXUINT)
        tell (self, position, removed, added);
      else
        tell_within_limit (self, position);
      if (removed > 0 && added > 0)
        update_items (self);
      return;
    }
  if (!kutip_check_get_nth (check, list, position, &finding))
    return;
  key = make_key (&finding);
  item = g_hash_table_lookup (self->items, key);
  if (item != NULL)
    kutip_finding_item_update (item);
}

static GType
kutip_finding_model_get_item_type (GListModel *model)
{
  return KUTIP_TYPE_FINDING_ITEM;
}

static guint
kutip_finding_model_get_n_items (GListModel *model)
{
  KutipFindingModel *self = KUTIP_FINDING_MODEL (model);

  return self->n_items + self->n_leaving;
}

/* Stands for what is leaving: each is another, as a list knows rows by them. */
static KutipFindingItem *
create_nothing (void)
{
  return kutip_finding_item_new (&(KutipFinding){ KUTIP_FINDING_ORPHAN, "", "" });
}

static gpointer
kutip_finding_model_get_item (GListModel *model, guint position)
{
  KutipFindingModel *self = KUTIP_FINDING_MODEL (model);
  g_autofree char *key = NULL;
  KutipFindingItem *item;
  KutipFinding finding;

  if (position >= self->n_items)
    return position < self->n_items + self->n_leaving ? create_nothing () : NULL;
  if (self->check == NULL ||
      !kutip_check_get_nth (self->check, self->list, position, &finding))
    return NULL;
  key = make_key (&finding);
  item = g_hash_table_lookup (self->items, key);
  if (item != NULL)
    return g_object_ref (item);
  item = kutip_finding_item_new (&finding);
  g_object_weak_ref (G_OBJECT (item), on_item_died, self);
  g_hash_table_insert (self->items, g_steal_pointer (&key), item);
  return item;
}

static void
kutip_finding_model_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = kutip_finding_model_get_item_type;
  interface->get_n_items = kutip_finding_model_get_n_items;
  interface->get_item = kutip_finding_model_get_item;
}

static void
kutip_finding_model_dispose (GObject *object)
{
  KutipFindingModel *self = KUTIP_FINDING_MODEL (object);

  if (self->check != NULL)
    g_clear_signal_handler (&self->handler, self->check);
  g_clear_object (&self->check);
  g_clear_handle_id (&self->growing, g_source_remove);
  forget_items (self);
  G_OBJECT_CLASS (kutip_finding_model_parent_class)->dispose (object);
}

static void
kutip_finding_model_finalize (GObject *object)
{
  g_hash_table_unref (KUTIP_FINDING_MODEL (object)->items);
  G_OBJECT_CLASS (kutip_finding_model_parent_class)->finalize (object);
}

static void
kutip_finding_model_class_init (KutipFindingModelClass *class)
{
  G_OBJECT_CLASS (class)->dispose = kutip_finding_model_dispose;
  G_OBJECT_CLASS (class)->finalize = kutip_finding_model_finalize;
}

static void
kutip_finding_model_init (KutipFindingModel *self)
{
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->limit = G_MAXUINT;
  self->is_seen = TRUE;
  self->is_at_start = TRUE;
}

KutipFindingModel *
kutip_finding_model_new (guint list)
{
  KutipFindingModel *self = g_object_new (KUTIP_TYPE_FINDING_MODEL, NULL);

  self->list = list;
  return self;
}

void
kutip_finding_model_set_check (KutipFindingModel *self, KutipCheck *check)
{
  g_return_if_fail (KUTIP_IS_FINDING_MODEL (self));

  if (check == self->check)
    return;
  if (self->check != NULL)
    g_clear_signal_handler (&self->handler, self->check);
  /* Of another document, the same ids are other findings. */
  forget_items (self);
  g_set_object (&self->check, check);
  if (check != NULL)
    self->handler =
        g_signal_connect (check, "items-changed", G_CALLBACK (on_items_changed), self);
  /* Rows are bound to more than their item: none is left of those. */
  reset_at_once (self);
}

void
kutip_finding_model_set_list (KutipFindingModel *self, guint list)
{
  g_return_if_fail (KUTIP_IS_FINDING_MODEL (self));
  g_return_if_fail (list < KUTIP_N_FINDING_LISTS);

  if (list == self->list)
    return;
  self->list = list;
  reset (self);
}

void
kutip_finding_model_set_seen (KutipFindingModel *self, gboolean seen)
{
  g_return_if_fail (KUTIP_IS_FINDING_MODEL (self));

  if (seen == self->is_seen)
    return;
  self->is_seen = seen;
  /* What is there stays: it may be seen again soon. */
  if (seen && self->limit != G_MAXUINT)
    {
      if (self->growing == 0)
        go_on_growing (self);
      show_more (self, MAX (self->limit, STEP));
    }
}

void
kutip_finding_model_set_at_start (KutipFindingModel *self, gboolean at_start)
{
  g_return_if_fail (KUTIP_IS_FINDING_MODEL (self));

  self->is_at_start = at_start;
}

gboolean
kutip_finding_model_is_listed (KutipFindingModel *self, guint position)
{
  g_return_val_if_fail (KUTIP_IS_FINDING_MODEL (self), FALSE);

  return position < self->n_items;
}

void
kutip_finding_model_reach (KutipFindingModel *self, guint position)
{
  g_return_if_fail (KUTIP_IS_FINDING_MODEL (self));

  if (position < self->n_items)
    return;
  if (position + STEP < MOST_ROWS)
    {
      show_more (self, position + STEP);
      return;
    }
  show_more (self, G_MAXUINT);
  if (self->n_leaving == 0)
    g_clear_handle_id (&self->growing, g_source_remove);
}

guint
kutip_finding_model_count (KutipFindingModel *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDING_MODEL (self), 0);

  return count (self);
}

guint
kutip_finding_model_get_list (KutipFindingModel *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDING_MODEL (self), 0);

  return self->list;
}

gboolean
kutip_finding_model_find (KutipFindingModel *self, const char *id, guint *position)
{
  g_return_val_if_fail (KUTIP_IS_FINDING_MODEL (self), FALSE);

  return self->check != NULL && kutip_check_find (self->check, self->list, id, position);
}
