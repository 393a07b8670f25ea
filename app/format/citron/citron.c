/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/citron/citron.h"

#include "format/formats.h"
#include "format/json/json-head.h"
#include "format/json/json.h"
#include "format/sidecar/annotation-json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct
{
  GString *out;
  KutipRecord *record;
  KutipLayer *layer;
  KutipReport *report;
  GHashTable *written; /* ids of spans that stand somewhere */
  GHashTable *groups;  /* span id -> the first id of those that are the same */
  guint n;
} Writing;

static void
lose (Writing *self, const char *what, const char *id)
{
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, what, self->record->path, id, 0,
                    NULL);
}

static gboolean
is_relation (KutipRelation *relation, const char *label)
{
  return strcmp (kutip_relation_get_label (relation), label) == 0;
}

/* @others: of what is not understood, what is a source's or a cue's. */
static void
append_place (Writing *self, KutipSpan *span, guint piece, KutipForeign *others)
{
  KutipRange range = kutip_span_get_ranges (span)[piece];
  g_autofree char *text =
      kutip_text_dup_range (kutip_article_get_text (self->record->article), range);

  g_string_append_printf (self->out, "{\"start\": %u, \"end\": %u", range.start,
                          range.end);
  kutip_annotation_append_string (self->out, "text", text);
  kutip_annotation_append_string (self->out, "id", kutip_span_get_id (span));
  kutip_annotation_append_unknown (self->out, others, KUTIP_CITRON,
                                   kutip_citron_place_members);
  g_string_append_c (self->out, '}');
  g_hash_table_add (self->written, (gpointer) kutip_span_get_id (span));
}

/* The span that @relation leads to, unless it has no place. */
static KutipSpan *
get_end (Writing *self, KutipRelation *relation)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, kutip_relation_get_to (relation));

  return span == NULL || kutip_span_is_orphan (span) ? NULL : span;
}

static GPtrArray *
list_from (Writing *self, KutipSpan *span, const char *label)
{
  const char *id = kutip_span_get_id (span);
  g_autoptr (GPtrArray) all = kutip_layer_list_relations_of (self->layer, id);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (all, i);

      if (strcmp (kutip_relation_get_from (relation), id) == 0 &&
          is_relation (relation, label))
        g_ptr_array_add (found, relation);
    }
  return found;
}

static gboolean
is_quote (Writing *self, KutipSpan *span)
{
  g_autoptr (GPtrArray) sources = list_from (self, span, KUTIP_CITRON_ATTRIBUTED_TO);
  g_autoptr (GPtrArray) cues = list_from (self, span, KUTIP_CITRON_INTRODUCED_BY);

  return !kutip_span_is_orphan (span) &&
         (strcmp (kutip_span_get_label (span), KUTIP_CITRON_QUOTE) == 0 ||
          sources->len + cues->len > 0);
}

/* A span that Citron has in one piece, with the label that it gives it. */
static void
append_role (Writing *self, KutipSpan *span, const char *label)
{
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  if (kutip_span_get_n_ranges (span) > 1)
    lose (self, "pieces", kutip_span_get_id (span));
  if (strcmp (kutip_span_get_label (span), label) != 0)
    lose (self, "labels", kutip_span_get_id (span));
  append_place (self, span, 0, is_quote (self, span) ? NULL : fields.foreign);
}

static void
append_cue (Writing *self, KutipSpan *quote)
{
  g_autoptr (GPtrArray) cues = list_from (self, quote, KUTIP_CITRON_INTRODUCED_BY);
  gboolean found = FALSE;

  for (guint i = 0; i < cues->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (cues, i);
      KutipSpan *cue = get_end (self, relation);

      if (cue == NULL || found)
        {
          lose (self, "relations", kutip_relation_get_id (relation));
          continue;
        }
      g_string_append (self->out, "\"cue\": ");
      append_role (self, cue, KUTIP_CITRON_CUE);
      g_string_append (self->out, ", ");
      found = TRUE;
    }
}

