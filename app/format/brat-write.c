/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat-lines.h"
#include "format/brat.h"
#include "format/json.h"

#include <string.h>

/* What becomes of one layer's ids: brat wants T1, R1, E1 …; one that is already so is
 * kept. */
typedef struct
{
  KutipLayer *layer;
  KutipText *text;
  const char *path;
  KutipReport *report;
  GString *out;
  GHashTable *brat_ids; /* span or relation id -> brat id, owned */
  GHashTable
      *events_of;     /* span id -> event id when it triggers exactly one, "" when more */
  GHashTable *events; /* event id -> GPtrArray of KutipRelation, in order */
  GPtrArray *event_ids; /* borrowed from relations, in order */
  guint last[128];      /* by letter: the highest number given */
} Writer;

static gboolean
is_brat_id (const char *id, char letter, guint *number)
{
  const char *digits = id + 1;
  guint64 value = 0;

  if (id[0] != letter || *digits == '\0')
    return FALSE;
  for (; *digits != '\0'; digits++)
    {
      if (!g_ascii_isdigit (*digits) || value > G_MAXINT)
        return FALSE;
      value = value * 10 + (guint) (*digits - '0');
    }
  *number = (guint) MIN (value, G_MAXUINT);
  return value <= G_MAXINT;
}

static void
note_number (Writer *self, const char *id, char letter)
{
  guint number;

  if (is_brat_id (id, letter, &number))
    self->last[(guchar) letter] = MAX (self->last[(guchar) letter], number);
}

static char *
next_id (Writer *self, char letter)
{
  return g_strdup_printf ("%c%u", letter, ++self->last[(guchar) letter]);
}

static const char *
get_id (Writer *self, const char *id, char letter)
{
  char *given = g_hash_table_lookup (self->brat_ids, id);
  guint number;

  if (given == NULL)
    {
      given = is_brat_id (id, letter, &number) ? g_strdup (id) : next_id (self, letter);
      g_hash_table_insert (self->brat_ids, g_strdup (id), given);
    }
  return given;
}

/* Types and values cannot hold white space; the fields of a line would shift. */
static char *
make_word (Writer *self, const char *string, const char *id)
{
  char *word = g_strdup (*string == '\0' ? "_" : string);
  gboolean changed = *string == '\0';

  for (char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)) ||
        g_unichar_iscntrl (g_utf8_get_char (p)))
      {
        const char *next = g_utf8_next_char (p);

        *p = '_';
        memmove (p + 1, next, strlen (next) + 1);
        changed = TRUE;
      }
  if (changed)
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "names", self->path, id, 0,
                      string);
  return word;
}

/* brat's readers end a line at any of these, and have no escape. */
static gboolean
ends_line (gunichar c)
{
  return c == '\n' || c == '\r' || c == '\t' || c == 0x0b || c == 0x0c || c == 0x85 ||
         c == 0x2028 || c == 0x2029 || (c >= 0x1c && c <= 0x1e);
}

/* Appends @n bytes with each such character as a space; TRUE when there was one. */
static gboolean
append_line (GString *out, const char *bytes, gsize n)
{
  const char *end = bytes + n;
  gboolean changed = FALSE;

  for (const char *p = bytes; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (ends_line (c))
        g_string_append_c (out, ' ');
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
      changed |= ends_line (c);
    }
  return changed;
}

/* A span over line breaks is one fragment a line, without the blanks at its ends. */
static void
split_lines (KutipText *text, KutipRange range, GArray *fragments)
{
  guint start = range.start;

  while (start < range.end)
    {
      KutipRange fragment;
      guint end = start;

      while (end < range.end && kutip_text_get_char (text, end) != '\n' &&
             kutip_text_get_char (text, end) != '\r')
        end++;
      fragment = (KutipRange){ start, end };
      while (fragment.start < fragment.end &&
             g_unichar_isspace (kutip_text_get_char (text, fragment.start)))
        fragment.start++;
      while (fragment.start < fragment.end &&
             g_unichar_isspace (kutip_text_get_char (text, fragment.end - 1)))
        fragment.end--;
      if (start == range.start && end == range.end)
        fragment = range;
      if (fragment.start < fragment.end)
        g_array_append_val (fragments, fragment);
      start = end + 1;
    }
}

