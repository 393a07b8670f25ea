/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/comparison.h"
#include "format/web-annotation/web-annotation-kept.h"
#include "format/web-annotation/web-annotation.h"

/* A page beside its layer. */
typedef struct
{
  KutipComparison base;
  KutipRecord *record;
  const char *annotator;
  const char *source; /* the article as targets name it */
  GHashTable *iris;   /* of the layer's annotations that brought their own; owned */
  /* What the next annotation should say. */
  const KutipSpanFields *span;
  KutipRange range;
  const char *id, *label;
  const char *to; /* an IRI */
  KutipWebKept kept;
} Comparison;

static gboolean
is_object (Comparison *self, const KutipJsonExpected *members, guint n)
{
  return kutip_json_cursor_is_object (self->base.cursor, members, n, self);
}

/* The value, to the byte: it was looked at before it was written. */
static gboolean
is_kept (Comparison *self, const KutipJsonNode *kept)
{
  KutipJsonCursor *cursor = self->base.cursor;
  g_autoptr (GString) json = g_string_new (NULL);

  kutip_json_node_append (json, kept);
  KUTIP_JSON_CURSOR_PASS (cursor, " ");
  if (kutip_json_cursor_pass_bytes (cursor, json->str, json->len))
    return TRUE;
  kutip_json_cursor_skip (cursor);
  return FALSE;
}

static gboolean
is_kept_body (gpointer data)
{
  Comparison *self = data;

  return is_kept (self, self->kept.body);
}

static gboolean
is_kept_body_value (gpointer data)
{
  Comparison *self = data;

  return is_kept (self, self->kept.body_value);
}

static gboolean
is_kept_motivation (gpointer data)
{
  Comparison *self = data;

  return is_kept (self, self->kept.motivation);
}

static gboolean
is_kept_target (gpointer data)
{
  Comparison *self = data;

  return is_kept (self, self->kept.target);
}

/* What is kept takes the place of what is expected. */
static void
expect_kept (Comparison *self,
             KutipJsonExpected *motivation,
             KutipJsonExpected *body,
             KutipJsonExpected *target)
{
  const KutipWebKept *kept = &self->kept;

  if (kept->motivation != NULL)
    *motivation = (KutipJsonExpected){ "motivation", .is = is_kept_motivation };
  if (kept->body != NULL)
    *body = (KutipJsonExpected){ "body", .is = is_kept_body };
  else if (kept->body_value != NULL)
    *body = (KutipJsonExpected){ "bodyValue", .is = is_kept_body_value };
  if (kept->target != NULL)
    *target = (KutipJsonExpected){ "target", .is = is_kept_target };
}

static gboolean
is_tag (Comparison *self)
{
  const KutipJsonExpected members[] = {
    { "type", .string = "TextualBody" },
    { "purpose", .string = "tagging" },
    { "value", .string = self->label },
  };

  return kutip_json_cursor_next_element (self->base.cursor) &&
         is_object (self, members, G_N_ELEMENTS (members));
}

static gboolean
is_own (gpointer data)
{
  Comparison *self = data;
  const KutipJsonExpected members[] = { { "id", .string = self->id } };

  return is_object (self, members, G_N_ELEMENTS (members));
}

/* --- spans --- */

static gboolean
is_exact (gpointer data)
{
  Comparison *self = data;

  return kutip_comparison_is_quoted (&self->base, self->range);
}

/* What it quotes, and where that stands. */
static gboolean
is_selector (gpointer data)
{
  static const KutipJsonExpected quotation[] = {
    { "type", .string = "TextQuoteSelector" }, { "exact", .is = is_exact }
  };
  Comparison *self = data;
  KutipJsonCursor *cursor = self->base.cursor;
  const KutipJsonExpected position[] = {
    { "type", .string = "TextPositionSelector" },
    { "start", .number = self->range.start },
    { "end", .number = self->range.end },
  };
  gboolean same = kutip_json_cursor_open (cursor, '[') &&
                  kutip_json_cursor_next_element (cursor) &&
                  is_object (self, quotation, G_N_ELEMENTS (quotation)) &&
                  kutip_json_cursor_next_element (cursor) &&
                  is_object (self, position, G_N_ELEMENTS (position));

  return kutip_json_cursor_skip_rest (cursor) == 0 && same;
}

