/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"
#include "format/uima/cas-document.h"
#include "format/uima/cas-foreign.h"
#include "format/uima/cas-parts.h"
#include "format/uima/cas-ranges.h"
#include "format/uima/cas-rest.h"

#include <glib/gi18n.h>
#include <string.h>

/* A CAS as a record with one layer: annotations become spans; structures with a Governor
 * and a Dependent, links with a role, and all other features that lead from one
 * annotation to another become relations. */

static void
clear_reading (KutipCasReading *self)
{
  g_clear_pointer (&self->text, kutip_text_unref);
  g_clear_object (&self->layer);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->spans, g_ptr_array_unref);
  g_clear_pointer (&self->span_of, g_hash_table_unref);
  g_clear_pointer (&self->span_by_id, g_hash_table_unref);
  g_clear_pointer (&self->chain_of, g_hash_table_unref);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_clear_pointer (&self->ranges, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipCasReading, clear_reading)

gboolean
kutip_cas_reading_fail (const KutipCasStructure *structure,
                        GError **error,
                        const char *format,
                        ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: an id and a type in a foreign file, and what is wrong */
               _ ("structure %1$lu (%2$s): %3$s"), (gulong) structure->id,
               kutip_cas_get_short_name (structure->type), reason);
  if (structure->line > 0)
    g_prefix_error (error, _ ("line %lu: "), (gulong) structure->line);
  return FALSE;
}

void
kutip_cas_reading_warn (KutipCasReading *self,
                        const char *what,
                        const KutipCasStructure *structure)
{
  g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, structure->id);

  kutip_report_add_left_out (self->origin->report, what,
                             self->origin->file != NULL ? self->origin->file
                                                        : self->origin->source->name,
                             id, structure->line, structure->type);
}

/* --- what a structure is --- */

static gboolean
is_of_document (const KutipCasStructure *structure)
{
  return strcmp (structure->type, KUTIP_CAS_METADATA) == 0 ||
         strcmp (structure->type, KUTIP_CAS_DOCUMENT_ANNOTATION) == 0;
}

/* What every tool makes anew from the text, and lists of tags. */
static gboolean
is_segment (const KutipCasStructure *structure)
{
  static const char *const names[] = {
    "Token",   "Sentence",       "Paragraph", "Div", "TagsetDescription",
    "Heading", "TagDescription", NULL
  };

  return kutip_cas_get (structure, KUTIP_CAS_FEATURE_JSON) == NULL &&
         (g_str_has_prefix (structure->type, "de.tudarmstadt.ukp.") ||
          g_str_has_prefix (structure->type, "cassis.")) &&
         g_strv_contains (names, kutip_cas_get_short_name (structure->type));
}

static gboolean
is_relation (const KutipCasStructure *structure)
{
  return kutip_cas_get_reference (structure, "Governor") != 0 &&
         kutip_cas_get_reference (structure, "Dependent") != 0;
}

gboolean
kutip_cas_is_link (const KutipCasStructure *structure)
{
  return !structure->placed && kutip_cas_get_reference (structure, "target") != 0;
}

static gboolean
is_chain (const KutipCasStructure *structure)
{
  return !structure->placed && kutip_cas_get (structure, "first") != NULL &&
         kutip_cas_get (structure, "next") == NULL;
}

static gboolean
is_plumbing (const KutipCasStructure *structure)
{
  return g_str_has_prefix (structure->type, "uima.cas.") ||
         g_str_has_suffix (structure->type, "[]") ||
         strcmp (structure->type, KUTIP_CAS_HEADER) == 0 || is_of_document (structure) ||
         is_segment (structure);
}

KutipCasPart
kutip_cas_find_part (const KutipCasStructure *structure)
{
  if (strcmp (structure->type, KUTIP_CAS_SOFA) == 0 ||
      strcmp (structure->type, KUTIP_CAS_HEADER) == 0)
    return KUTIP_CAS_PART_OTHER;
  if (is_of_document (structure))
    return KUTIP_CAS_PART_DOCUMENT;
  if (is_segment (structure))
    return KUTIP_CAS_PART_SEGMENT;
  if (is_plumbing (structure))
    return KUTIP_CAS_PART_LIST;
  return is_relation (structure)         ? KUTIP_CAS_PART_RELATION
         : kutip_cas_is_link (structure) ? KUTIP_CAS_PART_LINK
         : is_chain (structure)          ? KUTIP_CAS_PART_CHAIN
                                         : KUTIP_CAS_PART_OTHER;
}

/* --- chains --- */

/* Notes for each link which chain it is in; one that bites its own tail is an error. */
static gboolean
walk_chain (KutipCasReading *self, KutipCasStructure *chain, GError **error)
{
  guint64 id = kutip_cas_get_reference (chain, "first");

  while (id != 0)
    {
      KutipCasStructure *link = kutip_cas_find (self->cas, id);

      if (g_hash_table_lookup (self->chain_of, link) != NULL)
        return kutip_cas_reading_fail (link, error,
                                       _ ("it is in a chain twice, or in two chains"));
      g_hash_table_insert (self->chain_of, link, chain);
      id = kutip_cas_get_reference (link, "next");
    }
  return TRUE;
}

