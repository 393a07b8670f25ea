/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-model.h"

#include "ui/sidebar/passed-spans.h"
#include "ui/sidebar/span-catch-up.h"
#include "ui/sidebar/span-items.h"

/* Above this number of edits one "all is new" is cheaper for everybody than telling each.
 */
#define MAX_EDITS_TOLD 200

/* Up to so many rows are exchanged at once. */
#define FEW_ROWS 50

/* How long one slice of filtering or catching up may take: an eighth of a frame. */
#define SLICE_USEC 2000

struct _KutipSpanModel
{
  GObject parent_instance;

  KutipDocument *document;
  GSignalGroup *document_signals;
  KutipSpanItems *items;
  guint n_items; /* as the listeners know it */
  guint64 state; /* the document's, when it was last looked at */

  /* While a change is being told, piece by piece: the listeners are still to see what the
   * splices from
   * @n_told on removed, and not yet what they added. */
  GArray *splices;
  guint n_told;

  /* After a change of very many spans, until all of it has been told: what the listeners
   * see. NULL else. */
  KutipSpanCatchUp *catch_up;
  guint catch_up_source;
  /* The same before that, while the filter still looks at what has changed. */
  KutipSpanSequence *shown;

  KutipSpanFilter *filter;  /* NULL: all pass */
  KutipPassedSpans *passed; /* NULL without a filter or a document */
  guint filter_source;
};

enum
{
  PROP_DOCUMENT = 1,
  PROP_N_ITEMS,
  PROP_FILTERED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void kutip_span_model_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KutipSpanModel,
                               kutip_span_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      kutip_span_model_list_model_init))

static KutipLayer *
get_layer (KutipSpanModel *self)
{
  return self->document != NULL ? kutip_document_get_layer (self->document) : NULL;
}

static guint
get_n_spans (KutipSpanModel *self)
{
  return self->document != NULL ? kutip_layer_get_n_spans (get_layer (self)) : 0;
}

