/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/format.h"

#include <string.h>

/* One layer on its way into the report. */
typedef struct
{
  KutipFeatures lost; /* what the format has no flag for */
  const char *path;
  KutipReport *report;
  guint reach; /* the end of the spans seen so far, for overlaps */
  gboolean (*keeps_id) (const char *id, gboolean of_relation); /* or NULL */
  gboolean lost_id;                                            /* one was told of */
  const char *foreign;                                         /* as the format has it */
  GHashTable *lost_members; /* names that were told of; NULL: none */
} Scan;

static void
add (
    Scan *scan, KutipFeatures feature, gboolean present, const char *what, const char *id)
{
  if (present && (scan->lost & feature) != 0)
    kutip_report_add (scan->report, KUTIP_REPORT_LOSS, what, scan->path, id, 0, NULL);
}

/* Made by counting, as those are that readers and the window make: "s1", "r12". */
static gboolean
is_counted (const char *id)
{
  gsize n_digits = *id == '\0' ? 0 : strspn (id + 1, "0123456789");

  return (*id == 's' || *id == 'r') && n_digits > 0 && id[1 + n_digits] == '\0';
}

/* One is enough to say that they are others now. */
static void
add_id (Scan *scan, const char *id, gboolean of_relation)
{
  if ((scan->lost & KUTIP_KEEPS_IDS) == 0 || scan->lost_id || is_counted (id) ||
      (scan->keeps_id != NULL && scan->keeps_id (id, of_relation)))
    return;
  scan->lost_id = TRUE;
  add (scan, KUTIP_KEEPS_IDS, TRUE, "ids", id);
}

/* Members that nobody here understands: each is told of once in a layer, as those of one
 * program are in all of its annotations. */
static void
add_unknown (Scan *scan, KutipForeign *foreign, const char *id)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      const char *name = kutip_foreign_get_nth (foreign, i).name;

      if (scan->foreign != NULL && g_str_has_prefix (name, scan->foreign))
        continue;
      if (scan->lost_members == NULL)
        scan->lost_members = g_hash_table_new (g_str_hash, g_str_equal);
      if (g_hash_table_add (scan->lost_members, (gpointer) name))
        kutip_report_add (scan->report, KUTIP_REPORT_LOSS, "unknown-members", scan->path,
                          id, 0, name);
    }
}

static gboolean
has_text (const char *string)
{
  return string != NULL && *string != '\0';
}

static gboolean
has_lists (KutipAttributes *attributes)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    if (kutip_attributes_get_nth (attributes, i).type == KUTIP_VALUE_LIST)
      return TRUE;
  return FALSE;
}

static gboolean
scan_span (KutipSpan *span, gpointer data)
{
  Scan *scan = data;
  KutipSpanFields fields;
  KutipRange hull = kutip_span_get_hull (span);

  kutip_span_get_fields (span, &fields);
  add (scan, KUTIP_KEEPS_ORPHANS, fields.texts != NULL, "orphans", fields.id);
  add (scan, KUTIP_KEEPS_PIECES, fields.n_ranges > 1, "pieces", fields.id);
  add (scan, KUTIP_KEEPS_OVERLAP, fields.texts == NULL && hull.start < scan->reach,
       "overlaps", fields.id);
  add (scan, KUTIP_KEEPS_ATTRIBUTES, fields.attributes != NULL, "attributes", fields.id);
  add (scan, KUTIP_KEEPS_LISTS, has_lists (fields.attributes), "attribute-lists",
       fields.id);
  add (scan, KUTIP_KEEPS_NOTES, has_text (fields.note), "notes", fields.id);
  add (scan, KUTIP_KEEPS_LINKS, fields.n_links > 0, "links", fields.id);
  add (scan, KUTIP_KEEPS_UNSURE, fields.unsure, "unsure", fields.id);
  add (scan, KUTIP_KEEPS_ORIGIN, fields.origin_by != NULL, "origins", fields.id);
  add (scan, KUTIP_KEEPS_TIMES, fields.created != NULL || fields.modified != NULL,
       "times", fields.id);
  if (fields.texts == NULL)
    {
      add_id (scan, fields.id, FALSE);
      add_unknown (scan, fields.foreign, fields.id);
    }
  /* Of an orphan all is lost, or nothing. */
  add (scan, KUTIP_KEEPS_REVIEWS,
       fields.texts == NULL && (fields.review != KUTIP_REVIEW_NONE || fields.was != NULL),
       "reviews", fields.id);
  if (fields.texts == NULL)
    scan->reach = MAX (scan->reach, hull.end);
  return TRUE;
}