static void
append_attributes (Writer *self,
                   KutipAttributes *attributes,
                   const char *target,
                   const char *id)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      g_autofree char *name = make_word (self, attribute.name, id);
      guint j = 0;

      do
        {
          g_autofree char *brat_id = next_id (self, 'A');
          g_autofree char *value = NULL;

          if (attribute.values[j] != NULL)
            value = make_word (self, attribute.values[j], id);
          g_string_append_printf (self->out, "%s\t%s %s%s%s\n", brat_id, name, target,
                                  value == NULL ? "" : " ", value == NULL ? "" : value);
        }
      while (attribute.values[j] != NULL && attribute.values[++j] != NULL);
    }
}

static void
append_note (Writer *self, const char *note, const char *target, const char *id)
{
  g_autofree char *brat_id = NULL;

  if (note == NULL || *note == '\0')
    return;
  brat_id = next_id (self, '#');
  g_string_append_printf (self->out, "%s\tAnnotatorNotes %s\t", brat_id, target);
  if (append_line (self->out, note, strlen (note)))
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "note-lines", self->path, id, 0,
                      NULL);
  g_string_append_c (self->out, '\n');
}

static void
append_links (Writer *self, const KutipSpanFields *fields, const char *target)
{
  for (guint i = 0; i < fields->n_links; i++)
    {
      const KutipSpanLink *link = &fields->links[i];
      g_autofree char *brat_id = next_id (self, 'N');
      g_autofree char *base = make_word (self, link->base, fields->id);
      const char *title = link->title == NULL ? "" : link->title;

      g_string_append_printf (self->out, "%s\tReference %s %s:", brat_id, target, base);
      append_line (self->out, link->id, strlen (link->id));
      g_string_append_c (self->out, '\t');
      append_line (self->out, title, strlen (title));
      g_string_append_c (self->out, '\n');
    }
}

/* Whether the fragments are read as @fields has the ranges: blanks at the ends of lines
 * are not, and pieces with nothing but a line break between them become one. */
static gboolean
keeps_ranges (KutipText *text, const GArray *fragments, const KutipSpanFields *fields)
{
  g_autofree KutipRange *ranges =
      g_memdup2 (fragments->data, fragments->len * sizeof (KutipRange));
  guint n = kutip_brat_join_lines (text, ranges,
                                   kutip_ranges_normalize (ranges, fragments->len));

  return n == fields->n_ranges &&
         memcmp (ranges, fields->ranges, n * sizeof (KutipRange)) == 0;
}

static void
append_mark (Writer *self, const KutipSpanFields *fields, const char *brat_id)
{
  g_autoptr (GArray) fragments = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  g_autofree char *label = make_word (self, fields->label, fields->id);

  for (guint i = 0; i < fields->n_ranges; i++)
    split_lines (self->text, fields->ranges[i], fragments);
  if (fragments->len == 0)
    g_array_append_vals (fragments, fields->ranges, fields->n_ranges);
  if (!keeps_ranges (self->text, fragments, fields))
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "borders", self->path, fields->id,
                      0, NULL);
  g_string_append_printf (self->out, "%s\t%s", brat_id, label);
  for (guint i = 0; i < fragments->len; i++)
    {
      KutipRange range = g_array_index (fragments, KutipRange, i);

      g_string_append_printf (self->out, "%c%u %u", i == 0 ? ' ' : ';', range.start,
                              range.end);
    }
  for (guint i = 0; i < fragments->len; i++)
    {
      gsize n;
      const char *bytes = kutip_text_peek_range (
          self->text, g_array_index (fragments, KutipRange, i), &n);

      g_string_append_c (self->out, i == 0 ? '\t' : ' ');
      append_line (self->out, bytes, n);
    }
  g_string_append_c (self->out, '\n');
}

