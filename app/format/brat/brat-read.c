/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-lines.h"
#include "format/brat/brat.h"
#include "format/json/json.h"
#include "text/charset.h"

#include <math.h>
#include <string.h>

#define BOM "\xef\xbb\xbf"

gboolean
kutip_brat_ends_line (gunichar c)
{
  return c == '\n' || c == '\r' || c == '\t' || c == 0x0b || c == 0x0c || c == 0x85 ||
         c == 0x2028 || c == 0x2029 || (c >= 0x1c && c <= 0x1e);
}

guint
kutip_brat_join_lines (KutipText *text, KutipRange *ranges, guint n)
{
  guint kept = 0;

  for (guint i = 1; i < n; i++)
    {
      gboolean newline = FALSE, blank = TRUE;

      for (guint offset = ranges[kept].end; blank && offset < ranges[i].start; offset++)
        {
          gunichar c = kutip_text_get_char (text, offset);

          newline |= kutip_brat_ends_line (c);
          blank = g_unichar_isspace (c) || kutip_brat_ends_line (c);
        }
      if (blank && newline)
        ranges[kept].end = ranges[i].end;
      else
        ranges[++kept] = ranges[i];
    }
  return kept + 1;
}

static char *
quote_mark (KutipBratReader *self, const KutipBratMark *mark)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_printf (line, "%s\t%s ", mark->id, mark->label);
  for (guint i = 0; i < mark->n_ranges; i++)
    {
      KutipRange range = self->ranges[mark->first_range + i];

      g_string_append_printf (line, "%s%u %u", i == 0 ? "" : ";", range.start, range.end);
    }
  g_string_append_printf (line, "\t%s", mark->covered);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Where the attributes of a trigger go on the way back. */
static KutipForeign *
make_trigger (KutipBratReader *self, const KutipBratMark *mark)
{
  const KutipForeignMember member = { "text", KUTIP_BRAT_TRIGGER, "true" };

  if (mark->n_direct == 0 || kutip_brat_reader_get_event (self, mark->id) == NULL)
    return NULL;
  if (mark->n_by_event == 0)
    return kutip_foreign_new (&member, 1);
  kutip_report_add (self->report, KUTIP_REPORT_WARNING, "trigger-attributes", self->path,
                    mark->id, mark->line, NULL);
  return NULL;
}

static gboolean
add_span (KutipBratReader *self, KutipLayer *layer, KutipBratMark *mark, GArray *ranges)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  KutipRange *first = (KutipRange *) (gpointer) ranges->data;
  g_autoptr (KutipForeign) foreign = make_trigger (self, mark);

  for (guint i = 0; i < ranges->len; i++)
    if (first[i].start == first[i].end)
      return FALSE;
  if (!self->all_fit && !kutip_brat_covers (self->text, ranges, mark->covered))
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, "other-text", self->path,
                      mark->id, mark->line, mark->covered);
  fields.id = mark->id;
  fields.label = mark->label;
  fields.ranges = first;
  fields.n_ranges = kutip_brat_join_lines (self->text, first,
                                           kutip_ranges_normalize (first, ranges->len));
  fields.attributes = mark->attributes;
  fields.foreign = foreign;
  fields.note = mark->note == NULL ? NULL : mark->note->str;
  if (mark->links != NULL)
    {
      fields.links = (const KutipSpanLink *) (gpointer) mark->links->data;
      fields.n_links = mark->links->len;
    }
  return kutip_layer_take_span (layer, kutip_span_new (&fields));
}

static void
add_spans (KutipBratReader *self, KutipLayer *layer)
{
  g_autoptr (GArray) crlf = kutip_brat_list_crlf (self->text);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  KutipBratCount count = kutip_brat_find_count (self, crlf);

  for (guint i = 0; i < self->marks->len; i++)
    {
      KutipBratMark *mark = g_ptr_array_index (self->marks, i);

      if (!kutip_brat_convert_ranges (self, crlf, count, mark, ranges) ||
          !add_span (self, layer, mark, ranges))
        {
          g_autofree char *line = quote_mark (self, mark);

          kutip_brat_reader_keep_line (self, line, mark->line, "no-place");
          mark->is_dropped = TRUE;
        }
    }
}

