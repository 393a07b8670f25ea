/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-lines.h"

#include <string.h>

/* Marks and links come in blocks of so many: the first of each is where the block
 * begins. */
#define BLOCK 32

static void
clear_mark (KutipBratMark *mark)
{
  kutip_attributes_unref (mark->attributes);
  if (mark->note != NULL)
    g_string_free (mark->note, TRUE);
  g_clear_pointer (&mark->links, g_array_unref);
}

static void
clear_link (KutipBratLink *link)
{
  kutip_attributes_unref (link->attributes);
  if (link->note != NULL)
    g_string_free (link->note, TRUE);
}

/* Room for one more of @size bytes, all of them 0. */
static gpointer
take_room (GPtrArray *items, gsize size)
{
  guint n = items->len % BLOCK;
  gpointer item = n == 0 ? g_malloc0_n (BLOCK, size)
                         : (char *) g_ptr_array_index (items, items->len - n) + n * size;

  g_ptr_array_add (items, item);
  return item;
}

static void
free_blocks (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i += BLOCK)
    g_free (g_ptr_array_index (items, i));
  g_ptr_array_unref (items);
}

void
kutip_brat_reader_clear (KutipBratReader *self)
{
  g_free (self->lines);
  g_string_chunk_free (self->strings);
  g_free (self->ranges);
  for (guint i = 0; i < self->marks->len; i++)
    clear_mark (g_ptr_array_index (self->marks, i));
  for (guint i = 0; i < self->links->len; i++)
    clear_link (g_ptr_array_index (self->links, i));
  free_blocks (self->marks);
  free_blocks (self->links);
  kutip_brat_ids_clear (&self->mark_by_id);
  kutip_brat_ids_clear (&self->link_by_id);
  g_clear_pointer (&self->trigger_of, g_hash_table_unref);
  g_clear_pointer (&self->event_of, g_hash_table_unref);
  kutip_gathering_free (self->gathering);
  g_array_unref (self->later);
  g_array_unref (self->kept);
}

static void
clear_kept (gpointer data)
{
  g_free (((KutipBratKept *) data)->line);
}

void
kutip_brat_reader_init (KutipBratReader *self,
                        KutipText *text,
                        const char *path,
                        KutipReport *report)
{
  self->text = text;
  self->bom = FALSE;
  self->path = path;
  self->report = report;
  self->lines = NULL;
  self->all_fit = FALSE;
  self->strings = g_string_chunk_new (256);
  self->room_for_ranges = BLOCK;
  self->ranges = g_new (KutipRange, self->room_for_ranges);
  self->n_ranges = 0;
  self->marks = g_ptr_array_sized_new (BLOCK);
  self->links = g_ptr_array_sized_new (BLOCK);
  kutip_brat_ids_init (&self->mark_by_id);
  kutip_brat_ids_init (&self->link_by_id);
  self->trigger_of = NULL;
  self->event_of = NULL;
  self->gathering = kutip_gathering_new ();
  self->later = g_array_sized_new (FALSE, FALSE, sizeof (KutipBratLater), BLOCK);
  self->kept = g_array_new (FALSE, FALSE, sizeof (KutipBratKept));
  g_array_set_clear_func (self->kept, clear_kept);
}

void
kutip_brat_reader_keep_line (KutipBratReader *self,
                             const char *line,
                             guint64 number,
                             const char *what)
{
  KutipBratKept kept = { g_strdup (line), number > 0 ? number : G_MAXUINT64 };

  kutip_report_add (self->report, KUTIP_REPORT_WARNING, what, self->path, NULL, number,
                    line);
  g_array_append_val (self->kept, kept);
}

/* Cuts @string in place at @separator into at most @max words, the last of which has all
 * the rest; returns how many there are. */
static guint
cut (char *string, char separator, char **words, guint max)
{
  guint n = 0;

  words[n++] = string;
  while (n < max && (string = strchr (string, separator)) != NULL)
    {
      *string++ = '\0';
      words[n++] = string;
    }
  return n;
}

/* Digits at *@string, which is moved behind them. */
static gboolean
parse_offset (const char **string, guint *value)
{
  guint64 number = 0;
  const char *p = *string;

  while (g_ascii_isdigit (*p) && number < G_MAXUINT)
    number = number * 10 + (guint) (*p++ - '0');
  if (p == *string || number >= G_MAXUINT)
    return FALSE;
  *string = p;
  *value = (guint) number;
  return TRUE;
}