static gboolean
write_span (KutipSpan *span, gpointer data)
{
  Writer *self = data;
  KutipSpanFields fields;
  const char *brat_id, *event, *target;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  brat_id = get_id (self, fields.id, 'T');
  append_mark (self, &fields, brat_id);
  event = g_hash_table_lookup (self->events_of, fields.id);
  target = event != NULL && *event != '\0' ? event : brat_id;
  append_attributes (self, fields.attributes, target, fields.id);
  append_note (self, fields.note, target, fields.id);
  append_links (self, &fields, brat_id);
  return TRUE;
}

/* Sorts relations into events before anything is written, as attributes may belong to
 * one. */
static gboolean
gather_relation (KutipRelation *relation, gpointer data)
{
  Writer *self = data;
  KutipRelationFields fields;
  GPtrArray *members;
  const char *known;

  kutip_relation_get_fields (relation, &fields);
  note_number (self, fields.id, 'R');
  if (fields.event == NULL)
    return TRUE;
  members = g_hash_table_lookup (self->events, fields.event);
  if (members == NULL)
    {
      members = g_ptr_array_new ();
      g_hash_table_insert (self->events, (gpointer) fields.event, members);
      g_ptr_array_add (self->event_ids, (gpointer) fields.event);
      note_number (self, fields.event, 'E');
    }
  g_ptr_array_add (members, relation);
  known = g_hash_table_lookup (self->events_of, fields.from);
  if (*fields.event == 'E' && (known == NULL || strcmp (known, fields.event) != 0))
    g_hash_table_insert (self->events_of, (gpointer) fields.from,
                         (gpointer) (known == NULL ? fields.event : ""));
  return TRUE;
}

/* Whether all arguments leave one trigger, so that the event can be written as one line.
 */
static gboolean
has_one_trigger (GPtrArray *members)
{
  const char *from = kutip_relation_get_from (g_ptr_array_index (members, 0));

  for (guint i = 1; i < members->len; i++)
    if (strcmp (kutip_relation_get_from (g_ptr_array_index (members, i)), from) != 0)
      return FALSE;
  return TRUE;
}

static void
append_event (Writer *self, const char *event, GPtrArray *members)
{
  g_autoptr (GHashTable) n_of_role = g_hash_table_new (g_str_hash, g_str_equal);
  KutipRelation *first = g_ptr_array_index (members, 0);
  KutipSpan *trigger =
      kutip_layer_get_span (self->layer, kutip_relation_get_from (first));
  g_autofree char *type =
      make_word (self, kutip_span_get_label (trigger), kutip_span_get_id (trigger));

  g_string_append_printf (self->out, "%s\t%s:%s", get_id (self, event, 'E'), type,
                          get_id (self, kutip_relation_get_from (first), 'T'));
  for (guint i = 0; i < members->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (members, i);
      const char *to = kutip_relation_get_to (relation);
      const char *of = g_hash_table_lookup (self->events_of, to);
      const char *label = kutip_relation_get_label (relation);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (n_of_role, label)) + 1;
      g_autofree char *role = make_word (self, label, kutip_relation_get_id (relation));

      g_hash_table_insert (n_of_role, (gpointer) label, GUINT_TO_POINTER (n));
      g_string_append_printf (self->out, " %s", role);
      if (n > 1)
        g_string_append_printf (self->out, "%u", n);
      g_string_append_printf (self->out, ":%s",
                              of != NULL && *of != '\0' ? of : get_id (self, to, 'T'));
    }
  g_string_append_c (self->out, '\n');
}

/* "*<TAB>Alias T1 T2 T3" */
static void
append_equivalence (Writer *self, GPtrArray *members)
{
  KutipRelation *first = g_ptr_array_index (members, 0);
  g_autofree char *type =
      make_word (self, kutip_relation_get_label (first), kutip_relation_get_id (first));

  g_string_append_printf (self->out, "*\t%s %s", type,
                          get_id (self, kutip_relation_get_from (first), 'T'));
  for (guint i = 0; i < members->len; i++)
    g_string_append_printf (
        self->out, " %s",
        get_id (self, kutip_relation_get_to (g_ptr_array_index (members, i)), 'T'));
  g_string_append_c (self->out, '\n');
}

