/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-lines.h"
#include "format/brat/brat-write-parts.h"
#include "format/brat/brat.h"

#include <string.h>

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

void
kutip_brat_writer_note_number (KutipBratWriter *self, const char *id, char letter)
{
  guint number;

  if (is_brat_id (id, letter, &number))
    self->last[(guchar) letter] = MAX (self->last[(guchar) letter], number);
}

static char *
next_id (KutipBratWriter *self, char letter)
{
  return g_strdup_printf ("%c%u", letter, ++self->last[(guchar) letter]);
}

const char *
kutip_brat_writer_get_id (KutipBratWriter *self, const char *id, char letter)
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

char *
kutip_brat_make_word (const char *string)
{
  char *word = g_strdup (*string == '\0' ? "_" : string);

  for (char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)) ||
        g_unichar_iscntrl (g_utf8_get_char (p)))
      {
        const char *next = g_utf8_next_char (p);

        *p = '_';
        memmove (p + 1, next, strlen (next) + 1);
      }
  return word;
}

char *
kutip_brat_writer_make_word (KutipBratWriter *self, const char *string, const char *id)
{
  char *word = kutip_brat_make_word (string);

  if (strcmp (word, string) != 0)
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "names", self->path, id, 0,
                      string);
  return word;
}

/* Appends @n bytes with each character that ends a line as a space; TRUE when there was
 * one. */
static gboolean
append_line (GString *out, const char *bytes, gsize n)
{
  const char *end = bytes + n;
  gboolean changed = FALSE;

  for (const char *p = bytes; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (kutip_brat_ends_line (c))
        g_string_append_c (out, ' ');
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
      changed |= kutip_brat_ends_line (c);
    }
  return changed;
}

static gboolean
has_line_end (const char *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      guchar c = (guchar) bytes[i];

      /* The first bytes of all of them. */
      if ((c < 0x20 || c == 0xc2 || c == 0xe2) &&
          kutip_brat_ends_line (g_utf8_get_char (bytes + i)))
        return TRUE;
    }
  return FALSE;
}

/* A span over line breaks, or what else is taken for the end of a line or a column, is
 * one fragment a line, without the blanks at its ends: the text behind it has to be that
 * of its fragments. */
static void
split_lines (KutipText *text, KutipRange range, GArray *fragments)
{
  guint start = range.start;
  gsize n;
  const char *bytes = kutip_text_peek_range (text, range, &n);

  /* Most are on one line. */
  if (n > 0 && !has_line_end (bytes, n))
    {
      g_array_append_val (fragments, range);
      return;
    }
  while (start < range.end)
    {
      KutipRange fragment;
      guint end = start;

      while (end < range.end && !kutip_brat_ends_line (kutip_text_get_char (text, end)))
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

void
kutip_brat_writer_append_attributes (KutipBratWriter *self,
                                     KutipAttributes *attributes,
                                     const char *target,
                                     const char *id)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      g_autofree char *name = kutip_brat_writer_make_word (self, attribute.name, id);
      guint j = 0;

      /* A list is what has several lines. */
      if (attribute.type == KUTIP_VALUE_LIST &&
          (attribute.values[0] == NULL || attribute.values[1] == NULL))
        kutip_report_add (self->report, KUTIP_REPORT_LOSS, "attribute-lists", self->path,
                          id, 0, attribute.name);
      do
        {
          g_autofree char *brat_id = next_id (self, 'A');
          g_autofree char *value = NULL;

          if (attribute.values[j] != NULL)
            value = kutip_brat_writer_make_word (self, attribute.values[j], id);
          g_string_append_printf (self->out, "%s\t%s %s%s%s\n", brat_id, name, target,
                                  value == NULL ? "" : " ", value == NULL ? "" : value);
        }
      while (attribute.values[j] != NULL && attribute.values[++j] != NULL);
    }
}

void
kutip_brat_writer_append_note (KutipBratWriter *self,
                               const char *note,
                               const char *target,
                               const char *id)
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
append_links (KutipBratWriter *self, const KutipSpanFields *fields, const char *target)
{
  for (guint i = 0; i < fields->n_links; i++)
    {
      const KutipSpanLink *link = &fields->links[i];
      g_autofree char *brat_id = next_id (self, 'N');
      g_autofree char *base = kutip_brat_writer_make_word (self, link->base, fields->id);
      const char *title = link->title == NULL ? "" : link->title;
      gboolean changed = strchr (link->base, ':') != NULL;

      g_string_append_printf (self->out, "%s\tReference %s %s:", brat_id, target, base);
      changed |= append_line (self->out, link->id, strlen (link->id));
      g_string_append_c (self->out, '\t');
      changed |= append_line (self->out, title, strlen (title));
      g_string_append_c (self->out, '\n');
      if (changed)
        kutip_report_add (self->report, KUTIP_REPORT_LOSS, "links", self->path,
                          fields->id, 0, link->id);
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
append_mark (KutipBratWriter *self, const KutipSpanFields *fields, const char *brat_id)
{
  g_autoptr (GArray) fragments = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  g_autofree char *label = kutip_brat_writer_make_word (self, fields->label, fields->id);

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
  KutipBratWriter *self = data;
  KutipSpanFields fields;
  g_autofree char *kept = NULL;
  const char *brat_id, *event, *target;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  brat_id = kutip_brat_writer_get_id (self, fields.id, 'T');
  append_mark (self, &fields, brat_id);
  event = kutip_brat_writer_get_event (self, fields.id);
  kept = kutip_brat_dup_kept (fields.foreign, KUTIP_BRAT_TRIGGER);
  target = event != NULL && kept == NULL ? kutip_brat_writer_get_id (self, event, 'E')
                                         : brat_id;
  kutip_brat_writer_append_attributes (self, fields.attributes, target, fields.id);
  kutip_brat_writer_append_note (self, fields.note, target, fields.id);
  append_links (self, &fields, brat_id);
  return TRUE;
}

/* Lines that the reader did not understand, as they were. */
static void
append_kept_lines (KutipBratWriter *self)
{
  for (guint i = 0; i < self->kept->len; i++)
    g_string_append_printf (self->out, "%s\n",
                            (char *) g_ptr_array_index (self->kept, i));
}

static gboolean
gather_span (KutipSpan *span, gpointer data)
{
  kutip_brat_writer_note_number (data, kutip_span_get_id (span), 'T');
  return TRUE;
}

GString *
kutip_brat_write_layer (KutipLayer *layer,
                        KutipTagset *tagset,
                        KutipText *text,
                        const char *path,
                        KutipReport *report)
{
  KutipBratWriter self = {
    .layer = layer,
    .tagset = tagset,
    .text = text,
    .path = path,
    .report = report,
    .out = g_string_new (NULL),
    .brat_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .trigger_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .circular = g_hash_table_new (NULL, NULL),
    .event_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .events = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                     (GDestroyNotify) g_ptr_array_unref),
    .kept = g_ptr_array_new_with_free_func (g_free),
  };

  kutip_layer_foreach_span (layer, gather_span, &self);
  kutip_brat_writer_gather_events (&self);
  kutip_layer_foreach_span (layer, write_span, &self);
  kutip_brat_writer_append_relations (&self);
  append_kept_lines (&self);
  g_hash_table_unref (self.brat_ids);
  g_hash_table_unref (self.trigger_of);
  g_hash_table_unref (self.event_of);
  g_hash_table_unref (self.circular);
  g_hash_table_unref (self.events);
  g_ptr_array_unref (self.kept);
  return self.out;
}
