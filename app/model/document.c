/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/document.h"

#include "model/change-check.h"

#include <glib/gi18n.h>

/* What "modified", "can-undo" … were when they were last told. */
typedef struct
{
  gboolean modified;
  gboolean read_only;
  gboolean can_undo;
  gboolean can_redo;
  KutipChange *undo; /* only compared */
  KutipChange *redo;
} Outside;

struct _KutipDocument
{
  GObject parent_instance;
  KutipArticle *article;
  KutipTagset *tagset;
  KutipLayer *layer;
  KutipHistory *history;
  GArray
      *states; /* guint64 stamps: one for each position in the history, 0 to n_changes */
  guint64 last_state;
  guint64 saved_state;
  gboolean read_only;
  gboolean emitting;
  KutipLayer *before;   /* borrowed; see kutip_document_get_before() */
  char *busy;           /* see kutip_document_set_busy() */
  struct _Fork *fork;   /* NULL: this is none */
  GPtrArray *forgotten; /* see kutip_document_take_forgotten() */
};

/* What a fork is to be joined with. */
typedef struct _Fork
{
  KutipProgress *progress; /* borrowed, or NULL */
  guint64 state;           /* of the document when it was forked */
  guint n_changes;         /* made since */
  KutipChange *change;     /* the last of them */
  KutipDirection direction;
  GPtrArray *forgotten; /* changes that the document could do again until then */
} Fork;