static gboolean
walk_chains (KutipCasReading *self, GError **error)
{
  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      KutipCasStructure *structure = g_ptr_array_index (self->cas->structures, i);

      if (is_chain (structure) && !walk_chain (self, structure, error))
        return FALSE;
    }
  return TRUE;
}

/* --- the article --- */

/* Characters that XML cannot hold stand as spaces in the text, and by place in the
 * header. */
static char *
restore_characters (const char *list, const char *utf8)
{
  g_auto (GStrv) places = g_strsplit (list, " ", -1);
  GString *restored = g_string_new (NULL);
  const char *p = utf8;
  guint64 offset = 0;

  for (guint i = 0; places[i] != NULL; i++)
    {
      char *colon = NULL;
      guint64 at = g_ascii_strtoull (places[i], &colon, 10);
      gunichar c = *colon == ':' ? (gunichar) g_ascii_strtoull (colon + 1, NULL, 16) : 0;
      const char *start = p;

      while (*p != '\0' && offset < at)
        {
          p = g_utf8_next_char (p);
          offset++;
        }
      g_string_append_len (restored, start, p - start);
      if (offset != at || *p != ' ' || c == 0 || !g_unichar_validate (c))
        continue;
      g_string_append_unichar (restored, c);
      p++;
      offset++;
    }
  g_string_append (restored, p);
  return g_string_free (restored, FALSE);
}

/* "a.txt.xmi" and "a.xmi" are of "a.txt". */
static char *
make_path (const KutipCasOrigin *origin)
{
  const char *name = origin->source->name;
  g_autofree char *stem = g_str_has_suffix (name, origin->suffix)
                              ? g_strndup (name, strlen (name) - strlen (origin->suffix))
                              : g_strdup (name);

  if (g_str_has_suffix (stem, ".txt"))
    return g_steal_pointer (&stem);
  return g_strconcat (stem, ".txt", NULL);
}

static gboolean
read_text (KutipCasReading *self, GError **error)
{
  const char *list =
      self->header == NULL
          ? NULL
          : kutip_cas_get_string (self->header, KUTIP_CAS_FEATURE_CHARACTERS);
  char *utf8;

  self->sofa = kutip_cas_find_sofa (self->cas);
  if (self->sofa == NULL)
    {
      g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                           _ ("there is no text in it"));
      return FALSE;
    }
  /* Nobody asks for it again. */
  utf8 =
      kutip_cas_steal_string (self->cas, (KutipCasStructure *) self->sofa, "sofaString");
  if (list != NULL)
    {
      char *restored = restore_characters (list, utf8);

      g_free (utf8);
      utf8 = restored;
    }
  self->text = kutip_text_new_take (utf8, strlen (utf8));
  return TRUE;
}

/* What INCEpTION knows of a document. */
static void
read_metadata (KutipCasReading *self, KutipHeaderFields *fields)
{
  const KutipCasStructure *document =
      kutip_cas_find_first (self->cas, KUTIP_CAS_METADATA);
  g_autofree char *file = g_path_get_basename (self->path);
  const char *language, *title;

  if (document == NULL)
    document = kutip_cas_find_first (self->cas, KUTIP_CAS_DOCUMENT_ANNOTATION);
  if (document == NULL)
    return;
  language = kutip_cas_get_string (document, "language");
  title = kutip_cas_get_string (document, "documentTitle");
  if (language != NULL && *language != '\0' && strcmp (language, "x-unspecified") != 0)
    fields->language = language;
  if (title != NULL && *title != '\0' && strcmp (title, file) != 0 &&
      strcmp (title, self->path) != 0 &&
      g_strcmp0 (title, kutip_cas_get_string (document, "documentId")) != 0)
    fields->title = title;
}

/* Kutip's own header as it was, or what the document says. */
static KutipHeader *
read_header (KutipCasReading *self, GError **error)
{
  const char *json = self->header == NULL
                         ? NULL
                         : kutip_cas_get_string (self->header, KUTIP_CAS_FEATURE_JSON);
  KutipHeaderFields fields = { .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipJsonReader) reader = NULL;
  g_autoptr (KutipHeader) header = NULL;

  if (json == NULL)
    {
      read_metadata (self, &fields);
      return kutip_header_new (&fields);
    }
  reader = kutip_json_reader_new (json, strlen (json));
  header = kutip_sidecar_read_header_object (reader);
  if (!kutip_json_reader_finish (reader, error))
    {
      g_prefix_error (error, "%s: ", KUTIP_CAS_HEADER);
      return NULL;
    }
  return g_steal_pointer (&header);
}

/* --- annotations --- */

static gboolean
is_here (KutipCasReading *self, const KutipCasStructure *structure)
{
  return structure->sofa == 0 || structure->sofa == self->sofa->id;
}