static gboolean
is_target (Comparison *self, KutipRange range)
{
  const KutipJsonExpected members[] = {
    { "source", .string = self->source },
    { "selector", .is = is_selector },
  };

  self->range = range;
  return is_object (self, members, G_N_ELEMENTS (members));
}

/* One for each piece. */
static gboolean
are_targets (gpointer data)
{
  Comparison *self = data;
  KutipJsonCursor *cursor = self->base.cursor;
  gboolean same = TRUE;

  if (self->span->n_ranges == 1)
    return is_target (self, self->span->ranges[0]);
  kutip_json_cursor_open (cursor, '[');
  for (guint i = 0; same && i < self->span->n_ranges; i++)
    same = kutip_json_cursor_next_element (cursor) &&
           is_target (self, self->span->ranges[i]);
  return kutip_json_cursor_skip_rest (cursor) == 0 && same;
}

/* The label, and behind it what else the span says. */
static gboolean
is_body (gpointer data)
{
  Comparison *self = data;
  gboolean same = kutip_json_cursor_open (self->base.cursor, '[') && is_tag (self);

  kutip_json_cursor_skip_rest (self->base.cursor);
  return same;
}

/* Two annotations of one IRI could not be told from one another. */
static gboolean
is_only_iri (Comparison *self, const KutipSpanFields *fields, const char *iri)
{
  g_autofree char *foreign = NULL;

  if (g_hash_table_size (self->iris) == 0)
    return TRUE;
  foreign = kutip_web_annotation_dup_foreign_iri (fields->foreign);
  if (foreign == NULL)
    return !g_hash_table_contains (self->iris, iri);
  return g_strcmp0 (g_hash_table_lookup (self->iris, iri), fields->id) == 0;
}

/* The next annotation is the span. */
static gboolean
is_span (KutipComparison *base, const KutipSpanFields *fields)
{
  Comparison *self = (Comparison *) base;
  gboolean same;
  g_autofree char *iri = kutip_web_annotation_make_iri (
      self->record->path, self->annotator, fields->foreign, "span", fields->id);
  KutipJsonExpected members[] = {
    { "id", .string = iri },
    { "type", .string = "Annotation" },
    { "motivation", .string = "classifying" },
    { "body", .is = is_body },
    { "target", .is = are_targets },
    { KUTIP_WEB_ANNOTATION_OWN, .is = is_own },
  };

  self->span = fields;
  self->id = fields->id;
  self->label = fields->label;
  kutip_web_kept_init_of_span (&self->kept, fields, base->text, self->annotator);
  expect_kept (self, &members[2], &members[3], &members[4]);
  same = kutip_json_cursor_next_element (base->cursor) &&
         is_object (self, members, G_N_ELEMENTS (members)) &&
         is_only_iri (self, fields, iri);
  kutip_web_kept_clear (&self->kept);
  return same;
}

/* The first that has it stands for it. */
static gboolean
note_iri (KutipSpan *span, gpointer data)
{
  GHashTable *iris = data;
  KutipSpanFields fields;
  char *iri;

  kutip_span_get_fields (span, &fields);
  iri =
      fields.texts != NULL ? NULL : kutip_web_annotation_dup_foreign_iri (fields.foreign);
  if (iri == NULL)
    return TRUE;
  if (g_hash_table_contains (iris, iri))
    g_free (iri);
  else
    g_hash_table_insert (iris, iri, (gpointer) kutip_span_get_id (span));
  return TRUE;
}

/* --- relations --- */

/* The IRI of a span that was written. Owned. */
static char *
make_end (Comparison *self, const char *id)
{
  KutipSpanFields fields;

  kutip_span_get_fields (kutip_layer_get_span (self->base.layer, id), &fields);
  return kutip_web_annotation_make_iri (self->record->path, self->annotator,
                                        fields.foreign, "span", id);
}