enum
{
  PROP_TAGSET = 1,
  PROP_READ_ONLY,
  PROP_MODIFIED,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_TITLE,
  PROP_REDO_TITLE,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipDocument, kutip_document, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (KutipDirection,
                    kutip_direction,
                    G_DEFINE_ENUM_VALUE (KUTIP_DIRECTION_DO, "do"),
                    G_DEFINE_ENUM_VALUE (KUTIP_DIRECTION_UNDO, "undo"),
                    G_DEFINE_ENUM_VALUE (KUTIP_DIRECTION_REDO, "redo"))

static guint64 *
peek_state (KutipDocument *self)
{
  return &g_array_index (self->states, guint64,
                         kutip_history_get_position (self->history));
}

static gboolean
can_undo (KutipDocument *self)
{
  return !self->read_only && kutip_history_peek_undo (self->history) != NULL;
}

static gboolean
can_redo (KutipDocument *self)
{
  return !self->read_only && kutip_history_peek_redo (self->history) != NULL;
}

static const char *
get_title (KutipChange *change)
{
  return change != NULL ? kutip_change_get_title (change) : NULL;
}

static Outside
look_from_outside (KutipDocument *self)
{
  return (Outside){
    .modified = kutip_document_is_modified (self),
    .read_only = self->read_only,
    .can_undo = can_undo (self),
    .can_redo = can_redo (self),
    .undo = kutip_history_peek_undo (self->history),
    .redo = kutip_history_peek_redo (self->history),
  };
}

static void
notify (KutipDocument *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
notify_differences (KutipDocument *self, const Outside *before)
{
  Outside now = look_from_outside (self);

  if (before->modified != now.modified)
    notify (self, PROP_MODIFIED);
  if (before->read_only != now.read_only)
    notify (self, PROP_READ_ONLY);
  if (before->can_undo != now.can_undo)
    notify (self, PROP_CAN_UNDO);
  if (before->can_redo != now.can_redo)
    notify (self, PROP_CAN_REDO);
  if (before->undo != now.undo)
    notify (self, PROP_UNDO_TITLE);
  if (before->redo != now.redo)
    notify (self, PROP_REDO_TITLE);
}

static void
kutip_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipDocument *self = KUTIP_DOCUMENT (object);

  switch (id)
    {
    case PROP_TAGSET:
      g_value_set_object (value, self->tagset);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, kutip_document_is_modified (self));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, can_redo (self));
      break;
    case PROP_UNDO_TITLE:
      g_value_set_string (value, get_title (kutip_history_peek_undo (self->history)));
      break;
    case PROP_REDO_TITLE:
      g_value_set_string (value, get_title (kutip_history_peek_redo (self->history)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_document_set_property (GObject *object,
                             guint id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  KutipDocument *self = KUTIP_DOCUMENT (object);

  switch (id)
    {
    case PROP_TAGSET:
      kutip_document_set_tagset (self, g_value_get_object (value));
      break;
    case PROP_READ_ONLY:
      kutip_document_set_read_only (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_document_dispose (GObject *object)
{
  KutipDocument *self = KUTIP_DOCUMENT (object);

  g_clear_object (&self->article);
  g_clear_object (&self->tagset);
  g_clear_object (&self->layer);
  G_OBJECT_CLASS (kutip_document_parent_class)->dispose (object);
}

static void
free_fork (Fork *fork)
{
  g_clear_pointer (&fork->change, kutip_change_unref);
  g_clear_pointer (&fork->forgotten, g_ptr_array_unref);
  g_free (fork);
}

static void
kutip_document_finalize (GObject *object)
{
  KutipDocument *self = KUTIP_DOCUMENT (object);

  g_object_unref (self->history);
  g_array_unref (self->states);
  g_free (self->busy);
  g_clear_pointer (&self->fork, free_fork);
  G_OBJECT_CLASS (kutip_document_parent_class)->finalize (object);
}

static GParamSpec *
describe_flag (const char *name, GParamFlags access)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE,
                               access | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static GParamSpec *
describe_title (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                  G_PARAM_EXPLICIT_NOTIFY);
}

static void
kutip_document_class_init (KutipDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kutip_document_get_property;
  object_class->set_property = kutip_document_set_property;
  object_class->dispose = kutip_document_dispose;
  object_class->finalize = kutip_document_finalize;

  properties[PROP_TAGSET] = g_param_spec_object (
      "tagset", NULL, NULL, KUTIP_TYPE_TAGSET,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_READ_ONLY] = describe_flag ("read-only", G_PARAM_READWRITE);
  properties[PROP_MODIFIED] = describe_flag ("modified", G_PARAM_READABLE);
  properties[PROP_CAN_UNDO] = describe_flag ("can-undo", G_PARAM_READABLE);
  properties[PROP_CAN_REDO] = describe_flag ("can-redo", G_PARAM_READABLE);
  properties[PROP_UNDO_TITLE] = describe_title ("undo-title");
  properties[PROP_REDO_TITLE] = describe_title ("redo-title");
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] =
      g_signal_new ("changed", KUTIP_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, KUTIP_TYPE_CHANGE, KUTIP_TYPE_DIRECTION);
}

static guint64
make_state (KutipDocument *self)
{
  return ++self->last_state;
}

static void
kutip_document_init (KutipDocument *self)
{
  guint64 state = make_state (self);

  self->history = kutip_history_new ();
  self->states = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_val (self->states, state);
  self->saved_state = state;
}

static void
make_span_edit (KutipLayer *layer, const KutipEdit *edit)
{
  if (edit->before != NULL && edit->after != NULL)
    kutip_layer_replace_span (layer, edit->before, edit->after);
  else if (edit->before != NULL)
    kutip_layer_remove_span (layer, edit->before);
  else
    kutip_layer_add_span (layer, edit->after);
}

static void
make_relation_edit (KutipLayer *layer, const KutipEdit *edit)
{
  if (edit->before != NULL)
    kutip_layer_remove_relation (layer, edit->before);
  if (edit->after != NULL)
    kutip_layer_add_relation (layer, edit->after);
}

/* The change has been checked. FALSE when a fork was told to stop: then it is of no use
 * any more. */
static gboolean
make_edits (KutipDocument *self, KutipChange *change)
{
  KutipProgress *progress = kutip_document_get_progress (self);

  /* Each is made, and then looked at by whom it is told to. */
  kutip_progress_begin (progress, 2 * kutip_change_get_n_edits (change));
  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);

      if (!kutip_progress_step (progress))
        return FALSE;
      switch (edit->kind)
        {
        case KUTIP_EDIT_SPAN:
          make_span_edit (self->layer, edit);
          break;
        case KUTIP_EDIT_RELATION:
          make_relation_edit (self->layer, edit);
          break;
        case KUTIP_EDIT_HEADER:
          kutip_layer_set_header (self->layer, edit->after);
          break;
        default:
          g_assert_not_reached ();
        }
    }
  return TRUE;
}

static void
emit_changed (KutipDocument *self, KutipChange *change, KutipDirection direction)
{
  if (self->fork != NULL)
    {
      self->fork->n_changes++;
      g_clear_pointer (&self->fork->change, kutip_change_unref);
      self->fork->change = kutip_change_ref (change);
      self->fork->direction = direction;
    }
  self->emitting = TRUE;
  g_signal_emit (self, signals[CHANGED], 0, change, direction);
  self->emitting = FALSE;
}

static gboolean
check (KutipDocument *self, KutipChange *change, GError **error)
{
  return kutip_change_check (change, self->layer,
                             kutip_article_get_length (self->article), error);
}

static void
push_state (KutipDocument *self)
{
  guint64 state = make_state (self);

  g_array_set_size (self->states, kutip_history_get_position (self->history));
  g_array_append_val (self->states, state);
}

KutipDocument *
kutip_document_new (KutipArticle *article, KutipTagset *tagset, KutipLayer *layer)
{
  KutipDocument *self;

  g_return_val_if_fail (KUTIP_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (KUTIP_IS_TAGSET (tagset), NULL);
  g_return_val_if_fail (KUTIP_IS_LAYER (layer), NULL);

  self = g_object_new (KUTIP_TYPE_DOCUMENT, NULL);
  self->article = g_object_ref (article);
  self->tagset = g_object_ref (tagset);
  self->layer = g_object_ref (layer);
  return self;
}

KutipArticle *
kutip_document_get_article (KutipDocument *self)
{
  return self->article;
}

KutipText *
kutip_document_get_text (KutipDocument *self)
{
  return kutip_article_get_text (self->article);
}

KutipTagset *
kutip_document_get_tagset (KutipDocument *self)
{
  return self->tagset;
}

void
kutip_document_set_tagset (KutipDocument *self, KutipTagset *tagset)
{
  g_return_if_fail (KUTIP_IS_TAGSET (tagset));

  if (g_set_object (&self->tagset, tagset))
    notify (self, PROP_TAGSET);
}

KutipLayer *
kutip_document_get_layer (KutipDocument *self)
{
  return self->layer;
}

KutipHistory *
kutip_document_get_history (KutipDocument *self)
{
  return self->history;
}

gboolean
kutip_document_is_read_only (KutipDocument *self)
{
  return self->read_only;
}

void
kutip_document_set_read_only (KutipDocument *self, gboolean read_only)
{
  Outside before = look_from_outside (self);

  self->read_only = read_only != FALSE;
  notify_differences (self, &before);
}

gboolean
kutip_document_is_free (KutipDocument *self, GError **error)
{
  if (self->busy == NULL)
    return TRUE;
  g_set_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_BUSY,
               /* Translators: %s is what is being done, such as “Mark All as Quote”. */
               _ ("Please wait until “%s” is done, or stop it"), self->busy);
  return FALSE;
}

static gboolean
refuse_cancelled (GError **error)
{
  g_set_error_literal (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_CANCELLED,
                       _ ("Stopped: nothing has been changed"));
  return FALSE;
}

gboolean
kutip_document_apply (KutipDocument *self, KutipChange *change, GError **error)
{
  Outside before = look_from_outside (self);
  g_autoptr (KutipDocument) keep = g_object_ref (self);

  /* Views would get the second change before the first. */
  g_return_val_if_fail (!self->emitting, FALSE);

  if (!kutip_document_is_free (self, error))
    return FALSE;
  if (self->read_only)
    {
      g_set_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_READ_ONLY,
                   /* Translators: %s is the name of an article's file. */
                   _ ("The annotations of “%s” are open for reading only"),
                   kutip_article_get_file (self->article));
      return FALSE;
    }
  if (!check (self, change, error))
    return FALSE;
  if (kutip_change_get_n_edits (change) == 0)
    return TRUE;

  if (!make_edits (self, change))
    return refuse_cancelled (error);
  self->forgotten = kutip_history_list_undone (self->history);
  kutip_history_push (self->history, change);
  push_state (self);
  emit_changed (self, change, KUTIP_DIRECTION_DO);
  g_clear_pointer (&self->forgotten, g_ptr_array_unref);
  notify_differences (self, &before);
  return TRUE;
}

GPtrArray *
kutip_document_take_forgotten (KutipDocument *self)
{
  g_return_val_if_fail (KUTIP_IS_DOCUMENT (self), NULL);

  return g_steal_pointer (&self->forgotten);
}

/* A history from outside may not fit the layer: then it is of no use. */
static void
forget_history (KutipDocument *self)
{
  guint64 state = *peek_state (self);

  g_object_unref (self->history);
  self->history = kutip_history_new ();
  g_array_set_size (self->states, 0);
  g_array_append_val (self->states, state);
}

static gboolean
travel (KutipDocument *self, KutipChange *change, KutipDirection direction)
{
  Outside before = look_from_outside (self);
  g_autoptr (KutipDocument) keep = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  if (!check (self, change, &error))
    {
      g_warning ("The history does not fit: %s", error->message);
      forget_history (self);
      notify_differences (self, &before);
      return FALSE;
    }

  if (!make_edits (self, change))
    return FALSE;
  if (direction == KUTIP_DIRECTION_UNDO)
    kutip_history_step_back (self->history);
  else
    kutip_history_step_forward (self->history);
  emit_changed (self, change, direction);
  notify_differences (self, &before);
  return TRUE;
}

gboolean
kutip_document_undo (KutipDocument *self)
{
  g_autoptr (KutipChange) inverse = NULL;

  g_return_val_if_fail (!self->emitting, FALSE);

  if (!can_undo (self) || self->busy != NULL)
    return FALSE;
  inverse = kutip_change_invert (kutip_history_peek_undo (self->history));
  return travel (self, inverse, KUTIP_DIRECTION_UNDO);
}

gboolean
kutip_document_redo (KutipDocument *self)
{
  g_return_val_if_fail (!self->emitting, FALSE);

  return can_redo (self) &&
         travel (self, kutip_history_peek_redo (self->history), KUTIP_DIRECTION_REDO);
}

guint64
kutip_document_get_state (KutipDocument *self)
{
  return *peek_state (self);
}

void
kutip_document_mark_saved (KutipDocument *self, guint64 state)
{
  Outside before = look_from_outside (self);

  self->saved_state = state;
  notify_differences (self, &before);
}

gboolean
kutip_document_is_modified (KutipDocument *self)
{
  return *peek_state (self) != self->saved_state;
}

void
kutip_document_restore_history (KutipDocument *self, KutipHistory *history)
{
  Outside before = look_from_outside (self);
  g_autoptr (KutipHistory) old = g_object_ref (self->history);
  guint64 state = *peek_state (self);

  g_set_object (&self->history, history);
  g_array_set_size (self->states, 0);
  for (guint i = 0; i <= kutip_history_get_n_changes (history); i++)
    {
      guint64 other =
          i == kutip_history_get_position (history) ? state : make_state (self);

      g_array_append_val (self->states, other);
    }
  notify_differences (self, &before);
}

KutipDocument *
kutip_document_fork (KutipDocument *self, KutipProgress *progress)
{
  g_autoptr (KutipLayer) layer = kutip_layer_snapshot (self->layer);
  KutipDocument *fork = kutip_document_new (self->article, self->tagset, layer);
  KutipChange *undo = kutip_history_peek_undo (self->history);
  KutipChange *redo = kutip_history_peek_redo (self->history);

  fork->read_only = self->read_only;
  if (undo != NULL)
    {
      kutip_history_push (fork->history, undo);
      push_state (fork);
    }
  if (redo != NULL)
    {
      kutip_history_push (fork->history, redo);
      push_state (fork);
      kutip_history_step_back (fork->history);
    }
  fork->fork = g_new0 (Fork, 1);
  fork->fork->progress = progress;
  fork->fork->state = *peek_state (self);
  return fork;
}

KutipProgress *
kutip_document_get_progress (KutipDocument *self)
{
  return self->fork != NULL ? self->fork->progress : NULL;
}

static void
note_in_history (KutipDocument *self, Fork *fork)
{
  switch (fork->direction)
    {
    case KUTIP_DIRECTION_UNDO:
      kutip_history_step_back (self->history);
      break;
    case KUTIP_DIRECTION_REDO:
      kutip_history_step_forward (self->history);
      break;
    case KUTIP_DIRECTION_DO:
    default:
      /* Freed with the fork. */
      fork->forgotten = kutip_history_list_undone (self->history);
      kutip_history_push (self->history, fork->change);
      push_state (self);
      break;
    }
}

gboolean
kutip_document_join (KutipDocument *self, KutipDocument *fork, GError **error)
{
  Outside before = look_from_outside (self);
  g_autoptr (KutipDocument) keep = g_object_ref (self);
  Fork *made = fork->fork;

  g_return_val_if_fail (!self->emitting, FALSE);
  g_return_val_if_fail (made != NULL && made->n_changes <= 1, FALSE);

  if (*peek_state (self) != made->state || self->read_only)
    {
      g_set_error_literal (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_STALE,
                           _ ("The annotations have changed meanwhile"));
      return FALSE;
    }
  if (made->n_changes == 0)
    return TRUE;
  kutip_layer_exchange (self->layer, fork->layer);
  note_in_history (self, made);
  self->before = fork->layer;
  emit_changed (self, made->change, made->direction);
  self->before = NULL;
  notify_differences (self, &before);
  return TRUE;
}

KutipLayer *
kutip_document_get_before (KutipDocument *self)
{
  return self->before;
}

void
kutip_document_set_busy (KutipDocument *self, const char *title)
{
  g_free (self->busy);
  self->busy = g_strdup (title);
}

const char *
kutip_document_get_busy (KutipDocument *self)
{
  return self->busy;
}
