/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas-write.h"
#include "format/json/json.h"
#include "format/sidecar/sidecar.h"
#include "format/tokens.h"
#include "format/uima/cas-document.h"
#include "format/uima/cas-foreign.h"
#include "format/xml/xml.h"

#include <string.h>

/* A layer as a CAS: see cas-layer.c for the way back. */

void
kutip_cas_building_lose (KutipCasBuilding *self, const char *what, const char *id)
{
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, what, self->record->path, id, 0,
                    NULL);
}

void
kutip_cas_building_lose_kept (KutipCasBuilding *self, const char *id, const char *detail)
{
  if (!self->writing->everything)
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "unknown-members",
                      self->record->path, id, 0, detail);
}

const char *
kutip_cas_building_choose_type (KutipCasBuilding *self,
                                const char *wanted,
                                const char *otherwise)
{
  if (wanted == NULL || !kutip_cas_is_name (wanted, TRUE) ||
      strcmp (wanted, KUTIP_CAS_HEADER) == 0 ||
      strcmp (wanted, KUTIP_CAS_METADATA) == 0 ||
      /* Nobody can declare more features of UIMA's own types. */
      g_str_has_prefix (wanted, "uima."))
    return otherwise;
  if (!self->writing->everything &&
      (strcmp (wanted, KUTIP_CAS_TOKEN) == 0 || strcmp (wanted, KUTIP_CAS_SENTENCE) == 0))
    return otherwise;
  return wanted;
}

void
kutip_cas_building_set_string (KutipCasBuilding *self,
                               KutipCasStructure *structure,
                               const char *feature,
                               const char *string)
{
  kutip_cas_declare_feature (self->cas, structure->type, feature, KUTIP_CAS_STRING,
                             "uima.cas.String");
  kutip_cas_set_string (self->cas, structure, feature, KUTIP_CAS_STRING, string);
}

/* JSON that XML can hold as well: two characters that may stand in strings are escaped.
 */
static char *
escape_json (char *json)
{
  g_autofree char *owned = json;
  g_autoptr (GString) safe = NULL;

  if (kutip_xml_is_clean (json))
    return g_steal_pointer (&owned);
  safe = g_string_new (NULL);
  for (const char *p = json; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0xfffe || c == 0xffff)
        g_string_append_printf (safe, "\\u%04x", c);
      else
        g_string_append_len (safe, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (g_steal_pointer (&safe), FALSE);
}

void
kutip_cas_building_set_json (KutipCasBuilding *self,
                             KutipCasStructure *structure,
                             const char *feature,
                             KutipCasObject what,
                             gpointer object)
{
  kutip_cas_declare_feature (self->cas, structure->type, feature, KUTIP_CAS_STRING,
                             "uima.cas.String");
  kutip_cas_set_made (self->cas, structure, feature, what, object);
}

KutipCasStructure *
kutip_cas_building_add (KutipCasBuilding *self, const char *type, const char *super)
{
  kutip_cas_declare (self->cas, type, super);
  return kutip_cas_add (self->cas, 0, type, NULL);
}

void
kutip_cas_building_place (KutipCasBuilding *self,
                          KutipCasStructure *structure,
                          KutipRange range)
{
  structure->sofa = self->sofa->id;
  structure->placed = TRUE;
  structure->begin = kutip_text_to_utf16 (self->text, range.start);
  structure->end = kutip_text_to_utf16 (self->text, range.end);
}

/* --- attributes --- */

static KutipCasKind
get_kind (KutipValueType type)
{
  return type == KUTIP_VALUE_LIST   ? KUTIP_CAS_STRINGS
         : type == KUTIP_VALUE_FLAG ? KUTIP_CAS_BOOLEAN
                                    : KUTIP_CAS_STRING;
}

static char *
make_key (const char *type, const char *feature)
{
  return g_strconcat (type, "\t", feature, NULL);
}

/* The range that the feature came with; NULL: none, or one that attributes tell. */
static const char *
find_range (KutipCasBuilding *self, const char *type, const char *feature)
{
  return kutip_json_node_get_member (kutip_json_node_get (self->ranges, type), feature);
}

/* Notes what kind the feature of each attribute must have to hold all of its values. */
void
kutip_cas_building_note_kinds (KutipCasBuilding *self,
                               const char *type,
                               KutipAttributes *attributes)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      g_autofree char *feature = kutip_cas_make_feature_name (attribute.name);
      char *key = make_key (type, feature);
      KutipCasKind kind =
          self->writing->everything ? get_kind (attribute.type) : KUTIP_CAS_STRING;
      gpointer known = g_hash_table_lookup (self->kinds, key);
      const char *range = find_range (self, type, feature);

      if (range != NULL && kutip_cas_range_fits (range, &attribute))
        kind = kutip_cas_find_kind (self->cas, range, NULL);
      else if (range != NULL)
        g_hash_table_add (self->misfits, g_strdup (key));

      if (known != NULL && (KutipCasKind) (GPOINTER_TO_UINT (known) - 1) != kind)
        kind =
            GPOINTER_TO_UINT (known) - 1 == KUTIP_CAS_STRINGS || kind == KUTIP_CAS_STRINGS
                ? KUTIP_CAS_STRINGS
                : KUTIP_CAS_STRING;
      g_hash_table_replace (self->kinds, key, GUINT_TO_POINTER (kind + 1u));
    }
}