static void
add_range (KutipBratReader *self, KutipRange range)
{
  if (self->n_ranges == self->room_for_ranges)
    {
      g_assert (self->room_for_ranges <= G_MAXUINT / 2);
      self->room_for_ranges *= 2;
      self->ranges = g_renew (KutipRange, self->ranges, self->room_for_ranges);
    }
  self->ranges[self->n_ranges++] = range;
}

/* "0 3;6 9" */
static gboolean
parse_ranges (KutipBratReader *self, const char *string)
{
  for (;; string++)
    {
      KutipRange range;

      if (!parse_offset (&string, &range.start) || *string++ != ' ' ||
          !parse_offset (&string, &range.end) || range.start > range.end)
        return FALSE;
      add_range (self, range);
      if (*string != ';')
        return *string == '\0';
    }
}

/* Most files have no events. */
static const char *
find_trigger (KutipBratReader *self, const char *id)
{
  return self->trigger_of == NULL ? NULL : g_hash_table_lookup (self->trigger_of, id);
}

const char *
kutip_brat_reader_get_event (KutipBratReader *self, const char *id)
{
  const char *event =
      self->event_of == NULL ? NULL : g_hash_table_lookup (self->event_of, id);

  return event == NULL || *event == '\0' ? NULL : event;
}

static gboolean
is_new_id (KutipBratReader *self, const char *id)
{
  return kutip_brat_ids_lookup (&self->mark_by_id, id) == NULL &&
         kutip_brat_ids_lookup (&self->link_by_id, id) == NULL &&
         find_trigger (self, id) == NULL;
}

/* "T1<TAB>Type 0 3;6 9<TAB>text" */
static gboolean
read_mark (KutipBratReader *self, char **fields, guint64 number)
{
  char *space = strchr (fields[1], ' ');
  guint first = self->n_ranges;
  KutipBratMark *mark;

  if (space == NULL || space == fields[1] || !is_new_id (self, fields[0]))
    return FALSE;
  if (!parse_ranges (self, space + 1))
    {
      self->n_ranges = first;
      return FALSE;
    }
  *space = '\0';
  mark = take_room (self->marks, sizeof (KutipBratMark));
  mark->id = fields[0];
  mark->label = fields[1];
  mark->first_range = first;
  mark->n_ranges = self->n_ranges - first;
  mark->covered = fields[2];
  mark->line = number;
  kutip_brat_ids_add (&self->mark_by_id, mark->id, mark);
  return TRUE;
}

static KutipBratLink *
add_link (KutipBratReader *self,
          const KutipBratLater *line,
          const char *id,
          const char *label,
          const char *from,
          const char *to)
{
  KutipBratLink *link = take_room (self->links, sizeof (KutipBratLink));

  link->id = id;
  link->label = label;
  link->from = from;
  link->to = to;
  link->line = line->line;
  link->n_bytes = line->n_bytes;
  link->number = line->number;
  return link;
}

/* "R1<TAB>Type Arg1:T1 Arg2:T2" */
static gboolean
read_relation (KutipBratReader *self, const KutipBratLater *line)
{
  char *const *fields = line->fields;
  char *words[4];
  const char *targets[2];
  KutipBratLink *link;

  if (cut (g_strchomp (fields[1]), ' ', words, G_N_ELEMENTS (words)) != 3 ||
      *words[0] == '\0' || !is_new_id (self, fields[0]))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      char *colon = strchr (words[i + 1], ':');

      if (colon == NULL)
        return FALSE;
      *colon = '\0';
      targets[i] = colon + 1;
    }
  link = add_link (self, line, fields[0], words[0], targets[0], targets[1]);
  kutip_brat_ids_add (&self->link_by_id, link->id, link);
  if (strcmp (words[1], "Arg1") != 0 || strcmp (words[2], "Arg2") != 0)
    for (guint i = 0; i < 2; i++)
      link->arguments[i] = words[i + 1];
  return TRUE;
}

/* "Content2" -> "Content": the second argument of one role. */
static void
strip_digits (char *role)
{
  gsize n = strlen (role);

  while (n > 1 && g_ascii_isdigit (role[n - 1]))
    role[--n] = '\0';
}

/* Kept as long as the reader lives. */
static char *
keep (KutipBratReader *self, const char *string)
{
  return g_string_chunk_insert (self->strings, string);
}