static const char *
resolve (KutipBratReader *self, const char *id)
{
  const char *trigger =
      self->trigger_of == NULL ? NULL : g_hash_table_lookup (self->trigger_of, id);

  return trigger != NULL ? trigger : id;
}

/* What a relation has for the way back. */
typedef struct
{
  KutipForeignMember members[5];
  char *json[5];
  guint n;
} Members;

static void
clear_members (Members *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->json[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Members, clear_members)

/* Takes @json. */
static void
add_member (Members *self, const char *name, GString *json)
{
  self->json[self->n] = g_string_free (json, FALSE);
  self->members[self->n] = (KutipForeignMember){ "to", name, self->json[self->n] };
  self->n++;
}

static void
add_string (Members *self, const char *name, const char *string)
{
  GString *json = g_string_new (NULL);

  kutip_json_append_string (json, string);
  add_member (self, name, json);
}

static void
add_arguments (Members *self, const KutipBratLink *link)
{
  GString *json = g_string_new ("[");

  kutip_json_append_string (json, link->arguments[0]);
  g_string_append (json, ", ");
  kutip_json_append_string (json, link->arguments[1]);
  g_string_append_c (json, ']');
  add_member (self, KUTIP_BRAT_ARGUMENTS, json);
}

/* The event's type, when it is not what its trigger is. @first is the event's first
 * link. */
static void
add_type (Members *self,
          KutipBratReader *reader,
          const KutipBratLink *first,
          const KutipBratLink *link,
          KutipSpan *trigger)
{
  if (strcmp (first->type, kutip_span_get_label (trigger)) == 0)
    return;
  add_string (self, KUTIP_BRAT_EVENT, first->type);
  if (link == first)
    kutip_report_add (reader->report, KUTIP_REPORT_WARNING, "event-type", reader->path,
                      link->event, link->number, first->type);
}

/* The end @id, when not it is written for the span @span. */
static void
add_end (Members *self,
         KutipBratReader *reader,
         const char *name,
         const char *id,
         const char *span,
         gboolean is_argument)
{
  const char *event = is_argument ? kutip_brat_reader_get_event (reader, span) : NULL;

  if (strcmp (id, event != NULL ? event : span) != 0)
    add_string (self, name, id);
}

static KutipForeign *
make_foreign (KutipBratReader *self,
              KutipLayer *layer,
              const KutipBratLink *first,
              const KutipBratLink *link,
              const KutipRelationFields *fields)
{
  g_auto (Members) members = { .n = 0 };

  if (link->arguments[0] != NULL)
    add_arguments (&members, link);
  if (first->type != NULL)
    add_type (&members, self, first, link, kutip_layer_get_span (layer, fields->from));
  if (link->role != NULL)
    add_string (&members, KUTIP_BRAT_ROLE, link->role);
  if (first->type == NULL)
    add_end (&members, self, KUTIP_BRAT_FROM, link->from, fields->from, FALSE);
  add_end (&members, self, KUTIP_BRAT_TO, link->to, fields->to, first->type != NULL);
  return members.n == 0 ? NULL : kutip_foreign_new (members.members, members.n);
}

static void
add_relation (KutipBratReader *self,
              KutipLayer *layer,
              const KutipBratLink *first,
              const KutipBratLink *link)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipForeign) foreign = NULL;

  fields.id = link->id;
  fields.label = link->label;
  fields.from = resolve (self, link->from);
  fields.to = resolve (self, link->to);
  fields.event = link->event;
  fields.attributes = link->attributes;
  fields.note = link->note == NULL ? NULL : link->note->str;
  foreign = make_foreign (self, layer, first, link, &fields);
  fields.foreign = foreign;
  if (!kutip_layer_take_relation (layer, kutip_relation_new (&fields)))
    kutip_report_add_left_out (self->report, "id-twice", self->path, link->id,
                               link->number, NULL);
}