static void
set_attribute (KutipCasBuilding *self,
               KutipCasStructure *structure,
               const char *feature,
               const KutipAttribute *attribute)
{
  static const char *const flag[] = { "true", NULL };
  static const char *const ranges[] = { "uima.cas.String", "uima.cas.Boolean", NULL,
                                        "uima.cas.StringArray" };
  const char *const *values =
      attribute->type == KUTIP_VALUE_FLAG ? flag : attribute->values;
  g_autofree char *key = make_key (structure->type, feature);
  KutipCasKind kind = GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, key)) - 1;
  const char *range = g_hash_table_contains (self->misfits, key)
                          ? NULL
                          : find_range (self, structure->type, feature);
  g_autofree char *joined = NULL;

  kutip_cas_declare_feature (self->cas, structure->type, feature, kind,
                             range != NULL ? range : ranges[kind]);
  if (kind == KUTIP_CAS_STRINGS)
    {
      kutip_cas_set_strings (self->cas, structure, feature, values);
      return;
    }
  joined = g_strjoinv (", ", (char **) values);
  kutip_cas_set_string (self->cas, structure, feature, kind, joined);
}

/* A boolean that is not true is false: UIMA knows no other. */
static void
set_booleans (KutipCasBuilding *self, KutipCasStructure *structure)
{
  const KutipJsonNode *ranges = kutip_json_node_get (self->ranges, structure->type);

  for (const KutipJsonNode *child = kutip_json_node_is_object (ranges) ? ranges->first
                                                                       : NULL;
       child != NULL; child = child->next)
    {
      g_autofree char *key = make_key (structure->type, child->name);

      if (g_strcmp0 (kutip_json_node_get_string (child), "uima.cas.Boolean") != 0 ||
          !kutip_cas_is_name (child->name, FALSE) ||
          kutip_cas_get (structure, child->name) != NULL ||
          g_hash_table_contains (self->misfits, key))
        continue;
      kutip_cas_declare_feature (self->cas, structure->type, child->name,
                                 KUTIP_CAS_BOOLEAN, child->string);
      kutip_cas_set_string (self->cas, structure, child->name, KUTIP_CAS_BOOLEAN,
                            "false");
    }
}

