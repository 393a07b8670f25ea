/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/change-check.h"

#include "model/document-error.h"

#include <glib/gi18n.h>

/* The layer as it would be after the edits seen so far. Things are borrowed from the
 * change. */
typedef struct
{
  KutipLayer *layer;
  guint length;
  GHashTable *spans; /* id -> KutipSpan, NULL when removed; only those that edits name */
  GHashTable *relations; /* id -> KutipRelation, as for spans */
  KutipHeader *header;
} Outlook;

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (GError **error, KutipDocumentError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (KUTIP_DOCUMENT_ERROR, (int) code, format, arguments);
  va_end (arguments);
  return FALSE;
}

static KutipSpan *
find_span (Outlook *outlook, const char *id)
{
  gpointer span;

  return g_hash_table_lookup_extended (outlook->spans, id, NULL, &span)
             ? span
             : kutip_layer_get_span (outlook->layer, id);
}

static KutipRelation *
find_relation (Outlook *outlook, const char *id)
{
  gpointer relation;

  return g_hash_table_lookup_extended (outlook->relations, id, NULL, &relation)
             ? relation
             : kutip_layer_get_relation (outlook->layer, id);
}

static gboolean
check_new_id (Outlook *outlook, const char *id, GError **error)
{
  if (*id == '\0')
    return refuse (error, KUTIP_DOCUMENT_ERROR_INVALID, _ ("An annotation has no id"));
  if (find_span (outlook, id) != NULL || find_relation (outlook, id) != NULL)
    /* Translators: %s is the id of an annotation, such as s12. */
    return refuse (error, KUTIP_DOCUMENT_ERROR_INVALID,
                   _ ("There is an annotation “%s” already"), id);
  return TRUE;
}

static gboolean
refuse_stale (const char *id, GError **error)
{
  /* Translators: %s is the id of an annotation, such as s12. */
  return refuse (error, KUTIP_DOCUMENT_ERROR_STALE,
                 _ ("The annotation “%s” has changed meanwhile"), id);
}

static gboolean
refuse_other_id (const char *id, GError **error)
{
  /* Translators: %s is the id of an annotation, such as s12. */
  return refuse (error, KUTIP_DOCUMENT_ERROR_INVALID,
                 _ ("The id of the annotation “%s” cannot be changed"), id);
}

/* Ranges that stand side by side are let through: foreign files have them. */
static gboolean
check_ranges (KutipSpan *span, guint length, GError **error)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);
  guint n = kutip_span_get_n_ranges (span);

  for (guint i = 0; i < n; i++)
    {
      if (ranges[i].start >= ranges[i].end)
        /* Translators: %s is the id of an annotation, such as s12. */
        return refuse (error, KUTIP_DOCUMENT_ERROR_INVALID,
                       _ ("The annotation “%s” has an empty range"),
                       kutip_span_get_id (span));
      if (ranges[i].end > length)
        /* Translators: %s is the id of an annotation, such as s12. */
        return refuse (error, KUTIP_DOCUMENT_ERROR_INVALID,
                       _ ("The annotation “%s” lies outside the text"),
                       kutip_span_get_id (span));
      if (i > 0 && ranges[i].start < ranges[i - 1].end)
        /* Translators: %s is the id of an annotation, such as s12. */
        return refuse (error, KUTIP_DOCUMENT_ERROR_INVALID,
                       _ ("The ranges of the annotation “%s” are not in order"),
                       kutip_span_get_id (span));
    }
  return TRUE;
}

static gboolean
check_span_edit (Outlook *outlook, KutipSpan *before, KutipSpan *after, GError **error)
{
  const char *id = kutip_span_get_id (after != NULL ? after : before);

  if (before != NULL)
    {
      KutipSpan *present = find_span (outlook, kutip_span_get_id (before));

      if (present == NULL || !kutip_span_equal (present, before))
        return refuse_stale (kutip_span_get_id (before), error);
      if (after != NULL && g_strcmp0 (kutip_span_get_id (before), id) != 0)
        return refuse_other_id (kutip_span_get_id (before), error);
    }
  else if (!check_new_id (outlook, id, error))
    return FALSE;

  if (after != NULL && !kutip_span_is_orphan (after) &&
      !check_ranges (after, outlook->length, error))
    return FALSE;
  g_hash_table_insert (outlook->spans, (gpointer) id, after);
  return TRUE;
}