static gboolean
scan_relation (KutipRelation *relation, gpointer data)
{
  Scan *scan = data;
  KutipRelationFields fields;
  gboolean kept = (scan->lost & KUTIP_KEEPS_RELATIONS) == 0;
  gboolean has_kept_attributes =
      kept && (scan->lost & KUTIP_KEEPS_RELATION_ATTRIBUTES) == 0;

  kutip_relation_get_fields (relation, &fields);
  add (scan, KUTIP_KEEPS_RELATIONS, TRUE, "relations", fields.id);
  add (scan, KUTIP_KEEPS_EVENTS, kept && fields.event != NULL, "events", fields.id);
  add (scan, KUTIP_KEEPS_RELATION_ATTRIBUTES, kept && fields.attributes != NULL,
       "relation-attributes", fields.id);
  add (scan, KUTIP_KEEPS_LISTS, has_kept_attributes && has_lists (fields.attributes),
       "attribute-lists", fields.id);
  add (scan, KUTIP_KEEPS_RELATION_NOTES, kept && has_text (fields.note), "relation-notes",
       fields.id);
  add (scan, KUTIP_KEEPS_UNSURE, kept && fields.unsure, "unsure", fields.id);
  add (scan, KUTIP_KEEPS_ORIGIN, kept && fields.origin_by != NULL, "origins", fields.id);
  add (scan, KUTIP_KEEPS_TIMES,
       kept && (fields.created != NULL || fields.modified != NULL), "times", fields.id);
  if (kept)
    {
      add_id (scan, fields.id, TRUE);
      add_unknown (scan, fields.foreign, fields.id);
    }
  return TRUE;
}

static void
scan_header (Scan *scan, KutipLayer *layer)
{
  const KutipHeaderFields *fields =
      kutip_header_get_fields (kutip_layer_get_header (layer));
  /* Other formats are of work in progress; what nobody has begun looks like it. */
  gboolean has_status =
      fields->status == KUTIP_STATUS_DONE ||
      (fields->status == KUTIP_STATUS_NEW && kutip_layer_get_n_spans (layer) > 0);
  const char *const metadata[] = { fields->language, fields->title,     fields->author,
                                   fields->date,     fields->publisher, fields->url };
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (metadata); i++)
    any |= has_text (metadata[i]);
  add (scan, KUTIP_KEEPS_METADATA, any, "metadata", NULL);
  add (scan, KUTIP_KEEPS_STATUS, has_status, "status", NULL);
  add (scan, KUTIP_KEEPS_ARTICLE_ATTRIBUTES, fields->attributes != NULL,
       "article-attributes", NULL);
  add (scan, KUTIP_KEEPS_ARTICLE_NOTE, has_text (fields->note), "article-note", NULL);
  add (scan, KUTIP_KEEPS_ANNOTATORS, has_text (fields->annotator), "annotator", NULL);
  add_unknown (scan, fields->foreign, NULL);
  add_unknown (scan, fields->article_foreign, NULL);
  add_unknown (scan, fields->tagset_foreign, NULL);
}

/* What is asked of each span, and of each relation. */
#define OF_SPANS                                                                         \
  (KUTIP_KEEPS_ORPHANS | KUTIP_KEEPS_PIECES | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_IDS |    \
   KUTIP_KEEPS_ATTRIBUTES | KUTIP_KEEPS_LISTS | KUTIP_KEEPS_NOTES | KUTIP_KEEPS_LINKS |  \
   KUTIP_KEEPS_UNSURE | KUTIP_KEEPS_ORIGIN | KUTIP_KEEPS_TIMES | KUTIP_KEEPS_REVIEWS)
#define OF_RELATIONS                                                                     \
  (KUTIP_KEEPS_RELATIONS | KUTIP_KEEPS_IDS | KUTIP_KEEPS_EVENTS | KUTIP_KEEPS_LISTS |    \
   KUTIP_KEEPS_RELATION_ATTRIBUTES | KUTIP_KEEPS_RELATION_NOTES | KUTIP_KEEPS_UNSURE |   \
   KUTIP_KEEPS_ORIGIN | KUTIP_KEEPS_TIMES)

void
kutip_format_report_losses (const KutipFormat *format,
                            KutipRecord *record,
                            KutipReport *report)
{
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = kutip_record_begin_layer (record, i, report);
      Scan scan = {
        .lost = KUTIP_KEEPS_ALL & ~(format->keeps | format->counts),
        .path = record->path,
        .report = report,
        .keeps_id = format->keeps_id,
        .foreign = format->names_tagset ? "" : format->foreign,
      };

      scan_header (&scan, layer);
      if ((scan.lost & OF_SPANS) != 0 || !format->names_tagset)
        kutip_layer_foreach_span (layer, scan_span, &scan);
      if ((scan.lost & OF_RELATIONS) != 0 || !format->names_tagset)
        kutip_layer_foreach_relation (layer, scan_relation, &scan);
      g_clear_pointer (&scan.lost_members, g_hash_table_unref);
    }
  kutip_report_set_annotator (report, NULL);
}

void
kutip_format_report_tagset_names (const KutipFormat *format,
                                  KutipRecord *record,
                                  KutipReport *report)
{
  const char *told = record->tagset != NULL && (format->keeps & KUTIP_KEEPS_TAGSET) == 0
                         ? kutip_tagset_get_name (record->tagset)
                         : NULL;

  for (guint i = 0; i < record->layers->len && !format->names_tagset; i++)
    {
      KutipLayer *layer = kutip_record_begin_layer (record, i, report);
      const char *name =
          kutip_header_get_fields (kutip_layer_get_header (layer))->tagset_name;

      if (has_text (name) && g_strcmp0 (name, told) != 0)
        kutip_report_add (report, KUTIP_REPORT_LOSS, "tagset-name", record->path, NULL, 0,
                          name);
    }
  kutip_report_set_annotator (report, NULL);
}