void
kutip_cas_building_set_attributes (KutipCasBuilding *self,
                                   KutipCasStructure *structure,
                                   const char *label_feature,
                                   KutipAttributes *attributes,
                                   const char *id)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      g_autofree char *feature = kutip_cas_make_feature_name (attribute.name);
      gboolean free = kutip_cas_get (structure, feature) == NULL &&
                      g_strcmp0 (feature, label_feature) != 0;

      if (free)
        set_attribute (self, structure, feature, &attribute);
      if (self->writing->everything)
        continue;
      if (!free || strcmp (feature, attribute.name) != 0)
        kutip_cas_building_lose (self, "names", id);
      if (attribute.type == KUTIP_VALUE_FLAG)
        kutip_cas_building_lose (self, "attribute-flags", id);
    }
  set_booleans (self, structure);
}

/* --- spans --- */

const char *
kutip_cas_building_get_label_feature (const KutipCasTrace *trace,
                                      const char *label,
                                      const char *type)
{
  if (trace->label != NULL && *trace->label == '\0' &&
      strcmp (label, kutip_cas_get_short_name (type)) == 0)
    return NULL;
  return trace->label != NULL && kutip_cas_is_name (trace->label, FALSE) &&
                 !kutip_cas_is_column_word (trace->label)
             ? trace->label
             : KUTIP_CAS_FEATURE_LABEL;
}

/* Whether the features of @type say all that the attributes do. */
static gboolean
are_plain (KutipCasBuilding *self, const char *type, KutipAttributes *attributes)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      g_autofree char *feature = kutip_cas_make_feature_name (attribute.name);
      g_autofree char *key = make_key (type, feature);

      if (attribute.type != KUTIP_VALUE_STRING || strcmp (feature, attribute.name) != 0 ||
          GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, key)) !=
              KUTIP_CAS_STRING + 1u ||
          !kutip_xml_is_clean (attribute.values[0]))
        return FALSE;
    }
  return TRUE;
}

/* What a sidecar says, but for what stands in the text, and in other features. */
static void
append_span (KutipCasBuilding *self, GString *json, KutipSpan *original, const char *type)
{
  KutipSpanFields copy;
  g_autofree const char **texts = NULL;
  g_autoptr (KutipSpan) span = NULL;

  kutip_span_get_fields (original, &copy);
  texts = g_new0 (const char *, copy.n_ranges + 1);
  for (guint i = 0; i < copy.n_ranges; i++)
    texts[i] = "";
  copy.texts = texts;
  copy.prefix = NULL;
  copy.suffix = NULL;
  if (copy.note != NULL && *copy.note != '\0' && kutip_xml_is_clean (copy.note))
    copy.note = NULL;
  if (are_plain (self, type, copy.attributes))
    copy.attributes = NULL;
  span = kutip_span_new (&copy);
  kutip_sidecar_append_span (json, span, NULL);
}

/* A KutipCasMake. */
static char *
make_json (const KutipCasStructure *structure, const KutipCasValue *value, gpointer data)
{
  KutipCasBuilding *self = data;
  g_autoptr (GString) json = g_string_new (NULL);

  switch ((KutipCasObject) value->n_references)
    {
    case KUTIP_CAS_OBJECT_SPAN:
      append_span (self, json, value->object, structure->type);
      break;
    case KUTIP_CAS_OBJECT_RELATION:
      kutip_sidecar_append_relation (json, value->object);
      break;
    case KUTIP_CAS_OBJECT_HEADER:
    default:
      kutip_sidecar_append_header (json, value->object);
      break;
    }
  return escape_json (g_string_free (g_steal_pointer (&json), FALSE));
}

static KutipCasStructure *
add_piece (KutipCasBuilding *self,
           const KutipSpanFields *fields,
           const KutipCasTrace *trace,
           KutipRange range)
{
  const char *type = kutip_cas_building_choose_type (self, trace->type, KUTIP_CAS_SPAN);
  KutipCasStructure *structure =
      kutip_cas_building_add (self, type, KUTIP_CAS_ANNOTATION);
  const char *label =
      kutip_cas_building_get_label_feature (trace, fields->label, structure->type);

  kutip_cas_building_place (self, structure, range);
  if (trace->type != NULL && strcmp (trace->type, structure->type) != 0)
    kutip_cas_building_lose_kept (self, fields->id, trace->type);
  if (label != NULL)
    kutip_cas_building_set_string (self, structure, label, fields->label);
  if (fields->note != NULL)
    kutip_cas_building_set_string (self, structure, KUTIP_CAS_FEATURE_NOTE, fields->note);
  kutip_cas_building_set_attributes (self, structure, label, fields->attributes,
                                     fields->id);
  return structure;
}