static gboolean
has_targets (KutipBratReader *self, KutipLayer *layer, const KutipBratLink *link)
{
  return kutip_layer_get_span (layer, resolve (self, link->from)) != NULL &&
         kutip_layer_get_span (layer, resolve (self, link->to)) != NULL;
}

/* A line of which one target is unknown is kept as a whole: what is left of it would be
 * another statement. */
static void
add_relations (KutipBratReader *self, KutipLayer *layer)
{
  guint next;

  for (guint i = 0; i < self->links->len; i = next)
    {
      KutipBratLink *first = g_ptr_array_index (self->links, i);
      gboolean known = TRUE;

      for (next = i; next < self->links->len; next++)
        {
          KutipBratLink *link = g_ptr_array_index (self->links, next);

          if (link->number != first->number)
            break;
          known = known && has_targets (self, layer, link);
        }
      first->is_dropped = !known;
      if (!known)
        {
          g_autofree char *line = g_strndup (first->line, first->n_bytes);

          kutip_brat_reader_keep_line (self, line, first->number, "no-target");
        }
      for (guint j = i; known && j < next; j++)
        add_relation (self, layer, first, g_ptr_array_index (self->links, j));
    }
}

static int
compare_kept (gconstpointer a, gconstpointer b)
{
  guint64 x = ((const KutipBratKept *) a)->number;
  guint64 y = ((const KutipBratKept *) b)->number;

  return (x > y) - (x < y);
}

static KutipHeader *
make_header (KutipBratReader *self, const char *annotator)
{
  KutipHeaderFields fields = { .annotator = annotator,
                               .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (GString) json = g_string_new ("[");
  g_autoptr (KutipForeign) foreign = NULL;

  g_array_sort (self->kept, compare_kept);
  for (guint i = 0; i < self->kept->len; i++)
    {
      if (i > 0)
        g_string_append (json, ", ");
      kutip_json_append_string (json, g_array_index (self->kept, KutipBratKept, i).line);
    }
  g_string_append_c (json, ']');
  if (self->kept->len > 0)
    {
      KutipForeignMember member = { "note", KUTIP_BRAT_LINES, json->str };

      foreign = kutip_foreign_new (&member, 1);
    }
  fields.foreign = foreign;
  return kutip_header_new (&fields);
}

KutipLayer *
kutip_brat_read_layer (const char *bytes,
                       gsize n_bytes,
                       KutipText *text,
                       gboolean bom,
                       const char *annotator,
                       const char *path,
                       KutipReport *report,
                       GError **error)
{
  g_auto (KutipBratReader) reader;
  g_autoptr (KutipHeader) empty = kutip_header_new (&(KutipHeaderFields){ 0 });
  g_autoptr (KutipHeader) header = NULL;
  KutipLayer *layer;

  kutip_brat_reader_init (&reader, text, path, report);
  reader.bom = bom;
  if (!kutip_charset_check_utf8 (bytes, n_bytes, 1, error))
    return NULL;
  /* Of the text it would be a character, but here it is in the way of the first line. */
  if (n_bytes >= strlen (BOM) && memcmp (bytes, BOM, strlen (BOM)) == 0)
    {
      bytes += strlen (BOM);
      n_bytes -= strlen (BOM);
    }
  kutip_brat_reader_read (&reader, bytes, n_bytes);
  if (!kutip_brat_reader_check_events (&reader, error))
    return NULL;
  layer = kutip_layer_new (empty);
  add_spans (&reader, layer);
  add_relations (&reader, layer);
  kutip_brat_reader_keep_later (&reader);
  header = make_header (&reader, annotator);
  kutip_layer_set_header (layer, header);
  return layer;
}