static void
append_sources (Writing *self, KutipSpan *quote)
{
  g_autoptr (GPtrArray) sources = list_from (self, quote, KUTIP_CITRON_ATTRIBUTED_TO);
  guint n = 0;

  g_string_append (self->out, "\"sources\": [");
  for (guint i = 0; i < sources->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (sources, i);
      KutipSpan *source = get_end (self, relation);

      if (source == NULL)
        {
          lose (self, "relations", kutip_relation_get_id (relation));
          continue;
        }
      if (n++ > 0)
        g_string_append (self->out, ", ");
      append_role (self, source, KUTIP_CITRON_SOURCE);
    }
  g_string_append_c (self->out, ']');
}

static gboolean
append_quote (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  KutipSpanFields fields;

  if (!is_quote (self, span))
    return TRUE;
  kutip_span_get_fields (span, &fields);
  if (strcmp (fields.label, KUTIP_CITRON_QUOTE) != 0)
    lose (self, "labels", fields.id);
  g_string_append (self->out, self->n++ == 0 ? "\n    {" : ",\n    {");
  append_cue (self, span);
  append_sources (self, span);
  g_string_append (self->out, ", \"contents\": [");
  for (guint i = 0; i < fields.n_ranges; i++)
    {
      if (i > 0)
        g_string_append (self->out, ", ");
      append_place (self, span, i, NULL);
    }
  g_string_append_c (self->out, ']');
  kutip_annotation_append_string (self->out, "id", fields.id);
  if (!isnan (fields.origin_score))
    {
      g_string_append (self->out, ", \"confidence\": ");
      kutip_json_append_double (self->out, fields.origin_score);
    }
  kutip_annotation_append_unknown (self->out, fields.foreign, KUTIP_CITRON,
                                   kutip_citron_quote_members);
  g_string_append_c (self->out, '}');
  return TRUE;
}

/* --- spans that are the same --- */

static const char *
find_group (Writing *self, const char *id)
{
  const char *first;

  while ((first = g_hash_table_lookup (self->groups, id)) != NULL &&
         strcmp (first, id) != 0)
    id = first;
  return id;
}

static gboolean
join_group (KutipRelation *relation, gpointer data)
{
  Writing *self = data;
  const char *from = kutip_relation_get_from (relation);
  KutipSpan *end = get_end (self, relation);
  KutipSpan *start = kutip_layer_get_span (self->layer, from);
  gboolean known = is_relation (relation, KUTIP_CITRON_ATTRIBUTED_TO) ||
                   is_relation (relation, KUTIP_CITRON_INTRODUCED_BY);

  if (!is_relation (relation, KUTIP_CITRON_SAME_AS) || end == NULL || start == NULL ||
      kutip_span_is_orphan (start))
    {
      /* Those to sources and cues are told where these are written; not from nowhere. */
      if (!known || start == NULL || kutip_span_is_orphan (start))
        lose (self, "relations", kutip_relation_get_id (relation));
      return TRUE;
    }
  if (!g_hash_table_contains (self->groups, from))
    g_hash_table_insert (self->groups, (gpointer) from, (gpointer) from);
  from = find_group (self, from);
  g_hash_table_insert (self->groups,
                       (gpointer) find_group (self, kutip_span_get_id (end)),
                       (gpointer) from);
  return TRUE;
}

/* The spans of each group, in document order. */
typedef struct
{
  Writing *writing;
  GHashTable *by_first; /* -> GPtrArray of KutipSpan */
  GPtrArray *groups;    /* the same, in order */
} Groups;

static gboolean
add_member (KutipSpan *span, gpointer data)
{
  Groups *self = data;
  const char *id = kutip_span_get_id (span);
  const char *first;
  GPtrArray *group;

  if (kutip_span_is_orphan (span) || !g_hash_table_contains (self->writing->groups, id))
    return TRUE;
  first = find_group (self->writing, id);
  group = g_hash_table_lookup (self->by_first, first);
  if (group == NULL)
    {
      group = g_ptr_array_new ();
      g_hash_table_insert (self->by_first, (gpointer) first, group);
      g_ptr_array_add (self->groups, group);
    }
  g_ptr_array_add (group, span);
  return TRUE;
}

