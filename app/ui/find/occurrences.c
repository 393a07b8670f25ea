/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/occurrences.h"

#include <string.h>

/* Code points on each side. */
#define REACH 60

typedef enum
{
  CHOSEN = 1 << 0,
  MARKED = 1 << 1,
} State;

struct _KutipOccurrences
{
  GObject parent_instance;

  KutipDocument *document;
  GCancellable *searching; /* NULL when none is under way */
  GArray *ranges;          /* KutipRange */
  GByteArray *states;      /* of each range */
  GHashTable *shown;       /* position -> KutipOccurrence, not owned: those alive */
  guint generation;        /* counts the lists that were */
  guint n_chosen, n_marked;
  GError *error;
};

struct _KutipOccurrence
{
  GObject parent_instance;

  KutipOccurrences *owner;
  guint position, generation;
  KutipRange range;
  State state;
  KutipContext context; /* empty until it is asked for */
};

enum
{
  PROP_BUSY = 1,
  PROP_N_CHOSEN,
  PROP_N_MARKED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  PROP_CHOSEN = 1,
  N_OCCURRENCE_PROPS
};

static GParamSpec *occurrence_props[N_OCCURRENCE_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (KutipOccurrence, kutip_occurrence, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (KutipOccurrences,
                               kutip_occurrences,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
set_n_chosen (KutipOccurrences *self, guint n)
{
  if (self->n_chosen == n)
    return;
  self->n_chosen = n;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_CHOSEN]);
}

/* A list of before is not changed by what is still shown of it. */
static void
set_chosen (KutipOccurrence *self, gboolean chosen)
{
  KutipOccurrences *owner = self->owner;
  State state = chosen ? CHOSEN : 0;

  if ((self->state & MARKED) != 0 || self->state == state)
    return;
  self->state = state;
  if (self->generation == owner->generation)
    {
      owner->states->data[self->position] = (guint8) state;
      set_n_chosen (owner, chosen ? owner->n_chosen + 1 : owner->n_chosen - 1);
    }
  g_object_notify_by_pspec (G_OBJECT (self), occurrence_props[PROP_CHOSEN]);
}

static void
occurrence_set_property (GObject *object,
                         guint id,
                         const GValue *value,
                         GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    set_chosen (KUTIP_OCCURRENCE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
occurrence_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    g_value_set_boolean (value, (KUTIP_OCCURRENCE (object)->state & CHOSEN) != 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_occurrence_finalize (GObject *object)
{
  KutipOccurrence *self = KUTIP_OCCURRENCE (object);

  if (self->generation == self->owner->generation)
    g_hash_table_remove (self->owner->shown, GUINT_TO_POINTER (self->position));
  g_object_unref (self->owner);
  kutip_context_clear (&self->context);
  G_OBJECT_CLASS (kutip_occurrence_parent_class)->finalize (object);
}

static void
kutip_occurrence_class_init (KutipOccurrenceClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->set_property = occurrence_set_property;
  object_class->get_property = occurrence_get_property;
  object_class->finalize = kutip_occurrence_finalize;
  occurrence_props[PROP_CHOSEN] = g_param_spec_boolean (
      "chosen", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_OCCURRENCE_PROPS, occurrence_props);
}

static void
kutip_occurrence_init (KutipOccurrence *self)
{
}

const KutipContext *
kutip_occurrence_get_context (KutipOccurrence *self)
{
  if (self->context.match == NULL)
    kutip_context_take (&self->context, kutip_document_get_text (self->owner->document),
                        self->range, REACH);
  return &self->context;
}

KutipRange
kutip_occurrence_get_range (KutipOccurrence *self)
{
  return self->range;
}

gboolean
kutip_occurrence_is_marked (KutipOccurrence *self)
{
  return (self->state & MARKED) != 0;
}

/* What the thread works on, and what it finds. */
typedef struct
{
  KutipText *text;
  KutipLayer *layer; /* a snapshot */
  char *pattern;
  KutipFindFlags flags;
  const char *label; /* interned */
  GArray *ranges;
  GByteArray *states;
} Search;

static void
free_search (gpointer data)
{
  Search *search = data;

  kutip_text_unref (search->text);
  g_object_unref (search->layer);
  g_free (search->pattern);
  g_clear_pointer (&search->ranges, g_array_unref);
  g_clear_pointer (&search->states, g_byte_array_unref);
  g_free (search);
}

typedef struct
{
  KutipRange range;
  const char *label;
  gboolean covered;
} Place;

/* As kutip_reshape_mark_all() sees it. */
static gboolean
covers_place (KutipSpan *span, gpointer data)
{
  Place *place = data;

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    if (kutip_span_get_label (span) == place->label &&
        kutip_range_contains (kutip_span_get_ranges (span)[i], place->range))
      place->covered = TRUE;
  return !place->covered;
}

static void
search_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;
  GError *error = NULL;

  search->ranges =
      kutip_find_all (search->text, search->pattern, search->flags, cancellable, &error);
  if (search->ranges == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  search->states = g_byte_array_sized_new (search->ranges->len);
  for (guint i = 0; i < search->ranges->len; i++)
    {
      Place place = { g_array_index (search->ranges, KutipRange, i), search->label,
                      FALSE };
      guint8 state;

      kutip_layer_foreach_span_in (search->layer, place.range, covers_place, &place);
      state = place.covered ? MARKED : CHOSEN;
      g_byte_array_append (search->states, &state, 1);
    }
  g_task_return_boolean (task, TRUE);
}

static gboolean
is_same_list (KutipOccurrences *self, GArray *ranges)
{
  return self->ranges->len == ranges->len &&
         (ranges->len == 0 || memcmp (self->ranges->data, ranges->data,
                                      ranges->len * sizeof (KutipRange)) == 0);
}

/* Only the states are others: what a person left out stays left out. */
static void
keep_left_out (KutipOccurrences *self, GByteArray *states)
{
  for (guint i = 0; i < states->len; i++)
    if (self->states->data[i] == 0)
      states->data[i] &= (guint8) ~CHOSEN;
}

static void
count (KutipOccurrences *self)
{
  guint n_chosen = 0;
  guint n_marked = 0;

  for (guint i = 0; i < self->states->len; i++)
    {
      n_chosen += (self->states->data[i] & CHOSEN) != 0;
      n_marked += (self->states->data[i] & MARKED) != 0;
    }
  self->n_marked = n_marked;
  self->n_chosen = n_chosen;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_MARKED]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_CHOSEN]);
}

static void
replace (KutipOccurrences *self, GArray *ranges, GByteArray *states)
{
  guint n_before = self->ranges->len;

  if (is_same_list (self, ranges))
    keep_left_out (self, states);
  g_array_unref (self->ranges);
  g_byte_array_unref (self->states);
  self->ranges = g_array_ref (ranges);
  self->states = g_byte_array_ref (states);
  self->generation++;
  g_hash_table_remove_all (self->shown);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, ranges->len);
  count (self);
}