static void
tell (KutipSpanModel *self, guint position, guint n_removed, guint n_added)
{
  if (n_removed == 0 && n_added == 0)
    return;

  self->n_items += n_added - n_removed;
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  if (n_removed != n_added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
tell_splices (KutipSpanModel *self, GArray *splices)
{
  self->splices = splices;
  self->n_told = 0;
  while (self->n_told < splices->len)
    {
      KutipSplice *splice = &g_array_index (splices, KutipSplice, self->n_told++);

      tell (self, splice->position, splice->removed->len, splice->n_added);
    }
  self->splices = NULL;
}

static void
stop_catching_up (KutipSpanModel *self)
{
  g_clear_handle_id (&self->catch_up_source, g_source_remove);
  g_clear_pointer (&self->catch_up, kutip_span_catch_up_free);
  g_clear_pointer (&self->shown, kutip_span_sequence_free);
}

static gboolean
on_idle_catch_up (gpointer data)
{
  KutipSpanModel *self = data;
  gint64 end = g_get_monotonic_time () + SLICE_USEC;
  KutipSpanPiece piece;
  gboolean more;

  g_object_freeze_notify (G_OBJECT (self));
  do
    {
      more = kutip_span_catch_up_step (self->catch_up, &piece);
      if (more)
        tell (self, piece.position, piece.n_removed, piece.n_added);
    }
  while (more && g_get_monotonic_time () < end);
  if (!more)
    {
      stop_catching_up (self);
      kutip_span_items_renew (self->items, get_layer (self));
      /* Also when there are as many: it is known only now. */
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
    }
  g_object_thaw_notify (G_OBJECT (self));
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* What is shown now goes on from here; @before: the layer that it is of, unless it has
 * been catching up. */
static KutipSpanSequence *
take_shown (KutipSpanModel *self, KutipLayer *before)
{
  g_clear_handle_id (&self->catch_up_source, g_source_remove);
  if (self->catch_up != NULL)
    return kutip_span_catch_up_freeze (g_steal_pointer (&self->catch_up));
  if (self->shown != NULL)
    return g_steal_pointer (&self->shown);
  if (self->passed != NULL)
    return kutip_span_sequence_new_some (
        g_object_ref (before),
        g_ptr_array_ref (kutip_passed_spans_get_list (self->passed)));
  return kutip_span_sequence_new_layer (g_object_ref (before));
}

/* The rows that are shown, and those around, stay where their spans do. */
static void
go_to (KutipSpanModel *self, KutipSpanSequence *shown, KutipSpanSequence *after)
{
  g_autoptr (GPtrArray) held = kutip_span_items_list (self->items);

  self->catch_up = kutip_span_catch_up_new (shown, after, held);
  self->catch_up_source = g_idle_add (on_idle_catch_up, self);
}

static void
on_passed_spliced (guint position, guint n_removed, guint n_added, gpointer data)
{
  tell (data, position, n_removed, n_added);
}

/* The list does not change while it is gone to: see follow_few(). */
static void
go_to_passed (KutipSpanModel *self)
{
  GPtrArray *passed = kutip_passed_spans_get_list (self->passed);

  go_to (self, g_steal_pointer (&self->shown),
         kutip_span_sequence_new_some (kutip_layer_snapshot (get_layer (self)),
                                       g_ptr_array_ref (passed)));
}

static gboolean
on_idle_filter (gpointer data)
{
  KutipSpanModel *self = data;
  guint n_passed = kutip_passed_spans_get_n (self->passed);
  gboolean more = kutip_passed_spans_look (self->passed, SLICE_USEC);

  if (!more)
    self->filter_source = 0;
  if (self->shown == NULL)
    tell (self, n_passed, 0, kutip_passed_spans_get_n (self->passed) - n_passed);
  else if (!more)
    go_to_passed (self);
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
start_looking (KutipSpanModel *self)
{
  g_clear_pointer (&self->passed, kutip_passed_spans_free);
  self->passed = kutip_passed_spans_new (
      self->filter, kutip_document_get_text (self->document), get_layer (self));
}

/* To what the layer is and the filter lets pass. */
static void
go_on_from (KutipSpanModel *self, KutipSpanSequence *shown)
{
  if (self->filter == NULL)
    {
      go_to (self, shown,
             kutip_span_sequence_new_layer (kutip_layer_snapshot (get_layer (self))));
      return;
    }
  self->shown = shown;
  start_looking (self);
  if (self->filter_source == 0)
    self->filter_source = g_idle_add (on_idle_filter, self);
}

/* Very many spans have changed, or some while it was still being told that. */
static void
start_catching_up (KutipSpanModel *self, KutipLayer *before)
{
  go_on_from (self, take_shown (self, before));
}

/* Everything anew: another document, another filter, or too many edits to tell. */
static void
start_over (KutipSpanModel *self)
{
  guint n_items = get_n_spans (self);

  stop_catching_up (self);
  g_clear_handle_id (&self->filter_source, g_source_remove);
  g_clear_pointer (&self->passed, kutip_passed_spans_free);
  if (self->filter != NULL && self->document != NULL)
    {
      start_looking (self);
      if (kutip_passed_spans_look (self->passed, SLICE_USEC))
        self->filter_source = g_idle_add (on_idle_filter, self);
      n_items = kutip_passed_spans_get_n (self->passed);
    }
  tell (self, 0, self->n_items, n_items);
}

static void
touch_edited (KutipSpanModel *self, const KutipEdit *edit)
{
  KutipRelation *const relations[] = { edit->before, edit->after };

  if (edit->kind == KUTIP_EDIT_SPAN)
    kutip_span_items_touch (
        self->items, get_layer (self),
        kutip_span_get_id (edit->before != NULL ? edit->before : edit->after));
  else if (edit->kind == KUTIP_EDIT_RELATION)
    for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
      if (relations[i] != NULL)
        {
          kutip_span_items_touch (self->items, get_layer (self),
                                  kutip_relation_get_from (relations[i]));
          kutip_span_items_touch (self->items, get_layer (self),
                                  kutip_relation_get_to (relations[i]));
        }
}

static void
ignore_splice (guint position, guint n_removed, guint n_added, gpointer data)
{
}

/* Few spans have changed. */
static void
follow_few (KutipSpanModel *self, KutipChange *change)
{
  g_autoptr (GArray) splices = NULL;

  if (self->catch_up != NULL)
    {
      start_catching_up (self, NULL);
      return;
    }
  splices = kutip_span_splices_new (get_layer (self), change);
  if (self->passed == NULL)
    tell_splices (self, splices);
  else
    kutip_passed_spans_splice (self->passed, splices,
                               self->shown != NULL ? ignore_splice : on_passed_spliced,
                               self);
}

static void
on_document_changed (KutipDocument *document,
                     KutipChange *change,
                     KutipDirection direction,
                     gpointer data)
{
  KutipSpanModel *self = data;
  KutipLayer *before = kutip_document_get_before (document);
  guint n_edits = kutip_change_get_n_edits (change);

  self->state = kutip_document_get_state (document);
  if (n_edits > MAX_EDITS_TOLD)
    {
      if (before != NULL || kutip_span_model_is_catching_up (self))
        start_catching_up (self, before);
      else
        start_over (self);
      kutip_span_items_touch_all (self->items, get_layer (self));
      return;
    }

  follow_few (self, change);
  for (guint i = 0; i < n_edits; i++)
    touch_edited (self, kutip_change_get_nth_edit (change, i));
}

static void
on_document_notify_tagset (KutipDocument *document, GParamSpec *pspec, gpointer data)
{
  KutipSpanModel *self = data;

  kutip_span_items_touch_all (self->items, get_layer (self));
}

static GType
kutip_span_model_get_item_type (GListModel *model)
{
  return KUTIP_TYPE_SPAN_ITEM;
}

static guint
kutip_span_model_get_n_items (GListModel *model)
{
  return KUTIP_SPAN_MODEL (model)->n_items;
}

static gpointer
kutip_span_model_get_item (GListModel *model, guint position)
{
  KutipSpanModel *self = KUTIP_SPAN_MODEL (model);
  KutipSpan *span = kutip_span_model_get_nth_span (self, position);

  return span != NULL ? kutip_span_items_take (self->items, span) : NULL;
}

static void
kutip_span_model_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = kutip_span_model_get_item_type;
  interface->get_n_items = kutip_span_model_get_n_items;
  interface->get_item = kutip_span_model_get_item;
}

static void
kutip_span_model_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  KutipSpanModel *self = KUTIP_SPAN_MODEL (object);

  switch (id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_items);
      break;
    case PROP_FILTERED:
      g_value_set_boolean (value, self->filter != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_span_model_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DOCUMENT:
      kutip_span_model_set_document (KUTIP_SPAN_MODEL (object),
                                     g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_span_model_dispose (GObject *object)
{
  KutipSpanModel *self = KUTIP_SPAN_MODEL (object);

  stop_catching_up (self);
  g_clear_handle_id (&self->filter_source, g_source_remove);
  g_clear_pointer (&self->passed, kutip_passed_spans_free);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (kutip_span_model_parent_class)->dispose (object);
}

static void
kutip_span_model_finalize (GObject *object)
{
  KutipSpanModel *self = KUTIP_SPAN_MODEL (object);

  g_clear_pointer (&self->items, kutip_span_items_free);
  g_clear_pointer (&self->filter, kutip_span_filter_free);
  G_OBJECT_CLASS (kutip_span_model_parent_class)->finalize (object);
}

static void
kutip_span_model_class_init (KutipSpanModelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = kutip_span_model_get_property;
  object_class->set_property = kutip_span_model_set_property;
  object_class->dispose = kutip_span_model_dispose;
  object_class->finalize = kutip_span_model_finalize;

  properties[PROP_DOCUMENT] = g_param_spec_object (
      "document", NULL, NULL, KUTIP_TYPE_DOCUMENT,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_N_ITEMS] = g_param_spec_uint (
      "n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FILTERED] = g_param_spec_boolean (
      "filtered", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kutip_span_model_init (KutipSpanModel *self)
{
  self->items = kutip_span_items_new ();
  self->document_signals = g_signal_group_new (KUTIP_TYPE_DOCUMENT);
  g_signal_group_connect (self->document_signals, "changed",
                          G_CALLBACK (on_document_changed), self);
  g_signal_group_connect (self->document_signals, "notify::tagset",
                          G_CALLBACK (on_document_notify_tagset), self);
}

KutipSpanModel *
kutip_span_model_new (void)
{
  return g_object_new (KUTIP_TYPE_SPAN_MODEL, NULL);
}

void
kutip_span_model_set_document (KutipSpanModel *self, KutipDocument *document)
{
  g_return_if_fail (KUTIP_IS_SPAN_MODEL (self));
  g_return_if_fail (document == NULL || KUTIP_IS_DOCUMENT (document));

  if (!g_set_object (&self->document, document))
    return;

  /* Items of the old document die with those who hold them; ids mean nothing across
   * documents. */
  kutip_span_items_free (self->items);
  self->items = kutip_span_items_new ();
  g_signal_group_set_target (self->document_signals, document);
  self->state = document != NULL ? kutip_document_get_state (document) : 0;
  start_over (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

KutipDocument *
kutip_span_model_get_document (KutipSpanModel *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_MODEL (self), NULL);

  return self->document;
}

void
kutip_span_model_set_filter (KutipSpanModel *self,
                             const char *const *labels,
                             KutipTagset *unknown_to,
                             const char *text)
{
  KutipSpanSequence *shown = NULL;
  KutipSpanFilter *filter;
  gboolean was_filtered;

  g_return_if_fail (KUTIP_IS_SPAN_MODEL (self));

  filter = kutip_span_filter_new (labels, unknown_to, text);
  if (filter == NULL && self->filter == NULL)
    return;

  was_filtered = self->filter != NULL;
  if (MAX (self->n_items, get_n_spans (self)) > FEW_ROWS)
    {
      g_autoptr (KutipLayer) layer = kutip_layer_snapshot (get_layer (self));

      shown = take_shown (self, layer);
    }
  g_clear_handle_id (&self->filter_source, g_source_remove);
  g_clear_pointer (&self->passed, kutip_passed_spans_free);
  g_clear_pointer (&self->filter, kutip_span_filter_free);
  self->filter = filter;
  if (shown != NULL)
    go_on_from (self, shown);
  else
    start_over (self);
  if (was_filtered != (filter != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTERED]);
}

gboolean
kutip_span_model_is_filtered (KutipSpanModel *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_MODEL (self), FALSE);

  return self->filter != NULL;
}

gboolean
kutip_span_model_is_filtering (KutipSpanModel *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_MODEL (self), FALSE);

  return self->filter_source != 0;
}

gboolean
kutip_span_model_is_catching_up (KutipSpanModel *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_MODEL (self), FALSE);

  return self->catch_up != NULL || self->shown != NULL;
}

gboolean
kutip_span_model_is_in_step (KutipSpanModel *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_MODEL (self), FALSE);

  return self->document == NULL ||
         self->state == kutip_document_get_state (self->document);
}

KutipSpan *
kutip_span_model_get_nth_span (KutipSpanModel *self, guint position)
{
  guint shift =
      0; /* what is still shown and gone already, less what is there and not yet shown */

  g_return_val_if_fail (KUTIP_IS_SPAN_MODEL (self), NULL);

  if (position >= self->n_items)
    return NULL;
  if (self->catch_up != NULL)
    return kutip_span_catch_up_get_nth (self->catch_up, position);
  if (self->shown != NULL)
    return kutip_span_sequence_get_nth (self->shown, position);
  if (self->passed != NULL)
    return kutip_passed_spans_get_nth (self->passed, position);

  for (guint i = self->n_told; self->splices != NULL && i < self->splices->len; i++)
    {
      KutipSplice *splice = &g_array_index (self->splices, KutipSplice, i);
      guint start = splice->position + shift;

      if (position < start)
        break;
      if (position < start + splice->removed->len)
        return g_ptr_array_index (splice->removed, position - start);
      shift += splice->removed->len - splice->n_added;
    }
  return kutip_layer_get_nth_span (get_layer (self), position - shift);
}

/* From a position in the layer to one in the model, while a change is being told. */
static gboolean
add_untold (KutipSpanModel *self, guint *position)
{
  guint shift = 0;

  for (guint i = self->n_told; self->splices != NULL && i < self->splices->len; i++)
    {
      KutipSplice *splice = &g_array_index (self->splices, KutipSplice, i);

      if (*position < splice->position)
        break;
      if (*position < splice->position + splice->n_added)
        return FALSE;
      shift += splice->removed->len - splice->n_added;
    }
  *position += shift;
  return TRUE;
}

gboolean
kutip_span_model_find (KutipSpanModel *self, const char *id, guint *position)
{
  KutipSpan *span;

  g_return_val_if_fail (KUTIP_IS_SPAN_MODEL (self), FALSE);
  g_return_val_if_fail (id != NULL && position != NULL, FALSE);

  if (self->catch_up != NULL)
    return kutip_span_catch_up_find (self->catch_up, id, position);
  if (self->shown != NULL)
    return kutip_span_sequence_find (self->shown, id, position);
  span = self->document != NULL ? kutip_layer_get_span (get_layer (self), id) : NULL;
  if (span == NULL)
    return FALSE;

  if (self->passed != NULL)
    return kutip_passed_spans_find (self->passed, span, position);
  return kutip_layer_get_position (get_layer (self), span, position) &&
         add_untold (self, position);
}
