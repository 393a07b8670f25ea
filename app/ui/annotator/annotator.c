/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/segment.h"
#include "ui/annotator/annotator-private.h"
#include "ui/drop-layer.h"

#include <glib/gi18n.h>

enum
{
  PROP_DOCUMENT = 1,
  PROP_SELECTION_START,
  PROP_SELECTION_END,
  PROP_CURRENT,
  PROP_LINKING,
  PROP_LINK_RELATION,
  PROP_LINK_CANDIDATE,
  PROP_RELATION,
  PROP_DRAFT,
  PROP_CHOOSING,
  PROP_N_FINDINGS,
  PROP_ATTRIBUTION,
  PROP_BUSY,
  N_PROPS
};

enum
{
  CHANGED,
  REVEAL,
  MESSAGE,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipAnnotator, kutip_annotator, G_TYPE_OBJECT)

static gboolean
is_same_span (KutipSpan *a, KutipSpan *b)
{
  return a != NULL && b != NULL &&
         g_strcmp0 (kutip_span_get_id (a), kutip_span_get_id (b)) == 0;
}

static KutipLayer *
get_layer (KutipAnnotator *self)
{
  return kutip_document_get_layer (self->document);
}

static void
store_current (KutipAnnotator *self, KutipSpan *span)
{
  if (span == self->current)
    return;

  kutip_annotator_end_drag (self, FALSE);
  if (span != NULL)
    {
      kutip_span_ref (span);
      g_free (self->last_current);
      self->last_current = g_strdup (kutip_span_get_id (span));
    }
  g_clear_pointer (&self->current, kutip_span_unref);
  self->current = span;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CURRENT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RELATION]);
}

static void
store_selection (KutipAnnotator *self, guint start, guint end)
{
  guint length = kutip_article_get_length (kutip_document_get_article (self->document));
  KutipRange selection = { MIN (MIN (start, end), length),
                           MIN (MAX (start, end), length) };
  KutipRange old = self->selection;

  if (kutip_range_equal (selection, old))
    return;

  self->selection = selection;
  g_clear_pointer (&self->marked, g_free);
  g_object_freeze_notify (G_OBJECT (self));
  if (selection.start != old.start)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTION_START]);
  if (selection.end != old.end)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTION_END]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Where the caret stands already in the span, it stays. */
static void
show_span (KutipAnnotator *self, KutipSpan *span)
{
  KutipRange hull = kutip_span_get_hull (span);
  KutipRange caret = self->selection;

  if (caret.start != caret.end || !kutip_range_contains (hull, caret))
    store_selection (self, hull.start, hull.start);
  kutip_annotator_emit_reveal (self, hull);
}

static guint
measure_span (KutipSpan *span)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);
  guint length = 0;

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    length += ranges[i].end - ranges[i].start;
  return length;
}

/* As it is now, when one of its pieces is where the caret is. */
static KutipSpan *
get_current_at (KutipAnnotator *self, KutipRange caret)
{
  KutipSpan *span =
      self->current != NULL
          ? kutip_layer_get_span (get_layer (self), kutip_span_get_id (self->current))
          : NULL;

  if (span == NULL || kutip_span_is_orphan (span))
    return NULL;
  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    if (kutip_range_touches (kutip_span_get_ranges (span)[i], caret))
      return span;
  return NULL;
}

/* One of those that begin with the selection, the current one if it is among them: not of
 * all over it, as there may be 100,000. */
static KutipSpan *
find_span_selected (KutipAnnotator *self, KutipRange selection)
{
  g_autoptr (GPtrArray) spans = kutip_layer_list_spans_in (
      get_layer (self), (KutipRange){ selection.start, selection.start + 1 });
  KutipSpan *found = NULL;

  for (guint i = 0; i < spans->len; i++)
    {
      KutipSpan *span = g_ptr_array_index (spans, i);

      if (!kutip_range_equal (kutip_span_get_hull (span), selection))
        continue;
      if (is_same_span (span, self->current))
        return span;
      if (found == NULL || measure_span (span) < measure_span (found))
        found = span;
    }
  return found;
}

/* For a caret: the current span when it is there, else the shortest; for a selection: a
 * span that it covers exactly. */