static gboolean
add_span (KutipSpan *span, gpointer data)
{
  KutipCasBuilding *self = data;
  KutipSpanFields fields;
  g_auto (KutipCasTrace) trace = { NULL };

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  kutip_cas_trace_read (&trace, fields.foreign);
  for (guint i = 0; i < fields.n_ranges; i++)
    {
      KutipCasStructure *structure = add_piece (self, &fields, &trace, fields.ranges[i]);

      if (self->writing->everything)
        kutip_cas_building_set_json (self, structure, KUTIP_CAS_FEATURE_JSON,
                                     KUTIP_CAS_OBJECT_SPAN, span);
      if (i == 0)
        g_hash_table_insert (self->structure_of, (gpointer) fields.id, structure);
      structure->origin = fields.id;
    }
  return TRUE;
}

static gboolean
note_span (KutipSpan *span, gpointer data)
{
  KutipCasBuilding *self = data;
  KutipSpanFields fields;
  g_auto (KutipCasTrace) trace = { NULL };

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  kutip_cas_trace_read (&trace, fields.foreign);
  kutip_cas_building_note_kinds (
      self, kutip_cas_building_choose_type (self, trace.type, KUTIP_CAS_SPAN),
      fields.attributes);
  return TRUE;
}

/* --- the document --- */

static void
add_sofa (KutipCasBuilding *self)
{
  self->sofa = kutip_cas_add (self->cas, 0, KUTIP_CAS_SOFA, NULL);
  kutip_cas_set_string (self->cas, self->sofa, "sofaNum", KUTIP_CAS_NUMBER, "1");
  kutip_cas_set_string (self->cas, self->sofa, "sofaID", KUTIP_CAS_STRING,
                        KUTIP_CAS_VIEW);
  kutip_cas_document_restore (self->cas, self->kept, self->sofa, "sofa");
  if (kutip_cas_get (self->sofa, "mimeType") == NULL)
    kutip_cas_set_string (self->cas, self->sofa, "mimeType", KUTIP_CAS_STRING, "text");
  kutip_cas_lend_string (self->cas, self->sofa, "sofaString",
                         kutip_text_get_utf8 (self->text, NULL));
}

static void
add_metadata (KutipCasBuilding *self, const KutipHeaderFields *header)
{
  KutipCasStructure *document =
      kutip_cas_building_add (self, KUTIP_CAS_METADATA, KUTIP_CAS_DOCUMENT_ANNOTATION);
  g_autofree char *file = g_path_get_basename (self->record->path);
  const char *title =
      header->title == NULL || *header->title == '\0' ? file : header->title;

  kutip_cas_building_place (self, document,
                            (KutipRange){ 0, kutip_text_get_length (self->text) });
  kutip_cas_set_string (self->cas, document, "language", KUTIP_CAS_STRING,
                        header->language == NULL || *header->language == '\0'
                            ? "x-unspecified"
                            : header->language);
  if (title != file)
    kutip_cas_building_set_string (self, document, "documentTitle", title);
  kutip_cas_document_restore (self->cas, self->kept, document, "document");
  if (kutip_cas_get (document, "documentTitle") == NULL)
    kutip_cas_building_set_string (self, document, "documentTitle", title);
  if (kutip_cas_get (document, "documentId") == NULL)
    kutip_cas_building_set_string (self, document, "documentId", file);
}

