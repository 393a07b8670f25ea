/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/pending-edits.h"

#include "model/relate.h"

typedef struct
{
  KutipAnnotator *annotator;
  char *id; /* of a span or a link */
  gboolean is_note;
  char *note;
  KutipAttributes *base;
  KutipAttributes *attributes;
} Edit;

struct _KutipPendingEdits
{
  GPtrArray *edits; /* Edit, owned, in the order they were made */
  guint source;
};

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_clear_object (&edit->annotator);
  g_clear_pointer (&edit->base, kutip_attributes_unref);
  g_clear_pointer (&edit->attributes, kutip_attributes_unref);
  g_free (edit->note);
  g_free (edit->id);
  g_free (edit);
}

static gboolean
is_same (const KutipAttribute *a, const KutipAttribute *b)
{
  return a->type == b->type && g_strv_equal (a->values, b->values);
}

static void
replace (KutipAttributes **attributes, KutipAttributes *other)
{
  g_clear_pointer (attributes, kutip_attributes_unref);
  *attributes = other;
}

/* Does to @now what made @edit->attributes of @edit->base. */
static KutipAttributes *
redo_on (Edit *edit, KutipAttributes *now)
{
  KutipAttributes *result = now != NULL ? kutip_attributes_ref (now) : NULL;
  KutipAttribute other;

  for (guint i = 0; i < kutip_attributes_get_n (edit->attributes); i++)
    {
      KutipAttribute wanted = kutip_attributes_get_nth (edit->attributes, i);

      if (!kutip_attributes_lookup (edit->base, wanted.name, &other) ||
          !is_same (&wanted, &other))
        replace (&result, kutip_attributes_with (result, wanted));
    }
  for (guint i = 0; i < kutip_attributes_get_n (edit->base); i++)
    {
      KutipAttribute old = kutip_attributes_get_nth (edit->base, i);

      if (!kutip_attributes_lookup (edit->attributes, old.name, &other))
        replace (&result, kutip_attributes_without (result, old.name));
    }
  return result;
}

static void
apply_to_span (Edit *edit, KutipDocument *document, KutipSpan *span, GError **error)
{
  g_autoptr (KutipAttributes) attributes = NULL;

  if (edit->is_note)
    {
      kutip_annotate_set_note (document, span, edit->note, error);
      return;
    }
  attributes = redo_on (edit, kutip_span_get_attributes (span));
  kutip_annotate_set_attributes (document, span, attributes, error);
}

static void
apply_to_link (Edit *edit, KutipDocument *document, KutipRelation *link, GError **error)
{
  g_autoptr (KutipAttributes) attributes = NULL;
  KutipRelationFields fields;

  if (edit->is_note)
    {
      kutip_relate_set_note (document, link, edit->note, error);
      return;
    }
  kutip_relation_get_fields (link, &fields);
  attributes = redo_on (edit, fields.attributes);
  kutip_relate_set_attributes (document, link, attributes, error);
}

/* To what is there by then, if it is. */
static void
apply_one (Edit *edit)
{
  KutipDocument *document = kutip_annotator_get_document (edit->annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  KutipSpan *span = kutip_layer_get_span (layer, edit->id);
  KutipRelation *link = kutip_layer_get_relation (layer, edit->id);
  g_autoptr (GError) error = NULL;

  if (span != NULL)
    apply_to_span (edit, document, span, &error);
  else if (link != NULL)
    apply_to_link (edit, document, link, &error);
  if (error != NULL)
    kutip_annotator_report (edit->annotator, error);
}

static void
on_idle (gpointer data)
{
  KutipPendingEdits *self = data;

  self->source = 0;
  kutip_pending_edits_apply (self);
}

static Edit *
add (KutipPendingEdits *self, KutipAnnotator *annotator, const char *id)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->annotator = g_object_ref (annotator);
  edit->id = g_strdup (id);
  g_ptr_array_add (self->edits, edit);
  if (self->source == 0)
    self->source = g_idle_add_once (on_idle, self);
  return edit;
}

KutipPendingEdits *
kutip_pending_edits_new (void)
{
  KutipPendingEdits *self = g_new0 (KutipPendingEdits, 1);

  self->edits = g_ptr_array_new_with_free_func (edit_free);
  return self;
}

void
kutip_pending_edits_free (KutipPendingEdits *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_unref (self->edits);
  g_free (self);
}

void
kutip_pending_edits_add_attributes (KutipPendingEdits *self,
                                    KutipAnnotator *annotator,
                                    const char *id,
                                    KutipAttributes *base,
                                    KutipAttributes *attributes)
{
  Edit *edit = add (self, annotator, id);

  if (base != NULL)
    edit->base = kutip_attributes_ref (base);
  if (attributes != NULL)
    edit->attributes = kutip_attributes_ref (attributes);
}

void
kutip_pending_edits_add_note (KutipPendingEdits *self,
                              KutipAnnotator *annotator,
                              const char *id,
                              const char *note)
{
  Edit *edit = add (self, annotator, id);

  edit->is_note = TRUE;
  edit->note = g_strdup (note);
}

void
kutip_pending_edits_apply (KutipPendingEdits *self)
{
  g_autoptr (GPtrArray) edits = g_steal_pointer (&self->edits);

  g_clear_handle_id (&self->source, g_source_remove);
  self->edits = g_ptr_array_new_with_free_func (edit_free);
  for (guint i = 0; i < edits->len; i++)
    apply_one (g_ptr_array_index (edits, i));
}
