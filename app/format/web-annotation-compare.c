/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json-cursor.h"
#include "format/web-annotation.h"

#include <string.h>

/* Pages that were just written beside the record that they were written from: spans and
 * relations in the order of the layer, so that one look at each is enough, and nothing is
 * made of them. */
typedef struct
{
  KutipJsonCursor *cursor;
  KutipRecord *record;
  KutipLayer *layer;
  const char *annotator;
  char *source;     /* the article as targets name it */
  GHashTable *iris; /* of the layer's annotations that brought their own; owned */
  KutipDifference *difference;
} Comparison;

static gboolean
is_string (Comparison *self, const char *expected)
{
  return kutip_json_cursor_is_string (self->cursor, expected, strlen (expected));
}

/* The rest of a list that ends with nothing of interest. */
static guint
skip_rest (Comparison *self)
{
  guint n = 0;

  for (; kutip_json_cursor_next_element (self->cursor); n++)
    kutip_json_cursor_skip (self->cursor);
  return n;
}

/* --- spans --- */

static gboolean
is_quotation (Comparison *self, KutipRange range)
{
  static const char *const names[] = { "type", "exact", NULL };
  KutipText *text = kutip_article_get_text (self->record->article);
  int n_same = 0, member = -1;
  gsize n_bytes;
  const char *bytes = kutip_text_peek_range (text, range, &n_bytes);

  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    if (member == 0)
      n_same += is_string (self, "TextQuoteSelector");
    else if (member == 1)
      n_same += kutip_json_cursor_is_string (self->cursor, bytes, n_bytes);
    else
      kutip_json_cursor_skip (self->cursor);
  return n_same == 2;
}

static gboolean
is_position (Comparison *self, KutipRange range)
{
  static const char *const names[] = { "type", "start", "end", NULL };
  int n_same = 0, member = -1;

  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    if (member == 0)
      n_same += is_string (self, "TextPositionSelector");
    else if (member == KUTIP_JSON_CURSOR_OTHER)
      kutip_json_cursor_skip (self->cursor);
    else
      n_same +=
          kutip_json_cursor_is_uint (self->cursor, member == 1 ? range.start : range.end);
  return n_same == 3;
}

/* What it quotes, and where that stands. */
static gboolean
is_selector (Comparison *self, KutipRange range)
{
  gboolean same =
      kutip_json_cursor_open (self->cursor, '[') &&
      kutip_json_cursor_next_element (self->cursor) && is_quotation (self, range) &&
      kutip_json_cursor_next_element (self->cursor) && is_position (self, range);

  return skip_rest (self) == 0 && same;
}

static gboolean
is_target (Comparison *self, KutipRange range)
{
  static const char *const names[] = { "source", "selector", NULL };
  int n_same = 0, member = -1;

  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    if (member == 0)
      n_same += is_string (self, self->source);
    else if (member == 1)
      n_same += is_selector (self, range);
    else
      kutip_json_cursor_skip (self->cursor);
  return n_same == 2;
}

/* One for each piece. */
static gboolean
are_targets (Comparison *self, const KutipSpanFields *fields)
{
  gboolean same = TRUE;

  if (fields->n_ranges == 1)
    return is_target (self, fields->ranges[0]);
  kutip_json_cursor_open (self->cursor, '[');
  for (guint i = 0; same && i < fields->n_ranges; i++)
    same = kutip_json_cursor_next_element (self->cursor) &&
           is_target (self, fields->ranges[i]);
  return skip_rest (self) == 0 && same;
}

static gboolean
is_tag (Comparison *self, const char *label)
{
  static const char *const names[] = { "type", "purpose", "value", NULL };
  const char *const expected[] = { "TextualBody", "tagging", label };

  return kutip_json_cursor_next_element (self->cursor) &&
         kutip_json_cursor_has_strings (self->cursor, names, expected);
}

/* The label, and behind it what else the span says. */
static gboolean
is_body (Comparison *self, const char *label)
{
  gboolean same = kutip_json_cursor_open (self->cursor, '[') && is_tag (self, label);

  skip_rest (self);
  return same;
}