static void
search_done (GObject *source, GAsyncResult *result, gpointer data)
{
  KutipOccurrences *self = KUTIP_OCCURRENCES (source);
  Search *search = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean found = g_task_propagate_boolean (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->searching)
    return;
  g_clear_object (&self->searching);
  g_clear_error (&self->error);
  if (found)
    replace (self, search->ranges, search->states);
  else
    {
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (KutipRange));
      g_autoptr (GByteArray) no_states = g_byte_array_new ();

      self->error = g_steal_pointer (&error);
      replace (self, none, no_states);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

void
kutip_occurrences_search (KutipOccurrences *self,
                          const char *pattern,
                          KutipFindFlags flags,
                          const char *label)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_return_if_fail (KUTIP_IS_OCCURRENCES (self));
  g_return_if_fail (pattern != NULL && label != NULL);

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  search = g_new0 (Search, 1);
  search->text = kutip_text_ref (kutip_document_get_text (self->document));
  search->layer = kutip_layer_snapshot (kutip_document_get_layer (self->document));
  search->pattern = g_strdup (pattern);
  search->flags = flags;
  search->label = g_intern_string (label);
  self->searching = g_cancellable_new ();
  task = g_task_new (self, self->searching, search_done, NULL);
  g_task_set_source_tag (task, kutip_occurrences_search);
  g_task_set_task_data (task, search, free_search);
  g_task_run_in_thread (task, search_in_thread);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

void
kutip_occurrences_choose_all (KutipOccurrences *self, gboolean chosen)
{
  GHashTableIter iter;
  gpointer occurrence;

  g_return_if_fail (KUTIP_IS_OCCURRENCES (self));

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, NULL, &occurrence))
    set_chosen (occurrence, chosen);
  for (guint i = 0; i < self->states->len; i++)
    if ((self->states->data[i] & MARKED) == 0)
      self->states->data[i] = chosen ? CHOSEN : 0;
  count (self);
}