static const char *make_name (KutipBratReader *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

static const char *
make_name (KutipBratReader *self, const char *format, ...)
{
  g_autofree char *name = NULL;
  va_list arguments;

  va_start (arguments, format);
  name = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return keep (self, name);
}

/* The role of an argument that is written @role, when @n of this role are in the event
 * with it; @written is what it is without its digits to be written as. */
static gboolean
is_written_so (const char *written, const char *role, guint n)
{
  gsize n_bytes = strlen (role);

  if (strncmp (written, role, n_bytes) != 0)
    return FALSE;
  return n == 1 ? written[n_bytes] == '\0'
                : g_ascii_strtoull (written + n_bytes, NULL, 10) == n &&
                      written[n_bytes] != '0';
}

/* "Role2:E5", cut in place at @colon. */
static KutipBratLink *
add_argument (KutipBratReader *self,
              const KutipBratLater *line,
              guint nth,
              char *word,
              char *colon,
              GHashTable *n_of_role)
{
  const char *written, *role;
  KutipBratLink *link;
  guint n;

  *colon = '\0';
  written = keep (self, word);
  strip_digits (word);
  role = keep (self, word);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (n_of_role, role)) + 1;
  g_hash_table_insert (n_of_role, (gpointer) role, GUINT_TO_POINTER (n));
  link = add_link (self, line, make_name (self, "%s.%u", line->fields[0], nth), role,
                   line->fields[0], keep (self, colon + 1));
  link->event = line->fields[0];
  if (!is_written_so (written, role, n))
    {
      link->role = written;
      kutip_report_add (self->report, KUTIP_REPORT_WARNING, "numbered-role", self->path,
                        link->id, line->number, written);
    }
  return link;
}

static void
note_trigger (KutipBratReader *self, const char *event, const char *trigger)
{
  const char *other;

  if (self->trigger_of == NULL)
    {
      self->trigger_of = g_hash_table_new (g_str_hash, g_str_equal);
      self->event_of = g_hash_table_new (g_str_hash, g_str_equal);
    }
  other = g_hash_table_lookup (self->event_of, trigger);
  g_hash_table_insert (self->trigger_of, (gpointer) event, (gpointer) trigger);
  g_hash_table_insert (self->event_of, (gpointer) trigger,
                       (gpointer) (other == NULL ? event : ""));
}

char *
kutip_brat_find_trigger (char **words)
{
  char *colon = words[0] == NULL ? NULL : strchr (words[0], ':');

  for (guint i = 1; colon != NULL && words[i] != NULL; i++)
    if (*words[i] == ':' || (*words[i] != '\0' && strchr (words[i], ':') == NULL))
      return NULL;
  return colon;
}

/* "E1<TAB>Type:T3 Role:T1 Role2:E5": each argument becomes a relation from the trigger.
 */
static gboolean
read_event (KutipBratReader *self, const KutipBratLater *line)
{
  const char *id = line->fields[0];
  g_auto (GStrv) words = g_strsplit (g_strchomp (line->fields[1]), " ", -1);
  g_autoptr (GHashTable) n_of_role = g_hash_table_new (g_str_hash, g_str_equal);
  char *trigger = kutip_brat_find_trigger (words);
  guint n_arguments = 0;

  if (trigger == NULL || !is_new_id (self, id))
    return FALSE;
  *trigger = '\0';
  note_trigger (self, id, keep (self, trigger + 1));
  for (guint i = 1; words[i] != NULL; i++)
    {
      char *colon = strchr (words[i], ':');
      KutipBratLink *link;

      if (colon == NULL)
        continue;
      link = add_argument (self, line, ++n_arguments, words[i], colon, n_of_role);
      if (n_arguments > 1)
        continue;
      link->type = keep (self, words[0]);
      kutip_brat_ids_add (&self->link_by_id, id, link);
    }
  return n_arguments > 0;
}

/* "*<TAB>Alias T1 T2 T3": a chain of links that share an event. */
static gboolean
read_equivalence (KutipBratReader *self, const KutipBratLater *line)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (line->fields[1]), " ", -1);

  if (g_strv_length (words) < 3 || *words[0] == '\0')
    return FALSE;
  for (guint i = 1; words[i + 1] != NULL; i++)
    add_link (self, line, make_name (self, "X%" G_GUINT64_FORMAT ".%u", line->number, i),
              keep (self, words[0]), keep (self, words[i]), keep (self, words[i + 1]))
        ->event = make_name (self, "*%" G_GUINT64_FORMAT, line->number);
  return TRUE;
}

/* An id is said once, in its line, and a type in that of an equivalence, and then stands
 * with each of what is made of them. No program makes any that is longer. */