static KutipSpan *
find_span_at_selection (KutipAnnotator *self)
{
  KutipSpan *current;

  if (self->selection.start != self->selection.end)
    return find_span_selected (self, self->selection);
  current = get_current_at (self, self->selection);
  return current != NULL
             ? current
             : kutip_layer_get_longer (get_layer (self), self->selection, NULL);
}

const char *
kutip_annotator_get_label_title (KutipAnnotator *self, const char *name)
{
  const KutipLabelType *label =
      kutip_tagset_get_label (kutip_document_get_tagset (self->document), name);

  return label != NULL && label->title != NULL ? label->title : name;
}

static gboolean
check_current (KutipAnnotator *self)
{
  if (self->current != NULL)
    return TRUE;

  kutip_annotator_emit_message (
      self, _ ("No span is selected: click on one, or move the caret into it."), FALSE);
  return FALSE;
}

/* The last span that the change made or altered; where there is none, that one of its
 * links begins at, and *@gone where a span was that is there no more, or NULL. */
static KutipSpan *
find_touched (KutipAnnotator *self, KutipChange *change, const KutipRange **gone)
{
  KutipSpan *linked = NULL;

  *gone = NULL;
  for (guint i = kutip_change_get_n_edits (change); i > 0; i--)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i - 1);
      KutipRelation *relation = edit->after != NULL ? edit->after : edit->before;

      if (edit->kind == KUTIP_EDIT_SPAN && edit->after != NULL)
        return edit->after;
      if (edit->kind == KUTIP_EDIT_SPAN && *gone == NULL)
        *gone = kutip_span_get_ranges (edit->before);
      else if (edit->kind == KUTIP_EDIT_RELATION && linked == NULL)
        linked =
            kutip_layer_get_span (get_layer (self), kutip_relation_get_from (relation));
    }
  return linked;
}

/* After undo and redo: what they touched becomes current and is shown, so that nothing
 * changes out of sight. */
static void
show_change (KutipAnnotator *self, KutipChange *change)
{
  const KutipRange *gone;
  KutipSpan *touched = find_touched (self, change, &gone);

  if (touched != NULL)
    {
      store_current (self, touched);
      show_span (self, touched);
    }
  else if (gone != NULL)
    {
      store_selection (self, gone->start, gone->start);
      kutip_annotator_emit_reveal (self, *gone);
    }
}

void
kutip_annotator_show_unshown (KutipAnnotator *self)
{
  g_autoptr (KutipChange) change = g_steal_pointer (&self->unshown);

  if (change != NULL)
    show_change (self, change);
}

static void
on_document_changed (KutipAnnotator *self, KutipChange *change, int direction)
{
  kutip_drop_changes (kutip_document_take_forgotten (self->document));
  kutip_annotator_link_follow (self);
  if (self->current != NULL)
    store_current (
        self, kutip_layer_get_span (get_layer (self), kutip_span_get_id (self->current)));
  kutip_annotator_attribution_follow (self);
  kutip_annotator_cancel_choice (self);
  kutip_annotator_end_drag (self, FALSE);
  g_signal_emit (self, signals[CHANGED], 0, change);
  if (direction == KUTIP_DIRECTION_DO)
    return;
  if (kutip_document_get_before (self->document) == NULL)
    show_change (self, change);
  else
    self->unshown = kutip_change_ref (change);
}

static void
on_n_findings_changed (KutipAnnotator *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_FINDINGS]);
}

static void
kutip_annotator_dispose (GObject *object)
{
  KutipAnnotator *self = KUTIP_ANNOTATOR (object);
  /* Shares the spans, so that they stay when the document goes, and are then let go of in
   * a thread. */
  KutipLayer *spans =
      self->document != NULL ? kutip_layer_snapshot (get_layer (self)) : NULL;
  KutipHistory *history = self->document != NULL
                              ? g_object_ref (kutip_document_get_history (self->document))
                              : NULL;

  g_clear_object (&self->check);
  g_clear_object (&self->saver);
  g_clear_object (&self->document);
  g_clear_pointer (&self->current, kutip_span_unref);
  g_clear_pointer (&self->link_from, kutip_span_unref);
  g_clear_pointer (&self->link_candidate, kutip_span_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_array_unref);
  g_clear_pointer (&self->draft, kutip_span_unref);
  g_clear_pointer (&self->unshown, kutip_change_unref);
  if (spans != NULL)
    {
      kutip_drop_layer (spans);
      kutip_drop_history (history);
    }
  G_OBJECT_CLASS (kutip_annotator_parent_class)->dispose (object);
}