static gboolean
add_spans (KutipCasReading *self, GError **error)
{
  GPtrArray *structures = self->cas->structures;

  for (guint i = 0; i < structures->len; i++)
    {
      KutipCasStructure *structure = g_ptr_array_index (structures, i);

      if (is_plumbing (structure) || is_relation (structure))
        continue;
      if (!is_here (self, structure))
        kutip_cas_reading_warn (self, "other-view", structure);
      else if (!structure->placed)
        {
          if (!kutip_cas_is_link (structure) && !is_chain (structure))
            kutip_cas_reading_warn (self, "unknown-structure", structure);
        }
      else if (!kutip_cas_reading_add_span (self, structure, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_relations (KutipCasReading *self, gboolean references, GError **error)
{
  GPtrArray *structures = self->cas->structures;

  for (guint i = 0; i < structures->len; i++)
    {
      KutipCasStructure *structure = g_ptr_array_index (structures, i);
      gboolean relation = is_relation (structure);

      if (is_plumbing (structure) || !is_here (self, structure))
        continue;
      if (relation && !references &&
          !kutip_cas_reading_add_relation (self, structure, error))
        return FALSE;
      if (!relation && references && structure->placed &&
          !kutip_cas_reading_add_references (self, structure, error))
        return FALSE;
    }
  return TRUE;
}

/* The ends of relations may be tokens, which are no spans else. */
static gboolean
add_ends (KutipCasReading *self, GError **error)
{
  static const char *const ends[] = { "Governor", "Dependent", "target" };

  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      KutipCasStructure *structure = g_ptr_array_index (self->cas->structures, i);

      if (!is_here (self, structure) ||
          !(is_relation (structure) || kutip_cas_is_link (structure)))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (ends); j++)
        {
          KutipCasStructure *end =
              kutip_cas_find (self->cas, kutip_cas_get_reference (structure, ends[j]));

          if (end != NULL && end->placed && is_here (self, end) && !is_relation (end) &&
              !g_hash_table_contains (self->span_of, end) &&
              !kutip_cas_reading_add_span (self, end, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* Kutip's own header knows the ranges already. */
static void
keep_rest (KutipCasReading *self)
{
  KutipHeaderFields fields =
      *kutip_header_get_fields (kutip_layer_get_header (self->layer));
  g_autoptr (KutipForeign) foreign = NULL;
  g_autoptr (KutipHeader) header = NULL;
  g_autofree char *members = kutip_cas_document_keep (self);

  if (self->header != NULL)
    kutip_cas_ranges_load (self->ranges, fields.foreign);
  if (members == NULL && g_hash_table_size (self->ranges) == 0)
    return;
  fields.foreign = foreign =
      kutip_cas_ranges_keep (self->ranges, members, fields.foreign);
  header = kutip_header_new (&fields);
  kutip_layer_set_header (self->layer, header);
}

static gboolean
read_cas (KutipCasReading *self, GError **error)
{
  g_autoptr (KutipHeader) header = NULL;

  self->header = kutip_cas_find_header (self->cas);
  if (self->header != NULL &&
      kutip_cas_get_string (self->header, KUTIP_CAS_FEATURE_PATH) != NULL)
    self->path = g_strdup (kutip_cas_get_string (self->header, KUTIP_CAS_FEATURE_PATH));
  else
    self->path = make_path (self->origin);
  if (!read_text (self, error))
    return FALSE;
  header = read_header (self, error);
  if (header == NULL)
    return FALSE;
  self->layer = kutip_layer_new (header);
  if (!walk_chains (self, error) || !add_spans (self, error) || !add_ends (self, error))
    return FALSE;
  kutip_cas_reading_finish_spans (self);
  if (!add_relations (self, FALSE, error) || !add_relations (self, TRUE, error))
    return FALSE;
  keep_rest (self);
  kutip_cas_reading_tell_rest (self);
  return TRUE;
}

KutipRecord *
kutip_cas_to_record (KutipCas *cas,
                     const KutipCasOrigin *origin,
                     const KutipCasStructure **header,
                     GError **error)
{
  g_auto (KutipCasReading) self = {
    .cas = cas,
    .origin = origin,
    .spans = g_ptr_array_new_with_free_func (kutip_cas_span_free),
    .span_of = g_hash_table_new (NULL, NULL),
    .span_by_id = g_hash_table_new (g_str_hash, g_str_equal),
    .chain_of = g_hash_table_new (NULL, NULL),
    .links = g_hash_table_new (NULL, NULL),
    .ranges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
  };
  g_autoptr (KutipArticle) article = NULL;
  KutipRecord *record;

  if (!read_cas (&self, error))
    return NULL;
  article = kutip_record_make_article (self.path, self.text);
  record = kutip_record_new (self.path, article);
  g_ptr_array_add (record->layers, g_steal_pointer (&self.layer));
  if (header != NULL)
    *header = self.header;
  return record;
}

const char *const *
kutip_cas_get_layers (const KutipCasStructure *header)
{
  const KutipCasValue *value =
      header == NULL ? NULL : kutip_cas_get (header, KUTIP_CAS_FEATURE_LAYERS);

  return value == NULL || value->kind != KUTIP_CAS_STRINGS ? NULL : value->strings;
}