#define MOST_ID 255u

static gboolean
is_short (const char *word)
{
  return strcspn (word, " \t") <= MOST_ID;
}

/* @line is cut into fields; @later has them, and the line as it was. */
static gboolean
read_fields (KutipBratReader *self, char *line, KutipBratLater *later)
{
  char **fields = later->fields;

  if (cut (line, '\t', fields, G_N_ELEMENTS (later->fields)) < 2 || !is_short (fields[0]))
    return FALSE;
  switch (line[0])
    {
    case 'T':
      return fields[2] != NULL && read_mark (self, fields, later->number);
    case 'R':
      return read_relation (self, later);
    case 'E':
      return read_event (self, later);
    case '*':
      return is_short (fields[1]) && read_equivalence (self, later);
    case 'A':
    case 'M':
    case 'N':
    case '#':
      g_array_append_val (self->later, *later);
      return TRUE;
    default:
      return FALSE;
    }
}

/* What stands in the last column of a line that has none. */
static void
tell_of_more (KutipBratReader *self, const KutipBratLater *later)
{
  const char *more = later->fields[2];

  if (more != NULL && *more != '\0' && strchr ("RE*AM", later->fields[0][0]) != NULL)
    kutip_report_add_left_out (self->report, "unknown-member", self->path,
                               later->fields[0], later->number, more);
}

static gboolean
read_line (KutipBratReader *self, char *line, KutipBratLater *later)
{
  if (!read_fields (self, line, later))
    return FALSE;
  tell_of_more (self, later);
  return TRUE;
}

/* Where an attribute or note goes: a span, the event that it alone triggers, the first
 * argument of one of the several events that it triggers, or a relation. */
static gboolean
find_target (KutipBratReader *self, KutipBratLater *later, const char *id)
{
  const char *trigger = find_trigger (self, id);

  if (trigger == NULL)
    later->mark = kutip_brat_ids_lookup (&self->mark_by_id, id);
  else if (kutip_brat_reader_get_event (self, trigger) != NULL)
    later->mark = kutip_brat_ids_lookup (&self->mark_by_id, trigger);
  if (later->mark == NULL)
    later->link = kutip_brat_ids_lookup (&self->link_by_id, id);
  later->by_event = trigger != NULL;
  return later->mark != NULL || later->link != NULL;
}

/* "A1<TAB>Negation T1" or "A2<TAB>Confidence T1 High" */
static gboolean
read_attribute (KutipBratReader *self, KutipBratLater *later)
{
  char **fields = later->fields;
  char *words[3] = { NULL };
  KutipAttributes **place;

  if (cut (g_strchomp (fields[1]), ' ', words, G_N_ELEMENTS (words)) < 2 ||
      *words[0] == '\0' || !find_target (self, later, words[1]))
    return FALSE;
  place = later->mark != NULL ? &later->mark->attributes : &later->link->attributes;
  if (words[2] == NULL || *words[2] == '\0')
    kutip_gathering_set (self->gathering, place,
                         &(KutipAttribute){ words[0], KUTIP_VALUE_FLAG, NULL });
  else
    kutip_gathering_add (self->gathering, place, words[0], words[2], KUTIP_VALUE_STRING);
  return TRUE;
}

/* "#1<TAB>AnnotatorNotes T1<TAB>text"; other kinds of notes belong to brat alone. */
static gboolean
read_note (KutipBratReader *self, KutipBratLater *later)
{
  char **fields = later->fields;
  static const char kind[] = "AnnotatorNotes ";
  GString **place;

  if (fields[2] == NULL || !g_str_has_prefix (fields[1], kind) ||
      !find_target (self, later, fields[1] + sizeof kind - 1))
    return FALSE;
  place = later->mark != NULL ? &later->mark->note : &later->link->note;
  if (*place == NULL)
    *place = g_string_new (NULL);
  else
    g_string_append_c (*place, '\n');
  g_string_append (*place, fields[2]);
  return TRUE;
}

/* "N1<TAB>Reference T1 Wikipedia:64488<TAB>title" */
static gboolean
read_normalization (KutipBratReader *self, KutipBratLater *later)
{
  char **fields = later->fields;
  char *words[3];
  KutipSpanLink entry;
  char *colon;

  if (cut (g_strchomp (fields[1]), ' ', words, G_N_ELEMENTS (words)) != 3 ||
      strcmp (words[0], "Reference") != 0)
    return FALSE;
  colon = strchr (words[2], ':');
  if (colon == NULL || !find_target (self, later, words[1]) || later->mark == NULL)
    return FALSE;
  *colon = '\0';
  entry = (KutipSpanLink){ .base = words[2],
                           .id = colon + 1,
                           .title = fields[2] == NULL || *fields[2] == '\0' ? NULL
                                                                            : fields[2] };
  if (later->mark->links == NULL)
    later->mark->links = g_array_new (FALSE, FALSE, sizeof (KutipSpanLink));
  g_array_append_val (later->mark->links, entry);
  return TRUE;
}