/* The label, and at the end of the list where the relation leads. */
static gboolean
is_link (gpointer data)
{
  Comparison *self = data;
  KutipJsonCursor *cursor = self->base.cursor;
  const KutipJsonExpected members[] = { { "purpose", .string = "linking" },
                                        { "source", .string = self->to } };
  gboolean same = kutip_json_cursor_open (cursor, '[') && is_tag (self);
  gboolean is_there = FALSE;

  while (kutip_json_cursor_next_element (cursor))
    is_there = is_object (self, members, G_N_ELEMENTS (members));
  return same && is_there;
}

static gboolean
is_relation (KutipComparison *base, const KutipRelationFields *fields)
{
  Comparison *self = (Comparison *) base;
  gboolean same;
  g_autofree char *from = make_end (self, fields->from);
  g_autofree char *to = make_end (self, fields->to);
  KutipJsonExpected members[] = {
    { "type", .string = "Annotation" },
    { "motivation", .string = "linking" },
    { "body", .is = is_link },
    { "target", .string = from },
    { KUTIP_WEB_ANNOTATION_OWN, .is = is_own },
  };

  self->id = fields->id;
  self->label = fields->label;
  self->to = to;
  kutip_web_kept_init_of_relation (&self->kept, fields, base->text, self->annotator, from,
                                   to);
  expect_kept (self, &members[1], &members[2], &members[3]);
  same = kutip_json_cursor_next_element (base->cursor) &&
         is_object (self, members, G_N_ELEMENTS (members));
  kutip_web_kept_clear (&self->kept);
  return same;
}

/* --- pages --- */

static gboolean
is_own_page (gpointer data)
{
  Comparison *self = data;
  const KutipJsonExpected members[] = {
    { "path", .string = self->record->path },
    { "annotator", .string = self->annotator },
  };

  return is_object (self, members, G_N_ELEMENTS (members));
}

static gboolean
are_items (gpointer data)
{
  Comparison *self = data;
  KutipComparison *base = &self->base;
  gboolean is_list = kutip_json_cursor_open (base->cursor, '[');

  kutip_layer_foreach_span (base->layer, note_iri, self->iris);
  kutip_comparison_look_at_spans (base);
  kutip_comparison_look_at_relations (base);
  kutip_comparison_end_list (base);
  return is_list;
}

/* The next page is the layer. */
static gboolean
is_page (KutipJsonCursor *cursor,
         KutipRecord *record,
         KutipLayer *layer,
         const char *source,
         KutipDifference *difference)
{
  static const KutipJsonExpected members[] = {
    { "type", .string = "AnnotationPage" },
    { KUTIP_WEB_ANNOTATION_OWN, .is = is_own_page },
    { "items", .is = are_items },
  };
  g_autoptr (GHashTable) iris =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Comparison self = {
    .base = { .cursor = cursor,
              .text = kutip_article_get_text (record->article),
              .layer = layer,
              .is_span = is_span,
              .is_relation = is_relation,
              .difference = difference },
    .record = record,
    .annotator = kutip_web_annotation_get_annotator (layer),
    .source = source,
    .iris = iris,
  };

  return kutip_json_cursor_next_element (cursor) &&
         is_object (&self, members, G_N_ELEMENTS (members));
}

gboolean
kutip_web_annotation_compare (KutipRecord *record,
                              const char *bytes,
                              gsize n_bytes,
                              GHashTable *excused,
                              KutipDifference *difference)
{
  g_auto (KutipJsonCursor) cursor;
  g_autofree char *source = g_uri_escape_string (record->path, "/", FALSE);
  gboolean same = TRUE;

  kutip_json_cursor_init (&cursor, bytes, n_bytes);
  /* As in a list whose bracket was passed. */
  cursor.is_first = TRUE;
  for (guint i = 0; same && i < record->layers->len; i++)
    same = is_page (&cursor, record, g_ptr_array_index (record->layers, i), source,
                    difference);
  kutip_json_cursor_end (&cursor);
  return same && !cursor.is_broken;
}