static void
append_groups (Writing *self)
{
  g_autoptr (GHashTable) by_first = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) groups =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  Groups gathering = { self, by_first, groups };

  kutip_layer_foreach_relation (self->layer, join_group, self);
  if (g_hash_table_size (self->groups) == 0)
    return;
  kutip_layer_foreach_span (self->layer, add_member, &gathering);
  g_string_append (self->out, ",\n  \"coreference_groups\": [");
  for (guint i = 0; i < groups->len; i++)
    {
      const GPtrArray *group = g_ptr_array_index (groups, i);

      g_string_append (self->out, i == 0 ? "\n    [" : ",\n    [");
      for (guint j = 0; j < group->len; j++)
        {
          if (j > 0)
            g_string_append (self->out, ", ");
          append_role (self, g_ptr_array_index (group, j), KUTIP_CITRON_SOURCE);
        }
      g_string_append_c (self->out, ']');
    }
  g_string_append_c (self->out, ']');
}

static gboolean
tell_unwritten (KutipSpan *span, gpointer data)
{
  Writing *self = data;

  if (!kutip_span_is_orphan (span) &&
      !g_hash_table_contains (self->written, kutip_span_get_id (span)))
    lose (self, "spans", kutip_span_get_id (span));
  return TRUE;
}

static void
append_layer (Writing *self)
{
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (self->layer));
  gsize n;
  const char *utf8 =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), &n);

  g_string_append (self->out, "{\n  \"quotes\": [");
  kutip_layer_foreach_span (self->layer, append_quote, self);
  g_string_append_c (self->out, ']');
  append_groups (self);
  kutip_layer_foreach_span (self->layer, tell_unwritten, self);
  kutip_annotation_append_unknown (self->out, header->foreign, KUTIP_CITRON,
                                   kutip_citron_members);
  g_string_append (self->out, ",\n  \"path\": ");
  kutip_json_append_string (self->out, self->record->path);
  kutip_annotation_append_string (self->out, "annotator", header->annotator);
  g_string_append (self->out, ",\n  \"text\": ");
  kutip_json_append_bytes (self->out, utf8, n);
  g_string_append (self->out, "\n}\n");
}

static gboolean
write_citron (KutipRecord *record,
              const KutipFormatOptions *options,
              KutipSink *sink,
              KutipReport *report,
              GError **error)
{
  g_autoptr (GHashTable) taken =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n_stem =
      strlen (record->path) -
      (g_str_has_suffix (record->path, ".txt") && strlen (record->path) > 4 ? 4 : 0);
  g_autofree char *stem = g_strndup (record->path, n_stem);

  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = kutip_record_begin_layer (record, i, report);
      g_autofree char *annotator = kutip_record_make_annotator (
          record, kutip_header_get_fields (kutip_layer_get_header (layer))->annotator,
          taken, report);
      g_autofree char *name =
          g_strconcat (stem, *annotator == '\0' ? "" : "_", annotator, ".json", NULL);
      g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GString) out = g_string_new (NULL);
      Writing writing = { out, record, layer, report, written, groups, 0 };

      append_layer (&writing);
      if (!sink->append (sink, name, out->str, out->len, error))
        return FALSE;
    }
  return TRUE;
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  if (kutip_format_names_text (name))
    return KUTIP_MATCH_NO;
  return kutip_json_head_has (head, n_head, "quotes", 1) &&
                 (kutip_json_head_has (head, n_head, "text", 1) ||
                  kutip_json_head_has (head, n_head, "contents", 0))
             ? KUTIP_MATCH_YES
             : KUTIP_MATCH_NO;
}

/* Relations have none. */
static gboolean
keeps_id (const char *id, gboolean of_relation)
{
  return !of_relation;
}

const KutipFormat kutip_format_citron = {
  .name = KUTIP_CITRON,
  .title = N_ ("Citron attributions, JSON"),
  .suffix = ".json",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_SUB_TOKEN |
           KUTIP_KEEPS_ANNOTATORS,
  .counts = KUTIP_KEEPS_PIECES | KUTIP_KEEPS_RELATIONS,
  .foreign = KUTIP_CITRON,
  .keeps_id = keeps_id,
  .in_files = TRUE,
  .recognise = recognise,
  .read = kutip_citron_read,
  .write = write_citron,
};