/* Tokens and sentences are cut when they are written: only their ids are taken here. */
static void
add_segments (KutipCasBuilding *self)
{
  KutipCasCutting *cutting = &self->cas->cutting;
  KutipTokenWalk walk;
  KutipToken token;

  kutip_cas_declare (self->cas, KUTIP_CAS_SENTENCE, KUTIP_CAS_ANNOTATION);
  kutip_cas_declare (self->cas, KUTIP_CAS_TOKEN, KUTIP_CAS_ANNOTATION);
  cutting->text = self->text;
  cutting->n_before = self->cas->structures->len;
  cutting->first_id = self->cas->last_id + 1;
  kutip_token_walk_init (&walk, self->text);
  while (kutip_token_walk_next (&walk, &token))
    {
      cutting->n_sentences += token.begins_sentence ? 1 : 0;
      cutting->n_tokens++;
    }
  self->cas->last_id += cutting->n_sentences + cutting->n_tokens;
}

typedef struct
{
  KutipText *text;
  void (*each) (const KutipCasSegment *segment, gpointer data);
  gpointer data;
  guint64 id;
} Cut;

static void
cut_one (Cut *self, const char *type, KutipRange range)
{
  KutipCasSegment segment = { self->id++, type,
                              kutip_text_to_utf16 (self->text, range.start),
                              kutip_text_to_utf16 (self->text, range.end) };

  self->each (&segment, self->data);
}

static void
cut_sentences (Cut *self)
{
  KutipRange sentence = { 0, 0 };
  KutipTokenWalk walk;
  KutipToken token;

  kutip_token_walk_init (&walk, self->text);
  while (kutip_token_walk_next (&walk, &token))
    {
      if (token.begins_sentence && sentence.end > 0)
        cut_one (self, KUTIP_CAS_SENTENCE, sentence);
      if (token.begins_sentence)
        sentence.start = token.range.start;
      sentence.end = token.range.end;
    }
  if (sentence.end > 0)
    cut_one (self, KUTIP_CAS_SENTENCE, sentence);
}

static void
foreach_cut (KutipCas *self,
             void (*each) (const KutipCasSegment *segment, gpointer data),
             gpointer data)
{
  Cut cut = { self->cutting.text, each, data, self->cutting.first_id };
  KutipTokenWalk walk;
  KutipToken token;

  cut_sentences (&cut);
  kutip_token_walk_init (&walk, cut.text);
  while (kutip_token_walk_next (&walk, &token))
    cut_one (&cut, KUTIP_CAS_TOKEN, token.range);
}

void
kutip_cas_foreach (KutipCas *self,
                   void (*each) (const KutipCasStructure *structure, gpointer data),
                   void (*each_cut) (const KutipCasSegment *segment, gpointer data),
                   gpointer data)
{
  for (guint i = 0; i <= self->structures->len; i++)
    {
      if (self->cutting.text != NULL && i == self->cutting.n_before)
        foreach_cut (self, each_cut, data);
      if (i < self->structures->len)
        each (g_ptr_array_index (self->structures, i), data);
    }
}

/* Which characters XML cannot hold, and where: "OFFSET:CODE OFFSET:CODE". */
static char *
list_characters (KutipText *text)
{
  GString *list = g_string_new (NULL);
  const char *utf8 = kutip_text_get_utf8 (text, NULL);
  guint offset = 0;

  for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p), offset++)
    {
      gunichar c = g_utf8_get_char (p);

      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff)
        g_string_append_printf (list, "%s%u:%x", list->len == 0 ? "" : " ", offset, c);
    }
  return g_string_free (list, FALSE);
}