/* The argument names that were read, or brat's own. */
static void
find_arguments (KutipForeign *foreign, char *names[2])
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);
      g_autoptr (KutipJsonReader) reader = NULL;

      if (strcmp (member.name, KUTIP_BRAT_ARGUMENTS) != 0)
        continue;
      reader = kutip_json_reader_new (member.json, strlen (member.json));
      kutip_json_reader_read_array (reader);
      for (guint j = 0; j < 2 && kutip_json_reader_read_element (reader); j++)
        names[j] = g_strdup (kutip_json_reader_read_string (reader));
    }
  for (guint j = 0; j < 2; j++)
    if (names[j] == NULL)
      names[j] = g_strdup (j == 0 ? "Arg1" : "Arg2");
}

static void
append_relation (Writer *self, const KutipRelationFields *fields)
{
  g_autofree char *type = make_word (self, fields->label, fields->id);
  const char *brat_id = get_id (self, fields->id, 'R');
  char *names[2] = { NULL, NULL };

  find_arguments (fields->foreign, names);
  g_string_append_printf (self->out, "%s\t%s %s:%s %s:%s\t\n", brat_id, type, names[0],
                          get_id (self, fields->from, 'T'), names[1],
                          get_id (self, fields->to, 'T'));
  append_attributes (self, fields->attributes, brat_id, fields->id);
  append_note (self, fields->note, brat_id, fields->id);
  g_free (names[0]);
  g_free (names[1]);
}

static gboolean
is_orphan (Writer *self, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);

  return span == NULL || kutip_span_is_orphan (span);
}

static gboolean
write_relation (KutipRelation *relation, gpointer data)
{
  Writer *self = data;
  KutipRelationFields fields;
  GPtrArray *members;

  kutip_relation_get_fields (relation, &fields);
  if (is_orphan (self, fields.from) || is_orphan (self, fields.to))
    {
      kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations", self->path,
                        fields.id, 0, NULL);
      return TRUE;
    }
  members =
      fields.event == NULL ? NULL : g_hash_table_lookup (self->events, fields.event);
  if (members == NULL)
    append_relation (self, &fields);
  else if (members->len > 0)
    {
      if (*fields.event == '*')
        append_equivalence (self, members);
      else if (has_one_trigger (members))
        append_event (self, fields.event, members);
      else
        {
          append_relation (self, &fields);
          return TRUE;
        }
      g_ptr_array_set_size (members, 0);
    }
  return TRUE;
}

/* Lines that the reader did not understand, as they were. */
static void
append_kept_lines (Writer *self)
{
  KutipForeign *foreign =
      kutip_header_get_fields (kutip_layer_get_header (self->layer))->foreign;

  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);
      g_autoptr (KutipJsonReader) reader = NULL;

      if (strcmp (member.name, KUTIP_BRAT_LINES) != 0)
        continue;
      reader = kutip_json_reader_new (member.json, strlen (member.json));
      if (!kutip_json_reader_read_array (reader))
        continue;
      while (kutip_json_reader_read_element (reader))
        {
          const char *line = kutip_json_reader_read_string (reader);

          if (line != NULL)
            g_string_append_printf (self->out, "%s\n", line);
        }
    }
}

static gboolean
gather_span (KutipSpan *span, gpointer data)
{
  note_number (data, kutip_span_get_id (span), 'T');
  return TRUE;
}

GString *
kutip_brat_write_layer (KutipLayer *layer,
                        KutipText *text,
                        const char *path,
                        KutipReport *report)
{
  Writer self = {
    .layer = layer,
    .text = text,
    .path = path,
    .report = report,
    .out = g_string_new (NULL),
    .brat_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .events_of = g_hash_table_new (g_str_hash, g_str_equal),
    .events = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                     (GDestroyNotify) g_ptr_array_unref),
    .event_ids = g_ptr_array_new (),
  };

  kutip_layer_foreach_span (layer, gather_span, &self);
  kutip_layer_foreach_relation (layer, gather_relation, &self);
  kutip_layer_foreach_span (layer, write_span, &self);
  kutip_layer_foreach_relation (layer, write_relation, &self);
  append_kept_lines (&self);
  g_hash_table_unref (self.brat_ids);
  g_hash_table_unref (self.events_of);
  g_hash_table_unref (self.events);
  g_ptr_array_unref (self.event_ids);
  return self.out;
}