static gboolean
is_own (Comparison *self, const char *id)
{
  static const char *const names[] = { "id", NULL };

  return kutip_json_cursor_has_strings (self->cursor, names, &id);
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
is_span (Comparison *self, const KutipSpanFields *fields, const char *iri)
{
  static const char *const names[] = { "id",   "type",   "motivation",
                                       "body", "target", KUTIP_WEB_ANNOTATION_OWN,
                                       NULL };
  const char *const expected[] = { iri, "Annotation", "classifying" };
  int n_same = 0, member = -1;

  if (!kutip_json_cursor_next_element (self->cursor))
    return FALSE;
  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    switch (member)
      {
      case 0:
      case 1:
      case 2:
        n_same += is_string (self, expected[member]);
        break;
      case 3:
        n_same += is_body (self, fields->label);
        break;
      case 4:
        n_same += are_targets (self, fields);
        break;
      case 5:
        n_same += is_own (self, fields->id);
        break;
      default:
        kutip_json_cursor_skip (self->cursor);
        break;
      }
  return n_same == 6;
}

static gboolean
compare_span (KutipSpan *span, gpointer data)
{
  Comparison *self = data;
  KutipSpanFields fields;
  g_autofree char *iri = NULL;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  iri = kutip_web_annotation_make_iri (self->record->path, self->annotator,
                                       fields.foreign, "span", fields.id);
  if (!is_span (self, &fields, iri) || !is_only_iri (self, &fields, iri))
    self->difference->span = span;
  return self->difference->span == NULL;
}

/* The first that has it stands for it. */
static gboolean
note_iri (KutipSpan *span, gpointer data)
{
  Comparison *self = data;
  KutipSpanFields fields;
  char *iri;

  kutip_span_get_fields (span, &fields);
  iri =
      fields.texts != NULL ? NULL : kutip_web_annotation_dup_foreign_iri (fields.foreign);
  if (iri == NULL)
    return TRUE;
  if (g_hash_table_contains (self->iris, iri))
    g_free (iri);
  else
    g_hash_table_insert (self->iris, iri, (gpointer) kutip_span_get_id (span));
  return TRUE;
}

/* --- relations --- */

/* The IRI of a span that was written. Owned, or NULL. */
static char *
make_end (Comparison *self, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);
  KutipSpanFields fields;

  if (span == NULL || kutip_span_is_orphan (span))
    return NULL;
  kutip_span_get_fields (span, &fields);
  return kutip_web_annotation_make_iri (self->record->path, self->annotator,
                                        fields.foreign, "span", id);
}

/* The label, and at the end of the list where the relation leads. */
static gboolean
is_link (Comparison *self, const char *label, const char *to)
{
  static const char *const names[] = { "purpose", "source", NULL };
  const char *const expected[] = { "linking", to };
  gboolean same = kutip_json_cursor_open (self->cursor, '[') && is_tag (self, label);
  gboolean is_there = FALSE;

  while (kutip_json_cursor_next_element (self->cursor))
    is_there = kutip_json_cursor_has_strings (self->cursor, names, expected);
  return same && is_there;
}

static gboolean
is_relation (Comparison *self,
             const KutipRelationFields *fields,
             const char *from,
             const char *to)
{
  static const char *const names[] = {
    "type", "motivation", "body", "target", KUTIP_WEB_ANNOTATION_OWN, NULL
  };
  int n_same = 0, member = -1;

  if (!kutip_json_cursor_next_element (self->cursor))
    return FALSE;
  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    switch (member)
      {
      case 0:
        n_same += is_string (self, "Annotation");
        break;
      case 1:
        n_same += is_string (self, "linking");
        break;
      case 2:
        n_same += is_link (self, fields->label, to);
        break;
      case 3:
        n_same += is_string (self, from);
        break;
      case 4:
        n_same += is_own (self, fields->id);
        break;
      default:
        kutip_json_cursor_skip (self->cursor);
        break;
      }
  return n_same == 5;
}

static gboolean
compare_relation (KutipRelation *relation, gpointer data)
{
  Comparison *self = data;
  KutipRelationFields fields;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  kutip_relation_get_fields (relation, &fields);
  from = make_end (self, fields.from);
  to = make_end (self, fields.to);
  if (from != NULL && to != NULL && !is_relation (self, &fields, from, to))
    self->difference->relation = relation;
  return self->difference->relation == NULL;
}

/* --- pages --- */

static gboolean
is_own_page (Comparison *self)
{
  static const char *const names[] = { "path", "annotator", NULL };
  const char *const expected[] = { self->record->path, self->annotator };

  return kutip_json_cursor_has_strings (self->cursor, names, expected);
}

static void
compare_items (Comparison *self)
{
  kutip_json_cursor_open (self->cursor, '[');
  kutip_layer_foreach_span (self->layer, note_iri, self);
  kutip_layer_foreach_span (self->layer, compare_span, self);
  kutip_layer_foreach_relation (self->layer, compare_relation, self);
  self->difference->more |= skip_rest (self) > 0;
}

static gboolean
compare_page (Comparison *self)
{
  static const char *const names[] = { "type", KUTIP_WEB_ANNOTATION_OWN, "items", NULL };
  int n_same = 0, member = -1;

  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    switch (member)
      {
      case 0:
        n_same += is_string (self, "AnnotationPage");
        break;
      case 1:
        n_same += is_own_page (self);
        break;
      case 2:
        n_same++;
        compare_items (self);
        break;
      default:
        kutip_json_cursor_skip (self->cursor);
        break;
      }
  return n_same == 3;
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
    {
      KutipLayer *layer = g_ptr_array_index (record->layers, i);
      g_autoptr (GHashTable) iris =
          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      Comparison self = { &cursor,   record,
                          layer,     kutip_web_annotation_get_annotator (layer),
                          source,    iris,
                          difference };

      same = kutip_json_cursor_next_element (&cursor) && compare_page (&self);
    }
  kutip_json_cursor_end (&cursor);
  return same && !cursor.is_broken;
}
