/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export-context.h"

#include "format/sidecar/sidecar-name.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  KutipRecord *record;
  KutipText *text;
  KutipUnit unit;
  KutipReport *report;
  GArray *places; /* KutipRange: the units that have a span, sorted, each once */
} Cutting;

/* One layer on its way into one record. */
typedef struct
{
  KutipRange place;
  KutipLayer *from, *to;
} Piece;

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  return kutip_range_compare (*(const KutipRange *) a, *(const KutipRange *) b);
}

/* The units that @range touches; the white space between them is in none. */
static void
add_places (Cutting *self, KutipRange range)
{
  guint at = range.start;

  while (at < range.end)
    {
      KutipRange place = kutip_segment_at (self->text, self->unit, at);
      guint next = kutip_segment_next (self->text, self->unit, at);

      if (place.end > range.start && place.start < range.end)
        g_array_append_val (self->places, place);
      if (next <= at)
        break;
      at = next;
    }
}

static gboolean
find_places (KutipSpan *span, gpointer data)
{
  Cutting *self = data;

  if (!kutip_span_is_orphan (span))
    for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
      add_places (self, kutip_span_get_ranges (span)[i]);
  return TRUE;
}

static void
drop_repeated (GArray *places)
{
  guint n = 0;

  g_array_sort (places, compare_ranges);
  for (guint i = 0; i < places->len; i++)
    {
      KutipRange place = g_array_index (places, KutipRange, i);

      if (n == 0 || compare_ranges (&place, &g_array_index (places, KutipRange, n - 1)))
        g_array_index (places, KutipRange, n++) = place;
    }
  g_array_set_size (places, n);
}

/* The unit that holds @offset: the last one that begins at or before it. */
static gboolean
find_place (Cutting *self, guint offset, KutipRange *found)
{
  guint low = 0, high = self->places->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->places, KutipRange, middle).start <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return FALSE;
  *found = g_array_index (self->places, KutipRange, low - 1);
  return TRUE;
}

/* Whether all of @span is in one unit. */
static gboolean
is_whole (Cutting *self, KutipSpan *span)
{
  KutipRange hull = kutip_span_get_hull (span);
  KutipRange place;

  return find_place (self, hull.start, &place) && hull.end <= place.end;
}

static gboolean
report_span (KutipSpan *span, gpointer data)
{
  Cutting *self = data;
  gboolean is_orphan = kutip_span_is_orphan (span);

  if (is_orphan)
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "orphans", self->record->path,
                      kutip_span_get_id (span), 0, NULL);
  else if (!is_whole (self, span))
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "context-spans",
                      self->record->path, kutip_span_get_id (span), 0,
                      self->unit == KUTIP_UNIT_SENTENCE
                          ? _ ("cut at the border of a sentence")
                          : _ ("cut at the border of a paragraph"));
  return TRUE;
}

/* Units are few for each span, so both lists are walked. */
static gboolean
share_place (Cutting *self, KutipSpan *a, KutipSpan *b)
{
  for (guint i = 0; i < kutip_span_get_n_ranges (a); i++)
    {
      KutipRange range = kutip_span_get_ranges (a)[i];
      KutipRange place;
      guint at = range.start;

      while (at < range.end)
        {
          /* White space before the first of them is in none. */
          gboolean found = find_place (self, at, &place);

          for (guint j = 0; found && j < kutip_span_get_n_ranges (b); j++)
            {
              KutipRange other = kutip_span_get_ranges (b)[j];

              if (other.start < place.end && other.end > place.start &&
                  range.start < place.end)
                return TRUE;
            }
          at = kutip_segment_next (self->text, self->unit, at);
        }
    }
  return FALSE;
}

typedef struct
{
  Cutting *cutting;
  KutipLayer *layer;
} Reporting;

static gboolean
report_relation (KutipRelation *relation, gpointer data)
{
  Reporting *reporting = data;
  Cutting *self = reporting->cutting;
  KutipSpan *from =
      kutip_layer_get_span (reporting->layer, kutip_relation_get_from (relation));
  KutipSpan *to =
      kutip_layer_get_span (reporting->layer, kutip_relation_get_to (relation));

  if (from == NULL || to == NULL || kutip_span_is_orphan (from) ||
      kutip_span_is_orphan (to) || !share_place (self, from, to))
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "context-relations",
                      self->record->path, kutip_relation_get_id (relation), 0,
                      _ ("its ends are in different records"));
  return TRUE;
}