guint
kutip_occurrences_get_n_chosen (KutipOccurrences *self)
{
  g_return_val_if_fail (KUTIP_IS_OCCURRENCES (self), 0);
  return self->n_chosen;
}

GArray *
kutip_occurrences_list_chosen (KutipOccurrences *self)
{
  GArray *chosen;

  g_return_val_if_fail (KUTIP_IS_OCCURRENCES (self), NULL);

  chosen = g_array_sized_new (FALSE, FALSE, sizeof (KutipRange), self->n_chosen);
  for (guint i = 0; i < self->states->len; i++)
    if ((self->states->data[i] & CHOSEN) != 0)
      g_array_append_val (chosen, g_array_index (self->ranges, KutipRange, i));
  return chosen;
}

const GError *
kutip_occurrences_get_error (KutipOccurrences *self)
{
  g_return_val_if_fail (KUTIP_IS_OCCURRENCES (self), NULL);
  return self->error;
}

static GType
get_item_type (GListModel *model)
{
  return KUTIP_TYPE_OCCURRENCE;
}

static guint
get_n_items (GListModel *model)
{
  return KUTIP_OCCURRENCES (model)->ranges->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  KutipOccurrences *self = KUTIP_OCCURRENCES (model);
  KutipOccurrence *item;

  if (position >= self->ranges->len)
    return NULL;
  item = g_hash_table_lookup (self->shown, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);
  item = g_object_new (KUTIP_TYPE_OCCURRENCE, NULL);
  item->owner = g_object_ref (self);
  item->position = position;
  item->generation = self->generation;
  item->range = g_array_index (self->ranges, KutipRange, position);
  item->state = self->states->data[position];
  g_hash_table_insert (self->shown, GUINT_TO_POINTER (position), item);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipOccurrences *self = KUTIP_OCCURRENCES (object);

  switch (id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, self->searching != NULL);
      break;
    case PROP_N_CHOSEN:
      g_value_set_uint (value, self->n_chosen);
      break;
    case PROP_N_MARKED:
      g_value_set_uint (value, self->n_marked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
kutip_occurrences_dispose (GObject *object)
{
  KutipOccurrences *self = KUTIP_OCCURRENCES (object);

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  G_OBJECT_CLASS (kutip_occurrences_parent_class)->dispose (object);
}

static void
kutip_occurrences_finalize (GObject *object)
{
  KutipOccurrences *self = KUTIP_OCCURRENCES (object);

  g_object_unref (self->document);
  g_array_unref (self->ranges);
  g_byte_array_unref (self->states);
  g_hash_table_unref (self->shown);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (kutip_occurrences_parent_class)->finalize (object);
}

static void
kutip_occurrences_class_init (KutipOccurrencesClass *class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = get_property;
  object_class->dispose = kutip_occurrences_dispose;
  object_class->finalize = kutip_occurrences_finalize;
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  props[PROP_N_CHOSEN] =
      g_param_spec_uint ("n-chosen", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_MARKED] =
      g_param_spec_uint ("n-marked", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kutip_occurrences_init (KutipOccurrences *self)
{
  self->ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  self->states = g_byte_array_new ();
  self->shown = g_hash_table_new (NULL, NULL);
}

KutipOccurrences *
kutip_occurrences_new (KutipDocument *document)
{
  KutipOccurrences *self = g_object_new (KUTIP_TYPE_OCCURRENCES, NULL);

  self->document = g_object_ref (document);
  return self;
}
