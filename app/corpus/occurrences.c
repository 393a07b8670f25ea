/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/occurrences.h"

struct _KutipOccurrences
{
  GObject parent_instance;

  KutipConcordance *places;
  KutipSearchQuery *query; /* the last one; NULL before the first */
  GFile *folder;
  gboolean by_default;    /* whether those not in @exceptions are chosen */
  GHashTable *exceptions; /* set of KutipConcordanceLine, of any search for these words */
  guint n_chosen, n_marked;
};

enum
{
  PROP_N_CHOSEN = 1,
  PROP_N_MARKED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipOccurrences, kutip_occurrences, G_TYPE_OBJECT)

static void
set_counts (KutipOccurrences *self, guint n_chosen, guint n_marked)
{
  gboolean other_chosen = self->n_chosen != n_chosen;
  gboolean other_marked = self->n_marked != n_marked;

  self->n_chosen = n_chosen;
  self->n_marked = n_marked;
  if (other_marked)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_MARKED]);
  if (other_chosen)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_CHOSEN]);
}

/* Batches come at the end; only a new search takes places away, and then all. */
static void
on_items_changed (
    GListModel *places, guint position, guint removed, guint added, gpointer data)
{
  KutipOccurrences *self = data;
  guint n_chosen = removed > 0 ? 0 : self->n_chosen;
  guint n_marked = removed > 0 ? 0 : self->n_marked;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (KutipConcordanceLine) line = g_list_model_get_item (places, i);

      n_marked += kutip_concordance_line_is_covered (line) ? 1 : 0;
      n_chosen += kutip_occurrences_is_chosen (self, line) ? 1 : 0;
    }
  set_counts (self, n_chosen, n_marked);
}

static void
kutip_occurrences_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  KutipOccurrences *self = KUTIP_OCCURRENCES (object);

  switch (id)
    {
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

  kutip_concordance_stop (self->places);
  g_signal_handlers_disconnect_by_data (self->places, self);
  G_OBJECT_CLASS (kutip_occurrences_parent_class)->dispose (object);
}

static void
kutip_occurrences_finalize (GObject *object)
{
  KutipOccurrences *self = KUTIP_OCCURRENCES (object);

  g_object_unref (self->places);
  g_clear_object (&self->folder);
  kutip_search_query_free (self->query);
  g_hash_table_unref (self->exceptions);
  G_OBJECT_CLASS (kutip_occurrences_parent_class)->finalize (object);
}

static void
kutip_occurrences_class_init (KutipOccurrencesClass *class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = kutip_occurrences_get_property;
  object_class->dispose = kutip_occurrences_dispose;
  object_class->finalize = kutip_occurrences_finalize;
  props[PROP_N_CHOSEN] =
      g_param_spec_uint ("n-chosen", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_MARKED] =
      g_param_spec_uint ("n-marked", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHOSEN] = g_signal_new ("chosen", KUTIP_TYPE_OCCURRENCES, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_occurrences_init (KutipOccurrences *self)
{
  self->places = kutip_concordance_new ();
  self->by_default = TRUE;
  self->exceptions = g_hash_table_new_full (
      kutip_concordance_line_hash, kutip_concordance_line_equal, g_object_unref, NULL);
  g_signal_connect (self->places, "items-changed", G_CALLBACK (on_items_changed), self);
}

KutipOccurrences *
kutip_occurrences_new (void)
{
  return g_object_new (KUTIP_TYPE_OCCURRENCES, NULL);
}

KutipConcordance *
kutip_occurrences_get_places (KutipOccurrences *self)
{
  g_return_val_if_fail (KUTIP_IS_OCCURRENCES (self), NULL);
  return self->places;
}

/* Whether it finds the same places, whatever they are to be marked with. */
static gboolean
is_same_search (KutipOccurrences *self, const KutipSearchQuery *query, GFile *folder)
{
  const KutipSearchQuery *last = self->query;

  return last != NULL && g_strcmp0 (last->pattern, query->pattern) == 0 &&
         last->flags == query->flags &&
         (self->folder == folder || (self->folder != NULL && folder != NULL &&
                                     g_file_equal (self->folder, folder)));
}

static void
choose_by_default (KutipOccurrences *self, gboolean chosen)
{
  self->by_default = chosen;
  g_hash_table_remove_all (self->exceptions);
}

gboolean
kutip_occurrences_search (KutipOccurrences *self,
                          const KutipSearchQuery *query,
                          GFile *folder,
                          GPtrArray *files,
                          GError **error)
{
  g_return_val_if_fail (KUTIP_IS_OCCURRENCES (self), FALSE);
  g_return_val_if_fail (query != NULL && query->covering != NULL, FALSE);

  if (!is_same_search (self, query, folder))
    choose_by_default (self, TRUE);
  kutip_search_query_free (self->query);
  self->query = kutip_search_query_copy (query);
  g_set_object (&self->folder, folder);
  if (!kutip_search_query_check (query, error))
    {
      kutip_concordance_clear (self->places);
      return FALSE;
    }
  kutip_concordance_start (self->places, query, folder, files);
  return TRUE;
}

gboolean
kutip_occurrences_is_chosen (KutipOccurrences *self, KutipConcordanceLine *line)
{
  g_return_val_if_fail (KUTIP_IS_OCCURRENCES (self), FALSE);

  return !kutip_concordance_line_is_covered (line) &&
         self->by_default != g_hash_table_contains (self->exceptions, line);
}

void
kutip_occurrences_choose (KutipOccurrences *self,
                          KutipConcordanceLine *line,
                          gboolean chosen)
{
  g_return_if_fail (KUTIP_IS_OCCURRENCES (self));

  if (kutip_concordance_line_is_covered (line) ||
      kutip_occurrences_is_chosen (self, line) == chosen)
    return;
  if (chosen == self->by_default)
    g_hash_table_remove (self->exceptions, line);
  else
    g_hash_table_add (self->exceptions, g_object_ref (line));
  set_counts (self, chosen ? self->n_chosen + 1 : self->n_chosen - 1, self->n_marked);
  g_signal_emit (self, signals[CHOSEN], 0);
}

void
kutip_occurrences_choose_all (KutipOccurrences *self, gboolean chosen)
{
  guint n;

  g_return_if_fail (KUTIP_IS_OCCURRENCES (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->places));
  choose_by_default (self, chosen);
  set_counts (self, chosen ? n - self->n_marked : 0, self->n_marked);
  g_signal_emit (self, signals[CHOSEN], 0);
}

guint
kutip_occurrences_get_n_chosen (KutipOccurrences *self)
{
  g_return_val_if_fail (KUTIP_IS_OCCURRENCES (self), 0);
  return self->n_chosen;
}

GPtrArray *
kutip_occurrences_list_chosen (KutipOccurrences *self)
{
  GListModel *places;
  GPtrArray *chosen;

  g_return_val_if_fail (KUTIP_IS_OCCURRENCES (self), NULL);

  places = G_LIST_MODEL (self->places);
  chosen = g_ptr_array_new_full (self->n_chosen, g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (KutipConcordanceLine) line = g_list_model_get_item (places, i);

      if (kutip_occurrences_is_chosen (self, line))
        g_ptr_array_add (chosen, g_steal_pointer (&line));
    }
  return chosen;
}