static void
kutip_annotator_finalize (GObject *object)
{
  KutipAnnotator *self = KUTIP_ANNOTATOR (object);

  g_free (self->link_relation);
  g_free (self->attribution);
  g_free (self->relation);
  g_free (self->choice_from);
  g_free (self->choice_to);
  g_free (self->choice_relation);
  g_free (self->last_current);
  g_free (self->marked);
  G_OBJECT_CLASS (kutip_annotator_parent_class)->finalize (object);
}

static void
kutip_annotator_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipAnnotator *self = KUTIP_ANNOTATOR (object);

  switch (id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SELECTION_START:
      g_value_set_uint (value, self->selection.start);
      break;
    case PROP_SELECTION_END:
      g_value_set_uint (value, self->selection.end);
      break;
    case PROP_CURRENT:
      g_value_set_boxed (value, self->current);
      break;
    case PROP_LINKING:
      g_value_set_boolean (value, self->link_from != NULL);
      break;
    case PROP_LINK_RELATION:
      g_value_set_string (value, self->link_relation);
      break;
    case PROP_LINK_CANDIDATE:
      g_value_set_boxed (value, self->link_candidate);
      break;
    case PROP_RELATION:
      g_value_set_boxed (value, kutip_annotator_get_relation (self));
      break;
    case PROP_DRAFT:
      g_value_set_boxed (value, self->draft);
      break;
    case PROP_CHOOSING:
      g_value_set_boolean (value, self->choices != NULL);
      break;
    case PROP_N_FINDINGS:
      g_value_set_uint (value, kutip_check_get_n_findings (self->check));
      break;
    case PROP_ATTRIBUTION:
      g_value_set_boxed (value, kutip_annotator_get_attribution (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->bulk != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags =
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  props[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, KUTIP_TYPE_DOCUMENT, flags);
  props[PROP_SELECTION_START] =
      g_param_spec_uint ("selection-start", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SELECTION_END] =
      g_param_spec_uint ("selection-end", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_CURRENT] =
      g_param_spec_boxed ("current", NULL, NULL, KUTIP_TYPE_SPAN, flags);
  props[PROP_LINKING] = g_param_spec_boolean ("linking", NULL, NULL, FALSE, flags);
  props[PROP_LINK_RELATION] =
      g_param_spec_string ("link-relation", NULL, NULL, NULL, flags);
  props[PROP_LINK_CANDIDATE] =
      g_param_spec_boxed ("link-candidate", NULL, NULL, KUTIP_TYPE_SPAN, flags);
  props[PROP_RELATION] =
      g_param_spec_boxed ("relation", NULL, NULL, KUTIP_TYPE_RELATION, flags);
  props[PROP_DRAFT] = g_param_spec_boxed ("draft", NULL, NULL, KUTIP_TYPE_SPAN, flags);
  props[PROP_CHOOSING] = g_param_spec_boolean ("choosing", NULL, NULL, FALSE, flags);
  props[PROP_N_FINDINGS] =
      g_param_spec_uint ("n-findings", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ATTRIBUTION] =
      g_param_spec_boxed ("attribution", NULL, NULL, KUTIP_TYPE_SPAN, flags);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kutip_annotator_class_init (KutipAnnotatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = kutip_annotator_dispose;
  object_class->finalize = kutip_annotator_finalize;
  object_class->get_property = kutip_annotator_get_property;
  install_properties (object_class);

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, KUTIP_TYPE_CHANGE);
  signals[REVEAL] = g_signal_new ("reveal", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
kutip_annotator_init (KutipAnnotator *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_free);
}

void
kutip_annotator_emit_message (KutipAnnotator *self, const char *text, gboolean undoable)
{
  g_signal_emit (self, signals[MESSAGE], 0, text, undoable);
}

void
kutip_annotator_emit_reveal (KutipAnnotator *self, KutipRange range)
{
  guint length = kutip_article_get_length (kutip_document_get_article (self->document));

  g_signal_emit (self, signals[REVEAL], 0, MIN (range.start, length),
                 MIN (range.end, length));
}

void
kutip_annotator_notify_link (KutipAnnotator *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LINKING]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LINK_RELATION]);
}