/* --- one record --- */

static gboolean
add_span (KutipSpan *span, gpointer data)
{
  Piece *piece = data;
  KutipSpanFields fields;
  g_autofree KutipRange *ranges = NULL;
  g_autoptr (KutipSpan) cut = NULL;
  guint n = 0;

  kutip_span_get_fields (span, &fields);
  ranges = g_new (KutipRange, fields.n_ranges);
  for (guint i = 0; i < fields.n_ranges; i++)
    {
      guint start = MAX (fields.ranges[i].start, piece->place.start);
      guint end = MIN (fields.ranges[i].end, piece->place.end);

      if (start < end)
        ranges[n++] =
            (KutipRange){ start - piece->place.start, end - piece->place.start };
    }
  if (n == 0)
    return TRUE;
  fields.ranges = ranges;
  fields.n_ranges = n;
  cut = kutip_span_new (&fields);
  kutip_layer_add_span (piece->to, cut);
  return TRUE;
}

static void
add_relations (Piece *piece)
{
  guint n = kutip_layer_get_n_spans (piece->to);

  for (guint i = 0; i < n; i++)
    {
      const char *id = kutip_span_get_id (kutip_layer_get_nth_span (piece->to, i));
      g_autoptr (GPtrArray) relations = kutip_layer_list_relations_of (piece->from, id);

      for (guint j = 0; j < relations->len; j++)
        {
          KutipRelation *relation = g_ptr_array_index (relations, j);

          if (strcmp (kutip_relation_get_from (relation), id) == 0 &&
              kutip_layer_get_span (piece->to, kutip_relation_get_to (relation)) != NULL)
            kutip_layer_add_relation (piece->to, relation);
        }
    }
}

/* "a.txt" -> "a.395-538.txt". */
static char *
make_path (const char *path, KutipRange place)
{
  g_autofree char *base = g_path_get_basename (path);
  const char *dot = kutip_sidecar_name_is_article (base) ? strrchr (path, '.') : NULL;
  int n = dot != NULL ? (int) (dot - path) : (int) strlen (path);

  return g_strdup_printf ("%.*s.%u-%u%s", n, path, place.start, place.end,
                          dot != NULL ? dot : "");
}

static KutipRecord *
make_record (Cutting *self, KutipRange place)
{
  g_autofree char *path = make_path (self->record->path, place);
  char *utf8 = kutip_text_dup_range (self->text, place);
  g_autoptr (KutipText) text = kutip_text_new_take (utf8, strlen (utf8));
  g_autoptr (KutipArticle) article = kutip_record_make_article (path, text);
  KutipRecord *record = kutip_record_new (path, article);

  g_set_object (&record->tagset, self->record->tagset);
  for (guint i = 0; i < self->record->layers->len; i++)
    {
      KutipLayer *layer = g_ptr_array_index (self->record->layers, i);
      Piece piece = { place, layer, kutip_layer_new (kutip_layer_get_header (layer)) };

      g_ptr_array_add (record->layers, piece.to);
      kutip_layer_foreach_span_in (layer, place, add_span, &piece);
      add_relations (&piece);
    }
  return record;
}

GPtrArray *
kutip_export_cut (KutipRecord *record, KutipUnit unit, KutipReport *report)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  Cutting self = { record, kutip_article_get_text (record->article), unit, report,
                   places };
  GPtrArray *records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_record_free);

  for (guint i = 0; i < record->layers->len; i++)
    kutip_layer_foreach_span (g_ptr_array_index (record->layers, i), find_places, &self);
  drop_repeated (places);
  for (guint i = 0; i < record->layers->len; i++)
    {
      Reporting reporting = { &self, g_ptr_array_index (record->layers, i) };

      kutip_layer_foreach_span (reporting.layer, report_span, &self);
      kutip_layer_foreach_relation (reporting.layer, report_relation, &reporting);
    }
  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (records, make_record (&self, g_array_index (places, KutipRange, i)));
  return records;
}