static void
add_header (KutipCasBuilding *self, KutipHeader *header)
{
  KutipCasStructure *structure =
      kutip_cas_building_add (self, KUTIP_CAS_HEADER, KUTIP_CAS_ANNOTATION_BASE);

  structure->sofa = self->sofa->id;
  kutip_cas_building_set_string (self, structure, KUTIP_CAS_FEATURE_PATH,
                                 self->record->path);
  kutip_cas_building_set_json (self, structure, KUTIP_CAS_FEATURE_JSON,
                               KUTIP_CAS_OBJECT_HEADER, header);
  if (self->writing->layers != NULL)
    {
      kutip_cas_declare_feature (self->cas, KUTIP_CAS_HEADER, KUTIP_CAS_FEATURE_LAYERS,
                                 KUTIP_CAS_STRINGS, "uima.cas.StringArray");
      kutip_cas_set_strings (self->cas, structure, KUTIP_CAS_FEATURE_LAYERS,
                             self->writing->layers);
    }
  if (!kutip_xml_is_clean (kutip_text_get_utf8 (self->text, NULL)))
    {
      g_autofree char *characters = list_characters (self->text);

      kutip_cas_building_set_string (self, structure, KUTIP_CAS_FEATURE_CHARACTERS,
                                     characters);
    }
}

static void
free_building (gpointer data)
{
  KutipCasBuilding *self = data;

  g_hash_table_unref (self->kinds);
  g_hash_table_unref (self->misfits);
  kutip_json_tree_free (self->kept);
  g_free (self);
}

/* It stays with the CAS, whose strings it makes. */
static KutipCasBuilding *
new_building (KutipRecord *record,
              KutipLayer *layer,
              const KutipCasWriting *writing,
              KutipReport *report)
{
  KutipCasBuilding *self = g_new0 (KutipCasBuilding, 1);

  self->cas = kutip_cas_new ();
  self->record = record;
  self->layer = layer;
  self->writing = writing;
  self->report = report;
  self->text = kutip_article_get_text (record->article);
  self->structure_of = g_hash_table_new (g_str_hash, g_str_equal);
  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->misfits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (writing->everything)
    self->ranges = kutip_cas_ranges_find (
        kutip_header_get_fields (kutip_layer_get_header (layer))->foreign, &self->kept);
  self->cas->make = make_json;
  self->cas->make_data = self;
  self->cas->free_make_data = free_building;
  return self;
}

/* Columns hold words, whatever their features did. */
static void
lose_ranges (KutipCasBuilding *self)
{
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *types = kutip_cas_ranges_find (
      kutip_header_get_fields (kutip_layer_get_header (self->layer))->foreign, &tree);

  for (const KutipJsonNode *type = kutip_json_node_is_object (types) ? types->first
                                                                     : NULL;
       type != NULL; type = type->next)
    for (const KutipJsonNode *feature = kutip_json_node_is_object (type) ? type->first
                                                                         : NULL;
         feature != NULL; feature = feature->next)
      {
        g_autofree char *name = g_strdup_printf ("%s, %s: %s", type->name, feature->name,
                                                 kutip_json_node_get_string (feature));

        kutip_cas_building_lose_kept (self, NULL, name);
      }
}

static void
lose_document (KutipCasBuilding *self)
{
  g_auto (GStrv) names = kutip_cas_document_list (
      kutip_header_get_fields (kutip_layer_get_header (self->layer))->foreign);

  for (guint i = 0; names[i] != NULL; i++)
    kutip_cas_building_lose_kept (self, NULL, names[i]);
}

KutipCas *
kutip_cas_from_layer (KutipRecord *record,
                      KutipLayer *layer,
                      const KutipCasWriting *writing,
                      KutipReport *report)
{
  KutipHeader *header = kutip_layer_get_header (layer);
  KutipCasBuilding *self = new_building (record, layer, writing, report);

  add_sofa (self);
  add_metadata (self, kutip_header_get_fields (header));
  if (writing->everything)
    add_header (self, header);
  else
    {
      lose_ranges (self);
      lose_document (self);
    }
  if (writing->segments)
    add_segments (self);
  kutip_layer_foreach_span (layer, note_span, self);
  kutip_layer_foreach_span (layer, add_span, self);
  kutip_cas_building_add_relations (self);
  g_hash_table_unref (self->structure_of);
  return self->cas;
}