void
kutip_annotator_notify_link_candidate (KutipAnnotator *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LINK_CANDIDATE]);
}

KutipAnnotator *
kutip_annotator_new (KutipOpened *opened)
{
  KutipAnnotator *self = g_object_new (KUTIP_TYPE_ANNOTATOR, NULL);

  self->document = g_object_ref (opened->document);
  self->check = opened->check != NULL ? g_object_ref (opened->check)
                                      : kutip_check_new (self->document);
  if (opened->sidecar_file != NULL)
    self->saver = kutip_saver_new (opened);
  g_signal_connect_object (self->document, "changed", G_CALLBACK (on_document_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->check, "notify::n-findings",
                           G_CALLBACK (on_n_findings_changed), self, G_CONNECT_SWAPPED);
  return self;
}

KutipDocument *
kutip_annotator_get_document (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);
  return self->document;
}

KutipSaver *
kutip_annotator_get_saver (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);
  return self->saver;
}

KutipCheck *
kutip_annotator_get_check (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);
  return self->check;
}

KutipRange
kutip_annotator_get_selection (KutipAnnotator *self)
{
  return self->selection;
}

void
kutip_annotator_set_selection (KutipAnnotator *self,
                               guint start,
                               guint end,
                               gboolean pick)
{
  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  store_selection (self, start, end);
  if (pick && self->link_from == NULL)
    store_current (self, find_span_at_selection (self));
}

KutipSpan *
kutip_annotator_get_current (KutipAnnotator *self)
{
  g_return_val_if_fail (KUTIP_IS_ANNOTATOR (self), NULL);
  return self->current;
}

void
kutip_annotator_set_current (KutipAnnotator *self, KutipSpan *span, gboolean reveal)
{
  KutipSpan *present;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  present = span != NULL
                ? kutip_layer_get_span (get_layer (self), kutip_span_get_id (span))
                : NULL;
  if (span != NULL && present == NULL)
    return;
  if (self->link_from != NULL)
    {
      if (present != NULL)
        kutip_annotator_link_to (self, present);
      return;
    }

  store_current (self, present);
  if (present != NULL && reveal)
    show_span (self, present);
}

void
kutip_annotator_set_label (KutipAnnotator *self, const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipSpan) span = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (!check_current (self) ||
      g_strcmp0 (kutip_span_get_label (self->current), label) == 0)
    return;
  /* Our own hold: the change gives "current" another span while it takes place. */
  span = kutip_span_ref (self->current);
  if (!kutip_annotate_set_label (self->document, span, label, &error))
    kutip_annotator_report (self, error);
}

void
kutip_annotator_remove_current (KutipAnnotator *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipSpan) span = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (!check_current (self))
    return;

  span = kutip_span_ref (self->current);
  /* Translators: %s is a label, for example Quote. */
  text = g_strdup_printf (_ ("%s deleted"), kutip_annotator_get_label_title (
                                                self, kutip_span_get_label (span)));
  if (kutip_annotate_remove_spans (self->document, &span, 1, &error))
    kutip_annotator_emit_message (self, text, TRUE);
  else
    kutip_annotator_report (self, error);
}

void
kutip_annotator_undo (KutipAnnotator *self)
{
  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  kutip_annotator_cancel_link (self);
  kutip_annotator_travel (self, TRUE);
}

void
kutip_annotator_redo (KutipAnnotator *self)
{
  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  kutip_annotator_cancel_link (self);
  kutip_annotator_travel (self, FALSE);
}

void
kutip_annotator_report (KutipAnnotator *self, const GError *error)
{
  g_return_if_fail (KUTIP_IS_ANNOTATOR (self));

  if (error != NULL)
    kutip_annotator_emit_message (self, error->message, FALSE);
}