/* On the way back all but a reference is said of the event, where there is one. */
static void
note_way (KutipBratReader *self, const KutipBratLater *later)
{
  gboolean is_reference = later->fields[0][0] == 'N';

  if (later->mark == NULL)
    return;
  if (is_reference && later->by_event)
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, "event-reference", self->path,
                      later->mark->id, later->number, later->fields[0]);
  else if (later->by_event)
    later->mark->n_by_event++;
  else if (!is_reference)
    later->mark->n_direct++;
}

static gboolean
read_one_later (KutipBratReader *self, KutipBratLater *later)
{
  switch (later->fields[0][0])
    {
    case '#':
      return read_note (self, later);
    case 'N':
      return read_normalization (self, later);
    default:
      return read_attribute (self, later);
    }
}

/* A line nobody understands, as it stands in the file at @line; or an event that says no
 * more than its trigger. */
static void
keep_whole_line (KutipBratReader *self, const KutipBratLater *later)
{
  g_autofree char *line = g_strndup (later->line, later->n_bytes);
  gboolean is_event = *line == 'E' && find_trigger (self, later->fields[0]) != NULL;

  kutip_brat_reader_keep_line (self, line, later->number,
                               is_event ? "no-arguments" : "unknown-line");
}

/* The lines that speak of others, once all of those are known. */
static void
read_later (KutipBratReader *self)
{
  for (guint i = 0; i < self->later->len; i++)
    {
      KutipBratLater *later = &g_array_index (self->later, KutipBratLater, i);

      if (!read_one_later (self, later))
        {
          keep_whole_line (self, later);
          later->mark = NULL;
          later->link = NULL;
        }
      note_way (self, later);
    }
  kutip_gathering_finish (self->gathering);
}

void
kutip_brat_reader_keep_later (KutipBratReader *self)
{
  for (guint i = 0; i < self->later->len; i++)
    {
      const KutipBratLater *later = &g_array_index (self->later, KutipBratLater, i);

      if ((later->mark != NULL && later->mark->is_dropped) ||
          (later->link != NULL && later->link->is_dropped))
        keep_whole_line (self, later);
    }
}

/* An id and a tab: a line of its own, even if nobody knows what it says. */
static gboolean
begins_annotation (const char *line)
{
  gsize n = strcspn (line, " \t");

  return n > 0 && line[n] == '\t';
}

/* A line of @n bytes without an id goes on with the span before it, whose text had a line
 * break: it moves up to @end, the end of that. Returns its own end there. */
static char *
continue_mark (char *end, const char *line, gsize n)
{
  *end = '\n';
  memmove (end + 1, line, n + 1);
  return end + 1 + n;
}

void
kutip_brat_reader_read (KutipBratReader *self, const char *bytes, gsize n_bytes)
{
  const char *next = bytes;
  const char *end;
  char *mark_end = NULL; /* of the span on the line before */

  if (n_bytes == 0)
    return;
  end = bytes + n_bytes;
  self->lines = g_malloc (n_bytes + 1);
  memcpy (self->lines, bytes, n_bytes);
  for (guint64 number = 1; next < end; number++)
    {
      const char *newline = memchr (next, '\n', (gsize) (end - next));
      gsize n = (gsize) ((newline == NULL ? end : newline) - next);
      KutipBratLater later = { .line = next, .number = number };
      char *line = self->lines + (next - bytes);

      next += newline == NULL ? n : n + 1;
      later.n_bytes = n > 0 && line[n - 1] == '\r' ? n - 1 : n;
      line[later.n_bytes] = '\0';
      if (*line == '\0')
        continue;
      if (mark_end != NULL && !begins_annotation (line))
        {
          mark_end = continue_mark (mark_end, line, later.n_bytes);
          continue;
        }
      mark_end = NULL;
      if (!read_line (self, line, &later))
        keep_whole_line (self, &later);
      else if (*line == 'T')
        mark_end = line + later.n_bytes;
    }
  read_later (self);
}