static gboolean
check_relation_edit (Outlook *outlook,
                     KutipRelation *before,
                     KutipRelation *after,
                     GError **error)
{
  const char *id = kutip_relation_get_id (after != NULL ? after : before);

  if (before != NULL)
    {
      KutipRelation *present = find_relation (outlook, kutip_relation_get_id (before));

      if (present == NULL || !kutip_relation_equal (present, before))
        return refuse_stale (kutip_relation_get_id (before), error);
      if (after != NULL && g_strcmp0 (kutip_relation_get_id (before), id) != 0)
        return refuse_other_id (kutip_relation_get_id (before), error);
    }
  else if (!check_new_id (outlook, id, error))
    return FALSE;

  g_hash_table_insert (outlook->relations, (gpointer) id, after);
  return TRUE;
}

static gboolean
check_header_edit (Outlook *outlook,
                   KutipHeader *before,
                   KutipHeader *after,
                   GError **error)
{
  if (!kutip_header_equal (before, outlook->header))
    return refuse (error, KUTIP_DOCUMENT_ERROR_STALE,
                   _ ("The article's properties have changed meanwhile"));
  outlook->header = after;
  return TRUE;
}

static gboolean
check_edit (Outlook *outlook, const KutipEdit *edit, GError **error)
{
  switch (edit->kind)
    {
    case KUTIP_EDIT_SPAN:
      return check_span_edit (outlook, edit->before, edit->after, error);
    case KUTIP_EDIT_RELATION:
      return check_relation_edit (outlook, edit->before, edit->after, error);
    case KUTIP_EDIT_HEADER:
      return check_header_edit (outlook, edit->before, edit->after, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
check_end (Outlook *outlook, KutipRelation *relation, const char *span_id, GError **error)
{
  if (find_span (outlook, span_id) != NULL)
    return TRUE;
  /* Translators: %1$s and %2$s are ids of annotations, such as r3 and s12. */
  return refuse (error, KUTIP_DOCUMENT_ERROR_INVALID,
                 _ ("The relation “%1$s” would lead to “%2$s”, which is not there"),
                 kutip_relation_get_id (relation), span_id);
}

/* A relation of the layer that no edit names still needs its ends. */
static gboolean
check_left_behind (Outlook *outlook, const char *span_id, GError **error)
{
  g_autoptr (GPtrArray) relations =
      kutip_layer_list_relations_of (outlook->layer, span_id);

  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);

      if (!g_hash_table_contains (outlook->relations, kutip_relation_get_id (relation)) &&
          !check_end (outlook, relation, span_id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_ends (Outlook *outlook, GError **error)
{
  GHashTableIter iter;
  gpointer id, thing;

  g_hash_table_iter_init (&iter, outlook->relations);
  while (g_hash_table_iter_next (&iter, &id, &thing))
    if (thing != NULL &&
        (!check_end (outlook, thing, kutip_relation_get_from (thing), error) ||
         !check_end (outlook, thing, kutip_relation_get_to (thing), error)))
      return FALSE;

  g_hash_table_iter_init (&iter, outlook->spans);
  while (g_hash_table_iter_next (&iter, &id, &thing))
    if (thing == NULL && !check_left_behind (outlook, id, error))
      return FALSE;
  return TRUE;
}

gboolean
kutip_change_check (KutipChange *change, KutipLayer *layer, guint length, GError **error)
{
  g_autoptr (GHashTable) spans = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) relations = g_hash_table_new (g_str_hash, g_str_equal);
  Outlook outlook = { layer, length, spans, relations, kutip_layer_get_header (layer) };

  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    if (!check_edit (&outlook, kutip_change_get_nth_edit (change, i), error))
      return FALSE;
  return check_ends (&outlook, error);
}
