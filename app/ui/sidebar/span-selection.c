/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-selection.h"

struct _KutipSpanSelection
{
  GObject parent_instance;

  KutipSpanModel *model;
  KutipAnnotator *annotator;
  GSignalGroup *annotator_signals;
  GSignalGroup *document_signals;
  char *id;            /* of the selected span as the listeners know it; NULL: none */
  gboolean is_awaited; /* it is not in the model yet */
};

static void kutip_span_selection_list_model_init (GListModelInterface *interface);
static void kutip_span_selection_selection_model_init (
    GtkSelectionModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
    KutipSpanSelection,
    kutip_span_selection,
    G_TYPE_OBJECT,
    G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kutip_span_selection_list_model_init)
        G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                               kutip_span_selection_selection_model_init))

/* FALSE when it is not in the model. */
static gboolean
tell_changed (KutipSpanSelection *self, const char *id)
{
  guint position;

  if (id == NULL || !kutip_span_model_find (self->model, id, &position))
    return FALSE;
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, 1);
  return TRUE;
}

static void
follow_current (KutipSpanSelection *self)
{
  KutipSpan *current =
      self->annotator != NULL ? kutip_annotator_get_current (self->annotator) : NULL;
  const char *id = current != NULL ? kutip_span_get_id (current) : NULL;
  g_autofree char *old = NULL;

  /* In the middle of a change the model may not have heard of it yet: on_document_changed
   * comes back. */
  if (g_strcmp0 (id, self->id) == 0 || !kutip_span_model_is_in_step (self->model))
    return;

  old = g_steal_pointer (&self->id);
  self->id = g_strdup (id);
  tell_changed (self, old);
  self->is_awaited = !tell_changed (self, self->id) && self->id != NULL;
}

static void
on_annotator_notify_current (KutipAnnotator *annotator, GParamSpec *pspec, gpointer data)
{
  follow_current (data);
}

/* After the model's own handler, since the model was there first. */
static void
on_document_changed (KutipDocument *document,
                     KutipChange *change,
                     KutipDirection direction,
                     gpointer data)
{
  follow_current (data);
}

static void
on_model_items_changed (
    GListModel *model, guint position, guint n_removed, guint n_added, gpointer data)
{
  KutipSpanSelection *self = data;

  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  /* A model that catches up with very many changes may not have had it before. */
  if (self->is_awaited && kutip_span_model_is_catching_up (self->model))
    self->is_awaited = !tell_changed (self, self->id);
}

static GType
kutip_span_selection_get_item_type (GListModel *model)
{
  return KUTIP_TYPE_SPAN_ITEM;
}

static guint
kutip_span_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (KUTIP_SPAN_SELECTION (model)->model));
}

static gpointer
kutip_span_selection_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (KUTIP_SPAN_SELECTION (model)->model),
                                position);
}

static void
kutip_span_selection_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = kutip_span_selection_get_item_type;
  interface->get_n_items = kutip_span_selection_get_n_items;
  interface->get_item = kutip_span_selection_get_item;
}

static gboolean
kutip_span_selection_is_selected (GtkSelectionModel *model, guint position)
{
  KutipSpanSelection *self = KUTIP_SPAN_SELECTION (model);
  KutipSpan *span =
      self->id != NULL ? kutip_span_model_get_nth_span (self->model, position) : NULL;

  return span != NULL && g_strcmp0 (kutip_span_get_id (span), self->id) == 0;
}

static GtkBitset *
kutip_span_selection_get_selection_in_range (GtkSelectionModel *model,
                                             guint position,
                                             guint n_items)
{
  GtkBitset *selection = gtk_bitset_new_empty ();
  guint selected;

  if (kutip_span_selection_get_selected (KUTIP_SPAN_SELECTION (model), &selected))
    gtk_bitset_add (selection, selected);
  return selection;
}

static gboolean
kutip_span_selection_select_item (GtkSelectionModel *model,
                                  guint position,
                                  gboolean unselect_rest)
{
  KutipSpanSelection *self = KUTIP_SPAN_SELECTION (model);
  KutipSpan *span = kutip_span_model_get_nth_span (self->model, position);

  if (span == NULL || self->annotator == NULL ||
      kutip_annotator_is_linking (self->annotator))
    return FALSE;

  kutip_annotator_set_current (self->annotator, span, TRUE);
  return TRUE;
}

static gboolean
kutip_span_selection_unselect_item (GtkSelectionModel *model, guint position)
{
  KutipSpanSelection *self = KUTIP_SPAN_SELECTION (model);

  if (self->annotator == NULL || kutip_annotator_is_linking (self->annotator))
    return FALSE;
  if (kutip_span_selection_is_selected (model, position))
    kutip_annotator_set_current (self->annotator, NULL, FALSE);
  return TRUE;
}

static void
kutip_span_selection_selection_model_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = kutip_span_selection_is_selected;
  interface->get_selection_in_range = kutip_span_selection_get_selection_in_range;
  interface->select_item = kutip_span_selection_select_item;
  interface->unselect_item = kutip_span_selection_unselect_item;
}

static void
kutip_span_selection_dispose (GObject *object)
{
  KutipSpanSelection *self = KUTIP_SPAN_SELECTION (object);

  g_clear_object (&self->annotator_signals);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->annotator);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (kutip_span_selection_parent_class)->dispose (object);
}

static void
kutip_span_selection_finalize (GObject *object)
{
  g_free (KUTIP_SPAN_SELECTION (object)->id);
  G_OBJECT_CLASS (kutip_span_selection_parent_class)->finalize (object);
}

static void
kutip_span_selection_class_init (KutipSpanSelectionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = kutip_span_selection_dispose;
  object_class->finalize = kutip_span_selection_finalize;
}

static void
kutip_span_selection_init (KutipSpanSelection *self)
{
  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect (self->annotator_signals, "notify::current",
                          G_CALLBACK (on_annotator_notify_current), self);
  self->document_signals = g_signal_group_new (KUTIP_TYPE_DOCUMENT);
  g_signal_group_connect_data (self->document_signals, "changed",
                               G_CALLBACK (on_document_changed), self, NULL,
                               G_CONNECT_AFTER);
}

KutipSpanSelection *
kutip_span_selection_new (KutipSpanModel *model)
{
  KutipSpanSelection *self = g_object_new (KUTIP_TYPE_SPAN_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_model_items_changed),
                           self, G_CONNECT_DEFAULT);
  return self;
}

void
kutip_span_selection_set_annotator (KutipSpanSelection *self, KutipAnnotator *annotator)
{
  KutipDocument *document = NULL;

  g_return_if_fail (KUTIP_IS_SPAN_SELECTION (self));
  g_return_if_fail (annotator == NULL || KUTIP_IS_ANNOTATOR (annotator));

  if (!g_set_object (&self->annotator, annotator))
    return;

  if (annotator != NULL)
    document = kutip_annotator_get_document (annotator);
  g_clear_pointer (&self->id, g_free);
  kutip_span_model_set_document (self->model, document);
  g_signal_group_set_target (self->annotator_signals, annotator);
  g_signal_group_set_target (self->document_signals, document);
  follow_current (self);
}

KutipAnnotator *
kutip_span_selection_get_annotator (KutipSpanSelection *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_SELECTION (self), NULL);

  return self->annotator;
}

gboolean
kutip_span_selection_get_selected (KutipSpanSelection *self, guint *position)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_SELECTION (self), FALSE);

  return self->id != NULL && kutip_span_model_find (self->model, self->id, position);
}
